//! Long work off the interpreter's thread, so that Ctrl-C stops it and progress is shown.

use std::{
    ops::ControlFlow,
    sync::{
        Condvar, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use lotse::{Progress, ProgressFn};
use pyo3::prelude::*;

use crate::error;

/// So often it is asked whether the user wants to stop, and progress is shown.
const TICK: Duration = Duration::from_millis(50);

/// Does the work on another thread, without the interpreter lock, while this one listens for signals.
///
/// # Errors
///
/// The core's, and what a signal raises, such as `KeyboardInterrupt`; the work is stopped then.
pub(crate) fn watched<T: Send>(
    py: Python<'_>,
    progress: bool,
    work: impl FnOnce(&ProgressFn<'_>) -> Result<T, lotse::Error> + Send,
) -> PyResult<T> {
    let mut bar = if progress { Some(py.import("lotse._progress")?.getattr("Bar")?.call0()?) } else { None };
    let (done, all, stop) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicBool::new(false));
    let on_progress = |now: Progress| {
        done.fetch_max(now.done, Ordering::Relaxed);
        all.fetch_max(now.total.unwrap_or(0), Ordering::Relaxed);
        if stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let ended = Ended::default();
    let mut raised = None;
    let worked = thread::scope(|scope| {
        let worker = scope.spawn(|| {
            let _tells = Tells(&ended);
            work(&on_progress)
        });
        while !py.detach(|| ended.within(TICK)) {
            if raised.is_none() {
                let shown = bar.as_ref().map_or(Ok(()), |bar| {
                    bar.call1((done.load(Ordering::Relaxed), all.load(Ordering::Relaxed))).map(drop)
                });
                raised = py.check_signals().and(shown).err();
                stop.store(raised.is_some(), Ordering::Relaxed);
            }
        }
        worker.join()
    });
    if let Some(bar) = bar.take() {
        let all = all.load(Ordering::Relaxed);
        let done = if raised.is_none() { all } else { done.load(Ordering::Relaxed) };
        bar.call1((done, all))?;
        bar.call_method0("close")?;
    }
    match (raised, worked) {
        (Some(raised), _) => Err(raised),
        (None, Ok(result)) => result.map_err(|error| error::raise(py, &error)),
        // A defect of the core; it becomes what a panic always becomes in Python.
        (None, Err(panic)) => std::panic::resume_unwind(panic),
    }
}

/// Whether the work has ended, well or not.
#[derive(Default)]
struct Ended {
    ended: Mutex<bool>,
    told: Condvar,
}

impl Ended {
    fn within(&self, time: Duration) -> bool {
        let ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.told.wait_timeout_while(ended, time, |ended| !*ended);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }
}

/// Tells the end when it is dropped, after a panic too.
struct Tells<'a>(&'a Ended);

impl Drop for Tells<'_> {
    fn drop(&mut self) {
        *self.0.ended.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.0.told.notify_one();
    }
}
