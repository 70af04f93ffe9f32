//! Operations on a matcher that threads share.

use lotse::{ProgressFn, SharedMatcher};
use pyo3::prelude::*;

use crate::{
    error,
    input::RecordsInput,
    payload::{CoreResult, Localization, Payload},
    progress::run_cancellable,
};

/// Changes the matcher; nothing changes after an error.
pub(crate) fn update<T>(
    shared: &SharedMatcher,
    py: Python<'_>,
    change: impl FnOnce(&mut lotse::Matcher) -> Result<T, lotse::Error>,
) -> PyResult<T> {
    shared.update(change).map_err(|error| error::raise(py, &error))
}

/// Decodes needs and runs an operation on them, which Ctrl-C cancels.
pub(crate) fn run<T: Send>(
    shared: &SharedMatcher,
    needs: &Bound<'_, PyAny>,
    show_progress: bool,
    operation: impl FnOnce(&lotse::Matcher, &[lotse::Need], &ProgressFn<'_>) -> Result<T, lotse::Error> + Send,
) -> PyResult<T> {
    let (input, matcher) = (RecordsInput::new(needs)?, shared.read());
    run_cancellable(needs.py(), show_progress, move |on_progress| {
        let needs = input.decode_for(&matcher)?;
        let result = operation(&matcher, &needs, on_progress);
        // Needs have many small allocations. They are freed on another thread, while the caller continues.
        rayon::spawn(move || drop(needs));
        result
    })
}

/// Adds the display language to results, with the names of the current matcher.
pub(crate) fn localize<T: CoreResult>(
    shared: &SharedMatcher,
    lang: lotse::Lang,
    results: Vec<T>,
) -> impl Iterator<Item = Payload<T>> {
    let localization = Localization::new(lang, shared.read());
    results.into_iter().map(move |result| Payload::Computed(result, localization.clone()))
}
