//! The report of an import: one counted outcome for every record, column and part of a cell.

use serde::Serialize;

use crate::import::{
    changes::Changes,
    notes::{Count, NoteKey, Notes, Section},
    position::Position,
};

/// The report of an import.
///
/// # Example: nothing disappears
///
/// ```
/// use lotse::import::{Import, ImportFile, RecordKind};
/// let import = Import::builder(RecordKind::Offers).build()?;
/// let report = import.read(&[ImportFile::new("list.csv", "id;Name;Sprachen\n1;Treff;Deutsch\n")])?.report;
/// assert_eq!((report.records.read, report.records.produced), (1, 1));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ImportReport {
    /// What the files are, and which mapping was used.
    pub recognized: Recognized,
    /// The day of the import, if one was given.
    pub as_of: Option<String>,
    /// Counts of records.
    pub records: RecordCounts,
    /// One row for each column.
    pub columns: Vec<ColumnReport>,
    /// The number of open questions.
    pub questions: u64,
    /// Readings that are customary but not certain.
    pub assumed: Vec<Note>,
    /// Damage that was repaired.
    pub repaired: Vec<Note>,
    /// Records that were left out.
    pub left_out: Vec<Note>,
    /// Records that were merged.
    pub merged: Vec<Note>,
    /// Parts that have no counterpart.
    pub lost: Vec<Note>,
    /// Fields that a rule hides, and personal columns that were not read.
    pub hidden: Vec<Note>,
    /// What a person should look at. It changes no record.
    pub suspicions: Vec<Note>,
    /// The licences of the data.
    pub licence: Vec<String>,
    /// The changes since an earlier import, if its records were given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changes: Option<Changes>,
}

impl ImportReport {
    /// Creates a report with these notes; `position` displays where a record is.
    pub(super) fn new(notes: &Notes, position: &dyn Fn(Position) -> String) -> Self {
        let of = |section: Section| {
            let note = |(key, count): (&NoteKey, &Count)| Note {
                code: key.code.clone().into_owned(),
                count: count.count,
                at: count.at.iter().copied().map(position).collect(),
                column: key.column.clone(),
                field: key.field.clone(),
            };
            notes.of(section).map(note).collect()
        };
        Self {
            assumed: of(Section::Assumed),
            repaired: of(Section::Repaired),
            left_out: of(Section::LeftOut),
            merged: of(Section::Merged),
            lost: of(Section::Lost),
            hidden: of(Section::Hidden),
            suspicions: of(Section::Suspicions),
            ..Self::default()
        }
    }
}

/// What an import recognized.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Recognized {
    /// The files that were read.
    pub files: Vec<RecognizedFile>,
    /// `own`, `sketch`, or the name of a built-in mapping.
    pub mapping: String,
    /// Why the format was recognized.
    pub why: Vec<String>,
}

/// A file that was read.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RecognizedFile {
    /// Its name.
    pub name: String,
    /// Its format, such as `csv`.
    pub format: String,
    /// Its encoding, if it is text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// The delimiter of its cells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<String>,
    /// The sheet of a spreadsheet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The row of the header, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header: Option<u32>,
}

/// Counts of records: `read = used + merged + left_out`, `produced = used + added`.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RecordCounts {
    /// Records of the files.
    pub read: u64,
    /// Those that became a record of their own.
    pub used: u64,
    /// Those that were merged into another.
    pub merged: u64,
    /// Those that were left out.
    pub left_out: u64,
    /// Further records that one record became.
    pub added: u64,
    /// Records produced.
    pub produced: u64,
}

/// The outcome of a column: `parts = understood + assumed + asked + no_value + lost`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ColumnReport {
    /// The name of the column.
    pub column: String,
    /// `read`, `ignore`, `never` or `unmentioned`.
    #[serde(rename = "use")]
    pub usage: String,
    /// The fields that are read from it.
    pub fields: Vec<String>,
    /// Cells that are not empty.
    pub filled: u64,
    /// Parts of cells.
    pub parts: u64,
    /// Parts that are understood.
    pub understood: u64,
    /// Parts that are understood with an assumption.
    pub assumed: u64,
    /// Parts that are asked about.
    pub asked: u64,
    /// Parts that are known to state nothing.
    pub no_value: u64,
    /// Parts that are lost.
    pub lost: u64,
}

/// A counted note.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Note {
    /// The stable code.
    pub code: String,
    /// How often it applies.
    pub count: u64,
    /// Rows or paths, at most 100.
    pub at: Vec<String>,
    /// The column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// The field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}
