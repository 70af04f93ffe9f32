//! What is found for one need: rankings, matches, explanations, diagnoses.

use lotse::{Criterion, Lang, Vocabulary, wire};
use pyo3::{
    prelude::*,
    types::{PyList, PyString},
};

use crate::{convert, html};

/// In which words a result is told.
#[derive(Clone)]
pub(crate) struct Words {
    pub(crate) lang: Lang,
    pub(crate) vocabulary: Vocabulary,
}

/// One need's best offers, best first. A sequence of `Match`.
///
/// `need` is the need's id. In notebooks it shows itself as a table.
#[pyclass(frozen, eq, name = "Ranking", module = "lotse")]
pub(crate) struct PyRanking {
    pub(crate) inner: lotse::Ranking,
    pub(crate) words: Words,
}

impl PartialEq for PyRanking {
    fn eq(&self, other: &Self) -> bool {
        self.inner == other.inner
    }
}

impl PyRanking {
    fn told(&self) -> wire::RankingData {
        wire::RankingData::new(&self.inner, self.words.lang, &self.words.vocabulary)
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
        let found = |pair: &lotse::Match| PyMatch { inner: pair.clone(), words: self.words.clone() };
        self.inner.matches().iter().map(found).collect()
    }

    /// The ranking as a new dict, in the wire form, with reasons.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::to_python(py, &self.told())
    }

    /// The ranking as JSON text, in the wire form, with reasons.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        convert::json(py, &self.told())
    }

    fn __len__(&self) -> usize {
        self.inner.matches().len()
    }

    fn __getitem__<'py>(&self, py: Python<'py>, index: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        // By the rules of lists: a slice gives a list.
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
        html::of(py, "ranking", &self.told(), self.words.lang)
    }
}

/// An offer that fits a need.
///
/// `offer` is its id, `score` goes from 0 to 1, `to_check` names the criteria that a person should check.
#[pyclass(frozen, eq, name = "Match", module = "lotse")]
pub(crate) struct PyMatch {
    inner: lotse::Match,
    words: Words,
}

impl PartialEq for PyMatch {
    fn eq(&self, other: &Self) -> bool {
        self.inner == other.inner
    }
}

impl PyMatch {
    fn told(&self) -> wire::MatchData {
        wire::MatchData::new(&self.inner, self.words.lang, &self.words.vocabulary)
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
        convert::to_python(py, &self.told().reasons)
    }

    /// The reason of one criterion, asked or not.
    ///
    /// Raises `lotse.Error` where there is no such criterion.
    #[pyo3(signature = (criterion, /))]
    fn reason<'py>(&self, py: Python<'py>, criterion: &Bound<'py, PyString>) -> PyResult<Bound<'py, PyAny>> {
        reason(py, self.inner.assessment(), criterion, &self.words)
    }

    /// The match as a new dict, in the wire form.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::to_python(py, &self.told())
    }

    /// The match as JSON text, in the wire form.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        convert::json(py, &self.told())
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Match(offer={}, score={})", convert::quoted(py, self.inner.offer())?, self.inner.score()))
    }
}

/// Why an offer does or does not fit a need: all ten criteria, of excluded pairs too.
///
/// `need` and `offer` are ids; `matches` tells whether nothing excludes the offer.
#[pyclass(frozen, eq, name = "Explanation", module = "lotse")]
pub(crate) struct PyExplanation {
    pub(crate) inner: lotse::Explanation,
    pub(crate) words: Words,
}

impl PartialEq for PyExplanation {
    fn eq(&self, other: &Self) -> bool {
        self.inner == other.inner
    }
}

impl PyExplanation {
    fn told(&self) -> wire::ExplanationData {
        wire::ExplanationData::new(&self.inner, self.words.lang, &self.words.vocabulary)
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
        convert::to_python(py, &self.told().reasons)
    }

    /// The reason of one criterion.
    ///
    /// Raises `lotse.Error` where there is no such criterion.
    #[pyo3(signature = (criterion, /))]
    fn reason<'py>(&self, py: Python<'py>, criterion: &Bound<'py, PyString>) -> PyResult<Bound<'py, PyAny>> {
        reason(py, self.inner.assessment(), criterion, &self.words)
    }

    /// The explanation as a new dict, in the wire form.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::to_python(py, &self.told())
    }

    /// The explanation as JSON text, in the wire form.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        convert::json(py, &self.told())
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let (need, offer) =
            (convert::quoted(py, self.inner.need())?, convert::quoted(py, self.inner.assessment().offer())?);
        let matches = if self.inner.assessment().is_match() { "True" } else { "False" };
        Ok(format!("Explanation(need={need}, offer={offer}, matches={matches})"))
    }

    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        html::of(py, "explanation", &self.told(), self.words.lang)
    }
}

/// Why a need has no more matches.
///
/// `need` is its id, `offers` and `matching` are counts, `blocked` tells how many offers each criterion excludes and how
/// many it alone, `near_misses` what would have to change for the nearest.
#[pyclass(frozen, eq, name = "Diagnosis", module = "lotse")]
pub(crate) struct PyDiagnosis {
    pub(crate) told: wire::DiagnosisData,
    pub(crate) lang: Lang,
}

impl PartialEq for PyDiagnosis {
    fn eq(&self, other: &Self) -> bool {
        self.told == other.told
    }
}

#[pymethods]
impl PyDiagnosis {
    #[getter]
    fn need(&self) -> &str {
        &self.told.need
    }

    #[getter]
    fn offers(&self) -> usize {
        self.told.offers
    }

    #[getter]
    fn matching(&self) -> usize {
        self.told.matching
    }

    #[getter]
    fn blocked<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::to_python(py, &self.told.blocked)
    }

    #[getter]
    fn near_misses<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::to_python(py, &self.told.near_misses)
    }

    /// The diagnosis as a new dict, in the wire form.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::to_python(py, &self.told)
    }

    /// The diagnosis as JSON text, in the wire form.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        convert::json(py, &self.told)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let need = convert::quoted(py, &self.told.need)?;
        Ok(format!("Diagnosis(need={need}, {} of {} offers match)", self.told.matching, self.told.offers))
    }

    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        html::of(py, "diagnosis", &self.told, self.lang)
    }
}

fn reason<'py>(
    py: Python<'py>,
    pair: &lotse::Assessment,
    criterion: &Bound<'py, PyString>,
    words: &Words,
) -> PyResult<Bound<'py, PyAny>> {
    let criterion: Criterion = convert::word(criterion)?;
    match pair.finding(criterion) {
        Some(finding) => convert::to_python(py, &wire::FindingData::new(finding, words.lang, &words.vocabulary)),
        None => Ok(py.None().into_bound(py)),
    }
}
