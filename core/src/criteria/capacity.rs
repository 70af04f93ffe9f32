//! Free places.

use crate::criteria::{Context, Outcome};
use crate::{
    model::{
        capacity::Capacity,
        enums::CapacityState,
        policy::CapacityPolicy,
        reason::{Fact, Reason},
    },
    util::{date::Date, fixed::Fit},
};

/// What just enough places are worth, in tenths, and what comfortably many add to that.
const ENOUGH: u64 = 7;
const COMFORT: u64 = 3;

/// How many people need a place: of the need, or of its whole group.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct NeedValue(pub(crate) u64);

#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum OfferValue {
    Unknown,
    Stale { updated: Date, days: u32 },
    Unlimited,
    Waitlist,
    Full,
    Open(u32),
    Assessment(Option<u32>),
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Cause {
    TooFew,
    /// As the offer says.
    CapacityState,
}

impl OfferValue {
    /// What is known of the places on the day `as_of`.
    pub(crate) fn of(capacity: Option<Capacity>, as_of: Option<Date>, policy: &CapacityPolicy) -> Self {
        let Some(capacity) = capacity else { return Self::Unknown };
        let age = capacity.updated.zip(as_of).map(|(updated, as_of)| (updated, as_of.days_since(updated)));
        match (capacity.state, capacity.free) {
            (CapacityState::Unlimited, _) => Self::Unlimited,
            _ if age.is_some_and(|(_, days)| days > policy.stale_days) => {
                age.map_or(Self::Unknown, |(updated, days)| Self::Stale { updated, days })
            }
            (CapacityState::Waitlist, _) => Self::Waitlist,
            (CapacityState::Full, _) => Self::Full,
            (CapacityState::Assessment, free) => Self::Assessment(free),
            (CapacityState::Open, Some(free)) => Self::Open(free),
            (CapacityState::Open, None) => Self::Unknown,
        }
    }
}

pub(crate) fn assess(terms: Context<'_>, NeedValue(people): &NeedValue, offered: &OfferValue) -> Outcome<Cause> {
    let policy = &terms.policy.capacity;
    let known = |fit| Outcome::known(fit, Cause::CapacityState);
    match offered {
        OfferValue::Unknown | OfferValue::Stale { .. } => terms.unknown(Cause::CapacityState),
        OfferValue::Unlimited => known(Fit::FULL),
        OfferValue::Waitlist => known(policy.waitlist),
        OfferValue::Full => known(Fit::ZERO),
        OfferValue::Assessment(None) => known(policy.assessment),
        OfferValue::Open(free) | OfferValue::Assessment(Some(free)) => {
            match fit_of_places(u64::from(*free), *people, policy) {
                Some(fit) => known(fit),
                None => Outcome::known(Fit::ZERO, Cause::TooFew),
            }
        }
    }
}

/// .7 + .3 × min(1, (free − people) / (people × (comfortable − 1))); nothing where the places are too few.
fn fit_of_places(free: u64, people: u64, policy: &CapacityPolicy) -> Option<Fit> {
    let spare = free.checked_sub(people)?;
    // Free places have 32 bits and what is comfortable 20, so that nothing here comes near to 64.
    let wanted = people.saturating_mul(u64::from(policy.comfortable.saturating_sub(1)));
    if spare >= wanted {
        return Some(Fit::FULL);
    }
    let numerator = ENOUGH.saturating_mul(wanted).saturating_add(COMFORT.saturating_mul(spare));
    Some(Fit::from_quotient(numerator, wanted.saturating_mul(ENOUGH.saturating_add(COMFORT))))
}

pub(crate) fn reason(_: Context<'_>, NeedValue(people): &NeedValue, offered: &OfferValue, why: Cause) -> Reason {
    let places = |code, free: u32| Reason::new(code).with_count("free", free).with_count("people", *people);
    match (offered, why) {
        (OfferValue::Unknown, _) => Reason::new("capacity.unknown"),
        (OfferValue::Stale { updated, days }, _) => {
            Reason::new("capacity.stale").with_fact("updated", Fact::Day(*updated)).with_count("days", *days)
        }
        (OfferValue::Unlimited, _) => Reason::new("capacity.unlimited"),
        (OfferValue::Waitlist, _) => Reason::new("capacity.waitlist"),
        (OfferValue::Full, _) => Reason::new("capacity.full"),
        (OfferValue::Open(free), Cause::TooFew) => places("capacity.too_few", *free),
        (OfferValue::Open(free), Cause::CapacityState) => places("capacity.free", *free),
        (OfferValue::Assessment(Some(free)), _) => places("capacity.assessment", *free),
        (OfferValue::Assessment(None), _) => Reason::new("capacity.assessment"),
    }
}

pub(crate) fn change(
    _: Context<'_>,
    need: &NeedValue,
    offered: &OfferValue,
    _: Outcome<Cause>,
    passes: impl Fn(&NeedValue, &OfferValue) -> bool,
) -> Option<Reason> {
    let NeedValue(people) = need;
    let with = |free: u32| match offered {
        OfferValue::Assessment(_) => OfferValue::Assessment(Some(free)),
        _ => OfferValue::Open(free),
    };
    let enough = fewest(|free| passes(need, &with(free)))?;
    let more = |free: u32| {
        Reason::new("change.places").with_count("more", enough.saturating_sub(free)).with_count("people", *people)
    };
    Some(match offered {
        OfferValue::Open(free) | OfferValue::Assessment(Some(free)) => more(*free),
        OfferValue::Waitlist => more(0).with_fact("state", Fact::Word(CapacityState::Waitlist.as_str())),
        OfferValue::Full => more(0).with_fact("state", Fact::Word(CapacityState::Full.as_str())),
        OfferValue::Unknown | OfferValue::Stale { .. } | OfferValue::Unlimited | OfferValue::Assessment(None) => {
            Reason::new("change.tell_places").with_count("places", enough)
        }
    })
}

/// The fewest places that will do: more of them are never worse.
fn fewest(will_do: impl Fn(u32) -> bool) -> Option<u32> {
    let (mut low, mut high) = (0_u32, u32::MAX);
    while low < high {
        let middle = low.midpoint(high);
        if will_do(middle) {
            high = middle;
        } else {
            low = middle.saturating_add(1);
        }
    }
    will_do(low).then_some(low)
}
