//! The mapping that reads an exported table.

use std::borrow::Cow;

use crate::{decode::value::Value, import::export::options::ExportOptions};

/// Returns the mapping file of a table with these columns.
pub(super) fn of(list: &'static str, columns: &[String], options: &ExportOptions) -> Value<'static> {
    let mut file = vec![
        ("lotse_mapping", Value::Int(1)),
        ("records", list.into()),
        ("name", format!("{list}.csv of lotse").into()),
        // Encoding and delimiter are recognized, because a spreadsheet may have saved the table in its own.
        ("source", object([("header", Value::Int(1)), ("guard", Value::Bool(true))])),
        // A name may be a dash.
        ("null", Value::Array(Vec::new())),
        ("id", "id".into()),
    ];
    if !options.licence.is_empty() {
        file.push(("licence", Value::Array(options.licence.iter().map(|text| text.clone().into()).collect())));
    }
    let is_offers = list == "offers";
    file.push(("fields", if is_offers { offer_fields() } else { need_fields() }));
    if !is_offers {
        let unread = columns.iter().filter(|column| column.starts_with("place.") || column.starts_with("rules."));
        let unread: Vec<Value<'static>> = unread.map(|column| escaped(column)).collect();
        if !unread.is_empty() {
            file.push(("never", Value::Array(unread)));
        }
    }
    object(file)
}

fn offer_fields() -> Value<'static> {
    object([
        ("name", text("name")),
        ("organisation", text("organisation")),
        ("help", codes("help")),
        ("languages", codes("languages")),
        ("area", codes("area")),
        (
            "place",
            object([
                ("region", code("place.region")),
                ("lat", number("place.lat")),
                ("lon", number("place.lon")),
                // Many offers may have one address.
                ("not_shared_by", Value::Int(1_000_000_000)),
            ]),
        ),
        ("crimes", codes("crimes")),
        (
            "capacity",
            object([
                ("state", code("capacity.state")),
                ("free", number("capacity.free")),
                ("total", number("capacity.total")),
                ("updated", escaped("capacity.updated")),
            ]),
        ),
        ("roles", codes("roles")),
        ("genders", codes("genders")),
        (
            "ages",
            object([
                ("min", escaped("ages.min")),
                ("max", escaped("ages.max")),
                // A limit of 99 is one.
                ("no_limit", Value::Array(Vec::new())),
            ]),
        ),
        ("formats", codes("formats")),
        ("access", codes("access")),
        ("no_access", codes("no_access")),
        (
            "contact",
            object([("phone", text("contact.phone")), ("email", text("contact.email")), ("url", text("contact.url"))]),
        ),
    ])
}

fn need_fields() -> Value<'static> {
    object([
        ("case", escaped("case")),
        ("group", escaped("group")),
        ("people", number("people")),
        ("priority", code("priority")),
        ("help", code("help")),
        ("languages", codes("languages")),
        ("region", code("region")),
        ("crime", code("crime")),
        ("roles", codes("roles")),
        ("gender", code("gender")),
        ("age", number("age")),
        ("formats", codes("formats")),
        ("access", codes("access")),
    ])
}

/// Returns a column name in which a dot is no path.
fn escaped(column: &str) -> Value<'static> {
    column.replace('.', "\\.").into()
}

/// Returns the rule of a column of lists of codes, which may have modes, levels and contexts.
fn codes(column: &str) -> Value<'static> {
    object([("column", escaped(column)), ("as", "code".into()), ("split", ";".into())])
}

fn code(column: &str) -> Value<'static> {
    object([("column", escaped(column)), ("as", "code".into()), ("split", "none".into())])
}

fn text(column: &str) -> Value<'static> {
    object([("column", escaped(column)), ("as", "text".into())])
}

fn number(column: &str) -> Value<'static> {
    object([("column", escaped(column)), ("as", "number".into())])
}

fn object(fields: impl IntoIterator<Item = (&'static str, Value<'static>)>) -> Value<'static> {
    Value::Object(fields.into_iter().map(|(name, value)| (Cow::from(name), value)).collect())
}
