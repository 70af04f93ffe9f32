//! Every key of a mapping file, and the errors about them.

use super::Mapping;
use crate::import::{
    column::Column,
    record_kind::RecordKind,
    rules::{
        CodeCondition, CodeResult, Condition, HeaderRule, IdRule, Other, ReadAs, RuleSource, SameId, Split, Terms,
        WordOrColumn,
    },
    word_kind::WordKind,
};
use crate::{
    decode::value::Value,
    error::{Error, ErrorSink},
    vocabulary::Vocabulary,
};

/// An offer mapping with every key of the format but `base`.
const OFFERS: &str = r#"{
    "lotse_mapping": 1, "records": "offers", "name": "List", "note": "of the office", "licence": ["CC0"],
    "source": {"format": "table", "encoding": "cp850", "delimiter": "|", "sheet": "Angebote", "header": [2, 3],
        "skip": [5, 6], "files": ["list"], "guard": true},
    "within": "14", "prefix": "lk-", "null": ["-"], "id": {"join": ["type", 2], "sep": ":"},
    "same_id": {"first": {"column": "locale", "order": ["de", "en"]}}, "each": "places[]",
    "tree": {"id": "id", "parent": "parent", "inherit": ["languages", ["a", "b"]]},
    "join": [{"file": ["org", "orgs"], "on": "org_id", "to": "id", "as": "places[].org"}],
    "leave_out": [{"column": "state", "is": ["old"]}, {"column": "until", "before": "as_of"},
        {"column": "until", "before": "2026-01-01"}, {"column": "x", "not": ["y"]}, {"column": "x", "empty": false},
        {"column": "x", "contains": ["z"]}],
    "hide": {"place": [{"column": "secret", "is": ["ja"]}], "contact.phone": []},
    "fields": {
        "name": ["Name", {"column": ["a", "b"], "when_empty": true}], "organisation": {"column": 3},
        "help": {"constant": ["legal"]}, "crimes": {"column": "c", "words": "crime", "split": ";*"},
        "languages": [{"columns": {"Arabisch": "ar"}, "marked": ["x"]},
            {"rows": "phones[].languages[]", "column": "name", "tag": "code", "how": {"column": "note"}, "level": "B1"},
            {"column": "Deutsch", "language": "de"}],
        "area": {"from": "place.region"},
        "place": {"region": {"column": "r", "as": "code", "pad": 5, "prefix": "FR-", "strip": ["urn:ags:"],
                "rules": [{"digits": [2, 3], "prefix": "FR-D"}, {"is": "france", "value": "FR"}, {"digits": 9, "value": "x"}]},
            "postcode": "PLZ", "town": "Ort", "plate": "Kfz", "lat": "lat", "lon": "lon", "not_shared_by": 20},
        "capacity": {"state": {"column": "s", "values": {"4": {"is": {"free": 4}, "assumed": "capacity.one_party"},
                "ja": "open", "x": null}, "else": null}, "free": "f", "total": "t", "updated": {"column": "u", "as": "date"},
            "unit": {"column": "unit", "is": ["Platz"]}},
        "roles": {"column": "z", "when": {"column": "w", "is": ["1"]}, "unless": {"column": "w", "empty": true}},
        "genders": {"column": "z", "null": []}, "ages": {"min": "min", "max": "max", "no_limit": [99]},
        "formats": "f", "access": "a", "no_access": {"column": "a", "split": "none"},
        "contact": {"phone": {"column": "p", "as": "phone"}, "email": "e", "url": "w"}
    },
    "crosswalk": [{"name": "tax", "terms": "terms[]", "code": ["code", "id"], "scheme": "taxonomy", "split": ";",
            "by": "whole", "codes": {"1": {"help": ["legal"]}, "2": {"is": {"languages": [{"tag": "mul"}]}, "assumed": "a"},
            "3": null}, "own": {"lotse-help": "help"}, "other": "leave_out", "without": "leave_out"},
        {"name": "col", "column": "codes"}],
    "words": {"language": {"Kurdisch": ["kmr", "ckb"], "Creole": {"is": "ht", "assumed": "x"}, "?": null}},
    "contains": {"access": [{"text": ["not accessible"], "is": null}]},
    "assume": {"format.remote": false}, "postcodes": {"01067": "14612", "02999": ["14625", "14626"]},
    "ignore": ["Notiz"], "never": [["Ansprechpartner", "Leitung"]], "not_personal": ["Name"]
}"#;

