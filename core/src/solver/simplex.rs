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

use crate::solver::{lexicographic::Number, network::Network};
use crate::util::{progress::ProgressReporter, sort::sort_by_key};

const NONE: u32 = u32::MAX;

/// What part of the root of all arcs is looked at for one step: fewer looks, though more steps.
const PART: usize = 16;
/// After so many steps, a few milliseconds, it is asked whether to go on.
const UNSEEN: usize = 1_024;

/// The best flow along each edge, and prices that prove it: one of several choices where prices may differ.
pub(crate) fn walk<N: Number>(network: &Network<N>, progress: &ProgressReporter<'_>) -> (Vec<u32>, Vec<N>) {
    let mut tree = Tree::of(network);
    tree.begin();
    for step in 1_usize.. {
        let Some(arc) = tree.better() else { break };
        tree.enter(arc);
        if step % UNSEEN == 0 && progress.is_cancelled() {
            break;
        }
    }
    tree.into_flow_and_prices()
}

struct Tree<'n, N> {
    network: &'n Network<N>,
    /// Supplies are nodes before this one, sinks come next, then the root.
    supplies: usize,
    root: usize,
    nodes: Vec<Node>,
    /// What one place more at each sink would bring. What a unit gains follows from it and from the edge on which the supply hangs:
    /// most supplies are leaves, and a step need not touch them.
    price: Vec<N>,
    /// How far down in the tree each sink is.
    depth: Vec<u32>,
    /// Nodes whose arc to the root is outside the tree, and whether that arc is full.
    loose: Vec<bool>,
    full: Vec<bool>,
    /// Where the search for a better arc goes on, and how many arcs it looks at.
    cursor: usize,
    block: usize,
    /// Kept between steps, so that none allocates.
    stack: Vec<usize>,
}

/// Where a node hangs.
#[derive(Clone, Copy)]
struct Node {
    parent: u32,
    /// The edge between the node and its parent; nothing where the parent is the root.
    by: u32,
    /// The flow along it.
    flow: u64,
    // INVARIANT: The children of a node stand in a ring, so that one leaves without a look at the others. Left out are those of the
    // root, and supplies without children.
    child: u32,
    next: u32,
    before: u32,
}

const LONELY: Node = Node { parent: NONE, by: NONE, flow: 0, child: NONE, next: NONE, before: NONE };

/// An arc outside the tree, in the direction in which a unit gains.
#[derive(Clone, Copy)]
struct Arc {
    tail: usize,
    head: usize,
    /// Nothing for an arc to the root.
    edge: u32,
}

impl<'n, N: Number> Tree<'n, N> {
    /// Nodes that are not bound together yet.
    fn of(network: &'n Network<N>) -> Self {
        let supplies = network.count.len();
        let root = supplies + network.places.len();
        // Nobody goes where there is no place: its price is far above whatever a sum can reach.
        let price = |places: &u64| if *places == 0 { -N::FAR_BELOW } else { N::default() };
        Self {
            network,
            supplies,
            root,
            nodes: vec![LONELY; root + 1],
            price: network.places.iter().map(price).collect(),
            depth: vec![0; network.places.len()],
            loose: vec![false; root],
            full: vec![false; root],
            cursor: 0,
            block: network.to.len().isqrt() / PART,
            stack: Vec::new(),
        }
    }

