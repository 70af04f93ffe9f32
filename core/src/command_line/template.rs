//! The command `lotse template`.

use serde_json::{Map, Value};

use crate::command_line::{
    args::{List, TemplateArguments, TemplateFormat},
    csv::CsvWriter,
    error::{Error, unserializable},
    table::{columns_of, rule_columns},
};

/// Runs the command and returns its output.
pub(crate) fn run(arguments: &TemplateArguments) -> Result<String, Error> {
    if arguments.rules && arguments.list == List::Offers {
        return Err(Error::Usage("--rules goes with needs; an offer has no rules"));
    }
    let mut columns = columns_of(arguments.list);
    if arguments.rules {
        // A rule is stated by its parts: as a whole it is in the way of them.
        columns.extend(rule_columns().filter(|column| column.matches('.').count() == 2));
    }
    if arguments.format == TemplateFormat::Json {
        return json(&columns);
    }
    let mut out = CsvWriter::new(arguments.format.into());
    out.write_row(&columns)?;
    out.into_string()
}

/// Returns a list with one record, in which every field is null.
fn json(columns: &[String]) -> Result<String, Error> {
    let mut record = Map::new();
    for column in columns {
        // A location is stated as a whole or not at all.
        let path = if column.starts_with("place.") { "place" } else { column };
        insert(&mut record, path);
    }
    let mut text = serde_json::to_string_pretty(&[record]).map_err(|_| unserializable())?;
    text.push('\n');
    Ok(text)
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
