//! The equations of a report: nothing disappears.

use lotse::import::Imported;

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
    for column in &report.columns {
        let outcomes = [column.understood, column.assumed, column.asked, column.no_value, column.lost];
        if column.parts != outcomes.iter().sum::<u64>() {
            broken.push(format!("the parts of a column do not add up: {column:?}"));
        }
    }
    let asked: u64 = report.columns.iter().map(|column| column.asked).sum();
    let counted: u64 = imported.questions.iter().map(|question| question.count).sum();
    if asked != counted {
        broken.push(format!("{asked} parts are asked about, but the questions count {counted}"));
    }
    broken
}
