//! Columns of a mapping: headers, paths and numbers.
//!
//! A column is looked up by comparing names: in a table of 20 columns that is faster than hashing the name, since most names differ in
//! length or in their first bytes.

use std::{borrow::Cow, fmt};

use crate::decode::value::Value;

/// What separates the steps of a path.
const SEPARATOR: char = '.';
/// What makes a separator part of a name.
const ESCAPE: char = '\\';
/// What may mark a step that leads to a list. It is not needed: a path runs through lists anyway.
const LIST: &str = "[]";

/// A column of a mapping: the first of these that is not empty.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Columns(pub(crate) Vec<Column>);

/// A header, a path or a number.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Column {
    /// As written; a number in digits until it is [bound](Columns::bind).
    name: String,
    /// The number, from 1, of a column that is not bound to a header.
    number: Option<u32>,
    // INVARIANT: the steps of `name`, read as a path; empty if it has one step that is `name` itself.
    steps: Vec<String>,
}

impl Column {
    /// Creates a column from a header of a table, which is also a path such as `organization.name` or `phones[].number`.
    pub(crate) fn new(name: &str) -> Self {
        let steps = steps(name);
        let is_plain = matches!(steps.as_slice(), [only] if only == name);
        Self { name: name.to_owned(), number: None, steps: if is_plain { Vec::new() } else { steps } }
    }

    /// Creates a column from its number, from 1.
    pub(crate) fn from_number(number: u32) -> Self {
        Self { name: number.to_string(), number: Some(number), steps: Vec::new() }
    }

    /// Returns the header or the path as written, or the digits of the number.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Returns the values at the column, through lists. Text without a letter, null and empty lists are none.
    pub(crate) fn values<'v>(&self, record: &'v Value<'v>) -> Vec<&'v Value<'v>> {
        let mut values = Vec::new();
        // A header that contains dots takes precedence over its reading as a path.
        match (get(record, &self.name), self.steps.as_slice()) {
            (Some(value), _) => collect(value, &[], &mut values),
            (None, []) => {}
            (None, steps) => collect(record, steps, &mut values),
        }
        values
    }

    /// Returns `true` if a header or a dotted path names this column.
    pub(crate) fn is_named(&self, header: &str) -> bool {
        let is_escaped = matches!(self.steps.as_slice(), [only] if only == header);
        self.name == header || is_escaped || (!self.steps.is_empty() && self.steps == steps(header))
    }
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl Columns {
    /// Creates a single column from its header or path.
    pub(crate) fn from_name(name: &str) -> Self {
        Self(vec![Column::new(name)])
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Column> {
        self.0.iter()
    }

    /// Returns the values of a record at the first column that has any, through lists, and that column. A scalar is one value;
    /// blank text and null are none.
    pub(crate) fn values<'v>(&self, record: &'v Value<'v>) -> Option<(&Column, Vec<&'v Value<'v>>)> {
        self.0.iter().find_map(|column| {
            let values = column.values(record);
            (!values.is_empty()).then_some((column, values))
        })
    }

    /// Returns the text of the first scalar, and its column.
    pub(crate) fn text<'v>(&self, record: &'v Value<'v>) -> Option<(&Column, Cow<'v, str>)> {
        let (column, values) = self.values(record)?;
        values.into_iter().find_map(text_of).map(|text| (column, text))
    }

    /// Returns `true` if a header or a dotted path names one of the columns.
    pub(crate) fn are_named(&self, header: &str) -> bool {
        self.0.iter().any(|column| column.is_named(header))
    }

    /// Replaces numbers by the headers of a table. A number above that of its columns stays, and has no values.
    pub(crate) fn bind(&mut self, headers: &[String]) {
        for column in &mut self.0 {
            let index = column.number.and_then(|number| usize::try_from(number).ok()?.checked_sub(1));
            if let Some(header) = index.and_then(|index| headers.get(index)) {
                // A header is a whole key here, not a path.
                *column = Column { name: header.clone(), number: None, steps: Vec::new() };
            }
        }
    }
}

impl fmt::Display for Columns {
    /// The names, separated by commas.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, column) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(", ")?;
            }
            column.fmt(f)?;
        }
        Ok(())
    }
}

/// Returns the steps of a path, without `[]` and escapes.
fn steps(path: &str) -> Vec<String> {
    let (mut steps, mut step, mut letters) = (Vec::new(), String::new(), path.chars().peekable());
    while let Some(letter) = letters.next() {
        match letter {
            ESCAPE if letters.next_if_eq(&SEPARATOR).is_some() => step.push(SEPARATOR),
            SEPARATOR => steps.push(std::mem::take(&mut step)),
            _ => step.push(letter),
        }
    }
    steps.push(step);
    for step in &mut steps {
        if let Some(name) = step.strip_suffix(LIST).filter(|name| !name.is_empty()) {
            *step = name.to_owned();
        }
    }
    steps
}

