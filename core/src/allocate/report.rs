//! Reports: counts of met and unmet needs, bottlenecks and missing offers.

use std::{cmp::Reverse, fmt};

use crate::{
    allocate::{allocation::Allocation, summary::NeedSummary},
    error::Error,
    model::enums::Priority,
    solver::problem::{CLASSES, Objective},
    util::{
        ordered_map::{OrderedMap, OrderedSet},
        progress::ProgressReporter,
        sort::{sort_by, sort_by_key},
    },
};

/// The number of needs between two calls of the progress callback.
const NEEDS_PER_REPORT: usize = 1_024;

/// An allocation in figures: every table counts each need once, so each adds up to `total`.
///
/// Rows are sorted by code, except for priorities; the row of needs that state nothing comes last. A report contains no names of
/// codes.
///
/// # Example: two people, one place
///
/// ```
/// use lotse::{AllocateOptions, Matcher, Need, Offer};
/// let offer = Offer::from_json(r#"{"id": "o-1", "languages": ["prs"], "capacity": 1}"#)?;
/// let matcher = Matcher::builder().offers([offer]).build()?;
/// let needs = [Need::builder("n-1").language("prs").build()?, Need::builder("n-2").language("prs").build()?];
/// let report = matcher.allocate(&needs, &AllocateOptions::new())?.report();
/// assert_eq!((report.total.met, report.total.unmet), (1, 1));
/// assert_eq!(report.by_language[0].code.as_deref(), Some("prs"));
/// // One more place would serve one more person.
/// assert_eq!(report.bottlenecks[0].price.people, [0, 0, 0, 1]);
/// assert_eq!(report.missing_offers[0].language.as_deref(), Some("prs"));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct Report {
    /// The counts of all needs.
    pub total: Tally,
    /// Counts by priority, most urgent first; the code is that of the [`Priority`].
    pub by_priority: Vec<ReportRow>,
    /// Counts by kind of help.
    pub by_help: Vec<ReportRow>,
    /// Counts by first language.
    pub by_language: Vec<ReportRow>,
    /// Counts by Kreis, or by the region itself if it is larger.
    pub by_region: Vec<ReportRow>,
    /// Counts by the first four digits of the crime.
    pub by_crime: Vec<ReportRow>,
    /// The offers of which one more place has a price above 0, or a few more let an unmet party fit; sorted by price
    /// descending, then fewest extra places, then id.
    pub bottlenecks: Vec<Bottleneck>,
    /// The offers that would serve the unmet needs, sorted by people in priority order, descending.
    pub missing_offers: Vec<MissingOffer>,
    /// The objective of the allocation.
    pub objective: Objective,
    /// The upper bound of the objective of every plan.
    pub bound: Objective,
}

impl fmt::Debug for Report {
    /// Shows the counts of all needs only, because codes of small groups may identify a person.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Report").field("total", &self.total).finish_non_exhaustive()
    }
}

/// A row of a table in a [`Report`].
///
/// # Example: needs that state no language
///
/// ```
/// use lotse::{AllocateOptions, Matcher, Need};
/// let needs = [Need::builder("n-1").build()?, Need::builder("n-2").language("uk").build()?];
/// let report = Matcher::builder().build()?.allocate(&needs, &AllocateOptions::new())?.report();
/// let rows: Vec<_> = report.by_language.iter().map(|row| (row.code.as_deref(), row.tally.needs)).collect();
/// assert_eq!(rows, [(Some("uk"), 1), (None, 1)]);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct ReportRow {
    /// The code, or `None` for the needs that state none.
    pub code: Option<String>,
    /// The counts.
    pub tally: Tally,
}

impl fmt::Debug for ReportRow {
    /// Shows no code, so that no log repeats a value of a need.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReportRow").field("tally", &self.tally).finish_non_exhaustive()
    }
}

