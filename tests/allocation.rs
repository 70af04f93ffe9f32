//! The allocation problem against all assignments of small instances, and its verifier against plans that were tampered with.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]

#[path = "support/cycle_cancelling.rs"]
mod cancel;
#[path = "support/shortest_paths.rs"]
mod paths;
#[path = "support/random.rs"]
mod random;

use std::{
    ops::ControlFlow,
    sync::atomic::{AtomicUsize, Ordering},
};

use lotse::{
    AllocateOptions, ErrorKind, Matcher, Need, Offer, Policy, Priority, ProgressFn, example,
    solver::{CLASSES, Edge, Objective, PriceWitness, Problem, Solution, Supply, VerifyError, solve, verify},
};

use crate::{
    cancel::{Transport, cheapest},
    paths::paths,
    random::Random,
};

/// A small problem with everything in it: no edges, no places, no limit, equal values, values below 0, fixed units.
fn small(random: &mut Random, largest: usize) -> Problem {
    let sinks = random.below(5);
    let places: Vec<Option<u64>> = (0..sinks).map(|_| (random.below(8) > 0).then(|| random.below(4) as u64)).collect();
    let mut left: Vec<u64> = places.iter().map(|places| places.unwrap_or(u64::MAX)).collect();
    let mut units = 0;
    let mut supplies = Vec::new();
    for _ in 0..random.below(6) {
        let count = (if random.below(3) > 0 { 1 } else { random.below(4) }).min(7 - units);
        units += count;
        let size = 1 + random.below(largest);
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
            let wanted = (count * size) as u64;
            if left[sink as usize] >= wanted {
                left[sink as usize] -= if left[sink as usize] == u64::MAX { 0 } else { wanted };
                fixed = Some(sink);
            }
        }
        let (count, size) = (u32::try_from(count).unwrap(), u32::try_from(size).unwrap());
        supplies.push(Supply { count, size, people, edges, fixed });
    }
    Problem { supplies, capacities: places }
}

/// The best worth over all assignments of all units.
fn brute(problem: &Problem) -> Objective {
    let units: Vec<&Supply> =
        problem.supplies.iter().flat_map(|supply| std::iter::repeat_n(supply, supply.count as usize)).collect();
    let mut left: Vec<i128> = problem.capacities.iter().map(|places| places.map_or(i128::MAX, i128::from)).collect();
    best(&units, &mut left).unwrap()
}

fn best(units: &[&Supply], left: &mut [i128]) -> Option<Objective> {
    let Some((unit, rest)) = units.split_first() else { return Some(zero()) };
    let mut found = if unit.fixed.is_none() { best(rest, left) } else { None };
    for edge in unit.edges.iter().filter(|edge| unit.fixed.is_none_or(|fixed| fixed == edge.sink)) {
        let (sink, size) = (edge.sink as usize, i128::from(unit.size));
        if left[sink] >= size {
            left[sink] -= size;
            found = found.max(best(rest, left).map(|rest| sum(rest, unit.unit_objective(edge))));
            left[sink] += size;
        }
    }
    found
}

fn zero() -> Objective {
    Objective::ZERO
}

fn sum(one: Objective, other: Objective) -> Objective {
    let people = std::array::from_fn(|class| one.people[class] + other.people[class]);
    Objective { people, kept: one.kept + other.kept, value: one.value + other.value }
}

#[test]
fn single_places_are_solved_exactly_with_every_price() {
    let mut random = Random(1);
    for round in 0..14_000 {
        let problem = small(&mut random, 1);
        let solution = solve(&problem).unwrap();
        assert_eq!(solution.objective, brute(&problem), "{problem:?}");
        assert_eq!(solution.bound, solution.objective);
        if round % 3 > 0 {
            continue;
        }
        for (sink, price) in solution.certificate.prices.iter().enumerate() {
            let mut more = problem.clone();
            more.capacities[sink] = more.capacities[sink].map(|places| places + 1);
            assert_eq!(sum(solution.objective, *price), brute(&more), "sink {sink} of {problem:?}");
        }
    }
}

