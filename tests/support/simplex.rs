//! A third kind of solver: network simplex, for single places. It walks from one spanning tree to a better one, so it has nothing
//! in common with shortest paths or cycles but the problem.

use lotse::allocate::problem::{CLASSES, Problem, Worth};

const NONE: usize = usize::MAX;

struct Arc {
    from: usize,
    to: usize,
    cost: i128,
    flow: u64,
    most: u64,
    in_tree: bool,
}

struct Simplex {
    arcs: Vec<Arc>,
    parent: Vec<usize>,
    /// The arc between a node and its parent.
    by: Vec<usize>,
    depth: Vec<u32>,
    potential: Vec<i128>,
    /// The children of a node stand in a ring of their own, so that one leaves without a look at the others.
    child: Vec<usize>,
    next: Vec<usize>,
    before: Vec<usize>,
}

/// What the best plan is worth, where every size is 1, nothing is kept and nothing is fixed.
pub(crate) fn simplex(problem: &Problem) -> Worth {
    let (supplies, root) = (problem.supplies.len(), problem.supplies.len() + problem.places.len());
    // The root takes who is served and who is not: each supply begins there.
    let mut arcs: Vec<Arc> = Vec::new();
    let most = |problem: &Problem, place: usize| problem.places[place].unwrap_or(u64::MAX);
    for (number, supply) in problem.supplies.iter().enumerate() {
        assert!(supply.size == 1 && supply.fixed.is_none() && supply.people.iter().all(|people| *people < 16));
        let flow = u64::from(supply.count);
        arcs.push(Arc { from: number, to: root, cost: 0, flow, most: u64::MAX, in_tree: true });
    }
    for place in 0..problem.places.len() {
        let most = most(problem, place);
        // Without places no tree that could move begins with it, and nobody goes there.
        arcs.push(Arc { from: supplies + place, to: root, cost: 0, flow: 0, most: most.max(1), in_tree: true });
    }
    let largest = problem.supplies.iter().flat_map(|supply| &supply.edges).map(|edge| edge.value.unsigned_abs()).max();
    // Values add up along a path, which meets each sink twice at most; people of other supplies cancel out.
    let stride = (i128::from(largest.unwrap_or(0)) + 1) * (problem.places.len() as i128 + 1) * 4;
    for (number, supply) in problem.supplies.iter().enumerate() {
        for edge in &supply.edges {
            assert_eq!(edge.kept, 0);
            let people = supply.people.iter().fold(0, |sum, people| sum * 64 + i128::from(*people));
            let cost = -(people * stride + i128::from(edge.value));
            if most(problem, edge.sink as usize) > 0 && cost < 0 {
                let to = supplies + edge.sink as usize;
                arcs.push(Arc { from: number, to, cost, flow: 0, most: u64::MAX, in_tree: false });
            }
        }
    }
    let mut simplex = Simplex {
        arcs,
        parent: vec![root; root + 1],
        by: (0..=root).collect(),
        depth: vec![1; root + 1],
        potential: vec![0; root + 1],
        child: vec![NONE; root + 1],
        next: (0..=root).collect(),
        before: (0..=root).collect(),
    };
    (simplex.parent[root], simplex.by[root], simplex.depth[root]) = (NONE, NONE, 0);
    for node in 0..root {
        simplex.join(node, root);
    }
    simplex.run();
    let mut worth = Worth::ZERO;
    let mut arcs = simplex.arcs[root..].iter();
    for (number, supply) in problem.supplies.iter().enumerate() {
        for edge in &supply.edges {
            // Those that were left out above are not among the arcs.
            let to = supplies + edge.sink as usize;
            let next = arcs.clone().next();
            let Some(arc) = next.filter(|arc| arc.from == number && arc.to == to) else { continue };
            arcs.next();
            for class in 0..CLASSES {
                worth.people[class] += i128::from(arc.flow) * i128::from(supply.people[class]);
            }
            worth.value += i128::from(arc.flow) * i128::from(edge.value);
        }
    }
    worth
}

impl Simplex {
    /// What one unit more on an arc changes, around the tree.
    fn reduced(&self, arc: &Arc) -> i128 {
        arc.cost + self.potential[arc.from] - self.potential[arc.to]
    }

