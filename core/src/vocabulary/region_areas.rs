//! The area of an offer: regions in pre-order, indexed for queries about one region of a person.

use std::{
    cmp::{Ordering, Reverse},
    sync::OnceLock,
};

use crate::{
    util::{
        once::get_or_compute,
        signature::Signature,
        sort::{sort, sort_by_key},
    },
    vocabulary::{
        region::{Region, RegionIdx, RegionKind},
        region_tree::{RegionTree, Span},
    },
};

/// The regions that an offer serves.
#[derive(Debug, Default)]
pub(crate) struct Areas {
    // INVARIANT: in pre-order, each region once.
    regions: Vec<Region>,
    /// `true` if the offer also serves everything else.
    any: bool,
    /// The union of the regions' signatures: most needs lie outside of all areas, and one comparison finds that.
    signature: Signature,
    index: OnceLock<AreaIndex>,
}

/// An area that an offer serves.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Area {
    Only(Region),
    Any,
}

impl Areas {
    pub(super) fn new(tree: &RegionTree, mut regions: Vec<Region>, any: bool) -> Self {
        sort_by_key(&mut regions, |region| tree.span(*region).start);
        regions.dedup();
        let signature = |region: &Region| {
            let position = tree.position(region.node);
            if position.kreis.is_some() { position.kreise } else { Signature::FULL }
        };
        let signature = if any { Signature::FULL } else { regions.iter().map(signature).collect() };
        Self { regions, any, signature, index: OnceLock::new() }
    }

    /// Returns the regions in pre-order, without `any`.
    pub(crate) fn regions(&self) -> &[Region] {
        &self.regions
    }

    /// Returns `true` if the offer serves every region.
    pub(crate) fn has_any(&self) -> bool {
        self.any
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.regions.is_empty() && !self.any
    }

    pub(crate) fn signature(&self) -> Signature {
        self.signature
    }

    /// Returns the index, which is computed on first use.
    pub(super) fn index(&self, tree: &RegionTree) -> &AreaIndex {
        get_or_compute(&self.index, || AreaIndex::new(tree, &self.regions))
    }
}

impl Ord for Areas {
    /// Compares what most areas differ in first. The order has no meaning.
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |areas: &Self| (areas.regions.len(), areas.any, areas.signature);
        key(self).cmp(&key(other)).then_with(|| self.regions.cmp(&other.regions))
    }
}

impl PartialOrd for Areas {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Eq for Areas {}

impl PartialEq for Areas {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

/// The position of a region in a list of areas.
pub(super) type AreaIdx = u32;

/// The order of areas by size: the smaller level first, then pre-order.
pub(super) type Size = (Reverse<RegionKind>, AreaIdx);

/// An index of areas: O(log n) for each query about one region, after O(n log n) to build it.
#[derive(Debug)]
pub(super) struct AreaIndex {
    /// The start of each area's span.
    starts: Vec<u64>,
    /// Disjoint ranges of positions: the start of each, and the innermost area that contains it.
    segments: Vec<(u64, Option<Size>)>,
    /// All areas by size.
    by_size: Vec<Size>,
    /// All areas that lie in a Kreis, by Kreis and size.
    by_kreis: Vec<(RegionIdx, Size)>,
}

impl AreaIndex {
    fn new(tree: &RegionTree, regions: &[Region]) -> Self {
        let sizes = || (0..).zip(regions).map(|(index, region)| (Reverse(tree.kind(*region)), index));
        let (mut by_size, mut by_kreis) = (sizes().collect::<Vec<Size>>(), Vec::new());
        sort(&mut by_size);
        for (region, size) in regions.iter().zip(sizes()) {
            by_kreis.extend(tree.position(region.node).kreis.map(|kreis| (kreis, size)));
        }
        sort(&mut by_kreis);
        let starts = regions.iter().map(|region| tree.span(*region).start).collect();
        let spans = regions.iter().map(|region| tree.span(*region)).zip(sizes());
        Self { starts, segments: segments(spans), by_size, by_kreis }
    }

    /// Returns the number of areas.
    pub(super) fn len(&self) -> usize {
        self.starts.len()
    }

