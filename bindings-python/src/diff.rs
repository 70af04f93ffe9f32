//! The difference of two plans.

use lotse::wire::Value;
use pyo3::prelude::*;
use serde::Serialize;

use crate::{
    payload::{self, CoreResult, Localization, Payload},
    result_methods::result_methods,
    table::PyTable,
};

/// The needs of two plans whose outcome differs, in the order of ids.
///
/// Each item of the lists has `need`, `from` and `to`: the id of an offer, or the code of the reason why the need is unmet. Its
/// length is the number of these needs, so that it is false if there are none. Notebooks show it as a table.
#[pyclass(frozen, eq, name = "PlanDiff", module = "lotse")]
#[derive(PartialEq)]
pub(crate) struct PyPlanDiff {
    // The data only: the plans may be restored from pickles.
    pub(crate) payload: Payload<lotse::PlanDiff>,
}

impl CoreResult for lotse::PlanDiff {
    const CLASS: &'static str = "PlanDiff";

    fn localized<'a>(&'a self, localization: &'a Localization) -> impl Serialize + 'a {
        let _ = localization;
        self
    }
}

/// The lists of a difference.
const LISTS: [&str; 4] = ["newly_met", "newly_unmet", "moved", "reason_changed"];

impl PyPlanDiff {
    fn data(&self) -> Option<&Value<'static>> {
        match &self.payload {
            Payload::Computed(..) => None,
            Payload::Restored(restored) => Some(&restored.data),
        }
    }

    fn count(&self, list: &str) -> usize {
        self.data().map_or(0, |data| payload::items(payload::get(data, list)).len())
    }
}

#[pymethods]
impl PyPlanDiff {
    /// The needs that were unmet and are met.
    #[getter]
    fn newly_met<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.wire_field(py, "newly_met")
    }

    /// The needs that were met and are unmet.
    #[getter]
    fn newly_unmet<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.wire_field(py, "newly_unmet")
    }

    /// The needs that another offer meets.
    #[getter]
    fn moved<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.wire_field(py, "moved")
    }

    /// The needs that are unmet for another reason.
    #[getter]
    fn reason_changed<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.wire_field(py, "reason_changed")
    }

    /// Returns the difference as a table with one row for each need whose outcome differs.
    ///
    /// Columns: `need`, `change` (`newly_met`, `newly_unmet`, `moved`, `reason_changed`), `change_name`, `from` and `to` (the id of an
    /// offer or the code of a reason), `from_name` and `to_name` (the name of the offer, null if it has none, or the label of the
    /// reason). Needs without a place come first.
    fn to_table(&self, py: Python<'_>) -> PyResult<PyTable> {
        self.payload.table(py, "diff")
    }

    fn __len__(&self) -> usize {
        LISTS.iter().fold(0, |sum, list| sum.saturating_add(self.count(list)))
    }

    fn __repr__(&self) -> String {
        let [newly_met, newly_unmet, moved, reason_changed] = LISTS.map(|list| self.count(list));
        format!(
            "PlanDiff({newly_met} newly met, {newly_unmet} newly unmet, {moved} moved, {reason_changed} with another reason)"
        )
    }
}

result_methods!(PyPlanDiff, "difference", "render_diff");
