//! Long operations on another thread, so that Ctrl-C cancels them and a bar shows their progress.

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

use crate::{error, pool};

/// The interval at which signals are checked and the bar is updated.
const TICK: Duration = Duration::from_millis(50);

/// Runs an operation on the pool of this process, without the interpreter lock, while this thread handles signals.
///
/// # Errors
///
/// Those of the core, and those that a signal raises, such as `KeyboardInterrupt`, which cancels the operation; `RuntimeError`
/// if no thread can be started.
pub(crate) fn run_cancellable<T: Send>(
    py: Python<'_>,
    show_progress: bool,
    operation: impl FnOnce(&ProgressFn<'_>) -> Result<T, lotse::Error> + Send,
) -> PyResult<T> {
    let pool = pool::current(py)?;
    let mut bar = if show_progress { Some(py.import("lotse._progress")?.getattr("Bar")?.call0()?) } else { None };
    let (done, total, cancelled) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicBool::new(false));
    let on_progress = |progress: Progress| {
        done.fetch_max(progress.done, Ordering::Relaxed);
        total.fetch_max(progress.total.unwrap_or(0), Ordering::Relaxed);
        if cancelled.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let completion = Completion::default();
    let mut raised = None;
    let joined = thread::scope(|scope| {
        let worker = thread::Builder::new().spawn_scoped(scope, || {
            let _guard = CompleteOnDrop(&completion);
            pool.install(|| operation(&on_progress))
        });
        let worker = worker.map_err(|_| pool::no_thread())?;
        while !py.detach(|| completion.wait(TICK)) {
            if raised.is_none() {
                let shown = bar.as_ref().map_or(Ok(()), |bar| {
                    bar.call1((done.load(Ordering::Relaxed), total.load(Ordering::Relaxed))).map(drop)
                });
                raised = py.check_signals().and(shown).err();
                cancelled.store(raised.is_some(), Ordering::Relaxed);
            }
        }
        Ok::<_, PyErr>(worker.join())
    })?;
    if let Some(bar) = bar.take() {
        let total = total.load(Ordering::Relaxed);
        let done = if raised.is_none() { total } else { done.load(Ordering::Relaxed) };
        bar.call1((done, total))?;
        bar.call_method0("close")?;
    }
    match (raised, joined) {
        (Some(raised), _) => Err(raised),
        (None, Ok(result)) => result.map_err(|error| error::raise(py, &error)),
        // A defect of the core. PyO3 converts the panic to its `PanicException`.
        (None, Err(panic)) => std::panic::resume_unwind(panic),
    }
}

/// A flag that is set when the operation has ended, successfully or not.
#[derive(Default)]
struct Completion {
    completed: Mutex<bool>,
    changed: Condvar,
}

impl Completion {
    /// Waits for at most `timeout`, and returns whether the operation has ended.
    fn wait(&self, timeout: Duration) -> bool {
        let completed = self.completed.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.changed.wait_timeout_while(completed, timeout, |completed| !*completed);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }
}

/// A guard that sets the flag when it is dropped, also by a panic.
struct CompleteOnDrop<'a>(&'a Completion);

impl Drop for CompleteOnDrop<'_> {
    fn drop(&mut self) {
        *self.0.completed.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.0.changed.notify_one();
    }
}
