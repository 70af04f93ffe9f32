//! Maps that keep their keys in order, compiled once for all types.
//!
//! A `BTreeMap` is compiled anew for every pair of key and value, some 4 kB each in the browser; with some forty pairs that was
//! a tenth of the module. Here the order is a list of numbers, kept by one function for all: where a map is used, only the
//! comparison of its keys is compiled. Where needs are ranked `BTreeMap` stays, which is 4 % faster there.

use std::{borrow::Borrow, cmp::Ordering, iter::Flatten, mem, slice};

use serde::{Serialize, Serializer};

/// Values by key, told in the order of keys. Used as `BTreeMap` is.
#[derive(Clone, Debug)]
pub(crate) struct OrderedMap<K, V> {
    /// In the order in which they came.
    entries: Vec<(K, V)>,
    // INVARIANT: each entry once, by its number, in the order of keys.
    order: Order,
}

/// Keys without values.
pub(crate) type OrderedSet<K> = OrderedMap<K, ()>;

/// A map of what comes; of two equal keys the later counts.
pub(crate) fn ordered_map<K: Ord, V>(entries: impl Iterator<Item = (K, V)>) -> OrderedMap<K, V> {
    let mut map = OrderedMap::default();
    for (key, value) in entries {
        map.insert(key, value);
    }
    map
}

/// A set of what comes.
pub(crate) fn ordered_set<K: Ord>(keys: impl Iterator<Item = K>) -> OrderedSet<K> {
    ordered_map(keys.map(|key| (key, ())))
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
        self.order.numbers().filter_map(|number| self.entries.get(number).map(|(key, value)| (key, value)))
    }

    pub(crate) fn keys(&self) -> impl DoubleEndedIterator<Item = &K> {
        self.iter().map(|(key, _)| key)
    }

    pub(crate) fn values(&self) -> impl DoubleEndedIterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }

    /// The entries themselves, in the order of keys.
    pub(crate) fn into_entries(self) -> impl Iterator<Item = (K, V)> {
        let mut entries: Vec<Option<(K, V)>> = self.entries.into_iter().map(Some).collect();
        let numbers: Vec<usize> = self.order.numbers().collect();
        numbers.into_iter().filter_map(move |number| entries.get_mut(number)?.take())
    }
}

impl<K: Ord, V> OrderedMap<K, V> {
    fn find<Q: Ord + ?Sized>(&self, key: &Q) -> Result<(Place, usize), Place>
    where
        K: Borrow<Q>,
    {
        let seek = |number| {
            let entry: Option<&(K, V)> = self.entries.get(number);
            entry.map_or(Ordering::Equal, |(other, _)| other.borrow().cmp(key))
        };
        self.order.find(&seek)
    }

    /// Where a key is, or is to be put; most come in their order, so that the end is looked at first.
    fn seat(&self, key: &K) -> Result<(Place, usize), Place> {
        match self.order.last().map(|(place, last)| (place, self.entries.get(last))) {
            Some((place, Some((last, _)))) if last < key => Err(Place { at: place.at.saturating_add(1), ..place }),
            _ => self.find(key),
        }
    }

    pub(crate) fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        let (_, number) = self.find(key).ok()?;
        self.entries.get(number).map(|(_, value)| value)
    }

    pub(crate) fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let (_, number) = self.find(key).ok()?;
        self.entries.get_mut(number).map(|(_, value)| value)
    }

    pub(crate) fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.find(key).is_ok()
    }

    /// Puts a value in, and gives back the one that it replaces.
    pub(crate) fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.seat(&key) {
            Ok((_, number)) => self.entries.get_mut(number).map(|(_, old)| mem::replace(old, value)),
            Err(place) => {
                self.order.insert(place, self.entries.len());
                self.entries.push((key, value));
                None
            }
        }
    }

    /// The value of a key, put in where there was none.
    pub(crate) fn entry_or_insert_with(&mut self, key: K, value: impl FnOnce() -> V) -> &mut V {
        let number = match self.seat(&key) {
            Ok((_, number)) => number,
            Err(place) => {
                let number = self.entries.len();
                self.order.insert(place, number);
                self.entries.push((key, value()));
                number
            }
        };
        #[expect(clippy::indexing_slicing, reason = "the number of an entry that was found or has just been put in")]
        &mut self.entries[number].1
    }

    pub(crate) fn entry_or_default(&mut self, key: K) -> &mut V
    where
        V: Default,
    {
        self.entry_or_insert_with(key, V::default)
    }

    pub(crate) fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let (place, number) = self.find(key).ok()?;
        let last = self.entries.len().checked_sub(1)?;
        // The last entry takes the number that is free now.
        let (moved, _) = self.find(self.entries.get(last)?.0.borrow()).ok()?;
        self.order.renumber(moved, number);
        self.order.remove(place);
        Some(self.entries.swap_remove(number).1)
    }
}

