//! From a solution of the solver to referrals, unmet needs and the usage of offers.

use std::sync::Arc;

use crate::{
    allocate::{
        allocation::{Allocation, OfferUsage, Referral},
        assignment::{Assignment, Usage},
        explain_unmet::UnmetExplainer,
        formulation::Formulation,
        index::{IndexVec, NeedIdx, OfferIdx, PartyIdx},
        instance::Instance,
        party::Party,
        proof::{NeedLink, Proof},
        summary::NeedSummary,
        unmet::UnmetNeed,
    },
    error::Error,
    matcher::Finding,
    model::criterion::Criterion,
    solver::problem::{Objective, Solution, too_large},
    util::{
        progress::ProgressReporter,
        sort::{sort_by, sort_by_key},
    },
};

/// Creates the allocation of a solution.
///
/// # Errors
///
/// `problem.too_large` if the objective with the counted referrals overflows; `cancelled`.
pub(crate) fn extract(
    instance: &Instance<'_>,
    formulation: Formulation,
    solution: Solution,
    progress: &ProgressReporter<'_>,
) -> Result<Allocation, Error> {
    let with_counted = |objective: Objective| objective.plus(formulation.counted, 1).ok_or_else(too_large);
    let (objective, bound) = (with_counted(solution.objective)?, with_counted(solution.bound)?);
    let assignment = Assignment::new(instance, &formulation, &solution);
    let referrals = referrals(instance, &assignment);
    let unmet = progress.unless_cancelled(unmet_needs(instance, &assignment, progress))?;
    let offers = offer_usage(instance, &assignment, &formulation, &solution);
    let vocabulary = instance.records.matcher.vocabulary();
    let needs = instance.records.needs.values().map(|need| NeedSummary::new(need, vocabulary)).collect();
    let links = links(instance, &formulation);
    let proof = Arc::new(Proof { problem: formulation.problem, solution, links });
    Ok(Allocation { referrals, unmet, offers, objective, bound, needs, proof })
}

fn referrals(instance: &Instance<'_>, assignment: &Assignment) -> Vec<Referral> {
    let mut referrals = Vec::new();
    for (party, offer) in instance.parties.values().zip(assignment.offers.values()) {
        let Some(offer) = offer else { continue };
        referrals.extend(party.members.iter().filter_map(|member| referral(instance, *member, *offer)));
    }
    sort_by(&mut referrals, |a, b| a.need.cmp(&b.need));
    referrals
}

fn referral(instance: &Instance<'_>, need: NeedIdx, offer: OfferIdx) -> Option<Referral> {
    let assessment = instance.records.assess(need, offer)?;
    let region = assessment.finding(Criterion::Region).map(|finding| finding.reason().code());
    let is_from_neighbour = matches!(region, Some("region.same_kreis" | "region.neighbour"));
    let violations = assessment.findings().filter(Finding::is_blocking).map(|finding| finding.criterion()).collect();
    Some(Referral {
        need: instance.records.needs.get(need)?.id().to_owned(),
        offer: assessment.offer().to_owned(),
        score: assessment.score(),
        is_fixed: instance.given.fixed(need).is_some(),
        is_from_neighbour,
        to_check: assessment.to_check().collect(),
        violations,
    })
}

/// Returns the unmet needs in id order; incomplete if the operation was cancelled.
fn unmet_needs(instance: &Instance<'_>, assignment: &Assignment, progress: &ProgressReporter<'_>) -> Vec<UnmetNeed> {
    let explainer = UnmetExplainer { instance, assignment };
    let mut unmet: Vec<(NeedIdx, UnmetNeed)> = Vec::new();
    for party in unmet_parties(instance, assignment) {
        if progress.is_cancelled() {
            break;
        }
        let reason = explainer.explain(party);
        unmet.extend(party.members.iter().filter_map(|member| {
            let need = instance.records.needs.get(*member)?.id().to_owned();
            Some((*member, UnmetNeed { need, reason: reason.clone() }))
        }));
    }
    sort_by_key(&mut unmet, |(need, _)| *need);
    unmet.into_iter().map(|(_, unmet)| unmet).collect()
}

fn unmet_parties<'a>(instance: &'a Instance<'_>, assignment: &'a Assignment) -> impl Iterator<Item = &'a Party> {
    let parties = instance.parties.values().zip(assignment.offers.values());
    parties.filter(|(_, offer)| offer.is_none()).map(|(party, _)| party)
}

fn offer_usage(
    instance: &Instance<'_>,
    assignment: &Assignment,
    formulation: &Formulation,
    solution: &Solution,
) -> Vec<OfferUsage> {
    let is_exact = formulation.problem.supplies.iter().all(|supply| supply.size == 1);
    let unmet: Vec<&Party> = unmet_parties(instance, assignment).collect();
    let min_extra_places = |offer: OfferIdx, usage: Usage| {
        let waiting = unmet.iter().filter(|party| party.has_offer(offer));
        waiting.map(|party| u64::from(party.size()).saturating_sub(usage.left_or_zero())).min()
    };
    let offers = instance.records.offers.iter().zip(assignment.usage.values()).zip(&solution.certificate.prices);
    offers
        .map(|(((idx, offer), usage), price)| OfferUsage {
            offer: offer.id.to_string(),
            places: offer.places.limit,
            used: usage.used,
            is_assumed: offer.places.is_assumed,
            price: *price,
            is_exact,
            min_extra_places: if is_exact { None } else { min_extra_places(idx, *usage) },
        })
        .collect()
}

/// Returns the link of each need to the problem, for [`Allocation::verify`].
fn links(instance: &Instance<'_>, formulation: &Formulation) -> IndexVec<NeedIdx, NeedLink> {
    let (records, given) = (&instance.records, &instance.given);
    let link = |(idx, need): (NeedIdx, &&_)| NeedLink {
        supply: None,
        previous: given.previous(idx),
        priority_weight: records.priority_weight(need),
    };
    let mut links: IndexVec<NeedIdx, NeedLink> = records.needs.iter().map(link).collect();
    for (supply, parties) in formulation.parties.iter() {
        let members = parties.iter().filter_map(|party: &PartyIdx| instance.parties.get(*party));
        for member in members.flat_map(|party| party.members_by_counted(given, false)) {
            if let Some(link) = links.get_mut(member) {
                link.supply = Some(supply);
            }
        }
    }
    links
}
