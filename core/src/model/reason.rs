use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::{
    decode::code_kind::CodeKind,
    util::{date::Date, fixed::Ratio},
};

/// Why a criterion fits as it does: a stable code, and its facts as data.
///
/// The code begins with the criterion's word; what would have to change ([`RequiredChange`](crate::RequiredChange)) begins with `change`.
/// Sentences are made of it by [`Finding::text`](crate::Finding::text) and [`RequiredChange::text`](crate::RequiredChange::text).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Reason {
    code: &'static str,
    // Shared, because one reason stands in the matches of many needs; nothing where there are none.
    facts: Option<Arc<Vec<(&'static str, Fact)>>>,
}

impl Reason {
    pub(crate) fn new(code: &'static str) -> Self {
        Self { code, facts: None }
    }

    /// The stable code, such as `language.interpreter`.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// The facts with their names, in a fixed order.
    pub fn facts(&self) -> impl ExactSizeIterator<Item = (&'static str, &Fact)> {
        self.list().iter().map(|(name, fact)| (*name, fact))
    }

    fn list(&self) -> &[(&'static str, Fact)] {
        self.facts.as_deref().map_or(&[], Vec::as_slice)
    }

    /// One fact.
    pub fn fact(&self, name: &str) -> Option<&Fact> {
        self.list().iter().find(|(present, _)| *present == name).map(|(_, fact)| fact)
    }

    pub(crate) fn with_fact(mut self, name: &'static str, fact: Fact) -> Self {
        Arc::make_mut(self.facts.get_or_insert_default()).push((name, fact));
        self
    }

    pub(crate) fn with_fact_if_some(self, name: &'static str, fact: Option<Fact>) -> Self {
        match fact {
            Some(fact) => self.with_fact(name, fact),
            None => self,
        }
    }

    pub(crate) fn with_code(self, name: &'static str, kind: CodeKind, code: impl AsRef<str>) -> Self {
        self.with_fact(name, Fact::Code(kind, code.as_ref().to_owned()))
    }

    /// A list of codes; an empty one is no fact.
    pub(crate) fn with_codes(
        self,
        name: &'static str,
        kind: CodeKind,
        codes: impl IntoIterator<Item: AsRef<str>>,
    ) -> Self {
        let codes: Vec<String> = codes.into_iter().map(|code| code.as_ref().to_owned()).collect();
        if codes.is_empty() { self } else { self.with_fact(name, Fact::Codes(kind, codes)) }
    }

    pub(crate) fn with_count(self, name: &'static str, count: impl Into<u64>) -> Self {
        self.with_fact(name, Fact::Count(count.into()))
    }
}

/// One fact of a [`Reason`]: text, a number, or a list of texts. Codes are canonical.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Fact {
    /// A code of the vocabulary.
    Code(CodeKind, String),
    /// Several of them.
    Codes(CodeKind, Vec<String>),
    /// A number: of places, people, kilometres, years, days.
    Count(u64),
    /// How much is understood.
    Degree(Ratio),
    /// A day.
    Day(Date),
    /// A word of the wire format.
    Word(&'static str),
    /// Several of them.
    Words(Vec<&'static str>),
}

impl Serialize for Fact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Code(_, code) => code.serialize(serializer),
            Self::Codes(_, codes) => codes.serialize(serializer),
            Self::Count(count) => count.serialize(serializer),
            Self::Degree(degree) => degree.serialize(serializer),
            Self::Day(day) => day.serialize(serializer),
            Self::Word(word) => word.serialize(serializer),
            Self::Words(words) => words.serialize(serializer),
        }
    }
}
