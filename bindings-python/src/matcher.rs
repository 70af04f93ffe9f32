//! Offers under a policy, ready to be ranked.

use std::{
    borrow::Cow,
    sync::{Arc, PoisonError, RwLock},
};

use lotse::{
    Baseline, BaselineOptions, DiagnoseOptions, Lang, ProgressFn, RankOptions,
    wire::{
        AllocateRequest, AllocateResponse, DiagnoseRequest, DiagnosisData, ExplainRequest, ObjectiveData, RankRequest,
        Value,
    },
};
use pyo3::{
    prelude::*,
    types::{PyDict, PyString},
};

use crate::{
    allocation::PyAllocation,
    arrow_out::{self, PyTable},
    convert, error,
    input::{Given, GivenRecords},
    progress::watched,
    record::{PyOffer, PyPolicy},
    results::{PyDiagnosis, PyExplanation, PyRanking, Words},
    vocabulary::PyVocabulary,
};

type Any<'py> = Bound<'py, PyAny>;

/// Offers under a policy, with the names and codes of a vocabulary.
///
/// `offers` is a list of `Offer`, dicts or JSON texts, a table (anything that speaks the Arrow PyCapsule interface), or the
/// JSON text of a list. `policy` and `vocabulary` are objects, dicts or JSON text. `as_of` is the day on which capacities
/// are judged, a date or text such as `2026-11-23`: today if left out.
///
/// Wherever a method takes needs, the same forms will do. It may be called from many threads at once; an update
/// is seen by the calls that begin after it.
///
/// Raises `lotse.Error` with everything that is wrong.
///
/// >>> import lotse
/// >>> matcher = lotse.Matcher([{"id": "o-1", "languages": ["de", "uk"], "capacity": 2}, {"id": "o-2", "languages": ["de"]}])
/// >>> matcher.rank({"id": "n-1", "languages": ["uk"]})[0]
/// Match(offer='o-1', score=0.95500000)
#[pyclass(frozen, name = "Matcher", module = "lotse")]
pub(crate) struct PyMatcher {
    // Readers take a copy of the handle and let go at once, so that long work keeps no update waiting, and nothing waits for the
    // interpreter with the lock in hand.
    inner: RwLock<Arc<lotse::Matcher>>,
    /// What was added to the built-in tables.
    additions: Option<Arc<Value<'static>>>,
}

