//! Plans that are used again: as previous or fixed referrals, compared with another plan, and evaluated without a search.
#![expect(clippy::unwrap_used, clippy::arithmetic_side_effects, reason = "a test helper fails by panicking")]

#[path = "support/cases.rs"]
mod cases;
#[path = "support/records.rs"]
mod records;

use std::collections::{BTreeMap, BTreeSet};

use lotse::{
    AllocateOptions, Allocation, Criterion, FixedReferral, Matcher, MoveMode, Need, Offer, Policy, PreviousReferral,
    Rule, Score, UnmetReason, Vocabulary,
};
use proptest::{prelude::*, sample::Index};
use serde_json::Value;

use crate::records::Json;

fn list<'v>(request: &'v Value, name: &str) -> &'v [Value] {
    request.get(name).and_then(Value::as_array).unwrap()
}

fn matcher_and_needs(request: &Value) -> (Matcher, Vec<Need>) {
    let object = |name: &str| request.get(name).filter(|value| value.is_object()).map(Value::to_string);
    let offers = list(request, "offers").iter().map(|offer| Offer::from_json(&offer.to_string()).unwrap());
    let policy = object("policy").map(|policy| Policy::from_json(&policy).unwrap()).unwrap_or_default();
    let vocabulary = object("vocabulary").map(|added| Vocabulary::from_json(&added).unwrap()).unwrap_or_default();
    let builder = Matcher::builder().offers(offers).policy(policy).vocabulary(vocabulary);
    let needs = list(request, "needs").iter().map(|need| Need::from_json(&need.to_string()).unwrap()).collect();
    (builder.as_of(records::AS_OF.parse().unwrap()).build().unwrap(), needs)
}

/// Returns the plan, or rejects the case if 128 bits are too few for its sums.
fn allocate(matcher: &Matcher, needs: &[Need], options: &AllocateOptions<'_>) -> Result<Allocation, TestCaseError> {
    matcher.allocate(needs, options).map_err(|error| TestCaseError::reject(error.code().to_owned()))
}

/// Returns some pairs of the ids of a need and an offer, at most one for each need.
fn pairs(matcher: &Matcher, needs: &[Need], picks: &[Option<Index>]) -> Vec<(String, String)> {
    let offers: Vec<&str> = matcher.offers().map(Offer::id).collect();
    let pair = |(need, pick): (&Need, &Option<Index>)| {
        let pick = pick.as_ref().filter(|_| !offers.is_empty())?;
        Some((need.id().to_owned(), (*pick.get(&offers)).to_owned()))
    };
    needs.iter().zip(picks.iter().cycle()).filter_map(pair).collect()
}

fn picks() -> impl Strategy<Value = Vec<Option<Index>>> {
    prop::collection::vec(prop::option::of(any::<Index>()), 1..16)
}

/// Returns the outcome of each need: an offer, or a reason in brackets.
fn outcomes(plan: &Allocation) -> BTreeMap<&str, (bool, &str)> {
    let met = plan.referrals().iter().map(|referral| (referral.need(), (true, referral.offer())));
    met.chain(plan.unmet().iter().map(|unmet| (unmet.need(), (false, unmet.reason().code())))).collect()
}

