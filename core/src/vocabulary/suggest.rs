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
        abbreviations::expanded,
        candidate::Candidate,
        fold::{fold, folded_forms},
        lexicon::Lexicon,
        prefix_index::{Completion, MIN_LETTERS, NamePart, PrefixIndex},
        qualifiers::UnqualifiedName,
        region_words::{RegionQualifier, ends_with_region_kind},
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
    /// By kind, prefix and number.
    completions: OrderedMap<(CodeKind, String, usize), Arc<[Completion<'l>]>>,
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
        let with_umlauts = folded_forms(text).last().unwrap_or_default();
        let mut completions = vec![self.completions(kind, with_umlauts), self.completions(kind, folded)];
        if !is_known {
            completions.push(self.unqualified_completions(kind, text));
        }
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

    /// Returns a folded prefix with its completions, enough for `top` suggestions.
    fn completions(&mut self, kind: CodeKind, prefix: String) -> (String, Arc<[Completion<'l>]>) {
        let top = if prefix.chars().count() < MIN_LETTERS { 0 } else { self.top };
        let completions = self.first_completions(kind, &prefix, top);
        (prefix, completions)
    }

    /// Like [`completions`](Self::completions), for text without its qualifiers, of which those that state the kind of a region
    /// select: after "LK" a single letter is completed, and only to the names of Landkreise.
    fn unqualified_completions(&mut self, kind: CodeKind, text: &str) -> (String, Arc<[Completion<'l>]>) {
        let unqualified = UnqualifiedName::new(kind, text);
        let prefix = fold(&unqualified.text);
        let Some(qualifier) = unqualified.qualifier else { return self.completions(kind, prefix) };
        // The last word may be incomplete: "Bad Kr" is no Kreis.
        if ends_with_region_kind(text) {
            return self.completions(kind, String::new());
        }
        let all = self.first_completions(kind, &prefix, usize::MAX);
        let selected = select_of_kind(self.lexicon.tables(), qualifier, &all);
        (prefix, selected.into())
    }

    fn first_completions(&mut self, kind: CodeKind, prefix: &str, top: usize) -> Arc<[Completion<'l>]> {
        let Self { lexicon, lang, meter, completions, .. } = self;
        let new = || match prefix_index(lexicon, kind, meter) {
            Some(index) => index.completions(prefix, *lang, top).into(),
            None => Arc::default(),
        };
        Arc::clone(completions.entry((kind, prefix.to_owned(), top)).or_insert_with(new))
    }
}

/// Selects the completions to the own names of regions of a kind; if there are none, those to towns: in a Landkreis, or, which
/// may be meant by a city, of any kind.
fn select_of_kind<'l>(tables: &Tables, qualifier: RegionQualifier, all: &[Completion<'l>]) -> Vec<Completion<'l>> {
    let is_kind = |hit: &Completion<'_>| qualifier.is_kind_of(hit.code, &tables.regions);
    let is_own_name = |hit: &Completion<'_>| {
        let name = tables.name(CodeKind::Region, hit.code, Lang::De);
        fold(&name).starts_with(&fold(hit.name)) || fold(&expanded(&name)).starts_with(&fold(hit.name))
    };
    let select = |is_selected: &dyn Fn(&Completion<'_>) -> bool| -> Vec<Completion<'l>> {
        all.iter().filter(|hit| is_selected(hit)).copied().collect()
    };
    let of_kind = select(&|hit| is_kind(hit) && is_own_name(hit));
    match qualifier {
        RegionQualifier::City if of_kind.is_empty() => select(&|hit| !is_own_name(hit)),
        _ if of_kind.is_empty() => select(&is_kind),
        _ => of_kind,
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
