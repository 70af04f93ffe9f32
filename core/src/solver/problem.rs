//! The types of an allocation problem and of its solution.
//!
//! Positions of supplies and sinks are `u32` here, since callers build and read these types; inside the solver they are
//! [`SupplyIdx`] and [`SinkIdx`](super::index::SinkIdx).

use serde::{Serialize, Serializer, ser::SerializeStruct};

use crate::{
    error::{Error, ErrorDetail, ErrorKind, Template, message},
    solver::index::SupplyIdx,
    util::sort::sort_by_key,
};

/// The number of classes of people. Class 0 is served first.
pub const CLASSES: usize = 4;

/// An allocation problem: supplies of units that compete for the places of sinks.
///
/// # Example: one place, two people
///
/// ```
/// use lotse::solver::{Edge, Problem, SolveOptions, Supply, solve};
/// let to = |sink, value| Edge { sink, kept: 0, value };
/// let problem = Problem {
///     supplies: vec![
///         Supply::person(1, vec![to(0, 90), to(1, 20)]),
///         Supply::person(1, vec![to(0, 80)]),
///     ],
///     capacities: vec![Some(1), None],
/// };
/// let solution = solve(&problem, SolveOptions::new())?;
/// // Both are served, although the first has a higher value at sink 0.
/// assert_eq!(solution.flows, [vec![(1, 1)], vec![(0, 1)]]);
/// assert_eq!((solution.objective.people, solution.objective.value), ([0, 2, 0, 0], 100));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Problem {
    /// The supplies. Results refer to them by position.
    pub supplies: Vec<Supply>,
    /// The number of places of each sink, at most 10¹², or `None` if it is unlimited.
    pub capacities: Vec<Option<u64>>,
}

impl Problem {
    /// Returns the supplies with their positions.
    pub(crate) fn enumerate_supplies(&self) -> impl Iterator<Item = (SupplyIdx, &Supply)> {
        (0..).map(SupplyIdx).zip(&self.supplies)
    }

    /// Returns the objective of flows, or `None` if a sum overflows.
    pub(crate) fn objective(&self, flows: &[Flow]) -> Option<Objective> {
        let mut objective = Objective::ZERO;
        for (supply, flow) in self.supplies.iter().zip(flows) {
            let edges = EdgesBySink::new(supply, flow.len());
            for (sink, units) in flow {
                if let Some(edge) = edges.get(*sink) {
                    objective = objective.plus(supply.unit_objective(edge), i128::from(*units))?;
                }
            }
        }
        Some(objective)
    }
}

/// The number of look-ups from which on sorting the edges pays off.
const MANY_LOOKUPS: usize = 16;

/// The edges of a supply, for look-ups by sink: in order if there are many.
pub(crate) struct EdgesBySink<'a> {
    edges: &'a [Edge],
    /// The positions of the edges, sorted by sink, or `None` if the edges are searched one by one.
    order: Option<Vec<u32>>,
}

impl<'a> EdgesBySink<'a> {
    /// Prepares a number of look-ups. O(k log k) for k edges if there are many.
    pub(crate) fn new(supply: &'a Supply, lookups: usize) -> Self {
        let edges = supply.edges.as_slice();
        let order = (lookups >= MANY_LOOKUPS).then(|| {
            let mut order: Vec<u32> = (0..u32::try_from(edges.len()).unwrap_or(u32::MAX)).collect();
            sort_by_key(&mut order, |position| edges.get(*position as usize).map(|edge| edge.sink));
            order
        });
        Self { edges, order }
    }

    /// Returns the edge to a sink, or `None` if there is none.
    pub(crate) fn get(&self, sink: u32) -> Option<&'a Edge> {
        let Some(order) = &self.order else { return self.edges.iter().find(|edge| edge.sink == sink) };
        let sink_at = |position: &u32| self.edges.get(*position as usize).map(|edge| edge.sink);
        let found = order.binary_search_by_key(&Some(sink), sink_at).ok()?;
        self.edges.get(*order.get(found)? as usize)
    }
}

