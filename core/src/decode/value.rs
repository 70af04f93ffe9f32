use std::{borrow::Cow, fmt};

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::error::{Error, ErrorDetail, ErrorKind};

/// Data as it came in, before anyone asked whether it is right: what JSON has, from JSON or from anything like it.
///
/// Records are read from this tree and not by derived code, because that stops at the first problem, repeats values in its
/// messages, and takes the last of two equal keys without a word. Text may be borrowed from where it came from. `Debug` shows no
/// values, since needs may be among them.
///
/// # Example: a need from data of another format
///
/// ```
/// use lotse::{Need, wire::Value};
/// let data = Value::Object(vec![("id".into(), "n-1".into()), ("age".into(), Value::Int(34))]);
/// assert_eq!(Need::from_value(&data)?, Need::builder("n-1").age(34).build()?);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, PartialEq)]
pub enum Value<'a> {
    /// Nothing; a field that is null is absent.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number. One that is not finite fits nowhere.
    Float(f64),
    /// Text.
    String(Cow<'a, str>),
    /// A list.
    Array(Vec<Value<'a>>),
    /// Names and values, in their order; a name that stands twice is an error wherever it is read.
    Object(Vec<(Cow<'a, str>, Value<'a>)>),
}

/// Room for so many fields at once instead of in steps: most objects have fewer, and in a browser more would be no small piece
/// of memory any more, which takes longer to get and to give back.
const FIELDS: usize = 6;

impl<'a> Value<'a> {
    /// Reads JSON text.
    ///
    /// # Errors
    ///
    /// `json.syntax`, with line and column and nothing of the text.
    pub fn from_json(text: &'a str) -> Result<Self, Error> {
        serde_json::from_str(text).map_err(|error| not_json(&error))
    }

    /// Reads a file of records: a JSON list, an object such as `{"needs": […]}` with only this field, or one JSON object after
    /// another (NDJSON). A byte order mark is left out.
    ///
    /// # Errors
    ///
    /// `json.syntax`, with line and column and nothing of the text.
    ///
    /// # Example: a line for each need
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
        let mut values = values.collect::<Result<Vec<Self>, _>>().map_err(|error| not_json(&error))?;
        match values.as_mut_slice() {
            [Self::Array(list)] => return Ok(Self::Array(std::mem::take(list))),
            [Self::Object(entries)] => {
                if let [(field, Self::Array(list))] = entries.as_mut_slice() {
                    if field == name {
                        return Ok(Self::Array(std::mem::take(list)));
                    }
                }
            }
            _ => {}
        }
        Ok(Self::Array(values))
    }

    /// The same data, borrowed from nowhere.
    pub fn into_owned(self) -> Value<'static> {
        let owned = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        match self {
            Self::Null => Value::Null,
            Self::Bool(truth) => Value::Bool(truth),
            Self::Int(number) => Value::Int(number),
            Self::Float(number) => Value::Float(number),
            Self::String(text) => Value::String(owned(text)),
            Self::Array(items) => Value::Array(items.into_iter().map(Value::into_owned).collect()),
            Self::Object(fields) => {
                Value::Object(fields.into_iter().map(|(name, value)| (owned(name), value.into_owned())).collect())
            }
        }
    }

    /// Empty and null fields count as absent.
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

fn not_json(error: &serde_json::Error) -> Error {
    let message = if error.is_eof() {
        "the text ends too early".to_owned()
    } else if error.line() == 0 {
        "not JSON".to_owned()
    } else {
        format!("not JSON at line {}, column {}", error.line(), error.column())
    };
    Error::new(ErrorDetail {
        kind: ErrorKind::Syntax,
        code: "json.syntax".into(),
        path: String::new(),
        message: message.into(),
        hint: None,
    })
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
        // Above the largest whole number of the tree no field takes a number anyway.
        i64::try_from(number).map_or(Self::Float(f64::MAX), Self::Int)
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
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value<'de>, A::Error> {
        let mut map = Vec::new();
        while let Some(Key(key)) = entries.next_key()? {
            if map.is_empty() {
                map.reserve(FIELDS);
            }
            map.push((key, entries.next_value()?));
        }
        Ok(Value::Object(map))
    }
}

/// The name of a field; anything but text is an error of the format.
struct Key<'t>(Cow<'t, str>);

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
    fn equal_keys_are_kept_so_that_they_can_be_refused() {
        let Value::Object(entries) = Value::from_json(r#"{"a": 1, "a": 2}"#).unwrap() else { panic!("a map") };
        assert_eq!(entries.len(), 2);
    }

    #[test]
    fn an_error_tells_the_place_and_nothing_else() {
        let error = Value::from_json("{\"age\": secret}").unwrap_err();
        assert_eq!(error.code(), "json.syntax");
        assert_eq!(error.message(), "not JSON at line 1, column 9");
        assert_eq!(Value::from_json("[1,").unwrap_err().message(), "the text ends too early");
    }

    #[test]
    fn a_tower_of_brackets_is_refused() {
        assert_eq!(Value::from_json(&"[".repeat(1_000_000)).unwrap_err().code(), "json.syntax");
    }
}
