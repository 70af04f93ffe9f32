//! What an import would do with files: the recognized columns, for a person to confirm.

use serde::Serialize;

use crate::import::{mapping::Mapping, question::Question, record_kind::RecordKind, report::Recognized};

/// What is recognized in files before they are imported.
///
/// # Example: the columns of a list
///
/// ```
/// use lotse::import::{Import, ImportFile, RecordKind};
/// let import = Import::builder(RecordKind::Offers).build()?;
/// let sketch = import.sketch(&[ImportFile::new("list.csv", "id;Sprachen;Status\n1;Deutsch;frei\n")])?;
/// assert_eq!((sketch.columns[1].field.as_deref(), sketch.columns[1].sure), (Some("languages"), true));
/// assert_eq!((sketch.columns[2].sure, sketch.rows.len()), (false, 1));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Sketch {
    /// The kind of records.
    pub records: RecordKind,
    /// What the files are, and which mapping would be used.
    pub recognized: Recognized,
    /// The mapping that would be used.
    pub mapping: Mapping,
    /// The columns in the order of the files.
    pub columns: Vec<SketchColumn>,
    /// The first rows, at most three, with a cell for each column; empty for needs.
    pub rows: Vec<Vec<String>>,
    /// Words that show the encoding, at most three; of needs from the header only.
    pub samples: Vec<String>,
    /// Questions about columns.
    pub questions: Vec<Question>,
}

/// A column and the field that it is read to.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SketchColumn {
    /// The name of the column.
    pub column: String,
    /// The field, or `None` if it is not read.
    pub field: Option<String>,
    /// `true` if the name has this one meaning.
    pub sure: bool,
    /// `read`, `ignore`, `never` or `unmentioned`.
    #[serde(rename = "use")]
    pub usage: String,
    /// Cells that are not empty; 0 for a column that is never read.
    pub filled: u64,
    /// The first cells, at most three; empty for needs.
    pub samples: Vec<String>,
}
