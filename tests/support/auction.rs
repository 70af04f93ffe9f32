//! A candidate to be measured: the auction of Bertsekas and Castañon (1989) for single places. Units that are alike do not bid
//! against each other, and who bids for one place of a sink does not count the others as a second choice.
//!
//! To stay unserved is a sink with a place for each unit, and a supply that is worth nothing fills what stays free. So all units and
//! places are matched in the end, and prices may start anywhere: with a coarse step first, and at last with one that proves the
//! optimum.

use std::collections::BTreeSet;

use lotse::solver::{CLASSES, Objective, Problem, Supply};

/// A way from a supply to a sink.
#[derive(Clone, Copy)]
struct Way {
    sink: usize,
    worth: i128,
    units: u64,
}

/// The units of a supply at one sink: the price up to which they stay, the supply, the number of its way.
type Lot = (i128, usize, usize);

const NOTHING: Lot = (i128::MAX, usize::MAX, usize::MAX);

/// The last sink is to stay unserved.
struct Auction {
    ways: Vec<Vec<Way>>,
    count: Vec<u64>,
    waiting: Vec<u64>,
    /// What each unit of a supply gains at the price up to which it stays.
    gain: Vec<i128>,
    /// The lots of each sink but those of the filler, which has one price everywhere.
    lots: Vec<BTreeSet<Lot>>,
    /// The lowest of these lots, close together.
    lowest: Vec<Lot>,
    /// The supplies with units that wait.
    stack: Vec<usize>,
    /// The supply that fills what stays free; after it comes nobody, who holds what no one has bid for yet.
    filler: usize,
}

/// What the best plan is worth, where every size is 1, nothing is kept, nothing is fixed, and all places are limited.
pub(crate) fn auction(problem: &Problem) -> Objective {
    let unserved = problem.capacities.len();
    let units: u64 = problem.supplies.iter().map(|supply| u64::from(supply.count)).sum();
    let mut places: Vec<u64> = problem.capacities.iter().map(|places| places.unwrap().min(units)).collect();
    let free: u64 = places.iter().sum();
    let largest = problem.supplies.iter().flat_map(|supply| &supply.edges).map(|edge| edge.value.unsigned_abs()).max();
    // As in the network simplex: values add up along a path, which meets each sink twice at most.
    let stride = (i128::from(largest.unwrap_or(0)) + 1) * (unserved as i128 + 1) * 4;
    let people = |supply: &Supply| stride * supply.people.iter().fold(0, |sum, people| sum * 64 + i128::from(*people));
    // Each unit may miss its best by the last step, which is 1: all together by less than two plans can differ.
    let scale = i128::from(units) + i128::from(free) + 1;
    let (mut ways, mut count) = (Vec::new(), Vec::new());
    for supply in &problem.supplies {
        assert!(supply.size == 1 && supply.fixed.is_none() && supply.people.iter().all(|people| *people < 16));
        let mut own = vec![Way { sink: unserved, worth: 0, units: 0 }];
        for edge in &supply.edges {
            assert_eq!(edge.kept, 0);
            let (sink, worth) = (edge.sink as usize, (people(supply) + i128::from(edge.value)) * scale);
            if places[sink] > 0 && worth > 0 {
                own.push(Way { sink, worth, units: 0 });
            }
        }
        count.push(if own.len() > 1 { u64::from(supply.count) } else { 0 });
        ways.push(own);
    }
    places.push(count.iter().sum());
    let all: Vec<Way> = (0..=unserved).map(|sink| Way { sink, worth: 0, units: 0 }).collect();
    ways.extend([all.clone(), all]);
    count.extend([free, 0]);
    let mut step = ways.iter().flatten().map(|way| way.worth).max().unwrap_or(0).max(1);
    let mut auction = Auction {
        waiting: vec![0; count.len()],
        gain: vec![0; count.len()],
        lots: vec![BTreeSet::new(); places.len()],
        lowest: vec![(0, 0, 0); places.len()],
        stack: Vec::new(),
        filler: problem.supplies.len(),
        ways,
        count,
    };
    loop {
        step = (step / 5).max(1);
        auction.run(step, &places);
        if step == 1 {
            break;
        }
    }
    let mut worth = Objective::ZERO;
    for (supply, ways) in problem.supplies.iter().zip(&auction.ways) {
        for way in &ways[1..] {
            for class in 0..CLASSES {
                worth.people[class] += i128::from(way.units) * i128::from(supply.people[class]);
            }
            worth.value += i128::from(way.units) * (way.worth / scale - people(supply));
        }
    }
    worth
}

