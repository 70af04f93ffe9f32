//! The tree of regions: country, Land, Kreis, Gemeinde, with the borders between Kreise.
//!
//! In a pre-order traversal the subtree of a node is an interval, and one node is an ancestor of another if its interval
//! contains the other's (nested sets; Tarjan 1972). A [`Span`] is such an interval; it also has a position for each Gemeinde
//! that the tree does not list. [`RegionTree::index`] computes all derived data of n nodes in O(n log n) after the last change, so that no
//! query walks a path, which may have as many nodes as a request has regions.
//!
//! The lowest common ancestor takes O(log n): the children with the largest subtrees form heavy paths, and each path to the
//! root meets at most log n of them (heavy path decomposition; Sleator and Tarjan 1983).

use std::cmp::Reverse;

use crate::{
    util::{
        geo::Coordinates,
        ordered_map::OrderedMap,
        packed_code::{PackedCode, PackedCodeMap},
        signature::Signature,
        sort::{sort, sort_by_key},
    },
    vocabulary::region::{Region, RegionEntry, RegionIdx, RegionKind},
};

/// A tree of regions with neighbours.
#[derive(Clone, Debug, Default)]
pub(crate) struct RegionTree {
    nodes: Vec<Node>,
    by_code: OrderedMap<String, RegionIdx>,
    // INVARIANT: computed by `index_codes` after the last insertion: exactly the keys of `by_code` that can be packed.
    by_packed_code: PackedCodeMap<RegionIdx>,
    // INVARIANT: computed by `index` after the last change of nodes, parents and borders.
    positions: Vec<Position>,
    lineages: Vec<Lineage>,
}

#[derive(Clone, Debug)]
struct Node {
    entry: RegionEntry,
    parent: Option<RegionIdx>,
    // INVARIANT: sorted by `index`, each neighbour once.
    neighbours: Vec<RegionIdx>,
}

/// A range of regions in pre-order, unlisted Gemeinden included: `start` is the region itself, its parts follow.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Span {
    pub(super) start: u64,
    /// Exclusive.
    pub(super) end: u64,
}

impl Span {
    /// The number of positions of a node: its own, and one for each Gemeinde that the tree may not list.
    const PER_NODE: u64 = 1_000;

    #[inline]
    pub(super) fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    #[inline]
    pub(super) fn len(self) -> u64 {
        self.end.saturating_sub(self.start)
    }
}

/// The derived position of a node, as the relation of two regions reads it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Position {
    span: Span,
    /// The nearest Kreis among the node and its ancestors.
    pub(super) kreis: Option<RegionIdx>,
    /// The signature of all Kreise among the node and its ancestors; added regions may nest them.
    pub(super) kreise: Signature,
    /// The signature of the neighbours.
    neighbours: Signature,
}

/// The properties of a node that follow from its ancestors, its children and its namesakes.
#[derive(Clone, Copy, Debug)]
struct Lineage {
    /// The nearest Land among the node and its ancestors.
    land: Option<RegionIdx>,
    /// The centre of a Kreis or Gemeinde, or of the nearest ancestor that has one and is not larger than a Kreis.
    centre: Option<Coordinates>,
    /// The first child that is a Kreis.
    first_kreis: Option<RegionIdx>,
    /// The first node of the heavy path.
    head: RegionIdx,
    shared_name: SharedName,
}

/// The level of a node, its name, and `true` for a city that is a Kreis of its own.
type NameKey<'n> = (RegionKind, &'n str, bool);

/// The namesakes of a node on its level.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SharedName {
    /// `true` for a city with the name of a Landkreis, or the reverse.
    pub(super) with_other_kind: bool,
    /// `true` for a region with the name of another one that is a city or none as well.
    pub(super) with_same_kind: bool,
}

impl RegionTree {
    /// Inserts a node without a parent, or replaces the entry of a present one. A present name is kept if `entry` has none.
    /// [`index_codes`](Self::index_codes) must follow.
    pub(super) fn insert(&mut self, entry: RegionEntry) {
        match self.by_code.get(&entry.code).and_then(|node| self.nodes.get_mut(node.get())) {
            Some(node) => {
                let name = entry.name.clone().or_else(|| node.entry.name.clone());
                node.entry = RegionEntry { name, ..entry };
            }
            None => {
                let node = RegionIdx::from_len(self.nodes.len());
                self.by_code.insert(entry.code.clone(), node);
                self.nodes.push(Node { entry, parent: None, neighbours: Vec::new() });
            }
        }
    }

