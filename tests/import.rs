//! Runs every case of `tests/golden/import` and prints the number of cases.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]
#![expect(clippy::disallowed_methods, reason = "the cases are files")]

#[path = "support/equations.rs"]
mod equations;

use std::{fs, path::Path};

use lotse::{
    Need, Offer, Vocabulary,
    import::{Import, ImportFile, Imported, Mapping, RecordKind},
};
use serde_json::Value;

use crate::equations::broken_equations;

/// The case of a spreadsheet, and that of an archive, which need a feature of their own.
const NEED_XLSX: [&str; 2] = ["04-", "20-"];

#[test]
fn golden() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/golden/import");
    let mut cases: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.retain(|path| path.is_dir());
    cases.sort();
    let (mut count, mut failures) = (0_usize, Vec::new());
    for path in cases {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if !cfg!(feature = "xlsx") && NEED_XLSX.iter().any(|prefix| name.starts_with(prefix)) {
            continue;
        }
        count = count.saturating_add(1);
        failures.extend(Case::new(&path).failures().into_iter().map(|failure| format!("{name}: {failure}")));
    }
    println!("import: {count} cases");
    assert!(count > 0, "no case was found");
    assert!(failures.is_empty(), "{} failures in {count} cases:\n{}", failures.len(), failures.join("\n"));
}

/// A case: files, a mapping, and what is expected of them.
struct Case {
    import: Import,
    files: Vec<ImportFile>,
    records: RecordKind,
    want: String,
    report: Value,
}

impl Case {
    fn new(folder: &Path) -> Self {
        let text = |name: &str| fs::read_to_string(folder.join(name)).ok();
        let options: Value = serde_json::from_str(&text("options.json").expect("a case has options")).unwrap();
        let option = |key: &str| options.get(key).and_then(Value::as_str);
        let records: RecordKind = option("records").expect("a case states its records").parse().unwrap();
        let mut import = Import::builder(records);
        if let Some(day) = option("as_of") {
            import = import.as_of(day.parse().unwrap());
        }
        if let Some(region) = option("within") {
            import = import.within(region);
        }
        if let Some(prefix) = option("prefix") {
            import = import.prefix(prefix);
        }
        if let Some(mapping) = text("mapping.json") {
            import = import.mapping(Mapping::from_json(&mapping).unwrap());
        }
        if let Some(additions) = text("vocabulary.json") {
            import = import.vocabulary(&Vocabulary::from_json(&additions).unwrap());
        }
        let mut files: Vec<_> =
            fs::read_dir(folder.join("input")).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        let file = |path: &std::path::PathBuf| {
            ImportFile::new(path.file_name().unwrap().to_string_lossy(), fs::read(path).unwrap())
        };
        Self {
            import: import.build().unwrap(),
            files: files.iter().map(file).collect(),
            records,
            want: text("want.ndjson").expect("a case has records"),
            report: serde_json::from_str(&text("report.json").expect("a case has a report")).unwrap(),
        }
    }

    fn failures(&self) -> Vec<String> {
        let imported = match self.import.read(&self.files) {
            Ok(imported) => imported,
            Err(error) => return vec![format!("{error}")],
        };
        let mut failures = self.record_failures(&imported);
        let mut got = serde_json::to_value(&imported.report).unwrap();
        let questions = serde_json::to_value(&imported.questions).unwrap();
        got.as_object_mut().unwrap().insert("questions".to_owned(), questions);
        let texts = [
            serde_json::to_string(&got).unwrap(),
            serde_json::to_string(&imported.mapping).unwrap(),
            serde_json::to_string(&imported.offers).unwrap(),
            serde_json::to_string(&imported.needs).unwrap(),
        ];
        for (key, want) in self.report.as_object().expect("a report is an object") {
            if key == "absent" {
                for text in want.as_array().unwrap().iter().filter_map(Value::as_str) {
                    failures
                        .extend(texts.iter().any(|all| all.contains(text)).then(|| format!("{text} is not absent")));
                }
            } else {
                compare(want, got.get(key).unwrap_or(&Value::Null), key, &mut failures);
            }
        }
        failures.extend(broken_equations(&imported));
        failures
    }

    fn record_failures(&self, imported: &Imported) -> Vec<String> {
        let lines = self.want.lines().filter(|line| !line.trim().is_empty());
        match self.records {
            RecordKind::Offers => {
                let want = lines.map(|line| Offer::from_json(line).unwrap());
                differences(&want.collect::<Vec<_>>(), &imported.offers)
            }
            RecordKind::Needs => {
                let want = lines.map(|line| Need::from_json(line).unwrap());
                differences(&want.collect::<Vec<_>>(), &imported.needs)
            }
        }
    }
}

fn differences<T: PartialEq + serde::Serialize>(want: &[T], got: &[T]) -> Vec<String> {
    let json = |record: &T| serde_json::to_string(record).unwrap();
    let pairs = want.iter().zip(got).filter(|(want, got)| want != got);
    let mut failures: Vec<String> =
        pairs.map(|(want, got)| format!("expected {}\n     got {}", json(want), json(got))).collect();
    if want.len() != got.len() {
        failures.push(format!("expected {} records, got {}", want.len(), got.len()));
    }
    failures
}

/// Compares an expectation with the report: each key is equal, each object of a list is a subset of one in the list.
fn compare(want: &Value, got: &Value, path: &str, failures: &mut Vec<String>) {
    match (want, got) {
        (Value::Object(want), Value::Object(got)) => {
            for (key, want) in want {
                compare(want, got.get(key).unwrap_or(&Value::Null), &format!("{path}.{key}"), failures);
            }
        }
        (Value::Array(want), Value::Array(got)) if want.iter().any(Value::is_object) => {
            for want in want {
                let fits = |got: &Value| {
                    let mut differences = Vec::new();
                    compare(want, got, path, &mut differences);
                    differences.is_empty()
                };
                if !got.iter().any(fits) {
                    failures.push(format!("{path}: no {want} in {}", Value::from(got.clone())));
                }
            }
        }
        _ if want == got => {}
        _ => failures.push(format!("{path}: expected {want}, got {got}")),
    }
}
