//! Parties and groups that stay together: a bound, a rounded plan, repairs, and a search while the problem is small.
//!
//! If everyone could go alone, the problem would be one of single places. Its optimum is a bound, its prices give a better
//! one, and what already stays together in it is a good beginning. What does not is put where it fits,
//! and then every unit in turn may take a better place, at the cost of others who move on or give up theirs, as long
//! as the whole plan gains. Small problems are then searched through.
#![expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "positions are made here from a checked problem, and the scale leaves room for every sum"
)]

use std::cmp::Reverse;

use super::{
    flow,
    problem::{CLASSES, Certificate, Edge, Flow, Problem, Solution, Supply, Worth, too_large},
    scale::Scale,
    search,
};
use crate::error::Error;

/// How many edges the repairs look at: about a second of work.
const MOST_LOOKS: u64 = 60_000_000;
/// Largest unit whose people are told apart when they are not one a place.
const MOST_UNEVEN: u32 = 10_000;
/// How many units one change moves at most; what it gains is a sum of so many differences.
const MOST_MOVED: usize = 12;

/// A good plan where some units take several places, the best one where the search ends.
pub(super) fn solve(problem: &Problem) -> Result<Solution, Error> {
    let (relaxed, parts) = alone(problem);
    let relaxed = flow::solve(&relaxed)?;
    let prices = relaxed.certificate.prices;
    let bound = bound(problem, &prices).ok_or_else(too_large)?.min(relaxed.objective);
    let mut plan = Plan::of(problem, &prices)?;
    plan.begin(problem, &relaxed.flows, &parts);
    plan.repair();
    let mut flows = plan.into_flows(problem);
    let mut objective = flow::worth_of(problem, &flows).ok_or_else(too_large)?;
    let mut proven = bound;
    if objective < bound {
        if let Some(best) = search::best(problem, &prices, objective) {
            flows = best.unwrap_or(flows);
            objective = flow::worth_of(problem, &flows).ok_or_else(too_large)?;
            proven = objective;
        }
    }
    Ok(Solution { flows, objective, bound: proven, certificate: Certificate { prices, takers: Vec::new() } })
}

/// The problem in which everyone goes alone; and for each supply the range of supplies it became.
///
/// What a unit is worth is shared out among its places without loss, so that each plan of the problem is one of this too.
fn alone(problem: &Problem) -> (Problem, Vec<std::ops::Range<usize>>) {
    let mut supplies: Vec<Supply> = Vec::with_capacity(problem.supplies.len());
    let mut parts = Vec::with_capacity(problem.supplies.len());
    for supply in &problem.supplies {
        let start = supplies.len();
        // The first place takes what cannot be divided.
        let mut people = people_by_place(supply).into_iter();
        let share = |edge: &Edge| edge.value.div_euclid(i64::from(supply.size));
        let rest = |edge: &Edge| edge.value - share(edge) * i64::from(supply.size - 1);
        let mut add = |count: u32, people, edges| {
            supplies.push(Supply { count, size: 1, people, edges, fixed: supply.fixed });
        };
        if let Some((people, _)) = people.next() {
            let first = |edge: &Edge| Edge { value: rest(edge), ..*edge };
            add(supply.count, people, supply.edges.iter().map(first).collect());
        }
        for (people, places) in people {
            let other = |edge: &Edge| Edge { kept: 0, value: share(edge), ..*edge };
            let count = supply.count.saturating_mul(places);
            add(count, people, supply.edges.iter().map(other).collect());
        }
        parts.push(start..supplies.len());
    }
    (Problem { supplies, places: problem.places.clone() }, parts)
}

/// The people of one unit by its places: those of the first place, then how many other places have whom.
fn people_by_place(supply: &Supply) -> Vec<([u32; CLASSES], u32)> {
    let none = [0; CLASSES];
    let all: u64 = supply.people.iter().map(|people| u64::from(*people)).sum();
    let size = supply.size;
    let mut places: Vec<([u32; CLASSES], u32)> = Vec::new();
    if all == u64::from(size) {
        for (class, people) in supply.people.iter().enumerate() {
            let mut one = none;
            one[class] = 1;
            if *people > 0 {
                places.push((one, *people));
            }
        }
        // The first one stands alone.
        if let Some((people, count)) = places.first_mut() {
            let people = *people;
            *count -= 1;
            places.insert(0, (people, 1));
        }
    } else if size <= MOST_UNEVEN {
        let up_to = |count: u32, place: u32| u64::from(count) * u64::from(place) / u64::from(size);
        for place in 0..size {
            let here = supply.people.map(|count| up_to(count, place + 1) - up_to(count, place));
            places.push((here.map(|people| u32::try_from(people).unwrap_or(u32::MAX)), 1));
        }
    } else {
        places.push((supply.people, 1));
        places.push((none, size - 1));
    }
    let mut merged: Vec<([u32; CLASSES], u32)> = Vec::new();
    for (number, (people, count)) in places.into_iter().enumerate() {
        match merged.last_mut() {
            Some((last, places)) if number > 1 && *last == people && count > 0 => *places += count,
            _ if count > 0 => merged.push((people, count)),
            _ => {}
        }
    }
    merged
}

