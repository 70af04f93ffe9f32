//! What holds for every request: order, repetition and threads decide nothing, records go round, offers do not touch each
//! other, and what excludes an offer is told.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test helper fails by panicking"
)]

#[path = "support/cases.rs"]
mod cases;
#[path = "support/random.rs"]
mod random;
#[path = "support/records.rs"]
mod records;

use std::{collections::BTreeMap, fmt::Debug};

use lotse::{AllocateOptions, Capacity, Criterion, Matcher, Need, Offer, Policy, Vocabulary, wire};
use proptest::{prelude::*, sample::select};
use serde_json::{Value, json};

use crate::{random::Random, records::Json};

/// The request with these fields too.
fn with(request: &Value, fields: Value) -> Value {
    let mut request = request.clone();
    if let (Some(all), Value::Object(fields)) = (request.as_object_mut(), fields) {
        all.extend(fields);
    }
    request
}

fn rank(request: &Value) -> Value {
    serde_json::from_str(&wire::rank_json(&request.to_string()).unwrap()).unwrap()
}

/// The matches of each need.
fn rankings(request: &Value) -> BTreeMap<String, Value> {
    let answer = rank(&with(request, json!({"top": 1_000, "lang": "de"})));
    let by_need = |ranking: &Value| (ranking["need"].as_str().unwrap().to_owned(), ranking["matches"].clone());
    answer["rankings"].as_array().unwrap().iter().map(by_need).collect()
}

/// The explanation of each pair.
fn explanations(request: &Value) -> BTreeMap<(String, String), Value> {
    let answer: Value = serde_json::from_str(&wire::explain_json(&request.to_string()).unwrap()).unwrap();
    let id = |pair: &Value, name: &str| pair[name].as_str().unwrap().to_owned();
    let by_pair = |pair: &Value| ((id(pair, "need"), id(pair, "offer")), pair.clone());
    answer["explanations"].as_array().unwrap().iter().map(by_pair).collect()
}

/// The diagnosis of each need, with all excluded offers.
fn diagnoses(request: &Value) -> BTreeMap<String, Value> {
    let request = with(request, json!({"near_misses": 1_000, "lang": "de-simple"}));
    let answer: Value = serde_json::from_str(&wire::diagnose_json(&request.to_string()).unwrap()).unwrap();
    let by_need = |diagnosis: &Value| (diagnosis["need"].as_str().unwrap().to_owned(), diagnosis.clone());
    answer["diagnoses"].as_array().unwrap().iter().map(by_need).collect()
}

/// The words of a list of criteria.
fn criteria_in<'v>(reasons: impl IntoIterator<Item = &'v Value>) -> Vec<&'v str> {
    reasons.into_iter().map(|reason| reason["criterion"].as_str().unwrap()).collect()
}

/// The record with this id.
fn record<'r>(request: &'r mut Value, list: &str, id: &str) -> &'r mut Value {
    request[list].as_array_mut().unwrap().iter_mut().find(|record| record["id"] == id).unwrap()
}

