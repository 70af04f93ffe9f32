//! Partial scores and the selection of the k best, with pruning.
//!
//! A score is summed criterion by criterion. An offer is pruned as soon as its partial score plus the range of what is not added
//! yet cannot reach the k-th best partial score. Criteria with the widest range come first, so that most offers are pruned early.

use std::cmp::Reverse;

use crate::{
    matcher::{
        column::Column,
        idx::{Slot, ValueIdx},
        memo::{CompactOutcome, MemoTable},
    },
    util::{bitset::Bitset, sort::sort_by_key},
};

/// The difference of two sort keys whose scores differ by one unit: more than there are criteria.
const SCORE_STEP: u32 = 16;

/// The score of an offer, summed over some of the criteria.
#[derive(Clone, Copy)]
pub(super) struct PartialScore {
    slot: Slot,
    /// `SCORE_STEP` × (score + 1) − the number of criteria to check, so that one comparison sorts by score and then by fewer
    /// criteria to check. At most 1.6 × 10⁹.
    pub(super) sort_key: u32,
}

impl PartialScore {
    pub(super) fn new(slot: Slot) -> Self {
        Self { slot, sort_key: SCORE_STEP }
    }

    pub(super) fn slot(self) -> Slot {
        self.slot
    }

    pub(super) fn add(&mut self, weight: u32, outcome: CompactOutcome) {
        self.sort_key = self.sort_key.wrapping_add(outcome.sort_key(weight));
    }

    /// Returns the score and the number of criteria to check.
    pub(super) fn into_parts(self) -> (u32, u8) {
        let above = self.sort_key.div_ceil(SCORE_STEP);
        let to_check = above.wrapping_mul(SCORE_STEP).wrapping_sub(self.sort_key);
        (above.wrapping_sub(1), u8::try_from(to_check).unwrap_or(u8::MAX))
    }
}

impl CompactOutcome {
    /// Returns what the outcome adds to a sort key, modulo 2³²: it is negative for a fit of 0 that must be checked.
    fn sort_key(self, weight: u32) -> u32 {
        let points = weight.wrapping_mul(SCORE_STEP).wrapping_mul(u32::from(self.fit));
        points.wrapping_sub(u32::from(self.to_check))
    }
}

/// A column with the weight of its criterion.
#[derive(Clone, Copy)]
pub(super) struct WeightedColumn<'i> {
    pub(super) weight: u32,
    pub(super) column: &'i Column,
}

impl WeightedColumn<'_> {
    /// Returns the outcome of a slot, given those of the column's values.
    pub(super) fn outcome(&self, slot: Slot, outcomes: &[CompactOutcome]) -> CompactOutcome {
        let value = self.column.value_indices().get(slot.get()).map_or(ValueIdx::NONE, |value| *value);
        outcomes.get(value.get()).copied().unwrap_or_default()
    }

    /// Returns an upper bound of the difference that the column makes between two sort keys.
    fn key_range(&self, (lowest, highest): (u16, u16)) -> u32 {
        let fits = u32::from(highest.saturating_sub(lowest));
        self.weight.saturating_mul(SCORE_STEP).saturating_mul(fits).saturating_add(1)
    }
}

