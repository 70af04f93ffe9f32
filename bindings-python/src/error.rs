//! The one exception of this face.

use pyo3::{create_exception, exceptions::PyValueError, prelude::*, types::PyDict, types::PyString};

create_exception!(
    lotse,
    Error,
    PyValueError,
    "What is wrong with a request: `code`, `path`, `message`, `hint`, and in `errors` everything found.\n\n\
     Branch on `code`, which is stable. An error about a need tells the place, never a value."
);

/// The core's error as the exception, with its wire form as attributes.
pub(crate) fn raise(py: Python<'_>, error: &lotse::Error) -> PyErr {
    exception(py, error).unwrap_or_else(|failure| failure)
}

fn exception(py: Python<'_>, error: &lotse::Error) -> PyResult<PyErr> {
    let text = serde_json::to_string(error).map_err(|e| PyValueError::new_err(e.to_string()))?;
    let data = crate::from_json(PyString::new(py, &text))?;
    let raised = PyErr::new::<Error, _>(error.to_string());
    for (name, value) in data.cast::<PyDict>()? {
        raised.value(py).setattr(name.cast::<PyString>()?, value)?;
    }
    Ok(raised)
}
