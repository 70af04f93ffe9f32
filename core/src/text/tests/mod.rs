//! Tests of the message catalogue: every reason has a sentence in each display language.

mod catalogue;
mod reasons;
mod sentences;
