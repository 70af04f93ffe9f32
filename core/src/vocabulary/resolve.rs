//! Resolves typed text to candidate codes.
//!
//! The stages, of which the first that applies decides:
//!
//! 1. a code of a region, or a name that equals the folded text; if there is none, a language tag of three letters or more;
//! 2. a list of names, unless the text as a whole is a display name;
//! 3. a name without its [qualifiers](crate::vocabulary::qualifiers);
//! 4. the part before a bracket;
//! 5. the nearest names by edit distance, within strict limits: every third name of a language has another one at distance
//!    two.
//!
//! Nothing is ever chosen silently: an ambiguous word returns all its codes, and a typing error is marked as one.

use std::borrow::Cow;

use crate::{
    decode::code_kind::CodeKind,
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
        language::Languages,
        lexicon::Lexicon,
        name_index::NameIndex,
        names::{FoundTarget, NameSource, NameTarget},
        postcodes::{self, Address, is_five_digits, postcode_regions},
        qualifiers::UnqualifiedName,
        region_set::RegionSet,
        regions::Regions,
        tables::Tables,
        terms::folded_term,
    },
};

/// Length of the longest text that is looked up, in bytes; longer than any name.
pub(super) const MAX_BYTES: usize = 512;

/// Separators between the names of a list.
const LIST_SEPARATORS: [char; 6] = [',', ';', '/', '&', '+', '|'];
/// Words that separate the names of a list.
const CONJUNCTIONS: [&str; 4] = ["und", "and", "oder", "or"];

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
pub(super) fn did_you_mean(lexicon: &Lexicon, text: &str, kind: CodeKind) -> Option<String> {
    let silent = ProgressReporter::silent();
    let targets = find_targets(lexicon, text, kind, &WorkMeter::new(&silent, 1));
    let candidates =
        targets.iter().take(MAX_PROPOSALS).map(|target| target.candidate(lexicon.tables(), kind, Lang::En));
    let proposals: Vec<String> = candidates
        .map(|candidate| match candidate.name() {
            name if name == candidate.code() => format!("`{name}`"),
            name => format!("`{}` ({name})", candidate.code()),
        })
        .collect();
    let (last, others) = proposals.split_last()?;
    let has_more = targets.len() > MAX_PROPOSALS;
    let last = if has_more { format!("{last}, or another") } else { last.clone() };
    Some(match others {
        [] => format!("did you mean {last}?"),
        _ if has_more => format!("did you mean {}, {last}?", others.join(", ")),
        _ => format!("did you mean {} or {last}?", others.join(", ")),
    })
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
    let tables = lexicon.tables();
    let mut targets = if kind == CodeKind::Region { region_targets(&tables.regions, text.trim()) } else { Vec::new() };
    let folded = folded_term(kind, text);
    let exact = index.exact(&folded);
    targets.extend(exact.unwrap_or_default().iter().map(NameTarget::found));
    if targets.is_empty() && kind == CodeKind::Region {
        if let Some(targets) = address_targets(lexicon, text, meter) {
            return targets;
        }
    }
    let is_display_name = targets.iter().any(|target| target.source == NameSource::Exact);
    // "m/w/d" is one term, "Zeugen und Zeuginnen" one role.
    let is_name = is_display_name || exact.is_some() && (kind.is_closed() || kind == CodeKind::Role);
    if let Some(targets) = list_targets(text, kind, index).filter(|_| !is_name) {
        return score(targets, false);
    }
    if exact.is_some() || !targets.is_empty() {
        // Five digits are as often a postcode, and no table of postcodes is complete.
        let is_certain = !(kind == CodeKind::Region && is_five_digits(text.trim()));
        return score(targets, is_certain);
    }
    if let Some(target) = language_target(&tables.languages, text.trim()).filter(|_| kind == CodeKind::Language) {
        return score(vec![target], true);
    }
    find_qualified(index, &tables.regions, text, &folded, kind, meter)
}

