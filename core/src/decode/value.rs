use std::{borrow::Cow, fmt};

use serde::{
    de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor},
    ser::{Serialize, Serializer},
};

use crate::error::{Error, ErrorDetail, ErrorKind, message};

/// JSON-like data that is not validated yet.
///
/// Records are decoded from such a value, not by derived code, which stops at the first error, repeats values in its messages and
/// silently takes the last of two equal keys. A value borrows text from its source and keeps duplicate keys. `Debug` hides all
/// values, since they may be those of a need.
///
/// # Example: a need from another format
///
/// ```
/// use lotse::{Need, wire::Value};
/// let data = Value::Object(vec![("id".into(), "n-1".into()), ("age".into(), Value::Int(34))]);
/// assert_eq!(Need::from_value(&data)?, Need::builder("n-1").age(34).build()?);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, PartialEq)]
pub enum Value<'a> {
    /// Null. A field that is null is absent.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number. One that is not finite is out of range in every field.
    Float(f64),
    /// A string.
    String(Cow<'a, str>),
    /// An array.
    Array(Vec<Value<'a>>),
    /// Keys and values in their order. A duplicate key is an error when the object is decoded.
    Object(Vec<(Cow<'a, str>, Value<'a>)>),
}

/// The capacity of an object when its first field is added. Most objects have fewer fields. In WebAssembly a larger capacity
/// would exceed the small size classes of the allocator, which are faster.
const INITIAL_FIELDS: usize = 6;

impl<'a> Value<'a> {
    /// Parses JSON text.
    ///
    /// # Errors
    ///
    /// `json.syntax`, with line and column, but no part of the text.
    ///
    /// # Example: an object
    ///
    /// ```
    /// use lotse::wire::Value;
    /// assert_eq!(Value::from_json(r#"{"age": 34}"#)?, Value::Object(vec![("age".into(), Value::Int(34))]));
    /// assert_eq!(Value::from_json(r#"{"age": }"#).unwrap_err().message(), "not JSON at line 1, column 9");
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn from_json(text: &'a str) -> Result<Self, Error> {
        serde_json::from_str(text).map_err(|error| syntax_error(&error))
    }

    /// Parses a file of records to an array.
    ///
    /// The file is a JSON array, an object such as `{"needs": […]}` whose only field has this name, or a sequence of JSON objects
    /// (NDJSON). A byte order mark is skipped.
    ///
    /// # Errors
    ///
    /// `json.syntax`, with line and column, but no part of the text; `request.type` if the object with the list has further fields.
    ///
    /// # Example: one need per line
    ///
    /// ```
    /// use lotse::wire::Value;
    /// let lines = Value::parse_records("{\"id\": \"n-1\"}\n{\"id\": \"n-2\"}\n", "needs")?;
    /// assert_eq!(lines, Value::from_json(r#"[{"id": "n-1"}, {"id": "n-2"}]"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn parse_records(text: &'a str, name: &str) -> Result<Self, Error> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let values = serde_json::Deserializer::from_str(text).into_iter::<Self>();
        let mut values = values.collect::<Result<Vec<Self>, _>>().map_err(|error| syntax_error(&error))?;
        match values.as_mut_slice() {
            [Self::Array(items)] => return Ok(Self::Array(std::mem::take(items))),
            [Self::Object(entries)] if entries.iter().any(|(field, _)| field == name) => {
                let [(_, Self::Array(items))] = entries.as_mut_slice() else {
                    let message = message!("type.one_list").with(&[("name", &name)]);
                    return Err(Error::new(ErrorDetail::new(ErrorKind::Shape, "request.type", message)));
                };
                return Ok(Self::Array(std::mem::take(items)));
            }
            _ => {}
        }
        Ok(Self::Array(values))
    }

    /// Returns the same data without borrowed text.
    ///
    /// # Example: longer than its source
    ///
    /// ```
    /// use lotse::wire::Value;
    /// let value = {
    ///     let text = String::from(r#"["de"]"#);
    ///     Value::from_json(&text)?.into_owned()
    /// };
    /// assert_eq!(value, Value::Array(vec!["de".into()]));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn into_owned(self) -> Value<'static> {
        let owned = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(value),
            Self::Int(number) => Value::Int(number),
            Self::Float(number) => Value::Float(number),
            Self::String(text) => Value::String(owned(text)),
            Self::Array(items) => Value::Array(items.into_iter().map(Value::into_owned).collect()),
            Self::Object(fields) => {
                Value::Object(fields.into_iter().map(|(name, value)| (owned(name), value.into_owned())).collect())
            }
        }
    }

    /// Returns `true` for null and for an empty string, array or object: such a field counts as absent.
    pub(crate) fn is_absent(&self) -> bool {
        match self {
            Self::Null => true,
            Self::String(text) => text.is_empty(),
            Self::Array(items) => items.is_empty(),
            Self::Object(entries) => entries.is_empty(),
            Self::Bool(_) | Self::Int(_) | Self::Float(_) => false,
        }
    }
}

