//! The solver, compared with brute force and independent algorithms, and its verifier with manipulated solutions.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]

#[path = "support/cycle_cancelling.rs"]
mod cycle_cancelling;
#[path = "support/random.rs"]
mod random;
#[path = "support/shortest_paths.rs"]
mod shortest_paths;

use std::{
    ops::ControlFlow,
    sync::atomic::{AtomicUsize, Ordering},
};

use lotse::{
    AllocateOptions, Allocation, Baseline, BaselineOptions, DiagnoseOptions, Error, ErrorKind, FixedReferral, Matcher,
    MoveMode, Need, Offer, Policy, PreviousReferral, Priority, Progress, ProgressFn, RankOptions, example,
    solver::{CLASSES, Edge, Objective, PriceWitness, Problem, Solution, SolveOptions, Supply, VerifyError, verify},
};

use crate::{
    cycle_cancelling::{Transportation, cheapest},
    random::Random,
    shortest_paths::shortest_paths,
};

fn solve(problem: &Problem) -> Result<Solution, Error> {
    lotse::solver::solve(problem, SolveOptions::new())
}

/// Returns a small problem with all special cases: no edges, no places, unlimited capacities, equal values, negative
/// values, fixed units.
fn small(random: &mut Random, max_size: usize) -> Problem {
    let sinks = random.below(5);
    let capacities: Vec<Option<u64>> =
        (0..sinks).map(|_| (random.below(8) > 0).then(|| random.below(4) as u64)).collect();
    let mut free: Vec<u64> = capacities.iter().map(|capacity| capacity.unwrap_or(u64::MAX)).collect();
    let mut units = 0;
    let mut supplies = Vec::new();
    for _ in 0..random.below(6) {
        let count = (if random.below(3) > 0 { 1 } else { random.below(4) }).min(7 - units);
        units += count;
        let size = 1 + random.below(max_size);
        let mut people = [0; CLASSES];
        match random.below(8) {
            0 => people[random.below(CLASSES)] = u32::try_from(random.below(3)).unwrap(),
            1 => people = [0, 1, 0, u32::try_from(size).unwrap()],
            2 if size > 1 => {
                people[0] = 1;
                people[2] = u32::try_from(size - 1).unwrap();
            }
            _ => people[random.below(CLASSES)] = u32::try_from(size).unwrap(),
        }
        let mut edges = Vec::new();
        for sink in 0..sinks {
            if random.below(3) > 0 {
                let value = [0, 1, 5, 5, 9, -3, 100, 7][random.below(8)];
                let kept = u32::try_from(random.below(6) / 5).unwrap();
                edges.push(Edge { sink: u32::try_from(sink).unwrap(), kept, value });
            }
        }
        let mut fixed = None;
        if random.below(8) == 0 && !edges.is_empty() {
            let sink = edges[random.below(edges.len())].sink;
            let needed = (count * size) as u64;
            if free[sink as usize] >= needed {
                free[sink as usize] -= if free[sink as usize] == u64::MAX { 0 } else { needed };
                fixed = Some(sink);
            }
        }
        let (count, size) = (u32::try_from(count).unwrap(), u32::try_from(size).unwrap());
        supplies.push(Supply { count, size, people, edges, fixed });
    }
    Problem { supplies, capacities }
}

/// Returns the largest objective of all assignments of all units.
fn brute_force(problem: &Problem) -> Objective {
    let units: Vec<&Supply> =
        problem.supplies.iter().flat_map(|supply| std::iter::repeat_n(supply, supply.count as usize)).collect();
    let mut free: Vec<i128> =
        problem.capacities.iter().map(|capacity| capacity.map_or(i128::MAX, i128::from)).collect();
    best(&units, &mut free).unwrap()
}

fn best(units: &[&Supply], free: &mut [i128]) -> Option<Objective> {
    let Some((unit, rest)) = units.split_first() else { return Some(Objective::ZERO) };
    let mut found = if unit.fixed.is_none() { best(rest, free) } else { None };
    for edge in unit.edges.iter().filter(|edge| unit.fixed.is_none_or(|fixed| fixed == edge.sink)) {
        let (sink, size) = (edge.sink as usize, i128::from(unit.size));
        if free[sink] >= size {
            free[sink] -= size;
            found = found.max(best(rest, free).map(|rest| sum(rest, unit.unit_objective(edge))));
            free[sink] += size;
        }
    }
    found
}

fn sum(a: Objective, b: Objective) -> Objective {
    let people = std::array::from_fn(|class| a.people[class] + b.people[class]);
    Objective { people, kept: a.kept + b.kept, value: a.value + b.value }
}

#[test]
fn unit_sizes_are_solved_optimally_and_every_price_is_exact() {
    let mut random = Random(1);
    for round in 0..14_000 {
        let problem = small(&mut random, 1);
        let solution = solve(&problem).unwrap();
        assert_eq!(solution.objective, brute_force(&problem), "{problem:?}");
        assert_eq!(solution.bound, solution.objective);
        if round % 3 > 0 {
            continue;
        }
        for (sink, price) in solution.certificate.prices.iter().enumerate() {
            let mut more = problem.clone();
            more.capacities[sink] = more.capacities[sink].map(|capacity| capacity + 1);
            assert_eq!(sum(solution.objective, *price), brute_force(&more), "sink {sink} of {problem:?}");
        }
    }
}

