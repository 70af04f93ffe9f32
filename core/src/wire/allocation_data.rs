//! The response of the operation `allocate`.

use std::{fmt, sync::Arc};

use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::wire::diagnose::DiagnosisData;
use crate::{
    allocate::{
        allocation::{Allocation, OfferUsage, Referral},
        unmet::{GroupPart, UnmetNeed, UnmetReason},
    },
    model::{
        criterion::Criterion,
        enums::{Lang, PlanOption, Priority},
    },
    solver::problem::Objective,
    util::{fixed::Score, progress::ProgressReporter},
    vocabulary::Vocabulary,
};

/// The number of unmet needs between two calls of the progress callback.
const NEEDS_PER_REPORT: usize = 256;

/// A plan as data: unmet needs with reasons, referrals, the use of offers, and the certificate.
///
/// # Example: one place for two needs
///
/// ```
/// use lotse::wire::{self, AllocateRequest};
/// let response = wire::allocate(AllocateRequest::from_json(r#"{"offers": [{"id": "o-1", "capacity": 1}], "needs": [{"id": "n-1"}, {"id": "n-2"}]}"#)?)?;
/// assert_eq!((response.referrals.len(), response.unmet.len()), (1, 1));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AllocateResponse {
    /// The needs without a place, in the order of ids.
    pub unmet: Vec<UnmetNeedData>,
    /// The referrals, in the order of the needs' ids.
    pub referrals: Vec<ReferralData>,
    /// All offers, in the order of ids.
    pub offers: Vec<OfferUsageData>,
    /// The objective that the plan attains.
    pub objective: ObjectiveData,
    /// An objective that no plan exceeds.
    pub bound: ObjectiveData,
    /// The distance between objective and bound.
    pub certificate: CertificateData,
}

/// A need without a place.
///
/// # Example: the reason of an unmet need
///
/// ```
/// use lotse::wire::{self, AllocateRequest};
/// let response = wire::allocate(AllocateRequest::from_json(r#"{"offers": [{"id": "o-1", "capacity": 1}], "needs": [{"id": "n-1"}, {"id": "n-2"}]}"#)?)?;
/// assert_eq!(response.unmet[0].reason, "no_place");
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, PartialEq, Serialize)]
pub struct UnmetNeedData {
    /// The need's id.
    pub need: String,
    /// The stable code of the reason, such as `no_place`.
    pub reason: &'static str,
    /// The facts of the reason.
    pub facts: UnmetFacts,
    /// The reason as a sentence.
    pub text: String,
}

impl fmt::Debug for UnmetNeedData {
    /// Shows no fact, so that no log repeats a value of a need.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnmetNeedData").field("need", &self.need).field("reason", &self.reason).finish_non_exhaustive()
    }
}

/// The facts of the reason for an unmet need; those of other reasons are `None`.
///
/// A list has at most 20 items; the number of further ones is another fact.
///
/// # Example: the needs that took the places
///
/// ```
/// use lotse::wire::{self, AllocateRequest};
/// let response = wire::allocate(AllocateRequest::from_json(r#"{"offers": [{"id": "o-1", "capacity": 1}], "needs": [{"id": "n-1"}, {"id": "n-2"}]}"#)?)?;
/// assert_eq!(response.unmet[0].facts.taken_by, Some(1));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct UnmetFacts {
    /// `no_offer`: the blocking criteria and the near misses, without the options.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub diagnosis: Option<DiagnosisData>,
    /// `no_offer`: the options that rule out offers that match.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub options: Option<Vec<PlanOption>>,
    /// `no_common_offer`: for each offer the needs of the group that it does not match.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blocks: Option<Arc<[GroupPart]>>,
    /// `no_common_offer`: the number of further offers, if `blocks` does not list all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blocks_more: Option<u64>,
    /// `no_common_offer`: parts of the group, each with an offer that matches all of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub split: Option<Arc<[GroupPart]>>,
    /// `no_common_offer`: the number of further parts, if `split` does not list all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub split_more: Option<u64>,
    /// `party_too_large`: the size of the party.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub people: Option<u64>,
    /// `party_too_large`: the largest number of places left at one offer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left: Option<u64>,
    /// `place_unknown`: the ids of the offers to phone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_phone: Option<Arc<[String]>>,
    /// `place_unknown`: the number of further offers, if `to_phone` does not list all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_phone_more: Option<u64>,
    /// `no_place`: the number of offers that match.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offers: Option<u64>,
    /// `no_place`: the number of needs that take their places.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub taken_by: Option<u64>,
    /// Any reason: the id of the offer of the need's previous referral, or `None` if it had none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous: Option<String>,
}

