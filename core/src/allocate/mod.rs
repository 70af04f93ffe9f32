//! Referral of many needs to offers with few places, in one plan that is proven to be the best.
//!
//! [`Matcher::allocate`](crate::Matcher::allocate) turns needs and offers into a problem of the [`solver`](crate::solver) and its
//! solution into referrals:
//!
//! 1. `records`, `given`, `eligible` and `party` collect the instance: everything by position, in id order;
//! 2. `fixed` checks the fixed referrals;
//! 3. `formulation` merges equal needs into supplies;
//! 4. the solver finds and verifies a solution;
//! 5. `assignment`, `explain_unmet` and `extract` turn it into an [`Allocation`](crate::Allocation).
//!
//! `evaluation` assesses a given plan instead of a solution; `diff` compares two plans.

pub(crate) mod allocation;
mod assignment;
pub(crate) mod baselines;
mod capacity;
pub(crate) mod diff;
mod eligible;
pub(crate) mod evaluation;
mod explain_unmet;
mod extra_places;
mod extract;
mod fixed;
mod formulation;
mod given;
mod group_shape;
mod index;
mod instance;
mod kinds;
pub(crate) mod options;
mod party;
mod plan;
mod pricing;
mod proof;
mod records;
pub(crate) mod report;
pub(crate) mod saved;
pub(crate) mod serialize;
mod sparse;
mod sparse_edges;
mod sparse_start;
mod summary;
pub(crate) mod unmet;
mod verify;
