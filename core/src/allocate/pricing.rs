//! Pricing: the edges that a problem leaves out, at the prices of its solution.

use std::cmp::Reverse;

use crate::{
    allocate::{
        index::{Idx, IndexVec, KindIdx, OfferIdx, SupplyIdx},
        sparse_edges::SparseEdges,
    },
    error::Error,
    solver::{
        lexicographic::Scalarization,
        problem::{CLASSES, Edge, Flow, Objective, Problem, Solution, Supply, too_large},
    },
    util::{
        progress::ProgressReporter,
        sort::{sort, sort_by_key},
    },
};

/// The number of best edges that each supply keeps in the end.
const USEFUL_EDGES: usize = 16;
/// The number of supplies between two calls of the progress callback.
const SUPPLIES_PER_REPORT: usize = 64;

/// The prices of offers, and the cheapest offers of each kind.
pub(crate) struct Pricing<'a> {
    sparse: &'a SparseEdges,
    problem: &'a Problem,
    prices: &'a [Objective],
    scalarization: Scalarization,
    scalars: IndexVec<OfferIdx, i128>,
    /// The price of the cheapest offer of each kind, those without places included: no edge to the kind is a candidate below it. A
    /// list of its own, because a pass reads it for every pair of a supply and a kind.
    lowest: IndexVec<KindIdx, i128>,
    cheapest: IndexVec<KindIdx, CheapestOffers>,
}

/// The cheapest offers of a kind.
struct CheapestOffers {
    /// The cheapest offer of those with at least a number of places.
    // INVARIANT: both places and prices decrease strictly.
    steps: Vec<Step>,
    /// All offers with the price of the last step.
    last: Vec<OfferIdx>,
}

#[derive(Clone, Copy)]
struct Step {
    places: u64,
    price: i128,
    offer: OfferIdx,
}

/// An edge that is left out.
struct Candidate {
    gain: i128,
    edge: Edge,
}

impl<'a> Pricing<'a> {
    /// Creates the pricing at prices of the problem.
    ///
    /// # Errors
    ///
    /// `problem.too_large` if surpluses exceed 128 bits.
    pub(crate) fn new(sparse: &'a SparseEdges, problem: &'a Problem, prices: &'a [Objective]) -> Result<Self, Error> {
        let scalarization = scalarization(sparse, problem, prices).ok_or_else(too_large)?;
        let scalars: IndexVec<OfferIdx, i128> = prices.iter().map(|price| scalarization.encode(*price)).collect();
        let price = |offer: &OfferIdx| scalars.get(*offer).copied().unwrap_or_default();
        let lowest =
            sparse.kinds.iter().map(|(_, offers)| offers.iter().map(price).min().unwrap_or(i128::MAX)).collect();
        let cheapest = sparse.kinds.iter().map(|(_, offers)| CheapestOffers::new(problem, &scalars, offers)).collect();
        Ok(Self { sparse, problem, prices, scalarization, scalars, lowest, cheapest })
    }

    /// Returns edges that are left out and whose surplus is above that of their supply: the best `count` of each supply, and to each
    /// offer that of the best single person. Incomplete if the operation was cancelled.
    pub(crate) fn candidates(&self, count: usize, progress: &ProgressReporter<'_>) -> Vec<(SupplyIdx, Edge)> {
        let mut edges = Vec::new();
        let mut waiting: IndexVec<KindIdx, Option<Waiting>> = IndexVec::repeat(None, self.sparse.kinds.len());
        for (position, supply) in self.problem.supplies.iter().enumerate() {
            if position % SUPPLIES_PER_REPORT == 0 && progress.is_cancelled() {
                break;
            }
            if supply.fixed.is_some() {
                continue;
            }
            let index = SupplyIdx::from_usize(position);
            let (people, surplus) = (self.people(supply), self.surplus(supply));
            let mut best: Vec<Candidate> = Vec::new();
            let base = people.saturating_sub(surplus);
            for (kind, value) in self.sparse.kinds_of(index) {
                // Most edges end here.
                let above = base.saturating_add(i128::from(value));
                if above <= self.lowest(kind, supply.size) {
                    continue;
                }
                if supply.size == 1 {
                    Waiting { above, supply: index, value }.replace_if_better(waiting.get_mut(kind));
                }
                let Some((price, offer)) = self.cheapest(kind, supply.size, position) else { continue };
                let gain = above.saturating_sub(price);
                if gain > 0 {
                    let edge = Edge { sink: offer.to_sink(), kept: 0, value };
                    insert_candidate(&mut best, count, Candidate { gain, edge });
                }
            }
            edges.extend(best.into_iter().map(|candidate| (index, candidate.edge)));
        }
        for (kind, waiting) in waiting.iter() {
            let Some(waiting) = waiting else { continue };
            let cheaper = self.sparse.kinds.offers(kind).iter().filter(|offer| {
                let is_limited = self.problem.capacities.get(offer.to_usize()).is_some_and(Option::is_some);
                is_limited && self.price(**offer) < waiting.above
            });
            let edge = |offer: &OfferIdx| Edge { sink: offer.to_sink(), kept: 0, value: waiting.value };
            edges.extend(cheaper.map(|offer| (waiting.supply, edge(offer))));
        }
        edges
    }

