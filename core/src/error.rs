use std::{borrow::Cow, fmt};

use serde::ser::{Serialize, SerializeStruct, Serializer};

mod codes;
pub(crate) mod message;

pub(crate) use message::{Message, Template, message};

/// The maximal number of errors that are reported for one input.
pub(crate) const MAX_ERRORS: usize = 100;

/// One or more errors of an input, each with a stable code and a path.
///
/// [`kind`](Self::kind), [`code`](Self::code), [`path`](Self::path), [`message`](Self::message) and [`hint`](Self::hint) are those
/// of the first error. [`errors`](Self::errors) returns all of them, at most 100.
///
/// An error never repeats a value of a need, so that it can be logged and sent.
///
/// # Example: branch on the code, show the path
///
/// ```
/// let error = lotse::Need::builder("n-1").people(0).build().unwrap_err();
/// assert_eq!(error.code(), "need.range");
/// assert_eq!(error.path(), "need.people");
/// assert_eq!(error.to_string(), "need.people: out of range, which is 1 to 100000 [need.range]");
/// ```
///
/// # Example: all errors of a record at once
///
/// ```
/// let error = lotse::Offer::from_json(r#"{"id": "o-1", "capacity": -1, "ages": {"min": 60, "max": 18}}"#).unwrap_err();
/// let codes: Vec<&str> = error.errors().map(|detail| detail.code()).collect();
/// assert_eq!(codes, ["offer.range", "offer.ages.reversed"]);
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Error {
    // INVARIANT: `first` comes first in the order of the input, `rest` are the others.
    first: Box<ErrorDetail>,
    rest: Vec<ErrorDetail>,
}

impl Error {
    pub(crate) fn new(detail: ErrorDetail) -> Self {
        debug_assert!(codes::is_declared(&detail.code), "no declared code: {}", detail.code);
        Self { first: Box::new(detail), rest: Vec::new() }
    }

    /// Returns the kind of the first error, to branch on.
    pub fn kind(&self) -> ErrorKind {
        self.first.kind
    }

    /// Returns the stable code of the first error, such as `offer.language.unknown_tag`.
    pub fn code(&self) -> &str {
        &self.first.code
    }

    /// Returns the position of the first error in the input, such as `offers[3].languages[0]`; empty for the whole input.
    pub fn path(&self) -> &str {
        &self.first.path
    }

    /// Returns a description of the first error, without the value.
    pub fn message(&self) -> &str {
        self.first.message()
    }

    /// Returns a remedy of the first error, or `None` if none can be given.
    pub fn hint(&self) -> Option<&str> {
        self.first.hint()
    }

    /// Returns all errors in the order of the input, including the first one.
    pub fn errors(&self) -> impl ExactSizeIterator<Item = &ErrorDetail> + '_ {
        Errors { first: Some(&self.first), rest: self.rest.iter() }
    }

    /// Appends the errors of a later part of the same input; the first 100 are kept.
    ///
    /// # Example: the columns of a table, then its rows
    ///
    /// ```
    /// use lotse::{Need, wire::TableLayout};
    /// let mut layout = TableLayout::from_need_columns(["id", "langauges", "age"]);
    /// let columns = layout.reject_unknown_columns().unwrap_err();
    /// let row = Need::from_value(&layout.record(["n-1".into(), "de".into(), "thirty".into()])).unwrap_err();
    /// let error = columns.and(row);
    /// let paths: Vec<&str> = error.errors().map(|detail| detail.path()).collect();
    /// assert_eq!(paths, ["needs", "need.age"]);
    /// ```
    #[must_use]
    pub fn and(mut self, later: Self) -> Self {
        self.rest.push(*later.first);
        self.rest.extend(later.rest);
        // The first error is not part of the rest.
        self.rest.truncate(MAX_ERRORS.saturating_sub(1));
        self
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

/// The kind of an error, to branch on.
///
/// # Example: a typing error in JSON, or in a value
///
/// ```
/// use lotse::{ErrorKind, Need};
/// let kind = |json| Need::from_json(json).unwrap_err().kind();
/// assert_eq!(kind(r#"{"id": "n-1""#), ErrorKind::Syntax);
/// assert_eq!(kind(r#"{"id": "n-1", "agge": 34}"#), ErrorKind::Shape);
/// assert_eq!(kind(r#"{"id": "n-1", "age": 340}"#), ErrorKind::Value);
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The text is not JSON, or ends too early.
    Syntax,
    /// A value has the wrong type, or a field is unknown, duplicate or missing.
    Shape,
    /// A value is out of range or malformed.
    Value,
    /// A well-formed language tag, region code, id or other name is not known.
    Unknown,
    /// Two values contradict each other: the same id twice, a range with its ends swapped.
    Conflict,
    /// A value is missing that another one requires.
    Missing,
    /// The caller cancelled the operation.
    Cancelled,
    /// A defect of this library, not of the input.
    Internal,
}

