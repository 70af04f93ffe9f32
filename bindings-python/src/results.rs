//! Results for one need: rankings, matches, explanations, diagnoses.

use lotse::{
    Criterion,
    wire::{self, Value},
};
use pyo3::{
    prelude::*,
    types::{PyFloat, PyList, PyString},
};
use serde::Serialize;

use crate::{
    convert, error,
    payload::{self, CoreResult, Localization, Payload},
    result_methods::result_methods,
    table::PyTable,
};

/// The matches of one need, best first; a sequence of `Match`.
///
/// `need` is the id of the need. Notebooks show a ranking as a table. A ranking can be pickled.
#[pyclass(frozen, eq, name = "Ranking", module = "lotse")]
#[derive(PartialEq)]
pub(crate) struct PyRanking {
    pub(crate) payload: Payload<lotse::Ranking>,
}

impl CoreResult for lotse::Ranking {
    const CLASS: &'static str = "Ranking";

    fn localized<'a>(&'a self, localization: &'a Localization) -> impl Serialize + 'a {
        self.localized(localization.lang, localization.vocabulary())
    }

    /// Those of each match.
    fn additional_data(&self, localization: &Localization) -> Result<Value<'static>, lotse::Error> {
        let matches = self.matches().iter().map(|found| found.additional_data(localization));
        matches.collect::<Result<_, _>>().map(Value::Array)
    }
}

impl PyRanking {
    fn len(&self) -> usize {
        match &self.payload {
            Payload::Computed(ranking, _) => ranking.matches().len(),
            Payload::Restored(restored) => payload::items(payload::get(&restored.data, "matches")).len(),
        }
    }
}

#[pymethods]
impl PyRanking {
    /// The id of the need.
    #[getter]
    fn need<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.field(py, "need", |ranking, _| Ok(PyString::new(py, ranking.need()).into_any()))
    }

    /// The matches, best first.
    #[getter]
    fn matches(&self) -> Vec<PyMatch> {
        match &self.payload {
            Payload::Computed(ranking, localization) => {
                let matches = ranking.matches().iter();
                let payloads = matches.map(|found| Payload::Computed(found.clone(), localization.clone()));
                payloads.map(|payload| PyMatch { payload }).collect()
            }
            Payload::Restored(restored) => {
                let matches = payload::items(payload::get(&restored.data, "matches"));
                let mut additional = payload::items(&restored.additional).iter().cloned();
                let payloads = matches.iter().map(|data| {
                    let (additional, names) = (additional.next().unwrap_or(Value::Null), restored.names.clone());
                    Payload::restored(data.clone(), additional, names, restored.lang)
                });
                payloads.map(|payload| PyMatch { payload }).collect()
            }
        }
    }

    /// Returns the ranking as a table with one row for each match, best first.
    ///
    /// Columns: `need` (id), `rank` (1 for the best), `offer` (id), `offer_name` (null if it has none), `score` (0 to 1),
    /// `to_check` (list of criteria). They are those of `Matcher.rank_table`.
    fn to_table(&self, py: Python<'_>) -> PyResult<PyTable> {
        self.payload.table(py, "ranking")
    }

    /// Returns the findings of the matches as a table with one row for each requested criterion of each match.
    ///
    /// Its columns are those of `Matcher.reason_table`.
    fn reason_table(&self, py: Python<'_>) -> PyResult<PyTable> {
        self.payload.table(py, "ranking_reasons")
    }

    fn __len__(&self) -> usize {
        self.len()
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
        Ok(format!("Ranking(need={}, {} matches)", self.need(py)?.repr()?, self.len()))
    }
}

result_methods!(PyRanking, "ranking", "render_ranking");

/// An offer that matches a need.
///
/// `offer` is its id, `score` is from 0 to 1, `to_check` has the criteria that a person should check, and `reasons` the
/// findings of the requested criteria.
#[pyclass(frozen, eq, name = "Match", module = "lotse")]
#[derive(PartialEq)]
pub(crate) struct PyMatch {
    pub(crate) payload: Payload<lotse::Match>,
}

impl CoreResult for lotse::Match {
    const CLASS: &'static str = "Match";

    fn localized<'a>(&'a self, localization: &'a Localization) -> impl Serialize + 'a {
        self.localized(localization.lang, localization.vocabulary())
    }

    /// The findings of the criteria that are not requested, for `reason`.
    fn additional_data(&self, localization: &Localization) -> Result<Value<'static>, lotse::Error> {
        let others = self.findings().filter(|finding| !finding.is_requested());
        wire::to_value(
            &others.map(|finding| finding.localized(localization.lang, localization.vocabulary())).collect::<Vec<_>>(),
        )
    }
}

