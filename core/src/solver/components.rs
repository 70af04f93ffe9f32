//! Splits a problem into its connected components, and merges their solutions.
//!
//! Sinks are connected if a supply has edges to both. Components are found by union-find with path halving, in O(E log
//! S) for E edges and S sinks, nearly linear in practice (Tarjan, van Leeuwen 1984).

use crate::solver::{
    index::{ComponentIdx, Idx, IndexVec, SinkIdx, SupplyIdx},
    problem::{Certificate, Edge, Flow, Objective, PriceWitness, Problem, Solution, Supply},
};

/// A connected component as a problem of its own.
pub(crate) struct Component {
    pub(crate) problem: Problem,
    /// The position in the whole problem of each supply of the component.
    supplies: IndexVec<SupplyIdx, SupplyIdx>,
    /// The position in the whole problem of each sink of the component.
    sinks: IndexVec<SinkIdx, SinkIdx>,
}

/// Returns the connected components that have a supply, in the order of their first sinks; none if there are fewer than
/// two.
pub(crate) fn split(problem: &Problem) -> Vec<Component> {
    let mut sets = connect(problem);
    let mut components: IndexVec<ComponentIdx, Component> = IndexVec::new();
    let sinks = problem.capacities.len();
    let mut is_used: IndexVec<SinkIdx, bool> = IndexVec::from_elem(false, sinks);
    for sink in problem.supplies.iter().filter_map(|supply| reached_sinks(supply).next()) {
        is_used[sets.find(sink)] = true;
    }
    if is_used.iter().filter(|is_used| **is_used).count() < 2 {
        return Vec::new();
    }
    let mut component_of: IndexVec<SinkIdx, Option<ComponentIdx>> = IndexVec::from_elem(None, sinks);
    // The position of each sink in its component.
    let mut locals: IndexVec<SinkIdx, SinkIdx> = IndexVec::from_elem(SinkIdx::default(), sinks);
    for (sink, capacity) in (0..).map(SinkIdx).zip(&problem.capacities) {
        let root = sets.find(sink);
        if !is_used[root] {
            continue;
        }
        let index = *component_of[root].get_or_insert_with(|| {
            components.push(Component {
                problem: Problem::default(),
                supplies: IndexVec::new(),
                sinks: IndexVec::new(),
            })
        });
        let component = &mut components[index];
        locals[sink] = component.sinks.push(sink);
        component.problem.capacities.push(*capacity);
    }
    for (index, supply) in problem.enumerate_supplies() {
        let Some(first) = reached_sinks(supply).next() else { continue };
        let Some(component) = component_of[sets.find(first)] else { continue };
        let local = |sink: u32| locals[SinkIdx(sink)].0;
        let edges = supply.edges.iter().map(|edge| Edge { sink: local(edge.sink), ..*edge }).collect();
        let component = &mut components[component];
        component.supplies.push(index);
        component.problem.supplies.push(Supply { edges, fixed: supply.fixed.map(local), ..*supply });
    }
    components.into_vec()
}

/// Returns the sinks that are connected by supplies.
fn connect(problem: &Problem) -> DisjointSets {
    let mut sets = DisjointSets::new(problem.capacities.len());
    for supply in &problem.supplies {
        let mut sinks = reached_sinks(supply);
        let Some(first) = sinks.next() else { continue };
        for sink in sinks {
            sets.union(first, sink);
        }
    }
    sets
}

/// Returns the sinks of a supply's edges.
fn reached_sinks(supply: &Supply) -> impl Iterator<Item = SinkIdx> + '_ {
    supply.edges.iter().map(|edge| edge.sink).chain(supply.fixed).map(SinkIdx)
}

/// A union-find structure over sinks.
struct DisjointSets {
    parents: IndexVec<SinkIdx, SinkIdx>,
}

impl DisjointSets {
    fn new(sinks: usize) -> Self {
        Self { parents: (0..sinks).map(SinkIdx::from_usize).collect() }
    }

    /// Returns the root of a set: its first sink.
    fn find(&mut self, sink: SinkIdx) -> SinkIdx {
        let mut sink = sink;
        while self.parents[sink] != sink {
            // Path halving.
            let next = self.parents[self.parents[sink]];
            self.parents[sink] = next;
            sink = next;
        }
        sink
    }

    fn union(&mut self, a: SinkIdx, b: SinkIdx) {
        let (a, b) = (self.find(a), self.find(b));
        // The first sink becomes the root, so that components do not depend on the order of supplies.
        self.parents[a.max(b)] = a.min(b);
    }
}

/// Returns the solution of the whole problem, or `None` if a sum overflows.
pub(crate) fn merge(problem: &Problem, components: &[Component], solutions: Vec<Solution>) -> Option<Solution> {
    let sinks = problem.capacities.len();
    let (mut objective, mut bound) = (Objective::ZERO, Objective::ZERO);
    let mut flows: IndexVec<SupplyIdx, Flow> = IndexVec::from_elem(Flow::new(), problem.supplies.len());
    let mut prices: IndexVec<SinkIdx, Objective> = IndexVec::from_elem(Objective::ZERO, sinks);
    let mut witnesses: IndexVec<SinkIdx, Option<PriceWitness>> = IndexVec::from_elem(None, sinks);
    for (component, solution) in components.iter().zip(solutions) {
        let global = |sink: u32| component.sinks[SinkIdx(sink)].0;
        objective = objective.plus(solution.objective, 1)?;
        bound = bound.plus(solution.bound, 1)?;
        for (supply, flow) in component.supplies.iter().zip(solution.flows) {
            flows[*supply] = flow.into_iter().map(|(sink, units)| (global(sink), units)).collect();
        }
        let certificate = solution.certificate;
        for (sink, (price, witness)) in
            component.sinks.iter().zip(certificate.prices.into_iter().zip(certificate.witnesses))
        {
            prices[*sink] = price;
            witnesses[*sink] = witness.map(|witness| PriceWitness {
                supply: component.supplies[SupplyIdx(witness.supply)].0,
                from: witness.from.map(global),
                ..witness
            });
        }
    }
    let certificate = Certificate { prices: prices.into_vec(), witnesses: witnesses.into_vec() };
    Some(Solution { flows: flows.into_vec(), objective, bound, certificate })
}
