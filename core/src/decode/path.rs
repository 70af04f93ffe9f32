use std::fmt;

use crate::{
    decode::{code_kind::CodeKind, suggest::Suggest},
    error::{ErrorDetail, ErrorKind, Message},
};

/// The type of the record that is decoded. Its name is the first part of every error code.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Record {
    Request,
    Need,
    Offer,
    Policy,
    Vocabulary,
    /// The mapping of an import.
    #[cfg(feature = "import")]
    Mapping,
}

impl Record {
    fn name(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Need => "need",
            Self::Offer => "offer",
            Self::Policy => "policy",
            Self::Vocabulary => "vocabulary",
            #[cfg(feature = "import")]
            Self::Mapping => "import.mapping",
        }
    }
}

/// The position of a value in the input, such as `offers[3].languages[0]`.
///
/// A path refers to that of the enclosing value, so that nothing is allocated unless an error is reported.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Path<'a> {
    record: Record,
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
    /// Creates the empty path, which is that of the whole input.
    pub(crate) fn root(record: Record) -> Self {
        Self { record, parent: None, step: Step::Root, suggest: None }
    }

    /// Returns the path of a field of the object at this path.
    pub(crate) fn field(&'a self, name: &'a str) -> Path<'a> {
        Self { parent: Some(self), step: Step::Field(name), ..*self }
    }

    /// Returns the path of an item of the array at this path.
    pub(crate) fn item(&'a self, index: usize) -> Path<'a> {
        Self { parent: Some(self), step: Step::Item(index), ..*self }
    }

    /// Sets the source of suggestions for unknown codes at this path and below.
    pub(crate) fn with_suggestions(self, suggest: &'a dyn Suggest) -> Path<'a> {
        Self { suggest: Some(suggest), ..self }
    }

    /// Sets the type of the record that begins at this path.
    pub(crate) fn with_record(self, record: Record) -> Path<'a> {
        Self { record, ..self }
    }

    /// Returns the type of the record that this path is in.
    pub(crate) fn record(&self) -> Record {
        self.record
    }

    /// Returns whether an unknown key of this object may disclose something about a person: in a need, and in a list of a
    /// request, whose items (referrals, pairs, typed words) refer to needs.
    pub(crate) fn is_private(&self) -> bool {
        match self.record {
            Record::Need => true,
            // What is not an object of the interface itself, such as a plan, may be the record of a person by mistake.
            Record::Request => !matches!(self.step, Step::Root),
            Record::Offer | Record::Policy | Record::Vocabulary => false,
            #[cfg(feature = "import")]
            Record::Mapping => false,
        }
    }

    /// Returns a hint with the code that may be meant instead of an unknown one.
    ///
    /// It is `None` for a need, even if there is a source of suggestions: a suggestion would disclose a value of the need.
    pub(crate) fn suggestion(&self, kind: CodeKind, text: &str) -> Option<Message> {
        let suggest = self.suggest.filter(|_| self.record != Record::Need)?;
        suggest.did_you_mean(kind, text)
    }

    /// Creates an error at this path. Its code consists of the name of the record and `name`.
    pub(crate) fn error(&self, kind: ErrorKind, name: &str, message: impl Into<Message>) -> ErrorDetail {
        self.detail(kind, name, message.into())
    }

    /// Not generic, for the sake of size.
    #[inline(never)]
    fn detail(&self, kind: ErrorKind, name: &str, message: Message) -> ErrorDetail {
        let code = format!("{}.{name}", self.record.name());
        ErrorDetail { path: self.to_string(), ..ErrorDetail::new(kind, code, message) }
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(parent) = self.parent {
            parent.fmt(f)?;
        }
        match self.step {
            Step::Root => Ok(()),
            Step::Item(index) => write!(f, "[{index}]"),
            Step::Field(name) => {
                let is_first = self.parent.is_none_or(|parent| matches!(parent.step, Step::Root));
                write!(f, "{}{name}", if is_first { "" } else { "." })
            }
        }
    }
}
