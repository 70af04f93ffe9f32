//! The operation `check`: the errors of records, and warnings about correct records that may not be what was meant.

use std::fmt;

use serde::Serialize;

use crate::{
    decode::{
        path::{Path, Record},
        value::Value,
    },
    error::{Error, ErrorDetail, ErrorSink},
    util::{
        date::Date,
        progress::{NO_PROGRESS, ProgressFn, ProgressReporter},
    },
    wire::{
        dataset::{Dataset, decode_and_look_up},
        response::to_json,
        warn_capacity::warn_of_capacity,
        warn_code,
        warn_land::warn_of_other_land,
        warn_place::Places,
    },
};

/// A request to check records, which may be wrong.
///
/// # Example: an error is part of the response
///
/// ```
/// use lotse::wire::{self, CheckRequest};
/// let report = wire::check(CheckRequest::from_json(r#"{"needs": [{"id": "n-1", "age": "thirty"}]}"#)?)?;
/// assert_eq!((report.needs, report.errors[0].path()), (1, "needs[0].age"));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone)]
pub struct CheckRequest<'a> {
    value: Value<'a>,
    today: Option<Date>,
}

/// The errors and warnings about records.
///
/// # Example: an unknown language
///
/// ```
/// use lotse::wire::{self, CheckRequest, Value};
/// let request = Value::from_json(r#"{"offers": [{"id": "o-1", "languages": ["xqq"]}]}"#)?;
/// let report = wire::check(CheckRequest::from_value(request))?;
/// assert_eq!(report.errors[0].path(), "offers[0].languages[0]");
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct CheckReport {
    /// The number of offers, wrong ones included.
    pub offers: usize,
    /// The number of needs, wrong ones included.
    pub needs: usize,
    /// The errors, at most 100: other operations refuse these records.
    pub errors: Vec<ErrorDetail>,
    /// The warnings, at most 100: other operations accept these records, but a person should look at them.
    pub warnings: Vec<ErrorDetail>,
}

impl<'a> CheckRequest<'a> {
    /// Parses a request from JSON text, without checking it.
    ///
    /// # Errors
    ///
    /// `json.syntax`; [`check`] reports everything else.
    ///
    /// # Example: text that is not JSON
    ///
    /// ```
    /// use lotse::wire::CheckRequest;
    /// assert_eq!(CheckRequest::from_json("id;name").unwrap_err().code(), "json.syntax");
    /// ```
    pub fn from_json(text: &'a str) -> Result<Self, Error> {
        Ok(Self::from_value(Value::from_json(text)?))
    }

    /// Creates a request from a value, without checking it.
    ///
    /// # Example: a value that is not a request
    ///
    /// ```
    /// use lotse::wire::{self, CheckRequest, Value};
    /// let report = wire::check(CheckRequest::from_value(Value::Int(5)))?;
    /// assert_eq!(report.errors[0].code(), "request.type");
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn from_value(value: Value<'a>) -> Self {
        Self { value, today: None }
    }
}

impl fmt::Debug for CheckRequest<'_> {
    /// Omits the records, because needs are among them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CheckRequest").finish_non_exhaustive()
    }
}

/// Checks records.
///
/// # Errors
///
/// None: the errors of the records are part of the response.
///
/// # Example: a code that the tables do not list
///
/// ```
/// use lotse::wire::{self, CheckRequest};
/// let report = wire::check(CheckRequest::from_json(r#"{"offers": [{"id": "o-1", "access": ["wheelchiar"]}]}"#)?)?;
/// assert_eq!(report.errors, []);
/// assert_eq!(report.warnings[0].code(), "offer.access.unlisted");
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn check(request: CheckRequest<'_>) -> Result<CheckReport, Error> {
    check_with(request, NO_PROGRESS)
}

