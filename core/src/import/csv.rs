//! Rows of a table in text (RFC 4180), with the deviations that programs and people produce.
//!
//! - Blanks before an opening and after a closing quote are dropped.
//! - A quote inside a quoted cell is part of it. If the cell has no closing quote in this line before the next quoted cell, its opening
//!   quote is text too.
//! - CRLF, LF and CR end a row.
//!
//! This is a reader of its own, because a pass that prepares text for the crate `csv` has to find the same cells: it would be as long,
//! and read everything twice. The tests hold it to that crate. A cell borrows the text; nothing is allocated for cells that
//! are not read. The time is linear: an opening quote is looked up to the next quote that is not doubled, and that one is no
//! candidate again.

use std::borrow::Cow;

use crate::import::fault::{MAX_CELL, MAX_COLUMNS};

/// A cell as it is in the text, without its quotes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Cell<'t> {
    pub(super) text: &'t str,
    /// Whether two quotes mean one.
    has_doubled_quotes: bool,
}

impl<'t> Cell<'t> {
    /// Returns the value of the cell, with blanks around it.
    pub(super) fn value(self) -> Cow<'t, str> {
        if self.has_doubled_quotes { Cow::Owned(self.text.replace("\"\"", "\"")) } else { Cow::Borrowed(self.text) }
    }

    /// Returns `true` if the cell has blanks only.
    pub(super) fn is_blank(self) -> bool {
        self.text.trim_matches(is_blank).is_empty()
    }
}

/// Returns `true` for white space, and for invisible characters around values: null, a byte order mark, a zero-width space.
pub(super) fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\0' | '\u{feff}' | '\u{200b}')
}

/// Why a row cannot be read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Flaw {
    /// A quote is never closed.
    Quotes,
    /// A cell is too large.
    Cell,
    /// There are too many cells.
    Columns,
}

/// The rows of a text, in order.
#[derive(Clone, Debug)]
pub(super) struct Rows<'t> {
    text: &'t str,
    delimiter: [u8; 4],
    delimiter_len: usize,
    /// Where the next row begins.
    at: usize,
    /// The number of rows read: the number of the last one.
    row: u32,
}

/// What comes after a cell.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Separator {
    Delimiter,
    LineEnd,
}

/// The end of a cell and what comes after it: its kind, and where the next cell begins.
type End = (Separator, usize);

impl<'t> Rows<'t> {
    /// Creates the rows of a text.
    pub(super) fn new(text: &'t str, delimiter: char) -> Self {
        let mut bytes = [0; 4];
        let delimiter_len = delimiter.encode_utf8(&mut bytes).len();
        Self { text, delimiter: bytes, delimiter_len, at: 0, row: 0 }
    }

    /// Returns where the next row begins, as a position in the text.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// Reads the next row into `cells`, and returns its number, from 1, or `None` after the last row. An empty line is a row.
    ///
    /// # Errors
    ///
    /// The flaw of a row and its number; there is no further row then.
    pub(super) fn next_row(&mut self, cells: &mut Vec<Cell<'t>>) -> Result<Option<u32>, (Flaw, u32)> {
        cells.clear();
        if self.at >= self.text.len() {
            return Ok(None);
        }
        self.row = self.row.saturating_add(1);
        loop {
            match self.cell(self.at) {
                Ok((cell, (separator, next))) => {
                    cells.push(cell);
                    self.at = next;
                    if cell.text.len() > MAX_CELL {
                        return Err(self.stop(Flaw::Cell));
                    }
                    if separator == Separator::LineEnd {
                        return Ok(Some(self.row));
                    }
                    if cells.len() >= MAX_COLUMNS {
                        return Err(self.stop(Flaw::Columns));
                    }
                }
                Err(flaw) => return Err(self.stop(flaw)),
            }
        }
    }

    fn stop(&mut self, flaw: Flaw) -> (Flaw, u32) {
        self.at = self.text.len();
        (flaw, self.row)
    }

    fn cell(&self, start: usize) -> Result<(Cell<'t>, End), Flaw> {
        let content = self.skip_blanks(start);
        if self.byte(content) == Some(b'"') && self.delimiter() != b"\"" {
            let open = content.saturating_add(1);
            if let Some((close, has_doubled_quotes, end)) = self.closing_quote(open)? {
                return Ok((Cell { text: self.slice(open, close), has_doubled_quotes }, end));
            }
        }
        let (close, end) = self.plain_end(start);
        Ok((Cell { text: self.slice(start, close), has_doubled_quotes: false }, end))
    }

