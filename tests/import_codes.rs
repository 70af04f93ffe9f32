//! Compares the codes of notes and questions with their labels and with the manual, in both directions.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::disallowed_methods, reason = "the sources and the chapter are files")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use lotse::{Lang, import};

/// The source before a code of a note.
const BEFORE_CODE: &[&str] = &[
    "Section::Assumed,",
    "Section::Repaired,",
    "Section::LeftOut,",
    "Section::Merged,",
    "Section::Lost,",
    "Section::Hidden,",
    "Section::Suspicions,",
    "Meaning::assumed(",
    "Meaning::lost(",
    "Outcome::Assumed(",
    "Outcome::Lost(",
    "Exclusion::Code(",
    "note_lost(",
    "assumed: Some(",
    "repaired: Some(",
    "\"assumed\":",
];

/// Assumptions that only mappings of users state, with a label because the manual proposes them.
const OF_MAPPINGS: &[&str] = &["capacity.one_party"];

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Returns the text of the files of a folder, without unit tests.
fn sources(name: &str) -> String {
    let files = fs::read_dir(folder(name)).unwrap().map(|entry| entry.unwrap().path());
    let texts = files.filter(|path| path.is_file() && !path.ends_with("cell_tests.rs"));
    let mut texts: Vec<String> = texts.map(|path| fs::read_to_string(path).unwrap()).collect();
    texts.sort();
    texts.iter().map(|text| text.split("#[cfg(test)]\nmod tests").next().unwrap()).collect()
}

fn is_code(text: &str) -> bool {
    text.split('.').all(|part| !part.is_empty())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._".contains(&byte))
}

/// Returns the codes of notes that the code and the built-in mappings have.
fn codes_of_sources() -> BTreeSet<String> {
    let text = sources("src/import") + &sources("data/mappings");
    let pieces: Vec<&str> = text.split('"').collect();
    let mut codes = BTreeSet::new();
    for pair in pieces.windows(2) {
        let [before, code] = pair else { continue };
        let (before, code) = (before.trim_end(), code.to_string());
        // The name of a constant ends in the code of a note if the code has a dot.
        let is_constant = before.ends_with("&str =") && code.contains('.');
        if is_code(&code) && (is_constant || BEFORE_CODE.iter().any(|end| before.ends_with(end))) {
            codes.insert(code);
        }
    }
    // In JSON, the key is a piece of its own.
    for part in text.split("\"assumed\":").skip(1) {
        let code = part.split('"').nth(1).unwrap_or_default();
        codes.extend(is_code(code).then(|| code.to_owned()));
    }
    codes
}

fn labels_of(kind: &str) -> BTreeSet<String> {
    import::labels(Lang::En).of_kind(kind).map(|(code, _)| code.to_owned()).collect()
}

/// Returns the codes in the first column of the table with this heading.
fn rows_of_chapter(heading: &str) -> BTreeSet<String> {
    let chapter = fs::read_to_string(folder("docs/import.md")).unwrap();
    let heading = format!("| {heading} | meaning |");
    let rows = chapter.lines().skip_while(|line| *line != heading).skip(2).take_while(|line| line.starts_with('|'));
    rows.map(|row| row.split('`').nth(1).unwrap().to_owned()).collect()
}

#[test]
fn every_note_has_a_label_and_a_row_in_the_manual() {
    let (labels, text) = (labels_of("note"), sources("src/import") + &sources("data/mappings"));
    let unlabelled: Vec<String> = codes_of_sources().difference(&labels).cloned().collect();
    assert!(unlabelled.is_empty(), "without a label: {unlabelled:?}");
    assert!(codes_of_sources().len() > 50, "the search finds few codes: {:?}", codes_of_sources());
    let unused: Vec<&String> = labels
        .iter()
        .filter(|code| !text.contains(&format!("\"{code}\"")) && !OF_MAPPINGS.contains(&code.as_str()))
        .collect();
    assert!(unused.is_empty(), "no code is {unused:?}");
    assert_eq!(rows_of_chapter("note"), labels);
}

#[test]
fn every_question_has_a_row_in_the_manual() {
    assert_eq!(rows_of_chapter("kind"), labels_of("word_kind"));
    assert_eq!(rows_of_chapter("`why`"), labels_of("why"));
}
