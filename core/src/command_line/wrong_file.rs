//! What a file is, if it is not what the command expects, and what to do next.
//!
//! The bytes come first, then the text, then the fields of the JSON.

use std::{borrow::Cow, fmt::Display};

use crate::{Policy, Vocabulary, wire::TableLayout};

use crate::command_line::args::List;

/// The bytes of a file, from its start, that are looked at for a text encoding.
const SAMPLE: usize = 4_096;
/// The number of columns that only the other list has, from which on a file is taken for the other list.
const MIN_FOREIGN_COLUMNS: usize = 2;

const SAVE_AS_CSV: &str =
    "save it as CSV: in Excel “Save As, CSV UTF-8”, in LibreOffice “Save As, Text CSV, Unicode (UTF-8)”";
const UNPACK: &str = "unpack it and give the file in it";
const EXPORT: &str = "export the list from it as CSV or JSON";
const INCOMPLETE: &str = "the file seems to be incomplete: copy or export it again";

/// What is wrong with a file, in terms of the file, and what to do next.
#[derive(Debug)]
pub(crate) struct WrongFile {
    pub(crate) code: &'static str,
    pub(crate) line: Option<usize>,
    pub(crate) message: Cow<'static, str>,
    pub(crate) hint: Cow<'static, str>,
}

impl WrongFile {
    /// Creates an error of the whole file.
    pub(crate) fn new(
        code: &'static str,
        message: impl Into<Cow<'static, str>>,
        hint: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { code, line: None, message: message.into(), hint: hint.into() }
    }

    /// Sets the line, from 1.
    pub(crate) fn at_line(self, line: usize) -> Self {
        Self { line: Some(line), ..self }
    }

    /// Creates the error of a file in another format; `what` names it.
    fn format(what: impl Display, hint: impl Into<Cow<'static, str>>) -> Self {
        Self::new("file.format", format!("this is {what}"), hint)
    }

    /// Creates the error of a text in another encoding; `what` names it.
    fn encoding(what: &str, hint: &'static str) -> Self {
        Self::new("file.encoding", format!("this is {what}"), hint)
    }

    /// Creates the error of a file without any content.
    pub(crate) fn empty() -> Self {
        Self::new("file.empty", "the file is empty", "give another file; `lotse template` prints a list to fill in")
    }

    /// Creates the error of a cell, in the row of this line, to the right of the last column.
    pub(crate) fn too_many_cells(line: usize) -> Self {
        let hint = "put a cell that contains the separator in quotes: \"de;prs\"";
        Self::new("table.syntax", "the row has more cells than the first line has columns", hint).at_line(line)
    }

    /// Creates the error of a quote that begins in the row of this line and never ends.
    pub(crate) fn open_quote(line: usize) -> Self {
        let hint = "close the quote, or write \"\" for a quote within a cell";
        Self::new("table.syntax", "a quote begins here and does not end", hint).at_line(line)
    }
}

/// Decodes the text of a file.
///
/// UTF-16 is decoded only if a byte order mark states it. Nothing is guessed, since a wrong guess changes names.
///
/// # Errors
///
/// [`WrongFile`] if the file is no text, or text in another encoding.
pub(crate) fn decode_text(bytes: Vec<u8>) -> Result<String, WrongFile> {
    if let Some((message, hint)) = binary_format(&bytes) {
        return Err(WrongFile::format(message, hint));
    }
    if let Some(text) = decode_utf16(&bytes) {
        return text;
    }
    let sample = bytes.get(..SAMPLE).unwrap_or(&bytes);
    if sample.contains(&0) {
        let is_utf16 = sample.iter().filter(|byte| **byte == 0).count().saturating_mul(4) > sample.len();
        return Err(if is_utf16 {
            WrongFile::encoding("text in UTF-16 without the mark that states it", "save it as UTF-8")
        } else {
            WrongFile::format("not a text but data of a program", EXPORT)
        });
    }
    String::from_utf8(bytes).map(without_mark).map_err(|error| {
        let valid = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let line = valid.iter().filter(|byte| **byte == b'\n').count().saturating_add(1);
        let message = "not UTF-8 but probably the encoding of Windows or Latin-1: letters such as ä cannot be read";
        let hint = "save it as UTF-8 (in Excel “CSV UTF-8”), or: iconv -f WINDOWS-1252 -t UTF-8 FILE";
        WrongFile::encoding(message, hint).at_line(line)
    })
}

