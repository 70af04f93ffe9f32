//! Progress callbacks of long operations, and their cancellation.

use std::{
    cell::Cell,
    fmt,
    ops::ControlFlow,
    sync::atomic::{AtomicBool, Ordering},
};

use crate::error::{Error, ErrorDetail, ErrorKind, message};

/// The progress of a long operation, passed to a [`ProgressFn`].
///
/// # Example: the share that is done
///
/// ```
/// use std::{ops::ControlFlow, sync::Mutex};
/// use lotse::{Matcher, Need, RankOptions};
/// let last = Mutex::new(None);
/// let on_progress = |progress: lotse::Progress| {
///     *last.lock().unwrap() = Some((progress.done, progress.total));
///     ControlFlow::Continue(())
/// };
/// let needs = [Need::builder("n-1").build()?];
/// Matcher::builder().build()?.rank_all(&needs, RankOptions::new().progress(&on_progress))?;
/// if let Some((done, Some(total))) = *last.lock().unwrap() {
///     assert!(done <= total);
/// }
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Progress {
    /// The number of items done so far.
    pub done: usize,
    /// The number of all items, or `None` if it is not known in advance, as in the search for a plan.
    pub total: Option<usize>,
}

/// A progress callback: called from any thread, in any order, with the [`Progress`] of a long operation.
///
/// `ControlFlow::Break` cancels the operation, which then fails with [`ErrorKind::Cancelled`]. The callback is called often,
/// so it should return quickly.
///
/// # Example: cancel a ranking at once
///
/// ```
/// use std::ops::ControlFlow;
/// use lotse::{ErrorKind, Matcher, Need, Offer, ProgressFn, RankOptions};
/// let matcher = Matcher::builder().offers([Offer::builder("o-1").build()?]).build()?;
/// let cancel: &ProgressFn<'_> = &|progress| {
///     assert!(progress.total.is_none_or(|total| progress.done <= total));
///     ControlFlow::Break(())
/// };
/// let needs = [Need::builder("n-1").build()?];
/// let error = matcher.rank_all(&needs, RankOptions::new().progress(cancel)).unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Cancelled);
/// # Ok::<(), lotse::Error>(())
/// ```
pub type ProgressFn<'a> = dyn Fn(Progress) -> ControlFlow<()> + Sync + 'a;

/// The callback of an operation without one.
pub(crate) const NO_PROGRESS: &ProgressFn<'static> = &|_| ControlFlow::Continue(());

/// A progress callback, and a flag that is set once it has cancelled the operation.
pub(crate) struct ProgressReporter<'a> {
    callback: &'a ProgressFn<'a>,
    cancelled: AtomicBool,
}

impl<'a> ProgressReporter<'a> {
    pub(crate) fn new(callback: &'a ProgressFn<'a>) -> Self {
        Self { callback, cancelled: AtomicBool::new(false) }
    }

    /// Creates a reporter that never cancels.
    pub(crate) fn silent() -> ProgressReporter<'static> {
        ProgressReporter::new(NO_PROGRESS)
    }

    /// Reports `done` of `total` items; returns `true` if the operation is cancelled.
    pub(crate) fn report(&self, done: usize, total: usize) -> bool {
        self.call(Progress { done, total: Some(total) })
    }

    /// Reports progress of an unknown amount; returns `true` if the operation is cancelled.
    pub(crate) fn is_cancelled(&self) -> bool {
        self.call(Progress { done: 0, total: None })
    }

    fn call(&self, progress: Progress) -> bool {
        // Relaxed: no other memory depends on the flag, and a late reader only works a little longer.
        if !self.cancelled.load(Ordering::Relaxed) && (self.callback)(progress).is_continue() {
            return false;
        }
        self.cancelled.store(true, Ordering::Relaxed);
        true
    }

    /// Returns the result of the operation, or an error if it was cancelled: the result is then incomplete.
    ///
    /// # Errors
    ///
    /// `cancelled`.
    pub(crate) fn unless_cancelled<T>(&self, result: T) -> Result<T, Error> {
        if !self.cancelled.load(Ordering::Relaxed) {
            return Ok(result);
        }
        Err(Error::new(ErrorDetail::new(ErrorKind::Cancelled, "cancelled", message!("cancelled"))))
    }
}

/// A counter of small steps, which asks at every 1 024th if the operation is cancelled.
///
/// One item of a list, such as a word with many meanings, may take seconds.
pub(crate) struct WorkMeter<'r> {
    reporter: &'r ProgressReporter<'r>,
    total: usize,
    done: Cell<usize>,
    steps: Cell<u32>,
    cancelled: Cell<bool>,
}

impl<'r> WorkMeter<'r> {
    /// Creates a meter of an operation on `total` items.
    pub(crate) fn new(reporter: &'r ProgressReporter<'r>, total: usize) -> Self {
        let (done, steps, cancelled) = (Cell::new(0), Cell::new(0), Cell::new(false));
        Self { reporter, total, done, steps, cancelled }
    }

    /// Reports the number of items that are done; returns `true` if the operation is cancelled.
    pub(crate) fn report(&self, done: usize) -> bool {
        self.done.set(done);
        if self.reporter.report(done, self.total) {
            self.cancelled.set(true);
        }
        self.cancelled.get()
    }

    /// Counts a step; returns `true` if the operation is cancelled.
    pub(crate) fn is_cancelled(&self) -> bool {
        self.steps.set(self.steps.get().wrapping_add(1));
        match self.steps.get() % 1_024 {
            0 => self.report(self.done.get()),
            _ => self.cancelled.get(),
        }
    }
}

impl fmt::Debug for ProgressReporter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProgressReporter").field("cancelled", &self.cancelled).finish_non_exhaustive()
    }
}
