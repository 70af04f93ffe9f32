//! The evaluation of a given plan.

use lotse::PlanObjective;
use pyo3::{prelude::*, types::PyBool};
use serde::Serialize;

use crate::{
    convert,
    payload::{self, CoreResult, Localization, Payload},
    result_methods::result_methods,
    table::PyTable,
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

    fn localized<'a>(&'a self, localization: &'a Localization) -> impl Serialize + 'a {
        self.localized(localization.lang, localization.vocabulary())
    }
}

#[pymethods]
impl PyEvaluation {
    /// True if the plan has no violations.
    #[getter]
    fn feasible<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let feasible =
            |result: &lotse::Evaluation, _: &_| Ok(PyBool::new(py, result.is_feasible()).to_owned().into_any());
        self.payload.field(py, "feasible", feasible)
    }

    /// The needs without a referral, each with its reason, in the order of ids.
    #[getter]
    fn unmet<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.field(py, "unmet", |result, localization| {
            let unmet =
                result.unmet().iter().map(|unmet| unmet.localized(localization.lang, localization.vocabulary()));
            convert::to_python(py, &unmet.collect::<Vec<_>>())
        })
    }

    /// The referrals of the plan, in the order of the ids of needs.
    #[getter]
    fn referrals<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.field(py, "referrals", |result, _| convert::to_python(py, &result.referrals()))
    }

    /// The ids of needs without a referral although an offer that matches has places left.
    #[getter]
    fn servable<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.field(py, "servable", |result, _| convert::to_python(py, &result.servable()))
    }

    /// The ids of needs whose outcome no plan has under these options.
    #[getter]
    fn ineligible<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.field(py, "ineligible", |result, _| convert::to_python(py, &result.ineligible()))
    }

    /// The groups whose needs have several offers.
    #[getter]
    fn split_groups<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.field(py, "split_groups", |result, _| convert::to_python(py, &result.split_groups()))
    }

    /// The ids of offers with more people than places.
    #[getter]
    fn over_places<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.field(py, "over_places", |result, _| convert::to_python(py, &result.over_places()))
    }

    /// The objective that the plan attains.
    #[getter]
    fn objective<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload
            .field(py, "objective", |result, _| convert::to_python(py, &PlanObjective::from(result.objective())))
    }

    /// Returns the plan as a table with one row for each need, unmet needs first.
    ///
    /// Columns: those of `Allocation.to_table`, `breaks` (list of the criteria that exclude the offer), `servable` and `ineligible`
    /// (whether the need is in the list of this name).
    fn to_table(&self, py: Python<'_>) -> PyResult<PyTable> {
        self.payload.table(py, "evaluation")
    }

    /// Returns the violations as a table with one row for each; it has no row if the plan is feasible.
    ///
    /// Columns: `violation` (`ineligible`, `split_groups`, `over_places`), `id` (of the need, the group or the offer), `offer_name` (null
    /// unless an offer with a name has more people than places).
    fn violation_table(&self, py: Python<'_>) -> PyResult<PyTable> {
        self.payload.table(py, "violations")
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
}

result_methods!(PyEvaluation, "evaluation", "render_evaluation");
