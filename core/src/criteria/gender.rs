//! Gender, for offers that serve some genders only.

use crate::{
    criteria::{
        assess::{Assess, Context, Outcome},
        canonical::sorted,
    },
    model::{
        enums::Gender,
        reason::{Fact, Reason},
        values_or_any::ValuesOrAny,
    },
    util::fixed::Fit,
};

/// The genders that an offer can name.
const NAMED: [Gender; 3] = [Gender::Female, Gender::Male, Gender::Other];

/// The criterion `gender`.
pub(crate) enum GenderCriterion {}

/// The gender of the person.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct NeedValue(pub(crate) Gender);

/// The genders that an offer serves.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct OfferValue {
    any: bool,
    genders: Vec<Gender>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Cause {
    ValuesOrAny,
    Any,
    Other,
    /// The offer names genders, and it is unknown if the person's is one of them.
    Unclear,
    /// The offer states nothing.
    Unknown,
}

impl OfferValue {
    pub(crate) fn new(served: &ValuesOrAny<Gender>) -> Self {
        Self { any: served.any, genders: sorted(served.values.iter().copied()) }
    }

    /// Returns `true` if the offer serves every gender: it states `any`, or names all three.
    fn serves_all(&self) -> bool {
        self.any || NAMED.iter().all(|gender| self.genders.contains(gender))
    }
}

impl Assess for GenderCriterion {
    type NeedValue = NeedValue;
    type OfferValue = OfferValue;
    type Cause = Cause;

    fn assess(context: Context<'_>, NeedValue(gender): &NeedValue, offer: &OfferValue) -> Outcome<Cause> {
        if !offer.any && offer.genders.is_empty() {
            return context.unknown(Cause::Unknown);
        }
        if offer.genders.contains(gender) {
            return Outcome::known(Fit::FULL, Cause::ValuesOrAny);
        }
        if offer.serves_all() {
            return Outcome::known(Fit::FULL, Cause::Any);
        }
        // An offer for women and men is often meant for everyone; one for women only is not.
        let unclear = match gender {
            Gender::Unknown => true,
            Gender::Other => offer.genders.len() > 1,
            Gender::Female | Gender::Male => false,
        };
        if unclear { context.unknown(Cause::Unclear) } else { Outcome::known(Fit::ZERO, Cause::Other) }
    }

    fn reason(_: Context<'_>, NeedValue(gender): &NeedValue, offer: &OfferValue, cause: Cause) -> Reason {
        let reason = |code| Reason::new(code).with_fact("need", Fact::Word(gender.as_str()));
        match cause {
            Cause::ValuesOrAny => reason("gender.served"),
            Cause::Any => reason("gender.any"),
            Cause::Other => reason("gender.other").with_fact("offer", words(offer)),
            Cause::Unclear => reason("gender.unclear").with_fact("offer", words(offer)),
            Cause::Unknown => reason("gender.unknown"),
        }
    }

    fn restriction(offer: &OfferValue) -> Option<Reason> {
        let restricts = !offer.serves_all() && !offer.genders.is_empty();
        restricts.then(|| Reason::new("gender.restricted").with_fact("offer", words(offer)))
    }

    fn required_change(
        _: Context<'_>,
        need: &NeedValue,
        offer: &OfferValue,
        outcome: Outcome<Cause>,
        passes: impl Fn(&NeedValue, &OfferValue) -> bool,
    ) -> Option<Reason> {
        let NeedValue(gender) = need;
        let passes_as = |gender: &Gender| passes(&NeedValue(*gender), offer);
        if outcome.cause == Cause::Unclear && *gender == Gender::Unknown && offer.genders.iter().all(passes_as) {
            return Some(Reason::new("change.know_gender").with_fact("genders", words(offer)));
        }
        let with_gender =
            OfferValue { any: offer.any, genders: sorted(offer.genders.iter().copied().chain([*gender])) };
        let code = if outcome.known { "change.gender" } else { "change.tell_gender" };
        passes(need, &with_gender).then(|| Reason::new(code).with_fact("gender", Fact::Word(gender.as_str())))
    }
}

fn words(offer: &OfferValue) -> Fact {
    Fact::Words(sorted(offer.genders.iter().map(|gender| gender.as_str())))
}
