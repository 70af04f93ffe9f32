//! Baselines: what simple rules for the distribution of places achieve, to compare a plan with.
//!
//! They keep to the constraints of a plan: a group stays whole, no offer exceeds its places, a waiting list has none.

use std::{cmp::Reverse, collections::BinaryHeap, fmt};

use crate::{
    allocate::{capacity::AvailablePlaces, records::allocation_profiles},
    error::{Error, ErrorSink},
    matcher::{Matcher, idx::Slot, intern::InternedProfiles, rank::ScoredSlot},
    model::{enums::Priority, need::Need},
    solver::problem::Objective,
    util::{
        ordered_map::OrderedMap,
        progress::{NO_PROGRESS, ProgressFn, ProgressReporter},
        sort::sort_by_key,
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
/// assert!(calls.into_inner() > 0);
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
        let progress = ProgressReporter::new(progress);
        let queue = Queue::new(self, needs, &progress)?;
        let places_left = PlacesLeft::new(self);
        progress.unless_cancelled(match kind {
            Baseline::FirstComeFirstServed => first_come_first_served(&queue, places_left, &progress),
            Baseline::Greedy => greedy(&queue, places_left, &progress),
        })
    }
}

fn first_come_first_served(queue: &Queue, mut places_left: PlacesLeft, progress: &ProgressReporter<'_>) -> Objective {
    let mut served = Objective::ZERO;
    // For each profile, the number of its best offers that are full.
    let mut full = vec![0_usize; queue.rankings.len()];
    for party in &queue.parties {
        if progress.is_cancelled() {
            break;
        }
        let known = match &party.offers {
            PartyOffers::OfProfile(profile, _) => full.get_mut(*profile),
            PartyOffers::OfGroup(_) => None,
        };
        let is_full = |rank: usize| queue.offer(party, rank).is_some_and(|(slot, _)| !places_left.suffice(slot, 1));
        let mut start = known.as_deref().copied().unwrap_or(0);
        while is_full(start) {
            start = start.saturating_add(1);
        }
        if let Some(known) = known {
            *known = start;
        }
        let mut offers = (start..).map_while(|rank| queue.offer(party, rank));
        if let Some((slot, offer)) = offers.find(|(slot, _)| places_left.suffice(*slot, party.size)) {
            places_left.take(slot, party.size);
            served = party.add_to(served, offer);
        }
    }
    served
}

/// Takes the best pairs first. An offer that has too few places for a party keeps too few, so each party waits with its next offer.
fn greedy(queue: &Queue, mut places_left: PlacesLeft, progress: &ProgressReporter<'_>) -> Objective {
    let entry = |position: usize, rank: usize| {
        let party = queue.parties.get(position)?;
        let (slot, offer) = queue.offer(party, rank)?;
        let mean_score = offer.score.checked_div(u128::from(party.size)).unwrap_or(0);
        Some((mean_score, Reverse((position, rank)), slot, offer))
    };
    let first = (0..queue.parties.len()).filter_map(|position| entry(position, 0));
    let mut waiting: BinaryHeap<(u128, Reverse<(usize, usize)>)> =
        first.map(|(mean_score, place, ..)| (mean_score, place)).collect();
    let mut served = Objective::ZERO;
    while let Some((_, Reverse((position, rank)))) = waiting.pop() {
        if progress.is_cancelled() {
            break;
        }
        let Some(party) = queue.parties.get(position) else { continue };
        let suffices =
            |rank: &usize| queue.offer(party, *rank).is_none_or(|(slot, _)| places_left.suffice(slot, party.size));
        let Some((slot, offer)) = queue.offer(party, rank) else { continue };
        if suffices(&rank) {
            places_left.take(slot, party.size);
            served = party.add_to(served, offer);
        } else if let Some((mean_score, place, ..)) = (rank..).find(suffices).and_then(|rank| entry(position, rank)) {
            waiting.push((mean_score, place));
        }
    }
    served
}

/// The parties in the order of the list, and the rankings of their members.
struct Queue {
    parties: Vec<QueuedParty>,
    /// The matches of each distinct profile: by score descending, then fewer criteria to check, then id.
    rankings: Vec<Vec<ScoredSlot>>,
}

struct QueuedParty {
    size: u64,
    /// The people by priority; its other levels are 0.
    people: Objective,
    offers: PartyOffers,
}

