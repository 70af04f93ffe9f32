//! A serializer into [`Value`]: results and records as data, without JSON text.

use std::{borrow::Cow, fmt};

use serde::ser::{
    Error as _, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use crate::{
    decode::value::Value,
    error::{Error, ErrorDetail, ErrorKind, message},
};

/// Serializes a record, a result or a response to a [`Value`].
///
/// # Errors
///
/// `response.json` if a key is not text, which no type of this crate has.
///
/// # Example: a need as data
///
/// ```
/// use lotse::{Need, wire::{self, Value}};
/// let need = Need::builder("n-1").language("prs").age(34).build()?;
/// let value = wire::to_value(&need)?;
/// assert!(matches!(&value, Value::Object(fields) if fields.contains(&("age".into(), Value::Int(34)))));
/// assert_eq!(Need::from_value(&value)?, need);
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn to_value(data: &impl Serialize) -> Result<Value<'static>, Error> {
    data.serialize(ValueSerializer)
        .map_err(|_| Error::new(ErrorDetail::new(ErrorKind::Internal, "response.json", message!("response.data"))))
}

/// The error of a key that is not text. It has no message, because no type of this crate has such a key.
#[derive(Debug)]
struct NotText;

impl fmt::Display for NotText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key is not text")
    }
}

impl std::error::Error for NotText {}

impl serde::ser::Error for NotText {
    fn custom<T: fmt::Display>(_message: T) -> Self {
        Self
    }
}

type Owned = Value<'static>;

struct ValueSerializer;

impl Serializer for ValueSerializer {
    type Ok = Owned;
    type Error = NotText;
    type SerializeSeq = ArrayBuilder;
    type SerializeTuple = ArrayBuilder;
    type SerializeTupleStruct = ArrayBuilder;
    type SerializeTupleVariant = ArrayBuilder;
    type SerializeMap = ObjectBuilder;
    type SerializeStruct = ObjectBuilder;
    type SerializeStructVariant = ObjectBuilder;

    fn serialize_bool(self, value: bool) -> Result<Owned, NotText> {
        Ok(Value::Bool(value))
    }

    fn serialize_i8(self, number: i8) -> Result<Owned, NotText> {
        self.serialize_i64(number.into())
    }

    fn serialize_i16(self, number: i16) -> Result<Owned, NotText> {
        self.serialize_i64(number.into())
    }

    fn serialize_i32(self, number: i32) -> Result<Owned, NotText> {
        self.serialize_i64(number.into())
    }

    fn serialize_i64(self, number: i64) -> Result<Owned, NotText> {
        Ok(Value::Int(number))
    }

    fn serialize_i128(self, number: i128) -> Result<Owned, NotText> {
        i64::try_from(number).map(Value::Int).map_err(NotText::custom)
    }

    fn serialize_u8(self, number: u8) -> Result<Owned, NotText> {
        self.serialize_u64(number.into())
    }

    fn serialize_u16(self, number: u16) -> Result<Owned, NotText> {
        self.serialize_u64(number.into())
    }

    fn serialize_u32(self, number: u32) -> Result<Owned, NotText> {
        self.serialize_u64(number.into())
    }

    fn serialize_u64(self, number: u64) -> Result<Owned, NotText> {
        Ok(Value::from(number))
    }

    fn serialize_f32(self, number: f32) -> Result<Owned, NotText> {
        self.serialize_f64(number.into())
    }

    fn serialize_f64(self, number: f64) -> Result<Owned, NotText> {
        Ok(Value::Float(number))
    }

    fn serialize_char(self, letter: char) -> Result<Owned, NotText> {
        Ok(Value::from(letter.to_string()))
    }

