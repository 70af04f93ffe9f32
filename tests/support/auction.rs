//! The auction algorithm for transportation problems with unit sizes (Bertsekas, Castañon 1989), an independent
//! algorithm.
//!
//! Identical units do not bid against each other, and a bid for one place of a sink does not count its other places as
//! the second best choice. Being unserved is a sink with a place for each unit, and a supply without an objective fills
//! the places that stay free. So all units and places are matched in the end, and prices may start anywhere: ε-scaling
//! starts with a large step, and ends with one that proves optimality.

use std::collections::BTreeSet;

use lotse::solver::{CLASSES, Objective, Problem, Supply};

#[derive(Clone, Copy)]
struct Arc {
    sink: usize,
    objective: i128,
    flow: u64,
}

/// The units of a supply at one sink: the price up to which they stay, the supply, and the position of its arc.
type Lot = (i128, usize, usize);

/// Represents `None`, and is greater than every lot.
const NO_LOT: Lot = (i128::MAX, usize::MAX, usize::MAX);

/// The last sink represents being unserved.
struct Auction {
    arcs: Vec<Vec<Arc>>,
    counts: Vec<u64>,
    /// The number of units of each supply that are not matched.
    unmatched: Vec<u64>,
    /// The surplus of the units of each supply at the price up to which they stay.
    surpluses: Vec<i128>,
    /// The lots of each sink but those of the filler, which has one price everywhere.
    lots: Vec<BTreeSet<Lot>>,
    /// The lowest of these lots, adjacent in memory.
    lowest: Vec<Lot>,
    /// The supplies with units that are not matched.
    stack: Vec<usize>,
    /// The supply that fills free places. The next one, `unsold`, holds the places for which there is no bid yet.
    filler: usize,
}

/// Returns the optimal objective of a problem in which every size is 1, nothing is kept, nothing is fixed, and all
/// capacities are limited.
pub(crate) fn auction(problem: &Problem) -> Objective {
    let unserved = problem.capacities.len();
    let units: u64 = problem.supplies.iter().map(|supply| u64::from(supply.count)).sum();
    let mut capacities: Vec<u64> = problem.capacities.iter().map(|capacity| capacity.unwrap().min(units)).collect();
    let places: u64 = capacities.iter().sum();
    let largest = problem.supplies.iter().flat_map(|supply| &supply.edges).map(|edge| edge.value.unsigned_abs()).max();
    // As in the network simplex: values add up along a path, which visits each sink twice at most.
    let weight = (i128::from(largest.unwrap_or(0)) + 1) * (unserved as i128 + 1) * 4;
    let people = |supply: &Supply| weight * supply.people.iter().fold(0, |sum, people| sum * 64 + i128::from(*people));
    // Each unit may miss its best by the last step, which is 1: all together by less than two solutions can differ.
    let scale = i128::from(units) + i128::from(places) + 1;
    let (mut arcs, mut counts) = (Vec::new(), Vec::new());
    for supply in &problem.supplies {
        assert!(supply.size == 1 && supply.fixed.is_none() && supply.people.iter().all(|people| *people < 16));
        let mut own = vec![Arc { sink: unserved, objective: 0, flow: 0 }];
        for edge in &supply.edges {
            assert_eq!(edge.kept, 0);
            let (sink, objective) = (edge.sink as usize, (people(supply) + i128::from(edge.value)) * scale);
            if capacities[sink] > 0 && objective > 0 {
                own.push(Arc { sink, objective, flow: 0 });
            }
        }
        counts.push(if own.len() > 1 { u64::from(supply.count) } else { 0 });
        arcs.push(own);
    }
    capacities.push(counts.iter().sum());
    let to_all_sinks: Vec<Arc> = (0..=unserved).map(|sink| Arc { sink, objective: 0, flow: 0 }).collect();
    arcs.extend([to_all_sinks.clone(), to_all_sinks]);
    counts.extend([places, 0]);
    let mut step = arcs.iter().flatten().map(|arc| arc.objective).max().unwrap_or(0).max(1);
    let mut auction = Auction {
        unmatched: vec![0; counts.len()],
        surpluses: vec![0; counts.len()],
        lots: vec![BTreeSet::new(); capacities.len()],
        lowest: vec![(0, 0, 0); capacities.len()],
        stack: Vec::new(),
        filler: problem.supplies.len(),
        arcs,
        counts,
    };
    loop {
        step = (step / 5).max(1);
        auction.run(step, &capacities);
        if step == 1 {
            break;
        }
    }
    let mut objective = Objective::ZERO;
    for (supply, arcs) in problem.supplies.iter().zip(&auction.arcs) {
        for arc in &arcs[1..] {
            for class in 0..CLASSES {
                objective.people[class] += i128::from(arc.flow) * i128::from(supply.people[class]);
            }
            objective.value += i128::from(arc.flow) * (arc.objective / scale - people(supply));
        }
    }
    objective
}