/// The offers that match all members of a party.
enum PartyOffers {
    /// Those of a profile, for a need with this many people × priority weight.
    OfProfile(usize, i128),
    /// Those of a group, by score descending, then fewer criteria to check, then id.
    OfGroup(Vec<(Slot, PartyScore)>),
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

impl Queue {
    /// Combines needs into parties, in the order in which their first needs are listed.
    fn new(matcher: &Matcher, needs: &[Need], progress: &ProgressReporter<'_>) -> Result<Self, Error> {
        let mut errors = ErrorSink::default();
        let profiles = allocation_profiles(&mut errors, matcher, needs);
        let profiles = errors.into_result(profiles)?;
        let interned = InternedProfiles::new(&profiles);
        let ids = ranks_by_id(matcher);
        let rank = |slot: Slot| ids.get(slot.get()).copied();
        let rankings = matcher.index.map_matches(&interned, progress, |_, mut matches| {
            sort_by_key(&mut matches, |found| (Reverse(found.score), found.to_check, rank(found.slot)));
            matches
        });
        let rankings = progress.unless_cancelled(rankings)?;
        let mut members: Vec<Vec<(usize, &Need)>> = Vec::new();
        let mut by_group: OrderedMap<&str, usize> = OrderedMap::default();
        for (need, profile) in needs.iter().zip(interned.indices()) {
            let next = members.len();
            let position = need.group().map_or(next, |group| *by_group.entry(group).or_insert_with(|| next));
            match members.get_mut(position) {
                Some(members) => members.push((profile.get(), need)),
                None => members.push(vec![(profile.get(), need)]),
            }
        }
        let mut queue = Self { parties: Vec::with_capacity(members.len()), rankings };
        for members in members {
            if progress.is_cancelled() {
                break;
            }
            queue.parties.push(queue.party(matcher, &members, rank));
        }
        progress.unless_cancelled(queue)
    }

    fn party<R: Ord>(&self, matcher: &Matcher, members: &[(usize, &Need)], rank: impl Fn(Slot) -> R) -> QueuedParty {
        let mut party = QueuedParty { size: 0, people: Objective::ZERO, offers: PartyOffers::OfGroup(Vec::new()) };
        let mut offers: OrderedMap<Slot, PartyScore> = OrderedMap::default();
        for (profile, need) in members {
            party.add_member(need);
            let weight = i128::from(matcher.policy().priority_weights.get(need.priority()));
            if members.len() == 1 {
                party.offers = PartyOffers::OfProfile(*profile, weight);
                return party;
            }
            for found in self.rankings.get(*profile).into_iter().flatten() {
                offers.entry(found.slot).or_default().add(*found, u64::from(need.people()), weight);
            }
        }
        let offers = offers.into_entries().filter(|(_, offer)| offer.matches == members.len());
        let mut offers: Vec<(Slot, PartyScore)> = offers.collect();
        sort_by_key(&mut offers, |(slot, offer)| (Reverse(offer.score), offer.to_check, rank(*slot)));
        party.offers = PartyOffers::OfGroup(offers);
        party
    }

    /// Returns the offer of a rank for a party, with its sums.
    fn offer(&self, party: &QueuedParty, rank: usize) -> Option<(Slot, PartyScore)> {
        match &party.offers {
            PartyOffers::OfProfile(profile, weight) => {
                let found = *self.rankings.get(*profile)?.get(rank)?;
                let mut score = PartyScore::default();
                score.add(found, party.size, *weight);
                Some((found.slot, score))
            }
            PartyOffers::OfGroup(offers) => offers.get(rank).copied(),
        }
    }
}

/// Returns the position of each slot's offer in the order of ids.
fn ranks_by_id(matcher: &Matcher) -> Vec<usize> {
    let mut ranks = vec![usize::MAX; matcher.index.slot_count()];
    for (position, slot) in matcher.index.slots_by_id().values().enumerate() {
        if let Some(rank) = ranks.get_mut(slot.get()) {
            *rank = position;
        }
    }
    ranks
}

impl PartyScore {
    /// Adds the match of a member.
    fn add(&mut self, found: ScoredSlot, people: u64, weight: i128) {
        let score = u64::from(found.score).saturating_mul(people);
        self.matches = self.matches.saturating_add(1);
        self.score = self.score.saturating_add(u128::from(score));
        self.to_check = self.to_check.saturating_add(u32::from(found.to_check));
        self.value = self.value.saturating_add(i128::from(score).saturating_mul(weight));
    }
}

impl QueuedParty {
    fn add_member(&mut self, need: &Need) {
        self.size = self.size.saturating_add(u64::from(need.people()));
        for (priority, count) in Priority::all().zip(&mut self.people.people) {
            if priority == need.priority() {
                *count = count.saturating_add(i128::from(need.people()));
            }
        }
    }

    /// Returns the sum of an objective and that of the party at an offer.
    fn add_to(&self, objective: Objective, offer: PartyScore) -> Objective {
        let party = Objective { value: offer.value, ..self.people };
        // Sums of at most a few billion people times a score cannot overflow 128 bits.
        objective.plus(party, 1).unwrap_or(objective)
    }
}

/// The places left in each slot, or `None` if their number is unlimited.
struct PlacesLeft(Vec<Option<u64>>);

impl PlacesLeft {
    fn new(matcher: &Matcher) -> Self {
        let limit = |slot: usize| AvailablePlaces::new(matcher, Slot::new(slot)).limit;
        Self((0..matcher.index.slot_count()).map(limit).collect())
    }

    fn suffice(&self, slot: Slot, size: u64) -> bool {
        self.0.get(slot.get()).is_some_and(|left| left.is_none_or(|left| left >= size))
    }

    fn take(&mut self, slot: Slot, size: u64) {
        if let Some(Some(left)) = self.0.get_mut(slot.get()) {
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
        offer::Offer,
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
