//! The offers to which a new referral of each need is possible.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::{
    allocate::{
        given::GivenReferrals,
        index::{Idx, IndexVec, NeedIdx, OfferIdx, ProfileIdx},
        options::AllocateOptions,
        records::Records,
    },
    decode::path::{Path, Record},
    error::{Error, ErrorKind, message},
    matcher::{
        idx::Slot,
        intern::{InternedProfile, InternedProfiles},
        rank::ScoredSlot,
    },
    util::{fixed::Score, progress::ProgressReporter, sort::sort_by_key},
};

/// The largest number of pairs of a distinct need, or group, and an eligible offer that one allocation holds: some 2.4 GB.
pub(crate) const MAX_PAIRS: usize = 300_000_000;

/// A list is sorted by counting if it has more than one offer in this many.
const DENSE: usize = 16;

/// An offer that matches a need and that the options do not rule out.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct EligibleOffer {
    pub(crate) offer: OfferIdx,
    pub(crate) score: Score,
}

/// The offers that match a profile and that the options do not rule out.
#[derive(Debug, Default)]
pub(crate) struct ProfileOffers {
    // INVARIANT: in the order of offers, each once.
    offers: Vec<EligibleOffer>,
    removed: RemovedMatches,
}

/// The options that ruled out a match.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct RemovedMatches {
    pub(crate) by_min_score: bool,
    pub(crate) by_neighbour_serves: bool,
}

/// The eligible offers of each need: those of its profile, which needs share, and that of its previous referral.
#[derive(Debug)]
pub(crate) struct EligibleOffers {
    profiles: IndexVec<ProfileIdx, ProfileOffers>,
    profile_of: IndexVec<NeedIdx, ProfileIdx>,
    /// The offer of a need's previous referral, if it matches and only the options rule it out for others.
    // INVARIANT: not among those of the profile.
    previous: IndexVec<NeedIdx, Option<EligibleOffer>>,
}

impl EligibleOffers {
    /// Finds the eligible offers of each need; equal profiles are matched once and share the result.
    ///
    /// The options do not apply to the offer of a need's previous referral. Takes O(profiles × offers) time. The result is
    /// incomplete if the operation was cancelled.
    ///
    /// # Errors
    ///
    /// `request.too_many` if there are more than `max_pairs` pairs of a profile and an offer.
    pub(crate) fn find(
        records: &Records<'_>,
        given: &GivenReferrals,
        options: &AllocateOptions<'_>,
        max_pairs: usize,
        progress: &ProgressReporter<'_>,
    ) -> Result<Self, Error> {
        let pairs = AtomicUsize::new(0);
        let interned = InternedProfiles::new(records.profiles.as_slice());
        let offer_by_slot = offer_by_slot(records);
        let profiles = records.matcher.index.map_matches(&interned, progress, |interned, matches| {
            // The lists of further profiles would only take memory.
            if pairs.load(Ordering::Relaxed) > max_pairs {
                return ProfileOffers::default();
            }
            let found = profile_offers(records, options, &offer_by_slot, interned, &matches);
            pairs.fetch_add(found.offers.len(), Ordering::Relaxed);
            found
        });
        if pairs.into_inner() > max_pairs {
            return Err(too_many_pairs(max_pairs));
        }
        let profile_of = interned.indices().iter().map(|index| ProfileIdx::from_usize(index.get())).collect();
        let previous = IndexVec::repeat(None, records.needs.len());
        let mut eligible = Self { profiles: profiles.into_iter().collect(), profile_of, previous };
        if options.min_score > Score::ZERO || !options.neighbour_serves {
            eligible.add_previous(records, given);
        }
        Ok(eligible)
    }

    /// Adds the offers of previous referrals that match and that the options have ruled out.
    fn add_previous(&mut self, records: &Records<'_>, given: &GivenReferrals) {
        for (need, _) in records.needs.iter() {
            let Some(offer) = given.previous(need).filter(|offer| self.score(need, *offer).is_none()) else { continue };
            if let Some(assessment) = records.assess(need, offer).filter(|assessment| assessment.is_match()) {
                self.previous.set(need, Some(EligibleOffer { offer, score: assessment.score() }));
            }
        }
    }

    /// Returns the eligible offers of one need, in the order of offers.
    pub(crate) fn get(&self, need: NeedIdx) -> impl Iterator<Item = EligibleOffer> {
        let offers = self.of_profile(self.profile(need));
        let previous = self.previous(need);
        let position = previous.map_or(0, |previous| offers.partition_point(|other| other.offer < previous.offer));
        let (before, after) = offers.split_at_checked(position).unwrap_or_default();
        before.iter().copied().chain(previous).chain(after.iter().copied())
    }

    /// Returns the offers that all needs of a profile share, in the order of offers.
    pub(crate) fn of_profile(&self, profile: ProfileIdx) -> &[EligibleOffer] {
        self.profiles.get(profile).map_or(&[], |profile| &profile.offers)
    }

