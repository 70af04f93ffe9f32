//! Tables for spreadsheets.

use std::io;

use crate::{error::Failure, terminal::clean};

/// A CSV text that grows row by row.
#[derive(Debug)]
pub(crate) struct Sheet {
    rows: csv::Writer<Vec<u8>>,
}

impl Sheet {
    pub(crate) fn new() -> Self {
        Self { rows: csv::Writer::from_writer(Vec::new()) }
    }

    pub(crate) fn row<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) -> Result<(), Failure> {
        let cells = cells.into_iter().map(|cell| defused(cell.as_ref()));
        self.rows.write_record(cells).map_err(|_| Failure::Unwritable(io::ErrorKind::Other))
    }

    pub(crate) fn into_text(self) -> Result<String, Failure> {
        let bytes = self.rows.into_inner().map_err(|_| Failure::Unwritable(io::ErrorKind::Other))?;
        String::from_utf8(bytes).map_err(|_| Failure::Unwritable(io::ErrorKind::Other))
    }
}

/// A cell that no spreadsheet takes for a formula.
fn defused(cell: &str) -> String {
    let text = clean(cell);
    if text.trim_start().starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text }
}
