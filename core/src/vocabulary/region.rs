//! A region and its parts: levels, positions in the tree, and the record from which a node is built.

use crate::{decode::string_enum::string_enum, util::geo::Coordinates, util::signature::Signature};

string_enum! {
    /// A level of the tree of regions, from the largest to the smallest.
    ///
    /// # Example: levels in order
    ///
    /// ```
    /// use lotse::RegionKind;
    /// assert_eq!("kreis".parse(), Ok(RegionKind::Kreis));
    /// assert!(RegionKind::Land < RegionKind::Gemeinde);
    /// assert_eq!(RegionKind::all().len(), 4);
    /// ```
    #[non_exhaustive]
    RegionKind {
        /// A country.
        Country = "country",
        /// A state of a country.
        Land = "land",
        /// A district: Landkreis or kreisfreie Stadt.
        Kreis = "kreis",
        /// A municipality.
        Gemeinde = "gemeinde",
    }
}

/// The position of a node in the tree of regions.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct RegionIdx(u32);

impl RegionIdx {
    /// Returns the position of the node that is pushed to a list of `len` nodes.
    pub(super) fn from_len(len: usize) -> Self {
        Self(u32::try_from(len).unwrap_or(u32::MAX))
    }

    #[inline]
    pub(super) fn get(self) -> usize {
        self.0 as usize
    }

    #[inline]
    pub(super) fn signature(self) -> Signature {
        Signature::from_index(self.0)
    }
}

/// A known region: a node of the tree, or a Gemeinde below a Kreis that the tree does not list.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct Region {
    pub(super) node: RegionIdx,
    /// The last three digits of the AGS of a Gemeinde that the tree does not list; 0 for the node itself.
    // INVARIANT: below 1 000; if it is not 0, the code of the node is the first five digits of the AGS.
    pub(super) gemeinde: u16,
}

impl Region {
    pub(super) fn from_node(node: RegionIdx) -> Self {
        Self { node, gemeinde: 0 }
    }

    /// Returns `true` if both regions are one node, or Gemeinden below it that the tree does not list.
    pub(crate) fn has_centre_of(self, other: Self) -> bool {
        self.node == other.node
    }
}

/// The properties of a node as a table or an addition states them.
#[derive(Clone, Debug)]
pub(crate) struct RegionEntry {
    pub(crate) code: String,
    pub(crate) kind: RegionKind,
    /// `true` for a city that is a Kreis of its own.
    pub(crate) kreisfrei: bool,
    pub(crate) centre: Option<Coordinates>,
    pub(crate) name: Option<String>,
}
