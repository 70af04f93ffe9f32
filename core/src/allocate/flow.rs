//! Single places: successive shortest paths over sinks.
//!
//! Supplies come in one after another, the first class first. Each new unit takes the path that costs least: to a free
//! place, or by making others move on, the last of whom finds a free place or stays unserved. Prices of sinks keep every
//! step's costs at or above 0, so Dijkstra's algorithm finds the path. A supply that many paths meet is looked at
//! once a search, because all its units gain the same beyond the price; so a search costs at most one look at each edge, and
//! in practice a few sinks, since most units find a place nearby. Alike units move together.
//!
//! Why this way: on problems of an incident's size it took as long as cost scaling (OR-Tools 9, the same shapes, one busy
//! machine: 1 000 × 200 with 40 ways 22 against 33 ms, 1 000 × 100 with all ways 56 against 62 ms, 10 000 × 2 000 with 40 ways
//! 2.1 against 1.7 s). It needs no scaled costs, so that levels stay exact, always ends, and leaves prices from which one
//! more search makes the smallest ones. Network simplex and auctions were not measured.
#![expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "positions are made here from a checked problem, and the scale leaves room for every sum"
)]

use std::{cmp::Reverse, collections::BinaryHeap};

use super::{
    problem::{Certificate, Flow, Problem, Solution, Supply, Taker, Worth, too_large},
    scale::Scale,
};
use crate::error::Error;

const NONE: u32 = u32::MAX;

/// The best plan for a problem in which every size is 1.
pub(super) fn solve(problem: &Problem) -> Result<Solution, Error> {
    let scale = scale(problem).ok_or_else(too_large)?;
    let mut network = Network::of(problem, &scale)?;
    let mut order: Vec<usize> = (0..problem.supplies.len()).collect();
    order.sort_by_key(|supply| (Reverse(problem.supplies[*supply].people), *supply));
    for supply in order {
        if problem.supplies[supply].fixed.is_none() {
            network.serve(supply);
        }
    }
    network.into_solution(problem, &scale)
}

/// A scale for what a path or cycle can add up to: it enters and leaves each sink at most once, and serves or leaves at most two
/// units.
fn scale(problem: &Problem) -> Option<Scale> {
    let steps = i128::try_from(problem.places.len()).ok()?.checked_add(1)?.checked_mul(2)?;
    let mut reach = Worth::ZERO;
    for supply in &problem.supplies {
        for (reach, people) in reach.people.iter_mut().zip(supply.people) {
            *reach = (*reach).max(i128::from(people).checked_mul(2)?);
        }
        for edge in &supply.edges {
            reach.kept = reach.kept.max(steps.checked_mul(i128::from(edge.kept))?);
            reach.value = reach.value.max(steps.checked_mul(i128::from(edge.value).checked_abs()?)?);
        }
    }
    Scale::for_sums_up_to(reach)
}

struct Network {
    /// The edges of supply `s` are `first[s]..first[s + 1]`; those that are worth nothing are left out.
    first: Vec<usize>,
    to: Vec<u32>,
    worth: Vec<i128>,
    /// How many units go along each edge.
    flow: Vec<u32>,
    owner: Vec<u32>,
    /// Units of each supply that are not served.
    waiting: Vec<u32>,
    // INVARIANT: a sink with places left has price 0. A unit on an edge gains worth − price there, and nowhere more; one that
    // waits would gain nothing anywhere.
    price: Vec<i128>,
    left: Vec<u64>,
    /// The edges along which units come to each sink.
    served: Vec<Vec<u32>>,
    search: Search,
}

/// What one search writes down; cleared after it.
struct Search {
    heap: BinaryHeap<Reverse<(i128, u32)>>,
    distance: Vec<i128>,
    /// The edge by which a sink was reached, and the one that its unit leaves.
    by: Vec<(u32, u32)>,
    settled: Vec<bool>,
    touched: Vec<u32>,
    seen: Vec<u32>,
    round: u32,
}

/// Where a path ends.
enum End {
    /// The new unit itself is not served.
    Itself,
    /// At a sink with a place left.
    Free(u32),
    /// The unit on this edge gives up its place.
    Gives(u32),
}

impl Network {
    fn of(problem: &Problem, scale: &Scale) -> Result<Self, Error> {
        let sinks = problem.places.len();
        let mut network = Self {
            first: vec![0],
            to: Vec::new(),
            worth: Vec::new(),
            flow: Vec::new(),
            owner: Vec::new(),
            waiting: Vec::with_capacity(problem.supplies.len()),
            price: vec![0; sinks],
            left: problem.places.iter().map(|places| places.unwrap_or(u64::MAX)).collect(),
            served: vec![Vec::new(); sinks],
            search: Search {
                heap: BinaryHeap::new(),
                distance: vec![i128::MAX; sinks],
                by: vec![(NONE, NONE); sinks],
                settled: vec![false; sinks],
                touched: Vec::new(),
                seen: vec![0; problem.supplies.len()],
                round: 0,
            },
        };
        for (number, supply) in problem.supplies.iter().enumerate() {
            if let Some(sink) = supply.fixed {
                let left = &mut network.left[sink as usize];
                *left = if *left == u64::MAX { *left } else { left.saturating_sub(u64::from(supply.count)) };
            } else {
                network.add(number, supply, scale)?;
            }
            network.waiting.push(if supply.fixed.is_none() { supply.count } else { 0 });
            network.first.push(network.to.len());
        }
        Ok(network)
    }