/// Joins two problems by alternating their sinks and their supplies.
fn joined(problems: [&Problem; 2]) -> Problem {
    let joined_sink = |part: usize, sink: u32| u32::try_from(2 * sink as usize + part).unwrap();
    let sinks = problems.map(|problem| problem.capacities.len()).into_iter().max().unwrap();
    let mut whole = Problem { supplies: Vec::new(), capacities: vec![Some(1); 2 * sinks] };
    for (part, problem) in problems.into_iter().enumerate() {
        for (sink, capacity) in (0..).zip(&problem.capacities) {
            whole.capacities[joined_sink(part, sink) as usize] = *capacity;
        }
    }
    for position in 0..problems.map(|problem| problem.supplies.len()).into_iter().max().unwrap() {
        for (part, problem) in problems.into_iter().enumerate() {
            let Some(supply) = problem.supplies.get(position) else { continue };
            let edges = supply.edges.iter().map(|edge| Edge { sink: joined_sink(part, edge.sink), ..*edge }).collect();
            let fixed = supply.fixed.map(|sink| joined_sink(part, sink));
            whole.supplies.push(Supply { edges, fixed, ..*supply });
        }
    }
    whole
}

#[test]
fn connected_components_are_solved_as_separate_problems() {
    let mut random = Random(5);
    for _ in 0..2_000 {
        let problems = [small(&mut random, 1), small(&mut random, 1)];
        let [a, b] = problems.each_ref().map(|problem| solve(problem).unwrap());
        let whole = solve(&joined(problems.each_ref())).unwrap();
        assert_eq!(whole.objective, sum(a.objective, b.objective), "{problems:?}");
        for (part, separate) in [&a, &b].into_iter().enumerate() {
            let prices: Vec<Objective> = whole.certificate.prices.iter().skip(part).step_by(2).copied().collect();
            assert_eq!(prices[..separate.certificate.prices.len()], separate.certificate.prices, "{problems:?}");
        }
        // Each supply has the same flow as in its own problem.
        let mut flows = [a.flows.iter(), b.flows.iter()];
        let parts = (0..a.flows.len().max(b.flows.len())).flat_map(|position| {
            let exists = [a.flows.len(), b.flows.len()].map(|count| position < count);
            (0..2_u32).filter(move |part| exists[*part as usize])
        });
        for (part, flow) in parts.zip(&whole.flows) {
            let separate = flows[part as usize].next().unwrap();
            assert!(flow.iter().map(|(sink, units)| (sink / 2, *units)).eq(separate.iter().copied()), "{problems:?}");
        }
    }
}

#[test]
fn small_problems_with_parties_are_solved_optimally() {
    let mut random = Random(2);
    for _ in 0..10_000 {
        let problem = small(&mut random, 4);
        let solution = solve(&problem).unwrap();
        assert_eq!(solution.objective, brute_force(&problem), "{problem:?}");
        assert_eq!(solution.bound, solution.objective, "{problem:?}");
    }
}

/// Returns a problem with scarce places, so that prices are above 0.
fn scarce(random: &mut Random) -> Problem {
    let sinks = 3 + random.below(4);
    let supply = |random: &mut Random| {
        let edges = (0..sinks).filter_map(|sink| {
            let value = i64::try_from(1 + random.below(1_000)).unwrap();
            (random.below(3) > 0).then_some(Edge { sink: u32::try_from(sink).unwrap(), kept: 0, value })
        });
        let edges = edges.collect();
        Supply { count: 1 + u32::try_from(random.below(2)).unwrap(), ..Supply::person(random.below(2), edges) }
    };
    let supplies = (0..6 + random.below(8)).map(|_| supply(random)).collect();
    Problem { supplies, capacities: (0..sinks).map(|_| Some(1 + random.below(3) as u64)).collect() }
}