/// Counts of needs, people and cases.
///
/// `met` and `unmet` add up to `needs`, `people_met` and `people_unmet` to `people`.
///
/// # Example: two needs of one case
///
/// ```
/// use lotse::{AllocateOptions, Matcher, Need, Offer};
/// let matcher = Matcher::builder().offers([Offer::from_json(r#"{"id": "o-1", "capacity": 2}"#)?]).build()?;
/// let needs = [Need::builder("n-1").case("c-1").people(2).build()?, Need::builder("n-2").case("c-1").build()?];
/// let total = matcher.allocate(&needs, &AllocateOptions::new())?.report().total;
/// assert_eq!((total.needs, total.people, total.cases), (2, 3, 1));
/// assert_eq!((total.people_met, total.people_unmet), (2, 1));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct Tally {
    /// The number of needs.
    pub needs: u64,
    /// The number of people, counted once for each need.
    pub people: u64,
    /// The number of cases; a need without a case is one of its own. A case with needs in several rows counts once in each.
    pub cases: u64,
    /// The number of needs with a referral, including those served by a neighbour.
    pub met: u64,
    /// The number of needs that are served from a neighbouring Kreis, or from another Gemeinde of the same Kreis.
    pub met_by_neighbour: u64,
    /// The number of unmet needs.
    pub unmet: u64,
    /// The number of people with a referral.
    pub people_met: u64,
    /// The number of people without one.
    pub people_unmet: u64,
}

/// An offer of which one more place has a price above 0, or a few more let an unmet party fit.
///
/// # Example: a family of three, two places
///
/// ```
/// use lotse::{AllocateOptions, Matcher, Need, Offer};
/// let matcher = Matcher::builder().offers([Offer::from_json(r#"{"id": "o-1", "capacity": 2}"#)?]).build()?;
/// let needs = [Need::builder("n-1").people(3).build()?];
/// let report = matcher.allocate(&needs, &AllocateOptions::new())?.report();
/// let bottleneck = &report.bottlenecks[0];
/// assert_eq!((bottleneck.offer.as_str(), bottleneck.places, bottleneck.used), ("o-1", Some(2), 0));
/// assert_eq!((bottleneck.exact, bottleneck.min_extra_places), (false, Some(1)));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Bottleneck {
    /// The id of the offer.
    pub offer: String,
    /// The number of places that the plan may fill, or `None` if it is unlimited.
    pub places: Option<u64>,
    /// The number of places that the plan fills.
    pub used: u64,
    /// The gain in the objective by one more place.
    pub price: Objective,
    /// `true` if every party has size 1. Otherwise the price is an estimate, and one more place may not help.
    pub exact: bool,
    /// The fewest extra places with which one more matching unmet party fits while no other referral changes, or `None` if the
    /// price is exact or no party waits.
    pub min_extra_places: Option<u64>,
}

/// An offer that does not exist, or not with enough places: what a cluster of unmet needs has in common.
///
/// # Example: no offer in Ukrainian
///
/// ```
/// use lotse::{AllocateOptions, Matcher, Need, Priority};
/// let need = |id| Need::builder(id).help("legal").language("uk").region("14612");
/// let needs = [need("n-1").build()?, need("n-2").people(2).priority(Priority::Urgent).build()?];
/// let report = Matcher::builder().build()?.allocate(&needs, &AllocateOptions::new())?.report();
/// let missing = &report.missing_offers[0];
/// assert_eq!(missing.help.as_deref(), Some("legal"));
/// assert_eq!(missing.language.as_deref(), Some("uk"));
/// assert_eq!(missing.region.as_deref(), Some("14612"));
/// assert_eq!((missing.needs, missing.people, missing.people_by_priority), (2, 3, [0, 0, 2, 1]));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Eq, PartialEq)]
#[non_exhaustive]
pub struct MissingOffer {
    /// The kind of help.
    pub help: Option<String>,
    /// The first language.
    pub language: Option<String>,
    /// The Kreis, or the larger region.
    pub region: Option<String>,
    /// The number of unmet needs.
    pub needs: u64,
    /// The number of their people.
    pub people: u64,
    /// The number of their people by priority, most urgent first.
    pub people_by_priority: [u64; CLASSES],
}

impl fmt::Debug for MissingOffer {
    /// Shows no code, so that no log repeats a value of a need.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MissingOffer").field("needs", &self.needs).field("people", &self.people).finish_non_exhaustive()
    }
}

/// The state of a need: met, and from which Kreis, or unmet.
#[derive(Clone, Copy, Eq, PartialEq)]
enum ServiceState {
    Met,
    MetByNeighbour,
    Unmet,
}

