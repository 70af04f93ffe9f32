//! Compares the JSON Schemas with the decoders and with what the operations return, by a validator of its own.
//!
//! Every golden request is validated as it is, and after changes of single values: the schema has to reject it if and only if
//! the decoder reports an error of form.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![expect(clippy::indexing_slicing, reason = "a missing part of a case fails the test")]
#![expect(clippy::disallowed_methods, reason = "the cases are files")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use boon::{Compiler, SchemaIndex, Schemas};
use lotse::{
    Error, Need, Offer, Policy, Vocabulary,
    wire::{self, CallOptions, Operation, op},
};
use serde_json::{Value, json};

/// The codes of errors of form, without the record. A schema rejects what has one of them, and accepts what has other errors:
/// `decimals`, `duplicate_field`, contradictions between fields, unknown codes and ids, malformed language tags.
const FORM: [&str; 12] = [
    "any",
    "code",
    "crime.code",
    "crime.empty_scope",
    "date",
    "empty",
    "missing_field",
    "range",
    "too_long",
    "too_many",
    "type",
    "unknown_field",
];

/// A code of a string enum, which is an error of form, too.
const VALUE: &str = "value";

/// Errors of form that a schema cannot express, each with its reason.
const EXCEPTIONS: [(&str, &str); 2] = [
    ("vocabulary.any", "whether a code may be `any` depends on the kind, another field"),
    ("vocabulary.code", "the form of a code depends on the kind, another field"),
];

/// Golden cases whose error of form a schema cannot express, each with its reason.
const CASES: [(&str, &str); 3] = [
    ("need-id-too-long-in-bytes", "a schema counts characters, a decoder bytes"),
    ("export-needs-in-a-directory", "a schema does not compare fields"),
    ("export-offers-and-needs", "a schema does not compare fields"),
];

struct Validator {
    schemas: Schemas,
    indices: BTreeMap<&'static str, SchemaIndex>,
}

impl Validator {
    fn new() -> Self {
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.enable_format_assertions();
        let mut indices = BTreeMap::new();
        for name in wire::schemas() {
            let url = format!("https://example.org/{name}.json");
            compiler.add_resource(&url, document(name)).unwrap();
            let index = compiler.compile(&url, &mut schemas).unwrap_or_else(|error| panic!("{name}: {error:#}"));
            indices.insert(name, index);
        }
        Self { schemas, indices }
    }

    fn is_valid(&self, name: &str, value: &Value) -> bool {
        self.schemas.validate(value, self.indices[name]).is_ok()
    }

    fn validate(&self, name: &str, value: &Value) -> Result<(), String> {
        self.schemas.validate(value, self.indices[name]).map_err(|error| format!("{error:#}"))
    }
}

fn document(name: &str) -> Value {
    serde_json::to_value(wire::schema(name).expect("a schema of this name")).unwrap()
}

/// Returns every golden case with its operation and its input.
fn golden_cases() -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/golden");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    let cases = files.iter().flat_map(|path| {
        let mut file: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        file["cases"].as_array_mut().map(std::mem::take).unwrap()
    });
    cases.collect()
}

/// Returns the golden imports as requests of `import` and `sketch`, and an export of each format.
#[cfg(feature = "import")]
fn import_cases() -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/golden/import");
    let mut folders: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|path| path.is_dir());
    folders.sort();
    let mut cases = Vec::new();
    for folder in folders {
        let json = |name: &str| {
            let text = fs::read_to_string(folder.join(name)).ok()?;
            Some(serde_json::from_str::<Value>(&text).unwrap())
        };
        let mut input = json("options.json").unwrap();
        for (key, name) in [("mapping", "mapping.json"), ("vocabulary", "vocabulary.json")] {
            if let Some(value) = json(name) {
                input[key] = value;
            }
        }
        let paths = fs::read_dir(folder.join("input")).unwrap().map(|entry| entry.unwrap().path());
        input["files"] = paths.map(|path| request_file(&path)).collect();
        for operation in ["import", "sketch"] {
            cases.push(json!({"name": folder.file_name().unwrap().to_str(), "op": operation, "input": input}));
        }
    }
    // A sketch with a question.
    let unsure = json!({"name": "list.csv", "text": "Nr;Angebot\n1;Rechtsberatung\n"});
    cases.push(json!({"name": "unsure", "op": "sketch", "input": {"records": "offers", "files": [unsure]}}));
    // An update in which one record is new, one changed and one gone.
    let next = json!({"name": "list.csv", "text": "Nr;Sprachen\n1;Deutsch\n2;Dari\n"});
    let previous = json!([{"id": "1", "languages": ["en"]}, {"id": "3", "languages": ["de"]}]);
    let update = json!({"records": "offers", "files": [next], "previous": previous});
    cases.push(json!({"name": "update", "op": "import", "input": update}));
    let offer = json!({"id": "o-1", "name": "Treff", "languages": ["de"], "area": ["14"], "capacity": 2});
    for export in [
        json!({"to": "csv", "offers": [offer]}),
        json!({"to": "csv", "needs": [{"id": "n-1", "languages": ["prs"], "rules": {"language": {"rule": "must"}}}]}),
        json!({"to": "hsds3", "offers": [offer], "package": true, "with_capacity": true}),
        json!({"to": "hsds3", "offers": [offer]}),
    ] {
        cases.push(json!({"name": "export", "op": "export", "input": export}));
    }
    cases
}

