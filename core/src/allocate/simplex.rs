//! Network simplex for single places: from one spanning tree to a better one, until none is better.
//!
//! Nodes are supplies, sinks and a root. Each supply has an arc to the root for its units that wait, each sink one for its
//! filled places; the edges lie between. A tree of such arcs fixes everything: flow runs along its arcs only (and
//! through sinks that are full), and their worth tells what a unit gains and a place costs. An arc outside the tree
//! along which a unit would gain closes a cycle; as much as can goes around it, and an arc that limits it leaves.
//! In each tree every node could send one unit more to the root (Cunningham 1976): then steps that move nothing never come back
//! to the same tree, so the walk always ends.
#![expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "positions are made here from a checked network, and the scale leaves room for every sum"
)]

use std::cmp::Reverse;

use super::network::Network;

const NONE: u32 = u32::MAX;

/// Least number of arcs that are looked at for one step.
const LEAST_BLOCK: usize = 32;

/// The best flow along each edge, and prices that prove it: one of several choices where prices may differ.
pub(super) fn walk(network: &Network) -> (Vec<u32>, Vec<i128>) {
    let mut tree = Tree::of(network);
    tree.begin();
    while let Some(arc) = tree.better() {
        tree.enter(arc);
    }
    tree.into_flow_and_prices()
}

struct Tree<'n> {
    network: &'n Network,
    /// Supplies are nodes before this one, sinks come next.
    supplies: usize,
    root: usize,
    parent: Vec<u32>,
    /// The edge between a node and its parent; nothing where the parent is the root.
    by: Vec<u32>,
    /// The flow along it.
    flow: Vec<u64>,
    /// What one unit more gains at a supply; at a sink, what one place more would bring, below 0.
    potential: Vec<i128>,
    depth: Vec<u32>,
    /// The children of a node stand in a ring, so that one leaves without a look at the others.
    child: Vec<u32>,
    next: Vec<u32>,
    before: Vec<u32>,
    /// Nodes whose arc to the root is outside the tree, and whether that arc is full.
    loose: Vec<bool>,
    full: Vec<bool>,
    /// Where the search for a better arc goes on, and how many arcs it looks at.
    cursor: usize,
    block: usize,
    /// Kept between steps, so that none allocates.
    stack: Vec<u32>,
}

/// An arc outside the tree, in the direction in which a unit gains.
#[derive(Clone, Copy)]
struct Arc {
    tail: usize,
    head: usize,
    /// Nothing for an arc to the root.
    edge: u32,
}

impl<'n> Tree<'n> {
    /// The tree in which nobody is served.
    fn of(network: &'n Network) -> Self {
        let supplies = network.count.len();
        let root = supplies + network.places.len();
        let mut tree = Self {
            network,
            supplies,
            root,
            parent: vec![NONE; root + 1],
            by: vec![NONE; root + 1],
            flow: vec![0; root + 1],
            potential: vec![0; root + 1],
            depth: vec![0; root + 1],
            child: vec![NONE; root + 1],
            next: vec![NONE; root + 1],
            before: vec![NONE; root + 1],
            loose: vec![false; root],
            full: vec![false; root],
            cursor: 0,
            block: network.to.len().isqrt().max(LEAST_BLOCK),
            stack: Vec::new(),
        };
        for (flow, count) in tree.flow.iter_mut().zip(&network.count) {
            *flow = u64::from(*count);
        }
        // Nobody goes where there is no place: far below whatever a sum can reach.
        for (potential, places) in tree.potential.iter_mut().skip(supplies).zip(&network.places) {
            *potential = if *places == 0 { i128::MIN / 4 } else { 0 };
        }
        tree
    }

