//! The wire form of allocations and reports.

use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};

use crate::{
    allocate::{
        allocation::{Allocation, OfferUsage, Referral},
        evaluation::Evaluation,
        report::{Bottleneck, MissingOffer, Report, ReportRow, Tally},
        unmet::{UnmetNeed, UnmetReason},
    },
    decode::code_kind::CodeKind,
    model::enums::Priority,
    solver::problem::Objective,
    text::localized::{Localized, localizable},
};

localizable! {
    /// Returns the plan with the reasons of unmet needs as sentences in a display language, to be serialized.
    ///
    /// # Example: one place for two needs
    ///
    /// ```
    /// use lotse::{AllocateOptions, Lang, Matcher, Need, Offer};
    /// let matcher = Matcher::builder().offers([Offer::builder("o-1").capacity(1).build()?]).build()?;
    /// let needs = [Need::builder("n-1").region("14612").build()?, Need::builder("n-2").region("14612").build()?];
    /// let plan = matcher.allocate(&needs, &AllocateOptions::new())?;
    /// let json = serde_json::to_string(&plan.localized(Lang::En, matcher.vocabulary())).unwrap();
    /// assert!(json.starts_with(r#"{"unmet":[{"need":"n-2","reason":"no_place","#));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    Allocation,
    /// Returns the unmet need with its reason as a sentence in a display language, to be serialized.
    ///
    /// # Example: why a need is unmet
    ///
    /// ```
    /// use lotse::{AllocateOptions, Lang, Matcher, Need, Offer};
    /// let matcher = Matcher::builder().offers([Offer::builder("o-1").capacity(1).build()?]).build()?;
    /// let needs = [Need::builder("n-1").region("14612").build()?, Need::builder("n-2").region("14612").build()?];
    /// let plan = matcher.allocate(&needs, &AllocateOptions::new())?;
    /// let json = serde_json::to_string(&plan.unmet()[0].localized(Lang::En, matcher.vocabulary())).unwrap();
    /// assert!(json.contains(r#""facts":{"offers":1,"taken_by":1},"text":""#));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    UnmetNeed,
    /// Returns the evaluation with the reasons of unmet needs as sentences in a display language, to be serialized.
    ///
    /// # Example: a plan of yesterday with the offers of today
    ///
    /// ```
    /// use lotse::{AllocateOptions, Lang, Matcher, Need, Offer};
    /// let matcher = Matcher::builder().offers([Offer::builder("o-1").capacity(1).build()?]).build()?;
    /// let needs = [Need::builder("n-1").build()?];
    /// let evaluation = matcher.evaluate(&needs, [("n-1", "o-1")], &AllocateOptions::new())?;
    /// let json = serde_json::to_string(&evaluation.localized(Lang::En, matcher.vocabulary())).unwrap();
    /// assert!(json.starts_with(r#"{"feasible":true,"unmet":[],"referrals":[{"need":"n-1","offer":"o-1""#));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    Evaluation,
    /// Returns the report with the names of its codes in a display language, to be serialized.
    ///
    /// # Example: the region of a missing offer
    ///
    /// ```
    /// use lotse::{AllocateOptions, Lang, Matcher, Need, Offer};
    /// let matcher = Matcher::builder().offers([Offer::builder("o-1").capacity(1).build()?]).build()?;
    /// let needs = [Need::builder("n-1").region("14612").build()?, Need::builder("n-2").region("14612").build()?];
    /// let plan = matcher.allocate(&needs, &AllocateOptions::new())?;
    /// let report = plan.report();
    /// let json = serde_json::to_string(&report.localized(Lang::En, matcher.vocabulary())).unwrap();
    /// assert!(json.contains(r#""region":{"code":"14612","name":"Dresden"}"#));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    Report,
}

impl Serialize for Localized<'_, &Allocation> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let plan = self.result();
        let mut data = serializer.serialize_struct("Allocation", 6)?;
        data.serialize_field("unmet", &self.parts(plan.unmet()))?;
        data.serialize_field("referrals", plan.referrals())?;
        data.serialize_field("offers", plan.offers())?;
        data.serialize_field("objective", &PlanObjective::all(plan.objective()))?;
        data.serialize_field("bound", &PlanObjective::all(plan.bound()))?;
        data.serialize_field("certificate", &Quality(plan))?;
        data.end()
    }
}

impl Serialize for Localized<'_, &Evaluation> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let evaluation = self.result();
        let mut data = serializer.serialize_struct("Evaluation", 8)?;
        data.serialize_field("feasible", &evaluation.is_feasible())?;
        data.serialize_field("unmet", &self.parts(evaluation.unmet()))?;
        data.serialize_field("referrals", evaluation.referrals())?;
        data.serialize_field("servable", evaluation.servable())?;
        data.serialize_field("ineligible", evaluation.ineligible())?;
        data.serialize_field("split_groups", evaluation.split_groups())?;
        data.serialize_field("over_places", evaluation.over_places())?;
        data.serialize_field("objective", &PlanObjective::all(evaluation.objective()))?;
        data.end()
    }
}

