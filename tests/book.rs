//! Compares the manual with the code: every field, key and code occurs in its chapter, and every code of a chapter exists.
//!
//! Fields come from the decoders, keys from a serialized policy, codes from the tables in which they are declared. The requests of the
//! chapters are run, and have to return the responses next to them.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![expect(clippy::indexing_slicing, reason = "a row of a table has a first cell")]
#![expect(clippy::disallowed_methods, reason = "the chapters are files")]

use std::{collections::BTreeSet, fs, path::Path};

use lotse::{
    AllocateOptions, Error, Matcher, Need, Offer, Policy, Vocabulary,
    wire::{self, CallOptions},
};
use serde_json::Value;

#[path = "../core/src/error/codes.rs"]
mod error_codes;
#[path = "../core/src/model/reason_codes.rs"]
mod reason_codes;

use error_codes::CodeGroup;

/// The codes of errors that the command line and the bindings add to those of the library.
const INTERFACES: &[CodeGroup] = &[
    (&["file"], &["empty", "encoding", "format", "unreadable", "unwritable"]),
    (&["table"], &["column", "syntax", "type"]),
    (&[""], &["response.table", "usage"]),
];

/// The day on which the requests of the chapters are run.
const TODAY: &str = "2026-11-23";

/// Runs an operation by its name, from JSON text to JSON text.
fn call(operation: &str, request: &str) -> Result<String, Error> {
    wire::call_json(operation, request, &CallOptions::new().today(TODAY.parse()?))
}

fn chapter(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    fs::read_to_string(folder.join(format!("{name}.md"))).unwrap()
}

/// Returns the texts between single backticks, outside of code blocks.
fn code_spans(chapter: &str) -> BTreeSet<&str> {
    let blocks = chapter.split("\n```").step_by(2);
    let lines = blocks.flat_map(str::lines).filter(|line| !line.starts_with("```"));
    lines.flat_map(|line| line.split('`').skip(1).step_by(2)).collect()
}

/// Returns the cells of a row of a table.
fn cells(row: &str) -> Vec<&str> {
    row.trim_matches('|').split('|').map(str::trim).collect()
}

/// Returns the rows of the tables whose first column has this heading.
fn rows_under<'c>(chapter: &'c str, heading: &str) -> Vec<Vec<&'c str>> {
    let heading = format!("| {heading} |");
    let (mut found, mut heading_of_table) = (Vec::new(), None);
    for line in chapter.lines() {
        if !line.starts_with('|') {
            heading_of_table = None;
        } else if heading_of_table.is_none() {
            heading_of_table = Some(line);
        } else if heading_of_table.is_some_and(|first| first.starts_with(&heading)) && !line.starts_with("|--") {
            found.push(cells(line));
        }
    }
    found
}

fn require<'n>(chapter_name: &str, names: impl IntoIterator<Item = &'n str>) {
    let text = chapter(chapter_name);
    let spans = code_spans(&text);
    let missing: Vec<&str> = names.into_iter().filter(|name| !spans.contains(name)).collect();
    assert!(missing.is_empty(), "not in the chapter {chapter_name}: {missing:?}");
}

fn expand(groups: &[CodeGroup]) -> BTreeSet<String> {
    let code = |record: &str, name: &str| if record.is_empty() { name.to_owned() } else { format!("{record}.{name}") };
    groups
        .iter()
        .flat_map(|(records, names)| {
            records.iter().flat_map(move |record| names.iter().map(move |name| code(record, name)))
        })
        .collect()
}

/// A key that is no field of any object, and similar to none.
const NO_FIELD: &str = "?#?#?#?#?#?#?#?#?";

/// Returns the fields that the decoder of an object knows, as its error about an unknown one lists them.
fn fields_of<T>(decoded: Result<T, Error>) -> Vec<String> {
    let Err(error) = decoded else { panic!("an unknown field was accepted") };
    let detail = error.errors().find(|detail| detail.code().ends_with(".unknown_field")).expect("an unknown field");
    let fields = detail.hint().unwrap().strip_prefix("the fields here are ").expect("a list of fields");
    fields.split(", ").map(str::to_owned).collect()
}

