//! The allocation problem without the field: supplies, places, and what each pairing is worth.
//!
//! A [`Problem`] has *sinks* with a number of places each, and *supplies*: units that are alike, each of which takes `size`
//! places of one sink or stays unserved. A plan is best when it serves the most people of the first class, then of the
//! second and so on; of those plans the one that keeps the most, and of those the one of most value. These levels are
//! compared one by one and are never added up.
//!
//! Where every size is 1 the plan is a proven optimum. Otherwise it is one where few units of several places could go otherwise, and
//! else a plan with a proven bound. Both come with a [`Certificate`], which [`verify`](crate::solver::verify) checks on its own.
//!
//! # Example: one place, two who could have it
//!
//! ```
//! use lotse::solver::{Edge, Problem, Supply, solve};
//! let to = |sink, value| Edge { sink, kept: 0, value };
//! let problem = Problem {
//!     supplies: vec![
//!         Supply::person(1, vec![to(0, 90), to(1, 20)]),
//!         Supply::person(1, vec![to(0, 80)]),
//!     ],
//!     capacities: vec![Some(1), None],
//! };
//! let solution = solve(&problem)?;
//! // Both are served, though the first one would rather go to sink 0.
//! assert_eq!(solution.flows, [vec![(1, 1)], vec![(0, 1)]]);
//! assert_eq!((solution.objective.people, solution.objective.value), ([0, 2, 0, 0], 100));
//! // One more place at sink 0 would add 70.
//! assert_eq!(solution.certificate.prices[0].value, 70);
//! # Ok::<(), lotse::Error>(())
//! ```

use std::ops::RangeInclusive;

use crate::solver::{certificate, integral, transport};
use crate::{
    error::{Error, ErrorDetail, ErrorKind, ErrorSink},
    util::progress::{ProgressFn, ProgressReporter},
};

/// How many classes of people there are, the first one first.
pub const CLASSES: usize = 4;

/// Most units, places and people of one supply or sink.
const MOST: RangeInclusive<u64> = 0..=1_000_000_000_000;

/// Supplies and the places they compete for.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Problem {
    /// Who is to be served.
    pub supplies: Vec<Supply>,
    /// The places of each sink; nothing where there is no limit. At most 10¹².
    pub capacities: Vec<Option<u64>>,
}

/// Units that are alike: each takes `size` places of one sink, or none.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Supply {
    /// How many units there are.
    pub count: u32,
    /// How many places one unit takes; at least 1.
    pub size: u32,
    /// How many people of each class one unit serves.
    pub people: [u32; CLASSES],
    /// The sinks to which it can go, each at most once.
    pub edges: Vec<Edge>,
    /// The sink that all units must go to; it is one of `edges`.
    pub fixed: Option<u32>,
}

impl Supply {
    /// Single people of one class, 0 to 3; a class beyond is the last one.
    pub fn person(class: usize, edges: Vec<Edge>) -> Self {
        let mut people = [0; CLASSES];
        if let Some(count) = people.get_mut(class.min(CLASSES.saturating_sub(1))) {
            *count = 1;
        }
        Self { count: 1, size: 1, people, edges, fixed: None }
    }

    /// What one unit is worth along one edge.
    pub fn unit_objective(&self, edge: &Edge) -> Objective {
        Objective { people: self.people.map(i128::from), kept: i128::from(edge.kept), value: i128::from(edge.value) }
    }
}

/// A sink to which a supply can go, and what one unit is worth there beside the people it serves.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Edge {
    /// The position of the sink in [`Problem::capacities`].
    pub sink: u32,
    /// How much of an earlier plan is kept by it.
    pub kept: u32,
    /// Its value.
    pub value: i64,
}

/// What a plan, a unit or a place is worth, level by level: people by class, what is kept, value. The order is that of the
/// levels.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub struct Objective {
    /// People served, of each class.
    pub people: [i128; CLASSES],
    /// How much is kept.
    pub kept: i128,
    /// The value.
    pub value: i128,
}

impl Objective {
    /// Nothing.
    pub const ZERO: Self = Self { people: [0; CLASSES], kept: 0, value: 0 };

    /// The levels in their order.
    pub(crate) fn levels(self) -> [i128; CLASSES + 2] {
        let [first, second, third, fourth] = self.people;
        [first, second, third, fourth, self.kept, self.value]
    }

    pub(crate) fn from_levels([first, second, third, fourth, kept, value]: [i128; CLASSES + 2]) -> Self {
        Self { people: [first, second, third, fourth], kept, value }
    }

    /// `self + other × times`, where no level overflows.
    pub(crate) fn plus(self, other: Self, times: i128) -> Option<Self> {
        let mut levels = self.levels();
        // Most levels are nothing, and most sums take or give one unit: a product of 128 bits takes long.
        for (level, more) in levels.iter_mut().zip(other.levels()).filter(|(_, more)| *more != 0) {
            let more = match times {
                1 => more,
                -1 => more.checked_neg()?,
                _ => more.checked_mul(times)?,
            };
            *level = level.checked_add(more)?;
        }
        Some(Self::from_levels(levels))
    }
}

/// The sinks to which the units of one supply go, and how many units go there, in the order of sinks.
pub type Flow = Vec<(u32, u32)>;

