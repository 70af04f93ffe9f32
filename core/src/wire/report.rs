use serde::{Serialize, Serializer};

use crate::wire::{AllocateRequest, ObjectiveData, answer, dataset::day};
use crate::{
    allocate::report::{Bottleneck, MissingOffer, Report, ReportRow, Tally},
    decode::{code_kind::CodeKind, value::Value},
    error::Error,
    model::enums::{Lang, Priority},
    solver::problem::CLASSES,
    util::progress::{NO_PROGRESS, ProgressFn},
    vocabulary::Vocabulary,
};

/// A report with the names of its codes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReportResponse {
    /// All needs.
    pub total: TallyData,
    /// By how soon.
    pub by_priority: Vec<ReportRowData>,
    /// By kind of help.
    pub by_help: Vec<ReportRowData>,
    /// By first language.
    pub by_language: Vec<ReportRowData>,
    /// By Kreis, or by the region itself where that is larger.
    pub by_region: Vec<ReportRowData>,
    /// By the first four digits of the crime.
    pub by_crime: Vec<ReportRowData>,
    /// The offers of which one more place would be worth something, highest price first.
    pub bottlenecks: Vec<BottleneckData>,
    /// The offers that would help most if they existed.
    pub wanted: Vec<MissingOfferData>,
    /// What the plan is worth.
    pub objective: ObjectiveData,
    /// What no plan can exceed.
    pub bound: ObjectiveData,
}

/// A code and its name.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct NamedCode {
    /// The code.
    pub code: String,
    /// Its name; the code where it has none.
    pub name: String,
}

/// The counts of [`Tally`].
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub struct TallyData {
    /// Needs.
    pub needs: u64,
    /// People, each once for every need.
    pub people: u64,
    /// Cases; a need without a case is one of its own.
    pub cases: u64,
    /// Needs with a place.
    pub met: u64,
    /// Of those, needs served from a neighbouring Kreis.
    pub met_by_neighbour: u64,
    /// Needs without a place.
    pub unmet: u64,
    /// People with a place.
    pub people_met: u64,
    /// People without one.
    pub people_unmet: u64,
}

/// One row of a table.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct ReportRowData {
    /// What is counted; nothing where the needs do not say.
    pub code: Option<String>,
    /// The name of the code; a priority has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The counts.
    #[serde(flatten)]
    pub tally: TallyData,
}

/// An offer of which one more place would be worth something.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BottleneckData {
    /// The offer's id.
    pub offer: String,
    /// The places that the plan could fill.
    pub places: Option<u64>,
    /// How many it fills.
    pub used: u64,
    /// What one more place would add.
    pub price: ObjectiveData,
    /// False where parties stay together.
    pub exact: bool,
    /// The fewest places that help, where they are known.
    pub helps: Option<u64>,
}

/// What unmet needs have in common.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct MissingOfferData {
    /// The kind of help.
    pub help: Option<NamedCode>,
    /// The first language.
    pub language: Option<NamedCode>,
    /// The Kreis, or the larger region.
    pub region: Option<NamedCode>,
    /// Unmet needs.
    pub needs: u64,
    /// Their people.
    pub people: u64,
    /// Their people by priority.
    #[serde(serialize_with = "by_priority")]
    pub people_by_priority: [u64; CLASSES],
}

