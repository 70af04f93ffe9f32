//! Import of an export: the same records again, except for what the report of the export names.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "support/cases.rs"]
mod cases;
#[path = "support/records.rs"]
mod records;

use std::collections::BTreeMap;

use lotse::{
    Need, Offer, Vocabulary,
    import::{
        Import, ImportFile, Imported, Mapping, RecordKind,
        export::{ExportOptions, Exported, to_hsds3, to_table},
    },
};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::records::Json;

/// The codes of random records that the built-in vocabulary lacks.
const OWN_CODES: [(&str, &str); 9] = [
    ("help", "own-kind_1"),
    ("help", "legal.first_advice.by_night"),
    ("help", "psychosocial.trauma_clinic"),
    ("crime", "0199"),
    ("context", "own_setting"),
    ("role", "relative_of.someone"),
    ("role", "relative.bereaved"),
    ("access", "own"),
    ("access", "own.part"),
];

/// Returns the vocabulary of a request, with names for all codes.
fn vocabulary_of(request: &Value) -> Vocabulary {
    let mut additions = request.get("vocabulary").cloned().unwrap_or_else(|| json!({}));
    let names =
        OWN_CODES.map(|(kind, code)| json!({"kind": kind, "code": code, "lang": "en", "text": format!("own {code}")}));
    let mut all = additions["names"].as_array().cloned().unwrap_or_default();
    all.retain(|name| name["kind"] != "help");
    all.extend(names);
    additions["names"] = all.into();
    Vocabulary::from_json(&additions.to_string()).unwrap()
}

fn options(vocabulary: &Vocabulary) -> ExportOptions {
    ExportOptions::new().vocabulary(vocabulary).with_capacity(true).as_of(records::AS_OF.parse().unwrap())
}

/// Imports the files of an export: a table with its mapping, other files with the built-in one of their format.
fn import(exported: &Exported, records: RecordKind, vocabulary: &Vocabulary) -> Imported {
    let mut import = Import::builder(records).vocabulary(vocabulary).as_of(records::AS_OF.parse().unwrap());
    let (mappings, files): (Vec<_>, Vec<_>) = exported.files.iter().partition(|file| file.name.ends_with(".map.json"));
    if let [mapping] = mappings[..] {
        import = import.mapping(Mapping::from_json(&mapping.text).unwrap());
    }
    let is_table = !mappings.is_empty();
    let files = files.into_iter().filter(|file| !is_table || file.name.ends_with(".csv"));
    let files: Vec<ImportFile> = files.map(|file| ImportFile::new(&file.name, file.text.clone())).collect();
    import.build().unwrap().read(&files).unwrap()
}

/// Removes what means nothing in a record: items that occur twice in a list, and invisible signs at the end of a text.
fn tidy(mut record: Value) -> Value {
    for text in ["/name", "/organisation", "/contact/phone", "/contact/email", "/contact/url"] {
        if let Some(Value::String(text)) = record.pointer_mut(text) {
            *text = text.trim_end_matches(['\n', '\0']).to_owned();
        }
    }
    for list in record.as_object_mut().unwrap().values_mut().filter_map(Value::as_array_mut) {
        let mut tags: Vec<Value> = Vec::new();
        list.retain(|item| {
            let tag = item.get("tag").unwrap_or(item).clone();
            let is_new = !tags.contains(&tag);
            tags.push(tag);
            is_new
        });
    }
    record
}

fn offers_of(request: &Value) -> Vec<Offer> {
    let offers = Offer::list_from_json(&request["offers"].to_string()).unwrap();
    let offers = offers.into_iter().map(|offer| tidy(serde_json::to_value(&offer).unwrap()));
    let mut offers: Vec<Offer> = offers.map(|offer| Offer::from_json(&offer.to_string()).unwrap()).collect();
    // A list without anything to match is refused.
    offers.push(Offer::builder("last").name("Treff").language("de").build().unwrap());
    offers
}

/// Returns needs with the ids and groups that an import keeps, and without the fields that no mapping reads.
fn needs_of(request: &Value) -> Vec<Need> {
    let needs = Need::list_from_json(&request["needs"].to_string()).unwrap();
    let mut groups: BTreeMap<String, String> = BTreeMap::new();
    let needs = needs.iter().enumerate().map(|(number, need)| {
        let id = format!("n-{number:02}");
        let mut need = tidy(records::with_id(&serde_json::to_value(need).unwrap(), &id));
        let fields = need.as_object_mut().unwrap();
        fields.retain(|field, _| field != "place" && field != "rules");
        if let Some(group) = fields.get_mut("group") {
            *group = groups.entry(group.to_string()).or_insert_with(|| format!("g-{id}")).clone().into();
        }
        Need::from_json(&need.to_string()).unwrap()
    });
    let mut needs: Vec<Need> = needs.collect();
    needs.push(Need::builder("n-99").language("de").build().unwrap());
    needs
}

/// Returns a record without what another spelling or a text such as `null` may change in a directory.
fn coarse(offer: &Offer) -> Value {
    let mut offer = serde_json::to_value(offer).unwrap();
    offer
        .as_object_mut()
        .unwrap()
        .retain(|field, _| !["name", "organisation", "contact", "languages", "ages"].contains(&&**field));
    offer
}

