//! What files hold: tables and lists of records, in a recognized format.

use std::borrow::Cow;

use crate::{
    decode::value::Value,
    import::{notes::Notes, position::Position},
};

/// The files of an import, recognized.
#[derive(Debug)]
pub(crate) struct Source<'f> {
    pub(crate) format: SourceFormat,
    /// One for each file, member of an archive or sheet that is read, in the order of the files.
    pub(crate) parts: Vec<SourcePart<'f>>,
    /// What was assumed, repaired and lost while the files were read.
    pub(crate) notes: Notes,
}

/// What is recognized: a directory format with a built-in mapping, or a table.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum SourceFormat {
    Table,
    /// A table of JSON objects.
    Json,
    Hsds3,
    HsdsPackage,
    DataInclusion,
    Airs,
    Osm,
    Fhir,
    /// Records of lotse, or a table in its own layout: nothing to import.
    Lotse,
}

impl SourceFormat {
    /// Returns the name of the built-in mapping, or `None` for a table of any kind.
    pub(crate) fn mapping(self) -> Option<&'static str> {
        match self {
            Self::Hsds3 => Some("hsds3"),
            Self::HsdsPackage => Some("hsds-package"),
            Self::DataInclusion => Some("data-inclusion"),
            Self::Airs => Some("airs"),
            Self::Osm => Some("osm"),
            Self::Fhir => Some("fhir"),
            Self::Table | Self::Json | Self::Lotse => None,
        }
    }
}

/// A table or a list of objects.
#[derive(Debug)]
pub(crate) struct SourcePart<'f> {
    /// The name of the file as given, without folders.
    pub(crate) name: String,
    /// The name without its ending, or that of the sheet.
    pub(crate) stem: String,
    /// `csv`, `json`, `ndjson`, `xlsx`, `ods` or `table`.
    pub(crate) format: &'static str,
    pub(crate) encoding: Option<&'static str>,
    pub(crate) delimiter: Option<char>,
    pub(crate) sheet: Option<String>,
    /// The rows of the header, from 1; empty for a list of objects.
    pub(crate) header: Vec<u32>,
    /// The names of columns in order; for objects, the dotted paths that occur, in the order of their first occurrence.
    pub(crate) columns: Vec<String>,
    /// The records: objects from column to cell for a table. Empty cells are absent; cells are trimmed.
    pub(crate) records: Records<'f>,
}

/// The records of a part, which the reader streams.
#[derive(Debug)]
pub(crate) enum Records<'f> {
    /// Held, because they are needed together or were held before.
    Values(Vec<(Position, Value<'f>)>),
    /// Text of a table that is decoded, and is read row by row.
    Text(Cow<'f, str>),
}
