//! The operation `diagnose`.

use std::fmt;

use serde::Serialize;

use crate::wire::{
    dataset::{Dataset, decode_request},
    limits::{MAX_WITH_REASONS, check_results},
    response::{serialize_facts, to_json},
};
use crate::{
    decode::{decoder::Fields, path::Path, value::Value},
    error::{Error, ErrorSink},
    matcher::{DEFAULT_NEAR_MISSES, DiagnoseOptions, Diagnosis, NearMiss},
    model::{criterion::Criterion, enums::Lang, reason::Fact},
    util::{
        date::Date,
        fixed::Score,
        progress::{NO_PROGRESS, ProgressFn, ProgressReporter},
    },
    vocabulary::Vocabulary,
};

/// The largest `near_misses`.
const MAX_DEFAULT_NEAR_MISSES: i64 = 1_000;

/// A request to diagnose why no more offers match.
///
/// # Example: an offer in another language
///
/// ```
/// use lotse::wire::{self, DiagnoseRequest};
/// let request = DiagnoseRequest::from_json(
///     r#"{"offers": [{"id": "o-1", "languages": ["de"]}], "needs": [{"id": "n-1", "languages": ["ti"]}]}"#,
/// )?;
/// let diagnosis = &wire::diagnose(request)?.diagnoses[0];
/// assert_eq!((diagnosis.offers, diagnosis.matching), (1, 0));
/// assert_eq!(diagnosis.near_misses[0].changes[0].code, "change.interpreter");
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct DiagnoseRequest {
    /// Offers, needs, and how they are assessed.
    pub dataset: Dataset,
    /// The largest number of near misses for each need, 0 to 1000; 3 by default.
    pub near_misses: usize,
    /// The language of sentences; English by default.
    pub lang: Lang,
}

impl Default for DiagnoseRequest {
    fn default() -> Self {
        Self { dataset: Dataset::default(), near_misses: DEFAULT_NEAR_MISSES, lang: Lang::En }
    }
}

/// A diagnosis for each need, in the order of the needs.
///
/// # Example: one diagnosis for each need
///
/// ```
/// use lotse::wire::{self, DiagnoseRequest};
/// let response = wire::diagnose(DiagnoseRequest::from_json(r#"{"offers": [{"id": "o-1", "languages": ["de"]}], "needs": [{"id": "n-1", "languages": ["ti"]}]}"#)?)?;
/// assert_eq!(response.diagnoses.len(), 1);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct DiagnoseResponse {
    /// The diagnoses.
    pub diagnoses: Vec<DiagnosisData>,
}

/// The reasons why no more offers match one need.
///
/// # Example: no offer matches
///
/// ```
/// use lotse::wire::{self, DiagnoseRequest};
/// let response = wire::diagnose(DiagnoseRequest::from_json(r#"{"offers": [{"id": "o-1", "languages": ["de"]}], "needs": [{"id": "n-1", "languages": ["ti"]}]}"#)?)?;
/// assert_eq!((response.diagnoses[0].offers, response.diagnoses[0].matching), (1, 0));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Eq, PartialEq, Serialize)]
pub struct DiagnosisData {
    /// The need's id.
    pub need: String,
    /// The number of all offers.
    pub offers: usize,
    /// The number of offers that match.
    pub matching: usize,
    /// The criteria that exclude at least one offer, in their order.
    pub blocked: Vec<BlockedOffersData>,
    /// The excluded offers that are closest to matching, the closest first.
    pub near_misses: Vec<NearMissData>,
}

impl fmt::Debug for DiagnosisData {
    /// Shows the id of the need only, so that no log repeats a value of a need.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DiagnosisData").field("need", &self.need).finish_non_exhaustive()
    }
}

