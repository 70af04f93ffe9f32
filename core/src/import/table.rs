//! A table as it is in a file: the names of its columns, and text in rows.

use std::fmt;

use crate::{
    decode::value::Value,
    error::Error,
    import::{
        column::text_of,
        file::ImportFile,
        found::SourceOptions,
        notes::{Notes, Section},
        position::Step,
        record_kind::RecordKind,
        rules::SourceRules,
        source::{Source, SourceFormat, SourcePart},
    },
};

/// A table in any file that an import reads, as text: a spreadsheet, or text in any encoding.
///
/// `Debug` shows its size only.
///
/// # Example: a list of lotse in the encoding of Windows
///
/// ```
/// use lotse::import::{ImportFile, Table};
/// let table = Table::read(&ImportFile::new("list.csv", &b"id;name\no-1;L\xf6wenzahn\n"[..]))?;
/// assert!(table.is_of_lotse());
/// assert_eq!(table.rows().next(), Some((2, &["o-1".to_owned(), "Löwenzahn".to_owned()][..])));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone)]
pub struct Table {
    is_of_lotse: bool,
    columns: Vec<String>,
    header: usize,
    rows: Vec<(usize, Vec<String>)>,
    /// Rows with more cells than columns, which have no reading.
    long_rows: Vec<String>,
}

impl Table {
    /// Reads the table of a file; of several tables, the first.
    ///
    /// # Errors
    ///
    /// Those of a file that cannot be imported, such as `import.format.pdf`.
    ///
    /// # Example: the names of columns
    ///
    /// ```
    /// use lotse::import::{ImportFile, Table};
    /// let table = Table::read(&ImportFile::new("list.csv", "Nr;Sprache\n7;Dari\n"))?;
    /// assert_eq!(table.columns().collect::<Vec<_>>(), ["Nr", "Sprache"]);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn read(file: &ImportFile) -> Result<Self, Error> {
        let rules = SourceRules::default();
        // No cell of the result is in a report, whatever the records are.
        let options = SourceOptions { records: RecordKind::Needs, rules: &rules, sides: &[] };
        let source = Source::read(std::slice::from_ref(file), options)?;
        let is_of_lotse = source.format == SourceFormat::Lotse;
        let mut table = Self { is_of_lotse, columns: Vec::new(), header: 1, rows: Vec::new(), long_rows: Vec::new() };
        if let Some(part) = source.parts.first() {
            table.add_rows(part)?;
        }
        Ok(table)
    }

    fn add_rows(&mut self, part: &SourcePart<'_>) -> Result<(), Error> {
        self.columns.clone_from(&part.columns);
        self.header = part.header.first().map_or(0, |row| to_usize(*row));
        let mut notes = Notes::default();
        let rows = &mut self.rows;
        part.for_each(&part.wanted(|_| true), &mut notes, &mut |at, record| {
            let Value::Object(fields) = record else { return Ok(()) };
            let cell = |column: &String| {
                let value = fields.iter().find(|(name, _)| name == column).map(|(_, value)| value);
                value.and_then(text_of).unwrap_or_default().into_owned()
            };
            let row = match at.step {
                Step::Row(row) | Step::Item(row) => to_usize(row),
            };
            rows.push((row, part.columns.iter().map(cell).collect()));
            Ok(())
        })?;
        let long = notes.of(Section::LeftOut).filter(|(key, _)| key.code == "row.cells");
        self.long_rows = long.flat_map(|(_, count)| &count.at).map(|at| at.step.to_string()).collect();
        Ok(())
    }

    /// Returns `true` if the columns are those of a table of lotse, which needs no mapping.
    pub fn is_of_lotse(&self) -> bool {
        self.is_of_lotse
    }

    /// Returns the names of the columns.
    pub fn columns(&self) -> impl ExactSizeIterator<Item = &str> {
        self.columns.iter().map(String::as_str)
    }

    /// Returns the number of the row that has the names of the columns, from 1; 0 if there is none.
    pub fn header_row(&self) -> usize {
        self.header
    }

    /// Returns the rows as a spreadsheet numbers them, with a cell for each column.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = (usize, &[String])> {
        self.rows.iter().map(|(row, cells)| (*row, cells.as_slice()))
    }

    /// Returns the rows with more cells than columns, such as `row 57`. Their cells cannot be assigned to columns.
    pub fn long_rows(&self) -> impl ExactSizeIterator<Item = &str> {
        self.long_rows.iter().map(String::as_str)
    }
}

fn to_usize(row: u32) -> usize {
    usize::try_from(row).unwrap_or(usize::MAX)
}

impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Table");
        debug.field("columns", &self.columns.len()).field("rows", &self.rows.len()).finish_non_exhaustive()
    }
}