impl ReportResponse {
    /// The report as it goes over the wire, with names in this language.
    pub fn of(report: &Report, vocabulary: &Vocabulary, lang: Lang) -> Self {
        let name = |kind, code: &str| vocabulary.name(kind, code, lang).into_owned();
        let named = |kind, code: &Option<String>| {
            code.as_ref().map(|code| NamedCode { code: code.clone(), name: name(kind, code) })
        };
        let rows = |kind: Option<CodeKind>, rows: &[ReportRow]| {
            let told = |row: &ReportRow| ReportRowData {
                code: row.code.clone(),
                name: kind.zip(row.code.as_deref()).map(|(kind, code)| name(kind, code)),
                tally: row.tally.into(),
            };
            rows.iter().map(told).collect()
        };
        let wanted = |wanted: &MissingOffer| MissingOfferData {
            help: named(CodeKind::Help, &wanted.help),
            language: named(CodeKind::Language, &wanted.language),
            region: named(CodeKind::Region, &wanted.region),
            needs: wanted.needs,
            people: wanted.people,
            people_by_priority: wanted.people_by_priority,
        };
        Self {
            total: report.total.into(),
            by_priority: rows(None, &report.by_priority),
            by_help: rows(Some(CodeKind::Help), &report.by_help),
            by_language: rows(Some(CodeKind::Language), &report.by_language),
            by_region: rows(Some(CodeKind::Region), &report.by_region),
            by_crime: rows(Some(CodeKind::Crime), &report.by_crime),
            bottlenecks: report.bottlenecks.iter().map(BottleneckData::of).collect(),
            wanted: report.missing_offers.iter().map(wanted).collect(),
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

impl BottleneckData {
    fn of(bottleneck: &Bottleneck) -> Self {
        let Bottleneck { offer, places, used, price, exact, min_extra_places } = bottleneck.clone();
        Self { offer, places, used, price: price.into(), exact, helps: min_extra_places }
    }
}

/// Allocates, and gives the plan in figures.
///
/// # Errors
///
/// As [`allocate`](super::allocate).
pub fn report(request: AllocateRequest) -> Result<ReportResponse, Error> {
    report_with(request, NO_PROGRESS)
}

/// As [`report`], while somebody looks on.
///
/// # Errors
///
/// As [`report`], and `stopped` where `look` broke the work off.
pub fn report_with(request: AllocateRequest, on_progress: &ProgressFn<'_>) -> Result<ReportResponse, Error> {
    let (matcher, needs) = request.records.into_matcher()?;
    let plan = matcher.allocate(&needs, &request.options.progress(on_progress))?;
    Ok(ReportResponse::of(&plan.report(), matcher.vocabulary(), request.lang))
}

/// [`report`] on JSON text.
///
/// # Errors
///
/// Text that is not JSON, and every error of the request.
pub fn report_json(request: &str) -> Result<String, Error> {
    answer(report(AllocateRequest::from_json(request)?)?)
}

/// [`report_json`], with a day that stands in where the request has no `as_of`.
///
/// # Errors
///
/// As [`report_json`], and `date` where `today` is no day.
pub fn report_json_on(request: &str, today: &str) -> Result<String, Error> {
    report_tree_on(&Value::from_json(request)?, today, NO_PROGRESS)
}

/// [`report_json_on`] for a request that is data already, while somebody looks on.
///
/// # Errors
///
/// As [`report_json_on`], and `stopped` where `look` broke the work off.
pub fn report_tree_on(request: &Value, today: &str, on_progress: &ProgressFn<'_>) -> Result<String, Error> {
    let today = day(today)?;
    let mut request = AllocateRequest::from_value(request)?;
    request.records.as_of.get_or_insert(today);
    answer(report_with(request, on_progress)?)
}

/// What each priority has, under its word.
struct ByPriority<'a, T>(&'a [T; CLASSES]);

impl<T: Serialize> Serialize for ByPriority<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(Priority::all().zip(self.0))
    }
}

fn by_priority<S: Serializer>(people: &[u64; CLASSES], serializer: S) -> Result<S::Ok, S::Error> {
    ByPriority(people).serialize(serializer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::solver::problem::Objective;

    #[test]
    fn a_report_has_names_next_to_codes_and_people_by_priority() {
        let tally = Tally { needs: 1, people: 2, cases: 1, unmet: 1, people_unmet: 2, ..Tally::default() };
        let row = |code: &str| vec![ReportRow { code: Some(code.to_owned()), tally }];
        let report = Report {
            total: tally,
            by_priority: row("urgent"),
            by_help: Vec::new(),
            by_language: row("prs"),
            by_region: Vec::new(),
            by_crime: Vec::new(),
            bottlenecks: vec![Bottleneck {
                offer: "o-0".to_owned(),
                places: Some(1),
                used: 1,
                price: Objective { value: 71_000_000, ..Objective::ZERO },
                exact: true,
                min_extra_places: None,
            }],
            missing_offers: vec![MissingOffer {
                help: None,
                language: None,
                region: Some("14612".to_owned()),
                needs: 1,
                people: 2,
                people_by_priority: [0, 0, 2, 0],
            }],
            objective: Objective::ZERO,
            bound: Objective::ZERO,
        };
        let response = ReportResponse::of(&report, &Vocabulary::default(), Lang::En);
        let response = serde_json::to_value(&response).unwrap();
        let at = |path| response.pointer(path).cloned().unwrap_or_default();
        assert_eq!(at("/by_language/0/name"), "Dari");
        assert_eq!(at("/by_language/0/people_unmet"), 2);
        assert_eq!(
            at("/by_priority/0"),
            serde_json::json!({"code": "urgent", "needs": 1, "people": 2, "cases": 1,
            "met": 0, "met_by_neighbour": 0, "unmet": 1, "people_met": 0, "people_unmet": 2})
        );
        assert_eq!(at("/wanted/0/region"), serde_json::json!({"code": "14612", "name": "Dresden"}));
        assert_eq!(at("/wanted/0/people_by_priority/urgent"), 2);
        let price =
            serde_json::json!({"people": {"stat": 0, "asap": 0, "urgent": 0, "routine": 0}, "kept": 0, "score": 0.71});
        assert_eq!(at("/bottlenecks/0/price"), price);
    }
}
