//! Plans for a whole incident, and reports on them.

use lotse::{
    PlanObjective,
    wire::{self, Value},
};
use pyo3::prelude::*;
use serde::Serialize;

use crate::{
    arrow_out, convert,
    diff::PyPlanDiff,
    error,
    payload::{self, CoreResult, Localization, Payload},
    report::PyReport,
    result_methods::result_methods,
    table::PyTable,
};

/// A plan: unmet needs with their reasons, referrals, the usage of offers, and the certificate.
///
/// `unmet`, `referrals` and `offers` are lists of dicts in the order of ids. `objective` is attained by the plan, and `bound`
/// is an upper bound on the objective of every plan. `certificate` has `optimal` and `gap`, which are attributes too.
/// Notebooks show a plan as tables, unmet needs first.
///
/// A plan goes back in as `previous` or `fixed` of `Matcher.allocate`. It can be pickled, with its proof.
#[pyclass(frozen, eq, name = "Allocation", module = "lotse")]
#[derive(PartialEq)]
pub(crate) struct PyAllocation {
    pub(crate) payload: Payload<lotse::Allocation>,
}

impl CoreResult for lotse::Allocation {
    const CLASS: &'static str = "Allocation";

    fn localized<'a>(&'a self, localization: &'a Localization) -> impl Serialize + 'a {
        self.localized(localization.lang, localization.vocabulary())
    }

