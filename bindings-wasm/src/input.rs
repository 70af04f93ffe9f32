//! What JavaScript gives.

use std::str::FromStr;

use lotse::{
    Error, Matcher, Need,
    wire::{Value, decode_needs},
};
use wasm_bindgen::JsValue;

use crate::thrown;

/// A word of the wire format.
pub(crate) fn word<T: FromStr<Err = Error>>(word: &str) -> Result<T, JsValue> {
    word.parse().map_err(|error| thrown(&error))
}

/// What surrounds the records, and the records, as one request.
pub(crate) fn request<'a>(
    offers: Option<&'a str>,
    needs: Option<&'a str>,
    setup: &'a str,
    today: &'a str,
) -> Result<Value<'a>, Error> {
    let mut fields = match Value::from_json(setup)? {
        Value::Object(fields) => fields,
        other => return Ok(other), // which no operation takes
    };
    for (name, text) in [("offers", offers), ("needs", needs)] {
        if let Some(text) = text {
            fields.push((name.into(), Value::parse_records(text, name)?));
        }
    }
    // Empty is absent.
    fields.retain(|(name, value)| name != "as_of" || !matches!(value, Value::Null) && *value != Value::from(""));
    if !fields.iter().any(|(name, _)| name == "as_of") {
        fields.push(("as_of".into(), today.into()));
    }
    Ok(Value::Object(fields))
}

/// Needs for a matcher: a list, one after another, or a single one.
pub(crate) fn needs(matcher: &Matcher, text: &str) -> Result<Vec<Need>, Error> {
    let Value::Array(needs) = Value::parse_records(text, "needs")? else { return Ok(Vec::new()) };
    decode_needs(matcher, needs.len(), |number| needs.get(number).unwrap_or(&Value::Null))
}