#[pymethods]
impl PyMatch {
    /// The id of the offer.
    #[getter]
    fn offer<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.field(py, "offer", |found, _| Ok(PyString::new(py, found.offer()).into_any()))
    }

    /// The score, from 0 to 1.
    #[getter]
    fn score<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.field(py, "score", |found, _| Ok(PyFloat::new(py, found.score().into()).into_any()))
    }

    /// The criteria that a person should check.
    #[getter]
    fn to_check<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.field(py, "to_check", |found, _| criteria(py, found.to_check()))
    }

    /// The findings of the requested criteria.
    #[getter]
    fn reasons<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.field(py, "reasons", |found, localization| findings(py, found.requested(), localization))
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
        finding(py, &self.payload, criterion, lotse::Match::finding)
    }

    /// Returns the findings as a table with one row for each requested criterion.
    ///
    /// Columns: `offer` (id), `offer_name` (null if it has none), `criterion` (code), `criterion_name`, `fit` (0 to 1, null if it is
    /// not requested), `known` (whether the fit is known), `weight`, `contribution` (0 to 1), `rule`, `blocks` (whether the
    /// criterion excludes the offer), `to_check` (whether a person should check it), `code` (stable), `text` (a sentence).
    fn to_table(&self, py: Python<'_>) -> PyResult<PyTable> {
        self.payload.table(py, "findings")
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let score = match &self.payload {
            Payload::Computed(found, _) => f64::from(found.score()),
            Payload::Restored(restored) => payload::float(payload::get(&restored.data, "score")).unwrap_or_default(),
        };
        Ok(format!("Match(offer={}, score={score:.8})", self.offer(py)?.repr()?))
    }
}

result_methods!(PyMatch, "match", "render_match");

/// The assessment of an offer against a need: the findings of all ten criteria, also if the offer is excluded.
///
/// `need` and `offer` are ids; `matches` is true if no criterion excludes the offer. The other attributes are those of
/// `Match`.
#[pyclass(frozen, eq, name = "Explanation", module = "lotse")]
#[derive(PartialEq)]
pub(crate) struct PyExplanation {
    pub(crate) payload: Payload<lotse::Explanation>,
}

impl CoreResult for lotse::Explanation {
    const CLASS: &'static str = "Explanation";

    fn localized<'a>(&'a self, localization: &'a Localization) -> impl Serialize + 'a {
        self.localized(localization.lang, localization.vocabulary())
    }
}

#[pymethods]
impl PyExplanation {
    /// The id of the need.
    #[getter]
    fn need<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.field(py, "need", |explanation, _| Ok(PyString::new(py, explanation.need()).into_any()))
    }

    /// The id of the offer.
    #[getter]
    fn offer<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let offer = |explanation: &lotse::Explanation, _: &_| convert::to_python(py, &explanation.assessment().offer());
        self.payload.field(py, "offer", offer)
    }

    /// True if no criterion excludes the offer.
    #[getter]
    fn matches<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let matches =
            |explanation: &lotse::Explanation, _: &_| convert::to_python(py, &explanation.assessment().is_match());
        self.payload.field(py, "matches", matches)
    }

    /// The score, from 0 to 1.
    #[getter]
    fn score<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let score = |explanation: &lotse::Explanation, _: &_| {
            Ok(PyFloat::new(py, explanation.assessment().score().into()).into_any())
        };
        self.payload.field(py, "score", score)
    }

    /// The criteria that a person should check.
    #[getter]
    fn to_check<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.field(py, "to_check", |explanation, _| criteria(py, explanation.assessment().to_check()))
    }

    /// The findings of all ten criteria.
    #[getter]
    fn reasons<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.field(py, "reasons", |explanation, localization| {
            findings(py, explanation.assessment().findings(), localization)
        })
    }

    /// Returns the finding of one criterion.
    ///
    /// Raises `lotse.Error` if there is no such criterion.
    #[pyo3(signature = (criterion, /))]
    fn reason<'py>(&self, py: Python<'py>, criterion: &Bound<'py, PyString>) -> PyResult<Bound<'py, PyAny>> {
        finding(py, &self.payload, criterion, |explanation, criterion| explanation.assessment().finding(criterion))
    }

    /// Returns the findings as a table with one row for each of the ten criteria.
    ///
    /// Columns: `need`, and those of `Match.to_table`.
    fn to_table(&self, py: Python<'_>) -> PyResult<PyTable> {
        self.payload.table(py, "findings")
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let (need, offer, matches) = (self.need(py)?.repr()?, self.offer(py)?.repr()?, self.matches(py)?.repr()?);
        Ok(format!("Explanation(need={need}, offer={offer}, matches={matches})"))
    }
}

result_methods!(PyExplanation, "explanation", "render_explanation");

