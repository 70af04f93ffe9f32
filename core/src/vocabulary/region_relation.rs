//! The relation of an offer's areas to a person's region.
//!
//! Containment is one comparison of spans. Adjacency of Kreise is a scan of at most some ten neighbours, behind a [`Signature`]
//! that rejects most unrelated pairs by one `and`. For long lists of areas, or a region that stands for several, the shorter
//! list is searched in the longer one: O(a log b) for a ≤ b regions.

use crate::{
    util::{signature::Signature, sort::sort},
    vocabulary::{
        region::{Region, RegionIdx, RegionKind},
        region_areas::{Area, AreaIndex, Areas, Size},
        region_set::{RegionGroup, RegionSet, region_reach},
        region_tree::{Position, RegionTree, Span},
    },
};

/// The relation of an offer's areas to a person's region, from the closest to the most distant.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Relation {
    /// The areas contain the region; if that stands for several, all of them.
    Within,
    /// The region, which is only known vaguely, contains the area, or the areas contain some of several regions.
    Part,
    /// Both are in one Kreis, and neither contains the other.
    SameKreis,
    /// Their Kreise have a common border.
    Neighbour,
    /// None of the above.
    Outside,
}

/// The length of a list of areas up to which a scan is faster than the index.
const SCANNED: usize = 16;

/// A person's region whose relations to many offers are queried.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Origin<'r> {
    One(RegionOrigin<'r>),
    Several(&'r RegionTree, &'r RegionGroup),
}

/// One region whose relations to many areas are queried.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RegionOrigin<'r> {
    tree: &'r RegionTree,
    span: Span,
    position: Position,
    neighbours: &'r [RegionIdx],
}

/// For each relation but [`Relation::Outside`], the area that decides if the relation does.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Candidates {
    /// Each of the person's regions by its smallest area; of these the largest.
    within: Option<Area>,
    /// The smallest area; so are the next two.
    part: Option<Area>,
    same_kreis: Option<Area>,
    neighbour: Option<Area>,
}

impl Candidates {
    /// Returns the relations that some area has, from the closest to the most distant, each with the deciding area.
    pub(crate) fn iter(self) -> impl Iterator<Item = (Relation, Area)> {
        let relations = [
            (Relation::Within, self.within),
            (Relation::Part, self.part),
            (Relation::SameKreis, self.same_kreis),
            (Relation::Neighbour, self.neighbour),
        ];
        relations.into_iter().filter_map(|(relation, area)| Some((relation, area?)))
    }
}

/// Returns the signature of all areas that are not [`Relation::Outside`].
pub(super) fn reach(tree: &RegionTree, regions: &RegionSet) -> Signature {
    match regions {
        RegionSet::One(region) => region_reach(tree, *region),
        RegionSet::Several(group) => group.reach(),
    }
}

impl<'r> Origin<'r> {
    #[inline]
    pub(super) fn new(tree: &'r RegionTree, regions: &'r RegionSet) -> Self {
        match regions {
            RegionSet::One(region) => Self::One(RegionOrigin::new(tree, *region)),
            RegionSet::Several(group) => Self::Several(tree, group),
        }
    }

    /// Returns `true` if the only area is outside, which is found faster than the relations.
    #[inline]
    pub(crate) fn is_only_area_outside(&self, areas: &Areas) -> bool {
        match (self, areas.regions()) {
            (Self::One(origin), [area]) => !areas.has_any() && origin.relation(*area) == Relation::Outside,
            _ => false,
        }
    }

    /// Returns the relations of an offer's areas to the region.
    pub(crate) fn candidates(&self, areas: &Areas) -> Candidates {
        match self {
            Self::One(origin) if areas.regions().len() <= SCANNED => origin.scan(areas),
            Self::One(origin) => origin.search(areas),
            Self::Several(tree, group) => search_several(tree, group, areas),
        }
    }

    /// Returns the smallest area that contains each of the regions, each once.
    pub(crate) fn containing(&self, areas: &Areas) -> Vec<Region> {
        let area = |size: Size| areas.regions().get(usize::try_from(size.1).ok()?).copied();
        let mut containing: Vec<Region> = match self {
            Self::One(origin) => areas.index(origin.tree).containing(origin.span).and_then(area).into_iter().collect(),
            Self::Several(tree, group) => {
                let index = areas.index(tree);
                group.spans().iter().filter_map(|span| index.containing(*span).and_then(area)).collect()
            }
        };
        sort(&mut containing);
        containing.dedup();
        containing
    }
}

impl<'r> RegionOrigin<'r> {
    fn new(tree: &'r RegionTree, region: Region) -> Self {
        let position = tree.position(region.node);
        Self { tree, span: tree.span(region), position, neighbours: tree.neighbours(position.kreis).0 }
    }

    /// Returns the relation of an area to the region.
    #[inline]
    fn relation(&self, area: Region) -> Relation {
        let outer = self.tree.span(area);
        if outer.contains(self.span) {
            return Relation::Within;
        }
        if self.span.contains(outer) {
            return Relation::Part;
        }
        match (self.position.kreis, self.tree.position(area.node).kreis) {
            (Some(own), Some(other)) if own == other => Relation::SameKreis,
            (Some(_), Some(other)) if is_member(self.neighbours, other) => Relation::Neighbour,
            _ => Relation::Outside,
        }
    }

