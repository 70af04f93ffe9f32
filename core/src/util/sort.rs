//! Sorting, once for all types.
//!
//! The sort of the standard library is compiled anew for every type and every order, some 4 kB each. In the browser that was a
//! fifth of the module. Here numbers of places are sorted, by one function for all; where it is called, only the comparison and
//! the moving of the items are compiled.

use std::cmp::Ordering;

/// Sorts; items that are equal keep their order.
pub(crate) fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, T::cmp);
}

/// Sorts by a key, which is asked for often; items of equal keys keep their order.
pub(crate) fn sort_by_key<T, K: Ord>(items: &mut [T], mut key: impl FnMut(&T) -> K) {
    sort_by(items, |one, other| key(one).cmp(&key(other)));
}

/// Sorts by an order; items that are equal in it keep theirs.
pub(crate) fn sort_by<T>(items: &mut [T], mut order: impl FnMut(&T, &T) -> Ordering) {
    // As most lists of a record are.
    if items.len() < 2 {
        return;
    }
    let mut places = sort_indices(items.len(), usize::MAX, &mut |one, other| compare(items, one, other, &mut order));
    // Round after round of places whose items change with each other, until each has its own.
    for start in 0..places.len() {
        let mut place = start;
        while let Some(from) = places.get_mut(place).map(|from| std::mem::replace(from, place)) {
            if from == start {
                break;
            }
            items.swap(place, from);
            place = from;
        }
    }
}

/// Leaves the first `most` in their order.
pub(crate) fn select_first_by<T: Copy>(items: &mut Vec<T>, most: usize, mut order: impl FnMut(&T, &T) -> Ordering) {
    let places = sort_indices(items.len(), most, &mut |one, other| compare(items, one, other, &mut order));
    *items = places.into_iter().filter_map(|place| items.get(place).copied()).collect();
}

fn compare<T>(items: &[T], one: usize, other: usize, order: &mut impl FnMut(&T, &T) -> Ordering) -> Ordering {
    match (items.get(one), items.get(other)) {
        (Some(one), Some(other)) => order(one, other),
        _ => Ordering::Equal,
    }
}

/// The places of the first `most` of so many items, in order.
fn sort_indices(count: usize, most: usize, order: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    let mut order = |one: &usize, other: &usize| order(*one, *other).then(one.cmp(other));
    if most < count {
        places.select_nth_unstable_by(most, &mut order);
        places.truncate(most);
    }
    places.sort_unstable_by(&mut order);
    places
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{select_first_by, sort_by_key};

    proptest! {
        #[test]
        fn as_the_standard_library_does(keys in prop::collection::vec(0_u8..20, 0..200), most in 0_usize..220) {
            let items: Vec<(u8, usize)> = keys.into_iter().zip(0..).collect();
            let (mut ours, mut theirs) = (items.clone(), items.clone());
            sort_by_key(&mut ours, |(key, _)| *key);
            theirs.sort_by_key(|(key, _)| *key);
            prop_assert_eq!(&ours, &theirs);

            let mut first = items;
            select_first_by(&mut first, most, |(one, _), (other, _)| one.cmp(other));
            theirs.truncate(most);
            prop_assert_eq!(first, theirs);
        }
    }
}
