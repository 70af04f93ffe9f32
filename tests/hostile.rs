//! Invalid input of every kind: the result is a response or an error, never a panic, and an error never has a value of a need.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
#![expect(clippy::disallowed_methods, reason = "a test may read the clock")]

#[path = "support/random.rs"]
mod random;

use std::time::{Duration, Instant};

use lotse::{
    Error,
    wire::{self, CallOptions, Operation as _, Value as Request, op},
};
use serde_json::{Map, Value, json};

use crate::random::Random;

/// A value of a need, which no error may contain.
const SECRET: &str = "GEHEIM-7391";
/// The number of mutated requests of each kind.
const ROUNDS: usize = 7_000;

/// The name of an operation.
type Operation = &'static str;

/// The operations on records.
const OPERATIONS: [Operation; 6] = ["rank", "explain", "diagnose", "allocate", "report", "check"];

fn call(operation: Operation, request: &str) -> Result<String, Error> {
    wire::call_json(operation, request, &CallOptions::new())
}

/// Returns valid requests, each with the operations that accept it.
fn requests() -> [(Value, Vec<Operation>); 3] {
    let mut allocate = request();
    allocate["previous"] = json!([{"need": "n-1", "offer": "o-1"}]);
    allocate["fixed"] = json!([{"need": "n-1", "offer": "o-1", "counted": true}]);
    allocate["moves"] = json!("none");
    allocate["min_score"] = json!(0.25);
    allocate["neighbour_serves"] = json!(false);
    [(request(), OPERATIONS.into()), (allocate, vec!["allocate"]), (resolve_request(), vec!["resolve"])]
}

fn resolve_request() -> Value {
    json!({
        "words": [{"text": "Kurdisch", "kind": "language"}, {"text": "LK Leipzig"}, {"text": "ukranisch"}, {"text": ""}],
        "lang": "de",
        "vocabulary": {"words": [{"kind": "crime", "codes": ["0102"], "context": ["hate"], "lang": "de", "text": "X"}],
                       "names": [{"kind": "help", "code": "x", "lang": "de", "text": "X"}]}
    })
}

fn request() -> Value {
    json!({
        "offers": [
            {"id": "o-1", "name": "One", "organisation": "Org", "help": ["legal", "any"], "languages": ["de", {"tag": "prs", "how": "interpreter"}],
             "area": ["14612", "any"], "place": {"region": "14612", "lat": 51.06, "lon": 13.78},
             "crimes": ["any", {"code": "02"}, {"context": ["terrorism"]}],
             "capacity": {"free": 3, "total": 10, "state": "open", "updated": "2026-11-20"}, "roles": ["bereaved"], "genders": ["any"],
             "ages": {"min": 18, "max": 99}, "formats": ["on_site"], "access": ["wheelchair"], "no_access": ["lift"],
             "contact": {"phone": "1", "email": "e", "url": "u"}},
            {"id": "o-2", "capacity": 4}
        ],
        "needs": [
            {"id": "n-1", "case": "c", "group": "g", "people": 2, "priority": "urgent", "help": "legal.first_advice",
             "languages": ["prs", {"tag": "de", "level": "A2"}], "region": "14612", "place": {"lat": 51.05, "lon": 13.74},
             "crime": {"code": "0101", "context": ["terrorism"]}, "roles": ["bereaved"], "gender": "female", "age": 34,
             "formats": ["on_site", "video"], "access": ["wheelchair"], "rules": {"language": {"rule": "must", "minimum": 0.25}}},
            {"id": "n-2"}
        ],
        "policy": {"weights": {"help": 10}, "rules": {"format": "prefer"}, "unknown_fit": 0.5, "language": {"levels": {"B1": 0.7}, "comprehension": [{"from": "vi", "to": "de", "degree": 0.5}]},
                   "region": {"near_km": 15}, "crime": {"vague": 0.6}, "capacity": {"comfortable": 3}, "priority_weights": {"stat": 8}},
        "vocabulary": {"regions": [{"code": "XX", "kind": "kreis", "parent": "14", "neighbours": ["14612"], "lat": 1, "lon": 1}],
                       "region_aliases": {"YY": "XX", "02999": ["14625", "XX"]}, "languages": {"qax": "prs"}, "sign_languages": ["gsg"],
                       "umbrellas": {"ku": ["kmr"]}, "comprehension": [{"from": "de", "to": "nl", "degree": 0.3, "source": "s"}],
                       "names": [{"kind": "help", "code": "x", "lang": "de", "text": "X"}],
                       "words": [{"kind": "language", "codes": ["prs", "ps"], "lang": "de", "text": "X"}]},
        "as_of": "2026-11-23"
    })
}

