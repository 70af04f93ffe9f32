//! A plan in which all stay together: begun with what does so already, and then repaired.
//!
//! Every unit in turn may take a better place, at the cost of others who move on or give up theirs, as long as the whole
//! plan gains.
#![expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "positions are made here from a checked problem, and the scale leaves room for every sum"
)]

use std::{cmp::Reverse, ops::Range};

use crate::solver::{
    lexicographic::Scale,
    problem::{CLASSES, Edge, Flow, Objective, Problem, too_large},
};
use crate::{
    error::Error,
    util::{
        ordered_map::OrderedMap,
        progress::ProgressReporter,
        sort::{sort, sort_by_key},
    },
};

/// Most units that a plan looks at one by one.
const MOST_UNITS: u64 = 10_000_000;
/// How many edges the repairs look at: about a second of work.
const MOST_LOOKS: u64 = 60_000_000;
/// How many places a change makes room for at most.
const MOST_LACKING: usize = 24;
/// How many units leave one sink at most.
const MOST_LEAVING: usize = 6;
/// How many units one change moves at most: one comes, others leave, and others again for each of these.
const MOST_MOVED: usize = 1 + MOST_LEAVING + MOST_LEAVING * MOST_LEAVING;

/// A unit that stays together, and the edge it goes along.
#[derive(Clone, Copy)]
pub(crate) struct Unit {
    pub(crate) supply: u32,
    pub(crate) at: Option<u32>,
    /// Its position among the units at its sink, or among those of its supply that wait.
    spot: u32,
}

pub(crate) struct Plan {
    pub(crate) size: Vec<u32>,
    /// The edges of each supply: sink, worth, and what it is worth beyond the price of its places; best of that first.
    pub(crate) edges: Vec<Vec<Way>>,
    pub(crate) units: Vec<Unit>,
    pub(crate) price: Vec<i128>,
    pub(crate) left: Vec<u64>,
    /// The units at each sink.
    pub(crate) here: Vec<Vec<u32>>,
    /// The units of each supply that wait.
    pub(crate) idle: Vec<Vec<u32>>,
    /// How to make room at each sink where nobody else makes room in turn; made when asked for, gone when the sink changes.
    plain: Vec<Option<Rooms>>,
    looks: u64,
}

/// What it costs to free so many places, and who leaves for it; nothing where that cannot be.
type Rooms = Vec<Option<(i128, Vec<u32>)>>;

#[derive(Clone, Copy)]
pub(crate) struct Way {
    pub(crate) sink: u32,
    pub(crate) worth: i128,
    pub(crate) gain: i128,
}

impl Plan {
    pub(crate) fn of(problem: &Problem, prices: &[Objective]) -> Result<Self, Error> {
        let units =
            problem.supplies.iter().filter(|supply| supply.fixed.is_none()).map(|supply| u64::from(supply.count));
        if units.sum::<u64>() > MOST_UNITS {
            return Err(too_large());
        }
        let scale = scale(problem, prices).ok_or_else(too_large)?;
        let mut plan = Self {
            size: problem.supplies.iter().map(|supply| supply.size).collect(),
            edges: Vec::with_capacity(problem.supplies.len()),
            units: Vec::new(),
            left: problem.capacities.iter().map(|places| places.unwrap_or(u64::MAX)).collect(),
            price: prices.iter().map(|price| scale.encode(*price)).collect(),
            here: vec![Vec::new(); problem.capacities.len()],
            idle: vec![Vec::new(); problem.supplies.len()],
            plain: vec![None; problem.capacities.len()],
            looks: MOST_LOOKS,
        };
        for (number, supply) in problem.supplies.iter().enumerate() {
            let way = |edge: &Edge| {
                let worth = scale.encode(supply.unit_objective(edge));
                let price = plan.price[edge.sink as usize];
                Way { sink: edge.sink, worth, gain: worth - price * i128::from(supply.size) }
            };
            let mut ways: Vec<Way> = supply.edges.iter().map(way).filter(|way| way.worth > 0).collect();
            sort_by_key(&mut ways, |way| (Reverse(way.gain), way.sink));
            if let Some(sink) = supply.fixed {
                let places = u64::from(supply.count) * u64::from(supply.size);
                let left = &mut plan.left[sink as usize];
                *left = if *left == u64::MAX { *left } else { left.saturating_sub(places) };
            } else {
                let supply_at = u32::try_from(number).map_err(|_| too_large())?;
                let first = u32::try_from(plan.units.len()).map_err(|_| too_large())?;
                plan.units.extend((0..supply.count).map(|spot| Unit { supply: supply_at, at: None, spot }));
                plan.idle[number].extend((0..supply.count).map(|spot| first + spot));
            }
            plan.edges.push(ways);
        }
        Ok(plan)
    }

