//! Reports on plans.

use pyo3::prelude::*;
use serde::Serialize;

use crate::{
    payload::{self, CoreResult, Localization, Payload},
    result_methods::result_methods,
    table::PyTable,
};

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

    fn localized<'a>(&'a self, localization: &'a Localization) -> impl Serialize + 'a {
        self.localized(localization.lang, localization.vocabulary())
    }
}

#[pymethods]
impl PyReport {
    /// The counts of all needs.
    #[getter]
    fn total<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.wire_field(py, "total")
    }

    /// The counts of each priority, the most urgent first.
    #[getter]
    fn by_priority<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.wire_field(py, "by_priority")
    }

    /// The counts of each kind of help.
    #[getter]
    fn by_help<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.wire_field(py, "by_help")
    }

    /// The counts of each language.
    #[getter]
    fn by_language<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.wire_field(py, "by_language")
    }

    /// The counts of each region.
    #[getter]
    fn by_region<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.wire_field(py, "by_region")
    }

    /// The counts of each crime.
    #[getter]
    fn by_crime<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.wire_field(py, "by_crime")
    }

    /// The offers with a positive shadow price, the highest first.
    #[getter]
    fn bottlenecks<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.wire_field(py, "bottlenecks")
    }

    /// The missing offers, those that would serve most people first.
    #[getter]
    fn wanted<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.wire_field(py, "wanted")
    }

    /// The objective of the plan.
    #[getter]
    fn objective<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.wire_field(py, "objective")
    }

    /// The upper bound on the objective of every plan.
    #[getter]
    fn bound<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.wire_field(py, "bound")
    }

    /// Returns the counts as a table with one row for each priority, kind of help, language, region and crime.
    ///
    /// Columns: `by` (`priority`, `help`, `language`, `region`, `crime`), `code` (null if not stated), `name` (also that of what is not
    /// stated), and the counts `needs`, `people`, `cases`, `met`, `met_by_neighbour`, `unmet`, `people_met`, `people_unmet`.
    fn to_table(&self, py: Python<'_>) -> PyResult<PyTable> {
        self.payload.table(py, "report")
    }

    /// Returns the offers that are short of places as a table, the highest price first.
    ///
    /// Columns: `offer` (id), `offer_name` (null if it has none), `places` (null if unlimited), `used`; the gain by one more place as
    /// `stat`, `asap`, `urgent`, `routine` (people of each priority), `kept`, `score`, and `gain` as a text; `exact`, `helps`.
    fn bottleneck_table(&self, py: Python<'_>) -> PyResult<PyTable> {
        self.payload.table(py, "bottlenecks")
    }

    /// Returns the missing offers as a table, those that would serve most people first.
    ///
    /// Columns: `help`, `help_name`, `language`, `language_name`, `region`, `region_name` (codes and names, null if the needs have
    /// none in common), `needs`, `people`, and the people of each priority: `stat`, `asap`, `urgent`, `routine`.
    fn missing_offer_table(&self, py: Python<'_>) -> PyResult<PyTable> {
        self.payload.table(py, "missing_offers")
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
}

result_methods!(PyReport, "report", "render_report");