#[test]
fn verify_rejects_manipulated_solutions() {
    let mut random = Random(3);
    // The number of trials of each manipulation.
    let mut trials = [0_u32; 9];
    for _ in 0..2_000 {
        let problem = scarce(&mut random);
        let solution = solve(&problem).unwrap();
        assert_eq!(verify(&problem, &solution), Ok(()));
        let mut check = |manipulation: usize, manipulated: &Solution, expected: &[VerifyError]| {
            let error = verify(&problem, manipulated).expect_err("manipulated");
            assert!(expected.contains(&error), "{error:?} for manipulation {manipulation}: {problem:?}");
            trials[manipulation] += 1;
        };
        for sink in 0..problem.capacities.len() {
            for step in [-1, 1] {
                let mut manipulated = solution.clone();
                manipulated.certificate.prices[sink].value += step;
                check(0, &manipulated, &[VerifyError::Price, VerifyError::Bound, VerifyError::Witness]);
            }
            if let Some(witness) = solution.certificate.witnesses[sink] {
                for moves in [witness.moves - 1, witness.moves + 1] {
                    let mut manipulated = solution.clone();
                    manipulated.certificate.witnesses[sink] = Some(PriceWitness { moves, ..witness });
                    check(8, &manipulated, &[VerifyError::Witness]);
                }
                let mut manipulated = solution.clone();
                manipulated.certificate.witnesses[sink] = None;
                check(1, &manipulated, &[VerifyError::Witness]);
            }
        }
        for step in [-1, 1] {
            let mut manipulated = solution.clone();
            manipulated.objective.value += step;
            check(2, &manipulated, &[VerifyError::Objective]);
            let mut manipulated = solution.clone();
            manipulated.bound.people[0] += step;
            check(3, &manipulated, &[VerifyError::Bound]);
        }
        for (position, supply) in problem.supplies.iter().enumerate() {
            let flow = &solution.flows[position];
            let served: u32 = flow.iter().map(|(_, count)| count).sum();
            let is_full = |sink: u32| {
                let to_sink = |flow: &&(u32, u32)| flow.0 == sink;
                let used = solution.flows.iter().flatten().filter(to_sink).map(|(_, count)| u64::from(*count)).sum();
                problem.capacities[sink as usize] == Some(used)
            };
            // An unserved unit goes to a sink that is full.
            let edge =
                supply.edges.iter().find(|edge| is_full(edge.sink) && flow.iter().all(|(to, _)| *to != edge.sink));
            if let Some(edge) = edge.filter(|_| served < supply.count) {
                let mut manipulated = solution.clone();
                manipulated.flows[position].push((edge.sink, 1));
                manipulated.flows[position].sort_unstable();
                manipulated.objective = sum(manipulated.objective, supply.unit_objective(edge));
                check(4, &manipulated, &[VerifyError::Capacity]);
            }
            // More units than there are, and a unit without an edge.
            if let Some((sink, count)) = flow.first() {
                let mut manipulated = solution.clone();
                manipulated.flows[position][0] = (*sink, count + supply.count);
                check(5, &manipulated, &[VerifyError::Flow]);
                let mut manipulated = solution.clone();
                manipulated.flows[position][0] = (u32::try_from(problem.capacities.len()).unwrap(), *count);
                check(6, &manipulated, &[VerifyError::Flow]);
            }
            // Two units swap their sinks, which changes the value.
            for (later, other) in problem.supplies.iter().enumerate().skip(position + 1) {
                let ([(from, 1)], [(to, 1)]) = (flow.as_slice(), solution.flows[later].as_slice()) else { continue };
                let value = |supply: &Supply, sink: u32| {
                    supply.edges.iter().find(|edge| edge.sink == sink).map(|edge| edge.value)
                };
                let swapped = value(supply, *to).zip(value(other, *from));
                let Some((there, back)) = swapped.filter(|_| from != to) else { continue };
                let before = value(supply, *from).unwrap() + value(other, *to).unwrap();
                if there + back == before {
                    continue;
                }
                let mut manipulated = solution.clone();
                manipulated.flows.swap(position, later);
                check(7, &manipulated, &[VerifyError::Objective]);
                // With the correct objective, the bound no longer equals it.
                manipulated.objective.value += i128::from(there + back - before);
                check(7, &manipulated, &[VerifyError::Bound]);
            }
        }
    }
    assert!(trials.iter().all(|count| *count > 500), "{trials:?}");
}

#[test]
fn fixed_units_keep_their_sink_and_unlimited_capacity_has_no_price() {
    let to = |sink, value| Edge { sink, kept: 0, value };
    let fixed = Supply { fixed: Some(1), ..Supply::person(3, vec![to(0, 9), to(1, 1)]) };
    let problem = Problem { supplies: vec![fixed, Supply::person(0, vec![to(1, 5)])], capacities: vec![None, Some(1)] };
    let solution = solve(&problem).unwrap();
    assert_eq!(solution.flows, [vec![(1, 1)], vec![]]);
    let mut moved = solution.clone();
    moved.flows = vec![vec![(0, 1)], vec![(1, 1)]];
    assert_eq!(verify(&problem, &moved), Err(VerifyError::Fixed));
    let mut priced = solution;
    priced.certificate.prices[0].value = 1;
    assert_eq!(verify(&problem, &priced), Err(VerifyError::Price));
}

#[test]
fn verify_rejects_invalid_flows_and_witnesses() {
    let mut random = Random(6);
    let mut trials = [0_u32; 7];
    for _ in 0..6_000 {
        let problem = small(&mut random, 1);
        let solution = solve(&problem).unwrap();
        let mut check = |manipulation: usize, manipulated: &Solution, expected: VerifyError| {
            assert_eq!(verify(&problem, manipulated), Err(expected), "manipulation {manipulation}: {problem:?}");
            trials[manipulation] += 1;
        };
        let sinks = u32::try_from(problem.capacities.len()).unwrap();
        for (position, supply) in problem.supplies.iter().enumerate() {
            let flow = &solution.flows[position];
            let is_reached = |sink: u32| supply.edges.iter().any(|edge| edge.sink == sink);
            // A sink that exists, but without an edge.
            if let Some(sink) = (0..sinks).find(|sink| !is_reached(*sink)).filter(|_| flow.len() == 1) {
                let mut manipulated = solution.clone();
                manipulated.flows[position][0].0 = sink;
                check(0, &manipulated, VerifyError::Flow);
            }
            let Some(fixed) = supply.fixed.filter(|_| supply.count > 0) else { continue };
            if let Some(edge) = supply.edges.iter().find(|edge| edge.sink != fixed) {
                let mut manipulated = solution.clone();
                manipulated.flows[position][0].0 = edge.sink;
                check(1, &manipulated, VerifyError::Fixed);
            }
            let mut manipulated = solution.clone();
            manipulated.flows[position].clear();
            check(2, &manipulated, VerifyError::Fixed);
        }
        for sink in 0..problem.capacities.len() {
            if problem.capacities[sink].is_none() {
                let mut manipulated = solution.clone();
                manipulated.certificate.prices[sink].value = 1;
                check(3, &manipulated, VerifyError::Price);
            }
            let mut check_witness = |manipulation: usize, supply: usize, from: Option<u32>| {
                let mut manipulated = solution.clone();
                let supply = u32::try_from(supply).unwrap();
                manipulated.certificate.witnesses[sink] = Some(PriceWitness { supply, from, moves: 1 });
                check(manipulation, &manipulated, VerifyError::Witness);
            };
            // A supply that does not exist.
            check_witness(4, problem.supplies.len(), None);
            for (position, supply) in problem.supplies.iter().enumerate() {
                let served: u32 = solution.flows[position].iter().map(|(_, count)| count).sum();
                // A fixed supply, or one without unserved units.
                if supply.fixed.is_some() || served == supply.count {
                    check_witness(5, position, None);
                }
                // A unit that leaves a sink at which it is not.
                check_witness(6, position, Some(sinks));
            }
        }
    }
    assert!(trials.iter().all(|count| *count > 500), "{trials:?}");
}

