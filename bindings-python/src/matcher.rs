//! The class of matchers.

use std::sync::Arc;

use lotse::{
    Baseline, BaselineOptions, DiagnoseOptions, ExplainOptions, Lang, PlanObjective, RankOptions, SharedMatcher,
    wire::{self, AllocateRequest, DiagnoseRequest, ExplainRequest, RankRequest, Value},
};
use pyo3::{
    prelude::*,
    types::{PyDict, PyString},
};

use crate::{
    allocation::PyAllocation,
    arrow_out, convert, error,
    evaluation::PyEvaluation,
    input::{RequestInput, decode_record},
    options,
    payload::{self, Localization, Payload},
    pool,
    record::{PyOffer, PyPolicy},
    results::{PyDiagnosis, PyExplanation, PyRanking},
    shared,
    table::PyTable,
    vocabulary::PyVocabulary,
};

type Any<'py> = Bound<'py, PyAny>;

/// Offers under a policy, with the codes and names of a vocabulary.
///
/// `offers` is a list of `Offer`, dicts or JSON texts, a table (any object with the Arrow PyCapsule interface), or the
/// JSON text of a list. `policy` and `vocabulary` are objects, dicts or JSON text. `as_of` is the day on which capacities
/// are judged, a date or a text such as `2026-11-23`; it defaults to today. `needs` of a method have the same forms as
/// `offers`.
///
/// A matcher may be called from many threads at once, and in a child process after `os.fork`. An update is visible to the
/// calls that begin after it.
///
/// Raises `lotse.Error` with all errors.
///
/// >>> import lotse
/// >>> matcher = lotse.Matcher([{"id": "o-1", "languages": ["de", "uk"], "capacity": 2}, {"id": "o-2", "languages": ["de"]}])
/// >>> matcher.rank({"id": "n-1", "languages": ["uk"]})[0]
/// Match(offer='o-1', score=0.99147750)
#[pyclass(frozen, name = "Matcher", module = "lotse")]
pub(crate) struct PyMatcher {
    // INVARIANT: its locks are taken by attached threads only, for short, and not while Python code runs. So they are free in a child
    // process after `fork`, and no thread waits for the interpreter while it has one.
    shared: SharedMatcher,
    /// The additions to the built-in tables.
    additions: Option<Arc<Value<'static>>>,
}

impl PyMatcher {
    fn rankings(&self, needs: &Any<'_>, options: &RankRequest, progress: bool) -> PyResult<Vec<lotse::Ranking>> {
        shared::run(&self.shared, needs, progress, |matcher, needs, on_progress| {
            matcher.rank_all(needs, RankOptions::new().top(options.top).progress(on_progress))
        })
    }

    fn diagnoses(&self, needs: &Any<'_>, options: &DiagnoseRequest, progress: bool) -> PyResult<Vec<lotse::Diagnosis>> {
        shared::run(&self.shared, needs, progress, |matcher, needs, on_progress| {
            matcher.diagnose_all(needs, DiagnoseOptions::new().near_misses(options.near_misses).progress(on_progress))
        })
    }

    fn localize<T>(&self, lang: Lang, result: T) -> Payload<T> {
        Payload::Computed(result, Localization::new(lang, self.shared.read()))
    }

