//! What a person needs to be able to use the offer.

use std::sync::Arc;

use crate::criteria::{Context, Outcome, sorted};
use crate::{decode::code_kind::CodeKind, model::reason::Reason, util::fixed::Fit};

/// Sorted.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct NeedValue(Vec<Arc<str>>);

/// Both sorted.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct OfferValue {
    offered: Vec<Arc<str>>,
    lacking: Vec<Arc<str>>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Cause {
    OfferValue,
    Lacking,
    Unmentioned,
    Unknown,
}

impl NeedValue {
    pub(crate) fn of(access: &[Arc<str>]) -> Self {
        Self(sorted(access.iter().cloned()))
    }
}

impl OfferValue {
    pub(crate) fn of(access: &[Arc<str>], no_access: &[Arc<str>]) -> Self {
        Self { offered: sorted(access.iter().cloned()), lacking: sorted(no_access.iter().cloned()) }
    }
}

pub(crate) fn assess(terms: Context<'_>, NeedValue(tags): &NeedValue, offer: &OfferValue) -> Outcome<Cause> {
    if offer.offered.is_empty() && offer.lacking.is_empty() {
        terms.unknown(Cause::Unknown)
    } else if tags.iter().any(|tag| offer.lacking.contains(tag)) {
        Outcome::known(Fit::ZERO, Cause::Lacking)
    } else if tags.iter().all(|tag| offer.offered.contains(tag)) {
        Outcome::known(Fit::FULL, Cause::OfferValue)
    } else {
        terms.unknown(Cause::Unmentioned)
    }
}

pub(crate) fn reason(_: Context<'_>, NeedValue(tags): &NeedValue, offer: &OfferValue, why: Cause) -> Reason {
    let lacking = tags.iter().filter(|tag| offer.lacking.contains(tag)).cloned();
    let missing = tags.iter().filter(|tag| !offer.offered.contains(tag)).cloned();
    match why {
        Cause::OfferValue => Reason::new("access.offered").with_codes("need", CodeKind::Access, tags.iter()),
        Cause::Lacking => Reason::new("access.lacking").with_codes("lacking", CodeKind::Access, lacking),
        Cause::Unmentioned => Reason::new("access.unmentioned").with_codes("missing", CodeKind::Access, missing),
        Cause::Unknown => Reason::new("access.unknown").with_codes("need", CodeKind::Access, tags.iter()),
    }
}

pub(crate) fn change(
    _: Context<'_>,
    need: &NeedValue,
    offered: &OfferValue,
    met: Outcome<Cause>,
    passes: impl Fn(&NeedValue, &OfferValue) -> bool,
) -> Option<Reason> {
    let NeedValue(tags) = need;
    let with = |missing: &[Arc<str>]| OfferValue {
        offered: sorted(offered.offered.iter().chain(missing).cloned()),
        lacking: offered.lacking.iter().filter(|tag| !missing.contains(tag)).cloned().collect(),
    };
    let lacking: Vec<Arc<str>> = tags.iter().filter(|tag| offered.lacking.contains(tag)).cloned().collect();
    let missing = sorted(tags.iter().filter(|tag| !offered.offered.contains(tag)).chain(&lacking).cloned());
    // What is only not mentioned need not change where the rule lets that pass.
    let fewest = [lacking, missing].into_iter().find(|missing| passes(need, &with(missing)))?;
    Some(Reason::new(if met.known { "change.access" } else { "change.tell_access" }).with_codes(
        "missing",
        CodeKind::Access,
        fewest,
    ))
}
