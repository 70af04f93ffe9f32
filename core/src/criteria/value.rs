//! The values of the ten criteria as one type for needs and one for offers.

use crate::criteria::{
    access::{self, AccessCriterion},
    age::{self, AgeCriterion},
    assess::Assess,
    capacity::{self, CapacityCriterion},
    crime::{self, CrimeCriterion},
    format::{self, FormatCriterion},
    gender::{self, GenderCriterion},
    help::{self, HelpCriterion},
    language::{self, LanguageCriterion},
    region::{self, RegionCriterion},
    role::{self, RoleCriterion},
};

/// The value of a need for one criterion.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) enum NeedValue {
    Help(help::NeedValue),
    Crime(crime::NeedValue),
    Language(language::NeedValue),
    Region(region::NeedValue),
    Capacity(capacity::NeedValue),
    Role(role::NeedValue),
    Gender(gender::NeedValue),
    Age(age::NeedValue),
    Format(format::NeedValue),
    Access(access::NeedValue),
}

/// The value of an offer for one criterion.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum OfferValue {
    Help(help::OfferValue),
    Crime(crime::OfferValue),
    Language(language::OfferValue),
    Region(region::OfferValue),
    Capacity(capacity::OfferValue),
    Role(role::OfferValue),
    Gender(gender::OfferValue),
    Age(age::OfferValue),
    Format(format::OfferValue),
    Access(access::OfferValue),
}

/// A criterion together with its variant of [`OfferValue`].
pub(super) trait Variant: Assess {
    /// Returns the value of this criterion, or `None` if the value belongs to another one.
    fn of_offer(value: &OfferValue) -> Option<&Self::OfferValue>;
}

impl Variant for HelpCriterion {
    fn of_offer(value: &OfferValue) -> Option<&help::OfferValue> {
        if let OfferValue::Help(value) = value { Some(value) } else { None }
    }
}

impl Variant for CrimeCriterion {
    fn of_offer(value: &OfferValue) -> Option<&crime::OfferValue> {
        if let OfferValue::Crime(value) = value { Some(value) } else { None }
    }
}

impl Variant for LanguageCriterion {
    fn of_offer(value: &OfferValue) -> Option<&language::OfferValue> {
        if let OfferValue::Language(value) = value { Some(value) } else { None }
    }
}

impl Variant for RegionCriterion {
    fn of_offer(value: &OfferValue) -> Option<&region::OfferValue> {
        if let OfferValue::Region(value) = value { Some(value) } else { None }
    }
}

impl Variant for CapacityCriterion {
    fn of_offer(value: &OfferValue) -> Option<&capacity::OfferValue> {
        if let OfferValue::Capacity(value) = value { Some(value) } else { None }
    }
}

impl Variant for RoleCriterion {
    fn of_offer(value: &OfferValue) -> Option<&role::OfferValue> {
        if let OfferValue::Role(value) = value { Some(value) } else { None }
    }
}

impl Variant for GenderCriterion {
    fn of_offer(value: &OfferValue) -> Option<&gender::OfferValue> {
        if let OfferValue::Gender(value) = value { Some(value) } else { None }
    }
}

impl Variant for AgeCriterion {
    fn of_offer(value: &OfferValue) -> Option<&age::OfferValue> {
        if let OfferValue::Age(value) = value { Some(value) } else { None }
    }
}

impl Variant for FormatCriterion {
    fn of_offer(value: &OfferValue) -> Option<&format::OfferValue> {
        if let OfferValue::Format(value) = value { Some(value) } else { None }
    }
}

impl Variant for AccessCriterion {
    fn of_offer(value: &OfferValue) -> Option<&access::OfferValue> {
        if let OfferValue::Access(value) = value { Some(value) } else { None }
    }
}
