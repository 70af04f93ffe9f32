//! Time and memory of the requests that cost the most for their size: a table of `tests/support/worst_cases.rs`.
//!
//! `--full` measures 1 MB and 10 MB against the limits; `--test` measures small requests, and fails if one grows too fast or is
//! beyond the limits scaled to its size. Any other argument selects the cases whose name or operation contains it.
//!
//! Every measurement is a process of its own with one thread, so that memory is that of one request. Seconds are those of the
//! processor if Linux reports them: other processes then change them little.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::float_arithmetic,
    clippy::disallowed_methods,
    reason = "a bench fails by panicking, and reads files and the clock"
)]

#[path = "../tests/support/worst_cases.rs"]
mod worst_cases;

use std::{
    fs,
    hint::black_box,
    process::{Command, ExitCode, Stdio},
    thread,
    time::{Duration, Instant},
};

use lotse::wire::{self, CallOptions};

use crate::worst_cases::{Growth, WorstCase};

/// A time that is long enough for a ratio. If a request of 250 kB takes less, its time may be quadratic and one of 1 MB is still
/// within 2 seconds.
const MIN_SECONDS: f64 = 0.1;
/// The seconds that a pair may take if each pair has a score of its own.
const SECONDS_PER_PAIR: f64 = 150e-9;
/// The memory of a process that is stopped, so that the machine survives.
const MAX_BYTES: u64 = 6_000_000_000;
/// The number of times that a case is measured before it fails.
const ATTEMPTS: usize = 3;
/// The error codes by which a limit refuses a request that is otherwise right.
const REFUSALS: [&str; 3] = ["too_many", "too_large", "too_long"];

/// What precedes the code of the first error in a response of `check`.
const FIRST_ERROR: &str = r#""errors":[{"code":""#;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    if let ["measure", name, operation, bytes] = arguments.as_slice() {
        let case = worst_cases::all().find(|case| case.name == *name && case.operation == *operation);
        measure(case.unwrap(), bytes.parse().unwrap());
        return ExitCode::SUCCESS;
    }
    let mode = match &arguments {
        arguments if arguments.contains(&"--test") => Mode::Test,
        arguments if arguments.contains(&"--full") => Mode::Full,
        _ => Mode::Quick,
    };
    let words: Vec<&&str> = arguments.iter().filter(|argument| !argument.starts_with("--")).collect();
    let is_selected = |case: &&WorstCase| {
        words.is_empty() || words.iter().any(|word| case.name.contains(**word) || case.operation == **word)
    };
    println!("| case | operation | bytes | seconds | MB | exponent | answer | |\n|---|---|---|---|---|---|---|---|");
    let mut failed = 0;
    for case in worst_cases::all().filter(is_selected) {
        let runs = mode.judged_runs(case);
        let failure = failure(mode, case, &runs);
        print_row(case, &runs, failure.as_ref());
        failed += usize::from(failure.is_some());
    }
    println!("\n{failed} cases beyond their limits");
    if mode == Mode::Test && failed > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

#[derive(Clone, Copy, PartialEq)]
enum Mode {
    Quick,
    Full,
    Test,
}

impl Mode {
    /// Returns the sizes to measure, from small to large.
    fn sizes(self) -> &'static [usize] {
        match self {
            Self::Quick => &[15_625, 62_500, 250_000, 1_000_000],
            Self::Full => &[1_000_000, 10_000_000],
            Self::Test => &[62_500, 250_000],
        }
    }

    /// Measures a case, and a second and third time if it is beyond its limits, since a machine may be busy.
    fn judged_runs(self, case: &WorstCase) -> Vec<Run> {
        let mut best = self.runs(case);
        for _ in 1..ATTEMPTS {
            let is_repeatable = best.iter().all(|run| run.seconds < 2.0 && run.answer != Answer::Stopped);
            if self != Self::Test || !is_repeatable || failure(self, case, &best).is_none() {
                break;
            }
            for (best, run) in best.iter_mut().zip(self.runs(case)) {
                best.seconds = best.seconds.min(run.seconds);
                best.peak = best.peak.min(run.peak);
            }
        }
        best
    }

    /// Measures a case at its sizes, until a size takes so long that the next would take minutes.
    fn runs(self, case: &WorstCase) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for bytes in self.sizes() {
            let request = (case.write)(*bytes);
            let limit = max_seconds(case, request.text.len(), request.needs * request.offers * request.per_pair);
            let patience = match self {
                Self::Quick => limit.min(10.0) * 1.5 + 0.5,
                Self::Full => limit.min(120.0) * 2.0 + 5.0,
                Self::Test => limit * 3.0 + 0.5,
            };
            drop(request);
            let run = run(case, *bytes, Duration::from_secs_f64(patience));
            let is_last = run.answer == Answer::Stopped || self == Self::Quick && run.seconds > 2.0;
            runs.push(run);
            if is_last {
                break;
            }
        }
        runs
    }
}

/// A measurement.
struct Run {
    bytes: usize,
    pairs: usize,
    seconds: f64,
    /// The memory above that of the request, if the system reports it.
    peak: Option<u64>,
    answer: Answer,
}