/// Without the feature there is no operation to import.
#[cfg(not(feature = "import"))]
fn import_cases() -> Vec<Value> {
    Vec::new()
}

/// Returns a file of a request, as text if it is UTF-8.
#[cfg(feature = "import")]
fn request_file(path: &Path) -> Value {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    let name = path.file_name().unwrap().to_str();
    match String::from_utf8(fs::read(path).unwrap()) {
        Ok(text) => json!({"name": name, "text": text}),
        Err(error) => json!({"name": name, "base64": STANDARD.encode(error.as_bytes())}),
    }
}

/// Returns the golden cases of all operations.
fn all_cases() -> Vec<Value> {
    [golden_cases(), import_cases()].concat()
}

/// Decodes a request without running it, and returns the codes of its errors.
fn codes_of(operation: &str, request: &str) -> Vec<String> {
    fn errors<O: Operation>(request: &wire::Value<'_>) -> Result<(), Error> {
        O::decode(request, &CallOptions::new()).map(drop)
    }
    let request = wire::Value::from_json(request).unwrap();
    let decoded = match operation {
        "rank" => errors::<op::Rank>(&request),
        "explain" => errors::<op::Explain>(&request),
        "diagnose" => errors::<op::Diagnose>(&request),
        "allocate" => errors::<op::Allocate>(&request),
        "report" => errors::<op::Report>(&request),
        "check" => wire::Dataset::from_value(&request).map(drop),
        "resolve" => errors::<op::Resolve>(&request),
        #[cfg(feature = "import")]
        "import" => errors::<op::Import>(&request),
        #[cfg(feature = "import")]
        "sketch" => errors::<op::Sketch>(&request),
        #[cfg(feature = "import")]
        "export" => errors::<op::Export>(&request),
        _ => panic!("{operation}"),
    };
    let Err(error) = decoded else { return Vec::new() };
    error.errors().map(|detail| detail.code().to_owned()).collect()
}

fn is_form(code: &str) -> bool {
    let (_, name) = code.split_once('.').unwrap_or(("", code));
    FORM.contains(&name) || name == VALUE
}

/// Compares the decoder with the schema on one request.
fn compare(validator: &Validator, operation: &str, request: &Value) -> Result<(), String> {
    let codes = codes_of(operation, &request.to_string());
    if codes.iter().any(|code| EXCEPTIONS.iter().any(|(exception, _)| exception == code)) {
        return Ok(());
    }
    let schema = format!("{operation}.request");
    match (codes.iter().any(|code| is_form(code)), validator.is_valid(&schema, request)) {
        (false, false) => {
            let error = validator.validate(&schema, request).unwrap_err();
            Err(format!("rejected, but decoded with {codes:?}: {error}\n{request}"))
        }
        (true, true) => Err(format!("accepted, in spite of {codes:?}\n{request}")),
        _ => Ok(()),
    }
}

