//! A table in text: its delimiter, its header, and its rows one at a time.

use std::borrow::Cow;

use crate::{
    decode::value::Value,
    error::{Error, ErrorKind, message},
    import::{
        csv::{Cell, Flaw, Rows},
        encoding::Decoded,
        fault::{self, MAX_CELL, MAX_COLUMNS, MAX_RECORDS, Place},
        header::{Header, Sample},
        layout::{Layout, Row, trimmed},
        notes::{Notes, Section},
        position::{Position, Step},
        rules::SourceRules,
    },
};

/// The delimiters, in the order of ties.
const DELIMITERS: [char; 4] = [';', '\t', ',', '|'];

/// The number of rows by which a table is judged.
pub(super) const SAMPLED: usize = 200;

/// A table in text that is decoded.
#[derive(Debug)]
pub(super) struct TextTable<'f> {
    text: Cow<'f, str>,
    /// Where the first row begins: after a line such as `sep=;`.
    start: usize,
    pub(super) delimiter: char,
    pub(super) header: Header,
    pub(super) layout: Layout,
}

impl<'f> TextTable<'f> {
    /// Recognizes the delimiter and the header of a table in text.
    ///
    /// # Errors
    ///
    /// `import.header.missing`, `import.csv.quotes` or `import.limit`.
    pub(super) fn new(
        decoded: Decoded<'f>,
        rules: &SourceRules,
        (file, name): (u32, &str),
        notes: &mut Notes,
    ) -> Result<Self, Error> {
        let (declared, start) = declared_delimiter(&decoded.text);
        let body = decoded.text.get(start..).unwrap_or_default();
        let delimiter = rules.delimiter.or(declared).unwrap_or_else(|| recognize_delimiter(body));
        let sample = sample(body, delimiter, rules).map_err(|flaw| flaw_error(flaw, name))?;
        let header = Header::find(&sample, rules.header).ok_or_else(|| missing_header(name))?;
        drop(sample);
        let has_data = columns_with_data(body, delimiter, &header).map_err(|flaw| flaw_error(flaw, name))?;
        let layout = Layout::new(&header, rules, |index| has_data.get(index).copied().unwrap_or_default());
        if let Some(code) = decoded.assumed {
            add_encoding(code, &decoded, (start, delimiter), file, notes);
        }
        layout.add_suspicions(file, &header, notes);
        Ok(Self { text: decoded.text, start, delimiter, header, layout })
    }

    fn body(&self) -> &str {
        self.text.get(self.start..).unwrap_or_default()
    }

    /// Returns the text of the header, titles included.
    pub(super) fn head(&self) -> &str {
        let mut rows = Rows::new(self.body(), self.delimiter);
        let mut cells = Vec::new();
        while let Ok(Some(row)) = rows.next_row(&mut cells) {
            if row >= self.header.end() {
                break;
            }
        }
        self.body().get(..rows.position()).unwrap_or_default()
    }

    /// Returns the text.
    pub(super) fn text(&self) -> &str {
        self.body()
    }

    /// Reads the wanted cells of each row.
    ///
    /// # Errors
    ///
    /// `import.csv.quotes` or `import.limit` with the row, or an error of `each`.
    pub(super) fn for_each<'s>(
        &'s self,
        (file, name): (u32, &str),
        wanted: &[bool],
        notes: &mut Notes,
        each: &mut dyn FnMut(Position, Value<'s>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut rows = Rows::new(self.body(), self.delimiter);
        let (mut cells, mut count) = (Vec::new(), 0_u64);
        while let Some(number) = rows.next_row(&mut cells).map_err(|flaw| flaw_error(flaw, name))? {
            if !self.layout.is_record(number, &cells) {
                continue;
            }
            count = count.saturating_add(1);
            if count > MAX_RECORDS {
                return Err(fault::too_many_records(&Place::file(name)));
            }
            if let Some((at, record)) = self.layout.record((file, number), &cells, wanted, notes) {
                each(at, record)?;
            }
        }
        Ok(())
    }
}

impl<'s> Row<'s> for Vec<Cell<'s>> {
    fn len(&self) -> usize {
        self.as_slice().len()
    }

    fn is_empty_at(&self, index: usize) -> bool {
        self.get(index).is_none_or(|cell| cell.is_blank())
    }

    fn value(&self, index: usize) -> Value<'s> {
        self.get(index).map_or(Value::Null, |cell| Value::String(cell.value()))
    }
}

/// Returns the delimiter that a first line such as `sep=;` declares, and where the next line begins.
fn declared_delimiter(text: &str) -> (Option<char>, usize) {
    let line = text.split(['\n', '\r']).next().unwrap_or_default();
    let declaration = line.trim_matches('"');
    let mut declared = declaration.strip_prefix("sep=").unwrap_or_default().chars();
    match (declared.next(), declared.next()) {
        (Some(delimiter), None) => {
            let rest = text.get(line.len()..).unwrap_or_default();
            let end = ["\r\n", "\n", "\r"].into_iter().find(|end| rest.starts_with(end)).map_or(0, str::len);
            (Some(delimiter), line.len().saturating_add(end))
        }
        _ => (None, 0),
    }
}

