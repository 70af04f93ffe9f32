//! The columns of a report: each with one use, and counts of its parts.

use crate::{
    decode::value::Value,
    import::{
        headers::is_personal,
        names::{ColumnNames, plain},
        notes::Section,
        outcomes::Outcomes,
        question::Question,
        record_kind::RecordKind,
        report::ColumnReport,
        rows::PartKinds,
        rules::Rules,
        tally::Tally,
    },
};

/// Counts the cells of a record that are not empty.
pub(crate) fn fill(tally: &mut Tally, record: &Value<'_>) {
    let Value::Object(fields) = record else { return };
    for (name, value) in fields {
        if is_nested(value) {
            fill_path(tally, name, value);
        } else if !value.is_absent() {
            tally.fill(name, 1);
        }
    }
}

/// Returns `true` for an object, or a list of objects.
fn is_nested(value: &Value<'_>) -> bool {
    match value {
        Value::Object(_) => true,
        Value::Array(items) => items.iter().any(is_nested),
        _ => false,
    }
}

/// The recursion is as deep as the data, whose depth the reader limits.
fn fill_path(tally: &mut Tally, path: &str, value: &Value<'_>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                fill_path(tally, &format!("{path}.{name}"), value);
            }
        }
        Value::Array(items) if is_nested(value) => items.iter().for_each(|item| fill_path(tally, path, item)),
        value if value.is_absent() => {}
        _ => tally.fill(path, 1),
    }
}

/// What is known about columns when all records are read.
pub(crate) struct ColumnFacts<'a> {
    pub(crate) rules: &'a Rules,
    pub(crate) names: &'a ColumnNames,
    /// Questions about columns.
    pub(crate) unsure: &'a [Question],
}

impl ColumnFacts<'_> {
    /// Returns the row of each column, and notes columns that no field takes or that are personal.
    pub(crate) fn report(&self, kinds: &PartKinds<'_, '_>, outcomes: &mut Outcomes) -> Vec<ColumnReport> {
        let mut columns: Vec<String> = Vec::new();
        let mut push = |column: String| {
            if !columns.contains(&column) {
                columns.push(column);
            }
        };
        kinds.main.iter().flat_map(|part| &part.columns).for_each(|column| push(plain(column)));
        for part in &kinds.side {
            let joins = self.rules.join.iter().filter(|join| join.files.contains(&part.stem));
            for join in joins {
                part.columns.iter().for_each(|column| push(format!("{}.{}", plain(&join.target), plain(column))));
            }
        }
        // A crosswalk may read a column that no record of the first has.
        outcomes.tally.names().for_each(|column| push(column.to_owned()));
        columns.into_iter().map(|column| self.row(column, outcomes)).collect()
    }

    fn row(&self, column: String, outcomes: &mut Outcomes) -> ColumnReport {
        let usage = self.names.usage(&column);
        let is_asked = self.unsure.iter().any(|question| question.columns.contains(&column));
        let filled = outcomes.tally.filled(&column);
        if usage == "unmentioned" && filled > 0 && !is_asked {
            outcomes.notes.add_all(Section::Lost, "no_field", (Some(&column), None), filled);
        }
        if self.rules.records == RecordKind::Needs && usage == "never" && is_personal(&column) {
            outcomes.notes.add(Section::Hidden, "column.personal", (Some(&column), None), None);
        }
        outcomes.tally.report(&column, usage, self.names.fields(&column))
    }
}
