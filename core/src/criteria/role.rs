//! What the person has to do with the crime.

use std::sync::Arc;

use crate::criteria::{Met, Terms, and_one, index, sorted};
use crate::{
    model::{dotted_code::covers, enums::Kind, offer::Served, reason::Reason},
    util::fixed::Fit,
};

/// Sorted.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct Wanted(Vec<Arc<str>>);

#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Offered {
    any: bool,
    codes: Vec<Arc<str>>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Why {
    /// The positions of the two codes that met.
    Served {
        need: u16,
        offer: u16,
    },
    Any,
    Other,
    Unknown,
}

impl Wanted {
    pub(crate) fn of(roles: &[Arc<str>]) -> Self {
        Self(sorted(roles.iter().cloned()))
    }
}

impl Offered {
    pub(crate) fn of(served: &Served<Arc<str>>) -> Self {
        Self { any: served.any, codes: sorted(served.values.iter().cloned()) }
    }
}

pub(crate) fn assess(terms: Terms<'_>, Wanted(roles): &Wanted, offered: &Offered) -> Met<Why> {
    if !offered.any && offered.codes.is_empty() {
        return terms.unknown(Why::Unknown);
    }
    for (need, role) in roles.iter().enumerate() {
        for (offer, code) in offered.codes.iter().enumerate() {
            if covers(code, role) || covers(role, code) {
                return Met::known(Fit::FULL, Why::Served { need: index(need), offer: index(offer) });
            }
        }
    }
    if offered.any { Met::known(Fit::FULL, Why::Any) } else { Met::known(Fit::ZERO, Why::Other) }
}

pub(crate) fn reason(_: Terms<'_>, Wanted(roles): &Wanted, offered: &Offered, why: Why) -> Reason {
    let with_roles = |code| Reason::new(code).codes("need", Kind::Role, roles.iter());
    let code = |codes: &[Arc<str>], position: u16| codes.get(usize::from(position)).cloned().unwrap_or_default();
    match why {
        Why::Served { need, offer } => Reason::new("role.served")
            .code_of("need", Kind::Role, code(roles, need))
            .code_of("offer", Kind::Role, code(&offered.codes, offer)),
        Why::Any => with_roles("role.any"),
        Why::Other => with_roles("role.other").codes("offer", Kind::Role, offered.codes.iter()),
        Why::Unknown => with_roles("role.unknown"),
    }
}

pub(crate) fn restriction(offered: &Offered) -> Option<Reason> {
    let restricts = !offered.any && !offered.codes.is_empty();
    let reason = || Reason::new("role.restricted");
    restricts.then(|| reason().codes("offer", Kind::Role, offered.codes.iter()))
}

pub(crate) fn change(
    _: Terms<'_>,
    need: &Wanted,
    offered: &Offered,
    met: Met<Why>,
    passes: impl Fn(&Wanted, &Offered) -> bool,
) -> Option<Reason> {
    let Wanted(roles) = need;
    let also = |role: &Arc<str>| Offered { any: offered.any, codes: and_one(&offered.codes, role.clone()) };
    let reason = || Reason::new(if met.known { "change.role" } else { "change.tell_role" });
    // Each of them alone would do.
    let passes = !roles.is_empty() && roles.iter().all(|role| passes(need, &also(role)));
    passes.then(|| reason().codes("roles", Kind::Role, roles.iter()))
}
