//! HTML of results, for notebooks.

use lotse::Lang;
use pyo3::prelude::*;
use serde::Serialize;

use crate::convert;

/// Renders a result by the function of this name in `lotse._html`.
pub(crate) fn render(py: Python<'_>, function: &str, result: &impl Serialize, lang: Lang) -> PyResult<String> {
    let data = convert::to_python(py, result)?;
    py.import("lotse._html")?.getattr(function)?.call1((data, lang.as_str()))?.extract()
}
