//! The Lagrangian bound, and reduced-cost fixing.
//!
//! With the capacities relaxed at given prices, each unit independently takes the edge of its largest surplus: its
//! objective minus the price of the places that it takes. Prices of capacities plus these surpluses are an upper bound
//! (Geoffrion, "Lagrangean relaxation for integer programming", 1974). The reduced cost of an edge is the amount by
//! which its surplus is below the largest one of its supply; a solution is below the bound by at least the reduced
//! costs of the edges that it uses (reduced-cost fixing, as in Dantzig, Fulkerson, Johnson 1954). Both take O(E) for E
//! edges.

use crate::solver::{
    problem::{Edge, Objective, Problem, Supply},
    relaxation::can_hold,
};

/// Returns the Lagrangian bound at given prices, or `None` if a sum overflows.
pub(crate) fn lagrangian_bound(problem: &Problem, prices: &[Objective]) -> Option<Objective> {
    let mut bound = Objective::ZERO;
    for (capacity, price) in problem.capacities.iter().zip(prices) {
        bound = bound.plus(*price, i128::from(capacity.unwrap_or(0)))?;
    }
    for supply in &problem.supplies {
        bound = bound.plus(largest_surplus(&problem.capacities, supply, prices)?, i128::from(supply.count))?;
    }
    Some(bound)
}

/// Returns the largest surplus of a unit; that of an unserved one is 0.
fn largest_surplus(capacities: &[Option<u64>], supply: &Supply, prices: &[Objective]) -> Option<Objective> {
    // A fixed unit cannot remain unserved.
    let mut largest = supply.fixed.is_none().then_some(Objective::ZERO);
    let edges = supply.edges.iter().filter(|edge| can_hold(capacities, supply, edge));
    for edge in edges.filter(|edge| supply.fixed.is_none_or(|fixed| fixed == edge.sink)) {
        largest = largest.max(Some(surplus(supply, edge, prices)?));
    }
    Some(largest.unwrap_or(Objective::ZERO))
}

/// Returns the objective of a unit on an edge, minus the price of the places that it takes.
fn surplus(supply: &Supply, edge: &Edge, prices: &[Objective]) -> Option<Objective> {
    supply.unit_objective(edge).plus(*prices.get(edge.sink as usize)?, i128::from(supply.size).saturating_neg())
}

/// Removes every edge whose reduced cost is at least `gap`, the distance of the incumbent to the bound at these prices:
/// no better solution uses it. A supply is fixed to its last edge if its units cannot remain unserved either.
///
/// Returns `None` if a sum overflows; the problem is then unusable.
pub(crate) fn fix_by_reduced_cost(problem: &mut Problem, prices: &[Objective], gap: Objective) -> Option<()> {
    let Problem { supplies, capacities } = problem;
    for supply in supplies.iter_mut().filter(|supply| supply.fixed.is_none()) {
        let largest = largest_surplus(capacities, supply, prices)?;
        let mut edges = Vec::new();
        for edge in supply.edges.iter().filter(|edge| can_hold(capacities, supply, edge)) {
            let reduced_cost = largest.minus(surplus(supply, edge, prices)?)?;
            if reduced_cost < gap {
                edges.push(*edge);
            }
        }
        // The reduced cost of remaining unserved is the largest surplus.
        if let ([only], true) = (edges.as_slice(), largest >= gap) {
            supply.fixed = Some(only.sink);
        }
        supply.edges = edges;
    }
    Some(())
}