    /// Returns the Lagrangian bound of the problem with all edges.
    ///
    /// # Errors
    ///
    /// `problem.too_large` if a sum overflows; `cancelled`.
    pub(crate) fn bound(&self, progress: &ProgressReporter<'_>) -> Result<Objective, Error> {
        let mut bound = Objective::ZERO;
        for (capacity, price) in self.problem.capacities.iter().zip(self.prices) {
            bound = bound.plus(*price, i128::from(capacity.unwrap_or(0))).ok_or_else(too_large)?;
        }
        for (position, supply) in self.problem.supplies.iter().enumerate() {
            if position % SUPPLIES_PER_REPORT == 0 && progress.is_cancelled() {
                break;
            }
            let mut largest = self.surplus(supply);
            if supply.fixed.is_none() {
                let people = self.people(supply);
                for (kind, value) in self.sparse.kinds_of(SupplyIdx::from_usize(position)) {
                    let objective = people.saturating_add(i128::from(value));
                    if objective.saturating_sub(self.lowest(kind, supply.size)) <= largest {
                        continue;
                    }
                    let Some((price, _)) = self.cheapest(kind, supply.size, position) else { continue };
                    largest = largest.max(objective.saturating_sub(price));
                }
            }
            let surplus = self.scalarization.decode(largest);
            bound = bound.plus(surplus, i128::from(supply.count)).ok_or_else(too_large)?;
        }
        progress.unless_cancelled(bound)
    }

    /// Returns the edges of each supply that the proof of a solution needs, and those of the largest surplus: few, in their order.
    pub(crate) fn useful_edges(&self, solution: &Solution) -> Vec<Vec<Edge>> {
        let mut needed: Vec<(u32, u32)> = Vec::new();
        for (sink, witness) in (0_u32..).zip(&solution.certificate.witnesses) {
            let Some(witness) = witness else { continue };
            needed.push((witness.supply, sink));
            needed.extend(witness.from.map(|from| (witness.supply, from)));
        }
        sort(&mut needed);
        let mut needed = needed.into_iter().peekable();
        let useful = |((index, supply), flow): ((u32, &Supply), &Flow)| {
            let mut sinks: Vec<u32> = flow.iter().map(|(sink, _)| *sink).collect();
            sinks.extend(supply.fixed);
            sinks.extend(std::iter::from_fn(|| needed.next_if(|(supply, _)| *supply <= index)).map(|(_, sink)| sink));
            sinks.extend(supply.edges.iter().filter(|edge| edge.kept > 0).map(|edge| edge.sink));
            let mut best: Vec<&Edge> = supply.edges.iter().collect();
            sort_by_key(&mut best, |edge| (Reverse(self.surplus_of(supply, edge)), edge.sink));
            sinks.extend(best.into_iter().take(USEFUL_EDGES).map(|edge| edge.sink));
            sort(&mut sinks);
            supply.edges.iter().filter(|edge| sinks.binary_search(&edge.sink).is_ok()).copied().collect()
        };
        (0_u32..).zip(&self.problem.supplies).zip(&solution.flows).map(useful).collect()
    }

    /// Returns a lower bound of the price of a unit's places at an offer of a kind.
    #[inline]
    fn lowest(&self, kind: KindIdx, size: u32) -> i128 {
        let lowest = self.lowest.get(kind).copied().unwrap_or(i128::MAX);
        if size == 1 { lowest } else { lowest.saturating_mul(i128::from(size)) }
    }

    fn price(&self, offer: OfferIdx) -> i128 {
        self.scalars.get(offer).copied().unwrap_or_default()
    }

    /// Returns the price of the places that a unit takes at the cheapest offer of a kind, and the offer. Of equally cheap ones,
    /// single people get different ones.
    fn cheapest(&self, kind: KindIdx, size: u32, position: usize) -> Option<(i128, OfferIdx)> {
        let CheapestOffers { steps, last, .. } = self.cheapest.get(kind)?;
        let step = steps.get(steps.partition_point(|step| step.places >= u64::from(size)).checked_sub(1)?)?;
        let other = position.checked_rem(last.len()).and_then(|position| last.get(position)).filter(|_| size == 1);
        Some((step.price.saturating_mul(i128::from(size)), other.copied().unwrap_or(step.offer)))
    }

