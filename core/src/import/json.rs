//! JSON and NDJSON as a list of objects, of which one at a time is held.

use std::{borrow::Cow, fmt};

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
    value::MapAccessDeserializer,
};

use crate::{
    decode::value::Value,
    error::{Error, ErrorKind, message},
    import::fault::{self, MAX_RECORDS, Place},
};

/// The largest depth of JSON, which is that of the parser.
const MAX_DEPTH: u32 = 128;

/// Where the objects of a text are.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Shape {
    /// Each value of the text is a record: one, or one in each line.
    Values,
    /// The text is a list.
    List,
    /// A list in this field of the text's only object.
    Field(String),
}

/// The outermost level of the first value of a text.
#[derive(Debug)]
pub(super) struct Outline<'t> {
    pub(super) root: Root<'t>,
    /// Whether further values come after it.
    pub(super) is_stream: bool,
}

#[derive(Debug)]
pub(super) enum Root<'t> {
    /// A list, with its first item.
    List(Option<Value<'t>>),
    Object(Vec<(Cow<'t, str>, Member<'t>)>),
    Scalar,
}

/// A field of the outermost object.
#[derive(Debug)]
pub(super) enum Member<'t> {
    /// A list, with its first item.
    List(Option<Value<'t>>),
    Value(Value<'t>),
}

impl<'t> Outline<'t> {
    /// Parses the outline of a text; of each list, the first item is kept.
    ///
    /// # Errors
    ///
    /// `json.syntax` with line and column, or `import.limit` for JSON that is nested too deep.
    pub(super) fn parse(text: &'t str, file: &str) -> Result<Self, Error> {
        let mut values = serde_json::Deserializer::from_str(text).into_iter::<Root<'t>>();
        let root = match values.next() {
            Some(root) => root.map_err(|error| syntax_error(&error, file))?,
            None => Root::Scalar,
        };
        let rest = text.get(values.byte_offset()..).unwrap_or_default();
        Ok(Self { root, is_stream: !rest.trim().is_empty() })
    }
}

/// Calls `each` with the objects of a text and their positions in the list.
///
/// # Errors
///
/// `json.syntax` with line and column; `import.limit`; or an error of `each`.
pub(super) fn for_each<'t>(
    text: &'t str,
    shape: &Shape,
    file: &str,
    each: &mut dyn FnMut(u32, Value<'t>) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut sink = Sink { each, count: 0, file, error: None };
    let result = if *shape == Shape::Values {
        let mut values = serde_json::Deserializer::from_str(text).into_iter::<Value<'t>>();
        values.try_for_each(|value| sink.push(value?).map_err(serde_json::Error::custom))
    } else {
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let field = if let Shape::Field(field) = shape { Some(field.as_str()) } else { None };
        Walk { field, sink: &mut sink }.deserialize(&mut deserializer).and_then(|()| deserializer.end())
    };
    match (sink.error, result) {
        (Some(error), _) => Err(error),
        (None, Err(error)) => Err(syntax_error(&error, file)),
        (None, Ok(())) => Ok(()),
    }
}

/// Where objects are sent, and the error that stopped it: serde cannot carry it.
struct Sink<'s, 't> {
    each: &'s mut dyn FnMut(u32, Value<'t>) -> Result<(), Error>,
    count: u32,
    file: &'s str,
    error: Option<Error>,
}

impl<'t> Sink<'_, 't> {
    fn push(&mut self, value: Value<'t>) -> Result<(), Stopped> {
        let index = self.count;
        self.count = self.count.saturating_add(1);
        let place = Place::Item(self.file, index);
        let result = match value {
            Value::Null => Ok(()),
            Value::Object(_) if u64::from(index) >= MAX_RECORDS => Err(fault::too_many_records(&place)),
            Value::Object(_) => (self.each)(index, value),
            _ => {
                let error =
                    fault::at(&place, (ErrorKind::Shape, "import.format.unknown"), message!("import.format.no_object"));
                Err(Error::new(error.with_hint(message!("import.format.no_object.hint"))))
            }
        };
        result.map_err(|error| {
            self.error = Some(error);
            Stopped
        })
    }
}

