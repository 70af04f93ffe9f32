//! Cycle cancelling (Klein 1967), an independent and simple algorithm: any maximum flow, made cheaper by one negative
//! cycle after another.

/// A transportation problem: the units of each source, the places of each sink, and the arcs with their costs.
pub(crate) struct Transportation {
    pub(crate) supplies: Vec<i64>,
    pub(crate) capacities: Vec<i64>,
    /// Source, sink, and cost of one unit.
    pub(crate) arcs: Vec<(usize, usize, i64)>,
}

/// An arc of the residual network.
struct Arc {
    head: usize,
    residual: i64,
    cost: i64,
}

/// The residual network. Arc `a ^ 1` is the reverse of arc `a`.
struct Residual {
    arcs: Vec<Arc>,
    /// The arcs that leave each node.
    outgoing: Vec<Vec<usize>>,
}

/// Returns the largest number of units that can be sent, and the least cost of sending them.
pub(crate) fn cheapest(problem: &Transportation) -> (i64, i64) {
    let (sources, sinks) = (problem.supplies.len(), problem.capacities.len());
    let (start, end) = (sources + sinks, sources + sinks + 1);
    let mut residual = Residual { arcs: Vec::new(), outgoing: vec![Vec::new(); end + 1] };
    for (source, supply) in problem.supplies.iter().enumerate() {
        residual.add(start, source, *supply, 0);
    }
    for (sink, capacity) in problem.capacities.iter().enumerate() {
        residual.add(sources + sink, end, *capacity, 0);
    }
    for (source, sink, cost) in &problem.arcs {
        residual.add(*source, sources + sink, i64::MAX / 4, *cost);
    }
    let mut units = 0;
    loop {
        let mut is_visited = vec![false; end + 1];
        let augmented = residual.augment(start, end, i64::MAX / 4, &mut is_visited);
        if augmented == 0 {
            break;
        }
        units += augmented;
    }
    while residual.cancel_cycle() {}
    let cost = residual.arcs.chunks(2).map(|pair| pair[1].residual * pair[0].cost).sum();
    (units, cost)
}

impl Residual {
    fn add(&mut self, tail: usize, head: usize, capacity: i64, cost: i64) {
        self.outgoing[tail].push(self.arcs.len());
        self.outgoing[head].push(self.arcs.len() + 1);
        self.arcs.push(Arc { head, residual: capacity, cost });
        self.arcs.push(Arc { head: tail, residual: 0, cost: -cost });
    }

    /// Sends up to `limit` units from a node to `end` along one path, by depth-first search. Returns their number.
    fn augment(&mut self, node: usize, end: usize, limit: i64, is_visited: &mut [bool]) -> i64 {
        if node == end {
            return limit;
        }
        is_visited[node] = true;
        for position in 0..self.outgoing[node].len() {
            let arc = self.outgoing[node][position];
            let Arc { head, residual, .. } = self.arcs[arc];
            if residual > 0 && !is_visited[head] {
                let units = self.augment(head, end, limit.min(residual), is_visited);
                if units > 0 {
                    self.arcs[arc].residual -= units;
                    self.arcs[arc ^ 1].residual += units;
                    return units;
                }
            }
        }
        0
    }

    /// Sends as many units as possible around one negative cycle. Returns `false` if there is none (Bellman, Ford).
    fn cancel_cycle(&mut self) -> bool {
        let arcs = &mut self.arcs;
        let nodes = self.outgoing.len();
        let (mut distances, mut incoming) = (vec![0_i64; nodes], vec![usize::MAX; nodes]);
        let mut relaxed = None;
        for _ in 0..nodes {
            relaxed = None;
            for arc in 0..arcs.len() {
                let (tail, head) = (arcs[arc ^ 1].head, arcs[arc].head);
                if arcs[arc].residual > 0 && distances[tail] + arcs[arc].cost < distances[head] {
                    (distances[head], incoming[head]) = (distances[tail] + arcs[arc].cost, arc);
                    relaxed = Some(head);
                }
            }
            if relaxed.is_none() {
                return false;
            }
        }
        // A node that is relaxed in the last round is on a cycle or behind one.
        let Some(mut start) = relaxed else { return false };
        for _ in 0..nodes {
            start = arcs[incoming[start] ^ 1].head;
        }
        let (mut cycle, mut node) = (Vec::new(), start);
        loop {
            cycle.push(incoming[node]);
            node = arcs[incoming[node] ^ 1].head;
            if node == start {
                break;
            }
        }
        let units = cycle.iter().map(|arc| arcs[*arc].residual).min().unwrap_or(0);
        for arc in cycle {
            arcs[arc].residual -= units;
            arcs[arc ^ 1].residual += units;
        }
        true
    }
}