const NEEDS: &str = r#"{
    "lotse_mapping": 1, "records": "needs", "id": {"row": true}, "same_id": "unite",
    "fields": {"case": "Akte", "group": "Familie", "people": "Personen", "priority": "Prio", "help": "Hilfe",
        "languages": "Sprache", "region": {"region": "Kreis", "postcode": "PLZ", "town": "Ort", "plate": "Kfz"},
        "crime": "Delikt", "roles": "Rolle", "gender": "Geschlecht",
        "age": [{"column": "Alter", "no_limit": []}, {"column": "geb.", "as": "born", "when_empty": true}],
        "formats": "Kontakt", "access": "Barrieren"}
}"#;

fn mapping(json: &str) -> Mapping {
    Mapping::from_json(json).unwrap()
}

fn errors(json: &str) -> Vec<(String, String)> {
    let error = Mapping::from_json(json).unwrap_err();
    error.errors().map(|detail| (detail.code().to_owned(), detail.path().to_owned())).collect()
}

/// Returns the errors of a mapping of offers with further keys.
fn errors_with(keys: &str) -> Vec<(String, String)> {
    errors(&format!(r#"{{"lotse_mapping": 1, "records": "offers", {keys}}}"#))
}

#[test]
fn every_key_about_files_and_records_is_decoded() {
    let rules = mapping(OFFERS).rules;
    assert_eq!((rules.records, rules.licence.as_slice()), (RecordKind::Offers, &["CC0".to_owned()][..]));
    let source = &rules.source;
    assert_eq!(
        (source.format.as_deref(), source.encoding.as_deref(), source.delimiter, source.sheet.as_deref()),
        (Some("table"), Some("cp850"), Some('|'), Some("Angebote"))
    );
    assert_eq!(
        (source.header, source.skip.as_slice(), source.guard),
        (Some(HeaderRule::Rows(2, 3)), &[5, 6][..], true)
    );
    assert_eq!((rules.within.as_deref(), rules.prefix.as_str()), (Some("14"), "lk-"));
    assert_eq!((rules.null, source.files.as_slice()), (Some(vec!["-".into()]), &["list".to_owned()][..]));
    assert!(matches!(&rules.id, Some(IdRule::Join { columns, separator }) if columns.len() == 2 && separator == ":"));
    assert!(
        matches!(&rules.same_id, SameId::First { column, order } if column.are_named("locale") && order.len() == 2)
    );
    assert_eq!(rules.each.map(|each| each.to_string()).as_deref(), Some("places[]"));
    let tree = rules.tree.unwrap();
    assert_eq!((tree.id.to_string(), tree.parent.to_string(), tree.inherit.len()), ("id".into(), "parent".into(), 2));
    let join = &rules.join[0];
    assert_eq!((join.files.len(), join.target.as_str()), (2, "places[].org"));
    assert_eq!((join.on.to_string(), join.to.to_string()), ("org_id".into(), "id".into()));
    let conditions: Vec<&Condition> = rules.leave_out.iter().map(|test| &test.condition).collect();
    assert!(matches!(
        conditions[..],
        [
            Condition::Is(_),
            Condition::Before(None),
            Condition::Before(Some(_)),
            Condition::Not(_),
            Condition::Empty(false),
            Condition::Contains(_)
        ]
    ));
    let hidden: Vec<(&str, usize)> = rules.hide.iter().map(|(field, tests)| (field.as_str(), tests.len())).collect();
    assert_eq!(hidden, [("place", 1), ("contact.phone", 0)]);
    assert_eq!((rules.ignore.len(), rules.never[0].to_string().as_str()), (1, "Ansprechpartner, Leitung"));
    assert_eq!(rules.not_personal.len(), 1);
}

#[test]
fn every_key_about_words_is_decoded() {
    let rules = mapping(OFFERS).rules;
    let (kind, words) = &rules.words[0];
    assert_eq!((*kind, words[0].1.values.len(), words[2].1.values.len()), (WordKind::Language, 2, 0));
    assert_eq!((words[1].1.assumed.as_deref(), words[1].0.as_str()), (Some("x"), "Creole"));
    assert_eq!(rules.contains[0].1[0].0, ["not accessible"]);
    assert!(!rules.assumes("format.remote") && rules.assumes("format.virtual"));
    let postcodes: Vec<usize> = rules.postcodes.iter().map(|(_, regions)| regions.len()).collect();
    assert_eq!((postcodes.as_slice(), rules.not_shared_by), (&[1, 2][..], Some(20)));
    let [tax, column] = &rules.crosswalk[..] else { panic!("two crosswalks") };
    assert!(matches!(&tax.terms, Terms::Objects { code, .. } if code.len() == 2));
    assert_eq!((tax.name.as_str(), tax.scheme.as_deref(), tax.split.as_deref()), ("tax", Some("taxonomy"), Some(";")));
    assert_eq!((tax.by_prefix, tax.other, tax.leaves_out_without), (false, Other::LeaveOut, true));
    let assumed: Vec<Option<&str>> = tax.codes.iter().map(|(_, entry)| entry.assumed.as_deref()).collect();
    assert_eq!((assumed.as_slice(), tax.own.len()), (&[None, Some("a"), None][..], 1));
    assert!(matches!(column.terms, Terms::Column(_)));
    assert_eq!((column.by_prefix, column.other, column.leaves_out_without), (true, Other::Foreign, false));
}

#[test]
fn every_key_of_a_rule_is_decoded() {
    let rules = mapping(OFFERS).rules;
    let of = |field: &str| rules.fields.iter().find(|(other, _)| other == field).unwrap().1.as_slice();
    assert!(of("name")[1].when_empty && !of("name")[0].when_empty);
    assert!(
        matches!(&of("organisation")[0].source, RuleSource::Column(columns) if columns.0[0] == Column::from_number(3))
    );
    assert!(matches!(of("help")[0].source, RuleSource::Constant(_)));
    assert_eq!(of("crimes")[0].split, Some(Split::Separators(";*".into())));
    assert_eq!(of("crimes")[0].words, Some(WordKind::Crime));
    let [marked, rows, level] = of("languages") else { panic!("three rules") };
    assert!(matches!(&marked.source, RuleSource::Marked(columns, marks) if columns.len() == 1 && marks == &["x"]));
    assert_eq!(rows.rows.as_ref().unwrap().to_string(), "phones[].languages[]");
    assert_eq!(rows.tag.as_ref().unwrap().to_string(), "code");
    assert!(matches!(&rows.how, Some(WordOrColumn::Column(column)) if column.are_named("note")));
    assert!(matches!(&rows.level, Some(WordOrColumn::Word(word)) if word == "B1"));
    assert_eq!(level.language.as_deref(), Some("de"));
    assert!(matches!(&of("area")[0].source, RuleSource::From(field) if field == "place.region"));
    let region = &of("place.region")[0];
    assert_eq!((region.reading, region.pad, region.prefix.as_str()), (Some(ReadAs::Code), Some(5), "FR-"));
    assert_eq!((region.strip.as_slice(), region.code_rules.len()), (&["urn:ags:".to_owned()][..], 3));
    assert!(matches!(&region.code_rules[0].condition, CodeCondition::Digits(digits) if digits == &[2, 3]));
    assert!(matches!(&region.code_rules[1].result, CodeResult::Value(value) if value == "FR"));
    let values = of("capacity.state")[0].values.as_ref().unwrap();
    assert_eq!((values.entries.len(), values.otherwise.as_ref().unwrap().values.len()), (3, 0));
    assert_eq!(rules.unit.as_ref().unwrap().1, ["Platz"]);
    assert!(of("roles")[0].when.is_some() && of("roles")[0].unless.is_some());
    assert_eq!(of("genders")[0].null, Some(Vec::new()));
    assert_eq!(of("ages.max")[0].no_limit, Some(vec![99]));
    assert_eq!(of("no_access")[0].split, Some(Split::None));
    let fields: Vec<&str> = rules.fields.iter().map(|(field, _)| field.as_str()).collect();
    assert_eq!(fields.len(), 26, "every field but `ages` as a whole");
    assert_eq!(fields[..4], ["name", "organisation", "help", "languages"]);
}

#[test]
fn every_field_of_a_need_has_rules() {
    let rules = mapping(NEEDS).rules;
    let fields: Vec<&str> = rules.fields.iter().map(|(field, _)| field.as_str()).collect();
    let regions = ["region", "region.postcode", "region.town", "region.plate"];
    assert_eq!(fields.len(), 16);
    assert!(regions.iter().all(|region| fields.contains(region)));
    assert!(matches!((rules.id, rules.same_id), (Some(IdRule::Row), SameId::Unite)));
    // A region may be a rule, too.
    let json = r#"{"lotse_mapping": 1, "records": "needs", "fields": {"region": {"column": "Ort"}}}"#;
    assert_eq!(mapping(json).rules.fields[0].0, "region");
}

#[test]
fn the_readings_and_marks_have_their_names() {
    for (name, reading) in [("word", ReadAs::Word), ("either", ReadAs::Either), ("plate", ReadAs::Plate)] {
        let json = format!(
            r#"{{"lotse_mapping": 1, "records": "offers", "fields": {{"area": {{"column": 1, "as": "{name}"}}}}}}"#
        );
        assert_eq!(mapping(&json).rules.fields[0].1[0].reading, Some(reading));
    }
    let json = r#"{"lotse_mapping": 1, "records": "offers", "fields": {"access": {"columns": {"Lift": "elevator"}}}}"#;
    assert!(matches!(&mapping(json).rules.fields[0].1[0].source, RuleSource::Marked(_, marks) if marks.len() == 7));
}

#[test]
fn a_mapping_is_written_as_it_was_read() {
    for json in [OFFERS, NEEDS] {
        let written = serde_json::to_string(&mapping(json)).unwrap();
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&written).unwrap(),
            serde_json::from_str::<serde_json::Value>(json).unwrap()
        );
        assert_eq!(mapping(&written).rules.fields.len(), mapping(json).rules.fields.len());
    }
}

