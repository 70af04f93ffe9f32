use std::{borrow::Cow, fmt};

use serde::ser::{Serialize, SerializeStruct, Serializer};

/// At most this many problems of one input are reported.
pub(crate) const MAX_ERRORS: usize = 100;

/// What is wrong with an input: one or more problems, each with a stable code and a place.
///
/// `code`, `path`, `message` and `hint` speak of the first problem; [`Error::errors`] has all of them, at most 100.
/// An error never repeats a value, so an error about a need can be logged and sent.
///
/// # Example: branch on the code, show the place
///
/// ```
/// let error = lotse::Need::builder("n-1").people(0).build().unwrap_err();
/// assert_eq!(error.code(), "need.range");
/// assert_eq!(error.path(), "need.people");
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Error {
    // INVARIANT: `first` is the first problem in the order of the input, `rest` the others.
    first: Box<ErrorDetail>,
    rest: Vec<ErrorDetail>,
}

impl Error {
    pub(crate) fn new(detail: ErrorDetail) -> Self {
        Self { first: Box::new(detail), rest: Vec::new() }
    }

    /// What sort of problem it is, to branch on.
    pub fn kind(&self) -> ErrorKind {
        self.first.kind
    }

    /// The stable code, such as `offer.language.unknown_tag`.
    pub fn code(&self) -> &str {
        &self.first.code
    }

    /// The place in the input, such as `offers[3].languages[0]`; empty for the whole input.
    pub fn path(&self) -> &str {
        &self.first.path
    }

    /// What is wrong, in plain words, without the value.
    pub fn message(&self) -> &str {
        &self.first.message
    }

    /// What would be right, where that can be said.
    pub fn hint(&self) -> Option<&str> {
        self.first.hint.as_deref()
    }

    /// All problems, the first one included, in the order of the input.
    pub fn errors(&self) -> impl ExactSizeIterator<Item = &ErrorDetail> + '_ {
        Errors { first: Some(&self.first), rest: self.rest.iter() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.first.fmt(f)?;
        match self.rest.len() {
            0 => Ok(()),
            1 => f.write_str(" (and 1 more error)"),
            more => write!(f, " (and {more} more errors)"),
        }
    }
}

impl std::error::Error for Error {}

impl Serialize for Error {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut data = serializer.serialize_struct("Error", 5)?;
        data.serialize_field("code", self.code())?;
        data.serialize_field("path", self.path())?;
        data.serialize_field("message", self.message())?;
        data.serialize_field("hint", &self.hint())?;
        data.serialize_field("errors", &self.errors().collect::<Vec<_>>())?;
        data.end()
    }
}

/// Sorts of problems.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The text is not JSON, or ends too early.
    Syntax,
    /// A wrong type, an unknown field, or a missing one.
    Shape,
    /// A value out of its range, or badly formed.
    Value,
    /// Well formed, but nobody knows it: a language tag, a region, an id.
    Unknown,
    /// Two things that exclude each other: the same id twice, a range the wrong way round.
    Conflict,
    /// Something that is needed was not given.
    Missing,
    /// Nothing is wrong: the caller cancelled the operation.
    Cancelled,
    /// A defect of this library, not of the input.
    Internal,
}

/// One problem of an [`Error`]: a code, a place, and words.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ErrorDetail {
    pub(crate) kind: ErrorKind,
    pub(crate) code: Cow<'static, str>,
    pub(crate) path: String,
    pub(crate) message: Cow<'static, str>,
    pub(crate) hint: Option<Cow<'static, str>>,
}

impl ErrorDetail {
    /// What sort of problem it is.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The stable code.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The place in the input.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong, without the value.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What would be right, where that can be said.
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    pub(crate) fn with_hint(self, hint: impl Into<Cow<'static, str>>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}

impl fmt::Display for ErrorDetail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        write!(f, "{} [{}]", self.message, self.code)?;
        match &self.hint {
            Some(hint) => write!(f, " - {hint}"),
            None => Ok(()),
        }
    }
}

impl Serialize for ErrorDetail {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut data = serializer.serialize_struct("Detail", 4)?;
        data.serialize_field("code", self.code())?;
        data.serialize_field("path", self.path())?;
        data.serialize_field("message", self.message())?;
        data.serialize_field("hint", &self.hint())?;
        data.end()
    }
}

struct Errors<'a> {
    first: Option<&'a ErrorDetail>,
    rest: std::slice::Iter<'a, ErrorDetail>,
}

impl<'a> Iterator for Errors<'a> {
    type Item = &'a ErrorDetail;

    fn next(&mut self) -> Option<&'a ErrorDetail> {
        self.first.take().or_else(|| self.rest.next())
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.rest.len().saturating_add(usize::from(self.first.is_some()));
        (left, Some(left))
    }
}

impl ExactSizeIterator for Errors<'_> {}

/// Problems found so far. Reading goes on after a problem, so that a person can mend a whole file at once.
#[derive(Debug, Default)]
pub(crate) struct ErrorSink {
    details: Vec<ErrorDetail>,
}

impl ErrorSink {
    pub(crate) fn push(&mut self, detail: ErrorDetail) {
        if self.details.len() < MAX_ERRORS {
            self.details.push(detail);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.details.is_empty()
    }

    pub(crate) fn append(&mut self, later: Self) {
        for detail in later.details {
            self.push(detail);
        }
    }

    pub(crate) fn into_details(self) -> Vec<ErrorDetail> {
        self.details
    }

    /// The value, if nothing was wrong.
    pub(crate) fn into_result<T>(self, value: T) -> Result<T, Error> {
        let mut details = self.details.into_iter();
        match details.next() {
            None => Ok(value),
            Some(first) => Err(Error { first: Box::new(first), rest: details.collect() }),
        }
    }
}