/// The error is in the [`Sink`].
struct Stopped;

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("stopped")
    }
}

/// Visits the list of a text, or that in a field of its object.
struct Walk<'w, 's, 't> {
    field: Option<&'w str>,
    sink: &'w mut Sink<'s, 't>,
}

impl<'t> DeserializeSeed<'t> for Walk<'_, '_, 't> {
    type Value = ();

    fn deserialize<D: Deserializer<'t>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'t> Visitor<'t> for Walk<'_, '_, 't> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'t>>(self, mut items: A) -> Result<(), A::Error> {
        while let Some(item) = items.next_element()? {
            self.sink.push(item).map_err(A::Error::custom)?;
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'t>>(self, mut entries: A) -> Result<(), A::Error> {
        while let Some(key) = entries.next_key::<Cow<'t, str>>()? {
            if self.field == Some(&*key) {
                entries.next_value_seed(Walk { field: None, sink: self.sink })?;
            } else {
                entries.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

impl<'de> Deserialize<'de> for Root<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RootVisitor)
    }
}

struct RootVisitor;

impl<'de> Visitor<'de> for RootVisitor {
    type Value = Root<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("data")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Root<'de>, A::Error> {
        first_of(items).map(Root::List)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Root<'de>, A::Error> {
        let mut members = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            members.push(entry);
        }
        Ok(Root::Object(members))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Root<'de>, E> {
        Ok(Root::Scalar)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Root<'de>, E> {
        Ok(Root::Scalar)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Root<'de>, E> {
        Ok(Root::Scalar)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Root<'de>, E> {
        Ok(Root::Scalar)
    }

    fn visit_str<E>(self, _: &str) -> Result<Root<'de>, E> {
        Ok(Root::Scalar)
    }

    fn visit_unit<E>(self) -> Result<Root<'de>, E> {
        Ok(Root::Scalar)
    }
}

impl<'de> Deserialize<'de> for Member<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(MemberVisitor)
    }
}

struct MemberVisitor;

impl<'de> Visitor<'de> for MemberVisitor {
    type Value = Member<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("data")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Member<'de>, A::Error> {
        first_of(items).map(Member::List)
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Member<'de>, A::Error> {
        Value::deserialize(MapAccessDeserializer::new(entries)).map(Member::Value)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Member<'de>, E> {
        Ok(Member::Value(Value::Bool(flag)))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Member<'de>, E> {
        Ok(Member::Value(Value::Int(number)))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Member<'de>, E> {
        Ok(Member::Value(Value::from(number)))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Member<'de>, E> {
        Ok(Member::Value(Value::Float(number)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Member<'de>, E> {
        Ok(Member::Value(Value::from(text.to_owned())))
    }

    fn visit_unit<E>(self) -> Result<Member<'de>, E> {
        Ok(Member::Value(Value::Null))
    }
}

/// Parses the first item of a list, and skips the others.
fn first_of<'de, A: SeqAccess<'de>>(mut items: A) -> Result<Option<Value<'de>>, A::Error> {
    let first = items.next_element()?;
    while items.next_element::<IgnoredAny>()?.is_some() {}
    Ok(first)
}

fn syntax_error(error: &serde_json::Error, file: &str) -> Error {
    let (line, column) = (error.line(), error.column());
    let position: &[(&str, &dyn fmt::Display)] = &[("line", &line), ("column", &column)];
    if error.to_string().starts_with("recursion limit exceeded") {
        return fault::limit(&Place::file(file), message!("import.limit.depth").with(&[("max", &MAX_DEPTH)]));
    }
    let message = match error.is_eof() {
        true => message!("json.ends_at").with(position),
        false => message!("json.not_json_at").with(position),
    };
    Error::new(fault::at(&Place::file(file), (ErrorKind::Syntax, "json.syntax"), message))
}
