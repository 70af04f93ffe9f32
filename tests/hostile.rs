//! Input that is broken in every way: each gives an answer or a clear error, never a panic, and never a value of a need.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
#![expect(clippy::disallowed_methods, reason = "a test may read the clock")]

#[path = "support/random.rs"]
mod random;

use std::time::{Duration, Instant};

use lotse::{Error, wire};
use serde_json::{Map, Value, json};

use crate::random::Random;

/// Stands for what must never be repeated.
const SECRET: &str = "GEHEIM-7391";
/// How many broken requests there are of each sort.
const ROUNDS: usize = 7_000;

type Operation = fn(&str) -> Result<String, Error>;

fn operations() -> [Operation; 6] {
    [wire::rank_json, wire::explain_json, wire::diagnose_json, wire::allocate_json, wire::report_json, wire::check_json]
}

/// Requests that are right, each with the operations that take it.
fn requests() -> [(Value, Vec<Operation>); 3] {
    let mut plan = request();
    plan["previous"] = json!([{"need": "n-1", "offer": "o-1"}]);
    plan["fixed"] = json!([{"need": "n-1", "offer": "o-1", "counted": true}]);
    plan["moves"] = json!("none");
    plan["min_score"] = json!(0.25);
    plan["neighbour_serves"] = json!(false);
    [(request(), operations().into()), (plan, vec![wire::allocate_json]), (words(), vec![wire::resolve_json])]
}

fn words() -> Value {
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
                       "region_aliases": {"YY": "XX", "02999": ["14625", "XX"]}, "languages": {"fa-xx": "prs"}, "sign_languages": ["gsg"],
                       "umbrellas": {"ku": ["kmr"]}, "comprehension": [{"from": "de", "to": "nl", "degree": 0.3, "source": "s"}],
                       "names": [{"kind": "help", "code": "x", "lang": "de", "text": "X"}],
                       "words": [{"kind": "language", "codes": ["prs", "ps"], "lang": "de", "text": "X"}]},
        "as_of": "2026-11-23"
    })
}

/// Every place in a value, as steps from the root.
fn places(value: &Value, path: &mut Vec<String>, found: &mut Vec<Vec<String>>) {
    found.push(path.clone());
    let mut visit = |step: String, value: &Value| {
        path.push(step);
        places(value, path, found);
        path.pop();
    };
    match value {
        Value::Array(items) => items.iter().enumerate().for_each(|(index, item)| visit(index.to_string(), item)),
        Value::Object(fields) => fields.iter().for_each(|(name, field)| visit(name.clone(), field)),
        _ => {}
    }
}

fn broken_value(random: &mut Random) -> Value {
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

/// Puts a broken value, or a field that nobody knows, somewhere.
fn mutate(random: &mut Random, request: &Value) -> Value {
    let mut request = request.clone();
    let mut found = Vec::new();
    places(&request, &mut Vec::new(), &mut found);
    for _ in 0..=random.below(3) {
        let path = &found[random.below(found.len())];
        let pointer: String = path.iter().map(|step| format!("/{step}")).collect();
        let Some(place) = request.pointer_mut(&pointer) else { continue };
        match place {
            Value::Object(fields) if random.below(3) == 0 => {
                fields.insert(SECRET.to_owned(), json!(1));
            }
            place => *place = broken_value(random),
        }
    }
    request
}

/// Nothing of a need may be told. In offers, policy and vocabulary a key may be.
fn assert_discreet(error: &Error, of_a_need: bool) {
    let data: Value = serde_json::to_value(error).unwrap();
    assert!(!error.code().is_empty());
    assert_eq!(error.errors().len(), data["errors"].as_array().unwrap().len());
    for detail in error.errors() {
        assert!(!detail.code().is_empty() && !detail.message().is_empty() && detail.path().len() < 400);
        if of_a_need || detail.path().starts_with("needs") {
            assert!(!format!("{detail:?} {detail}").contains(SECRET), "{detail:?}");
        } else {
            assert!(!detail.message().contains(SECRET), "{detail:?}");
        }
    }
}

#[test]
fn broken_requests_give_an_answer_or_an_error() {
    let mut random = Random(7_391);
    let (mut answers, mut errors) = (0_usize, 0_usize);
    for (request, operations) in requests() {
        for _ in 0..ROUNDS {
            let text = mutate(&mut random, &request).to_string();
            for operation in &operations {
                match operation(&text) {
                    Ok(answer) => {
                        serde_json::from_str::<Value>(&answer).unwrap();
                        answers = answers.saturating_add(1);
                    }
                    Err(error) => {
                        assert_discreet(&error, false);
                        errors = errors.saturating_add(1);
                    }
                }
            }
        }
    }
    assert!(answers > ROUNDS && errors > ROUNDS / 2, "{answers} answers, {errors} errors: both sorts must occur");
}

#[test]
fn broken_text_gives_an_error() {
    let mut random = Random(11);
    let requests = requests().map(|(request, operations)| (request.to_string(), operations));
    for round in 0..ROUNDS.saturating_mul(requests.len()) {
        let (whole, operations) = &requests[round % requests.len()];
        let mut bytes = whole.clone().into_bytes();
        for _ in 0..=random.below(4) {
            let at = random.below(bytes.len());
            match random.below(3) {
                0 => bytes.truncate(at),
                1 => bytes[at] = u8::try_from(random.below(128)).unwrap(),
                _ => bytes.insert(at, b"{}[],:\"\\0"[random.below(9)]),
            }
            if bytes.is_empty() {
                break;
            }
        }
        let text = String::from_utf8_lossy(&bytes);
        for operation in operations {
            if let Err(error) = operation(&text) {
                assert_discreet(&error, false);
            }
        }
    }
}

#[test]
fn needs_are_never_repeated() {
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
            for operation in operations() {
                if let Err(error) = operation(&text) {
                    assert_discreet(&error, true);
                }
            }
            let told: Value = serde_json::from_str(&wire::check_json(&text).unwrap()).unwrap();
            assert!(!told.to_string().contains(SECRET), "{told}");
            let alone = lotse::Need::from_json(&need.to_string());
            assert!(name == "id" || !format!("{alone:?}").contains(SECRET), "{name}");
            let request = wire::CheckRequest::from_json(&text).unwrap();
            assert!(!format!("{request:?}").contains(SECRET));
            if let Err(error) = serde_json::from_value::<lotse::Need>(need) {
                assert!(!error.to_string().contains(SECRET), "{error}");
            }
        }
    }
}