    /// Assesses each area.
    fn scan(&self, areas: &Areas) -> Candidates {
        let mut candidates = Candidates::default();
        for area in areas.regions() {
            let smallest = match self.relation(*area) {
                Relation::Within => {
                    // Of areas in pre-order that contain one region, each lies in the one before it.
                    candidates.within = Some(Area::Only(*area));
                    continue;
                }
                Relation::Part => &mut candidates.part,
                Relation::SameKreis => &mut candidates.same_kreis,
                Relation::Neighbour => &mut candidates.neighbour,
                Relation::Outside => continue,
            };
            let is_smaller = |present: Area| match present {
                Area::Only(present) => self.tree.kind(*area) > self.tree.kind(present),
                Area::Any => true,
            };
            if smallest.is_none_or(is_smaller) {
                *smallest = Some(Area::Only(*area));
            }
        }
        if areas.has_any() {
            candidates.within.get_or_insert(Area::Any);
        }
        candidates
    }

    /// Searches the areas by their index.
    fn search(&self, areas: &Areas) -> Candidates {
        let index = areas.index(self.tree);
        let area = |size: Size| area(areas, size);
        let mut candidates = Candidates::default();
        if let Some(size) = index.containing(self.span) {
            candidates.within = area(size);
            if size.0.0 >= RegionKind::Kreis {
                // No other relation has a higher fit than this one.
                return candidates;
            }
        } else if areas.has_any() {
            candidates.within = Some(Area::Any);
        }
        candidates.part = index.contained(self.span).and_then(area);
        if let Some(kreis) = self.position.kreis {
            candidates.same_kreis = index.in_kreis_outside(kreis, self.span).and_then(area);
            let in_kreis = |kreis| index.in_kreis_outside(kreis, self.span);
            candidates.neighbour = smallest_in(index, self.neighbours, in_kreis).and_then(area);
        }
        candidates
    }
}

/// Returns the relations of areas to several regions. An area has the closest of its relations to them.
fn search_several(tree: &RegionTree, group: &RegionGroup, areas: &Areas) -> Candidates {
    let index = areas.index(tree);
    let area = |size: Size| area(areas, size);
    let (within, part) = if index.len() < group.regions().len() {
        (areas_within(group, index), areas_in_part(tree, group, areas))
    } else {
        (regions_within(group, index), regions_in_part(group, index))
    };
    // At most as many areas of a Kreis are skipped as it has regions of the person: the others of their areas are in another one.
    let is_unrelated = |size: &Size| {
        let region = usize::try_from(size.1).ok().and_then(|index| areas.regions().get(index));
        region.is_some_and(|region| !group.is_related(tree.span(*region)))
    };
    let unrelated = |kreis| index.in_kreis(kreis).find(is_unrelated);
    let within = match within {
        Ok(size) => area(size),
        Err(NotAll) => areas.has_any().then_some(Area::Any),
    };
    Candidates {
        within,
        part: part.and_then(area),
        same_kreis: smallest_in(index, group.kreise(), unrelated).and_then(area),
        neighbour: smallest_in(index, group.neighbours(tree), unrelated).and_then(area),
    }
}

/// An error returned if the areas do not contain each region.
struct NotAll;

/// Returns the largest of the smallest areas that contain each region, by a search for each region.
fn regions_within(group: &RegionGroup, index: &AreaIndex) -> Result<Size, NotAll> {
    let smallest = |span: &Span| index.containing(*span).ok_or(NotAll);
    let sizes = group.spans().iter().map(smallest);
    sizes.reduce(|a, b| Ok(larger(a?, b?))).unwrap_or(Err(NotAll))
}

/// Like [`regions_within`], but by a search for each area.
fn areas_within(group: &RegionGroup, index: &AreaIndex) -> Result<Size, NotAll> {
    let mut largest: Option<Size> = None;
    let mut contained = 0_usize;
    for (span, size) in index.segments() {
        let Some(size) = size else { continue };
        let count = group.count_in(span);
        if count > 0 {
            contained = contained.saturating_add(count);
            largest = Some(largest.map_or(size, |largest| larger(largest, size)));
        }
    }
    largest.filter(|_| contained == group.regions().len()).ok_or(NotAll)
}

/// Returns the smallest area that contains a region or lies in one, by a search for each region.
fn regions_in_part(group: &RegionGroup, index: &AreaIndex) -> Option<Size> {
    let sizes = group.spans().iter().flat_map(|span| [index.containing(*span), index.contained(*span)]);
    sizes.flatten().min()
}

/// Like [`regions_in_part`], but by a search for each area.
fn areas_in_part(tree: &RegionTree, group: &RegionGroup, areas: &Areas) -> Option<Size> {
    let sizes = (0..).zip(areas.regions()).filter(|(_, area)| group.is_related(tree.span(**area)));
    sizes.map(|(index, area)| (std::cmp::Reverse(tree.kind(*area)), index)).min()
}

/// Returns the smallest area that `in_kreis` returns for one of the Kreise, which are sorted. Visits the shorter list.
fn smallest_in(index: &AreaIndex, kreise: &[RegionIdx], in_kreis: impl Fn(RegionIdx) -> Option<Size>) -> Option<Size> {
    if kreise.len() <= index.by_kreis().len() {
        return kreise.iter().filter_map(|kreis| in_kreis(*kreis)).min();
    }
    let common = index.by_kreis().iter().filter(|(kreis, _)| is_member(kreise, *kreis));
    common.filter_map(|(kreis, _)| in_kreis(*kreis)).min()
}

fn larger(a: Size, b: Size) -> Size {
    if b.0 > a.0 { b } else { a }
}

fn area(areas: &Areas, (_, index): Size) -> Option<Area> {
    areas.regions().get(usize::try_from(index).ok()?).copied().map(Area::Only)
}

/// Returns `true` if a node is in a sorted list.
fn is_member(nodes: &[RegionIdx], node: RegionIdx) -> bool {
    if nodes.len() <= SCANNED { nodes.contains(&node) } else { nodes.binary_search(&node).is_ok() }
}
