//! A map and a set in key order, compiled once for all types.
//!
//! The entries are stored in insertion order; the key order is a list of their indices, which one function maintains for all
//! types, so that each call site compiles only the comparison of its keys. `BTreeMap` is compiled for each pair of key and value,
//! some 4 kB each, which was a tenth of the WebAssembly module. The code that ranks needs still uses `BTreeMap`, which is 4 %
//! faster there.
//!
//! The list is cut into chunks of at most 256 indices (a B-tree of two levels). A search takes O(log n) comparisons; an
//! insertion or removal also moves at most one chunk and the list of chunks.

use std::{borrow::Borrow, cmp::Ordering, iter::Flatten, mem, slice};

use serde::{Serialize, Serializer};

/// A map that iterates in key order, with the methods of `BTreeMap`.
#[derive(Clone, Debug)]
pub(crate) struct OrderedMap<K, V> {
    /// The entries in insertion order.
    entries: Vec<(K, V)>,
    // INVARIANT: the index of each entry once, in key order.
    order: Order,
}

impl<K, V> Default for OrderedMap<K, V> {
    fn default() -> Self {
        Self { entries: Vec::new(), order: Order::default() }
    }
}

impl<K, V> OrderedMap<K, V> {
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> {
        self.order.indices().filter_map(|index| self.entries.get(index).map(|(key, value)| (key, value)))
    }

    pub(crate) fn keys(&self) -> impl DoubleEndedIterator<Item = &K> {
        self.iter().map(|(key, _)| key)
    }

    pub(crate) fn values(&self) -> impl DoubleEndedIterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }

    /// Returns the owned entries in key order.
    pub(crate) fn into_entries(self) -> impl Iterator<Item = (K, V)> {
        let mut entries: Vec<Option<(K, V)>> = self.entries.into_iter().map(Some).collect();
        let indices: Vec<usize> = self.order.indices().collect();
        indices.into_iter().filter_map(move |index| entries.get_mut(index)?.take())
    }
}

impl<K: Ord, V> OrderedMap<K, V> {
    /// Returns the position and index of the entry of a key, or the position at which to insert it.
    fn search<Q: Ord + ?Sized>(&self, key: &Q) -> Result<(Position, usize), Position>
    where
        K: Borrow<Q>,
    {
        let compare = |index| {
            let entry: Option<&(K, V)> = self.entries.get(index);
            entry.map_or(Ordering::Equal, |(entry, _)| entry.borrow().cmp(key))
        };
        self.order.search(&compare)
    }

    /// Like [`search`](Self::search), but compares the last key first, since most keys are inserted in order.
    fn search_from_end(&self, key: &K) -> Result<(Position, usize), Position> {
        match self.order.last().map(|(position, last)| (position, self.entries.get(last))) {
            Some((position, Some((last, _)))) if last < key => {
                Err(Position { index: position.index.saturating_add(1), ..position })
            }
            _ => self.search(key),
        }
    }

    pub(crate) fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        let (_, index) = self.search(key).ok()?;
        self.entries.get(index).map(|(_, value)| value)
    }

    #[cfg(feature = "import")]
    pub(crate) fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let (_, index) = self.search(key).ok()?;
        self.entries.get_mut(index).map(|(_, value)| value)
    }

    pub(crate) fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.search(key).is_ok()
    }

    /// Inserts a value, and returns the one that it replaces.
    pub(crate) fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.search_from_end(&key) {
            Ok((_, index)) => self.entries.get_mut(index).map(|(_, old)| mem::replace(old, value)),
            Err(position) => {
                self.order.insert(position, self.entries.len());
                self.entries.push((key, value));
                None
            }
        }
    }

    /// Returns the entry of a key, to insert a value if there is none.
    pub(crate) fn entry(&mut self, key: K) -> Entry<'_, K, V> {
        Entry { map: self, key }
    }

    pub(crate) fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let (position, index) = self.search(key).ok()?;
        let last = self.entries.len().checked_sub(1)?;
        // `swap_remove` moves the last entry to the index that becomes vacant.
        let (moved, _) = self.search(self.entries.get(last)?.0.borrow()).ok()?;
        self.order.replace(moved, index);
        self.order.remove(position);
        Some(self.entries.swap_remove(index).1)
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for OrderedMap<K, V> {
    /// Of several entries with the same key, the last one is kept.
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Self::default();
        for (key, value) in entries {
            map.insert(key, value);
        }
        map
    }
}

impl<K: Serialize, V: Serialize> Serialize for OrderedMap<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

/// The entry of a key in an [`OrderedMap`], which may be vacant.
#[derive(Debug)]
pub(crate) struct Entry<'m, K, V> {
    map: &'m mut OrderedMap<K, V>,
    key: K,
}

impl<'m, K: Ord, V> Entry<'m, K, V> {
    /// Returns the value, inserted if the entry is vacant.
    pub(crate) fn or_insert_with(self, value: impl FnOnce() -> V) -> &'m mut V {
        let Self { map, key } = self;
        let index = match map.search_from_end(&key) {
            Ok((_, index)) => index,
            Err(position) => {
                let index = map.entries.len();
                map.order.insert(position, index);
                map.entries.push((key, value()));
                index
            }
        };
        // INVARIANT: the order contains only indices of entries.
        #[expect(clippy::indexing_slicing, reason = "the index was found, or is that of the entry just added")]
        &mut map.entries[index].1
    }

    /// Returns the value, inserted as the default if the entry is vacant.
    pub(crate) fn or_default(self) -> &'m mut V
    where
        V: Default,
    {
        self.or_insert_with(V::default)
    }
}

