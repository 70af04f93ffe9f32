//! Baselines: what simple rules for the distribution of places achieve, to compare a plan with.
//!
//! They keep to the constraints of a plan: a group stays whole, no offer exceeds its places, a waiting list has none.

use std::{cmp::Reverse, fmt};

use crate::{
    allocate::{capacity::AvailablePlaces, records::allocation_profiles},
    error::{Error, ErrorSink},
    matcher::{Matcher, idx::Slot, intern::InternedProfiles},
    model::{enums::Priority, need::Need, offer::Offer},
    solver::problem::Objective,
    util::{
        ordered_map::{OrderedMap, OrderedSet},
        progress::{NO_PROGRESS, ProgressFn, ProgressReporter},
        sort::{sort_by, sort_by_key},
    },
};

/// A simple rule for the distribution of places.
///
/// # Example: a queue ignores priorities
///
/// ```
/// use lotse::{AllocateOptions, Baseline, Matcher, Need, Offer, Priority};
/// let matcher = Matcher::builder().offers([Offer::from_json(r#"{"id": "o-1", "capacity": 1}"#)?]).build()?;
/// let needs = [Need::builder("n-1").build()?, Need::builder("n-2").priority(Priority::Stat).build()?];
/// let queue = matcher.baseline(&needs, Baseline::FirstComeFirstServed)?;
/// assert_eq!(queue.people, [0, 0, 0, 1]);
/// let plan = matcher.allocate(&needs, &AllocateOptions::new())?;
/// assert_eq!(plan.objective().people, [1, 0, 0, 0]);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Baseline {
    /// Takes the parties in the order of the list, each by its first need; each gets its best match with enough places left.
    FirstComeFirstServed,
    /// Takes the pair of party and offer with the highest score first; of a group the mean score over its people counts.
    Greedy,
}

/// Options of [`Matcher::baseline`].
///
/// A [`Baseline`] converts into options without a progress callback.
///
/// # Example: with a progress callback
///
/// ```
/// use std::{ops::ControlFlow, sync::atomic::{AtomicUsize, Ordering}};
/// use lotse::{Baseline, BaselineOptions, Matcher, Need, Offer};
/// let matcher = Matcher::builder().offers([Offer::from_json(r#"{"id": "o-1", "capacity": 1}"#)?]).build()?;
/// let needs = [Need::builder("n-1").build()?, Need::builder("n-2").build()?];
/// let calls = AtomicUsize::new(0);
/// let on_progress = |_| {
///     calls.fetch_add(1, Ordering::Relaxed);
///     ControlFlow::Continue(())
/// };
/// let options = BaselineOptions::new(Baseline::Greedy).progress(&on_progress);
/// assert_eq!(matcher.baseline(&needs, options)?.people, [0, 0, 0, 1]);
/// // Both needs state the same, so they are matched once.
/// assert_eq!(calls.into_inner(), 1);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct BaselineOptions<'p> {
    kind: Baseline,
    progress: &'p ProgressFn<'p>,
}

impl<'p> BaselineOptions<'p> {
    /// Creates options without a progress callback.
    ///
    /// # Example: the same as the baseline itself
    ///
    /// ```
    /// use lotse::{Baseline, BaselineOptions, Matcher, Need};
    /// let (matcher, needs) = (Matcher::builder().build()?, [Need::builder("n-1").build()?]);
    /// let options = BaselineOptions::new(Baseline::Greedy);
    /// assert_eq!(matcher.baseline(&needs, options)?, matcher.baseline(&needs, Baseline::Greedy)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn new(kind: Baseline) -> Self {
        Self { kind, progress: NO_PROGRESS }
    }

    /// Sets the progress callback; `total` counts distinct needs.
    ///
    /// # Example: cancel
    ///
    /// ```
    /// use std::ops::ControlFlow;
    /// use lotse::{Baseline, BaselineOptions, ErrorKind, Matcher, Need};
    /// let (matcher, needs) = (Matcher::builder().build()?, [Need::builder("n-1").build()?]);
    /// let options = BaselineOptions::new(Baseline::Greedy).progress(&|_| ControlFlow::Break(()));
    /// assert_eq!(matcher.baseline(&needs, options).unwrap_err().kind(), ErrorKind::Cancelled);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn progress(self, progress: &'p ProgressFn<'p>) -> Self {
        Self { progress, ..self }
    }
}

impl From<Baseline> for BaselineOptions<'_> {
    fn from(kind: Baseline) -> Self {
        Self::new(kind)
    }
}

