//! Format: the ways in which the help reaches the person.

use crate::{
    criteria::assess::{Assess, Context, Outcome},
    model::{
        enums::{DeliveryFormat, FormatSet},
        reason::{Fact, Reason},
        values_or_any::ValuesOrAny,
    },
    util::fixed::Fit,
};

/// The criterion `format`.
pub(crate) enum FormatCriterion {}

/// The formats that suit the person.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct NeedValue(pub(crate) FormatSet);

/// The formats that an offer has.
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
    /// The offer states nothing.
    Unknown,
}

impl OfferValue {
    pub(crate) fn new(served: &ValuesOrAny<DeliveryFormat>) -> Self {
        Self { any: served.any, formats: served.values.iter().copied().collect() }
    }

    /// Returns the formats of the offer, or `None` if they are unknown.
    pub(crate) fn formats(self) -> Option<FormatSet> {
        match self {
            Self { any: true, .. } => Some(FormatSet::ALL),
            Self { formats, .. } => (!formats.is_empty()).then_some(formats),
        }
    }
}

impl Assess for FormatCriterion {
    type NeedValue = NeedValue;
    type OfferValue = OfferValue;
    type Cause = Cause;

    fn assess(context: Context<'_>, NeedValue(need): &NeedValue, offer: &OfferValue) -> Outcome<Cause> {
        match offer {
            OfferValue { any: false, formats } if formats.is_empty() => context.unknown(Cause::Unknown),
            OfferValue { formats, .. } if !formats.intersection(*need).is_empty() => {
                Outcome::known(Fit::FULL, Cause::Shared)
            }
            OfferValue { any: true, .. } => Outcome::known(Fit::FULL, Cause::Any),
            OfferValue { .. } => Outcome::known(Fit::ZERO, Cause::Other),
        }
    }

    fn reason(_: Context<'_>, NeedValue(need): &NeedValue, offer: &OfferValue, cause: Cause) -> Reason {
        match cause {
            Cause::Shared => Reason::new("format.shared").with_fact("shared", words(offer.formats.intersection(*need))),
            Cause::Any => Reason::new("format.any").with_fact("need", words(*need)),
            Cause::Other => {
                Reason::new("format.other").with_fact("need", words(*need)).with_fact("offer", words(offer.formats))
            }
            Cause::Unknown => Reason::new("format.unknown").with_fact("need", words(*need)),
        }
    }

    fn required_change(
        _: Context<'_>,
        need: &NeedValue,
        offer: &OfferValue,
        outcome: Outcome<Cause>,
        passes: impl Fn(&NeedValue, &OfferValue) -> bool,
    ) -> Option<Reason> {
        let NeedValue(formats) = need;
        let with_format = |format| OfferValue { any: offer.any, formats: offer.formats.with(format) };
        // The change lists alternatives, so that each of them must be enough.
        let passes = !formats.is_empty() && formats.iter().all(|format| passes(need, &with_format(format)));
        let code = if outcome.known { "change.format" } else { "change.tell_format" };
        passes.then(|| Reason::new(code).with_fact("formats", words(*formats)))
    }
}

fn words(formats: FormatSet) -> Fact {
    Fact::Words(formats.iter().map(DeliveryFormat::as_str).collect())
}