    /// Begins with a plan that most steps keep: each supply as a whole at its best sink with room, the worthiest first.
    fn begin(&mut self) {
        let network = self.network;
        let best = |supply: usize| network.edges(supply).map(|edge| network.worth[edge]).max();
        let mut order: Vec<usize> = (0..self.supplies).filter(|supply| !network.edges(*supply).is_empty()).collect();
        order.sort_by_cached_key(|supply| Reverse(best(*supply)));
        let mut left = network.places.clone();
        let mut here: Vec<Vec<(usize, usize)>> = vec![Vec::new(); left.len()];
        for supply in order {
            let count = u64::from(network.count[supply]);
            let fits = network.edges(supply).filter(|edge| left[network.to[*edge] as usize] >= count);
            if let Some(edge) = fits.max_by_key(|edge| (network.worth[*edge], Reverse(*edge))) {
                let sink = network.to[edge] as usize;
                left[sink] -= if left[sink] == u64::MAX { 0 } else { count };
                here[sink].push((supply, edge));
            }
        }
        let mut served = vec![false; self.supplies];
        for (sink, here) in here.iter().enumerate() {
            here.iter().for_each(|(supply, _)| served[*supply] = true);
            let node = self.supplies + sink;
            // A full sink hangs on the supply that would be first to leave it, which hangs on the root.
            let least = here.iter().min_by_key(|(_, edge)| network.worth[*edge]).filter(|_| left[sink] == 0);
            if let Some((supply, edge)) = least {
                self.flow[*supply] = 0;
                self.join(*supply, self.root, NONE, 0);
                self.join(node, *supply, position(*edge), u64::from(network.count[*supply]));
                self.potential[node] = -network.worth[*edge];
                (self.loose[node], self.full[node]) = (true, true);
            } else if network.places[sink] > 0 {
                let filled = here.iter().map(|(supply, _)| u64::from(network.count[*supply])).sum();
                self.join(node, self.root, NONE, filled);
            }
            for (supply, edge) in here.iter().filter(|one| least != Some(one)) {
                self.join(*supply, node, position(*edge), u64::from(network.count[*supply]));
                self.potential[*supply] = network.worth[*edge] + self.potential[node];
                self.loose[*supply] = true;
            }
        }
        for supply in (0..self.supplies).filter(|supply| !served[*supply]) {
            self.join(supply, self.root, NONE, u64::from(network.count[supply]));
        }
    }

    /// An arc along which a unit gains, the best of a block; nothing where there is none at all.
    fn better(&mut self) -> Option<Arc> {
        let network = self.network;
        let (mut most, mut found) = (0, None);
        let (mut nodes, mut looked) = (self.root, 0);
        while nodes > 0 && (looked < self.block || found.is_none()) {
            let node = self.cursor;
            let potential = self.potential[node];
            if node < self.supplies {
                let edges = network.edges(node);
                looked += edges.len();
                for edge in edges {
                    let sink = self.supplies + network.to[edge] as usize;
                    let gain = network.worth[edge] - potential + self.potential[sink];
                    if gain > most {
                        let edge = u32::try_from(edge).unwrap_or(NONE);
                        (most, found) = (gain, Some(Arc { tail: node, head: sink, edge }));
                    }
                }
            }
            if self.loose[node] {
                let (gain, arc) = if self.full[node] {
                    (potential, Arc { tail: self.root, head: node, edge: NONE })
                } else {
                    (-potential, Arc { tail: node, head: self.root, edge: NONE })
                };
                if gain > most {
                    (most, found) = (gain, Some(arc));
                }
            }
            looked += 1;
            nodes -= 1;
            self.cursor = if node + 1 == self.root { 0 } else { node + 1 };
        }
        found
    }

    /// How many more units can go between a node and its parent.
    fn room(&self, node: usize, up: bool) -> u64 {
        let flow = self.flow[node];
        match (self.comes_down(node), up) {
            (true, true) | (false, false) => flow,
            (true, false) => u64::MAX,
            (false, true) => self.most(node) - flow,
        }
    }

    /// Whether the arc runs from the parent to the node: an edge whose sink is the node.
    fn comes_down(&self, node: usize) -> bool {
        node >= self.supplies && self.by[node] != NONE
    }

    /// How many units can go from a node to the root or along an edge.
    fn most(&self, node: usize) -> u64 {
        if node < self.supplies { u64::MAX } else { self.network.places[node - self.supplies] }
    }

    /// Sends as much as can go around the cycle that the arc closes, and lets an arc leave that limits it.
    fn enter(&mut self, arc: Arc) {
        let Arc { tail, head, edge } = arc;
        let own = if edge == NONE { self.most(tail.min(head)) } else { u64::MAX };
        // Units come up from the head and go down to the tail. Of the arcs that limit them the last one leaves, seen
        // from where both ways meet.
        let (mut down, mut down_at, mut up, mut up_at) = (u64::MAX, NONE, u64::MAX, NONE);
        let (mut one, mut other) = (tail, head);
        while one != other {
            if self.depth[one] >= self.depth[other] {
                let room = self.room(one, false);
                if room < down {
                    (down, down_at) = (room, position(one));
                }
                one = self.parent[one] as usize;
            } else {
                let room = self.room(other, true);
                if room <= up {
                    (up, up_at) = (room, position(other));
                }
                other = self.parent[other] as usize;
            }
        }
        let units = own.min(down).min(up);
        if units > 0 {
            self.send(tail, one, false, units);
            self.send(head, one, true, units);
        }
        let node = tail.min(head);
        if up == units {
            self.hang(head, tail, up_at as usize, arc, units);
        } else if own == units {
            self.full[node] = !self.full[node];
        } else {
            self.hang(tail, head, down_at as usize, arc, units);
        }
    }

