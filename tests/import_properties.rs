//! Properties of the import of random tables: nothing disappears, the order of rows decides nothing, and no text of a need is shown.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]

#[path = "support/cases.rs"]
mod cases;
#[path = "support/import_checks.rs"]
mod import_checks;
#[path = "support/import_order.rs"]
mod import_order;

use std::{collections::BTreeMap, ops::ControlFlow};

use lotse::{
    import::{Import, ImportFile, Imported, ImportedRecord, Mapping, RecordKind},
    wire::{self, CallOptions},
};
use proptest::{collection::vec, prelude::*, sample::select};
use serde_json::{Value, json};

/// Names of columns, of which a sketch knows most.
const OFFER_HEADERS: &[&str] = &[
    "Nr",
    "Einrichtung",
    "Träger",
    "Hilfeart",
    "Sprachen",
    "Sprachen",
    "Zuständig für",
    "PLZ",
    "Ort",
    "Alter",
    "Zugangsweg",
    "rollstuhlgerecht",
    "kostenlos",
    "freie Plätze",
    "Stand",
    "Angebot",
    "Schwerpunkte",
    "Landkreis",
    "Region",
    "Zielgruppe",
    "barrierefrei",
    "Kosten",
    "Plätze",
    "Status",
    "Telefon",
    "E-Mail",
    "lat",
    "lon",
    "Ansprechpartner",
    "Geräusche",
    "2024",
    "",
];
const NEED_HEADERS: &[&str] = &[
    "Nr",
    "Sprache",
    "Sprache",
    "Deutschkenntnisse",
    "PLZ",
    "Wohnort",
    "Landkreis",
    "Alter",
    "Geburtsdatum",
    "Geschlecht",
    "Delikt",
    "Rolle",
    "Dringlichkeit",
    "Hilfebedarf",
    "Personenzahl",
    "Familie",
    "Anrede",
    "Name",
    "Bemerkung",
    "Adresse",
    "Geräusche",
];
/// Words of every kind, rubbish, and letters outside of ASCII.
const CELLS: &[&str] = &[
    "",
    "",
    "Deutsch",
    "Arabisch, Dari",
    "Kurdisch",
    "Englisch und Farsi",
    "Deutsch A2",
    "kein Deutsch",
    "Dolmetscher",
    "Chinese (Cantonese) Spanish",
    "weitere",
    "B1",
    "etwas",
    "Leipzig",
    "04103",
    "4103",
    "LK Leipzig",
    "Sachsen",
    "bundesweit",
    "landesweit",
    "Sachsen außer Leipzig",
    "14713",
    "ab 16",
    "18+",
    "14–17",
    "unter 18",
    "bis 27; ab 60",
    "Erwachsene",
    "34",
    "6 Monate",
    "1.2.1990",
    "1990",
    "30.11.96",
    "2026-11-20",
    "31.02.2026",
    "Frauen",
    "weiblich",
    "männlich und divers",
    "ja",
    "nein",
    "x",
    "TRUE",
    "FALSE",
    "0",
    "3",
    "-5",
    "999",
    "99999999999999999999",
    "51,34",
    "12.37",
    "KV",
    "häusl. Gewalt",
    "Stalking",
    "Raub, Einbruch",
    "Terroranschlag",
    "Rechtsberatung",
    "Traumatherapie; Rechtsberatung",
    "Zeuge",
    "Opfer",
    "sofort",
    "hoch",
    "online",
    "Telefon und vor Ort",
    "frei",
    "Warteliste",
    "kostenlos",
    "k.A.",
    "-",
    "?",
    "None",
    "keine",
    "Größe Ähm",
    "Straße; Platz",
    "=1+1",
    "ü",
    "Ж",
    "Espa+¦ol",
    "&quot;x",
    "{",
    "\u{ad}",
    "a@b.de",
    "+49 341 1",
    "0033 123",
    "<b>",
    "\"",
    "a\u{0}b",
    "a/b/c & d + e",
    "(",
    ")(",
    "Deutsch (",
    "mehrere mehrere",
    "Schwester",
    "Dresden, Bautzen und Gorlitz",
];
/// Fields with rules that a random mapping has; `C` is a column.
const OFFER_RULES: &[&str] = &[
    r#"{"name": C}"#,
    r#"{"organisation": C}"#,
    r#"{"help": C}"#,
    r#"{"languages": C}"#,
    r#"{"area": C}"#,
    r#"{"crimes": C}"#,
    r#"{"roles": C}"#,
    r#"{"genders": C}"#,
    r#"{"formats": C}"#,
    r#"{"access": C}"#,
    r#"{"no_access": C}"#,
    r#"{"ages": C}"#,
    r#"{"ages": {"min": C}}"#,
    r#"{"place": {"postcode": C}}"#,
    r#"{"place": {"region": C}}"#,
    r#"{"place": {"lat": C, "lon": C, "not_shared_by": 1}}"#,
    r#"{"capacity": {"free": C}}"#,
    r#"{"capacity": {"state": C, "updated": C}}"#,
    r#"{"capacity": {"total": C, "unit": {"column": C, "values": {"x": true}}}}"#,
    r#"{"contact": {"phone": C}}"#,
    r#"{"languages": {"column": C, "split": "none"}}"#,
    r#"{"languages": {"column": C, "how": {"column": C}}}"#,
    r#"{"access": {"columns": {"C": ["free_of_charge"]}}}"#,
    r#"{"help": {"column": C, "values": {"keine": null, "x": ["legal"]}}}"#,
    r#"{"area": {"column": C, "as": "either"}}"#,
    r#"{"area": {"column": C, "as": "plate"}}"#,
    r#"{"help": {"constant": ["legal"]}}"#,
];
const NEED_RULES: &[&str] = &[
    r#"{"help": C}"#,
    r#"{"languages": C}"#,
    r#"{"languages": {"column": C, "level": {"column": C}}}"#,
    r#"{"crime": C}"#,
    r#"{"roles": C}"#,
    r#"{"gender": C}"#,
    r#"{"age": C}"#,
    r#"{"age": [{"column": C}, {"column": C, "as": "born", "when_empty": true}]}"#,
    r#"{"formats": C}"#,
    r#"{"access": C}"#,
    r#"{"region": C}"#,
    r#"{"region": {"postcode": C, "town": C}}"#,
    r#"{"group": C}"#,
    r#"{"case": C}"#,
    r#"{"people": C}"#,
    r#"{"priority": C}"#,
];

