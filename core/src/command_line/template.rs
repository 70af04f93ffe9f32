//! The command `lotse template`.

use crate::wire::TableLayout;
use serde_json::{Map, Value};

use crate::command_line::{
    args::{List, TemplateArguments, TemplateFormat},
    csv::CsvWriter,
    error::{Error, unserializable},
};

/// Runs the command and returns its output.
pub(crate) fn run(arguments: &TemplateArguments) -> Result<String, Error> {
    let columns = match arguments.list {
        List::Offers => TableLayout::offer_columns(),
        List::Needs => TableLayout::need_columns(),
    };
    match arguments.format {
        TemplateFormat::Csv => {
            let mut out = CsvWriter::new();
            out.write_row(&columns)?;
            out.into_string()
        }
        TemplateFormat::Json => json(&columns),
    }
}

/// Returns a list with one record, in which every field is null.
fn json(columns: &[String]) -> Result<String, Error> {
    let mut record = Map::new();
    for column in columns {
        match column.split_once('.') {
            // A location is stated as a whole or not at all.
            Some(("place", _)) => {
                record.insert("place".to_owned(), Value::Null);
            }
            Some((field, part)) => {
                let object = record.entry(field).or_insert_with(|| Map::new().into());
                object.as_object_mut().and_then(|object| object.insert(part.to_owned(), Value::Null));
            }
            None => {
                record.insert(column.to_owned(), Value::Null);
            }
        }
    }
    let mut text = serde_json::to_string_pretty(&[record]).map_err(|_| unserializable())?;
    text.push('\n');
    Ok(text)
}
