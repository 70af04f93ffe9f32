//! Where a record is in a file.

use std::fmt;

/// The position of a record: its part of the source, and its row or item there.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Position {
    /// The index of the part of the source: a file, a member of an archive or a sheet.
    pub(crate) file: u32,
    pub(crate) step: Step,
}

/// A row of a table, or an item of a list.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Step {
    /// A row as a spreadsheet counts it: from 1, the header included.
    Row(u32),
    /// An item of a JSON list or of NDJSON, from 0.
    Item(u32),
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Row(row) => write!(f, "row {row}"),
            Self::Item(item) => write!(f, "[{item}]"),
        }
    }
}
