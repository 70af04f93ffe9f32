//! Records of an import, compared with those of the same rows in another order.

use std::collections::BTreeMap;

use lotse::{Need, Offer, import::Imported};
use serde_json::{Value, json};

/// Returns `true` if each row has an id of its own, so that the order of rows decides nothing.
pub(crate) fn is_unordered(imported: &Imported) -> bool {
    let report = &imported.report;
    let by_row = ["id.row", "id.looks_like_name"];
    let mut notes = report.assumed.iter().chain(&report.left_out).chain(&report.merged);
    report.records.merged == 0
        && !notes.any(|note| by_row.contains(&note.code.as_str()) || note.code.starts_with("id.same"))
}

/// Returns all records by their ids.
pub(crate) fn by_id(imported: &Imported) -> BTreeMap<String, Value> {
    let offers = imported.offers.iter().map(|offer| (Offer::id(offer).to_owned(), json!(offer)));
    let needs = imported.needs.iter().map(|need| (Need::id(need).to_owned(), json!(need)));
    offers.chain(needs).collect()
}
