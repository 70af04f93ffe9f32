//! The JavaScript binding of `lotse`: JSON text in, JSON text out.
//!
//! The package in `js` converts objects to text and back, and declares the types. An error is thrown as JSON text, the wire form of
//! [`lotse::Error`], and becomes a `LotseError` there. Both directions use text because it is validated as strictly as in every
//! other language, and because a browser parses it faster than it builds objects field by field. Only the solver takes arrays
//! of numbers.

mod call;
mod input;
mod matcher;
mod progress;
mod solve;
mod vocabulary;

pub use self::{
    call::{call, check, diff_plans},
    matcher::{RawAllocation, RawMatcher},
    progress::JsProgressFn,
    solve::solve,
    vocabulary::RawVocabulary,
};

use lotse::{
    Criterion, Error,
    wire::{self, CallOptions},
};
use serde::Serialize;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// Returns the version of the library.
#[must_use]
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// Returns the label of a criterion.
///
/// # Errors
///
/// `value` if the criterion or the display language is unknown; as JSON text with `code`, `path`, `message`, `hint` and `errors`,
/// like every error of this module.
#[wasm_bindgen]
pub fn criterion_label(criterion: &str, lang: &str) -> Result<String, JsValue> {
    Ok(input::parse::<Criterion>(criterion)?.label(input::parse(lang)?).to_owned())
}

/// Returns an error as the JSON text that JavaScript throws.
fn to_js_error(error: &Error) -> JsValue {
    // Serializing five strings does not fail; the message is a fallback.
    JsValue::from(wire::to_json(error, &CallOptions::new()).unwrap_or_else(|_| error.to_string()))
}

/// Returns a result as JSON text.
fn to_json(result: &impl Serialize) -> Result<String, JsValue> {
    wire::to_json(result, &CallOptions::new()).map_err(|error| to_js_error(&error))
}
