//! The basis of the network simplex: a spanning tree of supplies, sinks and a root.
//!
//! Each supply has an arc to the root for its unserved units, each sink one for its filled places; the other arcs
//! connect supplies with sinks. The basic arcs form a spanning tree, which determines all flows (a nonbasic arc is
//! empty or full) and all potentials.
//!
//! Every node stores its parent, and its children form a circular doubly linked list, so that a subtree moves in
//! constant time per node of its path. Potentials and depths are stored for sinks only: those of a supply follow from
//! its parent, and most supplies are leaves, which a pivot need not touch.

use crate::solver::{
    index::{ArcIdx, Idx, IndexVec, NodeIdx, SinkIdx, SupplyIdx},
    lexicographic::Scalar,
    network::Network,
};

/// The kind of a node. Supplies come first, then sinks, then the root.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Supply(SupplyIdx),
    Sink(SinkIdx),
    Root,
}

/// The state of the arc between a node and the root.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(crate) enum RootArc {
    /// In the basis; or missing, for a sink without places.
    Basic,
    /// Not in the basis, with a flow of 0.
    Empty,
    /// Not in the basis, with a flow of its capacity.
    Full,
}

/// The direction of a change of flow between a node and its parent.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(crate) enum Direction {
    ToParent,
    FromParent,
}

#[derive(Clone, Copy)]
struct Node {
    parent: NodeIdx,
    /// The arc between the node and its parent, or `NONE` if the parent is the root.
    arc: ArcIdx,
    flow: u64,
    // INVARIANT: the children of a node form a circular doubly linked list, so that a child is removed in constant
    // time. It leaves out children of the root, and supplies without children.
    first_child: NodeIdx,
    next: NodeIdx,
    previous: NodeIdx,
}

const ISOLATED: Node = Node {
    parent: NodeIdx::NONE,
    arc: ArcIdx::NONE,
    flow: 0,
    first_child: NodeIdx::NONE,
    next: NodeIdx::NONE,
    previous: NodeIdx::NONE,
};

pub(crate) struct Basis<'n, N> {
    network: &'n Network<N>,
    first_sink: NodeIdx,
    root: NodeIdx,
    nodes: IndexVec<NodeIdx, Node>,
    /// The price of each sink: its potential with the opposite sign.
    prices: IndexVec<SinkIdx, N>,
    depths: IndexVec<SinkIdx, u32>,
    root_arcs: IndexVec<NodeIdx, RootArc>,
    /// Reused by every pivot, so that none allocates.
    stack: Vec<SinkIdx>,
}

impl<'n, N: Scalar> Basis<'n, N> {
    /// Creates a basis whose nodes are not yet attached.
    pub(crate) fn new(network: &'n Network<N>) -> Self {
        let nodes = network.supplies().saturating_add(network.sinks());
        Self {
            network,
            first_sink: NodeIdx::from_usize(network.supplies()),
            root: NodeIdx::from_usize(nodes),
            nodes: IndexVec::from_elem(ISOLATED, nodes.saturating_add(1)),
            prices: network.capacities().iter().map(|capacity| start_price(capacity.places())).collect(),
            depths: IndexVec::from_elem(0, network.sinks()),
            root_arcs: IndexVec::from_elem(RootArc::Basic, nodes),
            stack: Vec::new(),
        }
    }

    #[inline]
    pub(crate) fn root(&self) -> NodeIdx {
        self.root
    }

    #[inline]
    pub(crate) fn kind(&self, node: NodeIdx) -> Kind {
        match node.0.checked_sub(self.first_sink.0) {
            None => Kind::Supply(SupplyIdx(node.0)),
            Some(_) if node == self.root => Kind::Root,
            Some(sink) => Kind::Sink(SinkIdx(sink)),
        }
    }

    #[inline]
    fn is_supply(&self, node: NodeIdx) -> bool {
        node < self.first_sink
    }

    #[inline]
    pub(crate) fn supply_node(supply: SupplyIdx) -> NodeIdx {
        NodeIdx(supply.0)
    }

    #[inline]
    pub(crate) fn sink_node(&self, sink: SinkIdx) -> NodeIdx {
        NodeIdx(self.first_sink.0.saturating_add(sink.0))
    }

    #[inline]
    pub(crate) fn parent(&self, node: NodeIdx) -> NodeIdx {
        self.nodes[node].parent
    }

    #[inline]
    pub(crate) fn root_arc(&self, node: NodeIdx) -> RootArc {
        self.root_arcs[node]
    }

