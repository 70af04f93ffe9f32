//! Many needs to offers of limited places, in one provably best plan.

pub(crate) mod allocation;
pub mod certificate;
mod flow;
mod greedy;
mod groups;
pub mod problem;
