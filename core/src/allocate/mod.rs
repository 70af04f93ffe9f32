//! Many needs to offers of limited places, in one provably best plan.
//!
//! [`Matcher::allocate`](crate::Matcher::allocate) speaks of needs and offers; [`problem`] is the same without the field.

pub(crate) mod allocation;
mod alone;
mod apart;
mod bound;
mod branch;
pub mod certificate;
mod flow;
mod greedy;
mod groups;
mod incident;
mod network;
mod options;
pub(crate) mod party;
pub(crate) mod places;
mod prices;
pub mod problem;
mod rearrange;
mod repair;
mod scale;
mod search;
mod simplex;
mod unmet;

pub use self::options::{AllocateOptions, Fixed};
