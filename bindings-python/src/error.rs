//! The exception of this binding.

use pyo3::{create_exception, exceptions::PyValueError, prelude::*, types::PyDict};

create_exception!(
    lotse,
    Error,
    PyValueError,
    "An error about the input, with `code`, `path`, `message` and `hint`; `errors` has all errors that were found.\n\n\
     Branch on `code`, which is stable. An error about a need has a path, but no value."
);

/// Converts an error of the core to the exception, with its wire form as attributes.
pub(crate) fn raise(py: Python<'_>, error: &lotse::Error) -> PyErr {
    exception(py, error).unwrap_or_else(|failure| failure)
}

fn exception(py: Python<'_>, error: &lotse::Error) -> PyResult<PyErr> {
    let details = error.errors().map(|detail| {
        let hint = detail.hint();
        detail_dict(py, detail.code(), detail.path(), detail.message(), hint)
    });
    let details: Vec<Bound<'_, PyDict>> = details.collect::<PyResult<_>>()?;
    with_attributes(py, error.to_string(), details)
}

/// Creates an error about input that only this binding takes, in the form of an error of the core.
pub(crate) fn raise_detail(py: Python<'_>, code: &str, path: &str, message: &str) -> PyErr {
    raise_with_hint(py, code, path, message, None)
}

/// Creates an error as [`raise_detail`] does, with a remedy.
pub(crate) fn raise_with_hint(py: Python<'_>, code: &str, path: &str, message: &str, hint: Option<&str>) -> PyErr {
    let create = || {
        let prefix = if path.is_empty() { String::new() } else { format!("{path}: ") };
        let suffix = hint.map(|hint| format!(" - {hint}")).unwrap_or_default();
        let detail = detail_dict(py, code, path, message, hint)?;
        with_attributes(py, format!("{prefix}{message} [{code}]{suffix}"), vec![detail])
    };
    create().unwrap_or_else(|failure: PyErr| failure)
}

/// Creates the exception; its attributes are the keys of the first error, and `errors`.
fn with_attributes(py: Python<'_>, text: String, errors: Vec<Bound<'_, PyDict>>) -> PyResult<PyErr> {
    let raised = PyErr::new::<Error, _>(text);
    for (name, value) in errors.iter().take(1).flatten() {
        raised.value(py).setattr(name.cast()?, value)?;
    }
    raised.value(py).setattr("errors", errors)?;
    Ok(raised)
}

fn detail_dict<'py>(
    py: Python<'py>,
    code: &str,
    path: &str,
    message: &str,
    hint: Option<&str>,
) -> PyResult<Bound<'py, PyDict>> {
    let detail = PyDict::new(py);
    for (name, value) in [("code", Some(code)), ("path", Some(path)), ("message", Some(message)), ("hint", hint)] {
        detail.set_item(name, value)?;
    }
    Ok(detail)
}
