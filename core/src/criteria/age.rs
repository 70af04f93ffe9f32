//! Age in completed years.

use crate::{
    criteria::assess::{Assess, Context, Outcome},
    model::{
        offer::AgeRange,
        reason::{Fact, Reason},
    },
    util::fixed::Fit,
};

/// The criterion `age`.
pub(crate) enum AgeCriterion {}

/// The age of the person.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct NeedValue(pub(crate) u8);

/// The ages that an offer serves, both ends included.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct OfferValue(pub(crate) AgeRange);

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Cause {
    Within,
    Below,
    Above,
    /// The offer states nothing.
    Unknown,
}

impl Assess for AgeCriterion {
    type NeedValue = NeedValue;
    type OfferValue = OfferValue;
    type Cause = Cause;

    fn assess(context: Context<'_>, NeedValue(age): &NeedValue, OfferValue(ages): &OfferValue) -> Outcome<Cause> {
        if ages.is_unknown() {
            context.unknown(Cause::Unknown)
        } else if ages.min.is_some_and(|min| *age < min) {
            Outcome::known(Fit::ZERO, Cause::Below)
        } else if ages.max.is_some_and(|max| *age > max) {
            Outcome::known(Fit::ZERO, Cause::Above)
        } else {
            Outcome::known(Fit::FULL, Cause::Within)
        }
    }

    fn reason(_: Context<'_>, NeedValue(age): &NeedValue, OfferValue(ages): &OfferValue, cause: Cause) -> Reason {
        let reason = |code| Reason::new(code).with_count("need", *age);
        match cause {
            Cause::Within => with_ends(reason("age.within"), *ages),
            Cause::Below => with_ends(reason("age.below"), AgeRange { max: None, ..*ages }),
            Cause::Above => with_ends(reason("age.above"), AgeRange { min: None, ..*ages }),
            Cause::Unknown => reason("age.unknown"),
        }
    }

    fn restriction(OfferValue(ages): &OfferValue) -> Option<Reason> {
        // A minimum of 0 excludes no age.
        let restricts = ages.min.is_some_and(|min| min > 0) || ages.max.is_some();
        restricts.then(|| with_ends(Reason::new("age.restricted"), *ages))
    }

    fn required_change(
        _: Context<'_>,
        need: &NeedValue,
        OfferValue(ages): &OfferValue,
        outcome: Outcome<Cause>,
        passes: impl Fn(&NeedValue, &OfferValue) -> bool,
    ) -> Option<Reason> {
        let NeedValue(age) = need;
        let (ages, reason) = match outcome.cause {
            Cause::Above => (AgeRange { max: Some(*age), ..*ages }, Reason::new("change.age").with_count("max", *age)),
            Cause::Below => (AgeRange { min: Some(*age), ..*ages }, Reason::new("change.age").with_count("min", *age)),
            Cause::Within | Cause::Unknown => {
                (AgeRange { min: Some(*age), max: Some(*age) }, Reason::new("change.tell_age").with_count("age", *age))
            }
        };
        passes(need, &OfferValue(ages)).then_some(reason)
    }
}

fn with_ends(reason: Reason, ages: AgeRange) -> Reason {
    let years = |age: Option<u8>| age.map(|years| Fact::Count(u64::from(years)));
    reason.with_fact_if_some("min", years(ages.min)).with_fact_if_some("max", years(ages.max))
}
