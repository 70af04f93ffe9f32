//! What an allocation amounts to: counts that reconcile, the places that are short, and the offers that are missing.

use std::cmp::Reverse;

use crate::{
    allocate::allocation::{Allocation, Subject},
    model::enums::Priority,
    solver::problem::{CLASSES, Objective},
    util::{
        ordered_map::{OrderedMap, OrderedSet, ordered_map},
        sort::{sort_by, sort_by_key},
    },
};

/// An allocation in figures: every need is counted once in each table, so each adds up to `total`.
///
/// A report only counts. It knows no names of codes and orders nobody: rows stand in the order of their codes, those of which
/// nothing was told come last.
///
/// # Example: two people, one place
///
/// ```
/// use lotse::{AllocateOptions, Matcher, Need, Offer};
/// let matcher = Matcher::builder().offers([Offer::builder("o-1").language("prs").free(1).build()?]).build()?;
/// let needs = [Need::builder("n-1").language("prs").build()?, Need::builder("n-2").language("prs").build()?];
/// let report = matcher.allocate(&needs, &AllocateOptions::new())?.report();
/// assert_eq!((report.total.met, report.total.unmet), (1, 1));
/// assert_eq!(report.by_language[0].code.as_deref(), Some("prs"));
/// // One more place would serve one more person, and one more offer like this is what is wanted.
/// assert_eq!(report.bottlenecks[0].price.people, [0, 0, 0, 1]);
/// assert_eq!(report.missing_offers[0].language.as_deref(), Some("prs"));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Report {
    /// All needs.
    pub total: Tally,
    /// By how soon, the most pressing first; the code is the word of the [`Priority`].
    pub by_priority: Vec<ReportRow>,
    /// By kind of help.
    pub by_help: Vec<ReportRow>,
    /// By first language.
    pub by_language: Vec<ReportRow>,
    /// By Kreis, or by the region itself where that is larger.
    pub by_region: Vec<ReportRow>,
    /// By the first four digits of the crime.
    pub by_crime: Vec<ReportRow>,
    /// The offers of which one more place would be worth something, or a few more would take in a party: by that price, highest
    /// first, then by how few places help.
    pub bottlenecks: Vec<Bottleneck>,
    /// The offers that would help most if they existed.
    pub missing_offers: Vec<MissingOffer>,
    /// What the plan is worth.
    pub objective: Objective,
    /// What no plan can exceed.
    pub bound: Objective,
}

/// One row of a table.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct ReportRow {
    /// What is counted; nothing where the needs do not say.
    pub code: Option<String>,
    /// The counts.
    pub tally: Tally,
}

/// What is counted. `met` and `unmet` add up to `needs`, `people_met` and `people_unmet` to `people`.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct Tally {
    /// Needs.
    pub needs: u64,
    /// People, each once for every need.
    pub people: u64,
    /// Cases; a need without a case is one of its own. A case with needs in several rows counts once in each.
    pub cases: u64,
    /// Needs with a place, those served by a neighbour included.
    pub met: u64,
    /// Needs served from a neighbouring Kreis.
    pub met_by_neighbour: u64,
    /// Needs without a place.
    pub unmet: u64,
    /// People with a place.
    pub people_met: u64,
    /// People without one.
    pub people_unmet: u64,
}

/// An offer of which one more place would be worth something, or a few more would take in a party.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Bottleneck {
    /// The offer's id.
    pub offer: String,
    /// The places that the plan could fill.
    pub places: Option<u64>,
    /// How many it fills.
    pub used: u64,
    /// What one more place would add.
    pub price: Objective,
    /// False where parties stay together, so that one more place may not be enough.
    pub exact: bool,
    /// The fewest places that help, where one is not known to.
    pub helps: Option<u64>,
}

