//! The difference of two plans.
//!
//! Compares two lists of needs with their outcomes by sorting both and merging them: O(n log n).

use std::{cmp::Ordering, fmt};

use serde::Serialize;

use crate::{allocate::allocation::Allocation, util::sort::sort_by_key};

/// The needs whose outcome differs between two plans, in four lists in the order of ids.
///
/// Needs that only one of the plans has are in none of them, nor are those whose reason differs in its facts only.
///
/// # Example: one more place
///
/// ```
/// use lotse::{AllocateOptions, Capacity, Matcher, Need, Offer};
/// let mut matcher = Matcher::builder().offers([Offer::builder("o-1").capacity(1).build()?]).build()?;
/// let needs = [Need::builder("n-1").build()?, Need::builder("n-2").build()?];
/// let before = matcher.allocate(&needs, &AllocateOptions::new())?;
/// matcher.set_capacity("o-1", Capacity::open(2))?;
/// let diff = before.diff(&matcher.allocate(&needs, &AllocateOptions::new())?);
/// let met = &diff.newly_met()[0];
/// assert_eq!((met.need(), met.from(), met.to()), ("n-2", "no_place", "o-1"));
/// assert_eq!(
///     serde_json::to_string(&diff).expect("lists of texts"),
///     r#"{"newly_met":[{"need":"n-2","from":"no_place","to":"o-1"}],"newly_unmet":[],"moved":[],"reason_changed":[]}"#,
/// );
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Default, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PlanDiff {
    newly_met: Vec<OutcomeChange>,
    newly_unmet: Vec<OutcomeChange>,
    moved: Vec<OutcomeChange>,
    reason_changed: Vec<OutcomeChange>,
}

/// The outcome of one need in two plans: the id of an offer, or the code of the reason why it is unmet.
///
/// # Example: the need moves to an offer in its language
///
/// ```
/// use lotse::{AllocateOptions, Matcher, Need, Offer};
/// let mut matcher = Matcher::builder().offers([Offer::builder("o-1").capacity(1).build()?]).build()?;
/// let needs = [Need::builder("n-1").language("uk").build()?];
/// let before = matcher.allocate(&needs, &AllocateOptions::new())?;
/// matcher.update(Offer::builder("o-2").language("uk").capacity(1).build()?)?;
/// let diff = before.diff(&matcher.allocate(&needs, &AllocateOptions::new())?);
/// let moved = &diff.moved()[0];
/// assert_eq!((moved.need(), moved.from(), moved.to()), ("n-1", "o-1", "o-2"));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct OutcomeChange {
    need: String,
    from: String,
    to: String,
}

/// The outcome of a need in a plan.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Outcome<'a> {
    /// The id of the offer.
    Met(&'a str),
    /// The code of the reason.
    Unmet(&'a str),
}

impl PlanDiff {
    /// Compares two lists of needs, each with its outcome. Of several entries of one need in a list the first counts.
    pub(crate) fn between<'a>(
        before: impl Iterator<Item = (&'a str, Outcome<'a>)>,
        after: impl Iterator<Item = (&'a str, Outcome<'a>)>,
    ) -> Self {
        let (before, after) = (sorted(before), sorted(after));
        let (mut before, mut after) = (before.into_iter().peekable(), after.into_iter().peekable());
        let mut diff = Self::default();
        while let (Some((need, from)), Some((other, to))) = (before.peek(), after.peek()) {
            match need.cmp(other) {
                Ordering::Less => drop(before.next()),
                Ordering::Greater => drop(after.next()),
                Ordering::Equal => {
                    diff.push(need, *from, *to);
                    before.next();
                    after.next();
                }
            }
        }
        diff
    }

    fn push(&mut self, need: &str, from: Outcome<'_>, to: Outcome<'_>) {
        let (list, from, to) = match (from, to) {
            (from, to) if from == to => return,
            (Outcome::Unmet(from), Outcome::Met(to)) => (&mut self.newly_met, from, to),
            (Outcome::Met(from), Outcome::Unmet(to)) => (&mut self.newly_unmet, from, to),
            (Outcome::Met(from), Outcome::Met(to)) => (&mut self.moved, from, to),
            (Outcome::Unmet(from), Outcome::Unmet(to)) => (&mut self.reason_changed, from, to),
        };
        list.push(OutcomeChange { need: need.to_owned(), from: from.to_owned(), to: to.to_owned() });
    }

    /// Returns the needs that were unmet and are met: from a reason to an offer.
    pub fn newly_met(&self) -> &[OutcomeChange] {
        &self.newly_met
    }

    /// Returns the needs that were met and are unmet: from an offer to a reason.
    pub fn newly_unmet(&self) -> &[OutcomeChange] {
        &self.newly_unmet
    }

    /// Returns the needs that are met by another offer.
    pub fn moved(&self) -> &[OutcomeChange] {
        &self.moved
    }

    /// Returns the needs that are unmet for another reason.
    pub fn reason_changed(&self) -> &[OutcomeChange] {
        &self.reason_changed
    }

    /// Returns `true` if no need of both plans has another outcome.
    pub fn is_empty(&self) -> bool {
        [&self.newly_met, &self.newly_unmet, &self.moved, &self.reason_changed].into_iter().all(Vec::is_empty)
    }
}