    /// Returns the end of a cell without quotes.
    fn plain_end(&self, start: usize) -> (usize, End) {
        let first = self.delimiter[0];
        let mut at = start;
        loop {
            at = self.find(at, |byte| byte == first || byte == b'\n' || byte == b'\r');
            match self.separator(at) {
                Some(end) => return (at, end),
                None => at = at.saturating_add(1),
            }
        }
    }

    /// Returns the position of the quote that closes a cell, whether it has doubled quotes, and what comes after it; `None` if the
    /// opening quote is text.
    fn closing_quote(&self, open: usize) -> Result<Option<(usize, bool, End)>, Flaw> {
        let (mut at, mut has_doubled_quotes) = (open, false);
        loop {
            let quote = self.find(at, |byte| byte == b'"');
            let after = quote.saturating_add(1);
            match self.byte(quote) {
                None => return Err(Flaw::Quotes),
                Some(_) if self.byte(after) == Some(b'"') => {
                    has_doubled_quotes = true;
                    at = after.saturating_add(1);
                }
                Some(_) => {
                    return Ok(match self.separator(self.skip_blanks(after)) {
                        Some(end) => Some((quote, has_doubled_quotes, end)),
                        None => self.closing_quote_in_line(open, quote).map(|(quote, end)| (quote, true, end)),
                    });
                }
            }
        }
    }

    /// Returns the quote that closes a cell with a single quote inside: one before a delimiter or line end, in this line, before any
    /// quote that opens another cell.
    fn closing_quote_in_line(&self, open: usize, inside: usize) -> Option<(usize, End)> {
        let mut quote = inside;
        while self.byte(quote) == Some(b'"') && !self.opens_cell(open, quote) {
            let after = quote.saturating_add(1);
            quote = self.find(after, |byte| matches!(byte, b'"' | b'\n' | b'\r'));
            if let Some(end) =
                self.separator(self.skip_blanks(quote.saturating_add(1))).filter(|_| self.byte(quote) == Some(b'"'))
            {
                return Some((quote, end));
            }
        }
        None
    }

    /// Returns `true` if a quote comes after a delimiter or line end, within the cell that begins at `open`.
    fn opens_cell(&self, open: usize, quote: usize) -> bool {
        let before = self.slice(open, quote).as_bytes();
        let blanks = before.iter().rev().take_while(|byte| self.is_space(**byte)).count();
        let before = before.get(..before.len().saturating_sub(blanks)).unwrap_or_default();
        before.ends_with(self.delimiter()) || before.ends_with(b"\n") || before.ends_with(b"\r")
    }

    /// Returns the separator at a position, or `None` if there is none. The end of the text is a line end.
    fn separator(&self, at: usize) -> Option<End> {
        let len = match self.byte(at) {
            None => return Some((Separator::LineEnd, self.text.len())),
            Some(b'\r') if self.byte(at.saturating_add(1)) == Some(b'\n') => 2,
            Some(b'\r' | b'\n') => 1,
            Some(_) => {
                let rest = self.text.as_bytes().get(at..).unwrap_or_default();
                let next = at.saturating_add(self.delimiter_len);
                return rest.starts_with(self.delimiter()).then_some((Separator::Delimiter, next));
            }
        };
        Some((Separator::LineEnd, at.saturating_add(len)))
    }

    fn delimiter(&self) -> &[u8] {
        self.delimiter.get(..self.delimiter_len).unwrap_or_default()
    }

    /// Returns the position after spaces and tabs.
    fn skip_blanks(&self, start: usize) -> usize {
        self.find(start, |byte| !self.is_space(byte))
    }

    /// Returns `true` for a space or a tab that is not the delimiter.
    fn is_space(&self, byte: u8) -> bool {
        matches!(byte, b' ' | b'\t') && byte != self.delimiter[0]
    }

