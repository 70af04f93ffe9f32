//! Tests of the message catalogue: every reason has a sentence in each display language, and every error a message.

mod catalogue;
mod errors;
mod reasons;
mod sentences;
