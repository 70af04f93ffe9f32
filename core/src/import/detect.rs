//! Files in any format as parts of a source.

use std::borrow::Cow;

use crate::{
    error::{Error, ErrorKind, Template, message},
    import::{
        encoding::{self, Decoded},
        fault::{self, MAX_BYTES, Place},
        file::{Content, ImportFile},
        frame::Frame,
        json::Outline,
        json_list::JsonList,
        json_shape,
        known_format::{Recognition, of_columns},
        layout::Layout,
        notes::{Notes, Section},
        record_kind::RecordKind,
        rules::SourceRules,
        source::{Records, SourcePart},
        text_table::TextTable,
    },
};

/// What is read of files, and how.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SourceOptions<'o> {
    pub(crate) rules: &'o SourceRules,
    pub(crate) records: RecordKind,
    /// The stems of side tables: files and sheets that are read next to the main table.
    pub(crate) sides: &'o [String],
}

/// What is found in files so far.
#[derive(Debug, Default)]
pub(super) struct Found<'f> {
    pub(super) parts: Vec<SourcePart<'f>>,
    /// The format of each part, and the name by which it is recognized.
    pub(super) recognitions: Vec<Recognition>,
    /// The number of the page that a part is, and of all pages.
    pub(super) pages: Vec<(u64, u64)>,
    pub(super) samples: Vec<String>,
    pub(super) notes: Notes,
}

impl<'f> Found<'f> {
    /// Returns the index of the next part.
    pub(super) fn next_index(&self) -> u32 {
        u32::try_from(self.parts.len()).unwrap_or(u32::MAX)
    }

    pub(super) fn push(&mut self, part: SourcePart<'f>, recognition: Recognition) {
        self.parts.push(part);
        self.recognitions.push(recognition);
    }
}

/// Adds the parts of a file.
///
/// # Errors
///
/// `import.format.*`, `import.encoding`, `import.header.missing`, `import.csv.quotes`, `json.syntax` or `import.limit`.
pub(super) fn add_file<'f>(
    file: &'f ImportFile,
    options: SourceOptions<'_>,
    found: &mut Found<'f>,
) -> Result<(), Error> {
    match &file.content {
        Content::Bytes(bytes) => add_bytes(file.name(), Cow::Borrowed(bytes), options, found),
        Content::Table(columns, rows) => {
            let layout = Layout::of_frame(columns);
            let names: Vec<String> = layout.names().map(str::to_owned).collect();
            let recognition = of_columns(&names);
            let records = Records::Cells(Frame { layout, first_row: 2, rows: Cow::Borrowed(rows) });
            let part = SourcePart {
                header: vec![1],
                columns: names,
                ..part(file.name(), "table", found.next_index(), records)
            };
            found.push(part, recognition);
            Ok(())
        }
    }
}

/// Creates a part of a file.
pub(super) fn part<'f>(name: &str, format: &'static str, index: u32, records: Records<'f>) -> SourcePart<'f> {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    SourcePart {
        name: name.to_owned(),
        stem: stem.to_owned(),
        index,
        format,
        encoding: None,
        delimiter: None,
        sheet: None,
        header: Vec::new(),
        columns: Vec::new(),
        records,
    }
}

/// Adds the parts of a file or of a member of an archive.
pub(super) fn add_bytes<'f>(
    name: &str,
    bytes: Cow<'f, [u8]>,
    options: SourceOptions<'_>,
    found: &mut Found<'f>,
) -> Result<(), Error> {
    let place = Place::file(name);
    if u64::try_from(bytes.len()).is_ok_and(|len| len > MAX_BYTES) {
        return Err(fault::limit(&place, message!("import.limit.bytes")));
    }
    if let Some(error) = foreign_bytes(&bytes, &place) {
        return Err(error);
    }
    let decoded = match bytes {
        Cow::Borrowed(bytes) => encoding::decode(bytes, options.rules.encoding.as_deref(), name)?,
        Cow::Owned(bytes) => encoding::decode_owned(bytes, options.rules.encoding.as_deref(), name)?,
    };
    let begin = decoded.text.trim_start_matches(super::csv::is_blank);
    match begin.chars().next() {
        None => Err(format_error("import.format.empty", &place, message!("import.format.empty"), None)),
        Some('<') => {
            let hint = message!("import.format.xml.hint");
            Err(format_error("import.format.xml", &place, message!("import.format.xml"), Some(hint)))
        }
        Some('{' | '[') if !is_table(options.rules.format.as_deref()) => add_json(name, decoded, found),
        Some(_) => add_table(name, decoded, options, found),
    }
}

