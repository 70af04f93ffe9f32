//! The operation `explain`.

use serde::Serialize;

use crate::wire::{
    dataset::{Dataset, decode_request},
    limits::MAX_WITH_REASONS,
    pair::Pair,
    response::{FindingData, to_json},
};
use crate::{
    decode::{
        decoder::Fields,
        path::{Path, Record},
        value::Value,
    },
    error::{Error, ErrorKind, ErrorSink},
    matcher::{ExplainOptions, Explanation},
    model::{criterion::Criterion, enums::Lang, need::Need, offer::Offer},
    util::{
        date::Date,
        fixed::Score,
        ordered_map::OrderedSet,
        progress::{NO_PROGRESS, ProgressFn, ProgressReporter},
    },
    vocabulary::Vocabulary,
};

/// A request to explain pairs of needs and offers.
///
/// # Example: one pair of two
///
/// ```
/// use lotse::wire::{self, ExplainRequest};
/// let request = ExplainRequest::from_json(
///     r#"{"offers": [{"id": "o-1"}, {"id": "o-2"}], "needs": [{"id": "n-1"}], "pairs": [{"need": "n-1", "offer": "o-2"}]}"#,
/// )?;
/// let explanations = wire::explain(request)?.explanations;
/// assert_eq!((explanations.len(), explanations[0].offer.as_str()), (1, "o-2"));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct ExplainRequest {
    /// Offers, needs, and how they are assessed.
    pub dataset: Dataset,
    /// The pairs, at most 100 000, or `None`, the default, for every need with every offer.
    pub pairs: Option<Vec<Pair>>,
    /// The language of sentences; English by default.
    pub lang: Lang,
}

impl Default for ExplainRequest {
    fn default() -> Self {
        Self { dataset: Dataset::default(), pairs: None, lang: Lang::En }
    }
}

/// The explanations, in the order of the pairs; if the request has none, in the order of needs, then of the ids of offers.
///
/// # Example: one explanation for each pair
///
/// ```
/// use lotse::wire::{self, ExplainRequest};
/// let response = wire::explain(ExplainRequest::from_json(r#"{"offers": [{"id": "o-1", "languages": ["de"]}], "needs": [{"id": "n-1", "languages": ["ti"]}]}"#)?)?;
/// assert_eq!(response.explanations.len(), 1);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct ExplainResponse {
    /// The explanations.
    pub explanations: Vec<ExplanationData>,
}

/// The assessment of one offer for one need.
///
/// # Example: an excluded pair
///
/// ```
/// use lotse::wire::{self, ExplainRequest};
/// let response = wire::explain(ExplainRequest::from_json(r#"{"offers": [{"id": "o-1", "languages": ["de"]}], "needs": [{"id": "n-1", "languages": ["ti"]}]}"#)?)?;
/// assert!(!response.explanations[0].matches);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct ExplanationData {
    /// The need's id.
    pub need: String,
    /// The offer's id.
    pub offer: String,
    /// `true` if no criterion excludes the offer.
    pub matches: bool,
    /// The score, 0 to 1, also of an excluded offer.
    pub score: Score,
    /// The criteria that a person should check.
    pub to_check: Vec<Criterion>,
    /// The findings of all ten criteria.
    pub reasons: Vec<FindingData>,
}

impl ExplanationData {
    /// Converts an explanation to data, with reasons as sentences in `lang`.
    ///
    /// # Example: an excluded offer
    ///
    /// ```
    /// use lotse::{Lang, Matcher, Need, Offer, wire::ExplanationData};
    /// let matcher = Matcher::builder().offers([Offer::builder("o-1").language("uk").build()?]).build()?;
    /// let explanation = matcher.explain(&Need::builder("n-1").language("ru").build()?, "o-1")?;
    /// let data = ExplanationData::new(&explanation, Lang::En, matcher.vocabulary());
    /// assert_eq!((data.matches, data.reasons.len()), (false, 10));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn new(explanation: &Explanation, lang: Lang, vocabulary: &Vocabulary) -> Self {
        let assessment = explanation.assessment();
        let reasons = assessment.findings().map(|finding| FindingData::new(finding, lang, vocabulary));
        Self {
            need: explanation.need().to_owned(),
            offer: assessment.offer().to_owned(),
            matches: assessment.is_match(),
            score: assessment.score(),
            to_check: assessment.to_check().collect(),
            reasons: reasons.collect(),
        }
    }
}

