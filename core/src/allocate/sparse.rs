//! Problems with many edges: a part of the edges is enough, which is found by column generation.
//!
//! A need matches thousands of offers, but a plan uses one of them. So a large problem begins with a few edges of each supply: those
//! to its previous offer, to its best offers, and of a greedy plan. Column generation (Gilmore, Gomory 1961; Dantzig, Wolfe 1960)
//! then repeats two steps:
//!
//! 1. The problem with these edges is solved. Its prices give the surplus of each supply.
//! 2. Each edge that is left out and whose surplus is above that of its supply is a candidate. The best candidates of each supply and
//!    of each offer are added.
//!
//! In the end a problem without parties keeps the edges that the proof needs, and the best others.
//!
//! If there is no candidate, the prices are duals of the problem with all edges too, so that plan and prices are optimal for it
//! (and the prices the smallest). With larger parties the rounds are limited, and the surpluses of all edges give the bound
//! (Lagrangian relaxation).
//!
//! Offers of one [kind](crate::allocate::kinds) have equal edges. So a round takes O(k) time for k pairs of a supply and a kind, and
//! memory for the chosen edges only.

use std::cmp::Reverse;

use crate::{
    allocate::{
        index::{Idx, SupplyIdx},
        pricing::Pricing,
        sparse_edges::SparseEdges,
        sparse_start::first_edges,
    },
    error::Error,
    solver::{
        integral::relaxed_prices,
        problem::{Edge, Problem, Solution},
        solve::{solve_reporting, solve_unverified, verified},
    },
    util::{progress::ProgressReporter, sort::sort_by_key},
};

/// The number of edges that the first round adds to a supply; it doubles with each round.
const FIRST_ADDED: usize = 2;
/// The number of rounds with larger parties.
const PARTY_ROUNDS: usize = 4;

/// Solves a problem that has a part of its edges, and adds edges to it until the solution is one of the problem with all of them.
///
/// # Errors
///
/// Those of [`solve`](crate::solver::solve).
pub(crate) fn solve_sparse(
    sparse: &SparseEdges,
    problem: &mut Problem,
    progress: &ProgressReporter<'_>,
) -> Result<Solution, Error> {
    let first = first_edges(sparse, problem, progress);
    add_edges(problem, progress.unless_cancelled(first)?);
    let has_parties = problem.supplies.iter().any(|supply| supply.size > 1);
    let mut added = FIRST_ADDED;
    for round in 0_usize.. {
        if has_parties && round == PARTY_ROUNDS {
            break;
        }
        let solution = if has_parties { None } else { Some(solve_unverified(problem, progress)?) };
        let edges = match &solution {
            Some(Solution { certificate, .. }) => {
                Pricing::new(sparse, problem, &certificate.prices)?.candidates(added, progress)
            }
            None => Pricing::new(sparse, problem, &relaxed_prices(problem, progress)?)?.candidates(added, progress),
        };
        let edges = progress.unless_cancelled(edges)?;
        match solution {
            Some(solution) if edges.is_empty() => {
                let useful = Pricing::new(sparse, problem, &solution.certificate.prices)?.useful_edges(&solution);
                for (supply, edges) in problem.supplies.iter_mut().zip(useful) {
                    supply.edges = edges;
                }
                return verified(problem, solution);
            }
            _ if edges.is_empty() => break,
            _ => add_edges(problem, edges),
        }
        added = added.saturating_mul(2);
    }
    let mut solution = solve_reporting(problem, progress)?;
    let bound = Pricing::new(sparse, problem, &solution.certificate.prices)?.bound(progress)?;
    // An exhaustive search of a part of the edges proves nothing about the others.
    solution.bound = bound;
    Ok(solution)
}

/// Adds edges to the supplies; of several edges to one sink the first that keeps a previous referral counts.
fn add_edges(problem: &mut Problem, edges: Vec<(SupplyIdx, Edge)>) {
    let mut is_changed = vec![false; problem.supplies.len()];
    for (index, edge) in edges {
        let position = index.to_usize();
        if let (Some(supply), Some(changed)) = (problem.supplies.get_mut(position), is_changed.get_mut(position)) {
            supply.edges.push(edge);
            *changed = true;
        }
    }
    for (supply, _) in problem.supplies.iter_mut().zip(is_changed).filter(|(_, changed)| *changed) {
        sort_by_key(&mut supply.edges, |edge| (edge.sink, Reverse(edge.kept)));
        supply.edges.dedup_by_key(|edge| edge.sink);
    }
}