/// The number of offers that one criterion excludes.
///
/// # Example: the offers that the language excludes
///
/// ```
/// use lotse::wire::{self, DiagnoseRequest};
/// let response = wire::diagnose(DiagnoseRequest::from_json(r#"{"offers": [{"id": "o-1", "languages": ["de"]}], "needs": [{"id": "n-1", "languages": ["ti"]}]}"#)?)?;
/// assert_eq!((response.diagnoses[0].blocked[0].offers, response.diagnoses[0].blocked[0].only), (1, 1));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub struct BlockedOffersData {
    /// The criterion.
    pub criterion: Criterion,
    /// The number of offers that it excludes, alone or with other criteria.
    pub offers: usize,
    /// The number of offers that it alone excludes.
    pub only: usize,
}

/// An excluded offer, and the changes that would make it match.
///
/// # Example: the nearest excluded offer
///
/// ```
/// use lotse::wire::{self, DiagnoseRequest};
/// let response = wire::diagnose(DiagnoseRequest::from_json(r#"{"offers": [{"id": "o-1", "languages": ["de"]}], "needs": [{"id": "n-1", "languages": ["ti"]}]}"#)?)?;
/// assert_eq!(response.diagnoses[0].near_misses[0].offer, "o-1");
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct NearMissData {
    /// The offer's id.
    pub offer: String,
    /// The score, 0 to 1, as if nothing excluded the offer.
    pub score: Score,
    /// The criteria that a person should check.
    pub to_check: Vec<Criterion>,
    /// The criteria that exclude the offer.
    pub blockers: Vec<Criterion>,
    /// One change for each of `blockers`; only all of them together make the offer match.
    pub changes: Vec<RequiredChangeData>,
}

/// The change of an offer after which one criterion no longer excludes it.
///
/// # Example: the required change of a near miss
///
/// ```
/// use lotse::wire::{self, DiagnoseRequest};
/// let response = wire::diagnose(DiagnoseRequest::from_json(r#"{"offers": [{"id": "o-1", "languages": ["de"]}], "needs": [{"id": "n-1", "languages": ["ti"]}]}"#)?)?;
/// assert_eq!(response.diagnoses[0].near_misses[0].changes[0].code, "change.interpreter");
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Eq, PartialEq, Serialize)]
pub struct RequiredChangeData {
    /// The criterion.
    pub criterion: Criterion,
    /// The stable code of the change, such as `change.interpreter`.
    pub code: String,
    /// The facts of the change, by name.
    #[serde(serialize_with = "serialize_facts")]
    pub facts: Vec<(&'static str, Fact)>,
    /// The change as a sentence.
    pub text: String,
}

impl fmt::Debug for RequiredChangeData {
    /// Shows no fact, so that no log repeats a value of a need.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequiredChangeData").field("criterion", &self.criterion).finish_non_exhaustive()
    }
}

impl DiagnosisData {
    /// Converts a diagnosis to data, with changes as sentences in `lang`.
    ///
    /// # Example: the closest offer
    ///
    /// ```
    /// use lotse::{Lang, Matcher, Need, Offer, wire::DiagnosisData};
    /// let matcher = Matcher::builder().offers([Offer::builder("o-1").language("de").build()?]).build()?;
    /// let diagnosis = matcher.diagnose(&Need::builder("n-1").language("ti").build()?, 3)?;
    /// let data = DiagnosisData::new(&diagnosis, Lang::De, matcher.vocabulary());
    /// assert_eq!(data.near_misses[0].changes[0].text, "Würde mit Dolmetscher für Tigrinya passen.");
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn new(diagnosis: &Diagnosis, lang: Lang, vocabulary: &Vocabulary) -> Self {
        let blocked = diagnosis.blocked().iter().map(|blocked| BlockedOffersData {
            criterion: blocked.criterion(),
            offers: blocked.offers(),
            only: blocked.only(),
        });
        let near_misses = diagnosis.near_misses().iter().map(|miss| NearMissData::new(miss, lang, vocabulary));
        Self {
            need: diagnosis.need().to_owned(),
            offers: diagnosis.offers(),
            matching: diagnosis.matching(),
            blocked: blocked.collect(),
            near_misses: near_misses.collect(),
        }
    }
}