fn without_mark(text: String) -> String {
    text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)
}

/// Decodes UTF-16 with a byte order mark, or returns `None` if there is no such mark.
fn decode_utf16(bytes: &[u8]) -> Option<Result<String, WrongFile>> {
    let (is_little_endian, rest) = match bytes {
        [0xff, 0xfe, rest @ ..] => (true, rest),
        [0xfe, 0xff, rest @ ..] => (false, rest),
        _ => return None,
    };
    let unit = |pair: [u8; 2]| if is_little_endian { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) };
    let pairs = rest.chunks_exact(2);
    let is_whole = pairs.remainder().is_empty();
    let units: Vec<u16> = pairs.filter_map(|pair| pair.try_into().ok().map(unit)).collect();
    let text = String::from_utf16(&units).ok().filter(|_| is_whole);
    Some(text.ok_or_else(|| WrongFile::encoding("text in UTF-16 that is damaged or incomplete", INCOMPLETE)))
}

/// Returns what a file is by its first bytes, and what to do with it, if it is none with text.
fn binary_format(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    if bytes.starts_with(b"PK\x03\x04") {
        return Some(zip_format(bytes));
    }
    let formats: [(&[u8], &str, &str); 12] = [
        (
            b"%PDF",
            "a PDF document: it looks like a list, but has no columns",
            "ask for the list as a spreadsheet or as CSV",
        ),
        (b"\xd0\xcf\x11\xe0", "a file of an old Office program, such as an Excel workbook (.xls)", SAVE_AS_CSV),
        (b"{\\rtf", "a formatted text (RTF)", EXPORT),
        (b"\x1f\x8b", "a compressed file (gzip)", UNPACK),
        (b"7z\xbc\xaf", "an archive (7z)", UNPACK),
        (b"Rar!", "an archive (RAR)", UNPACK),
        (b"\x89PNG", "a picture", "ask for the list as a spreadsheet or as CSV"),
        (b"\xff\xd8\xff", "a picture", "ask for the list as a spreadsheet or as CSV"),
        (b"SQLite format 3", "a database (SQLite)", EXPORT),
        (b"PAR1", "a Parquet table", "read it in Python: lotse takes tables there"),
        (b"ARROW1", "an Arrow table", "read it in Python: lotse takes tables there"),
        (b"\x7fELF", "a program", "give the list itself"),
    ];
    formats.into_iter().find(|(start, ..)| bytes.starts_with(start)).map(|(_, message, hint)| (message, hint))
}

/// Returns what an archive in the format ZIP is, by the names of the files in it.
fn zip_format(bytes: &[u8]) -> (&'static str, &'static str) {
    let contains = |name: &[u8]| bytes.windows(name.len()).any(|part| part == name);
    match () {
        () if contains(b"xl/workbook") => ("an Excel workbook (.xlsx), not a text", SAVE_AS_CSV),
        () if contains(b"opendocument.spreadsheet") => ("a spreadsheet of LibreOffice (.ods), not a text", SAVE_AS_CSV),
        () if contains(b"Index/Document.iwa") => ("a spreadsheet of Numbers", "export it as CSV (UTF-8)"),
        () if contains(b"word/document") || contains(b"opendocument.text") => {
            ("a text document with formatting, not a list", "copy its table to a spreadsheet, and save that as CSV")
        }
        () => ("an archive (ZIP)", UNPACK),
    }
}

