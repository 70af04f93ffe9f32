//! The result of an allocation: referrals, unmet needs, the usage of each offer, and the proof.

use std::{fmt, sync::Arc};

use crate::{
    allocate::{
        index::{IndexVec, NeedIdx},
        proof::Proof,
        summary::NeedSummary,
        unmet::UnmetNeed,
    },
    model::criterion::Criterion,
    solver::problem::{Certificate, Objective, Problem, Solution},
    util::fixed::Score,
};

/// A plan for many needs: referrals, unmet needs, the usage of each offer, and a proof of how good it is.
///
/// The allocation keeps the solver's [`Problem`] and [`Solution`]. Clones share them.
///
/// # Example: read a plan and check its proof
///
/// ```
/// use lotse::{AllocateOptions, Matcher, Need, Offer, Priority};
/// let matcher = Matcher::builder().offers([Offer::from_json(r#"{"id": "o-1", "capacity": 1}"#)?]).build()?;
/// let needs = [Need::builder("n-1").build()?, Need::builder("n-2").priority(Priority::Stat).build()?];
/// let allocation = matcher.allocate(&needs, &AllocateOptions::new())?;
/// assert_eq!(allocation.referrals()[0].need(), "n-2");
/// assert_eq!(allocation.unmet()[0].need(), "n-1");
/// assert_eq!(allocation.objective().people, [1, 0, 0, 0]);
///
/// assert!(allocation.is_optimal());
/// allocation.verify()?;
/// // One more place would serve n-1 as well.
/// assert_eq!(allocation.certificate().prices[0].people, [0, 0, 0, 1]);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Eq, PartialEq)]
pub struct Allocation {
    pub(crate) referrals: Vec<Referral>,
    pub(crate) unmet: Vec<UnmetNeed>,
    pub(crate) offers: Vec<OfferUsage>,
    pub(crate) objective: Objective,
    pub(crate) bound: Objective,
    pub(crate) needs: IndexVec<NeedIdx, NeedSummary>,
    // Shared by clones, because it is large: up to `MAX_EDGES` edges, or those of column generation.
    pub(crate) proof: Arc<Proof>,
}

impl fmt::Debug for Allocation {
    /// Shows counts only, so that no log repeats a value of a need.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Allocation")
            .field("referrals", &self.referrals.len())
            .field("unmet", &self.unmet.len())
            .field("offers", &self.offers.len())
            .finish_non_exhaustive()
    }
}

impl Allocation {
    /// Returns the referrals, sorted by the id of the need.
    pub fn referrals(&self) -> &[Referral] {
        &self.referrals
    }

    /// Returns the unmet needs, sorted by id.
    pub fn unmet(&self) -> &[UnmetNeed] {
        &self.unmet
    }

    /// Returns the usage of every offer, sorted by id.
    pub fn offers(&self) -> &[OfferUsage] {
        &self.offers
    }

    /// Returns the objective: people served by priority, previous referrals kept, and Σ score × people × priority weight in
    /// hundred-millionths.
    ///
    /// It exceeds the objective of the [`solution`](Self::solution) by the [counted](crate::FixedReferral::counted) referrals.
    pub fn objective(&self) -> Objective {
        self.objective
    }

    /// Returns an upper bound of the objective of every plan.
    pub fn bound(&self) -> Objective {
        self.bound
    }

    /// Returns the difference of bound and objective at the first level that differs, or `None` if the plan is optimal.
    ///
    /// The levels after it are 0.
    pub fn gap(&self) -> Option<Objective> {
        let mut gap = self.bound.minus(self.objective).filter(|gap| *gap != Objective::ZERO)?.levels();
        let mut differs = false;
        for level in &mut gap {
            if differs {
                *level = 0;
            }
            differs |= *level != 0;
        }
        Some(Objective::from_levels(gap))
    }

    /// Returns `true` if no better plan exists.
    ///
    /// The prices prove it if every party has size 1; with larger parties it may be the result of an exhaustive search.
    pub fn is_optimal(&self) -> bool {
        self.objective == self.bound
    }

    /// Returns the solver's problem. Sinks have the order of [`offers`](Self::offers); supplies that differ in nothing are merged.
    ///
    /// [Counted](crate::FixedReferral::counted) referrals take no place and are not part of it.
    ///
    /// A supply has an edge to each offer that is eligible for it. If these are more than 2²⁰ in all, the problem has only a part
    /// of them, found by column generation: enough for the plan and for the proof of its prices. Solved again, it has the same
    /// optimum; with other capacities, edges that it lacks may allow a better one.
    pub fn problem(&self) -> &Problem {
        &self.proof.problem
    }

    /// Returns the solver's solution of the [`problem`](Self::problem).
    pub fn solution(&self) -> &Solution {
        &self.proof.solution
    }

    /// Returns the certificate of the [`solution`](Self::solution): dual prices that prove its bound.
    pub fn certificate(&self) -> &Certificate {
        &self.proof.solution.certificate
    }
}

