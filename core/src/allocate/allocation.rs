//! A plan for a whole incident: who goes where, who gets nothing and why, and what one more place would be worth.

use crate::{allocate::problem::Worth, criterion::Criterion, number::Score, terms::Priority};

/// All referrals, all unmet needs, and the proof.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Allocation {
    pub(crate) referrals: Vec<Referral>,
    pub(crate) unmet: Vec<Unmet>,
    pub(crate) offers: Vec<OfferUse>,
    pub(crate) objective: Worth,
    pub(crate) bound: Worth,
    /// What the report counts, in the order of the needs' ids.
    pub(crate) subjects: Vec<Subject>,
}

impl Allocation {
    /// Who goes where, in the order of the needs' ids.
    pub fn referrals(&self) -> &[Referral] {
        &self.referrals
    }

    /// The needs without a place, in the order of their ids.
    pub fn unmet(&self) -> &[Unmet] {
        &self.unmet
    }

    /// What every offer gives, in the order of ids.
    pub fn offers(&self) -> &[OfferUse] {
        &self.offers
    }

    /// What the plan is worth: people by priority, referrals kept, and the sum of score × people × priority weight in
    /// hundred-millionths.
    pub fn objective(&self) -> Worth {
        self.objective
    }

    /// What no plan can exceed.
    pub fn bound(&self) -> Worth {
        self.bound
    }

    /// Whether nothing better exists.
    pub fn optimal(&self) -> bool {
        self.objective == self.bound
    }
}

/// One need given to an offer.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Referral {
    pub(crate) need: String,
    pub(crate) offer: String,
    pub(crate) score: Score,
    pub(crate) fixed: bool,
    /// Whether the need is served from the neighbouring Kreis.
    pub(crate) neighbour: bool,
    /// What a fixed referral breaks.
    pub(crate) breaks: Vec<Criterion>,
}

/// A need that got nothing.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Unmet {
    pub(crate) need: String,
    pub(crate) reason: UnmetReason,
}

/// Why a need got nothing: the first that holds.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum UnmetReason {
    /// Nothing matches.
    NoOffer,
    /// Each of the group has matches, but no offer matches all of them.
    NoCommonOffer,
    /// Places are left, but too few for all that must stay together.
    PartyTooLarge,
    /// The places of all that match are only assumed: to phone first.
    PlaceUnknown,
    /// All that match are taken.
    NoPlace,
}

/// What an offer has, and what it gives.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OfferUse {
    pub(crate) offer: String,
    /// The places that the plan could fill; nothing where there is no limit.
    pub(crate) places: Option<u64>,
    pub(crate) used: u64,
    /// Whether the places are not known, and the policy says how many to assume.
    pub(crate) assumed: bool,
    /// What one more place would add.
    pub(crate) price: Worth,
    /// False where parties stay together: then one more place may not help, and `helps` places are the fewest that do.
    pub(crate) exact: bool,
    pub(crate) helps: Option<u64>,
}

/// What the report counts of one need.
#[derive(Clone, Eq, PartialEq)]
pub(crate) struct Subject {
    pub(crate) need: String,
    pub(crate) case: Option<String>,
    pub(crate) people: u32,
    pub(crate) priority: Priority,
    pub(crate) help: Option<String>,
    /// The canonical tag of the first language.
    pub(crate) language: Option<String>,
    /// The code of the Kreis, or of the region itself where that is larger.
    pub(crate) region: Option<String>,
    /// At most four digits.
    pub(crate) crime: Option<String>,
}

impl std::fmt::Debug for Subject {
    /// The id only, as for a need.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Subject").field("need", &self.need).finish_non_exhaustive()
    }
}
