//! Kinds of offers: offers that are alike for every need, apart from their ids and the number of their places.
//!
//! The lists of eligible offers of an incident with many alike offers are much shorter by kind.

use std::collections::BTreeMap;

use crate::{
    allocate::{
        index::{IndexVec, KindIdx, OfferIdx},
        records::Records,
    },
    criteria::{OfferValue, capacity},
    matcher::idx::ValueIdx,
    model::criterion::{CRITERIA, Criterion},
};

/// The kind of each offer.
pub(crate) struct Kinds {
    /// `None` for an offer that is left out.
    kind_of: IndexVec<OfferIdx, Option<KindIdx>>,
    // INVARIANT: the offers of a kind are in the order of offers.
    offers: IndexVec<KindIdx, Vec<OfferIdx>>,
}

/// The values of an offer for all criteria; of its capacity only what counts in a plan.
type KindKey = ([Option<ValueIdx>; CRITERIA], u8);

impl Kinds {
    /// Groups offers by kind, except those that `is_left_out`. O(m log m) for m offers.
    pub(crate) fn new(records: &Records<'_>, is_left_out: impl Fn(OfferIdx) -> bool) -> Self {
        let mut known: BTreeMap<KindKey, KindIdx> = BTreeMap::new();
        let mut offers: IndexVec<KindIdx, Vec<OfferIdx>> = IndexVec::new();
        let kind = |(offer, record): (OfferIdx, &_)| {
            if is_left_out(offer) {
                return None;
            }
            let kind = *known.entry(kind_key(records, record)).or_insert_with(|| offers.push(Vec::new()));
            if let Some(offers) = offers.get_mut(kind) {
                offers.push(offer);
            }
            Some(kind)
        };
        let kind_of = records.offers.iter().map(kind).collect();
        Self { kind_of, offers }
    }

    pub(crate) fn len(&self) -> usize {
        self.offers.len()
    }

    /// Returns the kind of an offer, or `None` if it is left out.
    pub(crate) fn of(&self, offer: OfferIdx) -> Option<KindIdx> {
        self.kind_of.get(offer).copied().flatten()
    }

    /// Returns the offers of a kind, in the order of offers.
    pub(crate) fn offers(&self, kind: KindIdx) -> &[OfferIdx] {
        self.offers.get(kind).map_or(&[], Vec::as_slice)
    }

    /// Iterates over the kinds and their offers.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (KindIdx, &[OfferIdx])> {
        self.offers.iter().map(|(kind, offers)| (kind, offers.as_slice()))
    }
}

fn kind_key(records: &Records<'_>, record: &crate::allocate::records::OfferRecord) -> KindKey {
    let index = &records.matcher.index;
    let mut values = [None; CRITERIA];
    for (value, criterion) in values.iter_mut().zip(Criterion::all()) {
        if criterion != Criterion::Capacity {
            *value = index.value_index(criterion, record.slot);
        }
    }
    let capacity = match index.value(Criterion::Capacity, record.slot) {
        Some(OfferValue::Capacity(capacity::OfferValue::Waitlist)) => 0,
        _ if record.places.is_assumed => 1,
        _ => 2,
    };
    (values, capacity)
}
