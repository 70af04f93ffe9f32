//! Looks through all plans of a small problem, but for those that a bound rules out.
#![expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "positions are made here from a checked problem, and the scale leaves room for every sum"
)]

use std::cmp::Reverse;

use super::{
    problem::{CLASSES, Flow, Problem, Worth},
    scale::Scale,
};

/// Most units of a small problem.
const MOST_UNITS: u64 = 60;
/// Most steps of a search.
const MOST_STEPS: u64 = 2_000_000;

/// A better plan than one worth `known`; nothing inside where there is none. Nothing at all where the problem is too large to be
/// looked through.
pub(super) fn best(problem: &Problem, prices: &[Worth], known: Worth) -> Option<Option<Vec<Flow>>> {
    let units: u64 = problem.supplies.iter().map(|supply| u64::from(supply.count)).sum();
    if units > MOST_UNITS {
        return None;
    }
    let scale = scale(problem, prices)?;
    let mut search = Search::of(problem, prices, &scale);
    search.best = scale.encode(known) - search.fixed;
    search.step(0, 0, 0);
    if search.steps == 0 {
        return None;
    }
    Some(search.found.map(|choices| {
        let mut flows: Vec<Flow> = vec![Vec::new(); problem.supplies.len()];
        for (unit, sink) in search.units.iter().zip(choices) {
            let flow = &mut flows[unit.supply];
            match (sink, flow.iter_mut().find(|(present, _)| Some(*present) == sink)) {
                (Some(_), Some((_, count))) => *count += 1,
                (Some(sink), None) => flow.push((sink, 1)),
                (None, _) => {}
            }
        }
        for (flow, supply) in flows.iter_mut().zip(&problem.supplies) {
            if let (Some(sink), true) = (supply.fixed, supply.count > 0) {
                *flow = vec![(sink, supply.count)];
            }
            flow.sort_unstable();
        }
        flows
    }))
}

struct Unit {
    supply: usize,
    size: u64,
    /// Sink and worth, best first.
    ways: Vec<(u32, i128)>,
    /// What this unit and all later ones gain at most beyond the price of their places.
    later: i128,
}

struct Search {
    units: Vec<Unit>,
    price: Vec<i128>,
    left: Vec<u64>,
    /// What the places that are left cost.
    places: i128,
    fixed: i128,
    choices: Vec<Option<u32>>,
    best: i128,
    found: Option<Vec<Option<u32>>>,
    steps: u64,
}

impl Search {
    fn of(problem: &Problem, prices: &[Worth], scale: &Scale) -> Self {
        let mut left: Vec<u64> = problem.places.iter().map(|places| places.unwrap_or(u64::MAX)).collect();
        let price: Vec<i128> = prices.iter().map(|price| scale.encode(*price)).collect();
        let (mut units, mut fixed) = (Vec::new(), 0);
        for (number, supply) in problem.supplies.iter().enumerate() {
            let size = u64::from(supply.size);
            let mut ways: Vec<(u32, i128)> =
                supply.edges.iter().map(|edge| (edge.sink, scale.encode(supply.worth(edge)))).collect();
            if let Some(sink) = supply.fixed {
                let left = &mut left[sink as usize];
                *left = if *left == u64::MAX { *left } else { left.saturating_sub(size * u64::from(supply.count)) };
                let worth = ways.iter().find(|(to, _)| *to == sink).map_or(0, |(_, worth)| *worth);
                fixed += worth * i128::from(supply.count);
                continue;
            }
            ways.retain(|(_, worth)| *worth > 0);
            ways.sort_by_key(|(sink, worth)| (Reverse(*worth), *sink));
            for _ in 0..supply.count {
                units.push(Unit { supply: number, size, ways: ways.clone(), later: 0 });
            }
        }
        // Alike units side by side, the largest first: they decide most.
        units.sort_by_key(|unit| (Reverse(unit.size), unit.supply));
        let mut later = 0;
        for unit in units.iter_mut().rev() {
            let size = i128::from(unit.size);
            let gain = unit.ways.iter().map(|(sink, worth)| worth - price[*sink as usize] * size).max();
            later += gain.unwrap_or(0).max(0);
            unit.later = later;
        }
        let costs = price.iter().zip(&left).filter(|(price, _)| **price != 0);
        let places = costs.map(|(price, left)| price * i128::from(*left)).sum();
        let choices = vec![None; units.len()];
        Self { units, price, left, places, fixed, choices, best: 0, found: None, steps: MOST_STEPS }
    }

    /// Decides for one unit after another. `way` is the first that this one may take: alike units take theirs in one order.
    fn step(&mut self, number: usize, way: usize, worth: i128) {
        if worth > self.best {
            let (rest, best) = (self.choices.len().saturating_sub(number), worth);
            let mut choices = self.choices.clone();
            choices.truncate(number);
            choices.extend(std::iter::repeat_n(None, rest));
            (self.best, self.found) = (best, Some(choices));
        }
        let Some(unit) = self.units.get(number) else { return };
        if self.steps == 0 || worth + unit.later + self.places <= self.best {
            return;
        }
        self.steps -= 1;
        let (size, ways, supply) = (unit.size, unit.ways.len(), unit.supply);
        let alike = self.units.get(number + 1).is_some_and(|next| next.supply == supply);
        for place in way..ways {
            let (sink, gain) = self.units[number].ways[place];
            let at = sink as usize;
            if self.left[at] < size {
                continue;
            }
            let limited = self.left[at] != u64::MAX;
            let cost = if limited { self.price[at] * i128::from(size) } else { 0 };
            if limited {
                self.left[at] -= size;
            }
            self.places -= cost;
            self.choices[number] = Some(sink);
            self.step(number + 1, if alike { place } else { 0 }, worth + gain);
            self.choices[number] = None;
            self.places += cost;
            if limited {
                self.left[at] += size;
            }
        }
        // Not served; then the alike ones are not either.
        self.step(number + 1, if alike { ways } else { 0 }, worth);
    }
}

/// A scale for whole plans and their bounds.
fn scale(problem: &Problem, prices: &[Worth]) -> Option<Scale> {
    let mut reach = [0_i128; CLASSES + 2];
    let mut add = |worth: Worth, times: i128| -> Option<()> {
        for (reach, level) in reach.iter_mut().zip(worth.levels()) {
            *reach = reach.checked_add(level.checked_abs()?.checked_mul(times)?)?;
        }
        Some(())
    };
    for supply in &problem.supplies {
        for edge in &supply.edges {
            add(supply.worth(edge), i128::from(supply.count))?;
            add(*prices.get(edge.sink as usize)?, i128::from(supply.count) * i128::from(supply.size))?;
        }
    }
    for (places, price) in problem.places.iter().zip(prices) {
        add(*price, i128::from(places.unwrap_or(0)))?;
    }
    Scale::for_sums_up_to(Worth::of_levels(reach))
}
