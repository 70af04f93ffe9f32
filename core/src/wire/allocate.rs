#![expect(clippy::float_arithmetic, reason = "one division to show an integer as a decimal; it decides nothing")]

use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::wire::{
    DiagnosisData, answer,
    dataset::{COMMON, Dataset, Reading, day, read},
};
use crate::{
    allocate::{
        allocation::{Allocation, OfferUsage},
        options::{AllocateOptions, FixedReferral},
        unmet::{GroupPart, UnmetReason},
    },
    decode::{
        decoder::Fields,
        path::{Path, Record},
        value::Value,
    },
    error::{Error, ErrorSink},
    model::{
        criterion::Criterion,
        enums::{Lang, Priority},
    },
    solver::problem::Objective,
    util::{
        fixed::Score,
        progress::{NO_PROGRESS, ProgressFn},
    },
    vocabulary::Vocabulary,
};

/// Most fixed and most earlier referrals.
const MOST: usize = 1_000_000;

/// Give many needs to offers of limited places.
#[derive(Clone, Debug)]
pub struct AllocateRequest {
    /// Offers, needs, and how they are judged.
    pub records: Dataset,
    /// What people agreed on, what was before, and what may change.
    pub options: AllocateOptions<'static>,
    /// The language of sentences.
    pub lang: Lang,
}

impl Default for AllocateRequest {
    /// Nothing fixed and nothing earlier, in English.
    fn default() -> Self {
        Self { records: Dataset::default(), options: AllocateOptions::new(), lang: Lang::En }
    }
}

/// A plan: who gets nothing and why, who goes where, what the offers give, and the proof.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AllocateResponse {
    /// The needs without a place, in the order of ids.
    pub unmet: Vec<UnmetNeedData>,
    /// Who goes where, in the order of the needs' ids.
    pub referrals: Vec<ReferralData>,
    /// All offers, in the order of ids.
    pub offers: Vec<OfferUsageData>,
    /// What the plan is worth.
    pub objective: ObjectiveData,
    /// What no plan can exceed.
    pub bound: ObjectiveData,
    /// How good the plan is.
    pub certificate: CertificateData,
}

/// A need that got nothing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UnmetNeedData {
    /// The need's id.
    pub need: String,
    /// The stable code of the reason.
    pub reason: &'static str,
    /// The reason's facts.
    pub facts: UnmetFacts,
    /// The reason as a sentence.
    pub text: String,
}

/// The facts of why a need got nothing; only those of its reason are there.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct UnmetFacts {
    /// `no_offer`: why nothing matches, and what comes nearest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub diagnosis: Option<DiagnosisData>,
    /// `no_common_offer`: whom each offer does not match.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blocks: Option<Vec<GroupPartData>>,
    /// `no_common_offer`: parts that could go, each to one offer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub split: Option<Vec<GroupPartData>>,
    /// `party_too_large`: how many must stay together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub people: Option<u64>,
    /// `party_too_large`: the most places that are left at one offer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left: Option<u64>,
    /// `place_unknown`: the offers to phone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_phone: Option<Vec<String>>,
    /// `no_place`: how many offers match.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offers: Option<u64>,
    /// `no_place`: how many needs have their places.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub taken_by: Option<u64>,
}

/// An offer and some needs of a group.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct GroupPartData {
    /// The offer's id.
    pub offer: String,
    /// The ids of the needs.
    pub needs: Vec<String>,
}

/// One need given to an offer.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct ReferralData {
    /// The need's id.
    pub need: String,
    /// The offer's id.
    pub offer: String,
    /// The score, 0 to 1.
    pub score: Score,
    /// Whether people agreed on it before.
    pub fixed: bool,
    /// Whether the offer is for the neighbouring Kreis.
    pub neighbour: bool,
    /// The criteria that a person should check.
    pub to_check: Vec<Criterion>,
    /// The criteria that a fixed referral breaks.
    pub breaks: Vec<Criterion>,
}

/// What an offer has and gives.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OfferUsageData {
    /// The offer's id.
    pub offer: String,
    /// Its places; nothing where there is no limit.
    pub places: Option<u64>,
    /// How many of them the plan fills.
    pub used: u64,
    /// Whether the places are only assumed.
    pub assumed: bool,
    /// What one more place would add.
    pub price: PriceData,
    /// Whether that is exact.
    pub exact: bool,
    /// With parties, the fewest more places with which someone unmet would fit.
    pub helps: Option<u64>,
}

/// What a plan is worth: people by priority, earlier referrals kept, and the sum of score × people × priority weight.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ObjectiveData {
    /// People by priority.
    #[serde(serialize_with = "all_people")]
    pub people: [i128; 4],
    /// How many needs stay where they were.
    pub kept: i64,
    /// The weighted score.
    pub score: f64,
}

