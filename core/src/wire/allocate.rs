//! The operation `allocate`.

use std::fmt;

use serde::ser::{Serialize, Serializer};

use crate::{
    allocate::{
        allocation::Allocation,
        options::{AllocateOptions, FixedReferral, ListPath, PreviousReferral},
    },
    decode::{decoder::Fields, path::Path, value::Value},
    error::{Error, ErrorSink},
    matcher::Matcher,
    model::{enums::Lang, need::Need},
    util::fixed::Score,
    vocabulary::Vocabulary,
    wire::{
        call_options::CallOptions,
        dataset::{Dataset, RecordIds, decode_lang, decode_request},
        op,
        operation::Operation,
        pair::required_pair,
    },
};

/// The largest number of fixed referrals, and of previous ones.
pub(super) const MAX_REFERRALS: usize = 1_000_000;

/// The fields of a request to allocate.
pub(super) const FIELDS: &[&str] = &[
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
/// The keys of a response, which may be the `previous` or `fixed` referrals of a request.
pub(super) const PLAN_FIELDS: &[&str] = &["unmet", "referrals", "offers", "objective", "bound", "certificate"];
/// The fields of a referral. Those after `counted` are of a response.
pub(super) const REFERRAL_FIELDS: &[&str] =
    &["need", "offer", "counted", "score", "fixed", "neighbour", "to_check", "breaks"];

/// A request to allocate the places of offers to needs, or to report on the plan.
///
/// # Example: a fixed referral
///
/// ```
/// use lotse::wire::{AllocateRequest, CallOptions, Operation, Value, op};
/// let request = AllocateRequest::from_value(&Value::from_json(
///     r#"{"offers": [{"id": "o-1", "capacity": 1}], "needs": [{"id": "n-1"}, {"id": "n-2", "priority": "stat"}],
///         "fixed": [{"need": "n-1", "offer": "o-1"}]}"#,
/// )?)?;
/// let response = op::Allocate::run(request, &CallOptions::new())?;
/// let referral = &response.allocation().referrals()[0];
/// assert_eq!((referral.need(), referral.is_fixed()), ("n-1", true));
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
    /// Decodes a request.
    ///
    /// # Errors
    ///
    /// Every error of the request. If only codes or ids are wrong, the operation reports them.
    ///
    /// # Example: a previous referral without an offer
    ///
    /// ```
    /// use lotse::wire::{AllocateRequest, Value};
    /// let error = AllocateRequest::from_value(&Value::from_json(r#"{"previous": [{"need": "n-1"}]}"#)?).unwrap_err();
    /// assert_eq!((error.code(), error.path()), ("request.missing_field", "previous[0].offer"));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn from_value(value: &Value<'_>) -> Result<Self, Error> {
        op::Allocate::decode(value, &CallOptions::new())
    }

    fn decode(value: &Value<'_>, options: &CallOptions<'_>) -> Result<Self, Error> {
        let decode_own = |errors: &mut ErrorSink, at: &Path<'_>, fields: &Fields<'_>| Self {
            options: decode_options(errors, at, fields),
            lang: decode_lang(errors, at, fields),
            ..Self::default()
        };
        let look_up_ids = |request: &Self, errors: &mut ErrorSink, ids: &RecordIds<'_>| {
            report_unknown_ids(&request.options, errors, ids);
        };
        let (dataset, request, errors) = decode_request(value, FIELDS, options, decode_own, look_up_ids);
        errors.into_result(Self { dataset, ..request })
    }

    /// Takes the dataset out of the request, and builds a matcher for its offers; returns it with the needs.
    ///
    /// # Errors
    ///
    /// As [`Dataset::into_matcher`], and the unknown ids of fixed referrals if there are other errors: all are reported at once.
    ///
    /// # Example: a matcher that shows what was planned
    ///
    /// ```
    /// use lotse::wire::{AllocateRequest, Value};
    /// let text = r#"{"offers": [{"id": "o-1", "name": "Opferhilfe", "capacity": 1}], "needs": [{"id": "n-1"}]}"#;
    /// let mut request = AllocateRequest::from_value(&Value::from_json(text)?)?;
    /// let (matcher, needs) = request.take_matcher()?;
    /// let plan = matcher.allocate(&needs, &request.options)?;
    /// assert_eq!(matcher.offer(plan.referrals()[0].offer()).and_then(|offer| offer.name()), Some("Opferhilfe"));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn take_matcher(&mut self) -> Result<(Matcher, Vec<Need>), Error> {
        let (dataset, options) = (std::mem::take(&mut self.dataset), &self.options);
        dataset.into_matcher_with(|errors, ids| report_unknown_ids(options, errors, ids))
    }

    /// Computes the plan.
    pub(super) fn allocate(mut self, options: &CallOptions<'_>) -> Result<AllocateResponse, Error> {
        let (matcher, needs) = self.take_matcher()?;
        let allocation = matcher.allocate(&needs, &self.options.progress(options.on_progress()))?;
        Ok(AllocateResponse { allocation, lang: self.lang, vocabulary: matcher.vocabulary().clone() })
    }
}

