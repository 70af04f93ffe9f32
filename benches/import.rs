//! Time and memory of an import: services as CSV and NDJSON, and needs. `--test` uses small numbers.
//!
//! Every figure is of a process of its own, so that memory is that of one case; the time is the median of three runs.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::float_arithmetic,
    clippy::disallowed_methods,
    reason = "a bench fails by panicking, and reads files and the clock"
)]

#[path = "support/directory.rs"]
mod directory;
#[path = "../tests/support/random.rs"]
mod random;

use std::{fs, hint::black_box, ops::ControlFlow, process::Command, time::Instant};

use lotse::import::{Import, ImportFile, Mapping, RecordKind};

/// The cases: the kind of list, the way it is read, and the number of records.
const CASES: [(&str, &str, usize); 6] = [
    ("services.csv", "read", 100_000),
    ("services.csv", "for_each", 100_000),
    ("services.ndjson", "read", 100_000),
    ("services.ndjson", "for_each", 100_000),
    ("needs.csv", "read", 2_000),
    ("needs.csv", "sketch", 2_000),
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        [name, how, count, rounds] => measure(name, how, count.parse().unwrap(), rounds.parse().unwrap()),
        arguments => print_table(if arguments.contains(&"--test") { 100 } else { 1 }),
    }
}

/// Prints all cases, with the numbers of records divided by `divisor`.
fn print_table(divisor: usize) {
    println!("| records | file | way | size | time | memory | produced | questions |");
    println!("|---|---|---|---|---|---|---|---|");
    for (name, how, count) in CASES {
        let count = (count / divisor).to_string();
        let output = Command::new(std::env::current_exe().unwrap()).args([name, how, &count, "3"]).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        println!("| {count} | {name} | {how} | {} |", String::from_utf8(output.stdout).unwrap().trim_end());
    }
}

/// Prints the size of a file, the time and the memory of an import beyond the file, and what it produced.
fn measure(name: &str, how: &str, count: usize, rounds: usize) {
    let (records, list) = match name.split('.').next() {
        Some("services") => (RecordKind::Offers, directory::services(count)),
        _ => (RecordKind::Needs, directory::needs(count)),
    };
    let text = if name.ends_with("ndjson") { list.ndjson() } else { list.csv() };
    drop(list);
    let (size, files) = (text.len(), [ImportFile::new(name, text)]);
    let mut import = Import::builder(records).as_of("2026-11-29".parse().unwrap());
    if records == RecordKind::Offers {
        import = import.mapping(Mapping::from_json(directory::MAPPING).unwrap());
    }
    let import = import.build().unwrap();
    let loaded = memory("VmRSS:");
    reset_peak();
    let (mut seconds, mut counts) = (Vec::new(), (0, 0));
    for _ in 0..rounds {
        let start = Instant::now();
        counts = match how {
            "sketch" => {
                let sketch = import.sketch(&files).unwrap();
                (sketch.columns.len(), sketch.questions.len())
            }
            "read" => {
                let imported = black_box(import.read(&files).unwrap());
                (imported.offers.len() + imported.needs.len(), imported.questions.len())
            }
            _ => {
                let mut produced = 0;
                let imported = import.for_each(&files, &|_| ControlFlow::Continue(()), &mut |record| {
                    black_box(record);
                    produced += 1;
                    ControlFlow::Continue(())
                });
                (produced, imported.unwrap().questions.len())
            }
        };
        seconds.push(start.elapsed().as_secs_f64());
    }
    seconds.sort_by(f64::total_cmp);
    let milliseconds = seconds[seconds.len() / 2] * 1e3;
    let peak = memory("VmHWM:").saturating_sub(loaded) as f64 / 1e6;
    let (produced, questions) = counts;
    println!("{:.1} MB | {milliseconds:.0} ms | {peak:.0} MB | {produced} | {questions}", size as f64 / 1e6);
}

/// Resets the peak of memory, so that the list does not count. Memory is known on Linux only; elsewhere it is 0.
fn reset_peak() {
    let _ = fs::write("/proc/self/clear_refs", "5");
}

fn memory(line: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kilobytes =
        status.lines().find_map(|text| text.strip_prefix(line)?.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) * 1_024
}
