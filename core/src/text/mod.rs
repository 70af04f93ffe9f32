//! Texts for people: reasons as sentences, and labels of codes, in each display language.
//!
//! A sentence states a fact or a question to ask. It never judges a person, and never makes a decision.

mod catalogue;
mod error_message;
pub(crate) mod labels;
pub(crate) mod localized;
mod render;
#[cfg(test)]
mod tests;

pub(crate) use self::render::sentence;