/// One need and the offer that it is referred to.
///
/// # Example: the offer of a need
///
/// ```
/// use lotse::wire::{self, AllocateRequest};
/// let response = wire::allocate(AllocateRequest::from_json(r#"{"offers": [{"id": "o-1", "capacity": 1}], "needs": [{"id": "n-1"}, {"id": "n-2"}]}"#)?)?;
/// assert_eq!((response.referrals[0].need.as_str(), response.referrals[0].offer.as_str()), ("n-1", "o-1"));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct ReferralData {
    /// The need's id.
    pub need: String,
    /// The offer's id.
    pub offer: String,
    /// The score, 0 to 1.
    pub score: Score,
    /// `true` if the request fixed the referral.
    pub fixed: bool,
    /// `true` if the offer serves the neighbouring Kreis.
    pub neighbour: bool,
    /// The criteria that a person should check.
    pub to_check: Vec<Criterion>,
    /// The criteria that exclude the offer for the need; empty unless the referral is fixed or kept under `moves: none`.
    pub breaks: Vec<Criterion>,
}

/// The places of an offer and their use.
///
/// # Example: a full offer
///
/// ```
/// use lotse::wire::{self, AllocateRequest};
/// let response = wire::allocate(AllocateRequest::from_json(r#"{"offers": [{"id": "o-1", "capacity": 1}], "needs": [{"id": "n-1"}, {"id": "n-2"}]}"#)?)?;
/// assert_eq!((response.offers[0].places, response.offers[0].used), (Some(1), 1));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OfferUsageData {
    /// The offer's id.
    pub offer: String,
    /// The number of places, or `None` if it is unlimited.
    pub places: Option<u64>,
    /// The number of places that the plan fills.
    pub used: u64,
    /// `true` if the capacity is unknown and `places` is an assumption.
    pub assumed: bool,
    /// The value of one more place.
    pub price: PriceData,
    /// `true` if the price is exact.
    pub exact: bool,
    /// The fewest extra places with which one more matching unmet party fits while no other referral changes, or `None` if there is
    /// none or all sizes are 1.
    pub helps: Option<u64>,
}

/// The levels of the objective in lexicographic order: people by priority, kept referrals, and score.
///
/// # Example: one routine need is served
///
/// ```
/// use lotse::wire::{self, AllocateRequest};
/// let response = wire::allocate(AllocateRequest::from_json(r#"{"offers": [{"id": "o-1", "capacity": 1}], "needs": [{"id": "n-1"}, {"id": "n-2"}]}"#)?)?;
/// assert_eq!(response.objective.people, [0, 0, 0, 1]);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ObjectiveData {
    /// The number of people served, by priority.
    #[serde(serialize_with = "serialize_all_people")]
    pub people: [i128; 4],
    /// The number of needs that keep their previous offer.
    pub kept: i64,
    /// The sum of score × people × priority weight.
    pub score: f64,
}

/// The value of one more place, level by level; priorities without a change are omitted.
///
/// # Example: one more place would serve one more person
///
/// ```
/// use lotse::wire::{self, AllocateRequest};
/// let response = wire::allocate(AllocateRequest::from_json(r#"{"offers": [{"id": "o-1", "capacity": 1}], "needs": [{"id": "n-1"}, {"id": "n-2"}]}"#)?)?;
/// assert_eq!(response.offers[0].price.people, [0, 0, 0, 1]);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct PriceData {
    /// The change in the number of people served, by priority; negative if others lose their place.
    #[serde(serialize_with = "serialize_changed_people")]
    pub people: [i128; 4],
    /// The change in the number of needs that keep their previous offer.
    pub kept: i64,
    /// The change in the sum of score × people × priority weight.
    pub score: f64,
}

/// The quality of a plan.
///
/// # Example: a proven optimum
///
/// ```
/// use lotse::wire::{self, AllocateRequest};
/// let response = wire::allocate(AllocateRequest::from_json(r#"{"offers": [{"id": "o-1", "capacity": 1}], "needs": [{"id": "n-1"}, {"id": "n-2"}]}"#)?)?;
/// assert!(response.certificate.optimal && response.certificate.verified);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct CertificateData {
    /// `true` if no plan is better.
    pub optimal: bool,
    /// The distance to the bound at the first level that differs, or `None` if the plan is optimal.
    pub gap: Option<ObjectiveData>,
    /// Always `true`: a plan that fails verification is an error.
    pub verified: bool,
}

