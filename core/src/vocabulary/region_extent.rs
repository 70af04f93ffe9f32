//! The extent of regions: whether coordinates may lie in a region.
//!
//! The tables have centres of Kreise, no borders. The extent of a region is therefore the box around its own centre and those of
//! all its parts, and [`MARGIN_KM`] around it. The extents of n regions are computed in O(n).

use crate::{
    util::geo::Coordinates,
    vocabulary::{region::RegionIdx, region_tree::RegionTree},
};

/// The distance from the centres of a region beyond which coordinates are outside, in kilometres.
///
/// Helgoland is 131 km from the centre of its Kreis, Pinneberg.
pub(crate) const MARGIN_KM: u32 = 150;

/// The extents of all regions of a tree.
pub(crate) struct RegionExtents {
    /// By [`RegionIdx`]; `None` if neither the region nor a part of it has a centre.
    extents: Vec<Option<Extent>>,
}

/// A range of latitudes and longitudes, in degrees.
#[derive(Clone, Copy)]
struct Extent {
    min: (f64, f64),
    max: (f64, f64),
}

impl RegionExtents {
    pub(super) fn new(tree: &RegionTree) -> Self {
        let mut extents: Vec<Option<Extent>> =
            tree.own_centres().map(|centre| centre.map(Extent::from_point)).collect();
        // Descendants first, so that each box is complete when its parent reads it.
        for (node, parent) in tree.descendants_first() {
            let child = extents.get(node.get()).copied().flatten();
            if let (Some(child), Some(parent)) = (child, parent.and_then(|parent| extents.get_mut(parent.get()))) {
                *parent = Some(parent.map_or(child, |parent| parent.union(child)));
            }
        }
        Self { extents }
    }

    /// Returns `true` if the coordinates may lie in the region, or its extent is not known.
    pub(super) fn may_contain(&self, node: RegionIdx, coordinates: Coordinates) -> bool {
        let extent = self.extents.get(node.get()).copied().flatten();
        extent.is_none_or(|extent| extent.nearest(coordinates).is_none_or(|at| at.km_to(coordinates) <= MARGIN_KM))
    }
}

impl Extent {
    fn from_point(at: Coordinates) -> Self {
        let at = (at.lat(), at.lon());
        Self { min: at, max: at }
    }

    fn union(self, other: Self) -> Self {
        Self {
            min: (self.min.0.min(other.min.0), self.min.1.min(other.min.1)),
            max: (self.max.0.max(other.max.0), self.max.1.max(other.max.1)),
        }
    }

    /// Returns the point of the box that is nearest to the coordinates, in degrees.
    fn nearest(self, to: Coordinates) -> Option<Coordinates> {
        // Not by `clamp`, whose panic prints floats, which are 6 kB of code in the browser.
        let lat = to.lat().max(self.min.0).min(self.max.0);
        let lon = to.lon().max(self.min.1).min(self.max.1);
        Coordinates::new(lat, lon).ok()
    }
}

#[cfg(test)]
mod tests {
    use crate::{util::geo::Coordinates, vocabulary::regions::Regions};

    #[test]
    fn places_of_a_region_lie_in_it() {
        let regions = Regions::built_in();
        let extents = regions.extents();
        let may_contain = |code: &str, lat: f64, lon: f64| {
            Coordinates::new(lat, lon).ok().and_then(|at| regions.may_contain(&extents, code, at)) == Some(true)
        };
        for code in ["01056", "01", "DE"] {
            assert!(may_contain(code, 54.18, 7.89), "Helgoland in {code}");
        }
        assert!(may_contain("09", 47.41, 10.28), "Oberstdorf in Bayern");
        assert!(!may_contain("09376", 50.72, 12.70), "Stollberg is not in Schwandorf");
        assert!(!may_contain("14511", 12.92, 50.83), "latitude and longitude are swapped");
        assert!(!may_contain("DE", 0.0, 0.0));
    }
}
