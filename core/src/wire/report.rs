//! The operation `report`.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::wire::{allocate::AllocateRequest, allocation_data::ObjectiveData, response::to_json};
use crate::{
    allocate::report::{Bottleneck, MissingOffer, Report, ReportRow, Tally},
    decode::{code_kind::CodeKind, value::Value},
    error::Error,
    model::enums::{Lang, Priority},
    solver::problem::CLASSES,
    util::{
        date::Date,
        progress::{NO_PROGRESS, ProgressFn, ProgressReporter},
    },
    vocabulary::Vocabulary,
};

/// The report on a plan, with the names of its codes.
///
/// # Example: the totals of a plan
///
/// ```
/// use lotse::wire::{self, AllocateRequest};
/// let response = wire::report(AllocateRequest::from_json(r#"{"offers": [{"id": "o-1", "capacity": 1}], "needs": [{"id": "n-1", "region": "14612"}, {"id": "n-2", "region": "14612"}]}"#)?)?;
/// assert_eq!((response.total.needs, response.total.unmet), (2, 1));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReportResponse {
    /// The counts of all needs.
    pub total: TallyData,
    /// The counts by priority.
    pub by_priority: Vec<ReportRowData>,
    /// The counts by kind of help.
    pub by_help: Vec<ReportRowData>,
    /// The counts by first language.
    pub by_language: Vec<ReportRowData>,
    /// The counts by Kreis, or by the region itself if it is larger.
    pub by_region: Vec<ReportRowData>,
    /// The counts by the first four digits of the crime.
    pub by_crime: Vec<ReportRowData>,
    /// The offers at which one more place has a value, in descending order of the price.
    pub bottlenecks: Vec<BottleneckData>,
    /// The offers that would help most if they existed.
    pub wanted: Vec<MissingOfferData>,
    /// The objective that the plan attains.
    pub objective: ObjectiveData,
    /// An objective that no plan exceeds.
    pub bound: ObjectiveData,
}

/// A code and its name.
///
/// # Example: the region of a missing offer
///
/// ```
/// use lotse::wire::{self, AllocateRequest};
/// let response = wire::report(AllocateRequest::from_json(r#"{"offers": [{"id": "o-1", "capacity": 1}], "needs": [{"id": "n-1", "region": "14612"}, {"id": "n-2", "region": "14612"}]}"#)?)?;
/// let region = response.wanted[0].region.as_ref().map(|region| region.name.as_str());
/// assert_eq!(region, Some("Dresden"));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Eq, PartialEq, Serialize)]
pub struct NamedCode {
    /// The code.
    pub code: String,
    /// The name of the code, or the code itself if it has none.
    pub name: String,
}

impl fmt::Debug for NamedCode {
    /// Shows no code, so that no log repeats a value of a need.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NamedCode").finish_non_exhaustive()
    }
}

/// The counts of a [`Tally`].
///
/// # Example: needs met and unmet
///
/// ```
/// use lotse::wire::{self, AllocateRequest};
/// let response = wire::report(AllocateRequest::from_json(r#"{"offers": [{"id": "o-1", "capacity": 1}], "needs": [{"id": "n-1", "region": "14612"}, {"id": "n-2", "region": "14612"}]}"#)?)?;
/// assert_eq!((response.total.met, response.total.unmet), (1, 1));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub struct TallyData {
    /// The number of needs.
    pub needs: u64,
    /// The number of people, each counted once for each need.
    pub people: u64,
    /// The number of cases; a need without a case is a case of its own.
    pub cases: u64,
    /// The number of needs with a place.
    pub met: u64,
    /// The number of needs with a place in a neighbouring Kreis; they are among `met`.
    pub met_by_neighbour: u64,
    /// The number of needs without a place.
    pub unmet: u64,
    /// The number of people with a place.
    pub people_met: u64,
    /// The number of people without a place.
    pub people_unmet: u64,
}

/// One row of a table.
///
/// # Example: the row of a Kreis
///
/// ```
/// use lotse::wire::{self, AllocateRequest};
/// let response = wire::report(AllocateRequest::from_json(r#"{"offers": [{"id": "o-1", "capacity": 1}], "needs": [{"id": "n-1", "region": "14612"}, {"id": "n-2", "region": "14612"}]}"#)?)?;
/// assert_eq!(response.by_region[0].code.as_deref(), Some("14612"));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Eq, PartialEq, Serialize)]
pub struct ReportRowData {
    /// The code that is counted, or `None` for the needs that state none.
    pub code: Option<String>,
    /// The name of the code, or `None` for a priority.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The counts.
    #[serde(flatten)]
    pub tally: TallyData,
}