/// The requests in which what was told is so; several where any one of several things would do.
fn changed(request: &Value, need: &str, offer: &str, change: &Value) -> Vec<Value> {
    let with_offer = |edit: &dyn Fn(&mut Value)| {
        let mut request = request.clone();
        edit(record(&mut request, "offers", offer));
        request
    };
    let with_need = |fields: Value| {
        let mut request = request.clone();
        let need = record(&mut request, "needs", need);
        *need = with(need, fields);
        request
    };
    let more = |field: &str, items: &[Value]| {
        with_offer(&|offer| {
            let mut all = offer[field].as_array().cloned().unwrap_or_default();
            all.extend_from_slice(items);
            offer[field] = Value::Array(all);
        })
    };
    let facts = &change["facts"];
    let each = |name: &str| facts[name].as_array().unwrap().clone();
    let from = || facts.get("from").map(|from| with_need(json!({"region": from, "place": null})));
    match change["code"].as_str().unwrap().trim_start_matches("change.").trim_start_matches("tell_") {
        "help" => vec![more("help", &[facts["help"].clone()])],
        "crime" => vec![more("crimes", &[json!({"code": facts["crime"], "context": facts["context"]})])],
        "context" => {
            let mut request = request.clone();
            let crime = &mut record(&mut request, "needs", need)["crime"];
            *crime =
                json!({"code": crime.as_str().map_or(crime["code"].clone(), Value::from), "context": facts["context"]});
            vec![request]
        }
        "interpreter" => vec![more("languages", &[json!({"tag": facts["language"], "how": "interpreter"})])],
        "spoken" | "language" => vec![more("languages", &[facts["language"].clone()])],
        "region" => [more("area", &[facts["region"].clone()])].into_iter().chain(from()).collect(),
        "from" => from().into_iter().collect(),
        "remote" | "format" => {
            each("formats").iter().map(|format| more("formats", std::slice::from_ref(format))).collect()
        }
        "places" => vec![with_offer(&|offer| {
            let old = &offer["capacity"];
            let free = old.as_u64().or(old["free"].as_u64()).filter(|_| facts.get("state").is_none()).unwrap_or(0);
            let places =
                facts["places"].as_u64().unwrap_or(facts["more"].as_u64().map_or(0, |more| free.saturating_add(more)));
            offer["capacity"] = json!({"free": places});
        })],
        "role" => each("roles").iter().map(|role| more("roles", std::slice::from_ref(role))).collect(),
        "gender" => vec![more("genders", &[facts["gender"].clone()])],
        "know_gender" => each("genders").iter().map(|gender| with_need(json!({"gender": gender}))).collect(),
        "age" => vec![with_offer(&|offer| match facts.get("age") {
            Some(age) => offer["ages"] = json!({"min": age, "max": age}),
            None => offer["ages"] = with(&offer["ages"], facts.clone()),
        })],
        "access" => vec![with_offer(&|offer| {
            let missing = each("missing");
            let list = |name: &str| offer[name].as_array().cloned().unwrap_or_default();
            let lacking: Vec<Value> = list("no_access").into_iter().filter(|tag| !missing.contains(tag)).collect();
            let offered: Vec<Value> = list("access").into_iter().chain(missing).collect();
            *offer = with(offer, json!({"access": offered, "no_access": lacking}));
        })],
        other => {
            assert_eq!(other, "none");
            Vec::new()
        }
    }
}

/// The first id whose answer is not the same.
fn same<K: Ord + Debug>(
    one: &BTreeMap<K, Value>,
    other: &BTreeMap<K, Value>,
    request: &Value,
) -> Result<(), TestCaseError> {
    prop_assert!(one.keys().eq(other.keys()));
    for ((id, one), other) in one.iter().zip(other.values()) {
        prop_assert!(one == other, "{id:?}\n{one}\n{other}\nthe other request: {request}");
    }
    Ok(())
}