    /// Returns the position of the first byte from `start` on that fits, or the end of the text.
    fn find(&self, start: usize, fits: impl Fn(u8) -> bool) -> usize {
        let rest = self.text.as_bytes().get(start..).unwrap_or_default();
        let found = rest.iter().position(|byte| fits(*byte)).unwrap_or(rest.len());
        start.saturating_add(found)
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn slice(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Flaw, Rows};

    fn read(text: &str, delimiter: char) -> Result<Vec<Vec<String>>, (Flaw, u32)> {
        let mut rows = Rows::new(text, delimiter);
        let (mut cells, mut read) = (Vec::new(), Vec::new());
        while rows.next_row(&mut cells)?.is_some() {
            read.push(cells.iter().map(|cell| cell.value().into_owned()).collect());
        }
        Ok(read)
    }

    fn rows(text: &str) -> Vec<String> {
        read(text, ';').unwrap().iter().map(|row| row.join("|")).collect()
    }

    #[test]
    fn cells_and_rows_are_separated() {
        assert_eq!(rows("a;b\nc;d"), ["a|b", "c|d"]);
        assert_eq!(rows("a;\n;b\n\nc"), ["a|", "|b", "", "c"]);
        assert_eq!(rows("a;b;"), ["a|b|"]);
        assert_eq!(rows(""), Vec::<String>::new());
        assert_eq!(read("a§b", '§').unwrap(), [["a", "b"]]);
        assert_eq!(read("aÂ\u{80}§b", '§').unwrap(), [["aÂ\u{80}", "b"]]);
    }

    #[test]
    fn crlf_lf_and_cr_end_a_row() {
        assert_eq!(rows("a;b\r\nc;d\re;f\n\r\ng"), ["a|b", "c|d", "e|f", "", "g"]);
    }

    #[test]
    fn quotes_keep_delimiters_line_ends_and_quotes() {
        assert_eq!(rows("\"a;b\";\"c\nd\"\n\"e \"\"f\"\"\";\"\""), ["a;b|c\nd", "e \"f\"|"]);
    }

    #[test]
    fn blanks_around_quotes_are_dropped() {
        assert_eq!(rows("a; \"x;y\" ;b\n \t\"z\"\t"), ["a|x;y|b", "z"]);
        assert_eq!(read("a\t\"x\"\t\"\ty\"", '\t').unwrap(), [["a", "x", "\ty"]]);
    }

    #[test]
    fn a_quote_that_is_not_closed_at_the_end_of_a_cell_is_text() {
        assert_eq!(rows("\"Haus\" Sonne;b"), ["\"Haus\" Sonne|b"]);
        assert_eq!(rows("Haus \"Sonne\";b"), ["Haus \"Sonne\"|b"]);
        assert_eq!(rows("\"Haus \"Sonne; Mond\" e.V.\";b"), ["Haus \"Sonne; Mond\" e.V.|b"]);
        assert_eq!(rows("\"5 Zoll;a\n2;\"b\";c"), ["\"5 Zoll|a", "2|b|c"]);
        assert_eq!(rows("\"Haus\" Sonne; \"b;c\";d"), ["\"Haus\" Sonne|b;c|d"]);
        assert_eq!(read("\"Haus\" Sonne\t\"b\tc\"", '\t').unwrap(), [["\"Haus\" Sonne", "b\tc"]]);
    }

    #[test]
    fn a_quote_that_is_never_closed_has_its_row() {
        assert_eq!(read("a;b\n\"c\nd\";e\n\nf;\"g;h\ni", ';').unwrap_err(), (Flaw::Quotes, 4));
        assert_eq!(read("\"", ';').unwrap_err(), (Flaw::Quotes, 1));
        assert_eq!(read("\"a\"\"", ';').unwrap_err(), (Flaw::Quotes, 1));
    }

    #[test]
    fn cells_and_columns_have_limits() {
        assert_eq!(read(&"a".repeat(1_000_001), ';').unwrap_err(), (Flaw::Cell, 1));
        assert_eq!(read(&";".repeat(4_096), ';').unwrap_err(), (Flaw::Columns, 1));
        assert!(read(&";".repeat(4_095), ';').is_ok());
    }

    #[test]
    fn many_quotes_take_linear_time() {
        for text in ["\"a;".repeat(100_000) + "\"", "\"\"\"a;".repeat(100_000), "\"a\"\"\n".repeat(100_000) + "\""] {
            drop(read(&text, ';'));
        }
    }

    proptest! {
        #[test]
        fn agrees_with_the_crate_csv(table in prop::collection::vec(prop::collection::vec("[ab;\"\r\n ,ä]{0,6}", 1..5), 0..20)) {
            let mut writer = csv::WriterBuilder::new().delimiter(b';').flexible(true).from_writer(Vec::new());
            for row in &table {
                writer.write_record(row).unwrap();
            }
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let mut builder = csv::ReaderBuilder::new();
            let mut reader = builder.delimiter(b';').has_headers(false).flexible(true).from_reader(text.as_bytes());
            let expected: Vec<Vec<String>> =
                reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
            prop_assert_eq!(read(&text, ';').unwrap(), expected);
        }

        #[test]
        fn any_text_has_rows_or_a_flaw(text in "[ab;,\t\"\r\n =\u{0}ä]{0,80}", delimiter in "[;,\t|ä\" \n]") {
            let delimiter = delimiter.chars().next().unwrap();
            let mut rows = Rows::new(&text, delimiter);
            let mut cells = Vec::new();
            let mut last = 0;
            while let Ok(Some(row)) = rows.next_row(&mut cells) {
                prop_assert!(row > last && !cells.is_empty());
                last = row;
            }
        }
    }
}
