use crate::{
    criteria::{Offered, capacity},
    matcher::Matcher,
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
    pub(crate) fn places(&self, slot: usize) -> Places {
        let known = |limit| Places { limit, assumed: false };
        match self.offered(Criterion::Capacity, slot) {
            Some(Offered::Capacity(offered)) => match offered {
                capacity::Offered::Unlimited => known(None),
                capacity::Offered::Open(free) | capacity::Offered::Assessment(Some(free)) => {
                    known(Some(u64::from(*free)))
                }
                capacity::Offered::Waitlist | capacity::Offered::Full => known(Some(0)),
                capacity::Offered::Unknown | capacity::Offered::Stale { .. } | capacity::Offered::Assessment(None) => {
                    Places { limit: Some(u64::from(self.policy().capacity.assume)), assumed: true }
                }
            },
            _ => known(Some(0)),
        }
    }
}
