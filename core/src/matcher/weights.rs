//! The weights of a need: the policy's weights of the requested criteria, scaled to ten-thousandths.

use crate::{
    criteria::NeedValue,
    model::{criterion::PerCriterion, enums::Rule, policy::Policy, rules::EffectiveRule},
    util::fixed::ONE,
};

/// Apportions 10 000 ten-thousandths among the requested criteria by the largest remainder method (Hamilton's), ties in the order
/// of criteria. All weights are 0 if the policy's are.
pub(super) fn weights(
    policy: &Policy,
    values: &PerCriterion<Option<NeedValue>>,
    rules: &PerCriterion<EffectiveRule>,
) -> PerCriterion<u16> {
    let one = u64::from(ONE);
    let raw = PerCriterion::from_fn(|criterion| {
        let weight = policy.weights.get(criterion).0;
        let is_preferred = weight == 0 && rules.get(criterion).rule == Rule::Prefer;
        let weight = if is_preferred { policy.weights.prefer.0 } else { weight };
        if values.get(criterion).is_some() { weight } else { 0 }
    });
    let total = raw.iter().map(|(_, weight)| *weight).fold(0, u64::saturating_add);
    let scaled = |criterion| raw.get(criterion).saturating_mul(one);
    let mut weights = PerCriterion::from_fn(|criterion| {
        u16::try_from(scaled(criterion).checked_div(total).unwrap_or(0)).unwrap_or(ONE)
    });
    if total > 0 {
        let apportioned: u64 = weights.iter().map(|(_, weight)| u64::from(*weight)).fold(0, u64::saturating_add);
        let mut remainders = PerCriterion::from_fn(|criterion| scaled(criterion).checked_rem(total).unwrap_or(0));
        // The rest is the sum of the remainders divided by the total, so that at least as many remainders are above 0.
        for _ in apportioned..one {
            let largest = remainders.iter().map(|(_, remainder)| *remainder).max();
            let next =
                remainders.iter().find(|(_, remainder)| Some(**remainder) == largest).map(|(criterion, _)| criterion);
            if let Some(criterion) = next {
                let weight = weights.get_mut(criterion);
                *weight = weight.saturating_add(1);
                *remainders.get_mut(criterion) = 0;
            }
        }
    }
    weights
}
