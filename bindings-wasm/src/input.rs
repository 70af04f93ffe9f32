//! Input from JavaScript.

use std::str::FromStr;

use lotse::{
    Error, Matcher, Need,
    wire::{Value, decode_needs},
};
use wasm_bindgen::JsValue;

use crate::to_js_error;

/// Parses a string enum of the wire format.
pub(crate) fn parse<T: FromStr<Err = Error>>(text: &str) -> Result<T, JsValue> {
    text.parse().map_err(|error| to_js_error(&error))
}

/// Joins the fields of `config` and the records to one request.
pub(crate) fn request<'a>(
    offers: Option<&'a str>,
    needs: Option<&'a str>,
    config: &'a str,
) -> Result<Value<'a>, Error> {
    let mut fields = match Value::from_json(config)? {
        Value::Object(fields) => fields,
        other => return Ok(other), // rejected by every operation
    };
    for (name, text) in [("offers", offers), ("needs", needs)] {
        if let Some(text) = text {
            fields.push((name.into(), Value::parse_records(text, name)?));
        }
    }
    Ok(Value::Object(fields))
}

/// Decodes needs: a list, NDJSON, or a single one.
pub(crate) fn needs(matcher: &Matcher, text: &str) -> Result<Vec<Need>, Error> {
    let Value::Array(needs) = Value::parse_records(text, "needs")? else { return Ok(Vec::new()) };
    decode_needs(matcher, needs.len(), |index| needs.get(index).unwrap_or(&Value::Null))
}
