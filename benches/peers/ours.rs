//! The library's side of the comparison with its peers; `benches/peers/run` runs all sides.
//!
//! Without a command it checks that the score tables, which are the input of the peers, give the same rankings as the matcher.
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
    data::{Data, NO_MATCH, Ranked, TOP, checksum},
    plain_loop::PlainLoop,
    shapes::{Records, Shape},
    text::Texts,
};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["write-ranking", shape, needs, offers, folder] => {
            Data::new(&records(shape, needs, offers)).write(Path::new(folder));
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
            respond(|| json!({"parts": if *operation == "rank" { texts.rank() } else { texts.allocate() }}));
        }
        ["loop", folder] => {
            let plain = PlainLoop::new(&Data::read(Path::new(folder)));
            respond(|| {
                let start = Instant::now();
                let ranked = plain.rank_all();
                let seconds = start.elapsed().as_secs_f64();
                json!({"seconds": seconds, "checksum": checksum(&ranked)})
            });
        }
        ["allocation", name] => {
            let problem = plans::named(name);
            respond(|| {
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
    respond(|| {
        // The builder takes ownership of the offers; the copy is not part of its work.
        let offers = records.offers.clone();
        let start = Instant::now();
        let matcher = records.matcher(offers);
        let build = start.elapsed().as_secs_f64();
        let rankings = matcher.rank_all(&records.needs, TOP).unwrap();
        let seconds = start.elapsed().as_secs_f64();
        let parts = json!({"build": build, "rank": seconds - build});
        let ranked = ranked(&rankings);
        // Slow peers rank the first needs only.
        let tenth = &ranked[..(records.needs.len() / 10).max(1) * TOP];
        json!({"seconds": seconds, "checksum": checksum(&ranked), "checksum_tenth": checksum(tenth), "parts": parts})
    });
}

/// Returns the indices of the offers and their scores, `TOP` entries for each need.
fn ranked(rankings: &[Ranking]) -> Vec<Ranked> {
    let entries = |ranking: &Ranking| {
        let mut best = [NO_MATCH; TOP];
        for (best, found) in best.iter_mut().zip(ranking.matches()) {
            let index = found.offer().strip_prefix("o-").unwrap();
            *best = (index.parse().unwrap(), i64::from(found.score().get()));
        }
        best
    };
    rankings.iter().flat_map(entries).collect()
}

/// Writes one line of JSON for each line of standard input.
fn respond(mut run: impl FnMut() -> Value) {
    reset_peak();
    println!("{}", json!({"ready": true}));
    for line in stdin().lock().lines() {
        assert_eq!(line.unwrap(), "go");
        let mut response = run();
        response["peak_bytes"] = peak_bytes().into();
        println!("{response}");
    }
}

/// Resets the peak of memory, so that loading does not count. Has an effect on Linux only.
fn reset_peak() {
    let _ = fs::write("/proc/self/clear_refs", "5");
}

/// Returns the peak of memory in bytes, or `None` if the system does not report it.
fn peak_bytes() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok()?.checked_mul(1_024)
}

/// Asserts that the score tables give the rankings of the matcher, in scores and in order.
fn check() {
    for shape in Shape::ALL {
        let records = Records::draw(shape, 80, 120);
        let matcher = records.matcher(records.offers.clone());
        let ours = ranked(&matcher.rank_all(&records.needs, TOP).unwrap());
        let data = Data::new(&records);
        let plain = PlainLoop::new(&data).rank_all();
        assert_eq!(ours, plain, "{}", shape.name());
        let found = ours.iter().filter(|found| **found != NO_MATCH).count();
        println!("{}: the tables and the matcher agree, {found} of {} matches", shape.name(), ours.len());
    }
    let problem = plans::named("quick");
    println!("quick: {}", plans::checksum(solve(&problem, SolveOptions::new()).unwrap().objective));
}
