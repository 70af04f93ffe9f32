//! A plan for a whole incident, and what it amounts to.

use lotse::wire::{AllocateResponse, ReportResponse};
use pyo3::prelude::*;

use crate::{
    arrow_out::{self, PyTable},
    convert, error, html,
    results::Words,
};

/// A plan: who gets nothing and why, who goes where, what the offers give, and the proof.
///
/// `unmet`, `referrals` and `offers` are lists of dicts in the order of ids; `objective`, `bound` and `certificate` tell
/// what the plan is worth, what no plan can exceed, and how far it may be from that. In notebooks it shows
/// itself as tables, those without a place first.
#[pyclass(frozen, name = "Allocation", module = "lotse")]
pub(crate) struct PyAllocation {
    pub(crate) plan: lotse::Allocation,
    pub(crate) told: AllocateResponse,
    pub(crate) words: Words,
}

#[pymethods]
impl PyAllocation {
    #[getter]
    fn referrals<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::to_python(py, &self.told.referrals)
    }

    #[getter]
    fn unmet<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::to_python(py, &self.told.unmet)
    }

    #[getter]
    fn offers<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::to_python(py, &self.told.offers)
    }

    #[getter]
    fn objective<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::to_python(py, &self.told.objective)
    }

    #[getter]
    fn bound<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::to_python(py, &self.told.bound)
    }

    #[getter]
    fn certificate<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::to_python(py, &self.told.certificate)
    }

    #[getter]
    fn is_optimal(&self) -> bool {
        self.told.certificate.optimal
    }

    #[getter]
    fn gap<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::to_python(py, &self.told.certificate.gap)
    }

    /// Check the plan and its proof again, by code that shares nothing with the solver.
    ///
    /// Raises `lotse.Error` with code `problem.unverified`, which is a defect of the library.
    ///
    /// >>> import lotse
    /// >>> lotse.Matcher([{"id": "o-1", "capacity": 1}]).allocate([{"id": "n-1"}]).verify()
    fn verify(&self, py: Python<'_>) -> PyResult<()> {
        py.detach(|| self.plan.verify()).map_err(|error| error::raise(py, &error))
    }

    /// What the plan amounts to: who is served by help, language, region, crime and priority, which offers are short of
    /// places, and which are missing.
    fn report(&self, py: Python<'_>) -> PyReport {
        let told = py.detach(|| ReportResponse::new(&self.plan.report(), &self.words.vocabulary, self.words.lang));
        PyReport { told, words: self.words.clone() }
    }

    /// The plan as a table: one row for each need, those without a place first.
    ///
    /// Columns: `need`, `offer` (null where unmet), `score` (0 to 1), `fixed`, `neighbour` (whether the next Kreis serves),
    /// `to_check` (list of criteria), `reason` (code, null where met), `text` (the reason as a sentence).
    fn to_table(&self, py: Python<'_>) -> PyResult<PyTable> {
        arrow_out::allocation(py, &self.told)
    }

    /// The plan as a new dict, in the wire form.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::to_python(py, &self.told)
    }

    /// The plan as JSON text, in the wire form.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        convert::json(py, &self.told)
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.plan == other.plan
    }

    fn __repr__(&self) -> String {
        let (referrals, unmet) = (self.told.referrals.len(), self.told.unmet.len());
        let optimal = if self.told.certificate.optimal { "True" } else { "False" };
        format!("Allocation({referrals} referrals, {unmet} unmet, optimal={optimal})")
    }

    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        html::of(py, "allocation", &self.told, self.words.lang)
    }
}

/// What a plan amounts to.
///
/// `total` counts all needs; `by_priority`, `by_help`, `by_language`, `by_region` and `by_crime` are lists of dicts with the same
/// counts; `bottlenecks` are the offers of which one more place would be worth something, highest price first, and `wanted`
/// the offers that would help most if they existed.
#[pyclass(frozen, name = "Report", module = "lotse")]
pub(crate) struct PyReport {
    told: ReportResponse,
    words: Words,
}

#[pymethods]
impl PyReport {
    #[getter]
    fn total<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::to_python(py, &self.told.total)
    }

    #[getter]
    fn by_priority<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::to_python(py, &self.told.by_priority)
    }

    #[getter]
    fn by_help<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::to_python(py, &self.told.by_help)
    }

    #[getter]
    fn by_language<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::to_python(py, &self.told.by_language)
    }

    #[getter]
    fn by_region<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::to_python(py, &self.told.by_region)
    }

    #[getter]
    fn by_crime<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::to_python(py, &self.told.by_crime)
    }

    #[getter]
    fn bottlenecks<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::to_python(py, &self.told.bottlenecks)
    }

    #[getter]
    fn wanted<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::to_python(py, &self.told.wanted)
    }

    #[getter]
    fn objective<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::to_python(py, &self.told.objective)
    }

    #[getter]
    fn bound<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::to_python(py, &self.told.bound)
    }

    /// The counts as a table: one row for each priority, kind of help, language, region and crime.
    ///
    /// Columns: `by` (`priority`, `help`, `language`, `region`, `crime`), `code` (null where needs do not say), `name`, and the
    /// counts `needs`, `people`, `cases`, `met`, `met_by_neighbour`, `unmet`, `people_met`, `people_unmet`.
    fn to_table(&self, py: Python<'_>) -> PyResult<PyTable> {
        arrow_out::report(py, &self.told)
    }

    /// The report as a new dict, in the wire form.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::to_python(py, &self.told)
    }

    /// The report as JSON text, in the wire form.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        convert::json(py, &self.told)
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.told == other.told
    }

    fn __repr__(&self) -> String {
        let total = &self.told.total;
        format!("Report({} needs, {} met, {} unmet)", total.needs, total.met, total.unmet)
    }

    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        html::of(py, "report", &self.told, self.words.lang)
    }
}
