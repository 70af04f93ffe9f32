//! The evaluation of a given plan, in which nothing moves.

use std::fmt;

use crate::{
    allocate::{
        allocation::Referral,
        assignment::{Assignment, Usage},
        eligible::MAX_PAIRS,
        explain_unmet::unmet_needs,
        extract::referral,
        given::{PreviousOffer, decode_previous},
        index::{DistinctIdx, IndexVec, NeedIdx, OfferIdx},
        instance::Instance,
        options::{AllocateOptions, ListPath, PreviousReferral},
        party::{Party, count_people},
        plan::instance,
        unmet::UnmetNeed,
    },
    error::{Error, ErrorSink},
    matcher::Matcher,
    model::need::Need,
    solver::problem::Objective,
    util::{ordered_map::OrderedSet, progress::ProgressReporter, sort::sort},
};

/// A given plan under the policy, the offers and the options of today: what it achieves, and what it violates.
///
/// It is no [`Allocation`](crate::Allocation): nothing was searched, so there is neither a bound nor a price. Compare its
/// [`objective`](Self::objective) with the objective or the [`bound`](crate::Allocation::bound) of an allocation of the same needs with
/// the same options. Lists are in the order of ids.
///
/// # Example: yesterday's plan under another policy
///
/// ```
/// use lotse::{AllocateOptions, Criterion, Matcher, Need, Offer, Policy, Rule};
/// let offers = [
///     Offer::from_json(r#"{"id": "o-1", "roles": ["witness"], "capacity": 1}"#)?,
///     Offer::from_json(r#"{"id": "o-2", "roles": ["bereaved"], "capacity": 1}"#)?,
/// ];
/// let lenient = Policy::builder().rule(Criterion::Role, Rule::Prefer).build()?;
/// let matcher = Matcher::builder().offers(offers).policy(lenient).build()?;
/// let needs = [Need::builder("n-1").role("bereaved").build()?];
/// let plan = [("n-1", "o-1")];
/// assert!(matcher.evaluate(&needs, plan, &AllocateOptions::new())?.is_feasible());
///
/// // By default, all that a need requests is a `must`.
/// let strict = matcher.with_policy(Policy::default())?;
/// let evaluation = strict.evaluate(&needs, plan, &AllocateOptions::new())?;
/// assert!(!evaluation.is_feasible());
/// assert_eq!(evaluation.referrals()[0].violations(), [Criterion::Role]);
/// assert_eq!(evaluation.ineligible(), ["n-1"]);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Eq, PartialEq)]
#[non_exhaustive]
pub struct Evaluation {
    referrals: Vec<Referral>,
    unmet: Vec<UnmetNeed>,
    servable: Vec<String>,
    ineligible: Vec<String>,
    split_groups: Vec<String>,
    over_places: Vec<String>,
    objective: Objective,
}

impl Evaluation {
    /// Returns the referrals of the plan whose need and offer exist, with score, criteria to check and violations.
    pub fn referrals(&self) -> &[Referral] {
        &self.referrals
    }

    /// Returns the needs without a referral, each with its reason, apart from those that are [`servable`](Self::servable).
    pub fn unmet(&self) -> &[UnmetNeed] {
        &self.unmet
    }

    /// Returns the ids of the needs without a referral although an offer that matches has places left, for their group as a whole.
    pub fn servable(&self) -> &[String] {
        &self.servable
    }

    /// Returns the ids of the needs whose outcome no plan has under these options: the offer does not match, an option rules it out,
    /// or the need is fixed to another offer. [`MoveMode`](crate::MoveMode) is not taken into account: a referral that `None` keeps although it
    /// no longer matches is listed.
    pub fn ineligible(&self) -> &[String] {
        &self.ineligible
    }

    /// Returns the groups whose needs do not all go to one offer, or not all to none.
    pub fn split_groups(&self) -> &[String] {
        &self.split_groups
    }