/// A tally in progress; distinct cases can be counted only at the end.
#[derive(Default)]
struct TallyBuilder<'a> {
    tally: Tally,
    cases: OrderedSet<&'a str>,
    needs_without_case: u64,
}

impl<'a> TallyBuilder<'a> {
    fn add(&mut self, need: &'a NeedSummary, state: ServiceState) {
        let (tally, people) = (&mut self.tally, u64::from(need.people));
        increase(&mut tally.needs, 1);
        increase(&mut tally.people, people);
        match need.case.as_deref() {
            Some(case) => {
                self.cases.insert(case);
            }
            None => increase(&mut self.needs_without_case, 1),
        }
        if state == ServiceState::Unmet {
            increase(&mut tally.unmet, 1);
            increase(&mut tally.people_unmet, people);
        } else {
            increase(&mut tally.met, 1);
            increase(&mut tally.people_met, people);
            increase(&mut tally.met_by_neighbour, u64::from(state == ServiceState::MetByNeighbour));
        }
    }

    fn build(self) -> Tally {
        let cases = u64::try_from(self.cases.len()).unwrap_or(u64::MAX);
        Tally { cases: cases.saturating_add(self.needs_without_case), ..self.tally }
    }
}

fn increase(count: &mut u64, by: u64) {
    *count = count.saturating_add(by);
}

impl Allocation {
    /// Returns the allocation in figures.
    pub fn report(&self) -> Report {
        self.report_step(&ProgressReporter::silent()).unwrap_or_default()
    }

    /// Returns the report as a step of a longer operation.
    ///
    /// # Errors
    ///
    /// `cancelled`.
    pub(crate) fn report_step(&self, progress: &ProgressReporter<'_>) -> Result<Report, Error> {
        let from_neighbour = OrderedMap::from_iter(
            self.referrals.iter().map(|referral| (referral.need(), referral.is_from_neighbour())),
        );
        let state = |need: &NeedSummary| match from_neighbour.get(need.need.as_str()) {
            Some(true) => ServiceState::MetByNeighbour,
            Some(false) => ServiceState::Met,
            None => ServiceState::Unmet,
        };
        let needs: Vec<(&NeedSummary, ServiceState)> = self.needs.values().map(|need| (need, state(need))).collect();
        let mut total = TallyBuilder::default();
        for (need, state) in &needs {
            total.add(need, *state);
        }
        progress.unless_cancelled(Report {
            total: total.build(),
            by_priority: rows(&needs, &|need| (need.priority as u8, Some(need.priority.as_str())), progress),
            by_help: rows(&needs, &|need| (0, need.help.as_deref()), progress),
            by_language: rows(&needs, &|need| (0, need.language.as_deref()), progress),
            by_region: rows(&needs, &|need| (0, need.region.as_deref()), progress),
            by_crime: rows(&needs, &|need| (0, need.crime.as_deref()), progress),
            bottlenecks: self.bottlenecks(),
            missing_offers: missing_offers(&needs),
            objective: self.objective,
            bound: self.bound,
        })
    }

    fn bottlenecks(&self) -> Vec<Bottleneck> {
        let is_short = |price: Objective, extra: Option<u64>| price > Objective::ZERO || extra.is_some();
        let offers = self.offers.iter().filter(|offer| is_short(offer.price, offer.min_extra_places));
        let mut bottlenecks: Vec<Bottleneck> = offers
            .map(|offer| Bottleneck {
                offer: offer.offer.clone(),
                places: offer.places,
                used: offer.used,
                price: offer.price,
                exact: offer.is_exact,
                min_extra_places: offer.min_extra_places,
            })
            .collect();
        sort_by(&mut bottlenecks, |a, b| {
            let extra_places = |offer: &Bottleneck| offer.min_extra_places.unwrap_or(1);
            let by_price = b.price.cmp(&a.price);
            by_price.then_with(|| extra_places(a).cmp(&extra_places(b))).then_with(|| a.offer.cmp(&b.offer))
        });
        bottlenecks
    }
}