/// A table with the options of its import.
#[derive(Clone, Debug)]
struct Table {
    records: RecordKind,
    headers: Vec<String>,
    rows: Vec<Vec<String>>,
    mapping: Option<Value>,
}

impl Table {
    fn file(&self) -> ImportFile {
        let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
        let line = |cells: &Vec<String>| cells.iter().map(quoted).collect::<Vec<_>>().join(";");
        let lines: Vec<String> = std::iter::once(&self.headers).chain(&self.rows).map(line).collect();
        ImportFile::new("liste.csv", lines.join("\n"))
    }

    fn import(&self) -> Option<Import> {
        let mut import = Import::builder(self.records).as_of("2026-11-29".parse().unwrap()).within("14");
        if let Some(mapping) = &self.mapping {
            // Not every combination of keys is a mapping.
            import = import.mapping(Mapping::from_json(&mapping.to_string()).ok()?);
        }
        import.build().ok()
    }
}

/// Returns a rule for random columns.
fn rule(template: &str, columns: &[String], picks: &[usize]) -> Value {
    fn fill(value: &mut Value, columns: &[String], picks: &mut dyn Iterator<Item = usize>) {
        let mut column = || columns[picks.next().unwrap_or(0) % columns.len()].clone();
        match value {
            Value::String(text) if text == "C" => *value = json!(column()),
            Value::Array(items) => items.iter_mut().for_each(|item| fill(item, columns, picks)),
            Value::Object(fields) => {
                if let Some(marks) = fields.remove("C") {
                    fields.insert(column(), marks);
                }
                fields.values_mut().for_each(|value| fill(value, columns, picks));
            }
            _ => {}
        }
    }
    let mut value: Value = serde_json::from_str(&template.replace(": C", ": \"C\"")).unwrap();
    fill(&mut value, columns, &mut picks.iter().copied().cycle());
    value
}

/// Merges the rules of fields: later ones of a field of rules are appended.
fn merge(fields: &mut serde_json::Map<String, Value>, rule: Value) {
    let Value::Object(rule) = rule else { return };
    for (field, value) in rule {
        match (fields.get_mut(&field), value) {
            (Some(Value::Object(known)), Value::Object(new)) if !known.contains_key("column") => known.extend(new),
            (_, value) => drop(fields.insert(field, value)),
        }
    }
}

