//! Network simplex for the transportation problem with unit sizes.
//!
//! The algorithm moves from one [basis](super::basis) to a better one. A nonbasic arc with a positive reduced cost (the
//! objective is maximized) enters and closes a cycle with the basic arcs; as many units as possible move along the
//! cycle; an arc that limits them leaves.
//!
//! - Entering arc: the largest reduced cost of a block of arcs (block search, Grigoriadis 1986).
//! - Leaving arc: the last blocking arc of the cycle, seen from its apex in the direction of the flow. Bases therefore
//!   stay strongly feasible: every node can send one more unit to the root (Cunningham, "A network simplex method",
//!   1976). So degenerate pivots never cycle, and the algorithm terminates.
//! - Initial basis: a greedy plan, which most pivots keep.
//!
//! A pivot takes O(√E + length of the cycle + size of the subtree that moves) for E arcs, if the first block has a
//! candidate. The number of pivots has no known polynomial bound for these rules, but is small in practice (Ahuja,
//! Magnanti, Orlin, "Network Flows", 1993, chapter 11).

use std::cmp::Reverse;

use crate::solver::{
    basis::{Basis, Direction, Kind, RootArc},
    index::{ArcIdx, Idx, IndexVec, NodeIdx, SinkIdx, SupplyIdx},
    lexicographic::Scalar,
    network::Network,
    residual::Residual,
};
use crate::util::{progress::ProgressReporter, sort::sort_by_key};

/// The square root of the number of arcs, divided by the size of a block. Smaller blocks price fewer arcs for each
/// pivot, but need more pivots.
const BLOCK_DIVISOR: usize = 16;
/// The work between two calls of the progress callback, in priced arcs: a few milliseconds.
const WORK_PER_REPORT: usize = 1 << 20;
/// The work of a pivot, besides the arcs that it prices. Of long cycles and large subtrees there are few.
const WORK_PER_PIVOT: usize = 1 << 12;

/// An optimal flow with optimal prices.
pub(crate) struct Optimum<N> {
    /// The flow on each arc.
    pub(crate) flows: IndexVec<ArcIdx, u32>,
    /// Prices that prove optimality, not necessarily the minimal ones.
    pub(crate) prices: IndexVec<SinkIdx, N>,
}

/// Returns an optimum of a network, or the current basis if it is cancelled.
pub(crate) fn optimize<N: Scalar>(network: &Network<N>, progress: &ProgressReporter<'_>) -> Optimum<N> {
    let mut simplex = Simplex::new(network);
    while let Some(entering) = simplex.find_entering() {
        simplex.pivot(entering);
        simplex.work = simplex.work.saturating_add(WORK_PER_PIVOT);
        if simplex.work >= WORK_PER_REPORT {
            simplex.work = 0;
            if progress.is_cancelled() {
                break;
            }
        }
    }
    simplex.into_optimum()
}

struct Simplex<'n, N> {
    network: &'n Network<N>,
    basis: Basis<'n, N>,
    /// The node at which pricing continues.
    cursor: NodeIdx,
    /// The number of arcs that are priced at least.
    block: usize,
    /// The work since the last call of the progress callback.
    work: usize,
}

/// A nonbasic arc in the direction in which its flow changes.
#[derive(Clone, Copy)]
struct Entering {
    tail: NodeIdx,
    head: NodeIdx,
    /// `NONE` for an arc between a node and the root.
    arc: ArcIdx,
}

/// A greedy plan, in which the units of a supply stay together, or fill sinks that they share with no other supply.
struct Greedy {
    served: IndexVec<SinkIdx, Vec<Served>>,
    residuals: IndexVec<SinkIdx, Residual>,
    /// The supplies that no sink has as a whole, with their units in none.
    divided: Vec<(SupplyIdx, u64)>,
}

/// The units of a supply in a sink.
#[derive(Clone, Copy, Eq, PartialEq)]
struct Served {
    supply: SupplyIdx,
    arc: ArcIdx,
    units: u64,
}

impl<'n, N: Scalar> Simplex<'n, N> {
    fn new(network: &'n Network<N>) -> Self {
        Self {
            network,
            basis: initial_basis(network),
            cursor: NodeIdx(0),
            block: network.arc_count().isqrt() / BLOCK_DIVISOR,
            work: 0,
        }
    }