impl Auction {
    /// Matches each unit with a place that misses its best by at most a step. Starts with the prices of the last run,
    /// and with the units that can stay.
    fn run(&mut self, step: i128, capacities: &[u64]) {
        let prices: Vec<i128> = (0..capacities.len()).map(|sink| self.lowest_lot(sink, usize::MAX).0).collect();
        let (filler, unsold) = (self.filler, self.filler + 1);
        let mut free = capacities.to_vec();
        self.lots.iter_mut().for_each(BTreeSet::clear);
        for supply in 0..unsold {
            if self.counts[supply] == 0 {
                continue;
            }
            let largest = self.arcs[supply].iter().map(|arc| arc.objective - prices[arc.sink]).max();
            self.surpluses[supply] = largest.unwrap_or(0) - step;
            self.unmatched[supply] = self.counts[supply];
            for (position, arc) in self.arcs[supply].iter_mut().enumerate().filter(|(_, arc)| arc.flow > 0) {
                let price = arc.objective - self.surpluses[supply];
                if price < prices[arc.sink] {
                    arc.flow = 0;
                } else if supply != filler {
                    self.lots[arc.sink].insert((price, supply, position));
                }
                free[arc.sink] -= arc.flow;
                self.unmatched[supply] -= arc.flow;
            }
            if self.unmatched[supply] > 0 {
                self.stack.push(supply);
            }
        }
        for (sink, lots) in self.lots.iter_mut().enumerate() {
            self.arcs[unsold][sink].flow = free[sink];
            if free[sink] > 0 {
                lots.insert((prices[sink], unsold, sink));
            }
            self.lowest[sink] = lots.first().copied().unwrap_or(NO_LOT);
        }
        while let Some(supply) = self.stack.pop() {
            while self.unmatched[supply] > 0 {
                self.bid(supply, step);
            }
        }
    }

    /// Returns the lowest lot of a sink that another supply holds.
    fn lowest_lot(&self, sink: usize, supply: usize) -> Lot {
        let mut lot = self.lowest[sink];
        if lot.1 == supply {
            lot = self.lots[sink].iter().find(|lot| lot.1 != supply).copied().unwrap_or(NO_LOT);
        }
        if supply != self.filler && self.arcs[self.filler][sink].flow > 0 {
            lot = lot.min((-self.surpluses[self.filler], self.filler, sink));
        }
        lot
    }

    /// Takes the best lot for unmatched units, at the price that makes it a step worse than the second best.
    fn bid(&mut self, supply: usize, step: i128) {
        let (mut best, mut second) = (None, None);
        for (position, arc) in self.arcs[supply].iter().enumerate() {
            let lot = self.lowest_lot(arc.sink, supply);
            if lot == NO_LOT {
                continue;
            }
            let surplus = arc.objective - lot.0;
            if best.is_none_or(|(largest, _, _)| surplus > largest) {
                second = best.replace((surplus, position, lot)).map(|(surplus, _, _)| surplus);
            } else {
                second = second.max(Some(surplus));
            }
        }
        // There are as many places as units, so other supplies hold some as long as a unit is unmatched.
        let (largest, position, lot) = best.unwrap();
        let Arc { sink, objective, flow: held } = self.arcs[supply][position];
        let remaining = &mut self.arcs[lot.1][lot.2].flow;
        let units = self.unmatched[supply].min(*remaining);
        *remaining -= units;
        if *remaining == 0 {
            self.lots[sink].remove(&lot);
            self.lowest[sink] = self.lots[sink].first().copied().unwrap_or(NO_LOT);
        }
        if lot.1 <= self.filler {
            if self.unmatched[lot.1] == 0 {
                self.stack.push(lot.1);
            }
            self.unmatched[lot.1] += units;
        }
        // A supply can prefer another place of the same sink only for its units elsewhere.
        if held + units < self.counts[supply] {
            let next = self.lowest_lot(sink, supply);
            second = second.max((next != NO_LOT).then(|| objective - next.0));
        }
        let old = self.surpluses[supply];
        self.surpluses[supply] = second.unwrap_or(largest) - step;
        self.unmatched[supply] -= units;
        self.arcs[supply][position].flow += units;
        if supply == self.filler {
            return;
        }
        for (position, arc) in self.arcs[supply].iter().enumerate().filter(|(_, arc)| arc.flow > 0) {
            let lots = &mut self.lots[arc.sink];
            lots.remove(&(arc.objective - old, supply, position));
            lots.insert((arc.objective - self.surpluses[supply], supply, position));
            self.lowest[arc.sink] = *lots.first().unwrap();
        }
    }
}
