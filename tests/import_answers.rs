//! A mapping that is saved with its answers gives the same records without questions, for every case of `tests/golden/import`.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::disallowed_methods, reason = "the cases are files")]

use std::{fs, path::Path};

use lotse::{
    Vocabulary,
    import::{Import, ImportFile, Imported, Mapping, Question, RecordKind},
    wire,
};
use serde_json::{Map, Value, json};

/// The number of times that questions are answered: the answer about a column leads to questions about its words.
const ROUNDS: usize = 4;

#[test]
fn a_mapping_saved_with_its_answers_asks_nothing_again() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/golden/import");
    let mut cases: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.retain(|path| path.is_dir() && is_compiled_in(path));
    cases.sort();
    let mut answered = 0;
    for path in &cases {
        answered += check(path);
    }
    println!("{} cases, {answered} answers", cases.len());
    assert!(answered > 0, "no question was asked");
}

/// Spreadsheets and archives need a feature of their own.
fn is_compiled_in(path: &Path) -> bool {
    let is_archive = |name: &str| path.file_name().unwrap().to_string_lossy().starts_with(name);
    cfg!(feature = "xlsx") || !["04-", "20-"].into_iter().any(is_archive)
}

/// Answers every question of a case by its first candidate or by null, and returns the number of answers that are saved.
fn check(folder: &Path) -> usize {
    let mut answers = Map::new();
    let mut imported = read(folder, None, &answers);
    for _ in 0..ROUNDS {
        let open: Vec<&Question> = imported.questions.iter().filter(|question| is_saved(question)).collect();
        let before = answers.len();
        for question in open {
            let answer = serde_json::to_value(question.candidates.first()).unwrap();
            answers.entry(question.id.clone()).or_insert(answer);
        }
        if answers.len() == before {
            break;
        }
        imported = read(folder, None, &answers);
    }
    let saved = serde_json::to_string(&imported.mapping).unwrap();
    let again = read(folder, Some(Mapping::from_json(&saved).unwrap()), &Map::new());
    let name = folder.display();
    assert_eq!(again.offers, imported.offers, "{name}");
    assert_eq!(again.needs, imported.needs, "{name}");
    let asked: Vec<&str> = again.questions.iter().map(|question| question.id.as_str()).collect();
    assert!(!asked.iter().any(|id| answers.contains_key(*id)), "{name}: {asked:?}");
    answers.len()
}

/// Returns `true` if the answer becomes a part of the mapping: the word is not withheld, and an entry of a mapping can state it.
fn is_saved(question: &Question) -> bool {
    question.text.is_some() && question.kind.as_str() != "region_tree"
}

fn read(folder: &Path, mapping: Option<Mapping>, answers: &Map<String, Value>) -> Imported {
    let text = |name: &str| fs::read_to_string(folder.join(name)).ok();
    let options: Value = serde_json::from_str(&text("options.json").unwrap()).unwrap();
    let option = |key: &str| options.get(key).and_then(Value::as_str);
    let records: RecordKind = option("records").unwrap().parse().unwrap();
    let mut import = Import::builder(records).as_of(option("as_of").unwrap_or("2026-11-29").parse().unwrap());
    if let Some(region) = option("within") {
        import = import.within(region);
    }
    if let Some(prefix) = option("prefix") {
        import = import.prefix(prefix);
    }
    if let Some(additions) = text("vocabulary.json") {
        import = import.vocabulary(&Vocabulary::from_json(&additions).unwrap());
    }
    let own = text("mapping.json").map(|json| Mapping::from_json(&json).unwrap());
    if let Some(mapping) = mapping.or(own) {
        import = import.mapping(mapping);
    }
    if !answers.is_empty() {
        import = import.answers(wire::Value::from_json(&json!(answers).to_string()).unwrap());
    }
    let mut paths: Vec<_> = fs::read_dir(folder.join("input")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let file = |path: &std::path::PathBuf| {
        ImportFile::new(path.file_name().unwrap().to_string_lossy(), fs::read(path).unwrap())
    };
    let files: Vec<ImportFile> = paths.iter().map(file).collect();
    import.build().unwrap().read(&files).unwrap()
}
