//! Free places.

use crate::criteria::{Met, Terms};
use crate::{
    model::{
        enums::State,
        offer::Capacity,
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
pub(crate) struct Wanted(pub(crate) u64);

#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Offered {
    Unknown,
    Stale { updated: Date, days: u32 },
    Unlimited,
    Waitlist,
    Full,
    Open(u32),
    Assessment(Option<u32>),
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Why {
    TooFew,
    /// As the offer says.
    State,
}

impl Offered {
    /// What is known of the places on the day `as_of`.
    pub(crate) fn of(capacity: Option<Capacity>, as_of: Option<Date>, policy: &CapacityPolicy) -> Self {
        let Some(capacity) = capacity else { return Self::Unknown };
        let age = capacity.updated.zip(as_of).map(|(updated, as_of)| (updated, as_of.days_since(updated)));
        match (capacity.state, capacity.free) {
            (State::Unlimited, _) => Self::Unlimited,
            _ if age.is_some_and(|(_, days)| days > policy.stale_days) => {
                age.map_or(Self::Unknown, |(updated, days)| Self::Stale { updated, days })
            }
            (State::Waitlist, _) => Self::Waitlist,
            (State::Full, _) => Self::Full,
            (State::Assessment, free) => Self::Assessment(free),
            (State::Open, Some(free)) => Self::Open(free),
            (State::Open, None) => Self::Unknown,
        }
    }
}

pub(crate) fn assess(terms: Terms<'_>, Wanted(people): &Wanted, offered: &Offered) -> Met<Why> {
    let policy = &terms.policy.capacity;
    let known = |fit| Met::known(fit, Why::State);
    match offered {
        Offered::Unknown | Offered::Stale { .. } => terms.unknown(Why::State),
        Offered::Unlimited => known(Fit::FULL),
        Offered::Waitlist => known(policy.waitlist),
        Offered::Full => known(Fit::ZERO),
        Offered::Assessment(None) => known(policy.assessment),
        Offered::Open(free) | Offered::Assessment(Some(free)) => match fit_of_places(u64::from(*free), *people, policy)
        {
            Some(fit) => known(fit),
            None => Met::known(Fit::ZERO, Why::TooFew),
        },
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
    Some(Fit::of_ratio(numerator, wanted.saturating_mul(ENOUGH.saturating_add(COMFORT))))
}

pub(crate) fn reason(_: Terms<'_>, Wanted(people): &Wanted, offered: &Offered, why: Why) -> Reason {
    let places = |code, free: u32| Reason::new(code).count("free", free).count("people", *people);
    match (offered, why) {
        (Offered::Unknown, _) => Reason::new("capacity.unknown"),
        (Offered::Stale { updated, days }, _) => {
            Reason::new("capacity.stale").with("updated", Fact::Day(*updated)).count("days", *days)
        }
        (Offered::Unlimited, _) => Reason::new("capacity.unlimited"),
        (Offered::Waitlist, _) => Reason::new("capacity.waitlist"),
        (Offered::Full, _) => Reason::new("capacity.full"),
        (Offered::Open(free), Why::TooFew) => places("capacity.too_few", *free),
        (Offered::Open(free), Why::State) => places("capacity.free", *free),
        (Offered::Assessment(Some(free)), _) => places("capacity.assessment", *free),
        (Offered::Assessment(None), _) => Reason::new("capacity.assessment"),
    }
}

pub(crate) fn change(
    _: Terms<'_>,
    need: &Wanted,
    offered: &Offered,
    _: Met<Why>,
    passes: impl Fn(&Wanted, &Offered) -> bool,
) -> Option<Reason> {
    let Wanted(people) = need;
    let with = |free: u32| match offered {
        Offered::Assessment(_) => Offered::Assessment(Some(free)),
        _ => Offered::Open(free),
    };
    let enough = fewest(|free| passes(need, &with(free)))?;
    let more =
        |free: u32| Reason::new("change.places").count("more", enough.saturating_sub(free)).count("people", *people);
    Some(match offered {
        Offered::Open(free) | Offered::Assessment(Some(free)) => more(*free),
        Offered::Waitlist => more(0).with("state", Fact::Word(State::Waitlist.as_str())),
        Offered::Full => more(0).with("state", Fact::Word(State::Full.as_str())),
        Offered::Unknown | Offered::Stale { .. } | Offered::Unlimited | Offered::Assessment(None) => {
            Reason::new("change.tell_places").count("places", enough)
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
