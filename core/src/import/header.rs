//! The header of a table: the row with the names of its columns.

use std::borrow::Cow;

use crate::{
    import::rules::HeaderRule,
    util::ordered_map::{OrderedMap, OrderedSet},
};

/// The first rows of a table that are not empty: their numbers and trimmed cells.
pub(super) type Sample<'t> = Vec<(u32, Vec<Cow<'t, str>>)>;

/// The number of rows in which the header is looked for.
const SEARCHED: usize = 20;

/// The names of a table's columns, and where they are.
#[derive(Debug, Default)]
pub(super) struct Header {
    /// The rows that are the header, from 1.
    pub(super) rows: Vec<u32>,
    /// The names, by column; empty if a column has none.
    pub(super) names: Vec<String>,
    /// The rows above, which are titles.
    pub(super) titles: Vec<u32>,
    /// Whether the names may be values.
    pub(super) looks_like_data: bool,
}

impl Header {
    /// Finds the header by a rule, or else the first of 20 rows that may be one. `None` if there is none.
    pub(super) fn find(sample: &Sample<'_>, rule: Option<HeaderRule>) -> Option<Self> {
        let width = usual_width(sample);
        let find = |number: u32| sample.iter().find(|(row, _)| *row == number).map(|(_, cells)| cells);
        let (rows, mut names) = match rule {
            Some(HeaderRule::None) => {
                let names = (1..=width).map(|number| number.to_string()).collect();
                return Some(Self { names, ..Self::default() });
            }
            Some(HeaderRule::Row(row)) => (vec![row], find(row)?.iter().map(|cell| name(cell)).collect()),
            Some(HeaderRule::Rows(upper, lower)) => (vec![upper, lower], joined(find(upper)?, find(lower)?)),
            None => {
                let (row, cells) = sample.iter().take(SEARCHED).find(|(_, cells)| is_header(cells, width))?;
                (vec![*row], cells.iter().map(|cell| name(cell)).collect::<Vec<_>>())
            }
        };
        let (first, last) = (rows.iter().min().copied()?, rows.iter().max().copied()?);
        let body = || sample.iter().filter(|(row, _)| *row > last);
        let is_usual = body().filter(|(_, cells)| cells.len() == width).count().saturating_mul(2) > body().count();
        if names.len() < width && is_usual {
            names.resize(width, String::new());
        }
        let titles = sample.iter().map(|(row, _)| *row).filter(|row| *row < first).collect();
        let recurring = names.iter().enumerate().filter(|(index, name)| {
            let is_same = |cells: &Vec<Cow<'_, str>>| cells.get(*index).is_some_and(|cell| cell == *name);
            !name.is_empty() && body().any(|(_, cells)| is_same(cells))
        });
        let recurring = recurring.count();
        let has_values = rows.len() == 1
            && find(last).is_some_and(|cells| cells.iter().any(|cell| !cell.is_empty() && is_value(cell)));
        let looks_like_data = recurring >= 2 && recurring.saturating_mul(3) >= names.len()
            || has_values && find(last).is_some_and(|cells| !is_header(cells, 0));
        Some(Self { rows, names, titles, looks_like_data })
    }

    /// Returns the last row of the header, or 0 if there is none.
    pub(super) fn end(&self) -> u32 {
        self.rows.iter().max().copied().unwrap_or_default()
    }

    /// Returns the columns that have a name or data: their names, each once, and their positions from 0.
    pub(super) fn columns(&self, has_data: impl Fn(usize) -> bool) -> Vec<(String, usize)> {
        let mut columns = Vec::new();
        let mut taken: OrderedSet<String> = self.names.iter().cloned().collect();
        let mut counts: OrderedMap<&str, usize> = OrderedMap::default();
        for (index, name) in self.names.iter().enumerate() {
            if name.is_empty() {
                if has_data(index) {
                    columns.push((unused(&mut taken, "", index.saturating_add(1)), index));
                }
                continue;
            }
            let count = counts.entry(name).or_default();
            *count = count.saturating_add(1);
            let name = if *count == 1 { name.clone() } else { unused(&mut taken, name, *count) };
            columns.push((name, index));
        }
        columns
    }

