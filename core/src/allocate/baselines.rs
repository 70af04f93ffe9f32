//! What simple ways of giving out places achieve, to compare a plan with.
//!
//! They keep the rules of a plan: groups and parties stay whole, no offer exceeds its places, a waiting list is no place.

use std::cmp::Reverse;

use crate::{
    error::{Error, ErrorSink},
    matcher::{Matcher, idx::Slot, intern::InternedProfiles, profile::Profile},
    model::{enums::Priority, need::Need},
    solver::problem::Objective,
    util::{
        ordered_map::{OrderedMap, OrderedSet},
        progress::{NO_PROGRESS, ProgressFn, ProgressReporter},
        sort::{sort_by, sort_by_key},
    },
};

/// Needs that go to one offer together: those of a group, or one alone.
#[derive(Default)]
struct Unit {
    members: usize,
    size: u64,
    worth: Objective,
    /// By slot; an offer serves the unit where it matches all members.
    offers: OrderedMap<Slot, Choice>,
}

/// An offer for a unit.
#[derive(Clone, Copy, Default)]
struct Choice {
    matches: usize,
    /// Score × people.
    score: u128,
    to_check: u32,
    /// Score × people × priority weight.
    value: i128,
}

impl Matcher {
    /// What first come, first served achieves: people served by priority, and weighted score.
    ///
    /// Needs are taken in the order of the list; each takes the best-scored offer with enough places left. A group is taken
    /// where its first need stands.
    ///
    /// # Errors
    ///
    /// As [`rank_all`](Self::rank_all).
    ///
    /// # Example: who comes late goes without
    ///
    /// ```
    /// use lotse::{Matcher, Need, Offer, Priority};
    /// let matcher = Matcher::builder().offers([Offer::builder("o-1").capacity(1).build()?]).build()?;
    /// let needs = [Need::builder("n-1").build()?, Need::builder("n-2").priority(Priority::Stat).build()?];
    /// assert_eq!(matcher.first_come(&needs)?.people, [0, 0, 0, 1]);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn first_come(&self, needs: &[Need]) -> Result<Objective, Error> {
        self.first_come_with(needs, NO_PROGRESS)
    }

    /// As [`first_come`](Self::first_come), while somebody looks on: `look(done, all)`, counted in needs that differ.
    ///
    /// # Errors
    ///
    /// As [`first_come`](Self::first_come), and `stopped` where `look` broke the work off.
    pub fn first_come_with(&self, needs: &[Need], on_progress: &ProgressFn<'_>) -> Result<Objective, Error> {
        let progress = ProgressReporter::new(on_progress);
        let mut left = self.places_left();
        let mut served = Objective::ZERO;
        for unit in self.units(needs, &progress)? {
            let choice = unit.best_first(self).into_iter().find(|(slot, _)| has(&left, *slot, unit.size));
            if let Some((slot, choice)) = choice {
                served = take(&mut left, slot, &unit, choice, served);
            }
        }
        Ok(served)
    }

    /// What always giving the best fit first achieves: people served by priority, and weighted score.
    ///
    /// Of all needs and offers the pair of the highest score goes first; of a group the mean over its people counts.
    ///
    /// # Errors
    ///
    /// As [`rank_all`](Self::rank_all).
    pub fn best_fit_first(&self, needs: &[Need]) -> Result<Objective, Error> {
        self.best_fit_first_with(needs, NO_PROGRESS)
    }

    /// As [`best_fit_first`](Self::best_fit_first), while somebody looks on: `look(done, all)`, counted in needs that differ.
    ///
    /// # Errors
    ///
    /// As [`best_fit_first`](Self::best_fit_first), and `stopped` where `look` broke the work off.
    pub fn best_fit_first_with(&self, needs: &[Need], on_progress: &ProgressFn<'_>) -> Result<Objective, Error> {
        let progress = ProgressReporter::new(on_progress);
        let mut left = self.places_left();
        let mut served = Objective::ZERO;
        let units = self.units(needs, &progress)?;
        let mut pairs = Vec::new();
        for (number, unit) in units.iter().enumerate() {
            for (slot, choice) in unit.best_first(self) {
                let mean = choice.score.checked_div(u128::from(unit.size)).unwrap_or(0);
                pairs.push((Reverse(mean), number, unit, slot, choice));
            }
        }
        // Stable: offers of one unit stay best first.
        sort_by_key(&mut pairs, |(mean, number, ..)| (*mean, *number));
        let mut done = OrderedSet::default();
        for (_, number, unit, slot, choice) in pairs {
            if !done.contains(&number) && has(&left, slot, unit.size) {
                done.insert(number);
                served = take(&mut left, slot, unit, choice, served);
            }
        }
        Ok(served)
    }

    /// The units in the order in which their first need stands.
    fn units(&self, needs: &[Need], progress: &ProgressReporter<'_>) -> Result<Vec<Unit>, Error> {
        let mut problems = ErrorSink::default();
        let profiles = Profile::of_needs(&mut problems, needs, self.index.context());
        let profiles = Self::without_capacity(problems.into_result(profiles)?);
        let alike = InternedProfiles::new(&profiles);
        let rankings = progress.unless_cancelled(self.index.match_profiles(&alike, progress))?;
        let mut units: Vec<Unit> = Vec::new();
        let mut of_group: OrderedMap<&str, usize> = OrderedMap::default();
        for (need, ranking) in needs.iter().zip(alike.expand(&rankings)) {
            let next = units.len();
            let number = need.group().map_or(next, |group| *of_group.entry(group).or_insert_with(|| next));
            if number == next {
                units.push(Unit::default());
            }
            let Some(unit) = units.get_mut(number) else { continue };
            let (people, weight) = (u64::from(need.people()), self.policy().priority_weights.get(need.priority()));
            unit.members = unit.members.saturating_add(1);
            unit.size = unit.size.saturating_add(people);
            for (priority, count) in Priority::all().zip(&mut unit.worth.people) {
                if priority == need.priority() {
                    *count = count.saturating_add(i128::from(people));
                }
            }
            for ranked in ranking.into_iter().flatten() {
                let choice = unit.offers.entry(ranked.slot).or_default();
                let score = u128::from(ranked.score).saturating_mul(u128::from(people));
                let value = i128::from(ranked.score).saturating_mul(i128::from(people));
                choice.matches = choice.matches.saturating_add(1);
                choice.score = choice.score.saturating_add(score);
                choice.to_check = choice.to_check.saturating_add(u32::from(ranked.to_check));
                choice.value = choice.value.saturating_add(value.saturating_mul(i128::from(weight)));
            }
        }
        Ok(units)
    }

    /// The places of each slot; nothing where there is no limit.
    fn places_left(&self) -> OrderedMap<Slot, Option<u64>> {
        OrderedMap::from_iter(self.index.slots_by_id().values().map(|slot| (*slot, self.places(*slot).limit)))
    }
}

