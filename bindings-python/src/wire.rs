//! All operations as functions from a request to a response: of plain data, or of JSON text.

use lotse::{
    ProgressFn,
    wire::{self, Value},
};
use pyo3::{prelude::*, types::PyString};

use crate::{convert, error, input::today, pool, progress::run_cancellable};

type Operation = fn(&Value<'_>, &str, &ProgressFn<'_>) -> Result<String, lotse::Error>;

/// Runs an operation on a request, whose `as_of` defaults to today.
fn call<'py>(request: &Bound<'py, PyAny>, operation: Operation) -> PyResult<Bound<'py, PyAny>> {
    let py = request.py();
    let today = today(py)?;
    let request = convert::record_to_value(request).map_err(|error| error::raise(py, &error))?;
    // The request has no Python objects any more, so the operation runs without the interpreter lock.
    let response = run_cancellable(py, false, |on_progress| operation(&request, &today, on_progress))?;
    convert::from_json(py, &response)
}

/// Runs an operation on JSON text, without a default for `as_of`: tests must not depend on the day.
fn call_json(
    py: Python<'_>,
    request: &Bound<'_, PyString>,
    operation: fn(&str) -> Result<String, lotse::Error>,
) -> PyResult<String> {
    let text = convert::unicode(request);
    pool::detach(py, || operation(&text))?.map_err(|error| error::raise(py, &error))
}

macro_rules! operations {
    ($($(#[doc = $doc:literal])* $name:ident, $name_json:ident, $operation:expr, $json:path;)*) => {$(
        $(#[doc = $doc])*
        #[pyfunction]
        #[pyo3(signature = (request, /))]
        pub(crate) fn $name<'py>(request: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
            call(request, $operation)
        }

        /// Runs the operation on JSON text, and returns JSON text. `as_of` has no default.
        #[pyfunction]
        #[pyo3(signature = (request, /))]
        pub(crate) fn $name_json(py: Python<'_>, request: &Bound<'_, PyString>) -> PyResult<String> {
            call_json(py, request, $json)
        }
    )*};
}

operations! {
    /// Ranks the offers for each need, best first, with a reason for every point of the score.
    ///
    /// The request is a dict or JSON text: `offers`, `needs`, `policy`, `vocabulary`, `as_of` (defaults to today), `top`,
    /// `lang`, `reasons`.
    rank, rank_json, wire::rank_value_on, wire::rank_json;

    /// Explains the assessment of offers against needs: all ten criteria, also if an offer is excluded.
    ///
    /// The request is that of `rank`, with `pairs` instead of `top` and `reasons`.
    explain, explain_json, wire::explain_value_on, wire::explain_json;

    /// Diagnoses needs with few matches: counts the offers that each criterion excludes, and lists near misses.
    ///
    /// The request is that of `rank`, with `near_misses` (3) instead of `top` and `reasons`.
    diagnose, diagnose_json, wire::diagnose_value_on, wire::diagnose_json;

    /// Allocates needs to offers of limited capacity in one plan, with a certificate; unmet needs are listed first.
    ///
    /// The request is a dict or JSON text: `offers`, `needs`, `policy`, `vocabulary`, `as_of` (defaults to today), `fixed` and
    /// `previous` referrals, `moves` (`none`, `few` or `free`), `min_score`, `neighbour_serves`, `lang`.
    allocate, allocate_json, wire::allocate_value_on, wire::allocate_json;

    /// Reports on a plan: counts by priority, help, language, region and crime, bottlenecks, and missing offers.
    ///
    /// The request is that of `allocate`.
    report, report_json, wire::report_value_on, wire::report_json;

    /// Checks records without ranking them, and reports all errors and warnings at once.
    ///
    /// The request is a dict or JSON text: `offers`, `needs`, `policy`, `vocabulary`, `as_of`.
    check_request, check_json, |request, today, progress| wire::check_value_on(request.clone(), today, progress), wire::check_json;

    /// Resolves typed words to candidate codes, best first; to all of them if a word is ambiguous.
    ///
    /// The request is a dict or JSON text: `words` (each with `text` and, for codes of one kind only, `kind`), `lang` (the
    /// display language of names), `suggest`, `vocabulary`.
    resolve, resolve_json, |request, _, progress| wire::resolve_value(request, progress), wire::resolve_json;
}
