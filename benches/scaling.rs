//! Growth of time and memory: tables by the number of needs, offers, edges and threads. `--test` uses small numbers.
//!
//! Every figure is the median of three runs in a process of its own, so that memory is that of one case.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::float_arithmetic,
    clippy::disallowed_methods,
    reason = "a bench fails by panicking, and reads files and the clock"
)]

#[path = "support/problems.rs"]
mod problems;
#[path = "../tests/support/random.rs"]
mod random;
#[path = "support/shapes.rs"]
#[expect(dead_code, reason = "other benches use the tables")]
mod shapes;

use std::{fs, hint::black_box, process::Command, time::Instant};

use lotse::{
    Capacity, Matcher, Offer, Policy,
    solver::{SolveOptions, solve},
};

use crate::shapes::{Records, Shape};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["ranking", needs, offers] => ranking(needs.parse().unwrap(), offers.parse().unwrap()),
        ["plan", needs, offers, edges] => {
            plan(needs.parse().unwrap(), offers.parse().unwrap(), edges.parse().unwrap());
        }
        ["copies", offers] => copies(offers.parse().unwrap()),
        arguments => print_tables(if arguments.contains(&"--test") { 100 } else { 1 }),
    }
}

/// Prints all tables, with the numbers of needs and offers divided by `divisor`.
fn print_tables(divisor: usize) {
    let print_ranking = |title: &str, cases: &[(usize, usize, usize)]| {
        println!("\n{title}\n");
        println!("| needs | offers | threads | build | rank | pairs per µs | assessed values | memory |");
        println!("|---|---|---|---|---|---|---|---|");
        for (needs, offers, threads) in cases {
            let (needs, offers) = (needs / divisor, offers / divisor);
            let figures = run(*threads, &["ranking", &needs.to_string(), &offers.to_string()]);
            let [build, rank, assessed, bytes] = figures.try_into().unwrap();
            let pairs = needs as f64 * offers as f64 / rank / 1e6;
            let (build, rank, memory) = (milliseconds(build), milliseconds(rank), bytes / 1e6);
            println!(
                "| {needs} | {offers} | {threads} | {build} | {rank} | {pairs:.0} | {assessed} | {memory:.0} MB |"
            );
        }
    };
    let by_needs = [1_000, 3_000, 10_000, 30_000, 100_000].map(|needs| (needs, 10_000, 2));
    print_ranking("Ranking, all needs different, by needs", &by_needs);
    let by_offers = [1_000, 3_000, 10_000, 30_000, 100_000].map(|offers| (10_000, offers, 2));
    print_ranking("Ranking, all needs different, by offers", &by_offers);
    print_ranking("Ranking, all needs different, by threads", &[1, 2].map(|threads| (10_000, 10_000, threads)));
    println!("\nReaders and updates, in µs\n");
    println!(
        "| offers | copy | set a capacity | update | add | the same while a copy lives | | | other weights | other days |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    for offers in [1_000, 20_000, 100_000].map(|offers| offers / divisor) {
        let figures = run(1, &["copies", &offers.to_string()]);
        println!("| {offers} | {} |", figures.iter().map(f64::to_string).collect::<Vec<_>>().join(" | "));
    }
    let print_plans = |title: &str, cases: &[(usize, usize, usize)]| {
        println!("\n{title}\n");
        println!("| needs | offers | edges | time | per edge | memory |\n|---|---|---|---|---|---|");
        for (needs, offers, edges) in cases {
            let (needs, offers) = (needs / divisor, offers / divisor);
            let edges = (*edges).min(offers);
            let figures = run(2, &["plan", &needs.to_string(), &offers.to_string(), &edges.to_string()]);
            let [time, bytes]: [f64; 2] = figures.try_into().unwrap();
            let (each, memory) = (time * 1e9 / (needs * edges) as f64, bytes / 1e6);
            println!("| {needs} | {offers} | {edges} | {} | {each:.0} ns | {memory:.0} MB |", milliseconds(time));
        }
    };
    let by_needs = [1_000, 3_000, 10_000, 30_000, 100_000].map(|needs| (needs, needs / 5, 40));
    print_plans("Plans, places for nine in ten, five needs per offer", &by_needs);
    let by_offers = [100, 300, 1_000, 3_000, 10_000].map(|offers| (10_000, offers, 40));
    print_plans("Plans, by offers", &by_offers);
    let by_edges = [5, 10, 20, 40, 80, 160].map(|edges| (10_000, 2_000, edges));
    print_plans("Plans, by edges of a need", &by_edges);
}

