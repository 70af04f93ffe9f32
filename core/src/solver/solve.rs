//! The entry point: checks the problem, selects the algorithm by the sizes of units, and verifies the solution.

use std::fmt;

use crate::solver::{
    certificate,
    index::SupplyIdx,
    integral,
    problem::{Problem, Solution, Supply, detail},
    transport,
};
use crate::{
    error::{Error, ErrorDetail, ErrorKind, ErrorSink, message},
    util::progress::{NO_PROGRESS, ProgressFn, ProgressReporter},
};

/// The largest capacity of a sink.
const MAX_CAPACITY: u64 = 1_000_000_000_000;

/// Solves a problem and verifies the solution before it is returned.
///
/// The solution serves the most people of class 0, then of class 1, 2 and 3; among such solutions it keeps the most of
/// an earlier plan; among these its value is highest. If every size is 1, it is a proven optimum. Otherwise the problem
/// is NP-hard: the solution is optimal if the search finishes, and [`Solution::bound`] limits the distance to the
/// optimum.
///
/// Which of several optimal solutions is returned depends on the order of supplies and sinks; the objective, and with
/// sizes of 1 the prices, do not.
///
/// # Errors
///
/// - `problem.sink`: an edge or a fixed sink that does not exist, an edge to the same sink twice, or a fixed sink
///   without edge
/// - `problem.range`: a size of 0, or a capacity above 10¹²
/// - `problem.fixed`: the fixed units of a sink need more places than it has
/// - `problem.too_large`: a sum could overflow 128 bits; or, with sizes above 1, there are more than 10⁷ units, or a
///   supply takes 2³² places or more
/// - `problem.unverified`: a defect of this library, which [`verify`](super::verify) has detected
/// - `cancelled`: the progress callback cancelled the search
///
/// # Example: a transportation problem
///
/// ```
/// use lotse::solver::{Edge, Problem, SolveOptions, Supply, solve};
/// let to = |sink, cost: i64| Edge { sink, kept: 0, value: -cost };
/// let problem = Problem {
///     supplies: vec![
///         Supply { count: 20, ..Supply::person(0, vec![to(0, 8), to(1, 6)]) },
///         Supply { count: 10, ..Supply::person(0, vec![to(0, 5), to(1, 4)]) },
///     ],
///     capacities: vec![Some(15), Some(18)],
/// };
/// let solution = solve(&problem, SolveOptions::new())?;
/// assert_eq!(solution.flows, [vec![(0, 2), (1, 18)], vec![(0, 10)]]);
/// assert_eq!((solution.objective.people[0], solution.objective.value), (30, -174));
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn solve(problem: &Problem, options: SolveOptions<'_>) -> Result<Solution, Error> {
    solve_reporting(problem, &ProgressReporter::new(options.progress.unwrap_or(NO_PROGRESS)))
}

/// The options of [`solve`].
///
/// # Example: cancel the search
///
/// ```
/// use std::ops::ControlFlow;
/// use lotse::{ErrorKind, ProgressFn, solver::{Edge, Problem, SolveOptions, Supply, solve}};
/// let pair = Supply { size: 2, ..Supply::person(0, vec![Edge { sink: 0, kept: 0, value: 9 }]) };
/// let problem = Problem { supplies: vec![pair], capacities: vec![Some(3)] };
/// let cancel: &ProgressFn<'_> = &|progress| {
///     assert_eq!(progress.total, None);
///     ControlFlow::Break(())
/// };
/// let error = solve(&problem, SolveOptions::new().progress(cancel)).unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Cancelled);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Copy, Default)]
#[non_exhaustive]
pub struct SolveOptions<'a> {
    progress: Option<&'a ProgressFn<'a>>,
}

impl<'a> SolveOptions<'a> {
    /// Creates options without a progress callback.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the progress callback, which can cancel the search. It is called often, with a `total` of `None`, since the
    /// amount of work is not known in advance; for a small problem it may not be called at all.
    ///
    /// # Example
    ///
    /// ```
    /// use std::ops::ControlFlow;
    /// use lotse::solver::{Problem, SolveOptions, solve};
    /// let solution = solve(&Problem::default(), SolveOptions::new().progress(&|_| ControlFlow::Continue(())))?;
    /// assert!(solution.flows.is_empty());
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn progress(self, on_progress: &'a ProgressFn<'a>) -> Self {
        Self { progress: Some(on_progress) }
    }
}