/// Identical units, each of which takes `size` places of one sink or remains unserved.
///
/// # Example: three couples, who stay together
///
/// ```
/// use lotse::solver::{Edge, Supply};
/// let couples = Supply {
///     count: 3,
///     size: 2,
///     people: [0, 2, 0, 0],
///     edges: vec![Edge { sink: 0, kept: 0, value: 150 }],
///     fixed: None,
/// };
/// assert_eq!(couples.unit_objective(&couples.edges[0]).people, [0, 2, 0, 0]);
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Supply {
    /// The number of units.
    pub count: u32,
    /// The number of places that one unit takes, at least 1.
    pub size: u32,
    /// The number of people of each class that one unit serves.
    pub people: [u32; CLASSES],
    /// The edges to the sinks that can serve a unit, at most one for each sink.
    pub edges: Vec<Edge>,
    /// The sink of one of `edges` that must serve all units, or `None` if the solver decides.
    pub fixed: Option<u32>,
}

impl Supply {
    /// Creates a supply of one unit of size 1 that serves one person of a class, 0 to 3. A higher class counts as 3.
    ///
    /// # Example
    ///
    /// ```
    /// use lotse::solver::{Edge, Supply};
    /// let person = Supply::person(1, vec![Edge { sink: 0, kept: 0, value: 90 }]);
    /// assert_eq!((person.count, person.size, person.people), (1, 1, [0, 1, 0, 0]));
    /// assert_eq!(person.fixed, None);
    /// ```
    pub fn person(class: usize, edges: Vec<Edge>) -> Self {
        let mut people = [0; CLASSES];
        if let Some(count) = people.get_mut(class.min(CLASSES.saturating_sub(1))) {
            *count = 1;
        }
        Self { count: 1, size: 1, people, edges, fixed: None }
    }

    /// Returns the objective of one unit on one edge.
    ///
    /// # Example
    ///
    /// ```
    /// use lotse::solver::{Edge, Objective, Supply};
    /// let edge = Edge { sink: 0, kept: 1, value: 90 };
    /// let objective = Supply::person(0, vec![edge]).unit_objective(&edge);
    /// assert_eq!(objective, Objective { people: [1, 0, 0, 0], kept: 1, value: 90 });
    /// ```
    pub fn unit_objective(&self, edge: &Edge) -> Objective {
        Objective { people: self.people.map(i128::from), kept: i128::from(edge.kept), value: i128::from(edge.value) }
    }
}

/// An edge from a supply to a sink, with the objective of one unit there besides the people that it serves.
///
/// # Example: staying takes precedence over value
///
/// ```
/// use lotse::solver::{Edge, Problem, SolveOptions, Supply, solve};
/// let edges = vec![Edge { sink: 0, kept: 0, value: 90 }, Edge { sink: 1, kept: 1, value: 20 }];
/// let problem = Problem { supplies: vec![Supply::person(0, edges)], capacities: vec![Some(1), Some(1)] };
/// assert_eq!(solve(&problem, SolveOptions::new())?.flows, [[(1, 1)]]);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Edge {
    /// The position of the sink in [`Problem::capacities`].
    pub sink: u32,
    /// The amount of an earlier plan that one unit keeps on this edge, such as the number of needs that stay at their
    /// offer.
    pub kept: u32,
    /// The value of one unit on this edge.
    pub value: i64,
}

/// A lexicographic objective: of two values the one with more people of class 0 is greater, then of class 1, 2 and 3,
/// then the one that keeps more, then the one of higher value.
///
/// It measures a solution, a unit, or the price of a place.
///
/// # Example: levels are compared one by one
///
/// ```
/// use lotse::solver::Objective;
/// let more_people = Objective { people: [0, 1, 0, 0], ..Objective::ZERO };
/// let more_value = Objective { value: 1_000_000, ..Objective::ZERO };
/// assert!(more_people > more_value);
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub struct Objective {
    /// The number of people served, by class.
    pub people: [i128; CLASSES],
    /// The amount of an earlier plan that is kept.
    pub kept: i128,
    /// The sum of values.
    pub value: i128,
}

impl Objective {
    /// The objective of an empty plan.
    pub const ZERO: Self = Self { people: [0; CLASSES], kept: 0, value: 0 };

    /// Returns the levels, most important first.
    pub(crate) fn levels(self) -> [i128; CLASSES + 2] {
        let [first, second, third, fourth] = self.people;
        [first, second, third, fourth, self.kept, self.value]
    }

