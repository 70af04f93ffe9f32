//! The allocation problem without the field.

mod branch_and_bound;
pub mod certificate;
mod components;
mod duals;
mod enumerate;
mod integral;
mod lexicographic;
mod local_search;
mod neighbourhood;
mod network;
pub mod problem;
mod reduced_costs;
mod relaxation;
mod simplex;
mod transport;
