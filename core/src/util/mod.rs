//! Data structures and functions that are independent of the domain.

pub(crate) mod bitset;
pub(crate) mod date;
pub(crate) mod edit_distance;
pub(crate) mod fixed;
pub(crate) mod geo;
pub(crate) mod lowercase;
pub(crate) mod once;
pub(crate) mod ordered_map;
pub(crate) mod packed_code;
pub(crate) mod parallel;
pub(crate) mod progress;
pub(crate) mod shared_vec;
pub(crate) mod signature;
pub(crate) mod sort;
pub(crate) mod tsv;
