use std::fmt;

use crate::decode::code_kind::CodeKind;

/// Who knows which code a person may have meant.
pub(crate) trait Suggest: fmt::Debug + Sync {
    /// "did you mean …?", where there is something to propose.
    fn did_you_mean(&self, kind: CodeKind, text: &str) -> Option<String>;
}