    /// Indexes the codes. Must be called after the last insertion.
    pub(super) fn index_codes(&mut self) {
        let packed = self.by_code.iter().filter_map(|(code, node)| Some((PackedCode::new(code)?, *node)));
        self.by_packed_code = packed.collect();
    }

    /// Sets the parents of some nodes. Returns `false` for each link that would make a region contain itself, and leaves it
    /// out. [`index`](Self::index) must follow.
    ///
    /// All former parents of these nodes are removed first, so that the order of the links does not decide if there is a
    /// circle. A union-find structure over the paths to the roots finds circles in O(log n) amortized (path halving).
    pub(super) fn set_parents(&mut self, links: &[(RegionIdx, RegionIdx)]) -> Vec<bool> {
        for (child, _) in links {
            self.replace_parent(*child, None);
        }
        let parents = self.nodes.iter().enumerate();
        let mut paths: Vec<RegionIdx> =
            parents.map(|(index, node)| node.parent.unwrap_or(RegionIdx::from_len(index))).collect();
        let mut set_parent = |(child, parent): &(RegionIdx, RegionIdx)| {
            // A node that occurs twice has its parent already.
            if self.node(*child).is_none_or(|node| node.parent.is_some()) {
                return true;
            }
            let root = root(&mut paths, *parent);
            if root == *child {
                return false;
            }
            if let Some(path) = paths.get_mut(child.get()) {
                *path = root;
            }
            self.replace_parent(*child, Some(*parent));
            true
        };
        links.iter().map(&mut set_parent).collect()
    }

    fn replace_parent(&mut self, node: RegionIdx, parent: Option<RegionIdx>) {
        if let Some(node) = self.nodes.get_mut(node.get()) {
            node.parent = parent;
        }
    }

    /// Makes two nodes neighbours of each other. [`index`](Self::index) must follow.
    pub(super) fn insert_border(&mut self, a: RegionIdx, b: RegionIdx) {
        for (node, neighbour) in [(a, b), (b, a)] {
            if let Some(node) = self.nodes.get_mut(node.get()) {
                node.neighbours.push(neighbour);
            }
        }
    }

    /// Computes the derived data of all nodes. Must be called after the last change.
    pub(super) fn index(&mut self) {
        for node in &mut self.nodes {
            sort(&mut node.neighbours);
            node.neighbours.dedup();
        }
        let pre_order = self.pre_order();
        self.positions = self.positions_of(&pre_order);
        self.lineages = self.lineages_of(&pre_order);
    }

    /// Returns all nodes, parents before children and siblings in the order of codes.
    fn pre_order(&self) -> Vec<RegionIdx> {
        let mut children: Vec<Vec<RegionIdx>> = vec![Vec::new(); self.nodes.len()];
        let mut stack = Vec::new();
        // The last of a stack comes first, so codes are pushed in reverse order.
        for child in self.by_code.values().rev() {
            let parent = self.node(*child).and_then(|node| node.parent);
            match parent.and_then(|parent| children.get_mut(parent.get())) {
                Some(siblings) => siblings.push(*child),
                None => stack.push(*child),
            }
        }
        let mut pre_order = Vec::with_capacity(self.nodes.len());
        while let Some(node) = stack.pop() {
            pre_order.push(node);
            if let Some(children) = children.get_mut(node.get()) {
                stack.append(children);
            }
        }
        pre_order
    }

    fn positions_of(&self, pre_order: &[RegionIdx]) -> Vec<Position> {
        let mut positions = vec![Position::default(); self.nodes.len()];
        let mut start = 0_u64;
        for index in pre_order {
            let Some(node) = self.node(*index) else { continue };
            let parent = node.parent.and_then(|parent| positions.get(parent.get())).copied().unwrap_or_default();
            let (kreis, kreise) = match node.entry.kind {
                RegionKind::Kreis => (Some(*index), parent.kreise.union(index.signature())),
                _ => (parent.kreis, parent.kreise),
            };
            let neighbours = node.neighbours.iter().map(|neighbour| neighbour.signature()).collect();
            let end = start.saturating_add(Span::PER_NODE);
            if let Some(position) = positions.get_mut(index.get()) {
                *position = Position { span: Span { start, end }, kreis, kreise, neighbours };
            }
            start = end;
        }
        // Descendants follow their ancestors, so in reverse order each span is final before its parent reads it.
        for index in pre_order.iter().rev() {
            let end = positions.get(index.get()).map_or(0, |position| position.span.end);
            let parent = self.node(*index).and_then(|node| node.parent);
            if let Some(parent) = parent.and_then(|parent| positions.get_mut(parent.get())) {
                parent.span.end = parent.span.end.max(end);
            }
        }
        positions
    }

