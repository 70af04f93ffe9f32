//! The allocation problem against all assignments of small instances, and its verifier against plans that were tampered with.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]

#[path = "support/random.rs"]
mod random;

use lotse::allocate::{
    certificate::{Flaw, verify},
    problem::{CLASSES, Edge, Problem, Solution, Supply, Worth, solve},
};

use crate::random::Random;

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
    Problem { supplies, places }
}

/// The best worth over all assignments of all units.
fn brute(problem: &Problem) -> Worth {
    let units: Vec<&Supply> =
        problem.supplies.iter().flat_map(|supply| std::iter::repeat_n(supply, supply.count as usize)).collect();
    let mut left: Vec<i128> = problem.places.iter().map(|places| places.map_or(i128::MAX, i128::from)).collect();
    best(&units, &mut left).unwrap()
}

fn best(units: &[&Supply], left: &mut [i128]) -> Option<Worth> {
    let Some((unit, rest)) = units.split_first() else { return Some(zero()) };
    let mut found = if unit.fixed.is_none() { best(rest, left) } else { None };
    for edge in unit.edges.iter().filter(|edge| unit.fixed.is_none_or(|fixed| fixed == edge.sink)) {
        let (sink, size) = (edge.sink as usize, i128::from(unit.size));
        if left[sink] >= size {
            left[sink] -= size;
            found = found.max(best(rest, left).map(|rest| sum(rest, unit.worth(edge))));
            left[sink] += size;
        }
    }
    found
}

fn zero() -> Worth {
    Worth::ZERO
}

fn sum(one: Worth, other: Worth) -> Worth {
    let people = std::array::from_fn(|class| one.people[class] + other.people[class]);
    Worth { people, kept: one.kept + other.kept, value: one.value + other.value }
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
            more.places[sink] = more.places[sink].map(|places| places + 1);
            assert_eq!(sum(solution.objective, *price), brute(&more), "sink {sink} of {problem:?}");
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
    Problem { supplies, places: (0..sinks).map(|_| Some(1 + random.below(3) as u64)).collect() }
}

/// How often each way to tamper with a plan was tried.
#[test]
fn the_verifier_rejects_what_was_tampered_with() {
    let mut random = Random(3);
    let mut tried = [0_u32; 8];
    for _ in 0..2_000 {
        let problem = scarce(&mut random);
        let solution = solve(&problem).unwrap();
        assert_eq!(verify(&problem, &solution), Ok(()));
        let mut check = |way: usize, tampered: &Solution, flaws: &[Flaw]| {
            let flaw = verify(&problem, tampered).expect_err("tampered with");
            assert!(flaws.contains(&flaw), "{flaw:?} for way {way}: {problem:?}");
            tried[way] += 1;
        };
        for sink in 0..problem.places.len() {
            for step in [-1, 1] {
                let mut tampered = solution.clone();
                tampered.certificate.prices[sink].value += step;
                check(0, &tampered, &[Flaw::Price, Flaw::Bound, Flaw::Taker]);
            }
            if solution.certificate.takers[sink].is_some() {
                let mut tampered = solution.clone();
                tampered.certificate.takers[sink] = None;
                check(1, &tampered, &[Flaw::Taker]);
            }
        }
        for step in [-1, 1] {
            let mut tampered = solution.clone();
            tampered.objective.value += step;
            check(2, &tampered, &[Flaw::Objective]);
            let mut tampered = solution.clone();
            tampered.bound.people[0] += step;
            check(3, &tampered, &[Flaw::Bound]);
        }
        for (number, supply) in problem.supplies.iter().enumerate() {
            let flow = &solution.flows[number];
            let served: u32 = flow.iter().map(|(_, count)| count).sum();
            let full = |sink: u32| {
                let to = |flow: &&(u32, u32)| flow.0 == sink;
                let taken: u64 = solution.flows.iter().flatten().filter(to).map(|(_, count)| u64::from(*count)).sum();
                problem.places[sink as usize] == Some(taken)
            };
            // One place too many: somebody who waits goes to a sink that is full.
            let edge = supply.edges.iter().find(|edge| full(edge.sink) && flow.iter().all(|(to, _)| *to != edge.sink));
            if let Some(edge) = edge.filter(|_| served < supply.count) {
                let mut tampered = solution.clone();
                tampered.flows[number].push((edge.sink, 1));
                tampered.flows[number].sort_unstable();
                tampered.objective = sum(tampered.objective, supply.worth(edge));
                check(4, &tampered, &[Flaw::Places]);
            }
            // More units than there are, and a unit without a way.
            if let Some((sink, count)) = flow.first() {
                let mut tampered = solution.clone();
                tampered.flows[number][0] = (*sink, count + supply.count);
                check(5, &tampered, &[Flaw::Flow]);
                let mut tampered = solution.clone();
                tampered.flows[number][0] = (u32::try_from(problem.places.len()).unwrap(), *count);
                check(6, &tampered, &[Flaw::Flow]);
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
                check(7, &tampered, &[Flaw::Objective]);
                // And if the objective is told as it is now, the bound no longer fits.
                tampered.objective.value += i128::from(there.value + back.value - before);
                check(7, &tampered, &[Flaw::Bound]);
            }
        }
    }
    assert!(tried.iter().all(|count| *count > 500), "{tried:?}");
}

