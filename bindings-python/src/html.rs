//! HTML of results, for notebooks.

use lotse::Lang;
use pyo3::prelude::*;

/// Renders the wire form of a result by the function of this name in `lotse._html`.
pub(crate) fn render<'py>(py: Python<'py>, function: &str, data: Bound<'py, PyAny>, lang: Lang) -> PyResult<String> {
    py.import("lotse._html")?.getattr(function)?.call1((data, lang.as_str()))?.extract()
}
