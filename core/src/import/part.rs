//! Parts of cells, and what they mean.

use std::{borrow::Cow, fmt};

use crate::{
    decode::value::Value,
    import::{notes::Section, question::Why, word_kind::WordKind},
};

/// The code of a note: built in, or stated by a mapping.
pub(crate) type NoteCode = Cow<'static, str>;

/// The code of regions of one record that have nothing in common.
pub(crate) const CONTRADICTION: &str = "place.contradiction";

/// A part of a cell: one outcome, and the values that it yields.
///
/// `Debug` shows the outcome alone, since the text may be that of a need.
#[derive(Clone, PartialEq)]
pub(crate) struct Part {
    /// The part as written; of a question, the word that is asked about.
    pub(crate) text: String,
    pub(crate) outcome: Outcome,
    /// The index of a field among those that were asked for, and its value: a code, an object such as `{"tag", "how"}`, a range of
    /// ages, a number or text.
    pub(crate) values: Vec<(usize, Value<'static>)>,
    /// The code of what was repaired, if anything was.
    pub(crate) repaired: Option<&'static str>,
}

/// The one outcome of a part, which the report counts.
#[derive(Clone, PartialEq)]
pub(crate) enum Outcome {
    Understood,
    /// Understood, with an assumption of this code.
    Assumed(NoteCode),
    Asked(Asked),
    /// Known to state nothing.
    NoValue,
    /// Lost, with this code.
    Lost(&'static str),
}

/// A question about a part.
#[derive(Clone, PartialEq)]
pub(crate) struct Asked {
    pub(crate) kind: WordKind,
    pub(crate) why: Why,
    pub(crate) candidates: Vec<Value<'static>>,
}

/// The meaning of a text for one field.
#[derive(Clone, PartialEq)]
pub(crate) struct Meaning {
    pub(crate) outcome: Outcome,
    pub(crate) values: Vec<Value<'static>>,
    pub(crate) repaired: Option<&'static str>,
    /// The word that is asked about, if it is not the whole text: the level of a language.
    pub(crate) about: Option<String>,
}

impl Meaning {
    pub(crate) fn new(outcome: Outcome, values: Vec<Value<'static>>) -> Self {
        Self { outcome, values, repaired: None, about: None }
    }

    /// Returns the meaning as a question about a word of the text.
    pub(crate) fn about(self, word: &str) -> Self {
        Self { about: self.about.or_else(|| Some(word.trim().to_owned())), ..self }
    }

    pub(crate) fn understood(values: Vec<Value<'static>>) -> Self {
        Self::new(Outcome::Understood, values)
    }

    pub(crate) fn assumed(code: impl Into<NoteCode>, values: Vec<Value<'static>>) -> Self {
        Self::new(Outcome::Assumed(code.into()), values)
    }

    pub(crate) fn asked(kind: WordKind, why: Why, candidates: Vec<Value<'static>>) -> Self {
        Self::new(Outcome::Asked(Asked { kind, why, candidates }), Vec::new())
    }

    /// Returns the meaning of a text that is known to state nothing.
    pub(crate) fn nothing() -> Self {
        Self::new(Outcome::NoValue, Vec::new())
    }

    pub(crate) fn lost(code: &'static str) -> Self {
        Self::new(Outcome::Lost(code), Vec::new())
    }

    /// Returns `true` if the text needs no answer and is not lost.
    pub(crate) fn is_certain(&self) -> bool {
        matches!(self.outcome, Outcome::Understood | Outcome::Assumed(_) | Outcome::NoValue)
    }

    /// Returns `true` if no table has the text: there is nothing to choose from.
    pub(crate) fn is_unknown(&self) -> bool {
        matches!(&self.outcome, Outcome::Asked(asked) if asked.candidates.is_empty())
    }

    /// Returns the values that the text yields, or those from which a person may choose.
    pub(crate) fn possible(&self) -> &[Value<'static>] {
        match &self.outcome {
            Outcome::Asked(asked) => &asked.candidates,
            _ => &self.values,
        }
    }

    /// Returns the part of a cell with this meaning for the field of an index.
    pub(crate) fn into_part(self, text: &str, field: usize) -> Part {
        let values = self.values.into_iter().map(|value| (field, value)).collect();
        let text = self.about.unwrap_or_else(|| text.to_owned());
        Part { text, outcome: self.outcome, values, repaired: self.repaired }
    }
}

impl Outcome {
    /// Returns the section of the report and the code of the note about this outcome, if there is one.
    ///
    /// Regions that contradict each other are a suspicion about the record.
    pub(crate) fn note(&self) -> Option<(Section, NoteCode)> {
        match self {
            Self::Assumed(code) => Some((Section::Assumed, code.clone())),
            Self::Lost(CONTRADICTION) => Some((Section::Suspicions, CONTRADICTION.into())),
            Self::Lost(code) => Some((Section::Lost, (*code).into())),
            Self::Understood | Self::Asked(_) | Self::NoValue => None,
        }
    }
}

impl fmt::Debug for Meaning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Meaning").field("outcome", &self.outcome).finish_non_exhaustive()
    }
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part").field("outcome", &self.outcome).finish_non_exhaustive()
    }
}

impl fmt::Debug for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Understood => "Understood",
            Self::Assumed(_) => "Assumed",
            Self::Asked(_) => "Asked",
            Self::NoValue => "NoValue",
            Self::Lost(_) => "Lost",
        })
    }
}

impl fmt::Debug for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Asked").field("kind", &self.kind).field("why", &self.why).finish_non_exhaustive()
    }
}