/// The quality of a plan: the field `certificate`.
struct Quality<'a>(&'a Allocation);

impl Serialize for Quality<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut data = serializer.serialize_struct("Certificate", 3)?;
        data.serialize_field("optimal", &self.0.is_optimal())?;
        data.serialize_field("gap", &self.0.gap().map(PlanObjective::all))?;
        data.serialize_field("verified", &self.0.verify().is_ok())?;
        data.end()
    }
}

impl Serialize for Localized<'_, &UnmetNeed> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let unmet = self.result();
        let mut data = serializer.serialize_struct("UnmetNeed", 4)?;
        data.serialize_field("need", unmet.need())?;
        data.serialize_field("reason", unmet.reason().code())?;
        data.serialize_field("facts", &self.part(UnmetFacts(unmet)))?;
        if let Some((lang, vocabulary)) = self.display() {
            data.serialize_field("text", &unmet.reason().text(lang, vocabulary))?;
        }
        data.end()
    }
}

/// The facts of an unmet need: those of its reason, and its previous offer.
#[derive(Clone, Copy)]
struct UnmetFacts<'a>(&'a UnmetNeed);

impl Serialize for Localized<'_, UnmetFacts<'_>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let UnmetFacts(unmet) = self.result();
        let mut facts = serializer.serialize_map(None)?;
        match unmet.reason() {
            UnmetReason::NoOffer { diagnosis, options } => {
                facts.serialize_entry("diagnosis", &self.part(diagnosis))?;
                facts.serialize_entry("options", options)?;
            }
            UnmetReason::NoCommonOffer { blocks, more_blocks, split, more_parts } => {
                facts.serialize_entry("blocks", &**blocks)?;
                serialize_unless_zero(&mut facts, "blocks_more", *more_blocks)?;
                facts.serialize_entry("split", &**split)?;
                serialize_unless_zero(&mut facts, "split_more", *more_parts)?;
            }
            UnmetReason::PartyTooLarge { people, left } => {
                facts.serialize_entry("people", people)?;
                facts.serialize_entry("left", left)?;
            }
            UnmetReason::PlaceUnknown { offers, more } => {
                facts.serialize_entry("to_phone", &**offers)?;
                serialize_unless_zero(&mut facts, "to_phone_more", *more)?;
            }
            UnmetReason::NoPlace { offers, taken_by } => {
                facts.serialize_entry("offers", offers)?;
                facts.serialize_entry("taken_by", taken_by)?;
            }
        }
        if let Some(previous) = unmet.previous() {
            facts.serialize_entry("previous", previous)?;
        }
        facts.end()
    }
}

fn serialize_unless_zero<M: SerializeMap>(map: &mut M, key: &str, count: u64) -> Result<(), M::Error> {
    if count > 0 { map.serialize_entry(key, &count) } else { Ok(()) }
}

impl Serialize for Referral {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut data = serializer.serialize_struct("Referral", 7)?;
        data.serialize_field("need", self.need())?;
        data.serialize_field("offer", self.offer())?;
        data.serialize_field("score", &self.score())?;
        data.serialize_field("fixed", &self.is_fixed())?;
        data.serialize_field("neighbour", &self.is_from_neighbour())?;
        data.serialize_field("to_check", self.to_check())?;
        data.serialize_field("breaks", self.violations())?;
        data.end()
    }
}

impl Serialize for OfferUsage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut data = serializer.serialize_struct("OfferUsage", 7)?;
        data.serialize_field("offer", self.offer())?;
        data.serialize_field("places", &self.places())?;
        data.serialize_field("used", &self.used())?;
        data.serialize_field("assumed", &self.is_assumed())?;
        data.serialize_field("price", &PlanObjective::changed(self.price()))?;
        data.serialize_field("exact", &self.is_exact())?;
        data.serialize_field("helps", &self.min_extra_places())?;
        data.end()
    }
}

/// An objective as plans and reports serialize it: people by priority, kept referrals, and the score as a decimal.
///
/// # Example: the objective of a baseline
///
/// ```
/// use lotse::{Baseline, Matcher, Need, Offer, PlanObjective};
/// let matcher = Matcher::builder().offers([Offer::builder("o-1").capacity(1).build()?]).build()?;
/// let objective = matcher.baseline(&[Need::builder("n-1").build()?], Baseline::Greedy)?;
/// let json = serde_json::to_string(&PlanObjective::from(objective)).unwrap();
/// assert!(json.starts_with(r#"{"people":{"stat":0,"asap":0,"urgent":0,"routine":1},"kept":0,"score":"#));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct PlanObjective {
    objective: Objective,
    /// `true` to omit priorities without people.
    only_changed: bool,
}

impl From<Objective> for PlanObjective {
    fn from(objective: Objective) -> Self {
        Self::all(objective)
    }
}

