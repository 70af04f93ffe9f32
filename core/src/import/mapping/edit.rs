//! Changes to a mapping file as it is written: a column that becomes the source of a field.

use std::borrow::Cow;

use crate::{
    decode::value::Value,
    import::{mapping::amend::is_rule, record_kind::RecordKind},
};

type Entries = Vec<(Cow<'static, str>, Value<'static>)>;

/// Fields with several values, whose rules add to each other. Of the others, a further rule applies only if those before gave nothing.
const LISTS: [&str; 10] =
    ["help", "languages", "area", "crimes", "roles", "genders", "formats", "access", "no_access", "ages"];

/// How the cells of a column are read, if not by the way of the field.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum ColumnReading {
    Default,
    /// As `code`, `born`, …
    As(&'static str),
}

/// Returns the object at a key, created if it is absent; `None` if it is something else.
pub(crate) fn object_at<'e>(entries: &'e mut Entries, key: &str) -> Option<&'e mut Entries> {
    if !entries.iter().any(|(other, _)| other == key) {
        entries.push((Cow::Owned(key.to_owned()), Value::Object(Vec::new())));
    }
    match entries.iter_mut().find(|(other, _)| other == key) {
        Some((_, Value::Object(inner))) => Some(inner),
        _ => None,
    }
}

/// Appends a value to the list at a key, unless it is there.
pub(crate) fn append_at(entries: &mut Entries, key: &str, value: Value<'static>) {
    match entries.iter_mut().find(|(other, _)| other == key) {
        Some((_, Value::Array(items))) if items.contains(&value) => {}
        Some((_, Value::Array(items))) => items.push(value),
        Some((_, old)) => *old = Value::Array(vec![std::mem::replace(old, Value::Null), value]),
        None => entries.push((Cow::Owned(key.to_owned()), Value::Array(vec![value]))),
    }
}

/// Adds a rule that reads a column to a field, such as `place.town`, `access.wheelchair` or `languages.de`. Returns `false` if the
/// field is read in a way to which the rule cannot be added.
pub(crate) fn read_column(
    mapping: &mut Entries,
    records: RecordKind,
    field: &str,
    column: &str,
    reading: ColumnReading,
) -> bool {
    let Some(fields) = object_at(mapping, "fields") else { return false };
    let rule = match reading {
        ColumnReading::Default => Value::from(column.to_owned()),
        ColumnReading::As(reading) => object([("column", column.to_owned()), ("as", reading.to_owned())]),
    };
    match (records, field.split_once('.')) {
        (_, Some((whole @ ("access" | "no_access"), tag))) => mark(fields, whole, column, tag),
        (_, Some(("languages", tag))) => {
            add_rule(fields, "languages", object([("column", column.to_owned()), ("language", tag.to_owned())]));
        }
        (_, Some((group, part))) => return add_part(fields, group, part, rule),
        (RecordKind::Needs, None) if field == "region" => return add_part(fields, "region", "region", rule),
        (_, None) if fields.iter().any(|(key, value)| key == field && !is_rule(value)) => return false,
        (_, None) => add_rule(fields, field, rule),
    }
    true
}

/// Adds a rule to a part of a field; a region that has one rule becomes an object.
fn add_part(fields: &mut Entries, group: &str, part: &str, rule: Value<'static>) -> bool {
    let existing = fields.iter_mut().find(|(key, _)| key == group);
    match existing.map(|(_, value)| value) {
        None if part == group => add_rule(fields, group, rule),
        Some(value) if is_rule(value) && matches!(group, "region" | "ages") => {
            if part == group {
                add_rule(fields, group, rule);
            } else if group == "region" {
                let old = std::mem::replace(value, Value::Null);
                *value = Value::Object(vec![(Cow::Owned(group.to_owned()), old), (Cow::Owned(part.to_owned()), rule)]);
            } else {
                return false;
            }
        }
        _ => match object_at(fields, group) {
            Some(parts) => add_rule(parts, part, rule),
            None => return false,
        },
    }
    true
}

/// Adds a rule to those of a field.
fn add_rule(entries: &mut Entries, field: &str, rule: Value<'static>) {
    let is_list = LISTS.contains(&field);
    match entries.iter_mut().find(|(key, _)| key == field) {
        None => entries.push((Cow::Owned(field.to_owned()), rule)),
        Some((_, old)) => {
            let rule = if is_list { rule } else { when_empty(rule) };
            match old {
                Value::Array(rules) => rules.push(rule),
                old => *old = Value::Array(vec![std::mem::replace(old, Value::Null), rule]),
            }
        }
    }
}

/// Adds a column of marks to the rule of a field that has such columns.
fn mark(fields: &mut Entries, field: &str, column: &str, tag: &str) {
    let mark = (Cow::Owned(column.to_owned()), Value::from(tag.to_owned()));
    let rules = fields.iter_mut().filter(|(key, _)| key == field).flat_map(|(_, value)| match value {
        Value::Array(rules) => rules.as_mut_slice(),
        rule => std::slice::from_mut(rule),
    });
    for rule in rules {
        if let Value::Object(entries) = rule {
            if let Some((_, Value::Object(columns))) = entries.iter_mut().find(|(key, _)| key == "columns") {
                columns.push(mark);
                return;
            }
        }
    }
    add_rule(fields, field, Value::Object(vec![(Cow::Borrowed("columns"), Value::Object(vec![mark]))]));
}

fn when_empty(rule: Value<'static>) -> Value<'static> {
    let mut entries = match rule {
        Value::Object(entries) => entries,
        column => vec![(Cow::Borrowed("column"), column)],
    };
    entries.push((Cow::Borrowed("when_empty"), Value::Bool(true)));
    Value::Object(entries)
}

fn object<const N: usize>(entries: [(&'static str, String); N]) -> Value<'static> {
    Value::Object(entries.map(|(key, text)| (Cow::Borrowed(key), Value::from(text))).to_vec())
}