proptest! {
    #![proptest_config(cases::config(40))]

    #[test]
    fn a_table_of_offers_is_read_as_it_was(Json(request) in records::request(12, 1)) {
        let (offers, vocabulary) = (offers_of(&request), vocabulary_of(&request));
        let exported = to_table(&offers, &options(&vocabulary)).unwrap();
        prop_assert!(exported.report.notes.is_empty(), "{:?}", exported.report);
        let imported = import(&exported, RecordKind::Offers, &vocabulary);
        prop_assert_eq!(&imported.offers, &offers);
        prop_assert!(imported.questions.is_empty() && imported.report.lost.is_empty(), "{:?}", imported.report);
    }

    #[test]
    fn a_table_of_needs_is_read_as_it_was(Json(request) in records::request(1, 12)) {
        let (needs, vocabulary) = (needs_of(&request), vocabulary_of(&request));
        let exported = to_table(&needs, &options(&vocabulary)).unwrap();
        prop_assert!(exported.report.notes.is_empty(), "{:?}", exported.report);
        let imported = import(&exported, RecordKind::Needs, &vocabulary);
        prop_assert!(imported.needs == needs, "{:?}", serde_json::to_string(&imported.needs));
        prop_assert!(imported.questions.is_empty() && imported.report.lost.is_empty(), "{:?}", imported.report);
    }

    /// A directory has canonical tags of languages and no text such as `null`: the report names the records that have others.
    #[test]
    fn services_of_hsds_are_read_as_the_offers_were(Json(request) in records::request(12, 1), package in any::<bool>()) {
        let (offers, vocabulary) = (offers_of(&request), vocabulary_of(&request));
        let options = options(&vocabulary).package(package);
        let exported = to_hsds3(&offers, &options).unwrap();
        let imported = import(&exported, RecordKind::Offers, &vocabulary);
        prop_assert!(imported.questions.is_empty(), "{:?}", imported.questions);
        prop_assert_eq!(imported.offers.len(), offers.len());
        let changed: Vec<&str> = ids_of(&exported, "record.changed");
        for (before, after) in offers.iter().zip(&imported.offers) {
            prop_assert_eq!(before == after, !changed.contains(&before.id()), "{:?}", before);
            prop_assert_eq!(coarse(before), coarse(after));
        }
        // What has been in a directory once stays as it is.
        let again = to_hsds3(&imported.offers, &options).unwrap();
        prop_assert_eq!(ids_of(&again, "record.changed"), Vec::<&str>::new());
        prop_assert_eq!(import(&again, RecordKind::Offers, &vocabulary).offers, imported.offers);
    }
}

/// Returns the ids of a note of an export.
fn ids_of<'e>(exported: &'e Exported, code: &str) -> Vec<&'e str> {
    let notes = exported.report.notes.iter().filter(|note| note.code == code);
    notes.flat_map(|note| note.at.iter().map(String::as_str)).collect()
}

/// Rules of the public profiles `tabular-data-package` and `table-schema`, version 1.
#[test]
fn a_data_package_describes_its_tables() {
    let offers = r#"[{"id": "o-1", "name": "=Treff", "ages": {"min": 14}, "place": {"region": "14612", "lat": 51.05, "lon": -13.74},
        "contact": {"phone": "+49 351"}, "capacity": {"free": 3, "updated": "2026-11-20"}, "languages": ["de"]}, {"id": "o-2"}]"#;
    let needs = r#"[{"id": "n-1", "age": 34, "people": 2, "region": "14612", "place": {"lat": 51.05, "lon": 13.74},
        "rules": {"language": {"rule": "prefer", "minimum": 0.5}}}]"#;
    let options = options(&Vocabulary::default()).licence("CC-BY-4.0").licence("For partners only").source("Liste.csv");
    let (offers, needs) = (Offer::list_from_json(offers).unwrap(), Need::list_from_json(needs).unwrap());
    for exported in [
        to_table(&offers, &options).unwrap(),
        to_table(&needs, &options).unwrap(),
        to_hsds3(&offers, &options.clone().package(true)).unwrap(),
    ] {
        let file = |name: &str| &exported.files.iter().find(|file| file.name == name).unwrap().text;
        let package: Value = serde_json::from_str(file("datapackage.json")).unwrap();
        assert_eq!(
            (&package["profile"], &package["created"]),
            (&json!("tabular-data-package"), &json!("2026-11-23T00:00:00Z"))
        );
        let is_name = |value: &Value| {
            let is_sign = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || "-._/".contains(sign);
            value.as_str().is_some_and(|name| !name.is_empty() && name.chars().all(is_sign))
        };
        assert!(is_name(&package["name"]));
        assert_eq!(
            package["licenses"],
            json!([{"name": "CC-BY-4.0"}, {"name": "For-partners-only", "title": "For partners only"}])
        );
        assert_eq!(package["sources"], json!([{"title": "Liste.csv"}]));
        for resource in package["resources"].as_array().unwrap() {
            assert!(
                is_name(&resource["name"])
                    && resource["profile"] == "tabular-data-resource"
                    && resource["encoding"] == "utf-8"
            );
            let delimiter =
                resource.pointer("/dialect/delimiter").map_or(",", |text| text.as_str().unwrap()).as_bytes()[0];
            let text = file(resource["path"].as_str().unwrap()).trim_start_matches('\u{feff}');
            let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
            let fields = resource["schema"]["fields"].as_array().unwrap();
            let names: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
            assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), names);
            assert!(names.contains(&resource["schema"]["primaryKey"].as_str().unwrap()));
            for row in reader.records().map(Result::unwrap) {
                for (field, cell) in fields.iter().zip(&row).filter(|(_, cell)| !cell.is_empty()) {
                    let comma = field["decimalChar"].as_str().unwrap_or(".");
                    let is_valid = match field["type"].as_str().unwrap() {
                        "integer" => cell.parse::<i64>().is_ok(),
                        "number" => cell.replacen(comma, ".", 1).parse::<f64>().is_ok(),
                        "date" => cell.parse::<lotse::Date>().is_ok(),
                        "string" => true,
                        other => panic!("{other}"),
                    };
                    assert!(is_valid, "{field}: {cell}");
                }
            }
        }
    }
}