fn mapping(records: RecordKind, headers: Vec<String>) -> impl Strategy<Value = Option<Value>> {
    let templates = if records == RecordKind::Offers { OFFER_RULES } else { NEED_RULES };
    let rules = vec((select(templates), vec(any::<usize>(), 3)), 1..6);
    let extra = select(&[
        "{}",
        r#"{"same_id": "unite"}"#,
        r#"{"same_id": "parts"}"#,
        r#"{"same_id": {"first": {"column": "Sprachen", "order": ["Deutsch"]}}}"#,
        r#"{"id": {"row": true}}"#,
        r#"{"leave_out": [{"column": "Status", "is": ["x", "0"]}]}"#,
        r#"{"hide": {"place": [{"column": "PLZ", "empty": false}]}}"#,
        r#"{"words": {"language": {"Kurdisch": ["kmr", "ckb"], "?": null}}, "contains": {"help": [{"text": ["Beratung"], "is": "legal"}]}}"#,
        r#"{"assume": {"language.any_by_interpreter": false, "ages.months": false}}"#,
    ]);
    (rules, extra).prop_map(move |(rules, extra)| {
        let mut fields = serde_json::Map::new();
        rules.into_iter().for_each(|(template, picks)| merge(&mut fields, rule(template, &headers, &picks)));
        let mut mapping = json!({"lotse_mapping": 1, "records": records.as_str(), "id": "Nr", "fields": fields});
        let extra: Value = serde_json::from_str(extra).unwrap();
        mapping.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        Some(mapping)
    })
}

/// Returns a table with ids; some occur twice if `has_same`.
fn table(records: RecordKind, has_same: bool) -> impl Strategy<Value = Table> {
    let names = if records == RecordKind::Offers { OFFER_HEADERS } else { NEED_HEADERS };
    let headers = vec(select(names), 2..9).prop_map(|names| {
        let mut headers = vec!["Nr".to_owned()];
        headers.extend(names.into_iter().filter(|name| *name != "Nr").map(str::to_owned));
        headers
    });
    headers.prop_flat_map(move |headers| {
        let width = headers.len() - 1;
        let cells = vec(vec(select(CELLS), width), 1..14);
        let mapping = prop_oneof![Just(None), mapping(records, headers.clone())];
        (cells, mapping).prop_map(move |(cells, mapping)| {
            let id = |index: usize| format!("{}", if has_same { index % 5 } else { index });
            let row = |(index, cells): (usize, Vec<&str>)| {
                std::iter::once(id(index)).chain(cells.into_iter().map(str::to_owned)).collect()
            };
            let rows = cells.into_iter().enumerate().map(row).collect();
            Table { records, headers: headers.clone(), rows, mapping }
        })
    })
}

fn any_table() -> impl Strategy<Value = Table> {
    prop_oneof![
        table(RecordKind::Offers, false),
        table(RecordKind::Offers, true),
        table(RecordKind::Needs, false),
        table(RecordKind::Needs, true),
    ]
}

/// Returns the records that `for_each` passes on, by id, and its result.
fn streamed(import: &Import, file: &ImportFile) -> (BTreeMap<String, Value>, Imported) {
    let mut records = BTreeMap::new();
    let imported = import.for_each(std::slice::from_ref(file), &|_| ControlFlow::Continue(()), &mut |record| {
        let (id, value) = match &record {
            ImportedRecord::Offer(offer) => (offer.id().to_owned(), json!(offer)),
            ImportedRecord::Need(need) => (need.id().to_owned(), json!(need)),
            _ => return ControlFlow::Break(()),
        };
        records.insert(id, value);
        ControlFlow::Continue(())
    });
    (records, imported.unwrap())
}

proptest! {
    #![proptest_config(cases::config(400))]

    #[test]
    fn nothing_disappears(table in any_table()) {
        let Some(import) = table.import() else { return Ok(()) };
        let file = table.file();
        let Ok(imported) = import.read(std::slice::from_ref(&file)) else { return Ok(()) };
        let broken = import_checks::broken(&imported, None);
        prop_assert!(broken.is_empty(), "{broken:#?}\n{:#?}", imported.report);

        let (records, other) = streamed(&import, &file);
        prop_assert_eq!(records, import_order::by_id(&imported));
        prop_assert_eq!(json!(other.report), json!(imported.report));
        prop_assert_eq!(json!(other.questions), json!(imported.questions));

        let again = import.read(&[file]).unwrap();
        prop_assert_eq!(json!([again.offers, again.report]), json!([imported.offers, imported.report]));
    }

    #[test]
    fn the_order_of_rows_changes_no_record(table in prop_oneof![table(RecordKind::Offers, false), table(RecordKind::Needs, false)]) {
        let Some(import) = table.import() else { return Ok(()) };
        let Ok(imported) = import.read(&[table.file()]) else { return Ok(()) };
        if !import_order::is_unordered(&imported) {
            return Ok(());
        }
        let mut other = table.clone();
        other.rows.reverse();
        let other = import.read(&[other.file()]).unwrap();
        prop_assert_eq!(import_order::by_id(&other), import_order::by_id(&imported));
        prop_assert_eq!(json!(other.report.columns), json!(imported.report.columns));
    }
}

