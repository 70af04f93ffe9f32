//! Every long operation ends soon after its progress callback returns `Break`.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking"
)]
#![expect(clippy::disallowed_methods, reason = "a test may read the clock")]

use std::{
    ops::ControlFlow,
    sync::OnceLock,
    time::{Duration, Instant},
};

use lotse::{
    Error, Progress, ProgressFn,
    wire::{self, CallOptions, Value},
};
use serde_json::json;

/// The time for which an operation runs before it is cancelled.
const RUNNING: Duration = Duration::from_millis(10);
/// The time within which a cancelled operation ends: .2 s in a release build, more here and on a busy machine.
const ENDING: Duration = Duration::from_secs(1);

fn call(operation: &str, request: &Value<'_>, on_progress: &ProgressFn<'_>) -> Result<String, Error> {
    wire::call(operation, request, &CallOptions::new().progress(on_progress))
}

/// Cancels an operation after a time, and returns the time that it takes to end; `None` if it is done before.
fn time_to_end(
    running: Duration,
    operation: impl FnOnce(&ProgressFn<'_>) -> Result<String, Error>,
) -> Option<Duration> {
    let (start, cancelled) = (Instant::now(), OnceLock::new());
    let on_progress = |_: Progress| {
        if start.elapsed() < running {
            return ControlFlow::Continue(());
        }
        cancelled.get_or_init(Instant::now);
        ControlFlow::Break(())
    };
    let result = operation(&on_progress);
    let end = Instant::now();
    let cancelled = cancelled.get()?;
    assert_eq!(result.unwrap_err().code(), "cancelled");
    Some(end.duration_since(*cancelled))
}

/// Returns a request in which no need and no offer is like another.
fn request(needs: usize, offers: usize) -> String {
    let location = |index: usize, lon: f64| {
        let lat: f64 = format!("50.{index:04}").parse().unwrap();
        json!({"lat": lat, "lon": lon})
    };
    let need = |index: usize| {
        json!({
            "id": format!("n-{index}"), "region": "14612", "place": location(index, 13.7), "people": (index % 3).saturating_add(1),
            "help": format!("legal.part_{}", index % 50), "languages": ["uk", {"tag": "de", "level": "B1"}], "age": index % 150,
        })
    };
    let offer = |index: usize| {
        let mut place = location(index, 13.8);
        place["region"] = json!("14612");
        json!({
            "id": format!("o-{index}"), "area": ["14612", "14628"], "place": place, "capacity": index % 5,
            "help": [format!("legal.part_{}", index % 50), "legal"], "languages": ["de", "en"], "ages": {"min": index % 90},
        })
    };
    let (needs, offers): (Vec<_>, Vec<_>) = ((0..needs).map(need).collect(), (0..offers).map(offer).collect());
    json!({"needs": needs, "offers": offers}).to_string()
}

#[test]
fn every_operation_ends_soon_after_it_is_cancelled() {
    let [large, pairs, records] =
        [(3_000, 3_000), (300, 330), (10_000, 10_000)].map(|(needs, offers)| request(needs, offers));
    let [large, pairs, records] = [&large, &pairs, &records].map(|text| Value::from_json(text).unwrap());
    let ended = [
        ("rank", time_to_end(RUNNING, |on_progress| call("rank", &large, on_progress))),
        ("explain", time_to_end(RUNNING, |on_progress| call("explain", &pairs, on_progress))),
        ("diagnose", time_to_end(RUNNING, |on_progress| call("diagnose", &large, on_progress))),
        ("allocate", time_to_end(RUNNING, |on_progress| call("allocate", &large, on_progress))),
        ("report", time_to_end(RUNNING, |on_progress| call("report", &large, on_progress))),
        ("check", time_to_end(RUNNING, |on_progress| call("check", &records, on_progress))),
    ];
    for (operation, ended) in ended {
        println!("{operation}: {ended:?}");
        let ended = ended.unwrap_or_else(|| panic!("{operation} was done before it was cancelled"));
        assert!(ended < ENDING, "{operation} took {ended:?} to end");
    }
}

/// Returns a request whose plan takes longest to solve: every pair matches with a score of its own.
fn dense_request(needs: usize, offers: usize, largest_party: usize) -> String {
    let lat =
        |index: usize, prime: usize| -> f64 { format!("51.{:04}", index.wrapping_mul(prime) % 9_973).parse().unwrap() };
    let need = |index: usize| {
        json!({
            "id": format!("n-{index}"), "region": "14612", "place": {"lat": lat(index, 7_919), "lon": 13},
            "people": (index % largest_party).saturating_add(1),
        })
    };
    let offer = |index: usize| {
        json!({
            "id": format!("o-{index}"), "area": ["any"], "formats": ["on_site"], "capacity": largest_party,
            "place": {"region": "14612", "lat": lat(index, 104_729), "lon": 13},
        })
    };
    let (needs, offers): (Vec<_>, Vec<_>) = ((0..needs).map(need).collect(), (0..offers).map(offer).collect());
    json!({"needs": needs, "offers": offers}).to_string()
}

/// Cancels at several times between the beginning and the end, and so in most stages.
#[test]
fn an_allocation_ends_soon_after_it_is_cancelled_in_any_stage() {
    for (needs, offers, largest_party) in [(1_300, 900, 1), (700, 300, 4)] {
        let text = dense_request(needs, offers, largest_party);
        let request = Value::from_json(&text).unwrap();
        let start = Instant::now();
        call("allocate", &request, &|_| ControlFlow::Continue(())).unwrap();
        let whole = start.elapsed();
        for eighths in 1..8 {
            let running = whole.checked_div(8).unwrap_or_default().saturating_mul(eighths);
            let ended = time_to_end(running, |on_progress| call("allocate", &request, on_progress));
            // On a busy machine a run may end before it is cancelled.
            println!("{largest_party}: {ended:?} after {eighths} eighths of {whole:?}");
            assert!(ended.is_none_or(|ended| ended < ENDING), "{ended:?} after {eighths} eighths of {whole:?}");
        }
    }
}
