//! The operation `allocate`.

use crate::wire::{
    allocation_data::AllocateResponse,
    dataset::{Dataset, decode_request},
    pair::Pair,
    response::to_json,
};
use crate::{
    allocate::options::{AllocateOptions, FixedReferral, ListPath, PreviousReferral},
    decode::{decoder::Fields, path::Path, value::Value},
    error::{Error, ErrorSink},
    model::enums::Lang,
    util::{
        date::Date,
        fixed::Score,
        progress::{NO_PROGRESS, ProgressFn, ProgressReporter},
    },
};

/// The largest number of fixed referrals, and of previous ones.
const MAX_REFERRALS: usize = 1_000_000;

/// A request to allocate the places of offers to needs.
///
/// # Example: a fixed referral
///
/// ```
/// use lotse::wire::{self, AllocateRequest};
/// let request = AllocateRequest::from_json(
///     r#"{"offers": [{"id": "o-1", "capacity": 1}], "needs": [{"id": "n-1"}, {"id": "n-2", "priority": "stat"}],
///         "fixed": [{"need": "n-1", "offer": "o-1"}]}"#,
/// )?;
/// let plan = wire::allocate(request)?;
/// assert_eq!((plan.referrals[0].need.as_str(), plan.referrals[0].fixed), ("n-1", true));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct AllocateRequest {
    /// Offers, needs, and how they are assessed.
    pub dataset: Dataset,
    /// Fixed and previous referrals, and the moves that are allowed.
    pub options: AllocateOptions<'static>,
    /// The language of sentences; English by default.
    pub lang: Lang,
}

impl Default for AllocateRequest {
    fn default() -> Self {
        Self { dataset: Dataset::default(), options: AllocateOptions::new(), lang: Lang::En }
    }
}

impl AllocateRequest {
    /// Parses a request from JSON text.
    ///
    /// # Errors
    ///
    /// `json.syntax`, or every error of the request. If only codes or ids are wrong, [`allocate`] reports them.
    ///
    /// # Example: a previous referral without an offer
    ///
    /// ```
    /// let error = lotse::wire::AllocateRequest::from_json(r#"{"previous": [{"need": "n-1"}]}"#).unwrap_err();
    /// assert_eq!((error.code(), error.path()), ("request.missing_field", "previous[0].offer"));
    /// ```
    pub fn from_json(text: &str) -> Result<Self, Error> {
        Self::from_value(&Value::from_json(text)?)
    }

    /// Decodes a request.
    ///
    /// # Errors
    ///
    /// Every error of the request. If only codes or ids are wrong, [`allocate`] reports them.
    ///
    /// # Example: keep the previous plan
    ///
    /// ```
    /// use lotse::{AllocateOptions, MoveMode, wire::{AllocateRequest, Value}};
    /// let request = AllocateRequest::from_value(&Value::Object(vec![("moves".into(), "none".into())]))?;
    /// let options = AllocateOptions::new().moves(MoveMode::None);
    /// assert_eq!(format!("{:?}", request.options), format!("{options:?}"));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn from_value(value: &Value) -> Result<Self, Error> {
        const FIELDS: &[&str] = &[
            "offers",
            "needs",
            "policy",
            "vocabulary",
            "as_of",
            "fixed",
            "previous",
            "moves",
            "min_score",
            "neighbour_serves",
            "lang",
        ];
        let (dataset, request, errors) = decode_request(value, FIELDS, Self::decode_own);
        errors.into_result(Self { dataset, ..request })
    }

    fn decode_own(errors: &mut ErrorSink, at: &Path<'_>, fields: &Fields<'_>) -> Self {
        let mut request = Self { options: decode_options(errors, at, fields), ..Self::default() };
        if let Some(value) = fields.get("lang") {
            request.lang = errors.string_enum(&at.field("lang"), value).unwrap_or(request.lang);
        }
        request
    }
}