    /// Returns the ids of the offers to which the plan refers more people than they have places.
    pub fn over_places(&self) -> &[String] {
        &self.over_places
    }

    /// Returns the objective of all referrals: people served by priority, referrals that are previous ones of the options, and Σ
    /// score × people × priority weight in hundred-millionths.
    pub fn objective(&self) -> Objective {
        self.objective
    }

    /// Returns `true` if the plan violates nothing: no need is [`ineligible`](Self::ineligible), no group split, no offer over its
    /// places.
    ///
    /// The optimum of the same needs and options is then at least as good, so that an allocation's
    /// [`bound`](crate::Allocation::bound) is at least the [`objective`](Self::objective); unless moves are
    /// [`None`](crate::MoveMode::None), which keeps previous referrals even where others were better, and if the counted referrals of the plan are
    /// previous ones of the options too. How good the plan is remains open: that takes the allocation.
    pub fn is_feasible(&self) -> bool {
        [&self.ineligible, &self.split_groups, &self.over_places].into_iter().all(Vec::is_empty)
    }
}

impl fmt::Debug for Evaluation {
    /// Writes numbers only.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Evaluation")
            .field("referrals", &self.referrals.len())
            .field("unmet", &self.unmet.len())
            .field("servable", &self.servable.len())
            .field("is_feasible", &self.is_feasible())
            .field("objective", &self.objective)
            .finish_non_exhaustive()
    }
}

impl Matcher {
    /// Evaluates a given plan without changing it: its objective, the scores and violations of its referrals, and the reasons of unmet
    /// needs.
    ///
    /// The plan consists of the [`referrals`](crate::Allocation::referrals) of an allocation, of pairs of the ids of a need and an
    /// offer, or of [`PreviousReferral`]s, whose places are added back if they are counted. Unknown ids are ignored: needs and offers
    /// may be gone. The options are those of an allocation to compare with: fixed and previous referrals, least score, and neighbours.
    ///
    /// # Errors
    ///
    /// Those of [`allocate`](Self::allocate), and `request.previous.duplicate` with a path such as `plan[3].need` if the plan has a need
    /// twice.
    ///
    /// # Example: how far is a plan by hand from the best?
    ///
    /// ```
    /// use lotse::{AllocateOptions, Matcher, Need, Offer};
    /// let offers = [
    ///     Offer::builder("o-1").language("de").language("uk").capacity(1).build()?,
    ///     Offer::builder("o-2").language("de").capacity(1).build()?,
    /// ];
    /// let matcher = Matcher::builder().offers(offers).build()?;
    /// let needs = [Need::builder("n-1").language("de").build()?, Need::builder("n-2").language("uk").build()?];
    /// let by_hand = matcher.evaluate(&needs, [("n-1", "o-1")], &AllocateOptions::new())?;
    /// assert!(by_hand.is_feasible());
    /// assert_eq!(by_hand.unmet()[0].reason().code(), "no_place");
    ///
    /// let best = matcher.allocate(&needs, &AllocateOptions::new())?;
    /// assert_eq!((by_hand.objective().people, best.objective().people), ([0, 0, 0, 1], [0, 0, 0, 2]));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn evaluate<P: Into<PreviousReferral>>(
        &self,
        needs: &[Need],
        plan: impl IntoIterator<Item = P>,
        options: &AllocateOptions<'_>,
    ) -> Result<Evaluation, Error> {
        let plan: Vec<PreviousReferral> = plan.into_iter().map(Into::into).collect();
        let progress = ProgressReporter::new(options.progress);
        let mut instance = instance(self, MAX_PAIRS, needs, options, &progress)?;
        let mut errors = ErrorSink::default();
        let list = ListPath { name: "plan", is_plan: false };
        let plan = decode_previous(&mut errors, &instance.records, &plan, list);
        errors.into_result(())?;
        add_counted_places(&mut instance, &plan);
        let plan = GivenPlan { offers: plan.values().map(|given| given.map(|given| given.offer)).collect() };
        progress.unless_cancelled(plan.evaluate(&instance, &progress))
    }
}