    fn lineages_of(&self, pre_order: &[RegionIdx]) -> Vec<Lineage> {
        let heavy = self.heavy_children(pre_order);
        let shared_names = self.shared_names();
        let root = |index| Lineage {
            land: None,
            centre: None,
            first_kreis: None,
            head: RegionIdx::from_len(index),
            shared_name: SharedName::default(),
        };
        let mut lineages: Vec<Lineage> = (0..self.nodes.len()).map(root).collect();
        for index in pre_order {
            let Some(node) = self.node(*index) else { continue };
            let (kind, entry) = (node.entry.kind, &node.entry);
            let parent = node.parent.and_then(|parent| lineages.get(parent.get())).copied();
            let is_heavy = node.parent.is_some_and(|parent| heavy.get(parent.get()) == Some(&Some(*index)));
            let Some(lineage) = lineages.get_mut(index.get()) else { continue };
            if let Some(parent) = parent {
                lineage.land = parent.land;
                lineage.centre = parent.centre;
                lineage.head = if is_heavy { parent.head } else { *index };
            }
            match kind {
                RegionKind::Country => (lineage.land, lineage.centre) = (None, None),
                RegionKind::Land => (lineage.land, lineage.centre) = (Some(*index), None),
                RegionKind::Kreis | RegionKind::Gemeinde => lineage.centre = entry.centre.or(lineage.centre),
            }
            lineage.shared_name = shared_names.get(index).copied().unwrap_or_default();
        }
        // In the order of nodes, so that an added Kreis does not precede a built-in one.
        for (index, node) in self.nodes.iter().enumerate().filter(|(_, node)| node.entry.kind == RegionKind::Kreis) {
            if let Some(parent) = node.parent.and_then(|parent| lineages.get_mut(parent.get())) {
                parent.first_kreis.get_or_insert(RegionIdx::from_len(index));
            }
        }
        lineages
    }

    /// Returns the child with the largest subtree of each node.
    fn heavy_children(&self, pre_order: &[RegionIdx]) -> Vec<Option<RegionIdx>> {
        let mut heavy: Vec<Option<RegionIdx>> = vec![None; self.nodes.len()];
        for index in pre_order {
            let parent = self.node(*index).and_then(|node| node.parent);
            let Some(heaviest) = parent.and_then(|parent| heavy.get_mut(parent.get())) else { continue };
            let size = |node: RegionIdx| self.position(node).span.len();
            if heaviest.is_none_or(|heaviest| size(heaviest) < size(*index)) {
                *heaviest = Some(*index);
            }
        }
        heavy
    }