    /// Returns the positions of columns with a name that an earlier one has.
    pub(super) fn repeated(&self) -> impl Iterator<Item = usize> {
        let mut seen = OrderedSet::default();
        let mut is_new = move |name: &str| seen.insert(name.to_owned());
        let names = self.names.iter().enumerate().filter(|(_, name)| !name.is_empty());
        names.filter(move |(_, name)| !is_new(name)).map(|(index, _)| index)
    }
}

/// Returns `name#number` with the first number from `number` on that no column has.
fn unused(taken: &mut OrderedSet<String>, name: &str, number: usize) -> String {
    let mut number = number;
    loop {
        let candidate = format!("{name}#{number}");
        if taken.insert(candidate.clone()) {
            return candidate;
        }
        number = number.saturating_add(1);
    }
}

/// Returns the most frequent number of cells; of several, the largest.
fn usual_width(sample: &Sample<'_>) -> usize {
    let mut counts: OrderedMap<usize, usize> = OrderedMap::default();
    for (_, cells) in sample {
        let count = counts.entry(cells.len()).or_default();
        *count = count.saturating_add(1);
    }
    counts.iter().max_by_key(|(width, count)| (**count, **width)).map_or(0, |(width, _)| *width)
}

/// Returns `true` if a row may be the header of a table with `width` columns: at least two cells and half of the table are filled,
/// three quarters of them differ, and three quarters are names; or half, if the others are no values, such as `0-5`.
fn is_header(cells: &[Cow<'_, str>], width: usize) -> bool {
    let filled: Vec<&str> = cells.iter().map(AsRef::as_ref).filter(|cell: &&str| !cell.is_empty()).collect();
    let is_at_least =
        |count: usize, parts: usize, of: usize| count.saturating_mul(of) >= filled.len().saturating_mul(parts);
    let distinct: OrderedSet<&str> = filled.iter().copied().collect();
    let names = filled.iter().filter(|cell| is_name(cell)).count();
    let values = filled.iter().filter(|cell| is_value(cell)).count();
    filled.len() >= 2
        && filled.len().saturating_mul(2) >= width
        && is_at_least(distinct.len(), 3, 4)
        && (is_at_least(names, 3, 4) || values == 0 && is_at_least(names, 1, 2))
}

fn is_name(cell: &str) -> bool {
    cell.chars().any(char::is_alphabetic) && !is_value(cell)
}

/// Returns `true` for a number, a date, an e-mail address or a web address.
fn is_value(cell: &str) -> bool {
    let is_mail = cell.contains('@') && !cell.contains(char::is_whitespace);
    is_mail || ["http://", "https://", "www."].iter().any(|begin| cell.starts_with(begin)) || is_number_or_date(cell)
}

/// Returns `true` for a number such as `1.234,5`, and for a date such as `2026-02-23` or `3.11.2026 09:00`.
pub(super) fn is_number_or_date(cell: &str) -> bool {
    let digits = cell.strip_prefix(['-', '+']).unwrap_or(cell);
    let is_number = digits.chars().all(|character| character.is_ascii_digit() || matches!(character, '.' | ','));
    if is_number && digits.contains(|character: char| character.is_ascii_digit()) {
        return true;
    }
    let day = cell.split([' ', 'T']).next().unwrap_or_default();
    let parts: Vec<&str> = day.split(['.', '-', '/']).collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let has_digits = parts.iter().all(|part| part.chars().all(|character| character.is_ascii_digit()));
    has_digits && matches!(lengths.as_slice(), [4, 1 | 2, 1 | 2] | [1 | 2, 1 | 2, 2 | 4])
}

/// Returns a cell as a name: white space of any kind, such as a line break, is one blank.
fn name(cell: &str) -> String {
    cell.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the names of a header of two rows; the upper cell extends to the right.
fn joined(upper: &[Cow<'_, str>], lower: &[Cow<'_, str>]) -> Vec<String> {
    let mut group = "";
    let cell = |cells: &'_ [Cow<'_, str>], index: usize| cells.get(index).map(|cell| name(cell)).unwrap_or_default();
    let mut names = Vec::new();
    for index in 0..upper.len().max(lower.len()) {
        if let Some(above) = upper.get(index).filter(|above| !above.is_empty()) {
            group = above;
        }
        names.push(name(&format!("{group} {}", cell(lower, index))));
    }
    names
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::{Header, Sample, is_number_or_date};
    use crate::import::rules::HeaderRule;

    fn sample<'t>(rows: &[&'t str]) -> Sample<'t> {
        let cells = |row: &'t str| row.split(';').map(Cow::Borrowed).collect();
        rows.iter().zip(1..).filter(|(row, _)| !row.is_empty()).map(|(row, number)| (number, cells(row))).collect()
    }

    fn names(rows: &[&str], rule: Option<HeaderRule>) -> Vec<String> {
        let header = Header::find(&sample(rows), rule).unwrap();
        header.columns(|_| true).into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn the_first_row_of_names_is_the_header() {
        let rows = ["Beratungsstellen;;", "Stand;2026-11-03;", "", "Nr;Sprachen;PLZ", "1;Deutsch;01067"];
        let header = Header::find(&sample(&rows), None).unwrap();
        assert_eq!((header.rows.as_slice(), header.titles.as_slice()), ([4].as_slice(), [1, 2].as_slice()));
        assert_eq!(header.names, ["Nr", "Sprachen", "PLZ"]);
        assert!(!header.looks_like_data);
    }

    #[test]
    fn ranges_are_names_but_numbers_and_dates_are_not() {
        assert_eq!(names(&["Programm;0-5;'6-13;14-17;Deutsch;Sonstige", "a;x;x;;x;"], None).len(), 6);
        assert!(Header::find(&sample(&["1;Beratung;04109;2", "2;Treff;04109;3"]), None).is_none());
        assert!(Header::find(&sample(&["a@example.org;www.example.org;Haus"]), None).is_none());
    }

    #[test]
    fn a_rule_takes_precedence() {
        let rows = ["a;b", "c;d", "e;f"];
        assert_eq!(names(&rows, Some(HeaderRule::Row(2))), ["c", "d"]);
        assert_eq!(names(&rows, Some(HeaderRule::None)), ["1", "2"]);
        assert_eq!(
            names(&["Sprache;;Ort", "erste;zweite;PLZ"], Some(HeaderRule::Rows(1, 2))),
            ["Sprache erste", "Sprache zweite", "Ort PLZ"]
        );
        assert!(Header::find(&sample(&rows), Some(HeaderRule::Row(9))).is_none());
    }

    #[test]
    fn every_column_with_data_has_a_name_of_its_own() {
        assert_eq!(
            names(&["lien;;lien;lien#2;lien;Zuständig\n für"], Some(HeaderRule::Row(1))),
            ["lien", "#2", "lien#3", "lien#2", "lien#4", "Zuständig für"]
        );
        let header = Header::find(&sample(&["a;;b", "1;;2"]), None).unwrap();
        assert_eq!(header.columns(|index| index != 1), [("a".to_owned(), 0), ("b".to_owned(), 2)]);
    }

    #[test]
    fn usual_cells_beyond_the_header_are_columns() {
        assert_eq!(names(&["a;b", "1;2;3", "1;2;4", "1;2"], None), ["a", "b", "#3"]);
        assert_eq!(names(&["a;b", "1;2;3", "1;2"], None), ["a", "b"]);
    }

    #[test]
    fn names_that_recur_below_may_be_values() {
        let looks_like_data = |rows: &[&str], rule| Header::find(&sample(rows), rule).unwrap().looks_like_data;
        assert!(looks_like_data(&["Treff;Deutsch;Leipzig", "Haus;Deutsch;Leipzig", "Hof;Arabisch;Halle"], None));
        assert!(!looks_like_data(&["Name;Deutsch;Ort", "Haus;Deutsch;Leipzig"], None));
        assert!(looks_like_data(&["1;Haus;04109;2026-11-03", "2;Hof;04109;2026-11-03"], Some(HeaderRule::Row(1))));
    }

    #[test]
    fn numbers_and_dates() {
        for value in ["1", "-1.234,5", "2026-02-23", "3.11.2026", "3/11/26", "2026-02-23T00:00", "3.11.2026 09:00"] {
            assert!(is_number_or_date(value), "{value}");
        }
        for name in ["0-5", "14-17", "24/7", "Nr. 1", "-", "", "2 a", "A-1-2"] {
            assert!(!is_number_or_date(name), "{name}");
        }
    }
}
