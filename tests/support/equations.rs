//! The equations of a report: nothing disappears.

use std::collections::BTreeSet;

use lotse::{
    Lang,
    import::{self, Imported},
};

/// The uses of a column.
const USES: [&str; 4] = ["read", "ignore", "never", "unmentioned"];

/// Returns the equations of a report that do not hold.
pub(crate) fn broken_equations(imported: &Imported) -> Vec<String> {
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