#[test]
fn a_fixed_unit_stays_and_no_price_stands_without_a_limit() {
    let to = |sink, value| Edge { sink, kept: 0, value };
    let fixed = Supply { fixed: Some(1), ..Supply::person(3, vec![to(0, 9), to(1, 1)]) };
    let problem = Problem { supplies: vec![fixed, Supply::person(0, vec![to(1, 5)])], places: vec![None, Some(1)] };
    let solution = solve(&problem).unwrap();
    assert_eq!(solution.flows, [vec![(1, 1)], vec![]]);
    let mut moved = solution.clone();
    moved.flows = vec![vec![(0, 1)], vec![(1, 1)]];
    assert_eq!(verify(&problem, &moved), Err(Flaw::Fixed));
    let mut priced = solution;
    priced.certificate.prices[0].value = 1;
    assert_eq!(verify(&problem, &priced), Err(Flaw::Price));
}

#[test]
fn it_always_ends() {
    let to = |sink, value| Edge { sink, kept: 0, value };
    let served = |problem: &Problem| solve(problem).unwrap().objective.people.iter().sum::<i128>();
    assert_eq!(served(&Problem::default()), 0);
    assert_eq!(served(&Problem { supplies: vec![Supply::person(0, vec![])], places: vec![] }), 0);
    assert_eq!(served(&Problem { supplies: vec![Supply::person(0, vec![to(0, 1)])], places: vec![Some(0)] }), 0);
    let equal = |sinks: u32| (0..sinks).map(|sink| to(sink, 7)).collect::<Vec<_>>();
    let crowd =
        Problem { supplies: (0..2_000).map(|_| Supply::person(3, equal(20))).collect(), places: vec![Some(90); 20] };
    assert_eq!(served(&crowd), 1_800);
    let million = Supply { count: 100_000, ..Supply::person(2, equal(3)) };
    let million = Problem { supplies: vec![million; 10], places: vec![Some(250_000), Some(1), Some(400_000)] };
    assert_eq!(served(&million), 650_001);
    let one = Supply { count: u32::MAX, ..Supply::person(0, equal(1)) };
    assert_eq!(served(&Problem { supplies: vec![one], places: vec![None] }), i128::from(u32::MAX));
}

#[test]
fn what_is_wrong_is_told() {
    let to = |sink, value| Edge { sink, kept: 0, value };
    let code = |supply: Supply, places: Vec<Option<u64>>| {
        let error = solve(&Problem { supplies: vec![supply], places }).unwrap_err();
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
    assert_eq!(code(person(vec![]), vec![Some(u64::MAX)]), told("problem.range", "places[0]"));
    let many = Supply { count: 3, fixed: Some(0), ..person(vec![to(0, 1)]) };
    assert_eq!(code(many, vec![Some(2)]), told("problem.fixed", "places[0]"));
    let huge = Supply { count: 1, size: 1, people: [u32::MAX; CLASSES], edges: vec![to(0, i64::MAX)], fixed: None };
    assert_eq!(code(huge, vec![Some(1)]), told("problem.too_large", ""));
}

#[test]
fn numbering_decides_nothing() {
    let mut random = Random(4);
    for _ in 0..2_000 {
        let problem = scarce(&mut random);
        let (supplies, sinks) = (problem.supplies.len(), problem.places.len());
        let mut shuffle = |length: usize| {
            let mut order: Vec<usize> = (0..length).collect();
            for place in (1..length).rev() {
                order.swap(place, random.below(place + 1));
            }
            order
        };
        let (from, to) = (shuffle(supplies), shuffle(sinks));
        let mut other = Problem { supplies: Vec::new(), places: vec![None; sinks] };
        for number in &from {
            let mut supply = problem.supplies[*number].clone();
            for edge in &mut supply.edges {
                edge.sink = u32::try_from(to[edge.sink as usize]).unwrap();
            }
            other.supplies.push(supply);
        }
        for (sink, places) in problem.places.iter().enumerate() {
            other.places[to[sink]] = *places;
        }
        let (one, two) = (solve(&problem).unwrap(), solve(&other).unwrap());
        assert_eq!(one.objective, two.objective);
        for (sink, price) in one.certificate.prices.iter().enumerate() {
            assert_eq!(two.certificate.prices[to[sink]], *price);
        }
    }
}
