//! The kind of help.

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

/// The criterion `help`.
pub(crate) enum HelpCriterion {}

/// The kind of help that is needed.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct NeedValue(pub(crate) Arc<str>);

/// The kinds of help that an offer gives.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct OfferValue {
    any: bool,
    codes: Vec<Arc<str>>,
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
        Self { any: served.any, codes: sorted(served.values.iter().cloned()) }
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
        for (index, code) in offer.codes.iter().enumerate() {
            let outcome = if code == need {
                Outcome::known(Fit::FULL, Cause::Same)
            } else if covers(code, need) {
                Outcome::known(policy.covered, Cause::Covered(position(index)))
            } else if covers(need, code) {
                Outcome::known(policy.part, Cause::Part(position(index)))
            } else {
                continue;
            };
            best = best.better(outcome);
        }
        if offer.any { best.better(Outcome::known(policy.any, Cause::Any)) } else { best }
    }

    fn reason(_: Context<'_>, NeedValue(need): &NeedValue, offer: &OfferValue, cause: Cause) -> Reason {
        let reason = |code| Reason::new(code).with_code("need", CodeKind::Help, need);
        let code = |position: u16| offer.codes.get(usize::from(position)).cloned().unwrap_or_default();
        match cause {
            Cause::Same => reason("help.same").with_code("offer", CodeKind::Help, need),
            Cause::Covered(position) => reason("help.covered").with_code("offer", CodeKind::Help, code(position)),
            Cause::Any => reason("help.any"),
            Cause::Part(position) => reason("help.part").with_code("offer", CodeKind::Help, code(position)),
            Cause::Other => reason("help.other").with_codes("offer", CodeKind::Help, offer.codes.iter()),
            Cause::Unknown => reason("help.unknown"),
        }
    }

    fn required_change(
        _: Context<'_>,
        need: &NeedValue,
        offer: &OfferValue,
        outcome: Outcome<Cause>,
        passes: impl Fn(&NeedValue, &OfferValue) -> bool,
    ) -> Option<Reason> {
        let NeedValue(help) = need;
        let with_help = OfferValue { any: offer.any, codes: with_value(&offer.codes, help.clone()) };
        let code = if outcome.known { "change.help" } else { "change.tell_help" };
        passes(need, &with_help).then(|| Reason::new(code).with_code("help", CodeKind::Help, help))
    }
}
