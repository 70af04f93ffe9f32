//! What must hold for every import: the equations of its report, and valid records.

use std::collections::BTreeSet;

use lotse::{
    Lang,
    import::{self, Imported},
    wire::{self, CallOptions},
};
use serde_json::{Value, json};

/// The uses of a column.
const USES: [&str; 4] = ["read", "ignore", "never", "unmentioned"];

/// Returns what does not hold of an import; `additions` are those of its vocabulary.
pub(crate) fn broken(imported: &Imported, additions: Option<&Value>) -> Vec<String> {
    let mut broken = broken_equations(imported);
    broken.extend(invalid_records(imported, additions));
    broken
}

/// Returns the equations of a report that do not hold.
fn broken_equations(imported: &Imported) -> Vec<String> {
    let report = &imported.report;
    let records = report.records;
    let mut broken = Vec::new();
    if records.read != records.used + records.merged + records.left_out {
        broken.push(format!("read is not used + merged + left out: {records:?}"));
    }
    if records.produced != records.used + records.added {
        broken.push(format!("produced is not used + added: {records:?}"));
    }
    let produced = imported.offers.len().max(imported.needs.len());
    if records.produced != u64::try_from(produced).unwrap() {
        broken.push(format!("produced is not {produced}: {records:?}"));
    }
    let mut names = BTreeSet::new();
    for column in &report.columns {
        let outcomes = [column.understood, column.assumed, column.asked, column.no_value, column.lost];
        if column.parts != outcomes.iter().sum::<u64>() {
            broken.push(format!("the parts of a column do not add up: {column:?}"));
        }
        if !USES.contains(&column.usage.as_str()) || !names.insert(&column.column) {
            broken.push(format!("a column has no use, or two: {column:?}"));
        }
    }
    let labels = import::labels(Lang::En);
    let lists = [&report.assumed, &report.repaired, &report.left_out, &report.merged, &report.lost, &report.hidden];
    for note in lists.into_iter().chain([&report.suspicions]).flatten() {
        if labels.get("note", &note.code).is_none() || note.count == 0 || note.at.len() > 100 {
            broken.push(format!("a note without a label, a count or with too many positions: {note:?}"));
        }
    }
    let asked: u64 = report.columns.iter().map(|column| column.asked).sum();
    let counted: u64 = imported.questions.iter().map(|question| question.count).sum();
    if asked != counted {
        broken.push(format!("{asked} parts are asked about, but the questions count {counted}"));
    }
    if report.questions != u64::try_from(imported.questions.len()).unwrap() {
        broken.push(format!("{} questions, but the report counts {}", imported.questions.len(), report.questions));
    }
    let ids: BTreeSet<&str> = imported.questions.iter().map(|question| question.id.as_str()).collect();
    if ids.len() != imported.questions.len() {
        broken.push("two questions have one id".to_owned());
    }
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
