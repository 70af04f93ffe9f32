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

use crate::{
    decode::code_kind::CodeKind,
    model::enums::{Lang, ResolvedBy},
    util::{fixed::Fit, sort::sort},
    vocabulary::{
        candidate::Candidate,
        fold::fold,
        language::Languages,
        lexicon::Lexicon,
        name_index::NameIndex,
        names::{NameSource, NameTarget},
        qualifiers::UnqualifiedName,
        region::Region,
        region_set::RegionSet,
        regions::Regions,
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
struct ScoredTarget {
    target: NameTarget,
    how: ResolvedBy,
    score: Fit,
}

/// Returns the codes that a text may stand for, sorted by descending score.
pub(super) fn resolve(lexicon: &Lexicon, text: &str, kind: CodeKind, lang: Lang) -> Vec<Candidate> {
    if text.len() > MAX_BYTES {
        return Vec::new();
    }
    let targets = find_targets(lexicon, text, kind).into_iter();
    let candidates = targets.map(|ScoredTarget { target: NameTarget { code, context, .. }, how, score }| {
        let name = lexicon.tables.name(kind, &code, lang).into_owned();
        Candidate { kind, code, context, name, how, score, word: None }
    });
    candidates.collect()
}

/// Returns a proposal for an unknown code, "did you mean …?", or `None` if there is no candidate.
pub(super) fn did_you_mean(lexicon: &Lexicon, text: &str, kind: CodeKind) -> Option<String> {
    let candidates = resolve(lexicon, text, kind, Lang::En);
    let proposals: Vec<String> = candidates
        .iter()
        .take(MAX_PROPOSALS)
        .map(|candidate| match candidate.name() {
            name if name == candidate.code() => format!("`{name}`"),
            name => format!("`{}` ({name})", candidate.code()),
        })
        .collect();
    let (last, others) = proposals.split_last()?;
    let has_more = candidates.len() > MAX_PROPOSALS;
    let last = if has_more { format!("{last}, or another") } else { last.clone() };
    Some(match others {
        [] => format!("did you mean {last}?"),
        _ if has_more => format!("did you mean {}, {last}?", others.join(", ")),
        _ => format!("did you mean {} or {last}?", others.join(", ")),
    })
}

/// Finds the codes of a text by the stages of the module documentation.
fn find_targets(lexicon: &Lexicon, text: &str, kind: CodeKind) -> Vec<ScoredTarget> {
    let index = lexicon.name_index(kind);
    let regions = &lexicon.tables.regions;
    let mut targets = if kind == CodeKind::Region { region_targets(regions, text.trim()) } else { Vec::new() };
    let folded = fold(text);
    let exact = index.exact(&folded);
    targets.extend(exact.unwrap_or_default().iter().cloned());
    let is_display_name = targets.iter().any(|target| target.source == NameSource::Exact);
    if let Some(targets) = list_targets(text, index).filter(|_| !is_display_name) {
        return score(targets, false);
    }
    if exact.is_some() || !targets.is_empty() {
        return score(targets, true);
    }
    if let Some(target) = language_target(&lexicon.tables.languages, text.trim()).filter(|_| kind == CodeKind::Language)
    {
        return score(vec![target], true);
    }
    let unqualified = UnqualifiedName::new(kind, text);
    let folded_unqualified = fold(&unqualified.text);
    if let Some(targets) = index.exact(&folded_unqualified) {
        let (targets, is_certain) = unqualified.select(targets.to_vec(), regions);
        return score(targets, is_certain);
    }
    // The brackets may hold a qualifier that no table has, such as a country, so the candidate is not certain.
    let before_bracket = text.split_once('(').and_then(|(name, _)| index.exact(&fold(name)));
    if let Some(targets) = before_bracket.filter(|targets| !targets.is_empty()) {
        return score(targets.to_vec(), false);
    }
    // Neither a qualifier alone nor a list of names is a misspelt name.
    if folded_unqualified.is_empty() || text.contains(LIST_SEPARATORS) {
        return Vec::new();
    }
    for typed in [&folded, &folded_unqualified] {
        let (distance, targets) = index.nearest(typed);
        if !targets.is_empty() {
            let (targets, _) = unqualified.select(targets, regions);
            return score_typos(targets, typed.chars().count(), distance);
        }
    }
    Vec::new()
}

/// Returns the regions that a text names by code, official or loaded; both readings may be meant.
fn region_targets(regions: &Regions, code: &str) -> Vec<NameTarget> {
    let target =
        |source| move |region: &Region| NameTarget { source, code: regions.code(*region), context: Vec::new() };
    let source = if regions.is_official_alias(code) { NameSource::Alias } else { NameSource::Exact };
    let official = regions.resolve_official(code);
    let official = official.as_ref().map(RegionSet::all_regions).unwrap_or_default();
    let loaded = regions.resolve_loaded(code).map(RegionSet::all_regions).unwrap_or_default();
    official.iter().map(target(source)).chain(loaded.iter().map(target(NameSource::Alias))).collect()
}

/// Returns the language of a tag. Shorter tags are rather abbreviations, of which [`suggest`](super::suggest) completes some.
fn language_target(languages: &Languages, tag: &str) -> Option<NameTarget> {
    let (code, is_exact) = languages.typed_tag(tag).filter(|_| tag.len() > 2)?;
    let source = if is_exact { NameSource::Exact } else { NameSource::Alias };
    Some(NameTarget { source, code, context: Vec::new() })
}

/// Returns the codes of all names of a list, in its order, or `None` if the text is not a list of known names.
///
/// "Farsi, Dari" is such a list; "Dari-Persian" is a name.
fn list_targets(text: &str, index: &NameIndex) -> Option<Vec<NameTarget>> {
    let words = text.split_whitespace().map(|word| if CONJUNCTIONS.contains(&word) { "," } else { word });
    let text = words.collect::<Vec<_>>().join(" ");
    let items = text.split(LIST_SEPARATORS).map(fold).filter(|item| !item.is_empty());
    let exact = |item: String| index.exact(&item).filter(|targets| !targets.is_empty());
    let items: Vec<&[NameTarget]> = items.map(exact).collect::<Option<_>>()?;
    if items.len() < 2 {
        return None;
    }
    let sorted = |targets: &&[NameTarget]| {
        let mut targets = targets.to_vec();
        sort(&mut targets);
        targets
    };
    let targets = items.iter().flat_map(sorted).enumerate();
    Some(targets.map(|(rank, target)| NameTarget { source: NameSource::OneOf(rank), ..target }).collect())
}

/// Sorts the targets and removes duplicates. A bare code is removed too if the same code with a context is a target.
fn distinct(mut targets: Vec<NameTarget>) -> Vec<NameTarget> {
    sort(&mut targets);
    let mut distinct: Vec<NameTarget> = Vec::with_capacity(targets.len());
    for target in &targets {
        let is_same = |other: &NameTarget| other.code == target.code && other.context == target.context;
        let has_context =
            |other: &NameTarget| other.code == target.code && !other.context.is_empty() && target.context.is_empty();
        if !distinct.iter().any(is_same) && !targets.iter().any(has_context) {
            distinct.push(target.clone());
        }
    }
    distinct
}

/// Scores exact matches. Unless `is_certain`, even a single target is an umbrella, so that a person has to confirm it.
fn score(targets: Vec<NameTarget>, is_certain: bool) -> Vec<ScoredTarget> {
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
fn score_typos(targets: Vec<NameTarget>, letters: usize, distance: usize) -> Vec<ScoredTarget> {
    let correct = u64::try_from(letters.saturating_sub(distance).saturating_mul(4)).unwrap_or(0);
    let all = u64::try_from(letters.saturating_mul(5)).unwrap_or(0);
    let scored = distinct(targets).into_iter().enumerate().map(|(rank, target)| {
        let score = Fit::from_quotient(correct, all).saturating_sub(rank_penalty(rank));
        ScoredTarget { target, how: ResolvedBy::Typo, score }
    });
    scored.collect()
}

/// Returns the deduction of a later candidate: 0.01 for each preceding one, at most 0.5.
fn rank_penalty(rank: usize) -> Fit {
    Fit::clamped(u16::try_from(rank).unwrap_or(u16::MAX).saturating_mul(100).min(5_000))
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
