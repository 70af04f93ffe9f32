use std::fmt;

use crate::{decode::code_kind::CodeKind, error::Message};

/// A source of suggestions for codes that are not known, such as a vocabulary.
pub(crate) trait Suggest: fmt::Debug + Sync {
    /// Returns a hint with the code that may be meant, or `None` if there is no similar one.
    fn did_you_mean(&self, kind: CodeKind, text: &str) -> Option<Message>;
}
