//! The JavaScript face of `lotse`: JSON text in, JSON text out.
//!
//! `js/face.js` turns objects into text and back. An error is thrown as JSON text, the wire form of
//! [`lotse::Error`], and becomes a real `LotseError` there.

use lotse::{Error, wire};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// The version of the library.
#[must_use]
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// Ranks offers for needs.
///
/// # Errors
///
/// JSON text with `code`, `path`, `message`, `hint` and `errors`, as from every function here.
#[wasm_bindgen]
pub fn rank_json(request: &str) -> Result<String, JsValue> {
    wire::rank_json(request).map_err(|error| thrown(&error))
}

/// Ranks like [`rank_json`]; `today` (`2026-11-23`) stands in for a missing `as_of`, as in every `…_on`.
///
/// # Errors
///
/// See [`rank_json`].
#[wasm_bindgen]
pub fn rank_json_on(request: &str, today: &str) -> Result<String, JsValue> {
    wire::rank_json_on(request, today).map_err(|error| thrown(&error))
}

/// Explains pairs of needs and offers.
///
/// # Errors
///
/// See [`rank_json`].
#[wasm_bindgen]
pub fn explain_json(request: &str) -> Result<String, JsValue> {
    wire::explain_json(request).map_err(|error| thrown(&error))
}

/// Explains like [`explain_json`].
///
/// # Errors
///
/// See [`rank_json`].
#[wasm_bindgen]
pub fn explain_json_on(request: &str, today: &str) -> Result<String, JsValue> {
    wire::explain_json_on(request, today).map_err(|error| thrown(&error))
}

/// Tells why so few offers match, and what would have to change.
///
/// # Errors
///
/// See [`rank_json`].
#[wasm_bindgen]
pub fn diagnose_json(request: &str) -> Result<String, JsValue> {
    wire::diagnose_json(request).map_err(|error| thrown(&error))
}

/// Diagnoses like [`diagnose_json`].
///
/// # Errors
///
/// See [`rank_json`].
#[wasm_bindgen]
pub fn diagnose_json_on(request: &str, today: &str) -> Result<String, JsValue> {
    wire::diagnose_json_on(request, today).map_err(|error| thrown(&error))
}

/// Gives many needs to offers of limited places, in one best plan.
///
/// # Errors
///
/// See [`rank_json`].
#[wasm_bindgen]
pub fn allocate_json(request: &str) -> Result<String, JsValue> {
    wire::allocate_json(request).map_err(|error| thrown(&error))
}

/// As [`allocate_json`], with a day that stands in for a missing `as_of`.
///
/// # Errors
///
/// See [`rank_json`].
#[wasm_bindgen]
pub fn allocate_json_on(request: &str, today: &str) -> Result<String, JsValue> {
    wire::allocate_json_on(request, today).map_err(|error| thrown(&error))
}

/// Tells what a plan amounts to.
///
/// # Errors
///
/// See [`rank_json`].
#[wasm_bindgen]
pub fn report_json(request: &str) -> Result<String, JsValue> {
    wire::report_json(request).map_err(|error| thrown(&error))
}

/// As [`report_json`], with a day that stands in for a missing `as_of`.
///
/// # Errors
///
/// See [`rank_json`].
#[wasm_bindgen]
pub fn report_json_on(request: &str, today: &str) -> Result<String, JsValue> {
    wire::report_json_on(request, today).map_err(|error| thrown(&error))
}

/// Checks records and finds all their errors.
///
/// # Errors
///
/// See [`rank_json`].
#[wasm_bindgen]
pub fn check_json(request: &str) -> Result<String, JsValue> {
    wire::check_json(request).map_err(|error| thrown(&error))
}

/// Checks like [`check_json`].
///
/// # Errors
///
/// See [`rank_json`].
#[wasm_bindgen]
pub fn check_json_on(request: &str, today: &str) -> Result<String, JsValue> {
    wire::check_json_on(request, today).map_err(|error| thrown(&error))
}

/// Finds the codes for words as people type them.
///
/// # Errors
///
/// See [`rank_json`].
#[wasm_bindgen]
pub fn resolve_json(request: &str) -> Result<String, JsValue> {
    wire::resolve_json(request).map_err(|error| thrown(&error))
}

fn thrown(error: &Error) -> JsValue {
    // Five strings always become JSON; were it otherwise, the message would still arrive.
    JsValue::from(serde_json::to_string(error).unwrap_or_else(|_| error.to_string()))
}
