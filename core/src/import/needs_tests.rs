//! Lists of needs as a whole: kinds of help, groups, places, and columns of five digits.

use crate::{
    decode::value::Value,
    import::{Import, ImportFile, Imported, Mapping, RecordKind},
};

fn imported(fields: &str, table: &str) -> Imported {
    let json = format!(r#"{{"lotse_mapping": 1, "records": "needs", "id": "Nr", "fields": {{{fields}}}}}"#);
    read(&Mapping::from_json(&json).unwrap(), table)
}

fn read(mapping: &Mapping, table: &str) -> Imported {
    let import = Import::builder(RecordKind::Needs).mapping(mapping.clone()).build().unwrap();
    import.read(&[ImportFile::new("list.csv", table)]).unwrap()
}

fn json(imported: &Imported) -> Vec<String> {
    imported.needs.iter().map(|need| serde_json::to_string(need).unwrap()).collect()
}

#[test]
fn several_kinds_of_help_are_needs_of_one_case() {
    let table = "Nr;Hilfe;Akte\n7;Traumaambulanz, Rechtsberatung, Frauenhausplatz;\n8;Traumaambulanz;\n";
    let of_row = imported(r#""help": "Hilfe""#, table);
    let ids: Vec<(&str, Option<&str>)> = of_row.needs.iter().map(|need| (need.id(), need.case())).collect();
    assert_eq!(ids, [("7", Some("7")), ("7-2", Some("7")), ("7-3", Some("7")), ("8", None)]);
    let records = &of_row.report.records;
    assert_eq!((records.read, records.used, records.added, records.produced), (2, 2, 2, 4));
    let table = "Nr;Hilfe;Akte\n7;Traumaambulanz, Rechtsberatung;A-1\n9;Traumaambulanz;A-1\n";
    let of_case = imported(r#""help": "Hilfe", "case": "Akte""#, table);
    let ids: Vec<(&str, Option<&str>)> = of_case.needs.iter().map(|need| (need.id(), need.case())).collect();
    assert_eq!(ids, [("7", Some("A-1")), ("7-2", Some("A-1")), ("9", Some("A-1"))]);
}

#[test]
fn a_column_of_keys_or_postcodes_is_asked_about_once() {
    let table = "Nr;Gebiet\n1;14612\n2;01067\n3;14612\n";
    let open = imported(r#""region": "Gebiet", "priority": {"constant": "urgent"}"#, table);
    let [question] = open.questions.as_slice() else { panic!("{:?}", open.questions) };
    assert_eq!((question.id.as_str(), question.text.as_deref(), question.count), ("column:gebiet", Some("Gebiet"), 3));
    let columns = open.report.columns.iter().filter(|column| column.column == "Gebiet");
    assert_eq!(columns.map(|column| column.asked).sum::<u64>(), 3);
    assert!(open.needs.iter().all(|need| need.region().is_none()));
    for (reading, region) in [("code", "14612"), ("postcode", "12063")] {
        let answers = Value::from_json(&format!(r#"{{"column:gebiet": "{reading}"}}"#)).unwrap().into_owned();
        let answered = read(&open.mapping.with_answers(&answers).unwrap(), table);
        let first = answered.needs.first().and_then(|need| need.region()).map(ToString::to_string);
        let is_known = reading == "code" || cfg!(feature = "postcodes");
        assert_eq!(first.as_deref(), is_known.then_some(region), "{reading}");
        assert!(answered.questions.iter().all(|question| question.id != "column:gebiet"), "{reading}");
    }
}

#[test]
fn a_place_is_the_region_that_its_cells_have_in_common() {
    let table = "Nr;PLZ;Ort;Hilfe\n1;04103;Leipzig;Traumaambulanz\n2;02999;Lohsa;Traumaambulanz\n\
                 3;01067;Leipzig;Traumaambulanz\n4;02999;;Traumaambulanz\n";
    let imported = imported(r#""region": {"postcode": "PLZ", "town": "Ort"}, "help": "Hilfe""#, table);
    let regions: Vec<bool> = json(&imported).iter().map(|need| need.contains("\"region\"")).collect();
    if cfg!(feature = "postcodes") {
        assert_eq!(regions, [true, true, false, false]);
        let found = imported.needs.iter().filter_map(|need| need.region()).map(ToString::to_string);
        assert_eq!(found.collect::<Vec<_>>(), ["14713", "14625"]);
        let ids: Vec<(&str, bool)> =
            imported.questions.iter().map(|question| (question.id.as_str(), question.text.is_some())).collect();
        assert_eq!(ids, [("postcode@row 5", false)]);
        let suspicion = imported.report.suspicions.iter().find(|note| note.code == "place.contradiction").unwrap();
        assert_eq!(suspicion.at, ["row 4"]);
    }
}

#[test]
fn a_need_has_no_coordinates() {
    for fields in [r#""place": {"lat": "Breite"}"#, r#""region": {"lat": "Breite"}"#] {
        let json = format!(r#"{{"lotse_mapping": 1, "records": "needs", "id": "Nr", "fields": {{{fields}}}}}"#);
        assert!(Mapping::from_json(&json).is_err(), "{fields}");
    }
}