    /// Returns the nodes that have namesakes on their level.
    fn shared_names(&self) -> OrderedMap<RegionIdx, SharedName> {
        fn key(node: &Node) -> Option<NameKey<'_>> {
            Some((node.entry.kind, node.entry.name.as_deref()?, node.entry.kreisfrei))
        }
        let nodes = self.nodes.iter().enumerate();
        let mut named: Vec<_> =
            nodes.filter_map(|(index, node)| Some((key(node)?, RegionIdx::from_len(index)))).collect();
        sort(&mut named);
        let mut shared = OrderedMap::<RegionIdx, SharedName>::default();
        let is_namesake =
            |(a, _): &(NameKey<'_>, RegionIdx), (b, _): &(NameKey<'_>, RegionIdx)| (a.0, a.1) == (b.0, b.1);
        for namesakes in named.chunk_by(is_namesake).filter(|namesakes| namesakes.len() > 1) {
            let cities = namesakes.iter().filter(|((.., kreisfrei), _)| *kreisfrei).count();
            for ((kind, _, kreisfrei), node) in namesakes {
                let others = namesakes.len().saturating_sub(cities);
                let of_kind = if *kreisfrei { cities } else { others };
                let with_other_kind = *kind == RegionKind::Kreis && of_kind < namesakes.len();
                let with_same_kind = of_kind > 1;
                shared.insert(*node, SharedName { with_other_kind, with_same_kind });
            }
        }
        shared
    }

    /// Returns the node of a code, or `None` if the tree does not list the code.
    #[inline]
    pub(super) fn find(&self, code: &str) -> Option<RegionIdx> {
        match PackedCode::new(code) {
            Some(packed) => self.by_packed_code.get(packed),
            None => self.by_code.get(code).copied(),
        }
    }

    fn node(&self, node: RegionIdx) -> Option<&Node> {
        self.nodes.get(node.get())
    }

    fn lineage(&self, node: RegionIdx) -> Option<&Lineage> {
        self.lineages.get(node.get())
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

    /// Returns the span of a region.
    #[inline]
    pub(super) fn span(&self, region: Region) -> Span {
        let Span { start, end } = self.position(region.node).span;
        match region.gemeinde {
            0 => Span { start, end },
            gemeinde => {
                let start = start.saturating_add(u64::from(gemeinde));
                Span { start, end: start.saturating_add(1) }
            }
        }
    }

    /// Returns the level of a region.
    pub(super) fn kind(&self, region: Region) -> RegionKind {
        match region.gemeinde {
            0 => self.entry(region.node).map_or(RegionKind::Country, |entry| entry.kind),
            _ => RegionKind::Gemeinde,
        }
    }

    /// Returns the neighbours of a node with their signature; none if `node` is `None`.
    pub(super) fn neighbours(&self, node: Option<RegionIdx>) -> (&[RegionIdx], Signature) {
        let neighbours = node.and_then(|node| Some((self.node(node)?, self.position(node).neighbours)));
        neighbours.map_or((&[], Signature::EMPTY), |(node, signature)| (&node.neighbours, signature))
    }

    /// Returns the lowest node that contains two nodes, or `None` if they have no common ancestor.
    pub(super) fn common_ancestor(&self, mut a: RegionIdx, mut b: RegionIdx) -> Option<RegionIdx> {
        let start = |node| self.position(node).span.start;
        loop {
            let (a_head, b_head) = (self.lineage(a)?.head, self.lineage(b)?.head);
            if a_head == b_head {
                return Some(if start(a) <= start(b) { a } else { b });
            }
            // The path of the one whose head does not contain the other ends below the common ancestor.
            if self.position(a_head).span.contains(self.position(b).span) {
                b = self.node(b_head)?.parent?;
            } else {
                a = self.node(a_head)?.parent?;
            }
        }
    }

    /// Returns the Land that contains a node, or `None` if the node is larger.
    pub(super) fn land(&self, node: RegionIdx) -> Option<RegionIdx> {
        self.lineage(node)?.land
    }

    /// Returns the first child of a node that is a Kreis.
    pub(super) fn first_kreis(&self, parent: RegionIdx) -> Option<RegionIdx> {
        self.lineage(parent)?.first_kreis
    }

    /// Returns the centre that the table states for each node, in the order of nodes.
    pub(super) fn own_centres(&self) -> impl Iterator<Item = Option<Coordinates>> + '_ {
        self.nodes.iter().map(|node| node.entry.centre)
    }

    /// Returns every node with its parent, each after all its descendants.
    pub(super) fn descendants_first(&self) -> impl Iterator<Item = (RegionIdx, Option<RegionIdx>)> + '_ {
        let mut nodes: Vec<RegionIdx> = (0..self.nodes.len()).map(RegionIdx::from_len).collect();
        sort_by_key(&mut nodes, |node| Reverse(self.position(*node).span.start));
        nodes.into_iter().map(|node| (node, self.node(node).and_then(|node| node.parent)))
    }

    /// Returns the centre of a Kreis or Gemeinde, or of its nearest ancestor that has one and is not larger than a Kreis.
    pub(super) fn centre(&self, node: RegionIdx) -> Option<Coordinates> {
        self.lineage(node)?.centre
    }

    /// Returns the namesakes of a node on its level.
    pub(super) fn shared_name(&self, node: RegionIdx) -> SharedName {
        self.lineage(node).map(|lineage| lineage.shared_name).unwrap_or_default()
    }

    /// Returns the parent of a node.
    pub(super) fn parent(&self, node: RegionIdx) -> Option<RegionIdx> {
        self.node(node)?.parent
    }

    /// Returns every node in the order of codes.
    pub(super) fn nodes(&self) -> impl Iterator<Item = (RegionIdx, &RegionEntry)> {
        self.by_code.values().filter_map(|node| Some((*node, self.entry(*node)?)))
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

/// Returns the root of a path, and halves the path.
fn root(paths: &mut [RegionIdx], mut node: RegionIdx) -> RegionIdx {
    let next = |paths: &[RegionIdx], node: RegionIdx| paths.get(node.get()).copied().unwrap_or(node);
    loop {
        let parent = next(paths, node);
        if parent == node {
            return node;
        }
        let grandparent = next(paths, parent);
        if let Some(path) = paths.get_mut(node.get()) {
            *path = grandparent;
        }
        node = grandparent;
    }
}