proptest! {
    #![proptest_config(cases::config(150))]

    #[test]
    fn the_evaluation_of_a_plan_is_the_plan(
        Json(request) in records::request(8, 16),
        previous in picks(),
        moves in 0..3_usize,
        (min_score, neighbours) in (0..3_u32, any::<bool>()),
    ) {
        let (matcher, needs) = matcher_and_needs(&request);
        let options = AllocateOptions::new()
            .previous(pairs(&matcher, &needs, &previous))
            .moves([MoveMode::Few, MoveMode::Free, MoveMode::None][moves])
            .min_score(Score::new(min_score * 30_000_000).unwrap())
            .neighbour_serves(neighbours);
        let plan = allocate(&matcher, &needs, &options)?;
        let evaluation = matcher.evaluate(&needs, plan.referrals(), &options).unwrap();
        prop_assert_eq!(evaluation.objective(), plan.objective());
        prop_assert_eq!(evaluation.referrals(), plan.referrals());
        prop_assert_eq!(evaluation.over_places(), &[] as &[String]);
        prop_assert_eq!(evaluation.split_groups(), &[] as &[String]);
        if plan.is_optimal() {
            prop_assert_eq!(evaluation.unmet(), plan.unmet());
            prop_assert_eq!(evaluation.servable(), &[] as &[String]);
        }
        // Under `moves: none` a plan keeps what no longer matches.
        if moves < 2 {
            prop_assert!(evaluation.is_feasible(), "{:?}", evaluation.ineligible());
        }
    }

    #[test]
    fn a_feasible_plan_is_no_better_than_the_bound(Json(request) in records::request(6, 10), plan in picks(), previous in picks()) {
        let (matcher, needs) = matcher_and_needs(&request);
        let plan = pairs(&matcher, &needs, &plan);
        let options = AllocateOptions::new().previous(pairs(&matcher, &needs, &previous));
        let best = allocate(&matcher, &needs, &options)?;
        let evaluation = matcher.evaluate(&needs, plan.clone(), &options).unwrap();

        // Every need is in one list.
        let ids = |ids: Vec<&str>| ids.into_iter().map(str::to_owned).collect::<Vec<_>>();
        let mut all = ids(evaluation.referrals().iter().map(|referral| referral.need()).collect());
        all.extend(evaluation.unmet().iter().map(|unmet| unmet.need().to_owned()));
        all.extend(evaluation.servable().to_vec());
        all.sort_unstable();
        let mut expected = ids(needs.iter().map(Need::id).collect());
        expected.sort_unstable();
        prop_assert_eq!(all, expected);

        // Sums by need.
        let offer_of: BTreeMap<&str, &str> = plan.iter().map(|(need, offer)| (need.as_str(), offer.as_str())).collect();
        let (mut people, mut used) = ([0_i128; 4], BTreeMap::<&str, u64>::new());
        let mut groups = BTreeMap::<&str, BTreeSet<Option<&str>>>::new();
        for need in &needs {
            let offer = offer_of.get(need.id()).copied();
            if let Some(group) = need.group() {
                groups.entry(group).or_default().insert(offer);
            }
            if let Some(offer) = offer {
                people[need.priority() as usize] += i128::from(need.people());
                *used.entry(offer).or_default() += u64::from(need.people());
            }
        }
        prop_assert_eq!(evaluation.objective().people, people);
        let split: Vec<&str> = groups.iter().filter(|(_, offers)| offers.len() > 1).map(|(group, _)| *group).collect();
        prop_assert_eq!(evaluation.split_groups(), split);
        let is_over = |usage: &&lotse::OfferUsage| {
            usage.places().is_some_and(|places| used.get(usage.offer()).is_some_and(|used| *used > places))
        };
        let over: Vec<&str> = best.offers().iter().filter(is_over).map(|usage| usage.offer()).collect();
        prop_assert_eq!(evaluation.over_places(), over);
        let violated = evaluation.referrals().iter().filter(|referral| !referral.violations().is_empty());
        prop_assert_eq!(evaluation.ineligible(), violated.map(|referral| referral.need()).collect::<Vec<_>>());

        if evaluation.is_feasible() {
            prop_assert!(evaluation.objective() <= best.bound());
            // A plan that keeps these referrals serves more needs only if one of them is servable.
            let options = options.fixed(plan);
            let more = allocate(&matcher, &needs, &options)?;
            if more.is_optimal() {
                let count = |plan: &Allocation| plan.referrals().len();
                prop_assert_eq!(count(&more) > evaluation.referrals().len(), !evaluation.servable().is_empty());
            }
        }
    }

    #[test]
    fn a_difference_lists_each_need_whose_outcome_differs(Json(request) in records::request(6, 12), fixed in picks()) {
        let (matcher, needs) = matcher_and_needs(&request);
        let before = allocate(&matcher, &needs, &AllocateOptions::new())?;
        let needs = needs.get(needs.len() / 4..).unwrap();
        let fixed = pairs(&matcher, needs, &fixed);
        let counted = fixed.into_iter().map(|(need, offer)| FixedReferral::new(need, offer).counted());
        let after = allocate(&matcher, needs, &AllocateOptions::new().fixed(counted))?;
        let (diff, reverse) = (before.diff(&after), after.diff(&before));
        let (from, to) = (outcomes(&before), outcomes(&after));
        for (list, mirrored, was_met, is_met) in [
            (diff.newly_met(), reverse.newly_unmet(), false, true),
            (diff.newly_unmet(), reverse.newly_met(), true, false),
            (diff.moved(), reverse.moved(), true, true),
            (diff.reason_changed(), reverse.reason_changed(), false, false),
        ] {
            let differs = from.iter().filter_map(|(need, from)| Some((*need, *from, *to.get(need)?)));
            let differs = differs.filter(|(_, from, to)| from != to && (from.0, to.0) == (was_met, is_met));
            let expected: Vec<_> = differs.map(|(need, from, to)| (need, from.1, to.1)).collect();
            prop_assert_eq!(list.iter().map(|one| (one.need(), one.from(), one.to())).collect::<Vec<_>>(), expected.clone());
            let mirrored: Vec<_> = mirrored.iter().map(|one| (one.need(), one.to(), one.from())).collect();
            prop_assert_eq!(mirrored, expected);
        }
        prop_assert!(before.diff(&before).is_empty());
    }
}

