//! Runs every golden case of `tests/golden` through the wire format, and prints the number of cases.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]
#![expect(clippy::disallowed_methods, reason = "the cases are files")]

use std::{collections::BTreeSet, fs, path::Path};

use lotse::{Lang, wire};
use serde_json::Value;

/// The features of the library on which a case may depend, each with `true` if this build has it.
const FEATURES: [(&str, bool); 2] = [("postcodes", cfg!(feature = "postcodes")), ("import", cfg!(feature = "import"))];

#[test]
fn golden() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/golden");
    let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    let (mut count, mut names, mut failures) = (0_usize, BTreeSet::new(), Vec::new());
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        let file: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let Some(Value::Array(cases)) = file.get("cases") else { panic!("{}: no list of cases", path.display()) };
        for case in cases {
            let name = case.get("name").and_then(Value::as_str).expect("a case has a name").to_owned();
            assert!(names.insert(name.clone()), "two cases are called {name}");
            if !can_run(case) {
                continue;
            }
            if let Err(failure) = run(case) {
                failures.push(format!("{name} ({}): {failure}", path.file_name().unwrap().display()));
            }
            count = count.saturating_add(1);
        }
    }
    println!("golden: {count} cases");
    assert!(count > 0, "no golden case was found");
    assert!(failures.is_empty(), "{} of {count} cases failed:\n{}", failures.len(), failures.join("\n"));
}

/// Returns `false` if this build lacks the feature that a case needs.
fn can_run(case: &Value) -> bool {
    let Some(needed) = case.get("feature") else { return true };
    let feature = FEATURES.iter().find(|(name, _)| needed.as_str() == Some(*name));
    feature.expect("a case needs a known feature").1
}

fn run(case: &Value) -> Result<(), String> {
    let fields: BTreeSet<&str> = case.as_object().expect("a case is an object").keys().map(String::as_str).collect();
    let known = BTreeSet::from(["name", "why", "feature", "op", "input", "want", "want_error"]);
    if let Some(unknown) = fields.difference(&known).next() {
        return Err(format!("unknown field {unknown}"));
    }
    let input = case.get("input").ok_or("no input")?.to_string();
    let operation = case.get("op").and_then(Value::as_str).ok_or("no operation")?;
    let response = wire::call_json(operation, &input, &wire::CallOptions::new());
    let parse = |text: &str| serde_json::from_str::<Value>(text).map_err(|error| error.to_string());
    match (case.get("want"), case.get("want_error"), response) {
        (Some(want), None, Ok(response)) => compare(want, &parse(&response)?, "", &["text", "message", "hint"]),
        (None, Some(want), Err(error)) => {
            check_german(&error)?;
            let error = serde_json::to_value(&error).unwrap();
            let optional = ["message", "hint", "code", "path", "errors"];
            compare(want, &error, "", &optional)
        }
        (Some(_), None, Err(error)) => Err(format!("failed: {error}")),
        (None, Some(_), Ok(response)) => Err(format!("should have failed, but returned {response}")),
        _ => Err("exactly one of want and want_error".to_owned()),
    }
}

/// Checks that each error has a message and a hint in German, with all of its facts.
fn check_german(error: &lotse::Error) -> Result<(), String> {
    for detail in error.errors() {
        let messages = (detail.message_in(Lang::De), detail.message_in(Lang::En));
        let hints = (detail.hint_in(Lang::De), detail.hint_in(Lang::En));
        let is_same = messages.0 == messages.1 || (hints.0.is_some() && hints.0 == hints.1);
        if is_same || messages.1 != detail.message() || hints.1.as_deref() != detail.hint() {
            return Err(format!("no German text: {messages:?}, {hints:?}"));
        }
    }
    Ok(())
}

/// Compares values; an object of the response may have the `optional` keys that the expected one lacks.
fn compare(want: &Value, got: &Value, path: &str, optional: &[&str]) -> Result<(), String> {
    match (want, got) {
        (Value::Object(want), Value::Object(got)) => {
            for (key, value) in want {
                let found = got.get(key).ok_or_else(|| format!("{path}.{key}: missing"))?;
                compare(value, found, &format!("{path}.{key}"), optional)?;
            }
            match got.keys().find(|key| !want.contains_key(*key) && !optional.contains(&key.as_str())) {
                Some(key) => Err(format!("{path}.{key}: not expected")),
                None => Ok(()),
            }
        }
        (Value::Array(want), Value::Array(got)) => {
            if want.len() != got.len() {
                let (want, got) = (Value::from(want.clone()), Value::from(got.clone()));
                return Err(format!("{path}: different number of items: expected {want}, got {got}"));
            }
            let items = want.iter().zip(got).enumerate();
            items
                .into_iter()
                .try_for_each(|(index, (want, got))| compare(want, got, &format!("{path}[{index}]"), optional))
        }
        // 1 and 1.0 are the same number.
        (Value::Number(want), Value::Number(got)) if want.as_f64() == got.as_f64() => Ok(()),
        _ if want == got => Ok(()),
        _ => Err(format!("{path}: expected {want}, got {got}")),
    }
}