/// Two problems in one: their sinks and supplies stand in turns.
fn joined(problems: [&Problem; 2]) -> Problem {
    let at = |number: usize, sink: u32| u32::try_from(2 * sink as usize + number).unwrap();
    let sinks = problems.map(|problem| problem.capacities.len()).into_iter().max().unwrap();
    let mut whole = Problem { supplies: Vec::new(), capacities: vec![Some(1); 2 * sinks] };
    for (number, problem) in problems.into_iter().enumerate() {
        for (sink, places) in (0..).zip(&problem.capacities) {
            whole.capacities[at(number, sink) as usize] = *places;
        }
    }
    for position in 0..problems.map(|problem| problem.supplies.len()).into_iter().max().unwrap() {
        for (number, problem) in problems.into_iter().enumerate() {
            let Some(supply) = problem.supplies.get(position) else { continue };
            let edges = supply.edges.iter().map(|edge| Edge { sink: at(number, edge.sink), ..*edge }).collect();
            let fixed = supply.fixed.map(|sink| at(number, sink));
            whole.supplies.push(Supply { edges, fixed, ..*supply });
        }
    }
    whole
}

#[test]
fn parts_that_have_nothing_in_common_are_solved_as_each_alone() {
    let mut random = Random(5);
    for _ in 0..2_000 {
        let problems = [small(&mut random, 1), small(&mut random, 1)];
        let [one, other] = problems.each_ref().map(|problem| solve(problem).unwrap());
        let whole = solve(&joined(problems.each_ref())).unwrap();
        assert_eq!(whole.objective, sum(one.objective, other.objective), "{problems:?}");
        for (number, alone) in [&one, &other].into_iter().enumerate() {
            let prices: Vec<Objective> = whole.certificate.prices.iter().skip(number).step_by(2).copied().collect();
            assert_eq!(prices[..alone.certificate.prices.len()], alone.certificate.prices, "{problems:?}");
        }
        // Each supply goes where it goes alone.
        let mut flows = [one.flows.iter(), other.flows.iter()];
        let turns = (0..one.flows.len().max(other.flows.len())).flat_map(|position| {
            let there = [one.flows.len(), other.flows.len()].map(|count| position < count);
            (0..2_u32).filter(move |number| there[*number as usize])
        });
        for (number, flow) in turns.zip(&whole.flows) {
            let alone = flows[number as usize].next().unwrap();
            assert!(flow.iter().map(|(sink, units)| (sink / 2, *units)).eq(alone.iter().copied()), "{problems:?}");
        }
    }
}

#[test]
fn parties_of_small_problems_are_solved_exactly() {
    let mut random = Random(2);
    for _ in 0..10_000 {
        let problem = small(&mut random, 4);
        let solution = solve(&problem).unwrap();
        assert_eq!(solution.objective, brute(&problem), "{problem:?}");
        assert_eq!(solution.bound, solution.objective, "{problem:?}");
    }
}

/// A problem in which places are scarce, so that prices matter.
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

