//! The network of a transportation problem: arcs from supplies to sinks with their scalarized objectives.
//!
//! Arcs are stored in one array, grouped by supply (compressed sparse rows), so that pricing reads memory in order.

use std::ops::Range;

use crate::solver::{
    index::{ArcIdx, Idx, IndexVec, SinkIdx, SupplyIdx},
    lexicographic::{Scalar, Scalarization},
    problem::{Flow, Problem, too_large},
    residual::Residual,
};
use crate::{error::Error, util::sort::sort};

/// The free part of a problem in which every size is 1: without fixed units and without arcs that cannot improve a
/// solution.
pub(crate) struct Network<N> {
    /// The arcs of each supply.
    arcs: IndexVec<SupplyIdx, (ArcIdx, ArcIdx)>,
    /// The sink of each arc.
    heads: IndexVec<ArcIdx, SinkIdx>,
    /// The scalarized objective of one unit on each arc, above 0.
    objectives: IndexVec<ArcIdx, N>,
    /// The number of units of each supply, 0 if they are fixed.
    counts: IndexVec<SupplyIdx, u32>,
    /// The capacity of each sink less its fixed units.
    capacities: IndexVec<SinkIdx, Residual>,
}

impl<N: Scalar> Network<N> {
    /// Creates the network of a problem in which every size is 1.
    ///
    /// # Errors
    ///
    /// `problem.too_large` if positions exceed 32 bits, or an objective exceeds the scalar.
    pub(crate) fn new(problem: &Problem, scalarization: &Scalarization) -> Result<Self, Error> {
        let edges = problem.supplies.iter().map(|supply| supply.edges.len()).sum();
        let mut network = Self {
            arcs: IndexVec::with_capacity(problem.supplies.len()),
            heads: IndexVec::with_capacity(edges),
            objectives: IndexVec::with_capacity(edges),
            counts: IndexVec::with_capacity(problem.supplies.len()),
            capacities: problem.capacities.iter().map(|capacity| Residual::new(*capacity)).collect(),
        };
        for supply in &problem.supplies {
            let first = ArcIdx::from_usize(network.heads.len());
            if let Some(sink) = supply.fixed {
                network.capacities[SinkIdx(sink)].reserve(u64::from(supply.count));
            } else if supply.count > 0 {
                for (edge, objective) in supply.edges.iter().zip(scalarization.encode_edges(supply)) {
                    let objective = N::try_from(objective).map_err(|_| too_large())?;
                    if objective > N::default() {
                        network.heads.push(SinkIdx(edge.sink));
                        network.objectives.push(objective);
                    }
                }
            }
            network.counts.push(if supply.fixed.is_none() { supply.count } else { 0 });
            network.arcs.push((first, ArcIdx::from_usize(network.heads.len())));
        }
        // Nodes and arcs have positions of 32 bits, the last of which represents `None`.
        let nodes = network.counts.len().saturating_add(network.capacities.len());
        let positions = nodes.max(network.heads.len());
        if u32::try_from(positions).is_ok_and(|positions| positions < u32::MAX) {
            Ok(network)
        } else {
            Err(too_large())
        }
    }

    pub(crate) fn supplies(&self) -> usize {
        self.counts.len()
    }

    pub(crate) fn sinks(&self) -> usize {
        self.capacities.len()
    }

    pub(crate) fn arc_count(&self) -> usize {
        self.heads.len()
    }

    #[inline]
    pub(crate) fn count(&self, supply: SupplyIdx) -> u32 {
        self.counts[supply]
    }

    pub(crate) fn counts(&self) -> &IndexVec<SupplyIdx, u32> {
        &self.counts
    }

    #[inline]
    pub(crate) fn capacity(&self, sink: SinkIdx) -> Residual {
        self.capacities[sink]
    }

    pub(crate) fn capacities(&self) -> &IndexVec<SinkIdx, Residual> {
        &self.capacities
    }

    #[inline]
    pub(crate) fn head(&self, arc: ArcIdx) -> SinkIdx {
        self.heads[arc]
    }

    #[inline]
    pub(crate) fn objective(&self, arc: ArcIdx) -> N {
        self.objectives[arc]
    }

    /// Returns the arcs of a supply.
    #[inline]
    pub(crate) fn arcs(&self, supply: SupplyIdx) -> impl ExactSizeIterator<Item = ArcIdx> + use<N> {
        let (first, end) = self.arcs[supply];
        (first.0..end.0).map(ArcIdx)
    }

    /// Returns the arcs of a supply with their sinks and objectives.
    #[inline]
    pub(crate) fn arcs_with_data(&self, supply: SupplyIdx) -> impl ExactSizeIterator<Item = (ArcIdx, SinkIdx, N)> {
        let (first, end) = self.arcs[supply];
        let range = Range { start: first, end };
        let data = self.heads.range(range.clone()).iter().zip(self.objectives.range(range));
        (first.0..end.0).zip(data).map(|(arc, (head, objective))| (ArcIdx(arc), *head, *objective))
    }

    /// Returns the flow of a supply, given the flow on each arc.
    pub(crate) fn flow(&self, supply: SupplyIdx, flows: &IndexVec<ArcIdx, u32>) -> Flow {
        let mut flow: Flow = self.arcs(supply).map(|arc| (self.heads[arc].0, flows[arc])).collect();
        flow.retain(|(_, units)| *units > 0);
        sort(&mut flow);
        flow
    }
}
