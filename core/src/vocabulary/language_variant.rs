//! Variants of language tags: which are spoken, which are simplified forms, and what private use means.

use std::sync::{Arc, LazyLock};

use crate::{
    util::{
        ordered_map::{OrderedMap, OrderedSet},
        tsv::rows,
    },
    vocabulary::data::LANGUAGE_VARIANTS,
};

/// The variant to which private use that is understood refers.
const SIMPLE: &str = "simple";

/// The meaning of each variant that is not a variety of its language.
static MEANINGS: LazyLock<OrderedMap<&str, &str>> =
    LazyLock::new(|| OrderedMap::from_iter(rows::<2>(LANGUAGE_VARIANTS).map(|[subtag, meaning]| (subtag, meaning))));

/// The variant of a language: one or several subtags, sorted and joined by hyphens.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(super) struct Variant {
    text: Arc<str>,
    // Follows from `text`; stored because pairs of variants are compared often.
    is_simple: bool,
}

impl Variant {
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    pub(super) fn subtags(&self) -> impl Iterator<Item = &str> {
        self.text.split('-')
    }

    /// Returns `true` if one of the subtags states a simplified form.
    pub(super) fn is_simple(&self) -> bool {
        self.is_simple
    }
}

/// Returns the variant of the subtags in lower case without those that only concern writing, or `None` if none is left.
pub(super) fn spoken_variant<'t>(subtags: impl Iterator<Item = &'t str>) -> Option<Variant> {
    let meaning = |subtag: &str| MEANINGS.get(subtag).copied();
    let spoken: OrderedSet<&str> = subtags.filter(|subtag| meaning(subtag) != Some("writing")).collect();
    let is_simple = spoken.iter().any(|subtag| meaning(subtag) == Some(SIMPLE));
    let text = spoken.iter().copied().collect::<Vec<_>>().join("-");
    (!spoken.is_empty()).then(|| Variant { text: text.into(), is_simple })
}

/// Returns the variant that a private-use part (`x-simple-language`) states, or `None` if it is not understood.
pub(super) fn private_use(text: &str) -> Option<&'static str> {
    MEANINGS.get(text).is_some_and(|meaning| *meaning == SIMPLE).then_some(SIMPLE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subtags_about_writing_are_dropped_and_the_others_sorted() {
        let variant = |text: &'static str| spoken_variant(text.split('-')).map(|variant| variant.as_str().to_owned());
        for (subtags, spoken) in [
            ("1996", None),
            ("simple", Some("simple")),
            ("simple-1901", Some("simple")),
            ("rozaj-biske-1994", Some("biske-rozaj")),
            ("viennese-viennese", Some("viennese")),
            ("unheard", Some("unheard")),
        ] {
            assert_eq!(variant(subtags).as_deref(), spoken, "{subtags}");
        }
        let is_simple = |text: &'static str| spoken_variant(text.split('-')).unwrap().is_simple();
        assert!(is_simple("simple") && is_simple("basiceng") && is_simple("viennese-simple") && !is_simple("viennese"));
    }
}