/// One error of an [`Error`]: a code, a path and a message.
///
/// # Example: the path of each error
///
/// ```
/// let error = lotse::Need::builder("n-1").people(0).age(200).build().unwrap_err();
/// let paths: Vec<&str> = error.errors().map(|detail| detail.path()).collect();
/// assert_eq!(paths, ["need.people", "need.age"]);
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ErrorDetail {
    pub(crate) kind: ErrorKind,
    pub(crate) code: Cow<'static, str>,
    pub(crate) path: String,
    pub(crate) message: Message,
    pub(crate) hint: Option<Message>,
}

impl ErrorDetail {
    /// Creates an error of the whole input, without a hint.
    pub(crate) fn new(kind: ErrorKind, code: impl Into<Cow<'static, str>>, message: impl Into<Message>) -> Self {
        Self { kind, code: code.into(), path: String::new(), message: message.into(), hint: None }
    }

    /// Sets the hint: a remedy of the error.
    pub(crate) fn with_hint(self, hint: impl Into<Message>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// Returns the kind of the error, to branch on.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Returns the stable code.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// Returns the position in the input; empty for the whole input.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns a description of the error in English, without the value.
    pub fn message(&self) -> &str {
        self.message.english()
    }

    /// Returns a remedy in English, or `None` if none can be given.
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_ref().map(Message::english)
    }
}

impl fmt::Display for ErrorDetail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        write!(f, "{} [{}]", self.message(), self.code)?;
        match self.hint() {
            Some(hint) => write!(f, " - {hint}"),
            None => Ok(()),
        }
    }
}

impl Serialize for ErrorDetail {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut data = serializer.serialize_struct("ErrorDetail", 4)?;
        data.serialize_field("code", self.code())?;
        data.serialize_field("path", self.path())?;
        data.serialize_field("message", self.message())?;
        data.serialize_field("hint", &self.hint())?;
        data.end()
    }
}

/// The iterator of [`Error::errors`].
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
        let len = self.rest.len().saturating_add(usize::from(self.first.is_some()));
        (len, Some(len))
    }
}

impl ExactSizeIterator for Errors<'_> {}

/// A collection of the errors of one input, so that all of them are reported at once.
///
/// Only the first 100 are kept.
#[derive(Debug, Default)]
pub(crate) struct ErrorSink {
    details: Vec<ErrorDetail>,
}

impl ErrorSink {
    /// Adds an error after those of earlier parts of the input.
    pub(crate) fn push(&mut self, detail: ErrorDetail) {
        if self.details.len() < MAX_ERRORS {
            debug_assert!(codes::is_declared(&detail.code), "no declared code: {}", detail.code);
            self.details.push(detail);
        }
    }

    /// Adds an error that is costly to make, unless the limit is reached, so that it would not be kept.
    pub(crate) fn push_with(&mut self, detail: impl FnOnce() -> ErrorDetail) {
        if self.details.len() < MAX_ERRORS {
            self.push(detail());
        }
    }

    /// Returns `true` if there is no error.
    pub(crate) fn is_empty(&self) -> bool {
        self.details.is_empty()
    }

    /// Adds the errors of a later part of the input.
    pub(crate) fn append(&mut self, later: Self) {
        for detail in later.details {
            self.push(detail);
        }
    }

    /// Returns the errors in the order of the input.
    pub(crate) fn into_details(self) -> Vec<ErrorDetail> {
        self.details
    }

    /// Returns the value, or the errors if there are any.
    pub(crate) fn into_result<T>(self, value: T) -> Result<T, Error> {
        let mut details = self.details.into_iter();
        match details.next() {
            None => Ok(value),
            Some(first) => Err(Error { first: Box::new(first), rest: details.collect() }),
        }
    }
}
