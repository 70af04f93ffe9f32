//! Scalarization of the lexicographic objective: all levels in one integer, so that addition and comparison are machine
//! instructions.
//!
//! Each level has a weight larger than anything that the lower levels can sum up to, so that integers compare as levels
//! do (equivalent weights: Sherali, "Equivalent weights for lexicographic multi-objective programs", 1982). The
//! conversion takes constant time in both directions and is exact, since the weights are checked to fit.

use std::ops::{Add, Neg, Sub, SubAssign};

use crate::solver::problem::{CLASSES, Edge, Objective, Supply};

const LEVELS: usize = CLASSES + 2;

/// The factor between the largest encoded objective and the range of the scalar: a path or a distance sums up a few
/// differences of encoded objectives.
const HEADROOM: i128 = 1 << 6;

/// The weights of the levels.
///
/// The levels of an encoded sum must be within the reach for which the weights were made. It need not be the reach of
/// whole solutions: two of them differ by cycles that visit each sink and each supply at most once, so a solution that
/// no such cycle improves lexicographically is optimal.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scalarization {
    weights: [i128; LEVELS],
    fits_in_64_bits: bool,
}

/// A scalarized objective: `i64` if it suffices, which makes the network simplex half as fast again, otherwise `i128`.
// INVARIANT: every sum along a path or cycle, plus a price, fits in the type that the scalarization selects; see
// `HEADROOM`. Release builds check overflow, so that a defect cannot become a wrong result.
pub(crate) trait Scalar:
    Copy
    + Ord
    + Default
    + Into<i128>
    + TryFrom<i128>
    + Add<Output = Self>
    + Neg<Output = Self>
    + Sub<Output = Self>
    + SubAssign
{
    /// A value above every sum, and far from the end of the range.
    const INFINITE: Self;
}

impl Scalar for i64 {
    const INFINITE: Self = -(Self::MIN / 4);
}

impl Scalar for i128 {
    const INFINITE: Self = -(Self::MIN / 4);
}

impl Scalarization {
    /// Creates a scalarization for sums whose levels are at most `reach` in absolute value, or returns `None` if they
    /// do not fit in 128 bits.
    pub(crate) fn new(reach: Objective) -> Option<Self> {
        let mut weights = [0; LEVELS];
        let mut next = 1_i128;
        for (weight, reach) in weights.iter_mut().zip(reach.levels()).rev() {
            *weight = next;
            next = next.checked_mul(reach.checked_mul(2)?.checked_add(1)?)?;
        }
        let range = next.checked_mul(HEADROOM)?;
        Some(Self { weights, fits_in_64_bits: range <= i128::from(i64::MAX) })
    }

    /// Returns `true` if encoded objectives and their sums fit in 64 bits.
    pub(crate) fn fits_in_64_bits(&self) -> bool {
        self.fits_in_64_bits
    }

    pub(crate) fn encode(&self, objective: Objective) -> i128 {
        let levels = self.weights.iter().zip(objective.levels());
        levels.fold(0, |sum, (weight, level)| sum.saturating_add(weight.saturating_mul(level)))
    }

    /// Returns the encoded objective of one unit on each edge, in the order of edges.
    pub(crate) fn encode_edges<'s>(&self, supply: &'s Supply) -> impl Iterator<Item = i128> + use<'s> {
        let people = self.encode(Objective { people: supply.people.map(i128::from), ..Objective::ZERO });
        let [.., kept_weight, _] = self.weights;
        // There are many edges, few of which keep anything, and the weight of the value is 1; multiplication of 128
        // bits is slow.
        let kept = move |edge: &Edge| {
            if edge.kept == 0 { 0 } else { kept_weight.saturating_mul(i128::from(edge.kept)) }
        };
        supply.edges.iter().map(move |edge| people.saturating_add(kept(edge)).saturating_add(i128::from(edge.value)))
    }

    pub(crate) fn decode(&self, scalar: i128) -> Objective {
        let mut rest = scalar;
        Objective::from_levels(self.weights.map(|weight| {
            // Rounded to the nearest multiple, since lower levels reach less than half a weight to either side.
            let doubled = rest.saturating_mul(2).saturating_add(weight);
            let level = doubled.checked_div_euclid(weight.saturating_mul(2)).unwrap_or(0);
            rest = rest.saturating_sub(level.saturating_mul(weight));
            level
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoding_preserves_levels_and_order() {
        let reach = Objective { people: [2, 0, 5, 1], kept: 3, value: 1_000 };
        let scalarization = Scalarization::new(reach).unwrap();
        let mut all = Vec::new();
        for first in -2..=2 {
            for third in [-5, -1, 0, 4, 5] {
                for (kept, value) in [(-3, 1_000), (0, -1_000), (0, 0), (0, 7), (3, -1_000)] {
                    all.push(Objective { people: [first, 0, third, -1], kept, value });
                }
            }
        }
        for a in &all {
            assert_eq!(scalarization.decode(scalarization.encode(*a)), *a);
            for b in &all {
                assert_eq!(scalarization.encode(*a).cmp(&scalarization.encode(*b)), a.cmp(b));
            }
        }
    }

    #[test]
    fn too_large_a_reach_is_rejected() {
        let huge = Objective { people: [i128::from(u32::MAX); 4], kept: 0, value: i128::from(i64::MAX) };
        assert!(Scalarization::new(huge).is_none());
    }
}
