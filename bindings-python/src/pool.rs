//! The threads on which the core runs.

use std::sync::{Arc, Mutex, PoisonError};

use lotse::{CodeKind, Criterion, Lang, Vocabulary};
use pyo3::{exceptions::PyRuntimeError, prelude::*};
use rayon::{ThreadPool, ThreadPoolBuilder};

/// The pool of a process, with the id of the process.
///
/// Threads do not survive `fork`, and a job for a pool without threads would wait for ever. So a child process starts a pool
/// of its own, and the global pool of rayon, of which there is one only, is never used.
static POOL: Mutex<Option<(u32, Arc<ThreadPool>)>> = Mutex::new(None);

/// Returns the pool of this process, which the first call starts. The argument proves that the thread is attached.
///
/// # Errors
///
/// `RuntimeError` if the system starts no further thread.
pub(crate) fn current(_: Python<'_>) -> PyResult<Arc<ThreadPool>> {
    let process = std::process::id();
    // INVARIANT: a thread has this lock only while it is attached to the interpreter, and no such thread runs while another
    // one forks. So the lock is free in a child process.
    let mut pool = POOL.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, pool)) = pool.as_ref().filter(|(owner, _)| *owner == process) {
        return Ok(Arc::clone(pool));
    }
    let started = Arc::new(ThreadPoolBuilder::new().build().map_err(|_| no_thread())?);
    // Not dropped, because that would notify the threads of the parent, which do not exist in this process.
    std::mem::forget(pool.replace((process, Arc::clone(&started))));
    Ok(started)
}

/// Runs an operation on the pool of this process, without the interpreter lock.
///
/// # Errors
///
/// That of [`current`].
pub(crate) fn detach<T: Send>(py: Python<'_>, operation: impl FnOnce() -> T + Send) -> PyResult<T> {
    let pool = current(py)?;
    Ok(py.detach(|| pool.install(operation)))
}

/// Builds all tables, because a child process would wait for ever for a thread that was building one at the fork.
#[pyfunction]
pub(crate) fn before_fork() {
    let vocabulary = Vocabulary::default();
    for lang in [Lang::En, Lang::De, Lang::DeSimple] {
        Criterion::Help.label(lang);
        vocabulary.suggest("de", CodeKind::Language, lang, 1);
    }
}

/// The error that Python itself raises if no thread can be started.
pub(crate) fn no_thread() -> PyErr {
    PyRuntimeError::new_err("can't start new thread")
}
