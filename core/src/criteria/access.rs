//! What a person needs to be able to use the offer.

use std::sync::Arc;

use crate::criteria::{Met, Terms, sorted};
use crate::{
    model::{enums::Kind, reason::Reason},
    util::fixed::Fit,
};

/// Sorted.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct Wanted(Vec<Arc<str>>);

/// Both sorted.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Offered {
    offered: Vec<Arc<str>>,
    lacking: Vec<Arc<str>>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Why {
    Offered,
    Lacking,
    Unmentioned,
    Unknown,
}

impl Wanted {
    pub(crate) fn of(access: &[Arc<str>]) -> Self {
        Self(sorted(access.iter().cloned()))
    }
}

impl Offered {
    pub(crate) fn of(access: &[Arc<str>], no_access: &[Arc<str>]) -> Self {
        Self { offered: sorted(access.iter().cloned()), lacking: sorted(no_access.iter().cloned()) }
    }
}

pub(crate) fn assess(terms: Terms<'_>, Wanted(tags): &Wanted, offer: &Offered) -> Met<Why> {
    if offer.offered.is_empty() && offer.lacking.is_empty() {
        terms.unknown(Why::Unknown)
    } else if tags.iter().any(|tag| offer.lacking.contains(tag)) {
        Met::known(Fit::ZERO, Why::Lacking)
    } else if tags.iter().all(|tag| offer.offered.contains(tag)) {
        Met::known(Fit::FULL, Why::Offered)
    } else {
        terms.unknown(Why::Unmentioned)
    }
}

pub(crate) fn reason(_: Terms<'_>, Wanted(tags): &Wanted, offer: &Offered, why: Why) -> Reason {
    let lacking = tags.iter().filter(|tag| offer.lacking.contains(tag)).cloned();
    let missing = tags.iter().filter(|tag| !offer.offered.contains(tag)).cloned();
    match why {
        Why::Offered => Reason::new("access.offered").codes("need", Kind::Access, tags.iter()),
        Why::Lacking => Reason::new("access.lacking").codes("lacking", Kind::Access, lacking),
        Why::Unmentioned => Reason::new("access.unmentioned").codes("missing", Kind::Access, missing),
        Why::Unknown => Reason::new("access.unknown").codes("need", Kind::Access, tags.iter()),
    }
}

pub(crate) fn change(
    _: Terms<'_>,
    need: &Wanted,
    offered: &Offered,
    met: Met<Why>,
    passes: impl Fn(&Wanted, &Offered) -> bool,
) -> Option<Reason> {
    let Wanted(tags) = need;
    let with = |missing: &[Arc<str>]| Offered {
        offered: sorted(offered.offered.iter().chain(missing).cloned()),
        lacking: offered.lacking.iter().filter(|tag| !missing.contains(tag)).cloned().collect(),
    };
    let lacking: Vec<Arc<str>> = tags.iter().filter(|tag| offered.lacking.contains(tag)).cloned().collect();
    let missing = sorted(tags.iter().filter(|tag| !offered.offered.contains(tag)).chain(&lacking).cloned());
    // What is only not mentioned need not change where the rule lets that pass.
    let fewest = [lacking, missing].into_iter().find(|missing| passes(need, &with(missing)))?;
    Some(Reason::new(if met.known { "change.access" } else { "change.tell_access" }).codes(
        "missing",
        Kind::Access,
        fewest,
    ))
}
