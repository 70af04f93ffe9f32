//! The solver's problem for an instance.

use crate::{
    allocate::{
        fixed::KeptReferrals,
        index::{DistinctIdx, Idx, IndexVec, OfferIdx, PartyIdx, SupplyIdx},
        instance::Instance,
        party::{CommonOffer, Party},
        sparse_edges::SparseEdges,
    },
    error::Error,
    model::enums::MoveMode,
    solver::problem::{Edge, Objective, Problem, Supply, too_large},
    util::progress::ProgressReporter,
};

/// The solver's problem for an instance, and what lies outside it.
pub(crate) struct Formulation {
    /// One sink for each offer, and one supply for parties that the solver need not distinguish.
    pub(crate) problem: Problem,
    /// The parties of each supply, one for each unit.
    pub(crate) parties: IndexVec<SupplyIdx, Vec<PartyIdx>>,
    /// The offers of parties that take no place because all their members are counted.
    pub(crate) outside: IndexVec<PartyIdx, Option<OfferIdx>>,
    /// The contribution of the counted referrals to the objective, on top of that of the problem.
    pub(crate) counted: Objective,
    /// The parties whose offer is fixed, or kept from a previous plan.
    pub(crate) kept: KeptReferrals,
    /// The edges that the problem lacks, or `None` if it has all of them.
    pub(crate) sparse: Option<SparseEdges>,
}

/// The largest number of edges of a problem that has all of them: 16 MB.
pub(crate) const MAX_EDGES: usize = 1 << 20;

/// Formulates the problem, with all of its edges if there are at most `max_edges`.
///
/// # Errors
///
/// `problem.too_large` if the sum of counted referrals overflows; `cancelled`.
pub(crate) fn formulate(
    instance: &Instance<'_>,
    moves: MoveMode,
    max_edges: usize,
    progress: &ProgressReporter<'_>,
) -> Result<Formulation, Error> {
    let kept = match moves {
        MoveMode::None => KeptReferrals::fixed_or_previous(instance),
        MoveMode::Few | MoveMode::Free => KeptReferrals::fixed(instance),
    };
    let capacities = instance.records.offers.values().map(|offer| offer.places.limit).collect();
    let mut formulation = Formulation {
        problem: Problem { supplies: Vec::new(), capacities },
        parties: IndexVec::new(),
        outside: IndexVec::repeat(None, instance.parties.all.len()),
        counted: Objective::ZERO,
        sparse: (edge_count(instance, &kept) > max_edges)
            .then(|| SparseEdges::new(instance, |offer| kept.next(offer).is_some(), progress)),
        kept,
    };
    let mut merged: IndexVec<DistinctIdx, Option<SupplyIdx>> =
        IndexVec::repeat(None, instance.parties.distinct_count());
    for (idx, party) in instance.parties.all.iter() {
        if progress.is_cancelled() {
            break;
        }
        let offer = formulation.kept.offers.get(idx).copied().flatten();
        if let Some(offer) = offer {
            let counted = instance.counted_objective(party, offer);
            formulation.counted = formulation.counted.plus(counted, 1).ok_or_else(too_large)?;
        }
        if party.size() == 0 {
            formulation.outside.set(idx, offer);
            continue;
        }
        let next = SupplyIdx::from_usize(formulation.parties.len());
        let supply = match merged.get_mut(party.distinct).filter(|_| offer.is_none()) {
            Some(supply) => *supply.get_or_insert(next),
            None => next,
        };
        formulation.add_unit(instance, supply, idx, offer);
    }
    progress.unless_cancelled(formulation)
}

/// Returns the number of edges of all supplies whose offer is not fixed.
fn edge_count(instance: &Instance<'_>, kept: &KeptReferrals) -> usize {
    let mut is_counted: IndexVec<DistinctIdx, bool> = IndexVec::repeat(false, instance.parties.distinct_count());
    let mut count = 0_usize;
    for (party, offer) in instance.parties.all.values().zip(kept.offers.values()) {
        let is_new = is_counted.get_mut(party.distinct).is_some_and(|counted| !std::mem::replace(counted, true));
        if offer.is_none() && is_new {
            count = count.saturating_add(instance.parties.offer_count(&instance.eligible, party));
        }
    }
    count
}

impl Formulation {
    /// Adds a party to a supply, which is created if it is the next one.
    fn add_unit(&mut self, instance: &Instance<'_>, supply: SupplyIdx, idx: PartyIdx, fixed: Option<OfferIdx>) {
        if let (Some(supply), Some(parties)) =
            (self.problem.supplies.get_mut(supply.to_usize()), self.parties.get_mut(supply))
        {
            supply.count = supply.count.saturating_add(1);
            parties.push(idx);
            return;
        }
        let Some(party) = instance.parties.all.get(idx) else { return };
        let is_sparse = self.sparse.is_some();
        if let Some(sparse) = &mut self.sparse {
            sparse.push(instance, Some(party).filter(|_| fixed.is_none()));
        }
        self.problem.supplies.push(new_supply(instance, &self.kept, party, fixed, is_sparse));
        self.parties.push(vec![idx]);
    }
}

/// Creates the supply of one party, which has a single edge if its offer is fixed.
fn new_supply(
    instance: &Instance<'_>,
    kept: &KeptReferrals,
    party: &Party,
    fixed: Option<OfferIdx>,
    is_sparse: bool,
) -> Supply {
    let edge =
        |offer: OfferIdx, value: i64| Edge { sink: offer.to_sink(), kept: instance.kept(party, false, offer), value };
    let edges = match fixed {
        Some(offer) => vec![edge(offer, instance.value(party, false, offer))],
        None => free_edges(instance, kept, party, is_sparse, edge),
    };
    Supply { count: 1, size: party.size(), people: party.people, edges, fixed: fixed.map(OfferIdx::to_sink) }
}

/// Returns the edges of a party whose offer is not fixed.
///
/// An offer that kept parties fill has an edge only from the next party that would keep its previous referral there. No plan uses
/// it, but one more place would go to that party, so the price of the offer is exact. If the edges are sparse, only those to previous
/// offers are returned.
fn free_edges(
    instance: &Instance<'_>,
    kept: &KeptReferrals,
    party: &Party,
    is_sparse: bool,
    edge: impl Fn(OfferIdx, i64) -> Edge,
) -> Vec<Edge> {
    let is_next = |next: PartyIdx| instance.parties.all.get(next).is_some_and(|next| next.distinct == party.distinct);
    let is_listed = |common: &CommonOffer| kept.next(common.offer).is_none_or(is_next);
    let to_edge = |common: CommonOffer| edge(common.offer, common.value);
    let mut edges: Vec<Edge> = match is_sparse && SparseEdges::has_list(instance, party) {
        true => instance.previous_offers(party).filter(is_listed).map(to_edge).collect(),
        false => instance.offers(party).filter(is_listed).map(to_edge).collect(),
    };
    let previous = party.members.iter().find_map(|member| instance.given.previous(*member));
    if let Some(offer) = previous.filter(|offer| kept.next(*offer).is_some_and(is_next)) {
        let position = edges.partition_point(|edge| edge.sink < offer.to_sink());
        if edges.get(position).is_none_or(|edge| edge.sink != offer.to_sink()) {
            edges.insert(position, edge(offer, instance.value(party, false, offer)));
        }
    }
    edges
}
