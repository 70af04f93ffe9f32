//! Tables as text (CSV): their cells, and the records that their rows represent.
//!
//! [`Sheet::parse`] recognizes the form of a file: separator, quotes, blank lines. [`Sheet::into_records`] maps columns to fields.
//! Whatever else recognizes a table can make a [`Sheet`] of it; there is one reader of records.

use csv::{ReaderBuilder, StringRecord, Trim};

use crate::{
    Criterion,
    import::{ImportFile, Table},
    wire::{TableLayout, Value},
};

use crate::command_line::{
    args::List,
    csv::without_escape,
    texts::Message,
    wrong_file::{self, WrongFile},
};

/// The separators of cells. In a tie the first is chosen: that of German spreadsheets.
const SEPARATORS: [u8; 3] = *b";,\t";
/// The columns of numbers with decimals, besides the least fits of rules.
const DECIMALS: [&str; 2] = ["place.lat", "place.lon"];
/// The column of a day.
const DAY: &str = "capacity.updated";
/// The largest number of edits in a name that may be meant.
const MAX_EDITS: usize = 2;
/// The largest number of column names in an error.
const MAX_NAMES: usize = 8;

/// A record of a table, and the line of its row, from 1.
#[derive(Debug)]
pub(crate) struct Record {
    pub(crate) line: usize,
    pub(crate) value: Value<'static>,
}

/// The cells of a table. They are trimmed; no row is blank.
#[derive(Debug)]
pub(crate) struct Sheet {
    heading: Row,
    rows: Vec<Row>,
    /// Numbers may be written with a decimal comma.
    has_decimal_comma: bool,
}

/// A row of a table, and its line in the file, from 1.
#[derive(Debug)]
struct Row {
    line: usize,
    cells: StringRecord,
}

impl Sheet {
    /// Parses the text of a table whose first row has the names of columns.
    ///
    /// The separator is the one that yields the most columns of the list; a first line such as `sep=;`, which Excel writes,
    /// states it.
    ///
    /// # Errors
    ///
    /// [`WrongFile`] if there is no heading, if a quote does not end, or if a row has more cells than the heading.
    pub(crate) fn parse(text: &str, list: List) -> Result<Self, WrongFile> {
        let stated = text.split_once('\n').and_then(|(line, rest)| Some((stated_separator(line)?, rest)));
        let (separator, text, skipped) = match stated {
            Some((separator, rest)) => (separator, rest, 1),
            None => (recognize_separator(text, list), text, 0),
        };
        let mut rows = parse_rows(text, separator, skipped)?.into_iter();
        let heading = rows.next().ok_or_else(WrongFile::empty)?;
        let rows: Vec<Row> = rows.collect();
        let is_beyond = |row: &&Row| row.cells.iter().skip(heading.cells.len()).any(|cell| !cell.is_empty());
        match rows.iter().find(is_beyond) {
            Some(row) => Err(more_cells(row.line)),
            None => Ok(Self { heading, rows, has_decimal_comma: separator != b',' }),
        }
    }

    /// Returns the names in the first row that is not blank.
    pub(crate) fn heading_of(text: &str, list: List) -> Vec<String> {
        let stated = text.split_once('\n').and_then(|(line, rest)| Some((stated_separator(line)?, rest)));
        let (separator, text) = stated.unwrap_or_else(|| (recognize_separator(text, list), text));
        let mut heading = StringRecord::new();
        let mut reader = reader(text, separator);
        while heading.iter().all(str::is_empty) && reader.read_record(&mut heading).unwrap_or(false) {}
        heading.iter().map(str::to_owned).collect()
    }

    /// Reads a table with the columns of lotse from a file that is no text in UTF-8, or returns `None` if it is another file.
    pub(crate) fn of_file(file: &ImportFile) -> Option<Result<Self, WrongFile>> {
        let table = Table::read(file).ok().filter(Table::is_of_lotse)?;
        let row_of = |row: &str| row.strip_prefix("row ").and_then(|row| row.parse().ok()).unwrap_or(1);
        if let Some(row) = table.long_rows().next() {
            return Some(Err(more_cells(row_of(row))));
        }
        let heading = Row { line: table.header_row(), cells: table.columns().collect() };
        let rows = table.rows().map(|(line, cells)| Row { line, cells: cells.iter().collect() });
        Some(Ok(Self { heading, rows: rows.collect(), has_decimal_comma: true }))
    }

    /// Returns one record for each row.
    ///
    /// # Errors
    ///
    /// [`WrongFile`] if the table is of the other list, or if a column is unknown, occurs twice or has no name.
    pub(crate) fn into_records(self, list: List) -> Result<Vec<Record>, WrongFile> {
        let names: Vec<&str> = self.heading.cells.iter().collect();
        self.check_columns(&names, list).map_err(|wrong| wrong.at_line(self.heading.line))?;
        let layout = match list {
            List::Offers => TableLayout::from_offer_columns(names.iter().copied()),
            List::Needs => TableLayout::from_need_columns(names.iter().copied()),
        };
        let records = self.rows.iter().map(|row| {
            let cells = names.iter().zip(row.cells.iter()).map(|(name, cell)| self.cell(name, cell));
            Record { line: row.line, value: layout.record(cells).into_owned() }
        });
        Ok(records.collect())
    }

