//! `datapackage.json`: what a table is, as a Frictionless Data Package (version 1).
//!
//! Required are `resources`; of a resource `name` and `path`; of a tabular one also `profile` and `schema`; of a licence `name` or
//! `path`.

use std::borrow::Cow;

use crate::{
    decode::value::Value,
    error::{Error, ErrorDetail, ErrorKind, message},
    import::export::options::ExportOptions,
};

/// The columns of whole numbers.
const INTEGERS: [&str; 9] = [
    "people",
    "age",
    "ages.min",
    "ages.max",
    "capacity.free",
    "capacity.total",
    "minimum_age",
    "maximum_age",
    "available",
];
/// The columns of decimals.
const DECIMALS: [&str; 4] = ["place.lat", "place.lon", "latitude", "longitude"];

/// A table that a package describes.
#[derive(Debug)]
pub(super) struct TableDescription<'t, C> {
    pub(super) name: &'t str,
    pub(super) file: &'t str,
    pub(super) columns: &'t [C],
    /// The column that identifies a row.
    pub(super) key: Option<&'static str>,
}

/// Returns the description of a table for spreadsheets.
pub(super) fn of_spreadsheet<C: AsRef<str>>(
    table: &TableDescription<'_, C>,
    options: &ExportOptions,
) -> Value<'static> {
    let dialect =
        object([("delimiter", ";".into()), ("doubleQuote", Value::Bool(true)), ("header", Value::Bool(true))]);
    let mut resource = resource(table, Some(","));
    resource.push(("dialect".into(), dialect));
    let name = format!("lotse-{}", table.name);
    package(name, vec![Value::Object(resource)], options)
}

/// Returns the description of tables that programs exchange.
pub(super) fn of_tables<C: AsRef<str>>(
    name: &str,
    tables: &[TableDescription<'_, C>],
    options: &ExportOptions,
) -> Value<'static> {
    let resources = tables.iter().map(|table| Value::Object(resource(table, None)));
    package(name.to_owned(), resources.collect(), options)
}

fn package(name: String, resources: Vec<Value<'static>>, options: &ExportOptions) -> Value<'static> {
    let mut fields = vec![("profile", "tabular-data-package".into()), ("name", name.into())];
    if let Some(day) = options.as_of {
        fields.push(("created", format!("{day}T00:00:00Z").into()));
    }
    if !options.licence.is_empty() {
        fields.push(("licenses", Value::Array(options.licence.iter().map(|text| licence(text)).collect())));
    }
    if !options.sources.is_empty() {
        let sources = options.sources.iter().map(|title| object([("title", title.clone().into())]));
        fields.push(("sources", Value::Array(sources.collect())));
    }
    fields.push(("resources", Value::Array(resources)));
    object(fields)
}

/// Returns a licence by its path if it is a web address, or else by its name, which has a restricted alphabet, and its title.
fn licence(text: &str) -> Value<'static> {
    if text.starts_with("https://") || text.starts_with("http://") {
        return object([("path", text.to_owned().into())]);
    }
    let is_allowed = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '.' | '_');
    if !text.is_empty() && text.chars().all(is_allowed) {
        return object([("name", text.to_owned().into())]);
    }
    let name: String = text.chars().map(|letter| if is_allowed(letter) { letter } else { '-' }).collect();
    let name = if name.is_empty() { "other".to_owned() } else { name };
    object([("name", name.into()), ("title", text.to_owned().into())])
}

type Fields = Vec<(Cow<'static, str>, Value<'static>)>;

fn resource<C: AsRef<str>>(table: &TableDescription<'_, C>, decimal: Option<&'static str>) -> Fields {
    let columns = table.columns.iter().map(|column| field(column.as_ref(), table.key, decimal));
    let mut schema = vec![("fields", Value::Array(columns.collect()))];
    if let Some(key) = table.key {
        schema.push(("primaryKey", key.into()));
    }
    let fields = [
        ("profile", "tabular-data-resource".into()),
        ("name", table.name.to_owned().into()),
        ("path", table.file.to_owned().into()),
        ("format", "csv".into()),
        ("mediatype", "text/csv".into()),
        ("encoding", "utf-8".into()),
        ("schema", object(schema)),
    ];
    fields.map(|(name, value)| (name.into(), value)).to_vec()
}

fn field(column: &str, key: Option<&str>, decimal: Option<&'static str>) -> Value<'static> {
    let is_decimal = DECIMALS.contains(&column) || column.ends_with(".minimum");
    let kind = match column {
        _ if is_decimal => "number",
        _ if INTEGERS.contains(&column) => "integer",
        "capacity.updated" => "date",
        _ => "string",
    };
    let mut fields = vec![("name", column.to_owned().into()), ("type", kind.into())];
    if let Some(decimal) = decimal.filter(|_| is_decimal) {
        fields.push(("decimalChar", decimal.into()));
    }
    if key == Some(column) {
        fields.push(("constraints", object([("required", Value::Bool(true)), ("unique", Value::Bool(true))])));
    }
    object(fields)
}

fn object(fields: impl IntoIterator<Item = (&'static str, Value<'static>)>) -> Value<'static> {
    Value::Object(fields.into_iter().map(|(name, value)| (Cow::from(name), value)).collect())
}

/// Returns the text of a JSON file that people read.
pub(super) fn pretty(value: &Value<'_>) -> Result<String, Error> {
    let text = serde_json::to_string_pretty(value)
        .map_err(|_| Error::new(ErrorDetail::new(ErrorKind::Internal, "response.json", message!("response.data"))))?;
    Ok(text + "\n")
}

#[cfg(test)]
mod tests {
    use super::licence;
    use crate::decode::value::Value;

    #[test]
    fn a_licence_has_a_name_or_a_path() {
        for (text, want) in [
            ("CC-BY-4.0", r#"{"name": "CC-BY-4.0"}"#),
            ("https://a.de/licence", r#"{"path": "https://a.de/licence"}"#),
            ("GeoNames: CC BY 4.0", r#"{"name": "GeoNames--CC-BY-4.0", "title": "GeoNames: CC BY 4.0"}"#),
        ] {
            assert!(licence(text) == Value::from_json(want).unwrap(), "{text}");
        }
    }
}