/// Text of which no part is a word: sounds that no language has, as names, sentences, dates or addresses.
fn secret() -> impl Strategy<Value = String> {
    let part = "[xqzvwj]{6,9}";
    let templates = vec![
        "S",
        "Frau S",
        "S, S",
        "S S wohnt bei S",
        "S (S)",
        "S und S",
        "Tel. S",
        "S@S.de",
        "2x S",
        "S\nS",
        "Deutsch, S",
        "ruft S an: S",
    ];
    (select(templates), vec(part, 4)).prop_map(|(template, parts)| {
        let mut parts = parts.into_iter().cycle();
        let text: Vec<String> =
            template.split('S').map(str::to_owned).flat_map(|text| [text, parts.next().unwrap_or_default()]).collect();
        text[..text.len() - 1].concat()
    })
}

/// Returns the parts of texts that may not be shown.
fn parts_of(secrets: &[Vec<String>]) -> Vec<&str> {
    let words = secrets.iter().flatten().flat_map(|text| text.split(|letter: char| !letter.is_alphabetic()));
    words.filter(|word| word.len() >= 6 && word.bytes().all(|byte| b"xqzvwj".contains(&byte))).collect()
}

proptest! {
    #![proptest_config(cases::config(150))]

    #[test]
    fn no_text_of_a_need_is_shown(
        secrets in vec(vec(secret(), NEED_HEADERS.len()), 1..6),
        is_mapped in any::<bool>(),
        has_ids in any::<bool>(),
    ) {
        let mut headers: Vec<String> = NEED_HEADERS.iter().map(|header| (*header).to_owned()).collect();
        headers[2] = "Zweite".to_owned();
        let mut rows = secrets.clone();
        if has_ids {
            (1..).zip(&mut rows).for_each(|(number, row): (u32, _)| row[0] = number.to_string());
        }
        // A row with something to match.
        rows.push(headers.iter().map(|header| if header == "Sprache" { "Dari".to_owned() } else { "9".to_owned() }).collect());
        let fields = json!({
            "languages": ["Sprache", {"column": "Zweite", "level": {"column": "Deutschkenntnisse"}}], "region": {"postcode": "PLZ", "town": "Wohnort", "region": "Landkreis"},
            "age": [{"column": "Alter"}, {"column": "Geburtsdatum", "as": "born", "when_empty": true}], "gender": "Geschlecht", "crime": "Delikt",
            "roles": "Rolle", "priority": {"column": "Dringlichkeit", "values": {"9": 1}}, "help": "Hilfebedarf", "people": "Personenzahl",
            "group": "Familie", "case": "Anrede",
        });
        let mapping = json!({"lotse_mapping": 1, "records": "needs", "id": "Nr", "fields": fields, "never": ["Name"]});
        let table = Table { records: RecordKind::Needs, headers, rows, mapping: is_mapped.then_some(mapping) };
        let words = parts_of(&secrets);
        let mut shown = Vec::new();

        let import = table.import().unwrap();
        let files = [table.file()];
        shown.push(format!("{import:?} {files:?}"));
        match import.read(&files) {
            Ok(imported) => {
                shown.push(format!("{imported:?} {:?}", imported.mapping));
                shown.push(json!([imported.needs, imported.report, imported.questions, imported.mapping]).to_string());
                if let Err(error) = imported.check_strict() {
                    shown.push(format!("{error:?} {error} {}", json!(error)));
                }
            }
            Err(error) => shown.push(format!("{error:?} {error} {}", json!(error))),
        }
        match import.sketch(&files) {
            Ok(sketch) => shown.push(format!("{sketch:?} {}", json!(sketch))),
            Err(error) => shown.push(format!("{error:?} {error}")),
        }
        let mut lines = vec![table.headers.clone()];
        lines.extend(table.rows.clone());
        let quoted = |cells: Vec<String>| cells.iter().map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(";");
        let text = lines.into_iter().map(quoted).collect::<Vec<_>>().join("\n");
        for strict in [false, true] {
            let mut request = json!({"records": "needs", "files": [{"name": "liste.csv", "text": text}], "strict": strict, "as_of": "2026-11-29"});
            if let Some(mapping) = &table.mapping {
                request["mapping"] = mapping.clone();
            }
            for operation in ["import", "sketch"] {
                shown.push(match wire::call_json(operation, &request.to_string(), &CallOptions::new()) {
                    Ok(response) => response,
                    Err(error) => format!("{error:?} {error} {}", json!(error)),
                });
            }
        }
        for (number, shown) in shown.iter().enumerate() {
            for word in &words {
                prop_assert!(!shown.contains(word), "{word} is shown in {number}: {shown}");
            }
        }
    }
}
