//! Plans as data: to evaluate one, and to compare two.

use crate::{
    allocate::{
        diff::{Outcome, PlanDiff},
        options::{ListPath, PreviousReferral},
    },
    decode::{
        path::{Path, Record},
        value::Value,
    },
    error::{Error, ErrorKind, ErrorSink, message},
    util::ordered_map::OrderedSet,
    wire::{
        allocate::{PLAN_FIELDS, decode_list_of_response, decode_previous, decode_referral, decode_referrals},
        pair::required_pair,
    },
};

/// Decodes a plan for [`Matcher::evaluate`](crate::Matcher::evaluate): the response of `allocate`, or a list of referrals, as in the
/// keys `previous` and `fixed` of a request.
///
/// # Errors
///
/// Every error of the plan, with paths that begin with `plan`.
///
/// # Example: a saved plan
///
/// ```
/// use lotse::{AllocateOptions, Matcher, Need, Offer, wire::{Value, decode_plan}};
/// let matcher = Matcher::builder().offers([Offer::builder("o-1").capacity(1).build()?]).build()?;
/// let needs = [Need::builder("n-1").build()?];
/// let saved = serde_json::to_string(&matcher.allocate(&needs, &AllocateOptions::new())?).unwrap();
///
/// let plan = decode_plan(&Value::from_json(&saved)?)?;
/// assert!(matcher.evaluate(&needs, plan, &AllocateOptions::new())?.is_feasible());
/// let error = decode_plan(&Value::from_json(r#"[{"need": "n-1"}]"#)?).unwrap_err();
/// assert_eq!((error.code(), error.path()), ("request.missing_field", "plan[0].offer"));
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn decode_plan(plan: &Value<'_>) -> Result<Vec<PreviousReferral>, Error> {
    let root = Path::root(Record::Request);
    let (mut errors, mut list) = (ErrorSink::default(), ListPath { name: "plan", is_plan: false });
    let plan = decode_referrals(&mut errors, &root.field("plan"), plan, &mut list, decode_previous);
    errors.into_result(plan)
}

/// Compares two responses of `allocate`; see [`Allocation::diff`](crate::Allocation::diff). Only the ids and the codes of reasons count.
///
/// # Errors
///
/// Every error of the two responses, with paths that begin with `before` or `after`.
///
/// # Example: yesterday's plan, which was saved
///
/// ```
/// use lotse::wire::{Value, diff_plans};
/// let before = Value::from_json(r#"{"unmet": [{"need": "n-1", "reason": "no_place"}], "referrals": []}"#)?;
/// let after = Value::from_json(r#"{"unmet": [], "referrals": [{"need": "n-1", "offer": "o-1"}]}"#)?;
/// let diff = diff_plans(&before, &after)?;
/// assert_eq!((diff.newly_met()[0].need(), diff.newly_met()[0].to()), ("n-1", "o-1"));
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn diff_plans(before: &Value<'_>, after: &Value<'_>) -> Result<PlanDiff, Error> {
    let (root, mut errors) = (Path::root(Record::Request), ErrorSink::default());
    let mut decode = |name, plan| decode_outcomes(&mut errors, &root.field(name), plan);
    let (before, after) = (decode("before", before), decode("after", after));
    errors.into_result(PlanDiff::between(before.into_iter(), after.into_iter()))
}

/// The id of a need, and its outcome.
type NeedOutcome<'v> = (&'v str, Outcome<'v>);
type DecodeOutcome<'v> = fn(&mut ErrorSink, &Path<'_>, &'v Value<'v>) -> Option<NeedOutcome<'v>>;

/// Decodes the outcomes of the needs in a response.
fn decode_outcomes<'v>(errors: &mut ErrorSink, at: &Path<'_>, plan: &'v Value<'v>) -> Vec<NeedOutcome<'v>> {
    if errors.fields(at, plan, PLAN_FIELDS).is_none() {
        return Vec::new();
    }
    let lists: [(&str, DecodeOutcome<'v>); 2] = [("unmet", decode_unmet), ("referrals", decode_met)];
    let mut outcomes = Vec::new();
    let mut seen = OrderedSet::default();
    for (name, decode) in lists {
        let of_list = decode_list_of_response(errors, at, plan, name, decode);
        let list = at.field(name);
        for (index, (need, _)) in of_list.iter().enumerate() {
            if !seen.insert(*need) {
                let item = list.item(index);
                let (name, message) = ("previous.duplicate", message!("previous.duplicate"));
                errors.push(item.field("need").error(ErrorKind::Conflict, name, message));
            }
        }
        outcomes.extend(of_list);
    }
    outcomes
}

fn decode_unmet<'v>(errors: &mut ErrorSink, at: &Path<'_>, value: &'v Value<'v>) -> Option<NeedOutcome<'v>> {
    let fields = errors.fields(at, value, &["need", "reason", "facts", "text"])?;
    let (need, reason) = required_pair(errors, at, &fields, ["need", "reason"])?;
    Some((need, Outcome::Unmet(reason)))
}

