//! The Python face of `lotse`: a request as a dict or as JSON text in, plain data out.
//!
//! It only translates. Every rule, default and sentence is in the core.

mod error;
mod request;

use lotse::wire;
use pyo3::{prelude::*, types::PyString};

#[pymodule]
mod _lotse {
    #[pymodule_export]
    use super::{
        allocate, allocate_json, check, check_json, diagnose, diagnose_json, error::Error, explain, explain_json, rank,
        rank_json, report, report_json, resolve, resolve_json, version,
    };
}

/// The version of the library.
#[pyfunction]
fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}

/// Rank the offers for each need, best first, with a reason for every point of the score.
///
/// The request is a dict or JSON text: `offers`, `needs`, `policy`, `vocabulary`, `as_of` (today if
/// left out), `top`, `lang`, `reasons`.
#[pyfunction]
#[pyo3(signature = (request, /))]
fn rank<'py>(request: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    answer(request, wire::rank_json_on)
}

/// Explain pairs of needs and offers: all ten criteria, excluded pairs too.
///
/// The request is a dict or JSON text: as for `rank`, with `pairs` instead of `top` and `reasons`.
#[pyfunction]
#[pyo3(signature = (request, /))]
fn explain<'py>(request: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    answer(request, wire::explain_json_on)
}

/// Tell why so few offers match: what excludes how many of them, and what would have to change for the nearest.
///
/// The request is a dict or JSON text: as for `rank`, with `near_misses` (3) instead of `top` and `reasons`.
#[pyfunction]
#[pyo3(signature = (request, /))]
fn diagnose<'py>(request: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    answer(request, wire::diagnose_json_on)
}

/// Give many needs to offers of limited places in one provably best plan; those who get nothing come first.
///
/// The request is a dict or JSON text: `offers`, `needs`, `policy`, `vocabulary`, `as_of` (today if left out), `fixed` and
/// `previous` referrals, `moves` (`none`, `few` or `free`), `min_score`, `neighbour_serves`, `lang`.
#[pyfunction]
#[pyo3(signature = (request, /))]
fn allocate<'py>(request: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    answer(request, wire::allocate_json_on)
}

/// Tell what a plan amounts to: who is served by help, language, region, crime and priority, which offers are short of
/// places, and which are missing.
///
/// The request is as for `allocate`.
#[pyfunction]
#[pyo3(signature = (request, /))]
fn report<'py>(request: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    answer(request, wire::report_json_on)
}

/// Check records without ranking, and find all errors and warnings at once.
///
/// The request is a dict or JSON text: `offers`, `needs`, `policy`, `vocabulary`, `as_of`.
#[pyfunction]
#[pyo3(signature = (request, /))]
fn check<'py>(request: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    answer(request, wire::check_json_on)
}

/// Find the codes for words as people type them: candidates, best first, never silently wrong.
///
/// The request is a dict or JSON text: `words` (each with `text` and, for one sort of code only, `kind`), `lang` of the names
/// in the answer, `vocabulary`.
#[pyfunction]
#[pyo3(signature = (request, /))]
fn resolve<'py>(request: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    answer(request, |text, _| wire::resolve_json(text))
}

// The plain operations, text to text, without today's date: for tests that must not depend on the day.

#[pyfunction]
fn rank_json(py: Python<'_>, request: &str) -> PyResult<String> {
    py.detach(|| wire::rank_json(request)).map_err(|error| error::raise(py, &error))
}

#[pyfunction]
fn explain_json(py: Python<'_>, request: &str) -> PyResult<String> {
    py.detach(|| wire::explain_json(request)).map_err(|error| error::raise(py, &error))
}

#[pyfunction]
fn diagnose_json(py: Python<'_>, request: &str) -> PyResult<String> {
    py.detach(|| wire::diagnose_json(request)).map_err(|error| error::raise(py, &error))
}

#[pyfunction]
fn allocate_json(py: Python<'_>, request: &str) -> PyResult<String> {
    py.detach(|| wire::allocate_json(request)).map_err(|error| error::raise(py, &error))
}

#[pyfunction]
fn report_json(py: Python<'_>, request: &str) -> PyResult<String> {
    py.detach(|| wire::report_json(request)).map_err(|error| error::raise(py, &error))
}

#[pyfunction]
fn check_json(py: Python<'_>, request: &str) -> PyResult<String> {
    py.detach(|| wire::check_json(request)).map_err(|error| error::raise(py, &error))
}

#[pyfunction]
fn resolve_json(py: Python<'_>, request: &str) -> PyResult<String> {
    py.detach(|| wire::resolve_json(request)).map_err(|error| error::raise(py, &error))
}

fn answer<'py>(
    request: &Bound<'py, PyAny>,
    operation: fn(&str, &str) -> Result<String, lotse::Error>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = request.py();
    let text = request::text(request)?;
    let today: String =
        py.import("datetime")?.getattr("date")?.call_method0("today")?.call_method0("isoformat")?.extract()?;
    // Everything is text by now, so the whole call runs without the interpreter lock.
    let answer = py.detach(|| operation(&text, &today)).map_err(|error| error::raise(py, &error))?;
    from_json(PyString::new(py, &answer))
}

/// JSON text as Python data, by the standard library.
fn from_json(text: Bound<'_, PyString>) -> PyResult<Bound<'_, PyAny>> {
    text.py().import("json")?.call_method1("loads", (text,))
}
