//! Copies of a matcher and changes of policy: each copy is equal in every result to a matcher that is newly built.
#![expect(clippy::unwrap_used, reason = "a test helper fails by panicking")]

#[path = "support/cases.rs"]
mod cases;
#[path = "support/records.rs"]
mod records;

use lotse::{AllocateOptions, Capacity, ErrorKind, ExplainOptions, Matcher, Need, Offer, Policy, Vocabulary};
use proptest::{prelude::*, sample::Index};
use serde_json::Value;

use crate::records::Json;

/// Returns the policy of a value, or the default one.
fn policy(value: Option<&Value>) -> Policy {
    value
        .filter(|policy| policy.is_object())
        .map(|policy| Policy::from_json(&policy.to_string()).unwrap())
        .unwrap_or_default()
}

fn needs(request: &Value) -> Vec<Need> {
    let needs = request.get("needs").and_then(Value::as_array).unwrap();
    needs.iter().map(|need| Need::from_json(&need.to_string()).unwrap()).collect()
}

fn offers(request: &Value) -> Vec<Offer> {
    let offers = request.get("offers").and_then(Value::as_array).unwrap();
    offers.iter().map(|offer| Offer::from_json(&offer.to_string()).unwrap()).collect()
}

/// Builds a matcher with the vocabulary of a request.
fn build(request: &Value, offers: impl IntoIterator<Item = Offer>, policy: Policy) -> Matcher {
    let additions = request.get("vocabulary").filter(|additions| additions.is_object());
    let vocabulary =
        additions.map(|additions| Vocabulary::from_json(&additions.to_string()).unwrap()).unwrap_or_default();
    let builder = Matcher::builder().offers(offers).policy(policy).vocabulary(vocabulary);
    builder.as_of(records::AS_OF.parse().unwrap()).build().unwrap()
}

/// Compares every result of two matchers for the needs.
fn same(a: &Matcher, b: &Matcher, needs: &[Need]) -> Result<(), TestCaseError> {
    prop_assert!(a.offers().eq(b.offers()));
    prop_assert_eq!(a.rank_all(needs, 100).unwrap(), b.rank_all(needs, 100).unwrap());
    let scored = |matcher: &Matcher| format!("{:?}", matcher.score_all(needs, 3).unwrap());
    prop_assert_eq!(scored(a), scored(b));
    let pairs: Vec<(&str, &str)> =
        needs.iter().flat_map(|need| a.offers().map(move |offer| (need.id(), offer.id()))).collect();
    let explanations = |matcher: &Matcher| matcher.explain_all(needs, &pairs, ExplainOptions::new()).unwrap();
    prop_assert_eq!(explanations(a), explanations(b));
    prop_assert_eq!(a.diagnose_all(needs, 5).unwrap(), b.diagnose_all(needs, 5).unwrap());
    let plan = |matcher: &Matcher| matcher.allocate(needs, &AllocateOptions::new());
    prop_assert_eq!(plan(a), plan(b));
    Ok(())
}

/// A change of a matcher's offers.
#[derive(Clone, Debug)]
enum Change {
    Capacity(Index, u32),
    Update(Index, Index),
    Remove(Index),
    Add(Index),
}

fn change() -> impl Strategy<Value = Change> {
    let index = any::<Index>;
    prop_oneof![
        (index(), 0..4_u32).prop_map(|(offer, free)| Change::Capacity(offer, free)),
        (index(), index()).prop_map(|(offer, values)| Change::Update(offer, values)),
        index().prop_map(Change::Remove),
        index().prop_map(Change::Add),
    ]
}

impl Change {
    /// Applies the change; the values of updated and new offers are those of `pool`.
    fn apply(&self, step: usize, matcher: &mut Matcher, pool: &[Offer]) {
        let ids: Vec<String> = matcher.offers().map(|offer| offer.id().to_owned()).collect();
        let id = |index: &Index| index.get(&ids).clone();
        let with_id = |values: &Index, id: &str| {
            let body = serde_json::to_value(values.get(pool)).unwrap();
            Offer::from_json(&records::with_id(&body, id).to_string()).unwrap()
        };
        match self {
            Self::Add(values) => matcher.update(with_id(values, &format!("added-{step}"))).unwrap(),
            _ if ids.is_empty() => {}
            Self::Capacity(offer, free) => matcher.set_capacity(&id(offer), Capacity::open(*free)).unwrap(),
            Self::Update(offer, values) => matcher.update(with_id(values, &id(offer))).unwrap(),
            Self::Remove(offer) => drop(matcher.remove(&id(offer)).unwrap()),
        }
    }
}