impl fmt::Debug for SolveOptions<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SolveOptions").field("progress", &self.progress.is_some()).finish()
    }
}

/// Solves a problem as part of a longer operation.
///
/// # Errors
///
/// Those of [`solve`].
pub(crate) fn solve_reporting(problem: &Problem, progress: &ProgressReporter<'_>) -> Result<Solution, Error> {
    verified(problem, solve_unverified(problem, progress)?)
}

/// Solves a problem as a step of a method that verifies only its last solution.
///
/// # Errors
///
/// Those of [`solve`], except `problem.unverified`.
pub(crate) fn solve_unverified(problem: &Problem, progress: &ProgressReporter<'_>) -> Result<Solution, Error> {
    check(problem)?;
    let solution = if problem.supplies.iter().all(|supply| supply.size == 1) {
        transport::solve(problem, progress)?
    } else {
        integral::solve(problem, progress)?
    };
    progress.unless_cancelled(solution)
}

/// Returns a solution if it is verified.
///
/// # Errors
///
/// `problem.unverified`.
pub(crate) fn verified(problem: &Problem, solution: Solution) -> Result<Solution, Error> {
    match certificate::verify(problem, &solution) {
        Ok(()) => Ok(solution),
        Err(error) => Err(Error::new(ErrorDetail::new(ErrorKind::Internal, "problem.unverified", error.message()))),
    }
}

/// Checks a problem.
///
/// # Errors
///
/// `problem.range`, `problem.sink` and `problem.fixed`, all of them at once.
fn check(problem: &Problem) -> Result<(), Error> {
    let mut errors = ErrorSink::default();
    for (sink, capacity) in problem.capacities.iter().enumerate() {
        if capacity.is_some_and(|capacity| capacity > MAX_CAPACITY) {
            errors.push(detail(
                ErrorKind::Value,
                "problem.range",
                format!("capacities[{sink}]"),
                message!("problem.capacity"),
            ));
        }
    }
    // The last supply with an edge to each sink.
    let mut reached_by: Vec<Option<SupplyIdx>> = vec![None; problem.capacities.len()];
    for (index, supply) in problem.enumerate_supplies() {
        check_supply(&mut errors, index, supply, &mut reached_by);
    }
    check_fixed(&mut errors, problem);
    errors.into_result(())
}

fn check_supply(errors: &mut ErrorSink, index: SupplyIdx, supply: &Supply, reached_by: &mut [Option<SupplyIdx>]) {
    let SupplyIdx(number) = index;
    if supply.size == 0 {
        let path = format!("supplies[{number}].size");
        errors.push(detail(ErrorKind::Value, "problem.range", path, message!("problem.size")));
    }
    for (position, edge) in supply.edges.iter().enumerate() {
        match reached_by.get_mut(edge.sink as usize) {
            Some(last) if *last != Some(index) => *last = Some(index),
            _ => {
                let path = format!("supplies[{number}].edges[{position}].sink");
                errors.push(detail(ErrorKind::Unknown, "problem.sink", path, message!("problem.sink")));
            }
        }
    }
    if supply.fixed.is_some_and(|sink| supply.edges.iter().all(|edge| edge.sink != sink)) {
        let path = format!("supplies[{number}].fixed");
        errors.push(detail(ErrorKind::Unknown, "problem.sink", path, message!("problem.no_edge")));
    }
}

/// Reports every sink whose fixed units need more places than it has.
fn check_fixed(errors: &mut ErrorSink, problem: &Problem) {
    let mut needed = vec![0_u64; problem.capacities.len()];
    for supply in &problem.supplies {
        let sink = supply.fixed.filter(|sink| supply.edges.iter().any(|edge| edge.sink == *sink));
        if let Some(needed) = sink.and_then(|sink| needed.get_mut(sink as usize)) {
            *needed = needed.saturating_add(u64::from(supply.count).saturating_mul(u64::from(supply.size)));
        }
    }
    for (sink, (capacity, needed)) in problem.capacities.iter().zip(&needed).enumerate() {
        if capacity.is_some_and(|capacity| capacity < *needed) {
            let path = format!("capacities[{sink}]");
            let message = message!("problem.fixed");
            errors.push(detail(ErrorKind::Conflict, "problem.fixed", path, message));
        }
    }
}