/// An offer that does not exist, or not with enough places: what unmet needs have in common.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct MissingOffer {
    /// The kind of help.
    pub help: Option<String>,
    /// The first language.
    pub language: Option<String>,
    /// The Kreis, or the larger region.
    pub region: Option<String>,
    /// Unmet needs.
    pub needs: u64,
    /// Their people.
    pub people: u64,
    /// Their people by priority, the most pressing first.
    pub people_by_priority: [u64; CLASSES],
}

/// Whether a need is served, and from where.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Outcome {
    Met,
    MetByNeighbour,
    Unmet,
}

/// A row while it grows: the cases are counted at its end.
#[derive(Default)]
struct Growing<'a> {
    tally: Tally,
    cases: OrderedSet<&'a str>,
    alone: u64,
}

impl<'a> Growing<'a> {
    fn add(&mut self, subject: &'a Subject, outcome: Outcome) {
        let (tally, people) = (&mut self.tally, u64::from(subject.people));
        grow(&mut tally.needs, 1);
        grow(&mut tally.people, people);
        match subject.case.as_deref() {
            Some(case) => {
                self.cases.insert_key(case);
            }
            None => grow(&mut self.alone, 1),
        }
        if outcome == Outcome::Unmet {
            grow(&mut tally.unmet, 1);
            grow(&mut tally.people_unmet, people);
        } else {
            grow(&mut tally.met, 1);
            grow(&mut tally.people_met, people);
            grow(&mut tally.met_by_neighbour, u64::from(outcome == Outcome::MetByNeighbour));
        }
    }

    fn done(self) -> Tally {
        let cases = u64::try_from(self.cases.len()).unwrap_or(u64::MAX).saturating_add(self.alone);
        Tally { cases, ..self.tally }
    }
}

fn grow(count: &mut u64, by: u64) {
    *count = count.saturating_add(by);
}

impl Allocation {
    /// The allocation in figures.
    pub fn report(&self) -> Report {
        let met = ordered_map(self.referrals.iter().map(|referral| (referral.need.as_str(), referral.neighbour)));
        let outcome = |subject: &Subject| match met.get(subject.need.as_str()) {
            Some(true) => Outcome::MetByNeighbour,
            Some(false) => Outcome::Met,
            None => Outcome::Unmet,
        };
        let counted: Vec<(&Subject, Outcome)> =
            self.subjects.iter().map(|subject| (subject, outcome(subject))).collect();
        let mut total = Growing::default();
        for (subject, outcome) in &counted {
            total.add(subject, *outcome);
        }
        Report {
            total: total.done(),
            by_priority: rows(&counted, &|subject| (subject.priority as u8, Some(subject.priority.as_str()))),
            by_help: rows(&counted, &|subject| (0, subject.help.as_deref())),
            by_language: rows(&counted, &|subject| (0, subject.language.as_deref())),
            by_region: rows(&counted, &|subject| (0, subject.region.as_deref())),
            by_crime: rows(&counted, &|subject| (0, subject.crime.as_deref())),
            bottlenecks: self.bottlenecks(),
            missing_offers: wanted(&counted),
            objective: self.objective,
            bound: self.bound,
        }
    }

    fn bottlenecks(&self) -> Vec<Bottleneck> {
        let short =
            self.offers.iter().filter(|offer| offer.price > Objective::ZERO || offer.min_extra_places.is_some());
        let mut short: Vec<Bottleneck> = short
            .map(|offer| Bottleneck {
                offer: offer.offer.clone(),
                places: offer.places,
                used: offer.used,
                price: offer.price,
                exact: offer.exact,
                helps: offer.min_extra_places,
            })
            .collect();
        sort_by(&mut short, |one, other| {
            let fewest = |offer: &Bottleneck| offer.helps.unwrap_or(1);
            let by_price = other.price.cmp(&one.price);
            by_price.then_with(|| fewest(one).cmp(&fewest(other))).then_with(|| one.offer.cmp(&other.offer))
        });
        short
    }
}

