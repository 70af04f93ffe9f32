//! Random allocation problems.

use lotse::solver::{CLASSES, Edge, Problem, Supply};

use crate::random::Random;

/// The shape of a random problem.
#[derive(Clone, Copy)]
pub(crate) struct Shape {
    /// The number of supplies.
    pub(crate) supplies: usize,
    /// The number of units of each supply.
    pub(crate) count: u32,
    /// The number of sinks.
    pub(crate) sinks: usize,
    /// The number of edges of each supply.
    pub(crate) edges: usize,
    /// The number of places of all sinks.
    pub(crate) places: usize,
    /// The largest size of a unit; the smallest is 1.
    pub(crate) max_size: usize,
    /// The number of connected components, with equally many sinks.
    pub(crate) components: usize,
}

impl Shape {
    /// Creates a connected shape of different units of size 1.
    pub(crate) const fn single(supplies: usize, sinks: usize, edges: usize, places: usize) -> Self {
        Self { supplies, count: 1, sinks, edges, places, max_size: 1, components: 1 }
    }
}

/// Returns a problem with needs of all priorities, scores of 0.3 to 1, and too few places.
pub(crate) fn problem(shape: &Shape) -> Problem {
    let mut random = Random(7);
    let mut capacities = vec![0; shape.sinks];
    for _ in 0..shape.places {
        capacities[random.below(shape.sinks)] += 1;
    }
    let supplies = (0..shape.supplies).map(|position| {
        let (sinks_of_component, component) = (shape.sinks / shape.components, position % shape.components);
        let mut sinks = std::collections::BTreeSet::new();
        while sinks.len() < shape.edges {
            let sink = component * sinks_of_component + random.below(sinks_of_component);
            sinks.insert(u32::try_from(sink).unwrap());
        }
        let size = 1 + random.below(shape.max_size);
        let class = [3, 3, 3, 3, 3, 2, 2, 1, 0][random.below(9)];
        let mut people = [0; CLASSES];
        people[class] = u32::try_from(size).unwrap();
        let weight = size * [8, 4, 2, 1][class];
        let value = |random: &mut Random| i64::try_from((30_000_000 + random.below(70_000_000)) * weight).unwrap();
        let edges = sinks.into_iter().map(|sink| Edge { sink, kept: 0, value: value(&mut random) }).collect();
        Supply { count: shape.count, size: u32::try_from(size).unwrap(), people, edges, fixed: None }
    });
    Problem { supplies: supplies.collect(), capacities: capacities.into_iter().map(Some).collect() }
}
