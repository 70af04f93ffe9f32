//! Rows of a table as records.

use std::borrow::Cow;

use crate::{
    decode::value::Value,
    model::{
        capacity::Capacity,
        crime_scope::CrimeScope,
        location::Location,
        need::Need,
        offer::{AgeRange, Contact, Offer},
    },
    util::geo::Coordinates,
};

/// The list fields of a need, and the field next to the tag of a language.
const NEED_LISTS: (&[&str], &str) = (&["languages", "roles", "formats", "access", "crime.context"], "level");
const OFFER_LISTS: (&[&str], &str) =
    (&["help", "languages", "area", "crimes", "roles", "genders", "formats", "access", "no_access"], "how");

/// The number fields, which are text in a CSV file.
const NUMBERS: [&str; 8] =
    ["people", "age", "place.lat", "place.lon", "capacity.free", "capacity.total", "ages.min", "ages.max"];

/// The number of fields in the longest path of a record: `rules.language.minimum`.
const MAX_PATH_FIELDS: usize = 3;

/// The mapping from the columns of a table to the fields of records.
///
/// The name of a column is the name of a field, and a cell is its value, nested as in JSON. Flat tables are accepted too:
///
/// - `crime.code` is the field `code` of `crime`. A name of more than three parts is no path, but an unknown field.
/// - Text in a list field is split at `;`. A language may state its level or its mode after a colon: `prs;de:A2`.
/// - Text in a number field may be a number: `34`.
/// - An empty cell is absent.
///
/// # Example: a row of a spreadsheet
///
/// ```
/// use lotse::{Need, LanguageLevel, wire::{TableLayout, Value}};
/// let layout = TableLayout::from_need_columns(["id", "languages", "crime.code", "age"]);
/// let row = layout.record(["n-1".into(), "prs; de:A2".into(), "0101".into(), Value::Int(34)]);
/// let need = Need::builder("n-1").language("prs").language_with_level("de", LanguageLevel::A2).crime("0101").age(34).build()?;
/// assert_eq!(Need::from_value(&row)?, need);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct TableLayout {
    columns: Vec<Column>,
    /// The field next to the tag of a language: `level` or `how`.
    language_field: &'static str,
}

#[derive(Clone, Debug)]
struct Column {
    /// The names of the fields, from the record inwards.
    path: Vec<String>,
    content: Content,
}

/// The meaning of text in a column.
#[derive(Clone, Copy, Debug)]
enum Content {
    Text,
    Number,
    Codes,
    Languages,
}

