//! The verifier: checks a solution and its certificate from the problem alone, without code of the solver.
//!
//! Prices prove the bound by weak duality, level by level of the lexicographic objective: a unit contributes at most
//! the price of its places plus its surplus, so no solution exceeds all places at their prices plus the largest surplus
//! of every unit. Verification takes O(E log E) for E edges.

use std::{collections::BTreeMap, fmt};

use crate::{
    error::{Template, message},
    solver::problem::{Certificate, Edge, Flow, Objective, PriceWitness, Problem, Solution, Supply},
};

/// The number of look-ups of edges of one supply from which on a map pays off.
const MANY_LOOKUPS: usize = 16;

/// The reason why [`verify`] rejects a solution.
///
/// # Example: a price that is too high
///
/// ```
/// use lotse::solver::{Edge, Problem, SolveOptions, Supply, VerifyError, solve, verify};
/// let person = Supply::person(0, vec![Edge { sink: 0, kept: 0, value: 90 }]);
/// let problem = Problem { supplies: vec![person], capacities: vec![Some(2)] };
/// let mut solution = solve(&problem, SolveOptions::new())?;
/// solution.certificate.prices[0].value = 50;
/// let error = verify(&problem, &solution).unwrap_err();
/// assert_eq!(error, VerifyError::Bound);
/// assert_eq!(error.to_string(), "the prices do not prove the bound");
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum VerifyError {
    /// A list has the wrong length, or a sum overflows.
    Shape,
    /// A unit goes to a sink without an edge, more units go than there are, or a flow is not sorted.
    Flow,
    /// A fixed unit does not go to its sink.
    Fixed,
    /// A sink gets more units than it has places.
    Capacity,
    /// The objective is not that of the flows.
    Objective,
    /// A price is negative, or not 0 at a sink with unlimited capacity.
    Price,
    /// The prices do not prove the bound.
    Bound,
    /// A witness does not attain the price of its sink, or is missing.
    Witness,
}

impl VerifyError {
    /// Returns the message of an error with this cause.
    pub(crate) fn message(self) -> Template {
        match self {
            Self::Shape => message!("verify.shape"),
            Self::Flow => message!("verify.flow"),
            Self::Fixed => message!("verify.fixed"),
            Self::Capacity => message!("verify.capacity"),
            Self::Objective => message!("verify.objective"),
            Self::Price => message!("verify.price"),
            Self::Bound => message!("verify.bound"),
            Self::Witness => message!("verify.witness"),
        }
    }
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message().english)
    }
}

impl std::error::Error for VerifyError {}

