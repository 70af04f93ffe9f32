//! Ranking of many needs: interning, memo tables, bitsets, and top-k selection with pruning.
//!
//! For n distinct profiles, m offers and v distinct values per criterion, ranking takes O(n × (m / 64 + c)) besides the memo
//! tables, for c offers that no `must` excludes: bitsets are intersected word by word, and only the candidates are scored. A
//! requirement that few profiles share has no memo table; it is assessed for the candidates only, one criterion after another.
//! `benches/scaling.rs` measures how time and memory grow, `benches/peers` compares with a double loop over tables.

use std::{
    cmp::Ordering,
    collections::BTreeMap,
    sync::atomic::{self, AtomicUsize},
};

use crate::{
    criteria::is_from_neighbour,
    matcher::{
        help_roots::HelpRoots,
        idx::{Slot, ValueIdx},
        index::Index,
        intern::{InternedProfile, InternedProfiles},
        memo::{MemoTable, MemoTables},
        partial_score::{PartialScore, WeightedColumn, add_pruned, sum_dense, top_threshold},
        profile::{Profile, Requirement},
        ranking::ScoredOffer,
    },
    model::criterion::{CRITERIA, Criterion},
    util::{
        fixed::Score,
        parallel::map,
        progress::ProgressReporter,
        sort::{select_first_by, sort_by_key},
    },
};

/// The number of profiles that must share a requirement for its memo table to pay off. Fewer of them assess it for fewer offers
/// than the column has values.
const MIN_PROFILES: u32 = 8;

/// All slots are scored in one pass if more than one in this many is a candidate.
const DENSE: usize = 8;

/// A match before its findings are assembled.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ScoredSlot {
    pub(crate) slot: Slot,
    /// Hundred-millionths.
    pub(crate) score: u32,
    /// The number of criteria to check.
    pub(crate) to_check: u8,
}

