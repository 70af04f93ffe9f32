//! Reasons as sentences. Each language is a table from codes to sentences, a file of its own; [`facts`] puts in the names.
//!
//! A sentence says what is so, and what to ask. It never judges a person, and never decides.

mod catalogue;
mod render;
#[cfg(test)]
mod tests;

use crate::text::{catalogue::Tongue, render::Facts};
use crate::{
    model::{criterion::Criterion, enums::Lang, reason::Reason},
    vocabulary::Vocabulary,
};

/// The reason as a sentence, or its code where there is none.
pub(crate) fn sentence(reason: &Reason, lang: Lang, vocabulary: &Vocabulary) -> String {
    let facts = Facts::new(reason, Tongue::of(lang), vocabulary);
    let code = reason.code();
    let of_any_criterion = || facts.say(code.trim_start_matches(|letter| letter != '.'));
    facts.say(code).or_else(of_any_criterion).unwrap_or_else(|| code.to_owned())
}

/// The name of a criterion, as a heading of a table or a list.
///
/// # Example: two languages
///
/// ```
/// use lotse::{Criterion, Lang, criterion_name};
/// assert_eq!(criterion_name(Criterion::Language, Lang::De), "Sprache");
/// assert_eq!(criterion_name(Criterion::Capacity, Lang::En), "places");
/// ```
pub fn criterion_name(criterion: Criterion, lang: Lang) -> &'static str {
    Tongue::of(lang).word(criterion.as_str())
}