    fn add(&mut self, number: usize, supply: &Supply, scale: &Scale) -> Result<(), Error> {
        let number = u32::try_from(number).map_err(|_| too_large())?;
        for edge in &supply.edges {
            let worth = scale.encode(supply.worth(edge));
            if worth > 0 {
                self.to.push(edge.sink);
                self.worth.push(worth);
                self.flow.push(0);
                self.owner.push(number);
            }
        }
        if self.to.len() < NONE as usize { Ok(()) } else { Err(too_large()) }
    }

    fn edges(&self, supply: usize) -> std::ops::Range<usize> {
        self.first[supply]..self.first[supply + 1]
    }

    /// What a unit on this edge gains beyond the price.
    fn gain(&self, edge: usize) -> i128 {
        self.worth[edge] - self.price[self.to[edge] as usize]
    }

    /// Serves as many units of a supply as is worth it.
    fn serve(&mut self, supply: usize) {
        while self.waiting[supply] > 0 {
            match self.shortest_path(supply) {
                End::Itself => return,
                end => self.send(supply, &end),
            }
        }
    }

    /// Finds the best path for one more unit, and raises prices by what it costs.
    fn shortest_path(&mut self, supply: usize) -> End {
        let gain = self.edges(supply).map(|edge| self.gain(edge)).max().unwrap_or(0).max(0);
        let (mut shortest, mut end) = (gain, End::Itself);
        self.search.round += 1;
        self.search.seen[supply] = self.search.round;
        self.reach(supply, 0, gain, NONE, shortest);
        while let Some(Reverse((distance, sink))) = self.search.heap.pop() {
            let sink_at = sink as usize;
            if distance >= shortest {
                break;
            }
            if self.search.settled[sink_at] || distance > self.search.distance[sink_at] {
                continue;
            }
            self.search.settled[sink_at] = true;
            if self.left[sink_at] > 0 {
                (shortest, end) = (distance, End::Free(sink));
                break;
            }
            for place in 0..self.served[sink_at].len() {
                let edge = self.served[sink_at][place];
                let other = self.owner[edge as usize] as usize;
                if self.search.seen[other] == self.search.round {
                    continue;
                }
                self.search.seen[other] = self.search.round;
                let gain = self.gain(edge as usize);
                if distance + gain < shortest {
                    (shortest, end) = (distance + gain, End::Gives(edge));
                }
                self.reach(other, distance, gain, edge, shortest);
            }
        }
        for sink in self.search.touched.drain(..) {
            let sink = sink as usize;
            if self.search.settled[sink] {
                self.price[sink] += (shortest - self.search.distance[sink]).max(0);
            }
            self.search.distance[sink] = i128::MAX;
            self.search.settled[sink] = false;
        }
        self.search.heap.clear();
        end
    }

    /// Notes the sinks that a unit of the supply could go to, when it has come to `distance` and leaves `from`.
    fn reach(&mut self, supply: usize, distance: i128, gain: i128, from: u32, shortest: i128) {
        for edge in self.edges(supply) {
            let sink = self.to[edge] as usize;
            let next = distance + gain - self.gain(edge);
            if next < shortest && next < self.search.distance[sink] {
                if self.search.distance[sink] == i128::MAX {
                    self.search.touched.push(self.to[edge]);
                }
                self.search.distance[sink] = next;
                self.search.by[sink] = (u32::try_from(edge).unwrap_or(NONE), from);
                self.search.heap.push(Reverse((next, self.to[edge])));
            }
        }
    }

    /// Moves as many alike units along the path as can go.
    fn send(&mut self, supply: usize, end: &End) {
        let (last, mut units) = match end {
            End::Itself => return,
            End::Free(sink) => {
                let left = self.left[*sink as usize];
                (*sink, u32::try_from(left).unwrap_or(u32::MAX))
            }
            End::Gives(edge) => (self.to[*edge as usize], self.flow[*edge as usize]),
        };
        units = units.min(self.waiting[supply]);
        let mut sink = last;
        loop {
            let (_, from) = self.search.by[sink as usize];
            if from == NONE {
                break;
            }
            units = units.min(self.flow[from as usize]);
            sink = self.to[from as usize];
        }
        match end {
            End::Free(sink) if self.left[*sink as usize] != u64::MAX => {
                self.left[*sink as usize] -= u64::from(units);
            }
            End::Gives(edge) => {
                self.take(*edge, units);
                self.waiting[self.owner[*edge as usize] as usize] += units;
            }
            End::Free(_) | End::Itself => {}
        }
        let mut sink = last;
        loop {
            let (edge, from) = self.search.by[sink as usize];
            if self.flow[edge as usize] == 0 {
                self.served[sink as usize].push(edge);
            }
            self.flow[edge as usize] += units;
            if from == NONE {
                break;
            }
            self.take(from, units);
            sink = self.to[from as usize];
        }
        self.waiting[supply] -= units;
    }