impl Index {
    /// Converts all matches of each distinct profile, which come without order; the default of `T` stands for those of profiles
    /// that were not ranked before a cancellation. Only the converted matches remain in memory.
    pub(crate) fn map_matches<T: Default + Send>(
        &self,
        interned: &InternedProfiles<'_>,
        progress: &ProgressReporter<'_>,
        convert: impl Fn(&InternedProfile<'_>, Vec<ScoredSlot>) -> T + Send + Sync,
    ) -> Vec<T> {
        let (done, total) = (AtomicUsize::new(0), interned.distinct().len());
        let roots = HelpRoots::new(self.column(Criterion::Help));
        self.map_batches(interned, MIN_PROFILES, progress, |profiles, tables| {
            map(profiles, |interned| {
                if progress.report(done.fetch_add(1, atomic::Ordering::Relaxed), total) {
                    return T::default();
                }
                let InternedProfile { profile, key } = interned;
                convert(
                    interned,
                    self.rank_with(profile, |position| tables.get(*key.get(position)?), Some(&roots), None),
                )
            })
        })
    }

    /// Ranks each distinct profile and converts the rankings of each batch with `finish`. The rankings have the `top` best
    /// matches, best first, or for `None` all matches, without order.
    pub(super) fn rank_profiles<T>(
        &self,
        interned: &InternedProfiles<'_>,
        top: Option<usize>,
        progress: &ProgressReporter<'_>,
        finish: impl Fn(&[InternedProfile<'_>], &MemoTables, Vec<Vec<ScoredSlot>>) -> Vec<T>,
    ) -> Vec<T> {
        let (done, total) = (AtomicUsize::new(0), interned.distinct().len());
        let roots = HelpRoots::new(self.column(Criterion::Help));
        self.map_batches(interned, MIN_PROFILES, progress, |profiles, tables| {
            let matches = map(profiles, |InternedProfile { profile, key }| {
                if progress.report(done.fetch_add(1, atomic::Ordering::Relaxed), total) {
                    return Vec::new();
                }
                self.rank_with(profile, |position| tables.get(*key.get(position)?), Some(&roots), top)
            });
            finish(profiles, tables, matches)
        })
    }

    /// Returns the `top` best matches of one profile, best first.
    pub(super) fn rank_profile(&self, profile: &Profile, top: usize) -> Vec<ScoredSlot> {
        self.rank_with(profile, |_| None, None, Some(top))
    }

    /// Returns a predicate of slots: `true` if the offer serves the profile from the neighbouring Kreis, or from another Gemeinde of
    /// the same Kreis. The predicate is memoized by distinct value.
    pub(crate) fn is_from_neighbour<'p>(&'p self, profile: &'p Profile) -> impl FnMut(Slot) -> bool + 'p {
        let need = profile.values.get(Criterion::Region).as_ref();
        let column = self.column(Criterion::Region);
        let mut known: BTreeMap<ValueIdx, bool> = BTreeMap::new();
        move |slot| {
            let (Some(need), Some(value)) = (need, column.value_index(slot)) else { return false };
            *known.entry(value).or_insert_with(|| {
                column.value(slot).is_some_and(|offer| is_from_neighbour(self.context(), need, offer))
            })
        }
    }

    /// Ranks one profile. `table` returns the memo table of the criterion at a position, or `None` if it has none. `roots` narrow the
    /// candidates if the profile's kind of help has no table.
    fn rank_with<'t>(
        &self,
        profile: &Profile,
        table: impl Fn(usize) -> Option<&'t MemoTable>,
        roots: Option<&HelpRoots<'_>>,
        top: Option<usize>,
    ) -> Vec<ScoredSlot> {
        let limit = top.unwrap_or(usize::MAX);
        let mut candidates = self.live().clone();
        let (mut memoized, mut assessed) = (Vec::with_capacity(CRITERIA), Vec::new());
        for (position, criterion) in Criterion::all().enumerate() {
            let requirement = profile.requirement(criterion);
            if !requirement.depends_on_offer() {
                continue;
            }
            let weight = u32::from(*profile.weights.get(criterion));
            let column = WeightedColumn { weight, column: self.column(criterion) };
            match table(position) {
                Some(table) => {
                    if let Some(passing) = &table.passing {
                        candidates.intersect_with(passing);
                    }
                    memoized.push((column, table));
                }
                None => assessed.push((column, requirement)),
            }
        }
        // Those that can exclude come first, slow ones last.
        sort_by_key(&mut assessed, |(_, requirement)| (!requirement.can_exclude(), slowness(requirement.criterion)));
        let count = candidates.count();
        let related = roots.and_then(|roots| assessed.iter().find_map(|(_, requirement)| roots.related(*requirement)));
        let mut scores = if let Some(related) = related {
            related.filter(|slot| candidates.contains(slot.get())).map(PartialScore::new).collect()
        } else if memoized.is_empty() {
            self.start_with_fewest(&mut assessed)
        } else if assessed.is_empty() && limit < count && count > self.slot_count() / DENSE {
            sum_dense(&candidates, self.slot_count(), &mut memoized, limit)
        } else {
            let mut scores = Vec::with_capacity(count);
            scores.extend(candidates.iter().map(|slot| PartialScore::new(Slot::new(slot))));
            scores
        };
        for (column, requirement) in assessed {
            self.add_assessed(&mut scores, column, requirement);
        }
        add_pruned(&mut scores, memoized, limit);
        let scores = match top {
            Some(top) => self.best(scores, top),
            None => scores,
        };
        let matches: Vec<ScoredSlot> = scores.into_iter().map(ScoredSlot::new).collect();
        debug_assert!(matches.iter().all(|found| self.is_confirmed(profile, found)), "rank differs from assess_pair");
        matches
    }

    /// Starts with the offers that pass the most selective of the requirements that are quick to assess, which is removed from the
    /// list.
    fn start_with_fewest(&self, requirements: &mut Vec<(WeightedColumn<'_>, Requirement<'_>)>) -> Vec<PartialScore> {
        let is_quick =
            |requirement: &Requirement<'_>| slowness(requirement.criterion) == 0 && requirement.can_exclude();
        let quick = requirements.iter().enumerate().filter(|(_, (_, requirement))| is_quick(requirement));
        let counted = quick.map(|(position, (column, requirement))| {
            let outcomes = self.outcomes(*requirement, column.column);
            let passing = (0..).map(ValueIdx::new).zip(&outcomes).filter(|(_, outcome)| !outcome.blocks);
            let count: usize = passing.map(|(value, _)| column.column.slots_of(value).len()).sum();
            (count, position, outcomes)
        });
        let Some((count, position, outcomes)) = counted.min_by_key(|(count, position, _)| (*count, *position)) else {
            return self.live().iter().map(|slot| PartialScore::new(Slot::new(slot))).collect();
        };
        let (column, _) = requirements.remove(position);
        let mut scores = Vec::with_capacity(count);
        for (value, outcome) in (0..).map(ValueIdx::new).zip(outcomes).filter(|(_, outcome)| !outcome.blocks) {
            scores.extend(column.column.slots_of(value).iter().map(|slot| {
                let mut score = PartialScore::new(*slot);
                score.add(column.weight, outcome);
                score
            }));
        }
        scores
    }

    /// Assesses a requirement, adds it to the scores, and removes the offers that it excludes.
    fn add_assessed(&self, scores: &mut Vec<PartialScore>, column: WeightedColumn<'_>, requirement: Requirement<'_>) {
        let is_memoized = column.column.values().len() <= scores.len();
        let outcomes = if is_memoized { self.outcomes(requirement, column.column) } else { Vec::new() };
        scores.retain_mut(|score| {
            let outcome = match is_memoized {
                true => column.outcome(score.slot(), &outcomes),
                false => self.outcome(requirement, column.column.value(score.slot())),
            };
            score.add(column.weight, outcome);
            !outcome.blocks
        });
    }

    /// Returns the `top` best, in the order of matches.
    fn best(&self, mut scores: Vec<PartialScore>, top: usize) -> Vec<PartialScore> {
        let id = |score: &PartialScore| self.offer(score.slot()).map(|offer| offer.id.as_bytes());
        let threshold = top_threshold(scores.iter().map(|score| score.sort_key), scores.len(), top);
        scores.retain(|score| score.sort_key >= threshold);
        select_first_by(&mut scores, top, |a, b| b.sort_key.cmp(&a.sort_key).then_with(|| id(a).cmp(&id(b))));
        scores
    }

    /// Compares by the order of matches: score descending, then fewer criteria to check, then offer id by bytes.
    pub(super) fn cmp_matches(&self, a: &ScoredSlot, b: &ScoredSlot) -> Ordering {
        let id = |scored: &ScoredSlot| self.offer(scored.slot).map(|offer| offer.id.as_bytes());
        b.score.cmp(&a.score).then(a.to_check.cmp(&b.to_check)).then_with(|| id(a).cmp(&id(b)))
    }

    /// Returns `true` if [`assess_pair`](crate::matcher::assess::assess_pair) finds the same match.
    fn is_confirmed(&self, profile: &Profile, found: &ScoredSlot) -> bool {
        let assessment = self.assess(profile, found.slot);
        let to_check = assessment.to_check().count();
        assessment.is_match() && assessment.score().get() == found.score && to_check == usize::from(found.to_check)
    }

    /// Returns a match without its reasons.
    pub(super) fn scored_offer(
        &self,
        InternedProfile { profile, key }: &InternedProfile<'_>,
        tables: &MemoTables,
        found: &ScoredSlot,
    ) -> ScoredOffer {
        let to_check = Criterion::all().zip(key).filter(|(criterion, index)| {
            let (requirement, column) = (profile.requirement(*criterion), self.column(*criterion));
            if found.to_check == 0 || !requirement.depends_on_offer() {
                return false;
            }
            let outcome = match tables.get(**index).zip(column.value_index(found.slot)) {
                Some((table, value)) => table.outcomes.get(value.get()).copied().unwrap_or_default(),
                None => self.outcome(requirement, column.value(found.slot)),
            };
            outcome.to_check
        });
        let to_check = to_check.map(|(criterion, _)| criterion);
        ScoredOffer::new(self.id(found.slot), Score::clamped(found.score), to_check)
    }
}

impl ScoredSlot {
    fn new(score: PartialScore) -> Self {
        let slot = score.slot();
        let (score, to_check) = score.into_parts();
        Self { slot, score, to_check }
    }
}

/// Returns the order in which requirements that can exclude are assessed. Of the two slow criteria, the region excludes more.
fn slowness(criterion: Criterion) -> u8 {
    match criterion {
        Criterion::Language => 2,
        Criterion::Region => 1,
        _ => 0,
    }
}
