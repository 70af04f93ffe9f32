//! Reasons as sentences.
use crate::{reason::Reason, terms::Lang, vocabulary::Vocabulary};
pub(crate) fn sentence(reason: &Reason, _: Lang, _: &Vocabulary) -> String {
    reason.code().to_owned()
}
