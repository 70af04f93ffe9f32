//! The allocation problem without the field.

mod branch_and_bound;
mod certificate;
mod components;
mod duals;
mod enumerate;
mod integral;
mod lexicographic;
mod local_search;
mod neighbourhood;
mod network;
pub(crate) mod problem;
mod reduced_costs;
mod relaxation;
mod simplex;
mod transport;

pub use self::{
    certificate::{VerifyError, verify},
    problem::{
        CLASSES, Certificate, Edge, Flow, Objective, PriceWitness, Problem, Solution, Supply, solve, solve_with,
    },
};
