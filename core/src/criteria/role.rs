//! Role: the person's relation to the crime, such as `injured` or `bereaved`.

use std::sync::Arc;

use crate::{
    criteria::{
        assess::{Assess, Context, Outcome},
        canonical::{position, sorted, with_value},
    },
    decode::code_kind::CodeKind,
    model::{dotted_code::covers, reason::Reason, values_or_any::ValuesOrAny},
    util::fixed::Fit,
};

/// The criterion `role`.
pub(crate) enum RoleCriterion {}

/// The roles of the person.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct NeedValue(Vec<Arc<str>>);

/// The roles that an offer serves.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct OfferValue {
    any: bool,
    codes: Vec<Arc<str>>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Cause {
    /// A code of the need equals, covers or is covered by one of the offer; their positions.
    ValuesOrAny {
        need: u16,
        offer: u16,
    },
    Any,
    Other,
    /// The offer states nothing.
    Unknown,
}

impl NeedValue {
    pub(crate) fn new(roles: &[Arc<str>]) -> Self {
        Self(sorted(roles.iter().cloned()))
    }
}

impl OfferValue {
    pub(crate) fn new(served: &ValuesOrAny<Arc<str>>) -> Self {
        Self { any: served.any, codes: sorted(served.values.iter().cloned()) }
    }
}

impl Assess for RoleCriterion {
    type NeedValue = NeedValue;
    type OfferValue = OfferValue;
    type Cause = Cause;

    fn assess(context: Context<'_>, NeedValue(roles): &NeedValue, offer: &OfferValue) -> Outcome<Cause> {
        if !offer.any && offer.codes.is_empty() {
            return context.unknown(Cause::Unknown);
        }
        for (need_index, role) in roles.iter().enumerate() {
            for (offer_index, code) in offer.codes.iter().enumerate() {
                if covers(code, role) || covers(role, code) {
                    let cause = Cause::ValuesOrAny { need: position(need_index), offer: position(offer_index) };
                    return Outcome::known(Fit::FULL, cause);
                }
            }
        }
        if offer.any { Outcome::known(Fit::FULL, Cause::Any) } else { Outcome::known(Fit::ZERO, Cause::Other) }
    }

    fn reason(_: Context<'_>, NeedValue(roles): &NeedValue, offer: &OfferValue, cause: Cause) -> Reason {
        let with_roles = |code| Reason::new(code).with_codes("need", CodeKind::Role, roles.iter());
        let code = |codes: &[Arc<str>], position: u16| codes.get(usize::from(position)).cloned().unwrap_or_default();
        match cause {
            Cause::ValuesOrAny { need, offer: position } => Reason::new("role.served")
                .with_code("need", CodeKind::Role, code(roles, need))
                .with_code("offer", CodeKind::Role, code(&offer.codes, position)),
            Cause::Any => with_roles("role.any"),
            Cause::Other => with_roles("role.other").with_codes("offer", CodeKind::Role, offer.codes.iter()),
            Cause::Unknown => with_roles("role.unknown"),
        }
    }

    fn restriction(offer: &OfferValue) -> Option<Reason> {
        let restricts = !offer.any && !offer.codes.is_empty();
        restricts.then(|| Reason::new("role.restricted").with_codes("offer", CodeKind::Role, offer.codes.iter()))
    }

    fn required_change(
        _: Context<'_>,
        need: &NeedValue,
        offer: &OfferValue,
        outcome: Outcome<Cause>,
        passes: impl Fn(&NeedValue, &OfferValue) -> bool,
    ) -> Option<Reason> {
        let NeedValue(roles) = need;
        let with_role = |role: &Arc<str>| OfferValue { any: offer.any, codes: with_value(&offer.codes, role.clone()) };
        // The change lists alternatives, so that each of them must be enough.
        let passes = !roles.is_empty() && roles.iter().all(|role| passes(need, &with_role(role)));
        let code = if outcome.known { "change.role" } else { "change.tell_role" };
        passes.then(|| Reason::new(code).with_codes("roles", CodeKind::Role, roles.iter()))
    }
}
