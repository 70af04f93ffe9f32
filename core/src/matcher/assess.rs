//! The semantics of an assessment, in the plainest form.
//!
//! [`assess_pair`] is the specification, which the chapter `scoring` of the manual explains. [`rank`](crate::matcher::rank) computes
//! the same faster; debug builds assert that both agree, and `tests/oracle.rs` compares them with a model that shares no code with
//! either.

use crate::{
    criteria::{Context, OfferValue, assess_with_reason, ignored, not_requested, restriction},
    matcher::{
        assessment::{Assessment, UnweightedFinding},
        idx::{FindingIdx, Slot},
        index::{Index, StoredOffer},
        profile::{Profile, Requirement},
    },
    model::{
        criterion::{CRITERIA, Criterion},
        enums::Rule,
        reason::Reason,
    },
};

/// Assesses one offer against one need: ten findings, whose contributions (weight × fit) add up to the score.
///
/// The weights are those of the profile, apportioned by the largest remainder method.
pub(crate) fn assess_pair(context: Context<'_>, profile: &Profile, offer: StoredOffer<'_>) -> Assessment {
    let mut findings = Vec::with_capacity(CRITERIA);
    for criterion in Criterion::all() {
        findings.push(assess_requirement(context, profile.requirement(criterion), *offer.values.get(criterion)));
    }
    let positions = std::array::from_fn(FindingIdx::new);
    Assessment::new(offer.id, profile.weights.as_array(), findings.into(), positions)
}

/// Assesses one criterion: the first of these that applies.
///
/// 1. The rule ignores the criterion.
/// 2. The need states a value: the outcome counts, and a `must` may exclude the offer.
/// 3. The offer restricts what the need leaves open: to be checked, without weight.
/// 4. The criterion is not requested.
pub(super) fn assess_requirement(
    context: Context<'_>,
    requirement: Requirement<'_>,
    offer: Option<&OfferValue>,
) -> UnweightedFinding {
    let Requirement { criterion, value, rule } = requirement;
    if rule.rule == Rule::Ignore {
        return not_counted(requirement, ignored(criterion), false);
    }
    let outcome = value.zip(offer).and_then(|(need, offer)| assess_with_reason(context, need, offer));
    if let Some((outcome, reason)) = outcome {
        return UnweightedFinding {
            fit: Some(outcome.fit),
            known: outcome.known,
            to_check: outcome.to_check,
            rule: rule.rule,
            blocks: rule.is_blocking(outcome.fit, outcome.known),
            reason,
        };
    }
    match offer.and_then(restriction) {
        Some(reason) => not_counted(requirement, reason, true),
        None => not_counted(requirement, not_requested(criterion), false),
    }
}

fn not_counted(requirement: Requirement<'_>, reason: Reason, to_check: bool) -> UnweightedFinding {
    UnweightedFinding { fit: None, known: false, to_check, rule: requirement.rule.rule, blocks: false, reason }
}

impl Index {
    /// Assesses the offer in a slot against a profile.
    pub(crate) fn assess(&self, profile: &Profile, slot: Slot) -> Assessment {
        assess_pair(self.context(), profile, self.stored_offer(slot))
    }
}
