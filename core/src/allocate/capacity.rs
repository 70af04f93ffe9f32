//! The places of an offer that an allocation may fill.

use crate::{
    criteria::{OfferValue, capacity},
    matcher::{Matcher, idx::Slot},
    model::criterion::Criterion,
};

/// The places of an offer that an allocation may fill.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct AvailablePlaces {
    /// The number of places, or `None` if it is unlimited.
    pub(crate) limit: Option<u64>,
    /// `true` if the number is unknown, so that the policy's `assume` replaces it.
    pub(crate) is_assumed: bool,
}

impl AvailablePlaces {
    /// Creates the places of the offer in a slot. A waiting list has no places.
    pub(crate) fn new(matcher: &Matcher, slot: Slot) -> Self {
        let known = |limit| Self { limit, is_assumed: false };
        let Some(OfferValue::Capacity(capacity)) = matcher.index.value(Criterion::Capacity, slot) else {
            return known(Some(0));
        };
        match capacity {
            capacity::OfferValue::Unlimited => known(None),
            capacity::OfferValue::Open(free) | capacity::OfferValue::Assessment(Some(free)) => {
                known(Some(u64::from(*free)))
            }
            capacity::OfferValue::Waitlist | capacity::OfferValue::Full => known(Some(0)),
            capacity::OfferValue::Unknown
            | capacity::OfferValue::Stale { .. }
            | capacity::OfferValue::Future { .. }
            | capacity::OfferValue::Assessment(None) => {
                Self { limit: Some(u64::from(matcher.policy().capacity.assume)), is_assumed: true }
            }
        }
    }
}