    /// The report, which counts needs by fields that a plan does not have, and the proof.
    fn additional_data(&self, localization: &Localization) -> Result<Value<'static>, lotse::Error> {
        let report = wire::to_value(&self.report().localized(localization.lang, localization.vocabulary()))?;
        Ok(Value::Object(vec![("report".into(), report), ("proof".into(), wire::plan_proof(self))]))
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
    /// The referrals, in the order of the ids of needs.
    #[getter]
    fn referrals<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.field(py, "referrals", |plan, _| convert::to_python(py, &plan.referrals()))
    }

    /// The needs without a referral, each with its reason, in the order of ids.
    #[getter]
    fn unmet<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.field(py, "unmet", |plan, localization| {
            let unmet = plan.unmet().iter().map(|unmet| unmet.localized(localization.lang, localization.vocabulary()));
            convert::to_python(py, &unmet.collect::<Vec<_>>())
        })
    }

    /// The usage of each offer, in the order of ids: places, used places, and the price of one more place.
    #[getter]
    fn offers<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.field(py, "offers", |plan, _| convert::to_python(py, &plan.offers()))
    }

    /// The objective that the plan attains: people by priority, kept referrals, and the weighted score.
    #[getter]
    fn objective<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.field(py, "objective", |plan, _| convert::to_python(py, &PlanObjective::from(plan.objective())))
    }

    /// The upper bound on the objective of every plan.
    #[getter]
    fn bound<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.field(py, "bound", |plan, _| convert::to_python(py, &PlanObjective::from(plan.bound())))
    }

    /// The proven quality of the plan: `optimal`, `gap` and `verified`.
    #[getter]
    fn certificate<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.wire_field(py, "certificate")
    }

    /// True if no better plan exists.
    #[getter]
    fn optimal(&self) -> bool {
        match &self.payload {
            Payload::Computed(plan, _) => plan.is_optimal(),
            Payload::Restored(restored) => {
                *payload::get(payload::get(&restored.data, "certificate"), "optimal") == Value::Bool(true)
            }
        }
    }

    /// The bound minus the objective, or `None` if the plan is optimal.
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
    /// Raises `lotse.Error` with the code `problem.unverified`, which is a defect of the library, or the plan is from a pickle that was
    /// changed.
    ///
    /// >>> import lotse
    /// >>> lotse.Matcher([{"id": "o-1", "capacity": 1}]).allocate([{"id": "n-1"}]).verify()
    fn verify(&self, py: Python<'_>) -> PyResult<()> {
        match &self.payload {
            Payload::Computed(plan, _) => py.detach(|| plan.verify()).map_err(|error| error::raise(py, &error)),
            Payload::Restored(restored) => {
                let proof = payload::get(&restored.additional, "proof");
                py.detach(|| wire::verify_plan(&restored.data, proof)).map_err(|error| error::raise(py, &error))
            }
        }
    }

    /// Returns the difference from this plan to a later one: the needs of both whose outcome differs.
    ///
    /// `later` is an `Allocation`, or its dict or JSON text. The result has the lists `newly_met`, `newly_unmet`, `moved` and
    /// `reason_changed`. Raises `lotse.Error` with all errors of `later`.
    ///
    /// >>> import lotse
    /// >>> matcher = lotse.Matcher([{"id": "o-1", "capacity": 1}])
    /// >>> before = matcher.allocate([{"id": "n-1"}])
    /// >>> matcher.set_capacity("o-1", 0)
    /// >>> before.diff(matcher.allocate([{"id": "n-1"}], previous=before)).newly_unmet
    /// [{'need': 'n-1', 'from': 'o-1', 'to': 'no_place'}]
    #[pyo3(signature = (later, /))]
    fn diff(&self, py: Python<'_>, later: &Bound<'_, PyAny>) -> PyResult<PyPlanDiff> {
        let later_plan = later.cast::<Self>().ok().map(|later| &later.get().payload);
        let diff = match (&self.payload, later_plan) {
            (Payload::Computed(plan, _), Some(Payload::Computed(later, _))) => Ok(py.detach(|| plan.diff(later))),
            _ => plan_to_value(later).and_then(|later| py.detach(|| wire::diff_plans(&self.to_value(), &later))),
        };
        let data = diff.and_then(|diff| wire::to_value(&diff)).map_err(|error| error::raise(py, &error))?;
        let mut names = self.payload.names_in(&data);
        names.extend(later_plan.map(|later| later.names_in(&data)).into_iter().flatten());
        Ok(PyPlanDiff { payload: Payload::restored(data, Value::Null, names, self.payload.lang()) })
    }

    /// Reports on the plan: counts by priority, help, language, region and crime, bottlenecks, and missing offers.
    fn report(&self, py: Python<'_>) -> PyReport {
        let payload = match &self.payload {
            Payload::Computed(plan, localization) => {
                Payload::Computed(py.detach(|| plan.report()), localization.clone())
            }
            Payload::Restored(restored) => {
                let report = payload::get(&restored.additional, "report").clone();
                let names = restored.names.clone();
                Payload::restored(report, Value::Null, names, restored.lang)
            }
        };
        PyReport { payload }
    }

    /// Returns the plan as a table with one row for each need, unmet needs first.
    ///
    /// Columns: `need`, `offer` (id, null if unmet), `offer_name` (null if it has none), `score` (0 to 1), `fixed`, `neighbour`
    /// (whether the offer serves the neighbouring Kreis), `to_check` (list of criteria), `reason` (code, null if met), `text` (the
    /// reason as a sentence).
    fn to_table(&self, py: Python<'_>) -> PyResult<PyTable> {
        arrow_out::allocation(py, &self.payload)
    }

    /// Returns the unmet needs as a table with one row for each.
    ///
    /// Columns: `need`, `reason` (code), `text` (the reason as a sentence), `remedies` (list of sentences: offers to phone, a split of
    /// the group, the changes of the nearest miss).
    fn unmet_table(&self, py: Python<'_>) -> PyResult<PyTable> {
        self.payload.table(py, "unmet")
    }

    /// Returns the usage of the offers as a table with one row for each, in the order of ids.
    ///
    /// Columns: those of `Report.bottleneck_table`, and `assumed` (whether the capacity is to be confirmed by phone).
    fn offer_table(&self, py: Python<'_>) -> PyResult<PyTable> {
        self.payload.table(py, "offers")
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
}

result_methods!(PyAllocation, "plan", "render_allocation");