#[derive(Clone, PartialEq)]
enum Answer {
    /// The bytes of a response.
    Bytes(usize),
    /// The code of an error.
    Error(String),
    /// None: too much time or memory.
    Stopped,
    /// None: the process ended by itself, with this last line.
    Failed(String),
}

/// The size that is beyond its limits, and how.
struct Failure<'a> {
    run: &'a Run,
    reason: String,
}

/// Returns the first failure of a case, or `None` if it is within all limits.
fn failure<'a>(mode: Mode, case: &WorstCase, runs: &'a [Run]) -> Option<Failure<'a>> {
    for (index, run) in runs.iter().enumerate() {
        if let Some(reason) = run_failure(mode, case, run, index == 0) {
            return Some(Failure { run, reason });
        }
    }
    let max = if case.growth == Growth::Linear { 1.5 } else { 2.5 };
    let is_steep = exponent(runs).is_some_and(|exponent| exponent > max);
    runs.last().filter(|_| is_steep).map(|run| Failure { run, reason: "exponent".into() })
}

fn run_failure(mode: Mode, case: &WorstCase, run: &Run, is_smallest: bool) -> Option<String> {
    let is_refusal = |code: &str| REFUSALS.iter().any(|refusal| code.ends_with(refusal));
    match &run.answer {
        Answer::Stopped => return Some("stopped".into()),
        Answer::Failed(line) => return Some(line.clone()),
        Answer::Error(code) if Some(code.as_str()) == case.error || is_refusal(code) => {}
        Answer::Error(code) => return Some(format!("error {code}")),
        Answer::Bytes(_) if case.error.is_some() && is_smallest => return Some("no error".into()),
        Answer::Bytes(_) => {}
    }
    // A test must not fail because a machine is slow or busy; exponents and memory hardly depend on that.
    let patience = if mode == Mode::Test { 3.0 } else { 1.0 };
    let is_slow = run.seconds > patience * max_seconds(case, run.bytes, run.pairs);
    let is_large = run.peak.is_some_and(|peak| peak as f64 > max_memory(case, run.bytes));
    let what = if is_slow { "seconds" } else { "memory" };
    (is_slow || is_large).then(|| what.to_owned())
}

/// Returns the seconds that a request may take: 2 up to a megabyte, then 2 for each; if each pair has a score of its own, at least
/// 150 ns a pair. What should grow as the bytes is scaled to smaller sizes, with 50 ms for what does not depend on them.
fn max_seconds(case: &WorstCase, bytes: usize, pairs: usize) -> f64 {
    let megabytes = bytes as f64 / 1e6;
    let scale = match case.growth {
        Growth::Linear => megabytes,
        Growth::Pairs | Growth::Bounded => megabytes.max(1.0),
    };
    let seconds = 0.05 + 2.0 * scale;
    if case.growth == Growth::Linear { seconds } else { seconds.max(SECONDS_PER_PAIR * pairs as f64) }
}

/// Returns the bytes that a request may take: 1 GB for a megabyte, 4 GB for ten.
///
/// Below a megabyte they are scaled to the size, except if a limit on pairs or on the answer can be reached there already.
fn max_memory(case: &WorstCase, bytes: usize) -> f64 {
    let megabytes = bytes as f64 / 1e6;
    let scale = match case.growth {
        Growth::Linear if megabytes < 1.0 => megabytes + 0.02,
        _ => 1.0 + (megabytes - 1.0).max(0.0) / 3.0,
    };
    1e9 * scale
}

/// Returns the slope of time over bytes in a log-log plot, or `None` if the times are too short or the answers of two kinds.
fn exponent(runs: &[Run]) -> Option<f64> {
    let (last, earlier) = runs.split_last()?;
    let is_alike = |run: &&Run| match (&run.answer, &last.answer) {
        (Answer::Bytes(_), Answer::Bytes(_)) => true,
        (a, b) => a == b,
    };
    // A stopped run took at least its seconds.
    let before = earlier.last().filter(|run| is_alike(run) || last.answer == Answer::Stopped)?;
    if last.seconds < MIN_SECONDS {
        return None;
    }
    let ratio = last.seconds / before.seconds.max(1e-4);
    Some(ratio.ln() / (last.bytes as f64 / before.bytes as f64).ln())
}

/// Prints the size that is beyond its limits, or else the largest.
fn print_row(case: &WorstCase, runs: &[Run], failure: Option<&Failure<'_>>) {
    let Some(run) = failure.map(|failure| failure.run).or(runs.last()) else { return };
    let reason = failure.map_or("", |failure| &failure.reason);
    let exponent = exponent(runs).map_or_else(|| "-".to_owned(), |exponent| format!("{exponent:.1}"));
    let memory = run.peak.map_or_else(|| "-".to_owned(), |peak| format!("{:.0}", peak as f64 / 1e6));
    let (mark, answer) = match &run.answer {
        Answer::Bytes(bytes) => ("", format!("{bytes} bytes")),
        Answer::Error(code) => ("", code.clone()),
        Answer::Stopped => ("> ", "none".into()),
        Answer::Failed(line) => ("", line.clone()),
    };
    let (name, operation, bytes, seconds) = (case.name, case.operation, run.bytes, run.seconds);
    println!(
        "| {name} | {operation} | {bytes} | {mark}{seconds:.3} | {mark}{memory} | {exponent} | {answer} | {reason} |"
    );
}