#[test]
fn degenerate_problems_terminate() {
    let to = |sink, value| Edge { sink, kept: 0, value };
    let served = |problem: &Problem| solve(problem).unwrap().objective.people.iter().sum::<i128>();
    assert_eq!(served(&Problem::default()), 0);
    assert_eq!(served(&Problem { supplies: vec![Supply::person(0, vec![])], capacities: vec![] }), 0);
    assert_eq!(served(&Problem { supplies: vec![Supply::person(0, vec![to(0, 1)])], capacities: vec![Some(0)] }), 0);
    let equal = |sinks: u32| (0..sinks).map(|sink| to(sink, 7)).collect::<Vec<_>>();
    let crowd = Problem {
        supplies: (0..2_000).map(|_| Supply::person(3, equal(20))).collect(),
        capacities: vec![Some(90); 20],
    };
    assert_eq!(served(&crowd), 1_800);
    let million = Supply { count: 100_000, ..Supply::person(2, equal(3)) };
    let million = Problem { supplies: vec![million; 10], capacities: vec![Some(250_000), Some(1), Some(400_000)] };
    assert_eq!(served(&million), 650_001);
    let largest = Supply { count: u32::MAX, ..Supply::person(0, equal(1)) };
    assert_eq!(served(&Problem { supplies: vec![largest], capacities: vec![None] }), i128::from(u32::MAX));
    let identical = Problem { supplies: vec![Supply::person(1, equal(1)); 100_000], capacities: vec![Some(60_000)] };
    assert_eq!(served(&identical), 60_000);
    let pairs = Supply { count: 100_000, size: 2, people: [0, 2, 0, 0], ..Supply::person(1, equal(3)) };
    let pairs = Problem { supplies: vec![pairs; 10], capacities: vec![Some(500_001), Some(3), Some(400_001)] };
    assert_eq!(served(&pairs), 900_002);
    // All different, at one sink, sorted by value in both directions.
    let ascending = |size: u32| {
        let unit = |value| Supply { size, people: [0, 0, 0, size], ..Supply::person(3, vec![to(0, value)]) };
        (1..=50_000).map(unit).collect::<Vec<_>>()
    };
    for size in [1, 2] {
        let (mut supplies, capacities) = (ascending(size), vec![Some(30_001 * u64::from(size))]);
        let problem = Problem { supplies: supplies.clone(), capacities: capacities.clone() };
        assert_eq!(served(&problem), 30_001 * i128::from(size));
        supplies.reverse();
        assert_eq!(served(&Problem { supplies, capacities }), 30_001 * i128::from(size));
    }
}

/// Sizes and counts beyond the limits are rejected at once, all others are solved.
#[test]
fn large_sizes_and_counts_are_solved_up_to_the_limits() {
    let unit = |count, size, value| Supply {
        count,
        size,
        people: [4, 0, 0, 0],
        edges: vec![Edge { sink: 0, kept: 0, value }],
        fixed: None,
    };
    let solved = |supply: Supply, capacity| {
        solve(&Problem { supplies: vec![supply], capacities: vec![capacity] })
            .map(|solution| solution.objective)
            .map_err(|error| error.code().to_owned())
    };
    let people = |count, value| Ok(Objective { people: [count, 0, 0, 0], kept: 0, value });
    assert_eq!(solved(unit(1, 4_000_000_000, 7), None), people(4, 7));
    assert_eq!(solved(unit(1, 4_000_000_000, i64::MIN), None), people(4, i128::from(i64::MIN)));
    assert_eq!(solved(unit(1, 4_000_000_000, i64::MAX), Some(3_999_999_999)), people(0, 0));
    assert_eq!(solved(unit(1_000_000, 4, 8), Some(400_003)), people(400_000, 800_000));
    for (count, size) in [(2_000_000_000, 4), (u32::MAX, 2), (u32::MAX, u32::MAX), (20_000_000, 2)] {
        assert_eq!(solved(unit(count, size, 8), None), Err("problem.too_large".to_owned()));
    }
}

/// The largest and smallest values are solved, or rejected if their sums exceed 128 bits.
#[test]
fn extreme_values_are_solved_or_rejected() {
    let mut random = Random(8);
    let (mut solved, mut rejected) = (0, 0);
    for round in 0..4_000 {
        let mut problem = small(&mut random, if round % 2 == 0 { 1 } else { 4 });
        for edge in problem.supplies.iter_mut().flat_map(|supply| &mut supply.edges) {
            edge.value = [i64::MAX, i64::MIN, i64::MAX - 1, i64::MIN + 1, 0, 1][random.below(6)];
        }
        if let Some(supply) = problem.supplies.first_mut().filter(|_| round % 16 == 0) {
            supply.people = [u32::MAX; CLASSES];
        }
        match solve(&problem) {
            Ok(solution) => {
                assert_eq!(solution.objective, brute_force(&problem), "{problem:?}");
                solved += 1;
            }
            Err(error) => {
                assert_eq!(error.code(), "problem.too_large", "{problem:?}");
                rejected += 1;
            }
        }
    }
    assert!(solved > 2_000 && rejected > 100, "{solved} solved, {rejected} rejected");
}

