//! Results for one need: rankings, matches, explanations, diagnoses.

use lotse::{Criterion, Lang, Localized, Vocabulary};
use pyo3::{
    prelude::*,
    types::{PyList, PyString},
};

use crate::{convert, html};

/// The display language and the names with which a result is rendered.
#[derive(Clone)]
pub(crate) struct Localization {
    pub(crate) lang: Lang,
    pub(crate) vocabulary: Vocabulary,
}

/// The matches of one need, best first; a sequence of `Match`.
///
/// `need` is the id of the need. Notebooks show a ranking as a table.
#[pyclass(frozen, eq, name = "Ranking", module = "lotse")]
pub(crate) struct PyRanking {
    pub(crate) inner: lotse::Ranking,
    pub(crate) localization: Localization,
}

impl PartialEq for PyRanking {
    fn eq(&self, other: &Self) -> bool {
        self.inner == other.inner
    }
}

impl PyRanking {
    fn data(&self) -> Localized<'_, &lotse::Ranking> {
        self.inner.localized(self.localization.lang, &self.localization.vocabulary)
    }
}

#[pymethods]
impl PyRanking {
    #[getter]
    fn need(&self) -> &str {
        self.inner.need()
    }

    #[getter]
    fn matches(&self) -> Vec<PyMatch> {
        let localize = |found: &lotse::Match| PyMatch { inner: found.clone(), localization: self.localization.clone() };
        self.inner.matches().iter().map(localize).collect()
    }

    /// Returns the ranking as a new dict, in the wire form, with reasons.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::to_python(py, &self.data())
    }

    /// Returns the ranking as JSON text, in the wire form, with reasons.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        convert::json(py, &self.data())
    }

    fn __len__(&self) -> usize {
        self.inner.matches().len()
    }

    fn __getitem__<'py>(&self, py: Python<'py>, index: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        // With the semantics of a list, in which a slice is a list.
        PyList::new(py, self.matches())?.as_any().get_item(index)
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        PyList::new(py, self.matches())?.call_method0("__iter__")
    }

    fn __reversed__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        PyList::new(py, self.matches())?.call_method0("__reversed__")
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let need = convert::quoted(py, self.inner.need())?;
        Ok(format!("Ranking(need={need}, {} matches)", self.inner.matches().len()))
    }

    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        html::render(py, "render_ranking", &self.data(), self.localization.lang)
    }
}

/// An offer that matches a need.
///
/// `offer` is its id, `score` is from 0 to 1, `to_check` has the criteria that a person should check, and `reasons` the
/// findings of the requested criteria.
#[pyclass(frozen, eq, name = "Match", module = "lotse")]
pub(crate) struct PyMatch {
    inner: lotse::Match,
    localization: Localization,
}

impl PartialEq for PyMatch {
    fn eq(&self, other: &Self) -> bool {
        self.inner == other.inner
    }
}

impl PyMatch {
    fn data(&self) -> Localized<'_, &lotse::Match> {
        self.inner.localized(self.localization.lang, &self.localization.vocabulary)
    }
}

#[pymethods]
impl PyMatch {
    #[getter]
    fn offer(&self) -> &str {
        self.inner.offer()
    }

    #[getter]
    fn score(&self) -> f64 {
        self.inner.score().into()
    }

    #[getter]
    fn to_check(&self) -> Vec<&'static str> {
        self.inner.to_check().map(Criterion::as_str).collect()
    }

    #[getter]
    fn reasons<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        findings(py, self.inner.requested(), &self.localization)
    }

    /// Returns the finding of one criterion, requested or not.
    ///
    /// Raises `lotse.Error` if there is no such criterion.
    ///
    /// >>> import lotse
    /// >>> matcher = lotse.Matcher([{"id": "o-1", "languages": ["uk"]}])
    /// >>> matcher.rank({"id": "n-1", "languages": ["uk"]})[0].reason("language")["code"]
    /// 'language.spoken'
    #[pyo3(signature = (criterion, /))]
    fn reason<'py>(&self, py: Python<'py>, criterion: &Bound<'py, PyString>) -> PyResult<Bound<'py, PyAny>> {
        finding(py, self.inner.assessment(), criterion, &self.localization)
    }

    /// Returns the match as a new dict, in the wire form.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::to_python(py, &self.data())
    }

    /// Returns the match as JSON text, in the wire form.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        convert::json(py, &self.data())
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Match(offer={}, score={})", convert::quoted(py, self.inner.offer())?, self.inner.score()))
    }
}

/// The assessment of an offer against a need: the findings of all ten criteria, also if the offer is excluded.
///
/// `need` and `offer` are ids; `matches` is true if no criterion excludes the offer. The other attributes are those of
/// `Match`.
#[pyclass(frozen, eq, name = "Explanation", module = "lotse")]
pub(crate) struct PyExplanation {
    pub(crate) inner: lotse::Explanation,
    pub(crate) localization: Localization,
}

