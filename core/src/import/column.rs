//! Columns of a mapping: headers, paths and numbers.

use std::borrow::Cow;

use crate::decode::value::Value;

/// A column of a mapping: the first of these that is not empty.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Columns(pub(crate) Vec<Column>);

/// A header, a path or a number.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Column {
    /// A header of a table, which is also a path such as `organization.name` or `phones[].number`.
    Name(String),
    /// The number of a column, from 1.
    Number(u32),
}

impl Columns {
    /// Returns the values of a record at the first column that has any, through lists, and that column. A scalar is one value;
    /// empty text and null are none.
    pub(crate) fn values<'v>(&self, _record: &'v Value<'v>) -> Option<(&Column, Vec<&'v Value<'v>>)> {
        None // the author of this file writes it
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