impl NearMissData {
    fn new(miss: &NearMiss, lang: Lang, vocabulary: &Vocabulary) -> Self {
        let changes = miss.changes().iter().map(|change| RequiredChangeData {
            criterion: change.criterion(),
            code: change.reason().code().to_owned(),
            facts: change.reason().facts().map(|(name, fact)| (name, fact.clone())).collect(),
            text: change.text(lang, vocabulary),
        });
        Self {
            offer: miss.assessment().offer().to_owned(),
            score: miss.assessment().score(),
            to_check: miss.assessment().to_check().collect(),
            blockers: miss.blockers().collect(),
            changes: changes.collect(),
        }
    }
}

impl DiagnoseRequest {
    /// Parses a request from JSON text.
    ///
    /// # Errors
    ///
    /// `json.syntax`, or every error of the request. If only codes or ids are wrong, [`diagnose`] reports them.
    ///
    /// # Example: too many near misses
    ///
    /// ```
    /// let error = lotse::wire::DiagnoseRequest::from_json(r#"{"near_misses": 1001}"#).unwrap_err();
    /// assert_eq!((error.code(), error.path()), ("request.range", "near_misses"));
    /// ```
    pub fn from_json(text: &str) -> Result<Self, Error> {
        Self::from_value(&Value::from_json(text)?)
    }

    /// Decodes a request.
    ///
    /// # Errors
    ///
    /// Every error of the request. If only codes or ids are wrong, [`diagnose`] reports them.
    ///
    /// # Example: the closest offer only
    ///
    /// ```
    /// use lotse::wire::{DiagnoseRequest, Value};
    /// let request = DiagnoseRequest::from_value(&Value::Object(vec![("near_misses".into(), Value::Int(1))]))?;
    /// assert_eq!(request.near_misses, 1);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn from_value(value: &Value) -> Result<Self, Error> {
        const FIELDS: &[&str] = &["offers", "needs", "policy", "vocabulary", "as_of", "near_misses", "lang"];
        let (dataset, request, errors) = decode_request(value, FIELDS, Self::decode_options);
        errors.into_result(Self { dataset, ..request })
    }

    fn decode_options(errors: &mut ErrorSink, at: &Path<'_>, fields: &Fields<'_>) -> Self {
        let mut request = Self::default();
        if let Some(value) = fields.get("near_misses") {
            let at = at.field("near_misses");
            request.near_misses =
                errors.integer(&at, value, 0..=MAX_DEFAULT_NEAR_MISSES).unwrap_or(request.near_misses);
        }
        if let Some(value) = fields.get("lang") {
            request.lang = errors.string_enum(&at.field("lang"), value).unwrap_or(request.lang);
        }
        request
    }
}

/// Diagnoses why no more offers match.
///
/// # Errors
///
/// Every tag, key and id that is wrong; `request.too_many` if `near_misses` asks for more than 10 of each need and for more than
/// 100 000 in all.
///
/// # Example: the blocking criterion
///
/// ```
/// use lotse::{Criterion, Need, Offer, wire::{self, Dataset, DiagnoseRequest}};
/// let offers = vec![Offer::builder("o-1").language("uk").build()?, Offer::builder("o-2").language("de").build()?];
/// let needs = vec![Need::builder("n-1").language("de").build()?];
/// let dataset = Dataset { offers, needs, ..Dataset::default() };
/// let response = wire::diagnose(DiagnoseRequest { dataset, ..DiagnoseRequest::default() })?;
/// assert_eq!(response.diagnoses[0].matching, 1);
/// assert_eq!(response.diagnoses[0].blocked[0].criterion, Criterion::Language);
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn diagnose(request: DiagnoseRequest) -> Result<DiagnoseResponse, Error> {
    diagnose_with(request, NO_PROGRESS)
}

