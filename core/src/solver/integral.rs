//! Problems with sizes above 1, in which parties stay together: a bound, a rounded solution, and searches that improve
//! it.
//!
//! The problem is a multiple knapsack problem with assignment restrictions, and strongly NP-hard. Its steps are:
//!
//! 1. The [relaxation](super::relaxation) to unit sizes gives the LP bound, and its prices the [Lagrangian
//!    bound](super::reduced_costs). The smaller one is the bound.
//! 2. The parties that the relaxation does not split are [assigned](super::assignment), the others greedily.
//! 3. [Local search](super::local_search) and [large neighbourhood search](super::neighbourhood) improve the
//!    assignment.
//! 4. [Reduced-cost fixing](super::reduced_costs) removes edges, and [branch and bound](super::branch_and_bound)
//!    searches the rest if few parties are left. If the search is exhaustive, the solution is optimal.
//!
//! Each step has a limit, so that the sum is a few seconds at most after the relaxation is solved.

use crate::solver::{
    assignment::Assignment,
    branch_and_bound, local_search, neighbourhood,
    problem::{Certificate, Objective, Problem, Solution, too_large},
    reduced_costs::{fix_by_reduced_cost, lagrangian_bound},
    relaxation::Relaxation,
    transport,
};
use crate::{error::Error, util::progress::ProgressReporter};

/// Returns a solution of a problem with sizes above 1, which is optimal if the search is exhaustive.
pub(crate) fn solve(problem: &Problem, progress: &ProgressReporter<'_>) -> Result<Solution, Error> {
    let relaxation = Relaxation::new(problem).ok_or_else(too_large)?;
    let relaxed = transport::solve(&relaxation.problem, progress)?;
    let prices = relaxed.certificate.prices;
    let lagrangian = lagrangian_bound(problem, &prices).ok_or_else(too_large)?;
    let bound = lagrangian.min(relaxed.objective);
    let mut assignment = Assignment::new(problem, &prices)?;
    assignment.round(&relaxation, &relaxed.flows, progress);
    local_search::improve(&mut assignment, progress);
    neighbourhood::improve(&mut assignment, progress);
    let flows = progress.unless_cancelled(assignment.into_flows(problem))?;
    let objective = problem.objective(&flows).ok_or_else(too_large)?;
    let certificate = Certificate { prices, witnesses: Vec::new() };
    let solution = Solution { flows, objective, bound, certificate };
    if objective < bound { prove(problem, solution, lagrangian, progress) } else { Ok(solution) }
}

/// Returns the prices of the relaxation of a problem, without a solution.
///
/// # Errors
///
/// `problem.too_large` if sums overflow; `cancelled`.
pub(crate) fn relaxed_prices(problem: &Problem, progress: &ProgressReporter<'_>) -> Result<Vec<Objective>, Error> {
    let relaxation = Relaxation::new(problem).ok_or_else(too_large)?;
    Ok(transport::solve(&relaxation.problem, progress)?.certificate.prices)
}

/// Searches for a better solution by branch and bound; an exhaustive search proves the best one optimal.
fn prove(
    problem: &Problem,
    mut solution: Solution,
    lagrangian: Objective,
    progress: &ProgressReporter<'_>,
) -> Result<Solution, Error> {
    let mut rest = problem.clone();
    let gap = lagrangian.minus(solution.objective);
    gap.and_then(|gap| fix_by_reduced_cost(&mut rest, &solution.certificate.prices, gap)).ok_or_else(too_large)?;
    let outcome = branch_and_bound::search(solution.objective, &rest, progress);
    if let Some(flows) = outcome.improved {
        solution.objective = problem.objective(&flows).ok_or_else(too_large)?;
        solution.flows = flows;
    }
    if outcome.is_exhaustive {
        solution.bound = solution.objective;
    }
    Ok(solution)
}
