//! Age in years.

use crate::criteria::{Met, Terms};
use crate::{
    model::{
        offer::Ages,
        reason::{Fact, Reason},
    },
    util::fixed::Fit,
};

#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct Wanted(pub(crate) u8);

#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Offered(pub(crate) Ages);

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Why {
    Within,
    Below,
    Above,
    Unknown,
}

pub(crate) fn assess(terms: Terms<'_>, Wanted(age): &Wanted, Offered(ages): &Offered) -> Met<Why> {
    if ages.is_unknown() {
        terms.unknown(Why::Unknown)
    } else if ages.min.is_some_and(|min| *age < min) {
        Met::known(Fit::ZERO, Why::Below)
    } else if ages.max.is_some_and(|max| *age > max) {
        Met::known(Fit::ZERO, Why::Above)
    } else {
        Met::known(Fit::FULL, Why::Within)
    }
}

pub(crate) fn reason(_: Terms<'_>, Wanted(age): &Wanted, Offered(ages): &Offered, why: Why) -> Reason {
    let reason = |code| Reason::new(code).count("need", *age);
    match why {
        Why::Within => ends(reason("age.within"), *ages),
        Why::Below => ends(reason("age.below"), Ages { max: None, ..*ages }),
        Why::Above => ends(reason("age.above"), Ages { min: None, ..*ages }),
        Why::Unknown => reason("age.unknown"),
    }
}

fn ends(reason: Reason, ages: Ages) -> Reason {
    let years = |age: Option<u8>| age.map(|years| Fact::Count(u64::from(years)));
    reason.with_some("min", years(ages.min)).with_some("max", years(ages.max))
}

pub(crate) fn restriction(Offered(ages): &Offered) -> Option<Reason> {
    // From 0 years on is nobody shut out.
    let restricts = ages.min.is_some_and(|min| min > 0) || ages.max.is_some();
    restricts.then(|| ends(Reason::new("age.restricted"), *ages))
}

pub(crate) fn change(
    _: Terms<'_>,
    need: &Wanted,
    offered: &Offered,
    met: Met<Why>,
    passes: impl Fn(&Wanted, &Offered) -> bool,
) -> Option<Reason> {
    let (Wanted(age), Offered(ages)) = (need, offered);
    let (ages, reason) = match met.why {
        Why::Above => (Ages { max: Some(*age), ..*ages }, Reason::new("change.age").count("max", *age)),
        Why::Below => (Ages { min: Some(*age), ..*ages }, Reason::new("change.age").count("min", *age)),
        Why::Within | Why::Unknown => {
            (Ages { min: Some(*age), max: Some(*age) }, Reason::new("change.tell_age").count("age", *age))
        }
    };
    passes(need, &Offered(ages)).then_some(reason)
}
