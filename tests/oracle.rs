//! Oracle tests: the matcher against a naive double loop, and against a second implementation of the design's rules.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    clippy::arithmetic_side_effects,
    reason = "a test helper fails by panicking, and a model uses the floats of std"
)]

#[path = "support/cases.rs"]
mod cases;
#[path = "support/language_model.rs"]
mod language_model;
#[path = "support/model.rs"]
mod model;
#[path = "support/records.rs"]
mod records;
#[path = "support/region_model.rs"]
mod region_model;

use std::{cmp::Reverse, collections::BTreeMap, sync::Arc};

use lotse::{
    Assessment, Capacity, CapacityState, Criterion, ExplainOptions, Finding, Match, Matcher, Need, Offer, Policy,
    Ranking, Rule, Score, ScoredOffer, Vocabulary,
};
use proptest::{collection::vec, prelude::*, sample::Index};
use serde_json::{Value, json};

use crate::{
    language_model::LanguageFit,
    model::{Expected, ONE, effective_rule, field, is_requested, weights},
    records::Json,
    region_model::RegionModel,
};

/// A decoded request.
struct Request {
    data: Value,
    policy: Policy,
    vocabulary: Vocabulary,
    offers: Vec<Offer>,
    needs: Vec<Need>,
}

impl Request {
    fn new(data: Value) -> Self {
        let records = |name: &str| data[name].as_array().unwrap().iter().cloned();
        let additions = field(&data, "vocabulary");
        Self {
            policy: field(&data, "policy")
                .map_or_else(Policy::default, |policy| serde_json::from_value(policy.clone()).unwrap()),
            vocabulary: additions
                .map_or_else(Vocabulary::default, |own| Vocabulary::from_json(&own.to_string()).unwrap()),
            offers: records("offers").map(|offer| serde_json::from_value(offer).unwrap()).collect(),
            needs: records("needs").map(|need| serde_json::from_value(need).unwrap()).collect(),
            data,
        }
    }

    fn matcher(&self, offers: impl IntoIterator<Item = Offer>) -> Matcher {
        let matcher = Matcher::builder().offers(offers).policy(self.policy.clone()).vocabulary(self.vocabulary.clone());
        matcher.as_of(records::AS_OF.parse().unwrap()).build().unwrap()
    }

    /// Assesses every offer against every need, each offer in a matcher of its own; by need.
    fn assess_one_by_one(&self) -> Vec<Vec<Assessment>> {
        let mut by_need = vec![Vec::new(); self.needs.len()];
        for offer in &self.offers {
            let matcher = self.matcher([offer.clone()]);
            let pairs: Vec<_> = self.needs.iter().map(|need| (need.id(), offer.id())).collect();
            let explanations = matcher.explain_all(&self.needs, &pairs, ExplainOptions::new()).unwrap();
            for (assessments, explanation) in by_need.iter_mut().zip(explanations) {
                assessments.push(explanation.assessment().clone());
            }
        }
        by_need
    }

    /// Returns the number of people of a need, or of its group.
    fn people(&self, need: &Value) -> u64 {
        let people = |need: &Value| field(need, "people").map_or(1, |people| people.as_u64().unwrap());
        match field(need, "group") {
            None => people(need),
            group => {
                let needs = self.data["needs"].as_array().unwrap().iter();
                needs.filter(|other| field(other, "group") == group).map(people).sum()
            }
        }
    }
}

/// Combines the fields of a request's needs into new needs, many of which share fields while few are equal.
fn crossed(data: &Value, count: usize) -> Vec<Need> {
    let drawn = data["needs"].as_array().unwrap();
    let need = |number: usize| {
        let mut need = serde_json::Map::new();
        let fields = records::CRITERIA.iter().map(|(_, field)| *field).chain(["rules"]);
        for (position, name) in fields.enumerate() {
            let from = drawn[(number >> (position % 6)) % drawn.len()].as_object().unwrap();
            if let Some(value) = from.get(name) {
                need.insert(name.to_owned(), value.clone());
            }
        }
        need.insert("id".to_owned(), format!("crossed-{number}").into());
        // A location without its region is invalid.
        serde_json::from_value(Value::Object(need)).ok()
    };
    if drawn.is_empty() { Vec::new() } else { (0..count).filter_map(need).collect() }
}