proptest! {
    #![proptest_config(cases::config(100))]

    #[test]
    fn a_copy_never_changes(
        Json(request) in records::request(12, 6),
        changes in prop::collection::vec((change(), any::<bool>()), 1..12),
    ) {
        let (needs, pool) = (needs(&request), offers(&request));
        prop_assume!(!pool.is_empty());
        let policy = policy(request.get("policy"));
        let mut matcher = build(&request, pool.clone(), policy.clone());
        let mut copies = Vec::new();
        for (step, (change, is_copied)) in changes.iter().enumerate() {
            if *is_copied {
                copies.push((matcher.clone(), matcher.offers().cloned().collect::<Vec<_>>()));
            }
            change.apply(step, &mut matcher, &pool);
        }
        let offers = matcher.offers().cloned().collect();
        copies.push((matcher, offers));
        for (copy, offers) in copies {
            same(&copy, &build(&request, offers, policy.clone()), &needs)?;
        }
    }

    #[test]
    fn another_policy_is_equal_to_a_new_matcher(
        Json(request) in records::request(12, 6),
        policies in prop::collection::vec(records::policy(), 1..4),
        changes in prop::collection::vec(change(), 0..4),
    ) {
        let (needs, pool) = (needs(&request), offers(&request));
        prop_assume!(!pool.is_empty());
        let first = policy(request.get("policy"));
        let mut matcher = build(&request, pool.clone(), first.clone());
        // One policy after another, and the first again; a removed offer leaves a slot that is free.
        for policy in policies.iter().map(|other| policy(Some(other))).chain([first]) {
            for (step, change) in changes.iter().enumerate() {
                change.apply(step, &mut matcher, &pool);
            }
            let before = matcher.clone();
            matcher = matcher.with_policy(policy.clone()).unwrap();
            let built = build(&request, matcher.offers().cloned().collect::<Vec<_>>(), policy.clone());
            prop_assert_eq!(matcher.policy(), &policy);
            same(&matcher, &built, &needs)?;
            let old = build(&request, before.offers().cloned().collect::<Vec<_>>(), before.policy().clone());
            same(&before, &old, &needs)?;
        }
    }
}

#[test]
fn the_vocabulary_has_the_rows_of_the_new_policy_only() {
    let with_row = |to: &str| {
        let rows = format!(r#"{{"language": {{"comprehension": [{{"from": "uk", "to": "{to}", "degree": 0.3}}]}}}}"#);
        Policy::from_json(&rows).unwrap()
    };
    let offers = || [Offer::builder("o-1").language("en").build().unwrap()];
    let build = |policy: Policy| Matcher::builder().offers(offers()).policy(policy).build();
    let text = |matcher: &Matcher| serde_json::to_string(matcher.vocabulary()).unwrap();
    let first = build(with_row("en")).unwrap();
    let second = first.with_policy(with_row("fr")).unwrap();
    assert_ne!(text(&first), text(&second));
    assert_eq!(text(&second), text(&build(with_row("fr")).unwrap()));
    assert_eq!(text(&second.with_policy(Policy::default()).unwrap()), text(&build(Policy::default()).unwrap()));
}

#[test]
fn errors_of_a_policy_are_those_of_the_builder() {
    let rows = r#"{"language": {"comprehension": [{"from": "xqq", "to": "gsg", "degree": 0.3},
        {"from": "uk", "to": "en", "degree": 0.3}, {"from": "uk", "to": "en", "degree": 0.4}]}}"#;
    let policy = Policy::from_json(rows).unwrap();
    let expected = Matcher::builder().policy(policy.clone()).build().unwrap_err();
    let offers = [Offer::builder("o-1").language("de").build().unwrap()];
    let error = Matcher::builder().offers(offers).build().unwrap().with_policy(policy).unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::Unknown, "policy.comprehension.unknown_language"));
    assert_eq!(error, expected);
}