/// Compares problems that are too large for brute force, with several classes and counts, with successive shortest
/// paths.
#[test]
fn large_problems_agree_with_shortest_paths() {
    let mut random = Random(9);
    for (supplies, count, sinks, edges, places) in
        [(300, 1, 40, 15, 250), (40, 30, 20, 8, 1_000), (500, 1, 60, 60, 450), (1_000, 1, 200, 40, 900)]
    {
        let mut capacities = vec![0; sinks];
        for _ in 0..places {
            capacities[random.below(sinks)] += 1;
        }
        let supply = |random: &mut Random| {
            let reached: std::collections::BTreeSet<usize> = (0..edges).map(|_| random.below(sinks)).collect();
            let edge = |sink| Edge {
                sink: u32::try_from(sink).unwrap(),
                kept: 0,
                value: i64::try_from(random.below(1_000_000)).unwrap(),
            };
            let edges = reached.into_iter().map(edge).collect();
            Supply { count, ..Supply::person(random.below(CLASSES), edges) }
        };
        let supplies = (0..supplies).map(|_| supply(&mut random)).collect();
        let problem = Problem { supplies, capacities: capacities.into_iter().map(Some).collect() };
        assert_eq!(solve(&problem).unwrap().objective, shortest_paths(&problem));
    }
}

#[test]
fn invalid_problems_are_rejected() {
    let to = |sink, value| Edge { sink, kept: 0, value };
    let error = |supply: Supply, capacities: Vec<Option<u64>>| {
        let error = solve(&Problem { supplies: vec![supply], capacities }).unwrap_err();
        (error.code().to_owned(), error.path().to_owned())
    };
    let expected = |code: &str, path: &str| (code.to_owned(), path.to_owned());
    let person = |edges| Supply::person(0, edges);
    assert_eq!(error(person(vec![to(1, 1)]), vec![None]), expected("problem.sink", "supplies[0].edges[0].sink"));
    let twice = person(vec![to(0, 1), to(0, 2)]);
    assert_eq!(error(twice, vec![None]), expected("problem.sink", "supplies[0].edges[1].sink"));
    let without_edge = Supply { fixed: Some(1), ..person(vec![to(0, 1)]) };
    assert_eq!(error(without_edge, vec![None, None]), expected("problem.sink", "supplies[0].fixed"));
    let without_size = Supply { size: 0, ..person(vec![]) };
    assert_eq!(error(without_size, vec![]), expected("problem.range", "supplies[0].size"));
    assert_eq!(error(person(vec![]), vec![Some(u64::MAX)]), expected("problem.range", "capacities[0]"));
    let many = Supply { count: 3, fixed: Some(0), ..person(vec![to(0, 1)]) };
    assert_eq!(error(many, vec![Some(2)]), expected("problem.fixed", "capacities[0]"));
    let fixed = |sink| Supply { count: 2, fixed: Some(sink), ..person(vec![to(0, 1), to(1, 1), to(2, 1)]) };
    let full = Problem { supplies: vec![fixed(0), fixed(1), fixed(2)], capacities: vec![Some(1), Some(2), Some(0)] };
    let errors = solve(&full).unwrap_err();
    let paths: Vec<&str> = errors.errors().map(|detail| detail.path()).collect();
    assert_eq!(paths, ["capacities[0]", "capacities[2]"]);
    let huge = Supply { count: 1, size: 1, people: [u32::MAX; CLASSES], edges: vec![to(0, i64::MAX)], fixed: None };
    assert_eq!(error(huge, vec![Some(1)]), expected("problem.too_large", ""));
}

/// Few parties of the embedded incident compete, so branch and bound proves its plan optimal.
#[test]
fn the_plan_of_the_incident_is_optimal() {
    let matcher = Matcher::builder().offers(example::offers().unwrap()).as_of(example::AS_OF.parse().unwrap());
    let plan = matcher.build().unwrap().allocate(&example::needs().unwrap(), &AllocateOptions::new()).unwrap();
    assert!(plan.is_optimal(), "{:?}", plan.gap());
}

