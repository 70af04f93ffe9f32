//! The fewest extra places at an offer with which one more unmet party fits.

use crate::{
    allocate::{
        assignment::Assignment,
        fixed::KeptReferrals,
        index::{DistinctIdx, IndexVec, OfferIdx, ProfileIdx},
        instance::Instance,
        party::Party,
    },
    util::progress::ProgressReporter,
};

/// The number of places that are tried at an offer where a party waits to keep its previous referral.
const MAX_TRIALS: usize = 64;

/// Returns the fewest extra places at each offer with which one more unmet party fits while no other referral changes, or `None`
/// if no unmet party matches the offer.
///
/// With the places that it lacks, the smallest party fits. But under `moves: none` the parties that would keep their previous
/// referral to the offer take its places first, whether they match or not. If many of them wait, the result is an upper bound.
///
/// Takes O(k) time for k pairs of a profile, or of a group, and an eligible offer. The result is incomplete if the operation was
/// cancelled.
pub(crate) fn min_extra_places(
    instance: &Instance<'_>,
    assignment: &Assignment,
    kept: &KeptReferrals,
    progress: &ProgressReporter<'_>,
) -> IndexVec<OfferIdx, Option<u64>> {
    let sizes = smallest_unmet(instance, assignment, progress);
    let extra_places = sizes.iter().map(|(offer, size)| {
        let left = assignment.usage(offer)?.left?;
        let size = size.map(u64::from);
        if kept.claims.get(offer).is_none_or(Vec::is_empty) || progress.is_cancelled() {
            return size.map(|size| size.saturating_sub(left));
        }
        Claims::new(instance, assignment, kept, offer)?.extra_places(left, size)
    });
    extra_places.collect()
}

/// The parties that keep or would keep their previous referral to an offer, in the order in which they take its places.
struct Claims {
    parties: Vec<Claim>,
    /// The places that these parties may take.
    places: u64,
    /// The places that these parties leave to others.
    left: u64,
}

struct Claim {
    size: u64,
    is_kept: bool,
    is_unmet: bool,
}

impl Claims {
    fn new(instance: &Instance<'_>, assignment: &Assignment, kept: &KeptReferrals, offer: OfferIdx) -> Option<Self> {
        let parties = kept.claims.get(offer)?.iter().filter_map(|idx| {
            Some(Claim {
                size: u64::from(instance.parties.all.get(*idx)?.size()),
                is_kept: kept.offers.get(*idx).is_some_and(Option::is_some),
                is_unmet: assignment.offers.get(*idx).is_some_and(Option::is_none),
            })
        });
        let parties: Vec<Claim> = parties.collect();
        let left = kept.places_left.get(offer).copied().flatten()?;
        let kept = parties.iter().filter(|party| party.is_kept);
        let places = kept.fold(left, |places, party| places.saturating_add(party.size));
        Some(Self { parties, places, left })
    }

    /// Returns the extra places with which one more unmet party fits: one of these, or another of the size `smallest`. `left` are
    /// the places left at the offer.
    fn extra_places(&self, left: u64, smallest: Option<u64>) -> Option<u64> {
        let others = self.left.saturating_sub(left);
        let all = self.parties.iter().fold(others, |all, party| all.saturating_add(party.size));
        let further = if self.parties.iter().any(|party| party.is_unmet) { 0 } else { smallest? };
        // Enough for all of these parties.
        let enough = all.saturating_add(further).saturating_sub(self.places);
        let mut extra = 0_u64;
        for _ in 0..MAX_TRIALS {
            let lacking = self.lacking(self.places.saturating_add(extra), others, smallest);
            extra = extra.saturating_add(lacking);
            if lacking == 0 || extra >= enough {
                return Some(extra.min(enough));
            }
        }
        Some(enough)
    }

    /// Returns 0 if one more unmet party fits with this number of places, of which others need some. Returns otherwise the fewest
    /// further places with which one more of these parties has enough, or the others have.
    fn lacking(&self, places: u64, others: u64, smallest: Option<u64>) -> u64 {
        let (mut left, mut lacking) = (places, u64::MAX);
        let (mut keeps_all, mut serves_unmet) = (true, false);
        for party in &self.parties {
            if let Some(rest) = left.checked_sub(party.size) {
                left = rest;
                serves_unmet |= party.is_unmet;
            } else {
                lacking = lacking.min(party.size.saturating_sub(left));
                keeps_all &= !party.is_kept;
            }
        }
        let needed = if serves_unmet { Some(others) } else { smallest.map(|size| others.saturating_add(size)) };
        match needed.map(|needed| needed.saturating_sub(left)) {
            Some(0) if keeps_all => 0,
            Some(0) | None => lacking,
            Some(needed) => lacking.min(needed),
        }
    }
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