impl fmt::Debug for ReportRowData {
    /// Shows no code, so that no log repeats a value of a need.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReportRowData").field("tally", &self.tally).finish_non_exhaustive()
    }
}

/// An offer at which one more place has a value.
///
/// # Example: an offer that needs more places
///
/// ```
/// use lotse::wire::{self, AllocateRequest};
/// let response = wire::report(AllocateRequest::from_json(r#"{"offers": [{"id": "o-1", "capacity": 1}], "needs": [{"id": "n-1", "region": "14612"}, {"id": "n-2", "region": "14612"}]}"#)?)?;
/// assert_eq!(response.bottlenecks[0].offer, "o-1");
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BottleneckData {
    /// The offer's id.
    pub offer: String,
    /// The number of places, or `None` if it is unlimited.
    pub places: Option<u64>,
    /// The number of places that the plan fills.
    pub used: u64,
    /// The value of one more place.
    pub price: ObjectiveData,
    /// `false` if parties make the price an estimate.
    pub exact: bool,
    /// The fewest extra places with which one more matching unmet party fits while no other referral changes, or `None` if there is
    /// none or all sizes are 1.
    pub helps: Option<u64>,
}

/// An offer that does not exist, described by what unmet needs have in common.
///
/// # Example: an offer that is missing
///
/// ```
/// use lotse::wire::{self, AllocateRequest};
/// let response = wire::report(AllocateRequest::from_json(r#"{"offers": [{"id": "o-1", "capacity": 1}], "needs": [{"id": "n-1", "region": "14612"}, {"id": "n-2", "region": "14612"}]}"#)?)?;
/// assert_eq!((response.wanted[0].needs, response.wanted[0].people), (1, 1));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct MissingOfferData {
    /// The kind of help.
    pub help: Option<NamedCode>,
    /// The first language.
    pub language: Option<NamedCode>,
    /// The Kreis, or the larger region.
    pub region: Option<NamedCode>,
    /// The number of unmet needs.
    pub needs: u64,
    /// The number of their people.
    pub people: u64,
    /// The number of their people, by priority.
    #[serde(serialize_with = "serialize_by_priority")]
    pub people_by_priority: [u64; CLASSES],
}

impl ReportResponse {
    /// Converts a report to data, with names of codes in `lang`.
    ///
    /// # Example: the name of a kind of help
    ///
    /// ```
    /// use lotse::{AllocateOptions, Lang, Matcher, Need, wire::ReportResponse};
    /// let matcher = Matcher::builder().build()?;
    /// let plan = matcher.allocate(&[Need::builder("n-1").help("legal").build()?], &AllocateOptions::new())?;
    /// let response = ReportResponse::new(&plan.report(), matcher.vocabulary(), Lang::En);
    /// assert_eq!(response.by_help[0].code.as_deref(), Some("legal"));
    /// assert_eq!((response.total.needs, response.total.unmet), (1, 1));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn new(report: &Report, vocabulary: &Vocabulary, lang: Lang) -> Self {
        let name = |kind, code: &str| vocabulary.name(kind, code, lang).into_owned();
        let named = |kind, code: &Option<String>| {
            code.as_ref().map(|code| NamedCode { code: code.clone(), name: name(kind, code) })
        };
        let rows = |kind: Option<CodeKind>, rows: &[ReportRow]| {
            let row = |row: &ReportRow| ReportRowData {
                code: row.code.clone(),
                name: kind.zip(row.code.as_deref()).map(|(kind, code)| name(kind, code)),
                tally: row.tally.into(),
            };
            rows.iter().map(row).collect()
        };
        let missing = |offer: &MissingOffer| MissingOfferData {
            help: named(CodeKind::Help, &offer.help),
            language: named(CodeKind::Language, &offer.language),
            region: named(CodeKind::Region, &offer.region),
            needs: offer.needs,
            people: offer.people,
            people_by_priority: offer.people_by_priority,
        };
        Self {
            total: report.total.into(),
            by_priority: rows(None, &report.by_priority),
            by_help: rows(Some(CodeKind::Help), &report.by_help),
            by_language: rows(Some(CodeKind::Language), &report.by_language),
            by_region: rows(Some(CodeKind::Region), &report.by_region),
            by_crime: rows(Some(CodeKind::Crime), &report.by_crime),
            bottlenecks: report.bottlenecks.iter().cloned().map(BottleneckData::from).collect(),
            wanted: report.missing_offers.iter().map(missing).collect(),
            objective: report.objective.into(),
            bound: report.bound.into(),
        }
    }
}

