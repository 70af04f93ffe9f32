//! Files in any format as parts of a source.

use std::borrow::Cow;

#[cfg(feature = "xlsx")]
use crate::import::{
    archive::{self, Archive},
    spreadsheet,
};
use crate::{
    decode::value::Value,
    error::{Error, ErrorKind, Template, message},
    import::{
        encoding::{self, Decoded},
        fault::{self, MAX_BYTES, Place},
        file::{Content, ImportFile},
        found::{Found, SourceOptions, file_name, part},
        frame::Frame,
        json::Outline,
        json_list::JsonList,
        json_shape,
        known_format::of_columns,
        layout::Layout,
        notes::Section,
        record_kind::RecordKind,
        rules::{HeaderRule, SourceRules},
        source::{Records, SourcePart},
        text_table::TextTable,
    },
};

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

/// Adds the parts of a file.
fn add_bytes<'f>(
    name: &str,
    bytes: Cow<'f, [u8]>,
    options: SourceOptions<'_>,
    found: &mut Found<'f>,
) -> Result<(), Error> {
    #[cfg(feature = "xlsx")]
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return add_archive(name, &bytes, options, found);
    }
    add_text(name, bytes, options, found)
}

/// Adds the parts of an archive: the sheets of a spreadsheet, or its files.
#[cfg(feature = "xlsx")]
fn add_archive<'f>(name: &str, bytes: &[u8], options: SourceOptions<'_>, found: &mut Found<'f>) -> Result<(), Error> {
    let files = match archive::unpack(bytes, name)? {
        Archive::Xlsx => return spreadsheet::add_workbook(name, bytes, true, options, found),
        Archive::Ods => return spreadsheet::add_workbook(name, bytes, false, options, found),
        Archive::Files(files, unread) => {
            for _ in 0..unread {
                found.notes.add(Section::Lost, "archive.member", (None, None), None);
            }
            files
        }
    };
    let rules = package_rules(files.iter().map(|(name, _)| name.as_str()), options.rules);
    let options = SourceOptions { rules: &rules, ..options };
    let (before, mut unread) = (found.parts.len(), None);
    for (name, bytes) in files {
        let result = match archive::kind(&bytes) {
            Some(Archive::Xlsx) => archive::unpack(&bytes, &name)
                .and_then(|_| spreadsheet::add_workbook(&name, &bytes, true, options, found)),
            Some(Archive::Ods) => archive::unpack(&bytes, &name)
                .and_then(|_| spreadsheet::add_workbook(&name, &bytes, false, options, found)),
            // An archive in an archive is not opened.
            Some(Archive::Files(..)) => Err(unknown_format(&Place::file(&name))),
            None => add_text(&name, Cow::Owned(bytes), options, found),
        };
        match result {
            // An empty side table, or a text for readers.
            Err(error) if matches!(error.code(), "import.format.empty" | "import.header.missing") => {
                found.notes.add(Section::Lost, "archive.member", (None, None), None);
                unread = Some(error);
            }
            result => result?,
        }
    }
    unread.filter(|_| found.parts.len() == before).map_or(Ok(()), Err)
}

/// Returns the rules for the files of a package, in which the first row is the header, or the same rules for other files.
pub(super) fn package_rules<'n>(mut names: impl Iterator<Item = &'n str>, rules: &SourceRules) -> SourceRules {
    let is_package = |name: &str| matches!(file_name(name), "datapackage.json" | "services.csv");
    let header = rules.header.or_else(|| names.any(is_package).then_some(HeaderRule::Row(1)));
    SourceRules { header, ..rules.clone() }
}

/// Adds the part of a file of text.
fn add_text<'f>(
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
        None => {
            let hint = message!("import.format.empty.hint");
            Err(format_error("import.format.empty", &place, message!("import.format.empty"), hint))
        }
        Some('<') => {
            let hint = message!("import.format.xml.hint");
            Err(format_error("import.format.xml", &place, message!("import.format.xml"), hint))
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
        bytes if is_binary(bytes) => return Some(unknown_format(place)),
        _ => return None,
    };
    Some(format_error(code, place, message, hint))
}

/// Returns `true` if one in twenty of the first bytes is a control character that no text has. UTF-16 has no such bytes but null.
fn is_binary(bytes: &[u8]) -> bool {
    let begin = bytes.get(..bytes.len().min(1_024)).unwrap_or_default();
    let controls = begin.iter().filter(|byte| matches!(**byte, 1..=8 | 14..=26 | 28..=31)).count();
    controls.saturating_mul(20) > begin.len()
}

fn unknown_format(place: &Place<'_>) -> Error {
    let hint = message!("import.format.unknown.hint");
    format_error("import.format.unknown", place, message!("import.format.unknown"), hint)
}

fn format_error(code: &'static str, place: &Place<'_>, message: Template, hint: Template) -> Error {
    Error::new(fault::at(place, (ErrorKind::Unknown, code), message).with_hint(hint))
}

fn add_json<'f>(name: &str, decoded: Decoded<'f>, found: &mut Found<'f>) -> Result<(), Error> {
    let text = match decoded.text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_start_matches('\u{feff}')),
        Cow::Owned(text) => Cow::Owned(text),
    };
    if file_name(name) == "datapackage.json" {
        found.has_services |= has_services(&text);
        return Ok(());
    }
    let outline = Outline::parse(&text, name)?;
    let Some(recognized) = json_shape::recognize(&outline) else {
        let hint = message!("import.format.no_object.hint");
        return Err(format_error(
            "import.format.unknown",
            &Place::file(name),
            message!("import.format.no_object"),
            hint,
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

/// Returns `true` if the description of a package lists services.
fn has_services(text: &str) -> bool {
    let field = |value: &Value<'_>, name: &str| match value {
        Value::Object(fields) => {
            fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone().into_owned())
        }
        _ => None,
    };
    let resources = Value::from_json(text).ok().and_then(|package| field(&package, "resources"));
    let is_services = |resource: &Value<'_>| field(resource, "name") == Some(Value::from("services"));
    matches!(resources, Some(Value::Array(resources)) if resources.iter().any(is_services))
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