impl fmt::Debug for BaselineOptions<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BaselineOptions").field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl Matcher {
    /// Returns the objective that a simple rule achieves: people served by priority, and Σ score × people × priority weight.
    ///
    /// # Errors
    ///
    /// Those of [`rank_all`](Self::rank_all); `cancelled` if the progress callback cancels.
    ///
    /// # Example: a queue takes the place that suits another need better
    ///
    /// ```
    /// use lotse::{AllocateOptions, Baseline, Matcher, Need, Offer};
    /// let offers = [
    ///     Offer::from_json(r#"{"id": "o-1", "languages": ["de", "uk"], "capacity": 1}"#)?,
    ///     Offer::from_json(r#"{"id": "o-2", "languages": ["de"], "capacity": 1}"#)?,
    /// ];
    /// let matcher = Matcher::builder().offers(offers).build()?;
    /// // Both offers suit n-1, and o-1 is the first of equal ones; n-2 has no other.
    /// let needs = [Need::builder("n-1").language("de").build()?, Need::builder("n-2").language("uk").build()?];
    /// assert_eq!(matcher.baseline(&needs, Baseline::FirstComeFirstServed)?.people, [0, 0, 0, 1]);
    /// assert_eq!(matcher.allocate(&needs, &AllocateOptions::new())?.objective().people, [0, 0, 0, 2]);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn baseline<'p>(&self, needs: &[Need], options: impl Into<BaselineOptions<'p>>) -> Result<Objective, Error> {
        let BaselineOptions { kind, progress } = options.into();
        let parties = queued_parties(self, needs, &ProgressReporter::new(progress))?;
        let places_left = PlacesLeft::new(self);
        Ok(match kind {
            Baseline::FirstComeFirstServed => first_come_first_served(self, &parties, places_left),
            Baseline::Greedy => greedy(self, &parties, places_left),
        })
    }
}

fn first_come_first_served(matcher: &Matcher, parties: &[QueuedParty], mut places_left: PlacesLeft) -> Objective {
    let mut served = Objective::ZERO;
    for party in parties {
        let best = party.ranked_offers(matcher).into_iter().find(|(slot, _)| places_left.suffice(*slot, party.size));
        if let Some((slot, offer)) = best {
            places_left.take(slot, party.size);
            served = party.add_to(served, offer);
        }
    }
    served
}

fn greedy(matcher: &Matcher, parties: &[QueuedParty], mut places_left: PlacesLeft) -> Objective {
    let mut pairs = Vec::new();
    for (position, party) in parties.iter().enumerate() {
        for (slot, offer) in party.ranked_offers(matcher) {
            let mean_score = offer.score.checked_div(u128::from(party.size)).unwrap_or(0);
            pairs.push((Reverse(mean_score), position, party, slot, offer));
        }
    }
    // Stable, because the offers of one party must keep the order of its ranking.
    sort_by_key(&mut pairs, |(mean_score, position, ..)| (*mean_score, *position));
    let (mut served, mut placed) = (Objective::ZERO, OrderedSet::default());
    for (_, position, party, slot, offer) in pairs {
        if !placed.contains(&position) && places_left.suffice(slot, party.size) {
            placed.insert(position);
            places_left.take(slot, party.size);
            served = party.add_to(served, offer);
        }
    }
    served
}

/// A party in the order of the list, with the offers of its members.
#[derive(Default)]
struct QueuedParty {
    members: usize,
    size: u64,
    /// The people by priority; its other levels are 0.
    people: Objective,
    /// By slot; an offer can serve the party if it matches all members.
    offers: OrderedMap<Slot, PartyScore>,
}

/// The sums over the members of a party that match an offer.
#[derive(Clone, Copy, Default)]
struct PartyScore {
    matches: usize,
    /// Σ score × people.
    score: u128,
    /// Σ criteria to check.
    to_check: u32,
    /// Σ score × people × priority weight.
    value: i128,
}

/// Combines needs into parties, in the order in which their first needs are listed.
fn queued_parties(
    matcher: &Matcher,
    needs: &[Need],
    progress: &ProgressReporter<'_>,
) -> Result<Vec<QueuedParty>, Error> {
    let mut errors = ErrorSink::default();
    let profiles = allocation_profiles(&mut errors, matcher, needs);
    let profiles = errors.into_result(profiles)?;
    let interned = InternedProfiles::new(&profiles);
    let matches = progress.unless_cancelled(matcher.index.match_profiles(&interned, progress))?;
    let mut parties: Vec<QueuedParty> = Vec::new();
    let mut by_group: OrderedMap<&str, usize> = OrderedMap::default();
    for (need, matches) in needs.iter().zip(interned.expand(&matches)) {
        let next = parties.len();
        let position = need.group().map_or(next, |group| *by_group.entry(group).or_insert_with(|| next));
        if position == next {
            parties.push(QueuedParty::default());
        }
        let Some(party) = parties.get_mut(position) else { continue };
        party.add_member(need);
        let weight = i128::from(matcher.policy().priority_weights.get(need.priority()));
        for found in matches.into_iter().flatten() {
            let offer = party.offers.entry(found.slot).or_default();
            let score = u64::from(found.score).saturating_mul(u64::from(need.people()));
            offer.matches = offer.matches.saturating_add(1);
            offer.score = offer.score.saturating_add(u128::from(score));
            offer.to_check = offer.to_check.saturating_add(u32::from(found.to_check));
            offer.value = offer.value.saturating_add(i128::from(score).saturating_mul(weight));
        }
    }
    Ok(parties)
}

