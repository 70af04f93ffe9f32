//! From a solution of the solver to referrals, unmet needs and the usage of offers.

use std::sync::Arc;

use crate::{
    allocate::{
        allocation::{Allocation, OfferUsage, Referral},
        assignment::Assignment,
        explain_unmet::unmet_needs,
        extra_places::min_extra_places,
        formulation::Formulation,
        index::{Idx, IndexVec, NeedIdx, OfferIdx, PartyIdx},
        instance::Instance,
        proof::{NeedLink, Proof},
        summary::NeedSummary,
    },
    error::Error,
    matcher::Finding,
    model::criterion::Criterion,
    solver::problem::{Objective, Solution, too_large},
    util::{progress::ProgressReporter, sort::sort_by},
};

/// The number of needs between two calls of the progress callback.
const ITEMS_PER_REPORT: usize = 256;

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
    let referrals = progress.unless_cancelled(referrals(instance, &assignment, progress))?;
    let unmet = progress.unless_cancelled(unmet_needs(instance, &assignment, progress))?;
    let offers = progress.unless_cancelled(offer_usage(instance, &assignment, &formulation, &solution, progress))?;
    let vocabulary = instance.records.matcher.vocabulary();
    let needs = instance.records.needs.iter().take_while(|(idx, _)| !is_cancelled_at(progress, idx.to_usize()));
    let needs = progress.unless_cancelled(needs.map(|(_, need)| NeedSummary::new(need, vocabulary)).collect())?;
    let links = links(instance, &formulation);
    let proof = Arc::new(Proof { problem: formulation.problem, solution, links });
    Ok(Allocation { referrals, unmet, offers, objective, bound, needs, proof })
}

/// Returns `true` if the operation is cancelled, which is asked for one position in some hundred.
fn is_cancelled_at(progress: &ProgressReporter<'_>, position: usize) -> bool {
    position % ITEMS_PER_REPORT == 0 && progress.is_cancelled()
}

/// Returns the referrals in the order of the needs' ids; incomplete if the operation was cancelled.
fn referrals(instance: &Instance<'_>, assignment: &Assignment, progress: &ProgressReporter<'_>) -> Vec<Referral> {
    let mut referrals = Vec::new();
    let served = instance.parties.all.values().zip(assignment.offers.values());
    let served = served.filter_map(|(party, offer)| offer.map(|offer| (party, offer)));
    let pairs = served.flat_map(|(party, offer)| party.members.iter().map(move |member| (*member, offer)));
    for (position, (member, offer)) in pairs.enumerate() {
        if is_cancelled_at(progress, position) {
            break;
        }
        referrals.extend(referral(instance, member, offer));
    }
    sort_by(&mut referrals, |a, b| a.need.cmp(&b.need));
    referrals
}

/// Returns the referral of a need to an offer, whether it matches or not.
pub(crate) fn referral(instance: &Instance<'_>, need: NeedIdx, offer: OfferIdx) -> Option<Referral> {
    let assessment = instance.records.assess(need, offer)?;
    let region = assessment.finding(Criterion::Region).map(|finding| finding.reason().code());
    let is_from_neighbour = matches!(region, Some("region.same_kreis" | "region.neighbour"));
    let violations = assessment.findings().filter(Finding::is_blocking).map(|finding| finding.criterion()).collect();
    Some(Referral {
        need: instance.records.needs.get(need)?.id().to_owned(),
        offer: assessment.offer().to_owned(),
        score: assessment.score(),
        is_fixed: instance.given.fixed(need).is_some_and(|fixed| fixed.offer == offer),
        is_from_neighbour,
        to_check: assessment.to_check().collect(),
        violations,
    })
}

fn offer_usage(
    instance: &Instance<'_>,
    assignment: &Assignment,
    formulation: &Formulation,
    solution: &Solution,
    progress: &ProgressReporter<'_>,
) -> Vec<OfferUsage> {
    let is_exact = formulation.problem.supplies.iter().all(|supply| supply.size == 1);
    let extra_places =
        if is_exact { IndexVec::new() } else { min_extra_places(instance, assignment, &formulation.kept, progress) };
    let offers = instance.records.offers.iter().zip(assignment.usage.values()).zip(&solution.certificate.prices);
    offers
        .map(|(((idx, offer), usage), price)| OfferUsage {
            offer: offer.id.to_string(),
            places: offer.places.limit,
            used: usage.used,
            is_assumed: offer.places.is_assumed,
            price: *price,
            is_exact,
            min_extra_places: extra_places.get(idx).copied().flatten(),
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
        let members = parties.iter().filter_map(|party: &PartyIdx| instance.parties.all.get(*party));
        for member in members.flat_map(|party| party.members_by_counted(given, false)) {
            if let Some(link) = links.get_mut(member) {
                link.supply = Some(supply);
            }
        }
    }
    links
}
