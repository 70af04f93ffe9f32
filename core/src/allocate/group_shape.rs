//! The reason why a group has no common offer: the offers that match some members, and a partition.

use std::{cmp::Reverse, collections::BinaryHeap};

use crate::{
    allocate::{
        eligible::EligibleOffer,
        index::{NeedIdx, OfferIdx, ProfileIdx},
        instance::Instance,
        party::Party,
        unmet::{GroupPart, MAX_LISTED, UnmetReason},
    },
    util::{
        ordered_map::OrderedMap,
        progress::ProgressReporter,
        sort::{sort, sort_by_key},
    },
};

/// The parts of a group without a common offer. Members are positions in [`Party::alike_members`], so that groups that differ in
/// nothing but ids share them.
pub(crate) struct GroupShape {
    /// The first offers that match some members, with the members that they do not match.
    blocks: Vec<Part>,
    more_blocks: u64,
    /// The first parts of a partition, each with an offer that matches all of it.
    split: Vec<Part>,
    more_parts: u64,
}

/// An offer and the first of some members of a group.
struct Part {
    offer: OfferIdx,
    members: Vec<usize>,
    /// The number of further members.
    more: u64,
}

/// The members of a group that share a list of eligible offers.
struct Alike {
    members: Vec<usize>,
    /// The positions of the offers in the list of [`PartialOffer`]s.
    offers: Vec<usize>,
    has_part: bool,
}

/// An offer that matches some members of a group.
struct PartialOffer {
    offer: OfferIdx,
    /// The positions of the members that it matches in the list of [`Alike`].
    alike: Vec<usize>,
    /// The number of members that it matches and that have no part yet.
    without_part: usize,
}

impl GroupShape {
    /// Finds the parts of a group. Takes O(k log k) time for k pairs of a distinct list of eligible offers and an offer.
    pub(crate) fn new(instance: &Instance<'_>, party: &Party, progress: &ProgressReporter<'_>) -> Self {
        let members = instance.alike_members(party);
        let mut alike = alike_members(instance, &members);
        let mut offers = partial_offers(instance, &members, &mut alike);
        let blocks = offers.iter().take(MAX_LISTED).map(|offer| {
            let others = (0..).zip(&alike).filter(|(position, _)| offer.alike.binary_search(position).is_err());
            Part::new(offer.offer, others.map(|(_, alike)| alike))
        });
        let (mut blocks, more_blocks): (Vec<Part>, u64) = (blocks.collect(), more_than_listed(offers.len()));
        let (mut split, more_parts) = split(&mut alike, &mut offers, progress);
        limit_members(&mut blocks);
        limit_members(&mut split);
        Self { blocks, more_blocks, split, more_parts }
    }

    /// Returns the reason for one group.
    pub(crate) fn reason(&self, instance: &Instance<'_>, party: &Party) -> UnmetReason {
        let members = instance.alike_members(party);
        let parts = |parts: &[Part]| parts.iter().filter_map(|part| part.of_group(instance, &members)).collect();
        UnmetReason::NoCommonOffer {
            blocks: parts(&self.blocks),
            more_blocks: self.more_blocks,
            split: parts(&self.split),
            more_parts: self.more_parts,
        }
    }
}

impl Part {
    fn new<'a>(offer: OfferIdx, alike: impl Iterator<Item = &'a Alike>) -> Self {
        let mut members: Vec<usize> = alike.flat_map(|alike| alike.members.iter().copied()).collect();
        let more = more_than_listed(members.len());
        sort(&mut members);
        members.truncate(MAX_LISTED);
        Self { offer, members, more }
    }

    fn of_group(&self, instance: &Instance<'_>, members: &[NeedIdx]) -> Option<GroupPart> {
        let mut needs: Vec<NeedIdx> =
            self.members.iter().filter_map(|position| members.get(*position).copied()).collect();
        sort(&mut needs);
        let needs = needs.into_iter().filter_map(|need| instance.records.needs.get(need));
        let needs = needs.map(|need| need.id().to_owned()).collect();
        Some(GroupPart { offer: instance.records.offer_id(self.offer)?, needs, more_needs: self.more })
    }
}