/// What no plan can exceed at these prices: all places at their price, and the best gain of each unit beyond it.
fn bound(problem: &Problem, prices: &[Worth]) -> Option<Worth> {
    let mut bound = Worth::ZERO;
    for (places, price) in problem.places.iter().zip(prices) {
        bound = bound.plus(*price, i128::from(places.unwrap_or(0)))?;
    }
    for supply in &problem.supplies {
        let mut best = supply.fixed.is_none().then_some(Worth::ZERO);
        for edge in supply.edges.iter().filter(|edge| supply.fixed.is_none_or(|fixed| fixed == edge.sink)) {
            let price = prices.get(edge.sink as usize)?;
            best = best.max(Some(supply.worth(edge).plus(*price, -i128::from(supply.size))?));
        }
        bound = bound.plus(best?, i128::from(supply.count))?;
    }
    Some(bound)
}

/// A unit that stays together, and the edge it goes along.
#[derive(Clone, Copy)]
struct Unit {
    supply: u32,
    at: Option<u32>,
}

struct Plan {
    size: Vec<u32>,
    /// The edges of each supply: sink, worth, and what it is worth beyond the price of its places; best of that first.
    edges: Vec<Vec<Way>>,
    units: Vec<Unit>,
    left: Vec<u64>,
    /// The units at each sink.
    here: Vec<Vec<u32>>,
    looks: u64,
}

#[derive(Clone, Copy)]
struct Way {
    sink: u32,
    worth: i128,
    gain: i128,
}

impl Plan {
    fn of(problem: &Problem, prices: &[Worth]) -> Result<Self, Error> {
        let scale = scale(problem, prices).ok_or_else(too_large)?;
        let mut plan = Self {
            size: problem.supplies.iter().map(|supply| supply.size).collect(),
            edges: Vec::with_capacity(problem.supplies.len()),
            units: Vec::new(),
            left: problem.places.iter().map(|places| places.unwrap_or(u64::MAX)).collect(),
            here: vec![Vec::new(); problem.places.len()],
            looks: MOST_LOOKS,
        };
        for (number, supply) in problem.supplies.iter().enumerate() {
            let way = |edge: &Edge| {
                let worth = scale.encode(supply.worth(edge));
                let price = scale.encode(prices[edge.sink as usize]);
                Way { sink: edge.sink, worth, gain: worth - price * i128::from(supply.size) }
            };
            let mut ways: Vec<Way> = supply.edges.iter().map(way).filter(|way| way.worth > 0).collect();
            ways.sort_by_key(|way| (Reverse(way.gain), way.sink));
            if let Some(sink) = supply.fixed {
                let places = u64::from(supply.count) * u64::from(supply.size);
                let left = &mut plan.left[sink as usize];
                *left = if *left == u64::MAX { *left } else { left.saturating_sub(places) };
            } else {
                let supply_at = u32::try_from(number).map_err(|_| too_large())?;
                plan.units.extend((0..supply.count).map(|_| Unit { supply: supply_at, at: None }));
            }
            plan.edges.push(ways);
        }
        Ok(plan)
    }

    /// What stays together in the plan where everyone goes alone, then the others where they fit.
    fn begin(&mut self, problem: &Problem, alone: &[Flow], parts: &[std::ops::Range<usize>]) {
        let mut next = 0;
        for (number, supply) in problem.supplies.iter().enumerate() {
            if supply.fixed.is_some() {
                continue;
            }
            let (mut unit, end) = (next, next + supply.count as usize);
            for place in 0..self.edges[number].len() {
                let sink = self.edges[number][place].sink;
                let flows = parts[number].clone().flat_map(|part| &alone[part]);
                let places: u64 = flows.filter(|(to, _)| *to == sink).map(|(_, count)| u64::from(*count)).sum();
                let whole = usize::try_from(places / u64::from(supply.size)).unwrap_or(usize::MAX);
                for _ in 0..whole.min(end - unit) {
                    self.put(unit, place);
                    unit += 1;
                }
            }
            next = end;
        }
        for unit in self.most_pressing_first() {
            if self.units[unit].at.is_none() {
                let (supply, size) = (self.units[unit].supply as usize, self.size_of(unit));
                let fits = |way: &Way| self.left[way.sink as usize] >= size;
                if let Some(place) = self.edges[supply].iter().position(fits) {
                    self.put(unit, place);
                }
            }
        }
    }

