//! The naive double loop, and the rules of the design read a second time, against the matcher.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test helper fails by panicking"
)]

#[path = "support/cases.rs"]
mod cases;
#[path = "support/model.rs"]
mod model;
#[path = "support/records.rs"]
mod records;

use std::{cmp::Reverse, collections::BTreeMap, sync::Arc};

use lotse::{
    Assessment, Capacity, CapacityState, Criterion, Finding, Match, Matcher, Need, Offer, Policy, Ranking, Rule, Score,
    ScoredOffer, Vocabulary,
};
use proptest::{collection::vec, prelude::*, sample::Index};
use serde_json::{Value, json};

use crate::{
    model::{Expected, ONE, asks, field, in_force, weights},
    records::Json,
};

/// A request, read.
struct Read {
    data: Value,
    policy: Policy,
    vocabulary: Vocabulary,
    offers: Vec<Offer>,
    needs: Vec<Need>,
}

impl Read {
    fn of(data: Value) -> Self {
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

    /// Every offer laid beside every need, alone in a matcher of its own; by need.
    fn one_by_one(&self) -> Vec<Vec<Assessment>> {
        let mut by_need = vec![Vec::new(); self.needs.len()];
        for offer in &self.offers {
            let alone = self.matcher([offer.clone()]);
            let pairs: Vec<_> = self.needs.iter().map(|need| (need.id(), offer.id())).collect();
            for (pairs, why) in by_need.iter_mut().zip(alone.explain_all(&self.needs, &pairs).unwrap()) {
                pairs.push(why.assessment().clone());
            }
        }
        by_need
    }

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

/// A need whose fields come from one or another of the drawn ones, so that many needs share them and few are alike.
fn crossed(drawn: &[Value], number: usize) -> Option<Value> {
    let mut need = serde_json::Map::new();
    let fields = records::CRITERIA.iter().map(|(_, field)| *field).chain(["rules"]);
    for (place, name) in fields.enumerate() {
        let from = drawn[(number >> (place % 6)) % drawn.len()].as_object()?;
        if let Some(value) = from.get(name) {
            need.insert(name.to_owned(), value.clone());
        }
    }
    need.insert("id".to_owned(), format!("crossed-{number}").into());
    Some(Value::Object(need))
}

fn assessments(ranking: &Ranking) -> Vec<Assessment> {
    ranking.matches().iter().map(|found| found.assessment().clone()).collect()
}

/// Score descending, fewer to check, id by bytes; the first `top` that match.
fn best(pairs: &[Assessment], top: usize) -> Vec<Assessment> {
    let mut matches: Vec<Assessment> = pairs.iter().filter(|pair| pair.is_match()).cloned().collect();
    matches.sort_by_key(|pair| (Reverse(pair.score()), pair.to_check().count(), pair.offer().as_bytes().to_vec()));
    matches.truncate(top);
    matches
}

proptest! {
    #![proptest_config(cases::config(400))]

    #[test]
    fn the_matcher_finds_what_the_double_loop_finds(Json(data) in records::request(25, 12), top in 0_usize..30) {
        let read = Read::of(data);
        let full = read.matcher(read.offers.clone());
        let rankings = full.rank_all(&read.needs, top).unwrap();
        prop_assert_eq!(with_reasons(&rankings), without_reasons(&full.score_all(&read.needs, top).unwrap()));
        prop_assert_eq!(rankings.len(), read.needs.len());
        for ((need, ranking), pairs) in read.needs.iter().zip(&rankings).zip(read.one_by_one()) {
            prop_assert_eq!(ranking.need(), need.id());
            prop_assert_eq!(assessments(ranking), best(&pairs, top));
            if need.group().is_none() {
                let alone = full.rank(need, top).unwrap();
                prop_assert_eq!(&alone, ranking);
            }
        }
    }

    /// What many ask is answered in tables, which few needs never see.
    #[test]
    fn needs_that_have_much_in_common_rank_as_each_of_them_alone(Json(data) in records::request(25, 4), top in 1_usize..6) {
        let mut read = Read::of(data);
        let drawn = read.data["needs"].as_array().unwrap();
        prop_assume!(!drawn.is_empty());
        let crossed = (0..48).filter_map(|number| crossed(drawn, number));
        let needs: Vec<Need> = crossed.filter_map(|need| serde_json::from_value(need).ok()).collect();
        read.needs = needs;
        let full = read.matcher(read.offers.clone());
        for top in [top, usize::MAX] {
            let rankings = full.rank_all(&read.needs, top).unwrap();
            for (need, ranking) in read.needs.iter().zip(&rankings) {
                prop_assert_eq!(&full.rank(need, top).unwrap(), ranking);
            }
            prop_assert_eq!(with_reasons(&rankings), without_reasons(&full.score_all(&read.needs, top).unwrap()));
        }
    }

    #[test]
    fn every_finding_is_as_the_design_says(Json(data) in records::request(12, 6)) {
        let read = Read::of(data);
        let nothing = json!({});
        let policy = read.data.get("policy").unwrap_or(&nothing);
        for (need, pairs) in read.data["needs"].as_array().unwrap().iter().zip(read.one_by_one()) {
            for (offer, pair) in read.data["offers"].as_array().unwrap().iter().zip(pairs) {
                if let Err(wrong) = check(&read, need, policy, offer, &pair) {
                    prop_assert!(false, "{wrong}\nneed {need}\noffer {offer}\npolicy {policy}\n{pair:#?}");
                }
            }
        }
    }

    #[test]
    fn a_changed_matcher_is_as_a_new_one(Json(data) in records::request(12, 6), changes in vec(change(), 0..12)) {
        let read = Read::of(data);
        let mut changed = read.matcher(read.offers.clone());
        let mut offers: BTreeMap<String, Value> = BTreeMap::new();
        for offer in read.data["offers"].as_array().unwrap() {
            offers.insert(offer["id"].as_str().unwrap().to_owned(), offer.clone());
        }
        for change in changes {
            apply(change, &mut changed, &mut offers);
            let new = read.matcher(offers.values().map(|offer| serde_json::from_value(offer.clone()).unwrap()));
            prop_assert_eq!(changed.offers().collect::<Vec<_>>(), new.offers().collect::<Vec<_>>());
            prop_assert_eq!(changed.rank_all(&read.needs, 99).unwrap(), new.rank_all(&read.needs, 99).unwrap());
        }
        for (id, offer) in &offers {
            let offer: Offer = serde_json::from_value(offer.clone()).unwrap();
            prop_assert_eq!(changed.offer(id), Some(&offer));
        }
    }
}

/// More profiles than are asked at once, more offers than one word of a bitset has.
#[test]
fn large_requests_are_ranked_as_small_ones() {
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
        let pairs = offers.iter().map(|offer| matcher.explain(need, offer.id()).unwrap().assessment().clone());
        assert_eq!(assessments(ranking), best(&pairs.collect::<Vec<_>>(), 7));
        assert_eq!(&matcher.rank(need, 7).unwrap(), ranking);
    }
}

/// Something that happens to the offers of a matcher. Some of it is refused.
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
                put(matcher, offers, records::with_id(&offer, &id));
            }
        }
        Change::Add(offer, number) => put(matcher, offers, records::with_id(&offer, &format!("new-{number}"))),
        Change::Remove(index) => {
            if let Some(id) = pick(offers, index) {
                let gone: Offer = serde_json::from_value(offers.remove(&id).unwrap()).unwrap();
                assert_eq!(matcher.remove(&id).unwrap(), gone);
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

fn put(matcher: &mut Matcher, offers: &mut BTreeMap<String, Value>, offer: Value) {
    matcher.update(serde_json::from_value(offer.clone()).unwrap()).unwrap();
    offers.insert(offer["id"].as_str().unwrap().to_owned(), offer);
}

/// Sums, weights, rules and the fits of the model.
fn check(read: &Read, need: &Value, policy: &Value, offer: &Value, pair: &Assessment) -> Result<(), String> {
    let findings: Vec<Finding<'_>> = pair.findings().collect();
    let holds = |holds: bool, what: &str| if holds { Ok(()) } else { Err(what.to_owned()) };
    holds(findings.iter().map(Finding::criterion).eq(Criterion::all()), "ten criteria in their order")?;
    let sum: u32 = findings.iter().map(|finding| finding.contribution().get()).sum();
    holds(sum == pair.score().get(), "contributions add up to the score")?;
    let shared: Vec<u64> = findings.iter().map(|finding| u64::from(finding.weight().get())).collect();
    holds(matches!(shared.iter().sum::<u64>(), 0 | ONE), "weights add up to 1 or are all 0")?;
    holds(shared == weights(need, policy), "weights by largest remainder")?;
    holds(pair.is_match() != findings.iter().any(Finding::is_blocking), "a match is what nothing blocks")?;
    holds(pair.to_check().is_sorted(), "to_check in the order of criteria")?;
    for finding in findings {
        let criterion = finding.criterion().as_str();
        let here = |what: &str| Err(format!("{criterion}: {what}"));
        let holds = |holds: bool, what: &str| if holds { Ok(()) } else { here(what) };
        let rule = in_force(need, policy, criterion);
        let code = finding.reason().code();
        let to_check = finding.needs_check();
        holds(finding.is_requested() == asks(need, policy, criterion), "asked")?;
        holds(finding.rule().as_str() == rule.rule, "rule")?;
        holds(code.starts_with(&format!("{criterion}.")), "code")?;
        let Some(fit) = finding.fit() else {
            holds(!finding.is_requested() && !finding.is_known() && !finding.is_blocking(), "not asked")?;
            holds(finding.contribution().get() == 0 && finding.weight().get() == 0, "not asked, no weight")?;
            holds(to_check == code.ends_with(".restricted"), "restricted, to check")?;
            holds((finding.rule() == Rule::Ignore) == code.ends_with(".ignored"), "ignored")?;
            holds(to_check == restricts(criterion, offer) || finding.rule() == Rule::Ignore, "restriction")?;
            continue;
        };
        holds(finding.is_requested(), "a fit without being asked")?;
        let product = u32::from(finding.weight().get()) * u32::from(fit.get());
        holds(finding.contribution().get() == product, "contribution is weight times fit")?;
        let below = u64::from(fit.get()) < rule.minimum;
        let excluded = if finding.is_known() { below } else { rule.excludes_unknown };
        holds(finding.is_blocking() == (rule.rule == "must" && excluded), "blocks by rule, minimum and unknown")?;
        let told = matches!(code, "region.neighbour" | "region.same_kreis" | "crime.context_open");
        holds(to_check == (!finding.is_known() || told), "unknown is to check")?;
        let unknown = policy.get("unknown_fit").filter(|fit| fit.is_number()).map_or(5_000, model::units);
        match model::fit(criterion, need, read.people(need), offer, policy, records::AS_OF) {
            Expected::NotModelled => {}
            Expected::Unknown => {
                holds(!finding.is_known(), "should be unknown")?;
                holds(u64::from(fit.get()) == unknown, "the fit of what is unknown")?;
            }
            Expected::Fit(expected) => {
                holds(finding.is_known(), "should be known")?;
                holds(u64::from(fit.get()) == expected, &format!("fit should be {expected}"))?;
            }
        }
    }
    Ok(())
}

/// Whether an offer shuts somebody out whom the need does not tell apart.
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

/// What matches each need, as the matches with their reasons tell it.
fn with_reasons(rankings: &[Ranking]) -> Vec<Vec<Row>> {
    let row = |pair: &Match| (pair.offer().to_owned(), pair.score(), pair.to_check().collect());
    rankings.iter().map(|ranking| ranking.matches().iter().map(row).collect()).collect()
}

/// The same, as the matches without reasons do.
fn without_reasons(scored: &[Arc<[ScoredOffer]>]) -> Vec<Vec<Row>> {
    let row = |scored: &ScoredOffer| (scored.offer().to_owned(), scored.score(), scored.to_check().collect());
    scored.iter().map(|scored| scored.iter().map(row).collect()).collect()
}
