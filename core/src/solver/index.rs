//! Typed positions and vectors: the compiler separates supplies, sinks, arcs, nodes and units.

use std::{
    marker::PhantomData,
    ops::{Index, IndexMut, Range},
};

/// A position in a sequence, typed by what the sequence contains.
pub(crate) trait Idx: Copy + Ord {
    fn from_usize(position: usize) -> Self;
    fn to_usize(self) -> usize;
}

/// Defines positions of 32 bits.
macro_rules! define_idx {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
        pub(crate) struct $name(pub(crate) u32);

        impl Idx for $name {
            // INVARIANT: a sequence that could exceed 32 bits is rejected as `problem.too_large` before its positions
            // are used.
            #[inline]
            fn from_usize(position: usize) -> Self {
                Self(u32::try_from(position).unwrap_or(u32::MAX))
            }

            #[inline]
            fn to_usize(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

define_idx! {
    /// The position of a supply in [`Problem::supplies`](super::Problem::supplies).
    SupplyIdx
    /// The position of a sink in [`Problem::capacities`](super::Problem::capacities).
    SinkIdx
    /// The position of an arc in a network.
    ArcIdx
    /// The position of a node in the basis of the network simplex.
    NodeIdx
    /// The position of a connected component.
    ComponentIdx
    /// The position of a unit in an assignment.
    UnitIdx
    /// The position of an arc among those of its supply, sorted by surplus.
    ArcRank
    /// The position of a unit in the list of its sink, or of the unserved units of its supply.
    ListIdx
    /// The position of a sink in a neighbourhood.
    LocalSinkIdx
}

impl ArcIdx {
    /// Represents `None` in compact structures; never a position.
    pub(crate) const NONE: Self = Self(u32::MAX);
}

impl NodeIdx {
    /// Represents `None` in compact structures; never a position.
    pub(crate) const NONE: Self = Self(u32::MAX);
}

/// A vector that is indexed by one type of position only.
///
/// Its positions are trusted. Those of a caller's problem are checked before, when the problem is.
#[derive(Clone, Debug)]
pub(crate) struct IndexVec<I, T> {
    items: Vec<T>,
    index: PhantomData<fn(I)>,
}

impl<I: Idx, T> IndexVec<I, T> {
    pub(crate) fn new() -> Self {
        Self::from(Vec::new())
    }

    pub(crate) fn with_capacity(capacity: usize) -> Self {
        Self::from(Vec::with_capacity(capacity))
    }

    /// Creates a vector of `length` copies of an item.
    pub(crate) fn from_elem(item: T, length: usize) -> Self
    where
        T: Clone,
    {
        Self::from(vec![item; length])
    }

    pub(crate) fn len(&self) -> usize {
        self.items.len()
    }

    /// Appends an item and returns its position.
    pub(crate) fn push(&mut self, item: T) -> I {
        let index = I::from_usize(self.items.len());
        self.items.push(item);
        index
    }

    /// Returns the items of a range, or an empty slice if it is out of bounds.
    #[inline]
    pub(crate) fn range(&self, range: Range<I>) -> &[T] {
        self.items.get(range.start.to_usize()..range.end.to_usize()).unwrap_or_default()
    }

    pub(crate) fn first(&self) -> Option<&T> {
        self.items.first()
    }

    pub(crate) fn iter(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }

    pub(crate) fn iter_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.items.iter_mut()
    }

    /// Returns all positions in ascending order.
    pub(crate) fn indices(&self) -> impl DoubleEndedIterator<Item = I> + use<I, T> {
        (0..self.items.len()).map(I::from_usize)
    }

    /// Returns the items with their positions.
    pub(crate) fn enumerate(&self) -> impl Iterator<Item = (I, &T)> {
        self.items.iter().enumerate().map(|(position, item)| (I::from_usize(position), item))
    }

    pub(crate) fn into_vec(self) -> Vec<T> {
        self.items
    }
}

impl<I, T> From<Vec<T>> for IndexVec<I, T> {
    fn from(items: Vec<T>) -> Self {
        Self { items, index: PhantomData }
    }
}

impl<I, T> FromIterator<T> for IndexVec<I, T> {
    fn from_iter<It: IntoIterator<Item = T>>(items: It) -> Self {
        Self::from(Vec::from_iter(items))
    }
}

// INVARIANT: the solver obtains an `I` only from a checked problem or from vectors of the same kind, never from a
// caller.
impl<I: Idx, T> Index<I> for IndexVec<I, T> {
    type Output = T;

    #[inline]
    #[expect(clippy::indexing_slicing, reason = "a position of this type comes from a vector of the same length")]
    fn index(&self, index: I) -> &T {
        &self.items[index.to_usize()]
    }
}

impl<I: Idx, T> IndexMut<I> for IndexVec<I, T> {
    #[inline]
    #[expect(clippy::indexing_slicing, reason = "a position of this type comes from a vector of the same length")]
    fn index_mut(&mut self, index: I) -> &mut T {
        &mut self.items[index.to_usize()]
    }
}
