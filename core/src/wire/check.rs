//! The operation `check`: the errors of records, and warnings about correct records that may not be what was meant.

use std::{borrow::Cow, fmt};

use serde::Serialize;

use crate::wire::{
    dataset::{Dataset, decode_and_look_up},
    response::to_json,
};
use crate::{
    criteria::capacity,
    decode::{
        code_kind::CodeKind,
        path::{Path, Record},
        value::Value,
    },
    error::{Error, ErrorDetail, ErrorKind, ErrorSink},
    model::{crime_scope::CrimeScope, need::Need, offer::Offer},
    util::{date::Date, ordered_map::OrderedMap, sort::sort},
    vocabulary::{Vocabulary, region::RegionIdx, regions::Regions},
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
    let (mut dataset, errors) = decode_and_look_up(&request.value);
    let mut errors = errors.into_details();
    if let Some(today) = request.today {
        dataset.as_of.get_or_insert(today);
        errors.retain(|error| error.code() != "request.as_of.missing");
    }
    let mut warnings = ErrorSink::default();
    let at = Path::root(Record::Request);
    let list = at.field("offers");
    for (index, offer) in dataset.offers.iter().enumerate() {
        let at = list.item(index).with_record(Record::Offer).with_suggestions(&dataset.vocabulary);
        warn_of_offer(&mut warnings, &at, offer, &dataset);
    }
    let list = at.field("needs");
    for (index, need) in dataset.needs.iter().enumerate() {
        warn_of_need(&mut warnings, &list.item(index).with_record(Record::Need), need, &dataset.vocabulary);
    }
    warn_of_other_land(&mut warnings, &at, &dataset);
    Ok(CheckReport {
        offers: dataset.offers.len(),
        needs: dataset.needs.len(),
        errors,
        warnings: warnings.into_details(),
    })
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
    check_value_on(Value::from_json(request)?, today)
}

/// Checks records, from a value to JSON text; `today` is the default of `as_of`.
///
/// # Errors
///
/// `date` if `today` is not a date.
///
/// # Example: no records
///
/// ```
/// use lotse::wire::{Value, check_value_on};
/// let report = check_value_on(Value::Object(vec![]), "2026-11-23")?;
/// assert_eq!(report, r#"{"offers":0,"needs":0,"errors":[],"warnings":[]}"#);
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn check_value_on(request: Value<'_>, today: &str) -> Result<String, Error> {
    let today = Some(today.parse()?);
    to_json(check(CheckRequest { today, ..CheckRequest::from_value(request) })?)
}

fn warn_of_offer(warnings: &mut ErrorSink, at: &Path<'_>, offer: &Offer, dataset: &Dataset) {
    let vocabulary = &dataset.vocabulary;
    let lists = [
        ("help", CodeKind::Help, &offer.help.values),
        ("roles", CodeKind::Role, &offer.roles.values),
        ("access", CodeKind::Access, &offer.access),
        ("no_access", CodeKind::Access, &offer.no_access),
    ];
    for (name, kind, codes) in lists {
        let at = at.field(name);
        for (index, code) in codes.iter().enumerate() {
            warn_if_unlisted(warnings, &at.item(index), kind, code, vocabulary);
        }
    }
    let crimes = at.field("crimes");
    for (index, scope) in offer.crimes.values.iter().enumerate() {
        warn_of_scope(warnings, &crimes.item(index), scope, vocabulary);
    }
    if let Some(capacity) = offer.capacity {
        let at = at.field("capacity");
        if capacity.free.zip(capacity.total).is_some_and(|(free, total)| free > total) {
            let warning = at.error(ErrorKind::Conflict, "capacity.above_total", "more free places than places");
            warnings.push(warning);
        }
        let value = capacity::OfferValue::new(Some(capacity), dataset.as_of, &dataset.policy.capacity);
        if let capacity::OfferValue::Stale { days, .. } = value {
            let message = format!("known for {days} days, so it counts as unknown");
            warnings.push(at.field("updated").error(ErrorKind::Value, "capacity.stale", message));
        }
    }
}

fn warn_of_need(warnings: &mut ErrorSink, at: &Path<'_>, need: &Need, vocabulary: &Vocabulary) {
    if let Some(code) = &need.help {
        warn_if_unlisted(warnings, &at.field("help"), CodeKind::Help, code, vocabulary);
    }
    for (name, kind, codes) in [("roles", CodeKind::Role, &need.roles), ("access", CodeKind::Access, &need.access)] {
        let at = at.field(name);
        for (index, code) in codes.iter().enumerate() {
            warn_if_unlisted(warnings, &at.item(index), kind, code, vocabulary);
        }
    }
    if let Some(scope) = &need.crime {
        warn_of_scope(warnings, &at.field("crime"), scope, vocabulary);
    }
}

