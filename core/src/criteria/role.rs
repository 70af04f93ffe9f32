//! What the person has to do with the crime.

use std::sync::Arc;

use crate::criteria::{Context, Outcome, and_one, index, sorted};
use crate::{
    decode::code_kind::CodeKind,
    model::{dotted_code::covers, reason::Reason, values_or_any::ValuesOrAny},
    util::fixed::Fit,
};

/// Sorted.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct NeedValue(Vec<Arc<str>>);

#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct OfferValue {
    any: bool,
    codes: Vec<Arc<str>>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Cause {
    /// The positions of the two codes that met.
    Served {
        need: u16,
        offer: u16,
    },
    Any,
    Other,
    Unknown,
}

impl NeedValue {
    pub(crate) fn of(roles: &[Arc<str>]) -> Self {
        Self(sorted(roles.iter().cloned()))
    }
}

impl OfferValue {
    pub(crate) fn of(served: &ValuesOrAny<Arc<str>>) -> Self {
        Self { any: served.any, codes: sorted(served.values.iter().cloned()) }
    }
}

pub(crate) fn assess(terms: Context<'_>, NeedValue(roles): &NeedValue, offered: &OfferValue) -> Outcome<Cause> {
    if !offered.any && offered.codes.is_empty() {
        return terms.unknown(Cause::Unknown);
    }
    for (need, role) in roles.iter().enumerate() {
        for (offer, code) in offered.codes.iter().enumerate() {
            if covers(code, role) || covers(role, code) {
                return Outcome::known(Fit::FULL, Cause::Served { need: index(need), offer: index(offer) });
            }
        }
    }
    if offered.any { Outcome::known(Fit::FULL, Cause::Any) } else { Outcome::known(Fit::ZERO, Cause::Other) }
}

pub(crate) fn reason(_: Context<'_>, NeedValue(roles): &NeedValue, offered: &OfferValue, why: Cause) -> Reason {
    let with_roles = |code| Reason::new(code).with_codes("need", CodeKind::Role, roles.iter());
    let code = |codes: &[Arc<str>], position: u16| codes.get(usize::from(position)).cloned().unwrap_or_default();
    match why {
        Cause::Served { need, offer } => Reason::new("role.served")
            .with_code("need", CodeKind::Role, code(roles, need))
            .with_code("offer", CodeKind::Role, code(&offered.codes, offer)),
        Cause::Any => with_roles("role.any"),
        Cause::Other => with_roles("role.other").with_codes("offer", CodeKind::Role, offered.codes.iter()),
        Cause::Unknown => with_roles("role.unknown"),
    }
}

pub(crate) fn restriction(offered: &OfferValue) -> Option<Reason> {
    let restricts = !offered.any && !offered.codes.is_empty();
    let reason = || Reason::new("role.restricted");
    restricts.then(|| reason().with_codes("offer", CodeKind::Role, offered.codes.iter()))
}

pub(crate) fn change(
    _: Context<'_>,
    need: &NeedValue,
    offered: &OfferValue,
    met: Outcome<Cause>,
    passes: impl Fn(&NeedValue, &OfferValue) -> bool,
) -> Option<Reason> {
    let NeedValue(roles) = need;
    let also = |role: &Arc<str>| OfferValue { any: offered.any, codes: and_one(&offered.codes, role.clone()) };
    let reason = || Reason::new(if met.known { "change.role" } else { "change.tell_role" });
    // Each of them alone would do.
    let passes = !roles.is_empty() && roles.iter().all(|role| passes(need, &also(role)));
    passes.then(|| reason().with_codes("roles", CodeKind::Role, roles.iter()))
}
