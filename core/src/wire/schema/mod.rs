//! JSON Schema of records, requests and responses.
//!
//! Fields, limits and string enums come from the tables of the decoders, defaults from a serialized policy.

mod builder;
#[cfg(feature = "import")]
mod import;
mod policy;
mod records;
mod requests;
mod responses;
mod vocabulary;

use std::borrow::Cow;

use crate::{
    decode::value::Value,
    wire::schema::builder::{DEFINITIONS, Schema},
};

/// The names of the schemas.
const NAMES: &[&str] = &[
    "need",
    "offer",
    "policy",
    "vocabulary",
    "error",
    "rank.request",
    "rank.response",
    "explain.request",
    "explain.response",
    "diagnose.request",
    "diagnose.response",
    "allocate.request",
    "allocate.response",
    "report.request",
    "report.response",
    "check.request",
    "check.response",
    "resolve.request",
    "resolve.response",
    #[cfg(feature = "import")]
    "import.request",
    #[cfg(feature = "import")]
    "import.response",
    #[cfg(feature = "import")]
    "sketch.request",
    #[cfg(feature = "import")]
    "sketch.response",
    #[cfg(feature = "import")]
    "export.request",
    #[cfg(feature = "import")]
    "export.response",
];

/// Returns the names of all schemas, for [`schema`]: the records, and a request and a response of each
/// [operation](crate::wire::operations).
///
/// # Example: the records
///
/// ```
/// use lotse::wire;
/// let names: Vec<_> = wire::schemas().filter(|name| !name.contains('.')).collect();
/// assert_eq!(names, ["need", "offer", "policy", "vocabulary", "error"]);
/// ```
pub fn schemas() -> impl ExactSizeIterator<Item = &'static str> {
    NAMES.iter().copied()
}

/// Returns the JSON Schema (draft 2020-12) of a record, a request or a response, or `None` if no [schema](schemas) has this name.
///
/// A schema describes the form of data. It cannot express everything that a decoder checks: whether codes and ids exist, whether
/// fields contradict each other, the number of decimals, duplicate fields. Its lengths are in characters, those of a decoder in
/// bytes.
///
/// # Example: the fields of a need
///
/// ```
/// use lotse::wire;
/// let schema = serde_json::to_value(wire::schema("need")).unwrap();
/// assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
/// assert_eq!(schema["required"], serde_json::json!(["id"]));
/// assert_eq!(schema["properties"]["priority"]["default"], "routine");
/// assert!(wire::schema("person").is_none());
/// ```
pub fn schema(name: &str) -> Option<Value<'static>> {
    if !NAMES.contains(&name) {
        return None;
    }
    let mut rest = definitions();
    let index = rest.iter().position(|(definition, _)| *definition == name)?;
    let root = Value::from(rest.remove(index).1);
    // The definitions to which the schema refers, directly or through others.
    let mut used = Vec::new();
    let mut pending = references(&root);
    while let Some(name) = pending.pop() {
        let Some(index) = rest.iter().position(|(definition, _)| *definition == name) else { continue };
        let (name, definition) = rest.remove(index);
        let definition = Value::from(definition);
        pending.extend(references(&definition));
        used.push((Cow::Borrowed(name), definition));
    }
    used.sort_by(|(a, _), (b, _)| a.cmp(b));
    let Value::Object(keywords) = root else { return None };
    let mut document: Vec<(Cow<'static, str>, Value<'static>)> = vec![
        ("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into()),
        ("title".into(), name.to_owned().into()),
    ];
    document.extend(keywords);
    if !used.is_empty() {
        document.push(("$defs".into(), Value::Object(used)));
    }
    Some(Value::Object(document))
}

fn definitions() -> Vec<(&'static str, Schema)> {
    [
        records::definitions(),
        policy::definitions(),
        vocabulary::definitions(),
        requests::definitions(),
        responses::definitions(),
        #[cfg(feature = "import")]
        import::definitions(),
    ]
    .concat()
}

/// Returns the names of the definitions to which a schema refers.
fn references(schema: &Value<'_>) -> Vec<String> {
    match schema {
        Value::Array(items) => items.iter().flat_map(references).collect(),
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(key, value)| match value {
                Value::String(target) if key == "$ref" => {
                    target.strip_prefix(DEFINITIONS).map(str::to_owned).into_iter().collect()
                }
                value => references(value),
            })
            .collect(),
        _ => Vec::new(),
    }
}
