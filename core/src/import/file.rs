//! A file as a person gives it.

use std::fmt;

use crate::decode::value::Value;

/// A file to import: a name with its ending, and its bytes; or a table that a program holds.
///
/// `Debug` shows the name only.
///
/// # Example: a table in text
///
/// ```
/// use lotse::import::ImportFile;
/// let file = ImportFile::new("Beratungsstellen.csv", "Nr;Sprachen\n1;Deutsch\n");
/// assert_eq!(file.name(), "Beratungsstellen.csv");
/// ```
#[derive(Clone)]
pub struct ImportFile {
    name: String,
    pub(super) content: Content,
}

/// What a file has.
#[derive(Clone)]
pub(super) enum Content {
    Bytes(Vec<u8>),
    /// The names of columns, and rows of as many cells.
    Table(Vec<String>, Vec<Vec<Value<'static>>>),
}

impl ImportFile {
    /// Creates a file from its name and its bytes.
    ///
    /// # Example: bytes
    ///
    /// ```
    /// use lotse::import::ImportFile;
    /// assert_eq!(ImportFile::new("list.csv", vec![0x41]).name(), "list.csv");
    /// ```
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), content: Content::Bytes(bytes.into()) }
    }

    /// Creates a table that a program holds, such as a data frame. A cell is text, a number, a truth value, null, or a list.
    ///
    /// # Example: a data frame
    ///
    /// ```
    /// use lotse::import::ImportFile;
    /// let rows = vec![vec!["1".into(), "Deutsch".into()]];
    /// assert_eq!(ImportFile::from_table("frame", vec!["Nr".into(), "Sprachen".into()], rows).name(), "frame");
    /// ```
    pub fn from_table(name: impl Into<String>, columns: Vec<String>, rows: Vec<Vec<Value<'static>>>) -> Self {
        Self { name: name.into(), content: Content::Table(columns, rows) }
    }

    /// Returns the name.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl fmt::Debug for ImportFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ImportFile").field("name", &self.name).finish_non_exhaustive()
    }
}
