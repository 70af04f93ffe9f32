//! Methods that all classes of results have in common. A class of Python cannot get them from a trait.

/// Defines what every class with a [`Payload`](crate::payload::Payload) has: its wire form, its pickle and its display in notebooks by
/// a function of `lotse._html`.
macro_rules! result_methods {
    ($class:ident, $noun:literal, $render:literal) => {
        $crate::immutable::immutable!($class);

        #[pyo3::pymethods]
        impl $class {
            #[doc = concat!("Returns the ", $noun, " as a new dict, in the wire form.")]
            fn to_dict<'py>(&self, py: pyo3::Python<'py>) -> pyo3::PyResult<pyo3::Bound<'py, pyo3::PyAny>> {
                self.payload.to_dict(py)
            }

            #[doc = concat!("Returns the ", $noun, " as JSON text, in the wire form.")]
            fn to_json(&self, py: pyo3::Python<'_>) -> pyo3::PyResult<String> {
                self.payload.to_json(py)
            }

            fn _repr_html_(&self, py: pyo3::Python<'_>) -> pyo3::PyResult<String> {
                self.payload.render(py, $render)
            }

            fn __reduce__<'py>(
                &self,
                py: pyo3::Python<'py>,
            ) -> pyo3::PyResult<(pyo3::Bound<'py, pyo3::PyAny>, $crate::payload::State)> {
                self.payload.reduce(py)
            }
        }
    };
}

pub(crate) use result_methods;
