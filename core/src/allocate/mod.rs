//! Many needs to offers of limited places, in one provably best plan.
//!
//! [`Matcher::allocate`](crate::Matcher::allocate) speaks of needs and offers; [`solver`](crate::solver) is the same without the field.

pub(crate) mod allocation;
mod baselines;
pub(crate) mod capacity;
mod options;
pub(crate) mod party;
mod plan;
pub(crate) mod report;
mod unmet;

pub use self::options::{AllocateOptions, FixedReferral};
