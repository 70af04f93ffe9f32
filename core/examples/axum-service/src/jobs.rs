//! Plans as jobs: each runs on a thread of its own, reports its progress and can be cancelled.

use std::{
    collections::BTreeMap,
    ops::ControlFlow,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
    },
};

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use lotse::{Progress, ProgressFn};

use crate::error::ApiError;

/// The response to a request that starts a job.
#[derive(serde::Serialize)]
pub(crate) struct Started {
    pub(crate) id: u64,
}

/// The response for a job that runs.
#[derive(serde::Serialize)]
struct Running {
    state: &'static str,
    done: usize,
    total: Option<usize>,
}

/// All jobs, by their ids.
#[derive(Debug, Default)]
pub(crate) struct Jobs {
    /// The number of jobs so far. An id is never used again, so that a late client does not meet the plan of another.
    started: AtomicU64,
    jobs: Mutex<BTreeMap<u64, Arc<Job>>>,
}

#[derive(Debug, Default)]
struct Job {
    is_cancelled: AtomicBool,
    done: AtomicUsize,
    /// 0 while the total is unknown.
    total: AtomicUsize,
    /// The JSON text of the plan, or the errors; `None` while it runs.
    result: Mutex<Option<Result<String, lotse::Error>>>,
}

impl Job {
    fn report(&self, progress: Progress) -> ControlFlow<()> {
        // Called by several threads in any order.
        self.done.fetch_max(progress.done, Ordering::Relaxed);
        self.total.fetch_max(progress.total.unwrap_or(0), Ordering::Relaxed);
        if self.is_cancelled.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn response(&self) -> Response {
        match &*lock(&self.result) {
            None => {
                let total = Some(self.total.load(Ordering::Relaxed)).filter(|total| *total > 0);
                Json(Running { state: "running", done: self.done.load(Ordering::Relaxed), total }).into_response()
            }
            Some(Ok(plan)) => ([("content-type", "application/json")], plan.clone()).into_response(),
            Some(Err(error)) => ApiError::from(error.clone()).into_response(),
        }
    }
}

impl Jobs {
    /// Starts a job on a thread for blocking work, and returns its id.
    pub(crate) fn start(
        &self,
        work: impl FnOnce(&ProgressFn<'_>) -> Result<String, lotse::Error> + Send + 'static,
    ) -> u64 {
        let job = Arc::new(Job::default());
        let id = self.started.fetch_add(1, Ordering::Relaxed).wrapping_add(1);
        lock(&self.jobs).insert(id, Arc::clone(&job));
        // Not awaited: the job keeps its result.
        drop(tokio::task::spawn_blocking(move || {
            let result = work(&|progress| job.report(progress));
            *lock(&job.result) = Some(result);
        }));
        id
    }

    /// Returns the state of a job, or its result.
    pub(crate) fn response(&self, id: u64) -> Result<Response, ApiError> {
        let job = lock(&self.jobs).get(&id).cloned();
        Ok(job.ok_or(ApiError::UnknownPlan)?.response())
    }

    /// Cancels a job and forgets it.
    pub(crate) fn cancel(&self, id: u64) -> Result<(), ApiError> {
        let job = lock(&self.jobs).remove(&id).ok_or(ApiError::UnknownPlan)?;
        job.is_cancelled.store(true, Ordering::Relaxed);
        Ok(())
    }
}

/// Locks data that a panic cannot leave half changed.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