/// How often each way to tamper with a plan was tried.
#[test]
fn the_verifier_rejects_what_was_tampered_with() {
    let mut random = Random(3);
    let mut tried = [0_u32; 9];
    for _ in 0..2_000 {
        let problem = scarce(&mut random);
        let solution = solve(&problem).unwrap();
        assert_eq!(verify(&problem, &solution), Ok(()));
        let mut check = |way: usize, tampered: &Solution, flaws: &[VerifyError]| {
            let flaw = verify(&problem, tampered).expect_err("tampered with");
            assert!(flaws.contains(&flaw), "{flaw:?} for way {way}: {problem:?}");
            tried[way] += 1;
        };
        for sink in 0..problem.capacities.len() {
            for step in [-1, 1] {
                let mut tampered = solution.clone();
                tampered.certificate.prices[sink].value += step;
                check(0, &tampered, &[VerifyError::Price, VerifyError::Bound, VerifyError::Witness]);
            }
            if let Some(taker) = solution.certificate.witnesses[sink] {
                for moves in [taker.moves - 1, taker.moves + 1] {
                    let mut tampered = solution.clone();
                    tampered.certificate.witnesses[sink] = Some(PriceWitness { moves, ..taker });
                    check(8, &tampered, &[VerifyError::Witness]);
                }
                let mut tampered = solution.clone();
                tampered.certificate.witnesses[sink] = None;
                check(1, &tampered, &[VerifyError::Witness]);
            }
        }
        for step in [-1, 1] {
            let mut tampered = solution.clone();
            tampered.objective.value += step;
            check(2, &tampered, &[VerifyError::Objective]);
            let mut tampered = solution.clone();
            tampered.bound.people[0] += step;
            check(3, &tampered, &[VerifyError::Bound]);
        }
        for (number, supply) in problem.supplies.iter().enumerate() {
            let flow = &solution.flows[number];
            let served: u32 = flow.iter().map(|(_, count)| count).sum();
            let full = |sink: u32| {
                let to = |flow: &&(u32, u32)| flow.0 == sink;
                let taken: u64 = solution.flows.iter().flatten().filter(to).map(|(_, count)| u64::from(*count)).sum();
                problem.capacities[sink as usize] == Some(taken)
            };
            // One place too many: somebody who waits goes to a sink that is full.
            let edge = supply.edges.iter().find(|edge| full(edge.sink) && flow.iter().all(|(to, _)| *to != edge.sink));
            if let Some(edge) = edge.filter(|_| served < supply.count) {
                let mut tampered = solution.clone();
                tampered.flows[number].push((edge.sink, 1));
                tampered.flows[number].sort_unstable();
                tampered.objective = sum(tampered.objective, supply.unit_objective(edge));
                check(4, &tampered, &[VerifyError::Capacity]);
            }
            // More units than there are, and a unit without a way.
            if let Some((sink, count)) = flow.first() {
                let mut tampered = solution.clone();
                tampered.flows[number][0] = (*sink, count + supply.count);
                check(5, &tampered, &[VerifyError::Flow]);
                let mut tampered = solution.clone();
                tampered.flows[number][0] = (u32::try_from(problem.capacities.len()).unwrap(), *count);
                check(6, &tampered, &[VerifyError::Flow]);
            }
            // Two units change places, which is worth less.
            for other in number + 1..problem.supplies.len() {
                let (one, two) = (&solution.flows[number], &solution.flows[other]);
                let ([(from, 1)], [(to, 1)]) = (one.as_slice(), two.as_slice()) else { continue };
                let way = |supply: &Supply, sink: u32| supply.edges.iter().find(|edge| edge.sink == sink).copied();
                let ways = way(supply, *to).zip(way(&problem.supplies[other], *from));
                let Some((there, back)) = ways.filter(|_| from != to) else { continue };
                let before = way(supply, *from).unwrap().value + way(&problem.supplies[other], *to).unwrap().value;
                if there.value + back.value == before {
                    continue;
                }
                let mut tampered = solution.clone();
                tampered.flows.swap(number, other);
                check(7, &tampered, &[VerifyError::Objective]);
                // And if the objective is told as it is now, the bound no longer fits.
                tampered.objective.value += i128::from(there.value + back.value - before);
                check(7, &tampered, &[VerifyError::Bound]);
            }
        }
    }
    assert!(tried.iter().all(|count| *count > 500), "{tried:?}");
}

