//! Properties of every request: order, duplicates and threads have no effect, records survive a round trip, offers are independent
//! of each other, and explanations and diagnoses agree with rankings.
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

use lotse::{AllocateOptions, Capacity, Criterion, Fit, Matcher, Need, Offer, Policy, Vocabulary, wire};
use proptest::{prelude::*, sample::select};
use serde_json::{Value, json};

use crate::{random::Random, records::Json};

/// Calls an operation without a day and without progress.
fn call(operation: &str, request: &str) -> Result<String, lotse::Error> {
    wire::call_json(operation, request, &wire::CallOptions::new())
}

/// Returns the plan of a request, or `None` if 128 bits are too few for the sums of its numbers.
fn plan(request: &Value) -> Option<String> {
    let plan = call("allocate", &request.to_string());
    plan.map(Some).or_else(|error| if error.code() == "problem.too_large" { Ok(None) } else { Err(error) }).unwrap()
}

/// Returns the request with these fields added or replaced.
fn with(request: &Value, fields: Value) -> Value {
    let mut request = request.clone();
    if let (Some(all), Value::Object(fields)) = (request.as_object_mut(), fields) {
        all.extend(fields);
    }
    request
}

fn rank(request: &Value) -> Value {
    serde_json::from_str(&call("rank", &request.to_string()).unwrap()).unwrap()
}

/// Returns the matches of each need.
fn rankings(request: &Value) -> BTreeMap<String, Value> {
    let response = rank(&with(request, json!({"top": 1_000, "lang": "de"})));
    let by_need = |ranking: &Value| (ranking["need"].as_str().unwrap().to_owned(), ranking["matches"].clone());
    response["rankings"].as_array().unwrap().iter().map(by_need).collect()
}

/// Returns the explanation of each pair.
fn explanations(request: &Value) -> BTreeMap<(String, String), Value> {
    let response: Value = serde_json::from_str(&call("explain", &request.to_string()).unwrap()).unwrap();
    let id = |pair: &Value, name: &str| pair[name].as_str().unwrap().to_owned();
    let by_pair = |pair: &Value| ((id(pair, "need"), id(pair, "offer")), pair.clone());
    response["explanations"].as_array().unwrap().iter().map(by_pair).collect()
}

/// Returns the diagnosis of each need, with all excluded offers as near misses.
fn diagnoses(request: &Value) -> BTreeMap<String, Value> {
    let request = with(request, json!({"near_misses": 1_000, "lang": "de-simple"}));
    let response: Value = serde_json::from_str(&call("diagnose", &request.to_string()).unwrap()).unwrap();
    let by_need = |diagnosis: &Value| (diagnosis["need"].as_str().unwrap().to_owned(), diagnosis.clone());
    response["diagnoses"].as_array().unwrap().iter().map(by_need).collect()
}

/// Returns the criteria of a list of findings or changes.
fn criteria_in<'v>(reasons: impl IntoIterator<Item = &'v Value>) -> Vec<&'v str> {
    reasons.into_iter().map(|reason| reason["criterion"].as_str().unwrap()).collect()
}

/// Returns the record with this id.
fn record<'r>(request: &'r mut Value, list: &str, id: &str) -> &'r mut Value {
    request[list].as_array_mut().unwrap().iter_mut().find(|record| record["id"] == id).unwrap()
}

/// Applies a required change: one request for each alternative of the change.
fn apply(request: &Value, need: &str, offer: &str, change: &Value) -> Vec<Value> {
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
        "region" => {
            let one = || vec![facts["region"].clone()];
            let regions = facts["region"].as_array().cloned().unwrap_or_else(one);
            [more("area", &regions)].into_iter().chain(from()).collect()
        }
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
        code => {
            assert_eq!(code, "none");
            Vec::new()
        }
    }
}

/// Asserts that two maps are equal, and reports the first difference. `request` is the request of `b`.
fn same<K: Ord + Debug>(a: &BTreeMap<K, Value>, b: &BTreeMap<K, Value>, request: &Value) -> Result<(), TestCaseError> {
    prop_assert!(a.keys().eq(b.keys()));
    for ((id, a), b) in a.iter().zip(b.values()) {
        prop_assert!(a == b, "{id:?}\n{a}\n{b}\nthe second request: {request}");
    }
    Ok(())
}

