//! Age in years.

use crate::criteria::{Context, Outcome};
use crate::{
    model::{
        offer::AgeRange,
        reason::{Fact, Reason},
    },
    util::fixed::Fit,
};

#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct NeedValue(pub(crate) u8);

#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct OfferValue(pub(crate) AgeRange);

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Cause {
    Within,
    Below,
    Above,
    Unknown,
}

pub(crate) fn assess(terms: Context<'_>, NeedValue(age): &NeedValue, OfferValue(ages): &OfferValue) -> Outcome<Cause> {
    if ages.is_unknown() {
        terms.unknown(Cause::Unknown)
    } else if ages.min.is_some_and(|min| *age < min) {
        Outcome::known(Fit::ZERO, Cause::Below)
    } else if ages.max.is_some_and(|max| *age > max) {
        Outcome::known(Fit::ZERO, Cause::Above)
    } else {
        Outcome::known(Fit::FULL, Cause::Within)
    }
}

pub(crate) fn reason(_: Context<'_>, NeedValue(age): &NeedValue, OfferValue(ages): &OfferValue, why: Cause) -> Reason {
    let reason = |code| Reason::new(code).with_count("need", *age);
    match why {
        Cause::Within => ends(reason("age.within"), *ages),
        Cause::Below => ends(reason("age.below"), AgeRange { max: None, ..*ages }),
        Cause::Above => ends(reason("age.above"), AgeRange { min: None, ..*ages }),
        Cause::Unknown => reason("age.unknown"),
    }
}

fn ends(reason: Reason, ages: AgeRange) -> Reason {
    let years = |age: Option<u8>| age.map(|years| Fact::Count(u64::from(years)));
    reason.with_fact_if_some("min", years(ages.min)).with_fact_if_some("max", years(ages.max))
}

pub(crate) fn restriction(OfferValue(ages): &OfferValue) -> Option<Reason> {
    // From 0 years on is nobody shut out.
    let restricts = ages.min.is_some_and(|min| min > 0) || ages.max.is_some();
    restricts.then(|| ends(Reason::new("age.restricted"), *ages))
}

pub(crate) fn change(
    _: Context<'_>,
    need: &NeedValue,
    offered: &OfferValue,
    met: Outcome<Cause>,
    passes: impl Fn(&NeedValue, &OfferValue) -> bool,
) -> Option<Reason> {
    let (NeedValue(age), OfferValue(ages)) = (need, offered);
    let (ages, reason) = match met.why {
        Cause::Above => (AgeRange { max: Some(*age), ..*ages }, Reason::new("change.age").with_count("max", *age)),
        Cause::Below => (AgeRange { min: Some(*age), ..*ages }, Reason::new("change.age").with_count("min", *age)),
        Cause::Within | Cause::Unknown => {
            (AgeRange { min: Some(*age), max: Some(*age) }, Reason::new("change.tell_age").with_count("age", *age))
        }
    };
    passes(need, &OfferValue(ages)).then_some(reason)
}