/// A group whose sums exceed their range is rejected, not truncated.
#[test]
fn large_groups_are_rejected_if_sums_overflow() {
    let policy = Policy::from_json(r#"{"priority_weights": {"stat": 1000}}"#).unwrap();
    let offer = Offer::from_json(r#"{"id": "o-1", "capacity": {"state": "unlimited"}}"#).unwrap();
    let matcher = Matcher::builder().offers([offer]).policy(policy).build().unwrap();
    let group = |count: usize| {
        let need = |position: usize| {
            let need = Need::builder(format!("n-{position:04}")).group("g").people(100_000).priority(Priority::Stat);
            need.build().unwrap()
        };
        (0..count).map(need).collect::<Vec<_>>()
    };
    let plan = matcher.allocate(&group(900), &AllocateOptions::new()).unwrap();
    assert_eq!(plan.objective().people, [90_000_000, 0, 0, 0]);
    assert_eq!(plan.objective().value, 9_000_000_000_000_000_000);
    let error = matcher.allocate(&group(1_000), &AllocateOptions::new()).unwrap_err();
    assert_eq!(error.code(), "problem.too_large");
}

#[test]
fn the_order_of_supplies_and_sinks_is_irrelevant() {
    let mut random = Random(4);
    for round in 0..4_000 {
        let problem =
            if round % 2 == 0 { scarce(&mut random) } else { small(&mut random, if round % 4 == 1 { 1 } else { 4 }) };
        let (supplies, sinks) = (problem.supplies.len(), problem.capacities.len());
        // Fisher and Yates.
        let mut permutation = |length: usize| {
            let mut order: Vec<usize> = (0..length).collect();
            for position in (1..length).rev() {
                order.swap(position, random.below(position + 1));
            }
            order
        };
        let (order, new_sinks) = (permutation(supplies), permutation(sinks));
        let new_sink = |sink: u32| u32::try_from(new_sinks[sink as usize]).unwrap();
        let mut shuffled = Problem { supplies: Vec::new(), capacities: vec![None; sinks] };
        for position in &order {
            let mut supply = problem.supplies[*position].clone();
            for edge in &mut supply.edges {
                edge.sink = new_sink(edge.sink);
            }
            supply.fixed = supply.fixed.map(new_sink);
            shuffled.supplies.push(supply);
        }
        for (sink, capacity) in problem.capacities.iter().enumerate() {
            shuffled.capacities[new_sinks[sink]] = *capacity;
        }
        let (a, b) = (solve(&problem).unwrap(), solve(&shuffled).unwrap());
        assert_eq!((a.objective, a.bound), (b.objective, b.bound));
        for (sink, price) in a.certificate.prices.iter().enumerate() {
            assert_eq!(b.certificate.prices[new_sinks[sink]], *price);
        }
    }
}

/// Compares transportation problems of NETGEN (Klingman, Napier, Stutz 1974) with cycle cancelling.
#[test]
fn netgen_problems_agree_with_cycle_cancelling() {
    // Sources, sinks, arcs, and total supply.
    let shapes = [
        (5, 5, 15, 40),
        (10, 10, 40, 100),
        (30, 10, 120, 300),
        (10, 30, 150, 300),
        (40, 40, 400, 800),
        (60, 20, 600, 60),
        (100, 50, 1_500, 2_000),
        (150, 80, 2_400, 5_000),
    ];
    let mut solved = 0;
    for (sources, sinks, density, supply) in shapes {
        for seed in [13_502_460, 4_281_922, 44_820_113] {
            let parameters = netgen_rs::NetgenParams {
                // One transshipment node, which the generator requires.
                nodes: sources + sinks + 1,
                sources,
                sinks,
                density,
                mincost: 1,
                maxcost: 1_000,
                supply,
                tsources: 0,
                tsinks: 0,
                hicost_pct: 20,
                capacitated_pct: 0,
                mincap: 1,
                maxcap: 1,
            };
            let network = netgen_rs::generate(seed, &parameters).unwrap();
            let transit = usize::try_from(sources).unwrap();
            // A path through the transshipment node is an arc of the sum of both costs; of parallel arcs the cheapest
            // counts.
            let mut costs = std::collections::BTreeMap::new();
            let node = |node: u64| usize::try_from(node - 1).unwrap();
            let onward = || network.arcs.iter().filter(|arc| node(arc.from) == transit);
            for arc in network.arcs.iter().filter(|arc| node(arc.from) < transit) {
                let direct = (node(arc.to) > transit).then_some((node(arc.to), arc.cost));
                let paths =
                    onward().filter(|_| node(arc.to) == transit).map(|next| (node(next.to), arc.cost + next.cost));
                for (to, cost) in direct.into_iter().chain(paths) {
                    let least = costs.entry((node(arc.from), to - transit - 1)).or_insert(cost);
                    *least = cost.min(*least);
                }
            }
            let supplies = network.supply[..transit].to_vec();
            // Every third sink has half of its places, so that not everything can be sent.
            let demands = network.supply[transit + 1..].iter().enumerate();
            let capacities: Vec<i64> =
                demands.map(|(sink, demand)| if sink % 3 == 0 { -demand / 2 } else { -demand }).collect();
            let arcs: Vec<(usize, usize, i64)> = costs.iter().map(|((from, to), cost)| (*from, *to, *cost)).collect();
            let supply = |(source, count): (usize, &i64)| {
                let edges = arcs.iter().filter(|(from, ..)| *from == source);
                let edges =
                    edges.map(|(_, to, cost)| Edge { sink: u32::try_from(*to).unwrap(), kept: 0, value: -cost });
                Supply { count: u32::try_from(*count).unwrap(), ..Supply::person(2, edges.collect()) }
            };
            let problem = Problem {
                supplies: supplies.iter().enumerate().map(supply).collect(),
                capacities: capacities.iter().map(|capacity| u64::try_from(*capacity).ok()).collect(),
            };
            let (units, cost) = cheapest(&Transportation { supplies, capacities, arcs });
            let objective = solve(&problem).unwrap().objective;
            assert_eq!((objective.people[2], objective.value), (i128::from(units), -i128::from(cost)), "seed {seed}");
            solved += 1;
        }
    }
    assert_eq!(solved, 24);
}

/// Parties of one to six people compete for scarce places: the gap is small.
#[test]
fn large_problems_with_parties_come_close_to_their_bound() {
    let mut random = Random(5);
    let supplies = (0..1_000).map(|_| {
        let size = 1 + random.below(6);
        let class = [3, 3, 3, 3, 3, 2, 2, 1, 0][random.below(9)];
        let weight = [8, 4, 2, 1][class];
        let mut people = [0; CLASSES];
        people[class] = u32::try_from(size).unwrap();
        let mut sinks: Vec<u32> = (0..40).map(|_| u32::try_from(random.below(200)).unwrap()).collect();
        sinks.sort_unstable();
        sinks.dedup();
        let value = |random: &mut Random| (30_000_000 + random.below(70_000_000)) * size * weight;
        let edge = |sink| Edge { sink, kept: 0, value: i64::try_from(value(&mut random)).unwrap() };
        let edges = sinks.into_iter().map(edge).collect();
        Supply { count: 1, size: u32::try_from(size).unwrap(), people, edges, fixed: None }
    });
    let supplies = supplies.collect();
    let mut capacities = vec![0; 200];
    for _ in 0..3_000 {
        capacities[random.below(200)] += 1;
    }
    let problem = Problem { supplies, capacities: capacities.into_iter().map(Some).collect() };
    let Solution { objective, bound, .. } = solve(&problem).unwrap();
    assert_eq!(objective.people, bound.people);
    let gap = bound.value - objective.value;
    println!("parties: gap {gap} of {}", bound.value);
    assert!(gap * 400 <= bound.value, "more than a quarter of a percent: {gap} of {}", bound.value);
}

/// An allocation can be cancelled in each of its stages; partial results are discarded.
#[test]
fn an_allocation_can_be_cancelled_at_any_time() {
    let needs = example::needs().unwrap();
    let offers = example::offers().unwrap();
    let matcher = Matcher::builder().offers(offers).as_of(example::AS_OF.parse().unwrap()).build().unwrap();
    let options = AllocateOptions::new();
    // `total` is `None` in the search and while unmet needs are explained.
    let calls = AtomicUsize::new(0);
    let on_progress = |progress: Progress| {
        calls.fetch_add(usize::from(progress.total.is_none()), Ordering::Relaxed);
        ControlFlow::Continue(())
    };
    let whole = matcher.allocate(&needs, &options.clone().progress(&on_progress));
    assert_eq!(whole.unwrap(), matcher.allocate(&needs, &options).unwrap());
    let calls = calls.into_inner();
    assert!(calls > 10, "{calls}");
    for last in [0, 1, calls / 2, calls - 1] {
        let left = AtomicUsize::new(last);
        let on_progress = |progress: Progress| {
            if progress.total.is_some()
                || left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok()
            {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        };
        let cancelled = matcher.allocate(&needs, &options.clone().progress(&on_progress));
        assert_eq!(cancelled.unwrap_err().kind(), ErrorKind::Cancelled, "after {last} of {calls} calls");
    }
    let cancel: &ProgressFn<'_> = &|_| ControlFlow::Break(());
    assert_eq!(matcher.allocate(&needs, &options.progress(cancel)).unwrap_err().code(), "cancelled");
    assert_eq!(matcher.diagnose_all(&needs, DiagnoseOptions::new().progress(cancel)).unwrap_err().code(), "cancelled");
    assert_eq!(matcher.rank_all(&needs, RankOptions::new().progress(cancel)).unwrap_err().code(), "cancelled");
    let baseline = BaselineOptions::new(Baseline::FirstComeFirstServed).progress(cancel);
    assert_eq!(matcher.baseline(&needs, baseline).unwrap_err().code(), "cancelled");
}

/// The JSON of a random offer for single people, and with one more place, if their number is stated.
fn random_offer(random: &mut Random, id: usize) -> (String, Option<String>) {
    let languages = [r#"["uk"]"#, r#"["de", "uk"]"#, r#"[{"tag": "uk", "how": "interpreter"}]"#, "[]"][random.below(4)];
    let area = [r#"["14612"]"#, r#"["14627"]"#, r#"["any"]"#][random.below(3)];
    let (free, has_talk) = (random.below(3), random.below(4) == 0);
    let places = |free: usize| match has_talk {
        true => format!(r#"{{"free": {free}, "state": "assessment"}}"#),
        false => format!(r#"{{"free": {free}}}"#),
    };
    let (capacity, more) = match random.below(9) {
        0 => (r#"{"state": "full"}"#.to_owned(), Some(places(1))),
        1 => (r#"{"state": "waitlist"}"#.to_owned(), None),
        2 => (r#"{"state": "unlimited"}"#.to_owned(), None),
        3 => ("{}".to_owned(), None),
        4 => (r#"{"state": "assessment"}"#.to_owned(), None),
        _ => (places(free), Some(places(free + 1))),
    };
    let offer = |capacity: &str| {
        format!(r#"{{"id": "o-{id}", "languages": {languages}, "area": {area}, "capacity": {capacity}}}"#)
    };
    (offer(&capacity), more.map(|more| offer(&more)))
}

fn random_person(random: &mut Random, id: usize) -> Need {
    let priority = ["stat", "urgent", "routine", "routine"][random.below(4)];
    let level = ["B2", "A2", "native"][random.below(3)];
    let languages = match random.below(3) {
        0 => r#""uk""#.to_owned(),
        1 => format!(r#"{{"tag": "de", "level": "{level}"}}"#),
        _ => format!(r#"{{"tag": "uk", "level": "{level}"}}, "de""#),
    };
    let region = ["", r#", "region": "14612""#][random.below(2)];
    let need = format!(r#"{{"id": "n-{id}", "priority": "{priority}", "languages": [{languages}]{region}}}"#);
    Need::from_json(&need).unwrap()
}

fn random_options(random: &mut Random, needs: usize, offers: usize) -> AllocateOptions<'static> {
    let pair = |random: &mut Random, need: usize| (format!("n-{need}"), format!("o-{}", random.below(offers)));
    let (mut fixed, mut previous) = (Vec::new(), Vec::new());
    for need in 0..needs {
        if random.below(2) == 0 {
            let (need, offer) = pair(random, need);
            let referral = PreviousReferral::new(need, offer);
            previous.push(if random.below(4) == 0 { referral.counted() } else { referral });
        }
        if random.below(8) == 0 {
            let (need, offer) = pair(random, need);
            let referral = FixedReferral::new(need, offer);
            fixed.push(if random.below(2) == 0 { referral.counted() } else { referral });
        }
    }
    AllocateOptions::new()
        .fixed(fixed)
        .previous(previous)
        .moves([MoveMode::None, MoveMode::Few, MoveMode::Free][random.below(3)])
        .min_score(lotse::Score::new([0, 60_000_000, 85_000_000][random.below(3)]).unwrap())
        .neighbour_serves(random.below(3) > 0)
}

/// One more place at any offer adds exactly its price, at each level.
#[test]
fn a_price_is_the_difference_of_two_plans() {
    let mut random = Random(10);
    let (mut compared, mut priced, mut next_in_line) = (0, 0, 0);
    for _ in 0..4_000 {
        let (offer_count, need_count) = (1 + random.below(4), 1 + random.below(7));
        let (offers, more): (Vec<_>, Vec<_>) = (0..offer_count).map(|id| random_offer(&mut random, id)).unzip();
        let needs: Vec<Need> = (0..need_count).map(|id| random_person(&mut random, id)).collect();
        let options = random_options(&mut random, need_count, offer_count);
        let records = offers.iter().map(|offer| Offer::from_json(offer).unwrap());
        let matcher = Matcher::builder().offers(records).build().unwrap();
        let Ok(plan) = matcher.allocate(&needs, &options) else { continue };
        plan.verify().unwrap();
        for (sink, usage) in plan.offers().iter().enumerate() {
            assert!(usage.is_exact());
            let context = || format!("{usage:?} of {offers:?} {needs:?} {options:?}");
            let mut problem = plan.problem().clone();
            problem.capacities[sink] = problem.capacities[sink].map(|places| places + 1);
            let after = solve(&problem).unwrap().objective;
            assert_eq!(sum(plan.solution().objective, usage.price()), after, "{}", context());
            let Some(more) = &more[sink] else { continue };
            let mut larger = matcher.clone();
            larger.update(Offer::from_json(more).unwrap()).unwrap();
            let after = larger.allocate(&needs, &options).unwrap();
            assert_eq!(sum(plan.objective(), usage.price()), after.objective(), "{}", context());
            compared += 1;
            priced += u32::from(usage.price() != Objective::ZERO);
            let broken = |plan: &Allocation| plan.referrals().iter().filter(|one| !one.violations().is_empty()).count();
            next_in_line += u32::from(broken(&plan) < broken(&after));
        }
    }
    assert!(compared > 2_000 && priced > 500 && next_in_line > 20, "{compared} {priced} {next_in_line}");
}

/// Returns a random party: a need for up to three people, with one member or two.
fn random_party(random: &mut Random, id: usize) -> Vec<Need> {
    let languages = [r#"["uk"]"#, r#"["de"]"#, r#"["fr"]"#][random.below(3)];
    let priority = ["stat", "routine", "routine"][random.below(3)];
    let need = |member: usize, people: usize| {
        let group = format!("g-{id}");
        let id = if member == 0 { format!("n-{id}") } else { format!("n-{id}-{member}") };
        let need = format!(
            r#"{{"id": "{id}", "group": "{group}", "people": {people}, "priority": "{priority}", "languages": {languages}}}"#
        );
        Need::from_json(&need).unwrap()
    };
    (0..1 + random.below(2)).map(|member| need(member, 1 + random.below(3))).collect()
}

/// With the extra places that help at an offer, a plan serves more people, whether parties wait to keep their offer or not.
#[test]
fn extra_places_that_help_serve_more_people() {
    let mut random = Random(21);
    let (mut compared, mut none) = (0, 0);
    for _ in 0..3_000 {
        let (offer_count, party_count) = (1 + random.below(3), 1 + random.below(7));
        let offer = |random: &mut Random, id: usize| {
            let languages = [r#"["uk"]"#, r#"["de", "uk"]"#, r#"["de", "fr"]"#][random.below(3)];
            let free = random.below(6);
            (free, format!(r#"{{"id": "o-{id}", "languages": {languages}, "capacity": "#))
        };
        let offers: Vec<(usize, String)> = (0..offer_count).map(|id| offer(&mut random, id)).collect();
        let to_offer = |(free, text): &(usize, String)| Offer::from_json(&format!("{text}{free}}}")).unwrap();
        let needs: Vec<Need> = (0..party_count).flat_map(|id| random_party(&mut random, id)).collect();
        let options = AllocateOptions::new()
            .previous((0..party_count).filter(|id| id % 4 < 3).map(|id| (format!("n-{id}"), format!("o-{}", id % 2))))
            .moves([MoveMode::None, MoveMode::None, MoveMode::Few][random.below(3)]);
        let matcher = Matcher::builder().offers(offers.iter().map(to_offer)).build().unwrap();
        let plan = matcher.allocate(&needs, &options).unwrap();
        assert!(plan.is_optimal());
        for (usage, (free, text)) in plan.offers().iter().zip(&offers) {
            let Some(extra) = usage.min_extra_places() else {
                none += 1;
                continue;
            };
            let mut larger = matcher.clone();
            larger.update(to_offer(&(free + usize::try_from(extra).unwrap(), text.clone()))).unwrap();
            let after = larger.allocate(&needs, &options).unwrap();
            assert!(
                after.objective().people > plan.objective().people,
                "{usage:?} of {offers:?} {needs:?} {options:?}"
            );
            compared += 1;
        }
    }
    assert!(compared > 1_000 && none > 1_000, "{compared} {none}");
}