/// Collects the path of every value inside a value.
fn collect_paths(value: &Value, path: &mut Vec<String>, paths: &mut Vec<Vec<String>>) {
    paths.push(path.clone());
    let mut visit = |step: String, value: &Value| {
        path.push(step);
        collect_paths(value, path, paths);
        path.pop();
    };
    match value {
        Value::Array(items) => items.iter().enumerate().for_each(|(index, item)| visit(index.to_string(), item)),
        Value::Object(fields) => fields.iter().for_each(|(name, field)| visit(name.clone(), field)),
        _ => {}
    }
}

fn invalid_value(random: &mut Random) -> Value {
    let mut deep = json!(SECRET);
    for _ in 0..random.below(60) {
        deep = json!([deep]);
    }
    let values = [
        json!(null),
        json!(true),
        json!(-1),
        json!(0),
        json!(1.5),
        json!(1e300),
        json!(i64::MIN),
        json!(u64::MAX),
        json!(0.123456),
        json!(""),
        json!(SECRET),
        json!("any"),
        json!("mul"),
        json!("\u{0}\u{202e}🚑"),
        json!("x".repeat(300)),
        json!([]),
        json!({}),
        json!([SECRET]),
        json!([null]),
        json!([[]]),
        json!({SECRET: SECRET}),
        json!({"tag": SECRET}),
        json!([1, 1]),
        deep,
    ];
    values[random.below(values.len())].clone()
}

/// Inserts an invalid value or an unknown field at random paths.
fn mutate(random: &mut Random, request: &Value) -> Value {
    let mut request = request.clone();
    let mut paths = Vec::new();
    collect_paths(&request, &mut Vec::new(), &mut paths);
    for _ in 0..=random.below(3) {
        let path = &paths[random.below(paths.len())];
        let pointer: String = path.iter().map(|step| format!("/{step}")).collect();
        let Some(target) = request.pointer_mut(&pointer) else { continue };
        match target {
            Value::Object(fields) if random.below(3) == 0 => {
                fields.insert(SECRET.to_owned(), json!(1));
            }
            target => *target = invalid_value(random),
        }
    }
    request
}

/// Asserts that an error contains nothing of a need. A path in offers, policy or vocabulary may contain a key.
fn assert_private(error: &Error, is_about_need: bool) {
    let data: Value = serde_json::to_value(error).unwrap();
    assert!(!error.code().is_empty());
    assert_eq!(error.errors().len(), data["errors"].as_array().unwrap().len());
    for detail in error.errors() {
        assert!(!detail.code().is_empty() && !detail.message().is_empty() && detail.path().len() < 400);
        if is_about_need || detail.path().starts_with("needs") {
            assert!(!format!("{detail:?} {detail}").contains(SECRET), "{detail:?}");
        } else {
            assert!(!detail.message().contains(SECRET), "{detail:?}");
        }
    }
}

