//! A code that typed text may stand for.

use std::fmt;

use serde::Serialize;

use crate::{decode::code_kind::CodeKind, model::enums::ResolvedBy, util::fixed::Fit};

/// A code that typed text may stand for; returned by [`Vocabulary::resolve`] and [`Vocabulary::suggest`].
///
/// [`Vocabulary::resolve`]: crate::Vocabulary::resolve
/// [`Vocabulary::suggest`]: crate::Vocabulary::suggest
///
/// # Example: accept only certain candidates
///
/// ```
/// use lotse::{Candidate, CodeKind, Lang, ResolvedBy, Vocabulary};
///
/// fn certain(candidates: &[Candidate]) -> Option<&str> {
///     match candidates {
///         [only] if matches!(only.how(), ResolvedBy::Exact | ResolvedBy::Alias) => Some(only.code()),
///         _ => None,
///     }
/// }
///
/// let vocabulary = Vocabulary::default();
/// assert_eq!(certain(&vocabulary.resolve("Görlitz", CodeKind::Region, Lang::De)), Some("14626"));
/// assert_eq!(certain(&vocabulary.resolve("Gorlitzz", CodeKind::Region, Lang::De)), None);
/// ```
#[derive(Clone, Eq, PartialEq, Serialize)]
pub struct Candidate {
    pub(super) kind: CodeKind,
    pub(super) code: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) context: Vec<String>,
    pub(super) name: String,
    pub(super) how: ResolvedBy,
    pub(super) score: Fit,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) word: Option<String>,
}

impl fmt::Debug for Candidate {
    /// Formats the kind only, since what was typed may concern a person.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Candidate").field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl Candidate {
    /// Returns the kind of the code.
    pub fn kind(&self) -> CodeKind {
        self.kind
    }

    /// Returns the code.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// Returns the context that goes with a crime: a terror attack is an act and the context `terrorism`.
    pub fn context(&self) -> impl ExactSizeIterator<Item = &str> {
        self.context.iter().map(String::as_str)
    }

    /// Returns the display name of the code.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the way in which the code was found. Only [`ResolvedBy::Exact`] and [`ResolvedBy::Alias`] are certain.
    pub fn how(&self) -> ResolvedBy {
        self.how
    }

    /// Returns the score by which candidates are sorted, in descending order. It is not a probability.
    ///
    /// - 1 for an exact match, 0.95 for an alias, 0.9 for an umbrella or a list, 0.85 for a completed word;
    /// - 0.8 × the share of correct letters for a typing error;
    /// - 0.01 less for each further candidate of an umbrella, a list or a typing error.
    ///
    /// In a list of suggestions no score is above that of the preceding candidate.
    pub fn score(&self) -> Fit {
        self.score
    }

    /// Returns the [completed](ResolvedBy::Completed) word, or `None` if the name itself begins with the typed text.
    pub fn word(&self) -> Option<&str> {
        self.word.as_deref()
    }
}
