//! Builders of JSON Schema: the forms of values that the decoders know.

use std::borrow::Cow;

use crate::decode::{string_enum::StringEnum, value::Value};

/// A JSON Schema: its keywords, in the order in which they are printed.
#[derive(Clone, Debug, Default)]
pub(super) struct Schema(Vec<(Cow<'static, str>, Value<'static>)>);

impl Schema {
    /// Creates a schema with one keyword.
    pub(super) fn new(keyword: &'static str, value: impl Into<Value<'static>>) -> Self {
        Self::default().with(keyword, value)
    }

    /// Adds a keyword.
    pub(super) fn with(mut self, keyword: &'static str, value: impl Into<Value<'static>>) -> Self {
        self.0.push((keyword.into(), value.into()));
        self
    }

    /// Adds the description.
    pub(super) fn about(self, description: &'static str) -> Self {
        self.with("description", description)
    }

    /// Adds the value that an absent field has.
    pub(super) fn with_default(self, value: impl Into<Value<'static>>) -> Self {
        self.with("default", value)
    }

    /// Refers to a definition.
    pub(super) fn reference(name: &str) -> Self {
        Self::new("$ref", format!("{DEFINITIONS}{name}"))
    }

    /// A value to which at least one of the schemas applies.
    pub(super) fn any_of(schemas: impl IntoIterator<Item = Self>) -> Self {
        Self::new("anyOf", array(schemas))
    }

    /// This value, or null.
    pub(super) fn or_null(self) -> Self {
        Self::any_of([self, Self::new("type", "null")])
    }

    /// This value, or one that counts as absent. Description and default apply to both.
    fn or_absent(self) -> Self {
        let (outer, inner) = self.0.into_iter().partition(|(key, _)| key == "description" || key == "default");
        let Value::Array(alternatives) = array([Self(inner), Self::reference(ABSENT)]) else { return Self(outer) };
        Self(outer).with("anyOf", Value::Array(alternatives))
    }

    /// Excludes one string.
    pub(super) fn except(self, text: &'static str) -> Self {
        self.with("not", Self::new("const", text))
    }

    /// `true` or `false`.
    pub(super) fn boolean() -> Self {
        Self::new("type", "boolean")
    }

    /// A whole number of at least `min`.
    pub(super) fn integer_from(min: i64) -> Self {
        Self::new("type", "integer").with("minimum", Value::Int(min))
    }

    /// A whole number in a range.
    pub(super) fn integer(range: &std::ops::RangeInclusive<i64>) -> Self {
        Self::integer_from(*range.start()).with("maximum", Value::Int(*range.end()))
    }

    /// A number in a range.
    pub(super) fn number(min: i64, max: i64) -> Self {
        Self::new("type", "number").with("minimum", Value::Int(min)).with("maximum", Value::Int(max))
    }

    /// Text of any length.
    pub(super) fn string() -> Self {
        Self::new("type", "string")
    }

    /// Text that is not empty. The decoders limit its bytes, JSON Schema its characters, which are no more than its bytes.
    pub(super) fn text(max_bytes: usize) -> Self {
        Self::string().with("minLength", Value::Int(1)).with("maxLength", count(max_bytes))
    }

    /// A string of a string enum.
    pub(super) fn string_enum<T: StringEnum>() -> Self {
        Self::strings(T::ALL.iter().map(|(name, _)| *name))
    }

    /// One of these strings.
    pub(super) fn strings(strings: impl IntoIterator<Item = &'static str>) -> Self {
        Self::new("enum", Value::Array(strings.into_iter().map(Value::from).collect()))
    }

    /// A list of any length.
    pub(super) fn list(items: Self) -> Self {
        Self::new("type", "array").with("items", items)
    }

    /// A list of at most `max` items.
    pub(super) fn list_up_to(max: usize, items: Self) -> Self {
        Self::list(items).with("maxItems", count(max))
    }

    /// An object with these fields and no others, as decoders read it: a field that is not required may be absent.
    pub(super) fn input(
        fields: &[&'static str],
        required: &[&'static str],
        field: impl Fn(&'static str) -> Self,
    ) -> Self {
        let properties = fields.iter().map(|name| {
            let schema = field(name);
            (*name, if required.contains(name) { schema } else { schema.or_absent() })
        });
        Self::object(properties, required.iter().copied())
    }

    /// An object of a response: it has all of these fields, and those of `optional` sometimes.
    pub(super) fn output<const N: usize>(fields: [(&'static str, Self); N], optional: &[&'static str]) -> Self {
        let required: Vec<&str> =
            fields.iter().map(|(name, _)| *name).filter(|name| !optional.contains(name)).collect();
        Self::object(fields, required)
    }

    /// An object with these properties and no others.
    pub(super) fn object(
        properties: impl IntoIterator<Item = (&'static str, Self)>,
        required: impl IntoIterator<Item = &'static str>,
    ) -> Self {
        let properties = properties.into_iter().map(|(name, schema)| (name.into(), schema.into()));
        let required: Vec<Value<'static>> = required.into_iter().map(Value::from).collect();
        let object = Self::new("type", "object")
            .with("properties", Value::Object(properties.collect()))
            .with("additionalProperties", Value::Bool(false));
        if required.is_empty() { object } else { object.with("required", Value::Array(required)) }
    }

    /// An object with any keys, all of whose values have this schema.
    pub(super) fn map(values: Self) -> Self {
        Self::new("type", "object").with("additionalProperties", values)
    }
}

/// The name of the definition of an absent value.
pub(super) const ABSENT: &str = "absent";

/// The beginning of a reference to a definition.
pub(super) const DEFINITIONS: &str = "#/$defs/";

impl From<Schema> for Value<'static> {
    fn from(schema: Schema) -> Self {
        Self::Object(schema.0)
    }
}

fn array(schemas: impl IntoIterator<Item = Schema>) -> Value<'static> {
    Value::Array(schemas.into_iter().map(Value::from).collect())
}

fn count(number: usize) -> Value<'static> {
    u64::try_from(number).unwrap_or(u64::MAX).into()
}
