//! Errors of files: the place in the file, and the limits.

use std::fmt;

use crate::error::{Error, ErrorDetail, ErrorKind, Message, message};

/// The largest size of a file, also after unpacking: 2 GB, and in unit tests what they can build.
pub(super) const MAX_BYTES: u64 = if cfg!(test) { 8_000_000 } else { 2_000_000_000 };
/// The largest size of a cell in bytes.
pub(super) const MAX_CELL: usize = 1_000_000;
/// The largest number of columns.
pub(super) const MAX_COLUMNS: usize = 4_096;
/// The largest number of records of a file, and in unit tests what they can build.
pub(super) const MAX_RECORDS: u64 = if cfg!(test) { 20_000 } else { 5_000_000 };

/// A place in a file.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place<'f> {
    File(&'f str),
    Row(&'f str, usize),
    Item(&'f str, u32),
}

impl<'f> Place<'f> {
    pub(super) fn file(name: &'f str) -> Self {
        Self::File(name)
    }

    pub(super) fn row(name: &'f str, row: usize) -> Self {
        Self::Row(name, row)
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(name) => f.write_str(name),
            Self::Row(name, row) => write!(f, "{name}: row {row}"),
            Self::Item(name, item) => write!(f, "{name}: [{item}]"),
        }
    }
}

/// Creates an error at a place.
pub(super) fn at(
    place: &Place<'_>,
    (kind, code): (ErrorKind, &'static str),
    message: impl Into<Message>,
) -> ErrorDetail {
    ErrorDetail { path: place.to_string(), ..ErrorDetail::new(kind, code, message) }
}

/// Creates the error of a limit that a file exceeds.
pub(super) fn limit(place: &Place<'_>, message: impl Into<Message>) -> Error {
    Error::new(at(place, (ErrorKind::Value, "import.limit"), message))
}

/// Creates the error of more records than an import may have.
pub(super) fn too_many_records(place: &Place<'_>) -> Error {
    limit(place, message!("import.limit.records").with(&[("max", &MAX_RECORDS)]))
}
