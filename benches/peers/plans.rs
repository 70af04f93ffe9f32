//! The allocation problems by name, and their export for other solvers.

use std::{fs, path::Path};

use lotse::solver::{CLASSES, Objective, Problem, Supply};
use serde_json::json;

use crate::problems::{Shape, problem};

/// Name, supplies, sinks, edges of each supply, places in total.
const PROBLEMS: [(&str, usize, usize, usize, usize); 6] = [
    ("quick", 60, 20, 8, 50),
    ("1000x200", 1_000, 200, 40, 900),
    ("1000x100-all", 1_000, 100, 100, 900),
    ("10000x2000", 10_000, 2_000, 40, 9_000),
    ("10000x100-all", 10_000, 100, 100, 9_000),
    ("100000x5000", 100_000, 5_000, 40, 90_000),
];

/// Returns the problem of this name: parties of size 1, of all priorities.
pub(crate) fn named(name: &str) -> Problem {
    let (_, supplies, sinks, edges, places) =
        *PROBLEMS.iter().find(|(known, ..)| *known == name).expect("a problem of this name");
    problem(&Shape::single(supplies, sinks, edges, places))
}

/// Writes a problem for other solvers, little-endian: `places.i64`; `class.u8` of each supply; `supply.i32`, `sink.i32` and `value.i64`
/// of each edge.
pub(crate) fn write(problem: &Problem, folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    let put = |name: &str, bytes: Vec<u8>| fs::write(folder.join(name), bytes).unwrap();
    let edges = || {
        (0_i32..).zip(&problem.supplies).flat_map(|(index, supply)| supply.edges.iter().map(move |edge| (index, edge)))
    };
    let places = problem.capacities.iter().flat_map(|places| i64::try_from(places.unwrap()).unwrap().to_le_bytes());
    put("places.i64", places.collect());
    put("class.u8", problem.supplies.iter().map(class).collect());
    put("supply.i32", edges().flat_map(|(supply, _)| supply.to_le_bytes()).collect());
    put("sink.i32", edges().flat_map(|(_, edge)| edge.sink.to_le_bytes()).collect());
    put("value.i64", edges().flat_map(|(_, edge)| edge.value.to_le_bytes()).collect());
}

fn class(supply: &Supply) -> u8 {
    (0..).zip(supply.people).find(|(_, people)| *people > 0).unwrap().0
}

/// Returns the people served by class, and the total value.
pub(crate) fn checksum(objective: Objective) -> serde_json::Value {
    let people: [i64; CLASSES] = objective.people.map(|people| i64::try_from(people).unwrap());
    json!([people, i64::try_from(objective.value).unwrap()])
}
