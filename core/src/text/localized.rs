//! Results with sentences and names in one display language, as they are serialized.

use std::{borrow::Cow, fmt};

use serde::ser::{Serialize, Serializer};

use crate::{
    decode::code_kind::CodeKind,
    model::{enums::Lang, reason::Reason},
    text::sentence,
    vocabulary::Vocabulary,
};

/// A result together with a display language and a vocabulary: serialized, it has sentences and the names of codes.
///
/// A result that is serialized itself has codes and numbers only. Both are one form: the localized one has the additional
/// fields `text` and `name`.
///
/// # Example: a ranking as JSON
///
/// ```
/// use lotse::{Lang, Matcher, Need, Offer};
/// let matcher = Matcher::builder().offers([Offer::builder("o-1").language("prs").capacity(1).build()?]).build()?;
/// let ranking = matcher.rank(&Need::builder("n-1").language("prs").build()?, 1)?;
///
/// let codes = serde_json::to_string(&ranking).unwrap();
/// assert!(codes.contains(r#""code":"language.spoken""#) && !codes.contains("text"));
///
/// let texts = serde_json::to_string(&ranking.localized(Lang::De, matcher.vocabulary())).unwrap();
/// assert!(texts.contains(r#""text":"Spricht Dari.""#));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct Localized<'a, T> {
    result: T,
    /// `None` for codes and numbers only.
    display: Option<(Lang, &'a Vocabulary)>,
}

impl<T: fmt::Debug> fmt::Debug for Localized<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lang = self.display.map(|(lang, _)| lang);
        f.debug_struct("Localized").field("result", &self.result).field("lang", &lang).finish_non_exhaustive()
    }
}

impl<'a, T: Copy> Localized<'a, T> {
    pub(crate) fn new(result: T, lang: Lang, vocabulary: &'a Vocabulary) -> Self {
        Self { result, display: Some((lang, vocabulary)) }
    }

    /// Creates the form of a result without sentences and names.
    pub(crate) fn codes_only(result: T) -> Self {
        Self { result, display: None }
    }

    pub(crate) fn result(&self) -> T {
        self.result
    }

    /// Returns a part of the result with the same display language.
    pub(crate) fn part<U>(&self, part: U) -> Localized<'a, U> {
        Localized { result: part, display: self.display }
    }

    /// Returns the parts of the result, to be serialized as an array.
    pub(crate) fn parts<U>(&self, parts: impl IntoIterator<Item = U>) -> Vec<Localized<'a, U>> {
        parts.into_iter().map(|part| self.part(part)).collect()
    }

    /// Returns the sentence of a reason, or `None` without a display language.
    pub(crate) fn sentence(&self, reason: &Reason) -> Option<String> {
        self.display.map(|(lang, vocabulary)| sentence(reason, lang, vocabulary))
    }

    /// Returns the name of a code, or `None` without a display language.
    pub(crate) fn name<'c>(&self, kind: CodeKind, code: &'c str) -> Option<Cow<'c, str>>
    where
        'a: 'c,
    {
        self.display.map(|(lang, vocabulary)| vocabulary.name(kind, code, lang))
    }

    /// Returns the display language with the vocabulary, or `None` for codes only.
    pub(crate) fn display(&self) -> Option<(Lang, &'a Vocabulary)> {
        self.display
    }
}

/// Implements `localized`, and `Serialize` without a display language, for results that implement it as [`Localized`].
macro_rules! localizable {
    ($($(#[$doc:meta])* $result:ty),* $(,)?) => {$(
        impl $result {
            $(#[$doc])*
            pub fn localized<'a>(
                &'a self,
                lang: crate::model::enums::Lang,
                vocabulary: &'a crate::vocabulary::Vocabulary,
            ) -> Localized<'a, &'a Self> {
                Localized::new(self, lang, vocabulary)
            }
        }

        impl serde::Serialize for $result {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                Localized::codes_only(self).serialize(serializer)
            }
        }
    )*};
}

pub(crate) use localizable;

/// The facts of a reason, serialized as an object in their order.
pub(crate) struct Facts<'a>(pub(crate) &'a Reason);

impl Serialize for Facts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.facts())
    }
}
