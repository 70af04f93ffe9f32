//! Suggests codes for text that is being typed.
//!
//! A complete word precedes every completion: "Iranisch" is Persian before it is the Iranian Sign Language, so that a person
//! who has typed a whole word finds it in the first line. If one word stands for several codes, those whose names begin with
//! the typed text come first: for "Trauma" the Traumaambulanz, then psychotherapy.

use crate::{
    decode::code_kind::CodeKind,
    model::enums::{Lang, ResolvedBy},
    util::fixed::Fit,
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
    push_new(&mut suggestions, &resolved, "", None);
    suggestions.truncate(top);
    suggestions
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
