//! Warnings about capacities that contradict themselves or are not of today.

use crate::{
    criteria::capacity::OfferValue,
    decode::path::Path,
    error::{ErrorKind, ErrorSink, message},
    model::{enums::CapacityState, offer::Offer, policy::Policy},
    util::date::Date,
};

/// Warns of the capacity of an offer. `as_of` is the day on which it is assessed.
pub(super) fn warn_of_capacity(
    warnings: &mut ErrorSink,
    at: &Path<'_>,
    offer: &Offer,
    as_of: Option<Date>,
    policy: &Policy,
) {
    let Some(capacity) = offer.capacity else { return };
    let at = at.field("capacity");
    if capacity.free.zip(capacity.total).is_some_and(|(free, total)| free > total) {
        warnings.push(at.error(ErrorKind::Conflict, "capacity.above_total", message!("warn.above_total")));
    }
    if capacity.state == CapacityState::Full && capacity.free.is_some_and(|free| free > 0) {
        let warning = at.error(ErrorKind::Conflict, "capacity.full_with_free", message!("warn.full"));
        warnings.push(warning.with_hint(message!("warn.full.hint")));
    }
    let updated = at.field("updated");
    match OfferValue::new(Some(capacity), as_of, &policy.capacity) {
        OfferValue::Stale { days, .. } => {
            let message = message!("warn.stale").with(&[("days", &days)]);
            warnings.push(updated.error(ErrorKind::Value, "capacity.stale", message));
        }
        OfferValue::Future { .. } => {
            let message = message!("warn.future");
            warnings.push(updated.error(ErrorKind::Value, "capacity.future", message));
        }
        OfferValue::Unknown
        | OfferValue::Unlimited
        | OfferValue::Waitlist
        | OfferValue::Full
        | OfferValue::Open(_)
        | OfferValue::Assessment(_) => {}
    }
}