/// What one more place would add; priorities without a change are left out.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct PriceData {
    /// People by priority; below 0 where others give way.
    #[serde(serialize_with = "changed_people")]
    pub people: [i128; 4],
    /// How many needs more stay where they were.
    pub kept: i64,
    /// The weighted score.
    pub score: f64,
}

/// How good a plan is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct CertificateData {
    /// Whether no plan is better.
    pub optimal: bool,
    /// By how much a better one could exceed it at the first level that differs; nothing where it is optimal.
    pub gap: Option<ObjectiveData>,
    /// Whether the check of [`Allocation::verify`] passes, which is repeated for each response.
    pub verified: bool,
}

fn all_people<S: Serializer>(people: &[i128; 4], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(Priority::all().map(Priority::as_str).zip(people.map(whole)))
}

fn changed_people<S: Serializer>(people: &[i128; 4], serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    for (priority, count) in Priority::all().zip(people.map(whole)) {
        if count != 0 {
            map.serialize_entry(priority.as_str(), &count)?;
        }
    }
    map.end()
}

fn whole(number: i128) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Hundred-millionths as a decimal.
#[expect(
    clippy::cast_precision_loss,
    reason = "shown, not used: beyond 2⁵³ hundred-millionths the last digits do not matter"
)]
fn decimal(value: i128) -> f64 {
    value as f64 / 100_000_000.0
}

impl From<Objective> for ObjectiveData {
    fn from(worth: Objective) -> Self {
        Self { people: worth.people, kept: whole(worth.kept), score: decimal(worth.value) }
    }
}

impl From<Objective> for PriceData {
    fn from(worth: Objective) -> Self {
        Self { people: worth.people, kept: whole(worth.kept), score: decimal(worth.value) }
    }
}

impl UnmetFacts {
    fn of(reason: &UnmetReason, lang: Lang, vocabulary: &Vocabulary) -> Self {
        let part = |part: &GroupPart| GroupPartData { offer: part.offer().to_owned(), needs: part.needs().to_vec() };
        let parts = |parts: &[GroupPart]| Some(parts.iter().map(part).collect());
        match reason {
            UnmetReason::NoOffer { diagnosis } => {
                Self { diagnosis: Some(DiagnosisData::of(diagnosis, lang, vocabulary)), ..Self::default() }
            }
            UnmetReason::NoCommonOffer { blocks, split } => {
                Self { blocks: parts(blocks), split: parts(split), ..Self::default() }
            }
            UnmetReason::PartyTooLarge { people, left } => {
                Self { people: Some(*people), left: Some(*left), ..Self::default() }
            }
            UnmetReason::PlaceUnknown { offers } => Self { to_phone: Some(offers.clone()), ..Self::default() },
            UnmetReason::NoPlace { offers, taken_by } => {
                Self { offers: Some(*offers), taken_by: Some(*taken_by), ..Self::default() }
            }
        }
    }
}

impl AllocateResponse {
    /// A plan as data, with sentences in one language.
    pub fn of(plan: &Allocation, lang: Lang, vocabulary: &Vocabulary) -> Self {
        let unmet = plan.unmet().iter().map(|unmet| UnmetNeedData {
            need: unmet.need().to_owned(),
            reason: unmet.reason().code(),
            facts: UnmetFacts::of(unmet.reason(), lang, vocabulary),
            text: unmet.reason().text(lang, vocabulary),
        });
        let referrals = plan.referrals().iter().map(|referral| ReferralData {
            need: referral.need().to_owned(),
            offer: referral.offer().to_owned(),
            score: referral.score(),
            fixed: referral.is_fixed(),
            neighbour: referral.is_from_neighbour(),
            to_check: referral.to_check().to_vec(),
            breaks: referral.violations().to_vec(),
        });
        let offer = |offer: &OfferUsage| OfferUsageData {
            offer: offer.offer().to_owned(),
            places: offer.places(),
            used: offer.used(),
            assumed: offer.is_assumed(),
            price: offer.price().into(),
            exact: offer.is_exact(),
            helps: offer.min_extra_places(),
        };
        Self {
            unmet: unmet.collect(),
            referrals: referrals.collect(),
            offers: plan.offers().iter().map(offer).collect(),
            objective: plan.objective().into(),
            bound: plan.bound().into(),
            certificate: CertificateData {
                optimal: plan.is_optimal(),
                gap: plan.gap().map(ObjectiveData::from),
                verified: plan.verify().is_ok(),
            },
        }
    }
}