/// Finds the codes of a text that is no name as a whole: stages 3 to 5.
fn find_qualified<'l>(
    index: &'l NameIndex,
    regions: &Regions,
    text: &str,
    folded: &str,
    kind: CodeKind,
    meter: &WorkMeter<'_>,
) -> Vec<ScoredTarget<'l>> {
    let found = |targets: &'l [NameTarget]| targets.iter().map(NameTarget::found).collect::<Vec<_>>();
    let unqualified = UnqualifiedName::new(kind, text);
    let folded_unqualified = fold(&unqualified.text);
    if let Some(targets) = index.exact(&folded_unqualified) {
        let (targets, is_certain) = unqualified.select(found(targets), regions);
        return score(targets, is_certain);
    }
    // The brackets may hold a qualifier that no table has, such as a country, so the candidate is not certain.
    let before_bracket = text.split_once('(').and_then(|(name, _)| index.exact(&fold(name)));
    if let Some(targets) = before_bracket.filter(|targets| !targets.is_empty()) {
        return score(found(targets), false);
    }
    // Neither a qualifier alone nor a list of names is a misspelt name.
    if folded_unqualified.is_empty() || text.contains(LIST_SEPARATORS) {
        return Vec::new();
    }
    let typed = [folded, folded_unqualified.as_str()];
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
fn address_targets<'l>(lexicon: &'l Lexicon, text: &str, meter: &WorkMeter<'_>) -> Option<Vec<ScoredTarget<'l>>> {
    let Address { digits, town, is_postcode } = Address::new(text)?;
    let regions = &lexicon.tables().regions;
    let keys = if is_postcode { Vec::new() } else { key_targets(regions, digits) };
    let postcodes = postcode_targets(regions, digits);
    let town = find_targets(lexicon, &town, CodeKind::Region, meter);
    let is_misspelt = town.iter().any(|target| target.how == ResolvedBy::Typo);
    let town: Vec<FoundTarget<'l>> = town.into_iter().map(|found| found.target).collect();
    // An unknown town is rather next to a postcode: the names of all Kreise are known.
    let digits = if town.is_empty() { [postcodes, keys] } else { [keys, postcodes] }.concat();
    let (shared, is_confirmed) = postcodes::shared(regions, &digits, &town);
    if !shared.is_empty() {
        return Some(score(shared, is_confirmed && !is_misspelt));
    }
    let all = digits.into_iter().chain(town).enumerate();
    let all: Vec<_> = all.map(|(rank, target)| FoundTarget { source: NameSource::OneOf(rank), ..target }).collect();
    (!all.is_empty()).then(|| score(all, false))
}

/// Returns the regions that a text names by code, official or loaded, or by postcode; all readings may be meant.
fn region_targets(regions: &Regions, code: &str) -> Vec<FoundTarget<'static>> {
    let mut targets = key_targets(regions, code);
    targets.extend(postcode_targets(regions, code));
    targets
}

/// Returns the regions of an official code.
fn key_targets(regions: &Regions, code: &str) -> Vec<FoundTarget<'static>> {
    let source = if regions.is_official_alias(code) { NameSource::Alias } else { NameSource::Exact };
    let official = regions.resolve_official(code);
    postcodes::targets(regions, official.as_ref().map(RegionSet::all_regions).unwrap_or_default(), source)
}

/// Returns the regions of a loaded alias or a postcode, which follow those of an official code.
fn postcode_targets(regions: &Regions, code: &str) -> Vec<FoundTarget<'static>> {
    postcodes::targets(regions, &postcode_regions(regions, code), NameSource::Synonym)
}

/// Returns the language of a tag. Shorter tags are rather abbreviations, of which [`suggest`](super::suggest) completes some.
fn language_target(languages: &Languages, tag: &str) -> Option<FoundTarget<'static>> {
    let (code, is_exact) = languages.typed_tag(tag).filter(|_| tag.len() > 2)?;
    let source = if is_exact { NameSource::Exact } else { NameSource::Alias };
    Some(FoundTarget { source, code: Cow::Owned(code), context: &[] })
}

/// Returns the codes of all names of a list, in its order, or `None` if the text is not a list of known names.
///
/// "Farsi, Dari" is such a list; "Dari-Persian" is a name.
fn list_targets<'l>(text: &str, kind: CodeKind, index: &'l NameIndex) -> Option<Vec<FoundTarget<'l>>> {
    let words = text.split_whitespace().map(|word| if CONJUNCTIONS.contains(&word) { "," } else { word });
    let text = words.collect::<Vec<_>>().join(" ");
    let items = text.split(LIST_SEPARATORS).map(|item| folded_term(kind, item)).filter(|item| !item.is_empty());
    let exact = |item: String| index.exact(&item).filter(|targets| !targets.is_empty());
    let items: Vec<&'l [NameTarget]> = items.map(exact).collect::<Option<_>>()?;
    if items.len() < 2 {
        return None;
    }
    // A repeated name adds nothing. The targets of a name are sorted.
    let mut seen = OrderedSet::default();
    let items = items.into_iter().filter(|targets| seen.insert(targets.as_ptr()));
    let targets = items.flatten().enumerate();
    Some(targets.map(|(rank, target)| FoundTarget { source: NameSource::OneOf(rank), ..target.found() }).collect())
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

/// Scores exact matches. Unless `is_certain`, even a single target is an umbrella, so that a person has to confirm it.
fn score(targets: Vec<FoundTarget<'_>>, is_certain: bool) -> Vec<ScoredTarget<'_>> {
    let targets = distinct(targets);
    let is_certain = is_certain && targets.len() == 1;
    let scored = targets.into_iter().enumerate().map(|(rank, target)| {
        let (how, score) = match target.source {
            NameSource::Exact if is_certain => (ResolvedBy::Exact, Fit::FULL),
            _ if is_certain => (ResolvedBy::Alias, Fit::clamped(9_500)),
            _ => (ResolvedBy::Umbrella, Fit::clamped(9_000).saturating_sub(rank_penalty(rank))),
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
        let proposal = |text, kind| did_you_mean(&lexicon, text, kind);
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
