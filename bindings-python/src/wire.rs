//! All operations by name, from a request to a response: of plain data, or of JSON text.

use lotse::wire::{self, CallOptions};
use pyo3::{prelude::*, types::PyString};

use crate::{convert, error, input::today, pool, progress::run_cancellable};

/// Calls an operation by name with a request, a dict or JSON text, whose `as_of` defaults to today.
///
/// Raises `lotse.Error` with all errors; Ctrl-C cancels it.
///
/// >>> from lotse import wire
/// >>> wire.call("resolve", {"words": [{"text": "Dari", "kind": "language"}]})["resolved"][0]["candidates"][0]["code"]
/// 'prs'
#[pyfunction]
#[pyo3(signature = (operation, request, /))]
pub(crate) fn call<'py>(operation: &Bound<'py, PyString>, request: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let py = request.py();
    let (operation, today) = (convert::unicode(operation), today(py)?);
    let request = convert::record_to_value(request).map_err(|error| error::raise(py, &error))?;
    // The request has no Python objects any more, so the operation runs without the interpreter lock.
    let response = run_cancellable(py, false, |on_progress| {
        wire::call(&operation, &request, &CallOptions::new().today(today).progress(on_progress))
    })?;
    convert::from_json(py, &response)
}

/// Calls an operation by name, from JSON text to JSON text. `as_of` has no default, so that tests do not depend on the day.
///
/// Raises `lotse.Error` with all errors.
///
/// >>> from lotse import wire
/// >>> wire.call_json("rank", '{"needs": [{"id": "n-1"}]}')
/// '{"rankings":[{"need":"n-1","matches":[]}]}'
#[pyfunction]
#[pyo3(signature = (operation, request, /))]
pub(crate) fn call_json(
    py: Python<'_>,
    operation: &Bound<'_, PyString>,
    request: &Bound<'_, PyString>,
) -> PyResult<String> {
    let (operation, text) = (convert::unicode(operation), convert::unicode(request));
    let response = pool::detach(py, || wire::call_json(&operation, &text, &CallOptions::new()))?;
    response.map_err(|error| error::raise(py, &error))
}

/// Returns the JSON Schema (draft 2020-12) of a record, a request or a response.
///
/// `name` is `need`, `offer`, `policy`, `vocabulary`, `error`, or that of an operation with `.request` or `.response`. Raises
/// `lotse.Error` with all names if there is no such schema.
///
/// >>> from lotse import wire
/// >>> wire.schema("need")["required"]
/// ['id']
#[pyfunction]
#[pyo3(signature = (name, /))]
pub(crate) fn schema<'py>(name: &Bound<'py, PyString>) -> PyResult<Bound<'py, PyAny>> {
    let py = name.py();
    match wire::schema(&convert::unicode(name)) {
        Some(schema) => convert::value_to_python(py, &schema),
        None => {
            let names = wire::schemas().collect::<Vec<_>>().join(", ");
            Err(error::raise_detail(py, "value", "", &format!("expected one of {names}")))
        }
    }
}
