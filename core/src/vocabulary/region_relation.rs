//! The relation of an offer's area to a person's region, prepared for many areas.
//!
//! Containment is one comparison of pre-order intervals. Adjacency of Kreise is a scan of at most some ten neighbours, behind
//! a [`Signature`] that rejects most unrelated pairs by one `and`.

use crate::{
    util::signature::Signature,
    vocabulary::{
        region::{Region, RegionIdx},
        region_tree::{Position, RegionTree},
    },
};

/// The relation of an area to a person's region, from the closest to the most distant.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Relation {
    /// The area contains the region.
    Within,
    /// The region, which is only known vaguely, contains the area.
    Part,
    /// Both are in one Kreis, and neither contains the other.
    SameKreis,
    /// Their Kreise have a common border.
    Neighbour,
    /// None of the above.
    Outside,
}

/// A region whose relations to many areas are queried.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Origin<'r> {
    tree: &'r RegionTree,
    region: &'r Region,
    position: Position,
    neighbours: &'r [RegionIdx],
    /// The signature of the Kreise that contain the region, and of the neighbours of its own Kreis.
    reach: Signature,
}

impl<'r> Origin<'r> {
    pub(super) fn new(tree: &'r RegionTree, region: &'r Region) -> Self {
        let position = tree.position(region.node);
        let (neighbours, reach) = tree.neighbours(position.kreis);
        let reach = if position.kreis.is_some() { reach.union(position.kreise) } else { reach };
        Self { tree, region, position, neighbours, reach }
    }

    /// Returns `false` only if all areas with this signature are [`Relation::Outside`].
    pub(crate) fn may_relate(&self, areas: Signature) -> bool {
        self.position.kreis.is_none() || self.reach.intersects(areas)
    }

    /// Returns the relation of an area to the region.
    pub(crate) fn relation(&self, area: &Region) -> Relation {
        let (inner, outer) = (self.position, self.tree.position(area.node));
        if !inner.interval.is_disjoint(outer.interval) {
            // One node contains the other. A Gemeinde that the tree does not list contains only itself.
            let contains = |container: &Region, outer: Position, inner: Position| match &container.gemeinde {
                Some(_) => self.region == area,
                None => outer.interval.start <= inner.interval.start,
            };
            if contains(area, outer, inner) {
                return Relation::Within;
            }
            if contains(self.region, inner, outer) {
                return Relation::Part;
            }
        }
        match (inner.kreis, outer.kreis) {
            (Some(_), Some(other)) if !self.reach.intersects(other.signature()) => Relation::Outside,
            (Some(own), Some(other)) if own == other => Relation::SameKreis,
            (Some(_), Some(other)) if self.neighbours.contains(&other) => Relation::Neighbour,
            _ => Relation::Outside,
        }
    }
}
