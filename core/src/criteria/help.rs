//! The kind of help.

use std::sync::Arc;

use crate::criteria::{Context, Outcome, and_one, index, sorted};
use crate::{
    decode::code_kind::CodeKind,
    model::{dotted_code::covers, reason::Reason, values_or_any::ValuesOrAny},
    util::fixed::Fit,
};

/// The offer's umbrella covers the need, or it says `any`.
const COVERED: Fit = Fit::clamped(8_000);
/// The need is the umbrella: the offer does a part of it.
const PART: Fit = Fit::clamped(9_000);

#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct NeedValue(pub(crate) Arc<str>);

#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct OfferValue {
    any: bool,
    codes: Vec<Arc<str>>,
}

/// The numbers are positions in the offer's codes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Cause {
    Same,
    Covered(u16),
    Any,
    Part(u16),
    Other,
    Unknown,
}

impl OfferValue {
    pub(crate) fn of(served: &ValuesOrAny<Arc<str>>) -> Self {
        Self { any: served.any, codes: sorted(served.values.iter().cloned()) }
    }
}

pub(crate) fn assess(terms: Context<'_>, NeedValue(need): &NeedValue, offered: &OfferValue) -> Outcome<Cause> {
    if !offered.any && offered.codes.is_empty() {
        return terms.unknown(Cause::Unknown);
    }
    let mut best = Outcome::known(Fit::ZERO, Cause::Other);
    for (position, code) in offered.codes.iter().enumerate() {
        let met = if code == need {
            Outcome::known(Fit::FULL, Cause::Same)
        } else if covers(code, need) {
            Outcome::known(COVERED, Cause::Covered(index(position)))
        } else if covers(need, code) {
            Outcome::known(PART, Cause::Part(index(position)))
        } else {
            continue;
        };
        best = best.better(met);
    }
    if offered.any { best.better(Outcome::known(COVERED, Cause::Any)) } else { best }
}

pub(crate) fn reason(_: Context<'_>, NeedValue(need): &NeedValue, offered: &OfferValue, why: Cause) -> Reason {
    let reason = |code| Reason::new(code).with_code("need", CodeKind::Help, need);
    let code = |position: u16| offered.codes.get(usize::from(position)).cloned().unwrap_or_default();
    match why {
        Cause::Same => reason("help.same").with_code("offer", CodeKind::Help, need),
        Cause::Covered(position) => reason("help.covered").with_code("offer", CodeKind::Help, code(position)),
        Cause::Any => reason("help.any"),
        Cause::Part(position) => reason("help.part").with_code("offer", CodeKind::Help, code(position)),
        Cause::Other => reason("help.other").with_codes("offer", CodeKind::Help, offered.codes.iter()),
        Cause::Unknown => reason("help.unknown"),
    }
}

pub(crate) fn change(
    _: Context<'_>,
    need: &NeedValue,
    offered: &OfferValue,
    met: Outcome<Cause>,
    passes: impl Fn(&NeedValue, &OfferValue) -> bool,
) -> Option<Reason> {
    let NeedValue(code) = need;
    let also = OfferValue { any: offered.any, codes: and_one(&offered.codes, code.clone()) };
    passes(need, &also).then(|| {
        Reason::new(if met.known { "change.help" } else { "change.tell_help" }).with_code("help", CodeKind::Help, code)
    })
}
