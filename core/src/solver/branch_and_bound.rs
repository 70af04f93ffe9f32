//! Branch and bound over parties: single people fit themselves in, so only whom the relaxed plan tears apart is decided about.
//!
//! Each step solves the problem in which everyone goes [alone](super::relaxation). If nobody is torn apart by it, it is a plan; if it is
//! worth no more than the best plan known, nothing below it is better; otherwise the largest party that is torn apart goes to
//! the sink where most of it is, or does not. Ways that lose more than there is to be won are left out at once.

use std::cmp::Reverse;

use crate::solver::{
    problem::{Flow, Objective, Problem, Solution, Supply},
    reduced_costs::{bound, narrow},
    relaxation::alone,
    transport,
};
use crate::util::{progress::ProgressReporter, sort::sort};

/// Most parties that are not fixed.
const MOST_PARTIES: u64 = 60;
/// How many edges all steps together look at: less than a second of work.
const MOST_EDGES: usize = 4_000_000;

/// A plan that is better than one worth `known`, if one is found; and whether it is certain that no better one exists.
pub(crate) fn better_than(
    known: Objective,
    problem: &Problem,
    progress: &ProgressReporter<'_>,
) -> (Option<Vec<Flow>>, bool) {
    let free = problem.supplies.iter().filter(|supply| supply.size > 1 && supply.fixed.is_none());
    if free.map(|supply| u64::from(supply.count)).sum::<u64>() > MOST_PARTIES {
        return (None, false);
    }
    let (apart, owner) = one_by_one(problem);
    let mut branch = Branch { best: known, found: None, edges: MOST_EDGES, progress };
    let whole = branch.step(apart).is_some();
    let found = branch.found.map(|flows| {
        let mut together: Vec<Flow> = vec![Vec::new(); problem.supplies.len()];
        for (flow, owner) in flows.into_iter().zip(owner) {
            let Some(all) = together.get_mut(owner) else { continue };
            for (sink, units) in flow {
                match all.iter_mut().find(|(present, _)| *present == sink) {
                    Some((_, count)) => *count = count.saturating_add(units),
                    None => all.push((sink, units)),
                }
            }
            sort(all);
        }
        together
    });
    (found, whole)
}

/// The problem with each free party as a supply of its own, and the supply that it was of.
fn one_by_one(problem: &Problem) -> (Problem, Vec<usize>) {
    let mut apart = Problem { supplies: Vec::new(), capacities: problem.capacities.clone() };
    let mut owner = Vec::new();
    for (number, supply) in problem.supplies.iter().enumerate() {
        let (times, count) =
            if supply.size > 1 && supply.fixed.is_none() { (supply.count, 1) } else { (1, supply.count) };
        for _ in 0..times {
            apart.supplies.push(Supply { count, ..supply.clone() });
            owner.push(number);
        }
    }
    (apart, owner)
}

struct Branch<'a> {
    best: Objective,
    found: Option<Vec<Flow>>,
    edges: usize,
    progress: &'a ProgressReporter<'a>,
}

impl Branch<'_> {
    /// Looks for a better plan of the problem; nothing where it was not looked through.
    fn step(&mut self, mut problem: Problem) -> Option<()> {
        let edges: usize = problem.supplies.iter().map(|supply| supply.edges.len().saturating_add(1)).sum();
        self.edges = self.edges.checked_sub(edges)?;
        if !fixed_fit(&problem) {
            return Some(());
        }
        let (relaxed, parts) = alone(&problem)?;
        let Solution { flows, objective, certificate, .. } = transport::solve(&relaxed, self.progress).ok()?;
        let priced = bound(&problem, &certificate.prices)?;
        if priced.min(objective) <= self.best {
            return Some(());
        }
        let torn = |(number, supply): (usize, &Supply)| {
            let places = places_of(flows.get(parts.get(number)?.clone())?);
            let (sink, most) = places.iter().copied().max_by_key(|(sink, most)| (*most, Reverse(*sink)))?;
            let torn = supply.size > 1 && supply.fixed.is_none() && most < u64::from(supply.size);
            torn.then_some((supply.size, Reverse(number), sink))
        };
        let Some((_, Reverse(party), sink)) = problem.supplies.iter().enumerate().filter_map(torn).max() else {
            let whole = problem.supplies.iter().zip(parts).map(|(supply, parts)| {
                let places = places_of(flows.get(parts)?);
                let units = places.into_iter().map(|(sink, places)| (sink, places.checked_div(u64::from(supply.size))));
                units.map(|(sink, units)| Some((sink, u32::try_from(units?).ok()?))).collect::<Option<Flow>>()
            });
            self.found = Some(whole.collect::<Option<Vec<Flow>>>()?);
            self.best = objective;
            return Some(());
        };
        narrow(&mut problem, &certificate.prices, priced.plus(self.best, -1)?)?;
        let supply = problem.supplies.get_mut(party)?;
        if supply.fixed.is_none() && supply.edges.iter().any(|edge| edge.sink == sink) {
            supply.fixed = Some(sink);
            let mut without = problem.clone();
            let supply = without.supplies.get_mut(party)?;
            supply.fixed = None;
            supply.edges.retain(|edge| edge.sink != sink);
            self.step(problem)?;
            return self.step(without);
        }
        self.step(problem)
    }
}

/// Whether all who are fixed have a place.
fn fixed_fit(problem: &Problem) -> bool {
    let mut taken = vec![0_u64; problem.capacities.len()];
    for supply in &problem.supplies {
        if let Some(taken) = supply.fixed.and_then(|sink| taken.get_mut(sink as usize)) {
            *taken = taken.saturating_add(u64::from(supply.count).saturating_mul(u64::from(supply.size)));
        }
    }
    problem.capacities.iter().zip(taken).all(|(places, taken)| places.is_none_or(|places| taken <= places))
}

/// How many places the parts of a supply have at each sink.
fn places_of(parts: &[Flow]) -> Vec<(u32, u64)> {
    let mut places: Vec<(u32, u64)> = Vec::new();
    for (sink, count) in parts.iter().flatten() {
        match places.iter_mut().find(|(present, _)| present == sink) {
            Some((_, sum)) => *sum = sum.saturating_add(u64::from(*count)),
            None => places.push((*sink, u64::from(*count))),
        }
    }
    sort(&mut places);
    places
}
