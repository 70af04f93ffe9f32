//! Capacity: the free places of an offer for the people of a need or of its group.

use crate::{
    criteria::assess::{Assess, Context, Outcome},
    model::{
        capacity::Capacity,
        enums::CapacityState,
        policy::CapacityPolicy,
        reason::{Fact, Reason},
    },
    util::{
        date::Date,
        fixed::{Fit, ONE},
    },
};

/// The criterion `capacity`.
pub(crate) enum CapacityCriterion {}

/// What a need requires of the places of an offer.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) enum NeedValue {
    /// The number of people who need a place: those of the need, or of its group.
    People(u64),
    /// An allocation counts the places: the fit depends only on whether their number is known.
    Allocated,
}

/// The places of an offer on the matcher's `as_of`.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum OfferValue {
    /// The offer states nothing, or that it is open without a number of places.
    Unknown,
    /// The capacity was updated too many days before `as_of`.
    Stale {
        updated: Date,
        days: u32,
    },
    /// The capacity is dated after `as_of`.
    Future {
        updated: Date,
    },
    Unlimited,
    Waitlist,
    Full,
    Open(u32),
    /// An interview comes first; the number of places may be unknown.
    Assessment(Option<u32>),
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Cause {
    /// The number of free places is known and too small.
    TooFew,
    /// The outcome follows from the state of the offer's capacity.
    State,
}

impl OfferValue {
    /// Creates the value on the day `as_of`. Without `as_of`, no capacity is stale.
    pub(crate) fn new(capacity: Option<Capacity>, as_of: Option<Date>, policy: &CapacityPolicy) -> Self {
        let Some(capacity) = capacity else { return Self::Unknown };
        if capacity.state == CapacityState::Unlimited {
            return Self::Unlimited;
        }
        if let Some((updated, as_of)) = capacity.updated.zip(as_of) {
            let days = as_of.days_since(updated);
            if updated > as_of {
                return Self::Future { updated };
            } else if days > policy.stale_days {
                return Self::Stale { updated, days };
            }
        }
        match (capacity.state, capacity.free) {
            (CapacityState::Unlimited, _) => Self::Unlimited,
            (CapacityState::Waitlist, _) => Self::Waitlist,
            (CapacityState::Full, _) => Self::Full,
            (CapacityState::Assessment, free) => Self::Assessment(free),
            (CapacityState::Open, Some(free)) => Self::Open(free),
            (CapacityState::Open, None) => Self::Unknown,
        }
    }
}

impl Assess for CapacityCriterion {
    type NeedValue = NeedValue;
    type OfferValue = OfferValue;
    type Cause = Cause;

    fn assess(context: Context<'_>, need: &NeedValue, offer: &OfferValue) -> Outcome<Cause> {
        let policy = &context.policy.capacity;
        let known = |fit| Outcome::known(fit, Cause::State);
        let NeedValue::People(people) = need else {
            return match offer {
                OfferValue::Unknown
                | OfferValue::Stale { .. }
                | OfferValue::Future { .. }
                | OfferValue::Assessment(None) => context.unknown(Cause::State),
                OfferValue::Waitlist => known(policy.waitlist),
                OfferValue::Unlimited | OfferValue::Full | OfferValue::Open(_) | OfferValue::Assessment(Some(_)) => {
                    known(Fit::FULL)
                }
            };
        };
        match offer {
            OfferValue::Unknown | OfferValue::Stale { .. } | OfferValue::Future { .. } => context.unknown(Cause::State),
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

    fn reason(_: Context<'_>, need: &NeedValue, offer: &OfferValue, cause: Cause) -> Reason {
        let places = |code, free: u32| {
            let reason = Reason::new(code).with_count("free", free);
            match need {
                NeedValue::People(people) => reason.with_count("people", *people),
                NeedValue::Allocated => reason,
            }
        };
        match (offer, cause) {
            (OfferValue::Unknown, _) => Reason::new("capacity.unknown"),
            (OfferValue::Stale { updated, days }, _) => {
                Reason::new("capacity.stale").with_fact("updated", Fact::Day(*updated)).with_count("days", *days)
            }
            (OfferValue::Future { updated }, _) => {
                Reason::new("capacity.future").with_fact("updated", Fact::Day(*updated))
            }
            (OfferValue::Unlimited, _) => Reason::new("capacity.unlimited"),
            (OfferValue::Waitlist, _) => Reason::new("capacity.waitlist"),
            (OfferValue::Full, _) => Reason::new("capacity.full"),
            (OfferValue::Open(free), Cause::TooFew) => places("capacity.too_few", *free),
            (OfferValue::Open(free), Cause::State) => places("capacity.free", *free),
            (OfferValue::Assessment(Some(free)), _) => places("capacity.assessment", *free),
            (OfferValue::Assessment(None), _) => Reason::new("capacity.assessment"),
        }
    }

    fn required_change(
        _: Context<'_>,
        need: &NeedValue,
        offer: &OfferValue,
        _: Outcome<Cause>,
        passes: impl Fn(&NeedValue, &OfferValue) -> bool,
    ) -> Option<Reason> {
        let NeedValue::People(people) = need else { return None };
        let with_free = |free: u32| match offer {
            OfferValue::Assessment(_) => OfferValue::Assessment(Some(free)),
            _ => OfferValue::Open(free),
        };
        let enough = smallest(|free| passes(need, &with_free(free)))?;
        let more = |free: u32| {
            Reason::new("change.places").with_count("more", enough.saturating_sub(free)).with_count("people", *people)
        };
        Some(match offer {
            OfferValue::Open(free) | OfferValue::Assessment(Some(free)) => more(*free),
            OfferValue::Waitlist => more(0).with_fact("state", Fact::Word(CapacityState::Waitlist.as_str())),
            OfferValue::Full => more(0).with_fact("state", Fact::Word(CapacityState::Full.as_str())),
            OfferValue::Unknown
            | OfferValue::Stale { .. }
            | OfferValue::Future { .. }
            | OfferValue::Unlimited
            | OfferValue::Assessment(None) => Reason::new("change.tell_places").with_count("places", enough),
        })
    }
}

/// Returns enough + (1 − enough) × min(1, (free − people) / (people × (comfortable − 1))), or `None` if there are fewer places than people.
fn fit_of_places(free: u64, people: u64, policy: &CapacityPolicy) -> Option<Fit> {
    let spare = free.checked_sub(people)?;
    // `people` is at most `free`, which is at most 10⁹, and `comfortable` at most 10⁶: the largest product is 10¹⁹.
    let comfortable = people.saturating_mul(u64::from(policy.comfortable.saturating_sub(1)));
    if spare >= comfortable {
        return Some(Fit::FULL);
    }
    let (enough, more) = (u64::from(policy.enough.get()), u64::from(Fit::FULL.saturating_sub(policy.enough).get()));
    let numerator = enough.saturating_mul(comfortable).saturating_add(more.saturating_mul(spare));
    Some(Fit::from_quotient(numerator, comfortable.saturating_mul(u64::from(ONE))))
}

/// Returns the smallest number that satisfies a monotone predicate, by binary search, or `None` if there is none.
fn smallest(is_enough: impl Fn(u32) -> bool) -> Option<u32> {
    let (mut low, mut high) = (0_u32, u32::MAX);
    while low < high {
        let middle = low.midpoint(high);
        if is_enough(middle) {
            high = middle;
        } else {
            low = middle.saturating_add(1);
        }
    }
    is_enough(low).then_some(low)
}