    /// Returns the number of pairs of a profile and an eligible offer.
    pub(crate) fn pair_count(&self) -> usize {
        self.profiles.values().map(|profile| profile.offers.len()).fold(0, usize::saturating_add)
    }

    /// Returns the number of distinct profiles.
    pub(crate) fn profile_count(&self) -> usize {
        self.profiles.len()
    }

    /// Returns the index of a need's profile.
    pub(crate) fn profile(&self, need: NeedIdx) -> ProfileIdx {
        self.profile_of.get(need).copied().unwrap_or_default()
    }

    /// Returns the offer of a need's previous referral if it is eligible for this need, but not for its profile.
    pub(crate) fn previous(&self, need: NeedIdx) -> Option<EligibleOffer> {
        self.previous.get(need).copied().flatten()
    }

    /// Returns the number of eligible offers of one need.
    pub(crate) fn count(&self, need: NeedIdx) -> usize {
        let of_profile = self.of_profile(self.profile(need)).len();
        of_profile.saturating_add(usize::from(self.previous(need).is_some()))
    }

    /// Returns `true` if no offer is eligible for a need.
    pub(crate) fn is_empty(&self, need: NeedIdx) -> bool {
        self.count(need) == 0
    }

    /// Returns the options that ruled out matches of a need.
    pub(crate) fn removed(&self, need: NeedIdx) -> RemovedMatches {
        self.profiles.get(self.profile(need)).map(|profile| profile.removed).unwrap_or_default()
    }

    /// Returns the score of an eligible offer, or `None` if the offer is not eligible.
    pub(crate) fn score(&self, need: NeedIdx, offer: OfferIdx) -> Option<Score> {
        let offers = self.of_profile(self.profile(need));
        let position = offers.binary_search_by_key(&offer, |eligible| eligible.offer).ok();
        let previous = || self.previous(need).filter(|previous| previous.offer == offer);
        position.and_then(|position| offers.get(position).copied()).or_else(previous).map(|eligible| eligible.score)
    }
}

/// Returns the error of an allocation that would hold too many pairs.
pub(crate) fn too_many_pairs(max_pairs: usize) -> Error {
    let message = message!("too_many.pairs").with(&[("max", &max_pairs)]);
    let hint = message!("too_many.pairs.hint");
    let needs = Path::root(Record::Request);
    Error::new(needs.field("needs").error(ErrorKind::Value, "too_many", message).with_hint(hint))
}

fn offer_by_slot(records: &Records<'_>) -> Vec<Option<OfferIdx>> {
    let mut offer_by_slot = vec![None; records.matcher.index.slot_count()];
    for (offer, record) in records.offers.iter() {
        if let Some(of_slot) = offer_by_slot.get_mut(record.slot.get()) {
            *of_slot = Some(offer);
        }
    }
    offer_by_slot
}

/// Returns the matches of a profile that the options do not rule out.
fn profile_offers(
    records: &Records<'_>,
    options: &AllocateOptions<'_>,
    offer_by_slot: &[Option<OfferIdx>],
    interned: &InternedProfile<'_>,
    matches: &[ScoredSlot],
) -> ProfileOffers {
    let mut is_neighbour = records.matcher.index.is_from_neighbour(interned.profile);
    let mut may_serve = |slot: Slot| options.neighbour_serves || !is_neighbour(slot);
    let mut removed = RemovedMatches::default();
    let mut offers = Vec::with_capacity(matches.len());
    for found in matches {
        let (has_score, may_serve) = (found.score >= options.min_score.get(), may_serve(found.slot));
        removed.by_min_score |= !has_score;
        removed.by_neighbour_serves |= !may_serve;
        let offer = offer_by_slot.get(found.slot.get()).copied().flatten();
        if let Some(offer) = offer.filter(|_| has_score && may_serve) {
            offers.push(EligibleOffer { offer, score: Score::clamped(found.score) });
        }
    }
    offers.shrink_to_fit();
    sort_by_offer(&mut offers, records.offers.len());
    ProfileOffers { offers, removed }
}

/// Sorts offers by position. A dense list is sorted by counting in O(offers), others in O(n log n).
fn sort_by_offer(offers: &mut [EligibleOffer], offer_count: usize) {
    if offers.is_sorted_by_key(|eligible| eligible.offer) {
        return;
    }
    if offers.len() < offer_count / DENSE {
        sort_by_key(offers, |eligible| eligible.offer);
        return;
    }
    let mut by_offer: IndexVec<OfferIdx, Option<Score>> = IndexVec::repeat(None, offer_count);
    for eligible in offers.iter() {
        by_offer.set(eligible.offer, Some(eligible.score));
    }
    let sorted = by_offer.iter().filter_map(|(offer, score)| Some(EligibleOffer { offer, score: (*score)? }));
    for (eligible, sorted) in offers.iter_mut().zip(sorted) {
        *eligible = sorted;
    }
}
