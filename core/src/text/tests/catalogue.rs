//! Properties that hold for the sentences of all reasons.

use crate::{
    model::{enums::Lang, reason::Fact},
    text::{
        render::sentence,
        tests::reasons::{F, every_reason, help, reason},
    },
    vocabulary::Vocabulary,
};

#[test]
fn every_code_has_a_sentence_in_every_language() {
    let vocabulary = Vocabulary::default();
    for lang in Lang::all() {
        for reason in every_reason() {
            let text = sentence(&reason, lang, &vocabulary);
            let shown = format!("{lang} {reason:?}: {text}");
            assert_ne!(text, reason.code(), "{shown}");
            assert!(text.ends_with('.') && !text.ends_with(".."), "{shown}");
            assert!(!text.starts_with(char::is_lowercase), "{shown}");
            let defects = ["{", "}", "  ", "\n", "\"", " .", " ,", " :", " ;", ",,", ":.", "_"];
            assert!(!defects.iter().any(|defect| text.contains(defect)), "{shown}");
            assert_eq!(text.matches('(').count(), text.matches(')').count(), "{shown}");
            assert!(text.chars().count() < 200, "{shown}");
        }
    }
}

#[test]
fn the_sentences_of_the_manual_are_sentences_of_their_reasons() {
    let vocabulary = Vocabulary::default();
    let sentences: Vec<(String, String)> = every_reason()
        .iter()
        .map(|reason| (format!("`{}`", reason.code()), sentence(reason, Lang::En, &vocabulary)))
        .collect();
    let scoring = include_str!("../../../docs/scoring.md").lines().map(|line| (line, ""));
    let allocation = include_str!("../../../docs/allocation.md").lines().map(|line| (line, "unmet."));
    let mut count = 0_usize;
    for (line, prefix) in scoring.chain(allocation) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let (Some(code), Some(shown)) = (cells.first(), cells.last()) else { continue };
        let code = format!("`{prefix}{}`", code.trim_matches('`'));
        if sentences.iter().any(|(other, _)| *other == code) && shown.ends_with('.') {
            let is_rendered = sentences.iter().any(|(other, text)| *other == code && text == shown);
            assert!(is_rendered, "no sentence of {code}: {shown}");
            count += 1;
        }
    }
    assert!(count > 100, "only {count} sentences");
}

#[test]
fn no_sentence_shows_a_code_that_has_a_name() {
    let vocabulary = Vocabulary::default();
    for lang in Lang::all() {
        for reason in every_reason() {
            let text = sentence(&reason, lang, &vocabulary);
            let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric() && !"._-".contains(c)).collect();
            let codes = reason.facts().flat_map(|(_, fact)| match fact {
                Fact::Code(kind, code) => vec![(*kind, code.as_str())],
                Fact::Codes(kind, codes) => codes.iter().map(|code| (*kind, code.as_str())).collect(),
                _ => Vec::new(),
            });
            for (kind, code) in codes {
                let name = vocabulary.name(kind, code, lang);
                // A Gemeinde outside the tables keeps its code, and some codes are equal to their name.
                if !name.contains(code) {
                    assert!(!words.contains(&code), "{lang} {code}: {text}");
                }
            }
        }
    }
}

#[test]
fn plain_german_has_short_sentences_without_brackets() {
    let vocabulary = Vocabulary::default();
    for reason in every_reason() {
        let text = sentence(&reason, Lang::DeSimple, &vocabulary);
        assert!(!text.contains(['(', ')', ';', '?']), "{text}");
        // The full stop of "2. Sprache" ends no sentence.
        let ends = text.replace("2. Sprache", "").replace("3. Sprache", "").matches(['.', ';']).count();
        assert!(ends <= 2, "{text}");
        let passive = ["wird ", "werden", "wurde"];
        assert!(!passive.iter().any(|word| text.contains(word)), "{text}");
    }
}

#[test]
fn a_reason_without_an_applicable_message_renders_its_code() {
    let vocabulary = Vocabulary::default();
    for (code, facts) in [("help.same", vec![]), ("age.below", vec![F::Word("need", "x")])] {
        assert_eq!(sentence(&reason(code, &facts), Lang::De, &vocabulary), code);
    }
}

#[test]
fn added_names_are_rendered_on_one_line() {
    let added = r#"{"names": [{"kind": "help", "code": "legal", "lang": "de", "text": "Rat\n und  Recht"}]}"#;
    let vocabulary = Vocabulary::from_json(added).unwrap();
    let reason = reason("help.same", &[help("need", "legal"), help("offer", "legal")]);
    assert_eq!(sentence(&reason, Lang::De, &vocabulary), "Bietet genau das: Rat und Recht.");
}
