//! The library beside other programs on the same work: its side of the comparison. `benches/peers/run` starts all sides.
//!
//! Without a command it checks that what the others get gives the same answer as the matcher.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::float_arithmetic,
    clippy::disallowed_methods,
    reason = "a bench fails by panicking, reads files and the clock, and decides nothing"
)]

mod data;
mod plain_loop;
mod plans;
#[path = "../support/problems.rs"]
mod problems;
#[path = "../../tests/support/random.rs"]
mod random;
#[path = "../support/shapes.rs"]
mod shapes;
mod text;

use std::{
    fs,
    io::{BufRead, stdin},
    path::Path,
    time::Instant,
};

use lotse::{
    Ranking, example,
    solver::{SolveOptions, solve},
};
use serde_json::{Value, json};

use crate::{
    data::{Data, NOBODY, Ranked, TOP, checksum},
    plain_loop::PlainLoop,
    shapes::{Records, Shape},
    text::Texts,
};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["write-ranking", shape, needs, offers, folder] => {
            Data::of(&records(shape, needs, offers)).write(Path::new(folder));
        }
        ["write-records", shape, needs, offers, folder] => {
            let records = records(shape, needs, offers);
            let put = |name: &str, value: Value| fs::write(Path::new(folder).join(name), value.to_string()).unwrap();
            fs::create_dir_all(folder).unwrap();
            put("needs.json", json!(records.needs));
            put("offers.json", json!(records.offers));
            put("policy.json", json!(records.matcher(Vec::new()).policy()));
        }
        ["write-allocation", name, folder] => plans::write(&plans::named(name), Path::new(folder)),
        ["ranking", shape, needs, offers] => rank(&records(shape, needs, offers)),
        ["text", operation, folder] => {
            let texts = Texts::read(Path::new(folder), example::AS_OF);
            answer(|| json!({"parts": if *operation == "rank" { texts.rank() } else { texts.allocate() }}));
        }
        ["loop", folder] => {
            let plain = PlainLoop::of(&Data::read(Path::new(folder)));
            answer(|| {
                let start = Instant::now();
                let ranked = plain.rank_all();
                let seconds = start.elapsed().as_secs_f64();
                json!({"seconds": seconds, "checksum": checksum(&ranked)})
            });
        }
        ["allocation", name] => {
            let problem = plans::named(name);
            answer(|| {
                let start = Instant::now();
                let solution = solve(&problem, SolveOptions::new()).unwrap();
                let seconds = start.elapsed().as_secs_f64();
                json!({"seconds": seconds, "checksum": plans::checksum(solution.objective)})
            });
        }
        _ => check(),
    }
}

fn records(shape: &str, needs: &str, offers: &str) -> Records {
    Records::draw(Shape::named(shape).expect("a shape"), needs.parse().unwrap(), offers.parse().unwrap())
}

fn rank(records: &Records) {
    answer(|| {
        // The matcher keeps the offers that it gets; the copy is not its work.
        let offers = records.offers.clone();
        let start = Instant::now();
        let matcher = records.matcher(offers);
        let build = start.elapsed().as_secs_f64();
        let rankings = matcher.rank_all(&records.needs, TOP).unwrap();
        let seconds = start.elapsed().as_secs_f64();
        let parts = json!({"build": build, "rank": seconds - build});
        let ranked = ranked(&rankings);
        // Slow contenders do the first needs only.
        let tenth = &ranked[..(records.needs.len() / 10).max(1) * TOP];
        json!({"seconds": seconds, "checksum": checksum(&ranked), "checksum_tenth": checksum(tenth), "parts": parts})
    });
}

/// The numbers of the offers and their scores, as many for each need.
fn ranked(rankings: &[Ranking]) -> Vec<Ranked> {
    let one = |ranking: &Ranking| {
        let mut best = [NOBODY; TOP];
        for (best, found) in best.iter_mut().zip(ranking.matches()) {
            let number = found.offer().strip_prefix("o-").unwrap();
            *best = (number.parse().unwrap(), i64::from(found.score().get()));
        }
        best
    };
    rankings.iter().flat_map(one).collect()
}

/// One line of JSON for every line that comes in, until there are no more.
fn answer(mut run: impl FnMut() -> Value) {
    forget_peak();
    println!("{}", json!({"ready": true}));
    for line in stdin().lock().lines() {
        assert_eq!(line.unwrap(), "go");
        let mut said = run();
        said["peak_bytes"] = peak_bytes().into();
        println!("{said}");
    }
}

/// What loading took does not count. Only Linux can do this; elsewhere it counts.
fn forget_peak() {
    let _ = fs::write("/proc/self/clear_refs", "5");
}

/// The most memory that was in use at once; nothing where the system does not tell.
fn peak_bytes() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok()?.checked_mul(1_024)
}

/// What the tables say is what the matcher says, in score and in order.
fn check() {
    for shape in Shape::ALL {
        let records = Records::draw(shape, 80, 120);
        let matcher = records.matcher(records.offers.clone());
        let ours = ranked(&matcher.rank_all(&records.needs, TOP).unwrap());
        let data = Data::of(&records);
        let plain = PlainLoop::of(&data).rank_all();
        assert_eq!(ours, plain, "{}", shape.name());
        let found = ours.iter().filter(|found| **found != NOBODY).count();
        println!("{}: the tables rank as the matcher does, {found} of {} places filled", shape.name(), ours.len());
    }
    let problem = plans::named("quick");
    println!("quick: {}", plans::checksum(solve(&problem, SolveOptions::new()).unwrap().objective));
}