/// A set that iterates in key order.
#[derive(Clone, Debug)]
pub(crate) struct OrderedSet<K>(OrderedMap<K, ()>);

impl<K> Default for OrderedSet<K> {
    fn default() -> Self {
        Self(OrderedMap::default())
    }
}

impl<K> OrderedSet<K> {
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &K> {
        self.0.keys()
    }
}

impl<K: Ord> OrderedSet<K> {
    /// Inserts a key; returns `true` if it is new.
    pub(crate) fn insert(&mut self, key: K) -> bool {
        self.0.insert(key, ()).is_none()
    }

    pub(crate) fn contains<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.0.contains_key(key)
    }
}

impl<K: Ord> FromIterator<K> for OrderedSet<K> {
    fn from_iter<I: IntoIterator<Item = K>>(keys: I) -> Self {
        Self(keys.into_iter().map(|key| (key, ())).collect())
    }
}

/// The maximal number of indices in a chunk.
const MAX_CHUNK: usize = 256;

/// Indices in an order that the caller defines.
#[derive(Clone, Debug, Default)]
struct Order {
    // INVARIANT: no chunk is empty or longer than `MAX_CHUNK`.
    chunks: Vec<Vec<usize>>,
}

/// A position in an [`Order`]: a chunk, and an index in this chunk.
#[derive(Clone, Copy, Debug)]
struct Position {
    chunk: usize,
    index: usize,
}

impl Order {
    fn indices(&self) -> Indices<'_> {
        Indices(self.chunks.iter().flatten())
    }

    /// Returns the position and value of the index for which `compare` returns `Equal`, or the position at which to insert one.
    fn search(&self, compare: &dyn Fn(usize) -> Ordering) -> Result<(Position, usize), Position> {
        let begins_before = |chunk: &Vec<usize>| chunk.first().is_some_and(|first| compare(*first).is_le());
        let chunk = self.chunks.partition_point(begins_before).saturating_sub(1);
        let indices = self.chunks.get(chunk).map_or(&[][..], Vec::as_slice);
        match indices.binary_search_by(|index| compare(*index)) {
            Ok(index) => Ok((Position { chunk, index }, indices.get(index).copied().unwrap_or_default())),
            Err(index) => Err(Position { chunk, index }),
        }
    }

    fn last(&self) -> Option<(Position, usize)> {
        let chunk = self.chunks.last()?;
        let position = Position { chunk: self.chunks.len().checked_sub(1)?, index: chunk.len().checked_sub(1)? };
        Some((position, *chunk.last()?))
    }

    fn insert(&mut self, position: Position, value: usize) {
        let Some(chunk) = self.chunks.get_mut(position.chunk) else {
            self.chunks.push(vec![value]);
            return;
        };
        chunk.insert(position.index, value);
        if chunk.len() > MAX_CHUNK {
            let half = chunk.split_off(MAX_CHUNK / 2);
            self.chunks.insert(position.chunk.saturating_add(1), half);
        }
    }

    fn replace(&mut self, position: Position, value: usize) {
        if let Some(old) = self.chunks.get_mut(position.chunk).and_then(|chunk| chunk.get_mut(position.index)) {
            *old = value;
        }
    }

    fn remove(&mut self, position: Position) {
        if let Some(chunk) = self.chunks.get_mut(position.chunk) {
            chunk.remove(position.index);
            if chunk.is_empty() {
                self.chunks.remove(position.chunk);
            }
        }
    }
}

/// An iterator over the indices of an [`Order`]. It is a type of its own so that `next` is compiled once.
struct Indices<'o>(Flatten<slice::Iter<'o, Vec<usize>>>);

impl Iterator for Indices<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        self.0.next().copied()
    }
}

impl DoubleEndedIterator for Indices<'_> {
    fn next_back(&mut self) -> Option<usize> {
        self.0.next_back().copied()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::OrderedMap;

    proptest! {
        #[test]
        fn agrees_with_the_standard_library(
            changes in prop::collection::vec((any::<bool>(), 0_u16..1_000, any::<u8>()), 0..3_000)
        ) {
            let (mut actual, mut expected) = (OrderedMap::default(), BTreeMap::new());
            for (inserts, key, value) in changes {
                if inserts || key % 3 == 0 {
                    prop_assert_eq!(actual.insert(key, value), expected.insert(key, value));
                } else {
                    prop_assert_eq!(actual.remove(&key), expected.remove(&key));
                }
                prop_assert_eq!(actual.get(&value.into()), expected.get(&value.into()));
                prop_assert_eq!(actual.get(&key), expected.get(&key));
            }
            prop_assert_eq!(actual.len(), expected.len());
            prop_assert!(actual.iter().eq(expected.iter()));
            prop_assert!(actual.iter().rev().eq(expected.iter().rev()));
            prop_assert!(actual.clone().into_entries().eq(expected.clone()));
            for key in 0..1_000 {
                prop_assert_eq!(*actual.entry(key).or_default(), *expected.entry(key).or_default());
            }
            // Removes all keys, so that chunks become empty at any position.
            for step in 0..1_000_u32 {
                let key = u16::try_from(step.wrapping_mul(377) % 1_000).unwrap();
                prop_assert_eq!(actual.remove(&key), expected.remove(&key));
                prop_assert!(step % 97 > 0 || actual.iter().eq(expected.iter()));
            }
            prop_assert!(actual.is_empty());
        }
    }
}
