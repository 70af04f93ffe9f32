//! The edges of a problem of single places, side by side, with what each is worth in one number.
#![expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "positions are made here from a checked problem, and `first` has one entry more than there are supplies"
)]

use std::ops::Range;

use crate::solver::{
    lexicographic::{Number, Scale},
    problem::{Flow, Problem, too_large},
};
use crate::{error::Error, util::sort::sort};

/// What is to be decided: fixed supplies are no longer in it, nor are edges that are worth nothing.
pub(crate) struct Network<N> {
    /// The edges of supply `s` are `first[s]..first[s + 1]`.
    first: Vec<usize>,
    /// The sink of each edge.
    pub(crate) to: Vec<u32>,
    /// What a unit is worth along each edge; above 0.
    pub(crate) worth: Vec<N>,
    /// Units of each supply.
    pub(crate) count: Vec<u32>,
    /// Places of each sink; `u64::MAX` where there is no limit.
    pub(crate) places: Vec<u64>,
}

impl<N: Number> Network<N> {
    pub(crate) fn of(problem: &Problem, scale: &Scale) -> Result<Self, Error> {
        let edges = problem.supplies.iter().map(|supply| supply.edges.len()).sum();
        let mut network = Self {
            first: Vec::with_capacity(problem.supplies.len().saturating_add(1)),
            to: Vec::with_capacity(edges),
            worth: Vec::with_capacity(edges),
            count: Vec::with_capacity(problem.supplies.len()),
            places: problem.capacities.iter().map(|places| places.unwrap_or(u64::MAX)).collect(),
        };
        network.first.push(0);
        for supply in &problem.supplies {
            if let Some(sink) = supply.fixed {
                let places = &mut network.places[sink as usize];
                *places = if *places == u64::MAX { *places } else { places.saturating_sub(u64::from(supply.count)) };
            } else if supply.count > 0 {
                for (edge, worth) in supply.edges.iter().zip(scale.along(supply)) {
                    let worth = N::try_from(worth).map_err(|_| too_large())?;
                    if worth > N::default() {
                        network.to.push(edge.sink);
                        network.worth.push(worth);
                    }
                }
            }
            network.count.push(if supply.fixed.is_none() { supply.count } else { 0 });
            network.first.push(network.to.len());
        }
        // Nodes and edges are numbered with 32 bits, the last of which means none.
        let nodes = network.count.len().saturating_add(network.places.len());
        let numbers = nodes.max(network.to.len());
        if u32::try_from(numbers).is_ok_and(|numbers| numbers < u32::MAX) { Ok(network) } else { Err(too_large()) }
    }

    pub(crate) fn edges(&self, supply: usize) -> Range<usize> {
        self.first[supply]..self.first[supply + 1]
    }

    /// Where the units of a supply go, when so many go along each edge.
    pub(crate) fn flow_of(&self, supply: usize, along: &[u32]) -> Flow {
        let mut flow: Flow = self.edges(supply).map(|edge| (self.to[edge], along[edge])).collect();
        flow.retain(|(_, units)| *units > 0);
        sort(&mut flow);
        flow
    }
}
