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
        scalars: { $($scalar:ident: $scalar_docs:literal,)* }, lists: { $($list:ident: $list_docs:literal,)* },
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
                #[doc = $scalar_docs]
                #[getter]
                fn $scalar<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
                    self.field(py, stringify!($scalar))
                }
            )*

            $(
                #[doc = $list_docs]
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
        }

        $crate::immutable::immutable!($class);
    };
}

record_methods! {
    PyNeed, lotse::Need,
    "(*, id, case=None, group=None, people=None, priority=None, help=None, languages=None, region=None, place=None, \
      crime=None, roles=None, gender=None, age=None, formats=None, access=None, rules=None)",
    scalars: {
        id: "The id, unique among the needs.",
        case: "The id of the case to which the need belongs, or `None`.",
        group: "The group whose needs go to the same offer, or `None`.",
        people: "The number of people, 1 if not stated.",
        priority: "The priority, `routine` if not stated.",
        help: "The requested kind of help, or `None`.",
        region: "The key of the region (AGS, NUTS, ISO), or `None`.",
        place: "The coordinates within the region, or `None`.",
        crime: "The crime with its code and context, or `None`.",
        gender: "The gender, or `None`.",
        age: "The age in years, or `None`.",
        rules: "The rules that take precedence over those of the policy, or `None`.",
    },
    lists: {
        languages: "The languages, best first.",
        roles: "The codes of roles.",
        formats: "The requested formats.",
        access: "The codes of access that is needed.",
    },
    |py, need| Ok(format!("Need(id={}, ...)", convert::quoted(py, need.id())?))
}

record_methods! {
    PyOffer, lotse::Offer,
    "(*, id, name=None, organisation=None, help=None, languages=None, area=None, place=None, crimes=None, capacity=None, \
      roles=None, genders=None, ages=None, formats=None, access=None, no_access=None, contact=None)",
    scalars: {
        id: "The id, unique among the offers.",
        name: "The name of the service, or `None`.",
        organisation: "The name of the organisation, or `None`.",
        place: "The location: a region, coordinates or both, or `None`.",
        capacity: "The capacity, or `None` if it is unknown.",
        ages: "The range of ages, both ends included, or `None`.",
        contact: "The contact: `phone`, `email` and `url`, or `None`.",
    },
    lists: {
        help: "The kinds of help.",
        languages: "The languages, each with the mode in which it is provided.",
        area: "The keys of the regions that are served.",
        crimes: "The crimes, as codes or with a context.",
        roles: "The codes of roles that are served.",
        genders: "The genders that are served.",
        formats: "The formats in which help is provided.",
        access: "The codes of access that is provided.",
        no_access: "The codes of access that is known to be missing.",
    },
    |py, offer| Ok(format!("Offer(id={}, ...)", convert::quoted(py, offer.id())?))
}

record_methods! {
    PyPolicy, lotse::Policy,
    "(*, weights=None, rules=None, unknown_fit=None, language=None, region=None, help=None, crime=None, capacity=None, \
      priority_weights=None)",
    scalars: {
        weights: "The weight of each criterion, and of preferences.",
        rules: "The rule of each criterion.",
        unknown_fit: "The fit that counts if it is unknown, from 0 to 1.",
        language: "The parameters of languages.",
        region: "The parameters of regions and distances.",
        help: "The parameters of kinds of help.",
        crime: "The parameters of crimes.",
        capacity: "The parameters of capacities.",
        priority_weights: "The weight of one person of each priority in an objective.",
    },
    lists: {},
    |_py, policy| Ok(format!("Policy({})", if *policy == lotse::Policy::default() { "" } else { "..." }))
}