/// Calls `change` with every list whose order has no meaning, and `true` if its items are records.
///
/// Order has a meaning in a need's languages, in names (the first is displayed), and in the codes of a word (likeliest first).
fn change_lists(value: &mut Value, path: &mut Vec<String>, change: &mut impl FnMut(&mut Vec<Value>, bool)) {
    match value {
        Value::Array(items) => {
            let are_records = path.len() == 1;
            for item in items.iter_mut() {
                change_lists(item, path, change);
            }
            let ordered = matches!(
                path.iter().map(String::as_str).collect::<Vec<_>>()[..],
                ["needs", "languages"] | ["vocabulary", "names"] | ["vocabulary", "words", "codes"]
            );
            if !ordered {
                change(items, are_records);
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
    // Fisher–Yates shuffle.
    change_lists(&mut request, &mut Vec::new(), &mut |items, _| {
        for index in (1..items.len()).rev() {
            items.swap(index, random.below(index.saturating_add(1)));
        }
    });
    request
}

/// Resolves some words with the additions of a request.
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
    let response: Value = serde_json::from_str(&call("resolve", &request.to_string()).unwrap()).unwrap();
    let by_word = |word: &Value| (word["text"].as_str().unwrap().to_owned(), word.clone());
    response["resolved"].as_array().unwrap().iter().map(by_word).collect()
}

fn additions_of(request: &Value) -> Value {
    request.get("vocabulary").map_or(json!({}), |additions| json!({"vocabulary": additions}))
}

fn with_duplicates(request: &Value, seed: u64) -> Value {
    let (mut request, mut random) = (request.clone(), Random(seed));
    change_lists(&mut request, &mut Vec::new(), &mut |items, are_records| {
        // A duplicate record is an error.
        for _ in 0..random.below(3) {
            if !items.is_empty() && !are_records {
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
    let records =
        wire::AllocateRequest::from_value(&wire::Value::from_json(&request.to_string()).unwrap()).unwrap().dataset;
    let needs = request["needs"].as_array().unwrap();
    let needs = needs.iter().map(|need| Need::from_json(&need.to_string()).unwrap()).collect();
    (records.into_matcher().unwrap().0, needs)
}

proptest! {
    #![proptest_config(cases::config(200))]

    #[test]
    fn order_has_no_effect(Json(request) in records::request(16, 8), seed in any::<u64>()) {
        let other = with(&shuffled(&request, seed), additions_of(&request));
        same(&rankings(&request), &rankings(&other), &other)?;
        same(&explanations(&request), &explanations(&other), &other)?;
    }

    #[test]
    fn order_of_additions_has_no_effect(Json(request) in with_additions(12, 6), seed in any::<u64>()) {
        let other = with(&request, additions_of(&shuffled(&request, seed)));
        same(&rankings(&request), &rankings(&other), &other)?;
        same(&explanations(&request), &explanations(&other), &other)?;
        same(&resolved(&request), &resolved(&other), &other)?;
    }

    #[test]
    fn duplicates_have_no_effect(Json(request) in records::request(12, 6), seed in any::<u64>()) {
        let other = with_duplicates(&request, seed);
        same(&rankings(&request), &rankings(&other), &other)?;
        same(&explanations(&request), &explanations(&other), &other)?;
    }

    #[test]
    fn records_survive_a_round_trip(Json(request) in records::request(8, 8)) {
        for offer in request["offers"].as_array().unwrap() {
            let decoded = Offer::from_json(&offer.to_string()).unwrap();
            let text = serde_json::to_string(&decoded).unwrap();
            let again = Offer::from_json(&text).unwrap();
            prop_assert_eq!(serde_json::to_string(&again).unwrap(), text, "{}", offer);
            prop_assert_eq!(again, decoded, "{}", offer);
        }
        for need in request["needs"].as_array().unwrap() {
            let decoded = Need::from_json(&need.to_string()).unwrap();
            let text = serde_json::to_string(&decoded).unwrap();
            let again = Need::from_json(&text).unwrap();
            prop_assert_eq!(serde_json::to_string(&again).unwrap(), text, "{}", need);
            prop_assert!(again == decoded, "{}", need);
        }
        if let Some(policy) = request.get("policy").filter(|policy| policy.as_object().is_some()) {
            let decoded = Policy::from_json(&policy.to_string()).unwrap();
            let text = serde_json::to_string(&decoded).unwrap();
            prop_assert_eq!(Policy::from_json(&text).unwrap(), decoded, "{}", policy);
        }
    }

    #[test]
    fn records_rank_equally_after_a_round_trip(Json(request) in records::request(12, 6)) {
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
    fn another_offer_changes_no_match(Json(request) in records::request(10, 6), offer in records::offer(false)) {
        let mut more = request.clone();
        more["offers"].as_array_mut().unwrap().push(records::with_id(&offer, "new"));
        let after = rankings(&more);
        for (need, before) in rankings(&request) {
            let after = after[&need].as_array().unwrap().iter().filter(|pair| pair["offer"] != "new");
            prop_assert!(after.eq(before.as_array().unwrap()), "{need}: {more}");
        }
    }

    #[test]
    fn a_shorter_ranking_is_a_prefix_of_a_longer_one(Json(request) in records::request(25, 6)) {
        let matches = |top: usize| {
            let response = rank(&with(&request, json!({"top": top, "reasons": false})));
            let rankings = response["rankings"].as_array().unwrap();
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
    fn explanations_agree_with_rankings(Json(request) in records::request(16, 8)) {
        let ranked = rankings(&request);
        for ((need, offer), explanation) in explanations(&request) {
            let reasons = explanation["reasons"].as_array().unwrap();
            let names: Vec<&str> = reasons.iter().map(|reason| reason["criterion"].as_str().unwrap()).collect();
            prop_assert!(names.iter().copied().eq(Criterion::all().map(Criterion::as_str)));
            let blocks = reasons.iter().any(|reason| reason["blocks"] == true);
            prop_assert_eq!(&explanation["matches"], &json!(!blocks));
            let found = ranked[&need].as_array().unwrap().iter().find(|pair| pair["offer"] == offer.as_str());
            prop_assert_eq!(found.is_some(), !blocks, "{} {}", need, offer);
            if let Some(found) = found {
                // The reasons of a match are those of the requested criteria, with the same sentences.
                let requested: Vec<&Value> = reasons.iter().filter(|reason| reason["asked"] == true).collect();
                let english = rank(&with(&request, json!({"top": 1_000})));
                let ranking = english["rankings"].as_array().unwrap().iter().find(|ranking| ranking["need"] == need.as_str());
                let matches = ranking.unwrap()["matches"].as_array().unwrap();
                let in_english = matches.iter().find(|found| found["offer"] == offer.as_str());
                prop_assert!(in_english.unwrap()["reasons"].as_array().unwrap().iter().eq(requested));
                prop_assert_eq!(&found["score"], &explanation["score"]);
                prop_assert_eq!(&found["to_check"], &explanation["to_check"]);
            }
        }
    }

    #[test]
    fn diagnoses_agree_with_explanations(Json(request) in records::request(16, 8), seed in any::<u64>()) {
        let (diagnoses, explanations) = (diagnoses(&request), explanations(&request));
        for (need, diagnosis) in &diagnoses {
            let pairs: Vec<&Value> = explanations.iter().filter(|((of, _), _)| of == need).map(|(_, explanation)| explanation).collect();
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

            // An offer of other help is no near miss.
            let is_near = |pair: &&Value| pair["matches"] == false && !blockers(pair).iter().any(|blocker| blocker == "help");
            let mut excluded: Vec<&Value> = pairs.into_iter().filter(is_near).collect();
            excluded.sort_by(|a, b| {
                let fewer = |name: &str| a[name].as_array().unwrap().len().cmp(&b[name].as_array().unwrap().len());
                let better = b["score"].as_f64().unwrap().total_cmp(&a["score"].as_f64().unwrap());
                blockers(a).len().cmp(&blockers(b).len()).then(better).then(fewer("to_check"))
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
    fn a_required_change_is_enough(Json(request) in records::request(8, 4)) {
        for (need, diagnosis) in diagnoses(&request) {
            for miss in diagnosis["near_misses"].as_array().unwrap() {
                let offer = miss["offer"].as_str().unwrap();
                for change in miss["changes"].as_array().unwrap() {
                    for changed in apply(&request, &need, offer, change) {
                        let pair = with(&changed, json!({"pairs": [{"need": need, "offer": offer}]}));
                        let explanation = explanations(&pair).into_values().next().unwrap();
                        let mut reasons = explanation["reasons"].as_array().unwrap().iter();
                        let reason = reasons.find(|reason| reason["criterion"] == change["criterion"]);
                        prop_assert!(reason.unwrap()["blocks"] == false, "{need} {offer} {change}\n{changed}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_need_that_ignores_every_criterion_matches_every_offer(Json(request) in records::request(16, 6)) {
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
    fn more_free_places_never_lower_the_fit(
        policy in records::policy(),
        people in select(&[1_u32, 2, 3, 7, 99_999, 100_000]),
        free in prop_oneof![0..30_u32, select(&[99_999_u32, 100_000, 199_999, 999_999_999, u32::MAX])],
    ) {
        let policy = Policy::from_json(&policy.to_string()).unwrap();
        let enough: f64 = serde_json::to_value(&policy).unwrap()["capacity"]["enough"].as_f64().unwrap();
        let offer = Offer::builder("o").build().unwrap();
        let mut matcher = Matcher::builder().offers([offer]).policy(policy).build().unwrap();
        let need = Need::builder("n").people(people).rule(Criterion::Capacity, lotse::Rule::Must).build().unwrap();
        let mut fit = |free: u32| {
            matcher.set_capacity("o", Capacity::open(free)).unwrap();
            matcher.explain(&need, "o").unwrap().assessment().finding(Criterion::Capacity).unwrap().fit().unwrap()
        };
        let (fewer, more) = (fit(free), fit(free.saturating_add(1)));
        prop_assert!(fewer <= more);
        prop_assert!(free >= people || fewer == Fit::ZERO);
        prop_assert!(free < people || f64::from(fewer) >= enough);
        prop_assert!(free != people || f64::from(fewer) == enough || fewer == Fit::FULL);
    }
}

proptest! {
    #![proptest_config(cases::config(30))]

    #[test]
    fn threads_have_no_effect(Json(request) in records::request(60, 40)) {
        let text = with(&request, json!({"top": 7})).to_string();
        let expected = call("rank", &text).unwrap();
        for response in in_thread_pools("rank", &text) {
            prop_assert_eq!(&response, &expected);
        }
    }

    #[test]
    fn order_and_threads_have_no_effect_on_a_plan(Json(request) in records::request(12, 30), seed in any::<u64>()) {
        let Some(expected) = plan(&request) else { return Err(TestCaseError::reject("too large")) };
        let other = with(&shuffled(&request, seed), additions_of(&request));
        prop_assert_eq!(&plan(&other).unwrap(), &expected, "{}", other);
        for response in in_thread_pools("allocate", &request.to_string()) {
            prop_assert_eq!(&response, &expected);
        }
    }

    #[test]
    fn a_plan_reconciles(Json(request) in records::request(8, 24)) {
        let Some(plan) = plan(&request) else { return Err(TestCaseError::reject("too large")) };
        let plan: Value = serde_json::from_str(&plan).unwrap();
        let ids = |list: &str| -> Vec<String> {
            plan[list].as_array().unwrap().iter().map(|one| one["need"].as_str().unwrap().to_owned()).collect()
        };
        let mut all = [ids("referrals"), ids("unmet")].concat();
        all.sort_unstable();
        let mut needs: Vec<&str> = request["needs"].as_array().unwrap().iter().map(|need| need["id"].as_str().unwrap()).collect();
        needs.sort_unstable();
        prop_assert_eq!(&all, &needs);
        // The people of each offer, and the offer of each group.
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
                let usage = before.offers().iter().find(|offer| offer.offer() == id).unwrap();
                if usage.is_exact() {
                    let price = usage.price();
                    let people: Vec<i128> = (0..4).map(|at| before.objective().people[at] + price.people[at]).collect();
                    prop_assert_eq!(people, after.objective().people.to_vec());
                    prop_assert_eq!(before.objective().value + price.value, after.objective().value);
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
    fn additions_survive_a_round_trip(Json(request) in with_additions(10, 5)) {
        let vocabulary = Vocabulary::from_json(&request["vocabulary"].to_string()).unwrap();
        let exported = serde_json::to_value(&vocabulary).unwrap();
        let again = Vocabulary::from_json(&exported.to_string()).unwrap();
        prop_assert!(serde_json::to_value(&again).unwrap() == exported);
        let other = with(&request, json!({"vocabulary": exported}));
        // The exported tables are too long to be printed.
        same(&explanations(&request), &explanations(&other), &json!("the same with all tables"))?;
        same(&resolved(&request), &resolved(&other), &json!("the same with all tables"))?;
    }
}

/// Returns the responses of an operation with one, two and eight threads.
#[cfg(feature = "parallel")]
fn in_thread_pools(operation: &str, text: &str) -> Vec<String> {
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| call(operation, text).unwrap())
    };
    [1, 2, 8].map(run).into()
}

/// Returns the responses of an operation that three threads call at once, without rayon.
#[cfg(not(feature = "parallel"))]
fn in_thread_pools(operation: &str, text: &str) -> Vec<String> {
    std::thread::scope(|scope| {
        let threads = [(); 3].map(|()| scope.spawn(|| call(operation, text).unwrap()));
        threads.map(|thread| thread.join().unwrap()).into()
    })
}
