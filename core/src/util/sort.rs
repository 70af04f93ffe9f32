//! Stable sorting and top-k selection, compiled once for all types.
//!
//! Items are sorted by a permutation: one function sorts indices by a comparison of indices, and each call site compiles only
//! that comparison and the moves of its items. The sort of the standard library is compiled for every type and every order, some
//! 4 kB each, which was a fifth of the WebAssembly module. Sorting takes O(n log n) comparisons, selection O(n + k log k).

use std::{cmp::Ordering, mem};

/// Sorts the items; equal items keep their order.
pub(crate) fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, T::cmp);
}

/// Sorts the items by a key, which is computed for each comparison; items with equal keys keep their order.
pub(crate) fn sort_by_key<T, K: Ord>(items: &mut [T], mut key: impl FnMut(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// Sorts the items by a comparison; items that compare as equal keep their order.
pub(crate) fn sort_by<T>(items: &mut [T], mut order: impl FnMut(&T, &T) -> Ordering) {
    // Most lists of a record are that short.
    if items.len() < 2 {
        return;
    }
    let mut sources = sort_indices(items.len(), usize::MAX, &mut |a, b| compare(items, a, b, &mut order));
    // Applies the permutation cycle by cycle; an index that is done is its own source.
    for start in 0..sources.len() {
        let mut index = start;
        while let Some(source) = sources.get_mut(index).map(|source| mem::replace(source, index)) {
            if source == start {
                break;
            }
            items.swap(index, source);
            index = source;
        }
    }
}

/// Keeps the first `count` items of the stable order, sorted (top-k selection).
pub(crate) fn select_first_by<T: Copy>(items: &mut Vec<T>, count: usize, mut order: impl FnMut(&T, &T) -> Ordering) {
    let indices = sort_indices(items.len(), count, &mut |a, b| compare(items, a, b, &mut order));
    *items = indices.into_iter().filter_map(|index| items.get(index).copied()).collect();
}

fn compare<T>(items: &[T], a: usize, b: usize, order: &mut impl FnMut(&T, &T) -> Ordering) -> Ordering {
    match (items.get(a), items.get(b)) {
        (Some(a), Some(b)) => order(a, b),
        _ => Ordering::Equal,
    }
}

/// Returns the indices of the first `count` of `len` items in their stable order.
fn sort_indices(len: usize, count: usize, order: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut indices: Vec<usize> = (0..len).collect();
    let mut order = |a: &usize, b: &usize| order(*a, *b).then(a.cmp(b));
    if count < len {
        indices.select_nth_unstable_by(count, &mut order);
        indices.truncate(count);
    }
    indices.sort_unstable_by(&mut order);
    indices
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{select_first_by, sort_by_key};

    proptest! {
        #[test]
        fn agrees_with_the_standard_library(keys in prop::collection::vec(0_u8..20, 0..200), count in 0_usize..220) {
            let items: Vec<(u8, usize)> = keys.into_iter().zip(0..).collect();
            let (mut actual, mut expected) = (items.clone(), items.clone());
            sort_by_key(&mut actual, |(key, _)| *key);
            expected.sort_by_key(|(key, _)| *key);
            prop_assert_eq!(&actual, &expected);

            let mut first = items;
            select_first_by(&mut first, count, |(a, _), (b, _)| a.cmp(b));
            expected.truncate(count);
            prop_assert_eq!(first, expected);
        }
    }
}
