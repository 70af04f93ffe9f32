//! How time and memory grow: tables against the number of needs, offers, ways and threads. `--test` takes small numbers.
//!
//! Every figure comes from a process of its own, the median of three runs, so that memory is that of one case.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::float_arithmetic,
    clippy::disallowed_methods,
    reason = "a bench fails by panicking, reads files and the clock, and decides nothing"
)]

#[path = "support/problems.rs"]
mod problems;
#[path = "../tests/support/random.rs"]
mod random;
#[path = "support/shapes.rs"]
#[expect(dead_code, reason = "the tables are for other programs")]
mod shapes;

use std::{fs, hint::black_box, process::Command, time::Instant};

use lotse::solver::solve;

use crate::shapes::{Records, Shape};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["ranking", needs, offers] => ranking(needs.parse().unwrap(), offers.parse().unwrap()),
        ["plan", needs, offers, ways] => {
            plan(needs.parse().unwrap(), offers.parse().unwrap(), ways.parse().unwrap());
        }
        words => tables(if words.contains(&"--test") { 100 } else { 1 }),
    }
}

/// All tables, with numbers of needs and offers so many times smaller.
fn tables(smaller: usize) {
    let ranked = |title: &str, cases: &[(usize, usize, usize)]| {
        println!("\n{title}\n");
        println!("| needs | offers | threads | build | rank | pairs a µs | values judged | memory on top |");
        println!("|---|---|---|---|---|---|---|---|");
        for (needs, offers, threads) in cases {
            let (needs, offers) = (needs / smaller, offers / smaller);
            let said = run(*threads, &["ranking", &needs.to_string(), &offers.to_string()]);
            let [build, rank, judged, bytes] = said.try_into().unwrap();
            let pairs = needs as f64 * offers as f64 / rank / 1e6;
            let (build, rank, memory) = (milliseconds(build), milliseconds(rank), bytes / 1e6);
            println!("| {needs} | {offers} | {threads} | {build} | {rank} | {pairs:.0} | {judged} | {memory:.0} MB |");
        }
    };
    let by_needs = [1_000, 3_000, 10_000, 30_000, 100_000].map(|needs| (needs, 10_000, 2));
    ranked("Ranking, all needs different, by needs", &by_needs);
    let by_offers = [1_000, 3_000, 10_000, 30_000, 100_000].map(|offers| (10_000, offers, 2));
    ranked("Ranking, all needs different, by offers", &by_offers);
    ranked("Ranking, all needs different, by threads", &[1, 2].map(|threads| (10_000, 10_000, threads)));
    let planned = |title: &str, cases: &[(usize, usize, usize)]| {
        println!("\n{title}\n");
        println!("| needs | offers | ways | time | a way | memory on top |\n|---|---|---|---|---|---|");
        for (needs, offers, ways) in cases {
            let (needs, offers) = (needs / smaller, offers / smaller);
            let ways = (*ways).min(offers);
            let said = run(2, &["plan", &needs.to_string(), &offers.to_string(), &ways.to_string()]);
            let [took, bytes]: [f64; 2] = said.try_into().unwrap();
            let each = took * 1e9 / (needs * ways) as f64;
            println!("| {needs} | {offers} | {ways} | {} | {each:.0} ns | {:.0} MB |", milliseconds(took), bytes / 1e6);
        }
    };
    let by_needs = [1_000, 3_000, 10_000, 30_000, 100_000].map(|needs| (needs, needs / 5, 40));
    planned("Plans, places for nine in ten, five needs an offer", &by_needs);
    let by_offers = [100, 300, 1_000, 3_000, 10_000].map(|offers| (10_000, offers, 40));
    planned("Plans, by offers", &by_offers);
    let by_ways = [5, 10, 20, 40, 80, 160].map(|ways| (10_000, 2_000, ways));
    planned("Plans, by ways of a need", &by_ways);
}

/// The figures that a process of its own says.
fn run(threads: usize, words: &[&str]) -> Vec<f64> {
    let mut command = Command::new(std::env::current_exe().unwrap());
    let output = command.args(words).env("RAYON_NUM_THREADS", threads.to_string()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().split_whitespace().map(|word| word.parse().unwrap()).collect()
}

fn ranking(needs: usize, offers: usize) {
    let records = Records::draw(Shape::National, needs, offers);
    let judged: usize = records.parts.iter().map(|part| part.needs.len() * part.offers.len()).sum();
    let (mut builds, mut ranks) = (Vec::new(), Vec::new());
    let loaded = memory("VmRSS:");
    forget_peak();
    for _ in 0..3 {
        let offers = records.offers.clone();
        let start = Instant::now();
        let matcher = records.matcher(offers);
        builds.push(start.elapsed().as_secs_f64());
        let start = Instant::now();
        black_box(matcher.rank_all(&records.needs, 5).unwrap());
        ranks.push(start.elapsed().as_secs_f64());
    }
    println!("{} {} {judged} {}", median(builds), median(ranks), memory("VmHWM:").saturating_sub(loaded));
}

fn plan(needs: usize, offers: usize, ways: usize) {
    let problem = problems::problem(&problems::Shape::single(needs, offers, ways, needs * 9 / 10));
    let loaded = memory("VmRSS:");
    forget_peak();
    let took = |_| {
        let start = Instant::now();
        black_box(solve(&problem).unwrap());
        start.elapsed().as_secs_f64()
    };
    println!("{} {}", median((0..3).map(took).collect()), memory("VmHWM:").saturating_sub(loaded));
}

fn median(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds[seconds.len() / 2]
}

fn milliseconds(seconds: f64) -> String {
    if seconds < 0.01 { format!("{:.2} ms", seconds * 1e3) } else { format!("{:.0} ms", seconds * 1e3) }
}

/// What loading took does not count. Only Linux tells of memory; elsewhere it is 0.
fn forget_peak() {
    let _ = fs::write("/proc/self/clear_refs", "5");
}

fn memory(line: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let found = status.lines().find_map(|text| text.strip_prefix(line)?.split_whitespace().next()?.parse::<u64>().ok());
    found.unwrap_or(0) * 1_024
}
