//! What must hold for every import: the equations of its report, and valid records.

use lotse::{
    import::Imported,
    wire::{self, CallOptions},
};
use serde_json::{Value, json};

use crate::equations::broken_equations;

/// Returns what does not hold of an import; `additions` are those of its vocabulary.
pub(crate) fn broken(imported: &Imported, additions: Option<&Value>) -> Vec<String> {
    let mut broken = broken_equations(imported);
    broken.extend(invalid_records(imported, additions));
    broken
}

/// Returns the errors that `check` finds in the records.
fn invalid_records(imported: &Imported, additions: Option<&Value>) -> Vec<String> {
    let mut request = json!({"offers": imported.offers, "needs": imported.needs, "as_of": "2026-11-29"});
    if let Some(additions) = additions {
        request["vocabulary"] = additions.clone();
    }
    let response = match wire::call_json("check", &request.to_string(), &CallOptions::new()) {
        Ok(response) => serde_json::from_str::<Value>(&response).unwrap(),
        Err(error) => return vec![format!("check fails: {error}")],
    };
    let errors = response["errors"].as_array().unwrap();
    errors.iter().map(|error| format!("check: {error}")).collect()
}