/// Diagnoses why no more offers match, and reports progress; `total` counts distinct needs.
///
/// # Errors
///
/// As [`diagnose`], and `cancelled` if `on_progress` returns `Break`.
///
/// # Example: cancel at once
///
/// ```
/// use std::ops::ControlFlow;
/// use lotse::wire::{self, DiagnoseRequest};
/// let request = DiagnoseRequest::from_json(r#"{"needs": [{"id": "n-1"}]}"#)?;
/// let error = wire::diagnose_with(request, &|_| ControlFlow::Break(())).unwrap_err();
/// assert_eq!(error.code(), "cancelled");
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn diagnose_with(request: DiagnoseRequest, on_progress: &ProgressFn<'_>) -> Result<DiagnoseResponse, Error> {
    let (matcher, needs) = request.dataset.into_matcher()?;
    let each = request.near_misses.min(matcher.offers().count());
    check_results("near_misses", needs.len(), each, MAX_WITH_REASONS)?;
    let options = DiagnoseOptions::new().near_misses(request.near_misses).progress(on_progress);
    let diagnoses = matcher.diagnose_all(&needs, options)?;
    let (progress, count) = (ProgressReporter::new(on_progress), diagnoses.len());
    let data = diagnoses.iter().map_while(|diagnosis| {
        let is_cancelled = progress.report(count, count);
        (!is_cancelled).then(|| DiagnosisData::new(diagnosis, request.lang, matcher.vocabulary()))
    });
    let diagnoses = data.collect();
    progress.unless_cancelled(DiagnoseResponse { diagnoses })
}

/// Diagnoses why no more offers match, from JSON text to JSON text.
///
/// # Errors
///
/// `json.syntax`, or every error of the request.
///
/// # Example: no offers
///
/// ```
/// let response = lotse::wire::diagnose_json(r#"{"needs": [{"id": "n-1"}]}"#)?;
/// assert_eq!(response, r#"{"diagnoses":[{"need":"n-1","offers":0,"matching":0,"blocked":[],"near_misses":[]}]}"#);
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn diagnose_json(request: &str) -> Result<String, Error> {
    to_json(diagnose(DiagnoseRequest::from_json(request)?)?)
}

/// Diagnoses why no more offers match, from JSON text to JSON text; `today` is the default of `as_of`.
///
/// # Errors
///
/// As [`diagnose_json`], and `date` if `today` is not a date.
///
/// # Example: places that are known since yesterday
///
/// ```
/// let request = r#"{"offers": [{"id": "o-1", "capacity": {"free": 0, "updated": "2026-11-22"}}], "needs": [{"id": "n-1"}]}"#;
/// assert_eq!(lotse::wire::diagnose_json(request).unwrap_err().code(), "request.as_of.missing");
/// assert!(lotse::wire::diagnose_json_on(request, "2026-11-23")?.contains(r#""blockers":["capacity"]"#));
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn diagnose_json_on(request: &str, today: &str) -> Result<String, Error> {
    diagnose_value_on(&Value::from_json(request)?, today, NO_PROGRESS)
}

/// Diagnoses why no more offers match, from a value to JSON text, and reports progress; `today` is the default of `as_of`.
///
/// # Errors
///
/// Every error of the request, `date` if `today` is not a date, and `cancelled` if `on_progress` returns `Break`.
///
/// # Example: no needs, no diagnoses
///
/// ```
/// use std::ops::ControlFlow;
/// use lotse::wire::{Value, diagnose_value_on};
/// let response = diagnose_value_on(&Value::Object(vec![]), "2026-11-23", &|_| ControlFlow::Continue(()))?;
/// assert_eq!(response, r#"{"diagnoses":[]}"#);
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn diagnose_value_on(request: &Value, today: &str, on_progress: &ProgressFn<'_>) -> Result<String, Error> {
    let today: Date = today.parse()?;
    let mut request = DiagnoseRequest::from_value(request)?;
    request.dataset.as_of.get_or_insert(today);
    to_json(diagnose_with(request, on_progress)?)
}