impl ExplainRequest {
    /// Parses a request from JSON text.
    ///
    /// # Errors
    ///
    /// `json.syntax`, or every error of the request. If only codes or ids are wrong, [`explain`] reports them.
    ///
    /// # Example: a pair without an offer
    ///
    /// ```
    /// let error = lotse::wire::ExplainRequest::from_json(r#"{"pairs": [{"need": "n-1"}]}"#).unwrap_err();
    /// assert_eq!((error.code(), error.path()), ("request.missing_field", "pairs[0].offer"));
    /// ```
    pub fn from_json(text: &str) -> Result<Self, Error> {
        Self::from_value(&Value::from_json(text)?)
    }

    /// Decodes a request.
    ///
    /// # Errors
    ///
    /// Every error of the request. If only codes or ids are wrong, [`explain`] reports them.
    ///
    /// # Example: every pair, in German
    ///
    /// ```
    /// use lotse::{Lang, wire::{ExplainRequest, Value}};
    /// let request = ExplainRequest::from_value(&Value::Object(vec![("lang".into(), "de".into())]))?;
    /// assert_eq!((request.lang, request.pairs), (Lang::De, None));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn from_value(value: &Value) -> Result<Self, Error> {
        const FIELDS: &[&str] = &["offers", "needs", "policy", "vocabulary", "as_of", "pairs", "lang"];
        let mut has_records = false;
        let (dataset, request, mut errors) = decode_request(value, FIELDS, |errors, at, fields| {
            has_records = ["needs", "offers"].iter().any(|name| fields.get(name).is_some());
            Self::decode_options(errors, at, fields)
        });
        // Bindings send pairs alone when a matcher holds the records. If the form is right, the matcher looks the ids up.
        if has_records && !errors.is_empty() {
            look_up_ids(&mut errors, request.pairs.as_deref().unwrap_or_default(), &dataset);
        }
        errors.into_result(Self { dataset, ..request })
    }

    fn decode_options(errors: &mut ErrorSink, at: &Path<'_>, fields: &Fields<'_>) -> Self {
        let mut request = Self::default();
        if let Some(value) = fields.get("lang") {
            request.lang = errors.string_enum(&at.field("lang"), value).unwrap_or(request.lang);
        }
        if let Some(value) = fields.get("pairs") {
            request.pairs = Some(errors.decode_items_up_to(MAX_WITH_REASONS, &at.field("pairs"), value, Pair::decode));
        }
        request
    }
}

/// Reports the ids of pairs that no need or no offer has.
fn look_up_ids(errors: &mut ErrorSink, pairs: &[Pair], dataset: &Dataset) {
    let root = Path::root(Record::Request);
    let at = root.field("pairs");
    let needs = OrderedSet::from_iter(dataset.needs.iter().map(Need::id));
    let offers = OrderedSet::from_iter(dataset.offers.iter().map(Offer::id));
    for (index, pair) in pairs.iter().enumerate() {
        let at = at.item(index);
        if !needs.contains(pair.need.as_str()) {
            let at = at.field("need");
            errors.push(at.error(ErrorKind::Unknown, "pair.unknown_need", "no need has this id"));
        }
        if !offers.contains(pair.offer.as_str()) {
            let at = at.field("offer");
            errors.push(at.error(ErrorKind::Unknown, "pair.unknown_offer", "no offer has this id"));
        }
    }
}

/// Explains pairs of needs and offers.
///
/// # Errors
///
/// Every tag, key and id that is wrong; `request.pair.too_many` above 100 000 pairs.
///
/// # Example: every need with every offer
///
/// ```
/// use lotse::{Need, Offer, wire::{self, Dataset, ExplainRequest}};
/// let offers = vec![Offer::builder("o-1").build()?, Offer::builder("o-2").build()?];
/// let needs = vec![Need::builder("n-1").build()?, Need::builder("n-2").build()?];
/// let dataset = Dataset { offers, needs, ..Dataset::default() };
/// let response = wire::explain(ExplainRequest { dataset, ..ExplainRequest::default() })?;
/// assert_eq!(response.explanations.len(), 4);
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn explain(request: ExplainRequest) -> Result<ExplainResponse, Error> {
    explain_with(request, NO_PROGRESS)
}

