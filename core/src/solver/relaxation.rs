//! The problem in which everyone goes alone, though they belong together: its optimum is a bound, its plan a beginning.
#![expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "positions are made here from a checked problem, and shares are smaller than what is shared"
)]

use std::ops::Range;

use crate::solver::problem::{CLASSES, Edge, Problem, Supply};

/// Largest unit whose people are told apart when they are not one a place.
const MOST_UNEVEN: u32 = 10_000;

/// The problem in which everyone goes alone, and for each supply the range of supplies it became; nothing where they are too
/// many.
///
/// What a unit is worth is shared out among its places without loss, so that each plan of the problem is one of this too.
pub(crate) fn alone(problem: &Problem) -> Option<(Problem, Vec<Range<usize>>)> {
    let mut supplies: Vec<Supply> = Vec::with_capacity(problem.supplies.len());
    let mut parts = Vec::with_capacity(problem.supplies.len());
    for supply in &problem.supplies {
        let start = supplies.len();
        let size = i64::from(supply.size);
        for (number, (people, places)) in people_by_place(supply).into_iter().enumerate() {
            // The first place takes what cannot be divided.
            let share = |edge: &Edge| {
                let (share, rest) = (edge.value.div_euclid(size), edge.value.rem_euclid(size));
                if number == 0 {
                    Edge { value: share + rest, ..*edge }
                } else {
                    Edge { kept: 0, value: share, ..*edge }
                }
            };
            let edges: Vec<Edge> =
                supply.edges.iter().filter(|edge| holds(&problem.capacities, supply, edge)).map(share).collect();
            let count = supply.count.checked_mul(places)?;
            // Places that are alike stay one supply: then few units are torn apart only because it makes no difference.
            match supplies.last_mut().filter(|_| number == 1) {
                Some(first) if first.people == people && first.edges == edges => {
                    first.count = first.count.checked_add(count)?;
                }
                _ => supplies.push(Supply { count, size: 1, people, edges, fixed: supply.fixed }),
            }
        }
        parts.push(start..supplies.len());
    }
    Some((Problem { supplies, capacities: problem.capacities.clone() }, parts))
}

/// The people of one unit by its places: those of the first place, then how many other places have whom.
fn people_by_place(supply: &Supply) -> Vec<([u32; CLASSES], u32)> {
    let none = [0; CLASSES];
    let all: u64 = supply.people.iter().map(|people| u64::from(*people)).sum();
    let size = supply.size;
    let mut places: Vec<([u32; CLASSES], u32)> = Vec::new();
    if all == u64::from(size) {
        for (class, people) in supply.people.iter().enumerate() {
            let mut one = none;
            one[class] = 1;
            if *people > 0 {
                places.push((one, *people));
            }
        }
        // The first one stands alone.
        if let Some((people, count)) = places.first_mut() {
            let people = *people;
            *count -= 1;
            places.insert(0, (people, 1));
        }
    } else if size <= MOST_UNEVEN {
        let up_to = |count: u32, place: u32| u64::from(count) * u64::from(place) / u64::from(size);
        for place in 0..size {
            let here = supply.people.map(|count| up_to(count, place + 1) - up_to(count, place));
            places.push((here.map(|people| u32::try_from(people).unwrap_or(u32::MAX)), 1));
        }
    } else {
        places.push((supply.people, 1));
        places.push((none, size - 1));
    }
    let mut merged: Vec<([u32; CLASSES], u32)> = Vec::new();
    for (number, (people, count)) in places.into_iter().enumerate() {
        match merged.last_mut() {
            Some((last, places)) if number > 1 && *last == people && count > 0 => *places += count,
            _ if count > 0 => merged.push((people, count)),
            _ => {}
        }
    }
    merged
}

/// Whether a sink has places for one unit at all.
pub(crate) fn holds(places: &[Option<u64>], supply: &Supply, edge: &Edge) -> bool {
    places[edge.sink as usize].is_none_or(|places| places >= u64::from(supply.size))
}