fn is_table(format: Option<&str>) -> bool {
    matches!(format, Some("table" | "csv" | "airs" | "hsds-package"))
}

/// Returns the error of a format that is recognized by its first bytes and not read.
fn foreign_bytes(bytes: &[u8], place: &Place<'_>) -> Option<Error> {
    let (code, message, hint) = match bytes {
        [0xd0, 0xcf, 0x11, 0xe0, ..] => {
            ("import.format.xls", message!("import.format.xls"), message!("import.format.xls.hint"))
        }
        [b'%', b'P', b'D', b'F', ..] => {
            ("import.format.pdf", message!("import.format.pdf"), message!("import.format.pdf.hint"))
        }
        [0x1f, 0x8b, ..] => ("import.format.gzip", message!("import.format.gzip"), message!("import.format.gzip.hint")),
        [b'P', b'K', 3 | 5, 4 | 6, ..] if cfg!(not(feature = "xlsx")) => {
            ("import.format.xlsx", message!("import.format.xlsx"), message!("import.format.xlsx.hint"))
        }
        bytes if is_binary(bytes) => {
            ("import.format.unknown", message!("import.format.unknown"), message!("import.format.unknown.hint"))
        }
        _ => return None,
    };
    Some(format_error(code, place, message, Some(hint)))
}

/// Returns `true` if one in twenty of the first bytes is a control character that no text has. UTF-16 has no such bytes but null.
fn is_binary(bytes: &[u8]) -> bool {
    let begin = bytes.get(..bytes.len().min(1_024)).unwrap_or_default();
    let controls = begin.iter().filter(|byte| matches!(**byte, 1..=8 | 14..=26 | 28..=31)).count();
    controls.saturating_mul(20) > begin.len()
}

fn format_error(code: &'static str, place: &Place<'_>, message: Template, hint: Option<Template>) -> Error {
    let error = fault::at(place, (ErrorKind::Unknown, code), message);
    Error::new(if let Some(hint) = hint { error.with_hint(hint) } else { error })
}

fn add_json<'f>(name: &str, decoded: Decoded<'f>, found: &mut Found<'f>) -> Result<(), Error> {
    let text = match decoded.text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_start_matches('\u{feff}')),
        Cow::Owned(text) => Cow::Owned(text),
    };
    let outline = Outline::parse(&text, name)?;
    let Some(recognized) = json_shape::recognize(&outline) else {
        let hint = message!("import.format.no_object.hint");
        return Err(format_error(
            "import.format.unknown",
            &Place::file(name),
            message!("import.format.no_object"),
            Some(hint),
        ));
    };
    let format = if outline.is_stream { "ndjson" } else { "json" };
    drop(outline);
    if let Some(code) = decoded.assumed {
        found.notes.add(Section::Assumed, code, (None, None), None);
    }
    let list = JsonList::new(text, recognized.shape, recognized.content, name)?;
    let columns = list.columns();
    let part = part(name, format, found.next_index(), Records::Objects(list));
    found.pages.extend(recognized.page);
    found.push(SourcePart { encoding: Some(decoded.encoding), columns, ..part }, recognized.recognition);
    Ok(())
}

fn add_table<'f>(
    name: &str,
    decoded: Decoded<'f>,
    options: SourceOptions<'_>,
    found: &mut Found<'f>,
) -> Result<(), Error> {
    let encoding = decoded.encoding;
    let index = found.next_index();
    let table = TextTable::new(decoded, options.rules, (index, name), &mut found.notes)?;
    if found.samples.is_empty() {
        let shown = if options.records == RecordKind::Needs { table.head() } else { table.text() };
        found.samples = encoding::sample_words(shown);
    }
    let columns: Vec<String> = table.layout.names().map(str::to_owned).collect();
    let recognition = of_columns(&columns);
    let (delimiter, header) = (Some(table.delimiter), table.header.rows.clone());
    let part = part(name, "csv", index, Records::Text(table));
    found.push(SourcePart { encoding: Some(encoding), delimiter, header, columns, ..part }, recognition);
    Ok(())
}