fn assessments(ranking: &Ranking) -> Vec<Assessment> {
    ranking.matches().iter().map(|found| found.assessment().clone()).collect()
}

/// Returns the first `top` matches by score descending, fewer criteria to check, and id by bytes.
fn best(assessments: &[Assessment], top: usize) -> Vec<Assessment> {
    let mut matches: Vec<Assessment> = assessments.iter().filter(|assessment| assessment.is_match()).cloned().collect();
    matches.sort_by_key(|found| (Reverse(found.score()), found.to_check().count(), found.offer().as_bytes().to_vec()));
    matches.truncate(top);
    matches
}

proptest! {
    #![proptest_config(cases::config(400))]

    #[test]
    fn rankings_equal_those_of_the_double_loop(Json(data) in records::request(25, 12), top in 0_usize..30) {
        let request = Request::new(data);
        let matcher = request.matcher(request.offers.clone());
        let rankings = matcher.rank_all(&request.needs, top).unwrap();
        prop_assert_eq!(with_reasons(&rankings), without_reasons(&matcher.score_all(&request.needs, top).unwrap()));
        prop_assert_eq!(rankings.len(), request.needs.len());
        for ((need, ranking), one_by_one) in request.needs.iter().zip(&rankings).zip(request.assess_one_by_one()) {
            prop_assert_eq!(ranking.need(), need.id());
            prop_assert_eq!(assessments(ranking), best(&one_by_one, top));
            if need.group().is_none() {
                prop_assert_eq!(&matcher.rank(need, top).unwrap(), ranking);
            }
        }
    }

    /// Requirements that many needs share are memoized; `request` draws too few needs for that.
    #[test]
    fn needs_with_shared_requirements_rank_as_each_of_them_alone(Json(data) in records::request(25, 4), top in 1_usize..6) {
        let mut request = Request::new(data);
        request.needs = crossed(&request.data, 48);
        let matcher = request.matcher(request.offers.clone());
        for top in [top, usize::MAX] {
            let rankings = matcher.rank_all(&request.needs, top).unwrap();
            for (need, ranking) in request.needs.iter().zip(&rankings) {
                prop_assert_eq!(&matcher.rank(need, top).unwrap(), ranking);
            }
            prop_assert_eq!(with_reasons(&rankings), without_reasons(&matcher.score_all(&request.needs, top).unwrap()));
        }
    }

    /// `explain` is the plain computation of an assessment; `rank_all` and `score_all` are its optimized twins.
    #[test]
    fn the_fast_path_agrees_with_the_assessment_of_each_pair(Json(data) in records::request(25, 12)) {
        let mut request = Request::new(data);
        for memoized in [false, true] {
            if memoized {
                request.needs = crossed(&request.data, 24);
            }
            let matcher = request.matcher(request.offers.clone());
            let pairs = request.needs.iter().flat_map(|need| request.offers.iter().map(|offer| (need.id(), offer.id())));
            let explanations = matcher.explain_all(&request.needs, &pairs.collect::<Vec<_>>(), ExplainOptions::new()).unwrap();
            let rankings = matcher.rank_all(&request.needs, usize::MAX).unwrap();
            let scored = matcher.score_all(&request.needs, usize::MAX).unwrap();
            for ((need, ranking), scored) in request.needs.iter().zip(&rankings).zip(&scored) {
                let of_need = explanations.iter().filter(|explanation| explanation.need() == need.id());
                let expected: Vec<_> = of_need.map(|explanation| explanation.assessment().clone()).collect();
                let expected = best(&expected, usize::MAX);
                prop_assert_eq!(assessments(ranking), expected.as_slice());
                prop_assert_eq!(scored.len(), expected.len());
                for (scored, expected) in scored.iter().zip(&expected) {
                    prop_assert_eq!((scored.offer(), scored.score()), (expected.offer(), expected.score()));
                    prop_assert!(scored.to_check().eq(expected.to_check()));
                }
            }
        }
    }

    #[test]
    fn every_finding_follows_the_rules_of_the_design(Json(data) in records::request(12, 6)) {
        let request = Request::new(data);
        let empty = json!({});
        let policy = request.data.get("policy").unwrap_or(&empty);
        let regions = RegionModel::new(&request.data["vocabulary"]);
        for (need, assessments) in request.data["needs"].as_array().unwrap().iter().zip(request.assess_one_by_one()) {
            for (offer, assessment) in request.data["offers"].as_array().unwrap().iter().zip(assessments) {
                if let Err(violation) = check(&request, &regions, need, policy, offer, &assessment) {
                    prop_assert!(false, "{violation}\nneed {need}\noffer {offer}\npolicy {policy}\n{assessment:#?}");
                }
            }
        }
    }

    #[test]
    fn a_changed_matcher_equals_a_new_one(Json(data) in records::request(12, 6), changes in vec(change(), 0..12)) {
        let request = Request::new(data);
        let mut changed = request.matcher(request.offers.clone());
        let mut offers: BTreeMap<String, Value> = BTreeMap::new();
        for offer in request.data["offers"].as_array().unwrap() {
            offers.insert(offer["id"].as_str().unwrap().to_owned(), offer.clone());
        }
        for change in changes {
            apply(change, &mut changed, &mut offers);
            let new = request.matcher(offers.values().map(|offer| serde_json::from_value(offer.clone()).unwrap()));
            prop_assert_eq!(changed.offers().collect::<Vec<_>>(), new.offers().collect::<Vec<_>>());
            prop_assert_eq!(changed.rank_all(&request.needs, 99).unwrap(), new.rank_all(&request.needs, 99).unwrap());
        }
        for (id, offer) in &offers {
            let offer: Offer = serde_json::from_value(offer.clone()).unwrap();
            prop_assert_eq!(changed.offer(id), Some(&offer));
        }
    }
}

