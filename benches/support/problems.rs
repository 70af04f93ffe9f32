//! Random problems of giving out places.

use lotse::solver::{CLASSES, Edge, Problem, Supply};

use crate::random::Random;

/// What a random problem looks like.
#[derive(Clone, Copy)]
pub(crate) struct Shape {
    /// Different supplies, and how many units each has.
    pub(crate) supplies: usize,
    pub(crate) count: u32,
    pub(crate) sinks: usize,
    pub(crate) edges: usize,
    /// Places in all.
    pub(crate) places: usize,
    /// Units take 1 to so many places.
    pub(crate) largest: usize,
    /// How many parts there are that have nothing to do with each other, with as many sinks each.
    pub(crate) parts: usize,
}

impl Shape {
    /// Single needs, no two alike.
    pub(crate) const fn single(supplies: usize, sinks: usize, edges: usize, places: usize) -> Self {
        Self { supplies, count: 1, sinks, edges, places, largest: 1, parts: 1 }
    }
}

/// A problem with needs of all priorities, scores of 0.3 to 1, and too few places.
pub(crate) fn problem(shape: &Shape) -> Problem {
    let mut random = Random(7);
    let mut places = vec![0; shape.sinks];
    for _ in 0..shape.places {
        places[random.below(shape.sinks)] += 1;
    }
    let supplies = (0..shape.supplies).map(|number| {
        let (sinks_of_part, part) = (shape.sinks / shape.parts, number % shape.parts);
        let mut sinks = std::collections::BTreeSet::new();
        while sinks.len() < shape.edges {
            sinks.insert(u32::try_from(part * sinks_of_part + random.below(sinks_of_part)).unwrap());
        }
        let size = 1 + random.below(shape.largest);
        let class = [3, 3, 3, 3, 3, 2, 2, 1, 0][random.below(9)];
        let mut people = [0; CLASSES];
        people[class] = u32::try_from(size).unwrap();
        let weight = size * [8, 4, 2, 1][class];
        let value = |random: &mut Random| i64::try_from((30_000_000 + random.below(70_000_000)) * weight).unwrap();
        let edges = sinks.into_iter().map(|sink| Edge { sink, kept: 0, value: value(&mut random) }).collect();
        Supply { count: shape.count, size: u32::try_from(size).unwrap(), people, edges, fixed: None }
    });
    Problem { supplies: supplies.collect(), capacities: places.into_iter().map(Some).collect() }
}