    fn cell<'a>(&self, column: &str, cell: &'a str) -> Value<'a> {
        let cell = without_escape(cell);
        if column == DAY {
            return german_day(cell).map_or(cell.into(), Value::from);
        }
        if !(DECIMALS.contains(&column) || column.starts_with("rules.") && column.ends_with(".minimum")) {
            return cell.into();
        }
        let number = if self.has_decimal_comma { cell.replacen(',', ".", 1) } else { cell.to_owned() };
        number.parse().map_or(cell.into(), Value::Float)
    }

    fn check_columns(&self, names: &[&str], list: List) -> Result<(), WrongFile> {
        if let Some(wrong) = wrong_file::if_swapped(names.iter().copied(), list) {
            return Err(wrong);
        }
        let known = known_columns(list);
        let is_known = |name: &str| known.iter().any(|column| column == name);
        if !names.iter().any(|name| name.eq_ignore_ascii_case("id") || is_known(name)) {
            return Err(no_heading(list));
        }
        let is_filled =
            |index: usize| self.rows.iter().any(|row| row.cells.get(index).is_some_and(|cell| !cell.is_empty()));
        let unnamed = names.iter().enumerate().find(|(index, name)| name.is_empty() && is_filled(*index));
        if let Some((index, _)) = unnamed {
            let message = Message::new("table.unnamed").with("column", position(index));
            return Err(WrongFile::new("table.column", message, Message::new("table.unnamed.hint")));
        }
        let unknown = names.iter().copied().enumerate().filter(|(_, name)| !name.is_empty() && !is_known(name));
        let unknown: Vec<(usize, &str)> = unknown.collect();
        if !unknown.is_empty() {
            return Err(unknown_columns(&unknown, &known, list));
        }
        let is_twice = |(index, name): &(usize, &&str)| {
            !name.is_empty() && names.iter().skip(index.saturating_add(1)).any(|later| later == *name)
        };
        match names.iter().enumerate().find(is_twice) {
            Some((_, name)) => {
                let message = Message::new("table.twice").with("name", *name);
                Err(WrongFile::new("table.column", message, Message::new("table.twice.hint")))
            }
            None => Ok(()),
        }
    }
}

/// Creates the error of a table without a heading.
fn no_heading(list: List) -> WrongFile {
    let message = Message::new("table.no_heading").with("list", wrong_file::name_of(list));
    let hint = Message::new("table.no_heading.hint").with("option", list.as_str());
    WrongFile::new("table.column", message, hint.with("columns", columns_of(list).join(", ")))
}

/// Creates the error of columns that are no fields. Those of needs have a position only, since a name is input too.
fn unknown_columns(unknown: &[(usize, &str)], known: &[String], list: List) -> WrongFile {
    let label = |index: usize, name: &str| match list {
        List::Offers => format!("`{}`", shorten(name)),
        List::Needs => position(index),
    };
    let first = || unknown.iter().take(MAX_NAMES);
    let mut shown: Vec<String> = first().map(|(index, name)| label(*index, name)).collect();
    if shown.len() < unknown.len() {
        shown.push("…".to_owned());
    }
    let message = Message::new("table.unknown").with("columns", shown.join(", "));
    let meant = first().filter_map(|(index, name)| Some((label(*index, name), similar(name, known)?)));
    let meant: Vec<String> = meant.map(|(label, column)| format!("{label} = `{column}`")).collect();
    let hint = match meant.is_empty() {
        true => Message::new("table.known"),
        false => Message::new("table.meant").with("meant", meant.join(", ")),
    };
    WrongFile::new("table.column", message, hint.with("columns", columns_of(list).join(", ")))
}

/// Returns the position of a column, and the letter that a spreadsheet shows: `3 (C)`.
fn position(index: usize) -> String {
    let number = index.saturating_add(1);
    match ('A'..='Z').nth(index) {
        Some(letter) => format!("{number} ({letter})"),
        None => number.to_string(),
    }
}

fn more_cells(line: usize) -> WrongFile {
    let (message, hint) = (Message::new("table.more_cells"), Message::new("table.more_cells.hint"));
    WrongFile::new("table.syntax", message, hint).at_line(line)
}

/// Creates the error of a quote that begins in the row of this line and never ends.
fn open_quote(line: usize) -> WrongFile {
    WrongFile::new("table.syntax", Message::new("table.quote"), Message::new("table.quote.hint")).at_line(line)
}