impl fmt::Debug for PlanDiff {
    /// Writes the numbers of needs only.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PlanDiff")
            .field("newly_met", &self.newly_met.len())
            .field("newly_unmet", &self.newly_unmet.len())
            .field("moved", &self.moved.len())
            .field("reason_changed", &self.reason_changed.len())
            .finish_non_exhaustive()
    }
}

impl OutcomeChange {
    /// Returns the id of the need.
    pub fn need(&self) -> &str {
        &self.need
    }

    /// Returns the outcome in the earlier plan: the id of the offer, or the code of the reason.
    pub fn from(&self) -> &str {
        &self.from
    }

    /// Returns the outcome in the later plan: the id of the offer, or the code of the reason.
    pub fn to(&self) -> &str {
        &self.to
    }
}

impl fmt::Debug for OutcomeChange {
    /// Writes the id of the need only.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OutcomeChange").field("need", &self.need).finish_non_exhaustive()
    }
}

impl Allocation {
    /// Returns the difference from this plan to a later one: the needs of both whose outcome differs.
    ///
    /// # Example: a place is lost
    ///
    /// ```
    /// use lotse::{AllocateOptions, Capacity, Matcher, Need, Offer};
    /// let mut matcher = Matcher::builder().offers([Offer::builder("o-1").capacity(1).build()?]).build()?;
    /// let needs = [Need::builder("n-1").build()?];
    /// let before = matcher.allocate(&needs, &AllocateOptions::new())?;
    /// assert!(before.diff(&before).is_empty());
    ///
    /// matcher.set_capacity("o-1", Capacity::open(0))?;
    /// let after = matcher.allocate(&needs, &AllocateOptions::new().previous(before.referrals()))?;
    /// assert_eq!(before.diff(&after).newly_unmet()[0].to(), "no_place");
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn diff(&self, later: &Self) -> PlanDiff {
        PlanDiff::between(self.outcomes(), later.outcomes())
    }

    fn outcomes(&self) -> impl Iterator<Item = (&str, Outcome<'_>)> {
        let met = self.referrals.iter().map(|referral| (referral.need(), Outcome::Met(referral.offer())));
        met.chain(self.unmet.iter().map(|unmet| (unmet.need(), Outcome::Unmet(unmet.reason().code()))))
    }
}

/// Returns the outcomes in the order of ids, one for each need.
fn sorted<'a>(outcomes: impl Iterator<Item = (&'a str, Outcome<'a>)>) -> Vec<(&'a str, Outcome<'a>)> {
    let mut outcomes: Vec<_> = outcomes.collect();
    // Stable, so that the first of several entries is kept.
    sort_by_key(&mut outcomes, |(need, _)| *need);
    outcomes.dedup_by_key(|(need, _)| *need);
    outcomes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_need_of_both_plans_is_in_at_most_one_list() {
        use Outcome::{Met, Unmet};
        let before = [
            ("n-9", Met("o-1")),
            ("n-1", Unmet("no_place")),
            ("n-2", Met("o-1")),
            ("n-3", Met("o-1")),
            ("n-4", Unmet("no_place")),
            ("n-5", Unmet("no_place")),
            ("gone", Met("o-1")),
            ("n-1", Met("o-7")),
        ];
        let after = [
            ("n-5", Unmet("no_place")),
            ("n-4", Unmet("no_offer")),
            ("n-3", Met("o-3")),
            ("n-2", Unmet("no_place")),
            ("n-10", Met("o-1")),
            ("n-1", Met("o-2")),
            ("n-9", Met("o-1")),
        ];
        let text = |diff: &PlanDiff| serde_json::to_value(diff).unwrap();
        let change = |need, from, to| serde_json::json!([{"need": need, "from": from, "to": to}]);
        let diff = PlanDiff::between(before.into_iter(), after.into_iter());
        let expected = serde_json::json!({
            "newly_met": change("n-1", "no_place", "o-2"),
            "newly_unmet": change("n-2", "o-1", "no_place"),
            "moved": change("n-3", "o-1", "o-3"),
            "reason_changed": change("n-4", "no_place", "no_offer"),
        });
        assert_eq!(text(&diff), expected);
        assert!(!diff.is_empty());
        // An offer may have the id that is the code of a reason.
        let (met, unmet) = ([("n-1", Met("no_place"))], [("n-1", Unmet("no_place"))]);
        assert_eq!(PlanDiff::between(met.into_iter(), unmet.into_iter()).newly_unmet().len(), 1);
        let all = before.into_iter().chain(after);
        assert!(PlanDiff::between(all.clone(), all).is_empty());
        let reversed = PlanDiff::between(before.into_iter(), after.into_iter().rev());
        assert_eq!(text(&reversed), expected);
    }
}