#[test]
fn a_golden_request_has_an_error_of_form_if_and_only_if_its_schema_rejects_it() {
    let validator = Validator::new();
    let cases = all_cases();
    let mut failures = Vec::new();
    for case in &cases {
        let operation = case["op"].as_str().unwrap();
        if CASES.iter().any(|(name, _)| case["name"] == *name) {
            continue;
        }
        if let Err(failure) = compare(&validator, operation, &case["input"]) {
            failures.push(format!("{}: {failure}", case["name"]));
        }
    }
    assert!(cases.len() > 100);
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), cases.len(), failures.join("\n"));
}

#[test]
fn every_golden_response_and_error_validates() {
    let validator = Validator::new();
    let mut seen = BTreeSet::new();
    for case in all_cases() {
        let operation = case["op"].as_str().unwrap();
        let (schema, value) = match wire::call_json(operation, &case["input"].to_string(), &CallOptions::new()) {
            Ok(response) => (format!("{operation}.response"), serde_json::from_str(&response).unwrap()),
            Err(error) => ("error".to_owned(), serde_json::to_value(&error).unwrap()),
        };
        validator.validate(&schema, &value).unwrap_or_else(|error| panic!("{}: {error}", case["name"]));
        seen.insert(schema);
    }
    assert_eq!(seen.len(), wire::operations().count().saturating_add(1), "{seen:?}");
}

/// Values that replace each value of a request in turn.
fn replacements() -> Vec<Value> {
    vec![
        Value::Null,
        json!(""),
        json!([]),
        json!({}),
        json!("x"),
        json!("any"),
        json!("2026-02-30"),
        json!("a".repeat(300)),
        json!(true),
        json!(1),
        json!(-1),
        json!(0.5),
        json!(1.0e15),
        json!([null]),
        json!([""]),
        json!([["x"]]),
        json!({"x": 1}),
    ]
}

/// Collects the JSON pointers of all values in a value.
fn pointers(value: &Value, pointer: &str, found: &mut Vec<String>) {
    let mut descend = |key: &str, value: &Value| {
        let pointer = format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
        found.push(pointer.clone());
        pointers(value, &pointer, found);
    };
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, value)| descend(key, value)),
        Value::Array(items) => items.iter().enumerate().for_each(|(index, value)| descend(&index.to_string(), value)),
        _ => {}
    }
}

/// Returns a pointer without the indices of lists.
fn kind_of(pointer: &str) -> String {
    let steps = pointer.split('/').map(|step| if step.bytes().all(|byte| byte.is_ascii_digit()) { "*" } else { step });
    steps.collect::<Vec<_>>().join("/")
}

#[test]
fn one_wrong_value_is_rejected_by_both_or_by_none() {
    let validator = Validator::new();
    let (mut seen, mut failures, mut count) = (BTreeMap::<String, usize>::new(), Vec::new(), 0_usize);
    for case in golden_cases() {
        let (operation, input) = (case["op"].as_str().unwrap(), &case["input"]);
        if !codes_of(operation, &input.to_string()).is_empty() {
            continue;
        }
        let mut found = Vec::new();
        pointers(input, "", &mut found);
        for pointer in found {
            // The same field needs no more than two tries.
            let tries = seen.entry(kind_of(&pointer)).or_default();
            *tries = tries.saturating_add(1);
            if *tries > 2 {
                continue;
            }
            for replacement in replacements() {
                let mut request = input.clone();
                *request.pointer_mut(&pointer).unwrap() = replacement;
                failures.extend(
                    compare(&validator, operation, &request).err().map(|failure| format!("{pointer}: {failure}")),
                );
                count = count.saturating_add(1);
            }
            let mut request = input.clone();
            if let Some(fields) = request.pointer_mut(&pointer).unwrap().as_object_mut() {
                fields.insert("?".to_owned(), json!(1));
                failures.extend(
                    compare(&validator, operation, &request).err().map(|failure| format!("{pointer}: {failure}")),
                );
            }
        }
    }
    assert!(count > 3_000, "{count}");
    let shown = failures.iter().take(40).map(String::as_str).collect::<Vec<_>>().join("\n\n");
    assert!(failures.is_empty(), "{} of {count}:\n{shown}", failures.len());
}

#[test]
fn there_is_a_request_and_a_response_for_each_operation() {
    let names: Vec<&str> = wire::schemas().collect();
    let of_operations = wire::operations().flat_map(|name| [format!("{name}.request"), format!("{name}.response")]);
    let expected: Vec<String> = ["need", "offer", "policy", "vocabulary", "error"]
        .map(str::to_owned)
        .into_iter()
        .chain(of_operations)
        .collect();
    assert_eq!(names, expected);
    assert!(wire::schema("criterion").is_none(), "a part of other schemas");
}

