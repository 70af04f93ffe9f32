//! A plan for a whole incident: who goes where, who gets nothing and why, and what one more place would be worth.

use crate::{
    matcher::Diagnosis,
    model::{
        criterion::Criterion,
        enums::{Lang, Priority},
        reason::Reason,
    },
    solver::problem::Objective,
    text,
    util::fixed::Score,
    vocabulary::Vocabulary,
};

/// All referrals, all unmet needs, and the proof.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Allocation {
    pub(crate) referrals: Vec<Referral>,
    pub(crate) unmet: Vec<UnmetNeed>,
    pub(crate) offers: Vec<OfferUsage>,
    pub(crate) objective: Objective,
    pub(crate) bound: Objective,
    /// What the report counts, in the order of the needs' ids.
    pub(crate) subjects: Vec<Subject>,
}

impl Allocation {
    /// Who goes where, in the order of the needs' ids.
    pub fn referrals(&self) -> &[Referral] {
        &self.referrals
    }

    /// The needs without a place, in the order of their ids.
    pub fn unmet(&self) -> &[UnmetNeed] {
        &self.unmet
    }

    /// What every offer gives, in the order of ids.
    pub fn offers(&self) -> &[OfferUsage] {
        &self.offers
    }

    /// What the plan is worth: people by priority, referrals kept, and the sum of score × people × priority weight in
    /// hundred-millionths.
    pub fn objective(&self) -> Objective {
        self.objective
    }

    /// What no plan can exceed.
    pub fn bound(&self) -> Objective {
        self.bound
    }

    /// By how much the plan may miss the best one: the difference to the bound at the first level that differs, the others 0.
    pub fn gap(&self) -> Option<Objective> {
        let mut gap = self.bound.plus(self.objective, -1).filter(|gap| *gap != Objective::ZERO)?.levels();
        let mut differs = false;
        for level in &mut gap {
            if differs {
                *level = 0;
            }
            differs |= *level != 0;
        }
        Some(Objective::from_levels(gap))
    }

    /// Whether nothing better exists: the prices prove it, or with parties a search did.
    pub fn is_optimal(&self) -> bool {
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
    /// What a person should check.
    pub(crate) to_check: Vec<Criterion>,
    /// What a fixed referral breaks.
    pub(crate) breaks: Vec<Criterion>,
}

impl Referral {
    /// The need's id.
    pub fn need(&self) -> &str {
        &self.need
    }

    /// The offer's id.
    pub fn offer(&self) -> &str {
        &self.offer
    }

    /// How well they fit.
    pub fn score(&self) -> Score {
        self.score
    }

    /// Whether people agreed on it before.
    pub fn is_fixed(&self) -> bool {
        self.fixed
    }

    /// Whether the offer is for the neighbouring Kreis, or for another Gemeinde of the same.
    pub fn is_from_neighbour(&self) -> bool {
        self.neighbour
    }

    /// The criteria that a person should check.
    pub fn to_check(&self) -> &[Criterion] {
        &self.to_check
    }

    /// The criteria that a fixed referral breaks.
    pub fn violations(&self) -> &[Criterion] {
        &self.breaks
    }
}

/// A need that got nothing.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct UnmetNeed {
    pub(crate) need: String,
    pub(crate) reason: UnmetReason,
}

impl UnmetNeed {
    /// The need's id.
    pub fn need(&self) -> &str {
        &self.need
    }

    /// Why.
    pub fn reason(&self) -> &UnmetReason {
        &self.reason
    }
}

/// Why a need got nothing: the first that holds.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum UnmetReason {
    /// Nothing matches the need, or one of its group.
    NoOffer {
        /// Why nothing matches, and what comes nearest: of the need itself, or of the first of its group that nothing matches.
        diagnosis: Diagnosis,
    },
    /// Each of the group has matches, but no offer matches all of them.
    NoCommonOffer {
        /// The offers that match some of them, and the ids of those whom each does not match.
        blocks: Vec<(String, Vec<String>)>,
        /// As few parts as are found quickly, with an offer that matches everyone of the part.
        split: Vec<(String, Vec<String>)>,
    },
    /// No offer that matches has so many places for all that must stay together, or has so many left.
    PartyTooLarge {
        /// How many people must stay together.
        people: u64,
        /// The most places that are left at one offer that matches.
        left: u64,
    },
    /// The places of some offers that match are only assumed: to phone first.
    PlaceUnknown {
        /// Their ids.
        offers: Vec<String>,
    },
    /// All that match are taken.
    NoPlace {
        /// How many offers match.
        offers: u64,
        /// How many needs have their places.
        taken_by: u64,
    },
}

impl UnmetReason {
    /// The stable code, such as `no_place`.
    pub fn code(&self) -> &'static str {
        let (_, code) = self.code_of_reason().split_once('.').unwrap_or_default();
        code
    }

    fn code_of_reason(&self) -> &'static str {
        match self {
            Self::NoOffer { .. } => "unmet.no_offer",
            Self::NoCommonOffer { .. } => "unmet.no_common_offer",
            Self::PartyTooLarge { .. } => "unmet.party_too_large",
            Self::PlaceUnknown { .. } => "unmet.place_unknown",
            Self::NoPlace { .. } => "unmet.no_place",
        }
    }

    /// Why, as a sentence.
    pub fn text(&self, lang: Lang, vocabulary: &Vocabulary) -> String {
        let count = |list: usize| u64::try_from(list).unwrap_or(u64::MAX);
        let reason = Reason::new(self.code_of_reason());
        let reason = match self {
            // With options, such as a least score, offers may match and be left out all the same.
            Self::NoOffer { diagnosis } => reason.with_count("matching", count(diagnosis.matching())),
            Self::NoCommonOffer { split, .. } => reason.with_count("parts", count(split.len())),
            Self::PartyTooLarge { people, left } => reason.with_count("people", *people).with_count("left", *left),
            Self::PlaceUnknown { offers } => reason.with_count("offers", count(offers.len())),
            Self::NoPlace { offers, taken_by } => {
                reason.with_count("offers", *offers).with_count("taken_by", *taken_by)
            }
        };
        text::sentence(&reason, lang, vocabulary)
    }
}

/// What an offer has, and what it gives.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OfferUsage {
    pub(crate) offer: String,
    /// The places that the plan could fill; nothing where there is no limit.
    pub(crate) places: Option<u64>,
    pub(crate) used: u64,
    /// Whether the places are not known, and the policy says how many to assume.
    pub(crate) assumed: bool,
    /// What one more place would add.
    pub(crate) price: Objective,
    /// False where parties stay together: then one more place may not help, and `helps` places are the fewest that do.
    pub(crate) exact: bool,
    pub(crate) min_extra_places: Option<u64>,
}

impl OfferUsage {
    /// The offer's id.
    pub fn offer(&self) -> &str {
        &self.offer
    }

    /// The places that the plan could fill; nothing where there is no limit.
    pub fn places(&self) -> Option<u64> {
        self.places
    }

    /// The places that it fills.
    pub fn used(&self) -> u64 {
        self.used
    }

    /// Whether the places are not known, and the policy says how many to assume.
    pub fn is_assumed(&self) -> bool {
        self.assumed
    }

    /// What one more place would add; an estimate where it is not [exact](Self::is_exact).
    pub fn price(&self) -> Objective {
        self.price
    }

    /// False where parties stay together: then one more place may not help.
    pub fn is_exact(&self) -> bool {
        self.exact
    }

    /// With parties, the fewest more places with which someone unmet would fit.
    pub fn min_extra_places(&self) -> Option<u64> {
        self.min_extra_places
    }
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
