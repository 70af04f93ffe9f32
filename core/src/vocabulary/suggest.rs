//! Suggests codes for text that is being typed.
//!
//! A complete word precedes every completion: "Iranisch" is Persian before it is the Iranian Sign Language, so that a person
//! who has typed a whole word finds it in the first line. If one word stands for several codes, those whose names begin with
//! the typed text come first: for "Trauma" the Traumaambulanz, then psychotherapy.

use crate::{
    decode::code_kind::CodeKind,
    model::enums::{Lang, ResolvedBy},
    util::{fixed::Fit, sort::sort_by_key},
    vocabulary::{
        candidate::Candidate,
        fold::{fold, folded_forms},
        lexicon::Lexicon,
        qualifiers::UnqualifiedName,
        resolve::{MAX_BYTES, resolve},
    },
};

/// Returns at most `top` codes that a text may stand for as it is or when completed, each with its context once.
pub(super) fn suggest(lexicon: &Lexicon, text: &str, kind: CodeKind, lang: Lang, top: usize) -> Vec<Candidate> {
    if text.len() > MAX_BYTES {
        return Vec::new();
    }
    let resolved = resolve(lexicon, text, kind, lang);
    let is_known = resolved.iter().any(|candidate| candidate.how != ResolvedBy::Typo);
    let folded = fold(text);
    let mut suggestions = Vec::new();
    if is_known {
        push_new(&mut suggestions, &resolved, &folded, None);
    }
    let unqualified = if is_known { String::new() } else { fold(&UnqualifiedName::new(kind, text).text) };
    let with_umlauts = folded_forms(text).last().unwrap_or_default();
    let index = lexicon.prefix_index(kind);
    for prefix in [&with_umlauts, &folded, &unqualified] {
        for name in index.completions(prefix, lang) {
            if suggestions.len() < top {
                push_new(&mut suggestions, &resolve(lexicon, name, kind, lang), prefix, Some(name));
            }
        }
    }
    if kind == CodeKind::Language {
        push_language_codes(lexicon, &mut suggestions, text.trim(), lang, top);
    }
    push_new(&mut suggestions, &resolved, "", None);
    suggestions.truncate(top);
    suggestions
}

/// Appends the listed languages whose tags begin with the text, short tags first. They follow all names, because most people
/// type names.
fn push_language_codes(lexicon: &Lexicon, suggestions: &mut Vec<Candidate>, text: &str, lang: Lang, top: usize) {
    let (kind, prefix) = (CodeKind::Language, text.to_ascii_lowercase());
    if prefix.len() < 2 || suggestions.len() >= top {
        return;
    }
    let mut tags = lexicon.tables.languages.tags();
    tags.retain(|tag| tag.starts_with(&prefix));
    sort_by_key(&mut tags, |tag| tag.len());
    for tag in tags.into_iter().take(top) {
        let (name, how) = (lexicon.tables.name(kind, tag, lang).into_owned(), ResolvedBy::Completed);
        let candidate =
            Candidate { kind, code: tag.to_owned(), context: Vec::new(), name, how, score: Fit::ZERO, word: None };
        push_new(suggestions, &[candidate], &prefix, Some(tag));
    }
}

/// Appends the candidates of one word that are not suggested yet, first those whose names begin with the folded prefix.
///
/// `completed` is the word if it is longer than the typed text.
fn push_new(suggestions: &mut Vec<Candidate>, candidates: &[Candidate], prefix: &str, completed: Option<&str>) {
    for has_prefix in [true, false] {
        for candidate in candidates {
            let name_has_prefix = folded_forms(&candidate.name).any(|form| form.starts_with(prefix));
            let is_same = |other: &Candidate| other.code == candidate.code && other.context == candidate.context;
            if name_has_prefix != has_prefix || suggestions.iter().any(is_same) {
                continue;
            }
            let mut suggestion = candidate.clone();
            if let Some(word) = completed {
                suggestion.how = ResolvedBy::Completed;
                suggestion.score = Fit::clamped(8_500);
                suggestion.word = (!name_has_prefix && suggestion.name != word).then(|| word.to_owned());
            }
            // The order takes precedence over the scores of the candidates, but must agree with those of the suggestions.
            suggestion.score = suggestions.last().map_or(suggestion.score, |last| last.score.min(suggestion.score));
            suggestions.push(suggestion);
        }
    }
}
