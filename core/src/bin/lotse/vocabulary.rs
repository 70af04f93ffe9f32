//! `lotse vocabulary`.

use lotse::{CodeKind, Vocabulary};
use serde_json::Value;

use crate::{
    args::{Format, VocabularyArguments, lang_of_environment},
    csv::Sheet,
    error::{Failure, unwritten},
    input::text_of,
    terminal::{Ink, Page, column},
};

/// A name of a code.
struct Name {
    kind: CodeKind,
    code: String,
    lang: String,
    text: String,
}

pub(crate) fn run(arguments: &VocabularyArguments) -> Result<String, Failure> {
    let vocabulary = match &arguments.vocabulary {
        Some(path) => Vocabulary::from_json(&text_of(path)?)?,
        None => Vocabulary::default(),
    };
    if arguments.shown.format == Format::Json {
        if arguments.kind.is_some() {
            return Err(Failure::Usage("--kind goes with table and csv; json is the whole vocabulary"));
        }
        return serde_json::to_string(&vocabulary).map(|json| json + "\n").map_err(|_| unwritten());
    }
    let mut names = names(&vocabulary)?;
    names.retain(|name| arguments.kind.is_none_or(|kind| kind == name.kind));
    if arguments.shown.format == Format::Csv {
        let mut sheet = Sheet::new();
        sheet.row(["kind", "code", "lang", "text"])?;
        for name in &names {
            sheet.row([name.kind.as_str(), &name.code, &name.lang, &name.text])?;
        }
        return sheet.into_text();
    }
    let lang = arguments.shown.lang.unwrap_or_else(lang_of_environment);
    names.dedup_by(|later, earlier| (later.kind, &later.code) == (earlier.kind, &earlier.code));
    let mut page = Page::new();
    for name in &names {
        let lead = format!("{}{} ", column(name.kind.as_str(), 10), column(&name.code, 37));
        page.put(&lead, Ink::Plain, &vocabulary.name(name.kind, &name.code, lang), Ink::Plain);
    }
    Ok(page.into_text())
}

/// All names, those of one code after each other: first the regions that have theirs in the tree.
fn names(vocabulary: &Vocabulary) -> Result<Vec<Name>, Failure> {
    let data = serde_json::to_value(vocabulary).map_err(|_| unwritten())?;
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
    names.sort_by(|one, other| (one.kind, &one.code).cmp(&(other.kind, &other.code)));
    Ok(names)
}
