//! Properties of the texts that are side by side in one table: those of errors, and those of the command.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    error::message::CATALOGUE,
    model::{enums::Lang, offer::Offer},
    vocabulary::Vocabulary,
};

/// The texts of the command. Its own tests confirm that each of them is used.
const COMMAND: &str = include_str!("../../../data/messages/command_line.tsv");

/// Returns the rows of a catalogue: key, English, German and plain German.
fn rows(catalogue: &'static str) -> Vec<[&'static str; 4]> {
    let lines = catalogue.lines().filter(|line| !line.starts_with('#')).skip(1);
    lines.map(|line| line.split('\t').collect::<Vec<_>>().try_into().unwrap()).collect()
}

/// Returns the names in braces.
fn placeholders(text: &str) -> BTreeSet<&str> {
    // A text of the command may have an object of JSON, or a brace alone.
    let names = text.split('{').skip(1).filter_map(|piece| Some(piece.split_once('}')?.0));
    names.filter(|name| name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_')).collect()
}

/// Returns the fields, codes and commands of a text, which are the same in each language.
fn quoted(text: &str) -> BTreeSet<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

#[test]
fn every_message_is_in_both_languages_with_the_same_facts() {
    for [key, english, german, simple] in [rows(CATALOGUE), rows(COMMAND)].concat() {
        assert!(!english.is_empty() && !german.is_empty(), "{key}");
        for text in [german, simple].into_iter().filter(|text| !text.is_empty()) {
            assert_eq!(placeholders(english), placeholders(text), "{key}");
            let is_same = ["value.ID", "value.NAME", "value.FORMAT", "value.SHELL", "value.TEXT"].contains(&key);
            assert_eq!(english == text, is_same, "{key}");
            assert!(quoted(english).is_subset(&quoted(text)), "{key}: {text}");
            assert_eq!(text.ends_with('.'), english.ends_with('.'), "{key}: {text}");
            assert!(![" Sie ", " Ihr", "Bitte "].iter().any(|word| text.contains(word)), "{key}: {text}");
        }
    }
}

#[test]
fn every_text_is_a_row_of_its_own() {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for [key, english, ..] in rows(CATALOGUE) {
        assert_eq!(seen.insert(english, key), None, "{key}");
    }
    let keys: BTreeSet<&str> = rows(CATALOGUE).iter().map(|[key, ..]| *key).collect();
    assert_eq!(keys.len(), rows(CATALOGUE).len());
}

#[test]
fn a_name_in_a_hint_is_translated() {
    let vocabulary = Vocabulary::default();
    let hint = crate::decode::suggest::Suggest::did_you_mean(
        &vocabulary,
        crate::decode::code_kind::CodeKind::Access,
        "wheelchiar",
    );
    assert_eq!(hint.unwrap().render_german("{last}"), "`wheelchair` (rollstuhlgerecht)");
}

#[test]
fn an_error_has_the_same_facts_in_each_language() {
    let error = Offer::from_json(r#"{"id": "o-1", "capacity": -1, "colour": 1}"#).unwrap_err();
    let texts = |lang| -> Vec<String> {
        let detail = |detail: &crate::error::ErrorDetail| {
            let hint = detail.hint_in(lang).map(|hint| format!(" - {hint}")).unwrap_or_default();
            format!("{}{hint}", detail.message_in(lang))
        };
        error.errors().map(detail).collect()
    };
    assert!(texts(Lang::En)[0].starts_with("unknown field - the fields here are id, "));
    assert!(texts(Lang::De)[0].starts_with("dieses Feld gibt es hier nicht - die Felder hier sind: id, "));
    assert_eq!(texts(Lang::En)[1], "out of range, which is 0 to 1000000000");
    assert_eq!(texts(Lang::De)[1], "erlaubt ist 0 bis 1000000000");
    assert_eq!(texts(Lang::DeSimple), texts(Lang::De));
}