/// A plan for a [`Problem`], and the proof of how good it is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Solution {
    /// Where the units of each supply go.
    pub flows: Vec<Flow>,
    /// What the plan is worth.
    pub objective: Objective,
    /// What no plan can exceed. Equal to `objective` where the plan is a proven optimum.
    pub bound: Objective,
    /// What one more place at each sink would add, and why nothing better exists.
    pub certificate: Certificate,
}

/// Prices that prove a bound: no plan is worth more than what all places cost, and what each unit gains beyond the price.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Certificate {
    /// What one more place at each sink would add. Exact where every size is 1, else an estimate.
    pub prices: Vec<Objective>,
    /// Who would take one more place at each sink; nothing where nobody would. Empty where some size is above 1.
    pub witnesses: Vec<Option<PriceWitness>>,
}

/// Who would take one more place, and where that one comes from.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct PriceWitness {
    /// The position of the supply.
    pub supply: u32,
    /// The sink whose place becomes free by it; nothing where the unit had none.
    pub from: Option<u32>,
    /// How many units move until one comes that had no place, or a place stays free; at least 1.
    pub moves: u32,
}

/// The best plan, verified before it is returned.
///
/// The answer depends on the order of supplies and sinks only where plans are equally good.
///
/// # Errors
///
/// `problem.sink` for an edge or fixed sink that is not there, stands twice or is not allowed; `problem.range` for a number out
/// of range; `problem.fixed` where the fixed units of a sink exceed its places; `problem.too_large` where sums would
/// overflow 128 bits, and with sizes above 1 where there are more than 10⁷ units or a supply takes more than 2³² places;
/// `problem.unverified` if the plan failed its own check, which would be a defect of this library.
pub fn solve(problem: &Problem) -> Result<Solution, Error> {
    solve_reporting(problem, &ProgressReporter::silent())
}

/// As [`solve`], and asks `look(0, 0)` now and then whether to go on.
///
/// # Errors
///
/// As [`solve`], and `stopped` where it was stopped.
pub fn solve_with(problem: &Problem, on_progress: &ProgressFn<'_>) -> Result<Solution, Error> {
    solve_reporting(problem, &ProgressReporter::new(on_progress))
}

pub(crate) fn solve_reporting(problem: &Problem, progress: &ProgressReporter<'_>) -> Result<Solution, Error> {
    check(problem)?;
    let solution = if problem.supplies.iter().all(|supply| supply.size == 1) {
        transport::solve(problem, progress)?
    } else {
        integral::solve(problem, progress)?
    };
    let solution = progress.unless_cancelled(solution)?;
    match certificate::verify(problem, &solution) {
        Ok(()) => Ok(solution),
        Err(flaw) => Err(error(ErrorKind::Internal, "problem.unverified", String::new(), flaw.to_string())),
    }
}

fn check(problem: &Problem) -> Result<(), Error> {
    let mut problems = ErrorSink::default();
    let sinks = problem.capacities.len();
    let mut taken = vec![0_u64; sinks];
    for (index, places) in problem.capacities.iter().enumerate() {
        if places.is_some_and(|places| !MOST.contains(&places)) {
            problems.push(detail(ErrorKind::Value, "problem.range", format!("capacities[{index}]"), "too many places"));
        }
    }
    let mut stamp = vec![usize::MAX; sinks];
    for (index, supply) in problem.supplies.iter().enumerate() {
        if supply.size == 0 {
            let path = format!("supplies[{index}].size");
            problems.push(detail(ErrorKind::Value, "problem.range", path, "a unit takes at least one place"));
        }
        for (place, edge) in supply.edges.iter().enumerate() {
            match stamp.get_mut(edge.sink as usize) {
                Some(last) if *last != index => *last = index,
                _ => {
                    let path = format!("supplies[{index}].edges[{place}].sink");
                    problems.push(detail(ErrorKind::Unknown, "problem.sink", path, "no such sink, or a second time"));
                }
            }
        }
        if let Some(sink) = supply.fixed {
            if supply.edges.iter().all(|edge| edge.sink != sink) {
                let path = format!("supplies[{index}].fixed");
                problems.push(detail(ErrorKind::Unknown, "problem.sink", path, "not one of the edges"));
            } else if let Some(taken) = taken.get_mut(sink as usize) {
                *taken = taken.saturating_add(u64::from(supply.count).saturating_mul(u64::from(supply.size)));
            }
        }
    }
    for (index, (places, taken)) in problem.capacities.iter().zip(&taken).enumerate() {
        if places.is_some_and(|places| places < *taken) {
            let path = format!("capacities[{index}]");
            problems.push(detail(
                ErrorKind::Conflict,
                "problem.fixed",
                path,
                "more units are fixed than it has places",
            ));
        }
    }
    problems.into_result(())
}

pub(crate) fn too_large() -> Error {
    error(
        ErrorKind::Value,
        "problem.too_large",
        String::new(),
        "the numbers of this problem are too large to be added up",
    )
}

fn error(
    kind: ErrorKind,
    code: &'static str,
    path: String,
    message: impl Into<std::borrow::Cow<'static, str>>,
) -> Error {
    Error::new(detail(kind, code, path, message))
}

fn detail(
    kind: ErrorKind,
    code: &'static str,
    path: String,
    message: impl Into<std::borrow::Cow<'static, str>>,
) -> ErrorDetail {
    ErrorDetail { kind, code: code.into(), path, message: message.into(), hint: None }
}
