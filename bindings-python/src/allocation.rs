//! Plans for a whole incident, and reports on them.

use lotse::{
    PlanObjective,
    wire::{self, Value},
};
use pyo3::{exceptions::PyRuntimeError, prelude::*};
use serde::Serialize;

use crate::{
    arrow_out::{self, PyTable},
    convert, error,
    payload::{self, CoreResult, Localization, Payload, State},
};

/// A plan: unmet needs with their reasons, referrals, the usage of offers, and the certificate.
///
/// `unmet`, `referrals` and `offers` are lists of dicts in the order of ids. `objective` is attained by the plan, and `bound`
/// is an upper bound on the objective of every plan. `certificate` has `optimal` and `gap`, which are attributes too.
/// Notebooks show a plan as tables, unmet needs first.
///
/// A plan goes back in as `previous` or `fixed` of `Matcher.allocate`. It can be pickled; the pickle has everything but the
/// proof, so that `verify` raises `RuntimeError` on a plan that was restored from it.
#[pyclass(frozen, eq, name = "Allocation", module = "lotse")]
#[derive(PartialEq)]
pub(crate) struct PyAllocation {
    pub(crate) payload: Payload<lotse::Allocation>,
}

impl CoreResult for lotse::Allocation {
    const CLASS: &'static str = "Allocation";

    fn localized<'a>(&'a self, Localization { lang, vocabulary }: &'a Localization) -> impl Serialize + 'a {
        self.localized(*lang, vocabulary)
    }

    /// The report, which counts needs by fields that a plan does not have.
    fn additional_data(
        &self,
        Localization { lang, vocabulary }: &Localization,
    ) -> Result<Value<'static>, lotse::Error> {
        wire::to_value(&self.report().localized(*lang, vocabulary))
    }
}

impl PyAllocation {
    /// Returns what the core reads of a plan: the ids of its referrals, and the reasons of unmet needs.
    pub(crate) fn to_value(&self) -> Value<'static> {
        let object = |fields: [(&'static str, &str); 2]| {
            Value::Object(fields.map(|(name, text)| (name.into(), Value::from(text.to_owned()))).into())
        };
        let [referrals, unmet] = match &self.payload {
            Payload::Computed(plan, _) => {
                let referrals = plan.referrals().iter();
                let referrals = referrals.map(|met| object([("need", met.need()), ("offer", met.offer())])).collect();
                let unmet = plan.unmet().iter();
                let unmet = unmet.map(|unmet| object([("need", unmet.need()), ("reason", unmet.reason().code())]));
                [Value::Array(referrals), Value::Array(unmet.collect())]
            }
            Payload::Restored(restored) => {
                ["referrals", "unmet"].map(|name| payload::get(&restored.data, name).clone())
            }
        };
        Value::Object(vec![("referrals".into(), referrals), ("unmet".into(), unmet)])
    }
}

