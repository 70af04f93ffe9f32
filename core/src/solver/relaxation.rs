//! The relaxation to unit sizes: a problem in which the places of a unit are assigned separately.
//!
//! Each unit becomes as many units of size 1, among which its objective is divided without loss, so that each solution
//! of the original problem is one of the relaxation. It is a transportation problem, which is solved exactly: its
//! optimum is an upper bound (the LP bound), its prices give the [Lagrangian bound](super::reduced_costs), and the
//! parties that it does not split are the start of a solution. Building it takes O(sum of distinct places per unit ×
//! edges).

use std::ops::Range;

use crate::solver::problem::{CLASSES, Edge, Flow, Problem, Supply};

/// The largest size of a unit whose people are divided evenly among its places.
const MAX_EVEN_SIZE: u32 = 10_000;

/// The people of each class at one place.
type People = [u32; CLASSES];

/// A relaxation, with the supplies that each original supply has become.
pub(crate) struct Relaxation {
    pub(crate) problem: Problem,
    /// The range in `problem.supplies` of each original supply.
    parts: Vec<Range<usize>>,
}

impl Relaxation {
    /// Creates the relaxation of a problem, or returns `None` if the number of places exceeds 32 bits.
    pub(crate) fn new(problem: &Problem) -> Option<Self> {
        let mut supplies: Vec<Supply> = Vec::with_capacity(problem.supplies.len());
        let mut parts = Vec::with_capacity(problem.supplies.len());
        for supply in &problem.supplies {
            let start = supplies.len();
            for (position, (people, places)) in divide_people(supply).into_iter().enumerate() {
                let edges = divide_edges(&problem.capacities, supply, position == 0);
                let count = supply.count.checked_mul(places)?;
                // Equal places remain one supply: otherwise the relaxation would split more parties at equal optimum.
                match supplies.last_mut().filter(|_| position == 1) {
                    Some(first) if first.people == people && first.edges == edges => {
                        first.count = first.count.checked_add(count)?;
                    }
                    _ => supplies.push(Supply { count, size: 1, people, edges, fixed: supply.fixed }),
                }
            }
            parts.push(start..supplies.len());
        }
        Some(Self { problem: Problem { supplies, capacities: problem.capacities.clone() }, parts })
    }

    /// Returns, for each original supply, its flows in a solution of the relaxation.
    pub(crate) fn flows_by_supply<'a>(&'a self, flows: &'a [Flow]) -> impl Iterator<Item = &'a [Flow]> {
        self.parts.iter().map(|part| flows.get(part.clone()).unwrap_or_default())
    }
}

/// Returns the edges of one place of a unit. The first place gets what cannot be divided.
fn divide_edges(capacities: &[Option<u64>], supply: &Supply, is_first: bool) -> Vec<Edge> {
    let size = i64::from(supply.size);
    let share = |edge: &Edge| {
        let share = edge.value.checked_div_euclid(size).unwrap_or(edge.value);
        let rest = edge.value.checked_rem_euclid(size).unwrap_or(0);
        if is_first {
            Edge { value: share.saturating_add(rest), ..*edge }
        } else {
            Edge { kept: 0, value: share, ..*edge }
        }
    };
    // A sink without places has the price of the first one for a single person, as in a problem without parties.
    let is_useful = |edge: &&Edge| supply.size == 1 || can_hold(capacities, supply, edge);
    supply.edges.iter().filter(is_useful).map(share).collect()
}

/// Returns the people of the places of one unit as pairs of people and a number of places: first the first place alone,
/// then groups of equal places.
fn divide_people(supply: &Supply) -> Vec<(People, u32)> {
    let total: u64 = supply.people.iter().map(|people| u64::from(*people)).sum();
    let places = if total == u64::from(supply.size) {
        one_person_per_place(supply)
    } else if supply.size <= MAX_EVEN_SIZE {
        divide_evenly(supply)
    } else {
        vec![(supply.people, 1), ([0; CLASSES], supply.size.saturating_sub(1))]
    };
    let mut groups: Vec<(People, u32)> = Vec::new();
    for (position, (people, count)) in places.into_iter().enumerate().filter(|(_, (_, count))| *count > 0) {
        match groups.last_mut() {
            Some((last, places)) if position > 1 && *last == people => *places = places.saturating_add(count),
            _ => groups.push((people, count)),
        }
    }
    groups
}

/// Returns one group of places for each class, the first place alone.
fn one_person_per_place(supply: &Supply) -> Vec<(People, u32)> {
    let mut places: Vec<(People, u32)> = Vec::with_capacity(CLASSES.saturating_add(1));
    for (class, count) in supply.people.iter().enumerate().filter(|(_, count)| **count > 0) {
        let people = std::array::from_fn(|other| u32::from(other == class));
        let rest = if places.is_empty() {
            places.push((people, 1));
            count.saturating_sub(1)
        } else {
            *count
        };
        places.push((people, rest));
    }
    places
}

/// Divides the people of each class evenly, in whole numbers.
fn divide_evenly(supply: &Supply) -> Vec<(People, u32)> {
    // The number of people at the places before one.
    let before = |count: u32, place: u32| {
        let people = u64::from(count).saturating_mul(u64::from(place)).checked_div(u64::from(supply.size));
        people.and_then(|people| u32::try_from(people).ok()).unwrap_or(u32::MAX)
    };
    let people = |place: u32| {
        supply.people.map(|count| before(count, place.saturating_add(1)).saturating_sub(before(count, place)))
    };
    (0..supply.size).map(|place| (people(place), 1)).collect()
}

/// Returns `true` if a unit of the supply fits in the sink of an edge at all.
pub(crate) fn can_hold(capacities: &[Option<u64>], supply: &Supply, edge: &Edge) -> bool {
    let capacity = capacities.get(edge.sink as usize).copied().flatten();
    capacity.is_none_or(|capacity| capacity >= u64::from(supply.size))
}