    /// Returns the nonbasic arc with the largest reduced cost of a block, or `None` if the basis is optimal.
    // INVARIANT: a reduced cost is a sum along a cycle, which fits by `Scalar`; the counters are bounded by the numbers
    // of arcs and nodes.
    #[expect(clippy::arithmetic_side_effects, reason = "sums along a cycle fit in the scalar")]
    fn find_entering(&mut self) -> Option<Entering> {
        let basis = &self.basis;
        let root = basis.root();
        let (mut largest, mut entering) = (N::default(), None);
        let (mut nodes, mut priced) = (root.to_usize(), 0);
        while nodes > 0 && (priced < self.block || entering.is_none()) {
            let node = self.cursor;
            let potential = basis.potential(node);
            if let Kind::Supply(supply) = basis.kind(node) {
                let arcs = self.network.arcs_with_data(supply);
                priced += arcs.len();
                for (arc, sink, objective) in arcs {
                    let reduced_cost = objective - potential - basis.price(sink);
                    if reduced_cost > largest {
                        let head = basis.sink_node(sink);
                        (largest, entering) = (reduced_cost, Some(Entering { tail: node, head, arc }));
                    }
                }
            }
            let (reduced_cost, tail, head) = match basis.root_arc(node) {
                RootArc::Basic => (N::default(), node, root),
                RootArc::Empty => (-potential, node, root),
                RootArc::Full => (potential, root, node),
            };
            if reduced_cost > largest {
                (largest, entering) = (reduced_cost, Some(Entering { tail, head, arc: ArcIdx::NONE }));
            }
            priced += 1;
            nodes -= 1;
            let next = NodeIdx(node.0 + 1);
            self.cursor = if next == root { NodeIdx(0) } else { next };
        }
        self.work += priced;
        entering
    }

    /// Augments the flow around the cycle that an arc closes, and exchanges the arc with one that limits the flow.
    fn pivot(&mut self, entering: Entering) {
        let Entering { tail, head, arc } = entering;
        let basis = &mut self.basis;
        // The root is the last node.
        let node = tail.min(head);
        let own = if arc == ArcIdx::NONE { basis.root_capacity(node) } else { u64::MAX };
        // Flow moves from the apex down to the tail, along the entering arc, and from the head up to the apex. Of
        // several blocking arcs the last one in this direction leaves. Hence `<` below the tail, but `<=` below the
        // head, which takes precedence.
        let (mut down, mut down_leaving) = (u64::MAX, NodeIdx::NONE);
        let (mut up, mut up_leaving) = (u64::MAX, NodeIdx::NONE);
        let (mut below_tail, mut below_head) = (tail, head);
        while below_tail != below_head {
            if basis.depth(below_tail) >= basis.depth(below_head) {
                let residual = basis.residual(below_tail, Direction::FromParent);
                if residual < down {
                    (down, down_leaving) = (residual, below_tail);
                }
                below_tail = basis.parent(below_tail);
            } else {
                let residual = basis.residual(below_head, Direction::ToParent);
                if residual <= up {
                    (up, up_leaving) = (residual, below_head);
                }
                below_head = basis.parent(below_head);
            }
        }
        let apex = below_tail;
        let units = own.min(down).min(up);
        if units > 0 {
            basis.augment(tail, apex, Direction::FromParent, units);
            basis.augment(head, apex, Direction::ToParent, units);
        }
        if up == units {
            let flow = flow_of_entering(basis, head, arc, units);
            basis.exchange(head, tail, up_leaving, arc, flow);
        } else if own == units {
            let flipped = if basis.root_arc(node) == RootArc::Full { RootArc::Empty } else { RootArc::Full };
            basis.set_root_arc(node, flipped);
        } else {
            let flow = flow_of_entering(basis, tail, arc, units);
            basis.exchange(tail, head, down_leaving, arc, flow);
        }
    }

    // INVARIANT: an objective minus a potential fits by `Scalar`.
    #[expect(clippy::arithmetic_side_effects, reason = "a difference of two scalars fits in the scalar")]
    fn into_optimum(self) -> Optimum<N> {
        let Self { network, basis, .. } = self;
        let mut flows = IndexVec::from_elem(0, network.arc_count());
        for (arc, flow) in basis.flows() {
            flows[arc] = u32::try_from(flow).unwrap_or(u32::MAX);
        }
        let has_places = |sink: SinkIdx| network.capacity(sink).fits(1);
        let mut prices: IndexVec<SinkIdx, N> = basis.prices().iter().map(|price| N::default().max(*price)).collect();
        // The price of a sink without places is what a unit would gain by the first place.
        for sink in prices.indices().filter(|sink| !has_places(*sink)) {
            prices[sink] = N::default();
        }
        for (supply, _) in network.counts().enumerate() {
            let potential = basis.potential(Basis::<N>::supply_node(supply));
            for (_, sink, objective) in network.arcs_with_data(supply).filter(|(_, sink, _)| !has_places(*sink)) {
                prices[sink] = prices[sink].max(objective - potential);
            }
        }
        Optimum { flows, prices }
    }
}

