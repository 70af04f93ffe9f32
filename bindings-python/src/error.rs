//! The one exception of this face.

use pyo3::{create_exception, exceptions::PyValueError, prelude::*, types::PyDict};

create_exception!(
    lotse,
    Error,
    PyValueError,
    "What is wrong with what was given: `code`, `path`, `message`, `hint`, and in `errors` everything found.\n\n\
     Branch on `code`, which is stable. An error about a need tells the place, never a value."
);

/// The core's error as the exception, with its wire form as attributes.
pub(crate) fn raise(py: Python<'_>, error: &lotse::Error) -> PyErr {
    exception(py, error).unwrap_or_else(|failure| failure)
}

fn exception(py: Python<'_>, error: &lotse::Error) -> PyResult<PyErr> {
    let raised = PyErr::new::<Error, _>(error.to_string());
    let data = crate::convert::to_python(py, error)?;
    for (name, value) in data.cast::<PyDict>()? {
        raised.value(py).setattr(name.cast()?, value)?;
    }
    Ok(raised)
}

/// An error about what only this face takes, in the form of the core's.
pub(crate) fn refuse(py: Python<'_>, code: &str, path: &str, message: &str) -> PyErr {
    let form = || {
        let detail = PyDict::new(py);
        for (name, value) in [("code", Some(code)), ("path", Some(path)), ("message", Some(message)), ("hint", None)] {
            detail.set_item(name, value)?;
        }
        let place = if path.is_empty() { String::new() } else { format!("{path}: ") };
        let raised = PyErr::new::<Error, _>(format!("{place}{message} [{code}]"));
        for (name, value) in &detail {
            raised.value(py).setattr(name.cast()?, value)?;
        }
        raised.value(py).setattr("errors", [detail])?;
        Ok(raised)
    };
    form().unwrap_or_else(|failure: PyErr| failure)
}
