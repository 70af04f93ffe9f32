use crate::{
    criteria::{OfferValue, capacity},
    matcher::{Matcher, idx::Slot},
    model::criterion::Criterion,
};

/// How many places an offer has for a plan.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Places {
    /// Nothing where there is no limit.
    pub(crate) limit: Option<u64>,
    /// Whether the number is not known, and the policy says what to assume.
    pub(crate) assumed: bool,
}

impl Matcher {
    /// The places of the offer in a slot. A waiting list is none.
    pub(crate) fn places(&self, slot: Slot) -> Places {
        let known = |limit| Places { limit, assumed: false };
        match self.index.value(Criterion::Capacity, slot) {
            Some(OfferValue::Capacity(offered)) => match offered {
                capacity::OfferValue::Unlimited => known(None),
                capacity::OfferValue::Open(free) | capacity::OfferValue::Assessment(Some(free)) => {
                    known(Some(u64::from(*free)))
                }
                capacity::OfferValue::Waitlist | capacity::OfferValue::Full => known(Some(0)),
                capacity::OfferValue::Unknown
                | capacity::OfferValue::Stale { .. }
                | capacity::OfferValue::Assessment(None) => {
                    Places { limit: Some(u64::from(self.policy().capacity.assume)), assumed: true }
                }
            },
            _ => known(Some(0)),
        }
    }
}
