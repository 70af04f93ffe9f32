//! Plans for a whole incident, and reports on them.

use lotse::{Localized, PlanObjective};
use pyo3::prelude::*;

use crate::{
    arrow_out::{self, PyTable},
    convert, error, html,
    results::Localization,
};

/// A plan: unmet needs with their reasons, referrals, the usage of offers, and the certificate.
///
/// `unmet`, `referrals` and `offers` are lists of dicts in the order of ids. `objective` is attained by the plan, and `bound`
/// is an upper bound on the objective of every plan. `certificate` has `optimal` and `gap`, which are attributes too.
/// Notebooks show a plan as tables, unmet needs first.
#[pyclass(frozen, name = "Allocation", module = "lotse")]
pub(crate) struct PyAllocation {
    pub(crate) inner: lotse::Allocation,
    pub(crate) localization: Localization,
}

impl PyAllocation {
    fn data(&self) -> Localized<'_, &lotse::Allocation> {
        self.inner.localized(self.localization.lang, &self.localization.vocabulary)
    }
}

#[pymethods]
impl PyAllocation {
    #[getter]
    fn referrals<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::to_python(py, &self.inner.referrals())
    }

    #[getter]
    fn unmet<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let Localization { lang, vocabulary } = &self.localization;
        let unmet = self.inner.unmet().iter().map(|unmet| unmet.localized(*lang, vocabulary));
        convert::to_python(py, &unmet.collect::<Vec<_>>())
    }

    #[getter]
    fn offers<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::to_python(py, &self.inner.offers())
    }

    #[getter]
    fn objective<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::to_python(py, &PlanObjective::from(self.inner.objective()))
    }

    #[getter]
    fn bound<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::to_python(py, &PlanObjective::from(self.inner.bound()))
    }

    #[getter]
    fn certificate<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        convert::field(py, &self.data(), "certificate")
    }

    #[getter]
    fn optimal(&self) -> bool {
        self.inner.is_optimal()
    }

    #[getter]
    fn gap<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::to_python(py, &self.inner.gap().map(PlanObjective::from))
    }

    /// Repeats the independent check of the plan and its certificate.
    ///
    /// Raises `lotse.Error` with the code `problem.unverified`, which is a defect of the library.
    ///
    /// >>> import lotse
    /// >>> lotse.Matcher([{"id": "o-1", "capacity": 1}]).allocate([{"id": "n-1"}]).verify()
    fn verify(&self, py: Python<'_>) -> PyResult<()> {
        py.detach(|| self.inner.verify()).map_err(|error| error::raise(py, &error))
    }

    /// Reports on the plan: counts by priority, help, language, region and crime, bottlenecks, and missing offers.
    fn report(&self, py: Python<'_>) -> PyReport {
        PyReport { inner: py.detach(|| self.inner.report()), localization: self.localization.clone() }
    }

    /// Returns the plan as a table with one row for each need, unmet needs first.
    ///
    /// Columns: `need`, `offer` (null if unmet), `score` (0 to 1), `fixed`, `neighbour` (whether the offer serves the
    /// neighbouring Kreis), `to_check` (list of criteria), `reason` (code, null if met), `text` (the reason as a sentence).
    fn to_table(&self, py: Python<'_>) -> PyResult<PyTable> {
        arrow_out::allocation(py, &self.inner, &self.localization)
    }

    /// Returns the plan as a new dict, in the wire form.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::to_python(py, &self.data())
    }

    /// Returns the plan as JSON text, in the wire form.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        convert::json(py, &self.data())
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.inner == other.inner
    }

    fn __repr__(&self) -> String {
        let (referrals, unmet) = (self.inner.referrals().len(), self.inner.unmet().len());
        let optimal = if self.inner.is_optimal() { "True" } else { "False" };
        format!("Allocation({referrals} referrals, {unmet} unmet, optimal={optimal})")
    }

    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        html::render(py, "render_allocation", &self.data(), self.localization.lang)
    }
}

/// The report on a plan.
///
/// `total` has the counts of all needs; `by_priority`, `by_help`, `by_language`, `by_region` and `by_crime` are lists of dicts
/// with the same counts. `bottlenecks` are the offers with a positive shadow price, highest first, and `wanted` the missing
/// offers, those that would serve most people first. `objective` and `bound` are those of the plan.
#[pyclass(frozen, name = "Report", module = "lotse")]
pub(crate) struct PyReport {
    inner: lotse::Report,
    localization: Localization,
}

impl PyReport {
    fn data(&self) -> Localized<'_, &lotse::Report> {
        self.inner.localized(self.localization.lang, &self.localization.vocabulary)
    }
}

#[pymethods]
impl PyReport {
    #[getter]
    fn total<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        convert::field(py, &self.data(), "total")
    }

    #[getter]
    fn by_priority<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        convert::field(py, &self.data(), "by_priority")
    }

    #[getter]
    fn by_help<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        convert::field(py, &self.data(), "by_help")
    }

    #[getter]
    fn by_language<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        convert::field(py, &self.data(), "by_language")
    }

    #[getter]
    fn by_region<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        convert::field(py, &self.data(), "by_region")
    }

    #[getter]
    fn by_crime<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        convert::field(py, &self.data(), "by_crime")
    }

    #[getter]
    fn bottlenecks<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        convert::field(py, &self.data(), "bottlenecks")
    }

    #[getter]
    fn wanted<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        convert::field(py, &self.data(), "wanted")
    }

    #[getter]
    fn objective<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        convert::field(py, &self.data(), "objective")
    }

    #[getter]
    fn bound<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        convert::field(py, &self.data(), "bound")
    }

    /// Returns the counts as a table with one row for each priority, kind of help, language, region and crime.
    ///
    /// Columns: `by` (`priority`, `help`, `language`, `region`, `crime`), `code` (null if not stated), `name`, and the
    /// counts `needs`, `people`, `cases`, `met`, `met_by_neighbour`, `unmet`, `people_met`, `people_unmet`.
    fn to_table(&self, py: Python<'_>) -> PyResult<PyTable> {
        arrow_out::report(py, &self.inner, &self.localization)
    }

    /// Returns the report as a new dict, in the wire form.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::to_python(py, &self.data())
    }

    /// Returns the report as JSON text, in the wire form.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        convert::json(py, &self.data())
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.inner == other.inner
    }

    fn __repr__(&self) -> String {
        let total = &self.inner.total;
        format!("Report({} needs, {} met, {} unmet)", total.needs, total.met, total.unmet)
    }

    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        html::render(py, "render_report", &self.data(), self.localization.lang)
    }
}