/// Verifies a solution and its certificate from the problem alone.
///
/// It checks that the flows respect edges, counts, fixed sinks and capacities; that the objective is theirs; and that
/// the prices prove the bound. If every size is 1, the bound must equal the objective, and a witness must attain each
/// price, which is then exactly what one more place adds. With larger sizes the bound may be lower than the one that
/// prices prove, since the search can prove more; the prices must not contradict the objective.
///
/// # Errors
///
/// The first [`VerifyError`] that is found.
///
/// # Example: a solution is verified, a modified one is rejected
///
/// ```
/// use lotse::solver::{Edge, Problem, SolveOptions, Supply, VerifyError, solve, verify};
/// let person = |value| Supply::person(0, vec![Edge { sink: 0, kept: 0, value }]);
/// let problem = Problem { supplies: vec![person(90), person(80)], capacities: vec![Some(1)] };
/// let mut solution = solve(&problem, SolveOptions::new())?;
/// assert_eq!(verify(&problem, &solution), Ok(()));
/// solution.flows.swap(0, 1);
/// assert_eq!(verify(&problem, &solution), Err(VerifyError::Objective));
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn verify(problem: &Problem, solution: &Solution) -> Result<(), VerifyError> {
    let certificate = &solution.certificate;
    if solution.flows.len() != problem.supplies.len() || certificate.prices.len() != problem.capacities.len() {
        return Err(VerifyError::Shape);
    }
    let mut free: Vec<i128> = problem.capacities.iter().map(|places| places.map_or(i128::MAX, i128::from)).collect();
    let (mut objective, mut bound) = (Objective::ZERO, Objective::ZERO);
    for (supply, flow) in problem.supplies.iter().zip(&solution.flows) {
        objective = verify_flow(supply, flow, objective, &mut free)?;
        let surplus = largest_surplus(problem, supply, &certificate.prices)?;
        bound = bound.plus(surplus, i128::from(supply.count)).ok_or(VerifyError::Shape)?;
    }
    for (capacity, price) in problem.capacities.iter().zip(&certificate.prices) {
        if *price < Objective::ZERO || (capacity.is_none() && *price != Objective::ZERO) {
            return Err(VerifyError::Price);
        }
        bound = bound.plus(*price, capacity.map_or(0, i128::from)).ok_or(VerifyError::Shape)?;
    }
    if free.iter().any(|places| *places < 0) {
        return Err(VerifyError::Capacity);
    }
    if objective != solution.objective {
        return Err(VerifyError::Objective);
    }
    if problem.supplies.iter().any(|supply| supply.size != 1) {
        return if solution.bound < objective || bound < objective { Err(VerifyError::Bound) } else { Ok(()) };
    }
    if bound != solution.bound || bound != objective {
        return Err(VerifyError::Bound);
    }
    verify_witnesses(problem, solution, &free)
}

/// Verifies the flow of a supply, takes its places, and returns the objective with it.
fn verify_flow(
    supply: &Supply,
    flow: &Flow,
    mut objective: Objective,
    free: &mut [i128],
) -> Result<Objective, VerifyError> {
    let (mut units, mut last) = (0_u32, None);
    let edges = Edges::new(supply, flow.len());
    for (sink, count) in flow {
        let edge = edges.get(*sink).ok_or(VerifyError::Flow)?;
        if *count == 0 || last >= Some(*sink) {
            return Err(VerifyError::Flow);
        }
        last = Some(*sink);
        units = units.checked_add(*count).ok_or(VerifyError::Flow)?;
        let places = free.get_mut(*sink as usize).ok_or(VerifyError::Flow)?;
        *places = places.saturating_sub(i128::from(*count).saturating_mul(i128::from(supply.size)));
        objective = objective.plus(supply.unit_objective(edge), i128::from(*count)).ok_or(VerifyError::Shape)?;
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
    Ok(objective)
}

/// Returns the largest surplus of a unit: its objective minus the price of its places, or 0 if it is unserved.
fn largest_surplus(problem: &Problem, supply: &Supply, prices: &[Objective]) -> Result<Objective, VerifyError> {
    // A fixed unit has only one edge, and cannot remain unserved.
    let mut largest = supply.fixed.is_none().then_some(Objective::ZERO);
    for edge in supply.edges.iter().filter(|edge| supply.fixed.is_none_or(|fixed| fixed == edge.sink)) {
        let capacity = problem.capacities.get(edge.sink as usize).copied().flatten();
        // No solution uses an edge to a sink that is too small for one unit.
        if capacity.is_some_and(|capacity| capacity < u64::from(supply.size)) {
            continue;
        }
        let price = prices.get(edge.sink as usize).ok_or(VerifyError::Shape)?;
        let objective = supply.unit_objective(edge);
        let surplus = match supply.size {
            1 => objective.minus(*price),
            size => objective.plus(*price, i128::from(size).saturating_neg()),
        };
        largest = largest.max(Some(surplus.ok_or(VerifyError::Shape)?));
    }
    Ok(largest.unwrap_or(Objective::ZERO))
}

/// Verifies that each price is what the move of its witness adds.
fn verify_witnesses(problem: &Problem, solution: &Solution, free: &[i128]) -> Result<(), VerifyError> {
    let Certificate { prices, witnesses } = &solution.certificate;
    if witnesses.len() != prices.len() {
        return Err(VerifyError::Shape);
    }
    let mut sinks_of: BTreeMap<u32, Vec<(u32, &PriceWitness)>> = BTreeMap::new();
    for ((sink, (price, witness)), free) in (0_u32..).zip(prices.iter().zip(witnesses)).zip(free) {
        match witness {
            Some(_) if *free > 0 && *price != Objective::ZERO => return Err(VerifyError::Witness),
            Some(witness) => sinks_of.entry(witness.supply).or_default().push((sink, witness)),
            None if *price != Objective::ZERO => return Err(VerifyError::Witness),
            None => {}
        }
    }
    for (supply, sinks) in sinks_of {
        let flow = solution.flows.get(supply as usize).ok_or(VerifyError::Witness)?;
        let supply = problem.supplies.get(supply as usize).filter(|supply| supply.fixed.is_none());
        let supply = supply.ok_or(VerifyError::Witness)?;
        let unit = WitnessUnit {
            supply,
            edges: Edges::new(supply, sinks.len()),
            flow,
            is_served: flow.iter().fold(0_u32, |sum, (_, count)| sum.saturating_add(*count)) >= supply.count,
        };
        for (sink, witness) in sinks {
            let price = prices.get(sink as usize).ok_or(VerifyError::Shape)?;
            if unit.gain(solution, sink, witness)? != *price {
                return Err(VerifyError::Witness);
            }
        }
    }
    Ok(())
}

/// The supply of a witness.
struct WitnessUnit<'a> {
    supply: &'a Supply,
    edges: Edges<'a>,
    // INVARIANT: sorted by sink.
    flow: &'a Flow,
    /// `true` if no unit is unserved.
    is_served: bool,
}