    fn people(&self, supply: &Supply) -> i128 {
        self.scalarization.encode(Objective { people: supply.people.map(i128::from), ..Objective::ZERO })
    }

    /// Returns the objective of a unit on an edge, less the price of its places.
    fn surplus_of(&self, supply: &Supply, edge: &Edge) -> i128 {
        let price = self.price(OfferIdx::from_sink(edge.sink)).saturating_mul(i128::from(supply.size));
        self.scalarization.encode(supply.unit_objective(edge)).saturating_sub(price)
    }

    /// Returns the largest surplus of a unit on the edges of the problem; that of an unserved one is 0.
    fn surplus(&self, supply: &Supply) -> i128 {
        let surplus = |edge: &Edge| self.surplus_of(supply, edge);
        match supply.fixed {
            Some(sink) => supply.edges.iter().find(|edge| edge.sink == sink).map_or(0, surplus),
            None => {
                let fits = |edge: &&Edge| {
                    let places = self.problem.capacities.get(edge.sink as usize).copied().flatten();
                    supply.size == 1 || places.is_none_or(|places| places >= u64::from(supply.size))
                };
                supply.edges.iter().filter(fits).map(surplus).max().unwrap_or(0).max(0)
            }
        }
    }
}

/// The single person that would gain most by a place of a kind.
#[derive(Clone, Copy)]
struct Waiting {
    /// The objective of the person there, less its surplus.
    above: i128,
    supply: SupplyIdx,
    value: i64,
}

impl Waiting {
    fn replace_if_better(self, best: Option<&mut Option<Self>>) {
        if let Some(best) = best {
            if best.is_none_or(|best| best.above < self.above) {
                *best = Some(self);
            }
        }
    }
}

impl CheapestOffers {
    fn new(problem: &Problem, prices: &IndexVec<OfferIdx, i128>, offers: &[OfferIdx]) -> Self {
        let mut by_places: Vec<Step> = Vec::with_capacity(offers.len());
        for offer in offers {
            let places = problem.capacities.get(offer.to_usize()).copied().flatten().unwrap_or(u64::MAX);
            let price = prices.get(*offer).copied().unwrap_or_default();
            if places > 0 {
                by_places.push(Step { places, price, offer: *offer });
            }
        }
        let lowest = by_places.iter().map(|step| step.price).min();
        let last = by_places.iter().filter(|step| Some(step.price) == lowest).map(|step| step.offer).collect();
        sort_by_key(&mut by_places, |step| Reverse(step.places));
        let mut steps: Vec<Step> = Vec::new();
        for step in by_places {
            match steps.last_mut() {
                Some(last) if last.price <= step.price => {}
                Some(last) if last.places == step.places => *last = step,
                _ => steps.push(step),
            }
        }
        Self { steps, last }
    }
}

/// Inserts a candidate if it is among the best `count`, which are in descending order of gain.
fn insert_candidate(best: &mut Vec<Candidate>, count: usize, candidate: Candidate) {
    if best.len() == count && best.last().is_none_or(|last| last.gain >= candidate.gain) {
        return;
    }
    let position = best.partition_point(|other| other.gain >= candidate.gain);
    best.truncate(count.saturating_sub(1));
    best.insert(position, candidate);
}

/// Returns a scalarization that can represent the difference of two surpluses.
fn scalarization(sparse: &SparseEdges, problem: &Problem, prices: &[Objective]) -> Option<Scalarization> {
    let (mut people, mut kept, mut value) = ([0_u32; CLASSES], 0_u32, sparse.largest_value());
    let mut size = 1;
    for supply in &problem.supplies {
        size = size.max(supply.size);
        for (most, people) in people.iter_mut().zip(supply.people) {
            *most = people.max(*most);
        }
        for edge in &supply.edges {
            (kept, value) = (edge.kept.max(kept), edge.value.max(value));
        }
    }
    let objective = Objective { people: people.map(i128::from), kept: i128::from(kept), value: i128::from(value) };
    let mut reach = objective.levels();
    for price in prices {
        for ((reach, level), objective) in reach.iter_mut().zip(price.levels()).zip(objective.levels()) {
            *reach = (*reach).max(level.checked_abs()?.checked_mul(i128::from(size))?.checked_add(objective)?);
        }
    }
    Scalarization::new(Objective::from_levels(reach.map(|reach| reach.saturating_mul(4))))
}
