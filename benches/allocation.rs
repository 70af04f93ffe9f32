//! What a plan costs, and what it is worth beside simpler ways of giving out places.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a bench fails by panicking"
)]

#[path = "../tests/support/auction.rs"]
mod auction;
#[path = "../tests/support/shortest_paths.rs"]
mod paths;
#[path = "support/problems.rs"]
mod problems;
#[path = "../tests/support/random.rs"]
mod random;

use std::{cmp::Reverse, hint::black_box};

use criterion::{Criterion, criterion_group, criterion_main};
use lotse::{
    AllocateOptions, Matcher, example,
    solver::{Edge, Objective, Problem, solve},
};

use crate::{
    auction::auction,
    paths::paths,
    problems::{Shape, problem},
};

/// Other ways to the worth of the best plan.
const OTHERS: [(&str, Solver); 2] = [("shortest paths", paths), ("auction", auction)];
type Solver = fn(&Problem) -> Objective;

const SHAPES: [(&str, Shape); 7] = [
    ("1 000 x 200, 40 ways", Shape::single(1_000, 200, 40, 900)),
    ("20 profiles of 500, 200 offers", Shape { count: 500, ..Shape::single(20, 200, 40, 9_000) }),
    ("hard: 1 000 x 100, all ways", Shape::single(1_000, 100, 100, 900)),
    ("parties: 1 000 x 200", Shape { largest: 6, ..Shape::single(1_000, 200, 40, 3_000) }),
    ("10 000 x 2 000, 40 ways", Shape::single(10_000, 2_000, 40, 9_000)),
    ("10 000 x 2 000, 40 ways, in 10 parts", Shape { parts: 10, ..Shape::single(10_000, 2_000, 40, 9_000) }),
    ("100 000 x 5 000, 40 ways", Shape::single(100_000, 5_000, 40, 90_000)),
];

/// People served and weighted score, when pairs are taken in this order as long as there are places.
fn taken(problem: &Problem, order: &[(usize, Edge)]) -> (u64, i128) {
    let mut left: Vec<u64> = problem.capacities.iter().map(|places| places.unwrap()).collect();
    let mut waiting: Vec<u32> = problem.supplies.iter().map(|supply| supply.count).collect();
    let (mut people, mut value) = (0, 0);
    for (number, edge) in order {
        let size = u64::from(problem.supplies[*number].size);
        let units = (left[edge.sink as usize] / size).min(u64::from(waiting[*number]));
        left[edge.sink as usize] -= units * size;
        waiting[*number] -= u32::try_from(units).unwrap();
        people += units * size;
        value += i128::from(units) * i128::from(edge.value);
    }
    (people, value)
}

/// The problem as it is an hour later: who has a place keeps it if possible, and one sink in a hundred has a place less.
fn planned_again(problem: &Problem) -> Problem {
    let plan = solve(problem).unwrap();
    let mut again = problem.clone();
    for (supply, flow) in again.supplies.iter_mut().zip(&plan.flows) {
        for edge in &mut supply.edges {
            edge.kept = u32::from(flow.iter().any(|(sink, _)| *sink == edge.sink));
        }
    }
    for places in again.capacities.iter_mut().step_by(100).flatten() {
        *places = places.saturating_sub(1);
    }
    again
}

fn compare(problem: &Problem, name: &str) {
    let mut first: Vec<(usize, Edge)> = Vec::new();
    for (number, supply) in problem.supplies.iter().enumerate() {
        let mut edges = supply.edges.clone();
        edges.sort_by_key(|edge| Reverse(edge.value));
        first.extend(edges.into_iter().map(|edge| (number, edge)));
    }
    let mut greedy = first.clone();
    greedy.sort_by_key(|(number, edge)| (Reverse(edge.value / i64::from(problem.supplies[*number].size)), *number));
    let best = solve(problem).unwrap().objective;
    let best = (best.people.iter().sum::<i128>(), best.value);
    for (way, people, value) in [
        ("first come, first served", i128::from(taken(problem, &first).0), taken(problem, &first).1),
        ("best fit first", i128::from(taken(problem, &greedy).0), taken(problem, &greedy).1),
        ("plan", best.0, best.1),
    ] {
        println!("{name}: {way}: {people} people, weighted score {}", value / 100_000_000);
    }
}

fn allocation(criterion: &mut Criterion) {
    let needs = example::needs().unwrap();
    let matcher = Matcher::builder().offers(example::offers().unwrap()).as_of(example::AS_OF.parse().unwrap());
    let matcher = matcher.build().unwrap();
    let plan = matcher.allocate(&needs, &AllocateOptions::new()).unwrap();
    let (first, greedy) = (matcher.first_come(&needs).unwrap(), matcher.best_fit_first(&needs).unwrap());
    for (way, worth) in [("first come, first served", first), ("best fit first", greedy), ("plan", plan.objective())] {
        println!("the incident: {way}: {:?} people, weighted score {}", worth.people, worth.value / 100_000_000);
    }
    criterion.bench_function("report, the incident", |bencher| bencher.iter(|| black_box(&plan).report()));
    criterion.bench_function("allocate, the incident", |bencher| {
        bencher.iter(|| matcher.allocate(black_box(&needs), &AllocateOptions::new()).unwrap());
    });
    let mut group = criterion.benchmark_group("solve");
    group.sample_size(10);
    for (name, shape) in &SHAPES {
        let problem = problem(shape);
        if shape.supplies <= 1_000 {
            compare(&problem, name);
        }
        group.bench_function(*name, |bencher| bencher.iter(|| solve(black_box(&problem)).unwrap()));
        if shape.largest == 1 && shape.supplies == 10_000 {
            let again = planned_again(&problem);
            group.bench_function(format!("{name}, planned again"), |bencher| {
                bencher.iter(|| solve(black_box(&again)).unwrap());
            });
        }
        // The largest would take them minutes; parts are nothing that they look for.
        if shape.largest == 1 && shape.supplies <= 10_000 && shape.parts == 1 {
            // Other ways to the same, without prices and without their check.
            for (way, best) in OTHERS {
                assert_eq!(best(&problem), solve(&problem).unwrap().objective);
                group.bench_function(format!("{name}: {way}"), |bencher| {
                    bencher.iter(|| best(black_box(&problem)));
                });
            }
        }
    }
    group.finish();
}

criterion_group!(benches, allocation);
criterion_main!(benches);