/// Measures a request in a process of its own, which is stopped after `patience` or above [`MAX_BYTES`].
fn run(case: &WorstCase, bytes: usize, patience: Duration) -> Run {
    let arguments = ["measure", case.name, case.operation, &bytes.to_string()];
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(arguments).env("RAYON_NUM_THREADS", "1").stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let process = format!("/proc/{}", child.id());
    let (start, mut run) = (Instant::now(), Run { bytes, pairs: 0, seconds: 0.0, peak: None, answer: Answer::Stopped });
    // What the process prints is short, so the pipes never fill.
    while child.try_wait().unwrap().is_none() {
        thread::sleep(Duration::from_millis(2));
        let elapsed = start.elapsed();
        run.seconds = processor_seconds(&process).unwrap_or(elapsed.as_secs_f64());
        run.peak = memory(&process, "VmRSS:");
        // A process that waits for a processor is given more time.
        let is_late = run.seconds > patience.as_secs_f64() || elapsed > patience * 10;
        if is_late || run.peak.is_some_and(|peak| peak > MAX_BYTES) {
            child.kill().unwrap();
            child.wait().unwrap();
            return run;
        }
    }
    let output = child.wait_with_output().unwrap();
    let (text, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    parse(&mut run, text.trim()).unwrap_or_else(|| {
        run.answer = Answer::Failed(errors.lines().last().unwrap_or("no answer").to_owned());
    });
    run
}

/// Reads what [`measure`] has printed.
fn parse(run: &mut Run, line: &str) -> Option<()> {
    let parts: Vec<&str> = line.split(' ').collect();
    let [bytes, pairs, seconds, peak, kind, value] = parts.as_slice() else { return None };
    (run.bytes, run.pairs, run.seconds) = (bytes.parse().ok()?, pairs.parse().ok()?, seconds.parse().ok()?);
    run.peak = peak.parse().ok();
    run.answer = match *kind {
        "bytes" => Answer::Bytes(value.parse().ok()?),
        _ => Answer::Error((*value).to_owned()),
    };
    Some(())
}

/// Measures a request in this process, and prints bytes, pairs, seconds, memory and answer.
fn measure(case: &WorstCase, bytes: usize) {
    let call = |text: &str| wire::call_json(case.operation, text, &CallOptions::new());
    // Built-in tables are read once, which no request should pay for here.
    let _ = black_box(call(&(case.write)(1).text));
    let request = (case.write)(bytes);
    reset_peak();
    let loaded = memory("/proc/self", "VmRSS:");
    let (start, before) = (Instant::now(), processor_seconds("/proc/self"));
    let result = black_box(call(black_box(&request.text)));
    let seconds = before.zip(processor_seconds("/proc/self")).map(|(before, after)| after - before);
    let seconds = seconds.unwrap_or(start.elapsed().as_secs_f64());
    let peak = memory("/proc/self", "VmHWM:").zip(loaded).map(|(peak, loaded)| peak.saturating_sub(loaded));
    let peak = peak.map_or_else(|| "-".to_owned(), |peak| peak.to_string());
    let answer = match &result {
        // The errors of a file are the answer of `check`.
        Ok(response) if case.operation == "check" && response.contains(FIRST_ERROR) => {
            let code = response.split(FIRST_ERROR).nth(1).and_then(|rest| rest.split('"').next());
            format!("error {}", code.unwrap_or_default())
        }
        Ok(response) => format!("bytes {}", response.len()),
        Err(error) => format!("error {}", error.code()),
    };
    println!("{} {} {seconds} {peak} {answer}", request.text.len(), request.needs * request.offers * request.per_pair);
}

/// Returns the time that all threads of a process have run on a processor, on Linux.
fn processor_seconds(process: &str) -> Option<f64> {
    let mut nanoseconds = 0_u64;
    for task in fs::read_dir(format!("{process}/task")).ok()? {
        // A thread may have ended since the folder was read.
        let Ok(text) = fs::read_to_string(task.ok()?.path().join("schedstat")) else { continue };
        nanoseconds += text.split(' ').next()?.parse::<u64>().ok()?;
    }
    (nanoseconds > 0).then_some(nanoseconds as f64 / 1e9)
}

/// Resets the peak of memory, on Linux.
fn reset_peak() {
    let _ = fs::write("/proc/self/clear_refs", "5");
}

/// Returns the bytes of a line of the status of a process, on Linux.
fn memory(process: &str, line: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("{process}/status")).ok()?;
    let kilobytes = status.lines().find_map(|text| text.strip_prefix(line)?.split_whitespace().next());
    Some(kilobytes?.parse::<u64>().ok()? * 1_024)
}