/// Returns what a text is that is neither JSON nor a table.
pub(crate) fn of_markup(text: &str) -> Option<WrongFile> {
    let start: String = text.trim_start().chars().take(15).collect::<String>().to_ascii_lowercase();
    if start.starts_with("<!doctype html") || start.starts_with("<html") {
        let hint = "the link leads to a page, perhaps one to log in: download the list from that page";
        return Some(WrongFile::format("a web page, not a list", hint));
    }
    start.starts_with('<').then(|| WrongFile::format("XML, not a list", EXPORT))
}

/// Returns what a JSON object is that is no record, by the names of its fields.
pub(crate) fn of_object(fields: &[&str], list: List) -> Option<WrongFile> {
    let has = |name: &str| fields.contains(&name);
    let is_of = |names: &serde_json::Value| {
        let names = names.as_object();
        !fields.is_empty() && names.is_some_and(|names| fields.iter().all(|field| names.contains_key(*field)))
    };
    let result = |operation: &str| {
        let message = format!("a result of `lotse {operation}`, not a list of {list}");
        Some(WrongFile::format(message, format!("give the list of {list} that it was made from")))
    };
    match () {
        () if has("id") => None,
        () if has("type") && (has("features") || has("geometry") || has("coordinates")) => {
            let hint = "make one record of each feature: `id` and `place` with `lat` and `lon`";
            Some(WrongFile::format("a map (GeoJSON), not a list of records", hint))
        }
        () if has("referrals") => {
            let message = format!("a plan, the result of `lotse allocate`, not a list of {list}");
            Some(WrongFile::format(message, "give it as --previous or --fixed, or give the list itself"))
        }
        () if has("rankings") => result("rank"),
        () if has("explanations") => result("explain"),
        () if has("diagnoses") => result("diagnose"),
        () if has("resolved") => result("resolve"),
        () if has("bottlenecks") => result("report"),
        () if has("errors") && (has("warnings") || has("code")) => result("check"),
        () if has("$schema") => Some(WrongFile::format("a JSON Schema, not a list", "give the list itself")),
        () if matches!(fields, [name] if *name == list.other().as_str()) => Some(swapped(list)),
        () if has("offers") || has("needs") => {
            Some(WrongFile::format("a request, not a list of records", "give it as --request"))
        }
        () if serde_json::to_value(Policy::default()).is_ok_and(|names| is_of(&names)) => {
            Some(WrongFile::format(format!("a policy, not a list of {list}"), "give it as --policy"))
        }
        () if serde_json::to_value(Vocabulary::default()).is_ok_and(|names| is_of(&names)) => Some(WrongFile::format(
            "a file of additions to the vocabulary, not a list of records",
            "give it as --vocabulary",
        )),
        () => None,
    }
}

/// Returns the error of a file of needs that is given as offers, or the reverse, by the names of fields or columns.
pub(crate) fn if_swapped<'n>(names: impl IntoIterator<Item = &'n str>, list: List) -> Option<WrongFile> {
    let (own, other) = (fields_of(list), fields_of(list.other()));
    let (mut own_only, mut foreign) = (false, Vec::new());
    for name in names {
        let name = name.split('.').next().unwrap_or(name);
        match (own.iter().any(|field| field == name), other.iter().any(|field| field == name)) {
            (true, false) => own_only = true,
            (false, true) if !foreign.contains(&name) => foreign.push(name),
            _ => {}
        }
    }
    (!own_only && foreign.len() >= MIN_FOREIGN_COLUMNS).then(|| swapped(list))
}

fn swapped(list: List) -> WrongFile {
    let other = list.other();
    WrongFile::format(format!("a list of {other}, given as --{list}"), format!("give it as --{other}"))
}

/// Returns the names of the fields of a record, without those of nested objects.
fn fields_of(list: List) -> Vec<String> {
    let columns = match list {
        List::Offers => TableLayout::offer_columns(),
        List::Needs => TableLayout::need_columns(),
    };
    let rules = (list == List::Needs).then(|| "rules".to_owned());
    let field = |column: String| column.split('.').next().map(str::to_owned);
    columns.into_iter().filter_map(field).chain(rules).collect()
}