    pub(crate) fn set_root_arc(&mut self, node: NodeIdx, state: RootArc) {
        self.root_arcs[node] = state;
    }

    #[inline]
    pub(crate) fn price(&self, sink: SinkIdx) -> N {
        self.prices[sink]
    }

    pub(crate) fn prices(&self) -> &IndexVec<SinkIdx, N> {
        &self.prices
    }

    /// Returns the basic arcs between supplies and sinks, with their flows.
    pub(crate) fn flows(&self) -> impl Iterator<Item = (ArcIdx, u64)> {
        self.nodes.iter().filter(|node| node.arc != ArcIdx::NONE).map(|node| (node.arc, node.flow))
    }

    /// Returns the potential of a node, which makes the reduced cost of each basic arc 0. That of the root is 0, that
    /// of a sink minus its price, and that of a supply the surplus of its units.
    // INVARIANT: a potential is the sum along the path to the root, which fits by `Scalar`.
    #[inline]
    #[expect(clippy::arithmetic_side_effects, reason = "sums along a path fit in the scalar")]
    pub(crate) fn potential(&self, node: NodeIdx) -> N {
        match self.kind(node) {
            Kind::Root => N::default(),
            Kind::Sink(sink) => -self.prices[sink],
            Kind::Supply(_) => {
                let arc = self.nodes[node].arc;
                if arc == ArcIdx::NONE {
                    N::default()
                } else {
                    self.network.objective(arc) - self.prices[self.network.head(arc)]
                }
            }
        }
    }

    /// Returns the number of arcs between a node and the root.
    #[inline]
    pub(crate) fn depth(&self, node: NodeIdx) -> u32 {
        match self.kind(node) {
            Kind::Root => 0,
            Kind::Sink(sink) => self.depths[sink],
            Kind::Supply(_) => {
                let arc = self.nodes[node].arc;
                if arc == ArcIdx::NONE { 1 } else { self.depths[self.network.head(arc)].saturating_add(1) }
            }
        }
    }

    /// Returns the capacity of the arc between a node and the root; that of a supply is unlimited.
    #[inline]
    pub(crate) fn root_capacity(&self, node: NodeIdx) -> u64 {
        match self.kind(node) {
            Kind::Sink(sink) => self.network.capacity(sink).places(),
            Kind::Supply(_) | Kind::Root => u64::MAX,
        }
    }

    /// Returns the number of units by which the flow between a node and its parent can change in a direction.
    #[inline]
    pub(crate) fn residual(&self, node: NodeIdx, direction: Direction) -> u64 {
        let flow = self.nodes[node].flow;
        match (self.flows_from_parent(node), direction) {
            (true, Direction::ToParent) | (false, Direction::FromParent) => flow,
            (true, Direction::FromParent) => u64::MAX,
            (false, Direction::ToParent) => self.root_capacity(node).saturating_sub(flow),
        }
    }

    /// Returns `true` if the node is the head of its basic arc: a sink below a supply.
    #[inline]
    fn flows_from_parent(&self, node: NodeIdx) -> bool {
        !self.is_supply(node) && self.nodes[node].arc != ArcIdx::NONE
    }

    /// Changes the flow on the path from a node up to one of its ancestors.
    // INVARIANT: `units` is at most the residual of each arc of the path.
    #[expect(clippy::arithmetic_side_effects, reason = "flows stay between 0 and the number of all units")]
    pub(crate) fn augment(&mut self, node: NodeIdx, ancestor: NodeIdx, direction: Direction, units: u64) {
        let mut node = node;
        while node != ancestor {
            let decreases = self.flows_from_parent(node) == (direction == Direction::ToParent);
            let basic = &mut self.nodes[node];
            if decreases {
                basic.flow -= units;
            } else {
                basic.flow += units;
            }
            node = basic.parent;
        }
    }

    /// Attaches a node to a parent that is attached already.
    pub(crate) fn attach(&mut self, node: NodeIdx, parent: NodeIdx, arc: ArcIdx, flow: u64) {
        let attached = &mut self.nodes[node];
        (attached.parent, attached.arc, attached.flow) = (parent, arc, flow);
        if !self.is_supply(node) || self.nodes[node].first_child != NodeIdx::NONE {
            self.link(node);
        }
    }

    fn detach(&mut self, node: NodeIdx) {
        if !self.is_supply(node) || self.nodes[node].first_child != NodeIdx::NONE {
            self.unlink(node);
        }
    }