/// Adds the places of referrals that are counted, unless they are previous ones and added already.
fn add_counted_places(instance: &mut Instance<'_>, plan: &IndexVec<NeedIdx, Option<PreviousOffer>>) {
    let added: OrderedSet<(NeedIdx, OfferIdx)> = instance.given.counted_previous().collect();
    for (need, given) in plan.iter() {
        // A fixed referral that is counted uses no place, so that its place is not added back either.
        let is_fixed = |offer| instance.given.fixed(need).is_some_and(|fixed| fixed.is_counted && fixed.offer == offer);
        let is_new = |given: &PreviousOffer| !added.contains(&(need, given.offer)) && !is_fixed(given.offer);
        let Some(given) = given.filter(|given| given.is_counted && is_new(given)) else { continue };
        let people = instance.records.needs.get(need).map_or(0, |need| u64::from(need.people()));
        instance.records.add_places(given.offer, people);
    }
}

/// The offer of each need in a given plan.
struct GivenPlan {
    offers: IndexVec<NeedIdx, Option<OfferIdx>>,
}

impl GivenPlan {
    fn offer(&self, need: NeedIdx) -> Option<OfferIdx> {
        self.offers.get(need).copied().flatten()
    }

    /// Returns the needs with a referral.
    fn pairs(&self) -> impl Iterator<Item = (NeedIdx, OfferIdx)> {
        self.offers.iter().filter_map(|(need, offer)| Some((need, (*offer)?)))
    }

    /// Returns the evaluation; incomplete if the operation was cancelled.
    fn evaluate(&self, instance: &Instance<'_>, progress: &ProgressReporter<'_>) -> Evaluation {
        let assignment = self.assignment(instance);
        let servable = self.servable(instance, &assignment, progress);
        let has_no_reason =
            |need: &NeedIdx| self.offer(*need).is_some() || servable.get(*need).copied().unwrap_or_default();
        let without_reason: OrderedSet<&str> =
            instance.records.needs.iter().filter(|(need, _)| has_no_reason(need)).map(|(_, need)| need.id()).collect();
        let mut unmet = unmet_needs(instance, &assignment, progress);
        unmet.retain(|unmet| !without_reason.contains(unmet.need()));
        let id = |need: NeedIdx| instance.records.needs.get(need).map(|need| need.id().to_owned());
        let ids = |is_listed: &dyn Fn(NeedIdx) -> bool| -> Vec<String> {
            self.offers.iter().filter(|(need, _)| is_listed(*need)).filter_map(|(need, _)| id(need)).collect()
        };
        Evaluation {
            referrals: self.pairs().filter_map(|(need, offer)| referral(instance, need, offer)).collect(),
            unmet,
            servable: ids(&|need| servable.get(need).copied().unwrap_or_default()),
            ineligible: self.ineligible(instance).into_iter().filter_map(id).collect(),
            split_groups: self.split_groups(instance),
            over_places: over_places(instance, &assignment),
            objective: self.objective(instance),
        }
    }

    /// Returns the offer on which all members of a party agree.
    fn party_offer(&self, party: &Party) -> Option<OfferIdx> {
        let offer = party.members.first().and_then(|member| self.offer(*member))?;
        party.members.iter().all(|member| self.offer(*member) == Some(offer)).then_some(offer)
    }