/// The diagnosis of a need with few matches.
///
/// `need` is its id; `offers` and `matching` are counts. `blocked` has the number of offers that each criterion excludes,
/// and of those that it alone excludes; `near_misses` has the closest excluded offers, with the required changes.
#[pyclass(frozen, eq, name = "Diagnosis", module = "lotse")]
#[derive(PartialEq)]
pub(crate) struct PyDiagnosis {
    pub(crate) payload: Payload<lotse::Diagnosis>,
}

impl CoreResult for lotse::Diagnosis {
    const CLASS: &'static str = "Diagnosis";

    fn localized<'a>(&'a self, localization: &'a Localization) -> impl Serialize + 'a {
        self.localized(localization.lang, localization.vocabulary())
    }
}

#[pymethods]
impl PyDiagnosis {
    /// The id of the need.
    #[getter]
    fn need<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.field(py, "need", |diagnosis, _| Ok(PyString::new(py, diagnosis.need()).into_any()))
    }

    /// The number of all offers.
    #[getter]
    fn offers<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.field(py, "offers", |diagnosis, _| convert::to_python(py, &diagnosis.offers()))
    }

    /// The number of offers that match.
    #[getter]
    fn matching<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.field(py, "matching", |diagnosis, _| convert::to_python(py, &diagnosis.matching()))
    }

    /// The numbers of offers that each criterion excludes, and that it alone excludes.
    #[getter]
    fn blocked<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.field(py, "blocked", |diagnosis, _| convert::to_python(py, &diagnosis.blocked()))
    }

    /// The closest excluded offers, with the required changes.
    #[getter]
    fn near_misses<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.field(py, "near_misses", |diagnosis, localization| {
            let misses =
                diagnosis.near_misses().iter().map(|miss| miss.localized(localization.lang, localization.vocabulary()));
            convert::to_python(py, &misses.collect::<Vec<_>>())
        })
    }

    /// Returns the diagnosis as a table with one row for each criterion that excludes some offer.
    ///
    /// Its columns are those of `Matcher.diagnose_table`.
    fn to_table(&self, py: Python<'_>) -> PyResult<PyTable> {
        self.payload.table(py, "diagnosis")
    }

    /// Returns the near misses as a table with one row for each, the closest first.
    ///
    /// Columns: `need`, `offer` (id), `offer_name` (null if it has none), `score` (0 to 1), `blockers` (list of the criteria that
    /// exclude it), `changes` (list of the required changes as sentences), `to_check` (list of criteria).
    fn near_miss_table(&self, py: Python<'_>) -> PyResult<PyTable> {
        self.payload.table(py, "near_misses")
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let (need, matching, offers) = (self.need(py)?.repr()?, self.matching(py)?, self.offers(py)?);
        Ok(format!("Diagnosis(need={need}, {matching} of {offers} offers match)"))
    }
}

result_methods!(PyDiagnosis, "diagnosis", "render_diagnosis");

fn criteria<'py>(py: Python<'py>, criteria: impl Iterator<Item = Criterion>) -> PyResult<Bound<'py, PyAny>> {
    Ok(PyList::new(py, criteria.map(Criterion::as_str).collect::<Vec<_>>())?.into_any())
}

fn findings<'py, 'm>(
    py: Python<'py>,
    findings: impl Iterator<Item = lotse::Finding<'m>>,
    localization: &Localization,
) -> PyResult<Bound<'py, PyAny>> {
    let localized = findings.map(|finding| finding.localized(localization.lang, localization.vocabulary()));
    convert::to_python(py, &localized.collect::<Vec<_>>())
}

fn finding<'py, T: CoreResult>(
    py: Python<'py>,
    payload: &Payload<T>,
    criterion: &Bound<'py, PyString>,
    computed: impl for<'t> Fn(&'t T, Criterion) -> Option<lotse::Finding<'t>>,
) -> PyResult<Bound<'py, PyAny>> {
    let criterion: Criterion = convert::parse(criterion)?;
    let finding = match payload {
        Payload::Computed(result, localization) => {
            let finding = computed(result, criterion)
                .map(|finding| finding.localized(localization.lang, localization.vocabulary()));
            wire::to_value(&finding).map_err(|error| error::raise(py, &error))?
        }
        Payload::Restored(restored) => {
            let findings = [payload::get(&restored.data, "reasons"), &restored.additional].map(payload::items);
            let is_wanted = |finding: &&Value<'static>| {
                payload::text(payload::get(finding, "criterion")) == Some(criterion.as_str())
            };
            findings.into_iter().flatten().find(is_wanted).cloned().unwrap_or(Value::Null)
        }
    };
    convert::value_to_python(py, &finding)
}
