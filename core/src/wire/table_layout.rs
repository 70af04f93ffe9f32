//! Rows of a table as records.

use std::borrow::Cow;

use crate::decode::value::Value;

/// Fields of a need that are lists, and what may stand beside a language there.
const NEED_LISTS: (&[&str], &str) = (&["languages", "roles", "formats", "access", "crime.context"], "level");
const OFFER_LISTS: (&[&str], &str) =
    (&["help", "languages", "area", "crimes", "roles", "genders", "formats", "access", "no_access"], "how");

/// Fields that are numbers, which a file of text has as text.
const NUMBERS: [&str; 8] =
    ["people", "age", "place.lat", "place.lon", "capacity.free", "capacity.total", "ages.min", "ages.max"];

/// How the columns of a table make up records.
///
/// A column bears the name of a field and its value, nested as in JSON. A flat table will do as well: `crime.code` is the field
/// `code` in `crime`, and where a list belongs text is split at `;`. There a language may have its level or how it is
/// provided behind a colon: `prs;de:A2`. Where a number belongs, text may be one: `34`. An empty cell is absent.
///
/// # Example: a row of a spreadsheet
///
/// ```
/// use lotse::{Need, LanguageLevel, wire::{TableLayout, Value}};
/// let columns = TableLayout::of_needs(["id", "languages", "crime.code", "age"]);
/// let row = columns.record(["n-1".into(), "prs; de:A2".into(), "0101".into(), Value::Int(34)]);
/// let need = Need::builder("n-1").language("prs").language_with_level("de", LanguageLevel::A2).crime("0101").age(34).build()?;
/// assert_eq!(Need::from_value(&row)?, need);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct TableLayout {
    columns: Vec<Column>,
    /// The field beside the tag of a language.
    beside: &'static str,
}

#[derive(Clone, Debug)]
struct Column {
    /// The names of the fields, from the record inwards.
    path: Vec<String>,
    stands: Stands,
}

/// What text in a column stands for.
#[derive(Clone, Copy, Debug)]
enum Stands {
    Itself,
    Number,
    Codes,
    Languages,
}

impl TableLayout {
    /// The columns of a table of needs.
    pub fn of_needs<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        Self::of(names, NEED_LISTS)
    }

    /// The columns of a table of offers.
    pub fn of_offers<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        Self::of(names, OFFER_LISTS)
    }

    fn of<'n>(names: impl IntoIterator<Item = &'n str>, (lists, beside): (&[&str], &'static str)) -> Self {
        let column = |name: &str| Column {
            path: name.split('.').map(str::to_owned).collect(),
            stands: match name {
                "languages" => Stands::Languages,
                _ if lists.contains(&name) => Stands::Codes,
                _ if NUMBERS.contains(&name) => Stands::Number,
                _ => Stands::Itself,
            },
        };
        Self { columns: names.into_iter().map(column).collect(), beside }
    }

    /// The record that the cells of a row make up, in the order of the columns.
    pub fn record<'a>(&'a self, cells: impl IntoIterator<Item = Value<'a>>) -> Value<'a> {
        let mut record = Vec::with_capacity(self.columns.len());
        for (column, cell) in self.columns.iter().zip(cells) {
            if cell.is_absent() {
                continue;
            }
            let value = match (column.stands, cell) {
                (Stands::Number, Value::String(text)) => number(text),
                (Stands::Codes, Value::String(text)) => {
                    Value::Array(split(&text).map(|code| code.to_owned().into()).collect())
                }
                (Stands::Languages, Value::String(text)) => {
                    Value::Array(split(&text).map(|item| self.language(item)).collect())
                }
                (_, cell) => cell,
            };
            put(&mut record, &column.path, value);
        }
        Value::Object(record)
    }

    fn language(&self, item: &str) -> Value<'static> {
        let text = |text: &str| Value::from(text.to_owned());
        match item.split_once(':') {
            None => text(item),
            Some((tag, beside)) => Value::Object(vec![
                ("tag".into(), text(tag.trim_end())),
                (self.beside.into(), text(beside.trim_start())),
            ]),
        }
    }
}

/// Text that is no number stays text, which is refused where the record is read.
fn number(text: Cow<'_, str>) -> Value<'_> {
    let trimmed = text.trim();
    let whole = trimmed.parse().map(Value::Int).ok();
    whole.or_else(|| trimmed.parse().map(Value::Float).ok()).unwrap_or(Value::String(text))
}

fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(';').map(str::trim).filter(|item| !item.is_empty())
}

/// Puts a value below the names of a path. Two columns for one field become two fields, which is an error when they are read.
fn put<'a>(record: &mut Vec<(Cow<'a, str>, Value<'a>)>, path: &'a [String], value: Value<'a>) {
    match path {
        [] => {}
        [name] => record.push((name.into(), value)),
        [name, rest @ ..] => {
            if let Some((_, Value::Object(fields))) = record.iter_mut().find(|(field, _)| field == name) {
                return put(fields, rest, value);
            }
            let mut fields = Vec::new();
            put(&mut fields, rest, value);
            record.push((name.into(), Value::Object(fields)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> Value<'_> {
        Value::from_json(text).unwrap()
    }

    #[test]
    fn nested_and_flat_cells_make_the_same_record() {
        let (nested, flat) = (
            TableLayout::of_offers(["id", "languages", "capacity"]),
            TableLayout::of_offers(["id", "languages", "capacity.free", "capacity.state"]),
        );
        let nested = nested.record([
            "o-1".into(),
            json(r#"["de", {"tag": "prs", "how": "interpreter"}]"#),
            json(r#"{"free": 3, "state": "open"}"#),
        ]);
        let flat = flat.record(["o-1".into(), " de ;prs : interpreter;".into(), Value::Int(3), "open".into()]);
        assert!(nested == flat);
    }

    #[test]
    fn empty_cells_are_absent_and_names_are_not_split() {
        let columns = TableLayout::of_offers(["id", "name", "roles", "ages.min"]);
        let record = columns.record(["o-1".into(), "Rat; und Tat".into(), "".into(), Value::Null]);
        assert!(record == json(r#"{"id": "o-1", "name": "Rat; und Tat"}"#));
    }

    #[test]
    fn a_file_of_text_has_numbers_as_text() {
        let columns = TableLayout::of_needs(["id", "age", "region", "place.lat", "place.lon"]);
        let record = columns.record(["n-1".into(), " 34".into(), "01001".into(), "54.78".into(), "9.4".into()]);
        assert!(record == json(r#"{"id": "n-1", "age": 34, "region": "01001", "place": {"lat": 54.78, "lon": 9.4}}"#));
        let record = columns.record(["n-1".into(), "thirty".into()]);
        assert_eq!(crate::Need::from_value(&record).unwrap_err().path(), "need.age");
    }

    #[test]
    fn what_stands_twice_is_refused_where_it_is_read() {
        let columns = TableLayout::of_needs(["id", "crime", "crime.code"]);
        let record = columns.record(["n-1".into(), "0101".into(), "02".into()]);
        assert_eq!(crate::Need::from_value(&record).unwrap_err().code(), "need.duplicate_field");
    }
}
