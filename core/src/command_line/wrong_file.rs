//! What a file is, if it is not what the command expects, and what to do next.
//!
//! The bytes come first, then the text, then the fields of the JSON.

use crate::{Policy, Vocabulary, wire::TableLayout};

use crate::command_line::{args::List, texts::Message};

/// The bytes of a file, from its start, that are looked at for a text encoding.
const SAMPLE: usize = 4_096;
/// The number of columns that only the other list has, from which on a file is taken for the other list.
const MIN_FOREIGN_COLUMNS: usize = 2;

/// What is wrong with a file, in terms of the file, and what to do next.
#[derive(Debug)]
pub(crate) struct WrongFile {
    pub(crate) code: &'static str,
    pub(crate) line: Option<usize>,
    pub(crate) message: Message,
    pub(crate) hint: Message,
}

impl WrongFile {
    /// Creates an error of the whole file.
    pub(crate) fn new(code: &'static str, message: Message, hint: Message) -> Self {
        Self { code, line: None, message, hint }
    }

    /// Sets the line, from 1.
    pub(crate) fn at_line(self, line: usize) -> Self {
        Self { line: Some(line), ..self }
    }

    /// Creates the error of a file in another format; `what` names it.
    fn format(what: Message, next: Message) -> Self {
        Self::new("file.format", Message::new("file.what").with("what", what), next)
    }

    /// Creates the error of a text in another encoding; `what` names it.
    fn encoding(what: Message, next: Message) -> Self {
        Self::new("file.encoding", Message::new("file.what").with("what", what), next)
    }