impl AllocateResponse {
    /// Converts a plan to data, with reasons as sentences in `lang`.
    ///
    /// # Example: one place, two needs
    ///
    /// ```
    /// use lotse::{AllocateOptions, Lang, Matcher, Need, Offer, wire::AllocateResponse};
    /// let matcher = Matcher::builder().offers([Offer::builder("o-1").capacity(1).build()?]).build()?;
    /// let needs = [Need::builder("n-1").build()?, Need::builder("n-2").build()?];
    /// let plan = matcher.allocate(&needs, &AllocateOptions::new())?;
    /// let response = AllocateResponse::new(&plan, Lang::En, matcher.vocabulary());
    /// assert_eq!((response.referrals.len(), response.unmet[0].reason), (1, "no_place"));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn new(plan: &Allocation, lang: Lang, vocabulary: &Vocabulary) -> Self {
        Self::build(plan, lang, vocabulary, &ProgressReporter::silent())
    }

    /// Converts a plan as a step of a longer operation; incomplete if it is cancelled.
    pub(super) fn build(
        plan: &Allocation,
        lang: Lang,
        vocabulary: &Vocabulary,
        progress: &ProgressReporter<'_>,
    ) -> Self {
        let is_cancelled = |position: usize| position % NEEDS_PER_REPORT == 0 && progress.is_cancelled();
        let unmet = plan.unmet().iter().enumerate().take_while(|(position, _)| !is_cancelled(*position));
        Self {
            unmet: unmet.map(|(_, unmet)| UnmetNeedData::new(unmet, lang, vocabulary)).collect(),
            referrals: plan.referrals().iter().map(ReferralData::from).collect(),
            offers: plan.offers().iter().map(OfferUsageData::from).collect(),
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

impl UnmetNeedData {
    fn new(unmet: &UnmetNeed, lang: Lang, vocabulary: &Vocabulary) -> Self {
        Self {
            need: unmet.need().to_owned(),
            reason: unmet.reason().code(),
            facts: UnmetFacts::new(unmet, lang, vocabulary),
            text: unmet.reason().text(lang, vocabulary),
        }
    }
}

impl UnmetFacts {
    fn new(unmet: &UnmetNeed, lang: Lang, vocabulary: &Vocabulary) -> Self {
        let facts = Self { previous: unmet.previous().map(str::to_owned), ..Self::default() };
        match unmet.reason() {
            UnmetReason::NoOffer { diagnosis, options } => {
                let diagnosis = DiagnosisData::new(diagnosis, lang, vocabulary);
                Self { diagnosis: Some(diagnosis), options: Some(options.clone()), ..facts }
            }
            UnmetReason::NoCommonOffer { blocks, more_blocks, split, more_parts } => Self {
                blocks: Some(Arc::clone(blocks)),
                blocks_more: unless_zero(*more_blocks),
                split: Some(Arc::clone(split)),
                split_more: unless_zero(*more_parts),
                ..facts
            },
            UnmetReason::PartyTooLarge { people, left } => Self { people: Some(*people), left: Some(*left), ..facts },
            UnmetReason::PlaceUnknown { offers, more } => {
                Self { to_phone: Some(Arc::clone(offers)), to_phone_more: unless_zero(*more), ..facts }
            }
            UnmetReason::NoPlace { offers, taken_by } => {
                Self { offers: Some(*offers), taken_by: Some(*taken_by), ..facts }
            }
        }
    }
}

fn unless_zero(count: u64) -> Option<u64> {
    (count > 0).then_some(count)
}

impl From<&Referral> for ReferralData {
    fn from(referral: &Referral) -> Self {
        Self {
            need: referral.need().to_owned(),
            offer: referral.offer().to_owned(),
            score: referral.score(),
            fixed: referral.is_fixed(),
            neighbour: referral.is_from_neighbour(),
            to_check: referral.to_check().to_vec(),
            breaks: referral.violations().to_vec(),
        }
    }
}

impl From<&OfferUsage> for OfferUsageData {
    fn from(usage: &OfferUsage) -> Self {
        Self {
            offer: usage.offer().to_owned(),
            places: usage.places(),
            used: usage.used(),
            assumed: usage.is_assumed(),
            price: usage.price().into(),
            exact: usage.is_exact(),
            helps: usage.min_extra_places(),
        }
    }
}

impl From<Objective> for ObjectiveData {
    fn from(objective: Objective) -> Self {
        let Objective { people, kept, value } = objective;
        Self { people, kept: saturating_i64(kept), score: to_score(value) }
    }
}

impl From<Objective> for PriceData {
    fn from(price: Objective) -> Self {
        let Objective { people, kept, value } = price;
        Self { people, kept: saturating_i64(kept), score: to_score(value) }
    }
}

fn serialize_all_people<S: Serializer>(people: &[i128; 4], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(Priority::all().map(Priority::as_str).zip(people.map(saturating_i64)))
}

fn serialize_changed_people<S: Serializer>(people: &[i128; 4], serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    for (priority, count) in Priority::all().zip(people.map(saturating_i64)) {
        if count != 0 {
            map.serialize_entry(priority.as_str(), &count)?;
        }
    }
    map.end()
}

fn saturating_i64(number: i128) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Converts hundred-millionths to a decimal.
#[expect(clippy::float_arithmetic, reason = "one division for the response; no decision depends on it")]
#[expect(
    clippy::cast_precision_loss,
    reason = "above 2⁵³ hundred-millionths the last digits do not matter to a reader"
)]
fn to_score(value: i128) -> f64 {
    value as f64 / 100_000_000.0
}