/// More profiles than one step of a batch, and more offers than one word of a bitset has bits.
#[test]
fn large_requests_rank_as_each_need_alone() {
    let ages = (0..=150_u8).flat_map(|age| ["01", "0101", "02", "020111"].map(|crime| (age, crime)));
    let needs: Vec<Need> = ages
        .map(|(age, crime)| Need::builder(format!("n-{age}-{crime}")).age(age).crime(crime).build().unwrap())
        .collect();
    let offers: Vec<Offer> = (0..150_u8)
        .map(|number| {
            let offer = Offer::builder(format!("o-{number}")).capacity(u32::from(number % 5)).min_age(number);
            offer.crime(["01", "0201", "any"][usize::from(number % 3)]).build().unwrap()
        })
        .collect();
    let matcher = Matcher::builder().offers(offers.clone()).build().unwrap();
    let rankings = matcher.rank_all(&needs, 7).unwrap();
    assert_eq!(needs.len(), 604);
    for (need, ranking) in needs.iter().zip(&rankings).step_by(13) {
        let explained = offers.iter().map(|offer| matcher.explain(need, offer.id()).unwrap().assessment().clone());
        assert_eq!(assessments(ranking), best(&explained.collect::<Vec<_>>(), 7));
        assert_eq!(&matcher.rank(need, 7).unwrap(), ranking);
    }
}