impl Unit {
    /// The offers that match all members, in the order of a ranking.
    fn best_first(&self, matcher: &Matcher) -> Vec<(Slot, Choice)> {
        let all = self.offers.iter().filter(|(_, choice)| choice.matches == self.members);
        let mut offers: Vec<(Slot, Choice)> = all.map(|(slot, choice)| (*slot, *choice)).collect();
        let id = |slot: Slot| matcher.index.offer(slot).map(crate::Offer::id);
        sort_by(&mut offers, |(slot, choice), (other_slot, other)| {
            let order = other.score.cmp(&choice.score).then(choice.to_check.cmp(&other.to_check));
            order.then_with(|| id(*slot).cmp(&id(*other_slot)))
        });
        offers
    }
}

fn has(left: &OrderedMap<Slot, Option<u64>>, slot: Slot, size: u64) -> bool {
    left.get(&slot).is_some_and(|left| left.is_none_or(|left| left >= size))
}

/// Gives the unit its places, and adds what that is worth.
fn take(
    left: &mut OrderedMap<Slot, Option<u64>>,
    slot: Slot,
    unit: &Unit,
    choice: Choice,
    served: Objective,
) -> Objective {
    if let Some(Some(left)) = left.get_mut(&slot) {
        *left = left.saturating_sub(unit.size);
    }
    let more = Objective { value: choice.value, ..unit.worth };
    // Sums of at most a few billion people times a score cannot overflow 128 bits.
    served.plus(more, 1).unwrap_or(served)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CapacityState, Offer};

    fn matcher(offers: impl IntoIterator<Item = crate::OfferBuilder>) -> Matcher {
        let offers = offers.into_iter().map(|offer| offer.build().unwrap());
        Matcher::builder().offers(offers).build().unwrap()
    }

    fn needs(needs: impl IntoIterator<Item = crate::NeedBuilder>) -> Vec<Need> {
        needs.into_iter().map(|need| need.build().unwrap()).collect()
    }

    #[test]
    fn who_comes_first_takes_the_place_that_fits_another_better() {
        // Both offers serve n-1, and o-2 better; n-2 has no other.
        let matcher = matcher([
            Offer::builder("o-1").language("en").capacity(1),
            Offer::builder("o-2").language("de").language("ti").capacity(1),
        ]);
        let needs = needs([Need::builder("n-1").language("de").language("en"), Need::builder("n-2").language("ti")]);
        assert_eq!(matcher.first_come(&needs).unwrap().people, [0, 0, 0, 1]);
        assert_eq!(matcher.best_fit_first(&needs).unwrap().people, [0, 0, 0, 1]);
    }

    #[test]
    fn the_best_fit_goes_first_whatever_the_order() {
        let matcher = matcher([Offer::builder("o-1").language("de").capacity(1)]);
        let level = |id, level| Need::builder(id).language_with_level("de", level);
        let needs = needs([level("n-1", crate::LanguageLevel::B1), level("n-2", crate::LanguageLevel::Native)]);
        let (first, best) = (matcher.first_come(&needs).unwrap(), matcher.best_fit_first(&needs).unwrap());
        assert!(first.value < best.value && first.people == best.people, "{first:?} {best:?}");
    }

    #[test]
    fn a_family_stays_whole_and_a_waiting_list_is_no_place() {
        let offers = || [Offer::builder("o-1").capacity(2), Offer::builder("o-2").capacity(CapacityState::Waitlist)];
        let family = ["n-1", "n-2", "n-3"].map(|id| Need::builder(id).group("g-1"));
        let all = needs(family.into_iter().chain([Need::builder("n-4").people(2)]));
        assert_eq!(matcher(offers()).first_come(&all).unwrap().people, [0, 0, 0, 2]);
        let more = matcher(offers().into_iter().chain([Offer::builder("o-3").capacity(3)]));
        assert_eq!(more.first_come(&all).unwrap().people, [0, 0, 0, 5]);
        // n-4 likes the roomier o-3 better, and the family would need all of it.
        assert_eq!(more.best_fit_first(&all).unwrap().people, [0, 0, 0, 2]);
    }
}
