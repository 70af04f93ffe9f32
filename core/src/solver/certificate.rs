//! The proof of a plan, checked by a function that knows nothing of how the plan was found.

use std::fmt;

use crate::solver::problem::{Objective, Problem, Solution};

/// What is wrong with a plan or its proof.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum VerifyError {
    /// Lists of the wrong length, or a sum that overflows.
    Shape,
    /// A unit goes where it cannot, or more units go than there are.
    Flow,
    /// A fixed unit goes elsewhere.
    Fixed,
    /// More places are taken than a sink has.
    Capacity,
    /// The plan is not worth what it says.
    Objective,
    /// A price below nothing, or above nothing where there is no limit.
    Price,
    /// The prices do not prove the bound.
    Bound,
    /// A price that one more place would not bring.
    Witness,
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Shape => "lists of the wrong length, or a sum that overflows",
            Self::Flow => "a unit goes where it cannot, or more units go than there are",
            Self::Fixed => "a fixed unit goes elsewhere",
            Self::Capacity => "more places are taken than there are",
            Self::Objective => "the plan is not worth what it says",
            Self::Price => "a price out of range",
            Self::Bound => "the prices do not prove the bound",
            Self::Witness => "a price that one more place would not bring",
        })
    }
}

/// Checks a plan and its proof from the problem alone.
///
/// The plan keeps to places, edges and what is fixed, and is worth its objective. The prices prove the bound by weak
/// duality, level by level: whatever the plan, a unit brings at most the price of its places and what it gains beyond
/// that, so no plan is worth more than all places at their price and the best gain of every unit. Where every size is 1,
/// each price is exactly what one more place would add: the takers show who would come.
///
/// # Errors
///
/// The first [`VerifyError`].
pub fn verify(problem: &Problem, solution: &Solution) -> Result<(), VerifyError> {
    let certificate = &solution.certificate;
    if solution.flows.len() != problem.supplies.len() || certificate.prices.len() != problem.capacities.len() {
        return Err(VerifyError::Shape);
    }
    let price = |sink: u32| certificate.prices.get(sink as usize).copied().ok_or(VerifyError::Shape);
    let mut left: Vec<i128> = problem.capacities.iter().map(|places| places.map_or(i128::MAX, i128::from)).collect();
    let (mut worth, mut bound) = (Objective::ZERO, Objective::ZERO);
    for (supply, flows) in problem.supplies.iter().zip(&solution.flows) {
        let (mut units, mut last) = (0_u32, None);
        for (sink, count) in flows {
            let edge = supply.edges.iter().find(|edge| edge.sink == *sink).ok_or(VerifyError::Flow)?;
            if *count == 0 || last >= Some(*sink) {
                return Err(VerifyError::Flow);
            }
            last = Some(*sink);
            units = units.checked_add(*count).ok_or(VerifyError::Flow)?;
            let places = left.get_mut(*sink as usize).ok_or(VerifyError::Flow)?;
            *places = places.saturating_sub(i128::from(*count).saturating_mul(i128::from(supply.size)));
            worth = worth.plus(supply.unit_objective(edge), i128::from(*count)).ok_or(VerifyError::Shape)?;
            if supply.fixed.is_some_and(|fixed| fixed != *sink) {
                return Err(VerifyError::Fixed);
            }
        }
        if units > supply.count {
            return Err(VerifyError::Flow);
        }
        if supply.fixed.is_some() && units != supply.count {
            return Err(VerifyError::Fixed);
        }
        // What one unit brings at most beyond the price of its places; a fixed one has no choice.
        let mut best = supply.fixed.is_none().then_some(Objective::ZERO);
        for edge in supply.edges.iter().filter(|edge| supply.fixed.is_none_or(|fixed| fixed == edge.sink)) {
            // Where not even one unit fits, nobody goes.
            if matches!(problem.capacities.get(edge.sink as usize), Some(Some(places)) if *places < u64::from(supply.size))
            {
                continue;
            }
            let gain = supply.unit_objective(edge).plus(price(edge.sink)?, i128::from(supply.size).saturating_neg());
            best = best.max(Some(gain.ok_or(VerifyError::Shape)?));
        }
        bound = bound.plus(best.unwrap_or(Objective::ZERO), i128::from(supply.count)).ok_or(VerifyError::Shape)?;
    }
    for (places, price) in problem.capacities.iter().zip(&certificate.prices) {
        if *price < Objective::ZERO || (places.is_none() && *price != Objective::ZERO) {
            return Err(VerifyError::Price);
        }
        bound = bound.plus(*price, places.map_or(0, i128::from)).ok_or(VerifyError::Shape)?;
    }
    if left.iter().any(|places| *places < 0) {
        return Err(VerifyError::Capacity);
    }
    if worth != solution.objective {
        return Err(VerifyError::Objective);
    }
    if problem.supplies.iter().any(|supply| supply.size != 1) {
        // A search may have proven more than prices can.
        return if solution.bound < worth || bound < worth { Err(VerifyError::Bound) } else { Ok(()) };
    }
    if bound != solution.bound || bound != worth {
        return Err(VerifyError::Bound);
    }
    takers(problem, solution, &left)
}

/// Each price is what the move of its taker brings, which frees a place of a sink that is nearer to the end of the chain.
fn takers(problem: &Problem, solution: &Solution, left: &[i128]) -> Result<(), VerifyError> {
    let certificate = &solution.certificate;
    if certificate.witnesses.len() != certificate.prices.len() {
        return Err(VerifyError::Shape);
    }
    for (sink, (price, taker)) in certificate.prices.iter().zip(&certificate.witnesses).enumerate() {
        let Some(taker) = taker else {
            if *price != Objective::ZERO {
                return Err(VerifyError::Witness);
            }
            continue;
        };
        let supply = problem.supplies.get(taker.supply as usize).filter(|supply| supply.fixed.is_none());
        let supply = supply.ok_or(VerifyError::Witness)?;
        let flows = solution.flows.get(taker.supply as usize).ok_or(VerifyError::Shape)?;
        let brings = |sink: usize| {
            let edge = supply.edges.iter().find(|edge| edge.sink as usize == sink).ok_or(VerifyError::Witness)?;
            Ok(supply.unit_objective(edge))
        };
        let brought = match taker.from {
            None => {
                let served = flows.iter().map(|(_, count)| count).fold(0_u32, |all, count| all.saturating_add(*count));
                if served >= supply.count || taker.moves != 1 {
                    return Err(VerifyError::Witness);
                }
                brings(sink)?
            }
            Some(from) => {
                let next = certificate.witnesses.get(from as usize).copied().flatten();
                let nearer = next.map_or(0, |next| next.moves).checked_add(1) == Some(taker.moves);
                let free = certificate.prices.get(from as usize).copied().ok_or(VerifyError::Witness)?;
                if !nearer || flows.iter().all(|(sink, _)| *sink != from) {
                    return Err(VerifyError::Witness);
                }
                let moved = brings(sink)?.plus(brings(from as usize)?, -1).and_then(|moved| moved.plus(free, 1));
                moved.ok_or(VerifyError::Shape)?
            }
        };
        if brought != *price || left.get(sink).is_some_and(|left| *left > 0 && *price != Objective::ZERO) {
            return Err(VerifyError::Witness);
        }
    }
    Ok(())
}
