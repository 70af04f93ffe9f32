//! Successive shortest paths over sinks, an independent algorithm for problems with unit sizes.
//!
//! Units enter one after another, those of the first class first. Each takes the cheapest augmenting path: to a free
//! place, or by moving others, the last of which finds a free place or becomes unserved. Prices of sinks are potentials
//! that keep all lengths non-negative, so that Dijkstra's algorithm finds the path. A search visits each supply once,
//! because all its units have the same surplus. Identical units move together.

use std::{cmp::Reverse, collections::BinaryHeap};

use lotse::solver::{Objective, Problem};

const NONE: u32 = u32::MAX;

/// Returns the optimal objective of a problem in which every size is 1, nothing is kept and nothing is fixed.
pub(crate) fn shortest_paths(problem: &Problem) -> Objective {
    let mut network = Network::new(problem);
    let mut order: Vec<usize> = (0..problem.supplies.len()).collect();
    order.sort_by_key(|supply| (Reverse(problem.supplies[*supply].people), *supply));
    for supply in order {
        network.serve(supply);
    }
    let mut objective = Objective::ZERO;
    for (arc, units) in network.flows.iter().enumerate().filter(|(_, units)| **units > 0) {
        let supply = &problem.supplies[network.tails[arc] as usize];
        let edge = supply.edges.iter().find(|edge| edge.sink == network.heads[arc]).unwrap();
        for (sum, people) in objective.people.iter_mut().zip(supply.people) {
            *sum += i128::from(*units) * i128::from(people);
        }
        objective.value += i128::from(*units) * i128::from(edge.value);
    }
    objective
}

struct Network {
    /// The arcs of supply `s` are `first_arc[s]..first_arc[s + 1]`, without those that cannot improve a solution.
    first_arc: Vec<usize>,
    tails: Vec<u32>,
    heads: Vec<u32>,
    objectives: Vec<i128>,
    flows: Vec<u32>,
    /// The number of unserved units of each supply.
    unserved: Vec<u32>,
    // INVARIANT: a sink with free places has price 0. A unit has the largest surplus of its supply on its arc; an
    // unserved one would have no positive surplus anywhere.
    prices: Vec<i128>,
    free: Vec<u64>,
    /// The arcs with a flow to each sink.
    incoming: Vec<Vec<u32>>,
    search: Search,
}

/// The working memory of a search, cleared after it.
struct Search {
    heap: BinaryHeap<Reverse<(i128, u32)>>,
    distances: Vec<i128>,
    /// The arc by which a sink was reached, and the one that its unit leaves.
    reached_by: Vec<(u32, u32)>,
    is_settled: Vec<bool>,
    touched: Vec<u32>,
    /// The round of the last search that visited each supply.
    visited_in: Vec<u32>,
    round: u32,
}

/// The end of an augmenting path.
enum End {
    /// The new unit remains unserved.
    Unserved,
    /// A sink with a free place.
    Free(u32),
    /// The unit on this arc becomes unserved.
    Displaced(u32),
}

impl Network {
    fn new(problem: &Problem) -> Self {
        let sinks = problem.capacities.len();
        let mut network = Self {
            first_arc: vec![0],
            tails: Vec::new(),
            heads: Vec::new(),
            objectives: Vec::new(),
            flows: Vec::new(),
            unserved: problem.supplies.iter().map(|supply| supply.count).collect(),
            prices: vec![0; sinks],
            free: problem.capacities.iter().map(|capacity| capacity.unwrap_or(u64::MAX)).collect(),
            incoming: vec![Vec::new(); sinks],
            search: Search {
                heap: BinaryHeap::new(),
                distances: vec![i128::MAX; sinks],
                reached_by: vec![(NONE, NONE); sinks],
                is_settled: vec![false; sinks],
                touched: Vec::new(),
                visited_in: vec![0; problem.supplies.len()],
                round: 0,
            },
        };
        let values = problem.supplies.iter().flat_map(|supply| &supply.edges).map(|edge| edge.value.unsigned_abs());
        // Values add up along a path, which visits each sink twice at most; people of other supplies cancel out.
        let weight = (i128::from(values.max().unwrap_or(0)) + 1) * (sinks as i128 + 1) * 4;
        for (position, supply) in (0..).zip(&problem.supplies) {
            assert!(supply.size == 1 && supply.fixed.is_none() && supply.people.iter().all(|people| *people < 16));
            let people = supply.people.iter().fold(0, |sum, people| sum * 64 + i128::from(*people));
            for edge in &supply.edges {
                assert_eq!(edge.kept, 0);
                let objective = people * weight + i128::from(edge.value);
                if objective > 0 {
                    network.heads.push(edge.sink);
                    network.objectives.push(objective);
                    network.flows.push(0);
                    network.tails.push(position);
                }
            }
            network.first_arc.push(network.heads.len());
        }
        network
    }