/// Sums the memoized columns whose fits differ over all slots, and returns the candidates that can be among the `top` best. The
/// columns that were summed are removed from the list.
///
/// A sequential pass over all slots is faster than random access if more than one slot in eight is a candidate.
pub(super) fn sum_dense(
    candidates: &Bitset,
    slot_count: usize,
    columns: &mut Vec<(WeightedColumn<'_>, &MemoTable)>,
    top: usize,
) -> Vec<PartialScore> {
    let mut sort_keys = vec![SCORE_STEP; slot_count];
    let mut open_range = 0_u32;
    columns.retain(|(column, table)| {
        let range = column.key_range(table.fit_range);
        if range == 1 {
            open_range = open_range.saturating_add(range);
            return true;
        }
        let added: Vec<u32> = table.outcomes.iter().map(|outcome| outcome.sort_key(column.weight)).collect();
        for (sort_key, value) in sort_keys.iter_mut().zip(column.column.value_indices()) {
            *sort_key = sort_key.wrapping_add(added.get(value.get()).copied().unwrap_or(0));
        }
        false
    });
    candidates.mask(&mut sort_keys);
    let threshold = top_threshold(sort_keys.iter().copied(), slot_count, top).saturating_sub(open_range).max(1);
    let slots = (0..).map(Slot::new);
    let left = slots.zip(sort_keys).filter(|(_, sort_key)| *sort_key >= threshold);
    left.map(|(slot, sort_key)| PartialScore { slot, sort_key }).collect()
}

/// Adds memoized columns, and prunes the offers that cannot be among the `top` best.
pub(super) fn add_pruned(
    scores: &mut Vec<PartialScore>,
    mut columns: Vec<(WeightedColumn<'_>, &MemoTable)>,
    top: usize,
) {
    if top < scores.len() {
        sort_by_key(&mut columns, |(column, table)| Reverse(column.key_range(table.fit_range)));
    }
    let ranges = columns.iter().map(|(column, table)| column.key_range(table.fit_range));
    let mut open_range = ranges.fold(0, u32::saturating_add);
    for (column, table) in columns {
        for score in scores.iter_mut() {
            score.add(column.weight, column.outcome(score.slot(), &table.outcomes));
        }
        open_range = open_range.saturating_sub(column.key_range(table.fit_range));
        let sort_keys = scores.iter().map(|score| score.sort_key);
        let threshold = top_threshold(sort_keys, scores.len(), top).saturating_sub(open_range);
        if threshold > 0 {
            scores.retain(|score| score.sort_key >= threshold);
        }
    }
}

/// Returns the `top`-th highest key, or 0 if there are no more keys than that.
///
/// Streaming top-k selection: O(n) expected, with a buffer of 2 × `top` keys that quickselect halves when it is full. Most keys
/// are rejected by one comparison with the threshold so far.
pub(super) fn top_threshold(sort_keys: impl Iterator<Item = u32>, count: usize, top: usize) -> u32 {
    if count <= top || top == 0 {
        return 0;
    }
    let capacity = top.saturating_mul(2);
    let (mut buffer, mut threshold): (Vec<u32>, u32) = (Vec::with_capacity(capacity), 0);
    for sort_key in sort_keys {
        if sort_key <= threshold {
            continue;
        }
        buffer.push(sort_key);
        if buffer.len() == capacity {
            threshold = truncate_to_top(&mut buffer, top);
        }
    }
    if buffer.len() >= top { truncate_to_top(&mut buffer, top) } else { threshold }
}

/// Keeps the `top` highest keys, without order, and returns the lowest of them.
fn truncate_to_top(sort_keys: &mut Vec<u32>, top: usize) -> u32 {
    let (_, lowest, _) = sort_keys.select_nth_unstable_by_key(top.saturating_sub(1), |sort_key| Reverse(*sort_key));
    let lowest = *lowest;
    sort_keys.truncate(top);
    lowest
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{PartialScore, top_threshold};
    use crate::matcher::{idx::Slot, memo::CompactOutcome};

    proptest! {
        #[test]
        fn the_threshold_is_the_kth_highest_key(keys in prop::collection::vec(1_u32..50, 0..200), top in 0_usize..60) {
            let mut sorted = keys.clone();
            sorted.sort_unstable_by(|a, b| b.cmp(a));
            let lowest = top.checked_sub(1).filter(|_| top < keys.len());
            let expected = lowest.map_or(0, |position| sorted[position]);
            prop_assert_eq!(top_threshold(keys.iter().copied(), keys.len(), top), expected);
        }

        #[test]
        fn a_sort_key_holds_score_and_checks(outcomes in prop::collection::vec((0_u16..=10_000, any::<bool>()), 0..=10)) {
            let mut partial = PartialScore::new(Slot::new(7));
            for (fit, to_check) in &outcomes {
                partial.add(1_000, CompactOutcome { fit: *fit, to_check: *to_check, blocks: false });
            }
            let score: u32 = outcomes.iter().map(|(fit, _)| u32::from(*fit) * 1_000).sum();
            let to_check = outcomes.iter().filter(|(_, to_check)| *to_check).count();
            prop_assert_eq!(partial.into_parts(), (score, u8::try_from(to_check).unwrap()));
            prop_assert_eq!(partial.slot(), Slot::new(7));
        }
    }
}