fn decode_options(errors: &mut ErrorSink, at: &Path<'_>, fields: &Fields<'_>) -> AllocateOptions<'static> {
    let mut options = AllocateOptions::new();
    if let Some(value) = fields.get("fixed") {
        let list = &mut options.fixed_path;
        options.fixed = decode_referrals(errors, &at.field("fixed"), value, list, decode_fixed);
    }
    if let Some(value) = fields.get("previous") {
        let list = &mut options.previous_path;
        options.previous = decode_referrals(errors, &at.field("previous"), value, list, decode_previous);
    }
    if let Some(value) = fields.get("moves") {
        options.moves = errors.string_enum(&at.field("moves"), value).unwrap_or(options.moves);
    }
    if let Some(value) = fields.get("min_score") {
        options.min_score = errors.fit(&at.field("min_score"), value).map_or(Score::ZERO, Score::from);
    }
    if let Some(value) = fields.get("neighbour_serves") {
        let serves = errors.boolean(&at.field("neighbour_serves"), value);
        options.neighbour_serves = serves.unwrap_or(options.neighbour_serves);
    }
    options
}

/// Decodes a list of referrals, or the response of `allocate`, of which all but the ids of its referrals are ignored.
fn decode_referrals<'v, T>(
    errors: &mut ErrorSink,
    at: &Path<'_>,
    value: &'v Value<'v>,
    list: &mut ListPath,
    decode: impl FnMut(&mut ErrorSink, &Path<'_>, &'v Value<'v>) -> Option<T>,
) -> Vec<T> {
    const FIELDS: &[&str] = &["unmet", "referrals", "offers", "objective", "bound", "certificate"];
    let Value::Object(_) = value else { return errors.decode_items_up_to(MAX_REFERRALS, at, value, decode) };
    list.is_plan = true;
    let Some(fields) = errors.fields(at, value, FIELDS) else { return Vec::new() };
    let at = at.field("referrals");
    match fields.get("referrals") {
        Some(referrals) => errors.decode_items_up_to(MAX_REFERRALS, &at, referrals, decode),
        None => {
            errors.missing_field(&at);
            Vec::new()
        }
    }
}

fn decode_fixed(errors: &mut ErrorSink, at: &Path<'_>, value: &Value) -> Option<FixedReferral> {
    let (Pair { need, offer }, is_counted) = decode_referral(errors, at, value)?;
    let fixed = FixedReferral::new(need, offer);
    Some(if is_counted { fixed.counted() } else { fixed })
}

fn decode_previous(errors: &mut ErrorSink, at: &Path<'_>, value: &Value) -> Option<PreviousReferral> {
    let (Pair { need, offer }, is_counted) = decode_referral(errors, at, value)?;
    let previous = PreviousReferral::new(need, offer);
    Some(if is_counted { previous.counted() } else { previous })
}

/// Decodes the ids of a referral, and whether it is counted.
fn decode_referral(errors: &mut ErrorSink, at: &Path<'_>, value: &Value) -> Option<(Pair, bool)> {
    // Those after `counted` are of a referral in a response.
    const FIELDS: &[&str] = &["need", "offer", "counted", "score", "fixed", "neighbour", "to_check", "breaks"];
    let fields = errors.fields(at, value, FIELDS)?;
    let pair = Pair::from_fields(errors, at, &fields);
    let counted = fields.get("counted").and_then(|value| errors.boolean(&at.field("counted"), value));
    Some((pair?, counted == Some(true)))
}

/// Allocates the places of offers to needs in one optimal plan.
///
/// # Errors
///
/// Every tag, key and id that is wrong, and fixed referrals that are impossible.
///
/// # Example: the more urgent need first
///
/// ```
/// use lotse::{Need, Offer, Priority, wire::{self, AllocateRequest, Dataset}};
/// let offers = vec![Offer::builder("o-1").capacity(1).build()?];
/// let needs = vec![Need::builder("n-1").build()?, Need::builder("n-2").priority(Priority::Stat).build()?];
/// let dataset = Dataset { offers, needs, ..Dataset::default() };
/// let plan = wire::allocate(AllocateRequest { dataset, ..AllocateRequest::default() })?;
/// assert_eq!((plan.referrals[0].need.as_str(), plan.certificate.optimal), ("n-2", true));
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn allocate(request: AllocateRequest) -> Result<AllocateResponse, Error> {
    allocate_with(request, NO_PROGRESS)
}

