//! The ten criteria.
//!
//! A criterion is one implementation of [`Assess`]: pure functions of what a need states and what an offer states. This module
//! dispatches from [`NeedValue`] to the implementation.
//
// INVARIANT: callers pass values of one criterion. A value of another criterion counts as a missing one.

pub(crate) mod access;
pub(crate) mod age;
mod assess;
mod canonical;
pub(crate) mod capacity;
pub(crate) mod crime;
pub(crate) mod format;
pub(crate) mod gender;
pub(crate) mod help;
pub(crate) mod language;
mod language_index;
pub(crate) mod region;
pub(crate) mod role;
mod value;

use self::{
    access::AccessCriterion, age::AgeCriterion, assess::Assess, capacity::CapacityCriterion, crime::CrimeCriterion,
    format::FormatCriterion, gender::GenderCriterion, help::HelpCriterion, language::LanguageCriterion,
    region::RegionCriterion, role::RoleCriterion, value::Variant,
};
pub(crate) use self::{
    assess::{Context, Outcome},
    value::{NeedValue, OfferValue},
};
use crate::model::{criterion::Criterion, reason::Reason, rules::EffectiveRule};

/// Assesses an offer's value against a need's.
pub(crate) fn assess(context: Context<'_>, need: &NeedValue, offer: &OfferValue) -> Option<Outcome<()>> {
    match need {
        NeedValue::Help(need) => assess_as::<HelpCriterion>(context, need, offer),
        NeedValue::Crime(need) => assess_as::<CrimeCriterion>(context, need, offer),
        NeedValue::Language(need) => assess_as::<LanguageCriterion>(context, need, offer),
        NeedValue::Region(need) => assess_as::<RegionCriterion>(context, need, offer),
        NeedValue::Capacity(need) => assess_as::<CapacityCriterion>(context, need, offer),
        NeedValue::Role(need) => assess_as::<RoleCriterion>(context, need, offer),
        NeedValue::Gender(need) => assess_as::<GenderCriterion>(context, need, offer),
        NeedValue::Age(need) => assess_as::<AgeCriterion>(context, need, offer),
        NeedValue::Format(need) => assess_as::<FormatCriterion>(context, need, offer),
        NeedValue::Access(need) => assess_as::<AccessCriterion>(context, need, offer),
    }
}

fn assess_as<C: Variant>(context: Context<'_>, need: &C::NeedValue, offer: &OfferValue) -> Option<Outcome<()>> {
    Some(C::assess(context, need, C::of_offer(offer)?).without_cause())
}

/// Assesses many offers' values against a need's, and converts the outcomes; the default of `T` stands for a missing value.
///
/// Equivalent to calling [`assess`] for each value, but dispatches once.
pub(crate) fn assess_all<'o, T: Default>(
    context: Context<'_>,
    need: &NeedValue,
    offers: impl Iterator<Item = Option<&'o OfferValue>>,
    convert: impl Fn(Outcome<()>) -> T,
) -> Vec<T> {
    match need {
        NeedValue::Help(need) => assess_all_as::<HelpCriterion, T>(context, need, offers, convert),
        NeedValue::Crime(need) => assess_all_as::<CrimeCriterion, T>(context, need, offers, convert),
        NeedValue::Language(need) => assess_all_as::<LanguageCriterion, T>(context, need, offers, convert),
        NeedValue::Region(need) => assess_all_as::<RegionCriterion, T>(context, need, offers, convert),
        NeedValue::Capacity(need) => assess_all_as::<CapacityCriterion, T>(context, need, offers, convert),
        NeedValue::Role(need) => assess_all_as::<RoleCriterion, T>(context, need, offers, convert),
        NeedValue::Gender(need) => assess_all_as::<GenderCriterion, T>(context, need, offers, convert),
        NeedValue::Age(need) => assess_all_as::<AgeCriterion, T>(context, need, offers, convert),
        NeedValue::Format(need) => assess_all_as::<FormatCriterion, T>(context, need, offers, convert),
        NeedValue::Access(need) => assess_all_as::<AccessCriterion, T>(context, need, offers, convert),
    }
}

fn assess_all_as<'o, C: Variant, T: Default>(
    context: Context<'_>,
    need: &C::NeedValue,
    offers: impl Iterator<Item = Option<&'o OfferValue>>,
    convert: impl Fn(Outcome<()>) -> T,
) -> Vec<T> {
    let assess_one = |offer: Option<&'o OfferValue>| match offer.and_then(C::of_offer) {
        Some(offer) => convert(C::assess(context, need, offer).without_cause()),
        None => T::default(),
    };
    offers.map(assess_one).collect()
}

/// Assesses an offer's value against a need's, and returns the reason too.
pub(crate) fn assess_with_reason(
    context: Context<'_>,
    need: &NeedValue,
    offer: &OfferValue,
) -> Option<(Outcome<()>, Reason)> {
    match need {
        NeedValue::Help(need) => assess_with_reason_as::<HelpCriterion>(context, need, offer),
        NeedValue::Crime(need) => assess_with_reason_as::<CrimeCriterion>(context, need, offer),
        NeedValue::Language(need) => assess_with_reason_as::<LanguageCriterion>(context, need, offer),
        NeedValue::Region(need) => assess_with_reason_as::<RegionCriterion>(context, need, offer),
        NeedValue::Capacity(need) => assess_with_reason_as::<CapacityCriterion>(context, need, offer),
        NeedValue::Role(need) => assess_with_reason_as::<RoleCriterion>(context, need, offer),
        NeedValue::Gender(need) => assess_with_reason_as::<GenderCriterion>(context, need, offer),
        NeedValue::Age(need) => assess_with_reason_as::<AgeCriterion>(context, need, offer),
        NeedValue::Format(need) => assess_with_reason_as::<FormatCriterion>(context, need, offer),
        NeedValue::Access(need) => assess_with_reason_as::<AccessCriterion>(context, need, offer),
    }
}