/// A row for each code that some need has, by its rank and then in the order of codes; needs without one come last.
fn rows<'a>(
    counted: &[(&'a Subject, Outcome)],
    ranked: &dyn Fn(&'a Subject) -> (u8, Option<&'a str>),
) -> Vec<ReportRow> {
    let mut growing: OrderedMap<(bool, u8, Option<&str>), Growing<'a>> = OrderedMap::default();
    for (subject, outcome) in counted {
        let (rank, code) = ranked(subject);
        growing.entry_or_default((code.is_none(), rank, code)).add(subject, *outcome);
    }
    growing
        .into_entries()
        .map(|((.., code), row)| ReportRow { code: code.map(str::to_owned), tally: row.done() })
        .collect()
}

/// Unmet needs that one offer could serve, by the people it would reach: the most pressing decide, then the next.
fn wanted(counted: &[(&Subject, Outcome)]) -> Vec<MissingOffer> {
    let mut clusters: OrderedMap<[Option<&str>; 3], (u64, [u64; CLASSES])> = OrderedMap::default();
    for (subject, _) in counted.iter().filter(|(_, outcome)| *outcome == Outcome::Unmet) {
        let codes = [subject.help.as_deref(), subject.language.as_deref(), subject.region.as_deref()];
        let (needs, by_priority) = clusters.entry_or_default(codes);
        grow(needs, 1);
        let counts = Priority::all().zip(by_priority.iter_mut());
        for (_, count) in counts.filter(|(priority, _)| *priority == subject.priority) {
            grow(count, u64::from(subject.people));
        }
    }
    let mut wanted: Vec<MissingOffer> = clusters
        .into_entries()
        .map(|(codes, (needs, people_by_priority))| {
            let [help, language, region] = codes.map(|code| code.map(str::to_owned));
            let people = people_by_priority.iter().fold(0, |all: u64, count| all.saturating_add(*count));
            MissingOffer { help, language, region, needs, people, people_by_priority }
        })
        .collect();
    // Stable: what is wanted equally stays in the order of codes.
    sort_by_key(&mut wanted, |wanted| Reverse(wanted.people_by_priority));
    wanted
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        allocate::allocation::{OfferUsage, Referral, UnmetNeed, UnmetReason},
        util::fixed::Score,
    };

    /// A need as the report sees it, and whether it is served: 0 not, 1 yes, 2 by a neighbour.
    type Case = (Option<u8>, u32, usize, [Option<u8>; 4], u8);

    fn allocation(cases: &[Case], prices: &[i128]) -> Allocation {
        let (mut referrals, mut unmet, mut subjects) = (Vec::new(), Vec::new(), Vec::new());
        for (number, (case, people, priority, [help, language, region, crime], outcome)) in cases.iter().enumerate() {
            let need = format!("n-{number:03}");
            let code = |code: &Option<u8>| code.map(|code| format!("code-{code}"));
            subjects.push(Subject {
                need: need.clone(),
                case: code(case),
                people: *people,
                priority: Priority::all().nth(*priority).unwrap(),
                help: code(help),
                language: code(language),
                region: code(region),
                crime: code(crime),
            });
            if *outcome == 0 {
                unmet.push(UnmetNeed { need, reason: UnmetReason::NoPlace { offers: 0, taken_by: 0 } });
            } else {
                let (offer, score) = ("o-1".to_owned(), Score::clamped(1));
                referrals.push(Referral {
                    need,
                    offer,
                    score,
                    fixed: false,
                    neighbour: *outcome == 2,
                    to_check: vec![],
                    breaks: vec![],
                });
            }
        }
        let offer = |(number, value): (usize, &i128)| OfferUsage {
            offer: format!("o-{number}"),
            places: Some(1),
            used: 1,
            assumed: false,
            price: Objective { value: *value, ..Objective::ZERO },
            exact: true,
            min_extra_places: None,
        };
        let offers = prices.iter().enumerate().map(offer).collect();
        Allocation { referrals, unmet, offers, objective: Objective::ZERO, bound: Objective::ZERO, subjects }
    }

    fn codes(rows: &[ReportRow]) -> Vec<Option<&str>> {
        rows.iter().map(|row| row.code.as_deref()).collect()
    }

    #[test]
    fn rows_stand_in_the_order_of_codes_and_what_is_not_told_comes_last() {
        let of = |language| (None, 1, 3, [None, language, None, None], 0);
        let report = allocation(&[of(None), of(Some(2)), of(Some(1)), of(None)], &[]).report();
        assert_eq!(codes(&report.by_language), [Some("code-1"), Some("code-2"), None]);
        assert_eq!(codes(&report.by_region), [None]);
        assert_eq!(codes(&report.by_priority), [Some("routine")]);
    }

    #[test]
    fn a_case_counts_once_and_a_need_without_one_for_itself() {
        let of = |case, help| (case, 1, 3, [Some(help), None, None, None], 1);
        let report = allocation(&[of(Some(1), 1), of(Some(1), 2), of(None, 1), of(None, 1)], &[]).report();
        assert_eq!(report.total.cases, 3);
        assert_eq!(report.by_help.iter().map(|row| row.tally.cases).collect::<Vec<_>>(), [3, 1]);
    }

    #[test]
    fn one_urgent_person_goes_before_many_routine_ones() {
        let of = |people, priority, region| (None, people, priority, [None, None, Some(region), None], 0);
        let report = allocation(&[of(9, 3, 1), of(1, 2, 2), of(9, 3, 0)], &[]).report();
        let regions: Vec<_> = report.missing_offers.iter().map(|wanted| wanted.region.as_deref().unwrap()).collect();
        assert_eq!(regions, ["code-2", "code-0", "code-1"]);
        assert_eq!(report.missing_offers[0].people_by_priority, [0, 0, 1, 0]);
    }

    #[test]
    fn bottlenecks_go_by_price_and_then_by_id() {
        let report = allocation(&[], &[0, 5, 7, 5]).report();
        let ids: Vec<&str> = report.bottlenecks.iter().map(|short| short.offer.as_str()).collect();
        assert_eq!(ids, ["o-2", "o-1", "o-3"]);
    }

    #[test]
    fn the_wire_gives_names_beside_codes_and_people_by_priority() {
        let mut report = allocation(&[(None, 2, 2, [None; 4], 0)], &[71_000_000]).report();
        report.by_language[0].code = Some("prs".to_owned());
        report.missing_offers[0].region = Some("14612".to_owned());
        let told = crate::wire::ReportResponse::new(&report, &crate::Vocabulary::default(), crate::Lang::En);
        let told = serde_json::to_value(&told).unwrap();
        let at = |path| told.pointer(path).cloned().unwrap_or_default();
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

    fn code() -> impl Strategy<Value = Option<u8>> {
        proptest::option::of(0..3_u8)
    }

    proptest! {
        #[test]
        fn every_table_adds_up_to_the_total(
            cases in prop::collection::vec(
                (code(), 1..5_u32, 0..4_usize, [code(), code(), code(), code()], 0..3_u8), 0..40),
        ) {
            let report = allocation(&cases, &[]).report();
            let total = report.total;
            prop_assert_eq!(total.met.saturating_add(total.unmet), total.needs);
            prop_assert_eq!(total.people_met.saturating_add(total.people_unmet), total.people);
            prop_assert!(total.met_by_neighbour <= total.met);
            prop_assert_eq!(usize::try_from(total.needs), Ok(cases.len()));
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
            prop_assert_eq!(report.missing_offers.iter().map(|wanted| wanted.needs).sum::<u64>(), total.unmet);
            prop_assert_eq!(report.missing_offers.iter().map(|wanted| wanted.people).sum::<u64>(), total.people_unmet);
        }
    }
}