/// Every list goes through `change`, with whether its items are whole records; but those whose order says something: the
/// languages of a need, names, of which the first is the one to show, and what a word may mean, the likeliest first.
fn change_lists(value: &mut Value, path: &mut Vec<String>, change: &mut impl FnMut(&mut Vec<Value>, bool)) {
    match value {
        Value::Array(items) => {
            let of_request = path.len() == 1;
            for item in items.iter_mut() {
                change_lists(item, path, change);
            }
            let ordered = matches!(
                path.iter().map(String::as_str).collect::<Vec<_>>()[..],
                ["needs", "languages"] | ["vocabulary", "names"] | ["vocabulary", "words", "codes"]
            );
            if !ordered {
                change(items, of_request);
            }
        }
        Value::Object(fields) => {
            for (name, value) in fields.iter_mut() {
                path.push(name.clone());
                change_lists(value, path, change);
                path.pop();
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn shuffled(request: &Value, seed: u64) -> Value {
    let (mut request, mut random) = (request.clone(), Random(seed));
    change_lists(&mut request, &mut Vec::new(), &mut |items, _| {
        for place in (1..items.len()).rev() {
            items.swap(place, random.below(place.saturating_add(1)));
        }
    });
    request
}

/// What some words may mean, with the additions of a request.
fn resolved(request: &Value) -> BTreeMap<String, Value> {
    let words = [
        "Kurdisch",
        "Kurdish",
        "Weisse Bruecke",
        "14612",
        "x-vague",
        "Leibzig",
        "own help",
        "Farsi",
        "Abünsberg",
        "Pirrna",
    ];
    let words = words.map(|text| json!({"text": text}));
    let request = with(&additions_of(request), json!({"words": words}));
    let answer: Value = serde_json::from_str(&wire::resolve_json(&request.to_string()).unwrap()).unwrap();
    let by_word = |word: &Value| (word["text"].as_str().unwrap().to_owned(), word.clone());
    answer["resolved"].as_array().unwrap().iter().map(by_word).collect()
}

fn additions_of(request: &Value) -> Value {
    request.get("vocabulary").map_or(json!({}), |additions| json!({"vocabulary": additions}))
}

fn with_duplicates(request: &Value, seed: u64) -> Value {
    let (mut request, mut random) = (request.clone(), Random(seed));
    change_lists(&mut request, &mut Vec::new(), &mut |items, of_request| {
        // A record that stands twice is an error.
        for _ in 0..random.below(3) {
            if !items.is_empty() && !of_request {
                let item = items[random.below(items.len())].clone();
                items.insert(random.below(items.len().saturating_add(1)), item);
            }
        }
    });
    request
}

/// A request that always has a `vocabulary`.
fn with_additions(offers: usize, needs: usize) -> impl Strategy<Value = Json> {
    records::request_of(true, offers, needs).prop_map(Json)
}

fn matcher_and_needs(request: &Value) -> (Matcher, Vec<Need>) {
    let records = wire::AllocateRequest::from_json(&request.to_string()).unwrap().dataset;
    let needs = request["needs"].as_array().unwrap();
    let needs = needs.iter().map(|need| Need::from_json(&need.to_string()).unwrap()).collect();
    (records.into_matcher().unwrap().0, needs)
}

proptest! {
    #![proptest_config(cases::config(200))]

    #[test]
    fn order_decides_nothing(Json(request) in records::request(16, 8), seed in any::<u64>()) {
        let other = with(&shuffled(&request, seed), additions_of(&request));
        same(&rankings(&request), &rankings(&other), &other)?;
        same(&explanations(&request), &explanations(&other), &other)?;
    }

    #[test]
    fn order_of_additions_decides_nothing(Json(request) in with_additions(12, 6), seed in any::<u64>()) {
        let other = with(&request, additions_of(&shuffled(&request, seed)));
        same(&rankings(&request), &rankings(&other), &other)?;
        same(&explanations(&request), &explanations(&other), &other)?;
        same(&resolved(&request), &resolved(&other), &other)?;
    }

    #[test]
    fn repetition_decides_nothing(Json(request) in records::request(12, 6), seed in any::<u64>()) {
        let other = with_duplicates(&request, seed);
        same(&rankings(&request), &rankings(&other), &other)?;
        same(&explanations(&request), &explanations(&other), &other)?;
    }

    #[test]
    fn records_go_round(Json(request) in records::request(8, 8)) {
        for offer in request["offers"].as_array().unwrap() {
            let read = Offer::from_json(&offer.to_string()).unwrap();
            let written = serde_json::to_string(&read).unwrap();
            let again = Offer::from_json(&written).unwrap();
            prop_assert_eq!(serde_json::to_string(&again).unwrap(), written, "{}", offer);
            prop_assert_eq!(again, read, "{}", offer);
        }
        for need in request["needs"].as_array().unwrap() {
            let read = Need::from_json(&need.to_string()).unwrap();
            let written = serde_json::to_string(&read).unwrap();
            let again = Need::from_json(&written).unwrap();
            prop_assert_eq!(serde_json::to_string(&again).unwrap(), written, "{}", need);
            prop_assert!(again == read, "{}", need);
        }
        if let Some(policy) = request.get("policy").filter(|policy| policy.as_object().is_some()) {
            let read = Policy::from_json(&policy.to_string()).unwrap();
            let written = serde_json::to_string(&read).unwrap();
            prop_assert_eq!(Policy::from_json(&written).unwrap(), read, "{}", policy);
        }
    }

    #[test]
    fn records_that_went_round_rank_equally(Json(request) in records::request(12, 6)) {
        let text = |value: &Value| value.to_string();
        let mut other = request.clone();
        for offer in other["offers"].as_array_mut().unwrap() {
            *offer = serde_json::to_value(Offer::from_json(&text(offer)).unwrap()).unwrap();
        }
        for need in other["needs"].as_array_mut().unwrap() {
            *need = serde_json::to_value(Need::from_json(&text(need)).unwrap()).unwrap();
        }
        if let Some(policy) = other.get_mut("policy").filter(|policy| policy.is_object()) {
            *policy = serde_json::to_value(Policy::from_json(&text(policy)).unwrap()).unwrap();
        }
        same(&explanations(&request), &explanations(&other), &other)?;
    }

    #[test]
    fn an_offer_more_changes_no_other(Json(request) in records::request(10, 6), offer in records::offer(false)) {
        let mut more = request.clone();
        more["offers"].as_array_mut().unwrap().push(records::with_id(&offer, "new"));
        let after = rankings(&more);
        for (need, before) in rankings(&request) {
            let after = after[&need].as_array().unwrap().iter().filter(|pair| pair["offer"] != "new");
            prop_assert!(after.eq(before.as_array().unwrap()), "{need}: {more}");
        }
    }

    #[test]
    fn a_shorter_ranking_is_the_beginning_of_a_longer_one(Json(request) in records::request(25, 6)) {
        let matches = |top: usize| {
            let answer = rank(&with(&request, json!({"top": top, "reasons": false})));
            let rankings = answer["rankings"].as_array().unwrap();
            rankings.iter().map(|ranking| ranking["matches"].as_array().unwrap().clone()).collect::<Vec<_>>()
        };
        let mut longer = matches(26);
        for top in (0..26).rev() {
            let shorter = matches(top);
            for (shorter, longer) in shorter.iter().zip(&longer) {
                prop_assert!(shorter.len() == longer.len().min(top) && longer.starts_with(shorter));
            }
            longer = shorter;
        }
    }

    #[test]
    fn what_excludes_an_offer_is_told(Json(request) in records::request(16, 8)) {
        let ranked = rankings(&request);
        for ((need, offer), why) in explanations(&request) {
            let reasons = why["reasons"].as_array().unwrap();
            let names: Vec<&str> = reasons.iter().map(|reason| reason["criterion"].as_str().unwrap()).collect();
            prop_assert!(names.iter().copied().eq(Criterion::all().map(Criterion::as_str)));
            let blocks = reasons.iter().any(|reason| reason["blocks"] == true);
            prop_assert_eq!(&why["matches"], &json!(!blocks));
            let found = ranked[&need].as_array().unwrap().iter().find(|pair| pair["offer"] == offer.as_str());
            prop_assert_eq!(found.is_some(), !blocks, "{} {}", need, offer);
            if let Some(found) = found {
                // A match tells the asked criteria, in the same words.
                let asked: Vec<&Value> = reasons.iter().filter(|reason| reason["asked"] == true).collect();
                let english = rank(&with(&request, json!({"top": 1_000})));
                let told = english["rankings"].as_array().unwrap().iter().find(|ranking| ranking["need"] == need.as_str());
                let told = told.unwrap()["matches"].as_array().unwrap().iter().find(|pair| pair["offer"] == offer.as_str());
                prop_assert!(told.unwrap()["reasons"].as_array().unwrap().iter().eq(asked));
                prop_assert_eq!(&found["score"], &why["score"]);
                prop_assert_eq!(&found["to_check"], &why["to_check"]);
            }
        }
    }

    #[test]
    fn a_diagnosis_counts_what_explanations_tell(Json(request) in records::request(16, 8), seed in any::<u64>()) {
        let (diagnoses, explanations) = (diagnoses(&request), explanations(&request));
        for (need, diagnosis) in &diagnoses {
            let pairs: Vec<&Value> = explanations.iter().filter(|((of, _), _)| of == need).map(|(_, why)| why).collect();
            let blockers = |pair: &Value| -> Vec<String> {
                let reasons = pair["reasons"].as_array().unwrap().iter().filter(|reason| reason["blocks"] == true);
                criteria_in(reasons).into_iter().map(str::to_owned).collect()
            };
            let all: Vec<Vec<String>> = pairs.iter().map(|pair| blockers(pair)).collect();
            let blocked = Criterion::all().filter_map(|criterion| {
                let by = all.iter().filter(|blockers| blockers.iter().any(|one| one == criterion.as_str()));
                let only = by.clone().filter(|blockers| blockers.len() == 1).count();
                (by.clone().count() > 0).then(|| json!({"criterion": criterion, "offers": by.count(), "only": only}))
            });
            prop_assert_eq!(&diagnosis["blocked"], &Value::Array(blocked.collect()));
            prop_assert_eq!(&diagnosis["offers"], &json!(pairs.len()));
            prop_assert_eq!(&diagnosis["matching"], &json!(all.iter().filter(|blockers| blockers.is_empty()).count()));

            let mut excluded: Vec<&Value> = pairs.into_iter().filter(|pair| pair["matches"] == false).collect();
            excluded.sort_by(|one, other| {
                let fewer = |name: &str| one[name].as_array().unwrap().len().cmp(&other[name].as_array().unwrap().len());
                let better = other["score"].as_f64().unwrap().total_cmp(&one["score"].as_f64().unwrap());
                let far = |pair: &Value| (blockers(pair).iter().any(|one| one == "help"), blockers(pair).len());
                far(one).cmp(&far(other)).then(better).then(fewer("to_check"))
            });
            let near = diagnosis["near_misses"].as_array().unwrap();
            prop_assert_eq!(near.len(), excluded.len());
            for (miss, pair) in near.iter().zip(excluded) {
                for field in ["offer", "score", "to_check"] {
                    prop_assert_eq!(&miss[field], &pair[field]);
                }
                prop_assert_eq!(&miss["blockers"], &json!(blockers(pair)));
                prop_assert_eq!(json!(criteria_in(miss["changes"].as_array().unwrap())), miss["blockers"].clone());
            }
        }
        let other = with(&shuffled(&request, seed), additions_of(&request));
        same(&diagnoses, &self::diagnoses(&other), &other)?;
    }

    #[test]
    fn what_would_have_to_change_is_enough(Json(request) in records::request(8, 4)) {
        for (need, diagnosis) in diagnoses(&request) {
            for miss in diagnosis["near_misses"].as_array().unwrap() {
                let offer = miss["offer"].as_str().unwrap();
                for change in miss["changes"].as_array().unwrap() {
                    for changed in changed(&request, &need, offer, change) {
                        let pair = with(&changed, json!({"pairs": [{"need": need, "offer": offer}]}));
                        let why = explanations(&pair).into_values().next().unwrap();
                        let reason = why["reasons"].as_array().unwrap().iter().find(|one| one["criterion"] == change["criterion"]);
                        prop_assert!(reason.unwrap()["blocks"] == false, "{need} {offer} {change}\n{changed}");
                    }
                }
            }
        }
    }

    #[test]
    fn who_ignores_everything_gets_everything(Json(request) in records::request(16, 6)) {
        let mut request = request;
        let ignore: serde_json::Map<_, _> = Criterion::all().map(|one| (one.to_string(), json!("ignore"))).collect();
        for need in request["needs"].as_array_mut().unwrap() {
            need["rules"] = Value::Object(ignore.clone());
        }
        let mut ids: Vec<&str> = request["offers"].as_array().unwrap().iter().map(|offer| offer["id"].as_str().unwrap()).collect();
        ids.sort_unstable();
        for matches in rankings(&request).values() {
            let matches = matches.as_array().unwrap();
            prop_assert!(matches.iter().map(|pair| pair["offer"].as_str().unwrap()).eq(ids.iter().copied()));
            for pair in matches {
                prop_assert_eq!(pair["score"].as_f64(), Some(0.0));
                prop_assert_eq!(&pair["to_check"], &json!([]));
                prop_assert_eq!(&pair["reasons"], &json!([]));
            }
        }
    }

    #[test]
    fn more_free_places_never_fit_worse(
        policy in records::policy(),
        people in select(&[1_u32, 2, 3, 7, 99_999, 100_000]),
        free in prop_oneof![0..30_u32, select(&[99_999_u32, 100_000, 199_999, 999_999_999, u32::MAX])],
    ) {
        let policy = Policy::from_json(&policy.to_string()).unwrap();
        let offer = Offer::builder("o").build().unwrap();
        let mut matcher = Matcher::builder().offers([offer]).policy(policy).build().unwrap();
        let need = Need::builder("n").people(people).rule(Criterion::Capacity, lotse::Rule::Must).build().unwrap();
        let mut fit = |free: u32| {
            matcher.set_capacity("o", Capacity::open(free)).unwrap();
            matcher.explain(&need, "o").unwrap().assessment().finding(Criterion::Capacity).unwrap().fit().unwrap()
        };
        let (fewer, more) = (fit(free), fit(free.saturating_add(1)));
        prop_assert!(fewer <= more);
        prop_assert_eq!(fewer.get() == 0, free < people);
        prop_assert!(free < people || fewer.get() >= 7_000);
    }
}

proptest! {
    #![proptest_config(cases::config(30))]

    #[test]
    fn threads_decide_nothing(Json(request) in records::request(60, 40)) {
        let text = with(&request, json!({"top": 7})).to_string();
        let alone = wire::rank_json(&text).unwrap();
        for answer in in_pools_by(wire::rank_json, &text) {
            prop_assert_eq!(&answer, &alone);
        }
    }

    #[test]
    fn order_and_threads_decide_no_plan(Json(request) in records::request(12, 30), seed in any::<u64>()) {
        let plan = |request: &Value| wire::allocate_json(&request.to_string()).unwrap();
        let one = plan(&request);
        let other = with(&shuffled(&request, seed), additions_of(&request));
        prop_assert_eq!(&plan(&other), &one, "{}", other);
        for answer in in_pools_by(wire::allocate_json, &request.to_string()) {
            prop_assert_eq!(&answer, &one);
        }
    }

    #[test]
    fn a_plan_reconciles(Json(request) in records::request(8, 24)) {
        let plan: Value = serde_json::from_str(&wire::allocate_json(&request.to_string()).unwrap()).unwrap();
        let ids = |list: &str| -> Vec<String> {
            plan[list].as_array().unwrap().iter().map(|one| one["need"].as_str().unwrap().to_owned()).collect()
        };
        let mut all = [ids("referrals"), ids("unmet")].concat();
        all.sort_unstable();
        let mut needs: Vec<&str> = request["needs"].as_array().unwrap().iter().map(|need| need["id"].as_str().unwrap()).collect();
        needs.sort_unstable();
        prop_assert_eq!(&all, &needs);
        // People at each offer, and groups at one.
        let need = |id: &str| request["needs"].as_array().unwrap().iter().find(|need| need["id"] == id).unwrap();
        let (mut used, mut groups) = (BTreeMap::<&str, u64>::new(), BTreeMap::<&str, &str>::new());
        for referral in plan["referrals"].as_array().unwrap() {
            let (need, offer) = (need(referral["need"].as_str().unwrap()), referral["offer"].as_str().unwrap());
            *used.entry(offer).or_default() += need["people"].as_u64().unwrap_or(1);
            if let Some(group) = need["group"].as_str().filter(|group| !group.is_empty()) {
                prop_assert_eq!(*groups.entry(group).or_insert(offer), offer);
            }
        }
        for unmet in plan["unmet"].as_array().unwrap() {
            let group = need(unmet["need"].as_str().unwrap())["group"].as_str().unwrap_or("");
            prop_assert!(!groups.contains_key(group), "half of a group");
        }
        for offer in plan["offers"].as_array().unwrap() {
            prop_assert_eq!(offer["used"].as_u64(), Some(used.get(offer["offer"].as_str().unwrap()).copied().unwrap_or(0)));
            prop_assert!(offer["places"].as_u64().is_none_or(|places| offer["used"].as_u64().unwrap() <= places));
        }
    }

    #[test]
    fn one_more_place_never_serves_worse(Json(request) in records::request(6, 12), pick in any::<prop::sample::Index>()) {
        let (mut matcher, needs) = matcher_and_needs(&request);
        prop_assume!(matcher.offers().count() > 0);
        let id = pick.get(&matcher.offers().map(|offer| offer.id().to_owned()).collect::<Vec<_>>()).clone();
        let mut plan = |free: u32| {
            matcher.set_capacity(&id, Capacity::open(free)).unwrap();
            let plan = matcher.allocate(&needs, &AllocateOptions::new()).unwrap();
            prop_assert!(plan.objective() <= plan.bound());
            prop_assert_eq!(plan.is_optimal(), plan.gap().is_none());
            prop_assert_eq!(plan.verify(), Ok(()));
            Ok(plan)
        };
        let mut before = plan(0)?;
        for free in 1..5 {
            let after = plan(free)?;
            if before.is_optimal() && after.is_optimal() {
                prop_assert!(before.objective() <= after.objective());
                let price = before.offers().iter().find(|offer| offer.offer() == id).unwrap();
                // The fit of the capacity changes with the number of places, so only the people can be foretold.
                if price.is_exact() {
                    let people: Vec<i128> = (0..4).map(|at| before.objective().people[at] + price.price().people[at]).collect();
                    prop_assert_eq!(people, after.objective().people.to_vec());
                }
            }
            before = after;
        }
    }

    #[test]
    fn one_more_offer_never_serves_worse(Json(request) in records::request(6, 12), pick in any::<prop::sample::Index>()) {
        let (mut matcher, needs) = matcher_and_needs(&request);
        prop_assume!(matcher.offers().count() > 0);
        let more = pick.get(&matcher.offers().cloned().collect::<Vec<_>>()).clone();
        let after = matcher.allocate(&needs, &AllocateOptions::new()).unwrap();
        matcher.remove(more.id()).unwrap();
        let before = matcher.allocate(&needs, &AllocateOptions::new()).unwrap();
        prop_assert!(before.objective() <= after.bound());
        if after.is_optimal() {
            prop_assert!(before.objective() <= after.objective());
        }
    }

    #[test]
    fn additions_go_round(Json(request) in with_additions(10, 5)) {
        let vocabulary = Vocabulary::from_json(&request["vocabulary"].to_string()).unwrap();
        let written = serde_json::to_value(&vocabulary).unwrap();
        let again = Vocabulary::from_json(&written.to_string()).unwrap();
        prop_assert!(serde_json::to_value(&again).unwrap() == written);
        let other = with(&request, json!({"vocabulary": written}));
        same(&explanations(&request), &explanations(&other), &json!("the same with all tables written out"))?;
        same(&resolved(&request), &resolved(&other), &json!("the same with all tables written out"))?;
    }
}

/// The answers of one, two and eight threads.
#[cfg(feature = "parallel")]
fn in_pools_by(operation: fn(&str) -> Result<String, lotse::Error>, text: &str) -> Vec<String> {
    let answer = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| operation(text).unwrap())
    };
    [1, 2, 8].map(answer).into()
}

/// Without rayon: from threads of the caller.
#[cfg(not(feature = "parallel"))]
fn in_pools_by(operation: fn(&str) -> Result<String, lotse::Error>, text: &str) -> Vec<String> {
    std::thread::scope(|scope| {
        let threads = [(); 3].map(|()| scope.spawn(|| operation(text).unwrap()));
        threads.map(|thread| thread.join().unwrap()).into()
    })
}
