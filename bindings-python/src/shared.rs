//! A matcher that threads share: operations read a snapshot, updates replace it.

use std::sync::{Arc, PoisonError, RwLock};

use lotse::{Lang, ProgressFn};
use pyo3::prelude::*;

use crate::{error, input::RecordsInput, progress::run_cancellable, results::Localization};

pub(crate) struct SharedMatcher {
    // INVARIANT: a reader clones the `Arc` and releases the lock at once, so that long operations do not block updates. A
    // thread has the lock only while it is attached to the interpreter, so that the lock is free in a child process after
    // `fork`, and does not wait for the interpreter while it has the lock.
    inner: RwLock<Arc<lotse::Matcher>>,
}

impl SharedMatcher {
    pub(crate) fn new(matcher: Arc<lotse::Matcher>) -> Self {
        Self { inner: RwLock::new(matcher) }
    }

    /// Returns the current snapshot.
    pub(crate) fn read(&self) -> Arc<lotse::Matcher> {
        Arc::clone(&self.inner.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes the matcher, or a copy of it if the snapshot has readers.
    pub(crate) fn write<T>(
        &self,
        py: Python<'_>,
        change: impl FnOnce(&mut lotse::Matcher) -> Result<T, lotse::Error>,
    ) -> PyResult<T> {
        let changed = {
            let mut inner = self.inner.write().unwrap_or_else(PoisonError::into_inner);
            change(Arc::make_mut(&mut inner))
        };
        changed.map_err(|error| error::raise(py, &error))
    }

    /// Decodes needs and runs an operation on them, which Ctrl-C cancels.
    pub(crate) fn run<T: Send>(
        &self,
        needs: &Bound<'_, PyAny>,
        show_progress: bool,
        operation: impl FnOnce(&lotse::Matcher, &[lotse::Need], &ProgressFn<'_>) -> Result<T, lotse::Error> + Send,
    ) -> PyResult<T> {
        let (input, matcher) = (RecordsInput::new(needs)?, self.read());
        run_cancellable(needs.py(), show_progress, move |on_progress| {
            let needs = input.decode_for(&matcher)?;
            let result = operation(&matcher, &needs, on_progress);
            // Needs have many small allocations. They are freed on another thread, while the caller continues.
            rayon::spawn(move || drop(needs));
            result
        })
    }

    /// Returns the display language with the names of the current vocabulary.
    pub(crate) fn localization(&self, lang: Lang) -> Localization {
        Localization { lang, vocabulary: self.read().vocabulary().clone() }
    }
}