fn shorten(name: &str) -> String {
    name.chars().take(40).collect()
}

/// Returns whether a name is that of a column or field of a list, or similar to one.
pub(crate) fn is_like_column(name: &str) -> bool {
    [List::Offers, List::Needs].into_iter().any(|list| {
        let known = known_columns(list);
        known.iter().any(|column| column == name) || similar(name, &known).is_some()
    })
}

/// Returns the column whose name is the most similar, if any is.
fn similar<'k>(name: &str, known: &'k [String]) -> Option<&'k str> {
    let typed = shorten(name).to_lowercase();
    let with_distance = known.iter().map(|column| (strsim::osa_distance(&typed, column), column));
    let (distance, column) = with_distance.min_by_key(|(distance, _)| *distance)?;
    (distance <= MAX_EDITS && distance < column.len()).then_some(column)
}

/// Returns the columns of a flat table of a list, those of rules in their short form.
pub(crate) fn columns_of(list: List) -> Vec<String> {
    match list {
        List::Offers => TableLayout::offer_columns(),
        List::Needs => TableLayout::need_columns(),
    }
}

/// Returns the columns of the rules of needs: the rule of a criterion, and its parts.
pub(crate) fn rule_columns() -> impl Iterator<Item = String> {
    let parts = ["", ".rule", ".minimum", ".unknown"];
    Criterion::all().flat_map(move |criterion| parts.map(|part| format!("rules.{criterion}{part}")))
}

/// Returns all names of columns of a list, those of whole objects included.
fn known_columns(list: List) -> Vec<String> {
    let mut known = columns_of(list);
    let objects: Vec<&str> = known.iter().filter_map(|column| Some(column.split_once('.')?.0)).collect();
    let objects: Vec<String> = objects.into_iter().map(str::to_owned).collect();
    known.extend(objects);
    if list == List::Needs {
        known.extend(rule_columns());
    }
    known
}

/// Returns a day such as `20.11.2026`, to which a German spreadsheet changes `2026-11-20`, in that form again.
fn german_day(cell: &str) -> Option<String> {
    let mut parts = cell.split('.').map(|part| part.bytes().all(|byte| byte.is_ascii_digit()).then_some(part));
    let (day, month, year) = (parts.next()??, parts.next()??, parts.next()??);
    let is_day = (1..=2).contains(&day.len()) && (1..=2).contains(&month.len()) && year.len() == 4;
    (is_day && parts.next().is_none()).then(|| format!("{year}-{month:0>2}-{day:0>2}"))
}

/// Returns the separator that a line such as `sep=;` states.
fn stated_separator(line: &str) -> Option<u8> {
    match line.trim_end().strip_prefix("sep=")?.as_bytes() {
        [separator] if SEPARATORS.contains(separator) => Some(*separator),
        _ => None,
    }
}

/// Returns the separator that yields the most known columns, or else the most cells.
fn recognize_separator(text: &str, list: List) -> u8 {
    let known = known_columns(list);
    let count = |separator: u8| {
        let mut heading = StringRecord::new();
        let mut reader = reader(text, separator);
        while heading.iter().all(str::is_empty) && reader.read_record(&mut heading).unwrap_or(false) {}
        let known = heading.iter().filter(|name| known.iter().any(|column| column == name)).count();
        (known, heading.len())
    };
    // Of equal ones `max_by_key` returns the last.
    SEPARATORS.into_iter().rev().max_by_key(|separator| count(*separator)).unwrap_or(b';')
}

fn reader(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    let mut builder = ReaderBuilder::new();
    builder.delimiter(separator).flexible(true).has_headers(false).trim(Trim::All).from_reader(text.as_bytes())
}

/// Returns the rows that are not blank. `skipped` is the number of lines of the file before the text.
fn parse_rows(text: &str, separator: u8, skipped: usize) -> Result<Vec<Row>, WrongFile> {
    let mut rows = Vec::new();
    let (mut line, mut from) = (skipped.saturating_add(1), 0);
    let mut reader = reader(text, separator);
    let mut cells = StringRecord::new();
    while reader.read_record(&mut cells).map_err(|_| open_quote(line))? {
        let to = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX).min(text.len());
        let raw = text.get(from..to).unwrap_or_default();
        // The reader skips blank lines before a row.
        let begin = raw.trim_start_matches(['\r', '\n']);
        let blank = raw.strip_suffix(begin).unwrap_or_default();
        let start = line.saturating_add(count_lines(blank));
        if begin.matches('"').count() % 2 == 1 && begin.trim_end().contains('\n') {
            return Err(open_quote(start));
        }
        if !cells.iter().all(str::is_empty) {
            rows.push(Row { line: start, cells: cells.clone() });
        }
        line = line.saturating_add(count_lines(raw));
        from = to;
    }
    Ok(rows)
}

fn count_lines(text: &str) -> usize {
    text.matches('\n').count()
}