fn decode_met<'v>(errors: &mut ErrorSink, at: &Path<'_>, value: &'v Value<'v>) -> Option<NeedOutcome<'v>> {
    let ((need, offer), _) = decode_referral(errors, at, value)?;
    Some((need, Outcome::Met(offer)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AllocateOptions, Matcher, Need, Offer};

    fn diff_json(before: &str, after: &str) -> Result<PlanDiff, Error> {
        diff_plans(&Value::from_json(before)?, &Value::from_json(after)?)
    }

    #[test]
    fn responses_differ_as_their_allocations() {
        let offers = [("o-1", 1), ("o-2", 1)].map(|(id, free)| Offer::builder(id).capacity(free).build().unwrap());
        let needs = ["n-1", "n-2", "n-3"].map(|id| Need::builder(id).build().unwrap());
        let matcher = Matcher::builder().offers(offers).build().unwrap();
        let plans = [AllocateOptions::new(), AllocateOptions::new().fixed([("n-3", "o-1"), ("n-1", "o-2")])]
            .map(|options| matcher.allocate(&needs, &options).unwrap());
        let [a, b] = plans.each_ref();
        let [a_json, b_json] = plans.each_ref().map(|plan| serde_json::to_string(plan).unwrap());
        assert!(!a.diff(b).is_empty());
        assert_eq!(diff_json(&a_json, &b_json).unwrap(), a.diff(b));
        assert_eq!(diff_json(&b_json, &a_json).unwrap(), b.diff(a));
        assert!(diff_json(&a_json, &a_json).unwrap().is_empty());
        let empty = r#"{"unmet": [], "referrals": []}"#;
        assert!(diff_json(empty, &a_json).unwrap().is_empty());
    }

    #[test]
    fn both_lists_of_a_response_are_required() {
        let full = r#"{"unmet": [], "referrals": [{"need": "n-1", "offer": "o-1"}]}"#;
        let wrong = [
            (full, "[]", "request.type", "after"),
            (
                r#"{"unmet": [{"need": "n-1", "reason": "no_place"}], "referrals": [{"need": "n-1", "offer": "o-1"}]}"#,
                full,
                "request.previous.duplicate",
                "before.referrals[0].need",
            ),
            ("{}", full, "request.missing_field", "before.unmet"),
            (full, r#"{"unmet": null}"#, "request.missing_field", "after.unmet"),
            (
                r#"{"unmet": [{"need": "n-1"}], "referrals": []}"#,
                full,
                "request.missing_field",
                "before.unmet[0].reason",
            ),
            (
                full,
                r#"{"unmet": [], "referrals": [{"need": "n-1"}]}"#,
                "request.missing_field",
                "after.referrals[0].offer",
            ),
            (full, r#"{"unmet": [{"n-7": 1}], "referrals": []}"#, "request.unknown_field", "after.unmet[0]"),
        ];
        for (before, after, code, path) in wrong {
            let error = diff_json(before, after).unwrap_err();
            assert_eq!((error.code(), error.path()), (code, path), "{before} {after}");
        }
    }

    #[test]
    fn a_plan_is_a_response_or_a_list() {
        let decode = |json: &str| decode_plan(&Value::from_json(json)?);
        let referral = PreviousReferral::new("n-1", "o-1");
        assert_eq!(decode(r#"{"referrals": []}"#).unwrap(), []);
        assert_eq!(decode("[]").unwrap(), []);
        assert_eq!(
            decode(r#"{"referrals": [{"need": "n-1", "offer": "o-1"}]}"#).unwrap(),
            std::slice::from_ref(&referral)
        );
        let counted = r#"[{"need": "n-1", "offer": "o-1", "score": 1, "counted": true}]"#;
        assert_eq!(decode(counted).unwrap(), [referral.counted()]);
        for wrong in ["null", "1", r#""n-1""#] {
            let error = decode(wrong).unwrap_err();
            assert_eq!((error.code(), error.path()), ("request.type", "plan"));
        }
    }
}
