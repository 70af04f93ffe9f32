//! Another kind of solver for single places: successive shortest paths over sinks.
//!
//! Supplies come in one after another, the first class first. Each new unit takes the path that costs least: to a free
//! place, or by making others move on, the last of whom finds a free place or stays unserved. Prices of sinks keep every
//! step's costs at or above 0, so Dijkstra's algorithm finds the path. A supply that many paths meet is looked at
//! once a search, because all its units gain the same beyond the price. Alike units move together.

use std::{cmp::Reverse, collections::BinaryHeap};

use lotse::solver::{Objective, Problem};

const NONE: u32 = u32::MAX;

/// What the best plan is worth, where every size is 1, nothing is kept and nothing is fixed.
pub(crate) fn paths(problem: &Problem) -> Objective {
    let mut network = Network::of(problem);
    let mut order: Vec<usize> = (0..problem.supplies.len()).collect();
    order.sort_by_key(|supply| (Reverse(problem.supplies[*supply].people), *supply));
    for supply in order {
        network.serve(supply);
    }
    let mut worth = Objective::ZERO;
    for (edge, units) in network.flow.iter().enumerate().filter(|(_, units)| **units > 0) {
        let supply = &problem.supplies[network.owner[edge] as usize];
        let way = supply.edges.iter().find(|way| way.sink == network.to[edge]).unwrap();
        for (sum, people) in worth.people.iter_mut().zip(supply.people) {
            *sum += i128::from(*units) * i128::from(people);
        }
        worth.value += i128::from(*units) * i128::from(way.value);
    }
    worth
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
    fn of(problem: &Problem) -> Self {
        let sinks = problem.capacities.len();
        let mut network = Self {
            first: vec![0],
            to: Vec::new(),
            worth: Vec::new(),
            flow: Vec::new(),
            owner: Vec::new(),
            waiting: problem.supplies.iter().map(|supply| supply.count).collect(),
            price: vec![0; sinks],
            left: problem.capacities.iter().map(|places| places.unwrap_or(u64::MAX)).collect(),
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
        let values = problem.supplies.iter().flat_map(|supply| &supply.edges).map(|edge| edge.value.unsigned_abs());
        // Values add up along a path, which meets each sink twice at most; people of other supplies cancel out.
        let stride = (i128::from(values.max().unwrap_or(0)) + 1) * (sinks as i128 + 1) * 4;
        for (number, supply) in (0..).zip(&problem.supplies) {
            assert!(supply.size == 1 && supply.fixed.is_none() && supply.people.iter().all(|people| *people < 16));
            let people = supply.people.iter().fold(0, |sum, people| sum * 64 + i128::from(*people));
            for edge in &supply.edges {
                assert_eq!(edge.kept, 0);
                let worth = people * stride + i128::from(edge.value);
                if worth > 0 {
                    network.to.push(edge.sink);
                    network.worth.push(worth);
                    network.flow.push(0);
                    network.owner.push(number);
                }
            }
            network.first.push(network.to.len());
        }
        network
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
}