fn report_unknown_ids(options: &AllocateOptions<'_>, errors: &mut ErrorSink, ids: &RecordIds<'_>) {
    options.report_unknown_ids(errors, |id| ids.has_need(id), |id| ids.has_offer(id));
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
pub(super) fn decode_referrals<'v, T>(
    errors: &mut ErrorSink,
    at: &Path<'_>,
    value: &'v Value<'v>,
    list: &mut ListPath,
    decode: impl FnMut(&mut ErrorSink, &Path<'_>, &'v Value<'v>) -> Option<T>,
) -> Vec<T> {
    let Value::Object(_) = value else { return errors.decode_items_up_to(MAX_REFERRALS, at, value, decode) };
    list.is_plan = true;
    match errors.fields(at, value, PLAN_FIELDS) {
        Some(_) => decode_list_of_response(errors, at, value, "referrals", decode),
        None => Vec::new(),
    }
}

/// Decodes a list of a response of `allocate`, which must state it, even if it is empty.
pub(super) fn decode_list_of_response<'v, T>(
    errors: &mut ErrorSink,
    at: &Path<'_>,
    response: &'v Value<'v>,
    name: &str,
    decode: impl FnMut(&mut ErrorSink, &Path<'_>, &'v Value<'v>) -> Option<T>,
) -> Vec<T> {
    let at = at.field(name);
    let Value::Object(entries) = response else { return Vec::new() };
    // An empty list otherwise counts as absent.
    match entries
        .iter()
        .find(|(field, value)| field == name && (!value.is_absent() || matches!(value, Value::Array(_))))
    {
        Some((_, list)) => errors.decode_items_up_to(MAX_REFERRALS, &at, list, decode),
        None => {
            errors.missing_field(&at);
            Vec::new()
        }
    }
}

fn decode_fixed(errors: &mut ErrorSink, at: &Path<'_>, value: &Value) -> Option<FixedReferral> {
    let ((need, offer), is_counted) = decode_referral(errors, at, value)?;
    let fixed = FixedReferral::new(need, offer);
    Some(if is_counted { fixed.counted() } else { fixed })
}

pub(super) fn decode_previous(errors: &mut ErrorSink, at: &Path<'_>, value: &Value) -> Option<PreviousReferral> {
    let ((need, offer), is_counted) = decode_referral(errors, at, value)?;
    let previous = PreviousReferral::new(need, offer);
    Some(if is_counted { previous.counted() } else { previous })
}

/// Decodes the ids of the need and the offer of a referral, and whether it is counted.
pub(super) fn decode_referral<'v>(
    errors: &mut ErrorSink,
    at: &Path<'_>,
    value: &'v Value<'v>,
) -> Option<((&'v str, &'v str), bool)> {
    let fields = errors.fields(at, value, REFERRAL_FIELDS)?;
    let pair = required_pair(errors, at, &fields, ["need", "offer"]);
    let counted = fields.get("counted").and_then(|value| errors.boolean(&at.field("counted"), value));
    Some((pair?, counted == Some(true)))
}

/// A plan for all needs.
///
/// # Example: one place for two needs
///
/// ```
/// use lotse::wire::{AllocateRequest, CallOptions, Operation, Value, op};
/// let text = r#"{"offers": [{"id": "o-1", "capacity": 1}], "needs": [{"id": "n-1"}, {"id": "n-2"}]}"#;
/// let response = op::Allocate::run(AllocateRequest::from_value(&Value::from_json(text)?)?, &CallOptions::new())?;
/// assert_eq!(response.allocation().unmet().len(), 1);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone)]
pub struct AllocateResponse {
    pub(super) allocation: Allocation,
    pub(super) lang: Lang,
    pub(super) vocabulary: Vocabulary,
}

impl AllocateResponse {
    /// Returns the plan.
    pub fn allocation(&self) -> &Allocation {
        &self.allocation
    }
}

impl fmt::Debug for AllocateResponse {
    /// Shows counts only.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AllocateResponse")
            .field("referrals", &self.allocation.referrals().len())
            .field("unmet", &self.allocation.unmet().len())
            .finish_non_exhaustive()
    }
}

impl Serialize for AllocateResponse {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.allocation.localized(self.lang, &self.vocabulary).serialize(serializer)
    }
}

impl Operation for op::Allocate {
    const NAME: &'static str = "allocate";
    type Request = AllocateRequest;
    type Response = AllocateResponse;

    fn decode(value: &Value<'_>, options: &CallOptions<'_>) -> Result<AllocateRequest, Error> {
        AllocateRequest::decode(value, options)
    }

    fn run(request: AllocateRequest, options: &CallOptions<'_>) -> Result<AllocateResponse, Error> {
        request.allocate(options)
    }
}