impl AllocateRequest {
    /// Reads a request as JSON text.
    ///
    /// # Errors
    ///
    /// Text that is not JSON, and every error of the request. Where only codes and ids are wrong, [`allocate`] tells.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        Self::from_value(&Value::from_json(text)?)
    }

    /// Reads a request from data.
    ///
    /// # Errors
    ///
    /// As [`from_json`](Self::from_json).
    pub fn from_value(tree: &Value) -> Result<Self, Error> {
        read(tree, Self::read)
    }

    fn read(problems: &mut ErrorSink, tree: &Value, reading: Reading) -> Self {
        const NAMES: &[&str] = &[
            COMMON[0],
            COMMON[1],
            COMMON[2],
            COMMON[3],
            COMMON[4],
            "fixed",
            "previous",
            "moves",
            "min_score",
            "neighbour_serves",
            "lang",
        ];
        let at = Path::root(Record::Request);
        let mut request = Self::default();
        let Some(fields) = problems.fields(&at, tree, NAMES) else { return request };
        request.records = Dataset::read(problems, &at, &fields, reading);
        request.options = read_options(problems, &at, &fields);
        if let Some(tree) = fields.get("lang") {
            request.lang = problems.string_enum(&at.field("lang"), tree).unwrap_or(request.lang);
        }
        request
    }
}

fn read_options(problems: &mut ErrorSink, at: &Path<'_>, fields: &Fields<'_>) -> AllocateOptions<'static> {
    let mut options = AllocateOptions::new();
    if let Some(tree) = fields.get("fixed") {
        options.fixed = problems.decode_items_up_to(MOST, &at.field("fixed"), tree, |problems, at, tree| {
            let fields = problems.fields(at, tree, &["need", "offer", "counted"])?;
            let (need, offer) = ids(problems, at, &fields);
            let counted = fields.get("counted").and_then(|tree| problems.boolean(&at.field("counted"), tree));
            let fixed = FixedReferral::new(need?, offer?);
            Some(if counted == Some(true) { fixed.counted() } else { fixed })
        });
    }
    if let Some(tree) = fields.get("previous") {
        options.previous = problems.decode_items_up_to(MOST, &at.field("previous"), tree, |problems, at, tree| {
            let fields = problems.fields(at, tree, &["need", "offer"])?;
            let (need, offer) = ids(problems, at, &fields);
            need.zip(offer)
        });
    }
    if let Some(tree) = fields.get("moves") {
        options.moves = problems.string_enum(&at.field("moves"), tree).unwrap_or(options.moves);
    }
    if let Some(tree) = fields.get("min_score") {
        options.min_score = problems.fit(&at.field("min_score"), tree).map_or(Score::ZERO, Score::from);
    }
    if let Some(tree) = fields.get("neighbour_serves") {
        let serves = problems.boolean(&at.field("neighbour_serves"), tree);
        options.neighbour_serves = serves.unwrap_or(options.neighbour_serves);
    }
    options
}

/// The ids of a need and an offer; both are required.
pub(super) fn ids(problems: &mut ErrorSink, at: &Path<'_>, fields: &Fields<'_>) -> (Option<String>, Option<String>) {
    let mut id = |name| match fields.get(name) {
        Some(tree) => problems.short_text(&at.field(name), tree).map(str::to_owned),
        None => {
            problems.missing_field(&at.field(name));
            None
        }
    };
    (id("need"), id("offer"))
}

/// Gives needs to offers, in one provably best plan.
///
/// # Errors
///
/// Every tag, key and id that is wrong, and fixed referrals that cannot be.
pub fn allocate(request: AllocateRequest) -> Result<AllocateResponse, Error> {
    allocate_with(request, NO_PROGRESS)
}

/// As [`allocate`], while somebody looks on.
///
/// # Errors
///
/// As [`allocate`], and `stopped` where `look` broke the work off.
pub fn allocate_with(request: AllocateRequest, on_progress: &ProgressFn<'_>) -> Result<AllocateResponse, Error> {
    let (matcher, needs) = request.records.into_matcher()?;
    let plan = matcher.allocate(&needs, &request.options.progress(on_progress))?;
    Ok(AllocateResponse::of(&plan, request.lang, matcher.vocabulary()))
}

/// [`allocate`] on JSON text.
///
/// # Errors
///
/// Text that is not JSON, and every error of the request.
pub fn allocate_json(request: &str) -> Result<String, Error> {
    answer(allocate(AllocateRequest::from_json(request)?)?)
}

/// [`allocate_json`], with a day that stands in where the request has no `as_of`.
///
/// # Errors
///
/// As [`allocate_json`], and `date` where `today` is no day.
pub fn allocate_json_on(request: &str, today: &str) -> Result<String, Error> {
    allocate_tree_on(&Value::from_json(request)?, today, NO_PROGRESS)
}

/// [`allocate_json_on`] for a request that is data already, while somebody looks on.
///
/// # Errors
///
/// As [`allocate_json_on`], and `stopped` where `look` broke the work off.
pub fn allocate_tree_on(request: &Value, today: &str, on_progress: &ProgressFn<'_>) -> Result<String, Error> {
    let today = day(today)?;
    let mut request = AllocateRequest::from_value(request)?;
    request.records.as_of.get_or_insert(today);
    answer(allocate_with(request, on_progress)?)
}
