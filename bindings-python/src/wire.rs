//! Every operation as a request in and an answer out: a dict or JSON text in, plain data out, or text in and text out.

use lotse::{
    ProgressFn,
    wire::{self, Value},
};
use pyo3::{prelude::*, types::PyString};

use crate::{convert, error, input::today};

type OnTree = fn(&Value<'_>, &str, &ProgressFn<'_>) -> Result<String, lotse::Error>;

/// A request of one operation, on today's date where it has none.
fn answer<'py>(request: &Bound<'py, PyAny>, operation: OnTree) -> PyResult<Bound<'py, PyAny>> {
    let py = request.py();
    let today = today(py)?;
    let request = convert::record(request).map_err(|error| error::raise(py, &error))?;
    // Everything is data of the core by now, so the whole call runs without the interpreter lock.
    let answer = crate::progress::watched(py, false, |look| operation(&request, &today, look))?;
    convert::from_json(py, &answer)
}

/// Text to text, without today's date: for tests that must not depend on the day.
fn answer_text(
    py: Python<'_>,
    request: &Bound<'_, PyString>,
    operation: fn(&str) -> Result<String, lotse::Error>,
) -> PyResult<String> {
    let text = convert::unicode(request);
    py.detach(|| operation(&text)).map_err(|error| error::raise(py, &error))
}

macro_rules! operations {
    ($($(#[doc = $doc:literal])* $name:ident, $name_json:ident, $on:expr, $json:path;)*) => {$(
        $(#[doc = $doc])*
        #[pyfunction]
        #[pyo3(signature = (request, /))]
        pub(crate) fn $name<'py>(request: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
            answer(request, $on)
        }

        /// The same, JSON text in and JSON text out. Nothing stands in for a missing `as_of`.
        #[pyfunction]
        #[pyo3(signature = (request, /))]
        pub(crate) fn $name_json(py: Python<'_>, request: &Bound<'_, PyString>) -> PyResult<String> {
            answer_text(py, request, $json)
        }
    )*};
}

operations! {
    /// Rank the offers for each need, best first, with a reason for every point of the score.
    ///
    /// The request is a dict or JSON text: `offers`, `needs`, `policy`, `vocabulary`, `as_of` (today if left out), `top`,
    /// `lang`, `reasons`.
    rank, rank_json, wire::rank_value_on, wire::rank_json;

    /// Explain pairs of needs and offers: all ten criteria, excluded pairs too.
    ///
    /// The request is as for `rank`, with `pairs` instead of `top` and `reasons`.
    explain, explain_json, |request, today, _| wire::explain_value_on(request, today), wire::explain_json;

    /// Tell why so few offers match: what excludes how many of them, and what would have to change for the nearest.
    ///
    /// The request is as for `rank`, with `near_misses` (3) instead of `top` and `reasons`.
    diagnose, diagnose_json, wire::diagnose_value_on, wire::diagnose_json;

    /// Give many needs to offers of limited places in one provably best plan; those who get nothing come first.
    ///
    /// The request is a dict or JSON text: `offers`, `needs`, `policy`, `vocabulary`, `as_of` (today if left out), `fixed` and
    /// `previous` referrals, `moves` (`none`, `few` or `free`), `min_score`, `neighbour_serves`, `lang`.
    allocate, allocate_json, wire::allocate_value_on, wire::allocate_json;

    /// Tell what a plan amounts to: who is served by help, language, region, crime and priority, which offers are short of
    /// places, and which are missing.
    ///
    /// The request is as for `allocate`.
    report, report_json, wire::report_value_on, wire::report_json;

    /// Check records without ranking, and find all errors and warnings at once.
    ///
    /// The request is a dict or JSON text: `offers`, `needs`, `policy`, `vocabulary`, `as_of`.
    check_request, check_json, |request, today, _| wire::check_value_on(request.clone(), today), wire::check_json;

    /// Find the codes for words as people type them: candidates, best first, never silently wrong.
    ///
    /// The request is a dict or JSON text: `words` (each with `text` and, for one sort of code only, `kind`), `lang` of the names
    /// in the answer, `vocabulary`.
    resolve, resolve_json, |request, _, _| wire::resolve_value(request), wire::resolve_json;
}
