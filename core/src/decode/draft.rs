use std::borrow::Cow;

use crate::decode::value::Value;

/// A record in the making: builders write the tree that is then read as if it had come in.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    fields: Vec<(Cow<'static, str>, Value<'static>)>,
}

impl Draft {
    /// Puts a value at a path of field names.
    pub(crate) fn set(&mut self, path: &[&'static str], value: Value<'_>) {
        if let Some(place) = Self::entry_mut(&mut self.fields, path) {
            *place = value.into_owned();
        }
    }

    /// Puts a value at the end of the list at a path.
    pub(crate) fn push(&mut self, path: &[&'static str], value: Value<'_>) {
        let value = value.into_owned();
        match Self::entry_mut(&mut self.fields, path) {
            Some(Value::Array(items)) => items.push(value),
            Some(place) => *place = Value::Array(vec![value]),
            None => {}
        }
    }

    pub(crate) fn into_value(self) -> Value<'static> {
        Value::Object(self.fields)
    }

    fn entry_mut<'t>(
        fields: &'t mut Vec<(Cow<'static, str>, Value<'static>)>,
        path: &[&'static str],
    ) -> Option<&'t mut Value<'static>> {
        let (first, rest) = path.split_first()?;
        if !fields.iter().any(|(name, _)| name == first) {
            fields.push((Cow::Borrowed(*first), Value::Object(Vec::new())));
        }
        let (_, place) = fields.iter_mut().find(|(name, _)| name == first)?;
        if rest.is_empty() {
            return Some(place);
        }
        match place {
            Value::Object(fields) => Self::entry_mut(fields, rest),
            _ => None,
        }
    }
}