    fn take(&mut self, edge: u32, units: u32) {
        self.flow[edge as usize] -= units;
        if self.flow[edge as usize] == 0 {
            let served = &mut self.served[self.to[edge as usize] as usize];
            if let Some(place) = served.iter().position(|present| *present == edge) {
                served.swap_remove(place);
            }
        }
    }

    fn into_solution(mut self, problem: &Problem, scale: &Scale) -> Result<Solution, Error> {
        let takers = self.lower_prices();
        let mut flows: Vec<Flow> = Vec::with_capacity(problem.supplies.len());
        for (number, supply) in problem.supplies.iter().enumerate() {
            let mut flow: Flow = match supply.fixed {
                Some(sink) => vec![(sink, supply.count)],
                None => self.edges(number).map(|edge| (self.to[edge], self.flow[edge])).collect(),
            };
            flow.retain(|(_, units)| *units > 0);
            flow.sort_unstable();
            flows.push(flow);
        }
        let objective = worth_of(problem, &flows).ok_or_else(too_large)?;
        let prices = self.price.iter().map(|price| scale.decode(*price)).collect();
        Ok(Solution { flows, objective, bound: objective, certificate: Certificate { prices, takers } })
    }

    /// Lowers every price to what one more place would add, which is the least that still proves the plan; and who would take it.
    ///
    /// A place that becomes free is worth what the best chain brings that ends in it: a unit that waits, or one that moves and
    /// frees another place. So one search from the ends of all chains finds how much too high each price is.
    fn lower_prices(&mut self) -> Vec<Option<Taker>> {
        let mut takers: Vec<Option<Taker>> = vec![None; self.price.len()];
        // A place may stay free too, which is worth 0.
        let mut slack = self.price.clone();
        for supply in 0..self.waiting.len() {
            if self.waiting[supply] > 0 {
                self.pull(supply, 0, 0, None, 1, &mut slack, &mut takers);
            }
        }
        let mut heap: BinaryHeap<Reverse<(i128, u32)>> =
            (0_u32..).zip(&slack).map(|(sink, slack)| Reverse((*slack, sink))).collect();
        let mut settled = vec![false; slack.len()];
        self.search.round += 1;
        while let Some(Reverse((distance, sink))) = heap.pop() {
            let sink_at = sink as usize;
            if std::mem::replace(&mut settled[sink_at], true) {
                continue;
            }
            let moves = takers[sink_at].map_or(0, |taker| taker.moves) + 1;
            for place in 0..self.served[sink_at].len() {
                let edge = self.served[sink_at][place] as usize;
                let supply = self.owner[edge] as usize;
                if self.search.seen[supply] == self.search.round {
                    continue;
                }
                self.search.seen[supply] = self.search.round;
                let lowered = self.pull(supply, distance, self.gain(edge), Some(sink), moves, &mut slack, &mut takers);
                heap.extend(lowered.into_iter().map(|sink| Reverse((slack[sink as usize], sink))));
            }
        }
        for (price, slack) in self.price.iter_mut().zip(&slack) {
            *price -= *slack;
        }
        takers
    }

    /// The sinks of which a unit of the supply would take a place, when it comes from `from` and gains so much there.
    #[expect(clippy::too_many_arguments, reason = "one step of one search, which has two users")]
    fn pull(
        &self,
        supply: usize,
        distance: i128,
        gain: i128,
        from: Option<u32>,
        moves: u32,
        slack: &mut [i128],
        takers: &mut [Option<Taker>],
    ) -> Vec<u32> {
        let mut lowered = Vec::new();
        for edge in self.edges(supply) {
            let sink = self.to[edge] as usize;
            let next = distance + gain - self.gain(edge);
            if next < slack[sink] && from != Some(self.to[edge]) {
                slack[sink] = next;
                takers[sink] = Some(Taker { supply: self.owner[edge], from, moves });
                lowered.push(self.to[edge]);
            }
        }
        lowered
    }
}

/// What a plan is worth; nothing where a sum overflows.
pub(super) fn worth_of(problem: &Problem, flows: &[Flow]) -> Option<Worth> {
    let mut worth = Worth::ZERO;
    for (supply, flow) in problem.supplies.iter().zip(flows) {
        for (sink, units) in flow {
            if let Some(edge) = supply.edges.iter().find(|edge| edge.sink == *sink) {
                worth = worth.plus(supply.worth(edge), i128::from(*units))?;
            }
        }
    }
    Some(worth)
}
