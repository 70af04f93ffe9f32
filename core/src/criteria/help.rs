//! The kind of help.

use std::sync::Arc;

use crate::criteria::{Met, Terms, and_one, index, sorted};
use crate::{
    model::{dotted_code::covers, enums::Kind, offer::Served, reason::Reason},
    util::fixed::Fit,
};

/// The offer's umbrella covers the need, or it says `any`.
const COVERED: Fit = Fit::of(8_000);
/// The need is the umbrella: the offer does a part of it.
const PART: Fit = Fit::of(9_000);

#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct Wanted(pub(crate) Arc<str>);

#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Offered {
    any: bool,
    codes: Vec<Arc<str>>,
}

/// The numbers are positions in the offer's codes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Why {
    Same,
    Covered(u16),
    Any,
    Part(u16),
    Other,
    Unknown,
}

impl Offered {
    pub(crate) fn of(served: &Served<Arc<str>>) -> Self {
        Self { any: served.any, codes: sorted(served.values.iter().cloned()) }
    }
}

pub(crate) fn assess(terms: Terms<'_>, Wanted(need): &Wanted, offered: &Offered) -> Met<Why> {
    if !offered.any && offered.codes.is_empty() {
        return terms.unknown(Why::Unknown);
    }
    let mut best = Met::known(Fit::ZERO, Why::Other);
    for (position, code) in offered.codes.iter().enumerate() {
        let met = if code == need {
            Met::known(Fit::FULL, Why::Same)
        } else if covers(code, need) {
            Met::known(COVERED, Why::Covered(index(position)))
        } else if covers(need, code) {
            Met::known(PART, Why::Part(index(position)))
        } else {
            continue;
        };
        best = best.better(met);
    }
    if offered.any { best.better(Met::known(COVERED, Why::Any)) } else { best }
}

pub(crate) fn reason(_: Terms<'_>, Wanted(need): &Wanted, offered: &Offered, why: Why) -> Reason {
    let reason = |code| Reason::new(code).code_of("need", Kind::Help, need);
    let code = |position: u16| offered.codes.get(usize::from(position)).cloned().unwrap_or_default();
    match why {
        Why::Same => reason("help.same").code_of("offer", Kind::Help, need),
        Why::Covered(position) => reason("help.covered").code_of("offer", Kind::Help, code(position)),
        Why::Any => reason("help.any"),
        Why::Part(position) => reason("help.part").code_of("offer", Kind::Help, code(position)),
        Why::Other => reason("help.other").codes("offer", Kind::Help, offered.codes.iter()),
        Why::Unknown => reason("help.unknown"),
    }
}

pub(crate) fn change(
    _: Terms<'_>,
    need: &Wanted,
    offered: &Offered,
    met: Met<Why>,
    passes: impl Fn(&Wanted, &Offered) -> bool,
) -> Option<Reason> {
    let Wanted(code) = need;
    let also = Offered { any: offered.any, codes: and_one(&offered.codes, code.clone()) };
    passes(need, &also).then(|| {
        Reason::new(if met.known { "change.help" } else { "change.tell_help" }).code_of("help", Kind::Help, code)
    })
}
