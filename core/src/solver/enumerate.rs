//! Looks through all ways to give a few units to a few sinks, but for those that a bound rules out.
#![expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "positions are made here, and the scale of the plan leaves room for every sum"
)]

use crate::util::sort::sort_by_key;
use std::cmp::Reverse;

/// A unit that is to be decided about.
pub(crate) struct Unit {
    pub(crate) id: u32,
    /// Units of one supply are alike.
    pub(crate) supply: u32,
    pub(crate) size: u64,
    /// Sinks and what the unit is worth there.
    pub(crate) ways: Vec<(u32, i128)>,
}

/// Decides for one unit after another, back and forth.
pub(crate) struct Search<'p> {
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
    pub(crate) fn of(mut units: Vec<Unit>, price: &'p [i128], left: Vec<u64>, steps: u64) -> Self {
        // Alike units side by side, the largest first: they decide most.
        sort_by_key(&mut units, |unit| (Reverse(unit.size), unit.supply));
        let mut later = vec![0; units.len()];
        let mut sum = 0;
        for (unit, later) in units.iter_mut().zip(&mut later).rev() {
            let gain = |(sink, worth): &(u32, i128)| worth - price[*sink as usize] * i128::from(unit.size);
            unit.ways.retain(|(_, worth)| *worth > 0);
            sort_by_key(&mut unit.ways, |way| (Reverse(gain(way)), way.0));
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
    pub(crate) fn better_than(mut self, known: i128) -> (Option<Vec<(u32, u32)>>, u64) {
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