impl From<Tally> for TallyData {
    fn from(tally: Tally) -> Self {
        let Tally { needs, people, cases, met, met_by_neighbour, unmet, people_met, people_unmet } = tally;
        Self { needs, people, cases, met, met_by_neighbour, unmet, people_met, people_unmet }
    }
}

impl From<Bottleneck> for BottleneckData {
    fn from(bottleneck: Bottleneck) -> Self {
        let Bottleneck { offer, places, used, price, exact, min_extra_places } = bottleneck;
        Self { offer, places, used, price: price.into(), exact, helps: min_extra_places }
    }
}

/// Allocates the places of offers to needs, and reports on the plan.
///
/// # Errors
///
/// As [`allocate`](fn@crate::wire::allocate).
///
/// # Example: an unmet need
///
/// ```
/// use lotse::wire::{self, AllocateRequest};
/// let request = AllocateRequest::from_json(r#"{"needs": [{"id": "n-1", "people": 3}]}"#)?;
/// let report = wire::report(request)?;
/// assert_eq!((report.total.people_unmet, report.wanted[0].people), (3, 3));
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn report(request: AllocateRequest) -> Result<ReportResponse, Error> {
    report_with(request, NO_PROGRESS)
}

/// Allocates the places of offers to needs, reports on the plan, and reports progress.
///
/// # Errors
///
/// As [`report`], and `cancelled` if `on_progress` returns `Break`.
///
/// # Example: cancel at once
///
/// ```
/// use std::ops::ControlFlow;
/// use lotse::wire::{self, AllocateRequest};
/// let request = AllocateRequest::from_json(r#"{"offers": [{"id": "o-1"}], "needs": [{"id": "n-1"}]}"#)?;
/// let error = wire::report_with(request, &|_| ControlFlow::Break(())).unwrap_err();
/// assert_eq!(error.code(), "cancelled");
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn report_with(request: AllocateRequest, on_progress: &ProgressFn<'_>) -> Result<ReportResponse, Error> {
    let (matcher, needs) = request.dataset.into_matcher()?;
    let plan = matcher.allocate(&needs, &request.options.progress(on_progress))?;
    let report = plan.report_step(&ProgressReporter::new(on_progress))?;
    Ok(ReportResponse::new(&report, matcher.vocabulary(), request.lang))
}

/// Allocates the places of offers to needs, and reports on the plan, from JSON text to JSON text.
///
/// # Errors
///
/// `json.syntax`, or every error of the request.
///
/// # Example: one need without a place
///
/// ```
/// let response = lotse::wire::report_json(r#"{"needs": [{"id": "n-1"}]}"#)?;
/// assert!(response.starts_with(r#"{"total":{"needs":1,"people":1,"cases":1,"met":0,"#));
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn report_json(request: &str) -> Result<String, Error> {
    to_json(report(AllocateRequest::from_json(request)?)?)
}

/// Allocates the places of offers to needs, and reports on the plan, from JSON text to JSON text; `today` is the default of
/// `as_of`.
///
/// # Errors
///
/// As [`report_json`], and `date` if `today` is not a date.
///
/// # Example: places that are known since yesterday
///
/// ```
/// let request = r#"{"offers": [{"id": "o-1", "capacity": {"free": 2, "updated": "2026-11-22"}}], "needs": [{"id": "n-1"}]}"#;
/// assert_eq!(lotse::wire::report_json(request).unwrap_err().code(), "request.as_of.missing");
/// assert!(lotse::wire::report_json_on(request, "2026-11-23")?.contains(r#""met":1"#));
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn report_json_on(request: &str, today: &str) -> Result<String, Error> {
    report_value_on(&Value::from_json(request)?, today, NO_PROGRESS)
}

/// Allocates the places of offers to needs, and reports on the plan, from a value to JSON text; `today` is the default of
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
/// use lotse::wire::{Value, report_value_on};
/// let response = report_value_on(&Value::Object(vec![]), "2026-11-23", &|_| ControlFlow::Continue(()))?;
/// assert!(response.starts_with(r#"{"total":{"needs":0,"#));
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn report_value_on(request: &Value, today: &str, on_progress: &ProgressFn<'_>) -> Result<String, Error> {
    let today: Date = today.parse()?;
    let mut request = AllocateRequest::from_value(request)?;
    request.dataset.as_of.get_or_insert(today);
    to_json(report_with(request, on_progress)?)
}

fn serialize_by_priority<S: Serializer>(people: &[u64; CLASSES], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(Priority::all().zip(people))
}
