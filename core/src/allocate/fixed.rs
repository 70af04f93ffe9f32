//! Parties without a choice: their offer is fixed, or `moves: none` keeps their previous one.

use crate::{
    allocate::{
        given::{FixedOffer, referral_error},
        index::{EntryIdx, IndexVec, OfferIdx, PartyIdx},
        instance::Instance,
        party::Party,
    },
    error::{ErrorKind, ErrorSink, message},
    model::need::Need,
    util::{ordered_map::OrderedMap, sort::sort_by_key},
};

/// The fixed referrals to one offer.
#[derive(Default)]
struct FixedLoad {
    /// The places that their parties take.
    places: u64,
    /// The entries that are reported if these are too many.
    entries: Vec<EntryIdx>,
}

/// Checks that each party can go to its fixed offer as a whole, and that no fixed offer exceeds its places.
///
/// Adds `request.fixed.{split_group, group, over_places}` to `errors`.
pub(crate) fn check_fixed(errors: &mut ErrorSink, instance: &Instance<'_>) {
    let mut loads: OrderedMap<OfferIdx, FixedLoad> = OrderedMap::default();
    for party in instance.parties.all.values() {
        let Some(offer) = party.fixed else { continue };
        let fixed: Vec<FixedOffer> = party.members.iter().filter_map(|member| instance.given.fixed(*member)).collect();
        let is_split = fixed.iter().any(|fixed| fixed.offer != offer);
        let error = if is_split {
            Some(("fixed.split_group", message!("fixed.split_group")))
        } else if !suits_other_members(instance, party, offer) {
            Some(("fixed.group", message!("fixed.group")))
        } else {
            None
        };
        if let Some((name, message)) = error {
            for fixed in &fixed {
                errors.push(referral_error(
                    instance.given.fixed_path,
                    fixed.entry,
                    None,
                    ErrorKind::Conflict,
                    name,
                    message.into(),
                ));
            }
        }
        if !is_split {
            let load = loads.entry(offer).or_default();
            load.places = load.places.saturating_add(u64::from(party.size()));
            // A counted referral takes no place, except for other members of its group that go to the same offer.
            let all_counted = fixed.iter().all(|fixed| fixed.is_counted);
            let takes_places = fixed.iter().filter(|fixed| all_counted || !fixed.is_counted);
            load.entries.extend(takes_places.map(|fixed| fixed.entry));
        }
    }
    check_loads(errors, instance, loads);
}

/// Returns `true` if the offer matches all members without a fixed referral. The options do not apply to a fixed party.
fn suits_other_members(instance: &Instance<'_>, party: &Party, offer: OfferIdx) -> bool {
    let mut others = party.members.iter().filter(|member| instance.given.fixed(**member).is_none());
    others.all(|member| instance.records.assess(*member, offer).is_some_and(|assessment| assessment.is_match()))
}

fn check_loads(errors: &mut ErrorSink, instance: &Instance<'_>, loads: OrderedMap<OfferIdx, FixedLoad>) {
    let mut limits: OrderedMap<EntryIdx, u64> = OrderedMap::default();
    for (offer, load) in loads.into_entries() {
        let limit = instance.records.offers.get(offer).and_then(|offer| offer.places.limit);
        if let Some(limit) = limit.filter(|limit| load.places > *limit) {
            for entry in load.entries {
                limits.insert(entry, limit);
            }
        }
    }
    for (entry, limit) in limits.into_entries() {
        let message = message!("fixed.over_places").with(&[("limit", &limit)]);
        let hint = message!("fixed.over_places.hint");
        let error =
            referral_error(instance.given.fixed_path, entry, None, ErrorKind::Conflict, "fixed.over_places", message);
        errors.push(error.with_hint(hint));
    }
}

