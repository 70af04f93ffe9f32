//! Canonical lists, which make equal values compare equal, and positions in them.

use crate::util::sort::sort;

/// Returns the values sorted and without duplicates.
pub(crate) fn sorted<T: Ord>(values: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut values: Vec<T> = values.into_iter().collect();
    sort(&mut values);
    values.dedup();
    values
}

/// Returns a canonical list with one more value.
pub(crate) fn with_value<T: Ord + Clone>(values: &[T], value: T) -> Vec<T> {
    sorted(values.iter().cloned().chain([value]))
}

/// Returns a position in a list of a record, which has at most 20 000 items, in the 16 bits that keep a cause small.
pub(crate) fn position(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}
