//! Why a party got nothing.

use std::sync::Arc;

use crate::allocate::{
    allocation::UnmetReason,
    capacity::Places,
    party::{Candidate, Party},
};
use crate::{
    matcher::{DEFAULT_NEAR_MISSES, Matcher, profile::Profile},
    model::need::Need,
    util::ordered_map::OrderedMap,
};

/// What is around those who got nothing.
pub(super) struct Around<'a> {
    pub(super) matcher: &'a Matcher,
    pub(super) needs: &'a [Need],
    pub(super) profiles: &'a [Profile],
    pub(super) candidates: &'a [Arc<[Candidate]>],
    pub(super) places: &'a [Places],
    /// The places that the plan leaves at each offer; nothing where there is no limit.
    pub(super) left: &'a [Option<u64>],
    /// How many needs each offer got.
    pub(super) taken_by: &'a [u64],
}

impl Around<'_> {
    /// The first reason that holds for a party of so many people.
    pub(super) fn reason(&self, party: &Party, size: u64) -> UnmetReason {
        let of = |member: &usize| self.candidates.get(*member).map(|found| &**found).unwrap_or_default();
        if let Some(member) = party.members.iter().find(|member| of(member).is_empty()) {
            if let (Some(id), Some(profile)) = (self.need(*member), self.profiles.get(*member)) {
                return UnmetReason::NoOffer {
                    diagnosis: self.matcher.index.diagnose_profile(&id, profile, DEFAULT_NEAR_MISSES),
                };
            }
        }
        if party.choices.is_empty() {
            return self.no_common_offer(party);
        }
        let offers = || party.choices.iter().map(|choice| choice.offer);
        let left = |offer: usize| self.left.get(offer).copied().flatten().unwrap_or(0);
        let most_left = offers().map(left).max().unwrap_or(0);
        let limit = |offer: usize| self.places.get(offer).and_then(|places| places.limit).unwrap_or(u64::MAX);
        if size > 1 && (most_left > 0 || offers().all(|offer| limit(offer) < size)) {
            return UnmetReason::PartyTooLarge { people: size, left: most_left };
        }
        let assumed = |offer: &usize| self.places.get(*offer).is_some_and(|places| places.assumed);
        let unknown: Vec<String> = offers().filter(assumed).filter_map(|offer| self.id(offer)).collect();
        if !unknown.is_empty() {
            return UnmetReason::PlaceUnknown { offers: unknown };
        }
        let taken_by = offers().filter_map(|offer| self.taken_by.get(offer)).copied().fold(0, u64::saturating_add);
        UnmetReason::NoPlace { offers: u64::try_from(party.choices.len()).unwrap_or(u64::MAX), taken_by }
    }

    fn no_common_offer(&self, party: &Party) -> UnmetReason {
        let mut suits: OrderedMap<usize, Vec<usize>> = OrderedMap::default();
        for member in &party.members {
            for candidate in self.candidates.get(*member).into_iter().flat_map(|found| found.iter()) {
                suits.entry(candidate.offer).or_default().push(*member);
            }
        }
        let ids = |members: Vec<usize>| members.into_iter().filter_map(|member| self.need(member)).collect();
        let blocked =
            |suited: &[usize]| ids(party.members.iter().copied().filter(|member| !suited.contains(member)).collect());
        let blocks = suits.iter().filter_map(|(offer, suited)| Some((self.id(*offer)?, blocked(suited)))).collect();
        // The offer that suits the most of those who are left, again and again; of equals the first one.
        let mut rest: Vec<usize> = party.members.clone();
        let mut split = Vec::new();
        while !rest.is_empty() {
            let suited = |offer: usize| -> Vec<usize> {
                let suited = suits.get(&offer).into_iter().flatten().copied();
                suited.filter(|member| rest.contains(member)).collect()
            };
            let best = suits.keys().copied().rev().max_by_key(|offer| suited(*offer).len());
            let Some((offer, part)) = best.map(|offer| (offer, suited(offer))).filter(|(_, part)| !part.is_empty())
            else {
                break;
            };
            rest.retain(|member| !part.contains(member));
            split.extend(self.id(offer).map(|id| (id, ids(part))));
        }
        UnmetReason::NoCommonOffer { blocks, split }
    }

    fn id(&self, offer: usize) -> Option<String> {
        self.matcher.index.slots_by_id().keys().nth(offer).map(ToString::to_string)
    }

    fn need(&self, member: usize) -> Option<String> {
        self.needs.get(member).map(|need| need.id().to_owned())
    }
}
