//! A region and its parts: levels, positions in the tree, and the record from which a node is built.

use std::sync::Arc;

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

/// A known region: a node of the tree, or a Gemeinde below a node that the tree does not list.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct Region {
    pub(super) node: RegionIdx,
    /// The AGS of a Gemeinde that the tree does not list.
    pub(super) gemeinde: Option<Arc<str>>,
}

impl Region {
    pub(super) fn from_node(node: RegionIdx) -> Self {
        Self { node, gemeinde: None }
    }
}

/// An error returned when a code does not name a known region.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum RegionCodeError {
    /// The code is in no table and has no known Kreis.
    Unknown,
    /// The code has the form of a Gemeinde of a Landkreis, but ends in 000.
    NotAGemeinde,
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