#[test]
fn a_fixed_unit_stays_and_no_price_stands_without_a_limit() {
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
fn the_verifier_rejects_what_cannot_be() {
    let mut random = Random(6);
    let mut tried = [0_u32; 7];
    for _ in 0..6_000 {
        let problem = small(&mut random, 1);
        let solution = solve(&problem).unwrap();
        let mut check = |way: usize, tampered: &Solution, flaw: VerifyError| {
            assert_eq!(verify(&problem, tampered), Err(flaw), "way {way}: {problem:?}");
            tried[way] += 1;
        };
        let sinks = u32::try_from(problem.capacities.len()).unwrap();
        for (number, supply) in problem.supplies.iter().enumerate() {
            let flow = &solution.flows[number];
            let reached = |sink: u32| supply.edges.iter().any(|edge| edge.sink == sink);
            // To a sink that is there, but not for this one.
            if let Some(sink) = (0..sinks).find(|sink| !reached(*sink)).filter(|_| flow.len() == 1) {
                let mut tampered = solution.clone();
                tampered.flows[number][0].0 = sink;
                check(0, &tampered, VerifyError::Flow);
            }
            let Some(fixed) = supply.fixed.filter(|_| supply.count > 0) else { continue };
            if let Some(edge) = supply.edges.iter().find(|edge| edge.sink != fixed) {
                let mut tampered = solution.clone();
                tampered.flows[number][0].0 = edge.sink;
                check(1, &tampered, VerifyError::Fixed);
            }
            let mut tampered = solution.clone();
            tampered.flows[number].clear();
            check(2, &tampered, VerifyError::Fixed);
        }
        for sink in 0..problem.capacities.len() {
            if problem.capacities[sink].is_none() {
                let mut tampered = solution.clone();
                tampered.certificate.prices[sink].value = 1;
                check(3, &tampered, VerifyError::Price);
            }
            // Who is not there, who has no choice, who is served already, and who leaves a place without having it.
            let mut taker = |way: usize, supply: usize, from: Option<u32>| {
                let mut tampered = solution.clone();
                let supply = u32::try_from(supply).unwrap();
                tampered.certificate.witnesses[sink] = Some(PriceWitness { supply, from, moves: 1 });
                check(way, &tampered, VerifyError::Witness);
            };
            taker(4, problem.supplies.len(), None);
            for (number, supply) in problem.supplies.iter().enumerate() {
                let served: u32 = solution.flows[number].iter().map(|(_, count)| count).sum();
                if supply.fixed.is_some() || served == supply.count {
                    taker(5, number, None);
                }
                taker(6, number, Some(sinks));
            }
        }
    }
    assert!(tried.iter().all(|count| *count > 500), "{tried:?}");
}

#[test]
fn it_always_ends() {
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
    let one = Supply { count: u32::MAX, ..Supply::person(0, equal(1)) };
    assert_eq!(served(&Problem { supplies: vec![one], capacities: vec![None] }), i128::from(u32::MAX));
    let alike = Problem { supplies: vec![Supply::person(1, equal(1)); 100_000], capacities: vec![Some(60_000)] };
    assert_eq!(served(&alike), 60_000);
    let pairs = Supply { count: 100_000, size: 2, people: [0, 2, 0, 0], ..Supply::person(1, equal(3)) };
    let pairs = Problem { supplies: vec![pairs; 10], capacities: vec![Some(500_001), Some(3), Some(400_001)] };
    assert_eq!(served(&pairs), 900_002);
    // All different, at one sink: in the order of their worth and against it.
    let rising = |size: u32| {
        let unit = |value| Supply { size, people: [0, 0, 0, size], ..Supply::person(3, vec![to(0, value)]) };
        (1..=50_000).map(unit).collect::<Vec<_>>()
    };
    for size in [1, 2] {
        let (mut up, places) = (rising(size), vec![Some(30_001 * u64::from(size))]);
        assert_eq!(served(&Problem { supplies: up.clone(), capacities: places.clone() }), 30_001 * i128::from(size));
        up.reverse();
        assert_eq!(served(&Problem { supplies: up, capacities: places }), 30_001 * i128::from(size));
    }
}

/// What is beyond the largest unit and the most units is refused at once, and nothing below it.
#[test]
fn sizes_and_counts_may_be_large() {
    let unit = |count, size, value| Supply {
        count,
        size,
        people: [4, 0, 0, 0],
        edges: vec![Edge { sink: 0, kept: 0, value }],
        fixed: None,
    };
    let solved = |supply: Supply, places| {
        solve(&Problem { supplies: vec![supply], capacities: vec![places] })
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

/// The largest and smallest values are solved, or refused where 128 bits do not hold their sums.
#[test]
fn values_may_be_as_large_as_they_can_be() {
    let mut random = Random(8);
    let (mut solved, mut refused) = (0, 0);
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
                assert_eq!(solution.objective, brute(&problem), "{problem:?}");
                solved += 1;
            }
            Err(error) => {
                assert_eq!(error.code(), "problem.too_large", "{problem:?}");
                refused += 1;
            }
        }
    }
    assert!(solved > 2_000 && refused > 100, "{solved} solved, {refused} refused");
}

/// Problems too large for all assignments, of several classes and counts, against a solver of a third kind.
#[test]
fn large_problems_are_solved_exactly() {
    let mut random = Random(9);
    for (supplies, count, sinks, edges, places) in
        [(300, 1, 40, 15, 250), (40, 30, 20, 8, 1_000), (500, 1, 60, 60, 450), (1_000, 1, 200, 40, 900)]
    {
        let mut left = vec![0; sinks];
        for _ in 0..places {
            left[random.below(sinks)] += 1;
        }
        let supply = |random: &mut Random| {
            let to: std::collections::BTreeSet<usize> = (0..edges).map(|_| random.below(sinks)).collect();
            let edge = |sink| Edge {
                sink: u32::try_from(sink).unwrap(),
                kept: 0,
                value: i64::try_from(random.below(1_000_000)).unwrap(),
            };
            let edges = to.into_iter().map(edge).collect();
            Supply { count, ..Supply::person(random.below(CLASSES), edges) }
        };
        let supplies = (0..supplies).map(|_| supply(&mut random)).collect();
        let problem = Problem { supplies, capacities: left.into_iter().map(Some).collect() };
        assert_eq!(solve(&problem).unwrap().objective, paths(&problem));
    }
}