/// Converts a plan: an `Allocation`, or what the core decodes, as plain data or JSON text.
///
/// # Errors
///
/// `json.syntax` for text that is not JSON.
pub(crate) fn plan_to_value(input: &Bound<'_, PyAny>) -> Result<Value<'static>, lotse::Error> {
    match input.cast::<PyAllocation>() {
        Ok(plan) => Ok(plan.get().to_value()),
        Err(_) => convert::record_to_value(input),
    }
}

#[pymethods]
impl PyAllocation {
    #[getter]
    fn referrals<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.field(py, "referrals", |plan, _| convert::to_python(py, &plan.referrals()))
    }

    #[getter]
    fn unmet<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.field(py, "unmet", |plan, Localization { lang, vocabulary }| {
            let unmet = plan.unmet().iter().map(|unmet| unmet.localized(*lang, vocabulary));
            convert::to_python(py, &unmet.collect::<Vec<_>>())
        })
    }

    #[getter]
    fn offers<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.field(py, "offers", |plan, _| convert::to_python(py, &plan.offers()))
    }

    #[getter]
    fn objective<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.field(py, "objective", |plan, _| convert::to_python(py, &PlanObjective::from(plan.objective())))
    }

    #[getter]
    fn bound<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.field(py, "bound", |plan, _| convert::to_python(py, &PlanObjective::from(plan.bound())))
    }

    #[getter]
    fn certificate<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.wire_field(py, "certificate")
    }

    #[getter]
    fn optimal(&self) -> bool {
        match &self.payload {
            Payload::Computed(plan, _) => plan.is_optimal(),
            Payload::Restored(restored) => {
                *payload::get(payload::get(&restored.data, "certificate"), "optimal") == Value::Bool(true)
            }
        }
    }

    #[getter]
    fn gap<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        match &self.payload {
            Payload::Computed(plan, _) => convert::to_python(py, &plan.gap().map(PlanObjective::from)),
            Payload::Restored(restored) => {
                convert::value_to_python(py, payload::get(payload::get(&restored.data, "certificate"), "gap"))
            }
        }
    }

    /// Repeats the independent check of the plan and its certificate.
    ///
    /// Raises `lotse.Error` with the code `problem.unverified`, which is a defect of the library, and `RuntimeError` if the
    /// plan was restored from a pickle, which has no proof: `certificate` has the outcome of the check before.
    ///
    /// >>> import lotse
    /// >>> lotse.Matcher([{"id": "o-1", "capacity": 1}]).allocate([{"id": "n-1"}]).verify()
    fn verify(&self, py: Python<'_>) -> PyResult<()> {
        match &self.payload {
            Payload::Computed(plan, _) => py.detach(|| plan.verify()).map_err(|error| error::raise(py, &error)),
            Payload::Restored(_) => Err(PyRuntimeError::new_err("a plan from a pickle has no proof to be verified")),
        }
    }

    /// Returns the difference from this plan to a later one: the needs of both whose outcome differs.
    ///
    /// `later` is an `Allocation`, or its dict or JSON text. The result has the lists `newly_met`, `newly_unmet`, `moved` and
    /// `reason_changed`, in the order of ids. Each item has `need`, `from` and `to`: the id of an offer, or the code of the reason
    /// why the need is unmet. Raises `lotse.Error` with all errors of `later`.
    ///
    /// >>> import lotse
    /// >>> matcher = lotse.Matcher([{"id": "o-1", "capacity": 1}])
    /// >>> before = matcher.allocate([{"id": "n-1"}])
    /// >>> matcher.set_capacity("o-1", 0)
    /// >>> before.diff(matcher.allocate([{"id": "n-1"}], previous=before))["newly_unmet"]
    /// [{'need': 'n-1', 'from': 'o-1', 'to': 'no_place'}]
    #[pyo3(signature = (later, /))]
    fn diff<'py>(&self, py: Python<'py>, later: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let diff = match (&self.payload, later.cast::<Self>().map(|later| &later.get().payload)) {
            (Payload::Computed(plan, _), Ok(Payload::Computed(later, _))) => Ok(py.detach(|| plan.diff(later))),
            _ => plan_to_value(later).and_then(|later| py.detach(|| wire::diff_plans(&self.to_value(), &later))),
        };
        convert::to_python(py, &diff.map_err(|error| error::raise(py, &error))?)
    }

    /// Reports on the plan: counts by priority, help, language, region and crime, bottlenecks, and missing offers.
    fn report(&self, py: Python<'_>) -> PyReport {
        let payload = match &self.payload {
            Payload::Computed(plan, localization) => {
                Payload::Computed(py.detach(|| plan.report()), localization.clone())
            }
            Payload::Restored(restored) => Payload::restored(restored.additional.clone(), Value::Null, restored.lang),
        };
        PyReport { payload }
    }

    /// Returns the plan as a table with one row for each need, unmet needs first.
    ///
    /// Columns: `need`, `offer` (null if unmet), `score` (0 to 1), `fixed`, `neighbour` (whether the offer serves the
    /// neighbouring Kreis), `to_check` (list of criteria), `reason` (code, null if met), `text` (the reason as a sentence).
    fn to_table(&self, py: Python<'_>) -> PyResult<PyTable> {
        arrow_out::allocation(py, &self.payload)
    }

    /// Returns the plan as a new dict, in the wire form.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.to_dict(py)
    }

    /// Returns the plan as JSON text, in the wire form.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        self.payload.to_json(py)
    }

    fn __repr__(&self) -> String {
        let [referrals, unmet] = match &self.payload {
            Payload::Computed(plan, _) => [plan.referrals().len(), plan.unmet().len()],
            Payload::Restored(restored) => {
                ["referrals", "unmet"].map(|name| payload::items(payload::get(&restored.data, name)).len())
            }
        };
        let optimal = if self.optimal() { "True" } else { "False" };
        format!("Allocation({referrals} referrals, {unmet} unmet, optimal={optimal})")
    }

    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        self.payload.render(py, "render_allocation")
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, State)> {
        self.payload.reduce(py)
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

/// The report on a plan.
///
/// `total` has the counts of all needs; `by_priority`, `by_help`, `by_language`, `by_region` and `by_crime` are lists of dicts
/// with the same counts. `bottlenecks` are the offers with a positive shadow price, highest first, and `wanted` the missing
/// offers, those that would serve most people first. `objective` and `bound` are those of the plan.
#[pyclass(frozen, eq, name = "Report", module = "lotse")]
#[derive(PartialEq)]
pub(crate) struct PyReport {
    pub(crate) payload: Payload<lotse::Report>,
}

impl CoreResult for lotse::Report {
    const CLASS: &'static str = "Report";

    fn localized<'a>(&'a self, Localization { lang, vocabulary }: &'a Localization) -> impl Serialize + 'a {
        self.localized(*lang, vocabulary)
    }
}

#[pymethods]
impl PyReport {
    #[getter]
    fn total<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.wire_field(py, "total")
    }

    #[getter]
    fn by_priority<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.wire_field(py, "by_priority")
    }

    #[getter]
    fn by_help<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.wire_field(py, "by_help")
    }

    #[getter]
    fn by_language<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.wire_field(py, "by_language")
    }

    #[getter]
    fn by_region<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.wire_field(py, "by_region")
    }

    #[getter]
    fn by_crime<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.wire_field(py, "by_crime")
    }

    #[getter]
    fn bottlenecks<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.wire_field(py, "bottlenecks")
    }

    #[getter]
    fn wanted<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.wire_field(py, "wanted")
    }

    #[getter]
    fn objective<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.wire_field(py, "objective")
    }

    #[getter]
    fn bound<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.wire_field(py, "bound")
    }

    /// Returns the counts as a table with one row for each priority, kind of help, language, region and crime.
    ///
    /// Columns: `by` (`priority`, `help`, `language`, `region`, `crime`), `code` (null if not stated), `name`, and the
    /// counts `needs`, `people`, `cases`, `met`, `met_by_neighbour`, `unmet`, `people_met`, `people_unmet`.
    fn to_table(&self, py: Python<'_>) -> PyResult<PyTable> {
        arrow_out::report(py, &self.payload)
    }

    /// Returns the report as a new dict, in the wire form.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.to_dict(py)
    }

    /// Returns the report as JSON text, in the wire form.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        self.payload.to_json(py)
    }

    fn __repr__(&self) -> String {
        let [needs, met, unmet] = match &self.payload {
            Payload::Computed(report, _) => [report.total.needs, report.total.met, report.total.unmet],
            Payload::Restored(restored) => {
                let total = payload::get(&restored.data, "total");
                ["needs", "met", "unmet"]
                    .map(|name| u64::try_from(payload::int(payload::get(total, name))).unwrap_or(0))
            }
        };
        format!("Report({needs} needs, {met} met, {unmet} unmet)")
    }

    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        self.payload.render(py, "render_report")
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, State)> {
        self.payload.reduce(py)
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
