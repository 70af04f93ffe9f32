//! Single places: the best plan, and the smallest prices that prove it.
//!
//! A [network simplex](super::simplex) finds the plan, [one more search](super::duals) the smallest prices.
//!
//! Why this way: of four that were measured it was the fastest on every shape. With 1 000 needs × 200 offers it took 5 ms, with
//! 10 000 × 2 000 (40 ways each) 70 ms, prices and check included; shortest paths over offers took 18 ms and 1.15 s, an
//! auction 50 ms and 1.6 s, and cost scaling (OR-Tools) 24 ms and 0.53 s. Its steps touch few nodes, since most supplies hang
//! right below a sink and need not be touched; it can begin with a plan that is nearly right; and levels stay exact, as no
//! costs are scaled. The whole table is in `benches/README.md`.

use crate::solver::{
    components, duals,
    lexicographic::{Number, Scale},
    network::Network,
    problem::{CLASSES, Certificate, Flow, Objective, Problem, Solution, too_large},
    simplex,
};
use crate::{
    error::Error,
    util::{parallel, progress::ProgressReporter},
};

/// The best plan for a problem in which every size is 1.
///
/// Parts that have nothing to do with each other are solved beside each other.
pub(crate) fn solve(problem: &Problem, progress: &ProgressReporter<'_>) -> Result<Solution, Error> {
    let parts = components::parts(problem);
    if parts.is_empty() {
        return solve_whole(problem, progress);
    }
    let solved = parallel::map(&parts, |part| solve_whole(&part.problem, progress));
    components::together(problem, &parts, solved.into_iter().collect::<Result<_, _>>()?).ok_or_else(too_large)
}

fn solve_whole(problem: &Problem, progress: &ProgressReporter<'_>) -> Result<Solution, Error> {
    let scale = scale(problem).ok_or_else(too_large)?;
    if scale.is_short() {
        solve_in::<i64>(problem, &scale, progress)
    } else {
        solve_in::<i128>(problem, &scale, progress)
    }
}

fn solve_in<N: Number>(problem: &Problem, scale: &Scale, progress: &ProgressReporter<'_>) -> Result<Solution, Error> {
    let network = Network::<N>::of(problem, scale)?;
    let (along, mut prices) = progress.unless_cancelled(simplex::walk(&network, progress))?;
    let takers = duals::lower(&network, &along, &mut prices);
    let flows = (0..).zip(&problem.supplies).map(|(number, supply)| match supply.fixed {
        Some(sink) => Vec::from_iter((supply.count > 0).then_some((sink, supply.count))),
        None => network.flow_of(number, &along),
    });
    let flows: Vec<Flow> = flows.collect();
    let objective = worth_of(problem, &flows).ok_or_else(too_large)?;
    let prices = prices.into_iter().map(|price| scale.decode(price.into())).collect();
    Ok(Solution { flows, objective, bound: objective, certificate: Certificate { prices, witnesses: takers } })
}

/// A scale for what a path or cycle can add up to: it enters and leaves each sink at most once, and serves or leaves at most two
/// units.
fn scale(problem: &Problem) -> Option<Scale> {
    let steps = i128::try_from(problem.capacities.len()).ok()?.checked_add(1)?.checked_mul(2)?;
    let (mut people, mut kept, mut value) = ([0; CLASSES], 0, 0);
    for supply in &problem.supplies {
        for (most, people) in people.iter_mut().zip(supply.people) {
            *most = people.max(*most);
        }
        for edge in &supply.edges {
            (kept, value) = (edge.kept.max(kept), edge.value.unsigned_abs().max(value));
        }
    }
    Scale::for_sums_up_to(Objective {
        people: people.map(|people| i128::from(people).saturating_mul(2)),
        kept: steps.checked_mul(i128::from(kept))?,
        value: steps.checked_mul(i128::from(value))?,
    })
}

/// What a plan is worth; nothing where a sum overflows.
pub(crate) fn worth_of(problem: &Problem, flows: &[Flow]) -> Option<Objective> {
    let mut worth = Objective::ZERO;
    for (supply, flow) in problem.supplies.iter().zip(flows) {
        for (sink, units) in flow {
            if let Some(edge) = supply.edges.iter().find(|edge| edge.sink == *sink) {
                worth = worth.plus(supply.unit_objective(edge), i128::from(*units))?;
            }
        }
    }
    Some(worth)
}
