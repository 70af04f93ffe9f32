//! Accessibility: the tags that a person requires, such as a step-free entrance.

use std::sync::Arc;

use crate::{
    criteria::{
        assess::{Assess, Context, Outcome},
        canonical::sorted,
    },
    decode::code_kind::CodeKind,
    model::reason::Reason,
    util::fixed::Fit,
};

/// The criterion `access`.
pub(crate) enum AccessCriterion {}

/// The required tags.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct NeedValue(Vec<Arc<str>>);

/// The tags that an offer has and those that it definitely lacks.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct OfferValue {
    offered: Vec<Arc<str>>,
    lacking: Vec<Arc<str>>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Cause {
    /// The offer has every required tag.
    Offered,
    /// The offer definitely lacks a required tag.
    Lacking,
    /// The offer states tags, but not every required one.
    Unmentioned,
    /// The offer states nothing.
    Unknown,
}

impl NeedValue {
    pub(crate) fn new(access: &[Arc<str>]) -> Self {
        Self(sorted(access.iter().cloned()))
    }
}

impl OfferValue {
    pub(crate) fn new(access: &[Arc<str>], no_access: &[Arc<str>]) -> Self {
        Self { offered: sorted(access.iter().cloned()), lacking: sorted(no_access.iter().cloned()) }
    }
}

impl Assess for AccessCriterion {
    type NeedValue = NeedValue;
    type OfferValue = OfferValue;
    type Cause = Cause;

    fn assess(context: Context<'_>, NeedValue(tags): &NeedValue, offer: &OfferValue) -> Outcome<Cause> {
        if offer.offered.is_empty() && offer.lacking.is_empty() {
            context.unknown(Cause::Unknown)
        } else if tags.iter().any(|tag| offer.lacking.contains(tag)) {
            Outcome::known(Fit::ZERO, Cause::Lacking)
        } else if tags.iter().all(|tag| offer.offered.contains(tag)) {
            Outcome::known(Fit::FULL, Cause::Offered)
        } else {
            context.unknown(Cause::Unmentioned)
        }
    }

    fn reason(_: Context<'_>, NeedValue(tags): &NeedValue, offer: &OfferValue, cause: Cause) -> Reason {
        let lacking = tags.iter().filter(|tag| offer.lacking.contains(tag)).cloned();
        let missing = tags.iter().filter(|tag| !offer.offered.contains(tag)).cloned();
        match cause {
            Cause::Offered => Reason::new("access.offered").with_codes("need", CodeKind::Access, tags.iter()),
            Cause::Lacking => Reason::new("access.lacking").with_codes("lacking", CodeKind::Access, lacking),
            Cause::Unmentioned => Reason::new("access.unmentioned").with_codes("missing", CodeKind::Access, missing),
            Cause::Unknown => Reason::new("access.unknown").with_codes("need", CodeKind::Access, tags.iter()),
        }
    }

    fn required_change(
        _: Context<'_>,
        need: &NeedValue,
        offer: &OfferValue,
        outcome: Outcome<Cause>,
        passes: impl Fn(&NeedValue, &OfferValue) -> bool,
    ) -> Option<Reason> {
        let NeedValue(tags) = need;
        let with_tags = |added: &[Arc<str>]| OfferValue {
            offered: sorted(offer.offered.iter().chain(added).cloned()),
            lacking: offer.lacking.iter().filter(|tag| !added.contains(tag)).cloned().collect(),
        };
        let lacking: Vec<Arc<str>> = tags.iter().filter(|tag| offer.lacking.contains(tag)).cloned().collect();
        let missing = sorted(tags.iter().filter(|tag| !offer.offered.contains(tag)).chain(&lacking).cloned());
        // A tag that is only unmentioned need not change if the rule allows an unknown fit.
        let fewest = [lacking, missing].into_iter().find(|added| passes(need, &with_tags(added)))?;
        let code = if outcome.known { "change.access" } else { "change.tell_access" };
        Some(Reason::new(code).with_codes("missing", CodeKind::Access, fewest))
    }
}
