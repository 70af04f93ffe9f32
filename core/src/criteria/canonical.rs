//! Canonical lists, which make equal values compare equal, and the comparison of two of them.
//!
//! Two lists are compared by a merge with exponential search (Bentley & Yao 1976): O(m log(n / m)) for lists of m ≤ n values.

use std::sync::Arc;

use crate::{
    model::dotted_code::cmp_parts,
    util::sort::{sort, sort_by},
};

/// Returns the values sorted and without duplicates.
pub(crate) fn sorted<T: Ord>(values: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut values: Vec<T> = values.into_iter().collect();
    sort(&mut values);
    values.dedup();
    values
}

/// Returns dotted codes sorted by their parts and without duplicates, so that all codes below an umbrella follow it.
pub(crate) fn sorted_by_parts(codes: impl IntoIterator<Item = Arc<str>>) -> Vec<Arc<str>> {
    let mut codes: Vec<Arc<str>> = codes.into_iter().collect();
    sort_by(&mut codes, |a, b| cmp_parts(a, b));
    codes.dedup();
    codes
}

/// Returns the values of a sorted list that another sorted list has too, in order.
pub(crate) fn shared<'a, T: Ord>(values: &'a [T], others: &[T]) -> impl Iterator<Item = &'a T> {
    let mut others = others;
    values.iter().filter(move |value| skip_to(&mut others, value))
}

/// Returns the values of a sorted list that another sorted list lacks, in order.
pub(crate) fn unshared<'a, T: Ord>(values: &'a [T], others: &[T]) -> impl Iterator<Item = &'a T> {
    let mut others = others;
    values.iter().filter(move |value| !skip_to(&mut others, value))
}

/// Returns `true` if two sorted lists have a value in common.
pub(crate) fn intersects<T: Ord>(a: &[T], b: &[T]) -> bool {
    let (few, many) = if a.len() < b.len() { (a, b) } else { (b, a) };
    shared(few, many).next().is_some()
}

/// Returns `true` if a sorted list has every value of `values`.
pub(crate) fn is_subset<T: Ord>(values: &[T], others: &[T]) -> bool {
    unshared(values, others).next().is_none()
}

/// Skips the values below `value`, and returns `true` if the list then starts with it.
pub(crate) fn skip_to<T: Ord>(list: &mut &[T], value: &T) -> bool {
    let is_below = |other: &T| other < value;
    let mut end = 1_usize;
    while list.get(end.saturating_sub(1)).is_some_and(is_below) {
        end = end.saturating_mul(2);
    }
    let start = end / 2;
    let range = list.get(start..end.min(list.len())).unwrap_or_default();
    *list = list.get(start.saturating_add(range.partition_point(is_below))..).unwrap_or_default();
    list.first() == Some(value)
}

/// Returns a position in a list of a record, which has at most 20 000 items, in the 16 bits that keep a cause small.
pub(crate) fn position(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::{intersects, is_subset, shared, unshared};

    proptest! {
        #[test]
        fn lists_are_compared_like_sets(
            a in prop::collection::btree_set(0_u8..40, 0..30),
            b in prop::collection::btree_set(0_u8..40, 0..30),
        ) {
            let list = |set: &BTreeSet<u8>| set.iter().copied().collect::<Vec<u8>>();
            let (values, others) = (list(&a), list(&b));
            prop_assert!(shared(&values, &others).eq(a.intersection(&b)));
            prop_assert!(unshared(&values, &others).eq(a.difference(&b)));
            prop_assert_eq!(intersects(&values, &others), !a.is_disjoint(&b));
            prop_assert_eq!(is_subset(&values, &others), a.is_subset(&b));
        }
    }
}