impl PyMatcher {
    fn read(&self) -> Arc<lotse::Matcher> {
        Arc::clone(&self.inner.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes the matcher; a copy of it where somebody is reading.
    fn write<T: Send>(
        &self,
        py: Python<'_>,
        change: impl FnOnce(&mut lotse::Matcher) -> Result<T, lotse::Error> + Send,
    ) -> PyResult<T> {
        let changed = py.detach(|| {
            let mut inner = self.inner.write().unwrap_or_else(PoisonError::into_inner);
            change(Arc::make_mut(&mut inner))
        });
        changed.map_err(|error| error::raise(py, &error))
    }

    fn words(&self, lang: Lang) -> Words {
        Words { lang, vocabulary: self.read().vocabulary().clone() }
    }

    fn need(&self, need: &Any<'_>) -> PyResult<lotse::Need> {
        let py = need.py();
        match need.cast::<crate::record::PyNeed>() {
            Ok(need) => Ok(need.get().inner.clone()),
            Err(_) => convert::record(need)
                .and_then(|tree| lotse::Need::from_value(&tree))
                .map_err(|error| error::raise(py, &error)),
        }
    }

    /// Reads needs and works on them, watched.
    fn with_needs<T: Send>(
        &self,
        needs: &Any<'_>,
        progress: bool,
        work: impl FnOnce(&lotse::Matcher, &[lotse::Need], &ProgressFn<'_>) -> Result<T, lotse::Error> + Send,
    ) -> PyResult<T> {
        let (given, matcher) = (Given::of(needs)?, self.read());
        watched(needs.py(), progress, move |look| {
            let needs = given.for_matcher(&matcher)?;
            let worked = work(&matcher, &needs, look);
            // Many small pieces of memory are given back while the caller goes on.
            rayon::spawn(move || drop(needs));
            worked
        })
    }

    fn rankings(&self, needs: &Any<'_>, options: &RankRequest, progress: bool) -> PyResult<Vec<lotse::Ranking>> {
        self.with_needs(needs, progress, |matcher, needs, look| {
            matcher.rank_all(needs, RankOptions::new().top(options.top).progress(look))
        })
    }

    fn diagnoses(&self, needs: &Any<'_>, options: &DiagnoseRequest, progress: bool) -> PyResult<Vec<lotse::Diagnosis>> {
        self.with_needs(needs, progress, |matcher, needs, look| {
            matcher.diagnose_all(needs, DiagnoseOptions::new().near_misses(options.near_misses).progress(look))
        })
    }

    fn plan(&self, needs: &Any<'_>, options: AllocateRequest, progress: bool) -> PyResult<PyAllocation> {
        let words = self.words(options.lang);
        let (plan, told) = self.with_needs(needs, progress, |matcher, needs, look| {
            let plan = matcher.allocate(needs, &options.options.progress(look))?;
            let told = AllocateResponse::new(&plan, words.lang, &words.vocabulary);
            Ok((plan, told))
        })?;
        Ok(PyAllocation { plan, told, words })
    }

    fn baseline<'py>(&self, py: Python<'py>, needs: &Any<'py>, kind: Baseline) -> PyResult<Any<'py>> {
        let objective = self.with_needs(needs, false, |matcher, needs, progress| {
            matcher.baseline(needs, BaselineOptions::new(kind).progress(progress))
        })?;
        convert::to_python(py, &ObjectiveData::from(objective))
    }
}

/// The options of an operation, read as those of a request.
fn options<'py, T>(
    py: Python<'py>,
    read: fn(&Value<'_>) -> Result<T, lotse::Error>,
    given: &[(&'static str, Option<&Any<'py>>)],
) -> PyResult<T> {
    read(&convert::object(given.iter().copied())).map_err(|error| error::raise(py, &error))
}

#[pymethods]
impl PyMatcher {
    #[new]
    #[pyo3(signature = (offers, *, policy=None, vocabulary=None, as_of=None))]
    fn new(
        py: Python<'_>,
        offers: &Any<'_>,
        policy: Option<&Any<'_>>,
        vocabulary: Option<&Any<'_>>,
        as_of: Option<&Any<'_>>,
    ) -> PyResult<Self> {
        let additions = vocabulary.map(PyVocabulary::additions).transpose()?.flatten();
        let given = GivenRecords::of(Some(offers), None, policy, additions.as_deref(), as_of, py)?;
        let built = py.detach(|| given.read()?.into_matcher());
        let (matcher, _) = built.map_err(|error| error::raise(py, &error))?;
        Ok(Self { inner: RwLock::new(Arc::new(matcher)), additions })
    }

    /// Rank the offers for one need, best first, with a reason for every point of the score.
    ///
    /// `need` is a `Need`, a dict or JSON text; `top` is the most matches, `lang` the language of sentences (`en`, `de`,
    /// `de-simple`). Raises `lotse.Error` for a wrong need.
    ///
    /// >>> import lotse
    /// >>> matcher = lotse.Matcher([{"id": "o-1", "languages": ["de", {"tag": "prs", "how": "interpreter"}]}])
    /// >>> best = matcher.rank({"id": "n-1", "languages": ["prs"]}, lang="de")[0]
    /// >>> [reason["text"] for reason in best.reasons]
    /// ['Dari mit Dolmetscher.', 'Nicht bekannt, ob Plätze frei sind: bitte nachfragen.']
    #[pyo3(signature = (need, *, top=None, lang=None), text_signature = "($self, need, *, top=5, lang='en')")]
    fn rank(
        &self,
        py: Python<'_>,
        need: &Any<'_>,
        top: Option<&Any<'_>>,
        lang: Option<&Any<'_>>,
    ) -> PyResult<PyRanking> {
        let options = options(py, RankRequest::from_value, &[("top", top), ("lang", lang)])?;
        let (need, matcher) = (self.need(need)?, self.read());
        let ranking = py.detach(|| matcher.rank(&need, options.top)).map_err(|error| error::raise(py, &error))?;
        Ok(PyRanking { inner: ranking, words: self.words(options.lang) })
    }

    /// Rank the offers for each need, in the order of the needs, on all cores.
    ///
    /// The people of a group are counted together, because they need their places in one offer. `progress` shows a bar
    /// (needs tqdm). Raises `lotse.Error` with everything that is wrong with the needs; Ctrl-C stops it.
    #[pyo3(
        signature = (needs, *, top=None, lang=None, progress=false),
        text_signature = "($self, needs, *, top=5, lang='en', progress=False)"
    )]
    fn rank_all(
        &self,
        py: Python<'_>,
        needs: &Any<'_>,
        top: Option<&Any<'_>>,
        lang: Option<&Any<'_>>,
        progress: bool,
    ) -> PyResult<Vec<PyRanking>> {
        let options = options(py, RankRequest::from_value, &[("top", top), ("lang", lang)])?;
        let rankings = self.rankings(needs, &options, progress)?;
        let words = self.words(options.lang);
        Ok(rankings.into_iter().map(|inner| PyRanking { inner, words: words.clone() }).collect())
    }

    /// Rank the offers for each need, as a table: one row for each match.
    ///
    /// Columns: `need` (text), `rank` (1 for the best), `offer` (text), `score` (0 to 1), `to_check` (list of criteria). A
    /// need without a match has no row.
    ///
    /// `needs` is usually a table too. Its columns bear the names of a need's fields, with lists and structs nested or
    /// flat: `languages` may be the text `prs;de:A2`, `crime.code` and `crime.context` may be columns of their own, numbers may be
    /// text. An empty cell was not asked; a column that is no field is an error.
    #[pyo3(
        signature = (needs, *, top=None, progress=false),
        text_signature = "($self, needs, *, top=5, progress=False)"
    )]
    fn rank_table(&self, py: Python<'_>, needs: &Any<'_>, top: Option<&Any<'_>>, progress: bool) -> PyResult<PyTable> {
        let options = options(py, RankRequest::from_value, &[("top", top)])?;
        let batches = self.with_needs(needs, progress, |matcher, needs, look| {
            Ok(arrow_out::matches(
                needs,
                &matcher.score_all(needs, RankOptions::new().top(options.top).progress(look))?,
            ))
        })?;
        PyTable::of_all(py, batches)
    }

    /// The reasons of each match, as a table: one row for each criterion that a need asks.
    ///
    /// Columns: `need`, `offer`, `criterion` (text), `fit` (0 to 1), `known` (whether the fit is known), `weight`,
    /// `contribution` (0 to 1), `code` (stable), `text` (a sentence). The contributions of a match add up to its score.
    #[pyo3(
        signature = (needs, *, top=None, lang=None, progress=false),
        text_signature = "($self, needs, *, top=5, lang='en', progress=False)"
    )]
    fn reason_table(
        &self,
        py: Python<'_>,
        needs: &Any<'_>,
        top: Option<&Any<'_>>,
        lang: Option<&Any<'_>>,
        progress: bool,
    ) -> PyResult<PyTable> {
        let options = options(py, RankRequest::from_value, &[("top", top), ("lang", lang)])?;
        let (rankings, words) = (self.rankings(needs, &options, progress)?, self.words(options.lang));
        arrow_out::reasons(py, &rankings, |finding| finding.text(words.lang, &words.vocabulary))
    }

    /// Tell why an offer does or does not fit a need: all ten criteria.
    ///
    /// `offer` is an id. Raises `lotse.Error` for a wrong need, and where no offer has this id.
    #[pyo3(signature = (need, offer, *, lang=None), text_signature = "($self, need, offer, *, lang='en')")]
    fn explain(
        &self,
        py: Python<'_>,
        need: &Any<'_>,
        offer: &Bound<'_, PyString>,
        lang: Option<&Any<'_>>,
    ) -> PyResult<PyExplanation> {
        let options = options(py, ExplainRequest::from_value, &[("lang", lang)])?;
        let (need, offer, matcher) = (self.need(need)?, convert::unicode(offer), self.read());
        let explained = py.detach(|| matcher.explain(&need, &offer)).map_err(|error| error::raise(py, &error))?;
        Ok(PyExplanation { inner: explained, words: self.words(options.lang) })
    }

    /// Explain pairs of needs and offers, in the order of the pairs; people of a group count together.
    ///
    /// A pair is `(need, offer)` or `{"need": ..., "offer": ...}`, with ids. Raises `lotse.Error` with everything that is wrong.
    #[pyo3(signature = (needs, pairs, *, lang=None), text_signature = "($self, needs, pairs, *, lang='en')")]
    fn explain_all(
        &self,
        py: Python<'_>,
        needs: &Any<'_>,
        pairs: &Any<'_>,
        lang: Option<&Any<'_>>,
    ) -> PyResult<Vec<PyExplanation>> {
        let mut fields = vec![("pairs".into(), named_pairs(convert::tree(pairs)))];
        fields.extend(lang.map(|lang| ("lang".into(), convert::tree(lang))));
        let options = ExplainRequest::from_value(&Value::Object(fields)).map_err(|error| error::raise(py, &error))?;
        let explained = self.with_needs(needs, false, |matcher, needs, _| {
            let pairs = options.pairs.iter().flatten().map(|pair| (pair.need.as_str(), pair.offer.as_str()));
            matcher.explain_all(needs, &pairs.collect::<Vec<_>>())
        })?;
        let words = self.words(options.lang);
        Ok(explained.into_iter().map(|inner| PyExplanation { inner, words: words.clone() }).collect())
    }

    /// Tell why a need has no more matches, and what would have to change for the nearest.
    ///
    /// `near_misses` is how many of them, 0 to 1000. Raises `lotse.Error` for a wrong need.
    #[pyo3(
        signature = (need, *, near_misses=None, lang=None),
        text_signature = "($self, need, *, near_misses=3, lang='en')"
    )]
    fn diagnose(
        &self,
        py: Python<'_>,
        need: &Any<'_>,
        near_misses: Option<&Any<'_>>,
        lang: Option<&Any<'_>>,
    ) -> PyResult<PyDiagnosis> {
        let options = options(py, DiagnoseRequest::from_value, &[("near_misses", near_misses), ("lang", lang)])?;
        let (need, words, matcher) = (self.need(need)?, self.words(options.lang), self.read());
        let told = py.detach(|| {
            let diagnosis = matcher.diagnose_all(&[need], options.near_misses)?.into_iter().next();
            Ok(diagnosis.map(|diagnosis| DiagnosisData::new(&diagnosis, words.lang, &words.vocabulary)))
        });
        match told.map_err(|error| error::raise(py, &error))? {
            Some(told) => Ok(PyDiagnosis { told, lang: options.lang }),
            None => Err(error::refuse(py, "need.missing", "need", "no need to diagnose")),
        }
    }

    /// Diagnose each need, in the order of the needs, on all cores. As `diagnose`, and the people of a group count together.
    #[pyo3(
        signature = (needs, *, near_misses=None, lang=None, progress=false),
        text_signature = "($self, needs, *, near_misses=3, lang='en', progress=False)"
    )]
    fn diagnose_all(
        &self,
        py: Python<'_>,
        needs: &Any<'_>,
        near_misses: Option<&Any<'_>>,
        lang: Option<&Any<'_>>,
        progress: bool,
    ) -> PyResult<Vec<PyDiagnosis>> {
        let options = options(py, DiagnoseRequest::from_value, &[("near_misses", near_misses), ("lang", lang)])?;
        let (diagnoses, words) = (self.diagnoses(needs, &options, progress)?, self.words(options.lang));
        let told: Vec<DiagnosisData> = py.detach(|| {
            diagnoses.iter().map(|found| DiagnosisData::new(found, words.lang, &words.vocabulary)).collect()
        });
        Ok(told.into_iter().map(|told| PyDiagnosis { told, lang: words.lang }).collect())
    }

    /// Why needs have no more matches, as a table: one row for each criterion that excludes some offer.
    ///
    /// Columns: `need`, `criterion` (text), `blocked` (offers that it excludes), `only` (those that it alone excludes),
    /// `offers` (all), `matching`.
    #[pyo3(signature = (needs, *, progress=false))]
    fn diagnose_table(&self, py: Python<'_>, needs: &Any<'_>, progress: bool) -> PyResult<PyTable> {
        let options = DiagnoseRequest { near_misses: 0, ..DiagnoseRequest::default() };
        arrow_out::diagnoses(py, &self.diagnoses(needs, &options, progress)?)
    }

    /// Give many needs to offers of limited places in one plan, proven to be the best where everyone goes alone.
    ///
    /// - `fixed`: referrals that people agreed on, `(need, offer)` or `{"need": ..., "offer": ..., "counted": True}`
    /// - `previous`: those of an earlier plan; `moves`: `few` keeps as many of them as possible, `none` all, `free` none
    /// - `min_score`: least score of a referral, 0 to 1; `neighbour_serves`: whether an offer serves the next Kreis
    ///
    /// Raises `lotse.Error` with everything that is wrong; Ctrl-C stops it.
    ///
    /// >>> import lotse
    /// >>> matcher = lotse.Matcher([{"id": "o-1", "capacity": 1}])
    /// >>> plan = matcher.allocate([{"id": "n-1"}, {"id": "n-2", "priority": "stat"}])
    /// >>> plan
    /// Allocation(1 referrals, 1 unmet, optimal=True)
    /// >>> plan.unmet[0]["need"], plan.unmet[0]["reason"]
    /// ('n-1', 'no_place')
    #[pyo3(
        signature = (
            needs, *, fixed=None, previous=None, moves=None, min_score=None, neighbour_serves=None, lang=None, progress=false
        ),
        text_signature = "($self, needs, *, fixed=(), previous=(), moves='few', min_score=0.0, neighbour_serves=True, \
                          lang='en', progress=False)"
    )]
    #[expect(clippy::too_many_arguments, reason = "they are keywords in Python")]
    fn allocate(
        &self,
        py: Python<'_>,
        needs: &Any<'_>,
        fixed: Option<&Any<'_>>,
        previous: Option<&Any<'_>>,
        moves: Option<&Any<'_>>,
        min_score: Option<&Any<'_>>,
        neighbour_serves: Option<&Any<'_>>,
        lang: Option<&Any<'_>>,
        progress: bool,
    ) -> PyResult<PyAllocation> {
        let given = [("fixed", fixed), ("previous", previous)];
        let given =
            given.into_iter().filter_map(|(name, pairs)| Some((name.into(), named_pairs(convert::tree(pairs?)))));
        let mut fields: Vec<(Cow<'static, str>, Value<'static>)> = given.collect();
        let plain =
            [("moves", moves), ("min_score", min_score), ("neighbour_serves", neighbour_serves), ("lang", lang)];
        fields.extend(plain.into_iter().filter_map(|(name, value)| Some((name.into(), convert::tree(value?)))));
        let options = AllocateRequest::from_value(&Value::Object(fields)).map_err(|error| error::raise(py, &error))?;
        self.plan(needs, options, progress)
    }

    /// What first come, first served would achieve with these needs: people by priority, and weighted score.
    #[pyo3(signature = (needs, /))]
    fn first_come<'py>(&self, py: Python<'py>, needs: &Any<'py>) -> PyResult<Any<'py>> {
        self.baseline(py, needs, Baseline::FirstComeFirstServed)
    }

    /// What always giving the best fit first would achieve with these needs: people by priority, and weighted score.
    #[pyo3(signature = (needs, /))]
    fn best_fit_first<'py>(&self, py: Python<'py>, needs: &Any<'py>) -> PyResult<Any<'py>> {
        self.baseline(py, needs, Baseline::Greedy)
    }

    /// Add an offer, or replace the one with its id. Nothing is built anew.
    ///
    /// Raises `lotse.Error` for a wrong offer; nothing is changed then.
    #[pyo3(signature = (offer, /))]
    fn update(&self, py: Python<'_>, offer: &Any<'_>) -> PyResult<()> {
        let offer = match offer.cast::<PyOffer>() {
            Ok(offer) => offer.get().inner.clone(),
            Err(_) => convert::record(offer)
                .and_then(|tree| lotse::Offer::from_value(&tree))
                .map_err(|error| error::raise(py, &error))?,
        };
        self.write(py, |matcher| matcher.update(offer))
    }

    /// Take an offer out and give it back.
    ///
    /// Raises `lotse.Error` where no offer has this id.
    #[pyo3(signature = (id, /))]
    fn remove(&self, py: Python<'_>, id: &Bound<'_, PyString>) -> PyResult<PyOffer> {
        let id = convert::unicode(id);
        Ok(PyOffer { inner: self.write(py, |matcher| matcher.remove(&id))? })
    }

    /// Change what is known of an offer's places: a number of free places, or a dict as in an offer.
    ///
    /// Raises `lotse.Error` where no offer has this id, and for a wrong capacity; nothing is changed then.
    #[pyo3(signature = (id, capacity, /))]
    fn set_capacity(&self, py: Python<'_>, id: &Bound<'_, PyString>, capacity: &Any<'_>) -> PyResult<()> {
        let id = convert::unicode(id);
        let capacity =
            lotse::Capacity::from_value(&convert::tree(capacity)).map_err(|error| error::raise(py, &error))?;
        self.write(py, |matcher| matcher.set_capacity(&id, capacity))
    }

    /// The offer with this id, or `None`.
    #[pyo3(signature = (id, /))]
    fn offer(&self, id: &Bound<'_, PyString>) -> Option<PyOffer> {
        self.read().offer(&convert::unicode(id)).map(|offer| PyOffer { inner: offer.clone() })
    }

    /// All offers, in the order of their ids.
    #[getter]
    fn offers(&self) -> Vec<PyOffer> {
        self.read().offers().map(|offer| PyOffer { inner: offer.clone() }).collect()
    }

    /// The policy in force.
    #[getter]
    fn policy(&self) -> PyPolicy {
        PyPolicy { inner: self.read().policy().clone() }
    }

    /// The vocabulary in force, with what the policy says of languages.
    #[getter]
    fn vocabulary(&self) -> PyVocabulary {
        PyVocabulary::of(self.read().vocabulary().clone(), self.additions.clone())
    }

    /// The day on which capacities are judged.
    #[getter]
    fn as_of<'py>(&self, py: Python<'py>) -> PyResult<Any<'py>> {
        let day = self.read().as_of().map(|day| day.to_string());
        py.import("datetime")?.getattr("date")?.call_method1("fromisoformat", (day.unwrap_or_default(),))
    }

    fn __len__(&self) -> usize {
        self.read().offers().count()
    }

    fn __contains__(&self, id: &Any<'_>) -> bool {
        id.cast::<PyString>().is_ok_and(|id| self.read().offer(&convert::unicode(id)).is_some())
    }

    fn __repr__(&self) -> String {
        format!("Matcher({} offers)", self.read().offers().count())
    }

    fn __eq__(&self, py: Python<'_>, other: &Self) -> bool {
        let (one, two) = (self.read(), other.read());
        py.detach(|| {
            one.as_of() == two.as_of()
                && one.policy() == two.policy()
                && self.additions == other.additions
                && one.offers().eq(two.offers())
        })
    }

    fn __getnewargs_ex__<'py>(&self, py: Python<'py>) -> PyResult<((String,), Bound<'py, PyDict>)> {
        let matcher = self.read();
        let offers: Vec<&lotse::Offer> = matcher.offers().collect();
        let named = PyDict::new(py);
        named.set_item("policy", convert::json(py, matcher.policy())?)?;
        named.set_item("vocabulary", self.additions.as_ref().map(|tree| PyVocabulary::json(tree)))?;
        named.set_item("as_of", matcher.as_of().map(|day| day.to_string()))?;
        Ok(((convert::json(py, &offers)?,), named))
    }

    /// A matcher of its own: what is changed in one is not changed in the other.
    fn __copy__(&self) -> Self {
        Self { inner: RwLock::new(self.read()), additions: self.additions.clone() }
    }

    #[pyo3(signature = (memo, /))]
    fn __deepcopy__(&self, memo: &Any<'_>) -> Self {
        let _ = memo;
        self.__copy__()
    }
}

/// Pairs of two texts as objects with `need` and `offer`.
fn named_pairs(pairs: Value<'static>) -> Value<'static> {
    let named = |pair: Value<'static>| match pair {
        Value::Array(items) => match <[Value<'static>; 2]>::try_from(items) {
            Ok([need, offer]) => Value::Object(vec![("need".into(), need), ("offer".into(), offer)]),
            Err(items) => Value::Array(items),
        },
        other => other,
    };
    match pairs {
        Value::Array(pairs) => Value::Array(pairs.into_iter().map(named).collect()),
        other => other,
    }
}