    fn send(&mut self, from: usize, to: usize, up: bool, units: u64) {
        let mut node = from;
        while node != to {
            if self.comes_down(node) == up {
                self.flow[node] -= units;
            } else {
                self.flow[node] += units;
            }
            node = self.parent[node] as usize;
        }
    }

    /// Takes the part of the tree at `leaves` off and hangs it on `above`, with `below` as its top.
    fn hang(&mut self, below: usize, above: usize, leaves: usize, arc: Arc, units: u64) {
        let (mut node, mut parent, mut by) = (below, above, arc.edge);
        let mut flow = if arc.edge == NONE && self.full[below] { self.most(below) - units } else { units };
        loop {
            let old = (self.parent[node] as usize, self.by[node], self.flow[node]);
            self.part(node);
            self.join(node, parent, by, flow);
            if node == leaves {
                if old.1 == NONE {
                    self.loose[node] = true;
                    self.full[node] = old.2 > 0;
                }
                break;
            }
            (parent, node, by, flow) = (node, old.0, old.1, old.2);
        }
        let wanted = if arc.edge == NONE {
            self.loose[below] = false;
            self.full[below] = false;
            0
        } else if below < self.supplies {
            self.network.worth[arc.edge as usize] + self.potential[above]
        } else {
            self.potential[above] - self.network.worth[arc.edge as usize]
        };
        self.lift(below, wanted - self.potential[below]);
    }

    /// Brings the potentials and depths of a node and all below it up to date.
    fn lift(&mut self, top: usize, step: i128) {
        let mut stack = std::mem::take(&mut self.stack);
        stack.push(position(top));
        while let Some(node) = stack.pop() {
            let node = node as usize;
            self.potential[node] += step;
            self.depth[node] = self.depth[self.parent[node] as usize] + 1;
            let first = self.child[node];
            let mut child = first;
            while child != NONE {
                stack.push(child);
                child = self.next[child as usize];
                child = if child == first { NONE } else { child };
            }
        }
        self.stack = stack;
    }

    fn join(&mut self, node: usize, parent: usize, by: u32, flow: u64) {
        self.parent[node] = position(parent);
        self.depth[node] = self.depth[parent] + 1;
        self.by[node] = by;
        self.flow[node] = flow;
        let (node, first) = (position(node), self.child[parent]);
        self.child[parent] = node;
        let (last, next) = if first == NONE { (node, node) } else { (self.before[first as usize], first) };
        self.next[node as usize] = next;
        self.before[node as usize] = last;
        self.next[last as usize] = node;
        self.before[next as usize] = node;
    }

    fn part(&mut self, node: usize) {
        let (parent, next, before) = (self.parent[node] as usize, self.next[node], self.before[node]);
        self.next[before as usize] = next;
        self.before[next as usize] = before;
        if self.child[parent] == position(node) {
            self.child[parent] = if next as usize == node { NONE } else { next };
        }
    }

    fn into_flow_and_prices(self) -> (Vec<u32>, Vec<i128>) {
        let network = self.network;
        let mut flow = vec![0; network.to.len()];
        for (by, units) in self.by.iter().zip(&self.flow).filter(|(by, _)| **by != NONE) {
            flow[*by as usize] = u32::try_from(*units).unwrap_or(u32::MAX);
        }
        let mut prices: Vec<i128> =
            self.potential[self.supplies..self.root].iter().map(|potential| 0.max(-potential)).collect();
        // A place where there is none is worth what a unit would gain by it.
        for (price, _) in prices.iter_mut().zip(&network.places).filter(|(_, places)| **places == 0) {
            *price = 0;
        }
        for supply in 0..self.supplies {
            for edge in network.edges(supply) {
                let sink = network.to[edge] as usize;
                if network.places[sink] == 0 {
                    prices[sink] = prices[sink].max(network.worth[edge] - self.potential[supply]);
                }
            }
        }
        (flow, prices)
    }
}

fn position(node: usize) -> u32 {
    u32::try_from(node).unwrap_or(NONE)
}
