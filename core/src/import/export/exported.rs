//! The files of an export, and its report.

use serde::Serialize;

use crate::import::report::Note;

/// The files of an export, and what they lack.
///
/// # Example: a table with its mapping
///
/// ```
/// use lotse::import::export::{ExportOptions, to_table};
/// let exported = to_table(&vec![lotse::Offer::builder("o-1").build()?], &ExportOptions::new())?;
/// let names: Vec<&str> = exported.files.iter().map(|file| file.name.as_str()).collect();
/// assert_eq!(names, ["offers.csv", "offers.map.json", "datapackage.json"]);
/// assert!(exported.report.notes.is_empty());
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Exported {
    /// The files, the main one first.
    pub files: Vec<ExportedFile>,
    /// What the files lack.
    pub report: ExportReport,
}

/// A file of an export.
///
/// `Debug` shows the name only, because the text may be that of needs.
///
/// # Example: a table of needs
///
/// ```
/// use lotse::import::export::{ExportOptions, to_table};
/// let exported = to_table(&vec![lotse::Need::builder("n-1").age(34).build()?], &ExportOptions::new())?;
/// assert_eq!(format!("{:?}", exported.files[0]), r#"ExportedFile { name: "needs.csv", .. }"#);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ExportedFile {
    /// The name, without folders.
    pub name: String,
    /// The text, in UTF-8.
    pub text: String,
}

impl std::fmt::Debug for ExportedFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ExportedFile").field("name", &self.name).finish_non_exhaustive()
    }
}

/// The report of an export. It has ids and names of fields, but no values.
///
/// # Example: capacities are left out by default
///
/// ```
/// use lotse::import::export::{ExportOptions, to_hsds3};
/// let offers = [lotse::Offer::builder("o-1").name("Treff").organisation("Verein").capacity(3).build()?];
/// let report = to_hsds3(&offers, &ExportOptions::new())?.report;
/// assert_eq!((report.records, report.notes[0].code.as_str()), (1, "capacity.left_out"));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ExportReport {
    /// The number of records.
    pub records: u64,
    /// What the files lack or state differently, with the ids of the first records.
    pub notes: Vec<Note>,
}
