//! Runs every case of `tests/golden/import` and prints the number of cases.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]
#![expect(clippy::disallowed_methods, reason = "the cases are files")]

#[path = "support/import_checks.rs"]
mod import_checks;
#[path = "support/import_order.rs"]
mod import_order;

use std::{fs, path::Path};

use lotse::{
    Need, Offer, Vocabulary,
    import::{Import, ImportFile, Imported, Mapping, RecordKind},
};
use serde_json::Value;

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
    /// The name and the content of each file.
    files: Vec<(String, Vec<u8>)>,
    records: RecordKind,
    want: String,
    report: Value,
    /// Additions to the vocabulary.
    additions: Option<Value>,
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
            (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(path).unwrap())
        };
        Self {
            import: import.build().unwrap(),
            files: files.iter().map(file).collect(),
            records,
            want: text("want.ndjson").expect("a case has records"),
            additions: text("vocabulary.json").map(|text| serde_json::from_str(&text).unwrap()),
            report: serde_json::from_str(&text("report.json").expect("a case has a report")).unwrap(),
        }
    }

    fn failures(&self) -> Vec<String> {
        let imported = match self.import.read(&import_files(&self.files)) {
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
        failures.extend(import_checks::broken(&imported, self.additions.as_ref()));
        failures.extend(self.order_failures(&imported));
        failures
    }

    /// Reads the records in reverse order: each id has the same record.
    fn order_failures(&self, imported: &Imported) -> Vec<String> {
        let files = reversed(&self.files, imported).filter(|_| import_order::is_unordered(imported));
        let Some(files) = files else { return Vec::new() };
        match self.import.read(&import_files(&files)) {
            Ok(other) if import_order::by_id(&other) == import_order::by_id(imported) => Vec::new(),
            Ok(_) => vec!["the order of the records changes a record".to_owned()],
            Err(error) => vec![format!("the order of the records is an error: {error}")],
        }
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

/// Returns the files with their records in reverse order, or `None` if a file is neither JSON nor text with a record in each line.
fn reversed(files: &[(String, Vec<u8>)], imported: &Imported) -> Option<Vec<(String, Vec<u8>)>> {
    let reversed = |(name, bytes): &(String, Vec<u8>)| {
        let bytes = match name.rsplit_once('.')?.1 {
            "json" => reversed_json(bytes),
            "csv" | "txt" | "tsv" => {
                let header = imported.report.recognized.files.iter().find(|known| known.name == *name)?.header?;
                reversed_lines(bytes, usize::try_from(header).ok()?)
            }
            _ => None,
        };
        Some((name.clone(), bytes?))
    };
    files.iter().map(reversed).collect()
}

fn import_files(files: &[(String, Vec<u8>)]) -> Vec<ImportFile> {
    files.iter().map(|(name, bytes)| ImportFile::new(name, bytes.clone())).collect()
}

fn reversed_lines(bytes: &[u8], header: usize) -> Option<Vec<u8>> {
    let mut lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
    // A quote that is open at the end of a line continues in the next.
    if lines.iter().any(|line| line.iter().filter(|byte| **byte == b'"').count() % 2 == 1) {
        return None;
    }
    lines.retain(|line| !line.is_empty());
    lines.get_mut(header..)?.reverse();
    Some(lines.join(&b'\n'))
}

/// Reverses the list of records: the whole text, or the one list of an object.
fn reversed_json(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut value: Value = serde_json::from_slice(bytes).ok()?;
    let list = match &mut value {
        Value::Array(items) => items,
        Value::Object(fields) => fields.values_mut().find_map(Value::as_array_mut)?,
        _ => return None,
    };
    list.reverse();
    serde_json::to_vec(&value).ok()
}
