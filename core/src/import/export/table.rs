//! Records as a table with its mapping and a description.

use serde::Serialize;

use crate::{
    decode::{to_value::to_value, value::Value},
    error::Error,
    import::export::{
        csv_text::CsvText,
        data_package::{self, TableDescription},
        exported::{ExportReport, Exported, ExportedFile},
        notes::ExportNotes,
        options::{ExportOptions, ExportRecords},
        table_mapping,
    },
    model::{need::Need, offer::Offer, rules::PartialRules, table_layout::TableLayout},
};

/// The columns of decimals, which German spreadsheets write with a comma.
const DECIMALS: [&str; 2] = ["place.lat", "place.lon"];

/// Writes records as a table for spreadsheets, with the mapping that reads it, and a description as a data package.
///
/// The table is in UTF-8 with a byte order mark and semicolons. Its columns are those of a
/// [`TableLayout`](crate::wire::TableLayout). A text that a spreadsheet would evaluate as a formula gets an apostrophe, which the
/// mapping removes.
///
/// # Errors
///
/// None for valid records.
///
/// # Example: offers
///
/// ```
/// use lotse::{Offer, import::export::{ExportOptions, to_table}};
/// let offers = vec![Offer::builder("o-1").name("=Treff").language("de").crime_in_context("0102", "terrorism").build()?];
/// let exported = to_table(&offers, &ExportOptions::new())?;
/// let table = &exported.files[0];
/// assert_eq!(table.name, "offers.csv");
/// assert!(table.text.starts_with("\u{feff}id;name;"));
/// assert!(table.text.contains("o-1;'=Treff;") && table.text.contains(";0102+terrorism;"));
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn to_table<'r>(records: impl Into<ExportRecords<'r>>, options: &ExportOptions) -> Result<Exported, Error> {
    let (list, columns, rows) = match records.into() {
        ExportRecords::Offers(offers) => ("offers", TableLayout::offer_columns(), Rows::of_offers(offers)?),
        ExportRecords::Needs(needs) => ("needs", need_columns(needs), Rows::of_needs(needs)?),
    };
    let mut text = CsvText::for_spreadsheets();
    text.write_row(&columns)?;
    let notes = rows.write(&columns, &mut text)?;
    let table = ExportedFile { name: format!("{list}.csv"), text: text.into_string()? };
    let mapping = table_mapping::of(list, &columns, options);
    let description = TableDescription { name: list, file: &table.name, columns: &columns, key: Some("id") };
    let package = data_package::of_spreadsheet(&description, options);
    Ok(Exported {
        report: ExportReport { records: rows.count(), notes: notes.into_notes() },
        files: vec![
            table,
            ExportedFile { name: format!("{list}.map.json"), text: data_package::pretty(&mapping)? },
            ExportedFile { name: "datapackage.json".to_owned(), text: data_package::pretty(&package)? },
        ],
    })
}

/// Returns the columns of a table of needs. Coordinates and rules, which few needs have, are columns only if one has them.
fn need_columns(needs: &[Need]) -> Vec<String> {
    let mut columns: Vec<String> = Vec::new();
    for column in TableLayout::need_columns() {
        match column.as_str() {
            // A crime and its contexts are one cell, as in a table of offers.
            "crime.code" => columns.push("crime".to_owned()),
            "crime.context" => {}
            _ if column.starts_with("place.") && needs.iter().all(|need| need.place.is_none()) => {}
            _ => columns.push(column),
        }
    }
    if needs.iter().any(|need| !need.rules.is_empty()) {
        for criterion in PartialRules::FIELDS {
            columns.extend(["rule", "minimum", "unknown"].map(|part| format!("rules.{criterion}.{part}")));
        }
    }
    columns
}

/// Records as data, and how each is read again.
struct Rows {
    records: Vec<Value<'static>>,
    layout: fn(&[String]) -> TableLayout,
    /// Decodes a record and returns it as data.
    decode: fn(&Value<'_>) -> Option<Value<'static>>,
    /// The fields that are in the table, but that no mapping reads.
    unread: &'static [&'static str],
}

impl Rows {
    fn of_offers(offers: &[Offer]) -> Result<Self, Error> {
        Ok(Self {
            records: values(offers)?,
            layout: |columns| TableLayout::from_offer_columns(columns.iter().map(String::as_str)),
            decode: |value| to_value(&Offer::from_value(value).ok()?).ok(),
            unread: &[],
        })
    }

    fn of_needs(needs: &[Need]) -> Result<Self, Error> {
        Ok(Self {
            records: values(needs)?,
            layout: |columns| TableLayout::from_need_columns(columns.iter().map(String::as_str)),
            decode: |value| to_value(&Need::from_value(value).ok()?).ok(),
            unread: &["place", "rules"],
        })
    }

    fn count(&self) -> u64 {
        u64::try_from(self.records.len()).unwrap_or(u64::MAX)
    }

    /// Writes a row for each record, and notes those that cannot be written exactly, such as one with a blank at the end of its name.
    fn write(&self, columns: &[String], text: &mut CsvText) -> Result<ExportNotes, Error> {
        let mut notes = ExportNotes::default();
        let layout = (self.layout)(columns);
        for record in &self.records {
            let mut cells = layout.cells(record);
            let read = layout.record(cells.iter().map(|cell| cell.as_str().into()));
            let id = text_at(record, "id");
            if (self.decode)(&read).as_ref() != Some(record) {
                notes.add("record.changed", None, id);
            }
            for field in self.unread.iter().filter(|field| value_at(record, field).is_some()) {
                notes.add("field.unread", Some(field), id);
            }
            for (column, cell) in columns.iter().zip(&mut cells) {
                if DECIMALS.contains(&column.as_str()) || column.ends_with(".minimum") {
                    *cell = cell.replacen('.', ",", 1);
                }
            }
            text.write_row(&cells)?;
        }
        Ok(notes)
    }
}

