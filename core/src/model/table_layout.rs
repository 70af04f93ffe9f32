//! Rows of a table as records.

use std::borrow::Cow;

use crate::{
    decode::{
        path::{Path, Record},
        value::Value,
    },
    error::{Error, ErrorSink},
    model::{
        capacity::Capacity,
        crime_scope::CrimeScope,
        location::Location,
        need::Need,
        offer::{AgeRange, Contact, Offer},
        rules::{PartialRule, PartialRules},
        table_cell::{ITEM_SEPARATOR, crime_of_text, items, language_of_text, text_of_item},
    },
    util::geo::Coordinates,
};

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
/// - Text in a list field is split at `;`. A language may state its level or its mode after a colon: `prs;de:A2`. A crime, also
///   that of a need, may state its contexts after a plus sign: `0102+terrorism`; without a code, `+terrorism`.
/// - Text in a number field may be a number: `34`, also with a decimal comma: `51,05`.
/// - Blanks around the name of a column, and around text at any depth of a cell, are ignored.
/// - An empty cell is absent, and so is an empty item of a list: blank text, null, a number that is not a number (NaN).
///
/// [`reject_unknown_columns`](Self::reject_unknown_columns) reports each column that is not a field once.
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
    kind: &'static TableKind,
}

/// What tables of needs and tables of offers differ in.
#[derive(Debug)]
struct TableKind {
    record: Record,
    /// The name of the list in a request.
    list: &'static str,
    /// The fields that are lists.
    lists: &'static [&'static str],
    /// The field next to the tag of a language: `level` or `how`.
    language_field: &'static str,
    /// Returns the fields of the object at a path of field names, or `None` if the value there is no object.
    fields_at: fn(&[String]) -> Option<&'static [&'static str]>,
}

static NEEDS: TableKind = TableKind {
    record: Record::Need,
    list: "needs",
    lists: &["languages", "roles", "formats", "access", "crime.context"],
    language_field: "level",
    fields_at: |path| match path {
        [] => Some(Need::FIELDS),
        [object] => match object.as_str() {
            "rules" => Some(PartialRules::FIELDS),
            object => need_parts(object),
        },
        [rules, _] if rules == "rules" => Some(PartialRule::FIELDS),
        _ => None,
    },
};

static OFFERS: TableKind = TableKind {
    record: Record::Offer,
    list: "offers",
    lists: &["help", "languages", "area", "crimes", "roles", "genders", "formats", "access", "no_access"],
    language_field: "how",
    fields_at: |path| match path {
        [] => Some(Offer::FIELDS),
        [object] => offer_parts(object),
        _ => None,
    },
};

/// Returns the fields of an object in a need of which each may be a column, or `None` for another field.
fn need_parts(field: &str) -> Option<&'static [&'static str]> {
    match field {
        "place" => Some(Coordinates::FIELDS),
        "crime" => Some(CrimeScope::FIELDS),
        _ => None,
    }
}

/// Returns the fields of an object in an offer, or `None` for another field.
fn offer_parts(field: &str) -> Option<&'static [&'static str]> {
    match field {
        "place" => Some(Location::FIELDS),
        "capacity" => Some(Capacity::FIELDS),
        "ages" => Some(AgeRange::FIELDS),
        "contact" => Some(Contact::FIELDS),
        _ => None,
    }
}

#[derive(Clone, Debug)]
struct Column {
    /// The names of the fields, from the record inwards.
    path: Vec<String>,
    content: Content,
    /// Whether rows lack the column, because it is reported already.
    is_rejected: bool,
}