fn syntax_error(error: &serde_json::Error) -> Error {
    let (line, column) = (error.line(), error.column());
    let position: &[(&str, &dyn fmt::Display)] = &[("line", &line), ("column", &column)];
    let message = match (error.is_eof(), error.line()) {
        (true, 0) => message!("json.ends").into(),
        (true, _) => message!("json.ends_at").with(position),
        (false, 0) => message!("json.not_json").into(),
        (false, _) => message!("json.not_json_at").with(position),
    };
    Error::new(ErrorDetail::new(ErrorKind::Syntax, "json.syntax", message))
}

impl fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Null => "Null",
            Self::Bool(_) => "Bool(..)",
            Self::Int(_) => "Int(..)",
            Self::Float(_) => "Float(..)",
            Self::String(_) => "String(..)",
            Self::Array(_) => "Array(..)",
            Self::Object(_) => "Object(..)",
        })
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::String(Cow::Borrowed(text))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::String(Cow::Owned(text))
    }
}

impl From<u64> for Value<'_> {
    fn from(number: u64) -> Self {
        // No field accepts a number above the largest `i64`.
        i64::try_from(number).map_or(Self::Float(f64::MAX), Self::Int)
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(flag) => serializer.serialize_bool(*flag),
            Self::Int(number) => serializer.serialize_i64(*number),
            Self::Float(number) => serializer.serialize_f64(*number),
            Self::String(text) => serializer.serialize_str(text),
            Self::Array(items) => serializer.collect_seq(items),
            Self::Object(fields) => serializer.collect_map(fields.iter().map(|(name, value)| (name, value))),
        }
    }
}

impl<'de> Deserialize<'de> for Value<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("data")
    }

    fn visit_unit<E>(self) -> Result<Value<'de>, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value<'de>, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value<'de>, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value<'de>, E> {
        Ok(Value::Int(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value<'de>, E> {
        Ok(Value::from(number))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value<'de>, E> {
        Ok(Value::Float(number))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Value<'de>, E> {
        Ok(Value::from(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value<'de>, E> {
        Ok(Value::from(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value<'de>, E> {
        Ok(Value::from(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value<'de>, A::Error> {
        let mut array = Vec::new();
        while let Some(item) = items.next_element()? {
            array.push(item);
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value<'de>, A::Error> {
        let mut object = Vec::new();
        while let Some(Key(key)) = entries.next_key()? {
            if object.is_empty() {
                object.reserve(INITIAL_FIELDS);
            }
            object.push((key, entries.next_value()?));
        }
        Ok(Value::Object(object))
    }
}

/// The key of a field. A key that is not a string is an error of the data format.
struct Key<'v>(Cow<'v, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(KeyVisitor)
    }
}

struct KeyVisitor;

impl<'de> Visitor<'de> for KeyVisitor {
    type Value = Key<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Owned(text.to_owned())))
    }
}

#[cfg(test)]
mod tests {
    use super::Value;

    #[test]
    fn duplicate_keys_are_kept() {
        let Value::Object(entries) = Value::from_json(r#"{"a": 1, "a": 2}"#).unwrap() else { panic!("not an object") };
        assert_eq!(entries.len(), 2);
    }

    #[test]
    fn a_syntax_error_has_the_position_and_no_value() {
        let error = Value::from_json("{\"age\": secret}").unwrap_err();
        assert_eq!(error.code(), "json.syntax");
        assert_eq!(error.message(), "not JSON at line 1, column 9");
        assert_eq!(Value::from_json("[1,").unwrap_err().message(), "the text ends too early, at line 1, column 3");
    }

    #[test]
    fn deep_nesting_is_an_error() {
        assert_eq!(Value::from_json(&"[".repeat(1_000_000)).unwrap_err().code(), "json.syntax");
    }
}
