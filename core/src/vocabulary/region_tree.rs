//! The tree of regions: country, Land, Kreis, Gemeinde, with the borders between Kreise.
//!
//! Ancestor tests take O(1): in a pre-order traversal the subtree of a node is an [`Interval`], and one node is an ancestor
//! of another if its interval contains the other's (nested sets; Tarjan 1972). The intervals of n nodes are computed in O(n)
//! by [`RegionTree::index`] after the last change.

use std::cmp::Reverse;

use crate::{
    util::{
        geo::Coordinates,
        ordered_map::OrderedMap,
        packed_code::{PackedCode, PackedCodeMap},
        signature::Signature,
        sort::{sort, sort_by_key},
    },
    vocabulary::region::{RegionEntry, RegionIdx, RegionKind},
};

/// A tree of regions with neighbours.
#[derive(Clone, Debug, Default)]
pub(crate) struct RegionTree {
    nodes: Vec<Node>,
    // INVARIANT: computed by `index` after the last change of nodes and parents.
    positions: Vec<Position>,
    by_code: OrderedMap<String, RegionIdx>,
    // INVARIANT: exactly the keys of `by_code` that can be packed.
    by_packed_code: PackedCodeMap<RegionIdx>,
}

#[derive(Clone, Debug)]
struct Node {
    entry: RegionEntry,
    parent: Option<RegionIdx>,
    neighbours: Vec<RegionIdx>,
    /// The signature of the neighbours.
    neighbour_signature: Signature,
}

/// The pre-order range of a subtree: its root is at `start`, all descendants between `start` and `end`.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Interval {
    pub(super) start: u32,
    /// Exclusive.
    pub(super) end: u32,
}

impl Interval {
    /// Returns `true` if neither subtree contains the other.
    #[inline]
    pub(super) fn is_disjoint(self, other: Self) -> bool {
        self.end <= other.start || other.end <= self.start
    }
}

/// The derived position of a node in the tree.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Position {
    pub(super) interval: Interval,
    /// The nearest Kreis among the node and its ancestors.
    pub(super) kreis: Option<RegionIdx>,
    /// The signature of all Kreise among the node and its ancestors; added regions may nest them.
    pub(super) kreise: Signature,
}

impl RegionTree {
    /// Inserts a node without a parent, or replaces the entry of a present one. A present name is kept if `entry` has none.
    pub(super) fn insert(&mut self, entry: RegionEntry) {
        match self.by_code.get(&entry.code).and_then(|node| self.nodes.get_mut(node.get())) {
            Some(node) => {
                let name = entry.name.clone().or_else(|| node.entry.name.clone());
                node.entry = RegionEntry { name, ..entry };
            }
            None => {
                let node = RegionIdx::from_len(self.nodes.len());
                self.by_code.insert(entry.code.clone(), node);
                if let Some(packed) = PackedCode::new(&entry.code) {
                    self.by_packed_code.insert_if_absent(packed, node);
                }
                let (parent, neighbours, neighbour_signature) = (None, Vec::new(), Signature::EMPTY);
                self.nodes.push(Node { entry, parent, neighbours, neighbour_signature });
            }
        }
    }

    /// Sets the parent of a node, or returns `false` if that would create a cycle. [`index`](Self::index) must follow.
    pub(super) fn set_parent(&mut self, child: RegionIdx, parent: RegionIdx) -> bool {
        if self.self_and_ancestors(parent).any(|ancestor| ancestor == child) {
            return false;
        }
        if let Some(node) = self.nodes.get_mut(child.get()) {
            node.parent = Some(parent);
        }
        true
    }

    /// Makes two nodes neighbours of each other.
    pub(super) fn insert_border(&mut self, a: RegionIdx, b: RegionIdx) {
        for (node, neighbour) in [(a, b), (b, a)] {
            let node = self.nodes.get_mut(node.get());
            if let Some(node) = node.filter(|node| !node.neighbours.contains(&neighbour)) {
                node.neighbours.push(neighbour);
                node.neighbour_signature = node.neighbour_signature.union(neighbour.signature());
            }
        }
    }

