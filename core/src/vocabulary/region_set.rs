//! The regions that one code stands for.

use std::{
    cmp::Ordering,
    hash::{Hash, Hasher},
    ptr,
    sync::{Arc, OnceLock},
};

use crate::{
    util::{once::get_or_compute, signature::Signature, sort::sort},
    vocabulary::{
        region::{Region, RegionIdx},
        region_areas::Areas,
        region_tree::{RegionTree, Span},
    },
};

/// The regions that one code stands for: one, or several of an alias or a level that the tree lacks.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) enum RegionSet {
    One(Region),
    Several(Arc<RegionGroup>),
}

/// Several regions, prepared for queries.
#[derive(Debug)]
pub(crate) struct RegionGroup {
    /// The regions that no other one contains, in pre-order. A person in one of the others is in one of these too.
    regions: Vec<Region>,
    /// The spans of `regions`, which are disjoint.
    spans: Vec<Span>,
    /// The Kreise that contain a smaller region, sorted.
    kreise: Vec<RegionIdx>,
    /// Computed on first use, because a vocabulary may have very many aliases, of which most are in no request.
    neighbours: OnceLock<Vec<RegionIdx>>,
    /// The signature of all Kreise that contain a region, and of their neighbours; full if a region is larger than a Kreis.
    reach: Signature,
    /// The smallest node that contains all regions.
    ancestor: Option<RegionIdx>,
    /// All regions, as an offer serves them.
    areas: Arc<Areas>,
}

impl RegionSet {
    /// Creates the set of at least one region.
    pub(super) fn new(tree: &RegionTree, regions: Vec<Region>) -> Option<Self> {
        match regions.as_slice() {
            [] => None,
            [region] => Some(Self::One(*region)),
            _ => Some(Self::Several(Arc::new(RegionGroup::new(tree, regions)))),
        }
    }

    /// Returns the set without the regions that another one contains.
    pub(super) fn into_maximal(self) -> Self {
        match &self {
            Self::Several(group) => match group.regions() {
                [region] => Self::One(*region),
                _ => self,
            },
            Self::One(_) => self,
        }
    }

    /// Returns the regions that no other one contains, in pre-order.
    pub(crate) fn regions(&self) -> &[Region] {
        match self {
            Self::One(region) => std::slice::from_ref(region),
            Self::Several(group) => group.regions(),
        }
    }

    /// Returns all regions in pre-order.
    pub(crate) fn all_regions(&self) -> &[Region] {
        match self {
            Self::One(region) => std::slice::from_ref(region),
            Self::Several(group) => group.areas.regions(),
        }
    }

    /// Returns the smallest node that contains all regions, or `None` if there is none.
    pub(super) fn ancestor(&self) -> Option<RegionIdx> {
        match self {
            Self::One(region) => Some(region.node),
            Self::Several(group) => group.ancestor,
        }
    }
}

impl RegionGroup {
    fn new(tree: &RegionTree, mut regions: Vec<Region>) -> Self {
        // The capacity of a collected list may be twice its length.
        regions.shrink_to_fit();
        let areas = Arc::new(Areas::new(tree, regions, false));
        let (mut regions, mut spans): (Vec<Region>, Vec<Span>) = Default::default();
        for (region, span) in areas.regions().iter().map(|region| (region, tree.span(*region))) {
            if spans.last().is_none_or(|last| !last.contains(span)) {
                regions.push(*region);
                spans.push(span);
            }
        }
        regions.shrink_to_fit();
        spans.shrink_to_fit();
        let kreis_of_smaller = |region: &Region| {
            let kreis = tree.position(region.node).kreis;
            kreis.filter(|kreis| *region != Region::from_node(*kreis))
        };
        let kreise = sorted(regions.iter().filter_map(kreis_of_smaller).collect());
        let reach = regions.iter().map(|region| region_reach(tree, *region)).collect();
        let ends = regions.first().zip(regions.last());
        let ancestor = ends.and_then(|(first, last)| tree.common_ancestor(first.node, last.node));
        Self { regions, spans, kreise, neighbours: OnceLock::new(), reach, ancestor, areas }
    }

    /// Returns the regions that no other one contains, in pre-order.
    pub(super) fn regions(&self) -> &[Region] {
        &self.regions
    }

    /// Returns the spans of [`regions`](Self::regions), which are disjoint.
    pub(super) fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// Returns the number of regions that begin in a span.
    pub(super) fn count_in(&self, span: Span) -> usize {
        let index = |position| self.spans.partition_point(|span| span.start < position);
        index(span.end).saturating_sub(index(span.start))
    }

    /// Returns `true` if one of the regions contains a span.
    pub(super) fn contains(&self, span: Span) -> bool {
        contains(&self.spans, span)
    }

    /// Returns `true` if one of the regions contains a span or lies in it.
    pub(super) fn is_related(&self, span: Span) -> bool {
        self.contains(span) || self.count_in(span) > 0
    }

    /// Returns the Kreise that contain a region smaller than a Kreis, sorted.
    pub(super) fn kreise(&self) -> &[RegionIdx] {
        &self.kreise
    }

    /// Returns the neighbours of all Kreise of the regions, without those that lie in a region, sorted. `tree` is the one of
    /// [`new`](Self::new).
    pub(super) fn neighbours(&self, tree: &RegionTree) -> &[RegionIdx] {
        get_or_compute::<Vec<RegionIdx>>(&self.neighbours, || {
            let kreise = sorted(self.regions.iter().filter_map(|region| tree.position(region.node).kreis).collect());
            let all = kreise.iter().flat_map(|kreis| tree.neighbours(Some(*kreis)).0).copied();
            let is_outside = |kreis: &RegionIdx| !self.contains(tree.span(Region::from_node(*kreis)));
            sorted(all.filter(is_outside).collect())
        })
    }

    /// Returns the signature of all areas that have a relation to one of the regions.
    pub(super) fn reach(&self) -> Signature {
        self.reach
    }

    /// Returns all regions, as an offer serves them.
    pub(super) fn areas(&self) -> &Arc<Areas> {
        &self.areas
    }
}

/// Returns `true` if one of these disjoint spans, which are sorted, contains another one.
fn contains(spans: &[Span], span: Span) -> bool {
    let next = spans.partition_point(|other| other.start <= span.start);
    next.checked_sub(1).and_then(|index| spans.get(index)).is_some_and(|other| other.contains(span))
}

fn sorted(mut nodes: Vec<RegionIdx>) -> Vec<RegionIdx> {
    sort(&mut nodes);
    nodes.dedup();
    nodes.shrink_to_fit();
    nodes
}

/// Returns the signature of the Kreise that contain a region and of their neighbours; full if the region is larger than a Kreis.
pub(super) fn region_reach(tree: &RegionTree, region: Region) -> Signature {
    let position = tree.position(region.node);
    let (_, neighbours) = tree.neighbours(position.kreis);
    if position.kreis.is_some() { neighbours.union(position.kreise) } else { Signature::FULL }
}

impl Ord for RegionGroup {
    /// Compares the regions. Most equal groups are one, since an alias has one group.
    fn cmp(&self, other: &Self) -> Ordering {
        if ptr::eq(self, other) { Ordering::Equal } else { self.regions.cmp(&other.regions) }
    }
}

impl PartialOrd for RegionGroup {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Eq for RegionGroup {}

impl PartialEq for RegionGroup {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Hash for RegionGroup {
    /// Hashes as little as distinguishes most groups.
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.regions.len(), self.regions.first(), self.regions.last()).hash(state);
    }
}