#[test]
fn invalid_requests_return_a_response_or_an_error() {
    let mut random = Random(7_391);
    let (mut responses, mut errors) = (0_usize, 0_usize);
    for (request, operations) in requests() {
        for _ in 0..ROUNDS {
            let text = mutate(&mut random, &request).to_string();
            for operation in &operations {
                match call(operation, &text) {
                    Ok(response) => {
                        serde_json::from_str::<Value>(&response).unwrap();
                        responses = responses.saturating_add(1);
                    }
                    Err(error) => {
                        assert_private(&error, false);
                        errors = errors.saturating_add(1);
                    }
                }
            }
        }
    }
    assert!(responses > ROUNDS && errors > ROUNDS / 2, "{responses} responses, {errors} errors: both must occur");
}

#[test]
fn invalid_text_returns_an_error() {
    let mut random = Random(11);
    let requests = requests().map(|(request, operations)| (request.to_string(), operations));
    for round in 0..ROUNDS.saturating_mul(requests.len()) {
        let (valid, operations) = &requests[round % requests.len()];
        let mut bytes = valid.clone().into_bytes();
        for _ in 0..=random.below(4) {
            let index = random.below(bytes.len());
            match random.below(3) {
                0 => bytes.truncate(index),
                1 => bytes[index] = u8::try_from(random.below(128)).unwrap(),
                _ => bytes.insert(index, b"{}[],:\"\\0"[random.below(9)]),
            }
            if bytes.is_empty() {
                break;
            }
        }
        let text = String::from_utf8_lossy(&bytes);
        for operation in operations {
            if let Err(error) = call(operation, &text) {
                assert_private(&error, false);
            }
        }
    }
}

#[test]
fn errors_contain_no_value_of_a_need() {
    let secrets = [
        json!(SECRET),
        json!([SECRET]),
        json!({SECRET: 1}),
        json!({"tag": SECRET}),
        json!([{"tag": "de", "level": SECRET}]),
        json!({"code": SECRET}),
    ];
    let names = [
        "id",
        "case",
        "group",
        "people",
        "priority",
        "help",
        "languages",
        "region",
        "place",
        "crime",
        "roles",
        "gender",
        "age",
        "formats",
        "access",
        "rules",
        SECRET,
    ];
    for name in names {
        for secret in &secrets {
            let mut need = Map::from_iter([("id".to_owned(), json!("n-1"))]);
            need.insert(name.to_owned(), secret.clone());
            let need = Value::from(need);
            let text = json!({"needs": [need, {"id": SECRET}, {"id": SECRET}]}).to_string();
            for operation in OPERATIONS {
                if let Err(error) = call(operation, &text) {
                    assert_private(&error, true);
                }
            }
            let report: Value = serde_json::from_str(&call("check", &text).unwrap()).unwrap();
            assert!(!report.to_string().contains(SECRET), "{report}");
            let result = lotse::Need::from_json(&need.to_string());
            assert!(name == "id" || !format!("{result:?}").contains(SECRET), "{name}");
            let request = op::Check::decode(&Request::from_json(&text).unwrap(), &CallOptions::new()).unwrap();
            assert!(!format!("{request:?}").contains(SECRET));
            if let Err(error) = serde_json::from_value::<lotse::Need>(need) {
                assert!(!error.to_string().contains(SECRET), "{error}");
            }
        }
    }
}

