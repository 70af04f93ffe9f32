//! Parties and groups that stay together: a bound, a rounded plan, repairs, and a search while the problem is small.
//!
//! If everyone could go [alone](super::alone), the problem would be one of single places. Its optimum is a bound, its prices give
//! a better one, and what already stays together in it is the beginning of a plan that is [repaired](super::repair). Small
//! problems are then [searched through](super::search).
use super::{
    alone::{alone, holds},
    flow,
    problem::{Certificate, Problem, Solution, Worth, too_large},
    repair::Plan,
    search,
};
use crate::error::Error;

/// A good plan where some units take several places, the best one where the search ends.
pub(super) fn solve(problem: &Problem) -> Result<Solution, Error> {
    let (relaxed, parts) = alone(problem).ok_or_else(too_large)?;
    let relaxed = flow::solve(&relaxed)?;
    let prices = relaxed.certificate.prices;
    let bound = bound(problem, &prices).ok_or_else(too_large)?.min(relaxed.objective);
    let mut plan = Plan::of(problem, &prices)?;
    plan.begin(problem, &relaxed.flows, &parts);
    plan.repair();
    plan.rearrange();
    let mut flows = plan.into_flows(problem);
    let mut objective = flow::worth_of(problem, &flows).ok_or_else(too_large)?;
    let mut proven = bound;
    if objective < bound {
        if let Some((better, all)) = search::best(problem, &prices, objective) {
            flows = better.unwrap_or(flows);
            objective = flow::worth_of(problem, &flows).ok_or_else(too_large)?;
            proven = if all { objective } else { bound };
        }
    }
    Ok(Solution { flows, objective, bound: proven, certificate: Certificate { prices, takers: Vec::new() } })
}

/// What no plan can exceed at these prices: all places at their price, and the best gain of each unit beyond it.
fn bound(problem: &Problem, prices: &[Worth]) -> Option<Worth> {
    let mut bound = Worth::ZERO;
    for (places, price) in problem.places.iter().zip(prices) {
        bound = bound.plus(*price, i128::from(places.unwrap_or(0)))?;
    }
    for supply in &problem.supplies {
        let mut best = supply.fixed.is_none().then_some(Worth::ZERO);
        let ways = supply.edges.iter().filter(|edge| holds(problem, supply, edge));
        for edge in ways.filter(|edge| supply.fixed.is_none_or(|fixed| fixed == edge.sink)) {
            let price = prices.get(edge.sink as usize)?;
            best = best.max(Some(supply.worth(edge).plus(*price, i128::from(supply.size).saturating_neg())?));
        }
        bound = bound.plus(best.unwrap_or(Worth::ZERO), i128::from(supply.count))?;
    }
    Some(bound)
}