/// Returns the delimiter by which the largest share of the first 200 rows has the same number of cells, at least two; a comma if
/// there is none. Of several, the one with more cells is taken.
fn recognize_delimiter(text: &str) -> char {
    let mut best = (0, 0, ',');
    for delimiter in DELIMITERS {
        let mut widths = widths(text, delimiter);
        widths.sort_unstable();
        let total = widths.len();
        for equal in widths.chunk_by(|a, b| a == b) {
            let width = equal.first().copied().unwrap_or_default();
            // The number of rows differs between delimiters, so shares are compared.
            let share = equal.len().saturating_mul(10_000).checked_div(total).unwrap_or_default();
            if width >= 2 && (share, width) > (best.0, best.1) {
                best = (share, width, delimiter);
            }
        }
    }
    best.2
}

/// Returns the numbers of cells of the first 200 rows that are not empty.
fn widths(text: &str, delimiter: char) -> Vec<usize> {
    let mut rows = Rows::new(text, delimiter);
    let (mut cells, mut widths) = (Vec::new(), Vec::new());
    while let Ok(Some(_)) = rows.next_row(&mut cells) {
        if !matches!(cells.as_slice(), [cell] if cell.is_blank()) {
            widths.push(cells.len());
        }
        if widths.len() >= SAMPLED {
            break;
        }
    }
    widths
}

/// Returns the first 200 rows that are not empty, and those of a header that is further below.
fn sample<'t>(text: &'t str, delimiter: char, rules: &SourceRules) -> Result<Sample<'t>, (Flaw, u32)> {
    let mut rows = Rows::new(text, delimiter);
    let (mut cells, mut sample) = (Vec::new(), Vec::new());
    while let Some(number) = rows.next_row(&mut cells)? {
        let is_filled = cells.iter().any(|cell: &Cell<'_>| !cell.is_blank());
        let is_sampled = sample.len() < SAMPLED || rules.is_header(number);
        if is_filled && is_sampled && !rules.skip.contains(&number) {
            sample.push((number, cells.iter().map(|cell| trimmed(cell.value())).collect()));
        }
        if sample.len() >= SAMPLED && number >= rules.header_end() {
            break;
        }
    }
    Ok(sample)
}

/// Returns whether each column of a table has data, if some have no name. Otherwise nothing is read.
fn columns_with_data(text: &str, delimiter: char, header: &Header) -> Result<Vec<bool>, (Flaw, u32)> {
    let mut has_data = vec![false; header.names.len()];
    if header.names.iter().all(|name| !name.is_empty()) {
        return Ok(has_data);
    }
    let mut rows = Rows::new(text, delimiter);
    let mut cells = Vec::new();
    while let Some(number) = rows.next_row(&mut cells)? {
        if number > header.end() {
            for (has_data, cell) in has_data.iter_mut().zip(&cells) {
                *has_data |= !cell.is_blank();
            }
        }
    }
    Ok(has_data)
}

/// Adds the assumption of an encoding; of a mixed one, with the rows that were read as windows-1252.
fn add_encoding(
    code: &'static str,
    decoded: &Decoded<'_>,
    (start, delimiter): (usize, char),
    file: u32,
    notes: &mut Notes,
) {
    if decoded.legacy_lines.is_empty() {
        notes.add(Section::Assumed, code, (None, None), None);
        return;
    }
    let mut rows = Rows::new(decoded.text.get(start..).unwrap_or_default(), delimiter);
    let (mut cells, mut lines) = (Vec::new(), decoded.legacy_lines.iter().peekable());
    while let Ok(Some(row)) = rows.next_row(&mut cells) {
        let end = rows.position().saturating_add(start);
        let mut is_legacy = false;
        while lines.next_if(|line| **line < end).is_some() {
            is_legacy = true;
        }
        if is_legacy {
            notes.add(Section::Assumed, code, (None, None), Some(Position { file, step: Step::Row(row) }));
        }
    }
}

/// Returns the error of a table without a header.
pub(super) fn missing_header(name: &str) -> Error {
    let error =
        fault::at(&Place::file(name), (ErrorKind::Missing, "import.header.missing"), message!("import.header.missing"));
    Error::new(error.with_hint(message!("import.header.missing.hint")))
}

fn flaw_error((flaw, row): (Flaw, u32), name: &str) -> Error {
    let place = Place::row(name, usize::try_from(row).unwrap_or(usize::MAX));
    match flaw {
        Flaw::Quotes => {
            let error = fault::at(&place, (ErrorKind::Syntax, "import.csv.quotes"), message!("import.csv.quotes"));
            Error::new(error.with_hint(message!("import.csv.quotes.hint")))
        }
        Flaw::Cell => fault::limit(&place, message!("import.limit.cell").with(&[("max", &MAX_CELL)])),
        Flaw::Columns => fault::limit(&place, message!("import.limit.columns").with(&[("max", &MAX_COLUMNS)])),
    }
}
