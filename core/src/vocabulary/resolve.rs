//! Resolves typed text to candidate codes.
//!
//! The stages, of which the first that applies decides:
//!
//! 1. a code of a region, or a name that equals the folded text; if there is none, a language tag of three letters or more;
//! 2. a list of names, unless the text as a whole is a display name;
//! 3. a name with its [qualifiers](crate::vocabulary::qualifiers): words of kind, prepositions and abbreviations of places;
//! 4. a name with a further name that [selects](crate::vocabulary::reading) one of its meanings, in a bracket or behind it;
//! 5. the nearest names by edit distance, within strict limits: every third name of a language has another one at distance
//!    two.
//!
//! Nothing is ever chosen silently: an ambiguous word returns all its codes, and a typing error is marked as one.

use crate::{
    decode::code_kind::CodeKind,
    error::{Message, message},
    model::enums::{Lang, ResolvedBy},
    util::{
        fixed::Fit,
        ordered_map::OrderedSet,
        progress::{ProgressReporter, WorkMeter},
        sort::sort,
    },
    vocabulary::{
        candidate::Candidate,
        fold::fold,
        lexicon::Lexicon,
        name_index::NameIndex,
        name_list::LIST_SEPARATORS,
        names::{FoundTarget, NameSource, NameTarget},
        postcodes::{self, Address, postcode_targets},
        qualifiers::UnqualifiedName,
        reading::{Certainty, Reader, Reading, in_order},
        regions::Regions,
        tables::Tables,
    },
};

/// Length of the longest text that is looked up, in bytes; longer than any name.
pub(super) const MAX_BYTES: usize = 512;

/// Most candidates that an error message proposes.
const MAX_PROPOSALS: usize = 3;

/// A target with the way in which it was found and its score.
pub(super) struct ScoredTarget<'l> {
    pub(super) target: FoundTarget<'l>,
    pub(super) how: ResolvedBy,
    pub(super) score: Fit,
}

impl ScoredTarget<'_> {
    /// Returns the candidate for this target, with its name in `lang`.
    pub(super) fn candidate(&self, tables: &Tables, kind: CodeKind, lang: Lang) -> Candidate {
        let FoundTarget { code, context, .. } = &self.target;
        let name = tables.name(kind, code, lang).into_owned();
        let (code, context) = (code.clone().into_owned(), context.to_vec());
        Candidate { kind, code, context, name, how: self.how, score: self.score, word: None }
    }
}

/// Returns the codes that a text may stand for, sorted by descending score; none if the operation is cancelled.
pub(super) fn resolve(
    lexicon: &Lexicon,
    text: &str,
    kind: CodeKind,
    lang: Lang,
    meter: &WorkMeter<'_>,
) -> Vec<Candidate> {
    let targets = find_targets(lexicon, text, kind, meter);
    targets.iter().map(|target| target.candidate(lexicon.tables(), kind, lang)).collect()
}

/// Returns a proposal for an unknown code, "did you mean …?", or `None` if there is no candidate.
pub(super) fn did_you_mean(lexicon: &Lexicon, text: &str, kind: CodeKind) -> Option<Message> {
    let silent = ProgressReporter::silent();
    let targets = find_targets(lexicon, text, kind, &WorkMeter::new(&silent, 1));
    let proposals = |lang| -> Vec<String> {
        let candidates = targets.iter().take(MAX_PROPOSALS);
        let candidates = candidates.map(|target| target.candidate(lexicon.tables(), kind, lang));
        let proposal = |candidate: Candidate| match candidate.name() {
            name if name == candidate.code() => format!("`{name}`"),
            name => format!("`{}` ({name})", candidate.code()),
        };
        candidates.map(proposal).collect()
    };
    let (english, german) = (proposals(Lang::En), proposals(Lang::De));
    let ((last, others), (german_last, german_others)) = (english.split_last()?, german.split_last()?);
    let template = match (others.is_empty(), targets.len() > MAX_PROPOSALS) {
        (true, false) => message!("did_you_mean.one"),
        (false, false) => message!("did_you_mean.either"),
        (true, true) => message!("did_you_mean.one_or_another"),
        (false, true) => message!("did_you_mean.either_or_another"),
    };
    Some(template.with(&[
        ("last", last),
        ("last.de", german_last),
        ("others", &others.join(", ")),
        ("others.de", &german_others.join(", ")),
    ]))
}

/// Finds the codes of a text by the stages of the module documentation; none if the operation is cancelled.
pub(super) fn find_targets<'l>(
    lexicon: &'l Lexicon,
    text: &str,
    kind: CodeKind,
    meter: &WorkMeter<'_>,
) -> Vec<ScoredTarget<'l>> {
    if text.len() > MAX_BYTES {
        return Vec::new();
    }
    let Some(index) = lexicon.name_index(kind, meter) else { return Vec::new() };
    let reader = Reader::new(lexicon.tables(), index, kind);
    if kind == CodeKind::Region && reader.name(text).is_none() {
        if let Some(targets) = address_targets(reader, lexicon, text, meter) {
            return targets;
        }
    }
    match reader.read(text) {
        Some(reading) => score(reading),
        None => find_misspelt(index, &lexicon.tables().regions, text, kind, meter),
    }
}

