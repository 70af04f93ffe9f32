//! The needs and offers of one allocation, by position.

use std::sync::Arc;

use crate::{
    allocate::{
        capacity::AvailablePlaces,
        index::{IndexVec, NeedIdx, OfferIdx},
    },
    criteria::{NeedValue, capacity},
    error::ErrorSink,
    matcher::{Assessment, Matcher, idx::Slot, profile::Profile},
    model::{
        criterion::Criterion,
        enums::{Priority, Rule},
        need::Need,
    },
    util::{fixed::Score, sort::sort_by_key},
};

/// The needs and offers of one allocation, both in id order.
pub(crate) struct Records<'a> {
    pub(crate) matcher: &'a Matcher,
    // INVARIANT: `needs` and `profiles` have the same positions.
    pub(crate) needs: IndexVec<NeedIdx, &'a Need>,
    pub(crate) profiles: IndexVec<NeedIdx, Profile>,
    pub(crate) offers: IndexVec<OfferIdx, OfferRecord>,
}

/// An offer of one allocation.
pub(crate) struct OfferRecord {
    pub(crate) id: Arc<str>,
    /// The slot of the offer in the matcher's store.
    pub(crate) slot: Slot,
    pub(crate) places: AvailablePlaces,
}

impl<'a> Records<'a> {
    /// Sorts the needs of a request by id and looks up their codes.
    pub(crate) fn new(errors: &mut ErrorSink, matcher: &'a Matcher, needs: &'a [Need]) -> Self {
        // Before the needs are sorted, because the paths of errors are those of the request.
        let profiles = allocation_profiles(errors, matcher, needs);
        let mut by_id: Vec<(&Need, Profile)> = needs.iter().zip(profiles).collect();
        sort_by_key(&mut by_id, |(need, _)| need.id());
        let (needs, profiles): (Vec<_>, Vec<_>) = by_id.into_iter().unzip();
        let offer = |(id, slot): (&Arc<str>, &Slot)| OfferRecord {
            id: Arc::clone(id),
            slot: *slot,
            places: AvailablePlaces::new(matcher, *slot),
        };
        Self {
            matcher,
            needs: needs.into_iter().collect(),
            profiles: profiles.into_iter().collect(),
            offers: matcher.index.slots_by_id().iter().map(offer).collect(),
        }
    }

    /// Returns the index of the need with this id, or `None` if there is none.
    pub(crate) fn need_idx(&self, id: &str) -> Option<NeedIdx> {
        self.needs.binary_search_by_key(id, |need| need.id())
    }

    /// Returns the index of the offer with this id, or `None` if there is none.
    pub(crate) fn offer_idx(&self, id: &str) -> Option<OfferIdx> {
        self.offers.binary_search_by_key(id, |offer| &offer.id)
    }

    /// Returns the id of an offer.
    pub(crate) fn offer_id(&self, offer: OfferIdx) -> Option<String> {
        self.offers.get(offer).map(|offer| offer.id.to_string())
    }

    /// Assesses one pair, whether it matches or not.
    pub(crate) fn assess(&self, need: NeedIdx, offer: OfferIdx) -> Option<Assessment> {
        Some(self.matcher.index.assess(self.profiles.get(need)?, self.offers.get(offer)?.slot))
    }

    /// Returns the value of a referral in the objective: score × people × priority weight, in hundred-millionths.
    pub(crate) fn value(&self, need: NeedIdx, score: Score) -> i64 {
        // At most 10⁸ × 10⁵ × 10³, which an `i64` holds.
        i64::from(score.get()).saturating_mul(self.value_factor(need))
    }

    /// Returns people × priority weight: the value of a referral for each unit of its score.
    pub(crate) fn value_factor(&self, need: NeedIdx) -> i64 {
        let Some(need) = self.needs.get(need) else { return 0 };
        i64::from(need.people()).saturating_mul(i64::from(self.priority_weight(need)))
    }

    /// Adds places to those that an offer may fill, if their number is limited.
    pub(crate) fn add_places(&mut self, offer: OfferIdx, places: u64) {
        if let Some(Some(limit)) = self.offers.get_mut(offer).map(|offer| &mut offer.places.limit) {
            *limit = limit.saturating_add(places);
        }
    }

    /// Returns the priority of each need, and the number of its people.
    pub(crate) fn people(&self, needs: impl Iterator<Item = NeedIdx>) -> impl Iterator<Item = (Priority, u32)> {
        needs.filter_map(|need| self.needs.get(need)).map(|need| (need.priority(), need.people()))
    }

    /// Returns the weight of one person of the need's priority.
    pub(crate) fn priority_weight(&self, need: &Need) -> u32 {
        self.matcher.policy().priority_weights.get(need.priority())
    }
}

/// Returns the profiles of needs for an allocation, in the order of the needs.
///
/// The plan counts the places: the criterion `capacity` keeps its weight, but its fit does not depend on their number, and a rule
/// `must` excludes nothing.
pub(crate) fn allocation_profiles(errors: &mut ErrorSink, matcher: &Matcher, needs: &[Need]) -> Vec<Profile> {
    let mut profiles = Profile::of_needs(errors, needs, matcher.index.context());
    for profile in &mut profiles {
        let capacity = profile.rules.get_mut(Criterion::Capacity);
        if capacity.rule == Rule::Must {
            capacity.rule = Rule::Prefer;
        }
        if let Some(value) = profile.values.get_mut(Criterion::Capacity) {
            *value = NeedValue::Capacity(capacity::NeedValue::Allocated);
        }
    }
    profiles
}