#[test]
fn what_is_wrong_is_told() {
    let to = |sink, value| Edge { sink, kept: 0, value };
    let code = |supply: Supply, places: Vec<Option<u64>>| {
        let error = solve(&Problem { supplies: vec![supply], capacities: places }).unwrap_err();
        (error.code().to_owned(), error.path().to_owned())
    };
    let told = |code: &str, path: &str| (code.to_owned(), path.to_owned());
    let person = |edges| Supply::person(0, edges);
    assert_eq!(code(person(vec![to(1, 1)]), vec![None]), told("problem.sink", "supplies[0].edges[0].sink"));
    let twice = person(vec![to(0, 1), to(0, 2)]);
    assert_eq!(code(twice, vec![None]), told("problem.sink", "supplies[0].edges[1].sink"));
    let nowhere = Supply { fixed: Some(1), ..person(vec![to(0, 1)]) };
    assert_eq!(code(nowhere, vec![None, None]), told("problem.sink", "supplies[0].fixed"));
    let nothing = Supply { size: 0, ..person(vec![]) };
    assert_eq!(code(nothing, vec![]), told("problem.range", "supplies[0].size"));
    assert_eq!(code(person(vec![]), vec![Some(u64::MAX)]), told("problem.range", "capacities[0]"));
    let many = Supply { count: 3, fixed: Some(0), ..person(vec![to(0, 1)]) };
    assert_eq!(code(many, vec![Some(2)]), told("problem.fixed", "capacities[0]"));
    let fixed = |sink| Supply { count: 2, fixed: Some(sink), ..person(vec![to(0, 1), to(1, 1), to(2, 1)]) };
    let full = Problem { supplies: vec![fixed(0), fixed(1), fixed(2)], capacities: vec![Some(1), Some(2), Some(0)] };
    let error = solve(&full).unwrap_err();
    let paths: Vec<&str> = error.errors().map(|detail| detail.path()).collect();
    assert_eq!(paths, ["capacities[0]", "capacities[2]"]);
    let huge = Supply { count: 1, size: 1, people: [u32::MAX; CLASSES], edges: vec![to(0, i64::MAX)], fixed: None };
    assert_eq!(code(huge, vec![Some(1)]), told("problem.too_large", ""));
}

/// Few of its parties compete, so that branch and bound proves the plan of the embedded incident.
#[test]
fn the_plan_of_the_incident_is_proven() {
    let matcher = Matcher::builder().offers(example::offers().unwrap()).as_of(example::AS_OF.parse().unwrap());
    let plan = matcher.build().unwrap().allocate(&example::needs().unwrap(), &AllocateOptions::new()).unwrap();
    assert!(plan.is_optimal(), "{:?}", plan.gap());
}