    /// Lets every unit take a better place as long as the plan gains by it.
    fn repair(&mut self) {
        loop {
            let mut better = false;
            // Alike units fail alike, until something changes.
            let mut failed: Option<(u32, Option<u32>)> = None;
            for unit in self.most_pressing_first() {
                if self.looks == 0 {
                    return;
                }
                let Unit { supply, at } = self.units[unit];
                if failed == Some((supply, at)) {
                    continue;
                }
                let gained = self.improve(unit);
                failed = (!gained).then_some((supply, at));
                better |= gained;
            }
            if !better {
                return;
            }
        }
    }

    fn most_pressing_first(&self) -> Vec<usize> {
        let best = |supply: u32| self.edges[supply as usize].iter().map(|way| way.worth).max();
        let mut order: Vec<usize> = (0..self.units.len()).collect();
        order.sort_by_cached_key(|unit| {
            let Unit { supply, at } = self.units[*unit];
            (at.is_some(), Reverse(best(supply)), supply, *unit)
        });
        order
    }

    fn size_of(&self, unit: usize) -> u64 {
        u64::from(self.size[self.units[unit].supply as usize])
    }

    fn way(&self, unit: usize) -> Option<Way> {
        let Unit { supply, at } = self.units[unit];
        at.map(|place| self.edges[supply as usize][place as usize])
    }

    fn worth(&self, unit: usize) -> i128 {
        self.way(unit).map_or(0, |way| way.worth)
    }

    fn put(&mut self, unit: usize, place: usize) {
        let sink = self.edges[self.units[unit].supply as usize][place].sink as usize;
        self.units[unit].at = u32::try_from(place).ok();
        if self.left[sink] != u64::MAX {
            self.left[sink] -= self.size_of(unit);
        }
        self.here[sink].push(u32::try_from(unit).unwrap_or(u32::MAX));
    }

    fn take(&mut self, unit: usize) {
        let Some(way) = self.way(unit) else { return };
        let sink = way.sink as usize;
        if self.left[sink] != u64::MAX {
            self.left[sink] += self.size_of(unit);
        }
        self.here[sink].retain(|other| *other as usize != unit);
        self.units[unit].at = None;
    }

    /// Puts a unit where the plan gains most, if it gains.
    fn improve(&mut self, unit: usize) -> bool {
        let supply = self.units[unit].supply as usize;
        let before = self.units[unit].at;
        let worth = self.worth(unit);
        self.take(unit);
        let mut best: Option<(i128, usize, Vec<usize>)> = None;
        for place in 0..self.edges[supply].len() {
            let way = self.edges[supply][place];
            self.looks = self.looks.saturating_sub(1);
            let found = best.as_ref().map_or(worth, |(total, ..)| *total);
            if way.worth <= found {
                continue;
            }
            if let Some((cost, leave)) = self.room(unit, way.sink as usize, way.worth - found) {
                if way.worth - cost > found {
                    best = Some((way.worth - cost, place, leave));
                }
            }
        }
        if let Some((_, place, leave)) = best {
            if self.change(unit, place, &leave, worth) {
                return true;
            }
        }
        if let Some(place) = before {
            self.put(unit, place as usize);
        }
        false
    }