/// Calls `visit` with every object of a schema that has properties.
fn objects<'s>(schema: &'s Value, visit: &mut impl FnMut(&'s serde_json::Map<String, Value>)) {
    match schema {
        Value::Object(fields) => {
            if let Some(properties) = fields.get("properties").and_then(Value::as_object) {
                visit(properties);
            }
            fields.values().for_each(|value| objects(value, visit));
        }
        Value::Array(items) => items.iter().for_each(|item| objects(item, visit)),
        _ => {}
    }
}

/// Returns `true` if a property, or the definition to which it refers, says what it is.
fn is_described(document: &Value, property: &Value) -> bool {
    let definition = property["$ref"].as_str().and_then(|target| document.pointer(target.strip_prefix('#')?));
    property.get("description").or_else(|| definition?.get("description")).is_some()
}

#[test]
fn every_property_is_described() {
    for name in wire::schemas() {
        let document = document(name);
        objects(&document, &mut |properties| {
            // A scope of an offer requires one of two fields by a schema that only excludes absent values.
            let described = properties
                .iter()
                .filter(|(_, property)| property.get("not").is_none() || property.get("type").is_some());
            for (field, property) in described {
                assert!(is_described(&document, property), "{name}: {field}: {property}");
            }
        });
    }
}

#[test]
fn serialized_tables_validate_and_have_the_stated_defaults() {
    let validator = Validator::new();
    let policy = serde_json::to_value(Policy::default()).unwrap();
    validator.validate("policy", &policy).unwrap();
    validator.validate("vocabulary", &serde_json::to_value(Vocabulary::default()).unwrap()).unwrap();
    let mut stated = json!({});
    for (section, schema) in document("policy")["properties"].as_object().unwrap() {
        let found = &mut stated[section];
        if let Some(default) = schema.get("default") {
            *found = default.clone();
        }
        objects(&schema["anyOf"], &mut |properties| {
            for (key, schema) in properties.iter().filter(|(_, schema)| schema.get("default").is_some()) {
                match key.as_str() {
                    level if policy["language"]["levels"].get(level).is_some() => {
                        found["levels"][key] = schema["default"].clone()
                    }
                    mode if policy["language"]["how"].get(mode).is_some() => {
                        found["how"][key] = schema["default"].clone()
                    }
                    _ => found[key] = schema["default"].clone(),
                }
            }
        });
    }
    assert_eq!(stated, policy);
}

/// Returns an object with the default of each property that has one.
fn defaults_of(schema: &Value) -> serde_json::Map<String, Value> {
    let properties = schema["properties"].as_object().unwrap().iter();
    properties.filter_map(|(name, property)| Some((name.clone(), property.get("default")?.clone()))).collect()
}

