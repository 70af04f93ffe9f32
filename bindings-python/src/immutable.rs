//! Copies of objects that never change.

/// Defines that a copy of an object that never changes is the object itself.
macro_rules! immutable {
    ($class:ident) => {
        #[pyo3::pymethods]
        impl $class {
            fn __copy__(this: pyo3::Py<Self>) -> pyo3::Py<Self> {
                this
            }

            #[pyo3(signature = (memo, /))]
            fn __deepcopy__(this: pyo3::Py<Self>, memo: &pyo3::Bound<'_, pyo3::PyAny>) -> pyo3::Py<Self> {
                let _ = memo;
                this
            }
        }
    };
}

pub(crate) use immutable;