/// Explains pairs of needs and offers and reports progress; `total` counts pairs.
///
/// # Errors
///
/// As [`explain`], and `cancelled` if `on_progress` returns `Break`.
///
/// # Example: cancel at once
///
/// ```
/// use std::ops::ControlFlow;
/// use lotse::wire::{self, ExplainRequest};
/// let request = ExplainRequest::from_json(r#"{"offers": [{"id": "o-1"}], "needs": [{"id": "n-1"}]}"#)?;
/// let error = wire::explain_with(request, &|_| ControlFlow::Break(())).unwrap_err();
/// assert_eq!(error.code(), "cancelled");
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn explain_with(request: ExplainRequest, on_progress: &ProgressFn<'_>) -> Result<ExplainResponse, Error> {
    let (matcher, needs) = request.dataset.into_matcher()?;
    let offers = matcher.offers().count();
    let count = request.pairs.as_ref().map_or(needs.len().saturating_mul(offers), Vec::len);
    if count > MAX_WITH_REASONS {
        let root = Path::root(Record::Request);
        let message = format!("more than {MAX_WITH_REASONS} pairs to explain");
        return Err(Error::new(root.field("pairs").error(ErrorKind::Value, "pair.too_many", message)));
    }
    let ids: Vec<(&str, &str)> = match &request.pairs {
        Some(pairs) => pairs.iter().map(|pair| (pair.need.as_str(), pair.offer.as_str())).collect(),
        None => {
            let pairs = |need| matcher.offers().map(move |offer| (need, offer.id()));
            needs.iter().map(Need::id).flat_map(pairs).collect()
        }
    };
    let explanations = matcher.explain_all(&needs, &ids, ExplainOptions::new().progress(on_progress))?;
    let progress = ProgressReporter::new(on_progress);
    let count = explanations.len();
    let data = explanations.iter().map_while(|one| {
        let is_cancelled = progress.report(count, count);
        (!is_cancelled).then(|| ExplanationData::new(one, request.lang, matcher.vocabulary()))
    });
    let explanations = data.collect();
    progress.unless_cancelled(ExplainResponse { explanations })
}

/// Explains pairs of needs and offers, from JSON text to JSON text.
///
/// # Errors
///
/// `json.syntax`, or every error of the request.
///
/// # Example: no needs, no explanations
///
/// ```
/// let response = lotse::wire::explain_json(r#"{"offers": [{"id": "o-1"}]}"#)?;
/// assert_eq!(response, r#"{"explanations":[]}"#);
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn explain_json(request: &str) -> Result<String, Error> {
    to_json(explain(ExplainRequest::from_json(request)?)?)
}

/// Explains pairs of needs and offers, from JSON text to JSON text; `today` is the default of `as_of`.
///
/// # Errors
///
/// As [`explain_json`], and `date` if `today` is not a date.
///
/// # Example: places that are known since yesterday
///
/// ```
/// let request = r#"{"offers": [{"id": "o-1", "capacity": {"free": 2, "updated": "2026-11-22"}}], "needs": [{"id": "n-1"}]}"#;
/// assert_eq!(lotse::wire::explain_json(request).unwrap_err().code(), "request.as_of.missing");
/// assert!(lotse::wire::explain_json_on(request, "2026-11-23")?.contains(r#""matches":true"#));
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn explain_json_on(request: &str, today: &str) -> Result<String, Error> {
    explain_value_on(&Value::from_json(request)?, today, NO_PROGRESS)
}

/// Explains pairs of needs and offers, from a value to JSON text, and reports progress; `today` is the default of `as_of`.
///
/// # Errors
///
/// Every error of the request, `date` if `today` is not a date, and `cancelled` if `on_progress` returns `Break`.
///
/// # Example: `today` in another format
///
/// ```
/// use std::ops::ControlFlow;
/// use lotse::wire::{Value, explain_value_on};
/// let request = Value::Object(vec![]);
/// let on_progress = |_| ControlFlow::Continue(());
/// assert_eq!(explain_value_on(&request, "2026-11-23", &on_progress)?, r#"{"explanations":[]}"#);
/// assert_eq!(explain_value_on(&request, "23.11.2026", &on_progress).unwrap_err().code(), "date");
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn explain_value_on(request: &Value, today: &str, on_progress: &ProgressFn<'_>) -> Result<String, Error> {
    let today: Date = today.parse()?;
    let mut request = ExplainRequest::from_value(request)?;
    request.dataset.as_of.get_or_insert(today);
    to_json(explain_with(request, on_progress)?)
}
