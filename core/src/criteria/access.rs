//! Accessibility: the tags that a person requires, such as a step-free entrance.

use std::sync::Arc;

use crate::{
    criteria::{
        assess::{Assess, Context, Outcome},
        canonical::{intersects, is_subset, shared, sorted, unshared},
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
        } else if intersects(tags, &offer.lacking) {
            Outcome::known(Fit::ZERO, Cause::Lacking)
        } else if is_subset(tags, &offer.offered) {
            Outcome::known(Fit::FULL, Cause::Offered)
        } else {
            context.unknown(Cause::Unmentioned)
        }
    }

    fn reason(_: Context<'_>, NeedValue(tags): &NeedValue, offer: &OfferValue, cause: Cause) -> Reason {
        let lacking = shared(tags, &offer.lacking);
        let missing = unshared(tags, &offer.offered);
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
        let lacking: Vec<Arc<str>> = shared(tags, &offer.lacking).cloned().collect();
        let missing = sorted(unshared(tags, &offer.offered).chain(&lacking).cloned());
        // Other tags than those of the need have no effect.
        let with_tags = |added: &[Arc<str>]| OfferValue {
            offered: sorted(shared(tags, &offer.offered).chain(added).cloned()),
            lacking: unshared(&lacking, added).cloned().collect(),
        };
        // A tag that is only unmentioned need not change if the rule allows an unknown fit.
        let fewest = [&lacking, &missing].into_iter().find(|added| passes(need, &with_tags(added)))?;
        let code = if outcome.known { "change.access" } else { "change.tell_access" };
        Some(Reason::new(code).with_codes("missing", CodeKind::Access, fewest))
    }
}