/// Returns a row for each code that some need states, by its rank, then by code; the needs that state none come last.
fn rows<'a>(
    needs: &[(&'a NeedSummary, ServiceState)],
    rank_and_code: &dyn Fn(&'a NeedSummary) -> (u8, Option<&'a str>),
    progress: &ProgressReporter<'_>,
) -> Vec<ReportRow> {
    let mut tallies: OrderedMap<(bool, u8, Option<&str>), TallyBuilder<'a>> = OrderedMap::default();
    for (position, (need, state)) in needs.iter().enumerate() {
        if position % NEEDS_PER_REPORT == 0 && progress.is_cancelled() {
            break;
        }
        let (rank, code) = rank_and_code(need);
        tallies.entry((code.is_none(), rank, code)).or_default().add(need, *state);
    }
    tallies
        .into_entries()
        .map(|((.., code), tally)| ReportRow { code: code.map(str::to_owned), tally: tally.build() })
        .collect()
}

/// Groups the unmet needs by help, language and region, and sorts the groups by people in priority order, descending.
fn missing_offers(needs: &[(&NeedSummary, ServiceState)]) -> Vec<MissingOffer> {
    let mut groups: OrderedMap<[Option<&str>; 3], (u64, [u64; CLASSES])> = OrderedMap::default();
    for (need, _) in needs.iter().filter(|(_, state)| *state == ServiceState::Unmet) {
        let codes = [need.help.as_deref(), need.language.as_deref(), need.region.as_deref()];
        let (count, people_by_priority) = groups.entry(codes).or_default();
        increase(count, 1);
        let people = Priority::all().zip(people_by_priority.iter_mut());
        for (_, people) in people.filter(|(priority, _)| *priority == need.priority) {
            increase(people, u64::from(need.people));
        }
    }
    let mut missing: Vec<MissingOffer> = groups
        .into_entries()
        .map(|(codes, (needs, people_by_priority))| {
            let [help, language, region] = codes.map(|code| code.map(str::to_owned));
            let people = people_by_priority.iter().fold(0, |sum: u64, count| sum.saturating_add(*count));
            MissingOffer { help, language, region, needs, people, people_by_priority }
        })
        .collect();
    // Stable, because ties must keep the order of codes.
    sort_by_key(&mut missing, |missing| Reverse(missing.people_by_priority));
    missing
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::{
        allocate::{
            allocation::{OfferUsage, Referral},
            index::IndexVec,
            proof::Proof,
            unmet::{UnmetNeed, UnmetReason},
        },
        solver::problem::{Certificate, Problem, Solution},
        util::fixed::Score,
    };

    /// Case, people, priority, codes, and whether the need is met: 0 unmet, 1 met, 2 met by a neighbour.
    type Summary = (Option<u8>, u32, usize, [Option<u8>; 4], u8);

    fn allocation(summaries: &[Summary], prices: &[i128]) -> Allocation {
        let (mut referrals, mut unmet, mut needs) = (Vec::new(), Vec::new(), IndexVec::new());
        for (position, (case, people, priority, codes, state)) in summaries.iter().enumerate() {
            let [help, language, region, crime] = codes;
            let need = format!("n-{position:03}");
            let code = |code: &Option<u8>| code.map(|code| format!("code-{code}"));
            needs.push(NeedSummary {
                need: need.clone(),
                case: code(case),
                people: *people,
                priority: Priority::all().nth(*priority).unwrap(),
                help: code(help),
                language: code(language),
                region: code(region),
                crime: code(crime),
            });
            if *state == 0 {
                let reason = UnmetReason::NoPlace { offers: 0, taken_by: 0 };
                unmet.push(UnmetNeed { need, reason, previous: None });
            } else {
                let (offer, score) = ("o-1".to_owned(), Score::clamped(1));
                referrals.push(Referral {
                    need,
                    offer,
                    score,
                    is_fixed: false,
                    is_from_neighbour: *state == 2,
                    to_check: vec![],
                    violations: vec![],
                });
            }
        }
        let offer = |(position, value): (usize, &i128)| OfferUsage {
            offer: format!("o-{position}"),
            places: Some(1),
            used: 1,
            is_assumed: false,
            price: Objective { value: *value, ..Objective::ZERO },
            is_exact: true,
            min_extra_places: None,
        };
        let offers = prices.iter().enumerate().map(offer).collect();
        let (objective, bound) = (Objective::ZERO, Objective::ZERO);
        let solution = Solution { flows: Vec::new(), objective, bound, certificate: Certificate::default() };
        let proof = Arc::new(Proof { problem: Problem::default(), solution, links: IndexVec::new() });
        Allocation { referrals, unmet, offers, objective, bound, needs, proof }
    }

    fn codes(rows: &[ReportRow]) -> Vec<Option<&str>> {
        rows.iter().map(|row| row.code.as_deref()).collect()
    }

    #[test]
    fn rows_are_sorted_by_code_and_needs_without_one_come_last() {
        let need = |language| (None, 1, 3, [None, language, None, None], 0);
        let report = allocation(&[need(None), need(Some(2)), need(Some(1)), need(None)], &[]).report();
        assert_eq!(codes(&report.by_language), [Some("code-1"), Some("code-2"), None]);
        assert_eq!(codes(&report.by_region), [None]);
        assert_eq!(codes(&report.by_priority), [Some("routine")]);
    }

    #[test]
    fn a_case_counts_once_and_a_need_without_one_is_its_own() {
        let need = |case, help| (case, 1, 3, [Some(help), None, None, None], 1);
        let report = allocation(&[need(Some(1), 1), need(Some(1), 2), need(None, 1), need(None, 1)], &[]).report();
        assert_eq!(report.total.cases, 3);
        assert_eq!(report.by_help.iter().map(|row| row.tally.cases).collect::<Vec<_>>(), [3, 1]);
    }

    #[test]
    fn one_urgent_person_takes_precedence_over_many_routine_ones() {
        let need = |people, priority, region| (None, people, priority, [None, None, Some(region), None], 0);
        let report = allocation(&[need(9, 3, 1), need(1, 2, 2), need(9, 3, 0)], &[]).report();
        let regions: Vec<_> = report.missing_offers.iter().map(|missing| missing.region.as_deref().unwrap()).collect();
        assert_eq!(regions, ["code-2", "code-0", "code-1"]);
        assert_eq!(report.missing_offers[0].people_by_priority, [0, 0, 1, 0]);
    }

    #[test]
    fn bottlenecks_are_sorted_by_price_then_id() {
        let report = allocation(&[], &[0, 5, 7, 5]).report();
        let ids: Vec<&str> = report.bottlenecks.iter().map(|bottleneck| bottleneck.offer.as_str()).collect();
        assert_eq!(ids, ["o-2", "o-1", "o-3"]);
    }

    fn code() -> impl Strategy<Value = Option<u8>> {
        proptest::option::of(0..3_u8)
    }

    proptest! {
        #[test]
        fn every_table_adds_up_to_the_total(
            summaries in prop::collection::vec(
                (code(), 1..5_u32, 0..4_usize, [code(), code(), code(), code()], 0..3_u8), 0..40),
        ) {
            let report = allocation(&summaries, &[]).report();
            let total = report.total;
            prop_assert_eq!(total.met.saturating_add(total.unmet), total.needs);
            prop_assert_eq!(total.people_met.saturating_add(total.people_unmet), total.people);
            prop_assert!(total.met_by_neighbour <= total.met);
            prop_assert_eq!(usize::try_from(total.needs), Ok(summaries.len()));
            for table in
                [&report.by_priority, &report.by_help, &report.by_language, &report.by_region, &report.by_crime]
            {
                let sum = |part: fn(&Tally) -> u64| table.iter().map(|row| part(&row.tally)).sum::<u64>();
                prop_assert_eq!(sum(|tally| tally.needs), total.needs);
                prop_assert_eq!(sum(|tally| tally.people), total.people);
                prop_assert_eq!(sum(|tally| tally.met), total.met);
                prop_assert_eq!(sum(|tally| tally.met_by_neighbour), total.met_by_neighbour);
                prop_assert_eq!(sum(|tally| tally.unmet), total.unmet);
                prop_assert_eq!(sum(|tally| tally.people_met), total.people_met);
                prop_assert_eq!(sum(|tally| tally.people_unmet), total.people_unmet);
                prop_assert!(sum(|tally| tally.cases) >= total.cases);
                let mut seen = codes(table);
                let rows = seen.len();
                seen.dedup();
                prop_assert_eq!(seen.len(), rows);
            }
            prop_assert_eq!(report.missing_offers.iter().map(|missing| missing.needs).sum::<u64>(), total.unmet);
            prop_assert_eq!(report.missing_offers.iter().map(|missing| missing.people).sum::<u64>(), total.people_unmet);
        }
    }
}
