//! Tables for spreadsheets.

use std::io;

use crate::command_line::{error::Error, terminal::strip_controls};

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
        let cells = cells.into_iter().map(|cell| escape_formulas(cell.as_ref()));
        self.rows.write_record(cells).map_err(|_| Error::Unwritable(io::ErrorKind::Other))
    }

    pub(crate) fn into_string(self) -> Result<String, Error> {
        let bytes = self.rows.into_inner().map_err(|_| Error::Unwritable(io::ErrorKind::Other))?;
        String::from_utf8(bytes).map_err(|_| Error::Unwritable(io::ErrorKind::Other))
    }
}

/// Prevents a spreadsheet from evaluating any part of a text as a formula, at whichever separator it splits the file.
///
/// An apostrophe precedes each sign that may begin a formula, at the start and after each separator. Quotes do not help: a
/// spreadsheet that expects another separator does not take them for quotes. A number of this command has no sign.
fn escape_formulas(cell: &str) -> String {
    let spaced: String = cell.chars().map(|letter| if is_break(letter) { ' ' } else { letter }).collect();
    let mut escaped = String::with_capacity(spaced.len());
    let mut is_start = true;
    for letter in strip_controls(&spaced).chars() {
        if is_start && matches!(letter, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠') {
            escaped.push('\'');
        }
        is_start = matches!(letter, ',' | ';') || is_start && (letter.is_whitespace() || letter == '"');
        escaped.push(letter);
    }
    escaped
}

fn is_break(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | '\r')
}

#[cfg(test)]
mod tests {
    use super::escape_formulas;

    #[test]
    fn no_part_of_a_text_is_a_formula() {
        let table: serde_json::Value = serde_json::from_str(include_str!("../../../tests/csv_cells.json")).unwrap();
        let cases = table["cases"].as_array().unwrap();
        assert!(cases.len() > 20);
        for case in cases {
            let [why, text, cell] = ["why", "text", "cell"].map(|field| case[field].as_str().unwrap());
            assert_eq!(escape_formulas(text), cell, "{why}");
        }
    }
}
