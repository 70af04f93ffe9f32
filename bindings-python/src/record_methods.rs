//! The methods of needs, offers and policies.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use lotse::wire::Value;
use pyo3::{
    prelude::*,
    types::{PyDict, PyString},
};

use crate::{
    convert, error,
    record::{PyNeed, PyOffer, PyPolicy},
};

/// Implements the methods of a class: the fields are keywords of the constructor, and attributes.
macro_rules! record_methods {
    (
        $class:ident, $record:ty, $signature:literal,
        scalars: [$($scalar:ident),* $(,)?], lists: [$($list:ident),* $(,)?],
        |$py:ident, $this:ident| $repr:expr
    ) => {
        impl $class {
            fn field<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
                convert::field(py, &self.inner, name)
            }
        }

        #[pymethods]
        impl $class {
            #[new]
            #[pyo3(signature = (**fields), text_signature = $signature)]
            fn new(py: Python<'_>, fields: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
                let value = fields.map_or_else(|| Value::Object(Vec::new()), |fields| convert::to_value(fields));
                <$record>::from_value(&value).map(|inner| Self { inner }).map_err(|error| error::raise(py, &error))
            }

            /// Decodes a record from JSON text.
            ///
            /// Raises `lotse.Error` with all errors.
            #[staticmethod]
            #[pyo3(signature = (text, /))]
            fn from_json(py: Python<'_>, text: &Bound<'_, PyString>) -> PyResult<Self> {
                <$record>::from_json(&convert::unicode(text)).map(|inner| Self { inner }).map_err(|error| error::raise(py, &error))
            }

            /// Returns the record as JSON text.
            fn to_json(&self, py: Python<'_>) -> PyResult<String> {
                convert::json(py, &self.inner)
            }

            /// Returns the record as a new dict, without absent fields.
            fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                convert::to_python(py, &self.inner)
            }

            $(
                #[getter]
                fn $scalar<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
                    self.field(py, stringify!($scalar))
                }
            )*

            $(
                #[getter]
                fn $list<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                    let empty = || Ok(pyo3::types::PyList::empty(py).into_any());
                    self.field(py, stringify!($list))?.map_or_else(empty, Ok)
                }
            )*

            fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
                let ($py, $this) = (py, &self.inner);
                $repr
            }

            fn __hash__(&self) -> u64 {
                // INVARIANT: equal records have equal text.
                let mut hasher = DefaultHasher::new();
                serde_json::to_string(&self.inner).unwrap_or_default().hash(&mut hasher);
                hasher.finish()
            }

            fn __getnewargs_ex__<'py>(&self, py: Python<'py>) -> PyResult<((), Bound<'py, PyAny>)> {
                Ok(((), self.to_dict(py)?))
            }

            fn __copy__(this: Py<Self>) -> Py<Self> {
                this
            }

            #[pyo3(signature = (memo, /))]
            fn __deepcopy__(this: Py<Self>, memo: &Bound<'_, PyAny>) -> Py<Self> {
                let _ = memo;
                this
            }
        }
    };
}

record_methods! {
    PyNeed, lotse::Need,
    "(*, id, case=None, group=None, people=None, priority=None, help=None, languages=None, region=None, place=None, \
      crime=None, roles=None, gender=None, age=None, formats=None, access=None, rules=None)",
    scalars: [id, case, group, people, priority, help, region, place, crime, gender, age, rules],
    lists: [languages, roles, formats, access],
    |py, need| Ok(format!("Need(id={}, ...)", convert::quoted(py, need.id())?))
}

record_methods! {
    PyOffer, lotse::Offer,
    "(*, id, name=None, organisation=None, help=None, languages=None, area=None, place=None, crimes=None, capacity=None, \
      roles=None, genders=None, ages=None, formats=None, access=None, no_access=None, contact=None)",
    scalars: [id, name, organisation, place, capacity, ages, contact],
    lists: [help, languages, area, crimes, roles, genders, formats, access, no_access],
    |py, offer| Ok(format!("Offer(id={}, ...)", convert::quoted(py, offer.id())?))
}

record_methods! {
    PyPolicy, lotse::Policy,
    "(*, weights=None, rules=None, unknown_fit=None, language=None, region=None, help=None, crime=None, capacity=None, \
      priority_weights=None)",
    scalars: [weights, rules, unknown_fit, language, region, help, crime, capacity, priority_weights],
    lists: [],
    |_py, policy| Ok(format!("Policy({})", if *policy == lotse::Policy::default() { "" } else { "..." }))
}