impl Auction {
    /// Gives each unit a place that misses its best by a step at most. It starts at the prices of the last run, and with the units
    /// that can stay where they are.
    fn run(&mut self, step: i128, places: &[u64]) {
        let prices: Vec<i128> = (0..places.len()).map(|sink| self.offer(sink, usize::MAX).0).collect();
        let (filler, nobody) = (self.filler, self.filler + 1);
        let mut left = places.to_vec();
        self.lots.iter_mut().for_each(BTreeSet::clear);
        for supply in 0..nobody {
            if self.count[supply] == 0 {
                continue;
            }
            let most = self.ways[supply].iter().map(|way| way.worth - prices[way.sink]).max();
            self.gain[supply] = most.unwrap_or(0) - step;
            self.waiting[supply] = self.count[supply];
            for (number, way) in self.ways[supply].iter_mut().enumerate().filter(|(_, way)| way.units > 0) {
                let price = way.worth - self.gain[supply];
                if price < prices[way.sink] {
                    way.units = 0;
                } else if supply != filler {
                    self.lots[way.sink].insert((price, supply, number));
                }
                left[way.sink] -= way.units;
                self.waiting[supply] -= way.units;
            }
            if self.waiting[supply] > 0 {
                self.stack.push(supply);
            }
        }
        for (sink, lots) in self.lots.iter_mut().enumerate() {
            self.ways[nobody][sink].units = left[sink];
            if left[sink] > 0 {
                lots.insert((prices[sink], nobody, sink));
            }
            self.lowest[sink] = lots.first().copied().unwrap_or(NOTHING);
        }
        while let Some(supply) = self.stack.pop() {
            while self.waiting[supply] > 0 {
                self.bid(supply, step);
            }
        }
    }

    /// The lowest lot of a sink that another supply holds.
    fn offer(&self, sink: usize, supply: usize) -> Lot {
        let mut lot = self.lowest[sink];
        if lot.1 == supply {
            lot = self.lots[sink].iter().find(|lot| lot.1 != supply).copied().unwrap_or(NOTHING);
        }
        if supply != self.filler && self.ways[self.filler][sink].units > 0 {
            lot = lot.min((-self.gain[self.filler], self.filler, sink));
        }
        lot
    }

    /// Takes the best lot for units that wait, at the price that makes it a step worse than the second best.
    fn bid(&mut self, supply: usize, step: i128) {
        let (mut best, mut second) = (None, None);
        for (number, way) in self.ways[supply].iter().enumerate() {
            let lot = self.offer(way.sink, supply);
            if lot == NOTHING {
                continue;
            }
            let gain = way.worth - lot.0;
            if best.is_none_or(|(most, _, _)| gain > most) {
                second = best.replace((gain, number, lot)).map(|(gain, _, _)| gain);
            } else {
                second = second.max(Some(gain));
            }
        }
        // There are as many places as units, so others hold some as long as one waits.
        let (most, number, lot) = best.unwrap();
        let Way { sink, worth, units: held } = self.ways[supply][number];
        let left = &mut self.ways[lot.1][lot.2].units;
        let units = self.waiting[supply].min(*left);
        *left -= units;
        if *left == 0 {
            self.lots[sink].remove(&lot);
            self.lowest[sink] = self.lots[sink].first().copied().unwrap_or(NOTHING);
        }
        if lot.1 <= self.filler {
            if self.waiting[lot.1] == 0 {
                self.stack.push(lot.1);
            }
            self.waiting[lot.1] += units;
        }
        // Only with units elsewhere can a supply prefer another place of the same sink.
        if held + units < self.count[supply] {
            let next = self.offer(sink, supply);
            second = second.max((next != NOTHING).then(|| worth - next.0));
        }
        let old = self.gain[supply];
        self.gain[supply] = second.unwrap_or(most) - step;
        self.waiting[supply] -= units;
        self.ways[supply][number].units += units;
        if supply == self.filler {
            return;
        }
        for (number, way) in self.ways[supply].iter().enumerate().filter(|(_, way)| way.units > 0) {
            let lots = &mut self.lots[way.sink];
            lots.remove(&(way.worth - old, supply, number));
            lots.insert((way.worth - self.gain[supply], supply, number));
            self.lowest[way.sink] = *lots.first().unwrap();
        }
    }
}
