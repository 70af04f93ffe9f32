//! Parties and groups that stay together: a bound, a rounded plan, repairs, and a search while the problem is small.
//!
//! If everyone could go [alone](super::relaxation), the problem would be one of single places. Its optimum is a bound, its prices give
//! a better one, and what already stays together in it is the beginning of a plan that is [repaired](super::local_search) and then
//! [rearranged](super::neighbourhood). Where few parties are left that could go otherwise, [branch and bound](super::branch_and_bound)
//! finds the best plan.
use crate::solver::{
    branch_and_bound,
    local_search::Plan,
    problem::{Certificate, Problem, Solution, too_large},
    reduced_costs::{bound, narrow},
    relaxation::alone,
    transport,
};
use crate::{error::Error, util::progress::ProgressReporter};

/// A good plan where some units take several places, the best one where the search ends.
pub(crate) fn solve(problem: &Problem, progress: &ProgressReporter<'_>) -> Result<Solution, Error> {
    let (relaxed, parts) = alone(problem).ok_or_else(too_large)?;
    let relaxed = transport::solve(&relaxed, progress)?;
    let prices = relaxed.certificate.prices;
    let priced = bound(problem, &prices).ok_or_else(too_large)?;
    let bound = priced.min(relaxed.objective);
    let mut plan = Plan::of(problem, &prices)?;
    plan.begin(problem, &relaxed.flows, &parts);
    plan.repair(progress);
    plan.rearrange(progress);
    let mut flows = progress.unless_cancelled(plan.into_flows(problem))?;
    let mut objective = transport::worth_of(problem, &flows).ok_or_else(too_large)?;
    let mut proven = bound;
    if objective < bound {
        let mut rest = problem.clone();
        priced.plus(objective, -1).and_then(|gap| narrow(&mut rest, &prices, gap)).ok_or_else(too_large)?;
        let (better, all) = branch_and_bound::better_than(objective, &rest, progress);
        flows = better.unwrap_or(flows);
        objective = transport::worth_of(problem, &flows).ok_or_else(too_large)?;
        proven = if all { objective } else { bound };
    }
    Ok(Solution { flows, objective, bound: proven, certificate: Certificate { prices, witnesses: Vec::new() } })
}
