//! Countries as regions: the codes of ISO 3166-1, and when they are read in typed text.
//!
//! A country other than Germany has no parts unless additions state them. A need in it is outside of every area that does not
//! contain the country.

use crate::{
    util::tsv::{items, rows},
    vocabulary::data::COUNTRIES,
};

/// The code of Germany, whose Länder and Kreise are built in.
pub(crate) const GERMANY: &str = "DE";

/// Returns the code and the names of each built-in country but Germany: the language of each name, first the displayed one.
pub(super) fn countries() -> impl Iterator<Item = (&'static str, Vec<(&'static str, &'static str)>)> {
    rows::<4>(COUNTRIES).map(|[code, de, en, aliases]| {
        let displayed = [("de", de), ("en", if en.is_empty() { de } else { en })];
        (code, displayed.into_iter().chain(items(aliases).map(|alias| ("de", alias))).collect())
    })
}

/// Returns `true` for a code in the form of ISO 3166-1 that is not that of Germany. In lower case it is rather a word: `in`, `am`.
pub(super) fn has_form_of_country(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase()) && code != GERMANY
}