    /// What stays together in the plan where everyone goes alone, then the others where they fit.
    pub(crate) fn begin(&mut self, problem: &Problem, alone: &[Flow], parts: &[Range<usize>]) {
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
    pub(crate) fn repair(&mut self, progress: &ProgressReporter<'_>) {
        loop {
            let mut better = false;
            // Alike units fail alike, until something changes.
            let mut failed: Option<(u32, Option<u32>)> = None;
            for unit in self.most_pressing_first() {
                if self.looks == 0 || progress.is_cancelled() {
                    return;
                }
                let Unit { supply, at, .. } = self.units[unit];
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
        let best: Vec<_> = self.units.iter().map(|unit| best(unit.supply)).collect();
        sort_by_key(&mut order, |unit| {
            let Unit { supply, at, .. } = self.units[*unit];
            (at.is_some(), Reverse(best[*unit]), supply, *unit)
        });
        order
    }

    pub(crate) fn size_of(&self, unit: usize) -> u64 {
        u64::from(self.size[self.units[unit].supply as usize])
    }

    pub(crate) fn way(&self, unit: usize) -> Option<Way> {
        let Unit { supply, at, .. } = self.units[unit];
        at.map(|place| self.edges[supply as usize][place as usize])
    }

    pub(crate) fn worth(&self, unit: usize) -> i128 {
        self.way(unit).map_or(0, |way| way.worth)
    }

    pub(crate) fn put(&mut self, unit: usize, place: usize) {
        let sink = self.edges[self.units[unit].supply as usize][place].sink as usize;
        self.unlist(unit);
        self.units[unit].at = u32::try_from(place).ok();
        if self.left[sink] != u64::MAX {
            self.left[sink] -= self.size_of(unit);
        }
        self.list(unit);
        self.plain[sink] = None;
    }

    pub(crate) fn take(&mut self, unit: usize) {
        let Some(way) = self.way(unit) else { return };
        let sink = way.sink as usize;
        if self.left[sink] != u64::MAX {
            self.left[sink] += self.size_of(unit);
        }
        self.unlist(unit);
        self.plain[sink] = None;
        self.units[unit].at = None;
        self.list(unit);
    }

    /// The list that a unit is in: those at its sink, or those of its supply that wait.
    fn list_of(&mut self, unit: usize) -> &mut Vec<u32> {
        let sink = self.way(unit).map(|way| way.sink);
        match sink {
            Some(sink) => &mut self.here[sink as usize],
            None => &mut self.idle[self.units[unit].supply as usize],
        }
    }

    fn list(&mut self, unit: usize) {
        let list = self.list_of(unit);
        let spot = list.len();
        list.push(u32::try_from(unit).unwrap_or(u32::MAX));
        self.units[unit].spot = u32::try_from(spot).unwrap_or(u32::MAX);
    }

    fn unlist(&mut self, unit: usize) {
        let spot = self.units[unit].spot;
        let list = self.list_of(unit);
        list.swap_remove(spot as usize);
        if let Some(moved) = list.get(spot as usize).copied() {
            self.units[moved as usize].spot = spot;
        }
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
        let here = self.here[sink].len();
        self.looks = self.looks.saturating_sub(here as u64 * 8);
        let mut costs = Vec::with_capacity(here);
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
        // Of each size only the cheapest can be among those who leave.
        let mut cheapest: OrderedMap<u64, Vec<(i128, u32)>> = OrderedMap::default();
        for (unit, cost) in costs {
            let list = cheapest.entry(self.size_of(*unit as usize)).or_default();
            let place = list.partition_point(|present| *present < (*cost, *unit));
            if place < MOST_LEAVING {
                list.truncate(MOST_LEAVING - 1);
                list.insert(place, (*cost, *unit));
            }
        }
        let mut rooms: Rooms = vec![None; most + 1];
        rooms[0] = Some((0, Vec::new()));
        for (size, cost, unit) in
            cheapest.iter().flat_map(|(size, list)| list.iter().map(move |one| (*size, one.0, one.1)))
        {
            let places = usize::try_from(size).unwrap_or(usize::MAX);
            for wanted in (1..=most).rev() {
                let Some((so_far, leave)) = &rooms[wanted.saturating_sub(places)] else { continue };
                let total = so_far + cost;
                if leave.len() < MOST_LEAVING && rooms[wanted].as_ref().is_none_or(|(present, _)| total < *present) {
                    let mut leave = leave.clone();
                    leave.push(unit);
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

    pub(crate) fn into_flows(self, problem: &Problem) -> Vec<Flow> {
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
            sort(flow);
        }
        flows
    }
}

/// A scale for what a change adds up to.
fn scale(problem: &Problem, prices: &[Objective]) -> Option<Scale> {
    let mut reach = [0_i128; CLASSES + 2];
    let moved = i128::try_from(MOST_MOVED * 2).ok()?;
    let mut largest = 1_u32;
    for supply in &problem.supplies {
        largest = largest.max(supply.size);
        for edge in &supply.edges {
            for (reach, level) in reach.iter_mut().zip(supply.unit_objective(edge).levels()) {
                *reach = (*reach).max(level.checked_abs()?.checked_mul(moved)?);
            }
        }
    }
    for price in prices {
        for (reach, level) in reach.iter_mut().zip(price.levels()) {
            // Beside the worth of one unit, for which there is room already.
            *reach = (*reach).max(level.checked_abs()?.checked_mul(i128::from(largest))?.checked_mul(moved)?);
        }
    }
    Scale::for_sums_up_to(Objective::from_levels(reach))
}
