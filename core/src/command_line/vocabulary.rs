//! The command `lotse vocabulary`.

use crate::{CodeKind, Vocabulary};
use serde_json::Value;

use crate::command_line::{
    args::{Format, VocabularyArguments, lang_of_environment},
    csv::CsvWriter,
    error::{Error, to_json_line, unserializable},
    file::decode_file,
    terminal::{Style, TerminalText, fit_column},
    texts::Message,
};

/// A name of a code in one language.
struct Name {
    kind: CodeKind,
    code: String,
    lang: String,
    text: String,
}

pub(crate) fn run(arguments: &VocabularyArguments) -> Result<String, Error> {
    let vocabulary = match &arguments.vocabulary {
        Some(path) => decode_file(path, Vocabulary::from_value)?,
        None => Vocabulary::default(),
    };
    if arguments.output.format == Format::Json {
        if arguments.kind.is_some() {
            return Err(Message::new("usage.kind_of_json").into());
        }
        return to_json_line(&vocabulary);
    }
    let mut names = names(&vocabulary)?;
    names.retain(|name| arguments.kind.is_none_or(|kind| kind == name.kind));
    if arguments.output.format != Format::Table {
        let mut out = CsvWriter::new(arguments.output.format);
        out.write_row(["kind", "code", "lang", "text"])?;
        for name in &names {
            out.write_row([name.kind.as_str(), &name.code, &name.lang, &name.text])?;
        }
        return out.into_string();
    }
    let lang = arguments.output.lang.unwrap_or_else(lang_of_environment);
    names.dedup_by(|later, earlier| (later.kind, &later.code) == (earlier.kind, &earlier.code));
    let mut out = TerminalText::new();
    for name in &names {
        let lead = format!("{}{} ", fit_column(name.kind.as_str(), 10), fit_column(&name.code, 37));
        out.push_hanging(&lead, Style::Plain, &vocabulary.name(name.kind, &name.code, lang), Style::Plain);
    }
    Ok(out.into_string())
}

/// Returns the names of all codes by kind and code; those of regions in the table of regions come first.
fn names(vocabulary: &Vocabulary) -> Result<Vec<Name>, Error> {
    let data = serde_json::to_value(vocabulary).map_err(|_| unserializable())?;
    let rows =
        |table: &str| data.get(table).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default().to_owned();
    let text = |row: &Value, field: &str| row.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
    let mut names: Vec<Name> = Vec::new();
    for row in rows("regions") {
        names.push(Name {
            kind: CodeKind::Region,
            code: text(&row, "code"),
            lang: "de".into(),
            text: text(&row, "name"),
        });
    }
    for row in rows("names") {
        if let Ok(kind) = text(&row, "kind").parse() {
            names.push(Name { kind, code: text(&row, "code"), lang: text(&row, "lang"), text: text(&row, "text") });
        }
    }
    // Stable, because the names of one code must stay in the order of the tables.
    names.sort_by(|a, b| (a.kind, &a.code).cmp(&(b.kind, &b.code)));
    Ok(names)
}