/// Returns the flow on an arc that enters with a change of `units`.
fn flow_of_entering<N: Scalar>(basis: &Basis<'_, N>, node: NodeIdx, arc: ArcIdx, units: u64) -> u64 {
    if arc == ArcIdx::NONE && basis.root_arc(node) == RootArc::Full {
        basis.root_capacity(node).saturating_sub(units)
    } else {
        units
    }
}

/// Returns the basis of a greedy plan.
fn initial_basis<'n, N: Scalar>(network: &'n Network<N>) -> Basis<'n, N> {
    let greedy = Greedy::new(network);
    let mut basis = Basis::new(network);
    let root = basis.root();
    for (supply, units) in greedy.divided {
        basis.attach(Basis::<N>::supply_node(supply), root, ArcIdx::NONE, units);
    }
    for (sink, served) in greedy.served.enumerate() {
        let node = basis.sink_node(sink);
        // A full sink is attached to the supply that would be the first to leave it, which keeps the basis strongly
        // feasible.
        let is_full = !greedy.residuals[sink].fits(1);
        let first_to_leave = served.iter().min_by_key(|served| network.objective(served.arc)).filter(|_| is_full);
        if let Some(Served { supply, arc, units }) = first_to_leave {
            let supply_node = Basis::<N>::supply_node(*supply);
            if *units == u64::from(network.count(*supply)) {
                basis.attach(supply_node, root, ArcIdx::NONE, 0);
            }
            basis.attach(node, supply_node, *arc, *units);
            basis.set_sink(sink, network.objective(*arc), 2);
            basis.set_root_arc(node, RootArc::Full);
        } else if network.capacity(sink).fits(1) {
            let filled = served.iter().map(|served| served.units).sum();
            basis.attach(node, root, ArcIdx::NONE, filled);
            basis.set_sink(sink, N::default(), 1);
        }
        for Served { supply, arc, units } in served.iter().filter(|served| first_to_leave != Some(served)) {
            let supply_node = Basis::<N>::supply_node(*supply);
            basis.attach(supply_node, node, *arc, *units);
            basis.set_root_arc(supply_node, RootArc::Empty);
        }
    }
    basis
}

impl Greedy {
    /// Assigns each supply as a whole to its best sink with enough places, the supplies with the largest objective
    /// first. One that fits nowhere fills its best sinks that are empty: a pivot for each of them would price all of its
    /// arcs again.
    ///
    /// What is kept of an earlier plan takes precedence over any value, so a new plan starts with the earlier one.
    fn new<N: Scalar>(network: &Network<N>) -> Self {
        let best = |supply| network.arcs_with_data(supply).map(|(_, _, objective)| objective).max();
        let best: IndexVec<SupplyIdx, Option<N>> = network.counts().indices().map(best).collect();
        let mut order: Vec<SupplyIdx> = best.indices().collect();
        sort_by_key(&mut order, |supply| Reverse(best[*supply]));
        let served = IndexVec::from_elem(Vec::new(), network.sinks());
        let mut greedy = Self { served, residuals: network.capacities().clone(), divided: Vec::new() };
        for supply in order {
            let count = u64::from(network.count(supply));
            let residuals = &greedy.residuals;
            let fitting = network.arcs_with_data(supply).filter(|(_, sink, _)| residuals[*sink].fits(count));
            if let Some((arc, sink, _)) = fitting.max_by_key(|(arc, _, objective)| (*objective, Reverse(*arc))) {
                greedy.serve(sink, Served { supply, arc, units: count });
            } else {
                let left = greedy.fill(network, supply);
                greedy.divided.push((supply, left));
            }
        }
        greedy
    }

    /// Fills empty sinks with units of a supply, the best ones first, and returns the units that are left.
    fn fill<N: Scalar>(&mut self, network: &Network<N>, supply: SupplyIdx) -> u64 {
        let mut left = u64::from(network.count(supply));
        let is_empty = |sink: SinkIdx| self.served[sink].is_empty() && self.residuals[sink].fits(1);
        let mut empty: Vec<(ArcIdx, SinkIdx, N)> =
            network.arcs_with_data(supply).filter(|(_, sink, _)| is_empty(*sink)).collect();
        sort_by_key(&mut empty, |(arc, _, objective)| (Reverse(*objective), *arc));
        for (arc, sink, _) in empty {
            let units = self.residuals[sink].places();
            if units <= left {
                self.serve(sink, Served { supply, arc, units });
                left = left.saturating_sub(units);
            }
        }
        left
    }

    fn serve(&mut self, sink: SinkIdx, served: Served) {
        self.residuals[sink].reserve(served.units);
        self.served[sink].push(served);
    }
}
