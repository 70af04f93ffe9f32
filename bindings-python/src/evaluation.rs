//! The evaluation of a given plan.

use lotse::PlanObjective;
use pyo3::{prelude::*, types::PyBool};
use serde::Serialize;

use crate::{
    convert,
    payload::{self, CoreResult, Localization, Payload, State},
};

/// A given plan under the policy, the offers and the options of today: what it achieves, and what it violates.
///
/// `referrals` and `unmet` are those of an `Allocation`. `servable` are the needs without a referral although an offer that
/// matches has places left. `feasible` is true if there are no violations: `ineligible` (needs whose outcome no plan has under
/// these options), `split_groups` and `over_places` (offers with more people than places). Compare `objective` with the
/// objective or the bound of an allocation of the same needs with the same options. Lists are in the order of ids.
#[pyclass(frozen, eq, name = "Evaluation", module = "lotse")]
#[derive(PartialEq)]
pub(crate) struct PyEvaluation {
    pub(crate) payload: Payload<lotse::Evaluation>,
}

impl CoreResult for lotse::Evaluation {
    const CLASS: &'static str = "Evaluation";

    fn localized<'a>(&'a self, Localization { lang, vocabulary }: &'a Localization) -> impl Serialize + 'a {
        self.localized(*lang, vocabulary)
    }
}

#[pymethods]
impl PyEvaluation {
    #[getter]
    fn feasible<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let feasible =
            |result: &lotse::Evaluation, _: &_| Ok(PyBool::new(py, result.is_feasible()).to_owned().into_any());
        self.payload.field(py, "feasible", feasible)
    }

    #[getter]
    fn unmet<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.field(py, "unmet", |result, Localization { lang, vocabulary }| {
            let unmet = result.unmet().iter().map(|unmet| unmet.localized(*lang, vocabulary));
            convert::to_python(py, &unmet.collect::<Vec<_>>())
        })
    }

    #[getter]
    fn referrals<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.field(py, "referrals", |result, _| convert::to_python(py, &result.referrals()))
    }

    #[getter]
    fn servable<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.field(py, "servable", |result, _| convert::to_python(py, &result.servable()))
    }

    #[getter]
    fn ineligible<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.field(py, "ineligible", |result, _| convert::to_python(py, &result.ineligible()))
    }

    #[getter]
    fn split_groups<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.field(py, "split_groups", |result, _| convert::to_python(py, &result.split_groups()))
    }

    #[getter]
    fn over_places<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.field(py, "over_places", |result, _| convert::to_python(py, &result.over_places()))
    }

    #[getter]
    fn objective<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload
            .field(py, "objective", |result, _| convert::to_python(py, &PlanObjective::from(result.objective())))
    }

    /// Returns the evaluation as a new dict, in the wire form.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.to_dict(py)
    }

    /// Returns the evaluation as JSON text, in the wire form.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        self.payload.to_json(py)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let [referrals, unmet] = match &self.payload {
            Payload::Computed(result, _) => [result.referrals().len(), result.unmet().len()],
            Payload::Restored(restored) => {
                ["referrals", "unmet"].map(|name| payload::items(payload::get(&restored.data, name)).len())
            }
        };
        Ok(format!("Evaluation({referrals} referrals, {unmet} unmet, feasible={})", self.feasible(py)?.repr()?))
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
