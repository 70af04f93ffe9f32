//! Role: the person's relation to the crime, such as `injured` or `bereaved`.

use std::sync::Arc;

use crate::{
    criteria::{
        assess::{Assess, Context, Outcome},
        canonical::{position, sorted_by_parts},
    },
    decode::code_kind::CodeKind,
    model::{
        dotted_code::{cmp_parts, covers},
        reason::Reason,
        values_or_any::ValuesOrAny,
    },
    util::fixed::Fit,
};

/// The criterion `role`.
pub(crate) enum RoleCriterion {}

/// The roles of the person.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct NeedValue(Vec<Arc<str>>); // INVARIANT: sorted by parts, each role once

/// The roles that an offer serves.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct OfferValue {
    any: bool,
    // INVARIANT: sorted by parts, each role once.
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
        Self(sorted_by_parts(roles.iter().cloned()))
    }
}

impl OfferValue {
    pub(crate) fn new(served: &ValuesOrAny<Arc<str>>) -> Self {
        Self { any: served.any, codes: sorted_by_parts(served.values.iter().cloned()) }
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
        match first_related(roles, &offer.codes) {
            Some((need, offer)) => {
                let cause = Cause::ValuesOrAny { need: position(need), offer: position(offer) };
                Outcome::known(Fit::FULL, cause)
            }
            None if offer.any => Outcome::known(Fit::FULL, Cause::Any),
            None => Outcome::known(Fit::ZERO, Cause::Other),
        }
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
        _: &OfferValue,
        outcome: Outcome<Cause>,
        passes: impl Fn(&NeedValue, &OfferValue) -> bool,
    ) -> Option<Reason> {
        let NeedValue(roles) = need;
        // The change lists alternatives. Each of them has the same fit, which the other roles of the offer cannot lower.
        let with_role = OfferValue { any: false, codes: vec![roles.first()?.clone()] };
        let code = if outcome.known { "change.role" } else { "change.tell_role" };
        passes(need, &with_role).then(|| Reason::new(code).with_codes("roles", CodeKind::Role, roles.iter()))
    }
}

/// Returns the positions of the first code of `a` that equals, covers or is covered by one of `b`, and of the first such code of
/// `b`. Both lists are sorted by parts, so that a merge finds it in O(a + b).
fn first_related(a: &[Arc<str>], b: &[Arc<str>]) -> Option<(usize, usize)> {
    let (mut a_index, mut b_index) = (0_usize, 0_usize);
    while let (Some(a), Some(b)) = (a.get(a_index), b.get(b_index)) {
        if covers(a, b) || covers(b, a) {
            return Some((a_index, b_index));
        }
        // The lower code is unrelated to all later codes too: those that it covers follow it without a gap.
        let lower = if cmp_parts(a, b).is_lt() { &mut a_index } else { &mut b_index };
        *lower = lower.saturating_add(1);
    }
    None
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::{covers, first_related};
    use crate::criteria::canonical::sorted_by_parts;

    fn roles() -> impl Strategy<Value = Vec<Arc<str>>> {
        let codes = prop::collection::vec("[ab](-a)?([.][ab](-a)?){0,2}", 0..8);
        codes.prop_map(|codes| sorted_by_parts(codes.into_iter().map(Arc::from)))
    }

    proptest! {
        #[test]
        fn a_merge_finds_what_comparing_all_pairs_finds(a in roles(), b in roles()) {
            let pairs = (0..a.len()).flat_map(|need| (0..b.len()).map(move |offer| (need, offer)));
            let mut related = pairs.filter(|(need, offer)| covers(&a[*need], &b[*offer]) || covers(&b[*offer], &a[*need]));
            prop_assert_eq!(first_related(&a, &b), related.next());
        }
    }
}
