//! What prices prove of a problem in which parties stay together: a bound, and which ways no better plan takes.

use crate::solver::{
    problem::{Edge, Objective, Problem, Supply},
    relaxation::holds,
};

/// What no plan can exceed at these prices: all places at their price, and the best gain of each unit beyond it.
pub(crate) fn bound(problem: &Problem, prices: &[Objective]) -> Option<Objective> {
    let mut bound = Objective::ZERO;
    for (places, price) in problem.capacities.iter().zip(prices) {
        bound = bound.plus(*price, i128::from(places.unwrap_or(0)))?;
    }
    for supply in &problem.supplies {
        bound = bound.plus(best(&problem.capacities, supply, prices)?, i128::from(supply.count))?;
    }
    Some(bound)
}

/// What one unit gains at most beyond the price of its places; a fixed one has no choice.
fn best(places: &[Option<u64>], supply: &Supply, prices: &[Objective]) -> Option<Objective> {
    let mut best = supply.fixed.is_none().then_some(Objective::ZERO);
    let ways = supply.edges.iter().filter(|edge| holds(places, supply, edge));
    for edge in ways.filter(|edge| supply.fixed.is_none_or(|fixed| fixed == edge.sink)) {
        best = best.max(Some(gain(supply, edge, prices)?));
    }
    Some(best.unwrap_or(Objective::ZERO))
}

fn gain(supply: &Supply, edge: &Edge, prices: &[Objective]) -> Option<Objective> {
    supply.unit_objective(edge).plus(*prices.get(edge.sink as usize)?, i128::from(supply.size).saturating_neg())
}

/// Leaves out what no plan can hold that is worth more than the bound at these prices less the gap: a plan misses the bound by what
/// each unit loses beside its best way. Who has one way left, and cannot stay unserved, is fixed to it.
pub(crate) fn narrow(problem: &mut Problem, prices: &[Objective], gap: Objective) -> Option<()> {
    let Problem { supplies, capacities: places } = problem;
    for supply in supplies.iter_mut().filter(|supply| supply.fixed.is_none()) {
        let best = best(places, supply, prices)?;
        let mut ways = Vec::new();
        for edge in supply.edges.iter().filter(|edge| holds(places, supply, edge)) {
            if best.plus(gain(supply, edge, prices)?, -1)? < gap {
                ways.push(*edge);
            }
        }
        if let ([only], true) = (ways.as_slice(), best >= gap) {
            supply.fixed = Some(only.sink);
        }
        supply.edges = ways;
    }
    Some(())
}
