use std::{borrow::Cow, fmt};

use crate::{
    decode::{code_kind::CodeKind, suggest::Suggest},
    error::{ErrorDetail, ErrorKind},
};

/// Whose record is read: the first part of every error code.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Record {
    Request,
    Need,
    Offer,
    Policy,
    Vocabulary,
}

impl Record {
    fn prefix(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Need => "need",
            Self::Offer => "offer",
            Self::Policy => "policy",
            Self::Vocabulary => "vocabulary",
        }
    }
}

/// A place in the input. It is put into words only when there is something to tell.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Path<'a> {
    pub(crate) record: Record,
    parent: Option<&'a Path<'a>>,
    step: Step<'a>,
    suggest: Option<&'a dyn Suggest>,
}

#[derive(Clone, Copy, Debug)]
enum Step<'a> {
    Root,
    Field(&'a str),
    Item(usize),
}

impl<'a> Path<'a> {
    pub(crate) fn root(record: Record) -> Self {
        Self { record, parent: None, step: Step::Root, suggest: None }
    }

    pub(crate) fn field(&'a self, name: &'a str) -> Path<'a> {
        Self { parent: Some(self), step: Step::Field(name), ..*self }
    }

    pub(crate) fn item(&'a self, index: usize) -> Path<'a> {
        Self { parent: Some(self), step: Step::Item(index), ..*self }
    }

    /// The same place, where codes that nobody knows can be set right.
    pub(crate) fn with_suggestions(self, knows: &'a dyn Suggest) -> Path<'a> {
        Self { suggest: Some(knows), ..self }
    }

    /// What may be meant instead of a code that nobody knows. Never for a need, even where its place should be told who
    /// knows: it would repeat what the need says.
    pub(crate) fn suggestion(&self, kind: CodeKind, text: &str) -> Option<String> {
        let knows = self.suggest.filter(|_| self.record != Record::Need)?;
        knows.did_you_mean(kind, text)
    }

    /// The same place, where a record of another sort begins.
    pub(crate) fn with_record(self, record: Record) -> Path<'a> {
        Self { record, ..self }
    }

    /// A problem here. Its code is the record's word and `name`.
    pub(crate) fn error(&self, kind: ErrorKind, name: &str, message: impl Into<Cow<'static, str>>) -> ErrorDetail {
        ErrorDetail {
            kind,
            code: format!("{}.{name}", self.record.prefix()).into(),
            path: self.to_string(),
            message: message.into(),
            hint: None,
        }
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(up) = self.parent {
            up.fmt(f)?;
        }
        match self.step {
            Step::Root => Ok(()),
            Step::Item(index) => write!(f, "[{index}]"),
            Step::Field(name) => {
                let first = self.parent.is_none_or(|up| matches!(up.step, Step::Root));
                write!(f, "{}{name}", if first { "" } else { "." })
            }
        }
    }
}
