//! Every rule about records has a table that shows it: what is united, left out, hidden, joined, suspicious and changed.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]

#[path = "support/import_checks.rs"]
mod import_checks;

use std::{
    ops::ControlFlow,
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

use lotse::{
    Error, Offer, Progress,
    import::{Import, ImportFile, Imported, Mapping, RecordKind},
    wire::{self, CallOptions},
};
use serde_json::{Value, json};

fn import(records: RecordKind, keys: &Value) -> Import {
    let mut mapping = json!({"lotse_mapping": 1, "records": records.as_str(), "id": "id"});
    mapping.as_object_mut().unwrap().extend(keys.as_object().unwrap().clone());
    let mapping = Mapping::from_json(&mapping.to_string()).unwrap();
    Import::builder(records).mapping(mapping).as_of("2026-11-29".parse().unwrap()).build().unwrap()
}

fn read_files(keys: &Value, files: &[(&str, &str)]) -> Imported {
    let files: Vec<ImportFile> = files.iter().map(|(name, text)| ImportFile::new(*name, *text)).collect();
    let imported = import(RecordKind::Offers, keys).read(&files).unwrap();
    assert_eq!(import_checks::broken(&imported, None), Vec::<String>::new());
    imported
}

fn read(keys: &Value, table: &str) -> Imported {
    read_files(keys, &[("list.csv", table)])
}

/// Returns the notes that are no assumption about the file, such as `left_out id.same 1`.
fn notes(imported: &Imported) -> Vec<String> {
    let report = &imported.report;
    let lists = [
        ("assumed", &report.assumed),
        ("left_out", &report.left_out),
        ("merged", &report.merged),
        ("lost", &report.lost),
        ("hidden", &report.hidden),
        ("suspicions", &report.suspicions),
    ];
    let text = |(list, notes): (&str, &Vec<lotse::import::Note>)| {
        notes.iter().map(|note| format!("{list} {} {}", note.code, note.count)).collect::<Vec<_>>()
    };
    lists.into_iter().flat_map(text).collect()
}

fn ids(imported: &Imported) -> String {
    imported.offers.iter().map(Offer::id).collect::<Vec<_>>().join(" ")
}

/// Returns offers as lotse reads them.
fn offers(json: &Value) -> Vec<Offer> {
    Offer::list_from_json(&json.to_string()).unwrap()
}

/// Checks the records and notes of a table of offers.
fn assert_read(sentence: &str, keys: &Value, table: &str, records: &Value, expected: &[&str]) {
    let imported = read(keys, table);
    assert_eq!(imported.offers, offers(records), "{sentence}: {:#?}", imported.report);
    assert_eq!(notes(&imported), expected, "{sentence}");
}

#[test]
fn rows_of_one_id_are_refused_united_split_or_preferred() {
    let fields = json!({"name": "Name", "languages": "Sprache", "area": "Gebiet"});
    let with = |same_id: Value| json!({"fields": fields, "same_id": same_id});
    let table = "id;Name;Sprache;Gebiet\n1;Treff;Deutsch;Dresden\n1;Treff;Dari;Dresden\n";
    let first = json!([{"id": "1", "name": "Treff", "languages": ["de"], "area": ["14612"]}]);
    assert_read("refuse", &with(json!("refuse")), table, &first, &["left_out id.same 1"]);
    let both = json!([{"id": "1", "name": "Treff", "languages": ["de", "prs"], "area": ["14612"]}]);
    assert_read("unite", &with(json!("unite")), table, &both, &["merged id.united 1"]);
    let parts = json!([
        {"id": "1@1", "name": "Treff", "languages": ["de"], "area": ["14612"]},
        {"id": "1@2", "name": "Treff", "languages": ["prs"], "area": ["14612"]},
    ]);
    let imported = read(&with(json!("parts")), table);
    assert_eq!(imported.offers, offers(&parts));
    assert!(notes(&imported).contains(&"assumed offer.by_place 2".to_owned()), "{:?}", notes(&imported));
    let order = json!({"first": {"column": "Sprache", "order": ["Dari", "Deutsch"]}});
    let preferred = json!([{"id": "1", "name": "Treff", "languages": ["prs"], "area": ["14612"]}]);
    assert_read("first", &with(order), table, &preferred, &["merged id.first 1"]);
}

#[test]
fn parts_of_an_id_are_named_by_a_column_and_united_if_they_serve_alike() {
    let keys = json!({"id": {"column": "id", "part": "Haus"}, "same_id": "parts", "fields": {"languages": "Sprache"}});
    let imported = read(&keys, "id;Haus;Sprache\n1;Nord;Deutsch\n1;Ost;Dari\n2;Nord;Dari\n2;Ost;Dari\n");
    assert_eq!(ids(&imported), "1@Nord 1@Ost 2");
}

#[test]
fn only_leaves_of_a_tree_are_records() {
    let keys = json!({
        "tree": {"id": "id", "parent": "oben", "inherit": ["Sprache"]}, "fields": {"languages": "Sprache", "organisation": "parent.Name"},
    });
    let table = "id;oben;Name;Sprache\n1;;Träger;Dari\n2;1;Haus;\n3;1;Hof;Deutsch\n";
    let expected = json!([
        {"id": "2", "organisation": "Träger", "languages": ["prs"]},
        {"id": "3", "organisation": "Träger", "languages": ["de"]},
    ]);
    let imported = read(&keys, table);
    assert_eq!(imported.offers, offers(&expected));
    assert!(notes(&imported).contains(&"left_out tree.parent 1".to_owned()), "{:?}", notes(&imported));
}

#[test]
fn rows_that_are_above_each_other_are_no_records() {
    let keys =
        json!({"tree": {"id": "id", "parent": "oben", "inherit": ["Sprache"]}, "fields": {"languages": "Sprache"}});
    let imported = read(&keys, "id;oben;Sprache\n1;2;\n2;1;\n3;1;\n4;4;Dari\n5;;Deutsch\n");
    assert!(ids(&imported).starts_with("3"), "{}", ids(&imported));
    assert!(ids(&imported).ends_with('5'), "{}", ids(&imported));
}

#[test]
fn each_element_of_a_list_is_a_record() {
    let keys = json!({"id": {"join": ["id", "haeuser[].nr"]}, "each": "haeuser[]", "fields": {"languages": "haeuser[].sprache"}});
    let text = r#"[{"id": "a", "haeuser": [{"nr": "1", "sprache": "Dari"}, {"nr": "2", "sprache": "Deutsch"}]}, {"id": "b", "haeuser": []}]"#;
    let imported = read_files(&keys, &[("list.json", text)]);
    assert_eq!(ids(&imported).split(' ').take(2).collect::<Vec<_>>(), ["a-1", "a-2"]);
    assert_eq!(imported.offers[1].languages().map(|(tag, _)| tag).collect::<Vec<_>>(), ["de"]);
    assert_eq!(imported.report.records.added, 1);
}

#[test]
fn rows_of_a_side_table_are_nested() {
    let keys = json!({
        "source": {"files": ["angebote"]},
        "join": [
            {"file": "sprachen", "on": "id", "to": "angebot", "as": "sprachen[]"},
            {"file": ["traeger", "organisations"], "on": "traeger", "to": "nr", "as": "traeger_"},
        ],
        "fields": {"languages": "sprachen[].sprache", "organisation": "traeger_.name"},
    });
    let files = [
        ("angebote.csv", "id;traeger\n1;9\n2;8\n"),
        ("sprachen.csv", "angebot;sprache\n1;Deutsch\n1;Dari\n7;Deutsch\n"),
        ("traeger.csv", "nr;name\n9;Verein\n"),
    ];
    let imported = read_files(&keys, &files);
    let expected = json!([{"id": "1", "organisation": "Verein", "languages": ["de", "prs"]}, {"id": "2"}]);
    assert_eq!(imported.offers, offers(&expected));
    assert!(notes(&imported).contains(&"lost reference 1".to_owned()), "{:?}", notes(&imported));
}

#[test]
fn tables_that_refer_to_each_other_end() {
    let keys = json!({
        "source": {"files": ["a"]},
        "join": [
            {"file": "b", "on": "id", "to": "a", "as": "b[]"},
            {"file": "b", "on": "b[].id", "to": "a", "as": "b[].b[]"},
            {"file": "a", "on": "id", "to": "id", "as": "a"},
        ],
        "fields": {"languages": ["sprache", "b[].sprache"]},
    });
    let imported = read_files(&keys, &[("a.csv", "id;sprache\n1;Dari\n"), ("b.csv", "id;a;sprache\n1;1;Deutsch\n")]);
    assert_eq!(ids(&imported), "1");
}

#[test]
fn a_rule_leaves_records_out_and_hides_fields() {
    let keys = json!({
        "leave_out": [{"column": "Status", "is": ["geschlossen"]}, {"column": "Ende", "before": "as_of"}],
        "hide": {"place": [{"column": "geheim", "is": ["ja"]}], "contact.phone": [{"column": "geheim", "is": ["ja"]}]},
        "fields": {"languages": "Sprache", "place": {"lat": "lat", "lon": "lon"}, "contact": {"phone": "Telefon"}},
    });
    let table = "id;Sprache;Status;Ende;geheim;lat;lon;Telefon\n1;Dari;offen;;ja;51.05;13.74;0341 1\n\
                 2;Dari;geschlossen;;nein;51.05;13.74;0341 2\n3;Dari;offen;2026-11-28;;;;\n4;Dari;offen;2026-11-29;;51.05;13.74;0341 4\n";
    let imported = read(&keys, table);
    let expected = json!([
        {"id": "1", "languages": ["prs"]},
        {"id": "4", "languages": ["prs"], "place": {"lat": 51.05, "lon": 13.74}, "contact": {"phone": "0341 4"}},
    ]);
    assert_eq!(imported.offers, offers(&expected));
    let expected = ["left_out rule 1", "left_out rule 1", "hidden rule 1", "hidden rule 1"];
    assert_eq!(notes(&imported), expected);
}

#[test]
fn a_crosswalk_reads_codes_by_its_options() {
    let codes = json!({"A": {"help": ["legal"]}, "A-1": {"help": ["financial"]}, "X": {"help": []}});
    let with = |more: Value| {
        let mut crosswalk = json!({"name": "Tax", "column": "Codes", "split": ";", "codes": codes});
        crosswalk.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({"fields": {"languages": "Sprache"}, "crosswalk": [crosswalk]})
    };
    let table = "id,Sprache,Codes\n1,Dari,A-1.5\n2,Dari,A;Z 9\n3,Dari,Z 9\n4,Dari,\n5,Dari,A\n6,Dari,X\n";
    let help = |imported: &Imported| {
        let of = |offer: &Offer| {
            let codes = json!(offer).get("help").cloned().unwrap_or_default();
            format!("{} {}", offer.id(), codes.to_string().replace(['"', '[', ']'], ""))
        };
        imported.offers.iter().map(of).collect::<Vec<_>>()
    };
    let by_prefix = read(&with(json!({"by": "prefix", "other": "foreign"})), table);
    let expected = ["1 financial", "2 legal,foreign.tax.z_9", "3 foreign.tax.z_9", "4 null", "5 legal", "6 null"];
    assert_eq!(help(&by_prefix), expected);
    assert_eq!(notes(&by_prefix)[..1], ["assumed help.foreign 2"]);
    assert!(notes(&by_prefix).contains(&"suspicions crosswalk.without 1".to_owned()), "{:?}", notes(&by_prefix));
    let whole = read(&with(json!({"by": "whole", "other": "unknown"})), table);
    assert_eq!(help(&whole), ["1 null", "2 legal", "3 null", "4 null", "5 legal", "6 null"]);
    assert_eq!(notes(&whole)[..1], ["lost crosswalk.unlisted 3"]);
    let listed = read(&with(json!({"by": "prefix", "other": "leave_out", "without": "leave_out"})), table);
    assert_eq!(ids(&listed), "1 2 5 6");
    assert_eq!(listed.report.records.left_out, 2);
    let kept = read(&with(json!({"by": "prefix", "other": "leave_out", "without": "unknown"})), table);
    assert_eq!(ids(&kept), "1 2 4 5 6");
}

/// Returns a table of ten offers with these cells.
fn ten(header: &str, cells: impl Fn(usize) -> String) -> String {
    (0..10).fold(format!("id;{header}"), |table, row| format!("{table}\n{row};{}", cells(row)))
}

#[test]
fn every_suspicion_is_noted_and_changes_no_record() {
    let languages = ["Deutsch", "Dari", "Arabisch"];
    let of = |row: usize| languages[row % 3];
    let fields = |more: Value| {
        let mut fields = json!({"languages": "Sprache"});
        fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({"fields": fields})
    };
    let place = json!({"place": {"lat": "lat", "lon": "lon", "not_shared_by": 2}, "area": "Gebiet"});
    let plain = fields(json!({}));
    let cases: Vec<(&str, Value, String)> = vec![
        ("same_in_all 10", plain.clone(), ten("Sprache", |_| "Dari".to_owned())),
        (
            "place.shared 10",
            fields(place.clone()),
            ten("Sprache;Gebiet;lat;lon", |row| format!("{};;51.05;13.74", of(row))),
        ),
        ("place.swapped 1", fields(place), "id;Sprache;Gebiet;lat;lon\n1;Dari;Dresden;13.74;51.05\n".to_owned()),
        (
            "place.contradiction 1",
            fields(json!({"place": {"postcode": "PLZ", "region": "Kreis"}})),
            "id;Sprache;PLZ;Kreis\n1;Dari;04103;Görlitz\n".to_owned(),
        ),
        (
            "flags.all_false 1",
            fields(json!({"access": {"columns": {"Rampe": ["wheelchair"], "frei": ["free_of_charge"]}}})),
            "id;Sprache;Rampe;frei\n1;Dari;nein;nein\n2;Dari;ja;nein\n".to_owned(),
        ),
        ("ages.all_open 10", fields(json!({"ages": {"min": "ab"}})), ten("Sprache;ab", |row| format!("{};0", of(row)))),
        (
            "updated.one_day 10",
            fields(json!({"capacity": {"free": "frei", "updated": "Stand"}})),
            ten("Sprache;frei;Stand", |row| format!("{};{row};2026-11-20", of(row))),
        ),
        (
            "phone.two_countries 1",
            fields(json!({"contact": {"phone": "Telefon"}})),
            "id;Sprache;Telefon\n1;Dari;+49 341 1\n2;Dari;+49 341 2\n3;Dari;+33 1 23\n".to_owned(),
        ),
        (
            "header.number 1",
            plain.clone(),
            "id;Sprache;Ort;Name;2026\n1;Dari;Halle;Treff;x\n2;Deutsch;Halle;Hof;y\n".to_owned(),
        ),
        ("header.twice 1", plain.clone(), "id;Sprache;Link;Link\n1;Dari;a;b\n2;Deutsch;c;d\n".to_owned()),
    ];
    for (expected, keys, table) in cases {
        let imported = read(&keys, &table);
        let notes = notes(&imported);
        assert!(notes.contains(&format!("suspicions {expected}")), "{expected}: {notes:?}");
        assert_eq!(imported.report.records.produced, imported.report.records.read, "{expected}");
    }
}

#[test]
fn ids_of_two_files_get_their_names() {
    let keys = json!({"fields": {"languages": "Sprache"}});
    let imported =
        read_files(&keys, &[("a.csv", "id;Sprache\n1;Dari\n2;Dari\n"), ("b.csv", "id;Sprache\n1;Deutsch\n")]);
    assert_eq!(ids(&imported), "a/1 a/2 b/1");
    assert_eq!(notes(&imported), ["assumed id.file_prefix 3", "suspicions id.one_file_only 1"]);
}

#[test]
fn a_header_that_is_data_is_suspicious() {
    let keys = json!({"id": {"row": true}, "source": {"header": 1}, "fields": {"languages": "Dari"}});
    let imported = read(&keys, "1;Dari;04109;2026-11-03\n2;Dari;04109;2026-11-03\n3;Deutsch;04109;2026-11-03\n");
    assert!(notes(&imported).contains(&"suspicions header.looks_like_data 1".to_owned()), "{:?}", notes(&imported));
}

#[test]
fn the_size_of_a_group_in_each_of_its_rows_is_suspicious() {
    let keys = json!({"fields": {"languages": "Sprache", "group": "Familie", "people": "Personen"}});
    let file =
        ImportFile::new("list.csv", "id;Sprache;Familie;Personen\n1;Dari;A;3\n2;Dari;A;3\n3;Dari;A;3\n4;Dari;B;1\n");
    let imported = import(RecordKind::Needs, &keys).read(&[file]).unwrap();
    assert_eq!(import_checks::broken(&imported, None), Vec::<String>::new());
    let suspicions: Vec<_> = imported.report.suspicions.iter().map(|note| (note.code.as_str(), note.count)).collect();
    assert_eq!(suspicions, [("people.repeated", 3)]);
    assert_eq!(imported.needs[0].group(), Some("g-1"));
}

fn call(request: &Value) -> Result<Value, Error> {
    let response = wire::call_json("import", &request.to_string(), &CallOptions::new())?;
    Ok(serde_json::from_str(&response).unwrap())
}

#[test]
fn an_update_reports_what_changed_and_keeps_capacities() {
    let table = "id;Name;Sprachen;freie Plätze\n1;Treff;Dari;\n2;Haus;Deutsch;0\n4;Hof;Deutsch;\n5;Tor;Dari;\n";
    let previous = json!([
        {"id": "1", "name": "Treff", "languages": ["prs"], "capacity": {"free": 3, "updated": "2026-11-01"}},
        {"id": "2", "name": "Haus", "languages": ["de", "prs"], "capacity": 2},
        {"id": "3", "name": "Garten"},
        {"id": "5", "name": "Tor", "languages": ["prs"]},
    ]);
    let request = json!({"records": "offers", "files": [{"name": "list.csv", "text": table}], "previous": previous, "as_of": "2026-11-29"});
    let response = call(&request).unwrap();
    let expected =
        json!({"new": ["4"], "changed": [{"id": "2", "fields": ["languages", "capacity"]}], "gone": ["3"], "same": 2});
    assert_eq!(response["report"]["changes"], expected);
    assert_eq!(offers(&response["offers"])[0], offers(&previous)[0]);
    assert_eq!(response["offers"][1]["capacity"]["free"], json!(0));
    let kept = &response["report"]["assumed"][0];
    assert_eq!((kept["code"].as_str(), kept["count"].as_u64()), (Some("capacity.kept"), Some(1)));
    assert_eq!(response["report"]["records"]["produced"], json!(4));
    // The records of an import are the same as before.
    let again = call(&json!({"records": "offers", "files": request["files"], "previous": response["offers"]})).unwrap();
    assert_eq!(again["report"]["changes"], json!({"new": [], "changed": [], "gone": [], "same": 4}));
}

#[test]
fn an_update_of_needs_shows_no_value() {
    let request = json!({
        "records": "needs",
        "files": [{"name": "list.csv", "text": "Nr;Sprache;Alter\nn-1;Dari;34\nn-2;Deutsch;7\n"}],
        "previous": [{"id": "n-1", "languages": [{"tag": "prs"}], "age": 33}, {"id": "n-9", "age": 61}],
    });
    let report = call(&request).unwrap()["report"].clone();
    let expected = json!({"new": ["n-2"], "changed": [{"id": "n-1", "fields": ["age"]}], "gone": ["n-9"], "same": 0});
    assert_eq!(report["changes"], expected);
}

#[test]
fn an_update_needs_ids() {
    for table in ["Sprache;Alter\nDari;18+\n", "Nr;Sprache\nn-1;Dari\n;Deutsch\n", "Nr;Sprache\nBeispiel;Dari\n"] {
        for records in ["offers", "needs"] {
            let request =
                json!({"records": records, "files": [{"name": "list.csv", "text": table}], "previous": [{"id": "1"}]});
            match call(&request) {
                Err(error) => assert_eq!(error.code(), "import.update.generated_ids", "{table}"),
                // A name is an id of an offer.
                Ok(_) => assert!(records == "offers" && table.contains("Beispiel"), "{table}"),
            }
        }
    }
}

#[test]
fn errors_of_earlier_records_have_their_paths() {
    let request = json!({"records": "offers", "files": [{"name": "list.csv", "text": ""}], "previous": [{"id": "1"}, {"id": 2, "nam": "A"}]});
    let error = call(&request).unwrap_err();
    let paths: Vec<&str> = error.errors().map(|error| error.path()).collect();
    assert_eq!(paths, ["previous[1].nam", "previous[1].id"]);
}

#[test]
fn a_strict_import_names_what_is_open_unmentioned_and_left_out() {
    let keys = json!({"fields": {"languages": "Sprache"}});
    let open = read(&keys, "id;Sprache;Notiz\n1;Kurdisch;a\n2;Dari;b\n2;Dari;\n").check_strict().unwrap_err();
    let errors: Vec<_> = open.errors().map(|error| (error.code(), error.path())).collect();
    let expected = [
        ("import.strict.question", "row 2, Sprache"),
        ("import.strict.column", "Notiz"),
        ("import.strict.left_out", "row 4"),
    ];
    assert_eq!(errors, expected);
    let keys =
        json!({"fields": {"languages": "Sprache"}, "ignore": ["Notiz"], "words": {"language": {"Kurdisch": "kmr"}}});
    read(&keys, "id;Sprache;Notiz;Leer\n1;Kurdisch;a;\n2;Dari;b;\n").check_strict().unwrap();
    let request = json!({"records": "offers", "files": [{"name": "list.csv", "text": "id;Sprachen\n1;Kurdisch\n"}], "strict": true});
    assert_eq!(call(&request).unwrap_err().code(), "import.strict.question");
}

#[test]
fn progress_grows_and_a_cancelled_import_ends_at_once() {
    let rows: String = (0..2_000).map(|row| format!("\n{row};Dari")).collect();
    let files = [ImportFile::new("list.csv", format!("id;Sprache{rows}"))];
    let import = import(RecordKind::Offers, &json!({"fields": {"languages": "Sprache"}}));
    let (last, calls) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let grows = |progress: Progress| {
        assert!(progress.done >= last.load(Relaxed) && progress.total.is_none_or(|total| progress.done <= total));
        last.store(progress.done, Relaxed);
        calls.fetch_add(1, Relaxed);
        ControlFlow::Continue(())
    };
    assert_eq!(import.read_with_progress(&files, &grows).unwrap().offers.len(), 2_000);
    let calls = calls.into_inner();
    assert!(calls > 3 && last.into_inner() > 0, "{calls} calls");
    for allowed in 0..calls {
        let seen = AtomicUsize::new(0);
        let stops = |_: Progress| {
            if seen.fetch_add(1, Relaxed) == allowed { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        assert_eq!(import.read_with_progress(&files, &stops).unwrap_err().code(), "cancelled", "after {allowed}");
    }
    let mut passed = 0;
    let stopped = import.for_each(&files, &|_| ControlFlow::Continue(()), &mut |_| {
        passed += 1;
        if passed == 10 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!((stopped.unwrap_err().code(), passed), ("cancelled", 10));
}