/// A change of a matcher's offers; some changes are invalid.
#[derive(Clone, Debug)]
enum Change {
    Update(Index, Value),
    Add(Value, u8),
    Remove(Index),
    SetCapacity(Index, u32, CapacityState, Option<&'static str>),
    UpdateWithUnknownLanguage(Index),
    RemoveUnknown,
}

fn change() -> impl Strategy<Value = Change> {
    let index = any::<Index>;
    let states = proptest::sample::select(CapacityState::all().collect::<Vec<_>>());
    let days = proptest::sample::select(&[None, Some("2026-11-23"), Some("2026-11-08")]);
    prop_oneof![
        3 => (index(), records::offer(false)).prop_map(|(index, offer)| Change::Update(index, offer)),
        3 => (records::offer(false), any::<u8>()).prop_map(|(offer, number)| Change::Add(offer, number)),
        3 => index().prop_map(Change::Remove),
        3 => (index(), 0..8_u32, states, days).prop_map(|(index, free, state, day)| Change::SetCapacity(index, free, state, day)),
        1 => index().prop_map(Change::UpdateWithUnknownLanguage),
        1 => Just(Change::RemoveUnknown),
    ]
}

fn apply(change: Change, matcher: &mut Matcher, offers: &mut BTreeMap<String, Value>) {
    match change {
        Change::Update(index, offer) => {
            if let Some(id) = pick(offers, index) {
                update(matcher, offers, records::with_id(&offer, &id));
            }
        }
        Change::Add(offer, number) => update(matcher, offers, records::with_id(&offer, &format!("new-{number}"))),
        Change::Remove(index) => {
            if let Some(id) = pick(offers, index) {
                let removed: Offer = serde_json::from_value(offers.remove(&id).unwrap()).unwrap();
                assert_eq!(matcher.remove(&id).unwrap(), removed);
                assert_eq!(matcher.offer(&id), None);
            }
        }
        Change::SetCapacity(index, free, state, day) => {
            let Some(id) = pick(offers, index) else { return };
            let capacity = Capacity::open(free).with_state(state);
            let capacity = day.map_or(capacity, |day| capacity.with_updated(day.parse().unwrap()));
            matcher.set_capacity(&id, capacity).unwrap();
            offers.get_mut(&id).unwrap()["capacity"] = json!({"free": free, "state": state.as_str(), "updated": day});
        }
        Change::UpdateWithUnknownLanguage(index) => {
            let id = pick(offers, index).unwrap_or_else(|| "new".to_owned());
            let offer = Offer::builder(id).language("de").language("xqq").build().unwrap();
            assert_eq!(matcher.update(offer).unwrap_err().code(), "offer.language.unknown_tag");
        }
        Change::RemoveUnknown => {
            assert_eq!(matcher.remove("unknown").unwrap_err().code(), "offer.unknown_id");
            let capacity = Capacity::new(CapacityState::Unlimited);
            assert_eq!(matcher.set_capacity("unknown", capacity).unwrap_err().code(), "offer.unknown_id");
        }
    }
}

fn pick(offers: &BTreeMap<String, Value>, index: Index) -> Option<String> {
    (!offers.is_empty()).then(|| offers.keys().nth(index.index(offers.len())).unwrap().clone())
}

fn update(matcher: &mut Matcher, offers: &mut BTreeMap<String, Value>, offer: Value) {
    matcher.update(serde_json::from_value(offer.clone()).unwrap()).unwrap();
    offers.insert(offer["id"].as_str().unwrap().to_owned(), offer);
}

/// Checks sums, weights, rules and the fits of the model.
fn check(
    request: &Request,
    regions: &RegionModel,
    need: &Value,
    policy: &Value,
    offer: &Value,
    assessment: &Assessment,
) -> Result<(), String> {
    let findings: Vec<Finding<'_>> = assessment.findings().collect();
    let holds = |holds: bool, what: &str| if holds { Ok(()) } else { Err(what.to_owned()) };
    holds(findings.iter().map(Finding::criterion).eq(Criterion::all()), "ten criteria in their order")?;
    let sum: u32 = findings.iter().map(|finding| finding.contribution().get()).sum();
    holds(sum == assessment.score().get(), "contributions add up to the score")?;
    let apportioned: Vec<u64> = findings.iter().map(|finding| u64::from(finding.weight().get())).collect();
    holds(matches!(apportioned.iter().sum::<u64>(), 0 | ONE), "weights add up to 1 or are all 0")?;
    holds(apportioned == weights(need, policy), "weights by largest remainder")?;
    holds(
        assessment.is_match() != findings.iter().any(Finding::is_blocking),
        "an offer matches if no criterion blocks it",
    )?;
    holds(assessment.to_check().is_sorted(), "to_check in the order of criteria")?;
    for finding in findings {
        let criterion = finding.criterion().as_str();
        let holds = |holds: bool, what: &str| if holds { Ok(()) } else { Err(format!("{criterion}: {what}")) };
        let rule = effective_rule(need, policy, criterion);
        let code = finding.reason().code();
        let to_check = finding.needs_check();
        holds(finding.is_requested() == is_requested(need, policy, criterion), "requested")?;
        holds(finding.rule().as_str() == rule.rule, "rule")?;
        holds(code.starts_with(&format!("{criterion}.")), "code")?;
        let Some(fit) = finding.fit() else {
            holds(!finding.is_requested() && !finding.is_known() && !finding.is_blocking(), "not requested")?;
            holds(finding.contribution().get() == 0 && finding.weight().get() == 0, "not requested, no weight")?;
            holds(to_check == code.ends_with(".restricted"), "restricted, to check")?;
            holds((finding.rule() == Rule::Ignore) == code.ends_with(".ignored"), "ignored")?;
            holds(to_check == restricts(criterion, offer) || finding.rule() == Rule::Ignore, "restriction")?;
            continue;
        };
        holds(finding.is_requested(), "a fit without being requested")?;
        let product = u32::from(finding.weight().get()) * u32::from(fit.get());
        holds(finding.contribution().get() == product, "contribution is weight times fit")?;
        let below = u64::from(fit.get()) < rule.minimum;
        let excluded = if finding.is_known() { below } else { rule.excludes_unknown };
        holds(finding.is_blocking() == (rule.rule == "must" && excluded), "blocks by rule, minimum and unknown")?;
        let is_uncertain =
            matches!(code, "region.part" | "region.same_kreis" | "region.neighbour" | "crime.context_open");
        holds(to_check == (!finding.is_known() || is_uncertain), "unknown is to check")?;
        let unknown = policy.get("unknown_fit").filter(|fit| fit.is_number()).map_or(5_000, model::units);
        if criterion == "language" {
            let vocabulary = field(&request.data, "vocabulary");
            let expected = language_model::fit(need, offer, policy, vocabulary);
            let actual = LanguageFit { fit: u64::from(fit.get()), is_known: finding.is_known() };
            holds(actual == expected, &format!("should be {expected:?}"))?;
        }
        let expected = match criterion {
            "region" => regions.fit(need, offer, policy),
            _ => model::fit(criterion, need, request.people(need), offer, policy, records::AS_OF),
        };
        match expected {
            Expected::NotModelled => {}
            Expected::Unknown => {
                holds(!finding.is_known(), "should be unknown")?;
                holds(u64::from(fit.get()) == unknown, "the fit that counts if it is unknown")?;
            }
            Expected::Fit(expected) => {
                holds(finding.is_known(), "should be known")?;
                holds(u64::from(fit.get()) == expected, &format!("fit should be {expected}"))?;
            }
        }
    }
    Ok(())
}

/// Returns `true` if an offer restricts a criterion.
fn restricts(criterion: &str, offer: &Value) -> bool {
    let named = |name: &str| {
        let values = field(offer, name).and_then(Value::as_array);
        values.is_some_and(|values| !values.contains(&json!("any")))
    };
    match criterion {
        "crime" => named("crimes"),
        "role" => named("roles"),
        "gender" => named("genders"),
        "age" => field(offer, "ages").is_some_and(|ages| {
            field(ages, "max").is_some() || field(ages, "min").is_some_and(|min| min.as_u64() != Some(0))
        }),
        _ => false,
    }
}

type Row = (String, Score, Vec<Criterion>);

/// Returns the matches of each need, from matches with reasons.
fn with_reasons(rankings: &[Ranking]) -> Vec<Vec<Row>> {
    let row = |found: &Match| (found.offer().to_owned(), found.score(), found.to_check().collect());
    rankings.iter().map(|ranking| ranking.matches().iter().map(row).collect()).collect()
}

/// Returns the matches of each need, from matches without reasons.
fn without_reasons(scored: &[Arc<[ScoredOffer]>]) -> Vec<Vec<Row>> {
    let row = |scored: &ScoredOffer| (scored.offer().to_owned(), scored.score(), scored.to_check().collect());
    scored.iter().map(|scored| scored.iter().map(row).collect()).collect()
}