fn assess_with_reason_as<C: Variant>(
    context: Context<'_>,
    need: &C::NeedValue,
    offer: &OfferValue,
) -> Option<(Outcome<()>, Reason)> {
    let offer = C::of_offer(offer)?;
    let outcome = C::assess(context, need, offer);
    Some((outcome.without_cause(), C::reason(context, need, offer, outcome.cause)))
}

/// Returns what would have to change so that the rule no longer excludes the offer: `change.none` if no single change is enough.
///
/// The change has been verified: with it, and nothing else, the criterion passes under this policy and this rule.
pub(crate) fn required_change(
    context: Context<'_>,
    rule: EffectiveRule,
    need: &NeedValue,
    offer: &OfferValue,
) -> Reason {
    let change = match need {
        NeedValue::Help(need) => required_change_as::<HelpCriterion>(context, rule, need, offer),
        NeedValue::Crime(need) => required_change_as::<CrimeCriterion>(context, rule, need, offer),
        NeedValue::Language(need) => required_change_as::<LanguageCriterion>(context, rule, need, offer),
        NeedValue::Region(need) => required_change_as::<RegionCriterion>(context, rule, need, offer),
        NeedValue::Capacity(need) => required_change_as::<CapacityCriterion>(context, rule, need, offer),
        NeedValue::Role(need) => required_change_as::<RoleCriterion>(context, rule, need, offer),
        NeedValue::Gender(need) => required_change_as::<GenderCriterion>(context, rule, need, offer),
        NeedValue::Age(need) => required_change_as::<AgeCriterion>(context, rule, need, offer),
        NeedValue::Format(need) => required_change_as::<FormatCriterion>(context, rule, need, offer),
        NeedValue::Access(need) => required_change_as::<AccessCriterion>(context, rule, need, offer),
    };
    change.unwrap_or_else(|| Reason::new("change.none"))
}

fn required_change_as<C: Variant>(
    context: Context<'_>,
    rule: EffectiveRule,
    need: &C::NeedValue,
    offer: &OfferValue,
) -> Option<Reason> {
    let offer = C::of_offer(offer)?;
    let passes = |need: &C::NeedValue, offer: &C::OfferValue| {
        let outcome = C::assess(context, need, offer);
        !rule.is_blocking(outcome.fit, outcome.known)
    };
    C::required_change(context, need, offer, C::assess(context, need, offer), passes)
}

/// Returns `true` if an offer serves the person from a neighbouring Kreis, or from another Gemeinde of the same Kreis.
pub(crate) fn is_from_neighbour(context: Context<'_>, need: &NeedValue, offer: &OfferValue) -> bool {
    match (need, offer) {
        (NeedValue::Region(need), OfferValue::Region(offer)) => region::is_from_neighbour(context, need, offer),
        _ => false,
    }
}

/// Returns what an offer restricts, or `None`. If the need states nothing, it must be checked, without weight.
pub(crate) fn restriction(offer: &OfferValue) -> Option<Reason> {
    match offer {
        OfferValue::Help(offer) => HelpCriterion::restriction(offer),
        OfferValue::Crime(offer) => CrimeCriterion::restriction(offer),
        OfferValue::Language(offer) => LanguageCriterion::restriction(offer),
        OfferValue::Region(offer) => RegionCriterion::restriction(offer),
        OfferValue::Capacity(offer) => CapacityCriterion::restriction(offer),
        OfferValue::Role(offer) => RoleCriterion::restriction(offer),
        OfferValue::Gender(offer) => GenderCriterion::restriction(offer),
        OfferValue::Age(offer) => AgeCriterion::restriction(offer),
        OfferValue::Format(offer) => FormatCriterion::restriction(offer),
        OfferValue::Access(offer) => AccessCriterion::restriction(offer),
    }
}

/// Returns `true` if [`restriction`] is `Some` for some value of the criterion.
pub(crate) fn has_restrictions(criterion: Criterion) -> bool {
    match criterion {
        Criterion::Crime | Criterion::Role | Criterion::Gender | Criterion::Age => true,
        Criterion::Help
        | Criterion::Language
        | Criterion::Region
        | Criterion::Capacity
        | Criterion::Format
        | Criterion::Access => false,
    }
}

/// Returns the reason of a criterion for which the need states nothing.
pub(crate) fn not_requested(criterion: Criterion) -> Reason {
    Reason::new(match criterion {
        Criterion::Help => "help.not_asked",
        Criterion::Crime => "crime.not_asked",
        Criterion::Language => "language.not_asked",
        Criterion::Region => "region.not_asked",
        Criterion::Capacity => "capacity.not_asked",
        Criterion::Role => "role.not_asked",
        Criterion::Gender => "gender.not_asked",
        Criterion::Age => "age.not_asked",
        Criterion::Format => "format.not_asked",
        Criterion::Access => "access.not_asked",
    })
}

/// Returns the reason of a criterion that the rule ignores.
pub(crate) fn ignored(criterion: Criterion) -> Reason {
    Reason::new(match criterion {
        Criterion::Help => "help.ignored",
        Criterion::Crime => "crime.ignored",
        Criterion::Language => "language.ignored",
        Criterion::Region => "region.ignored",
        Criterion::Capacity => "capacity.ignored",
        Criterion::Role => "role.ignored",
        Criterion::Gender => "gender.ignored",
        Criterion::Age => "age.ignored",
        Criterion::Format => "format.ignored",
        Criterion::Access => "access.ignored",
    })
}
