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
/// How many places a change makes room for at most.
const MOST_LACKING: usize = 24;
/// How many units leave one sink at most.
const MOST_LEAVING: usize = 6;
/// How many units one change moves at most: one comes, others leave, and others again for each of these.
const MOST_MOVED: usize = 1 + MOST_LEAVING + MOST_LEAVING * MOST_LEAVING;

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
        // A sink that cannot hold a whole unit, even when empty, is no way for a part of it.
        let ways: Vec<Edge> = supply.edges.iter().filter(|edge| holds(problem, supply, edge)).copied().collect();
        // The first place takes what cannot be divided.
        let mut people = people_by_place(supply).into_iter();
        let share = |edge: &Edge| edge.value.div_euclid(i64::from(supply.size));
        let rest = |edge: &Edge| edge.value - share(edge) * i64::from(supply.size - 1);
        let mut add = |count: u32, people, edges| {
            supplies.push(Supply { count, size: 1, people, edges, fixed: supply.fixed });
        };
        if let Some((people, _)) = people.next() {
            let first = |edge: &Edge| Edge { value: rest(edge), ..*edge };
            add(supply.count, people, ways.iter().map(first).collect());
        }
        for (people, places) in people {
            let other = |edge: &Edge| Edge { kept: 0, value: share(edge), ..*edge };
            let count = supply.count.saturating_mul(places);
            add(count, people, ways.iter().map(other).collect());
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

/// Whether a sink has places for one unit at all.
fn holds(problem: &Problem, supply: &Supply, edge: &Edge) -> bool {
    problem.places[edge.sink as usize].is_none_or(|places| places >= u64::from(supply.size))
}

/// What no plan can exceed at these prices: all places at their price, and the best gain of each unit beyond it.
fn bound(problem: &Problem, prices: &[Worth]) -> Option<Worth> {
    let mut bound = Worth::ZERO;
    for (places, price) in problem.places.iter().zip(prices) {
        bound = bound.plus(*price, i128::from(places.unwrap_or(0)))?;
    }
    for supply in &problem.supplies {
        let mut best = supply.fixed.is_none().then_some(Worth::ZERO);
        let ways = supply.edges.iter().filter(|edge| holds(problem, supply, edge));
        for edge in ways.filter(|edge| supply.fixed.is_none_or(|fixed| fixed == edge.sink)) {
            let price = prices.get(edge.sink as usize)?;
            best = best.max(Some(supply.worth(edge).plus(*price, -i128::from(supply.size))?));
        }
        bound = bound.plus(best.unwrap_or(Worth::ZERO), i128::from(supply.count))?;
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
    /// How to make room at each sink where nobody else makes room in turn; made when asked for, gone when the sink changes.
    plain: Vec<Option<Rooms>>,
    looks: u64,
}

/// What it costs to free so many places, and who leaves for it; nothing where that cannot be.
type Rooms = Vec<Option<(i128, Vec<u32>)>>;

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
            plain: vec![None; problem.places.len()],
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
        self.plain[sink] = None;
    }

    fn take(&mut self, unit: usize) {
        let Some(way) = self.way(unit) else { return };
        let sink = way.sink as usize;
        if self.left[sink] != u64::MAX {
            self.left[sink] += self.size_of(unit);
        }
        self.here[sink].retain(|other| *other as usize != unit);
        self.plain[sink] = None;
        self.units[unit].at = None;
    }

    /// Puts a unit where the plan gains most, if it gains.
    fn improve(&mut self, unit: usize) -> bool {
        let before = self.units[unit].at;
        let worth = self.worth(unit);
        self.take(unit);
        let mut best: Option<(i128, usize, Vec<u32>)> = None;
        for place in 0..self.ways(unit) {
            let way = self.way_at(unit, place);
            self.looks = self.looks.saturating_sub(1);
            let found = best.as_ref().map_or(worth, |(total, ..)| *total);
            if way.worth <= found {
                continue;
            }
            if let Some((cost, leave)) = self.room(unit, way.sink as usize) {
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

    fn ways(&self, unit: usize) -> usize {
        self.edges[self.units[unit].supply as usize].len()
    }

    fn way_at(&self, unit: usize, place: usize) -> Way {
        self.edges[self.units[unit].supply as usize][place]
    }

    /// Who should leave a sink so that the unit fits, and what that costs, if those who leave may make others leave.
    fn room(&mut self, unit: usize, sink: usize) -> Option<(i128, Vec<u32>)> {
        let lacking = self.lacking(unit, sink)?;
        if lacking == 0 {
            return Some((0, Vec::new()));
        }
        let mut costs = Vec::with_capacity(self.here[sink].len());
        for other in self.here[sink].clone() {
            let worth = self.worth(other as usize);
            let elsewhere = self.best_elsewhere(other as usize, sink).map_or(0, |(total, _)| total);
            costs.push((other, worth - elsewhere));
        }
        self.rooms(&costs, lacking).pop().flatten()
    }

    /// How many places a unit lacks at a sink; nothing where it cannot be that many.
    fn lacking(&self, unit: usize, sink: usize) -> Option<usize> {
        let lacking = usize::try_from(self.size_of(unit).saturating_sub(self.left[sink])).ok()?;
        (lacking <= MOST_LACKING).then_some(lacking)
    }

    /// The best other place of a unit: what the plan has of it, and which. Others may leave for it if they need no room in turn.
    fn best_elsewhere(&mut self, unit: usize, sink: usize) -> Option<(i128, usize)> {
        let mut best: Option<(i128, usize)> = None;
        self.looks = self.looks.saturating_sub(self.ways(unit) as u64);
        for place in 0..self.ways(unit) {
            let way = self.way_at(unit, place);
            if way.sink as usize == sink || best.is_some_and(|(total, _)| way.worth <= total) {
                continue;
            }
            let Some(lacking) = self.lacking(unit, way.sink as usize) else { continue };
            let cost = if lacking == 0 { Some(0) } else { self.plain_room(way.sink as usize, lacking) };
            if let Some(cost) = cost {
                let total = way.worth - cost;
                if total > best.map_or(0, |(total, _)| total) {
                    best = Some((total, place));
                }
            }
        }
        best
    }

    /// What it costs to free so many places if whoever leaves finds a free place or gives up.
    fn plain_room(&mut self, sink: usize, lacking: usize) -> Option<i128> {
        if self.plain[sink].is_none() {
            let costs: Vec<(u32, i128)> = self.here[sink]
                .iter()
                .map(|other| {
                    let unit = *other as usize;
                    (*other, self.worth(unit) - self.best_free(unit, sink).map_or(0, |(worth, _)| worth))
                })
                .collect();
            self.looks = self.looks.saturating_sub(costs.len() as u64 * 8);
            self.plain[sink] = Some(self.rooms(&costs, MOST_LACKING));
        }
        let rooms = self.plain[sink].as_ref()?;
        rooms.get(lacking)?.as_ref().map(|(cost, _)| *cost)
    }

    fn best_free(&self, unit: usize, sink: usize) -> Option<(i128, usize)> {
        let size = self.size_of(unit);
        let ways = self.edges[self.units[unit].supply as usize].iter().enumerate();
        let free = ways.filter(|(_, way)| way.sink as usize != sink && self.left[way.sink as usize] >= size);
        free.map(|(place, way)| (way.worth, place)).max_by_key(|(worth, place)| (*worth, Reverse(*place)))
    }

    /// The cheapest way to free 0, 1, 2 … places, when each unit costs so much.
    fn rooms(&self, costs: &[(u32, i128)], most: usize) -> Rooms {
        let mut rooms: Rooms = vec![None; most + 1];
        rooms[0] = Some((0, Vec::new()));
        for (unit, cost) in costs {
            let places = usize::try_from(self.size_of(*unit as usize)).unwrap_or(usize::MAX);
            for wanted in (1..=most).rev() {
                let Some((so_far, leave)) = &rooms[wanted.saturating_sub(places)] else { continue };
                let total = so_far + cost;
                if leave.len() < MOST_LEAVING && rooms[wanted].as_ref().is_none_or(|(present, _)| total < *present) {
                    let mut leave = leave.clone();
                    leave.push(*unit);
                    rooms[wanted] = Some((total, leave));
                }
            }
        }
        rooms
    }

    /// Moves the unit in and the others on, and all back again where the plan does not gain after all.
    fn change(&mut self, unit: usize, place: usize, leave: &[u32], worth: i128) -> bool {
        let mut undo: Vec<(usize, Option<u32>)> = vec![(unit, None)];
        let mut gained = -worth;
        for other in leave {
            gained -= self.leave(*other as usize, &mut undo);
        }
        let sink = self.way_at(unit, place).sink as usize;
        if self.left[sink] >= self.size_of(unit) {
            gained += self.way_at(unit, place).worth;
            self.put(unit, place);
            for other in leave {
                let Some((_, place)) = self.best_elsewhere(*other as usize, usize::MAX) else { continue };
                let to = self.way_at(*other as usize, place).sink as usize;
                let lacking = self.lacking(*other as usize, to).unwrap_or(usize::MAX);
                let next = if lacking == 0 { Some(Vec::new()) } else { self.plain_leavers(to, lacking) };
                // Nobody makes room who has just moved.
                let Some(next) = next.filter(|next| next.iter().all(|one| *one as usize != unit)) else { continue };
                for one in &next {
                    gained -= self.leave(*one as usize, &mut undo);
                }
                if self.left[to] >= self.size_of(*other as usize) {
                    gained += self.way_at(*other as usize, place).worth;
                    self.put(*other as usize, place);
                }
                for one in next {
                    if let Some((worth, place)) = self.best_free(one as usize, usize::MAX) {
                        gained += worth;
                        self.put(one as usize, place);
                    }
                }
            }
        }
        if gained > 0 {
            return true;
        }
        // All out first, so that there is room to go back. Who moved twice goes back to where it was first.
        for (one, _) in &undo {
            self.take(*one);
        }
        for (number, (one, at)) in undo.iter().enumerate() {
            let first = undo.iter().take(number).all(|(other, _)| other != one);
            if let (Some(place), true) = (at, first) {
                self.put(*one, *place as usize);
            }
        }
        false
    }

    fn plain_leavers(&mut self, sink: usize, lacking: usize) -> Option<Vec<u32>> {
        self.plain_room(sink, lacking)?;
        let rooms = self.plain[sink].as_ref()?;
        rooms.get(lacking)?.as_ref().map(|(_, leave)| leave.clone())
    }

    /// Takes a unit out, notes where it was, and tells what it was worth there.
    fn leave(&mut self, unit: usize, undo: &mut Vec<(usize, Option<u32>)>) -> i128 {
        let worth = self.worth(unit);
        undo.push((unit, self.units[unit].at));
        self.take(unit);
        worth
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
