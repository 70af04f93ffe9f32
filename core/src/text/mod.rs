//! Reasons as sentences. Each language is a table from codes to sentences; [`facts`] puts in the names.
//!
//! A sentence says what is so, and what to ask. It never judges a person, and never decides.

mod de;
mod de_simple;
mod en;
mod facts;
#[cfg(test)]
mod tests;

use self::facts::{Facts, Tongue};
use crate::{criterion::Criterion, reason::Reason, terms::Lang, vocabulary::Vocabulary};

/// The reason as a sentence, or its code where there is none.
pub(crate) fn sentence(reason: &Reason, lang: Lang, vocabulary: &Vocabulary) -> String {
    let tongue = tongue(lang);
    let facts = Facts::new(reason, tongue, vocabulary);
    (tongue.sentence)(&facts).unwrap_or_else(|| reason.code().to_owned())
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
    (tongue(lang).criterion)(criterion)
}

fn tongue(lang: Lang) -> &'static Tongue {
    match lang {
        Lang::En => &en::TONGUE,
        Lang::De => &de::TONGUE,
        Lang::DeSimple => &de_simple::TONGUE,
    }
}
