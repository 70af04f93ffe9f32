use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

/// A number that is the same for equal values and mostly differs for others. It stands before a value where values are put in
/// order to find equal ones, so that one comparison tells most of them apart. Nothing may hang on the order: the number depends
/// on the platform, and anyone can make values that share it.
pub(super) fn fingerprint(value: &impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}