impl QueuedParty {
    fn add_member(&mut self, need: &Need) {
        self.members = self.members.saturating_add(1);
        self.size = self.size.saturating_add(u64::from(need.people()));
        for (priority, count) in Priority::all().zip(&mut self.people.people) {
            if priority == need.priority() {
                *count = count.saturating_add(i128::from(need.people()));
            }
        }
    }

    /// Returns the offers that match all members, by score descending, then fewer criteria to check, then id.
    fn ranked_offers(&self, matcher: &Matcher) -> Vec<(Slot, PartyScore)> {
        let of_all = self.offers.iter().filter(|(_, offer)| offer.matches == self.members);
        let mut offers: Vec<(Slot, PartyScore)> = of_all.map(|(slot, offer)| (*slot, *offer)).collect();
        let id = |slot: Slot| matcher.index.offer(slot).map(Offer::id);
        sort_by(&mut offers, |(a_slot, a), (b_slot, b)| {
            let order = b.score.cmp(&a.score).then(a.to_check.cmp(&b.to_check));
            order.then_with(|| id(*a_slot).cmp(&id(*b_slot)))
        });
        offers
    }

    /// Returns the sum of an objective and that of the party at an offer.
    fn add_to(&self, objective: Objective, offer: PartyScore) -> Objective {
        let party = Objective { value: offer.value, ..self.people };
        // Sums of at most a few billion people times a score cannot overflow 128 bits.
        objective.plus(party, 1).unwrap_or(objective)
    }
}

/// The places left in each slot, or `None` if their number is unlimited.
struct PlacesLeft(OrderedMap<Slot, Option<u64>>);

impl PlacesLeft {
    fn new(matcher: &Matcher) -> Self {
        let limit = |slot: &Slot| (*slot, AvailablePlaces::new(matcher, *slot).limit);
        Self(OrderedMap::from_iter(matcher.index.slots_by_id().values().map(limit)))
    }

    fn suffice(&self, slot: Slot, size: u64) -> bool {
        self.0.get(&slot).is_some_and(|left| left.is_none_or(|left| left >= size))
    }

    fn take(&mut self, slot: Slot, size: u64) {
        if let Some(Some(left)) = self.0.get_mut(&slot) {
            *left = left.saturating_sub(size);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        enums::{CapacityState, LanguageLevel},
        need_builder::NeedBuilder,
        offer_builder::OfferBuilder,
    };

    fn matcher(offers: impl IntoIterator<Item = OfferBuilder>) -> Matcher {
        let offers = offers.into_iter().map(|offer| offer.build().unwrap());
        Matcher::builder().offers(offers).build().unwrap()
    }

    fn needs(needs: impl IntoIterator<Item = NeedBuilder>) -> Vec<Need> {
        needs.into_iter().map(|need| need.build().unwrap()).collect()
    }

    #[test]
    fn a_queue_takes_the_place_that_suits_another_need_better() {
        // Both offers match n-1, and o-2 has the higher score; n-2 matches only o-2.
        let matcher = matcher([
            Offer::builder("o-1").language("en").capacity(1),
            Offer::builder("o-2").language("de").language("ti").capacity(1),
        ]);
        let needs = needs([Need::builder("n-1").language("de").language("en"), Need::builder("n-2").language("ti")]);
        assert_eq!(matcher.baseline(&needs, Baseline::FirstComeFirstServed).unwrap().people, [0, 0, 0, 1]);
        assert_eq!(matcher.baseline(&needs, Baseline::Greedy).unwrap().people, [0, 0, 0, 1]);
    }

    #[test]
    fn greedy_does_not_depend_on_the_order_of_needs() {
        let matcher = matcher([Offer::builder("o-1").language("de").capacity(1)]);
        let level = |id, level| Need::builder(id).language_with_level("de", level);
        let needs = needs([level("n-1", LanguageLevel::B1), level("n-2", LanguageLevel::Native)]);
        let (first, best) = (
            matcher.baseline(&needs, Baseline::FirstComeFirstServed).unwrap(),
            matcher.baseline(&needs, Baseline::Greedy).unwrap(),
        );
        assert!(first.value < best.value && first.people == best.people, "{first:?} {best:?}");
    }

    #[test]
    fn a_group_stays_whole_and_a_waiting_list_has_no_places() {
        let offers = || [Offer::builder("o-1").capacity(2), Offer::builder("o-2").capacity(CapacityState::Waitlist)];
        let member = |id| Need::builder(id).group("g-1").language_with_level("uk", LanguageLevel::B2);
        let family = ["n-1", "n-2", "n-3"].map(member);
        let all = needs(family.into_iter().chain([Need::builder("n-4").people(2).language("uk")]));
        assert_eq!(matcher(offers()).baseline(&all, Baseline::FirstComeFirstServed).unwrap().people, [0, 0, 0, 2]);
        let more = matcher(offers().into_iter().chain([Offer::builder("o-3").capacity(3).language("uk")]));
        assert_eq!(more.baseline(&all, Baseline::FirstComeFirstServed).unwrap().people, [0, 0, 0, 5]);
        // n-4 has the highest score at o-3, and the group would need all places there.
        assert_eq!(more.baseline(&all, Baseline::Greedy).unwrap().people, [0, 0, 0, 2]);
    }
}
