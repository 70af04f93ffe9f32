//! How the help reaches the person.

use crate::criteria::{Context, Outcome};
use crate::{
    model::{
        enums::{DeliveryFormat, FormatSet},
        reason::{Fact, Reason},
        values_or_any::ValuesOrAny,
    },
    util::fixed::Fit,
};

#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct NeedValue(pub(crate) FormatSet);

#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct OfferValue {
    any: bool,
    formats: FormatSet,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Cause {
    Shared,
    Any,
    Other,
    Unknown,
}

impl OfferValue {
    pub(crate) fn of(served: &ValuesOrAny<DeliveryFormat>) -> Self {
        Self { any: served.any, formats: served.values.iter().copied().collect() }
    }

    /// The formats that are offered, or nothing where they are unknown.
    pub(crate) fn formats(self) -> Option<FormatSet> {
        match self {
            Self { any: true, .. } => Some(FormatSet::ALL),
            Self { formats, .. } => (!formats.is_empty()).then_some(formats),
        }
    }
}

pub(crate) fn assess(terms: Context<'_>, NeedValue(need): &NeedValue, offered: &OfferValue) -> Outcome<Cause> {
    match offered {
        OfferValue { any: false, formats } if formats.is_empty() => terms.unknown(Cause::Unknown),
        OfferValue { formats, .. } if !formats.intersection(*need).is_empty() => {
            Outcome::known(Fit::FULL, Cause::Shared)
        }
        OfferValue { any: true, .. } => Outcome::known(Fit::FULL, Cause::Any),
        OfferValue { .. } => Outcome::known(Fit::ZERO, Cause::Other),
    }
}

pub(crate) fn reason(_: Context<'_>, NeedValue(need): &NeedValue, offered: &OfferValue, why: Cause) -> Reason {
    let words = |formats: FormatSet| Fact::Words(formats.iter().map(DeliveryFormat::as_str).collect());
    match why {
        Cause::Shared => Reason::new("format.shared").with_fact("shared", words(offered.formats.intersection(*need))),
        Cause::Any => Reason::new("format.any").with_fact("need", words(*need)),
        Cause::Other => {
            Reason::new("format.other").with_fact("need", words(*need)).with_fact("offer", words(offered.formats))
        }
        Cause::Unknown => Reason::new("format.unknown").with_fact("need", words(*need)),
    }
}

pub(crate) fn change(
    _: Context<'_>,
    need: &NeedValue,
    offered: &OfferValue,
    met: Outcome<Cause>,
    passes: impl Fn(&NeedValue, &OfferValue) -> bool,
) -> Option<Reason> {
    let NeedValue(formats) = need;
    let also = |format| OfferValue { any: offered.any, formats: offered.formats.with(format) };
    // Each of them alone would do.
    let passes = !formats.is_empty() && formats.iter().all(|format| passes(need, &also(format)));
    let words = || Fact::Words(formats.iter().map(DeliveryFormat::as_str).collect());
    passes.then(|| {
        Reason::new(if met.known { "change.format" } else { "change.tell_format" }).with_fact("formats", words())
    })
}