impl TableLayout {
    /// Creates the layout of a table of needs from the names of its columns.
    ///
    /// # Example: flat columns
    ///
    /// ```
    /// use lotse::{Need, wire::TableLayout};
    /// let layout = TableLayout::from_need_columns(["id", "crime.code"]);
    /// let need = Need::from_value(&layout.record(["n-1".into(), "0101".into()]))?;
    /// assert_eq!(need, Need::builder("n-1").crime("0101").build()?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn from_need_columns<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        Self::new(names, NEED_LISTS)
    }

    /// Creates the layout of a table of offers from the names of its columns.
    ///
    /// # Example: numbers as text
    ///
    /// ```
    /// use lotse::{Offer, wire::TableLayout};
    /// let layout = TableLayout::from_offer_columns(["id", "capacity.free"]);
    /// let offer = Offer::from_value(&layout.record(["o-1".into(), "3".into()]))?;
    /// assert_eq!(offer, Offer::builder("o-1").capacity(3).build()?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn from_offer_columns<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        Self::new(names, OFFER_LISTS)
    }

    /// Returns the names of all columns of a flat table of needs, without those of rules.
    ///
    /// # Example: a template
    ///
    /// ```
    /// use lotse::wire::TableLayout;
    /// let columns = TableLayout::need_columns();
    /// assert_eq!(columns[..6].join(","), "id,case,group,people,priority,help");
    /// assert!(columns.contains(&"crime.code".to_owned()));
    /// ```
    pub fn need_columns() -> Vec<String> {
        flat_columns(Need::FIELDS, |field| match field {
            "place" => Some(Coordinates::FIELDS),
            "crime" => Some(CrimeScope::FIELDS),
            "rules" => Some(&[]),
            _ => None,
        })
    }

    /// Returns the names of all columns of a flat table of offers.
    ///
    /// # Example: a template
    ///
    /// ```
    /// use lotse::wire::TableLayout;
    /// let columns = TableLayout::offer_columns();
    /// assert_eq!(columns[..3].join(","), "id,name,organisation");
    /// assert!(columns.contains(&"capacity.free".to_owned()));
    /// ```
    pub fn offer_columns() -> Vec<String> {
        flat_columns(Offer::FIELDS, |field| match field {
            "place" => Some(Location::FIELDS),
            "capacity" => Some(Capacity::FIELDS),
            "ages" => Some(AgeRange::FIELDS),
            "contact" => Some(Contact::FIELDS),
            _ => None,
        })
    }

    fn new<'n>(names: impl IntoIterator<Item = &'n str>, (lists, language_field): (&[&str], &'static str)) -> Self {
        let column = |name: &str| Column {
            path: split_path(name),
            content: match name {
                "languages" => Content::Languages,
                _ if lists.contains(&name) => Content::Codes,
                _ if NUMBERS.contains(&name) => Content::Number,
                _ => Content::Text,
            },
        };
        Self { columns: names.into_iter().map(column).collect(), language_field }
    }

    /// Returns the record that a row represents; `cells` are in the order of the columns.
    ///
    /// # Example: an empty cell
    ///
    /// ```
    /// use lotse::wire::{TableLayout, Value};
    /// let layout = TableLayout::from_need_columns(["id", "help", "age"]);
    /// let record = layout.record(["n-1".into(), "".into(), "34".into()]);
    /// assert_eq!(record, Value::from_json(r#"{"id": "n-1", "age": 34}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn record<'a>(&'a self, cells: impl IntoIterator<Item = Value<'a>>) -> Value<'a> {
        let mut record = Vec::with_capacity(self.columns.len());
        for (column, cell) in self.columns.iter().zip(cells) {
            if cell.is_absent() {
                continue;
            }
            let value = match (column.content, cell) {
                (Content::Number, Value::String(text)) => parse_number(text),
                (Content::Codes, Value::String(text)) => {
                    Value::Array(split(&text).map(|code| code.to_owned().into()).collect())
                }
                (Content::Languages, Value::String(text)) => {
                    Value::Array(split(&text).map(|item| self.language(item)).collect())
                }
                (_, cell) => cell,
            };
            insert(&mut record, &column.path, value);
        }
        Value::Object(record)
    }

    fn language(&self, item: &str) -> Value<'static> {
        let text = |text: &str| Value::from(text.to_owned());
        match item.split_once(':') {
            None => text(item),
            Some((tag, addition)) => Value::Object(vec![
                ("tag".into(), text(tag.trim_end())),
                (self.language_field.into(), text(addition.trim_start())),
            ]),
        }
    }
}