    fn serialize_str(self, text: &str) -> Result<Owned, NotText> {
        Ok(Value::from(text.to_owned()))
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<Owned, NotText> {
        Ok(Value::Array(bytes.iter().map(|byte| Value::Int((*byte).into())).collect()))
    }

    fn serialize_none(self) -> Result<Owned, NotText> {
        Ok(Value::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Owned, NotText> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Owned, NotText> {
        Ok(Value::Null)
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result<Owned, NotText> {
        Ok(Value::Null)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<Owned, NotText> {
        Ok(Value::from(variant))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<Owned, NotText> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Owned, NotText> {
        Ok(Value::Object(vec![(variant.into(), value.serialize(self)?)]))
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<ArrayBuilder, NotText> {
        Ok(ArrayBuilder { variant: None, items: Vec::with_capacity(length.unwrap_or(0)) })
    }

    fn serialize_tuple(self, length: usize) -> Result<ArrayBuilder, NotText> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<ArrayBuilder, NotText> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<ArrayBuilder, NotText> {
        Ok(ArrayBuilder { variant: Some(variant), items: Vec::with_capacity(length) })
    }

    fn serialize_map(self, length: Option<usize>) -> Result<ObjectBuilder, NotText> {
        Ok(ObjectBuilder { variant: None, key: None, fields: Vec::with_capacity(length.unwrap_or(0)) })
    }

    fn serialize_struct(self, _: &'static str, length: usize) -> Result<ObjectBuilder, NotText> {
        self.serialize_map(Some(length))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<ObjectBuilder, NotText> {
        Ok(ObjectBuilder { variant: Some(variant), key: None, fields: Vec::with_capacity(length) })
    }
}

/// Wraps the value of an enum variant in an object with the variant as its key.
fn in_variant(variant: Option<&'static str>, value: Owned) -> Owned {
    match variant {
        Some(variant) => Value::Object(vec![(variant.into(), value)]),
        None => value,
    }
}

struct ArrayBuilder {
    variant: Option<&'static str>,
    items: Vec<Owned>,
}

impl ArrayBuilder {
    fn push<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), NotText> {
        self.items.push(item.serialize(ValueSerializer)?);
        Ok(())
    }

    fn build(self) -> Owned {
        in_variant(self.variant, Value::Array(self.items))
    }
}

/// Implements the traits of serde for the elements of an array.
macro_rules! array_builder {
    ($($trait:ident::$method:ident),*) => {$(
        impl $trait for ArrayBuilder {
            type Ok = Owned;
            type Error = NotText;

            fn $method<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), NotText> {
                self.push(item)
            }

            fn end(self) -> Result<Owned, NotText> {
                Ok(self.build())
            }
        }
    )*};
}

array_builder! {
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field
}

struct ObjectBuilder {
    variant: Option<&'static str>,
    key: Option<Cow<'static, str>>,
    fields: Vec<(Cow<'static, str>, Owned)>,
}

impl ObjectBuilder {
    fn build(self) -> Owned {
        in_variant(self.variant, Value::Object(self.fields))
    }
}

impl SerializeMap for ObjectBuilder {
    type Ok = Owned;
    type Error = NotText;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), NotText> {
        let Value::String(key) = key.serialize(ValueSerializer)? else { return Err(NotText) };
        self.key = Some(key);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotText> {
        let key = self.key.take().ok_or(NotText)?;
        self.fields.push((key, value.serialize(ValueSerializer)?));
        Ok(())
    }

    fn end(self) -> Result<Owned, NotText> {
        Ok(self.build())
    }
}

/// Implements the traits of serde for the fields of a struct.
macro_rules! object_builder {
    ($($trait:ident),*) => {$(
        impl $trait for ObjectBuilder {
            type Ok = Owned;
            type Error = NotText;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), NotText> {
                self.fields.push((key.into(), value.serialize(ValueSerializer)?));
                Ok(())
            }

            fn end(self) -> Result<Owned, NotText> {
                Ok(self.build())
            }
        }
    )*};
}

object_builder!(SerializeStruct, SerializeStructVariant);

#[cfg(test)]
mod tests {
    use serde::Serialize;

    use super::to_value;
    use crate::decode::value::Value;

    #[derive(Serialize)]
    enum Shape {
        Unit,
        Newtype(u8),
        Tuple(u8, bool),
        Struct { a: Option<char>, b: () },
    }

    #[test]
    fn a_value_is_what_its_json_text_parses_to() {
        let shapes = vec![Shape::Unit, Shape::Newtype(1), Shape::Tuple(2, true), Shape::Struct { a: Some('ä'), b: () }];
        let data = (shapes, [1.5, -2.0], "text", None::<u8>, i64::MIN, std::collections::BTreeMap::from([("k", 1_i8)]));
        let text = serde_json::to_string(&data).unwrap();
        assert!(to_value(&data).unwrap() == Value::from_json(&text).unwrap(), "{text}");
    }

    #[test]
    fn a_key_that_is_not_text_is_an_error() {
        let error = to_value(&std::collections::BTreeMap::from([(true, 1)])).unwrap_err();
        assert_eq!(error.code(), "response.json");
        assert_eq!(to_value(&i128::MAX).unwrap_err().code(), "response.json");
    }
}
