//! Branch and bound over the fractional parties of the relaxation (Land, Doig 1960).
//!
//! Each node solves the [relaxation](super::relaxation), which assigns single people optimally, so that only parties
//! are branched on:
//!
//! 1. A node is pruned if its bound is not above the incumbent.
//! 2. If the relaxation splits no party, its solution becomes the incumbent.
//! 3. Otherwise [reduced-cost fixing](super::reduced_costs) removes edges, and the largest fractional party is branched
//!    on: it goes to the sink that has most of it, or does not.
//!
//! The search takes exponential time in the worst case; it is depth first, and limited by the number of edges of all
//! nodes.

use std::cmp::Reverse;

use crate::solver::{
    assignment::sum_by_sink,
    problem::{Flow, Objective, Problem, Supply},
    reduced_costs::{fix_by_reduced_cost, lagrangian_bound},
    relaxation::Relaxation,
    transport,
};
use crate::util::progress::ProgressReporter;

/// The largest number of parties that are not fixed.
const MAX_PARTIES: u64 = 60;
/// The limit on the sum of edges of all nodes: less than a second of work.
const MAX_EDGES: usize = 4_000_000;

/// The result of a search.
pub(crate) struct Outcome {
    /// The best solution that is better than the incumbent at the start, if any was found.
    pub(crate) improved: Option<Vec<Flow>>,
    /// `true` if no better solution exists.
    pub(crate) is_exhaustive: bool,
}

/// Searches for solutions whose objective is above `incumbent`.
pub(crate) fn search(incumbent: Objective, problem: &Problem, progress: &ProgressReporter<'_>) -> Outcome {
    let free = problem.supplies.iter().filter(|supply| is_free_party(supply));
    if free.map(|supply| u64::from(supply.count)).sum::<u64>() > MAX_PARTIES {
        return Outcome { improved: None, is_exhaustive: false };
    }
    let (separate, counts) = separate_parties(problem);
    let mut search = Search { incumbent, flows: None, edges: MAX_EDGES, progress };
    let is_exhaustive = search.branch(separate).is_some();
    let improved = search.flows.map(|flows| {
        let mut flows = flows.into_iter();
        let units = |(sink, units)| (sink, u32::try_from(units).unwrap_or(u32::MAX));
        let flow = |count| sum_by_sink(flows.by_ref().take(count).flatten()).into_iter().map(units).collect();
        counts.into_iter().map(flow).collect()
    });
    Outcome { improved, is_exhaustive }
}

fn is_free_party(supply: &Supply) -> bool {
    supply.size > 1 && supply.fixed.is_none()
}

/// Returns the problem with each free party as a supply of its own, and the number of supplies that each original one
/// became.
fn separate_parties(problem: &Problem) -> (Problem, Vec<usize>) {
    let mut separate = Problem { supplies: Vec::new(), capacities: problem.capacities.clone() };
    let mut counts = Vec::with_capacity(problem.supplies.len());
    for supply in &problem.supplies {
        let start = separate.supplies.len();
        if is_free_party(supply) {
            let party = |_| Supply { count: 1, ..supply.clone() };
            separate.supplies.extend((0..supply.count).map(party));
        } else {
            separate.supplies.push(supply.clone());
        }
        counts.push(separate.supplies.len().saturating_sub(start));
    }
    (separate, counts)
}

struct Search<'a> {
    incumbent: Objective,
    /// The flows of the incumbent, or `None` until one is found.
    flows: Option<Vec<Flow>>,
    /// The number of edges that may still be visited.
    edges: usize,
    progress: &'a ProgressReporter<'a>,
}

impl Search<'_> {
    /// Searches the subtree of a node. Returns `None` if it was not searched completely.
    fn branch(&mut self, mut node: Problem) -> Option<()> {
        let edges: usize = node.supplies.iter().map(|supply| supply.edges.len().saturating_add(1)).sum();
        self.edges = self.edges.checked_sub(edges)?;
        if !has_places_for_fixed(&node) {
            return Some(());
        }
        let relaxation = Relaxation::new(&node)?;
        let relaxed = transport::solve(&relaxation.problem, self.progress).ok()?;
        let prices = &relaxed.certificate.prices;
        let bound = lagrangian_bound(&node, prices)?;
        if bound.min(relaxed.objective) <= self.incumbent {
            return Some(());
        }
        let Some((party, sink)) = largest_fractional_party(&node, &relaxation, &relaxed.flows) else {
            self.flows = Some(integral_flows(&node, &relaxation, &relaxed.flows)?);
            self.incumbent = relaxed.objective;
            return Some(());
        };
        fix_by_reduced_cost(&mut node, prices, bound.minus(self.incumbent)?)?;
        let supply = node.supplies.get_mut(party)?;
        if supply.fixed.is_some() || supply.edges.iter().all(|edge| edge.sink != sink) {
            // Fixing has decided about the party.
            return self.branch(node);
        }
        supply.fixed = Some(sink);
        let mut without = node.clone();
        let supply = without.supplies.get_mut(party)?;
        supply.fixed = None;
        supply.edges.retain(|edge| edge.sink != sink);
        self.branch(node)?;
        self.branch(without)
    }
}

/// Returns `true` if all fixed units have places.
fn has_places_for_fixed(problem: &Problem) -> bool {
    let mut needed = vec![0_u64; problem.capacities.len()];
    for supply in &problem.supplies {
        if let Some(needed) = supply.fixed.and_then(|sink| needed.get_mut(sink as usize)) {
            *needed = needed.saturating_add(u64::from(supply.count).saturating_mul(u64::from(supply.size)));
        }
    }
    problem.capacities.iter().zip(needed).all(|(capacity, needed)| capacity.is_none_or(|capacity| needed <= capacity))
}

/// Returns the largest party that the relaxation splits, the first of several, with the sink that has most of it.
fn largest_fractional_party(node: &Problem, relaxation: &Relaxation, flows: &[Flow]) -> Option<(usize, u32)> {
    let supplies = node.supplies.iter().zip(relaxation.flows_by_supply(flows)).enumerate();
    let fractional =
        supplies.filter(|(_, (supply, _))| is_free_party(supply)).filter_map(|(party, (supply, flows))| {
            let places = sum_by_sink(flows.iter().flatten().copied());
            let (sink, most) = places.into_iter().max_by_key(|(sink, places)| (*places, Reverse(*sink)))?;
            (most < u64::from(supply.size)).then_some((supply.size, Reverse(party), sink))
        });
    fractional.max().map(|(_, Reverse(party), sink)| (party, sink))
}

/// Returns the flows of a relaxation that splits no party.
fn integral_flows(node: &Problem, relaxation: &Relaxation, flows: &[Flow]) -> Option<Vec<Flow>> {
    let supplies = node.supplies.iter().zip(relaxation.flows_by_supply(flows));
    let flow = |(supply, flows): (&Supply, &[Flow])| {
        let places = sum_by_sink(flows.iter().flatten().copied()).into_iter();
        let units = |places: u64| u32::try_from(places.checked_div(u64::from(supply.size))?).ok();
        places.map(|(sink, places)| Some((sink, units(places)?))).collect()
    };
    supplies.map(flow).collect()
}
