//! Import of an export: the same records again, except for what the report of the export names.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "support/cases.rs"]
mod cases;
#[path = "support/records.rs"]
mod records;

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

fn vocabulary_of(request: &Value) -> Vocabulary {
    request.get("vocabulary").map_or_else(Vocabulary::default, |additions| Vocabulary::from_json(&additions.to_string()).unwrap())
}

fn options(vocabulary: &Vocabulary) -> ExportOptions {
    ExportOptions::new().vocabulary(vocabulary).with_capacity(true).as_of(records::AS_OF.parse().unwrap())
}

/// Imports the files of an export: a table with its mapping, other files with the built-in one of their format.
fn import(exported: &Exported, records: RecordKind, vocabulary: &Vocabulary) -> Imported {
    let mut import = Import::builder(records).vocabulary(vocabulary).as_of(records::AS_OF.parse().unwrap());
    let (mappings, files): (Vec<_>, Vec<_>) =
        exported.files.iter().partition(|file| file.name.ends_with(".map.json"));
    if let [mapping] = mappings[..] {
        import = import.mapping(Mapping::from_json(&mapping.text).unwrap());
    }
    let is_table = !mappings.is_empty();
    let files = files.into_iter().filter(|file| !is_table || file.name.ends_with(".csv"));
    let files: Vec<ImportFile> = files.map(|file| ImportFile::new(&file.name, file.text.clone())).collect();
    import.build().unwrap().read(&files).unwrap()
}

/// Compares records with those of an import. Records that a note names may differ.
fn same<R: serde::Serialize>(exported: &Exported, before: &[R], after: &[R], id: fn(&R) -> &str) -> Result<(), TestCaseError> {
    let json = |records: &[R]| serde_json::to_value(records).unwrap();
    let noted: Vec<&str> = exported
        .report
        .notes
        .iter()
        .filter(|note| ["record.changed", "ages.no_limit"].contains(&note.code.as_str()))
        .flat_map(|note| note.at.iter().map(String::as_str))
        .collect();
    let ids = |records: &[R]| records.iter().map(|record| id(record).to_owned()).collect::<Vec<_>>();
    prop_assert_eq!(ids(before), ids(after));
    for (before, after) in before.iter().zip(after) {
        if !noted.contains(&id(before)) {
            prop_assert_eq!(json(std::slice::from_ref(before)), json(std::slice::from_ref(after)));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases::config(100))]

    #[test]
    fn a_table_of_offers_is_read_as_it_was(Json(request) in records::request(12, 1)) {
        let vocabulary = vocabulary_of(&request);
        let offers = Offer::list_from_json(&request["offers"].to_string()).unwrap();
        let exported = to_table(&offers, &options(&vocabulary)).unwrap();
        prop_assert!(exported.report.notes.is_empty(), "{:?}", exported.report);
        let imported = import(&exported, RecordKind::Offers, &vocabulary);
        same(&exported, &offers, &imported.offers, Offer::id)?;
        prop_assert!(imported.questions.is_empty() && imported.report.lost.is_empty(), "{:?}", imported.report);
    }

    #[test]
    fn a_table_of_needs_is_read_as_it_was(Json(mut request) in records::request(1, 12)) {
        for need in request["needs"].as_array_mut().unwrap() {
            // No mapping reads them, which the report says.
            need.as_object_mut().unwrap().retain(|field, _| field != "place" && field != "rules");
        }
        let vocabulary = vocabulary_of(&request);
        let needs = Need::list_from_json(&request["needs"].to_string()).unwrap();
        let exported = to_table(&needs, &options(&vocabulary)).unwrap();
        prop_assert!(exported.report.notes.is_empty(), "{:?}", exported.report);
        let imported = import(&exported, RecordKind::Needs, &vocabulary);
        same(&exported, &needs, &imported.needs, Need::id)?;
        prop_assert!(imported.questions.is_empty() && imported.report.lost.is_empty(), "{:?}", imported.report);
    }

    #[test]
    fn services_of_hsds_are_read_as_the_offers_were(Json(request) in records::request(12, 1), package in any::<bool>()) {
        let vocabulary = vocabulary_of(&request);
        let offers = Offer::list_from_json(&request["offers"].to_string()).unwrap();
        let exported = to_hsds3(&offers, &options(&vocabulary).package(package)).unwrap();
        let imported = import(&exported, RecordKind::Offers, &vocabulary);
        same(&exported, &offers, &imported.offers, Offer::id)?;
        prop_assert!(imported.questions.is_empty(), "{:?}", imported.questions);
    }
}