fn warn_of_scope(warnings: &mut ErrorSink, at: &Path<'_>, scope: &CrimeScope, vocabulary: &Vocabulary) {
    if let Some(code) = &scope.code {
        warn_if_unlisted(warnings, at, CodeKind::Crime, code, vocabulary);
    }
    let at = at.field("context");
    for (index, tag) in scope.context.iter().enumerate() {
        warn_if_unlisted(warnings, &at.item(index), CodeKind::Context, tag, vocabulary);
    }
}

/// Warns of a code that the tables do not list: it matches only itself, which is wrong if it is a typing error.
fn warn_if_unlisted(warnings: &mut ErrorSink, at: &Path<'_>, kind: CodeKind, code: &str, vocabulary: &Vocabulary) {
    if vocabulary.contains(kind, code) {
        return;
    }
    let name = format!("{kind}.unlisted");
    let warning = at.error(ErrorKind::Unknown, &name, "a code that the tables do not list");
    let own = Cow::Borrowed("it matches only itself; give it a name to use it as your own");
    warnings.push(warning.with_hint(at.suggestion(warnings, kind, code).map_or(own, Cow::Owned)));
}

/// Warns of each Kreis in another Land than most records of its list.
///
/// A postcode also has five digits, and if it is typed as the key of a Kreis, it is often a Kreis of another Land.
fn warn_of_other_land(warnings: &mut ErrorSink, at: &Path<'_>, dataset: &Dataset) {
    let regions = dataset.vocabulary.regions();
    let list = at.field("offers");
    let usual = majority_land(dataset.offers.iter().map(|offer| lands(offer, regions)));
    for (index, offer) in dataset.offers.iter().enumerate() {
        let at = list.item(index).with_record(Record::Offer);
        warn_of_offer_in_other_land(warnings, &at, offer, regions, usual);
    }
    let list = at.field("needs");
    let land = |need: &Need| need.region.iter().filter_map(|key| regions.land(key)).collect();
    let usual = majority_land(dataset.needs.iter().map(land));
    for (index, need) in dataset.needs.iter().enumerate() {
        if need.region.as_deref().is_some_and(|key| other_land(regions, key, usual).is_some()) {
            push_other_land(warnings, &list.item(index).with_record(Record::Need).field("region"));
        }
    }
}

fn warn_of_offer_in_other_land(
    warnings: &mut ErrorSink,
    at: &Path<'_>,
    offer: &Offer,
    regions: &Regions,
    usual: Option<RegionIdx>,
) {
    // Several regions in the same other Land are intended.
    let mut counts = OrderedMap::<RegionIdx, usize>::default();
    for land in lands(offer, regions) {
        let count = counts.entry(land).or_default();
        *count = count.saturating_add(1);
    }
    let is_suspect = |key: &str| {
        let is_single = |land| counts.get(&land) == Some(&1);
        other_land(regions, key, usual).is_some_and(is_single)
    };
    let area = at.field("area");
    for (index, key) in offer.area.iter().enumerate() {
        if is_suspect(key) {
            push_other_land(warnings, &area.item(index));
        }
    }
    if location_region(offer).is_some_and(is_suspect) {
        push_other_land(warnings, &at.field("place").field("region"));
    }
}

/// Returns the Land of each region in the area and the location of an offer.
fn lands(offer: &Offer, regions: &Regions) -> Vec<RegionIdx> {
    let keys = offer.area.iter().map(String::as_str).chain(location_region(offer));
    keys.filter_map(|key| regions.land(key)).collect()
}

fn location_region(offer: &Offer) -> Option<&str> {
    offer.place.as_ref()?.region.as_deref()
}

/// Returns the Land in which more than half of the records lie, or `None` if there is none; a record counts once for each
/// of its Länder.
fn majority_land(records: impl Iterator<Item = Vec<RegionIdx>>) -> Option<RegionIdx> {
    let (mut counts, mut total) = (OrderedMap::<RegionIdx, usize>::default(), 0_usize);
    for mut lands in records {
        sort(&mut lands);
        lands.dedup();
        total = total.saturating_add(usize::from(!lands.is_empty()));
        for land in lands {
            let count = counts.entry(land).or_default();
            *count = count.saturating_add(1);
        }
    }
    let (land, count) = counts.into_entries().max_by_key(|(_, count)| *count)?;
    (count.saturating_mul(2) > total).then_some(land)
}

/// Returns the Land of a key that may be a postcode, or `None` if it is the usual one.
fn other_land(regions: &Regions, key: &str, usual: Option<RegionIdx>) -> Option<RegionIdx> {
    let may_be_postcode = key.len() == 5 && key.bytes().all(|byte| byte.is_ascii_digit());
    regions.land(key).filter(|land| may_be_postcode && usual.is_some_and(|usual| usual != *land))
}

fn push_other_land(warnings: &mut ErrorSink, at: &Path<'_>) {
    let warning = at.error(ErrorKind::Value, "region.other_land", "in another Land than most of this list");
    warnings.push(warning.with_hint("right as it is, unless a postcode was typed: five digits are the key of a Kreis"));
}