    /// Creates the error of a file without any content.
    pub(crate) fn empty() -> Self {
        Self::new("file.empty", Message::new("file.empty"), Message::new("file.empty.hint"))
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
    if let Some((what, next)) = binary_format(&bytes) {
        return Err(WrongFile::format(what, next));
    }
    if let Some(text) = decode_utf16(&bytes) {
        return text;
    }
    let sample = bytes.get(..SAMPLE).unwrap_or(&bytes);
    if sample.contains(&0) {
        let is_utf16 = sample.iter().filter(|byte| **byte == 0).count().saturating_mul(4) > sample.len();
        return Err(if is_utf16 {
            WrongFile::encoding(Message::new("what.utf16"), Message::new("next.utf8"))
        } else {
            WrongFile::format(Message::new("what.binary"), Message::new("next.export"))
        });
    }
    String::from_utf8(bytes).map(without_mark).map_err(|error| {
        let valid = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let line = valid.iter().filter(|byte| **byte == b'\n').count().saturating_add(1);
        WrongFile::encoding(Message::new("what.windows"), Message::new("next.windows")).at_line(line)
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
    Some(text.ok_or_else(|| WrongFile::encoding(Message::new("what.damaged_utf16"), Message::new("next.incomplete"))))
}

/// Returns what a file is by its first bytes, and what to do with it, if it is none with text.
fn binary_format(bytes: &[u8]) -> Option<(Message, Message)> {
    if bytes.starts_with(b"PK\x03\x04") {
        let (what, next) = zip_format(bytes);
        return Some((what.with("kind", "ZIP"), next));
    }
    let formats: [(&[u8], &str, &str, &str); 12] = [
        (b"%PDF", "what.pdf", "", "next.ask"),
        (b"\xd0\xcf\x11\xe0", "what.old_office", "", "next.save_as_csv"),
        (b"{\\rtf", "what.document", "", "next.copy_table"),
        (b"\x1f\x8b", "what.packed", "gzip", "next.unpack"),
        (b"7z\xbc\xaf", "what.packed", "7z", "next.unpack"),
        (b"Rar!", "what.packed", "RAR", "next.unpack"),
        (b"\x89PNG", "what.picture", "", "next.ask"),
        (b"\xff\xd8\xff", "what.picture", "", "next.ask"),
        (b"SQLite format 3", "what.database", "", "next.export"),
        (b"PAR1", "what.binary_table", "Parquet", "next.python"),
        (b"ARROW1", "what.binary_table", "Arrow", "next.python"),
        (b"\x7fELF", "what.program", "", "next.itself"),
    ];
    let found = formats.into_iter().find(|(start, ..)| bytes.starts_with(start));
    found.map(|(_, what, kind, next)| (Message::new(what).with("kind", kind), Message::new(next)))
}

/// Returns what an archive in the format ZIP is, by the names of the files in it.
fn zip_format(bytes: &[u8]) -> (Message, Message) {
    let contains = |name: &[u8]| bytes.windows(name.len()).any(|part| part == name);
    let (what, next) = match () {
        () if contains(b"xl/workbook") => ("what.xlsx", "next.save_as_csv"),
        () if contains(b"opendocument.spreadsheet") => ("what.ods", "next.save_as_csv"),
        () if contains(b"Index/Document.iwa") => ("what.numbers", "next.export"),
        () if contains(b"word/document") || contains(b"opendocument.text") => ("what.document", "next.copy_table"),
        () => ("what.packed", "next.unpack"),
    };
    (Message::new(what), Message::new(next))
}

/// Returns what a text is that is neither JSON nor a table.
pub(crate) fn of_markup(text: &str) -> Option<WrongFile> {
    let start: String = text.trim_start().chars().take(15).collect::<String>().to_ascii_lowercase();
    if start.starts_with("<!doctype html") || start.starts_with("<html") {
        return Some(WrongFile::format(Message::new("what.page"), Message::new("next.page")));
    }
    start.starts_with('<').then(|| WrongFile::format(Message::new("what.xml"), Message::new("next.export")))
}

/// Returns what a JSON object is that is no record, by the names of its fields.
pub(crate) fn of_object(fields: &[&str], list: List) -> Option<WrongFile> {
    let has = |name: &str| fields.contains(&name);
    let is_of = |names: &serde_json::Value| {
        let names = names.as_object();
        !fields.is_empty() && names.is_some_and(|names| fields.iter().all(|field| names.contains_key(*field)))
    };
    let what = |key| Message::new(key).with("list", name_of(list));
    let result = |operation: &str| {
        let next = Message::new("next.result").with("list", name_of(list));
        Some(WrongFile::format(what("what.result").with("command", operation), next))
    };
    let give_as = |key, option: &str| Some(WrongFile::format(what(key), give_as(option)));
    match () {
        () if has("id") => None,
        () if has("type") && (has("features") || has("geometry") || has("coordinates")) => {
            Some(WrongFile::format(Message::new("what.map"), Message::new("next.map")))
        }
        () if has("referrals") => Some(WrongFile::format(what("what.plan"), Message::new("next.plan"))),
        () if has("rankings") => result("rank"),
        () if has("explanations") => result("explain"),
        () if has("diagnoses") => result("diagnose"),
        () if has("resolved") => result("resolve"),
        () if has("bottlenecks") => result("report"),
        () if has("errors") && (has("warnings") || has("code")) => result("check"),
        () if has("$schema") => Some(WrongFile::format(Message::new("what.schema"), Message::new("next.itself"))),
        () if matches!(fields, [name] if *name == list.other().as_str()) => Some(swapped(list)),
        () if has("offers") || has("needs") => give_as("what.request", "--request"),
        () if serde_json::to_value(Policy::default()).is_ok_and(|names| is_of(&names)) => {
            give_as("what.policy", "--policy")
        }
        () if serde_json::to_value(Vocabulary::default()).is_ok_and(|names| is_of(&names)) => {
            give_as("what.additions", "--vocabulary")
        }
        () => None,
    }
}

fn give_as(option: &str) -> Message {
    Message::new("next.option").with("option", option)
}

/// Returns the name of a list in a sentence, such as "a list of needs".
pub(crate) fn name_of(list: List) -> Message {
    match list {
        List::Offers => Message::new("list.of_offers"),
        List::Needs => Message::new("list.of_needs"),
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
    let what = Message::new("what.swapped").with("list", name_of(list.other())).with("option", list.as_str());
    WrongFile::format(what, give_as(&format!("--{}", list.other())))
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