impl WitnessUnit<'_> {
    /// Returns what the move of a witness to a sink adds, together with the chain of moves that it causes.
    fn gain(&self, solution: &Solution, sink: u32, witness: &PriceWitness) -> Result<Objective, VerifyError> {
        let certificate = &solution.certificate;
        let objective = |sink: u32| {
            let edge = self.edges.get(sink).ok_or(VerifyError::Witness)?;
            Ok(self.supply.unit_objective(edge))
        };
        let Some(from) = witness.from else {
            if self.is_served || witness.moves != 1 {
                return Err(VerifyError::Witness);
            }
            return objective(sink);
        };
        // The place that becomes free adds its price, which the witness of that sink attains with one move fewer. So chains
        // end.
        let next = certificate.witnesses.get(from as usize).copied().flatten();
        let is_shorter = next.map_or(0, |next| next.moves).checked_add(1) == Some(witness.moves);
        let price = certificate.prices.get(from as usize).copied().ok_or(VerifyError::Witness)?;
        if !is_shorter || self.flow.binary_search_by_key(&from, |(sink, _)| *sink).is_err() {
            return Err(VerifyError::Witness);
        }
        let difference = objective(sink)?.minus(objective(from)?).and_then(|difference| difference.plus(price, 1));
        difference.ok_or(VerifyError::Shape)
    }
}

/// The edges of a supply, for look-ups by sink.
enum Edges<'a> {
    Few(&'a [Edge]),
    Many(BTreeMap<u32, &'a Edge>),
}

impl<'a> Edges<'a> {
    fn new(supply: &'a Supply, lookups: usize) -> Self {
        if lookups < MANY_LOOKUPS {
            return Self::Few(&supply.edges);
        }
        Self::Many(supply.edges.iter().map(|edge| (edge.sink, edge)).collect())
    }

    fn get(&self, sink: u32) -> Option<&'a Edge> {
        match self {
            Self::Few(edges) => edges.iter().find(|edge| edge.sink == sink),
            Self::Many(edges) => edges.get(&sink).copied(),
        }
    }
}
