//! The operations of the wire format.

use lotse::{
    ProgressFn,
    wire::{self, Value},
};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::{
    input,
    progress::{Watcher, watched},
    thrown,
};

/// One operation by its name: a whole request in, the answer out. `today` (`2026-11-23`) stands in for a missing `as_of`.
///
/// # Errors
///
/// Every error of the request, thrown as JSON text.
#[wasm_bindgen]
pub fn call(operation: &str, request: &str, today: Option<String>, look: Option<Watcher>) -> Result<String, JsValue> {
    watched(look, |look| match today {
        Some(today) => call_on(operation, request, &today, look),
        None => call_without_a_day(operation, request),
    })
    .map_err(|error| thrown(&error))
}

fn call_on(operation: &str, request: &str, today: &str, look: &ProgressFn<'_>) -> Result<String, lotse::Error> {
    let request = Value::from_json(request)?;
    match operation {
        "rank" => wire::rank_value_on(&request, today, look),
        "explain" => wire::explain_value_on(&request, today),
        "diagnose" => wire::diagnose_value_on(&request, today, look),
        "allocate" => wire::allocate_value_on(&request, today, look),
        "report" => wire::report_value_on(&request, today, look),
        "check" => wire::check_value_on(request, today),
        _ => wire::resolve_value(&request),
    }
}

fn call_without_a_day(operation: &str, request: &str) -> Result<String, lotse::Error> {
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

/// Checks records: texts of many records, and in `setup` policy, vocabulary and day.
///
/// # Errors
///
/// Text that is not JSON.
#[wasm_bindgen]
pub fn check(offers: Option<String>, needs: Option<String>, setup: &str, today: &str) -> Result<String, JsValue> {
    input::request(offers.as_deref(), needs.as_deref(), setup, today)
        .and_then(|request| wire::check_value_on(request, today))
        .map_err(|error| thrown(&error))
}
