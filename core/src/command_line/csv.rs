//! Tables for spreadsheets.

use std::{fmt::Display, io};

use crate::command_line::{args::Format, error::Error, terminal::strip_controls};

/// A CSV text that grows row by row.
#[derive(Debug)]
pub(crate) struct CsvWriter {
    rows: csv::Writer<Vec<u8>>,
    is_german: bool,
}

impl CsvWriter {
    /// Creates an empty text. That of [`Format::CsvDe`] is what a German spreadsheet opens with a double click: its separator,
    /// its decimal sign, and a byte order mark, without which Excel takes it for the encoding of Windows.
    pub(crate) fn new(format: Format) -> Self {
        let is_german = format == Format::CsvDe;
        let (start, separator) = if is_german { ("\u{feff}", b';') } else { ("", b',') };
        let rows = csv::WriterBuilder::new().delimiter(separator).from_writer(start.into());
        Self { rows, is_german }
    }

    /// Returns the cell of a number. Text is never changed in this way, since an id may look like a number.
    pub(crate) fn number(&self, number: impl Display) -> String {
        let number = number.to_string();
        if self.is_german { number.replacen('.', ",", 1) } else { number }
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
        if is_start && is_sign(letter) {
            escaped.push('\'');
        }
        is_start = matches!(letter, ',' | ';') || is_start && (letter.is_whitespace() || letter == '"');
        escaped.push(letter);
    }
    escaped
}

/// Returns a cell without the apostrophe that [`escape_formulas`] has put before it.
pub(crate) fn without_escape(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(is_sign)).unwrap_or(cell)
}

/// Returns whether a formula may begin with this letter.
fn is_sign(letter: char) -> bool {
    matches!(letter, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠')
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