#[test]
fn large_and_deep_input_is_rejected_quickly() {
    let quoted = |text: &str| format!(r#"{{"offers": [{{"id": "{text}"}}]}}"#);
    let languages = |tags: &str| format!(r#"{{"needs": [{{"id": "n", "languages": [{tags}]}}]}}"#);
    let inputs = [
        String::new(),
        "{".to_owned(),
        "\u{feff}{}".to_owned(),
        "[".repeat(100_000_000),
        "{\"a\":".repeat(10_000),
        quoted(&"x".repeat(10_000_000)),
        quoted("\\ud800"),
        languages(&format!("\"{}\"", "x".repeat(10_000_000))),
        languages(&vec!["\"de\""; 100_000].join(",")),
        languages(&(0..100_000).map(|n| format!("\"de-{n:05}\"")).collect::<Vec<_>>().join(",")),
        r#"{"offers": [{"id": "o", "capacity": 1e400}]}"#.to_owned(),
        r#"{"offers": [{"id": "o", "capacity": -Infinity}]}"#.to_owned(),
        r#"{"offers": [], "offers": []}"#.to_owned(),
        r#"{"needs": [{"id": "n", "crime": {"code": "01", "code": "02"}}]}"#.to_owned(),
        format!(r#"{{"needs": [{}]}}"#, vec![r#"{"id": "n"}"#; 100_000].join(",")),
    ];
    for text in inputs {
        let start = Instant::now();
        let error = call("rank", &text).unwrap_err();
        assert!(error.errors().len() <= 100, "{error}");
        // A release build takes less than one second; this one is not optimized.
        let (elapsed, head): (Duration, String) = (start.elapsed(), text.chars().take(40).collect());
        assert!(elapsed < Duration::from_secs(8), "{head}: {elapsed:?}");
    }
}

#[test]
fn lists_and_texts_have_a_maximal_length() {
    let offer = |field: &str, value: Value, count: usize| {
        let offer =
            Map::from_iter([("id".to_owned(), json!("o")), (field.to_owned(), Value::from(vec![value; count]))]);
        lotse::Offer::from_json(&Value::from(offer).to_string()).map_err(|error| error.path().to_owned())
    };
    for (field, value, max) in [("area", "14612", 20_000), ("access", "lift", 1_000), ("help", "legal", 1_000)] {
        assert!(offer(field, json!(value), max).is_ok(), "{field}");
        assert_eq!(offer(field, json!(value), max.saturating_add(1)), Err(format!("offer.{field}")));
    }
    let words = |count: usize| json!({"words": vec![json!({"text": ""}); count]}).to_string();
    assert!(call("resolve", &words(100_000)).is_ok());
    assert_eq!(call("resolve", &words(100_001)).unwrap_err().code(), "request.too_many");
    let long = |bytes: usize| json!({"words": [{"text": "x".repeat(bytes)}]}).to_string();
    assert!(call("resolve", &long(10_000)).unwrap().contains(r#""candidates":[]"#));
    assert_eq!(call("resolve", &long(1_000_000)).unwrap_err().code(), "request.too_long");
}

#[test]
fn a_displayed_name_has_at_most_200_bytes() {
    let path = |key: &str, row: Value| {
        let vocabulary = json!({key: [row]}).to_string();
        lotse::Vocabulary::from_json(&vocabulary)
            .map_err(|error| (error.code().to_owned(), error.path().to_owned()))
            .err()
    };
    for (bytes, expected) in [(200, None), (201, Some("vocabulary.too_long".to_owned()))] {
        let text = "x".repeat(bytes);
        let named = [
            ("names", "text", json!({"kind": "help", "code": "x", "lang": "de", "text": text})),
            ("words", "text", json!({"kind": "help", "codes": ["x"], "lang": "de", "text": text})),
            ("regions", "name", json!({"code": "x-1", "kind": "kreis", "name": text})),
        ];
        for (key, field, row) in named {
            let expected = expected.clone().map(|code| (code, format!("vocabulary.{key}[0].{field}")));
            assert_eq!(path(key, row), expected, "{key} {bytes}");
        }
    }
}

/// A million codes are more than a request needs, and as many as a response can hold.
#[test]
fn words_yield_at_most_a_million_candidates() {
    let error = |request: Value| {
        let error = call("resolve", &request.to_string()).map(|_| ()).unwrap_err();
        assert!(error.hint().is_some_and(|hint| hint.contains("suggest")), "{error}");
        (error.code().to_owned(), error.path().to_owned())
    };
    let words = |count: usize, kind: Value| vec![json!({"text": "qqq", "kind": kind}); count];
    let too_many = |path: &str| ("request.too_many".to_owned(), path.to_owned());
    // Every kind of code counts.
    let suggest = |count, kind| json!({"words": words(count, kind), "suggest": 100});
    assert_eq!(error(suggest(10_001, json!("help"))), too_many("suggest"));
    assert_eq!(error(suggest(1_429, Value::Null)), too_many("suggest"));
    assert!(call("resolve", &suggest(1_428, Value::Null).to_string()).is_ok());

    let codes: Vec<String> = (0..1_000).map(|number| format!("x{number}")).collect();
    let vocabulary = json!({"words": [{"kind": "help", "codes": codes, "lang": "de", "text": "qqq"}]});
    let request = |count| json!({"words": words(count, json!("help")), "vocabulary": vocabulary});
    assert_eq!(error(request(1_001)), too_many("words"));
    assert!(call("resolve", &request(100).to_string()).is_ok());
}

/// A response may be logged, and must not state then what a person needs or typed.
#[test]
fn debug_of_a_result_has_no_value_of_a_need() {
    let need = json!({"id": "n-1", "help": "geheim.help", "languages": ["ti"], "region": "14612", "roles": ["geheim_role"],
                      "gender": "other", "age": 77, "access": ["geheim_access"], "crime": {"code": "0101", "context": ["geheim_context"]}});
    let offer = json!({"id": "o-1", "help": ["legal"], "languages": ["de"], "area": ["01"], "roles": ["relative"],
                       "genders": ["female"], "ages": {"max": 60}, "no_access": ["geheim_access"], "crimes": ["02"], "capacity": 0});
    let request = json!({"offers": [offer, {"id": "o-2"}], "needs": [need]}).to_string();
    let (value, options) = (Request::from_json(&request).unwrap(), CallOptions::new());
    let explanations = op::Explain::run(op::Explain::decode(&value, &options).unwrap(), &options).unwrap();
    let diagnoses = op::Diagnose::run(op::Diagnose::decode(&value, &options).unwrap(), &options).unwrap();
    let rankings = op::Rank::run(op::Rank::decode(&value, &options).unwrap(), &options).unwrap();
    let allocation = op::Allocate::run(op::Allocate::decode(&value, &options).unwrap(), &options).unwrap();
    let report = op::Report::run(op::Report::decode(&value, &options).unwrap(), &options).unwrap();
    let typed = json!({"words": [{"text": "Tigrinya", "kind": "language"}]}).to_string();
    let typed = wire::ResolveRequest::from_value(&Request::from_json(&typed).unwrap()).unwrap();

    let (need, offers) = (lotse::Need::from_json(&need.to_string()).unwrap(), [offer, json!({"id": "o-2"})]);
    let offers = offers.map(|offer| lotse::Offer::from_json(&offer.to_string()).unwrap());
    let matcher = lotse::Matcher::builder().offers(offers).build().unwrap();
    let plan = matcher.allocate(std::slice::from_ref(&need), &lotse::AllocateOptions::new()).unwrap();
    // An offer of other help is never near.
    let other = json!({"id": "n-1", "age": 77, "access": ["geheim_access"], "gender": "other"}).to_string();
    let diagnosis = matcher.diagnose(&lotse::Need::from_json(&other).unwrap(), 3).unwrap();
    let scored = matcher.score_all(std::slice::from_ref(&need), 3).unwrap();
    let fixed = lotse::AllocateOptions::new().fixed([lotse::FixedReferral::new("n-1", "o-1").counted()]);
    let fixed = matcher.allocate(std::slice::from_ref(&need), &fixed).unwrap();
    let diff = plan.diff(&fixed);
    let evaluate_options = lotse::AllocateOptions::new();
    let evaluation = matcher.evaluate(std::slice::from_ref(&need), fixed.referrals(), &evaluate_options).unwrap();
    let texts = [
        format!("{explanations:?} {diagnoses:?} {rankings:?} {allocation:?} {report:?}"),
        format!("{typed:?} {:?} {:?}", typed.words, op::Resolve::run(typed.clone(), &options).unwrap().resolved),
        format!("{:?} {:?}", matcher.explain(&need, "o-1").unwrap(), matcher.diagnose(&need, 3).unwrap()),
        format!("{:?} {:?} {:?}", matcher.rank(&need, 3).unwrap(), plan, plan.report()),
        format!("{:?} {:?} {:?}", plan.referrals(), plan.unmet(), plan.offers()),
        format!("{:?} {:?} {:?}", diagnosis.blocked(), diagnosis.near_misses(), diagnosis.near_misses()[0].changes()),
        format!("{scored:?} {evaluation:?} {diff:?} {:?}", evaluation.referrals()),
    ];
    let names = lotse::Criterion::all().map(|criterion| format!("{criterion:?}"));
    let names: Vec<String> = names.filter(|name| name != "Help" && name != "Language").collect();
    for text in texts {
        for secret in ["geheim", "\"ti\"", "Tigrinya", "14612", "Other", "77", "0101"] {
            assert!(!text.contains(secret), "{secret}: {text}");
        }
        // Nor what it requests: a criterion that excludes offers or is to be checked. A typed word has a kind of code.
        for name in &names {
            assert!(!text.contains(name.as_str()), "{name}: {text}");
        }
    }
}

/// An area may list every Kreis; the check of other Länder must not be quadratic.
#[test]
fn a_long_area_is_checked_quickly() {
    let offer = |id: &str, key: &str, count: usize| json!({"id": id, "area": vec![key; count]});
    let offers = json!([offer("o-1", "14612", 1), offer("o-2", "14625", 1), offer("o-3", "09171", 20_000)]);
    let start = Instant::now();
    let report = call("check", &json!({"offers": offers}).to_string()).unwrap();
    assert!(report.contains(r#""warnings":[]"#), "{report}");
    assert!(start.elapsed() < Duration::from_secs(4), "{:?}", start.elapsed());
}

#[test]
fn at_most_a_hundred_errors_are_reported() {
    let needs: Vec<Value> = (0..250).map(|number| json!({"id": format!("n-{number}"), "age": "x"})).collect();
    let error = call("rank", &json!({"needs": needs}).to_string()).unwrap_err();
    assert_eq!(error.errors().len(), 100);
    assert_eq!(error.errors().last().unwrap().path(), "needs[99].age");
}

/// Returns a request of `needs` needs and 11 offers.
fn many_needs(needs: usize, mut keys: Value) -> String {
    let ids = |letter: char, count: usize| (0..count).map(|index| json!({"id": format!("{letter}-{index}")})).collect();
    let mut request = json!({"offers": Value::Array(ids('o', 11)), "needs": Value::Array(ids('n', needs))});
    request.as_object_mut().unwrap().append(keys.as_object_mut().unwrap());
    request.to_string()
}

#[test]
fn a_response_that_would_be_too_long_is_refused() {
    // 9 091 × 11 = 100 001, and 90 910 × 11 = 1 000 010.
    let refused: [(Operation, String, &str, &str); 4] = [
        ("rank", many_needs(9_091, json!({"top": 11})), "request.too_many", "top"),
        ("rank", many_needs(90_910, json!({"top": 11, "reasons": false})), "request.too_many", "top"),
        ("diagnose", many_needs(9_091, json!({"near_misses": 11})), "request.too_many", "near_misses"),
        ("explain", many_needs(9_091, json!({})), "request.pair.too_many", "pairs"),
    ];
    for (operation, request, code, path) in refused {
        let error = call(operation, &request).unwrap_err();
        assert_eq!((error.code(), error.path()), (code, path));
    }
    let accepted: [(Operation, String); 5] = [
        ("rank", many_needs(9_090, json!({"top": 11}))),
        ("rank", many_needs(12_000, json!({"top": 10}))),
        ("rank", many_needs(9_091, json!({"top": 11, "reasons": false}))),
        ("diagnose", many_needs(9_090, json!({"near_misses": 11}))),
        ("explain", many_needs(9_090, json!({}))),
    ];
    for (operation, request) in accepted {
        assert!(call(operation, &request).is_ok());
    }
}
