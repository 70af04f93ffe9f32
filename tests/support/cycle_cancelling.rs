//! Another kind of solver, plain and slow: any full flow, made cheaper by one negative cycle after another.

/// A transport problem: what each source has, what each sink takes, and what each arc costs.
pub(crate) struct Transport {
    pub(crate) has: Vec<i64>,
    pub(crate) takes: Vec<i64>,
    pub(crate) arcs: Vec<(usize, usize, i64)>,
}

struct Arc {
    to: usize,
    left: i64,
    cost: i64,
}

/// How much can be sent, and the least that it costs.
pub(crate) fn cheapest(transport: &Transport) -> (i64, i64) {
    let (sources, sinks) = (transport.has.len(), transport.takes.len());
    let (start, end) = (sources + sinks, sources + sinks + 1);
    // An arc and its way back stand side by side.
    let mut arcs: Vec<Arc> = Vec::new();
    let mut from: Vec<Vec<usize>> = vec![Vec::new(); end + 1];
    let mut add = |one: usize, to: usize, left: i64, cost: i64| {
        from[one].push(arcs.len());
        from[to].push(arcs.len() + 1);
        arcs.push(Arc { to, left, cost });
        arcs.push(Arc { to: one, left: 0, cost: -cost });
    };
    for (source, has) in transport.has.iter().enumerate() {
        add(start, source, *has, 0);
    }
    for (sink, takes) in transport.takes.iter().enumerate() {
        add(sources + sink, end, *takes, 0);
    }
    for (source, sink, cost) in &transport.arcs {
        add(*source, sources + sink, i64::MAX / 4, *cost);
    }
    let mut sent = 0;
    loop {
        let mut seen = vec![false; end + 1];
        let step = push(start, end, i64::MAX / 4, &mut arcs, &from, &mut seen);
        if step == 0 {
            break;
        }
        sent += step;
    }
    while cancel(&mut arcs, end + 1) {}
    let cost = arcs.chunks(2).map(|pair| pair[1].left * pair[0].cost).sum();
    (sent, cost)
}

fn push(node: usize, end: usize, most: i64, arcs: &mut [Arc], from: &[Vec<usize>], seen: &mut [bool]) -> i64 {
    if node == end {
        return most;
    }
    seen[node] = true;
    for arc in &from[node] {
        let Arc { to, left, .. } = arcs[*arc];
        if left > 0 && !seen[to] {
            let sent = push(to, end, most.min(left), arcs, from, seen);
            if sent > 0 {
                arcs[*arc].left -= sent;
                arcs[*arc ^ 1].left += sent;
                return sent;
            }
        }
    }
    0
}

/// Sends what goes around one cycle of negative cost, if there is one (Bellman and Ford).
fn cancel(arcs: &mut [Arc], nodes: usize) -> bool {
    let (mut cost, mut by) = (vec![0_i64; nodes], vec![usize::MAX; nodes]);
    let mut last = usize::MAX;
    for _ in 0..nodes {
        last = usize::MAX;
        for arc in 0..arcs.len() {
            let (one, to) = (arcs[arc ^ 1].to, arcs[arc].to);
            if arcs[arc].left > 0 && cost[one] + arcs[arc].cost < cost[to] {
                (cost[to], by[to], last) = (cost[one] + arcs[arc].cost, arc, to);
            }
        }
        if last == usize::MAX {
            return false;
        }
    }
    for _ in 0..nodes {
        last = arcs[by[last] ^ 1].to;
    }
    let (mut cycle, mut node) = (Vec::new(), last);
    loop {
        cycle.push(by[node]);
        node = arcs[by[node] ^ 1].to;
        if node == last {
            break;
        }
    }
    let most = cycle.iter().map(|arc| arcs[*arc].left).min().unwrap_or(0);
    for arc in cycle {
        arcs[arc].left -= most;
        arcs[arc ^ 1].left += most;
    }
    true
}