/// The parties whose offer is fixed, or kept from a previous plan.
pub(crate) struct KeptReferrals {
    /// The offer of each of these parties, or `None`.
    pub(crate) offers: IndexVec<PartyIdx, Option<OfferIdx>>,
    /// For each offer that kept parties fill, the next party that would keep its previous referral there, or `None`.
    next: IndexVec<OfferIdx, Option<PartyIdx>>,
    /// The places that the kept parties leave at each offer, or `None` if their number is unlimited.
    pub(crate) places_left: IndexVec<OfferIdx, Option<u64>>,
    /// The parties with a previous referral to each offer, in the order in which they take its places. Empty if all are kept.
    pub(crate) claims: IndexVec<OfferIdx, Vec<PartyIdx>>,
}

impl KeptReferrals {
    /// Returns the next party that would keep its previous referral to an offer, or `None` if kept parties do not fill it.
    #[inline]
    pub(crate) fn next(&self, offer: OfferIdx) -> Option<PartyIdx> {
        self.next.get(offer).copied().flatten()
    }

    /// Returns the parties with a fixed referral.
    pub(crate) fn fixed(instance: &Instance<'_>) -> Self {
        let limits = instance.records.offers.values().map(|offer| offer.places.limit);
        let mut kept = Self {
            offers: instance.parties.all.values().map(|party| party.fixed).collect(),
            next: IndexVec::repeat(None, instance.records.offers.len()),
            places_left: limits.collect(),
            claims: IndexVec::repeat(Vec::new(), instance.records.offers.len()),
        };
        for party in instance.parties.all.values() {
            if let Some(offer) = party.fixed {
                take_places(&mut kept.places_left, offer, party.size());
            }
        }
        kept
    }

    /// Returns the parties with a fixed referral, and those that keep their previous offer under `moves: none`.
    ///
    /// After the fixed referrals, a party keeps its previous offer, whether it still matches or not, if
    ///
    /// 1. all members with a previous offer agree on it, and
    /// 2. it has enough places left; if there are too few, parties with the more urgent priority come first, then id order.
    pub(crate) fn fixed_or_previous(instance: &Instance<'_>) -> Self {
        let mut kept = Self::fixed(instance);
        let priority = |party: &Party| {
            let needs = party.members.iter().filter_map(|member| instance.records.needs.get(*member));
            needs.map(|need| Need::priority(need)).min()
        };
        let free = instance.parties.all.iter().filter(|(_, party)| party.fixed.is_none());
        let mut free: Vec<(PartyIdx, &Party, OfferIdx)> =
            free.filter_map(|(idx, party)| Some((idx, party, previous_offer(instance, party)?))).collect();
        // Stable, because parties of equal priority must keep id order.
        sort_by_key(&mut free, |(_, party, _)| priority(party));
        for (idx, party, offer) in free {
            if take_places(&mut kept.places_left, offer, party.size()) {
                kept.offers.set(idx, Some(offer));
            }
            if let Some(claims) = kept.claims.get_mut(offer) {
                claims.push(idx);
            }
        }
        for (offer, claims) in kept.claims.iter_mut() {
            let next = claims.iter().copied().find(|idx| kept.offers.get(*idx) == Some(&None));
            // Other parties may take places that are too few for the next one.
            if kept.places_left.get(offer) == Some(&Some(0)) {
                kept.next.set(offer, next);
            }
            if next.is_none() {
                *claims = Vec::new();
            }
        }
        kept
    }
}

/// Returns the offer on which all members with a previous referral agree.
fn previous_offer(instance: &Instance<'_>, party: &Party) -> Option<OfferIdx> {
    let mut previous = party.members.iter().filter_map(|member| instance.given.previous(*member));
    let offer = previous.next()?;
    previous.all(|other| other == offer).then_some(offer)
}

/// Takes places of an offer; returns `false` and takes none if too few are left.
fn take_places(places_left: &mut IndexVec<OfferIdx, Option<u64>>, offer: OfferIdx, size: u32) -> bool {
    let Some(Some(left)) = places_left.get_mut(offer) else { return true };
    match left.checked_sub(u64::from(size)) {
        Some(rest) => {
            *left = rest;
            true
        }
        None => false,
    }
}