    /// Begins with a plan that most steps keep: each supply as a whole at its best sink with room, the worthiest first. What is
    /// kept of an earlier plan is worth more than any score, so that a new plan begins with the earlier one.
    fn begin(&mut self) {
        let network = self.network;
        let best = |supply: usize| network.edges(supply).map(|edge| network.worth[edge]).max();
        let mut order: Vec<usize> = (0..self.supplies).filter(|supply| !network.edges(*supply).is_empty()).collect();
        let best: Vec<_> = (0..self.supplies).map(best).collect();
        sort_by_key(&mut order, |supply| Reverse(best[*supply]));
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
                self.join(*supply, self.root, NONE, 0);
                self.join(node, *supply, position(*edge), u64::from(network.count[*supply]));
                self.price[sink] = network.worth[*edge];
                self.depth[sink] = 2;
                (self.loose[node], self.full[node]) = (true, true);
            } else if network.places[sink] > 0 {
                let filled = here.iter().map(|(supply, _)| u64::from(network.count[*supply])).sum();
                self.join(node, self.root, NONE, filled);
                self.depth[sink] = 1;
            }
            for (supply, edge) in here.iter().filter(|one| least != Some(one)) {
                self.join(*supply, node, position(*edge), u64::from(network.count[*supply]));
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
        let (mut most, mut found) = (N::default(), None);
        let (mut nodes, mut looked) = (self.root, 0);
        while nodes > 0 && (looked < self.block || found.is_none()) {
            let node = self.cursor;
            let gain = self.gain(node);
            if node < self.supplies {
                let edges = network.edges(node);
                looked += edges.len();
                for edge in edges {
                    let sink = network.to[edge] as usize;
                    let gain = network.worth[edge] - gain - self.price[sink];
                    if gain > most {
                        let (head, edge) = (self.supplies + sink, position(edge));
                        (most, found) = (gain, Some(Arc { tail: node, head, edge }));
                    }
                }
            }
            if self.loose[node] {
                let (gain, arc) = if self.full[node] {
                    (gain, Arc { tail: self.root, head: node, edge: NONE })
                } else {
                    (-gain, Arc { tail: node, head: self.root, edge: NONE })
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

    /// What one unit more brings at a node: at a supply what it gains beyond prices, at a sink less than nothing.
    fn gain(&self, node: usize) -> N {
        if node >= self.supplies {
            return if node == self.root { N::default() } else { -self.price[node - self.supplies] };
        }
        let Node { parent, by, .. } = self.nodes[node];
        if by == NONE { N::default() } else { self.network.worth[by as usize] + self.gain(parent as usize) }
    }

    /// How far down in the tree a node is.
    fn depth(&self, node: usize) -> u32 {
        if node == self.root {
            0
        } else if node >= self.supplies {
            self.depth[node - self.supplies]
        } else {
            self.depth(self.nodes[node].parent as usize) + 1
        }
    }

    /// How many more units can go between a node and its parent.
    fn room(&self, node: usize, up: bool) -> u64 {
        let flow = self.nodes[node].flow;
        match (self.comes_down(node), up) {
            (true, true) | (false, false) => flow,
            (true, false) => u64::MAX,
            (false, true) => self.most(node) - flow,
        }
    }

    /// Whether the arc runs from the parent to the node: an edge whose sink is the node.
    fn comes_down(&self, node: usize) -> bool {
        node >= self.supplies && self.nodes[node].by != NONE
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
            if self.depth(one) >= self.depth(other) {
                let room = self.room(one, false);
                if room < down {
                    (down, down_at) = (room, position(one));
                }
                one = self.nodes[one].parent as usize;
            } else {
                let room = self.room(other, true);
                if room <= up {
                    (up, up_at) = (room, position(other));
                }
                other = self.nodes[other].parent as usize;
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
                self.nodes[node].flow -= units;
            } else {
                self.nodes[node].flow += units;
            }
            node = self.nodes[node].parent as usize;
        }
    }

    /// Takes the part of the tree at `leaves` off and hangs it on `above`, with `below` as its top.
    fn hang(&mut self, below: usize, above: usize, leaves: usize, arc: Arc, units: u64) {
        let (mut node, mut parent, mut by) = (below, above, arc.edge);
        let mut flow = if arc.edge == NONE && self.full[below] { self.most(below) - units } else { units };
        loop {
            let old = self.nodes[node];
            self.part(node);
            self.join(node, parent, by, flow);
            if node == leaves {
                if old.by == NONE {
                    (self.loose[node], self.full[node]) = (true, old.flow > 0);
                }
                break;
            }
            (parent, node, by, flow) = (node, old.parent as usize, old.by, old.flow);
        }
        if arc.edge == NONE {
            (self.loose[below], self.full[below]) = (false, false);
        }
        self.settle(below);
    }

    /// Brings the prices and depths of all sinks up to date from a node down.
    fn settle(&mut self, top: usize) {
        let mut stack = std::mem::take(&mut self.stack);
        if top < self.supplies {
            self.settle_sinks_of(top, &mut stack);
        } else {
            self.settle_sink(top);
            stack.push(top);
        }
        while let Some(sink) = stack.pop() {
            let first = self.nodes[sink].child;
            let mut next = first;
            while next != NONE {
                self.settle_sinks_of(next as usize, &mut stack);
                next = self.nodes[next as usize].next;
                next = if next == first { NONE } else { next };
            }
        }
        self.stack = stack;
    }

    fn settle_sinks_of(&mut self, supply: usize, stack: &mut Vec<usize>) {
        let first = self.nodes[supply].child;
        let mut next = first;
        while next != NONE {
            self.settle_sink(next as usize);
            stack.push(next as usize);
            next = self.nodes[next as usize].next;
            next = if next == first { NONE } else { next };
        }
    }

    fn settle_sink(&mut self, node: usize) {
        let Node { parent, by, .. } = self.nodes[node];
        let parent = parent as usize;
        let price = if by == NONE { N::default() } else { self.network.worth[by as usize] - self.gain(parent) };
        let depth = self.depth(parent) + 1;
        let sink = node - self.supplies;
        (self.price[sink], self.depth[sink]) = (price, depth);
    }

    /// Hangs a node on a parent that hangs already.
    fn join(&mut self, node: usize, parent: usize, by: u32, flow: u64) {
        let place = &mut self.nodes[node];
        (place.parent, place.by, place.flow) = (position(parent), by, flow);
        if node >= self.supplies || place.child != NONE {
            self.list(node);
        }
    }

    fn part(&mut self, node: usize) {
        if node >= self.supplies || self.nodes[node].child != NONE {
            self.unlist(node);
        }
    }

    /// Puts a node into the ring of its parent, which is listed itself if this is the first child of a supply.
    fn list(&mut self, node: usize) {
        let parent = self.nodes[node].parent as usize;
        if parent == self.root {
            return;
        }
        let at = position(node);
        let first = self.nodes[parent].child;
        let (next, before) = if first == NONE { (at, at) } else { (first, self.nodes[first as usize].before) };
        (self.nodes[node].next, self.nodes[node].before) = (next, before);
        self.nodes[before as usize].next = at;
        self.nodes[next as usize].before = at;
        self.nodes[parent].child = at;
        if first == NONE && parent < self.supplies {
            self.list(parent);
        }
    }

    fn unlist(&mut self, node: usize) {
        let Node { parent, next, before, .. } = self.nodes[node];
        let parent = parent as usize;
        if parent == self.root {
            return;
        }
        self.nodes[before as usize].next = next;
        self.nodes[next as usize].before = before;
        if self.nodes[parent].child == position(node) {
            let alone = next as usize == node;
            self.nodes[parent].child = if alone { NONE } else { next };
            if alone && parent < self.supplies {
                self.unlist(parent);
            }
        }
    }

    fn into_flow_and_prices(self) -> (Vec<u32>, Vec<N>) {
        let network = self.network;
        let mut flow = vec![0; network.to.len()];
        for node in self.nodes.iter().filter(|node| node.by != NONE) {
            flow[node.by as usize] = u32::try_from(node.flow).unwrap_or(u32::MAX);
        }
        let mut prices: Vec<N> = self.price.iter().map(|price| N::default().max(*price)).collect();
        // A place where there is none is worth what a unit would gain by it.
        for (price, _) in prices.iter_mut().zip(&network.places).filter(|(_, places)| **places == 0) {
            *price = N::default();
        }
        for supply in 0..self.supplies {
            for edge in network.edges(supply) {
                let sink = network.to[edge] as usize;
                if network.places[sink] == 0 {
                    prices[sink] = prices[sink].max(network.worth[edge] - self.gain(supply));
                }
            }
        }
        (flow, prices)
    }
}

fn position(node: usize) -> u32 {
    u32::try_from(node).unwrap_or(NONE)
}
