//! Records as a table with its mapping and a description.

use crate::{
    decode::value::Value,
    error::Error,
    import::{
        export::{
            check_import::{Check, id_of, value_at, values},
            csv_text::CsvText,
            data_package::{self, TableDescription},
            exported::{ExportReport, Exported, ExportedFile},
            notes::ExportNotes,
            options::{ExportOptions, ExportRecords},
            table_mapping,
        },
        fields::fields_of,
        known_code::known_item,
        record_kind::RecordKind,
        word_kind::WordKind,
    },
    model::{need::Need, rules::PartialRules, table_cell::text_of_item, table_layout::TableLayout},
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
    let (kind, columns, records) = match records.into() {
        ExportRecords::Offers(offers) => (RecordKind::Offers, TableLayout::offer_columns(), values(offers)?),
        ExportRecords::Needs(needs) => (RecordKind::Needs, need_columns(needs), values(needs)?),
    };
    let list = kind.as_str();
    let mapping = table_mapping::of(list, &columns, options);
    let description = TableDescription { name: list, file: &format!("{list}.csv"), columns: &columns, key: Some("id") };
    let package = data_package::of_spreadsheet(&description, options);
    let mut files =
        vec![ExportedFile { name: description.file.to_owned(), text: table_text(kind, &columns, &records)? }];
    let mut notes = ExportNotes::default();
    for record in &records {
        note_fields(kind, record, options, &mut notes);
    }
    let (before, left_out) = (records.as_slice(), unread_fields(kind));
    Check { records: kind, before, mapping: Some(&mapping), files: &files, left_out }.run(options, &mut notes)?;
    files.push(ExportedFile { name: format!("{list}.map.json"), text: data_package::pretty(&mapping)? });
    files.push(ExportedFile { name: "datapackage.json".to_owned(), text: data_package::pretty(&package)? });
    let count = u64::try_from(records.len()).unwrap_or(u64::MAX);
    Ok(Exported { files, report: ExportReport { records: count, notes: notes.into_notes() } })
}

/// Returns the fields that a table has, but that no mapping reads.
fn unread_fields(kind: RecordKind) -> &'static [&'static str] {
    match kind {
        RecordKind::Offers => &[],
        RecordKind::Needs => &["place", "rules"],
    }
}

/// Notes fields that no mapping reads, and codes that an import asks about because the vocabulary lacks them.
fn note_fields(kind: RecordKind, record: &Value<'_>, options: &ExportOptions, notes: &mut ExportNotes) {
    let id = id_of(record);
    for field in unread_fields(kind).iter().filter(|field| value_at(record, field).is_some()) {
        notes.add("field.unread", Some(field), id);
    }
    for field in fields_of(kind) {
        let value = field.path.split('.').try_fold(record, value_at);
        let (Some(value), Some(of)) = (value, field.kind) else { continue };
        let items = if let Value::Array(items) = value { items.as_slice() } else { std::slice::from_ref(value) };
        let is_text = matches!(value, Value::String(_) | Value::Array(_) | Value::Object(_)) && of != WordKind::Age;
        let is_unlisted = |item: &Value<'_>| known_item(&options.vocabulary, kind, of, &text_of_item(item)).is_none();
        if is_text && items.iter().any(is_unlisted) {
            notes.add("code.unlisted", Some(field.path), id);
        }
    }
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

/// Returns the text of the table: a row for each record.
fn table_text(kind: RecordKind, columns: &[String], records: &[Value<'static>]) -> Result<String, Error> {
    let names = columns.iter().map(String::as_str);
    let layout = match kind {
        RecordKind::Offers => TableLayout::from_offer_columns(names),
        RecordKind::Needs => TableLayout::from_need_columns(names),
    };
    let mut text = CsvText::for_spreadsheets();
    text.write_row(columns)?;
    for record in records {
        let mut cells = layout.cells(record);
        for (column, cell) in columns.iter().zip(&mut cells) {
            if DECIMALS.contains(&column.as_str()) || column.ends_with(".minimum") {
                *cell = cell.replacen('.', ",", 1);
            }
        }
        text.write_row(&cells)?;
    }
    text.into_string()
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
            r#"{"id": "n-1", "case": "c-1", "group": "g-n-1", "people": 2, "priority": "urgent", "help": "legal",
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
        let offers = offers(r#"{"id": "o-1", "name": "Treff ", "languages": ["de"]}"#);
        let note = &to_table(&offers, &ExportOptions::new()).unwrap().report.notes[0];
        assert_eq!((note.code.as_str(), &note.at[..]), ("record.changed", &["o-1".to_owned()][..]));
    }
}