#[test]
fn a_stated_default_changes_nothing() {
    let need = document("need");
    let mut stated = defaults_of(&need);
    assert_eq!(stated.keys().collect::<Vec<_>>(), ["people", "priority"]);
    stated.insert("id".to_owned(), json!("n-1"));
    assert_eq!(
        Need::from_json(&Value::Object(stated).to_string()).unwrap(),
        Need::from_json(r#"{"id": "n-1"}"#).unwrap()
    );

    let offer = |language: &str, capacity: &str| {
        Offer::from_json(&format!(r#"{{"id": "o-1", "languages": [{language}], "capacity": {capacity}}}"#)).unwrap()
    };
    assert_eq!(offer(r#"{"tag": "de", "how": "spoken"}"#, r#"{"free": 1, "state": "open"}"#), offer(r#""de""#, "1"));

    let request =
        json!({"offers": [{"id": "o-1", "languages": ["de"]}], "needs": [{"id": "n-1", "languages": ["de"]}]});
    let mut count = 0_usize;
    for operation in wire::operations().filter(|operation| !["resolve", "import", "sketch"].contains(operation)) {
        let run = |request: &Value| wire::call_json(operation, &request.to_string(), &CallOptions::new()).unwrap();
        let request = match operation {
            "export" => json!({"to": "csv", "offers": request["offers"]}),
            _ => request.clone(),
        };
        let mut stated = request.clone();
        let defaults = defaults_of(&document(&format!("{operation}.request")));
        count = count.saturating_add(defaults.len());
        stated.as_object_mut().unwrap().extend(defaults);
        assert_eq!(run(&stated), run(&request), "{operation}");
    }
    let of_import = if cfg!(feature = "import") { 2 } else { 0 };
    assert_eq!(count, 12_usize.saturating_add(of_import));
}

/// Collects the keys of all objects in a value.
fn keys(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, value)| {
            found.insert(key.clone());
            keys(value, found);
        }),
        Value::Array(items) => items.iter().for_each(|item| keys(item, found)),
        _ => {}
    }
}

#[test]
fn every_property_of_a_response_occurs() {
    let cases = all_cases();
    let mut of_records = BTreeSet::new();
    for record in ["need", "offer"].map(document) {
        objects(&record, &mut |properties| of_records.extend(properties.keys().cloned()));
    }
    for operation in wire::operations() {
        let mut found = BTreeSet::new();
        for case in cases.iter().filter(|case| case["op"] == operation) {
            if let Ok(response) = wire::call_json(operation, &case["input"].to_string(), &CallOptions::new()) {
                keys(&serde_json::from_str(&response).unwrap(), &mut found);
            }
        }
        let document = document(&format!("{operation}.response"));
        objects(&document, &mut |properties| {
            // Lists of more than twenty items, of which the golden cases have none; the fields of imported records; and the
            // column of a note, which notes of exports share with those of imports.
            for name in properties.keys().filter(|name| {
                !(name.ends_with("_more")
                    || operation == "import" && of_records.contains(*name)
                    || operation == "export" && *name == "column")
            }) {
                assert!(found.contains(name), "{operation}: {name} occurs in no response");
            }
        });
    }
}

/// Properties that have another name in Rust, with this name.
type Renamed = &'static [(&'static str, &'static str)];

/// The types of records and results, by the name of their schema.
const TYPES: [(&str, &str, Renamed); 14] = [
    ("need", "Need", &[("rules", "rule")]),
    ("offer", "Offer", &[("ages", "min_age")]),
    ("error", "Error", &[]),
    ("error_detail", "ErrorDetail", &[]),
    (
        "finding",
        "Finding",
        &[
            ("known", "is_known"),
            ("blocks", "is_blocking"),
            ("asked", "is_requested"),
            ("code", "reason"),
            ("facts", "reason"),
        ],
    ),
    ("change", "RequiredChange", &[("code", "reason"), ("facts", "reason")]),
    ("diagnosis", "Diagnosis", &[]),
    ("objective", "solver::Objective", &[("score", "value")]),
    ("referral", "Referral", &[("fixed", "is_fixed"), ("neighbour", "is_from_neighbour"), ("breaks", "violations")]),
    ("row", "Tally", &[("code", "needs"), ("name", "needs")]),
    ("allocate.response", "Allocation", &[]),
    ("report.response", "Report", &[("wanted", "missing_offers")]),
    ("check.response", "wire::CheckReport", &[]),
    ("resolve.response", "wire::ResolveResponse", &[]),
];

#[test]
fn every_property_has_a_getter() {
    let items = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/public_items.txt")).unwrap();
    let responses: Vec<Value> = wire::schemas().map(document).collect();
    let has = |type_name: &str, member: &str| {
        let method = format!("method {type_name}::{member}(&Self");
        let owned = format!("method {type_name}::{member}(Self");
        let field = format!("field {type_name}::{member}:");
        items.lines().any(|line| [&method, &owned, &field].iter().any(|start| line.starts_with(*start)))
    };
    for (name, type_name, renamed) in TYPES {
        let schema = wire::schemas().any(|schema| schema == name).then(|| document(name));
        let schema = schema.or_else(|| responses.iter().find_map(|document| document["$defs"].get(name).cloned()));
        for property in schema.expect("a schema or a definition")["properties"].as_object().unwrap().keys() {
            let member =
                renamed.iter().find(|(renamed, _)| renamed == property).map_or(property.as_str(), |(_, member)| member);
            assert!(has(type_name, member), "{type_name} has no getter of {property}");
        }
    }
}
