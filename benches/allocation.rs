//! Running times of the solver and of plans, compared with other exact algorithms; and objectives, compared with
//! simpler rules.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a bench fails by panicking"
)]

#[path = "../tests/support/auction.rs"]
mod auction;
#[path = "support/problems.rs"]
mod problems;
#[path = "../tests/support/random.rs"]
mod random;
#[path = "../tests/support/shortest_paths.rs"]
mod shortest_paths;

use std::{cmp::Reverse, hint::black_box};

use criterion::{Criterion, criterion_group, criterion_main};
use lotse::{
    AllocateOptions, Baseline, Matcher, example,
    solver::{Edge, Objective, Problem, SolveOptions, solve},
};

use crate::{
    auction::auction,
    problems::{Shape, problem},
    shortest_paths::shortest_paths,
};

/// Other algorithms that return the optimal objective.
const OTHERS: [(&str, Solver); 2] = [("shortest paths", shortest_paths), ("auction", auction)];
type Solver = fn(&Problem) -> Objective;

const SHAPES: [(&str, Shape); 7] = [
    ("1 000 x 200, 40 edges", Shape::single(1_000, 200, 40, 900)),
    ("20 profiles of 500, 200 offers", Shape { count: 500, ..Shape::single(20, 200, 40, 9_000) }),
    ("hard: 1 000 x 100, all edges", Shape::single(1_000, 100, 100, 900)),
    ("parties: 1 000 x 200", Shape { max_size: 6, ..Shape::single(1_000, 200, 40, 3_000) }),
    ("10 000 x 2 000, 40 edges", Shape::single(10_000, 2_000, 40, 9_000)),
    ("10 000 x 2 000, 40 edges, in 10 components", Shape { components: 10, ..Shape::single(10_000, 2_000, 40, 9_000) }),
    ("100 000 x 5 000, 40 edges", Shape::single(100_000, 5_000, 40, 90_000)),
];

/// Returns the people served and the weighted score if edges are taken in an order as long as there are places.
fn take_in_order(problem: &Problem, order: &[(usize, Edge)]) -> (u64, i128) {
    let mut free: Vec<u64> = problem.capacities.iter().map(|capacity| capacity.unwrap()).collect();
    let mut unserved: Vec<u32> = problem.supplies.iter().map(|supply| supply.count).collect();
    let (mut people, mut value) = (0, 0);
    for (supply, edge) in order {
        let size = u64::from(problem.supplies[*supply].size);
        let units = (free[edge.sink as usize] / size).min(u64::from(unserved[*supply]));
        free[edge.sink as usize] -= units * size;
        unserved[*supply] -= u32::try_from(units).unwrap();
        people += units * size;
        value += i128::from(units) * i128::from(edge.value);
    }
    (people, value)
}

/// Returns the problem an hour later: units keep their sink if possible, and one sink in a hundred has a place less.
fn replanned(problem: &Problem) -> Problem {
    let solution = solve(problem, SolveOptions::new()).unwrap();
    let mut again = problem.clone();
    for (supply, flow) in again.supplies.iter_mut().zip(&solution.flows) {
        for edge in &mut supply.edges {
            edge.kept = u32::from(flow.iter().any(|(sink, _)| *sink == edge.sink));
        }
    }
    for capacity in again.capacities.iter_mut().step_by(100).flatten() {
        *capacity = capacity.saturating_sub(1);
    }
    again
}

fn print_comparison(problem: &Problem, name: &str) {
    let mut by_supply: Vec<(usize, Edge)> = Vec::new();
    for (position, supply) in problem.supplies.iter().enumerate() {
        let mut edges = supply.edges.clone();
        edges.sort_by_key(|edge| Reverse(edge.value));
        by_supply.extend(edges.into_iter().map(|edge| (position, edge)));
    }
    let mut by_score = by_supply.clone();
    by_score.sort_by_key(|(supply, edge)| (Reverse(edge.value / i64::from(problem.supplies[*supply].size)), *supply));
    let optimum = solve(problem, SolveOptions::new()).unwrap().objective;
    for (rule, people, value) in [
        (
            "first come, first served",
            i128::from(take_in_order(problem, &by_supply).0),
            take_in_order(problem, &by_supply).1,
        ),
        ("greedy", i128::from(take_in_order(problem, &by_score).0), take_in_order(problem, &by_score).1),
        ("plan", optimum.people.iter().sum(), optimum.value),
    ] {
        println!("{name}: {rule}: {people} people, weighted score {}", value / 100_000_000);
    }
}

fn allocation(criterion: &mut Criterion) {
    let needs = example::needs().unwrap();
    let matcher = Matcher::builder().offers(example::offers().unwrap()).as_of(example::AS_OF.parse().unwrap());
    let matcher = matcher.build().unwrap();
    let plan = matcher.allocate(&needs, &AllocateOptions::new()).unwrap();
    let baseline = |kind: Baseline| matcher.baseline(&needs, kind).unwrap();
    let (first, greedy) = (baseline(Baseline::FirstComeFirstServed), baseline(Baseline::Greedy));
    for (rule, objective) in [("first come, first served", first), ("greedy", greedy), ("plan", plan.objective())] {
        println!(
            "the incident: {rule}: {:?} people, weighted score {}",
            objective.people,
            objective.value / 100_000_000
        );
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
            print_comparison(&problem, name);
        }
        group
            .bench_function(*name, |bencher| bencher.iter(|| solve(black_box(&problem), SolveOptions::new()).unwrap()));
        if shape.max_size == 1 && shape.supplies == 10_000 {
            let again = replanned(&problem);
            group.bench_function(format!("{name}, replanned"), |bencher| {
                bencher.iter(|| solve(black_box(&again), SolveOptions::new()).unwrap());
            });
        }
        // They would take minutes for the largest problem, and do not split a problem into components.
        if shape.max_size == 1 && shape.supplies <= 10_000 && shape.components == 1 {
            // They compute no prices, and verify nothing.
            for (algorithm, optimum) in OTHERS {
                assert_eq!(optimum(&problem), solve(&problem, SolveOptions::new()).unwrap().objective);
                group.bench_function(format!("{name}: {algorithm}"), |bencher| {
                    bencher.iter(|| optimum(black_box(&problem)));
                });
            }
        }
    }
    group.finish();
}

criterion_group!(benches, allocation);
criterion_main!(benches);
