//! The fewest extra places at an offer with which one more unmet party fits.

use std::collections::VecDeque;

use crate::{
    allocate::{
        assignment::Assignment,
        formulation::Formulation,
        index::{DistinctIdx, IndexVec, OfferIdx, PartyIdx, ProfileIdx},
        instance::Instance,
        party::Party,
    },
    util::progress::ProgressReporter,
};

/// Returns the fewest extra places at each offer with which one more unmet party fits, or `None` if there is none:
///
/// 1. Of the unmet parties that match the offer, the smallest fits with as many places as it lacks, while no other referral changes.
/// 2. If none matches, one place is enough if a person moves there from an offer where one more place is enough.
///
/// Takes O(k) time for k pairs of a profile, or of a group, and an eligible offer. The result is incomplete if the operation was
/// cancelled.
pub(crate) fn min_extra_places(
    instance: &Instance<'_>,
    assignment: &Assignment,
    formulation: &Formulation,
    progress: &ProgressReporter<'_>,
) -> IndexVec<OfferIdx, Option<u64>> {
    let sizes = smallest_unmet(instance, assignment, progress);
    let lacking = sizes.iter().map(|(offer, size)| {
        let left = assignment.usage(offer)?.left?;
        size.map(|size| u64::from(size).saturating_sub(left))
    });
    let mut extra_places: IndexVec<OfferIdx, Option<u64>> = lacking.collect();
    extend_by_moves(instance, assignment, formulation, &mut extra_places, progress);
    extra_places
}

/// Returns the size of the smallest unmet party that each offer matches.
fn smallest_unmet(
    instance: &Instance<'_>,
    assignment: &Assignment,
    progress: &ProgressReporter<'_>,
) -> IndexVec<OfferIdx, Option<u32>> {
    let mut sizes: IndexVec<OfferIdx, Option<u32>> = IndexVec::repeat(None, instance.records.offers.len());
    let mut add = |offer: OfferIdx, size: u32| {
        if let Some(smallest) = sizes.get_mut(offer) {
            *smallest = Some(smallest.map_or(size, |smallest| smallest.min(size)));
        }
    };
    let mut by_profile: IndexVec<ProfileIdx, Option<u32>> = IndexVec::repeat(None, instance.eligible.profile_count());
    let mut is_seen: IndexVec<DistinctIdx, bool> = IndexVec::repeat(false, instance.parties.distinct_count());
    for party in assignment.unmet_parties(instance) {
        if progress.is_cancelled() {
            break;
        }
        let seen = is_seen.get_mut(party.distinct);
        if seen.is_none_or(|seen| std::mem::replace(seen, true)) {
            continue;
        }
        let size = party.size();
        match only_profile(instance, party) {
            Some(profile) => {
                if let Some(smallest) = by_profile.get_mut(profile) {
                    *smallest = Some(smallest.map_or(size, |smallest| smallest.min(size)));
                }
            }
            None => instance.offers(party).for_each(|common| add(common.offer, size)),
        }
    }
    for (profile, size) in by_profile.iter() {
        let Some(size) = size else { continue };
        if progress.is_cancelled() {
            break;
        }
        instance.eligible.of_profile(profile).iter().for_each(|eligible| add(eligible.offer, *size));
    }
    sizes
}

/// Returns the profile of a single need whose eligible offers are those of its profile.
fn only_profile(instance: &Instance<'_>, party: &Party) -> Option<ProfileIdx> {
    let &[member]: &[_; 1] = party.members.as_slice().try_into().ok()?;
    instance.eligible.previous(member).is_none().then(|| instance.eligible.profile(member))
}

/// Extends extra places to offers that no unmet party matches: breadth first along the moves of single people.
fn extend_by_moves(
    instance: &Instance<'_>,
    assignment: &Assignment,
    formulation: &Formulation,
    extra_places: &mut IndexVec<OfferIdx, Option<u64>>,
    progress: &ProgressReporter<'_>,
) {
    let movable = movable_by_offer(instance, assignment, formulation);
    let starts = extra_places.iter().filter(|(_, extra)| **extra == Some(1)).map(|(offer, _)| offer);
    let mut queue: VecDeque<OfferIdx> = starts.collect();
    let mut is_seen: IndexVec<ProfileIdx, bool> = IndexVec::repeat(false, instance.eligible.profile_count());
    while let Some(from) = queue.pop_front() {
        for party in movable.get(from).into_iter().flatten() {
            let Some(party) = instance.parties.all.get(*party) else { continue };
            let seen = only_profile(instance, party).and_then(|profile| is_seen.get_mut(profile));
            if seen.is_some_and(|seen| std::mem::replace(seen, true)) {
                continue;
            }
            if progress.is_cancelled() {
                return;
            }
            for common in instance.offers(party) {
                let is_limited = assignment.usage(common.offer).is_some_and(|usage| usage.left.is_some());
                let Some(extra) = extra_places.get_mut(common.offer) else { continue };
                if extra.is_none() && is_limited {
                    *extra = Some(1);
                    queue.push_back(common.offer);
                }
            }
        }
    }
}

/// Returns the parties of one person at each offer that are not fixed there.
fn movable_by_offer(
    instance: &Instance<'_>,
    assignment: &Assignment,
    formulation: &Formulation,
) -> IndexVec<OfferIdx, Vec<PartyIdx>> {
    let mut movable: IndexVec<OfferIdx, Vec<PartyIdx>> = IndexVec::repeat(Vec::new(), instance.records.offers.len());
    let supplies = formulation.problem.supplies.iter().zip(formulation.parties.values());
    for (_, parties) in supplies.filter(|(supply, _)| supply.size == 1 && supply.fixed.is_none()) {
        for party in parties {
            let offer = assignment.offers.get(*party).copied().flatten();
            if let Some(movable) = offer.and_then(|offer| movable.get_mut(offer)) {
                movable.push(*party);
            }
        }
    }
    movable
}
