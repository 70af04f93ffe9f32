//! The offer of each party in a solution, and the places that remain.

use crate::{
    allocate::{
        formulation::Formulation,
        index::{IndexVec, OfferIdx, PartyIdx},
        instance::Instance,
        party::Party,
    },
    solver::problem::Solution,
};

/// The offer of each party in a solution, and the places that remain.
pub(crate) struct Assignment {
    /// The offer of each party, or `None` if it is unmet.
    pub(crate) offers: IndexVec<PartyIdx, Option<OfferIdx>>,
    pub(crate) usage: IndexVec<OfferIdx, Usage>,
}

/// The places and needs that an assignment gives to one offer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Usage {
    /// The places taken, apart from those already counted.
    pub(crate) used: u64,
    /// The places left, or `None` if the number of places is unlimited.
    pub(crate) left: Option<u64>,
    /// The number of needs that are referred to the offer.
    pub(crate) needs: u64,
}

impl Assignment {
    /// Distributes the flows of a solution to parties: the parties of a supply receive its offers in id order.
    pub(crate) fn new(instance: &Instance<'_>, formulation: &Formulation, solution: &Solution) -> Self {
        let mut offers = formulation.outside.clone();
        for (flow, parties) in solution.flows.iter().zip(formulation.parties.values()) {
            let units = flow.iter().flat_map(|(sink, count)| std::iter::repeat_n(*sink, *count as usize));
            for (sink, party) in units.zip(parties) {
                offers.set(*party, Some(OfferIdx::from_sink(sink)));
            }
        }
        let unused = |limit: Option<u64>| Usage { used: 0, left: limit, needs: 0 };
        let mut usage: IndexVec<OfferIdx, Usage> =
            instance.records.offers.values().map(|offer| unused(offer.places.limit)).collect();
        for (party, offer) in instance.parties.all.values().zip(offers.values()) {
            let Some(usage) = offer.and_then(|offer| usage.get_mut(offer)) else { continue };
            let size = u64::from(party.size());
            usage.used = usage.used.saturating_add(size);
            usage.left = usage.left.map(|left| left.saturating_sub(size));
            usage.needs = usage.needs.saturating_add(u64::try_from(party.members.len()).unwrap_or(u64::MAX));
        }
        Self { offers, usage }
    }

    /// Returns the parties without an offer, in the order of parties.
    pub(crate) fn unmet_parties<'a>(&'a self, instance: &'a Instance<'_>) -> impl Iterator<Item = &'a Party> {
        let parties = instance.parties.all.values().zip(self.offers.values());
        parties.filter(|(_, offer)| offer.is_none()).map(|(party, _)| party)
    }

    /// Returns the usage of an offer.
    pub(crate) fn usage(&self, offer: OfferIdx) -> Option<Usage> {
        self.usage.get(offer).copied()
    }
}