    /// Who should leave a sink so that the unit fits, and what that costs, if it costs less than `most`.
    fn room(&mut self, unit: usize, sink: usize, most: i128) -> Option<(i128, Vec<usize>)> {
        let size = self.size_of(unit);
        let Some(lacking) = size.checked_sub(self.left[sink]).filter(|lacking| *lacking > 0) else {
            return Some((0, Vec::new()));
        };
        let lacking = usize::try_from(lacking).ok()?;
        // cheapest[n]: the least cost of n places or more, and who leaves for it. Small units are tried first, so that of
        // equal costs the fewest people move.
        let mut cheapest: Vec<Option<(i128, Vec<usize>)>> = vec![None; lacking + 1];
        cheapest[0] = Some((0, Vec::new()));
        for other in self.here[sink].clone() {
            let other = other as usize;
            let cost = self.cost_of_leaving(other, sink);
            if cost >= most || self.looks == 0 {
                continue;
            }
            let places = usize::try_from(self.size_of(other)).ok()?;
            for wanted in (1..=lacking).rev() {
                let Some((so_far, leave)) = &cheapest[wanted.saturating_sub(places)] else { continue };
                let total = so_far + cost;
                let better = cheapest[wanted].as_ref().is_none_or(|(present, _)| total < *present);
                if total < most && better && leave.len() < MOST_MOVED - 2 {
                    let mut leave = leave.clone();
                    leave.push(other);
                    cheapest[wanted] = Some((total, leave));
                }
            }
        }
        cheapest.pop().flatten()
    }

    /// What the plan loses when a unit must leave: its worth, or what another place is worse; below 0 where that is better.
    fn cost_of_leaving(&mut self, unit: usize, sink: usize) -> i128 {
        let (supply, size, worth) = (self.units[unit].supply as usize, self.size_of(unit), self.worth(unit));
        self.looks = self.looks.saturating_sub(self.edges[supply].len() as u64);
        let free = |way: &&Way| way.sink as usize != sink && self.left[way.sink as usize] >= size;
        let elsewhere = self.edges[supply].iter().filter(free).map(|way| way.worth).max();
        worth - elsewhere.unwrap_or(0)
    }

    /// Moves the unit in and the others out, and back again where the plan does not gain after all.
    fn change(&mut self, unit: usize, place: usize, leave: &[usize], worth: i128) -> bool {
        let before: Vec<(usize, Option<u32>, i128)> =
            leave.iter().map(|other| (*other, self.units[*other].at, self.worth(*other))).collect();
        let lost: i128 = before.iter().map(|(.., worth)| *worth).sum::<i128>() + worth;
        for other in leave {
            self.take(*other);
        }
        self.put(unit, place);
        for other in leave {
            let (supply, size) = (self.units[*other].supply as usize, self.size_of(*other));
            let ways = self.edges[supply].iter().enumerate();
            let fits = ways.filter(|(_, way)| self.left[way.sink as usize] >= size);
            if let Some((place, _)) = fits.max_by_key(|(place, way)| (way.worth, Reverse(*place))) {
                self.put(*other, place);
            }
        }
        let won = leave.iter().map(|other| self.worth(*other)).sum::<i128>() + self.worth(unit);
        if won > lost {
            return true;
        }
        self.take(unit);
        for (other, ..) in &before {
            self.take(*other);
        }
        for (other, at, _) in before {
            if let Some(place) = at {
                self.put(other, place as usize);
            }
        }
        false
    }

    fn into_flows(self, problem: &Problem) -> Vec<Flow> {
        let mut flows: Vec<Flow> = vec![Vec::new(); problem.supplies.len()];
        for unit in 0..self.units.len() {
            if let Some(way) = self.way(unit) {
                let flow = &mut flows[self.units[unit].supply as usize];
                match flow.iter_mut().find(|(sink, _)| *sink == way.sink) {
                    Some((_, count)) => *count += 1,
                    None => flow.push((way.sink, 1)),
                }
            }
        }
        for (flow, supply) in flows.iter_mut().zip(&problem.supplies) {
            if let (Some(sink), true) = (supply.fixed, supply.count > 0) {
                *flow = vec![(sink, supply.count)];
            }
            flow.sort_unstable();
        }
        flows
    }
}

/// A scale for what a change adds up to.
fn scale(problem: &Problem, prices: &[Worth]) -> Option<Scale> {
    let mut reach = [0_i128; CLASSES + 2];
    let moved = i128::try_from(MOST_MOVED * 2).ok()?;
    let mut largest = 1_u32;
    for supply in &problem.supplies {
        largest = largest.max(supply.size);
        for edge in &supply.edges {
            for (reach, level) in reach.iter_mut().zip(supply.worth(edge).levels()) {
                *reach = (*reach).max(level.checked_abs()?.checked_mul(moved)?);
            }
        }
    }
    for price in prices {
        for (reach, level) in reach.iter_mut().zip(price.levels()) {
            // Beside the worth of one unit, for which there is room already.
            *reach = (*reach).max(level.checked_abs()?.checked_mul(i128::from(largest))?.checked_mul(2)?);
        }
    }
    Scale::for_sums_up_to(Worth::of_levels(reach))
}