impl PlanObjective {
    fn all(objective: Objective) -> Self {
        Self { objective, only_changed: false }
    }

    fn changed(price: Objective) -> Self {
        Self { objective: price, only_changed: true }
    }
}

impl Serialize for PlanObjective {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let people = Priority::all().map(Priority::as_str).zip(self.objective.people.map(saturating_i64));
        let people = people.filter(|(_, count)| !self.only_changed || *count != 0);
        let mut data = serializer.serialize_struct("Objective", 3)?;
        data.serialize_field("people", &Entries(people.collect()))?;
        data.serialize_field("kept", &saturating_i64(self.objective.kept))?;
        data.serialize_field("score", &to_score(self.objective.value))?;
        data.end()
    }
}

/// Entries that are serialized as an object in their order.
struct Entries<T>(Vec<(&'static str, T)>);

impl<T: Serialize> Serialize for Entries<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
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

impl Serialize for Localized<'_, &Report> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let report = self.result();
        let rows = |kind, rows| self.parts(rows_of(kind, rows));
        let mut data = serializer.serialize_struct("Report", 10)?;
        data.serialize_field("total", &report.total)?;
        data.serialize_field("by_priority", &rows(None, &report.by_priority))?;
        data.serialize_field("by_help", &rows(Some(CodeKind::Help), &report.by_help))?;
        data.serialize_field("by_language", &rows(Some(CodeKind::Language), &report.by_language))?;
        data.serialize_field("by_region", &rows(Some(CodeKind::Region), &report.by_region))?;
        data.serialize_field("by_crime", &rows(Some(CodeKind::Crime), &report.by_crime))?;
        data.serialize_field("bottlenecks", &report.bottlenecks)?;
        data.serialize_field("wanted", &self.parts(&report.missing_offers))?;
        data.serialize_field("objective", &PlanObjective::all(report.objective))?;
        data.serialize_field("bound", &PlanObjective::all(report.bound))?;
        data.end()
    }
}

/// A row of a table of the report, and the kind of its code if the code has a name.
type KindAndRow<'a> = (Option<CodeKind>, &'a ReportRow);

fn rows_of(kind: Option<CodeKind>, rows: &[ReportRow]) -> impl Iterator<Item = KindAndRow<'_>> {
    rows.iter().map(move |row| (kind, row))
}

impl Serialize for Localized<'_, KindAndRow<'_>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (kind, row) = self.result();
        let mut data = serializer.serialize_map(None)?;
        data.serialize_entry("code", &row.code)?;
        let name = kind.zip(row.code.as_deref()).and_then(|(kind, code)| self.name(kind, code));
        if let Some(name) = name {
            data.serialize_entry("name", &name)?;
        }
        for (key, count) in row.tally.counts() {
            data.serialize_entry(key, &count)?;
        }
        data.end()
    }
}

impl Tally {
    /// Returns the counts with their names.
    pub(crate) fn counts(&self) -> [(&'static str, u64); 8] {
        [
            ("needs", self.needs),
            ("people", self.people),
            ("cases", self.cases),
            ("met", self.met),
            ("met_by_neighbour", self.met_by_neighbour),
            ("unmet", self.unmet),
            ("people_met", self.people_met),
            ("people_unmet", self.people_unmet),
        ]
    }
}

impl Serialize for Tally {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.counts())
    }
}

impl Serialize for Bottleneck {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut data = serializer.serialize_struct("Bottleneck", 6)?;
        data.serialize_field("offer", &self.offer)?;
        data.serialize_field("places", &self.places)?;
        data.serialize_field("used", &self.used)?;
        data.serialize_field("price", &PlanObjective::all(self.price))?;
        data.serialize_field("exact", &self.exact)?;
        data.serialize_field("helps", &self.min_extra_places)?;
        data.end()
    }
}

impl Serialize for Localized<'_, &MissingOffer> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let missing = self.result();
        let [help, language, region] = [
            (CodeKind::Help, &missing.help),
            (CodeKind::Language, &missing.language),
            (CodeKind::Region, &missing.region),
        ]
        .map(|(kind, code)| code.as_deref().map(|code| self.part((kind, code))));
        let by_priority = Priority::all().map(Priority::as_str).zip(missing.people_by_priority);
        let mut data = serializer.serialize_struct("MissingOffer", 6)?;
        data.serialize_field("help", &help)?;
        data.serialize_field("language", &language)?;
        data.serialize_field("region", &region)?;
        data.serialize_field("needs", &missing.needs)?;
        data.serialize_field("people", &missing.people)?;
        data.serialize_field("people_by_priority", &Entries(by_priority.collect()))?;
        data.end()
    }
}

impl Serialize for Localized<'_, (CodeKind, &str)> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (kind, code) = self.result();
        let mut data = serializer.serialize_map(None)?;
        data.serialize_entry("code", code)?;
        if let Some(name) = self.name(kind, code) {
            data.serialize_entry("name", &name)?;
        }
        data.end()
    }
}