fn values<R: Serialize>(records: &[R]) -> Result<Vec<Value<'static>>, Error> {
    records.iter().map(to_value).collect()
}

fn value_at<'v>(record: &'v Value<'v>, name: &str) -> Option<&'v Value<'v>> {
    let Value::Object(fields) = record else { return None };
    fields.iter().find(|(field, _)| field == name).map(|(_, value)| value)
}

fn text_at<'v>(record: &'v Value<'v>, name: &str) -> &'v str {
    if let Some(Value::String(text)) = value_at(record, name) { text } else { "" }
}

#[cfg(test)]
mod tests {
    use super::to_table;
    use crate::{
        decode::value::Value,
        import::export::{exported::Exported, options::ExportOptions},
        model::{need::Need, offer::Offer, table_layout::TableLayout},
    };

    fn offers(json: &str) -> Vec<Offer> {
        Offer::list_from_json(json).unwrap()
    }

    fn needs(json: &str) -> Vec<Need> {
        Need::list_from_json(json).unwrap()
    }

    /// Returns the records of a table in its own layout.
    fn read(exported: &Exported, layout: fn(&[&str]) -> TableLayout) -> Vec<Value<'static>> {
        let text = exported.files[0].text.trim_start_matches('\u{feff}');
        let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(text.as_bytes());
        let header = reader.headers().unwrap().clone();
        let layout = layout(&header.iter().collect::<Vec<_>>());
        let rows = reader.records().map(|row| {
            let row = row.unwrap();
            let cells = row.iter().map(|cell| crate::import::guard::without_guard(cell).into());
            layout.record(cells).into_owned()
        });
        rows.collect()
    }

    #[test]
    fn a_table_of_offers_has_every_field() {
        let offers = offers(
            r#"{"id": "o-1", "name": "=Treff; \"Nord\"", "organisation": "'-Verein", "help": ["legal", "any"],
            "languages": ["de", {"tag": "prs", "how": "interpreter"}], "area": ["any", "14612"],
            "place": {"region": "14612", "lat": 51.05, "lon": -13.78}, "roles": ["any"], "genders": ["female"],
            "crimes": ["any", "02", {"code": "0102", "context": ["terrorism", "hate"]}, {"context": ["hate"]}],
            "capacity": {"free": 3, "total": 10, "state": "waitlist", "updated": "2026-11-20"}, "ages": {"min": 14, "max": 99},
            "formats": ["phone", "on_site"], "access": ["wheelchair"], "no_access": ["induction_loop"],
            "contact": {"phone": "+49 351", "email": "a@b.de", "url": "https://a.de"}}
            {"id": "o-2"}"#,
        );
        let exported = to_table(&offers, &ExportOptions::new()).unwrap();
        assert!(exported.report.notes.is_empty(), "{:?}", exported.report);
        let records = read(&exported, |header| TableLayout::from_offer_columns(header.iter().copied()));
        assert_eq!(Offer::list_from_value(&Value::Array(records)).unwrap(), offers);
        let text = &exported.files[0].text;
        for cell in ["'+49 351", ";51,05;-13,78;", "'=Treff", "''-Verein", ";any;02;0102+terrorism+hate;+hate"] {
            assert!(text.contains(cell) || text.contains(&cell.replacen(";any", "\"any", 1)), "{cell}\n{text}");
        }
    }

    #[test]
    fn a_table_of_needs_has_every_field() {
        let needs = needs(
            r#"{"id": "n-1", "case": "c-1", "group": "g-1", "people": 2, "priority": "urgent", "help": "legal",
            "languages": ["prs", {"tag": "de", "level": "A2"}], "region": "14612", "place": {"lat": 51.05, "lon": 13.74},
            "crime": {"code": "0101", "context": ["terrorism"]}, "roles": ["bereaved"], "gender": "female", "age": 34,
            "formats": ["on_site"], "access": ["wheelchair"], "rules": {"language": {"rule": "prefer", "minimum": 0.5}}}
            {"id": "n-2", "crime": {"context": ["hate"]}}"#,
        );
        let exported = to_table(&needs, &ExportOptions::new()).unwrap();
        let records = read(&exported, |header| TableLayout::from_need_columns(header.iter().copied()));
        assert!(Need::list_from_value(&Value::Array(records)).unwrap() == needs);
        let notes: Vec<_> =
            exported.report.notes.iter().map(|note| (note.code.as_str(), note.field.as_deref(), note.count)).collect();
        assert_eq!(notes, [("field.unread", Some("place"), 1), ("field.unread", Some("rules"), 1)]);
        let exported = to_table(&needs[1..].to_vec(), &ExportOptions::new()).unwrap();
        assert!(!exported.files[0].text.contains("place.lat") && !exported.files[0].text.contains("rules."));
    }

    #[test]
    fn a_record_that_a_table_cannot_state_is_noted() {
        let offers = offers(r#"{"id": "o-1", "name": "Treff "}"#);
        let note = &to_table(&offers, &ExportOptions::new()).unwrap().report.notes[0];
        assert_eq!((note.code.as_str(), &note.at[..]), ("record.changed", &["o-1".to_owned()][..]));
    }
}