    fn allocation(&self, needs: &Any<'_>, options: &AllocateRequest, progress: bool) -> PyResult<PyAllocation> {
        let inner = shared::run(&self.shared, needs, progress, |matcher, needs, on_progress| {
            matcher.allocate(needs, &options.options.clone().progress(on_progress))
        })?;
        Ok(PyAllocation { payload: self.localize(options.lang, inner) })
    }
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
        let input = RequestInput::new(Some(offers), None, policy, additions.as_deref(), as_of, py)?;
        let built = pool::detach(py, || input.decode()?.into_matcher())?;
        let (matcher, _) = built.map_err(|error| error::raise(py, &error))?;
        Ok(Self { shared: SharedMatcher::new(matcher), additions })
    }

    /// Ranks the offers for one need, best first, with a reason for every point of the score.
    ///
    /// `need` is a `Need`, a dict or JSON text; `top` is the maximum of matches, `lang` the display language (`en`, `de`,
    /// `de-simple`). Raises `lotse.Error` for an invalid need.
    ///
    /// >>> import lotse
    /// >>> matcher = lotse.Matcher([{"id": "o-1", "languages": ["de", {"tag": "prs", "how": "interpreter"}]}])
    /// >>> best = matcher.rank({"id": "n-1", "languages": ["prs"]}, lang="de")[0]
    /// >>> [finding["text"] for finding in best.reasons]
    /// ['Dari mit Dolmetscher.', 'Nicht bekannt, ob Plätze frei sind: bitte nachfragen.']
    #[pyo3(signature = (need, *, top=None, lang=None), text_signature = "($self, need, *, top=5, lang='en')")]
    fn rank(
        &self,
        py: Python<'_>,
        need: &Any<'_>,
        top: Option<&Any<'_>>,
        lang: Option<&Any<'_>>,
    ) -> PyResult<PyRanking> {
        let options = options::decode(py, RankRequest::from_value, &[("top", top), ("lang", lang)])?;
        let (need, matcher) = (decode_record(need)?, self.shared.read());
        let ranking = py.detach(|| matcher.rank(&need, options.top)).map_err(|error| error::raise(py, &error))?;
        Ok(PyRanking { payload: self.localize(options.lang, ranking) })
    }

    /// Ranks the offers for each need, in the order of the needs, on all cores.
    ///
    /// The people of a group are counted together, because they need their places at one offer. `progress` shows a bar
    /// (needs tqdm). Raises `lotse.Error` with all errors of the needs; Ctrl-C cancels it.
    ///
    /// >>> import lotse
    /// >>> matcher = lotse.Matcher([{"id": "o-1", "capacity": 2}])
    /// >>> matcher.rank_all([{"id": "n-1"}, {"id": "n-2", "people": 3}])
    /// [Ranking(need='n-1', 1 matches), Ranking(need='n-2', 0 matches)]
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
        let options = options::decode(py, RankRequest::from_value, &[("top", top), ("lang", lang)])?;
        let rankings = self.rankings(needs, &options, progress)?;
        let payloads = shared::localize(&self.shared, options.lang, rankings);
        Ok(payloads.map(|payload| PyRanking { payload }).collect())
    }

    /// Ranks the offers for each need, as a table with one row for each match.
    ///
    /// Columns: `need` (id), `rank` (1 for the best), `offer` (id), `offer_name` (null if it has none), `score` (0 to 1),
    /// `to_check` (list of criteria). A need without a match has no row.
    ///
    /// `needs` is usually a table too. Its columns have the names of the fields of a need, with lists and structs nested or
    /// flat: `languages` may be the text `prs;de:A2`, `crime.code` and `crime.context` may be columns of their own, numbers may be
    /// text. An empty cell is not requested; a column that is not a field is an error.
    #[pyo3(
        signature = (needs, *, top=None, progress=false),
        text_signature = "($self, needs, *, top=5, progress=False)"
    )]
    fn rank_table(&self, py: Python<'_>, needs: &Any<'_>, top: Option<&Any<'_>>, progress: bool) -> PyResult<PyTable> {
        let options = options::decode(py, RankRequest::from_value, &[("top", top)])?;
        let batches = shared::run(&self.shared, needs, progress, |matcher, needs, on_progress| {
            let options = RankOptions::new().top(options.top).progress(on_progress);
            Ok(arrow_out::matches(matcher, needs, &matcher.score_all(needs, options)?))
        })?;
        PyTable::from_batches(py, batches)
    }

    /// Returns the findings of each match as a table with one row for each requested criterion.
    ///
    /// Columns: `need`, `offer` (id), `offer_name` (null if it has none), `criterion` (code), `criterion_name`, `fit` (0 to 1),
    /// `known` (whether the fit is known), `weight`, `contribution` (0 to 1), `code` (stable), `text` (a sentence). The
    /// contributions of a match add up to its score.
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
        let options = options::decode(py, RankRequest::from_value, &[("top", top), ("lang", lang)])?;
        let rankings = self.rankings(needs, &options, progress)?;
        arrow_out::reasons(py, &rankings, &Localization::new(options.lang, self.shared.read()))
    }

    /// Explains the assessment of an offer against a need: all ten criteria.
    ///
    /// `offer` is an id. Raises `lotse.Error` for an invalid need, and if no offer has this id.
    ///
    /// >>> import lotse
    /// >>> matcher = lotse.Matcher([{"id": "o-1", "languages": ["de"]}])
    /// >>> matcher.explain({"id": "n-1", "languages": ["uk"]}, "o-1").reason("language")["blocks"]
    /// True
    #[pyo3(signature = (need, offer, *, lang=None), text_signature = "($self, need, offer, *, lang='en')")]
    fn explain(
        &self,
        py: Python<'_>,
        need: &Any<'_>,
        offer: &Bound<'_, PyString>,
        lang: Option<&Any<'_>>,
    ) -> PyResult<PyExplanation> {
        let options = options::decode(py, ExplainRequest::from_value, &[("lang", lang)])?;
        let (need, offer, matcher) = (decode_record(need)?, convert::unicode(offer), self.shared.read());
        let explanation = py.detach(|| matcher.explain(&need, &offer)).map_err(|error| error::raise(py, &error))?;
        Ok(PyExplanation { payload: self.localize(options.lang, explanation) })
    }

    /// Explains pairs of needs and offers, in the order of the pairs; the people of a group are counted together.
    ///
    /// A pair is `(need, offer)` or `{"need": ..., "offer": ...}`, with ids. Raises `lotse.Error` with all errors.
    #[pyo3(signature = (needs, pairs, *, lang=None), text_signature = "($self, needs, pairs, *, lang='en')")]
    fn explain_all(
        &self,
        py: Python<'_>,
        needs: &Any<'_>,
        pairs: &Any<'_>,
        lang: Option<&Any<'_>>,
    ) -> PyResult<Vec<PyExplanation>> {
        let (pairs, others) = ([("pairs", Some(pairs))], [("lang", lang)]);
        let options = options::decode_with_pairs(py, ExplainRequest::from_value, &pairs, &others)?;
        let explanations = shared::run(&self.shared, needs, false, |matcher, needs, progress| {
            let pairs = options.pairs.iter().flatten().map(|pair| (pair.need.as_str(), pair.offer.as_str()));
            matcher.explain_all(needs, &pairs.collect::<Vec<_>>(), ExplainOptions::new().progress(progress))
        })?;
        let payloads = shared::localize(&self.shared, options.lang, explanations);
        Ok(payloads.map(|payload| PyExplanation { payload }).collect())
    }

    /// Diagnoses a need with few matches: counts the offers that each criterion excludes, and lists near misses.
    ///
    /// `near_misses` is their maximum, 0 to 1000. Raises `lotse.Error` for an invalid need.
    ///
    /// >>> import lotse
    /// >>> matcher = lotse.Matcher([{"id": "o-1", "languages": ["de"]}])
    /// >>> matcher.diagnose({"id": "n-1", "languages": ["uk"]}).blocked
    /// [{'criterion': 'language', 'offers': 1, 'only': 1}]
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
        let options =
            options::decode(py, DiagnoseRequest::from_value, &[("near_misses", near_misses), ("lang", lang)])?;
        let (need, matcher) = (decode_record(need)?, self.shared.read());
        let diagnosis = pool::detach(py, || matcher.diagnose(&need, options.near_misses))?;
        let diagnosis = diagnosis.map_err(|error| error::raise(py, &error))?;
        Ok(PyDiagnosis { payload: self.localize(options.lang, diagnosis) })
    }

    /// Diagnoses each need, in the order of the needs, on all cores; the people of a group are counted together.
    ///
    /// The keywords are those of `diagnose` and `rank_all`.
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
        let options =
            options::decode(py, DiagnoseRequest::from_value, &[("near_misses", near_misses), ("lang", lang)])?;
        let diagnoses = self.diagnoses(needs, &options, progress)?;
        let payloads = shared::localize(&self.shared, options.lang, diagnoses);
        Ok(payloads.map(|payload| PyDiagnosis { payload }).collect())
    }

    /// Diagnoses each need, as a table with one row for each criterion that excludes some offer.
    ///
    /// Columns: `need`, `criterion` (code), `criterion_name`, `blocked` (offers that it excludes), `only` (those that it alone
    /// excludes), `offers` (all), `matching`.
    #[pyo3(
        signature = (needs, *, lang=None, progress=false),
        text_signature = "($self, needs, *, lang='en', progress=False)"
    )]
    fn diagnose_table(
        &self,
        py: Python<'_>,
        needs: &Any<'_>,
        lang: Option<&Any<'_>>,
        progress: bool,
    ) -> PyResult<PyTable> {
        let options =
            DiagnoseRequest { near_misses: 0, ..options::decode(py, DiagnoseRequest::from_value, &[("lang", lang)])? };
        arrow_out::diagnoses(py, &self.diagnoses(needs, &options, progress)?, options.lang)
    }

    /// Allocates needs to offers of limited capacity in one plan, which is proven optimal if no party has several people.
    ///
    /// - `fixed`: referrals that people agreed on, `(need, offer)` or `{"need": ..., "offer": ..., "counted": True}`; or those of a
    ///   whole plan: an `Allocation`, or its dict or JSON text
    /// - `previous`: those of an earlier plan, as for `fixed`; `moves`: `few` keeps as many of them as possible, `none` all, `free` none
    /// - `min_score`: the minimal score of a referral, 0 to 1
    /// - `neighbour_serves`: whether an offer may serve the neighbouring Kreis
    ///
    /// Raises `lotse.Error` with all errors; Ctrl-C cancels it.
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
    #[expect(clippy::too_many_arguments, reason = "all but `needs` are keywords in Python")]
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
        let pairs = [("fixed", fixed), ("previous", previous)];
        let others =
            [("moves", moves), ("min_score", min_score), ("neighbour_serves", neighbour_serves), ("lang", lang)];
        let options = options::decode_with_pairs(py, AllocateRequest::from_value, &pairs, &others)?;
        self.allocation(needs, &options, progress)
    }

    /// Evaluates a given plan without changing it: its objective, the scores and violations of its referrals, and the reasons
    /// of unmet needs.
    ///
    /// `plan` is an `Allocation`, its dict or JSON text, or a list of referrals as for `fixed`; ids that do not exist any more are
    /// ignored. The keywords are those of `allocate`, for a comparison with its result.
    ///
    /// >>> import lotse
    /// >>> matcher = lotse.Matcher([{"id": "o-1", "roles": ["witness"]}], policy={"rules": {"role": "prefer"}})
    /// >>> needs = [{"id": "n-1", "roles": ["bereaved"]}]
    /// >>> plan = matcher.allocate(needs)
    /// >>> matcher.with_policy({}).evaluate(needs, plan).ineligible
    /// ['n-1']
    #[pyo3(
        signature = (
            needs, plan, *, fixed=None, previous=None, moves=None, min_score=None, neighbour_serves=None, lang=None,
            progress=false
        ),
        text_signature = "($self, needs, plan, *, fixed=(), previous=(), moves='few', min_score=0.0, \
                          neighbour_serves=True, lang='en', progress=False)"
    )]
    #[expect(clippy::too_many_arguments, reason = "all but the first two are keywords in Python")]
    fn evaluate(
        &self,
        py: Python<'_>,
        needs: &Any<'_>,
        plan: &Any<'_>,
        fixed: Option<&Any<'_>>,
        previous: Option<&Any<'_>>,
        moves: Option<&Any<'_>>,
        min_score: Option<&Any<'_>>,
        neighbour_serves: Option<&Any<'_>>,
        lang: Option<&Any<'_>>,
        progress: bool,
    ) -> PyResult<PyEvaluation> {
        let pairs = [("fixed", fixed), ("previous", previous)];
        let others =
            [("moves", moves), ("min_score", min_score), ("neighbour_serves", neighbour_serves), ("lang", lang)];
        let options = options::decode_with_pairs(py, AllocateRequest::from_value, &pairs, &others)?;
        let plan = options::referrals_to_value(plan).and_then(|plan| wire::decode_plan(&plan));
        let plan = plan.map_err(|error| error::raise(py, &error))?;
        let evaluation = shared::run(&self.shared, needs, progress, |matcher, needs, on_progress| {
            matcher.evaluate(needs, plan, &options.options.clone().progress(on_progress))
        })?;
        Ok(PyEvaluation { payload: self.localize(options.lang, evaluation) })
    }

    /// Returns the objective that a simple strategy attains with these needs, for comparison with a plan.
    ///
    /// `kind` is `first_come_first_served` (in the order of the needs) or `greedy` (best fit first). The dict has `people` by
    /// priority, and the weighted `score`. Raises `lotse.Error` with all errors; Ctrl-C cancels it.
    ///
    /// >>> import lotse
    /// >>> matcher = lotse.Matcher([{"id": "o-1", "capacity": 1}])
    /// >>> needs = [{"id": "n-1"}, {"id": "n-2", "priority": "stat"}]
    /// >>> matcher.baseline(needs, "first_come_first_served")["people"]["stat"]
    /// 0
    #[pyo3(signature = (needs, kind))]
    fn baseline<'py>(&self, py: Python<'py>, needs: &Any<'py>, kind: &Bound<'_, PyString>) -> PyResult<Any<'py>> {
        let baseline = match convert::unicode(kind).as_str() {
            "first_come_first_served" => Baseline::FirstComeFirstServed,
            "greedy" => Baseline::Greedy,
            _ => return Err(error::raise_detail(py, "value", "", "expected first_come_first_served or greedy")),
        };
        let objective = shared::run(&self.shared, needs, false, |matcher, needs, on_progress| {
            matcher.baseline(needs, BaselineOptions::new(baseline).progress(on_progress))
        })?;
        convert::to_python(py, &PlanObjective::from(objective))
    }

    /// Returns a new matcher of the same offers, vocabulary and day under another policy: an object, a dict or JSON text.
    ///
    /// It takes a fraction of the time of a new build. Raises `lotse.Error` with all errors of the policy.
    ///
    /// >>> import lotse
    /// >>> matcher = lotse.Matcher([{"id": "o-1", "roles": ["witness"]}])
    /// >>> need = {"id": "n-1", "roles": ["bereaved"]}
    /// >>> len(matcher.rank(need)), len(matcher.with_policy({"rules": {"role": "prefer"}}).rank(need))
    /// (0, 1)
    #[pyo3(signature = (policy, /))]
    fn with_policy(&self, py: Python<'_>, policy: &Any<'_>) -> PyResult<Self> {
        let policy = match policy.cast::<PyPolicy>() {
            Ok(policy) => Ok(policy.get().inner.clone()),
            Err(_) => convert::record_to_value(policy).and_then(|value| lotse::Policy::from_value(&value)),
        };
        let matcher = self.shared.read();
        let changed = policy.and_then(|policy| py.detach(|| matcher.with_policy(policy)));
        let changed = changed.map_err(|error| error::raise(py, &error))?;
        Ok(Self { shared: SharedMatcher::new(changed), additions: self.additions.clone() })
    }

    /// Adds an offer, or replaces the one with its id, without a rebuild.
    ///
    /// Raises `lotse.Error` for an invalid offer, and then changes nothing.
    #[pyo3(signature = (offer, /))]
    fn update(&self, py: Python<'_>, offer: &Any<'_>) -> PyResult<()> {
        let offer = decode_record(offer)?;
        shared::update(&self.shared, py, |matcher| matcher.update(offer))
    }

    /// Removes an offer and returns it.
    ///
    /// Raises `lotse.Error` if no offer has this id.
    #[pyo3(signature = (id, /))]
    fn remove(&self, py: Python<'_>, id: &Bound<'_, PyString>) -> PyResult<PyOffer> {
        let id = convert::unicode(id);
        Ok(PyOffer { inner: shared::update(&self.shared, py, |matcher| matcher.remove(&id))? })
    }

    /// Replaces the capacity of an offer by a number of free places, or by a dict as in an offer.
    ///
    /// Raises `lotse.Error` if no offer has this id, or for an invalid capacity, and then changes nothing.
    ///
    /// >>> import lotse
    /// >>> matcher = lotse.Matcher([{"id": "o-1", "capacity": 1}])
    /// >>> matcher.set_capacity("o-1", 0)
    /// >>> len(matcher.rank({"id": "n-1"}))
    /// 0
    #[pyo3(signature = (id, capacity, /))]
    fn set_capacity(&self, py: Python<'_>, id: &Bound<'_, PyString>, capacity: &Any<'_>) -> PyResult<()> {
        let id = convert::unicode(id);
        let capacity =
            lotse::Capacity::from_value(&convert::to_value(capacity)).map_err(|error| error::raise(py, &error))?;
        shared::update(&self.shared, py, |matcher| matcher.set_capacity(&id, capacity))
    }

    /// Returns the offer with this id, or `None`.
    #[pyo3(signature = (id, /))]
    fn offer(&self, id: &Bound<'_, PyString>) -> Option<PyOffer> {
        self.shared.read().offer(&convert::unicode(id)).map(|offer| PyOffer { inner: offer.clone() })
    }

    /// All offers, in the order of ids.
    #[getter]
    fn offers(&self) -> Vec<PyOffer> {
        self.shared.read().offers().map(|offer| PyOffer { inner: offer.clone() }).collect()
    }

    /// The policy, with defaults.
    #[getter]
    fn policy(&self) -> PyPolicy {
        PyPolicy { inner: self.shared.read().policy().clone() }
    }

    /// The vocabulary, with the comprehension table of the policy.
    #[getter]
    fn vocabulary(&self) -> PyVocabulary {
        let matcher = self.shared.read();
        let policy = wire::to_value(matcher.policy()).unwrap_or(Value::Null);
        let rows = payload::get(payload::get(&policy, "language"), "comprehension");
        // No additions have the rows of the policy. So those of a vocabulary with such rows are all its tables.
        let additions = match payload::items(rows) {
            [] => self.additions.clone(),
            _ => wire::to_value(matcher.vocabulary()).ok().map(Arc::new),
        };
        PyVocabulary::from_parts(matcher.vocabulary().clone(), additions)
    }

    /// The day on which capacities are judged.
    #[getter]
    fn as_of<'py>(&self, py: Python<'py>) -> PyResult<Any<'py>> {
        let day = self.shared.read().as_of().map(|day| day.to_string());
        py.import("datetime")?.getattr("date")?.call_method1("fromisoformat", (day.unwrap_or_default(),))
    }

    fn __len__(&self) -> usize {
        self.shared.read().offers().count()
    }

    fn __contains__(&self, id: &Any<'_>) -> bool {
        id.cast::<PyString>().is_ok_and(|id| self.shared.read().offer(&convert::unicode(id)).is_some())
    }

    fn __repr__(&self) -> String {
        format!("Matcher({} offers)", self.shared.read().offers().count())
    }

    fn __eq__(&self, py: Python<'_>, other: &Self) -> bool {
        let (a, b) = (self.shared.read(), other.shared.read());
        py.detach(|| {
            a.as_of() == b.as_of()
                && a.policy() == b.policy()
                && self.additions == other.additions
                && a.offers().eq(b.offers())
        })
    }

    fn __getnewargs_ex__<'py>(&self, py: Python<'py>) -> PyResult<((String,), Bound<'py, PyDict>)> {
        let matcher = self.shared.read();
        let offers: Vec<&lotse::Offer> = matcher.offers().collect();
        let keywords = PyDict::new(py);
        keywords.set_item("policy", convert::json(py, matcher.policy())?)?;
        let additions = self.additions.as_ref().map(|additions| PyVocabulary::to_json_text(additions));
        keywords.set_item("vocabulary", additions)?;
        keywords.set_item("as_of", matcher.as_of().map(|day| day.to_string()))?;
        Ok(((convert::json(py, &offers)?,), keywords))
    }

    /// Returns an independent matcher.
    fn __copy__(&self) -> Self {
        Self { shared: SharedMatcher::new(self.shared.read()), additions: self.additions.clone() }
    }

    #[pyo3(signature = (memo, /))]
    fn __deepcopy__(&self, memo: &Any<'_>) -> Self {
        let _ = memo;
        self.__copy__()
    }
}
