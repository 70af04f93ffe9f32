//! Needs, offers and policies: what people write, checked once and then unchangeable.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use lotse::wire::Value;
use pyo3::{
    prelude::*,
    types::{PyDict, PyString},
};

use crate::{convert, error};

/// A class around a record of the core: its fields as keywords, its values as attributes.
macro_rules! record {
    (
        $(#[doc = $doc:literal])*
        $class:ident, $name:literal, $record:ty, $signature:literal,
        one: [$($one:ident),* $(,)?], many: [$($many:ident),* $(,)?],
        |$py:ident, $this:ident| $shown:expr
    ) => {
        $(#[doc = $doc])*
        #[pyclass(frozen, eq, name = $name, module = "lotse")]
        #[derive(PartialEq)]
        pub(crate) struct $class {
            pub(crate) inner: $record,
        }

        impl $class {
            pub(crate) fn read(py: Python<'_>, tree: &Value<'_>) -> PyResult<Self> {
                <$record>::from_value(tree).map(|inner| Self { inner }).map_err(|error| error::raise(py, &error))
            }

            /// The data that it was made from.
            pub(crate) fn tree(&self) -> Value<'static> {
                let text = serde_json::to_string(&self.inner).unwrap_or_default();
                Value::from_json(&text).map_or_else(|_| convert::unfit(), Value::into_owned)
            }

            fn field<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
                self.to_dict(py)?.cast_into::<PyDict>()?.get_item(name)
            }
        }

        #[pymethods]
        impl $class {
            #[new]
            #[pyo3(signature = (**fields), text_signature = $signature)]
            fn new(py: Python<'_>, fields: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
                Self::read(py, &fields.map_or_else(|| Value::Object(Vec::new()), |fields| convert::tree(fields)))
            }

            /// Read a record from JSON text.
            ///
            /// Raises `lotse.Error` with everything that is wrong.
            #[staticmethod]
            #[pyo3(signature = (text, /))]
            fn from_json(py: Python<'_>, text: &Bound<'_, PyString>) -> PyResult<Self> {
                <$record>::from_json(&convert::unicode(text)).map(|inner| Self { inner }).map_err(|error| error::raise(py, &error))
            }

            /// The record as JSON text.
            fn to_json(&self, py: Python<'_>) -> PyResult<String> {
                convert::json(py, &self.inner)
            }

            /// The record as a new dict; what is absent is left out.
            fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                convert::to_python(py, &self.inner)
            }

            $(
                #[getter]
                fn $one<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
                    self.field(py, stringify!($one))
                }
            )*

            $(
                #[getter]
                fn $many<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                    let none = || Ok(pyo3::types::PyList::empty(py).into_any());
                    self.field(py, stringify!($many))?.map_or_else(none, Ok)
                }
            )*

            fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
                let ($py, $this) = (py, &self.inner);
                $shown
            }

            fn __hash__(&self) -> u64 {
                // Equal records have equal text.
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

record! {
    /// One request for one kind of help by one person, or one party that stays together.
    ///
    /// Only `id` is required; what is left out was *not asked*, and does not count. There is no field for a name, a birth
    /// date or an address. The attributes are the fields in their full form, `None` or `[]` where absent.
    ///
    /// - `help`: a code such as `legal.first_advice`; `crime`: an ICCS code, or `{"code": ..., "context": [...]}`
    /// - `languages`: tags, best first, or `{"tag": "de", "level": "A2"}` with a level of `native`, `C2` to `A1`
    /// - `region`: a key (AGS, NUTS, ISO); `place`: `{"lat": ..., "lon": ...}` in degrees, within the region
    /// - `people`: 1 to 100 000; `age`: 0 to 150 years; `gender`: `female`, `male`, `other`, `unknown`
    /// - `priority`: `stat`, `asap`, `urgent`, `routine`; `group`: needs of one group go to the same offer
    /// - `formats`: `on_site`, `outreach`, `phone`, `video`, `chat`, `email`; `roles`, `access`: codes
    /// - `rules`: what a criterion does for this need, before the policy: `{"language": "prefer"}`
    ///
    /// Raises `lotse.Error` with everything that is wrong, by place and never with a value.
    ///
    /// >>> import lotse
    /// >>> need = lotse.Need(id="n-1", help="legal", languages=["prs", {"tag": "de", "level": "A2"}], region="14612")
    /// >>> need
    /// Need(id='n-1', ...)
    /// >>> need.languages
    /// [{'tag': 'prs'}, {'tag': 'de', 'level': 'A2'}]
    /// >>> lotse.Need(id="n-1", langauges=["de"])
    /// Traceback (most recent call last):
    /// lotse.Error: need: unknown field [need.unknown_field] - did you mean `languages`?
    PyNeed, "Need", lotse::Need,
    "(*, id, case=None, group=None, people=None, priority=None, help=None, languages=None, region=None, place=None, \
      crime=None, roles=None, gender=None, age=None, formats=None, access=None, rules=None)",
    one: [id, case, group, people, priority, help, region, place, crime, gender, age, rules],
    many: [languages, roles, formats, access],
    |py, need| Ok(format!("Need(id={}, ...)", convert::quoted(py, need.id())?))
}

record! {
    /// One service of one organisation, with places.
    ///
    /// Only `id` is required; what is left out is *unknown*, which is never "no" and never 0. `"any"` says that
    /// everything is served. The attributes are the fields in their full form, `None` or `[]` where absent.
    ///
    /// - `help`, `roles`, `access`, `no_access`: codes; `area`: keys of regions (AGS, NUTS, ISO)
    /// - `languages`: tags, or `{"tag": "prs", "how": "interpreter"}` with `spoken`, `interpreter`, `on_request`
    /// - `crimes`: codes, `any`, or `{"code": ..., "context": [...]}`; `genders`, `formats`: as in a need
    /// - `capacity`: free places, or `{"free": ..., "total": ..., "state": ..., "updated": ...}` with a state of `open`,
    ///   `waitlist`, `assessment`, `full`, `unlimited`, and the day on which that was known
    /// - `ages`: `{"min": ..., "max": ...}` in years, both ends included
    /// - `place`: `{"region": ..., "lat": ..., "lon": ...}`; `contact`: `{"phone": ..., "email": ..., "url": ...}`
    ///
    /// Raises `lotse.Error` with everything that is wrong.
    ///
    /// >>> import datetime, lotse
    /// >>> lotse.Offer(id="o-1", languages=["de"], capacity={"free": 3, "updated": datetime.date(2026, 11, 20)})
    /// Offer(id='o-1', ...)
    PyOffer, "Offer", lotse::Offer,
    "(*, id, name=None, organisation=None, help=None, languages=None, area=None, place=None, crimes=None, capacity=None, \
      roles=None, genders=None, ages=None, formats=None, access=None, no_access=None, contact=None)",
    one: [id, name, organisation, place, capacity, ages, contact],
    many: [help, languages, area, crimes, roles, genders, formats, access, no_access],
    |py, offer| Ok(format!("Offer(id={}, ...)", convert::quoted(py, offer.id())?))
}

record! {
    /// How offers are judged: weights, rules and tables. What is left out is the default, and is told with the rest.
    ///
    /// - `weights`: `{"help": 10, "crime": 20, "language": 35, "region": 20, "capacity": 15, "prefer": 5}`
    /// - `rules`: for a criterion `"must"`, `"prefer"`, `"ignore"`, or `{"rule": "must", "minimum": 0.25, "unknown": "exclude"}`
    /// - `unknown_fit`: what an unknown fit counts, 0 to 1
    /// - `language`, `region`, `crime`, `capacity`, `priority_weights`: tables, see the README
    ///
    /// Fits and weights have at most 4 decimals. Raises `lotse.Error` with everything that is wrong.
    ///
    /// >>> import lotse
    /// >>> lotse.Policy(weights={"language": 40}, rules={"region": "prefer"}).rules["region"]
    /// {'rule': 'prefer', 'minimum': 0.0001, 'unknown': 'allow'}
    PyPolicy, "Policy", lotse::Policy,
    "(*, weights=None, rules=None, unknown_fit=None, language=None, region=None, crime=None, capacity=None, \
      priority_weights=None)",
    one: [weights, rules, unknown_fit, language, region, crime, capacity, priority_weights],
    many: [],
    |_py, policy| Ok(format!("Policy({})", if *policy == lotse::Policy::default() { "" } else { "..." }))
}
