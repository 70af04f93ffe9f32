//! Parts of a problem that have nothing to do with each other: no supply of one can go to a sink of another.
#![expect(clippy::indexing_slicing, reason = "positions come from a checked problem, or are made here")]

use crate::solver::problem::{Certificate, Edge, Flow, Objective, PriceWitness, Problem, Solution, Supply};

/// One part, with the positions of its supplies and sinks in the whole.
pub(crate) struct Part {
    pub(crate) problem: Problem,
    supplies: Vec<u32>,
    sinks: Vec<u32>,
}

/// All parts that have a supply, in the order of their first sinks; none where they are not at least two.
pub(crate) fn parts(problem: &Problem) -> Vec<Part> {
    let sinks: Vec<u32> = (0_u32..).zip(&problem.capacities).map(|(sink, _)| sink).collect();
    let mut above = sinks.clone();
    for supply in &problem.supplies {
        let mut reached = reached(supply);
        let Some(first) = reached.next() else { continue };
        for other in reached {
            let (one, other) = (top(&mut above, first), top(&mut above, other));
            // The smaller position stays on top, so that the parts do not hang on the order of supplies.
            above[one.max(other) as usize] = one.min(other);
        }
    }
    let mut of_top: Vec<Option<usize>> = vec![None; sinks.len()];
    let mut parts: Vec<Part> = Vec::new();
    let mut numbers = vec![0_u32; sinks.len()];
    let mut used = vec![false; sinks.len()];
    for sink in problem.supplies.iter().filter_map(|supply| reached(supply).next()) {
        used[top(&mut above, sink) as usize] = true;
    }
    if used.iter().filter(|used| **used).count() < 2 {
        return parts;
    }
    for sink in sinks {
        let top = top(&mut above, sink) as usize;
        if !used[top] {
            continue;
        }
        let number = *of_top[top].get_or_insert_with(|| {
            parts.push(Part { problem: Problem::default(), supplies: Vec::new(), sinks: Vec::new() });
            parts.len().saturating_sub(1)
        });
        let part = &mut parts[number];
        numbers[sink as usize] = u32::try_from(part.sinks.len()).unwrap_or(u32::MAX);
        part.sinks.push(sink);
        part.problem.capacities.push(problem.capacities[sink as usize]);
    }
    for (position, supply) in (0_u32..).zip(&problem.supplies) {
        let Some(first) = reached(supply).next() else { continue };
        let Some(number) = of_top[top(&mut above, first) as usize] else { continue };
        let edges = supply.edges.iter().map(|edge| Edge { sink: numbers[edge.sink as usize], ..*edge });
        let fixed = supply.fixed.map(|sink| numbers[sink as usize]);
        parts[number].supplies.push(position);
        parts[number].problem.supplies.push(Supply { edges: edges.collect(), fixed, ..*supply });
    }
    parts
}

/// The sinks that a supply can go to, or must.
fn reached(supply: &Supply) -> impl Iterator<Item = u32> + '_ {
    supply.edges.iter().map(|edge| edge.sink).chain(supply.fixed)
}

/// The first sink of those that belong together.
fn top(above: &mut [u32], mut sink: u32) -> u32 {
    while above[sink as usize] != sink {
        let next = above[above[sink as usize] as usize];
        above[sink as usize] = next;
        sink = next;
    }
    sink
}

/// The solution of the whole; nothing where a sum overflows.
pub(crate) fn together(problem: &Problem, parts: &[Part], solutions: Vec<Solution>) -> Option<Solution> {
    let mut flows = vec![Flow::new(); problem.supplies.len()];
    let mut whole = Solution {
        flows: Vec::new(),
        objective: Objective::ZERO,
        bound: Objective::ZERO,
        certificate: Certificate {
            prices: vec![Objective::ZERO; problem.capacities.len()],
            witnesses: vec![None; problem.capacities.len()],
        },
    };
    for (part, solution) in parts.iter().zip(solutions) {
        whole.objective = whole.objective.plus(solution.objective, 1)?;
        whole.bound = whole.bound.plus(solution.bound, 1)?;
        for (supply, flow) in part.supplies.iter().zip(solution.flows) {
            flows[*supply as usize] =
                flow.into_iter().map(|(sink, units)| (part.sinks[sink as usize], units)).collect();
        }
        let certified = solution.certificate.prices.into_iter().zip(solution.certificate.witnesses);
        for (sink, (price, taker)) in part.sinks.iter().zip(certified) {
            whole.certificate.prices[*sink as usize] = price;
            whole.certificate.witnesses[*sink as usize] = taker.map(|taker| PriceWitness {
                supply: part.supplies[taker.supply as usize],
                from: taker.from.map(|from| part.sinks[from as usize]),
                ..taker
            });
        }
    }
    Some(Solution { flows, ..whole })
}