#[test]
fn large_and_deep_input_is_refused_at_once() {
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
        let told = wire::rank_json(&text).unwrap_err();
        assert!(told.errors().len() <= 100, "{told}");
        // Within a second for a release build; this one is not optimised.
        let (taken, head): (Duration, String) = (start.elapsed(), text.chars().take(40).collect());
        assert!(taken < Duration::from_secs(8), "{head}: {taken:?}");
    }
}

#[test]
fn lists_have_their_limits() {
    let offer = |field: &str, value: Value, count: usize| {
        let offer =
            Map::from_iter([("id".to_owned(), json!("o")), (field.to_owned(), Value::from(vec![value; count]))]);
        lotse::Offer::from_json(&Value::from(offer).to_string()).map_err(|error| error.path().to_owned())
    };
    for (field, value, most) in [("area", "14612", 20_000), ("access", "lift", 1_000), ("help", "legal", 1_000)] {
        assert!(offer(field, json!(value), most).is_ok(), "{field}");
        assert_eq!(offer(field, json!(value), most.saturating_add(1)), Err(format!("offer.{field}")));
    }
    let words = |count: usize| json!({"words": vec![json!({"text": ""}); count]}).to_string();
    assert!(wire::resolve_json(&words(100_000)).is_ok());
    assert_eq!(wire::resolve_json(&words(100_001)).unwrap_err().code(), "request.too_many");
    let long = |bytes: usize| json!({"words": [{"text": "x".repeat(bytes)}]}).to_string();
    assert!(wire::resolve_json(&long(10_000)).unwrap().contains(r#""candidates":[]"#));
    assert_eq!(wire::resolve_json(&long(1_000_000)).unwrap_err().code(), "request.too_long");
}

/// An offer that lists every Kreis one by one, and longer ones, are looked at in no time.
#[test]
fn a_long_area_is_checked_at_once() {
    let offer = |id: &str, key: &str, count: usize| json!({"id": id, "area": vec![key; count]});
    let offers = json!([offer("o-1", "14612", 1), offer("o-2", "14625", 1), offer("o-3", "09171", 20_000)]);
    let start = Instant::now();
    let told = wire::check_json(&json!({"offers": offers}).to_string()).unwrap();
    assert!(told.contains(r#""warnings":[]"#), "{told}");
    assert!(start.elapsed() < Duration::from_secs(4), "{:?}", start.elapsed());
}

#[test]
fn a_hundred_errors_are_enough() {
    let needs: Vec<Value> = (0..250).map(|number| json!({"id": format!("n-{number}"), "age": "x"})).collect();
    let error = wire::rank_json(&json!({"needs": needs}).to_string()).unwrap_err();
    assert_eq!(error.errors().len(), 100);
    assert_eq!(error.errors().last().unwrap().path(), "needs[99].age");
}