/// Allocates the places of offers to needs in one optimal plan, and reports progress.
///
/// # Errors
///
/// As [`allocate`], and `cancelled` if `on_progress` returns `Break`.
///
/// # Example: cancel at once
///
/// ```
/// use std::ops::ControlFlow;
/// use lotse::wire::{self, AllocateRequest};
/// let request = AllocateRequest::from_json(r#"{"offers": [{"id": "o-1"}], "needs": [{"id": "n-1"}]}"#)?;
/// let error = wire::allocate_with(request, &|_| ControlFlow::Break(())).unwrap_err();
/// assert_eq!(error.code(), "cancelled");
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn allocate_with(request: AllocateRequest, on_progress: &ProgressFn<'_>) -> Result<AllocateResponse, Error> {
    let (matcher, needs) = request.dataset.into_matcher()?;
    let plan = matcher.allocate(&needs, &request.options.progress(on_progress))?;
    let progress = ProgressReporter::new(on_progress);
    progress.unless_cancelled(AllocateResponse::build(&plan, request.lang, matcher.vocabulary(), &progress))
}

/// Allocates the places of offers to needs, from JSON text to JSON text.
///
/// # Errors
///
/// `json.syntax`, or every error of the request.
///
/// # Example: one need, one place
///
/// ```
/// let request = r#"{"offers": [{"id": "o-1", "capacity": 1}], "needs": [{"id": "n-1"}]}"#;
/// assert!(lotse::wire::allocate_json(request)?.starts_with(r#"{"unmet":[],"referrals":[{"need":"n-1","offer":"o-1""#));
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn allocate_json(request: &str) -> Result<String, Error> {
    to_json(allocate(AllocateRequest::from_json(request)?)?)
}

/// Allocates the places of offers to needs, from JSON text to JSON text; `today` is the default of `as_of`.
///
/// # Errors
///
/// As [`allocate_json`], and `date` if `today` is not a date.
///
/// # Example: places that are known since yesterday
///
/// ```
/// let request = r#"{"offers": [{"id": "o-1", "capacity": {"free": 2, "updated": "2026-11-22"}}], "needs": [{"id": "n-1"}]}"#;
/// assert_eq!(lotse::wire::allocate_json(request).unwrap_err().code(), "request.as_of.missing");
/// assert!(lotse::wire::allocate_json_on(request, "2026-11-23")?.contains(r#""places":2,"used":1"#));
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn allocate_json_on(request: &str, today: &str) -> Result<String, Error> {
    allocate_value_on(&Value::from_json(request)?, today, NO_PROGRESS)
}

/// Allocates the places of offers to needs, from a value to JSON text, and reports progress; `today` is the default of
/// `as_of`.
///
/// # Errors
///
/// Every error of the request, `date` if `today` is not a date, and `cancelled` if `on_progress` returns `Break`.
///
/// # Example: nothing to allocate
///
/// ```
/// use std::ops::ControlFlow;
/// use lotse::wire::{Value, allocate_value_on};
/// let response = allocate_value_on(&Value::Object(vec![]), "2026-11-23", &|_| ControlFlow::Continue(()))?;
/// assert!(response.starts_with(r#"{"unmet":[],"referrals":[],"offers":[]"#));
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn allocate_value_on(request: &Value, today: &str, on_progress: &ProgressFn<'_>) -> Result<String, Error> {
    let today: Date = today.parse()?;
    let mut request = AllocateRequest::from_value(request)?;
    request.dataset.as_of.get_or_insert(today);
    to_json(allocate_with(request, on_progress)?)
}