/// Checks records and reports progress; `total` counts records.
///
/// # Errors
///
/// `cancelled` if `on_progress` returns `Break`.
///
/// # Example: cancel at once
///
/// ```
/// use std::ops::ControlFlow;
/// use lotse::wire::{self, CheckRequest};
/// let request = CheckRequest::from_json(r#"{"needs": [{"id": "n-1"}]}"#)?;
/// let error = wire::check_with(request, &|_| ControlFlow::Break(())).unwrap_err();
/// assert_eq!(error.code(), "cancelled");
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn check_with(request: CheckRequest<'_>, on_progress: &ProgressFn<'_>) -> Result<CheckReport, Error> {
    let progress = ProgressReporter::new(on_progress);
    let (mut dataset, errors) = decode_and_look_up(&request.value, &progress);
    let mut errors = errors.into_details();
    if let Some(today) = request.today {
        dataset.as_of.get_or_insert(today);
        errors.retain(|error| error.code() != "request.as_of.missing");
    }
    let warnings = warnings(&dataset, &progress);
    progress.unless_cancelled(CheckReport {
        offers: dataset.offers.len(),
        needs: dataset.needs.len(),
        errors,
        warnings: warnings.into_details(),
    })
}

fn warnings(dataset: &Dataset, progress: &ProgressReporter<'_>) -> ErrorSink {
    let mut warnings = ErrorSink::default();
    let total = dataset.offers.len().saturating_add(dataset.needs.len());
    let places = Places::new(dataset.vocabulary.regions());
    let at = Path::root(Record::Request);
    let list = at.field("offers");
    for (index, offer) in dataset.offers.iter().enumerate() {
        if progress.report(index, total) {
            return warnings;
        }
        let at = list.item(index).with_record(Record::Offer).with_suggestions(&dataset.vocabulary);
        warn_code::warn_of_offer(&mut warnings, &at, offer, &dataset.vocabulary);
        places.warn_of_offer(&mut warnings, &at, offer);
        warn_of_capacity(&mut warnings, &at, offer, dataset.as_of, &dataset.policy);
    }
    let list = at.field("needs");
    for (index, need) in dataset.needs.iter().enumerate() {
        if progress.report(dataset.offers.len().saturating_add(index), total) {
            return warnings;
        }
        let at = list.item(index).with_record(Record::Need);
        warn_code::warn_of_need(&mut warnings, &at, need, &dataset.vocabulary);
        places.warn_of_need(&mut warnings, &at, need);
    }
    warn_of_other_land(&mut warnings, &at, dataset);
    warnings
}

/// Checks records, from JSON text to JSON text.
///
/// # Errors
///
/// `json.syntax`.
///
/// # Example: a correct offer
///
/// ```
/// let report = lotse::wire::check_json(r#"{"offers": [{"id": "o-1"}]}"#)?;
/// assert_eq!(report, r#"{"offers":1,"needs":0,"errors":[],"warnings":[]}"#);
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn check_json(request: &str) -> Result<String, Error> {
    to_json(check(CheckRequest::from_json(request)?)?)
}

/// Checks records, from JSON text to JSON text; `today` is the default of `as_of`.
///
/// # Errors
///
/// As [`check_json`], and `date` if `today` is not a date.
///
/// # Example: places that were last known in January
///
/// ```
/// let request = r#"{"offers": [{"id": "o-1", "capacity": {"free": 2, "updated": "2026-01-05"}}]}"#;
/// assert!(lotse::wire::check_json_on(request, "2026-11-23")?.contains("offer.capacity.stale"));
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn check_json_on(request: &str, today: &str) -> Result<String, Error> {
    check_value_on(Value::from_json(request)?, today, NO_PROGRESS)
}

/// Checks records, from a value to JSON text, and reports progress; `today` is the default of `as_of`.
///
/// # Errors
///
/// `date` if `today` is not a date, and `cancelled` if `on_progress` returns `Break`.
///
/// # Example: no records
///
/// ```
/// use std::ops::ControlFlow;
/// use lotse::wire::{Value, check_value_on};
/// let report = check_value_on(Value::Object(vec![]), "2026-11-23", &|_| ControlFlow::Continue(()))?;
/// assert_eq!(report, r#"{"offers":0,"needs":0,"errors":[],"warnings":[]}"#);
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn check_value_on(request: Value<'_>, today: &str, on_progress: &ProgressFn<'_>) -> Result<String, Error> {
    let today = Some(today.parse()?);
    to_json(check_with(CheckRequest { today, ..CheckRequest::from_value(request) }, on_progress)?)
}
