//! What files hold: tables and lists of records, in a recognized format.

use std::fmt;

use crate::{
    decode::value::Value,
    error::Error,
    import::{frame::Frame, json_list::JsonList, notes::Notes, position::Position, text_table::TextTable},
};

/// The files of an import, recognized.
#[derive(Debug)]
pub(crate) struct Source<'f> {
    pub(crate) format: SourceFormat,
    /// Why the format was recognized: names of columns and fields that only it has. They are no data.
    pub(crate) why: Vec<String>,
    /// One for each file, member of an archive or sheet that is read, in the order of the files.
    pub(crate) parts: Vec<SourcePart<'f>>,
    /// Up to three words in which a person sees whether the encoding is right; of needs only from the header.
    pub(crate) samples: Vec<String>,
    /// What was assumed, lost and is suspicious before the first record. The records add to it what concerns their rows.
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
    /// Records of lotse, or a table in its own layout: nothing to import, unless a mapping is given.
    Lotse,
}

impl SourceFormat {
    /// Returns the format with the name that a mapping gives.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        match name {
            "table" | "csv" | "xlsx" | "ods" => Some(Self::Table),
            "json" | "ndjson" => Some(Self::Json),
            name => {
                let directories =
                    [Self::Hsds3, Self::HsdsPackage, Self::DataInclusion, Self::Airs, Self::Osm, Self::Fhir];
                directories.into_iter().find(|format| format.mapping() == Some(name))
            }
        }
    }

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
    /// The name of the file as given, without folders; of a member of an archive, that of the member.
    pub(crate) name: String,
    /// The name without its ending, or that of the sheet if another sheet of the file is read too.
    pub(crate) stem: String,
    /// The index in [`Source::parts`], which positions have as their file.
    pub(crate) index: u32,
    /// `csv`, `json`, `ndjson`, `xlsx`, `ods` or `table`.
    pub(crate) format: &'static str,
    pub(crate) encoding: Option<&'static str>,
    pub(crate) delimiter: Option<char>,
    pub(crate) sheet: Option<String>,
    /// The rows of the header, from 1; empty if there is none.
    pub(crate) header: Vec<u32>,
    /// The names of columns in order; for objects, the dotted paths that occur, in the order of their first occurrence.
    pub(crate) columns: Vec<String>,
    pub(super) records: Records<'f>,
}

/// The records of a part, which are read one at a time.
pub(super) enum Records<'f> {
    Text(TextTable<'f>),
    /// A spreadsheet or a data frame.
    Cells(Frame<'f>),
    Objects(JsonList<'f>),
}

impl fmt::Debug for Records<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Records(..)")
    }
}

/// The columns of a part that are read. Cells of the others are skipped.
#[derive(Clone, Debug)]
pub(crate) struct Wanted(Vec<bool>);

impl SourcePart<'_> {
    /// Returns the columns whose name fits.
    pub(crate) fn wanted(&self, is_wanted: impl Fn(&str) -> bool) -> Wanted {
        Wanted(self.columns.iter().map(|name| is_wanted(name)).collect())
    }

    /// Returns the name of the column with this number in the file, from 1; of objects, of that path.
    pub(crate) fn column_at(&self, number: u32) -> Option<&str> {
        match &self.records {
            Records::Text(table) => table.layout.name_at(number),
            Records::Cells(frame) => frame.layout.name_at(number),
            Records::Objects(_) => {
                let index = usize::try_from(number).ok()?.checked_sub(1)?;
                self.columns.get(index).map(String::as_str)
            }
        }
    }

    /// Calls `each` with every record in order: an object from column to cell for a table, where empty cells are absent and text is
    /// trimmed; the object with its wanted paths for JSON.
    ///
    /// Adds to `notes` what concerns rows: `row.short`, `row.cells` (in [`Section::LeftOut`](crate::import::notes::Section::LeftOut); such a row counts as
    /// read, but `each` is not called) and `text.twice_encoded`. If the records are read twice, one of the two needs notes of its own.
    ///
    /// # Errors
    ///
    /// `import.csv.quotes`, `json.syntax` or `import.limit`, with the row; or an error of `each`, which ends the reading.
    pub(crate) fn for_each<'s>(
        &'s self,
        wanted: &Wanted,
        notes: &mut Notes,
        each: &mut dyn FnMut(Position, Value<'s>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let file = (self.index, self.name.as_str());
        match &self.records {
            Records::Text(table) => table.for_each(file, &wanted.0, notes, each),
            Records::Cells(frame) => frame.for_each(file, &wanted.0, notes, each),
            Records::Objects(list) => list.for_each(file, &wanted.0, notes, each),
        }
    }
}