fn offer(json: &str) -> Offer {
    Offer::from_json(json).unwrap()
}

#[test]
fn a_plan_is_evaluated_under_another_policy() {
    // By hand: language is the only criterion with a weight. Interpreter .75 by default and .6 in the other policy.
    let weights = r#""weights": {"help": 0, "crime": 0, "language": 1, "region": 0, "capacity": 0, "role": 0, "gender": 0,
        "age": 0, "format": 0, "access": 0}"#;
    let policy = |rest: &str| Policy::from_json(&format!("{{{weights}{rest}}}")).unwrap();
    let offers = [
        offer(r#"{"id": "o-1", "languages": [{"tag": "uk", "how": "interpreter"}], "capacity": 1}"#),
        offer(r#"{"id": "o-2", "languages": ["uk"], "capacity": 1}"#),
    ];
    let matcher = Matcher::builder().offers(offers).policy(policy("")).build().unwrap();
    let needs = [r#"{"id": "n-1", "people": 1}"#, r#"{"id": "n-2", "people": 2, "priority": "urgent"}"#];
    let needs = needs.map(|need| need.replace('}', r#", "languages": ["uk"]}"#));
    let needs: Vec<Need> = needs.iter().map(|need| Need::from_json(need).unwrap()).collect();
    let plan = [("n-1", "o-1")];
    let options = AllocateOptions::new();
    let evaluation = matcher.evaluate(&needs, plan, &options).unwrap();
    assert!(evaluation.is_feasible());
    assert_eq!((evaluation.objective().people, evaluation.objective().value), ([0, 0, 0, 1], 75_000_000));
    // n-2 is two people, and no offer has two places at all.
    let [unmet] = evaluation.unmet() else { panic!("{evaluation:?}") };
    assert_eq!((unmet.need(), unmet.reason()), ("n-2", &UnmetReason::PartyTooLarge { people: 2, left: 1 }));

    let lower = matcher.with_policy(policy(r#", "language": {"how": {"interpreter": 0.6}}"#)).unwrap();
    let evaluation = lower.evaluate(&needs, plan, &options).unwrap();
    assert_eq!((evaluation.is_feasible(), evaluation.objective().value), (true, 60_000_000));

    // A minimum of .7 excludes the interpreter: the referral remains, and is a violation.
    let strict =
        r#", "language": {"how": {"interpreter": 0.6}}, "rules": {"language": {"rule": "must", "minimum": 0.7}}"#;
    let strict = matcher.with_policy(policy(strict)).unwrap();
    let evaluation = strict.evaluate(&needs, plan, &options).unwrap();
    assert_eq!((evaluation.is_feasible(), evaluation.objective().value), (false, 60_000_000));
    assert_eq!(evaluation.referrals().first().unwrap().violations(), [Criterion::Language]);
    assert_eq!(evaluation.ineligible(), ["n-1"]);
}

#[test]
fn an_evaluation_lists_what_is_wrong_with_a_plan() {
    let offers = [offer(r#"{"id": "o-1", "capacity": 1}"#), offer(r#"{"id": "o-2", "capacity": 3}"#)];
    let matcher = Matcher::builder().offers(offers).build().unwrap();
    let needs = [
        r#"{"id": "n-1"}"#,
        r#"{"id": "n-2"}"#,
        r#"{"id": "n-3", "group": "g-1"}"#,
        r#"{"id": "n-4", "group": "g-1"}"#,
        r#"{"id": "n-5"}"#,
    ];
    let needs = needs.map(|need| Need::from_json(need).unwrap());
    let plan = [("n-1", "o-1"), ("n-2", "o-1"), ("n-3", "o-2"), ("gone", "o-2"), ("n-5", "gone")];
    let options = AllocateOptions::new().fixed([("n-1", "o-2")]).previous([("n-2", "o-1"), ("n-3", "o-1")]);
    let evaluation = matcher.evaluate(&needs, plan, &options).unwrap();
    assert!(!evaluation.is_feasible());
    assert_eq!(evaluation.referrals().len(), 3);
    assert_eq!(evaluation.over_places(), ["o-1"]);
    assert_eq!(evaluation.split_groups(), ["g-1"]);
    // n-1 is fixed to another offer; n-5 could go to o-2.
    assert_eq!(evaluation.ineligible(), ["n-1"]);
    assert_eq!(evaluation.servable(), ["n-5"]);
    assert_eq!(evaluation.unmet().iter().map(|unmet| unmet.need()).collect::<Vec<_>>(), ["n-4"]);
    assert_eq!((evaluation.objective().people, evaluation.objective().kept), ([0, 0, 0, 3], 1));
    assert!(evaluation.referrals().iter().all(|referral| !referral.is_fixed()));
}

#[test]
fn counted_places_are_added_back_once() {
    let matcher = Matcher::builder().offers([offer(r#"{"id": "o-1", "capacity": 0}"#)]).build().unwrap();
    let needs = [Need::builder("n-1").build().unwrap()];
    let over = |counted: bool, options: &AllocateOptions<'_>| {
        let referral = PreviousReferral::new("n-1", "o-1");
        let plan = [if counted { referral.counted() } else { referral }];
        matcher.evaluate(&needs, plan, options).unwrap().over_places().len()
    };
    let previous = AllocateOptions::new().previous([PreviousReferral::new("n-1", "o-1").counted()]);
    let fixed = AllocateOptions::new().fixed([FixedReferral::new("n-1", "o-1").counted()]);
    assert_eq!((over(false, &AllocateOptions::new()), over(true, &AllocateOptions::new())), (1, 0));
    assert_eq!((over(false, &previous), over(true, &previous), over(false, &fixed)), (0, 0, 0));

    // A referral that is fixed and counted frees no place for another need.
    let needs = ["n-1", "n-2"].map(|id| Need::builder(id).build().unwrap());
    let plan = [PreviousReferral::new("n-1", "o-1").counted(), PreviousReferral::new("n-2", "o-1")];
    assert_eq!(matcher.evaluate(&needs, plan, &fixed).unwrap().over_places(), ["o-1"]);
}

#[test]
fn errors_of_an_evaluation() {
    let matcher = Matcher::builder().offers([offer(r#"{"id": "o-1", "capacity": 1}"#)]).build().unwrap();
    let needs = [Need::builder("n-1").build().unwrap()];
    let error = |plan: &[(&str, &str)], options: AllocateOptions<'_>| {
        let error = matcher.evaluate(&needs, plan.to_vec(), &options).unwrap_err();
        (error.code().to_owned(), error.path().to_owned())
    };
    let expected = |code: &str, path: &str| (code.to_owned(), path.to_owned());
    let twice = [("n-1", "o-1"), ("n-1", "o-1")];
    assert_eq!(error(&twice, AllocateOptions::new()), expected("request.previous.duplicate", "plan[1].need"));
    let fixed = AllocateOptions::new().fixed([("n-1", "o-9")]);
    assert_eq!(error(&[], fixed), expected("request.fixed.unknown_offer", "fixed[0].offer"));
    let cancelled = AllocateOptions::new().progress(&|_| std::ops::ControlFlow::Break(()));
    assert_eq!(error(&[], cancelled).0, "cancelled");
}

#[test]
fn a_stricter_policy_shows_the_use_of_a_plan_that_goes_on() {
    let offers = [offer(r#"{"id": "o-1", "roles": ["witness"], "capacity": 2}"#)];
    let lenient = Policy::builder().rule(Criterion::Role, Rule::Prefer).build().unwrap();
    let matcher = Matcher::builder().offers(offers).policy(lenient).build().unwrap();
    let needs = ["n-1", "n-2"].map(|id| Need::builder(id).role("bereaved").build().unwrap());
    let plan = matcher.allocate(&needs, &AllocateOptions::new()).unwrap();
    let strict = matcher.with_policy(Policy::default()).unwrap();
    let after = strict.allocate(&needs, &AllocateOptions::new().previous(plan.referrals())).unwrap();
    let diff = plan.diff(&after);
    assert_eq!(
        diff.newly_unmet().iter().map(|change| (change.need(), change.to())).collect::<Vec<_>>(),
        [("n-1", "no_offer"), ("n-2", "no_offer"),]
    );
    assert_eq!(
        strict.evaluate(&needs, plan.referrals(), &AllocateOptions::new()).unwrap().ineligible(),
        ["n-1", "n-2"]
    );
}
