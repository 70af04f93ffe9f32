//! The reason why a party is unmet.

use crate::{
    allocate::{
        assignment::{Assignment, Usage},
        index::{NeedIdx, OfferIdx},
        instance::Instance,
        party::Party,
        unmet::{GroupPart, UnmetReason},
    },
    matcher::DEFAULT_NEAR_MISSES,
    util::ordered_map::OrderedMap,
};

/// Finds the reasons of unmet parties after an assignment.
pub(crate) struct UnmetExplainer<'a> {
    pub(crate) instance: &'a Instance<'a>,
    pub(crate) assignment: &'a Assignment,
}

impl UnmetExplainer<'_> {
    /// Returns the first reason that holds for an unmet party.
    pub(crate) fn explain(&self, party: &Party) -> UnmetReason {
        if let Some(reason) = self.no_offer(party) {
            return reason;
        }
        if party.offers.is_empty() {
            return self.no_common_offer(party);
        }
        if let Some(reason) = self.party_too_large(party) {
            return reason;
        }
        let offers = || party.offers.iter().map(|common| common.offer);
        let places = |offer: OfferIdx| self.instance.records.offers.get(offer).map(|offer| offer.places);
        let is_assumed = |offer: &OfferIdx| places(*offer).is_some_and(|places| places.is_assumed);
        let to_phone: Vec<String> = offers().filter(is_assumed).filter_map(|offer| self.offer_id(offer)).collect();
        if !to_phone.is_empty() {
            return UnmetReason::PlaceUnknown { offers: to_phone };
        }
        let needs = offers().filter_map(|offer| self.assignment.usage(offer)).map(|usage| usage.needs);
        UnmetReason::NoPlace {
            offers: u64::try_from(party.offers.len()).unwrap_or(u64::MAX),
            taken_by: needs.fold(0, u64::saturating_add),
        }
    }

    /// Returns a reason if a member has no eligible offer.
    fn no_offer(&self, party: &Party) -> Option<UnmetReason> {
        let (records, eligible) = (&self.instance.records, &self.instance.eligible);
        let member = party.members.iter().find(|member| eligible.get(**member).is_empty())?;
        let (need, profile) = (records.needs.get(*member)?, records.profiles.get(*member)?);
        let diagnosis = records.matcher.index.diagnose_profile(need.id(), profile, DEFAULT_NEAR_MISSES);
        Some(UnmetReason::NoOffer { diagnosis })
    }

    /// Returns a reason if the party has several people, and some places are left or no common offer has enough at all.
    fn party_too_large(&self, party: &Party) -> Option<UnmetReason> {
        let size = u64::from(party.size());
        let offers = || party.offers.iter().map(|common| common.offer);
        let left = |offer: OfferIdx| self.assignment.usage(offer).map_or(0, Usage::left_or_zero);
        let most_left = offers().map(left).max().unwrap_or(0);
        let limit = |offer: OfferIdx| self.instance.records.offers.get(offer).and_then(|offer| offer.places.limit);
        let is_too_small = |offer: OfferIdx| limit(offer).is_some_and(|limit| limit < size);
        let is_too_large = size > 1 && (most_left > 0 || offers().all(is_too_small));
        is_too_large.then_some(UnmetReason::PartyTooLarge { people: size, left: most_left })
    }

    /// Returns the offers that match some members, and a partition of the members.
    fn no_common_offer(&self, party: &Party) -> UnmetReason {
        let mut members_by_offer: OrderedMap<OfferIdx, Vec<NeedIdx>> = OrderedMap::default();
        for member in &party.members {
            for eligible in self.instance.eligible.get(*member) {
                members_by_offer.entry(eligible.offer).or_default().push(*member);
            }
        }
        let blocked = |matched: &[NeedIdx]| {
            party.members.iter().copied().filter(|member| !matched.contains(member)).collect::<Vec<_>>()
        };
        let blocks = members_by_offer.iter();
        let blocks = blocks.filter_map(|(offer, matched)| self.part(*offer, &blocked(matched))).collect();
        UnmetReason::NoCommonOffer { blocks, split: self.split(party, &members_by_offer) }
    }

    /// Partitions the members of a party by greedy set cover: the offer that matches most of the remaining members comes next, of
    /// equal ones the first in id order.
    fn split(&self, party: &Party, members_by_offer: &OrderedMap<OfferIdx, Vec<NeedIdx>>) -> Vec<GroupPart> {
        let mut rest = party.members.clone();
        let mut split = Vec::new();
        while !rest.is_empty() {
            let matched = |offer: OfferIdx| -> Vec<NeedIdx> {
                let matched = members_by_offer.get(&offer).into_iter().flatten().copied();
                matched.filter(|member| rest.contains(member)).collect()
            };
            // `max_by_key` returns the last of equal items, hence the reverse order.
            let best = members_by_offer.keys().copied().rev().max_by_key(|offer| matched(*offer).len());
            let Some((offer, members)) = best.map(|offer| (offer, matched(offer))) else { break };
            if members.is_empty() {
                break;
            }
            rest.retain(|member| !members.contains(member));
            split.extend(self.part(offer, &members));
        }
        split
    }

    fn part(&self, offer: OfferIdx, members: &[NeedIdx]) -> Option<GroupPart> {
        let needs = members.iter().filter_map(|member| self.instance.records.needs.get(*member));
        Some(GroupPart { offer: self.offer_id(offer)?, needs: needs.map(|need| need.id().to_owned()).collect() })
    }

    fn offer_id(&self, offer: OfferIdx) -> Option<String> {
        self.instance.records.offers.get(offer).map(|offer| offer.id.to_string())
    }
}
