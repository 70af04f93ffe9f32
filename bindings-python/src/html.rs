//! What notebooks show.

use lotse::Lang;
use pyo3::prelude::*;
use serde::Serialize;

use crate::convert;

/// A result as HTML, by the function of this name in `lotse._html`.
pub(crate) fn of(py: Python<'_>, name: &str, told: &impl Serialize, lang: Lang) -> PyResult<String> {
    let told = convert::to_python(py, told)?;
    py.import("lotse._html")?.getattr(name)?.call1((told, lang.as_str()))?.extract()
}