#[test]
fn all_errors_are_reported_with_their_paths() {
    let found = errors_with(
        r#""recrods": 1, "fields": {"languages": [{"column": "a", "spilt": ","}, {"columm": "b"}, {"column": true}],
        "ages": {"min": "a", "maximum": "b"}, "area": {"from": "place.land"}, "langauges": "x",
        "name": {"column": "a", "constant": "b"}, "access": {"column": "a", "how": "spoken"}},
        "words": {"langauge": {"a": [null]}}, "hide": {"plaze": []}, "leave_out": [{"column": "a"}],
        "source": {"header": [2, 1], "delimiter": "::"}, "each": 0"#,
    );
    let found: Vec<(&str, &str)> = found.iter().map(|(code, path)| (code.as_str(), path.as_str())).collect();
    let expected = [
        ("import.mapping.unknown_field", "recrods"),
        ("import.mapping.type", "source.delimiter"),
        ("import.mapping.type", "source.header"),
        ("import.mapping.range", "each"),
        ("import.mapping.type", "leave_out[0]"),
        ("import.mapping.unknown_field", "hide.plaze"),
        ("import.mapping.unknown_field", "fields.langauges"),
        ("import.mapping.type", "fields.name"),
        ("import.mapping.unknown_field", "fields.languages[0].spilt"),
        ("import.mapping.unknown_field", "fields.languages[1].columm"),
        ("import.mapping.type", "fields.languages[1]"),
        ("import.mapping.type", "fields.languages[2].column"),
        ("import.mapping.unknown_field", "fields.area.from"),
        ("import.mapping.unknown_field", "fields.ages.maximum"),
        ("import.mapping.unknown_field", "fields.access.how"),
        ("import.mapping.kind", "words.langauge"),
        ("import.mapping.type", "words.langauge.a[0]"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_hint_names_what_may_be_meant() {
    let hint = |keys: &str| {
        let error = Mapping::from_json(&format!(r#"{{"lotse_mapping": 1, "records": "offers", {keys}}}"#)).unwrap_err();
        error.hint().unwrap_or_default().to_owned()
    };
    assert_eq!(hint(r#""fields": {"langauges": 1}"#), "did you mean `languages`?");
    assert_eq!(hint(r#""fields": {"name": "a"}, "words": {"langauge": {}}"#), "did you mean `language`?");
    assert!(hint(r#""fields": {"name": {"column": "a", "as": "wrod"}}"#).contains("word, code"));
    assert!(hint(r#""base": "hsds"}"#.trim_end_matches('}')).contains("hsds3"));
}

#[test]
fn an_incomplete_mapping_is_an_error() {
    assert_eq!(errors("[]"), [("import.mapping.type".to_owned(), String::new())]);
    let missing: Vec<String> = errors("{}").into_iter().map(|(_, path)| path).collect();
    assert_eq!(missing, ["lotse_mapping", "records", "fields"]);
    assert_eq!(
        errors(r#"{"lotse_mapping": 2, "records": "offers", "fields": {"name": 1}}"#)[0].0,
        "import.mapping.range"
    );
    assert_eq!(errors_with(r#""fields": {"name": 1, "name": 2}"#)[0].0, "import.mapping.duplicate_field");
    let large = format!(r#"{{"lotse_mapping": 1, "note": "{}"}}"#, "a".repeat(1_000_000));
    assert_eq!(errors(&large)[0].0, "import.limit");
}

#[test]
fn a_field_that_is_copied_from_itself_is_a_circle() {
    let found = errors_with(r#""fields": {"area": {"from": "place.region"}, "place": {"region": {"from": "area"}}}"#);
    assert_eq!(found, [("import.mapping.circle".to_owned(), "fields.area".to_owned())]);
}

#[test]
fn an_error_about_a_mapping_of_needs_has_no_word() {
    let json = r#"{"lotse_mapping": 1, "records": "needs", "fields": {"help": {"column": "a", "values": {"Frau Muster": [null]}}},
        "words": {"help": {"Frau Muster": [null]}}, "hide": {"Frau Muster": []}, "postcodes": {"Frau Muster": 1}}"#;
    let error = Mapping::from_json(json).unwrap_err();
    assert_eq!(error.errors().len(), 4);
    assert!(error.errors().all(|detail| !detail.to_string().contains("Muster")), "{error:?}");
}

#[test]
fn debug_shows_no_words() {
    let text = format!("{:?}", mapping(OFFERS));
    assert!(text.contains("own") && text.contains("languages"), "{text}");
    assert!(!text.contains("Kurdisch") && !text.contains("open"), "{text}");
}

#[test]
fn every_built_in_mapping_is_complete() {
    for name in Mapping::built_in_names() {
        let mapping = Mapping::built_in(name).unwrap();
        assert_eq!(mapping.origin, name);
        assert_eq!(Mapping::from_json(&serde_json::to_string(&mapping).unwrap()).unwrap().origin, name);
        assert!(mapping.rules.fields.len() > 3 && !mapping.rules.crosswalk.is_empty(), "{name}");
    }
}

#[test]
fn a_mapping_amends_another_by_entry() {
    let package = Mapping::built_in("hsds-package").unwrap().rules;
    assert_eq!((package.join.len(), package.crosswalk.len(), package.source.files.len()), (16, 1, 2));
    assert!(matches!(package.same_id, SameId::Parts));
    let own = mapping(
        r#"{"lotse_mapping": 1, "base": "hsds-package", "name": "ours", "source": {"encoding": "cp850"},
        "fields": {"contact": {"url": "web"}, "place": null, "languages": "lang", "ages": "ages"},
        "crosswalk": [{"name": "taxonomy", "codes": {"XA": {"help": ["legal"]}}}, {"name": "other", "column": "o"}],
        "words": {"language": {"Creole": ["ht"]}}, "contains": {"access": [{"text": ["upstairs"], "is": null}]},
        "leave_out": [{"column": "x", "empty": true}], "ignore": ["y"], "hide": {"place": [{"column": "z", "empty": true}]}}"#,
    );
    assert_eq!(own.origin, "hsds-package");
    let rules = own.rules;
    assert_eq!((rules.join.len(), rules.source.files.len(), rules.source.encoding.as_deref()), (16, 2, Some("cp850")));
    assert_eq!((rules.leave_out.len(), rules.hide.len(), rules.words.len()), (2, 1, 1));
    let fields: Vec<&str> = rules.fields.iter().map(|(field, _)| field.as_str()).collect();
    assert!(fields.contains(&"contact.phone") && fields.contains(&"ages"));
    assert!(!fields.contains(&"place.lat") && !fields.contains(&"ages.min"));
    let tax = &rules.crosswalk[0];
    assert!(
        matches!(&tax.terms, Terms::Objects { code, .. } if code.len() == 6 && code.contains(&"taxonomy_id".to_owned()))
    );
    assert_eq!((tax.codes.len(), tax.own.len(), rules.crosswalk.len()), (1, 9, 2));
    // What the amendment looks for comes first.
    assert_eq!(rules.contains[0].1.len(), 4);
    assert_eq!(rules.contains[0].1[0].0, ["upstairs"]);
}

#[test]
fn errors_of_an_amendment_have_its_own_paths() {
    let found = errors(
        r#"{"lotse_mapping": 1, "base": "hsds3", "leave_out": [{"column": "x"}], "crosswalk": [{"codes": {}}]}"#,
    );
    let paths: Vec<&str> = found.iter().map(|(_, path)| path.as_str()).collect();
    assert_eq!(paths, ["leave_out[0]", "crosswalk[0].name"]);
    // A new crosswalk needs a column, which the base does not have.
    let found = errors(r#"{"lotse_mapping": 1, "base": "hsds3", "crosswalk": [{"name": "new"}]}"#);
    assert_eq!(found[0].0, "import.mapping.type");
}

fn code_errors(keys: &str) -> Vec<(String, Option<String>)> {
    let mapping = mapping(&format!(r#"{{"lotse_mapping": 1, "records": "offers", {keys}}}"#));
    let mut errors = ErrorSink::default();
    mapping.check_codes(&Vocabulary::default(), &mut errors);
    let details = errors.into_details().into_iter();
    details.map(|detail| (detail.path().to_owned(), detail.hint().map(str::to_owned))).collect()
}

#[test]
fn every_built_in_mapping_has_known_codes() {
    for name in Mapping::built_in_names() {
        let mut errors = ErrorSink::default();
        Mapping::built_in(name).unwrap().check_codes(&Vocabulary::default(), &mut errors);
        assert!(errors.is_empty(), "{name}: {:?}", errors.into_details());
    }
}

#[test]
fn codes_are_checked_wherever_they_are() {
    let known = r#""within": "14", "postcodes": {"01067": "14612"}, "fields": {
        "languages": {"columns": {"a": "ar", "b": {"tag": "mul", "how": "interpreter"}}}, "genders": {"constant": ["any"]},
        "crimes": {"column": "c", "values": {"x": {"code": "0101", "context": "terrorism"}, "y": null}, "else": "020111"},
        "help": {"columns": {"Arabic": "Arabic"}, "words": "help"}, "capacity": {"state": {"column": "s", "values": {"4": {"free": 4}}}}},
        "words": {"help": {"a": "foreign.tax.1", "b": "legal.first_advice"}, "age": {"Kinder": {"max": 17}}, "unit": {"kg": null}}"#;
    assert_eq!(code_errors(known), []);
    let unknown = r#""within": "99", "postcodes": {"01067": "1461x"}, "fields": {
        "languages": {"columns": {"a": "Arabisch"}}, "genders": {"constant": "woman"},
        "crimes": {"column": "c", "values": {"x": {"code": "9999"}}, "else": {"code": "0101", "context": "terror"}},
        "access": {"column": "c", "values": {"1": 1}}},
        "crosswalk": [{"name": "a", "column": "b", "codes": {"X": {"help": ["legal.frist_advice"]}}}],
        "words": {"region": {"Leipzig": ["14713", "Leipzig"]}}, "contains": {"role": [{"text": ["a"], "is": "witnes"}]}"#;
    let paths: Vec<String> = code_errors(unknown).into_iter().map(|(path, _)| path).collect();
    let expected = [
        "words.region.Leipzig",
        "contains.role",
        "fields.languages.columns",
        "fields.crimes.values.x",
        "fields.crimes.values",
        "fields.genders.constant",
        "fields.access.values.1",
        "crosswalk.X.help",
        "within",
        "postcodes.01067",
    ];
    assert_eq!(paths, expected);
    let hints = code_errors(r#""fields": {"name": "a"}, "words": {"language": {"a": "Arabisch"}}"#);
    assert_eq!(hints[0].1.as_deref(), Some("did you mean `ar` (Arabic)?"));
}

#[test]
fn columns_of_tables_are_checked() {
    let json = r#"{"lotse_mapping": 1, "records": "needs", "id": "Nr", "fields": {"languages": ["Sprache", "Spräche"],
        "age": {"column": ["Alter", "Jahre"]}, "help": {"column": "Hilfe", "when": {"column": "Ort.x", "empty": true}}, "people": 9,
        "roles": {"column": "org.Rolle"}, "crime": {"columns": {"Raub": "0401"}}},
        "join": [{"file": "b", "on": "Nr", "to": "Nr", "as": "org"}]}"#;
    let headers = ["Nr", "Sprache", "Jahre", "Hilfe", "Rolle"].map(str::to_owned);
    let error = mapping(json).check_columns(&[&headers]).unwrap_err();
    let found: Vec<(&str, Option<&str>)> = error.errors().map(|detail| (detail.path(), detail.hint())).collect();
    let expected = [
        ("fields.help", None),
        ("fields.crime", None),
        ("fields.people", None),
        ("fields.languages", Some("did you mean `Sprache`?")),
    ];
    assert_eq!(found.len(), 4, "{found:?}");
    assert!(expected.iter().all(|row| found.contains(row)), "{found:?}");
    assert!(error.errors().all(|detail| detail.code() == "import.mapping.column"));
    assert!(Mapping::built_in("osm").unwrap().check_columns(&[&headers]).is_ok());
}

#[test]
fn numbers_are_bound_to_the_columns_of_a_table() {
    let json = r#"{"lotse_mapping": 1, "records": "offers", "id": 2, "fields": {"name": 1, "languages": {"column": [9, 3]}}, "never": [4]}"#;
    let mut rules = mapping(json).rules;
    rules.bind(&["a", "b", "c", "d"].map(str::to_owned));
    assert!(rules.reads("a") && rules.reads("b") && rules.reads("c") && !rules.reads("d"));
    assert!(rules.never[0].are_named("d") && rules.field_reads("name", "a"));
}

#[test]
fn a_mapping_of_needs_that_reads_a_personal_column_is_asked_about() {
    let headers = ["Nr", "Name", "Telefon", "Straße", "Sprache", "Bemerkung"].map(str::to_owned);
    let json = r#"{"lotse_mapping": 1, "records": "needs", "id": "Name", "fields": {"group": "Telefon", "languages": "Sprache",
        "help": {"column": "Hilfe", "when": {"column": "Bemerkung", "empty": false}}}, "not_personal": ["Telefon"], "never": ["Straße"]}"#;
    assert_eq!(mapping(json).rules.personal_columns(&headers), ["Name", "Bemerkung"]);
    let answers = Value::from_json(r#"{"personal:name": "harmless", "personal:bemerkung": "never"}"#).unwrap();
    let questions = r#"[{"id": "personal:name", "columns": ["Name"], "answer": "harmless"},
        {"id": "personal:bemerkung", "text": "Bemerkung", "answer": "never"}, {"id": "help:x", "answer": null}]"#;
    assert_eq!(mapping(json).with_answers(&answers).unwrap_err().code(), "import.answers.unknown_id");
    let answered = mapping(json).with_answers(&Value::from_json(questions).unwrap()).unwrap();
    assert_eq!(answered.rules.personal_columns(&headers), <[&str; 0]>::default());
    assert_eq!(answered.rules.never.len(), 2);
}

/// Returns the mapping with answers as JSON.
fn answered(json: &str, answers: &str) -> Result<String, Error> {
    let mapping = mapping(json).with_answers(&Value::from_json(answers).unwrap())?;
    Ok(serde_json::to_string(&mapping).unwrap())
}

#[test]
fn answers_become_entries_of_the_mapping() {
    let json = r#"{"lotse_mapping": 1, "records": "offers", "fields": {"languages": "Sprachen", "area": "Gebiet", "access": "Kosten"}}"#;
    let answers = r#"{"language:kurdisch": ["kmr", "ckb"], "region:leipzig": "14713", "crime:anschlag": {"code": "0101", "context": "terrorism"},
        "help:unklar": null, "postcode:02999": "14625", "postcode:99999": null, "age:kinder": {"max": 17}, "unit:kilogram": null,
        "column:gebiet": {"as": "code"}, "value:none": ["free_of_charge"], "region_tree": null,
        "format:virtuell": {"is": ["video"], "assumed": "x"}}"#;
    let written = answered(json, answers).unwrap();
    for part in [
        r#""language":{"kurdisch":["kmr","ckb"]}"#,
        r#""region":{"leipzig":["14713"]}"#,
        r#""crime":{"anschlag":[{"code":"0101","context":"terrorism"}]}"#,
        r#""help":{"unklar":null}"#,
        r#""postcodes":{"02999":["14625"]}"#,
        r#""postcode":{"99999":null}"#,
        r#""age":{"kinder":[{"max":17}]}"#,
        r#""area":{"column":"Gebiet","as":"code"}"#,
        r#""value":{"none":["free_of_charge"]}"#,
        r#""format":{"virtuell":{"is":["video"],"assumed":"x"}}"#,
    ] {
        assert!(written.contains(part), "{part}: {written}");
    }
    // The same answers again change nothing.
    assert_eq!(answered(&written, answers).unwrap().matches("kurdisch").count(), 1);
}

#[test]
fn an_answered_list_of_questions_has_words_as_written_and_columns() {
    let json = r#"{"lotse_mapping": 1, "records": "offers", "fields": {"access": "Kosten"}}"#;
    let questions = r#"{"questions": [{"id": "language:kurdisch", "text": "Kurdisch", "answer": ["ku"]},
        {"id": "value:none", "text": "None", "columns": ["Kosten"], "answer": "free_of_charge"},
        {"id": "column:zielgruppe", "text": "Zielgruppe", "columns": ["Zielgruppe"], "answer": ["genders", "ages"]},
        {"id": "column:foto", "text": "Foto", "columns": ["Foto"], "answer": []}]}"#;
    let written = answered(json, questions).unwrap();
    assert!(
        written.contains(r#""words":{"language":{"Kurdisch":["ku"]},"access":{"None":["free_of_charge"]}}"#),
        "{written}"
    );
    assert!(written.contains(r#""genders":"Zielgruppe","ages":"Zielgruppe""#), "{written}");
    assert!(written.contains(r#""ignore":["Foto"]"#), "{written}");
}

#[test]
fn unknown_ids_and_contradictions_are_errors() {
    let json = r#"{"lotse_mapping": 1, "records": "offers", "fields": {"languages": "Sprachen"}, "ignore": ["Foto"],
        "words": {"language": {"Kurdisch": ["ku"]}}, "postcodes": {"02999": "14625"}}"#;
    let codes = |answers: &str| -> Vec<(String, String)> {
        let error = answered(json, answers).unwrap_err();
        error.errors().map(|detail| (detail.code().to_owned(), detail.path().to_owned())).collect()
    };
    for id in ["", "kurdisch", "langauge:kurdisch", "language:", "language", "column:fehlt", ":x", "ä"] {
        let expected = [("import.answers.unknown_id".to_owned(), format!("answers.{id}"))];
        assert_eq!(codes(&format!(r#"{{"{id}": null}}"#)), expected);
    }
    for answers in [
        r#"{"language:kurdisch": "kmr"}"#,
        r#"{"postcode:02999": "14626"}"#,
        r#"{"help:a": "legal", "help:a": "housing"}"#,
        r#"[{"id": "column:foto", "columns": ["Foto"], "answer": "name"}]"#,
        r#"[{"id": "column:x", "columns": ["x"], "answer": "nmae"}]"#,
    ] {
        assert_eq!(codes(answers)[0].0, "import.answers.contradiction", "{answers}");
    }
    assert_eq!(codes("3")[0].0, "import.mapping.type");
    assert_eq!(codes(r#"{"help:a": [null]}"#)[0], ("import.mapping.type".to_owned(), "answers.help:a[0]".to_owned()));
    assert!(answered(json, r#"{"language:kurdisch": ["ku"], "postcode:02999": ["14625"]}"#).is_ok());
}

#[test]
fn an_answer_to_a_withheld_question_is_used_and_not_saved() {
    let mapping = mapping(NEEDS);
    let answers = Value::from_json(r#"{"help@row 5": "legal", "help:frau muster": [[]]}"#).unwrap();
    let error = mapping.with_answers(&answers).unwrap_err();
    assert!(!error.to_string().contains("muster"), "{error}");
    let answers = Value::from_json(r#"{"help@row 5": "legal"}"#).unwrap();
    let answered = mapping.with_answers(&answers).unwrap();
    assert_eq!(answered.rules.withheld[0].0, "help@row 5");
    assert_eq!(serde_json::to_string(&answered).unwrap(), serde_json::to_string(&mapping).unwrap());
}

#[test]
fn the_chapter_has_every_key_and_no_other() {
    use super::{answer, crosswalk, decode, field_rules as fields, records_keys, rule};
    let chapter = include_str!("../../../docs/mapping.md");
    // The keys of each table: the code spans of its cells in these columns, by heading or the sentence before the table.
    let tables: [(&str, &[&[&str]]); 3] =
        [("## Keys", &[decode::KEYS]), ("`source` has", &[records_keys::SOURCE]), ("## Rules", &[rule::KEYS])];
    for (start, keys) in tables {
        let (_, rest) = chapter.split_once(start).unwrap();
        let rows = rest.lines().skip_while(|line| !line.starts_with("| `")).take_while(|line| line.starts_with("| `"));
        let stated: Vec<&str> = rows.filter_map(|row| row.split('`').nth(1)).collect();
        assert_eq!(stated, keys.concat(), "{start}");
    }
    let sections: [(&str, &[&[&str]]); 4] = [
        ("`id`, `same_id`", &[records_keys::ID, records_keys::FIRST, records_keys::TREE, records_keys::JOIN]),
        ("## Fields of offers", &[fields::OFFER, fields::PLACE, fields::CAPACITY, fields::AGES, fields::CONTACT]),
        ("## Fields of needs", &[fields::NEED, fields::REGION]),
        ("## Tests", &[answer::TEST, crosswalk::KEYS, &["is", "assumed", "code", "context"]]),
    ];
    for (start, keys) in sections {
        let (_, rest) = chapter.split_once(start).unwrap();
        let section = rest.split("\n## ").next().unwrap();
        let words: Vec<&str> =
            section.split('`').skip(1).step_by(2).flat_map(|span| span.split(['{', '}', ',', ' '])).collect();
        for key in keys.concat() {
            assert!(words.contains(&key), "{key} is not in {start}");
        }
    }
}
