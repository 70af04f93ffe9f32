//! The kind of help.

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

/// The criterion `help`.
pub(crate) enum HelpCriterion {}

/// The kind of help that is needed.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct NeedValue(pub(crate) Arc<str>);

/// The kinds of help that an offer gives.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct OfferValue {
    any: bool,
    // INVARIANT: sorted by parts, each code once.
    codes: Vec<OfferedCode>,
}

/// A kind of help, with its widest umbrella among the codes of the offer.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
struct OfferedCode {
    code: Arc<str>,
    /// The position of the first code that covers this one; its own if there is none.
    umbrella: u16,
}

/// The cause of an outcome, with the position of the deciding code of the offer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Cause {
    Same,
    Covered(u16),
    Any,
    Part(u16),
    Other,
    /// The offer states nothing.
    Unknown,
}

impl OfferValue {
    pub(crate) fn new(served: &ValuesOrAny<Arc<str>>) -> Self {
        let mut codes: Vec<OfferedCode> = Vec::with_capacity(served.values.len());
        for (index, code) in sorted_by_parts(served.values.iter().cloned()).into_iter().enumerate() {
            let umbrella = codes.last().map(|last| last.umbrella);
            let is_covered = |umbrella: &u16| {
                codes.get(usize::from(*umbrella)).is_some_and(|umbrella| covers(&umbrella.code, &code))
            };
            let umbrella = umbrella.filter(is_covered).unwrap_or(position(index));
            codes.push(OfferedCode { code, umbrella });
        }
        Self { any: served.any, codes }
    }

    /// Returns the codes, or `None` if the offer gives any help or states none.
    pub(crate) fn codes(&self) -> Option<impl Iterator<Item = &str>> {
        (!self.any && !self.codes.is_empty()).then(|| self.codes.iter().map(|offered| &*offered.code))
    }

    fn code(&self, position: u16) -> &str {
        self.codes.get(usize::from(position)).map_or("", |offered| &offered.code)
    }

    /// Returns the position of the widest umbrella of `code`, or `None` if no other code covers it. O(log n).
    fn umbrella_of(&self, code: &str) -> Option<u16> {
        // What covers the code also covers every code between the two.
        let next = self.codes.partition_point(|offered| cmp_parts(&offered.code, code).is_lt());
        let umbrella = self.codes.get(next.checked_sub(1)?)?.umbrella;
        covers(self.code(umbrella), code).then_some(umbrella)
    }

    /// Returns the position of the first code that `umbrella` covers, itself included, or `None` if it covers none. O(log n).
    fn first_covered_by(&self, umbrella: &str) -> Option<u16> {
        let first = self.codes.partition_point(|offered| cmp_parts(&offered.code, umbrella).is_lt());
        let is_covered = |offered: &OfferedCode| covers(umbrella, &offered.code);
        self.codes.get(first).is_some_and(is_covered).then(|| position(first))
    }
}

impl Assess for HelpCriterion {
    type NeedValue = NeedValue;
    type OfferValue = OfferValue;
    type Cause = Cause;

    fn assess(context: Context<'_>, NeedValue(need): &NeedValue, offer: &OfferValue) -> Outcome<Cause> {
        if !offer.any && offer.codes.is_empty() {
            return context.unknown(Cause::Unknown);
        }
        let policy = &context.policy.help;
        let mut best = Outcome::known(Fit::ZERO, Cause::Other);
        let first = offer.first_covered_by(need);
        if first.is_some_and(|first| offer.code(first) == &**need) {
            return Outcome::known(Fit::FULL, Cause::Same);
        }
        if let Some(umbrella) = offer.umbrella_of(need) {
            best = best.better(Outcome::known(policy.covered, Cause::Covered(umbrella)));
        }
        if let Some(first) = first {
            best = best.better(Outcome::known(policy.part, Cause::Part(first)));
        }
        if offer.any { best.better(Outcome::known(policy.any, Cause::Any)) } else { best }
    }

    fn reason(_: Context<'_>, NeedValue(need): &NeedValue, offer: &OfferValue, cause: Cause) -> Reason {
        let reason = |code| Reason::new(code).with_code("need", CodeKind::Help, need);
        let with_offered = |code, position| reason(code).with_code("offer", CodeKind::Help, offer.code(position));
        match cause {
            Cause::Same => reason("help.same").with_code("offer", CodeKind::Help, need),
            Cause::Covered(position) => with_offered("help.covered", position),
            Cause::Any => reason("help.any"),
            Cause::Part(position) => with_offered("help.part", position),
            Cause::Other => {
                let codes = offer.codes.iter().map(|offered| &offered.code);
                reason("help.other").with_codes("offer", CodeKind::Help, codes)
            }
            Cause::Unknown => reason("help.unknown"),
        }
    }

    fn required_change(
        _: Context<'_>,
        need: &NeedValue,
        _: &OfferValue,
        outcome: Outcome<Cause>,
        passes: impl Fn(&NeedValue, &OfferValue) -> bool,
    ) -> Option<Reason> {
        let NeedValue(help) = need;
        // The other codes of the offer cannot lower the fit.
        let with_help = OfferValue::new(&ValuesOrAny { any: false, values: vec![help.clone()] });
        let code = if outcome.known { "change.help" } else { "change.tell_help" };
        passes(need, &with_help).then(|| Reason::new(code).with_code("help", CodeKind::Help, help))
    }
}