/// Returns the figures that a process of its own prints.
fn run(threads: usize, arguments: &[&str]) -> Vec<f64> {
    let mut command = Command::new(std::env::current_exe().unwrap());
    let output = command.args(arguments).env("RAYON_NUM_THREADS", threads.to_string()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let figures = String::from_utf8(output.stdout).unwrap();
    figures.split_whitespace().map(|figure| figure.parse().unwrap()).collect()
}

fn ranking(needs: usize, offers: usize) {
    let records = Records::draw(Shape::National, needs, offers);
    let assessed: usize = records.parts.iter().map(|part| part.needs.len() * part.offers.len()).sum();
    let (mut builds, mut ranks) = (Vec::new(), Vec::new());
    let loaded = memory("VmRSS:");
    reset_peak();
    for _ in 0..3 {
        let offers = records.offers.clone();
        let start = Instant::now();
        let matcher = records.matcher(offers);
        builds.push(start.elapsed().as_secs_f64());
        let start = Instant::now();
        black_box(matcher.rank_all(&records.needs, 5).unwrap());
        ranks.push(start.elapsed().as_secs_f64());
    }
    println!("{} {} {assessed} {}", median(builds), median(ranks), memory("VmHWM:").saturating_sub(loaded));
}

fn plan(needs: usize, offers: usize, edges: usize) {
    let problem = problems::problem(&problems::Shape::single(needs, offers, edges, needs * 9 / 10));
    let loaded = memory("VmRSS:");
    reset_peak();
    let time = |_| {
        let start = Instant::now();
        black_box(solve(&problem, SolveOptions::new()).unwrap());
        start.elapsed().as_secs_f64()
    };
    println!("{} {}", median((0..3).map(time).collect()), memory("VmHWM:").saturating_sub(loaded));
}

/// Prints the microseconds of a copy, of three changes of one offer, without and with a copy that lives until then, and of two
/// changes of the policy.
fn copies(offers: usize) {
    let records = Records::draw(Shape::National, 1, offers);
    let mut matcher = records.matcher(records.offers.clone());
    let mut figures = vec![microseconds(|_| drop(black_box(matcher.clone())))];
    type Change<'a> = &'a dyn Fn(&mut Matcher, usize);
    let set_capacity: Change<'_> = &|matcher, step| {
        let id = records.offers[step % offers].id();
        matcher.set_capacity(id, Capacity::open(u32::try_from(step % 5).unwrap())).unwrap();
    };
    // Each takes the values of another offer, so that most columns change.
    let version = |step: usize| {
        let mut record = serde_json::to_value(&records.offers[(step * 7 + 1) % offers]).unwrap();
        record["id"] = records.offers[step % offers].id().into();
        Offer::from_json(&record.to_string()).unwrap()
    };
    let versions: Vec<Offer> = (0..2_000).map(version).collect();
    let update: Change<'_> = &|matcher, step| matcher.update(versions[step].clone()).unwrap();
    let add: Change<'_> = &|matcher, step| {
        matcher.update(Offer::builder(format!("a-{step:06}")).language("de").build().unwrap()).unwrap();
    };
    for change in [set_capacity, update, add] {
        figures.push(microseconds(|step| change(&mut matcher, step)));
    }
    for change in [set_capacity, update, add] {
        figures.push(microseconds(|step| {
            let copy = matcher.clone();
            change(&mut matcher, step + 1_000);
            drop(black_box(copy));
        }));
    }
    for other in [r#"{"weights": {"help": 3}}"#, r#"{"capacity": {"stale_days": 3}}"#] {
        let other = Policy::from_json(other).unwrap();
        figures.push(microseconds(|_| drop(black_box(matcher.with_policy(other.clone()).unwrap()))));
    }
    println!("{}", figures.iter().map(f64::to_string).collect::<Vec<_>>().join(" "));
}

/// Returns the median time of a step, in microseconds.
fn microseconds(mut step: impl FnMut(usize)) -> f64 {
    let seconds = (0..201).map(|index| {
        let start = Instant::now();
        step(index);
        start.elapsed().as_secs_f64()
    });
    (median(seconds.collect()) * 1e7).round() / 10.0
}

fn median(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds[seconds.len() / 2]
}

fn milliseconds(seconds: f64) -> String {
    if seconds < 0.01 { format!("{:.2} ms", seconds * 1e3) } else { format!("{:.0} ms", seconds * 1e3) }
}

/// Resets the peak of memory, so that loading does not count. Memory is known on Linux only; elsewhere it is 0.
fn reset_peak() {
    let _ = fs::write("/proc/self/clear_refs", "5");
}

fn memory(line: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kilobytes =
        status.lines().find_map(|text| text.strip_prefix(line)?.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) * 1_024
}