impl PartialEq for PyExplanation {
    fn eq(&self, other: &Self) -> bool {
        self.inner == other.inner
    }
}

impl PyExplanation {
    fn data(&self) -> Localized<'_, &lotse::Explanation> {
        self.inner.localized(self.localization.lang, &self.localization.vocabulary)
    }
}

#[pymethods]
impl PyExplanation {
    #[getter]
    fn need(&self) -> &str {
        self.inner.need()
    }

    #[getter]
    fn offer(&self) -> &str {
        self.inner.assessment().offer()
    }

    #[getter]
    fn matches(&self) -> bool {
        self.inner.assessment().is_match()
    }

    #[getter]
    fn score(&self) -> f64 {
        self.inner.assessment().score().into()
    }

    #[getter]
    fn to_check(&self) -> Vec<&'static str> {
        self.inner.assessment().to_check().map(Criterion::as_str).collect()
    }

    #[getter]
    fn reasons<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        findings(py, self.inner.assessment().findings(), &self.localization)
    }

    /// Returns the finding of one criterion.
    ///
    /// Raises `lotse.Error` if there is no such criterion.
    #[pyo3(signature = (criterion, /))]
    fn reason<'py>(&self, py: Python<'py>, criterion: &Bound<'py, PyString>) -> PyResult<Bound<'py, PyAny>> {
        finding(py, self.inner.assessment(), criterion, &self.localization)
    }

    /// Returns the explanation as a new dict, in the wire form.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::to_python(py, &self.data())
    }

    /// Returns the explanation as JSON text, in the wire form.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        convert::json(py, &self.data())
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let (need, offer) =
            (convert::quoted(py, self.inner.need())?, convert::quoted(py, self.inner.assessment().offer())?);
        let matches = if self.inner.assessment().is_match() { "True" } else { "False" };
        Ok(format!("Explanation(need={need}, offer={offer}, matches={matches})"))
    }

    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        html::render(py, "render_explanation", &self.data(), self.localization.lang)
    }
}

/// The diagnosis of a need with few matches.
///
/// `need` is its id; `offers` and `matching` are counts. `blocked` has the number of offers that each criterion excludes,
/// and of those that it alone excludes; `near_misses` has the closest excluded offers, with the required changes.
#[pyclass(frozen, eq, name = "Diagnosis", module = "lotse")]
pub(crate) struct PyDiagnosis {
    pub(crate) inner: lotse::Diagnosis,
    pub(crate) localization: Localization,
}

impl PartialEq for PyDiagnosis {
    fn eq(&self, other: &Self) -> bool {
        self.inner == other.inner
    }
}

impl PyDiagnosis {
    fn data(&self) -> Localized<'_, &lotse::Diagnosis> {
        self.inner.localized(self.localization.lang, &self.localization.vocabulary)
    }
}

#[pymethods]
impl PyDiagnosis {
    #[getter]
    fn need(&self) -> &str {
        self.inner.need()
    }

    #[getter]
    fn offers(&self) -> usize {
        self.inner.offers()
    }

    #[getter]
    fn matching(&self) -> usize {
        self.inner.matching()
    }

    #[getter]
    fn blocked<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::to_python(py, &self.inner.blocked())
    }

    #[getter]
    fn near_misses<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let Localization { lang, vocabulary } = &self.localization;
        let misses = self.inner.near_misses().iter().map(|miss| miss.localized(*lang, vocabulary));
        convert::to_python(py, &misses.collect::<Vec<_>>())
    }

    /// Returns the diagnosis as a new dict, in the wire form.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::to_python(py, &self.data())
    }

    /// Returns the diagnosis as JSON text, in the wire form.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        convert::json(py, &self.data())
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let need = convert::quoted(py, self.inner.need())?;
        Ok(format!("Diagnosis(need={need}, {} of {} offers match)", self.inner.matching(), self.inner.offers()))
    }

    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        html::render(py, "render_diagnosis", &self.data(), self.localization.lang)
    }
}

fn findings<'py, 'm>(
    py: Python<'py>,
    findings: impl Iterator<Item = lotse::Finding<'m>>,
    Localization { lang, vocabulary }: &Localization,
) -> PyResult<Bound<'py, PyAny>> {
    let localized = findings.map(|finding| finding.localized(*lang, vocabulary));
    convert::to_python(py, &localized.collect::<Vec<_>>())
}

fn finding<'py>(
    py: Python<'py>,
    assessment: &lotse::Assessment,
    criterion: &Bound<'py, PyString>,
    localization: &Localization,
) -> PyResult<Bound<'py, PyAny>> {
    let criterion: Criterion = convert::parse(criterion)?;
    let Localization { lang, vocabulary } = localization;
    match assessment.finding(criterion) {
        Some(finding) => convert::to_python(py, &finding.localized(*lang, vocabulary)),
        None => Ok(py.None().into_bound(py)),
    }
}
