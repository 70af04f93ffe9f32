//! Suggests codes for text that is being typed.
//!
//! A complete word precedes every completion: "Iranisch" is Persian before it is the Iranian Sign Language, so that a person
//! who has typed a whole word finds it in the first line. If one word stands for several codes, those whose names begin with
//! the typed text come first: for "Trauma" the Traumaambulanz, then psychotherapy.

use std::sync::Arc;

use crate::{
    decode::code_kind::CodeKind,
    model::enums::{Lang, ResolvedBy},
    util::{fixed::Fit, ordered_map::OrderedMap, progress::WorkMeter},
    vocabulary::{
        candidate::Candidate,
        fold::{fold, folded_forms},
        lexicon::Lexicon,
        prefix_index::{Completion, NamePart, PrefixIndex},
        qualifiers::UnqualifiedName,
        resolve::{MAX_BYTES, ScoredTarget, find_targets},
        tables::Tables,
    },
};

/// Suggestions for the words of one request, which share what completes a prefix.
pub(crate) struct Suggester<'l> {
    lexicon: &'l Lexicon,
    lang: Lang,
    top: usize,
    meter: &'l WorkMeter<'l>,
    completions: OrderedMap<(CodeKind, String), Arc<[Completion<'l>]>>,
}

impl<'l> Suggester<'l> {
    pub(super) fn new(lexicon: &'l Lexicon, lang: Lang, top: usize, meter: &'l WorkMeter<'l>) -> Self {
        Self { lexicon, lang, top, meter, completions: OrderedMap::default() }
    }

    /// Returns at most `top` codes that a text may stand for as it is or when completed, each with its context once; and the
    /// number of codes that it stands for as it is.
    ///
    /// A cancelled operation has some of the suggestions or none.
    pub(crate) fn suggest(&mut self, text: &str, kind: CodeKind) -> (Vec<Candidate>, usize) {
        if text.len() > MAX_BYTES {
            return (Vec::new(), 0);
        }
        let resolved = find_targets(self.lexicon, text, kind, self.meter);
        let is_known = resolved.iter().any(|target| target.how != ResolvedBy::Typo);
        let folded = fold(text);
        let Self { lexicon, lang, top, .. } = *self;
        let mut suggestions = Suggestions { tables: lexicon.tables(), kind, lang, top, list: Vec::new() };
        if is_known {
            suggestions.push_resolved(&resolved, &folded);
        }
        let unqualified = if is_known { String::new() } else { fold(&UnqualifiedName::new(kind, text).text) };
        let with_umlauts = folded_forms(text).last().unwrap_or_default();
        let completions = [with_umlauts, folded, unqualified].map(|prefix| {
            let completions = self.completions(kind, &prefix);
            (prefix, completions)
        });
        for part in [NamePart::Name, NamePart::LaterWord, NamePart::LanguageTag] {
            for (prefix, completions) in &completions {
                let hits = completions.chunk_by(|a, b| (a.part, a.name) == (b.part, b.name));
                for hits in hits.filter(|hits| hits.iter().any(|hit| hit.part == part)) {
                    let name = hits.first().map_or("", |hit| hit.name);
                    suggestions.push_completed(hits.iter().map(|hit| (hit.code, hit.context)), prefix, name);
                }
            }
        }
        suggestions.push_resolved(&resolved, "");
        (suggestions.list, resolved.len())
    }

    /// Returns the completions of a folded prefix, enough for `top` suggestions.
    fn completions(&mut self, kind: CodeKind, prefix: &str) -> Arc<[Completion<'l>]> {
        let Self { lexicon, lang, top, meter, completions } = self;
        let new = || match prefix_index(lexicon, kind, meter) {
            Some(index) => index.completions(prefix, *lang, *top).into(),
            None => Arc::default(),
        };
        Arc::clone(completions.entry((kind, prefix.to_owned())).or_insert_with(new))
    }
}

/// Returns the index of names to complete, or `None` if the operation is cancelled.
fn prefix_index<'l>(lexicon: &'l Lexicon, kind: CodeKind, meter: &WorkMeter<'_>) -> Option<&'l PrefixIndex> {
    let resolve = |text: &str| {
        let targets = find_targets(lexicon, text, kind, meter).into_iter();
        targets.map(|ScoredTarget { target, .. }| (target.code.into_owned(), target.context.to_vec())).collect()
    };
    lexicon.prefix_index(kind, || PrefixIndex::new(lexicon.tables(), kind, meter, &resolve))
}

/// The score of a completed word.
const COMPLETED: Fit = Fit::clamped(8_500);

/// At most `top` suggestions.
struct Suggestions<'l> {
    tables: &'l Tables,
    kind: CodeKind,
    lang: Lang,
    top: usize,
    list: Vec<Candidate>,
}

impl Suggestions<'_> {
    /// Appends the codes that a text stands for as it is.
    fn push_resolved(&mut self, targets: &[ScoredTarget<'_>], prefix: &str) {
        let Self { tables, kind, lang, .. } = *self;
        self.push_word(targets.iter().map(|target| target.candidate(tables, kind, lang)), prefix, None);
    }

    /// Appends the codes of one name that completes a text.
    fn push_completed<'c>(&mut self, codes: impl Iterator<Item = (&'c str, &'c [String])>, prefix: &str, name: &str) {
        let Self { tables, kind, lang, .. } = *self;
        let candidate = |(code, context): (&str, &[String])| {
            let (name, code, context) = (tables.name(kind, code, lang).into_owned(), code.to_owned(), context.to_vec());
            Candidate { kind, code, context, name, how: ResolvedBy::Completed, score: COMPLETED, word: None }
        };
        self.push_word(codes.map(candidate), prefix, Some(name));
    }

    /// Appends the candidates of one word that are not suggested yet, first those whose names begin with the folded prefix.
    ///
    /// `completed` is the word if it is longer than the typed text.
    fn push_word(&mut self, candidates: impl Iterator<Item = Candidate>, prefix: &str, completed: Option<&str>) {
        if self.list.len() >= self.top {
            return;
        }
        let has_prefix = |candidate: &Candidate| folded_forms(&candidate.name).any(|form| form.starts_with(prefix));
        let (first, others): (Vec<_>, Vec<_>) = candidates.partition(has_prefix);
        let ranked = first.into_iter().map(|candidate| (true, candidate));
        for (name_has_prefix, mut suggestion) in ranked.chain(others.into_iter().map(|candidate| (false, candidate))) {
            let is_same = |other: &Candidate| other.code == suggestion.code && other.context == suggestion.context;
            if self.list.iter().any(is_same) {
                continue;
            }
            if let Some(word) = completed.filter(|word| !name_has_prefix && suggestion.name != *word) {
                suggestion.word = Some(word.to_owned());
            }
            // The order takes precedence over the scores of the candidates, but must agree with those of the suggestions.
            suggestion.score = self.list.last().map_or(suggestion.score, |last| last.score.min(suggestion.score));
            self.list.push(suggestion);
            if self.list.len() >= self.top {
                return;
            }
        }
    }
}