/// Finds the nearest names of a text that is not understood: stage 5.
fn find_misspelt<'l>(
    index: &'l NameIndex,
    regions: &Regions,
    text: &str,
    kind: CodeKind,
    meter: &WorkMeter<'_>,
) -> Vec<ScoredTarget<'l>> {
    let (folded, unqualified) = (fold(text), UnqualifiedName::new(kind, text));
    let folded_unqualified = fold(&unqualified.text);
    // Neither a qualifier alone nor a list of names is a misspelt name.
    if folded_unqualified.is_empty() || text.contains(LIST_SEPARATORS) {
        return Vec::new();
    }
    let typed = [folded.as_str(), folded_unqualified.as_str()];
    for typed in typed.iter().take(if folded == folded_unqualified { 1 } else { 2 }) {
        let (distance, targets) = index.nearest(typed, meter);
        if !targets.is_empty() {
            let targets = targets.into_iter().map(NameTarget::found).collect();
            let (targets, _) = unqualified.select(targets, regions);
            return score_typos(targets, typed.chars().count(), distance);
        }
    }
    Vec::new()
}

/// Finds the regions of five digits and a town: those that both readings share, or else all of both. Returns `None` if the text
/// has no such digits, or neither reading is known.
fn address_targets<'l>(
    reader: Reader<'l>,
    lexicon: &'l Lexicon,
    text: &str,
    meter: &WorkMeter<'_>,
) -> Option<Vec<ScoredTarget<'l>>> {
    let Address { digits, town, is_postcode } = Address::new(text, &lexicon.tables().regions)?;
    let regions = &lexicon.tables().regions;
    let keys = if is_postcode { Vec::new() } else { reader.keys(&digits) };
    let postcodes = postcode_targets(regions, &digits);
    let town = find_targets(lexicon, &town, CodeKind::Region, meter);
    let is_misspelt = town.iter().any(|target| target.how == ResolvedBy::Typo);
    let town: Vec<FoundTarget<'l>> = town.into_iter().map(|found| found.target).collect();
    // An unknown town is rather next to a postcode: the names of all Kreise are known.
    let digits = if town.is_empty() { [postcodes, keys] } else { [keys, postcodes] }.concat();
    let (shared, is_confirmed) = postcodes::shared(regions, &digits, &town);
    if !shared.is_empty() {
        let is_certain = is_confirmed && !is_misspelt;
        return Some(score(Reading::new(shared, if is_certain { Certainty::Certain } else { Certainty::Uncertain })));
    }
    let all = in_order(digits.into_iter().chain(town));
    (!all.is_empty()).then(|| score(Reading::new(all, Certainty::Uncertain)))
}

/// Sorts the targets and removes duplicates. A bare code is removed too if the same code with a context is a target.
fn distinct(mut targets: Vec<FoundTarget<'_>>) -> Vec<FoundTarget<'_>> {
    sort(&mut targets);
    let (mut with_context, mut seen) = (OrderedSet::default(), OrderedSet::default());
    for target in targets.iter().filter(|target| !target.context.is_empty()) {
        with_context.insert(&*target.code);
    }
    let is_bare = |target: &FoundTarget<'_>| target.context.is_empty() && with_context.contains(&*target.code);
    let kept = targets.iter().map(|target| !is_bare(target) && seen.insert((&*target.code, target.context)));
    let mut kept = kept.collect::<Vec<bool>>().into_iter();
    targets.retain(|_| kept.next().unwrap_or(false));
    targets
}

/// Scores what a text stands for. Unless it is certain, even a single target is an umbrella, so that a person has to confirm it.
fn score(reading: Reading<'_>) -> Vec<ScoredTarget<'_>> {
    let targets = distinct(reading.targets);
    let is_certain = reading.certainty == Certainty::Certain && targets.len() == 1;
    let is_list = reading.certainty == Certainty::List;
    let scored = targets.into_iter().enumerate().map(|(rank, target)| {
        let (how, score) = match target.source {
            NameSource::Exact if is_certain => (ResolvedBy::Exact, Fit::FULL),
            _ if is_certain => (ResolvedBy::Alias, Fit::clamped(9_500)),
            _ => {
                let how = if is_list { ResolvedBy::List } else { ResolvedBy::Umbrella };
                (how, Fit::clamped(9_000).saturating_sub(rank_penalty(rank)))
            }
        };
        ScoredTarget { target, how, score }
    });
    scored.collect()
}

/// Scores typing errors: four fifths of the share of correct letters.
fn score_typos(targets: Vec<FoundTarget<'_>>, letters: usize, distance: usize) -> Vec<ScoredTarget<'_>> {
    let correct = u64::try_from(letters.saturating_sub(distance).saturating_mul(4)).unwrap_or(0);
    let all = u64::try_from(letters.saturating_mul(5)).unwrap_or(0);
    let scored = distinct(targets).into_iter().enumerate().map(|(rank, target)| {
        let score = Fit::from_quotient(correct, all).saturating_sub(rank_penalty(rank));
        ScoredTarget { target, how: ResolvedBy::Typo, score }
    });
    scored.collect()
}

/// Returns the deduction of a later candidate: 0.01 for each preceding one.
fn rank_penalty(rank: usize) -> Fit {
    Fit::clamped(u16::try_from(rank).unwrap_or(u16::MAX).saturating_mul(100))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::tables::Tables;

    #[test]
    fn an_error_message_proposes_at_most_three_codes() {
        let lexicon = Lexicon::new(Tables::built_in());
        let proposal = |text, kind| did_you_mean(&lexicon, text, kind).map(|hint| hint.english().to_owned());
        assert_eq!(
            proposal("legal.frist_advice", CodeKind::Help).unwrap(),
            "did you mean `legal.first_advice` (first legal consultation)?"
        );
        assert_eq!(
            proposal("Sorbisch", CodeKind::Language).unwrap(),
            "did you mean `hsb` (Upper Sorbian) or `dsb` (Lower Sorbian)?"
        );
        assert_eq!(
            proposal("Kurdisch", CodeKind::Language).unwrap(),
            "did you mean `kmr` (Kurmanji), `ckb` (Sorani), `sdh` (Southern Kurdish), or another?"
        );
        assert_eq!(proposal("Xyzzy", CodeKind::Help), None);
    }
}