    pub(crate) fn from_levels([first, second, third, fourth, kept, value]: [i128; CLASSES + 2]) -> Self {
        Self { people: [first, second, third, fourth], kept, value }
    }

    /// Returns `self − other`, or `None` if a level overflows.
    ///
    /// It has no branch on a factor, because the check of a certificate computes millions of differences.
    #[inline]
    pub(crate) fn minus(self, other: Self) -> Option<Self> {
        let [first, second, third, fourth] = self.people;
        let [other_first, other_second, other_third, other_fourth] = other.people;
        Some(Self {
            people: [
                first.checked_sub(other_first)?,
                second.checked_sub(other_second)?,
                third.checked_sub(other_third)?,
                fourth.checked_sub(other_fourth)?,
            ],
            kept: self.kept.checked_sub(other.kept)?,
            value: self.value.checked_sub(other.value)?,
        })
    }

    /// Returns `self + other × factor`, or `None` if a level overflows.
    pub(crate) fn plus(self, other: Self, factor: i128) -> Option<Self> {
        let mut levels = self.levels();
        // Most levels are 0 and most factors 1 or −1, and multiplication of 128 bits is slow.
        for (level, term) in levels.iter_mut().zip(other.levels()).filter(|(_, term)| *term != 0) {
            let term = match factor {
                1 => term,
                -1 => term.checked_neg()?,
                _ => term.checked_mul(factor)?,
            };
            *level = level.checked_add(term)?;
        }
        Some(Self::from_levels(levels))
    }
}

/// The sinks of the units of one supply, as pairs of a sink's position and a number of units above 0, sorted by sink.
///
/// # Example: two units at sink 0
///
/// ```
/// use lotse::solver::{Edge, Flow, Problem, SolveOptions, Supply, solve};
/// let supply = Supply { count: 2, ..Supply::person(0, vec![Edge { sink: 0, kept: 0, value: 5 }]) };
/// let problem = Problem { supplies: vec![supply], capacities: vec![Some(2)] };
/// let flow: Flow = solve(&problem, SolveOptions::new())?.flows.remove(0);
/// assert_eq!(flow, [(0, 2)]);
/// # Ok::<(), lotse::Error>(())
/// ```
pub type Flow = Vec<(u32, u32)>;

/// A solution of a [`Problem`] with a certificate of its quality.
///
/// # Example: a proven optimum
///
/// ```
/// use lotse::solver::{Edge, Problem, SolveOptions, Supply, solve};
/// let person = |value| Supply::person(0, vec![Edge { sink: 0, kept: 0, value }]);
/// let problem = Problem { supplies: vec![person(50), person(80)], capacities: vec![Some(1)] };
/// let solution = solve(&problem, SolveOptions::new())?;
/// assert_eq!(solution.flows, [vec![], vec![(0, 1)]]);
/// assert_eq!(solution.objective.value, 80);
/// assert!(solution.is_optimal());
/// # Ok::<(), lotse::Error>(())
/// ```
///
/// # Example: the JSON form, as in JavaScript
///
/// ```
/// use lotse::solver::{Edge, Problem, SolveOptions, Supply, solve};
/// let person = Supply::person(0, vec![Edge { sink: 0, kept: 0, value: 50 }]);
/// let problem = Problem { supplies: vec![person], capacities: vec![None] };
/// assert_eq!(
///     serde_json::to_value(solve(&problem, SolveOptions::new())?).unwrap(),
///     serde_json::json!({
///         "assignment": [0],
///         "flows": [[[0, 1]]],
///         "objective": {"people": [1, 0, 0, 0], "kept": 0, "value": 50},
///         "bound": {"people": [1, 0, 0, 0], "kept": 0, "value": 50},
///         "optimal": true,
///         "prices": [{"people": [0, 0, 0, 0], "kept": 0, "value": 0}],
///         "witnesses": [null],
///     })
/// );
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Solution {
    /// The flow of each supply.
    pub flows: Vec<Flow>,
    /// The objective of the flows.
    pub objective: Objective,
    /// An upper bound on the objective of every solution. Equal to `objective` if the solution is a proven optimum.
    pub bound: Objective,
    /// The prices that prove the bound.
    pub certificate: Certificate,
}