/// The referral of one need to an offer.
///
/// # Example: a fixed referral that breaks a rule
///
/// ```
/// use lotse::{AllocateOptions, Criterion, FixedReferral, Matcher, Need, Offer};
/// let offer = Offer::from_json(r#"{"id": "o-1", "languages": ["de"], "capacity": 1}"#)?;
/// let matcher = Matcher::builder().offers([offer]).build()?;
/// let needs = [Need::builder("n-1").language("uk").build()?];
/// let options = AllocateOptions::new().fixed([FixedReferral::new("n-1", "o-1")]);
/// let allocation = matcher.allocate(&needs, &options)?;
/// let referral = &allocation.referrals()[0];
/// assert_eq!((referral.need(), referral.offer()), ("n-1", "o-1"));
/// assert!(referral.is_fixed() && !referral.is_from_neighbour());
/// assert_eq!(referral.violations(), [Criterion::Language]);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Eq, PartialEq)]
pub struct Referral {
    pub(crate) need: String,
    pub(crate) offer: String,
    pub(crate) score: Score,
    pub(crate) is_fixed: bool,
    pub(crate) is_from_neighbour: bool,
    pub(crate) to_check: Vec<Criterion>,
    pub(crate) violations: Vec<Criterion>,
}

impl fmt::Debug for Referral {
    /// Shows ids and counts only, so that no log repeats a value of a need.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Referral").field("need", &self.need).field("offer", &self.offer).finish_non_exhaustive()
    }
}

impl Referral {
    /// Returns the id of the need.
    pub fn need(&self) -> &str {
        &self.need
    }

    /// Returns the id of the offer.
    pub fn offer(&self) -> &str {
        &self.offer
    }

    /// Returns the score of the pair. The capacity criterion scores, but excludes nothing.
    pub fn score(&self) -> Score {
        self.score
    }

    /// Returns `true` if the referral was [fixed](crate::AllocateOptions::fixed).
    pub fn is_fixed(&self) -> bool {
        self.is_fixed
    }

    /// Returns `true` if the offer serves a neighbouring Kreis, or another Gemeinde of the same Kreis.
    pub fn is_from_neighbour(&self) -> bool {
        self.is_from_neighbour
    }

    /// Returns the criteria that a person should check, in their order.
    pub fn to_check(&self) -> &[Criterion] {
        &self.to_check
    }

    /// Returns the criteria that exclude the offer for the need, in their order: the rule is `must`, and the fit is known and below
    /// the minimum, or it is unknown and the rule excludes what is unknown. Codes are those of [`Criterion`], such as `language`.
    ///
    /// Empty unless the referral is [fixed](Self::is_fixed), or kept from the previous plan under
    /// [`MoveMode::None`](crate::MoveMode::None), alone or with its group. Never `capacity`, and no option: a score below
    /// `min_score` is no violation.
    pub fn violations(&self) -> &[Criterion] {
        &self.violations
    }
}

/// The places of an offer, and what an allocation makes of them.
///
/// # Example: the value of one more place
///
/// ```
/// use lotse::{AllocateOptions, Matcher, Need, Offer};
/// let matcher = Matcher::builder().offers([Offer::from_json(r#"{"id": "o-1", "capacity": 2}"#)?]).build()?;
/// let needs = ["n-1", "n-2", "n-3"].map(|id| Need::builder(id).build());
/// let needs = needs.into_iter().collect::<Result<Vec<_>, _>>()?;
/// let allocation = matcher.allocate(&needs, &AllocateOptions::new())?;
/// let usage = &allocation.offers()[0];
/// assert_eq!((usage.offer(), usage.places(), usage.used()), ("o-1", Some(2), 2));
/// assert!(!usage.is_assumed());
/// // Every party has size 1, so the price is exact: a third place would serve one more person.
/// assert!(usage.is_exact());
/// assert_eq!(usage.price().people, [0, 0, 0, 1]);
/// assert_eq!(usage.min_extra_places(), None);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Eq, PartialEq)]
pub struct OfferUsage {
    pub(crate) offer: String,
    pub(crate) places: Option<u64>,
    pub(crate) used: u64,
    pub(crate) is_assumed: bool,
    pub(crate) price: Objective,
    pub(crate) is_exact: bool,
    pub(crate) min_extra_places: Option<u64>,
}

impl fmt::Debug for OfferUsage {
    /// Shows ids and counts only, so that no log repeats a value of a need.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OfferUsage")
            .field("offer", &self.offer)
            .field("places", &self.places)
            .field("used", &self.used)
            .finish_non_exhaustive()
    }
}

impl OfferUsage {
    /// Returns the id of the offer.
    pub fn offer(&self) -> &str {
        &self.offer
    }

    /// Returns the number of places that the plan may fill, or `None` if it is unlimited.
    pub fn places(&self) -> Option<u64> {
        self.places
    }

    /// Returns the number of places that the plan fills.
    pub fn used(&self) -> u64 {
        self.used
    }

    /// Returns `true` if the number of places is unknown, so that the policy's `assume` replaces it.
    pub fn is_assumed(&self) -> bool {
        self.is_assumed
    }

    /// Returns the shadow price: what one more place adds to the objective. It is an estimate unless
    /// [`is_exact`](Self::is_exact).
    pub fn price(&self) -> Objective {
        self.price
    }

    /// Returns `true` if every party has size 1. With larger parties one more place may not help.
    pub fn is_exact(&self) -> bool {
        self.is_exact
    }

    /// Returns the fewest extra places with which one more matching unmet party fits while no other referral changes, or `None` if
    /// the price is exact or no unmet party matches the offer.
    ///
    /// It is an upper bound: fewer places may be enough if other parties move. Under `moves: none`, parties that would keep their
    /// previous referral to the offer take its places first, whether they match or not.
    pub fn min_extra_places(&self) -> Option<u64> {
        self.min_extra_places
    }
}