/// Returns the names of fields; those of the parts of an object replace its own.
fn flat_columns(fields: &[&'static str], parts_of: impl Fn(&str) -> Option<&'static [&'static str]>) -> Vec<String> {
    let columns = fields.iter().flat_map(|field| match parts_of(field) {
        Some(parts) => parts.iter().map(|part| format!("{field}.{part}")).collect(),
        None => vec![(*field).to_owned()],
    });
    columns.collect()
}

/// Splits the name of a column at its dots, unless it has more parts than any path of a record.
fn split_path(name: &str) -> Vec<String> {
    match name.split('.').count() {
        // Each part is a nested object, so that a longer name would overflow the stack.
        ..=MAX_PATH_FIELDS => name.split('.').map(str::to_owned).collect(),
        _ => vec![name.to_owned()],
    }
}

/// Parses a number; other text stays text, so that decoding reports it.
fn parse_number(text: Cow<'_, str>) -> Value<'_> {
    let trimmed = text.trim();
    let integer = trimmed.parse().map(Value::Int).ok();
    integer.or_else(|| trimmed.parse().map(Value::Float).ok()).unwrap_or(Value::String(text))
}

fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(';').map(str::trim).filter(|item| !item.is_empty())
}

/// Inserts a value at a path of field names. Two columns for one field become duplicate fields, which decoding reports.
fn insert<'a>(record: &mut Vec<(Cow<'a, str>, Value<'a>)>, path: &'a [String], value: Value<'a>) {
    match path {
        [] => {}
        [name] => record.push((name.into(), value)),
        [name, rest @ ..] => {
            if let Some((_, Value::Object(fields))) = record.iter_mut().find(|(field, _)| field == name) {
                return insert(fields, rest, value);
            }
            let mut fields = Vec::new();
            insert(&mut fields, rest, value);
            record.push((name.into(), Value::Object(fields)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::TableLayout;
    use crate::decode::value::Value;

    fn json(text: &str) -> Value<'_> {
        Value::from_json(text).unwrap()
    }

    #[test]
    fn nested_and_flat_cells_represent_the_same_record() {
        let (nested, flat) = (
            TableLayout::from_offer_columns(["id", "languages", "capacity"]),
            TableLayout::from_offer_columns(["id", "languages", "capacity.free", "capacity.state"]),
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
        let layout = TableLayout::from_offer_columns(["id", "name", "roles", "ages.min"]);
        let record = layout.record(["o-1".into(), "Rat; und Tat".into(), "".into(), Value::Null]);
        assert!(record == json(r#"{"id": "o-1", "name": "Rat; und Tat"}"#));
    }

    #[test]
    fn a_record_of_all_columns_is_decoded() {
        fn cell<'a>(column: &str) -> Value<'a> {
            let text = match column {
                "languages" => "de; prs",
                "crime.code" | "crimes" => "0101",
                "priority" => "urgent",
                "gender" | "genders" => "female",
                "formats" => "phone; chat",
                "capacity.state" => "open",
                "capacity.updated" => "2026-11-20",
                "no_access" => "induction_loop",
                name if super::NUMBERS.contains(&name) => "12",
                _ => "x",
            };
            text.into()
        }
        let columns = TableLayout::need_columns();
        let layout = TableLayout::from_need_columns(columns.iter().map(String::as_str));
        let need =
            crate::model::need::Need::from_value(&layout.record(columns.iter().map(|column| cell(column)))).unwrap();
        assert_eq!((need.age(), need.crime(), need.people()), (Some(12), Some("0101"), 12));
        let columns = TableLayout::offer_columns();
        let layout = TableLayout::from_offer_columns(columns.iter().map(String::as_str));
        let offer =
            crate::model::offer::Offer::from_value(&layout.record(columns.iter().map(|column| cell(column)))).unwrap();
        assert_eq!((offer.max_age(), offer.capacity().and_then(|capacity| capacity.total())), (Some(12), Some(12)));
    }

    #[test]
    fn text_in_number_fields_is_parsed() {
        let layout = TableLayout::from_need_columns(["id", "age", "region", "place.lat", "place.lon"]);
        let record = layout.record(["n-1".into(), " 34".into(), "01001".into(), "54.78".into(), "9.4".into()]);
        assert!(record == json(r#"{"id": "n-1", "age": 34, "region": "01001", "place": {"lat": 54.78, "lon": 9.4}}"#));
        let record = layout.record(["n-1".into(), "thirty".into()]);
        assert_eq!(crate::model::need::Need::from_value(&record).unwrap_err().path(), "need.age");
    }

    #[test]
    fn columns_nest_at_most_as_deep_as_a_record() {
        let layout = TableLayout::from_need_columns(["id", "rules.language.minimum"]);
        let record = layout.record(["n-1".into(), Value::Float(0.5)]);
        assert!(record == json(r#"{"id": "n-1", "rules": {"language": {"minimum": 0.5}}}"#));
        for name in ["rules.language.minimum.x", &".".repeat(100_000), &["a"; 100_000].join(".")] {
            let layout = TableLayout::from_need_columns(["id", name]);
            let record = layout.record(["n-1".into(), "x".into()]);
            let error = crate::model::need::Need::from_value(&record).unwrap_err();
            assert_eq!((error.code(), error.path()), ("need.unknown_field", "need"));
        }
    }

    #[test]
    fn two_columns_for_one_field_are_a_duplicate_field() {
        let layout = TableLayout::from_need_columns(["id", "crime", "crime.code"]);
        let record = layout.record(["n-1".into(), "0101".into(), "02".into()]);
        assert_eq!(crate::model::need::Need::from_value(&record).unwrap_err().code(), "need.duplicate_field");
    }
}
