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

/// A better plan than one worth `known`, if one was found, and whether all were looked through. Nothing where the problem is too
/// large for it.
pub(super) fn best(problem: &Problem, prices: &[Worth], known: Worth) -> Option<(Option<Vec<Flow>>, bool)> {
    let units: u64 = problem.supplies.iter().map(|supply| u64::from(supply.count)).sum();
    if units > MOST_UNITS {
        return None;
    }
    let scale = scale(problem, prices)?;
    let price: Vec<i128> = prices.iter().map(|price| scale.encode(*price)).collect();
    let mut left: Vec<u64> = problem.places.iter().map(|places| places.unwrap_or(u64::MAX)).collect();
    let (mut units, mut known) = (Vec::new(), scale.encode(known));
    for (number, supply) in (0..).zip(&problem.supplies) {
        let size = u64::from(supply.size);
        let ways = supply.edges.iter().map(|edge| (edge.sink, scale.encode(supply.worth(edge))));
        let ways: Vec<(u32, i128)> = ways.collect();
        if let Some(sink) = supply.fixed {
            let left = &mut left[sink as usize];
            *left = if *left == u64::MAX { *left } else { left.saturating_sub(size * u64::from(supply.count)) };
            let worth = ways.iter().find(|(to, _)| *to == sink).map_or(0, |(_, worth)| *worth);
            known -= worth * i128::from(supply.count);
            continue;
        }
        units.extend((0..supply.count).map(|_| Unit { id: number, supply: number, size, ways: ways.clone() }));
    }
    let (found, steps) = Search::of(units, &price, left, MOST_STEPS).better_than(known);
    let flows = found.map(|choices| {
        let mut flows: Vec<Flow> = vec![Vec::new(); problem.supplies.len()];
        for (supply, sink) in choices {
            let flow = &mut flows[supply as usize];
            match flow.iter_mut().find(|(present, _)| *present == sink) {
                Some((_, count)) => *count += 1,
                None => flow.push((sink, 1)),
            }
        }
        for (flow, supply) in flows.iter_mut().zip(&problem.supplies) {
            if let (Some(sink), true) = (supply.fixed, supply.count > 0) {
                *flow = vec![(sink, supply.count)];
            }
            flow.sort_unstable();
        }
        flows
    });
    Some((flows, steps > 0))
}

/// A unit that is to be decided about.
pub(super) struct Unit {
    pub(super) id: u32,
    /// Units of one supply are alike.
    pub(super) supply: u32,
    pub(super) size: u64,
    /// Sinks and what the unit is worth there.
    pub(super) ways: Vec<(u32, i128)>,
}

/// Decides for one unit after another, back and forth.
pub(super) struct Search<'p> {
    units: Vec<Unit>,
    /// What this unit and all later ones gain at most beyond the price of their places.
    later: Vec<i128>,
    price: &'p [i128],
    left: Vec<u64>,
    /// What the places that are left cost.
    places: i128,
    choices: Vec<Option<u32>>,
    best: i128,
    found: Option<Vec<Option<u32>>>,
    steps: u64,
}

impl<'p> Search<'p> {
    /// `left` are the places of each sink, `u64::MAX` where there is no limit.
    pub(super) fn of(mut units: Vec<Unit>, price: &'p [i128], left: Vec<u64>, steps: u64) -> Self {
        // Alike units side by side, the largest first: they decide most.
        units.sort_by_key(|unit| (Reverse(unit.size), unit.supply));
        let mut later = vec![0; units.len()];
        let mut sum = 0;
        for (unit, later) in units.iter_mut().zip(&mut later).rev() {
            let gain = |(sink, worth): &(u32, i128)| worth - price[*sink as usize] * i128::from(unit.size);
            unit.ways.retain(|(_, worth)| *worth > 0);
            unit.ways.sort_by_key(|way| (Reverse(gain(way)), way.0));
            sum += unit.ways.first().map_or(0, gain).max(0);
            *later = sum;
        }
        let costs = price.iter().zip(&left).filter(|(price, _)| **price != 0);
        let places = costs.map(|(price, left)| price * i128::from(*left)).sum();
        let choices = vec![None; units.len()];
        Self { units, later, price, left, places, choices, best: 0, found: None, steps }
    }

    /// Who goes where in the best plan that was found, if it is worth more than `known`; and how many steps are left, which are
    /// none where not all plans were looked through.
    pub(super) fn better_than(mut self, known: i128) -> (Option<Vec<(u32, u32)>>, u64) {
        self.best = known;
        self.step(0, 0, 0);
        let served = |(unit, sink): (&Unit, Option<u32>)| Some((unit.id, sink?));
        let units = &self.units;
        (self.found.map(|choices| units.iter().zip(choices).filter_map(served).collect()), self.steps)
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
        if self.steps == 0 || worth + self.later[number] + self.places <= self.best {
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
