//! Typed positions: the compiler separates the index spaces of an allocation.

use std::{fmt, marker::PhantomData};

/// A position in a list of one kind.
pub(crate) trait Idx: Copy {
    /// Creates an index from a position.
    fn from_usize(position: usize) -> Self;

    /// Returns the position.
    fn to_usize(self) -> usize;
}

macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
        pub(crate) struct $name(u32);

        impl Idx for $name {
            #[inline]
            fn from_usize(position: usize) -> Self {
                Self(u32::try_from(position).unwrap_or(u32::MAX))
            }

            #[inline]
            fn to_usize(self) -> usize {
                self.0 as usize
            }
        }
    };
}

index! {
    /// The position of a need among all needs of an allocation, in id order.
    NeedIdx
}
index! {
    /// The position of an offer among all offers of the matcher, in id order. The solver's sink for the offer has the same position.
    OfferIdx
}
index! {
    /// The position of a party, in the order of the first need of each.
    PartyIdx
}
index! {
    /// The position of a distinct profile of needs.
    ProfileIdx
}
index! {
    /// The position of a distinct party: parties that differ in nothing but the ids of their needs share one.
    DistinctIdx
}
index! {
    /// The position of a kind of offers.
    KindIdx
}
index! {
    /// The position of a supply in the solver's problem.
    SupplyIdx
}
index! {
    /// The position of a referral in the list of fixed or previous referrals of the options.
    EntryIdx
}

impl OfferIdx {
    /// Creates the index of the offer that a sink of the solver stands for.
    #[inline]
    pub(crate) fn from_sink(sink: u32) -> Self {
        Self(sink)
    }

    /// Returns the solver's sink for the offer.
    #[inline]
    pub(crate) fn to_sink(self) -> u32 {
        self.0
    }
}

/// A vector whose positions have a type.
#[derive(Clone, Eq, PartialEq)]
pub(crate) struct IndexVec<I, T> {
    items: Vec<T>,
    index: PhantomData<I>,
}

impl<I: Idx, T> IndexVec<I, T> {
    pub(crate) fn new() -> Self {
        Self { items: Vec::new(), index: PhantomData }
    }

    /// Creates a vector of `len` equal items.
    pub(crate) fn repeat(item: T, len: usize) -> Self
    where
        T: Clone,
    {
        Self { items: vec![item; len], index: PhantomData }
    }

    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.items.len()
    }

    #[inline]
    pub(crate) fn get(&self, index: I) -> Option<&T> {
        self.items.get(index.to_usize())
    }

    #[inline]
    pub(crate) fn get_mut(&mut self, index: I) -> Option<&mut T> {
        self.items.get_mut(index.to_usize())
    }

    /// Replaces the item at an index, if there is one.
    #[inline]
    pub(crate) fn set(&mut self, index: I, item: T) {
        if let Some(present) = self.get_mut(index) {
            *present = item;
        }
    }

    /// Appends an item and returns its index.
    pub(crate) fn push(&mut self, item: T) -> I {
        let index = I::from_usize(self.items.len());
        self.items.push(item);
        index
    }

    /// Iterates over the items and their indices.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = (I, &T)> + ExactSizeIterator {
        self.items.iter().enumerate().map(|(position, item)| (I::from_usize(position), item))
    }

    /// Iterates over the items, mutably, and their indices.
    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = (I, &mut T)> {
        self.items.iter_mut().enumerate().map(|(position, item)| (I::from_usize(position), item))
    }

    /// Iterates over the items.
    pub(crate) fn values(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }

    /// Iterates over the items, mutably.
    pub(crate) fn values_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.items.iter_mut()
    }

    pub(crate) fn as_slice(&self) -> &[T] {
        &self.items
    }

    /// Returns the index of the item with this key in a vector that is sorted by it, or `None` if there is none.
    pub(crate) fn binary_search_by_key<K: Ord + ?Sized>(&self, key: &K, key_of: impl Fn(&T) -> &K) -> Option<I> {
        self.items.binary_search_by(|item| key_of(item).cmp(key)).ok().map(I::from_usize)
    }
}

impl<I, T> FromIterator<T> for IndexVec<I, T> {
    fn from_iter<U: IntoIterator<Item = T>>(items: U) -> Self {
        Self { items: items.into_iter().collect(), index: PhantomData }
    }
}

impl<I, T: fmt::Debug> fmt::Debug for IndexVec<I, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.items.fmt(f)
    }
}
