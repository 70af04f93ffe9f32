//! The operations of the wire format.

use std::ops::ControlFlow;

use lotse::{
    ProgressFn,
    wire::{self, Value},
};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::{
    input,
    progress::{JsProgressFn, with_progress},
    to_js_error,
};

/// Runs an operation by its name on a whole request. `today` (`2026-11-23`) replaces a missing `as_of`.
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
    with_progress(progress, |progress| match today {
        Some(today) => call_with_today(operation, request, &today, progress),
        None => call_without_today(operation, request),
    })
    .map_err(|error| to_js_error(&error))
}

fn call_with_today(
    operation: &str,
    request: &str,
    today: &str,
    progress: &ProgressFn<'_>,
) -> Result<String, lotse::Error> {
    let request = Value::from_json(request)?;
    match operation {
        "rank" => wire::rank_value_on(&request, today, progress),
        "explain" => wire::explain_value_on(&request, today, progress),
        "diagnose" => wire::diagnose_value_on(&request, today, progress),
        "allocate" => wire::allocate_value_on(&request, today, progress),
        "report" => wire::report_value_on(&request, today, progress),
        "check" => wire::check_value_on(request, today, progress),
        _ => wire::resolve_value(&request, progress),
    }
}

fn call_without_today(operation: &str, request: &str) -> Result<String, lotse::Error> {
    match operation {
        "rank" => wire::rank_json(request),
        "explain" => wire::explain_json(request),
        "diagnose" => wire::diagnose_json(request),
        "allocate" => wire::allocate_json(request),
        "report" => wire::report_json(request),
        "check" => wire::check_json(request),
        _ => wire::resolve_json(request),
    }
}

/// Checks records: `offers` and `needs` are texts of many records, `config` has policy, vocabulary and `as_of`.
///
/// # Errors
///
/// `json.syntax`.
#[wasm_bindgen]
pub fn check(offers: Option<String>, needs: Option<String>, config: &str, today: &str) -> Result<String, JsValue> {
    input::request(offers.as_deref(), needs.as_deref(), config, today)
        .and_then(|request| wire::check_value_on(request, today, &|_| ControlFlow::Continue(())))
        .map_err(|error| to_js_error(&error))
}