/// The meaning of text in a column.
#[derive(Clone, Copy, Debug)]
enum Content {
    Text,
    Number,
    Codes,
    Languages,
    Crimes,
    Crime,
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
        Self::new(names, &NEEDS)
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
        Self::new(names, &OFFERS)
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
        flat_columns(Need::FIELDS, |field| if field == "rules" { Some(&[]) } else { need_parts(field) })
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
        flat_columns(Offer::FIELDS, offer_parts)
    }

    fn new<'n>(names: impl IntoIterator<Item = &'n str>, kind: &'static TableKind) -> Self {
        let column = |name: &str| {
            // Files of spreadsheets begin with a byte order mark.
            let name = name.trim_start_matches('\u{feff}').trim();
            let content = match name {
                "languages" => Content::Languages,
                "crimes" => Content::Crimes,
                "crime" => Content::Crime,
                _ if kind.lists.contains(&name) => Content::Codes,
                _ if NUMBERS.contains(&name) => Content::Number,
                _ if name.starts_with("rules.") && name.ends_with(".minimum") => Content::Number,
                _ => Content::Text,
            };
            Column { path: split_path(name), content, is_rejected: false }
        };
        Self { columns: names.into_iter().map(column).collect(), kind }
    }

    /// Reports each column that is not a field, once, and leaves it out of all rows.
    ///
    /// Otherwise it is an unknown field in each row that fills it.
    ///
    /// # Errors
    ///
    /// `need.unknown_field` or `offer.unknown_field` for each such column, with its position counted from 1 in the message. The path
    /// is that of the list, `needs`, or that of the column, `offers.langauges`: the name of a column of needs is input.
    ///
    /// # Example: a misspelt column
    ///
    /// ```
    /// use lotse::wire::{TableLayout, Value};
    /// let mut layout = TableLayout::from_need_columns(["id", "langauges"]);
    /// let error = layout.reject_unknown_columns().unwrap_err();
    /// assert_eq!(error.to_string(), "needs: unknown field in column 2 of the table [need.unknown_field] - did you mean `languages`?");
    /// assert_eq!(layout.record(["n-1".into(), "de".into()]), Value::Object(vec![("id".into(), "n-1".into())]));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn reject_unknown_columns(&mut self) -> Result<(), Error> {
        let mut errors = ErrorSink::default();
        let root = Path::root(self.kind.record);
        let at = root.field(self.kind.list);
        for (column, position) in self.columns.iter_mut().zip(1..) {
            let known = |depth: &usize| {
                let (outer, rest) = column.path.split_at_checked(*depth)?;
                let names = (self.kind.fields_at)(outer).unwrap_or_default();
                Some((outer, names, rest.first()?))
            };
            let mut parts = (0..column.path.len()).filter_map(|depth| known(&depth));
            let Some((outer, names, part)) = parts.find(|(_, names, part)| !names.contains(&part.as_str())) else {
                continue;
            };
            report_unknown_column(&mut errors, &at, (outer, names, part), position);
            column.is_rejected = true;
        }
        errors.into_result(())
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
            let cell = trim(cell);
            if cell.is_absent() || column.is_rejected {
                continue;
            }
            let value = match (column.content, cell) {
                (Content::Number, Value::String(text)) => parse_number(text),
                (Content::Codes, Value::String(text)) => {
                    Value::Array(items(&text).map(|code| code.to_owned().into()).collect())
                }
                (Content::Languages, Value::String(text)) => {
                    let field = self.kind.language_field;
                    Value::Array(items(&text).map(|item| language_of_text(item, field)).collect())
                }
                (Content::Crimes, Value::String(text)) => Value::Array(items(&text).map(crime_of_text).collect()),
                (Content::Crime, Value::String(text)) => crime_of_text(&text),
                (_, cell) => cell,
            };
            insert(&mut record, &column.path, value);
        }
        Value::Object(record)
    }

    /// Returns the cells of a record in the order of the columns: what [`record`](Self::record) reads. A cell that the record lacks
    /// is empty.
    ///
    /// # Example: a record as a row
    ///
    /// ```
    /// use lotse::{Offer, wire::{self, TableLayout}};
    /// let layout = TableLayout::from_offer_columns(["id", "languages", "crimes", "capacity.free"]);
    /// let offer = Offer::builder("o-1").language("de").crime_in_context("0102", "terrorism").build()?;
    /// assert_eq!(layout.cells(&wire::to_value(&offer)?), ["o-1", "de", "0102+terrorism", ""]);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn cells(&self, record: &Value<'_>) -> Vec<String> {
        self.columns.iter().map(|column| value_at(record, &column.path).map(cell_of).unwrap_or_default()).collect()
    }
}

/// Returns the value at a path of field names.
fn value_at<'v>(record: &'v Value<'v>, path: &[String]) -> Option<&'v Value<'v>> {
    path.iter().try_fold(record, |value, name| match value {
        Value::Object(fields) => fields.iter().find(|(field, _)| field == name).map(|(_, value)| value),
        _ => None,
    })
}

fn cell_of(value: &Value<'_>) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(flag) => flag.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Array(items) => {
            items.iter().map(text_of_item).collect::<Vec<_>>().join(ITEM_SEPARATOR.encode_utf8(&mut [0; 4]))
        }
        Value::String(_) | Value::Object(_) => text_of_item(value),
    }
}

/// Reports a column of which one part of the name is unknown: its `outer` parts, the fields there, and the part.
fn report_unknown_column(
    errors: &mut ErrorSink,
    at: &Path<'_>,
    (outer, names, part): (&[String], &[&str], &str),
    position: usize,
) {
    let Some((first, rest)) = outer.split_first() else {
        return errors.unknown_column(at, position, part, names);
    };
    report_unknown_column(errors, &at.field(first), (rest, names, part), position);
}