    fn run(&mut self) {
        let all = self.arcs.len();
        let block = all.isqrt().max(10);
        let mut next = 0;
        loop {
            // The best arc of a block, so that not all are looked at for each step.
            let (mut best, mut looked) = (None, 0);
            while looked < all {
                for _ in 0..block.min(all - looked) {
                    let arc = &self.arcs[next];
                    if !arc.in_tree {
                        let reduced = self.reduced(arc);
                        let gain = if arc.flow == 0 { -reduced } else { reduced };
                        if gain > 0 && best.is_none_or(|(most, _)| gain > most) {
                            best = Some((gain, next));
                        }
                    }
                    next = if next + 1 == all { 0 } else { next + 1 };
                    looked += 1;
                }
                if best.is_some() {
                    break;
                }
            }
            match best {
                Some((_, arc)) => self.enter(arc),
                None => return,
            }
        }
    }

    /// How much more can go along the arc between a node and its parent, up to the root or down from it.
    fn room(&self, node: usize, up: bool) -> u64 {
        let arc = &self.arcs[self.by[node]];
        if (arc.from == node) == up { arc.most - arc.flow } else { arc.flow }
    }

    fn send(&mut self, node: usize, up: bool, units: u64) {
        let arc = &mut self.arcs[self.by[node]];
        if (arc.from == node) == up {
            arc.flow += units;
        } else {
            arc.flow -= units;
        }
    }

    fn enter(&mut self, entering: usize) {
        // An arc that is full comes back from its end.
        let full = self.arcs[entering].flow > 0;
        let Arc { from, to, most, .. } = self.arcs[entering];
        let (tail, head) = if full { (to, from) } else { (from, to) };
        let (mut one, mut other) = (tail, head);
        while one != other {
            if self.depth[one] >= self.depth[other] {
                one = self.parent[one];
            } else {
                other = self.parent[other];
            }
        }
        let apex = one;
        // Of the arcs that limit the cycle the last one leaves, seen from the apex: so no chain of empty steps comes back.
        let (mut units, mut leaves, mut at_tail) = (most, NONE, false);
        let mut node = tail;
        while node != apex {
            let room = self.room(node, false);
            if room < units {
                (units, leaves, at_tail) = (room, node, true);
            }
            node = self.parent[node];
        }
        node = head;
        while node != apex {
            let room = self.room(node, true);
            if room <= units {
                (units, leaves, at_tail) = (room, node, false);
            }
            node = self.parent[node];
        }
        if units > 0 {
            if full {
                self.arcs[entering].flow -= units;
            } else {
                self.arcs[entering].flow += units;
            }
            for (start, up) in [(tail, false), (head, true)] {
                node = start;
                while node != apex {
                    self.send(node, up, units);
                    node = self.parent[node];
                }
            }
        }
        if leaves != NONE {
            let (below, above) = if at_tail { (tail, head) } else { (head, tail) };
            self.arcs[self.by[leaves]].in_tree = false;
            self.arcs[entering].in_tree = true;
            self.hang(below, above, entering, leaves);
        }
    }

    /// Hangs the part of the tree below `leaves` to `above`, with `below` as its top.
    fn hang(&mut self, below: usize, above: usize, arc: usize, leaves: usize) {
        let (mut node, mut parent, mut by) = (below, above, arc);
        loop {
            let (old, old_by) = (self.parent[node], self.by[node]);
            self.part(node, old);
            self.join(node, parent);
            (self.parent[node], self.by[node]) = (parent, by);
            if node == leaves {
                break;
            }
            (parent, node, by) = (node, old, old_by);
        }
        let Arc { from, cost, .. } = self.arcs[arc];
        let wanted = if from == below { self.potential[above] - cost } else { self.potential[above] + cost };
        let step = wanted - self.potential[below];
        let mut stack = vec![below];
        while let Some(node) = stack.pop() {
            self.potential[node] += step;
            self.depth[node] = self.depth[self.parent[node]] + 1;
            let first = self.child[node];
            let mut child = first;
            while child != NONE {
                stack.push(child);
                child = Some(self.next[child]).filter(|next| *next != first).unwrap_or(NONE);
            }
        }
    }

    fn join(&mut self, node: usize, parent: usize) {
        let first = self.child[parent];
        self.child[parent] = node;
        if first == NONE {
            (self.next[node], self.before[node]) = (node, node);
        } else {
            let last = self.before[first];
            (self.next[node], self.before[node]) = (first, last);
            (self.next[last], self.before[first]) = (node, node);
        }
    }

    fn part(&mut self, node: usize, parent: usize) {
        let (next, before) = (self.next[node], self.before[node]);
        (self.next[before], self.before[next]) = (next, before);
        if self.child[parent] == node {
            self.child[parent] = if next == node { NONE } else { next };
        }
    }
}