fn get<'v>(object: &'v Value<'v>, key: &str) -> Option<&'v Value<'v>> {
    match object {
        Value::Object(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, value)| value),
        _ => None,
    }
}

/// Collects what is at a path. The recursion is as deep as the data, whose depth the reader limits.
fn collect<'v>(value: &'v Value<'v>, steps: &[String], values: &mut Vec<&'v Value<'v>>) {
    match (value, steps.split_first()) {
        (Value::Array(items), _) => items.iter().for_each(|item| collect(item, steps, values)),
        (Value::Object(_), Some((step, rest))) => {
            if let Some(inner) = get(value, step) {
                collect(inner, rest, values);
            }
        }
        (_, Some(_)) => {}
        (value, None) => {
            let is_blank = match value {
                Value::String(text) => text.trim().is_empty(),
                value => value.is_absent(),
            };
            if !is_blank {
                values.push(value);
            }
        }
    }
}

/// Returns the text of a scalar: that of a whole float without `.0`, `true` and `false`; `None` for null, a list or an object.
pub(crate) fn text_of<'v>(value: &'v Value<'v>) -> Option<Cow<'v, str>> {
    match value {
        Value::String(text) => Some(Cow::Borrowed(text)),
        Value::Int(number) => Some(Cow::Owned(number.to_string())),
        Value::Float(number) => Some(Cow::Owned(number.to_string())),
        Value::Bool(flag) => Some(Cow::Borrowed(if *flag { "true" } else { "false" })),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Column, Columns, text_of};
    use crate::decode::value::Value;

    const RECORD: &str = r#"{
        "Nr.": 17, "a.b": "whole key", "a": {"b": "path", "c.d": "escaped"},
        "phones": [{"number": "1"}, {"number": null}, {"number": ["2", "3"]}, "text"],
        "empty": "", "blank": " \u00a0", "none": [], "flag": false, "float": 2.0
    }"#;

    fn values(columns: &[&str]) -> Option<(String, Vec<String>)> {
        let record = Value::from_json(RECORD).unwrap();
        let columns = Columns(columns.iter().map(|name| Column::new(name)).collect());
        let (column, values) = columns.values(&record)?;
        let texts = values.into_iter().filter_map(text_of).map(|text| text.into_owned());
        Some((column.name().to_owned(), texts.collect()))
    }

    fn texts(column: &str) -> Vec<String> {
        values(&[column]).map(|(_, texts)| texts).unwrap_or_default()
    }

    #[test]
    fn a_column_is_a_header_or_a_path_through_lists() {
        assert_eq!(texts("Nr."), ["17"]);
        assert_eq!(texts("a.b"), ["whole key"]);
        assert_eq!(texts(r"a.c\.d"), ["escaped"]);
        assert_eq!(texts(r"a\.b"), ["whole key"]);
        assert_eq!(texts("phones[].number"), ["1", "2", "3"]);
        assert_eq!(texts("phones.number"), ["1", "2", "3"]);
        assert_eq!(texts("flag"), ["false"]);
        assert_eq!(texts("float"), ["2"]);
        for nothing in ["empty", "blank", "none", "a.b.c", "flag.x", "", ".", "[]", "phones[].fax", r"\"] {
            assert_eq!(texts(nothing), <[&str; 0]>::default(), "{nothing}");
        }
    }

    #[test]
    fn the_first_column_that_is_not_empty_counts() {
        assert_eq!(values(&["empty", "missing", "phones.number", "Nr."]).unwrap().0, "phones.number");
        assert_eq!(values(&["empty", "blank"]), None);
    }

    #[test]
    fn a_path_may_lead_to_objects() {
        let record = Value::from_json(RECORD).unwrap();
        let (_, values) = Columns::from_name("phones[]").values(&record).unwrap();
        assert_eq!(values.len(), 4);
        assert_eq!(Columns::from_name("a").text(&record), None);
    }

    #[test]
    fn a_number_is_bound_to_a_header() {
        let record = Value::from_json(RECORD).unwrap();
        let mut columns = Columns(vec![Column::from_number(3), Column::from_number(2), Column::from_number(0)]);
        assert!(columns.values(&record).is_none());
        columns.bind(&["x".into(), "a.b".into()]);
        assert_eq!(columns.to_string(), "3, a.b, 0");
        assert_eq!(columns.text(&record).unwrap().1, "whole key");
        assert!(columns.are_named("a.b") && !columns.are_named("x"));
    }

    #[test]
    fn a_path_is_named_with_or_without_brackets() {
        let column = Column::new("phones[].number");
        assert!(column.is_named("phones.number") && column.is_named("phones[].number"));
        assert!(Column::new(r"ages\.min").is_named("ages.min") && !Column::new(r"ages\.min").is_named("min"));
        assert!(!column.is_named("phones") && !Column::new("Nr").is_named("Nr."));
    }
}
