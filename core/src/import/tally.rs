//! Counts of columns: one outcome for each part of a cell.

use crate::{
    import::{part::Outcome, report::ColumnReport},
    util::ordered_map::OrderedMap,
};

/// The counts of the columns that are read, by name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    columns: OrderedMap<String, Counts>,
}

/// The counts of a column.
#[derive(Clone, Debug, Default)]
struct Counts {
    filled: u64,
    understood: u64,
    assumed: u64,
    asked: u64,
    no_value: u64,
    lost: u64,
}

impl Tally {
    /// Counts cells that are not empty.
    pub(crate) fn fill(&mut self, column: &str, cells: u64) {
        self.change(column, |counts| counts.filled = counts.filled.saturating_add(cells));
    }

    /// Counts a part.
    pub(crate) fn count(&mut self, column: &str, outcome: &Outcome) {
        self.count_all(column, outcome, 1);
    }

    /// Counts equal parts.
    pub(crate) fn count_all(&mut self, column: &str, outcome: &Outcome, parts: u64) {
        self.change(column, |counts| {
            let count = match outcome {
                Outcome::Understood => &mut counts.understood,
                Outcome::Assumed(_) => &mut counts.assumed,
                Outcome::Asked(_) => &mut counts.asked,
                Outcome::NoValue => &mut counts.no_value,
                Outcome::Lost(_) => &mut counts.lost,
            };
            *count = count.saturating_add(parts);
        });
    }

    /// Changes the counts of a column. The name is copied only once.
    fn change(&mut self, column: &str, change: impl FnOnce(&mut Counts)) {
        match self.columns.get_mut(column) {
            Some(counts) => change(counts),
            None => {
                let mut counts = Counts::default();
                change(&mut counts);
                self.columns.insert(column.to_owned(), counts);
            }
        }
    }

    /// Returns the names of the columns.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.keys().map(String::as_str)
    }

    /// Returns the number of cells of a column that are not empty.
    pub(crate) fn filled(&self, column: &str) -> u64 {
        self.columns.get(column).map_or(0, |counts| counts.filled)
    }

    /// Returns the row of a column in the report.
    pub(crate) fn report(&self, column: &str, usage: &'static str, fields: Vec<String>) -> ColumnReport {
        let Counts { filled, understood, assumed, asked, no_value, lost } =
            self.columns.get(column).cloned().unwrap_or_default();
        let parts = [understood, assumed, asked, no_value, lost].into_iter().fold(0, u64::saturating_add);
        let (column, usage) = (column.to_owned(), usage.to_owned());
        ColumnReport { column, usage, fields, filled, parts, understood, assumed, asked, no_value, lost }
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;
    use crate::import::part::Outcome;

    #[test]
    fn each_part_has_one_outcome() {
        let mut tally = Tally::default();
        tally.fill("Sprachen", 2);
        for outcome in [Outcome::Understood, Outcome::NoValue, Outcome::Lost("list.more"), Outcome::Assumed("x".into())]
        {
            tally.count("Sprachen", &outcome);
        }
        let report = tally.report("Sprachen", "read", vec!["languages".to_owned()]);
        assert_eq!((report.filled, report.parts, report.understood, report.lost), (2, 4, 1, 1));
        assert_eq!((tally.filled("Sprachen"), tally.filled("Ort")), (2, 0));
    }
}