    /// Returns the offers of parties, and what all referrals use of each offer, those of split parties too.
    fn assignment(&self, instance: &Instance<'_>) -> Assignment {
        let mut usage: IndexVec<OfferIdx, Usage> = instance
            .records
            .offers
            .values()
            .map(|offer| Usage { used: 0, left: offer.places.limit, needs: 0 })
            .collect();
        for (need, offer) in self.pairs() {
            let Some(usage) = usage.get_mut(offer) else { continue };
            let is_counted = instance.given.fixed(need).is_some_and(|fixed| fixed.is_counted && fixed.offer == offer);
            let people = instance.records.needs.get(need).map_or(0, |need| u64::from(need.people()));
            let places = if is_counted { 0 } else { people };
            usage.used = usage.used.saturating_add(places);
            usage.left = usage.left.map(|left| left.saturating_sub(places));
            usage.needs = usage.needs.saturating_add(1);
        }
        Assignment { offers: instance.parties.all.values().map(|party| self.party_offer(party)).collect(), usage }
    }

    /// Returns `true` for each need of a party without any referral for which a match has places left.
    fn servable(
        &self,
        instance: &Instance<'_>,
        assignment: &Assignment,
        progress: &ProgressReporter<'_>,
    ) -> IndexVec<NeedIdx, bool> {
        let mut servable = IndexVec::repeat(false, self.offers.len());
        let mut known: IndexVec<DistinctIdx, Option<bool>> = IndexVec::repeat(None, instance.parties.distinct_count());
        for party in instance.parties.all.values() {
            if progress.is_cancelled() {
                break;
            }
            if party.fixed.is_some() || party.members.iter().any(|member| self.offer(*member).is_some()) {
                continue;
            }
            let size = u64::from(party.size());
            let has_places = |offer| {
                let left = assignment.usage(offer).map(|usage| usage.left);
                left.is_some_and(|left| left.is_none_or(|left| left >= size))
            };
            let Some(known) = known.get_mut(party.distinct) else { continue };
            if *known.get_or_insert_with(|| instance.offers(party).any(|common| has_places(common.offer))) {
                party.members.iter().for_each(|member| servable.set(*member, true));
            }
        }
        servable
    }

    /// Returns the needs whose outcome no plan has, in id order.
    fn ineligible(&self, instance: &Instance<'_>) -> Vec<NeedIdx> {
        let mut ineligible = Vec::new();
        for party in instance.parties.all.values() {
            let is_ineligible = |member: &NeedIdx| match (party.fixed, self.offer(*member)) {
                (Some(fixed), offer) => offer != Some(fixed),
                (None, Some(offer)) => instance.eligible.score(*member, offer).is_none(),
                (None, None) => false,
            };
            ineligible.extend(party.members.iter().copied().filter(is_ineligible));
        }
        sort(&mut ineligible);
        ineligible
    }

    fn split_groups(&self, instance: &Instance<'_>) -> Vec<String> {
        let is_split = |party: &&Party| {
            let mut offers = party.members.iter().map(|member| self.offer(*member));
            let first = offers.next();
            offers.any(|offer| Some(offer) != first)
        };
        let first = |party: &Party| instance.records.needs.get(*party.members.first()?)?.group().map(str::to_owned);
        let mut groups: Vec<String> = instance.parties.all.values().filter(is_split).filter_map(first).collect();
        sort(&mut groups);
        groups
    }

    fn objective(&self, instance: &Instance<'_>) -> Objective {
        let people = count_people(instance.records.people(self.pairs().map(|(need, _)| need)));
        let kept = self.pairs().filter(|(need, offer)| instance.given.previous(*need) == Some(*offer)).count();
        let value = |(need, offer)| i128::from(instance.records.value(need, instance.score(need, offer)));
        Objective {
            people: people.map(i128::from),
            kept: i128::try_from(kept).unwrap_or(i128::MAX),
            value: self.pairs().map(value).fold(0, i128::saturating_add),
        }
    }
}

/// Returns the ids of the offers whose places are too few.
fn over_places(instance: &Instance<'_>, assignment: &Assignment) -> Vec<String> {
    let offers = instance.records.offers.values().zip(assignment.usage.values());
    let over = offers.filter(|(offer, usage)| offer.places.limit.is_some_and(|limit| usage.used > limit));
    over.map(|(offer, _)| offer.id.to_string()).collect()
}