/// Sums of a group that leave the range are refused, not cut off.
#[test]
fn a_group_may_be_as_large_as_its_sums() {
    let policy = Policy::from_json(r#"{"priority_weights": {"stat": 1000}}"#).unwrap();
    let offer = Offer::from_json(r#"{"id": "o-1", "capacity": {"state": "unlimited"}}"#).unwrap();
    let matcher = Matcher::builder().offers([offer]).policy(policy).build().unwrap();
    let group = |count: usize| {
        let need = |number: usize| {
            let need = Need::builder(format!("n-{number:04}")).group("g").people(100_000).priority(Priority::Stat);
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
fn numbering_decides_nothing() {
    let mut random = Random(4);
    for round in 0..4_000 {
        let problem =
            if round % 2 == 0 { scarce(&mut random) } else { small(&mut random, if round % 4 == 1 { 1 } else { 4 }) };
        let (supplies, sinks) = (problem.supplies.len(), problem.capacities.len());
        let mut shuffle = |length: usize| {
            let mut order: Vec<usize> = (0..length).collect();
            for place in (1..length).rev() {
                order.swap(place, random.below(place + 1));
            }
            order
        };
        let (from, to) = (shuffle(supplies), shuffle(sinks));
        let mut other = Problem { supplies: Vec::new(), capacities: vec![None; sinks] };
        for number in &from {
            let mut supply = problem.supplies[*number].clone();
            for edge in &mut supply.edges {
                edge.sink = u32::try_from(to[edge.sink as usize]).unwrap();
            }
            supply.fixed = supply.fixed.map(|sink| u32::try_from(to[sink as usize]).unwrap());
            other.supplies.push(supply);
        }
        for (sink, places) in problem.capacities.iter().enumerate() {
            other.capacities[to[sink]] = *places;
        }
        let (one, two) = (solve(&problem).unwrap(), solve(&other).unwrap());
        assert_eq!((one.objective, one.bound), (two.objective, two.bound));
        for (sink, price) in one.certificate.prices.iter().enumerate() {
            assert_eq!(two.certificate.prices[to[sink]], *price);
        }
    }
}

/// Transport problems of NETGEN (Klingman, Napier, Stutz 1974), against a solver of another kind.
#[test]
fn transport_problems_are_solved_exactly() {
    // Sources, sinks, arcs, and all that is to be sent.
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
                // One node between them, without which the generator cannot do.
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
            let split = usize::try_from(sources).unwrap();
            // What goes by the node between is as good as an arc of both costs; of several arcs the cheapest counts.
            let mut costs = std::collections::BTreeMap::new();
            let node = |node: u64| usize::try_from(node - 1).unwrap();
            let onward = || network.arcs.iter().filter(|arc| node(arc.from) == split);
            for arc in network.arcs.iter().filter(|arc| node(arc.from) < split) {
                let direct = (node(arc.to) > split).then_some((node(arc.to), arc.cost));
                let around =
                    onward().filter(|_| node(arc.to) == split).map(|next| (node(next.to), arc.cost + next.cost));
                for (to, cost) in direct.into_iter().chain(around) {
                    let least = costs.entry((node(arc.from), to - split - 1)).or_insert(cost);
                    *least = cost.min(*least);
                }
            }
            let has = network.supply[..split].to_vec();
            // Half of the places are gone at some sinks, so that not everything can be sent.
            let takes = network.supply[split + 1..].iter().enumerate();
            let takes: Vec<i64> = takes.map(|(sink, takes)| if sink % 3 == 0 { -takes / 2 } else { -takes }).collect();
            let arcs: Vec<(usize, usize, i64)> = costs.iter().map(|((from, to), cost)| (*from, *to, *cost)).collect();
            let supply = |(source, has): (usize, &i64)| {
                let edges = arcs.iter().filter(|(from, ..)| *from == source);
                let edges =
                    edges.map(|(_, to, cost)| Edge { sink: u32::try_from(*to).unwrap(), kept: 0, value: -cost });
                Supply { count: u32::try_from(*has).unwrap(), ..Supply::person(2, edges.collect()) }
            };
            let problem = Problem {
                supplies: has.iter().enumerate().map(supply).collect(),
                capacities: takes.iter().map(|takes| u64::try_from(*takes).ok()).collect(),
            };
            let (sent, cost) = cheapest(&Transport { has, takes, arcs });
            let worth = solve(&problem).unwrap().objective;
            assert_eq!((worth.people[2], worth.value), (i128::from(sent), -i128::from(cost)), "seed {seed}");
            solved += 1;
        }
    }
    assert_eq!(solved, 24);
}

/// Parties of one to six at offers that are too few: nearly nothing is lost, and what is lost is told.
#[test]
fn large_parties_come_close_to_their_bound() {
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
    let mut places = vec![0; 200];
    for _ in 0..3_000 {
        places[random.below(200)] += 1;
    }
    let problem = Problem { supplies, capacities: places.into_iter().map(Some).collect() };
    let solution = solve(&problem).unwrap();
    let (worth, bound) = (solution.objective, solution.bound);
    assert_eq!(worth.people, bound.people);
    let gap = bound.value - worth.value;
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
    let whole = matcher.allocate_with(&needs, &options, &|progress| {
        calls.fetch_add(usize::from(progress.total.is_none()), Ordering::Relaxed);
        ControlFlow::Continue(())
    });
    assert_eq!(whole.unwrap(), matcher.allocate(&needs, &options).unwrap());
    let calls = calls.into_inner();
    assert!(calls > 10, "{calls}");
    for last in [0, 1, calls / 2, calls - 1] {
        let left = AtomicUsize::new(last);
        let cancelled = matcher.allocate_with(&needs, &options, &|progress| {
            if progress.total.is_some()
                || left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok()
            {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        });
        assert_eq!(cancelled.unwrap_err().kind(), ErrorKind::Cancelled, "after {last} of {calls} calls");
    }
    let cancel: &ProgressFn<'_> = &|_| ControlFlow::Break(());
    assert_eq!(matcher.allocate_with(&needs, &options, cancel).unwrap_err().code(), "cancelled");
    assert_eq!(matcher.diagnose_all_with(&needs, 3, cancel).unwrap_err().code(), "cancelled");
    assert_eq!(matcher.rank_all_with(&needs, 3, cancel).unwrap_err().code(), "cancelled");
    assert_eq!(matcher.first_come_with(&needs, cancel).unwrap_err().code(), "cancelled");
}