impl<K: Ord> OrderedSet<K> {
    /// Whether the key is new.
    pub(crate) fn insert_key(&mut self, key: K) -> bool {
        self.insert(key, ()).is_none()
    }
}

impl<K: Serialize, V: Serialize> Serialize for OrderedMap<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

/// Numbers in an order that the caller knows, as a list of short lists: what is put in moves only those of its own.
#[derive(Clone, Debug, Default)]
struct Order {
    // INVARIANT: none is empty, none is longer than `LONGEST`.
    runs: Vec<Vec<usize>>,
}

const LONGEST: usize = 256;

#[derive(Clone, Copy, Debug)]
struct Place {
    run: usize,
    at: usize,
}

impl Order {
    fn numbers(&self) -> Numbers<'_> {
        Numbers(self.runs.iter().flatten())
    }

    /// The number that is sought, or the place where it would be. `seek` tells how a number stands to what is sought.
    fn find(&self, seek: &dyn Fn(usize) -> Ordering) -> Result<(Place, usize), Place> {
        let begins_before = |run: &Vec<usize>| run.first().is_some_and(|first| seek(*first).is_le());
        let run = self.runs.partition_point(begins_before).saturating_sub(1);
        let numbers = self.runs.get(run).map_or(&[][..], Vec::as_slice);
        match numbers.binary_search_by(|number| seek(*number)) {
            Ok(at) => Ok((Place { run, at }, numbers.get(at).copied().unwrap_or_default())),
            Err(at) => Err(Place { run, at }),
        }
    }

    fn last(&self) -> Option<(Place, usize)> {
        let run = self.runs.last()?;
        let place = Place { run: self.runs.len().checked_sub(1)?, at: run.len().checked_sub(1)? };
        Some((place, *run.last()?))
    }

    fn insert(&mut self, place: Place, number: usize) {
        let Some(run) = self.runs.get_mut(place.run) else {
            self.runs.push(vec![number]);
            return;
        };
        run.insert(place.at, number);
        if run.len() > LONGEST {
            let half = run.split_off(LONGEST / 2);
            self.runs.insert(place.run.saturating_add(1), half);
        }
    }

    fn renumber(&mut self, place: Place, number: usize) {
        if let Some(present) = self.runs.get_mut(place.run).and_then(|run| run.get_mut(place.at)) {
            *present = number;
        }
    }

    fn remove(&mut self, place: Place) {
        if let Some(run) = self.runs.get_mut(place.run) {
            run.remove(place.at);
            if run.is_empty() {
                self.runs.remove(place.run);
            }
        }
    }
}

/// The numbers in their order; a type of its own, so that going on to the next is compiled once.
struct Numbers<'o>(Flatten<slice::Iter<'o, Vec<usize>>>);

impl Iterator for Numbers<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        self.0.next().copied()
    }
}

impl DoubleEndedIterator for Numbers<'_> {
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
        fn as_the_standard_library_does(changes in prop::collection::vec((any::<bool>(), 0_u16..1_000, any::<u8>()), 0..3_000)) {
            let (mut ours, mut theirs) = (OrderedMap::default(), BTreeMap::new());
            for (put, key, value) in changes {
                if put || key % 3 == 0 {
                    prop_assert_eq!(ours.insert(key, value), theirs.insert(key, value));
                } else {
                    prop_assert_eq!(ours.remove(&key), theirs.remove(&key));
                }
                prop_assert_eq!(ours.get(&value.into()), theirs.get(&value.into()));
                prop_assert_eq!(ours.get(&key), theirs.get(&key));
            }
            prop_assert_eq!(ours.len(), theirs.len());
            prop_assert!(ours.iter().eq(theirs.iter()));
            prop_assert!(ours.iter().rev().eq(theirs.iter().rev()));
            prop_assert!(ours.clone().into_entries().eq(theirs.clone()));
            for key in 0..1_000 {
                prop_assert_eq!(*ours.entry_or_default(key), *theirs.entry(key).or_default());
            }
            // All of them go, so that runs become empty wherever they are.
            for place in 0..1_000_u32 {
                let key = u16::try_from(place.wrapping_mul(377) % 1_000).unwrap();
                prop_assert_eq!(ours.remove(&key), theirs.remove(&key));
                prop_assert!(place % 97 > 0 || ours.iter().eq(theirs.iter()));
            }
            prop_assert!(ours.is_empty());
        }
    }
}
