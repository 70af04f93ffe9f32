//! Takes a few sinks of a plan apart and fills them again in the best way, wherever that gains.
//!
//! How far a plan is from its bound is known unit by unit: what each one loses beside the best that it could gain beyond prices, and
//! what places cost that stay free. So each search begins at a unit that loses, those that lose most first.
#![expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "positions are made here from a checked problem, and the scale leaves room for every sum"
)]

use std::cmp::Reverse;

use crate::solver::{
    enumerate::{Search, Unit},
    local_search::Plan,
};
use crate::util::{progress::ProgressReporter, sort::sort_by_key};

/// How many sinks are taken apart at once, and how many units are decided about.
const MOST_SINKS: usize = 4;
const MOST_UNITS: usize = 20;
/// How many supplies that wait are remembered for each sink.
const MOST_WAITING: usize = 16;
/// How many ways of each unit have their turn as the one by which sinks are chosen.
const TURNS: usize = 12;
/// Steps of one search, and of all: less than a second of work.
const STEPS: u64 = 5_000;
const MOST_STEPS: u64 = 10_000_000;
/// What the beginning of a search costs, in steps.
const BEGINNING: u64 = 50;

/// For each sink the supplies that would gain most there, of those of which some wait.
type Waiting = Vec<Vec<(i128, u32)>>;

impl Plan {
    /// Goes on until no choice of sinks around any unit gains.
    pub(crate) fn rearrange(&mut self, progress: &ProgressReporter<'_>) {
        let mut steps = MOST_STEPS;
        let (mut turn, mut fruitless) = (0, 0);
        while fruitless < TURNS {
            let waiting = self.waiting();
            let mut better = false;
            for unit in self.most_lost_first() {
                if steps == 0 || progress.is_cancelled() {
                    return;
                }
                if self.loss(unit) > 0 {
                    better |= self.around(unit, turn, &waiting, &mut steps);
                }
            }
            turn = (turn + 1) % TURNS;
            fruitless = if better { 0 } else { fruitless + 1 };
        }
    }

    /// What a unit gains beyond prices where it is, less than it could.
    fn loss(&self, unit: usize) -> i128 {
        let best = self.edges[self.units[unit].supply as usize].first().map_or(0, |way| way.gain.max(0));
        best - self.way(unit).map_or(0, |way| way.gain)
    }

    fn most_lost_first(&self) -> Vec<usize> {
        let losses = (0..self.units.len()).map(|unit| (self.loss(unit), unit));
        let mut losses: Vec<(i128, usize)> = losses.filter(|(loss, _)| *loss > 0).collect();
        sort_by_key(&mut losses, |(loss, unit)| (Reverse(*loss), *unit));
        losses.into_iter().map(|(_, unit)| unit).collect()
    }

    fn waiting(&self) -> Waiting {
        let mut waiting: Waiting = vec![Vec::new(); self.here.len()];
        for ((number, ways), idle) in (0..).zip(&self.edges).zip(&self.idle) {
            for way in ways.iter().filter(|_| !idle.is_empty()) {
                let list = &mut waiting[way.sink as usize];
                list.push((way.gain, number));
                if list.len() >= 4 * MOST_WAITING {
                    shorten(list);
                }
            }
        }
        waiting.iter_mut().for_each(shorten);
        waiting
    }

    /// Takes the sinks around a unit apart, and fills them again if that gains.
    fn around(&mut self, unit: usize, turn: usize, waiting: &Waiting, steps: &mut u64) -> bool {
        let sinks_of = |unit: u32, count: usize| {
            let ways = &self.edges[self.units[unit as usize].supply as usize];
            ways.iter().skip(turn).take(count).map(|way| way.sink)
        };
        let first = u32::try_from(unit).unwrap_or(u32::MAX);
        let (mut sinks, mut units) = (Few::of(MOST_SINKS), Few::of(MOST_UNITS));
        units.add(first);
        self.way(unit).into_iter().for_each(|way| sinks.add(way.sink));
        sinks_of(first, 2).for_each(|sink| sinks.add(sink));
        // Those who are there, and where they would rather be.
        let mut next = 0;
        while let Some(sink) = sinks.list.get(next) {
            let mut here = self.here[*sink as usize].clone();
            *steps = steps.saturating_sub(here.len() as u64);
            sort_by_key(&mut here, |unit| (Reverse(self.loss(*unit as usize)), *unit));
            here.truncate(MOST_UNITS);
            for unit in here {
                units.add(unit);
                sinks_of(unit, 1).for_each(|sink| sinks.add(sink));
            }
            next += 1;
        }
        for place in 0..MOST_WAITING {
            let supplies = sinks.list.iter().filter_map(|sink| waiting[*sink as usize].get(place));
            supplies.filter_map(|(_, supply)| self.idle[*supply as usize].last()).for_each(|unit| units.add(*unit));
        }
        self.fill(&sinks.list, &units.list, steps)
    }

    /// Fills sinks with units in the best way, if it is better than how they are.
    fn fill(&mut self, sinks: &[u32], units: &[u32], steps: &mut u64) -> bool {
        let known = units.iter().map(|unit| self.worth(*unit as usize)).sum();
        let before: Vec<Option<u32>> = units.iter().map(|unit| self.units[*unit as usize].at).collect();
        units.iter().for_each(|unit| self.take(*unit as usize));
        // More places than all could take need no account.
        let all = units.iter().map(|unit| self.size_of(*unit as usize)).sum();
        let room = |left: u64| if left == u64::MAX { left } else { left.min(all) };
        let left = sinks.iter().map(|sink| room(self.left[*sink as usize])).collect();
        let price: Vec<i128> = sinks.iter().map(|sink| self.price[*sink as usize]).collect();
        let free = units.iter().map(|unit| {
            let supply = self.units[*unit as usize].supply;
            let ways = self.edges[supply as usize].iter();
            let ways =
                ways.filter_map(|way| Some(((0..).zip(sinks).find(|(_, sink)| **sink == way.sink)?.0, way.worth)));
            Unit { id: *unit, supply, size: self.size_of(*unit as usize), ways: ways.collect() }
        });
        let most = STEPS.min(*steps);
        let (found, unused) = Search::of(free.collect(), &price, left, most).better_than(known);
        *steps = steps.saturating_sub(most - unused + BEGINNING);
        for (unit, sink) in found.iter().flatten() {
            let ways = &self.edges[self.units[*unit as usize].supply as usize];
            if let Some(place) = ways.iter().position(|way| way.sink == sinks[*sink as usize]) {
                self.put(*unit as usize, place);
            }
        }
        if found.is_none() {
            for (unit, at) in units.iter().zip(before) {
                at.into_iter().for_each(|place| self.put(*unit as usize, place as usize));
            }
        }
        found.is_some()
    }
}

/// Up to so many numbers, each once, in the order in which they came.
struct Few {
    most: usize,
    list: Vec<u32>,
}

impl Few {
    fn of(most: usize) -> Self {
        Self { most, list: Vec::with_capacity(most) }
    }

    fn add(&mut self, number: u32) {
        if self.list.len() < self.most && !self.list.contains(&number) {
            self.list.push(number);
        }
    }
}

fn shorten(list: &mut Vec<(i128, u32)>) {
    sort_by_key(list, |(gain, supply)| (Reverse(*gain), *supply));
    list.truncate(MOST_WAITING);
}