    /// Returns the indices of the areas that begin in a span.
    fn range(&self, span: Span) -> (AreaIdx, AreaIdx) {
        let index = |position| to_index(self.starts.partition_point(|start| *start < position));
        (index(span.start), index(span.end))
    }

    /// Returns the innermost area that contains a region.
    pub(super) fn containing(&self, span: Span) -> Option<Size> {
        let next = self.segments.partition_point(|(start, _)| *start <= span.start);
        next.checked_sub(1).and_then(|index| self.segments.get(index)).and_then(|(_, area)| *area)
    }

    /// Returns the smallest area that lies within a region and is not the region itself.
    pub(super) fn contained(&self, span: Span) -> Option<Size> {
        let inner = Span { start: span.start.saturating_add(1), ..span };
        let (from, to) = self.range(inner);
        if from >= to {
            return None;
        }
        let first = |kind: RegionKind| {
            let next = self.by_size.partition_point(|size| *size < (Reverse(kind), from));
            self.by_size.get(next).filter(|(other, index)| *other == Reverse(kind) && *index < to).copied()
        };
        KINDS.into_iter().find_map(first)
    }

    /// Returns the smallest area in a Kreis that does not begin in a span.
    pub(super) fn in_kreis_outside(&self, kreis: RegionIdx, span: Span) -> Option<Size> {
        let (from, to) = self.range(span);
        let first = |kind: RegionKind, from: AreaIdx| {
            let from = (kreis, (Reverse(kind), from));
            let next = self.by_kreis.get(self.by_kreis.partition_point(|entry| *entry < from))?;
            (next.0 == kreis && next.1.0 == Reverse(kind)).then_some(next.1)
        };
        KINDS.into_iter().find_map(|kind| {
            let before = first(kind, 0).filter(|(_, index)| *index < from);
            before.or_else(|| first(kind, to))
        })
    }

    /// Returns the areas in a Kreis by size.
    pub(super) fn in_kreis(&self, kreis: RegionIdx) -> impl Iterator<Item = Size> + '_ {
        let first = self.by_kreis.partition_point(|(other, _)| *other < kreis);
        let areas = self.by_kreis.get(first..).unwrap_or_default().iter();
        areas.take_while(move |(other, _)| *other == kreis).map(|(_, size)| *size)
    }

    /// Returns the areas that lie in a Kreis, by Kreis and size.
    pub(super) fn by_kreis(&self) -> &[(RegionIdx, Size)] {
        &self.by_kreis
    }

    /// Returns disjoint spans that cover all positions from the first area on, each with the innermost area that contains it.
    pub(super) fn segments(&self) -> impl Iterator<Item = (Span, Option<Size>)> + '_ {
        let ends = self.segments.iter().skip(1).map(|(start, _)| *start).chain([u64::MAX]);
        self.segments.iter().zip(ends).map(|((start, area), end)| (Span { start: *start, end }, *area))
    }
}

/// All levels, the smallest first.
const KINDS: [RegionKind; 4] = [RegionKind::Gemeinde, RegionKind::Kreis, RegionKind::Land, RegionKind::Country];

fn to_index(index: usize) -> AreaIdx {
    AreaIdx::try_from(index).unwrap_or(AreaIdx::MAX)
}

/// Returns the segments of nested or disjoint spans in pre-order, by a sweep with a stack of open spans.
fn segments(spans: impl Iterator<Item = (Span, Size)>) -> Vec<(u64, Option<Size>)> {
    let mut segments: Vec<(u64, Option<Size>)> = Vec::new();
    let mut open: Vec<(u64, Size)> = Vec::new();
    let mut push = |start: u64, area: Option<Size>| match segments.last_mut() {
        // Of segments with one start only the last one has a position.
        Some(last) if last.0 == start => last.1 = area,
        _ => segments.push((start, area)),
    };
    let enclosing = |open: &[(u64, Size)]| open.last().map(|(_, area)| *area);
    for (span, area) in spans {
        while let Some((end, _)) = open.last().copied().filter(|(end, _)| *end <= span.start) {
            open.pop();
            push(end, enclosing(&open));
        }
        push(span.start, Some(area));
        open.push((span.end, area));
    }
    while let Some((end, _)) = open.pop() {
        push(end, enclosing(&open));
    }
    segments
}
