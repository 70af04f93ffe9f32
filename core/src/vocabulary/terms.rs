//! Terms: words for the closed kinds of codes, such as formats and levels, as people write them in tables.

use std::sync::LazyLock;

use crate::{
    decode::code_kind::CodeKind,
    util::tsv::{items, rows},
    vocabulary::{
        data::TERMS,
        fold::{fold, folded_forms},
    },
};

/// Marks a word that stands for every word which begins with it.
const ANY_ENDING: char = '*';

/// Endings behind a stroke that make no other word, folded.
const GENDER_ENDINGS: [&str; 6] = ["", "in", "innen", "r", "e", "n"];

/// A word for the codes of one closed kind.
pub(super) struct Term {
    pub(super) kind: CodeKind,
    pub(super) lang: &'static str,
    /// The word, without the mark of its ending.
    pub(super) text: &'static str,
    has_any_ending: bool,
    /// `true` if several codes hold together, false if one of them is meant.
    holds_for_all: bool,
    /// The codes that the word stands for, joined by `;`; empty if it says nothing.
    pub(super) codes: &'static str,
}

/// Returns the terms of the built-in table, those of German last, so that a German word takes precedence.
pub(super) fn terms() -> impl Iterator<Item = Term> {
    rows::<6>(TERMS).flat_map(|[kind, codes, join, de, en, fr]| {
        let kind: Option<CodeKind> = kind.parse().ok();
        let words = [("fr", fr), ("en", en), ("de", de)].into_iter();
        let words = words.flat_map(|(lang, words)| items(words).map(move |text| (lang, text)));
        words.filter_map(move |(lang, word)| {
            let stem = word.strip_suffix(ANY_ENDING);
            let text = stem.unwrap_or(word);
            let (has_any_ending, holds_for_all) = (stem.is_some(), join == "all");
            Some(Term { kind: kind?, lang, text, has_any_ending, holds_for_all, codes })
        })
    })
}

/// Returns every code of the closed kinds, each once.
pub(super) fn codes_of_terms() -> Vec<(CodeKind, &'static str)> {
    let mut codes: Vec<(CodeKind, &'static str)> = Vec::new();
    for term in terms() {
        for code in items(term.codes) {
            if !codes.contains(&(term.kind, code)) {
                codes.push((term.kind, code));
            }
        }
    }
    codes
}

/// Returns the folded form of a text; that of a term if the text is one word that begins with a term of any ending.
pub(super) fn folded_term(kind: CodeKind, text: &str) -> String {
    /// The folded terms of any ending.
    static STEMS: LazyLock<Vec<(CodeKind, String)>> = LazyLock::new(|| {
        let stems = terms().filter(|term| term.has_any_ending);
        stems.flat_map(|term| folded_forms(term.text).map(move |form| (term.kind, form))).collect()
    });
    let folded = fold(text);
    if !kind.is_closed() || !is_one_word(text) {
        return folded;
    }
    let stems = STEMS.iter().filter(|(of, stem)| *of == kind && folded.starts_with(stem.as_str()));
    stems.map(|(_, stem)| stem).max_by_key(|stem| stem.len()).cloned().unwrap_or(folded)
}

/// Returns `true` if a text is one word: "telefonisch/online" are two, but "Dolmetscher/in" is one.
fn is_one_word(text: &str) -> bool {
    let mut others = text.trim().split(['/', ',', ';', '&', '+', '|']).skip(1);
    !text.trim().contains(char::is_whitespace) && others.all(|other| GENDER_ENDINGS.contains(&fold(other).as_str()))
}

/// Returns `true` if a text is a term of several codes that hold together: "FLINTA" is women and people of other genders.
pub(super) fn holds_for_all(kind: CodeKind, text: &str) -> bool {
    let folded = folded_term(kind, text);
    let is_same = |term: &Term| term.kind == kind && folded_forms(term.text).any(|form| form == folded);
    kind.is_closed() && terms().any(|term| term.holds_for_all && is_same(&term))
}

#[cfg(test)]
mod tests {
    use super::{folded_term, holds_for_all};
    use crate::decode::code_kind::CodeKind;

    #[test]
    fn one_word_may_have_any_ending() {
        assert_eq!(folded_term(CodeKind::Level, "fließendes"), "fliessend");
        assert_eq!(folded_term(CodeKind::Format, "Telefonberatung"), "telefon");
        assert_eq!(folded_term(CodeKind::Level, "fließend Deutsch"), "fliessenddeutsch");
        assert_eq!(folded_term(CodeKind::Help, "Telefonseelsorge"), "telefonseelsorge");
        assert_eq!(folded_term(CodeKind::Format, "telefonisch/online"), "telefonischonline");
        assert_eq!(folded_term(CodeKind::How, "Dolmetscher/-in"), "dolmetscher");
        assert_eq!(folded_term(CodeKind::Gender, "FLINTA*"), "flinta");
    }

    #[test]
    fn codes_of_a_term_hold_together_or_are_alternatives() {
        assert!(holds_for_all(CodeKind::Gender, "FLINTA*"));
        assert!(!holds_for_all(CodeKind::Gender, "Frauen"));
        assert!(!holds_for_all(CodeKind::Level, "fließend"));
    }
}