    /// Computes the positions of all nodes. Must be called after the last change of nodes and parents.
    pub(super) fn index(&mut self) {
        let mut children: Vec<Vec<RegionIdx>> = vec![Vec::new(); self.nodes.len()];
        let mut stack = Vec::new();
        for (index, node) in self.nodes.iter().enumerate() {
            let child = RegionIdx::from_len(index);
            match node.parent.and_then(|parent| children.get_mut(parent.get())) {
                Some(siblings) => siblings.push(child),
                None => stack.push(child),
            }
        }
        self.positions = vec![Position::default(); self.nodes.len()];
        let mut pre_order = Vec::with_capacity(self.nodes.len());
        while let Some(index) = stack.pop() {
            stack.append(children.get_mut(index.get()).unwrap_or(&mut Vec::new()));
            let Some(node) = self.node(index) else { continue };
            let parent = node.parent.map(|parent| self.position(parent)).unwrap_or_default();
            let (kreis, kreise) = match node.entry.kind {
                RegionKind::Kreis => (Some(index), parent.kreise.union(index.signature())),
                _ => (parent.kreis, parent.kreise),
            };
            let start = u32::try_from(pre_order.len()).unwrap_or(u32::MAX);
            pre_order.push((index, node.parent));
            if let Some(position) = self.positions.get_mut(index.get()) {
                *position = Position { interval: Interval { start, end: start.saturating_add(1) }, kreis, kreise };
            }
        }
        // Descendants follow their ancestors, so in reverse order each interval is final before its parent reads it.
        for (index, parent) in pre_order.into_iter().rev() {
            let Interval { end, .. } = self.position(index).interval;
            if let Some(position) = parent.and_then(|parent| self.positions.get_mut(parent.get())) {
                position.interval.end = position.interval.end.max(end);
            }
        }
    }

    /// Returns the node of a code, or `None` if the tree does not list the code.
    #[inline]
    pub(super) fn find(&self, code: &str) -> Option<RegionIdx> {
        match PackedCode::new(code) {
            Some(packed) => self.by_packed_code.get(packed),
            None => self.by_code.get(code).copied(),
        }
    }

    /// Returns all codes, sorted.
    pub(super) fn codes(&self) -> impl Iterator<Item = &String> {
        self.by_code.keys()
    }

    fn node(&self, node: RegionIdx) -> Option<&Node> {
        self.nodes.get(node.get())
    }

    /// Returns the entry of a node.
    pub(super) fn entry(&self, node: RegionIdx) -> Option<&RegionEntry> {
        self.node(node).map(|node| &node.entry)
    }

    /// Returns the position of a node.
    #[inline]
    pub(super) fn position(&self, node: RegionIdx) -> Position {
        self.positions.get(node.get()).copied().unwrap_or_default()
    }

    /// Returns the neighbours of a node with their signature; none if `node` is `None`.
    pub(super) fn neighbours(&self, node: Option<RegionIdx>) -> (&[RegionIdx], Signature) {
        let node = node.and_then(|node| self.node(node));
        node.map_or((&[], Signature::EMPTY), |node| (&node.neighbours, node.neighbour_signature))
    }

    /// Returns a node and its ancestors, from the node to the root.
    pub(super) fn self_and_ancestors(&self, node: RegionIdx) -> impl Iterator<Item = RegionIdx> + '_ {
        std::iter::successors(Some(node), |node| self.node(*node)?.parent)
    }

    /// Returns the first child of a node.
    pub(super) fn first_child(&self, parent: RegionIdx) -> Option<RegionIdx> {
        self.nodes.iter().position(|node| node.parent == Some(parent)).map(RegionIdx::from_len)
    }

    /// Returns the centre that the table states for each node, in the order of nodes.
    pub(super) fn own_centres(&self) -> impl Iterator<Item = Option<Coordinates>> + '_ {
        self.nodes.iter().map(|node| node.entry.centre)
    }

    /// Returns every node with its parent, each after all its descendants.
    pub(super) fn descendants_first(&self) -> impl Iterator<Item = (RegionIdx, Option<RegionIdx>)> + '_ {
        let mut nodes: Vec<RegionIdx> = (0..self.nodes.len()).map(RegionIdx::from_len).collect();
        sort_by_key(&mut nodes, |node| Reverse(self.position(*node).interval.start));
        nodes.into_iter().map(|node| (node, self.node(node).and_then(|node| node.parent)))
    }

    /// Returns the centre of a Kreis or Gemeinde, or of its nearest ancestor that has one and is not larger than a Kreis.
    pub(super) fn centre(&self, node: RegionIdx) -> Option<Coordinates> {
        self.self_and_ancestors(node)
            .filter_map(|node| self.entry(node))
            .take_while(|entry| matches!(entry.kind, RegionKind::Kreis | RegionKind::Gemeinde))
            .find_map(|entry| entry.centre)
    }

    /// Returns `true` if two or more Kreise have this name.
    pub(super) fn is_shared_kreis_name(&self, name: &str) -> bool {
        let has_name = |node: &&Node| node.entry.kind == RegionKind::Kreis && node.entry.name.as_deref() == Some(name);
        self.nodes.iter().filter(has_name).take(2).count() == 2
    }

    /// Returns every node in the order of codes: its entry, its parent's code, and its neighbours' codes, sorted.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&RegionEntry, Option<&str>, Vec<&str>)> {
        let code = |node: RegionIdx| self.entry(node).map(|entry| entry.code.as_str());
        self.by_code.values().filter_map(|node| self.node(*node)).map(move |node| {
            let mut neighbours: Vec<&str> = node.neighbours.iter().filter_map(|neighbour| code(*neighbour)).collect();
            sort(&mut neighbours);
            (&node.entry, node.parent.and_then(code), neighbours)
        })
    }
}