/// Limits the members that all parts list to [`MAX_LISTED`]. The first parts list most, but each lists at least one member.
fn limit_members(parts: &mut [Part]) {
    let (mut left, mut later) = (MAX_LISTED, parts.len());
    for part in parts {
        later = later.saturating_sub(1);
        let removed = part.members.len().saturating_sub(left.saturating_sub(later));
        part.members.truncate(part.members.len().saturating_sub(removed));
        part.more = part.more.saturating_add(u64::try_from(removed).unwrap_or(u64::MAX));
        left = left.saturating_sub(part.members.len());
    }
}

/// Combines the members of a group that share a list of eligible offers.
fn alike_members(instance: &Instance<'_>, members: &[NeedIdx]) -> Vec<Alike> {
    let eligible = &instance.eligible;
    let mut by_list: OrderedMap<(ProfileIdx, Option<OfferIdx>), Vec<usize>> = OrderedMap::default();
    for (position, member) in members.iter().enumerate() {
        let previous = eligible.previous(*member).map(|previous| previous.offer);
        by_list.entry((eligible.profile(*member), previous)).or_default().push(position);
    }
    let alike = |(_, members)| Alike { members, offers: Vec::new(), has_part: false };
    by_list.into_entries().map(alike).collect()
}

/// Returns the offers that match some members, in the order of offers.
fn partial_offers(instance: &Instance<'_>, members: &[NeedIdx], alike: &mut [Alike]) -> Vec<PartialOffer> {
    let mut pairs: Vec<(OfferIdx, usize)> = Vec::new();
    for (position, alike) in alike.iter().enumerate() {
        let first = alike.members.first().and_then(|first| members.get(*first));
        let offers = first.into_iter().flat_map(|first| instance.eligible.get(*first));
        pairs.extend(offers.map(|EligibleOffer { offer, .. }| (offer, position)));
    }
    sort_by_key(&mut pairs, |(offer, _)| *offer);
    let mut offers = Vec::new();
    for pairs in pairs.chunk_by(|(a, _), (b, _)| a == b) {
        let Some((offer, _)) = pairs.first() else { continue };
        let mut partial = PartialOffer { offer: *offer, alike: Vec::with_capacity(pairs.len()), without_part: 0 };
        for (_, position) in pairs {
            let Some(alike) = alike.get_mut(*position) else { continue };
            alike.offers.push(offers.len());
            partial.alike.push(*position);
            partial.without_part = partial.without_part.saturating_add(alike.members.len());
        }
        offers.push(partial);
    }
    offers
}

/// Partitions the members of a group by greedy set cover: the offer that matches most of the remaining members comes next, of equal
/// ones the first in the order of offers. Returns the first parts, and the number of further ones.
fn split(alike: &mut [Alike], offers: &mut [PartialOffer], progress: &ProgressReporter<'_>) -> (Vec<Part>, u64) {
    let (mut split, mut more) = (Vec::new(), 0_u64);
    // A number of members only decreases, so an entry of the heap is an upper bound.
    let entries = offers.iter().enumerate().map(|(position, offer)| (offer.without_part, Reverse(position)));
    let mut heap: BinaryHeap<(usize, Reverse<usize>)> = entries.collect();
    while let Some((bound, Reverse(position))) = heap.pop() {
        let Some(offer) = offers.get(position).filter(|offer| offer.without_part > 0) else { continue };
        if offer.without_part < bound {
            heap.push((offer.without_part, Reverse(position)));
            continue;
        }
        if progress.is_cancelled() {
            break;
        }
        let matched: Vec<usize> =
            offer.alike.iter().copied().filter(|position| has_no_part(alike, *position)).collect();
        if split.len() < MAX_LISTED {
            split.push(Part::new(offer.offer, matched.iter().filter_map(|position| alike.get(*position))));
        } else {
            more = more.saturating_add(1);
        }
        for position in matched {
            let Some(alike) = alike.get_mut(position) else { continue };
            alike.has_part = true;
            for offer in &alike.offers {
                if let Some(offer) = offers.get_mut(*offer) {
                    offer.without_part = offer.without_part.saturating_sub(alike.members.len());
                }
            }
        }
    }
    (split, more)
}

fn has_no_part(alike: &[Alike], position: usize) -> bool {
    alike.get(position).is_some_and(|alike| !alike.has_part)
}

fn more_than_listed(length: usize) -> u64 {
    u64::try_from(length.saturating_sub(MAX_LISTED)).unwrap_or(u64::MAX)
}