/// Returns a cell without blanks around its texts, and its lists without empty items. A cell that is not a number is null.
fn trim(cell: Value<'_>) -> Value<'_> {
    match cell {
        Value::String(Cow::Borrowed(text)) => text.trim().into(),
        Value::String(Cow::Owned(text)) if text.trim().len() < text.len() => text.trim().to_owned().into(),
        Value::Float(number) if number.is_nan() => Value::Null,
        Value::Array(items) => Value::Array(items.into_iter().map(trim).filter(|item| !item.is_absent()).collect()),
        Value::Object(fields) => {
            let fields = fields.into_iter().map(|(name, value)| (name, trim(value)));
            Value::Object(fields.filter(|(_, value)| !value.is_absent()).collect())
        }
        other => other,
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
    let integer = text.parse().map(Value::Int).ok();
    let decimal = || text.parse().or_else(|_| text.replacen(',', ".", 1).parse()).map(Value::Float).ok();
    integer.or_else(decimal).unwrap_or(Value::String(text))
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
    fn blanks_around_texts_are_ignored_at_any_depth() {
        let layout =
            TableLayout::from_need_columns(["\u{feff}id", " group ", "region", "languages", "crime", "gender", "age"]);
        let record = layout.record([
            " n-1\t".into(),
            "g\u{a0}".into(),
            " 14612 ".into(),
            json(r#"[" uk ", {"tag": "de ", "level": " B1"}, "", " ", null, {"tag": null, "level": " "}]"#),
            json(r#"{"code": " 0101 ", "context": [" terrorism ", " "]}"#),
            " \n".into(),
            Value::Float(f64::NAN),
        ]);
        let want = r#"{"id": "n-1", "group": "g", "region": "14612", "languages": ["uk", {"tag": "de", "level": "B1"}],
            "crime": {"code": "0101", "context": ["terrorism"]}}"#;
        assert!(record == json(want));
        // Blanks within a text remain.
        let layout = TableLayout::from_offer_columns(["name", "languages"]);
        assert!(layout.record([" Rat  und Tat ".into(), json("[null]")]) == json(r#"{"name": "Rat  und Tat"}"#));
    }

    #[test]
    fn an_unknown_column_is_reported_once() {
        let names =
            ["id", "langauges", "crime.cod", "rules.age.x", "rules.age.minimum", "languages.tag", "a.b.c.d", ""];
        let mut layout = TableLayout::from_need_columns(names);
        let error = layout.reject_unknown_columns().unwrap_err();
        let got: Vec<(&str, &str, &str)> =
            error.errors().map(|error| (error.path(), error.message(), error.hint().unwrap_or_default())).collect();
        let fields = "the fields here are id, case, group, people, priority, help, languages, region, place, crime, roles, gender, age, \
            formats, access, rules";
        assert_eq!(
            got,
            [
                ("needs", "unknown field in column 2 of the table", "did you mean `languages`?"),
                ("needs.crime", "unknown field in column 3 of the table", "the fields here are code, context"),
                (
                    "needs.rules.age",
                    "unknown field in column 4 of the table",
                    "the fields here are rule, minimum, unknown"
                ),
                ("needs.languages", "unknown field in column 6 of the table", "this field has no parts"),
                ("needs", "unknown field in column 7 of the table", fields),
                ("needs", "unknown field in column 8 of the table", fields),
            ]
        );
        assert!(error.errors().all(|error| error.code() == "need.unknown_field"));
        let record = layout.record(["n-1", "de", "0101", "x", "0.5", "de", "x", "x"].map(Value::from));
        assert!(record == json(r#"{"id": "n-1", "rules": {"age": {"minimum": 0.5}}}"#));
        assert_eq!(layout.record(["n-1"].map(Value::from)), json(r#"{"id": "n-1"}"#));

        let mut layout = TableLayout::from_offer_columns(["capacity.fre", "langauges", "crimes.code"]);
        let error = layout.reject_unknown_columns().unwrap_err();
        let paths: Vec<&str> = error.errors().map(|error| error.path()).collect();
        assert_eq!(paths, ["offers.capacity.fre", "offers.langauges", "offers.crimes.code"]);
    }

    #[test]
    fn every_column_of_a_template_is_known() {
        let (needs, offers) = (TableLayout::need_columns(), TableLayout::offer_columns());
        assert!(TableLayout::from_need_columns(needs.iter().map(|name| &**name)).reject_unknown_columns().is_ok());
        assert!(TableLayout::from_offer_columns(offers.iter().map(|name| &**name)).reject_unknown_columns().is_ok());
        // Nested columns, and those of rules.
        let nested = ["place", "crime", "rules", "rules.age", "rules.language.unknown"];
        assert!(TableLayout::from_need_columns(nested).reject_unknown_columns().is_ok());
        assert!(TableLayout::from_offer_columns(["capacity", "ages", "place"]).reject_unknown_columns().is_ok());
    }

    #[test]
    fn two_columns_for_one_field_are_a_duplicate_field() {
        let layout = TableLayout::from_need_columns(["id", "crime", "crime.code"]);
        let record = layout.record(["n-1".into(), "0101".into(), "02".into()]);
        assert_eq!(crate::model::need::Need::from_value(&record).unwrap_err().code(), "need.duplicate_field");
    }
}