/// Returns a JSON text in which `?` stands for a field that does not exist.
fn with_no_field(json: &str) -> String {
    json.replace("{?", &format!(r#"{{"{NO_FIELD}": 1"#))
}

#[test]
fn every_field_of_a_need_is_in_records() {
    let of = |json: &str| fields_of(Need::from_json(&with_no_field(json)));
    let objects = [
        "{?}",
        r#"{"id": "n", "languages": [{?}]}"#,
        r#"{"id": "n", "region": "14", "place": {?}}"#,
        r#"{"id": "n", "crime": {?}}"#,
        r#"{"id": "n", "rules": {?}}"#,
        r#"{"id": "n", "rules": {"help": {?}}}"#,
    ];
    let fields: Vec<String> = objects.into_iter().flat_map(of).collect();
    assert!(fields.len() > 30, "{fields:?}");
    require("records", fields.iter().map(String::as_str));
    has_a_row_for_each("records", "Fields of a need", &of("{?}"));
}

#[test]
fn every_field_of_an_offer_is_in_records() {
    let of = |json: &str| fields_of(Offer::from_json(&with_no_field(json)));
    let objects = [
        "{?}",
        r#"{"id": "o", "languages": [{?}]}"#,
        r#"{"id": "o", "place": {?}}"#,
        r#"{"id": "o", "crimes": [{?}]}"#,
        r#"{"id": "o", "capacity": {?}}"#,
        r#"{"id": "o", "ages": {?}}"#,
        r#"{"id": "o", "contact": {?}}"#,
    ];
    let fields: Vec<String> = objects.into_iter().flat_map(of).collect();
    assert!(fields.len() > 25, "{fields:?}");
    require("records", fields.iter().map(String::as_str));
    has_a_row_for_each("records", "Fields of an offer", &of("{?}"));
}

/// Checks that the first table of a section has one row for each field, and no others.
fn has_a_row_for_each(chapter_name: &str, section: &str, fields: &[String]) {
    let text = chapter(chapter_name);
    let section = text.split("\n## ").find_map(|part| part.strip_prefix(section)).expect("a section");
    let section = section.split("\n### ").next().unwrap();
    let listed: Vec<String> =
        rows_under(section, "field").iter().map(|cells| cells[0].trim_matches('`').to_owned()).collect();
    assert_eq!(listed, fields, "{section}");
}

#[test]
fn every_key_of_additions_is_in_vocabulary() {
    let of = |json: &str| fields_of(Vocabulary::from_json(&with_no_field(json)));
    let objects = [
        "{?}",
        r#"{"regions": [{?}]}"#,
        r#"{"region_aliases": {"x": {?}}}"#,
        r#"{"comprehension": [{?}]}"#,
        r#"{"names": [{?}]}"#,
        r#"{"words": [{?}]}"#,
    ];
    let fields: Vec<String> = objects.into_iter().flat_map(of).collect();
    assert!(fields.len() > 30, "{fields:?}");
    require("vocabulary", fields.iter().map(String::as_str));
    require("vocabulary", lotse::ResolvedBy::all().map(lotse::ResolvedBy::as_str));
    require("vocabulary", lotse::CodeKind::all().map(lotse::CodeKind::as_str));
}

#[test]
fn every_key_of_a_request_is_in_wire() {
    for operation in wire::operations() {
        let fields = fields_of(call(operation, &with_no_field("{?}")).and_then(|response| {
            // The errors of `check` are part of its response.
            let response: Value = serde_json::from_str(&response).unwrap();
            assert_eq!(operation, "check");
            assert_eq!(response["errors"][0]["code"], "request.unknown_field");
            call("rank", &with_no_field("{?}"))
        }));
        require("wire", fields.iter().map(String::as_str));
        require("wire", [operation]);
    }
    let of = |operation, json: &str| fields_of(call(operation, &with_no_field(json)));
    require("wire", of("explain", r#"{"pairs": [{?}]}"#).iter().map(String::as_str));
    require("wire", of("resolve", r#"{"words": [{?}]}"#).iter().map(String::as_str));
    require("allocation", of("allocate", r#"{"fixed": [{?}]}"#).iter().map(String::as_str));
    require("allocation", lotse::MoveMode::all().map(lotse::MoveMode::as_str));
    require("allocation", lotse::PlanOption::all().map(lotse::PlanOption::as_str));
}

/// Collects the paths of all values that are no objects.
fn leaves(value: &Value, path: &str, found: &mut Vec<(String, Value)>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                leaves(value, &path, found);
            }
        }
        value => found.push((path.to_owned(), value.clone())),
    }
}

#[test]
fn every_key_of_a_policy_is_in_policy_with_its_default() {
    let text = chapter("policy");
    let spans = code_spans(&text);
    let table = rows_under(&text, "key");
    let default_of = |key: &str| {
        let row = table.iter().find(|cells| cells[0] == format!("`{key}`"))?;
        Some(row[1].trim_matches('`').replace(' ', ""))
    };
    let mut keys = Vec::new();
    leaves(&serde_json::to_value(Policy::default()).unwrap(), "", &mut keys);
    assert!(keys.len() > 60, "{keys:?}");
    let mut known = BTreeSet::new();
    for (key, value) in keys {
        if let Some(rule) = key.strip_prefix("rules.") {
            let (criterion, part) = rule.split_once('.').unwrap();
            assert!(spans.contains(format!("rules.{criterion}").as_str()), "{key}");
            assert!(default_of(part).is_some(), "no row for {part}");
            continue;
        }
        let stated = default_of(&key).unwrap_or_else(|| panic!("no row for {key}"));
        let is_equal = match &value {
            Value::Number(number) => stated.parse::<f64>().ok() == number.as_f64(),
            Value::Bool(value) => stated.parse() == Ok(*value),
            other => panic!("{key} is {other}"),
        };
        assert!(is_equal, "{key} is {value}, and {stated} in the chapter");
        known.insert(key);
    }
    let row = r#"{"language": {"comprehension": [{"from": "sl", "to": "hr", "degree": 0.7, "source": "x"}]}}"#;
    let with_row = serde_json::to_value(Policy::from_json(row).unwrap()).unwrap();
    for key in with_row["language"]["comprehension"][0].as_object().unwrap().keys() {
        assert!(default_of(key).is_some(), "no row for {key}");
    }
    known.insert("language.comprehension".to_owned());
    // No row has a key that does not exist.
    let dotted = table.iter().map(|cells| cells[0].trim_matches('`')).filter(|key| key.contains('.'));
    let unknown: Vec<&str> = dotted.filter(|key| !known.contains(*key)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn every_code_of_an_error_is_in_errors() {
    let groups = [error_codes::ERRORS, error_codes::WARNINGS, INTERFACES];
    let declared: BTreeSet<String> = groups.into_iter().flat_map(expand).collect();
    assert!(declared.iter().all(|code| error_codes::is_declared(code) || expand(INTERFACES).contains(code)));
    let text = chapter("errors");
    let listed: BTreeSet<String> = rows_under(&text, "code")
        .iter()
        .flat_map(|cells| cells[0].split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let missing: Vec<_> = declared.difference(&listed).collect();
    let unknown: Vec<_> = listed.difference(&declared).collect();
    assert!(missing.is_empty(), "not in the chapter: {missing:?}");
    assert!(unknown.is_empty(), "no such code: {unknown:?}");
    for cells in rows_under(&text, "code") {
        assert!(cells.len() == 3 && !cells[1].is_empty() && !cells[2].is_empty(), "no cause or remedy: {cells:?}");
    }
}

/// The library can create a message from a row of the catalogue only; a key without a row does not compile.
#[test]
fn every_row_of_the_catalogue_of_errors_is_a_message_of_the_library() {
    let core = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = String::new();
    collect_sources(&core.join("src"), &mut sources);
    let used: BTreeSet<&str> = sources.split("message!(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let catalogue = fs::read_to_string(core.join("data/messages/errors.tsv")).unwrap();
    let rows = catalogue.lines().filter(|line| !line.starts_with('#')).skip(1);
    let keys: BTreeSet<&str> = rows.filter_map(|row| row.split('\t').next()).collect();
    assert!(keys.len() > 100);
    assert_eq!(keys, used);
    let outside = sources.lines().filter(|line| line.contains("Template { english"));
    assert_eq!(outside.count(), 2, "a message outside the catalogue, besides the two lines of the macro");
}

fn collect_sources(folder: &Path, sources: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect_sources(&path, sources);
        } else {
            sources.push_str(&fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn every_code_of_a_reason_is_in_scoring_with_its_facts() {
    let text = chapter("scoring");
    let mut listed = BTreeSet::new();
    for cells in rows_under(&text, "code") {
        let code = cells[0].trim_matches('`');
        let facts = reason_codes::facts_of(code).unwrap_or_else(|| panic!("no such code: {code}"));
        let stated: Vec<&str> = cells[1].split('`').skip(1).step_by(2).collect();
        assert_eq!(stated, facts, "{code}");
        assert!(listed.insert(code), "{code} twice");
    }
    let unmet = reason_codes::REASONS.iter().filter_map(|(code, _)| code.strip_prefix("unmet."));
    require("allocation", unmet);
    let others = reason_codes::REASONS.iter().map(|(code, _)| *code).filter(|code| !code.starts_with("unmet."));
    let missing: Vec<&str> = others.filter(|code| !listed.contains(code)).collect();
    assert!(missing.is_empty(), "not in the chapter: {missing:?}");
}

/// The code blocks of a chapter, each with its tags.
fn blocks(chapter: &str) -> Vec<(&str, &str)> {
    let blocks = chapter.split("\n```").skip(1).step_by(2);
    blocks.filter_map(|block| block.split_once('\n')).collect()
}

#[test]
fn every_request_returns_the_response_next_to_it() {
    let mut run = BTreeSet::new();
    for name in ["records", "policy", "scoring", "vocabulary", "allocation", "errors", "wire"] {
        let text = chapter(name);
        let mut blocks = blocks(&text).into_iter();
        while let Some((tags, request)) = blocks.next() {
            let Some(operation) = tags.strip_prefix("json request ") else { continue };
            let Some(("json response", expected)) = blocks.next() else { panic!("{name}: no response of {operation}") };
            if !wire::operations().any(|known| known == operation) {
                // An operation of a feature that is off.
                continue;
            }
            let response = call(operation, request).unwrap_or_else(|error| panic!("{name}: {operation}: {error}"));
            let numbers = |text: &str| with_floats(serde_json::from_str(text).unwrap());
            assert_eq!(numbers(&response), numbers(expected), "{name}: {operation}");
            run.insert(operation.to_owned());
        }
    }
    assert_eq!(run, wire::operations().map(str::to_owned).collect::<BTreeSet<_>>(), "an operation without a request");
}

/// Returns a value in which all numbers are floats: 1 and 1.0 are the same number.
fn with_floats(value: Value) -> Value {
    match value {
        Value::Number(number) => Value::from(number.as_f64()),
        Value::Array(items) => items.into_iter().map(with_floats).collect(),
        Value::Object(fields) => fields.into_iter().map(|(name, value)| (name, with_floats(value))).collect(),
        other => other,
    }
}

/// Returns the first block of code in a language.
fn first_block(file: &str, language: &str) -> String {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
    let block = blocks(&text).into_iter().find(|(found, _)| *found == language);
    block.unwrap_or_else(|| panic!("{file}: no block of {language}")).1.to_owned()
}

#[test]
fn a_package_shows_the_example_of_the_readme() {
    assert_eq!(first_block("README.md", "rust"), first_block("../README.md", "rust"));
    assert_eq!(first_block("../bindings-python/README.md", "python"), first_block("../README.md", "python"));
    assert_eq!(first_block("../bindings-wasm/README.md", "js"), first_block("../README.md", "js"));
}

#[test]
fn a_search_finds_algorithms_and_keys() {
    // The search of the documentation knows names of items and their aliases, not the text of a chapter.
    let source = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/documentation.rs")).unwrap();
    let has_alias = |name: &str| source.contains(&format!(r#""{name}""#));
    assert!(["network simplex", "interning", "progress", "order_step"].into_iter().all(has_alias));
    let policy = serde_json::to_value(Policy::default()).unwrap();
    let groups = policy.as_object().unwrap();
    for (group, keys) in
        groups.iter().filter(|(group, _)| ["language", "region", "help", "crime", "capacity"].contains(&group.as_str()))
    {
        for key in keys.as_object().unwrap().keys() {
            assert!(has_alias(key), "{group}.{key}");
        }
    }
    assert!(["weights", "rules", "unknown_fit", "priority_weights"].into_iter().all(has_alias));
}

#[test]
fn a_chapter_begins_with_what_a_reader_can_do_after_it() {
    let names = ["records", "policy", "scoring", "vocabulary", "allocation", "errors", "wire"];
    for name in names {
        let text = chapter(name);
        let (title, rest) = text.split_once("\n\n").unwrap();
        assert!(title.starts_with("# ") && rest.starts_with("After this chapter "), "{name}");
    }
}

/// Codes that only the need below states, none of which may occur in what `Debug` writes.
const PRIVATE: [&str; 6] = ["zz-help", "zz-role", "zz-access", "zz-context", "kmr", "14612"];

#[test]
fn debug_shows_no_value_of_a_need() {
    let json = r#"{"id": "n-1", "help": "zz-help", "languages": ["kmr"], "region": "14612", "crime": {"context": ["zz-context"]},
        "roles": ["zz-role"], "access": ["zz-access"], "age": 97}"#;
    let needs = [Need::from_json(json).unwrap(), Need::from_json(&json.replace("n-1", "n-2")).unwrap()];
    let offers = [
        Offer::from_json(r#"{"id": "o-1", "help": ["any"], "languages": ["mul"], "area": ["any"], "capacity": 1}"#)
            .unwrap(),
        Offer::from_json(r#"{"id": "o-2", "help": ["any"], "languages": ["de"], "roles": ["injured"]}"#).unwrap(),
    ];
    let matcher = Matcher::builder().offers(offers).build().unwrap();
    let ranking = matcher.rank(&needs[0], 5).unwrap();
    let explanation = matcher.explain(&needs[0], "o-2").unwrap();
    let diagnosis = matcher.diagnose(&needs[0], 5).unwrap();
    let plan = matcher.allocate(&needs, &AllocateOptions::new()).unwrap();
    assert!(ranking.matches().len() == 1 && diagnosis.near_misses().len() == 1 && plan.unmet().len() == 1);

    let finding = ranking.matches()[0].finding(lotse::Criterion::Language).unwrap();
    let facts: Vec<_> = finding.reason().facts().collect();
    let unmet = matcher.allocate(&needs, &AllocateOptions::new().min_score(lotse::Score::FULL)).unwrap();
    let dataset = wire::Dataset { needs: needs.to_vec(), ..wire::Dataset::default() };
    let shown = [
        format!("{needs:?}"),
        format!("{:?}", Need::builder("n-1").help("zz-help").language("kmr")),
        format!("{:?}", wire::Value::from_json(json).unwrap()),
        format!("{dataset:?}"),
        format!("{ranking:?} {:?} {finding:?} {facts:?}", ranking.matches()[0].assessment()),
        format!("{explanation:?}"),
        format!("{diagnosis:?} {:?} {:?}", diagnosis.near_misses(), diagnosis.near_misses()[0].changes()),
        format!("{plan:?} {:?} {:?}", plan.report(), plan.unmet()),
        format!("{unmet:?} {:?}", unmet.unmet()[0].reason()),
        format!("{:?}", matcher.score_all(&needs, 5).unwrap()),
    ];
    for text in shown {
        let disclosed: Vec<&str> = PRIVATE.into_iter().filter(|code| text.contains(code)).collect();
        assert!(disclosed.is_empty(), "{disclosed:?} in {text}");
    }
}
