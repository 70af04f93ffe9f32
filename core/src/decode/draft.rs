use std::borrow::Cow;

use crate::decode::value::Value;

/// An object under construction by a builder, which is then decoded like any other input.
///
/// So a builder checks nothing itself, and a record has one set of rules.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    fields: Vec<(Cow<'static, str>, Value<'static>)>,
}

impl Draft {
    /// Sets the value at a path of field names.
    pub(crate) fn set(&mut self, path: &[&'static str], value: Value<'_>) {
        if let Some(entry) = Self::entry(&mut self.fields, path) {
            *entry = value.into_owned();
        }
    }

    /// Appends a value to the array at a path of field names.
    pub(crate) fn push(&mut self, path: &[&'static str], value: Value<'_>) {
        let value = value.into_owned();
        match Self::entry(&mut self.fields, path) {
            Some(Value::Array(items)) => items.push(value),
            Some(entry) => *entry = Value::Array(vec![value]),
            None => {}
        }
    }

    /// Returns the object.
    pub(crate) fn into_value(self) -> Value<'static> {
        Value::Object(self.fields)
    }

    /// Returns the value at a path, created as an empty object if it is absent; `None` if a value on the way is no object.
    fn entry<'v>(
        fields: &'v mut Vec<(Cow<'static, str>, Value<'static>)>,
        path: &[&'static str],
    ) -> Option<&'v mut Value<'static>> {
        let (first, rest) = path.split_first()?;
        if !fields.iter().any(|(name, _)| name == first) {
            fields.push((Cow::Borrowed(*first), Value::Object(Vec::new())));
        }
        let (_, value) = fields.iter_mut().find(|(name, _)| name == first)?;
        if rest.is_empty() {
            return Some(value);
        }
        match value {
            Value::Object(fields) => Self::entry(fields, rest),
            _ => None,
        }
    }
}
