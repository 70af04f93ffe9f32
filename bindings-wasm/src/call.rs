//! The operations of the wire format.

use lotse::wire::{self, CallOptions, Value};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::{
    input,
    progress::{JsProgressFn, with_progress},
    to_js_error, to_json,
};

/// Calls an operation by its name with a whole request. `today` (`2026-11-23`) replaces a missing `as_of`.
///
/// # Errors
///
/// Every error of the request, and `cancelled`.
#[wasm_bindgen]
pub fn call(
    operation: &str,
    request: &str,
    today: Option<String>,
    progress: Option<JsProgressFn>,
) -> Result<String, JsValue> {
    let response = with_progress(progress, |progress| {
        let options = CallOptions::new().progress(progress);
        let options = match today {
            Some(today) => options.today(today.parse()?),
            None => options,
        };
        wire::call_json(operation, request, &options)
    });
    response.map_err(|error| to_js_error(&error))
}

/// Checks records: `offers` and `needs` are texts of many records, `config` has policy, vocabulary and `as_of`.
///
/// # Errors
///
/// `json.syntax`.
#[wasm_bindgen]
pub fn check(offers: Option<String>, needs: Option<String>, config: &str, today: &str) -> Result<String, JsValue> {
    let check = |request: Value<'_>| wire::call("check", &request, &CallOptions::new().today(today.parse()?));
    let report = input::request(offers.as_deref(), needs.as_deref(), config).and_then(check);
    report.map_err(|error| to_js_error(&error))
}

/// Compares two responses of `allocate`.
///
/// # Errors
///
/// Every error of the two.
#[wasm_bindgen]
pub fn diff_plans(before: &str, after: &str) -> Result<String, JsValue> {
    let diff = || wire::diff_plans(&Value::from_json(before)?, &Value::from_json(after)?);
    to_json(&diff().map_err(|error| to_js_error(&error))?)
}
