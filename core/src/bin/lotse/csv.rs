//! Tables for spreadsheets.

use std::io;

use crate::{error::Error, terminal::strip_controls};

/// A CSV text that grows row by row.
#[derive(Debug)]
pub(crate) struct CsvWriter {
    rows: csv::Writer<Vec<u8>>,
}

impl CsvWriter {
    pub(crate) fn new() -> Self {
        Self { rows: csv::Writer::from_writer(Vec::new()) }
    }

    pub(crate) fn write_row<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) -> Result<(), Error> {
        let cells = cells.into_iter().map(|cell| escape_formula(cell.as_ref()));
        self.rows.write_record(cells).map_err(|_| Error::Unwritable(io::ErrorKind::Other))
    }

    pub(crate) fn into_string(self) -> Result<String, Error> {
        let bytes = self.rows.into_inner().map_err(|_| Error::Unwritable(io::ErrorKind::Other))?;
        String::from_utf8(bytes).map_err(|_| Error::Unwritable(io::ErrorKind::Other))
    }
}

/// Prevents a spreadsheet from evaluating a cell as a formula.
fn escape_formula(cell: &str) -> String {
    let text = strip_controls(cell);
    if text.trim_start().starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text }
}
