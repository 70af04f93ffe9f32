//! Levels in one number, so that the solver adds and compares as fast as the machine can.

use std::ops::{Add, Neg, Sub, SubAssign};

use crate::solver::problem::{CLASSES, Edge, Objective, Supply};

const LEVELS: usize = CLASSES + 2;

/// How far sums are kept from the end of the range, in bits: a distance is a sum of a few differences of what is encoded.
const HEADROOM: i128 = 1 << 6;

/// One stride for each level, so that a number tells its levels and has the sign of the first one that is not 0.
///
/// That holds for sums whose levels stay within the reach that the scale was made for. It need not be the reach of whole plans:
/// two plans differ by cycles that touch each sink and each supply at most once, so a plan that no such cycle
/// betters level by level is best level by level.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scale {
    strides: [i128; LEVELS],
    /// Whether 64 bits hold the sums too.
    short: bool,
}

/// What levels are encoded in: half as long where that is enough, which makes the solver half as fast again.
pub(crate) trait Number:
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
    /// Below all sums, and far from the end of the range.
    const FAR_BELOW: Self;
}

impl Number for i64 {
    const FAR_BELOW: Self = Self::MIN / 4;
}

impl Number for i128 {
    const FAR_BELOW: Self = Self::MIN / 4;
}

impl Scale {
    /// A scale for sums whose levels are at most `reach`; nothing where 128 bits do not hold them.
    pub(crate) fn for_sums_up_to(reach: Objective) -> Option<Self> {
        let mut strides = [0; LEVELS];
        let mut stride = 1_i128;
        for (place, reach) in strides.iter_mut().zip(reach.levels()).rev() {
            *place = stride;
            stride = stride.checked_mul(reach.checked_mul(2)?.checked_add(1)?)?;
        }
        let all = stride.checked_mul(HEADROOM)?;
        Some(Self { strides, short: all <= i128::from(i64::MAX) })
    }

    /// Whether [`encode`](Self::encode) and the sums of what it gives fit in 64 bits.
    pub(crate) fn is_short(&self) -> bool {
        self.short
    }

    pub(crate) fn encode(&self, worth: Objective) -> i128 {
        let levels = self.strides.iter().zip(worth.levels());
        levels.fold(0, |sum, (stride, level)| sum.saturating_add(stride.saturating_mul(level)))
    }

    /// What a unit is worth along each edge, in the order of edges.
    pub(crate) fn along<'s>(&self, supply: &'s Supply) -> impl Iterator<Item = i128> + 's {
        let people = self.encode(Objective { people: supply.people.map(i128::from), ..Objective::ZERO });
        let [.., kept, _] = self.strides;
        // Edges are many, few of them keep anything, and the last level has the stride 1: a product of 128 bits takes long.
        let kept = move |edge: &Edge| if edge.kept == 0 { 0 } else { kept.saturating_mul(i128::from(edge.kept)) };
        supply.edges.iter().map(move |edge| people.saturating_add(kept(edge)).saturating_add(i128::from(edge.value)))
    }

    pub(crate) fn decode(&self, number: i128) -> Objective {
        let mut rest = number;
        Objective::from_levels(self.strides.map(|stride| {
            // The nearest multiple: lower levels reach less than half a stride to either side.
            let doubled = rest.saturating_mul(2).saturating_add(stride);
            let level = doubled.checked_div_euclid(stride.saturating_mul(2)).unwrap_or(0);
            rest = rest.saturating_sub(level.saturating_mul(stride));
            level
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_in_comes_out_and_keeps_its_order() {
        let reach = Objective { people: [2, 0, 5, 1], kept: 3, value: 1_000 };
        let scale = Scale::for_sums_up_to(reach).unwrap();
        let mut all = Vec::new();
        for first in -2..=2 {
            for third in [-5, -1, 0, 4, 5] {
                for (kept, value) in [(-3, 1_000), (0, -1_000), (0, 0), (0, 7), (3, -1_000)] {
                    all.push(Objective { people: [first, 0, third, -1], kept, value });
                }
            }
        }
        for one in &all {
            assert_eq!(scale.decode(scale.encode(*one)), *one);
            for other in &all {
                assert_eq!(scale.encode(*one).cmp(&scale.encode(*other)), one.cmp(other));
            }
        }
    }

    #[test]
    fn what_does_not_fit_is_told() {
        let huge = Objective { people: [i128::from(u32::MAX); 4], kept: 0, value: i128::from(i64::MAX) };
        assert!(Scale::for_sums_up_to(huge).is_none());
    }
}