    /// Replaces the arc above `leaving` by the arc from `node` to a new `parent`, and re-roots the subtree between them
    /// at `node`.
    pub(crate) fn exchange(&mut self, node: NodeIdx, parent: NodeIdx, leaving: NodeIdx, arc: ArcIdx, flow: u64) {
        let top = node;
        let (mut node, mut parent, mut next_arc, mut flow) = (node, parent, arc, flow);
        loop {
            let old = self.nodes[node];
            self.detach(node);
            self.attach(node, parent, next_arc, flow);
            if node == leaving {
                if old.arc == ArcIdx::NONE {
                    self.root_arcs[node] = if old.flow > 0 { RootArc::Full } else { RootArc::Empty };
                }
                break;
            }
            (parent, node, next_arc, flow) = (node, old.parent, old.arc, old.flow);
        }
        if arc == ArcIdx::NONE {
            self.root_arcs[top] = RootArc::Basic;
        }
        self.update_subtree(top);
    }

    /// Recomputes the prices and depths of all sinks in a subtree.
    fn update_subtree(&mut self, top: NodeIdx) {
        let mut stack = std::mem::take(&mut self.stack);
        match self.kind(top) {
            Kind::Supply(_) => self.update_children(top, &mut stack),
            Kind::Sink(sink) => {
                self.update_sink(sink);
                stack.push(sink);
            }
            Kind::Root => {}
        }
        while let Some(sink) = stack.pop() {
            let first = self.nodes[self.sink_node(sink)].first_child;
            let mut supply = first;
            while supply != NodeIdx::NONE {
                self.update_children(supply, &mut stack);
                supply = self.next_sibling(supply, first);
            }
        }
        self.stack = stack;
    }

    /// Recomputes the sinks below a supply.
    fn update_children(&mut self, supply: NodeIdx, stack: &mut Vec<SinkIdx>) {
        let first = self.nodes[supply].first_child;
        let mut child = first;
        while child != NodeIdx::NONE {
            if let Kind::Sink(sink) = self.kind(child) {
                self.update_sink(sink);
                stack.push(sink);
            }
            child = self.next_sibling(child, first);
        }
    }

    /// Returns the next child of the same parent, or `NONE` after the last.
    #[inline]
    fn next_sibling(&self, child: NodeIdx, first: NodeIdx) -> NodeIdx {
        let next = self.nodes[child].next;
        if next == first { NodeIdx::NONE } else { next }
    }

    // INVARIANT: a price is the sum along the path to the root, which fits by `Scalar`.
    #[expect(clippy::arithmetic_side_effects, reason = "sums along a path fit in the scalar")]
    fn update_sink(&mut self, sink: SinkIdx) {
        let Node { parent, arc, .. } = self.nodes[self.sink_node(sink)];
        self.prices[sink] =
            if arc == ArcIdx::NONE { N::default() } else { self.network.objective(arc) - self.potential(parent) };
        self.depths[sink] = self.depth(parent).saturating_add(1);
    }

    /// Sets the price and depth of a sink of the initial basis.
    pub(crate) fn set_sink(&mut self, sink: SinkIdx, price: N, depth: u32) {
        (self.prices[sink], self.depths[sink]) = (price, depth);
    }

    /// Inserts a node into the children of its parent. A supply is inserted into those of its own parent with its first
    /// child.
    fn link(&mut self, node: NodeIdx) {
        let parent = self.nodes[node].parent;
        if parent == self.root {
            return;
        }
        let first = self.nodes[parent].first_child;
        let (next, previous) = if first == NodeIdx::NONE { (node, node) } else { (first, self.nodes[first].previous) };
        let linked = &mut self.nodes[node];
        (linked.next, linked.previous) = (next, previous);
        self.nodes[previous].next = node;
        self.nodes[next].previous = node;
        self.nodes[parent].first_child = node;
        if first == NodeIdx::NONE && self.is_supply(parent) {
            self.link(parent);
        }
    }

    /// Removes a node from the children of its parent. A supply is removed from those of its own parent with its last
    /// child.
    fn unlink(&mut self, node: NodeIdx) {
        let Node { parent, next, previous, .. } = self.nodes[node];
        if parent == self.root {
            return;
        }
        self.nodes[previous].next = next;
        self.nodes[next].previous = previous;
        if self.nodes[parent].first_child == node {
            let is_last = next == node;
            self.nodes[parent].first_child = if is_last { NodeIdx::NONE } else { next };
            if is_last && self.is_supply(parent) {
                self.unlink(parent);
            }
        }
    }
}

/// The price of a sink before it is attached. One without places is never attached: its price keeps all units away.
fn start_price<N: Scalar>(places: u64) -> N {
    if places == 0 { N::INFINITE } else { N::default() }
}
