//! How the help reaches the person.

use crate::criteria::{Met, Terms};
use crate::{
    model::{
        enums::{Format, Formats},
        offer::Served,
        reason::{Fact, Reason},
    },
    util::fixed::Fit,
};

#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct Wanted(pub(crate) Formats);

#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Offered {
    any: bool,
    formats: Formats,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Why {
    Shared,
    Any,
    Other,
    Unknown,
}

impl Offered {
    pub(crate) fn of(served: &Served<Format>) -> Self {
        Self { any: served.any, formats: served.values.iter().copied().collect() }
    }

    /// The formats that are offered, or nothing where they are unknown.
    pub(crate) fn formats(self) -> Option<Formats> {
        match self {
            Self { any: true, .. } => Some(Formats::ALL),
            Self { formats, .. } => (!formats.is_empty()).then_some(formats),
        }
    }
}

pub(crate) fn assess(terms: Terms<'_>, Wanted(need): &Wanted, offered: &Offered) -> Met<Why> {
    match offered {
        Offered { any: false, formats } if formats.is_empty() => terms.unknown(Why::Unknown),
        Offered { formats, .. } if !formats.shared(*need).is_empty() => Met::known(Fit::FULL, Why::Shared),
        Offered { any: true, .. } => Met::known(Fit::FULL, Why::Any),
        Offered { .. } => Met::known(Fit::ZERO, Why::Other),
    }
}

pub(crate) fn reason(_: Terms<'_>, Wanted(need): &Wanted, offered: &Offered, why: Why) -> Reason {
    let words = |formats: Formats| Fact::Words(formats.iter().map(Format::as_str).collect());
    match why {
        Why::Shared => Reason::new("format.shared").with("shared", words(offered.formats.shared(*need))),
        Why::Any => Reason::new("format.any").with("need", words(*need)),
        Why::Other => Reason::new("format.other").with("need", words(*need)).with("offer", words(offered.formats)),
        Why::Unknown => Reason::new("format.unknown").with("need", words(*need)),
    }
}

pub(crate) fn change(
    _: Terms<'_>,
    need: &Wanted,
    offered: &Offered,
    met: Met<Why>,
    passes: impl Fn(&Wanted, &Offered) -> bool,
) -> Option<Reason> {
    let Wanted(formats) = need;
    let also = |format| Offered { any: offered.any, formats: offered.formats.with(format) };
    // Each of them alone would do.
    let passes = !formats.is_empty() && formats.iter().all(|format| passes(need, &also(format)));
    let words = || Fact::Words(formats.iter().map(Format::as_str).collect());
    passes.then(|| Reason::new(if met.known { "change.format" } else { "change.tell_format" }).with("formats", words()))
}