    fn arcs(&self, supply: usize) -> std::ops::Range<usize> {
        self.first_arc[supply]..self.first_arc[supply + 1]
    }

    /// Returns the objective of a unit on an arc minus the price of its place.
    fn surplus(&self, arc: usize) -> i128 {
        self.objectives[arc] - self.prices[self.heads[arc] as usize]
    }

    /// Serves the units of a supply as long as that improves the objective.
    fn serve(&mut self, supply: usize) {
        while self.unserved[supply] > 0 {
            match self.shortest_path(supply) {
                End::Unserved => return,
                end => self.augment(supply, &end),
            }
        }
    }

    /// Returns the end of the shortest augmenting path of one unit, and raises prices by the distances.
    fn shortest_path(&mut self, supply: usize) -> End {
        let surplus = self.arcs(supply).map(|arc| self.surplus(arc)).max().unwrap_or(0).max(0);
        let (mut shortest, mut end) = (surplus, End::Unserved);
        self.search.round += 1;
        self.search.visited_in[supply] = self.search.round;
        self.relax(supply, 0, surplus, NONE, shortest);
        while let Some(Reverse((distance, sink))) = self.search.heap.pop() {
            let sink_position = sink as usize;
            if distance >= shortest {
                break;
            }
            if self.search.is_settled[sink_position] || distance > self.search.distances[sink_position] {
                continue;
            }
            self.search.is_settled[sink_position] = true;
            if self.free[sink_position] > 0 {
                (shortest, end) = (distance, End::Free(sink));
                break;
            }
            for position in 0..self.incoming[sink_position].len() {
                let arc = self.incoming[sink_position][position];
                let other = self.tails[arc as usize] as usize;
                if self.search.visited_in[other] == self.search.round {
                    continue;
                }
                self.search.visited_in[other] = self.search.round;
                let surplus = self.surplus(arc as usize);
                if distance + surplus < shortest {
                    (shortest, end) = (distance + surplus, End::Displaced(arc));
                }
                self.relax(other, distance, surplus, arc, shortest);
            }
        }
        for sink in self.search.touched.drain(..) {
            let sink = sink as usize;
            if self.search.is_settled[sink] {
                self.prices[sink] += (shortest - self.search.distances[sink]).max(0);
            }
            self.search.distances[sink] = i128::MAX;
            self.search.is_settled[sink] = false;
        }
        self.search.heap.clear();
        end
    }

    /// Relaxes the arcs of a supply whose unit leaves the sink of the arc `from` at a distance.
    fn relax(&mut self, supply: usize, distance: i128, surplus: i128, from: u32, shortest: i128) {
        for arc in self.arcs(supply) {
            let sink = self.heads[arc] as usize;
            let next = distance + surplus - self.surplus(arc);
            if next < shortest && next < self.search.distances[sink] {
                if self.search.distances[sink] == i128::MAX {
                    self.search.touched.push(self.heads[arc]);
                }
                self.search.distances[sink] = next;
                self.search.reached_by[sink] = (u32::try_from(arc).unwrap_or(NONE), from);
                self.search.heap.push(Reverse((next, self.heads[arc])));
            }
        }
    }

    /// Moves as many units as possible along a path.
    fn augment(&mut self, supply: usize, end: &End) {
        let (last, mut units) = match end {
            End::Unserved => return,
            End::Free(sink) => {
                let free = self.free[*sink as usize];
                (*sink, u32::try_from(free).unwrap_or(u32::MAX))
            }
            End::Displaced(arc) => (self.heads[*arc as usize], self.flows[*arc as usize]),
        };
        units = units.min(self.unserved[supply]);
        let mut sink = last;
        loop {
            let (_, from) = self.search.reached_by[sink as usize];
            if from == NONE {
                break;
            }
            units = units.min(self.flows[from as usize]);
            sink = self.heads[from as usize];
        }
        match end {
            End::Free(sink) if self.free[*sink as usize] != u64::MAX => {
                self.free[*sink as usize] -= u64::from(units);
            }
            End::Displaced(arc) => {
                self.remove(*arc, units);
                self.unserved[self.tails[*arc as usize] as usize] += units;
            }
            End::Free(_) | End::Unserved => {}
        }
        let mut sink = last;
        loop {
            let (arc, from) = self.search.reached_by[sink as usize];
            if self.flows[arc as usize] == 0 {
                self.incoming[sink as usize].push(arc);
            }
            self.flows[arc as usize] += units;
            if from == NONE {
                break;
            }
            self.remove(from, units);
            sink = self.heads[from as usize];
        }
        self.unserved[supply] -= units;
    }

    fn remove(&mut self, arc: u32, units: u32) {
        self.flows[arc as usize] -= units;
        if self.flows[arc as usize] == 0 {
            let incoming = &mut self.incoming[self.heads[arc as usize] as usize];
            if let Some(position) = incoming.iter().position(|present| *present == arc) {
                incoming.swap_remove(position);
            }
        }
    }
}