impl Solution {
    /// Returns the sink of each supply, or `None` if it is unserved; for several units that of the first.
    pub fn assignment(&self) -> impl ExactSizeIterator<Item = Option<u32>> + '_ {
        self.flows.iter().map(|flow| flow.first().map(|(sink, _)| *sink))
    }

    /// Returns `true` if the solution is a proven optimum: its objective attains the bound.
    pub fn is_optimal(&self) -> bool {
        self.objective == self.bound
    }
}

impl Serialize for Solution {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut data = serializer.serialize_struct("Solution", 7)?;
        data.serialize_field("assignment", &self.assignment().collect::<Vec<_>>())?;
        data.serialize_field("flows", &self.flows)?;
        data.serialize_field("objective", &self.objective)?;
        data.serialize_field("bound", &self.bound)?;
        data.serialize_field("optimal", &self.is_optimal())?;
        data.serialize_field("prices", &self.certificate.prices)?;
        data.serialize_field("witnesses", &self.certificate.witnesses)?;
        data.end()
    }
}

/// Dual prices that prove an upper bound by weak duality.
///
/// The objective of any solution is at most the price of all places plus the largest surplus of each unit: its
/// objective on an edge minus the price of the places that it takes there, or 0 if it remains unserved.
///
/// # Example: the price of a place is what one more place adds
///
/// ```
/// use lotse::solver::{Edge, Objective, PriceWitness, Problem, SolveOptions, Supply, solve};
/// let to = |sink, value| Edge { sink, kept: 0, value };
/// let problem = Problem {
///     supplies: vec![
///         Supply::person(1, vec![to(0, 90), to(1, 20)]),
///         Supply::person(1, vec![to(0, 80)]),
///     ],
///     capacities: vec![Some(1), None],
/// };
/// let certificate = solve(&problem, SolveOptions::new())?.certificate;
/// assert_eq!(certificate.prices, [Objective { value: 70, ..Objective::ZERO }, Objective::ZERO]);
/// // With one more place at sink 0, the first unit would move there from sink 1.
/// assert_eq!(certificate.witnesses, [Some(PriceWitness { supply: 0, from: Some(1), moves: 1 }), None]);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
pub struct Certificate {
    /// The shadow price of each sink: what one more place would add to the objective. Exact if every size is 1,
    /// otherwise an estimate. 0 if the capacity is unlimited.
    pub prices: Vec<Objective>,
    /// The unit that would take one more place of each sink, or `None` if the place would stay free. Empty if a size is
    /// above 1.
    pub witnesses: Vec<Option<PriceWitness>>,
}

/// A unit that attains the price of a sink by taking one more place there.
///
/// # Example: an unserved unit would take the place
///
/// ```
/// use lotse::solver::{Edge, PriceWitness, Problem, SolveOptions, Supply, solve};
/// let person = |value| Supply::person(0, vec![Edge { sink: 0, kept: 0, value }]);
/// let problem = Problem { supplies: vec![person(50), person(80)], capacities: vec![Some(1)] };
/// let certificate = solve(&problem, SolveOptions::new())?.certificate;
/// assert_eq!(certificate.witnesses, [Some(PriceWitness { supply: 0, from: None, moves: 1 })]);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub struct PriceWitness {
    /// The position of the supply of the unit.
    pub supply: u32,
    /// The sink that the unit leaves, or `None` if it was unserved. The place that it leaves goes to the witness of
    /// that sink.
    pub from: Option<u32>,
    /// The number of units that move in this chain, at least 1. It ends with a unit that was unserved, or with a place
    /// that stays free.
    pub moves: u32,
}

/// Creates an error about a part of a problem.
pub(crate) fn detail(kind: ErrorKind, code: &'static str, path: String, message: Template) -> ErrorDetail {
    ErrorDetail { path, ..ErrorDetail::new(kind, code, message) }
}

/// Returns the error `problem.too_large`.
pub(crate) fn too_large() -> Error {
    let message = message!("problem.too_large");
    Error::new(ErrorDetail::new(ErrorKind::Value, "problem.too_large", message))
}
