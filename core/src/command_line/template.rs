//! The command `lotse template`.

use crate::example;
use serde_json::{Map, Value};

use crate::command_line::{
    args::{List, TemplateArguments, TemplateFormat},
    csv::CsvWriter,
    error::{Error, unserializable},
    table::{columns_of, rule_columns},
    texts::Message,
};

/// The records of the incident that are examples: all their fields fit into a flat table.
const OFFERS: [&str; 3] = ["o-02", "o-24", "o-52"];
const NEEDS: [&str; 3] = ["n-119", "n-358", "n-003"];

/// Runs the command and returns its output.
pub(crate) fn run(arguments: &TemplateArguments) -> Result<String, Error> {
    if arguments.rules && arguments.list == List::Offers {
        return Err(Message::new("usage.rules").into());
    }
    let mut columns = columns_of(arguments.list);
    if arguments.rules {
        // A rule is stated by its parts: as a whole it is in the way of them.
        columns.extend(rule_columns().filter(|column| column.matches('.').count() == 2));
    }
    let examples = if arguments.example { examples(arguments.list) } else { Vec::new() };
    if arguments.format == TemplateFormat::Json {
        let records = if examples.is_empty() { vec![empty_record(&columns).into()] } else { examples };
        let text = serde_json::to_string_pretty(&records).map_err(|_| unserializable())?;
        return Ok(text + "\n");
    }
    let mut out = CsvWriter::new(arguments.format.into());
    out.write_row(&columns)?;
    for record in &examples {
        let row: Vec<String> = columns.iter().map(|column| cell(&out, record, column)).collect();
        out.write_row(row)?;
    }
    out.into_string()
}

/// Returns a few records of the invented incident.
fn examples(list: List) -> Vec<Value> {
    let (records, ids) = match list {
        List::Offers => (example::OFFERS, OFFERS),
        List::Needs => (example::NEEDS, NEEDS),
    };
    let mut records: Vec<Value> = serde_json::from_str(records).unwrap_or_default();
    records.retain(|record| record.get("id").and_then(Value::as_str).is_some_and(|id| ids.contains(&id)));
    records
}

/// Returns the cell of a record in a flat table.
fn cell(out: &CsvWriter, record: &Value, column: &str) -> String {
    match column.split('.').try_fold(record, |value, field| value.get(field)) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => out.number(number),
        Some(Value::Array(items)) => items.iter().map(item).collect::<Vec<_>>().join(";"),
        _ => String::new(),
    }
}

/// Returns an item of a list: a code, or a language with its level or its mode.
fn item(value: &Value) -> String {
    let part = |field: &str| value.get(field).and_then(Value::as_str);
    match (value.as_str(), part("tag"), part("level").or(part("how"))) {
        (Some(code), ..) => code.to_owned(),
        (None, Some(tag), Some(addition)) => format!("{tag}:{addition}"),
        (None, tag, _) => tag.unwrap_or_default().to_owned(),
    }
}

/// Returns a record in which every field is null.
fn empty_record(columns: &[String]) -> Map<String, Value> {
    let mut record = Map::new();
    for column in columns {
        // A location is stated as a whole or not at all.
        let path = if column.starts_with("place.") { "place" } else { column };
        insert(&mut record, path);
    }
    record
}

/// Inserts null at a path such as `crime.code`.
fn insert(object: &mut Map<String, Value>, path: &str) {
    match path.split_once('.') {
        None => {
            object.insert(path.to_owned(), Value::Null);
        }
        Some((field, rest)) => {
            let inner = object.entry(field).or_insert_with(|| Map::new().into());
            if let Some(inner) = inner.as_object_mut() {
                insert(inner, rest);
            }
        }
    }
}
