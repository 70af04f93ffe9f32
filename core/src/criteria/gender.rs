//! Gender, where an offer is for some only.

use crate::criteria::{Context, Outcome, and_one, sorted};
use crate::{
    model::{
        enums::Gender,
        reason::{Fact, Reason},
        values_or_any::ValuesOrAny,
    },
    util::fixed::Fit,
};

#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct NeedValue(pub(crate) Gender);

#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct OfferValue {
    any: bool,
    genders: Vec<Gender>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Cause {
    Served,
    Any,
    Other,
    /// The offer names some, and nobody can tell whether the person is one of them.
    Unclear,
    Unknown,
}

impl OfferValue {
    pub(crate) fn of(served: &ValuesOrAny<Gender>) -> Self {
        Self { any: served.any, genders: sorted(served.values.iter().copied()) }
    }
}

pub(crate) fn assess(terms: Context<'_>, NeedValue(gender): &NeedValue, offered: &OfferValue) -> Outcome<Cause> {
    if !offered.any && offered.genders.is_empty() {
        return terms.unknown(Cause::Unknown);
    }
    if offered.genders.contains(gender) {
        return Outcome::known(Fit::FULL, Cause::Served);
    }
    if offered.any {
        return Outcome::known(Fit::FULL, Cause::Any);
    }
    // An offer for women and men may well be for everyone; one for women only is not.
    let unclear = match gender {
        Gender::Unknown => true,
        Gender::Other => offered.genders.len() > 1,
        Gender::Female | Gender::Male => false,
    };
    if unclear { terms.unknown(Cause::Unclear) } else { Outcome::known(Fit::ZERO, Cause::Other) }
}

pub(crate) fn reason(_: Context<'_>, NeedValue(gender): &NeedValue, offered: &OfferValue, why: Cause) -> Reason {
    let reason = |code| Reason::new(code).with_fact("need", Fact::Word(gender.as_str()));
    match why {
        Cause::Served => reason("gender.served"),
        Cause::Any => reason("gender.any"),
        Cause::Other => reason("gender.other").with_fact("offer", words(offered)),
        Cause::Unclear => reason("gender.unclear").with_fact("offer", words(offered)),
        Cause::Unknown => reason("gender.unknown"),
    }
}

fn words(offered: &OfferValue) -> Fact {
    Fact::Words(sorted(offered.genders.iter().map(|gender| gender.as_str())))
}

pub(crate) fn restriction(offered: &OfferValue) -> Option<Reason> {
    let restricts = !offered.any && !offered.genders.is_empty();
    restricts.then(|| Reason::new("gender.restricted").with_fact("offer", words(offered)))
}

pub(crate) fn change(
    _: Context<'_>,
    need: &NeedValue,
    offered: &OfferValue,
    met: Outcome<Cause>,
    passes: impl Fn(&NeedValue, &OfferValue) -> bool,
) -> Option<Reason> {
    let NeedValue(gender) = need;
    let named = |gender: &Gender| passes(&NeedValue(*gender), offered);
    if met.why == Cause::Unclear && *gender == Gender::Unknown && offered.genders.iter().all(named) {
        return Some(Reason::new("change.know_gender").with_fact("genders", words(offered)));
    }
    let also = OfferValue { any: offered.any, genders: and_one(&offered.genders, *gender) };
    let reason = || Reason::new(if met.known { "change.gender" } else { "change.tell_gender" });
    passes(need, &also).then(|| reason().with_fact("gender", Fact::Word(gender.as_str())))
}
