//! Who must go to the same offer.

use std::sync::Arc;

use crate::{
    allocate::AllocateOptions,
    matcher::{Matcher, idx::Slot, intern::InternedProfiles, profile::Profile},
    model::{criterion::Criterion, enums::Rule, need::Need},
    solver::problem::CLASSES,
    util::{ordered_map::OrderedMap, progress::ProgressReporter, sort::sort_by_key},
};

/// The needs of one group, or a need on its own.
#[derive(Debug)]
pub(crate) struct Party {
    /// Positions of the needs, in the order of their ids.
    pub(crate) members: Vec<usize>,
    pub(crate) group: bool,
    /// What fits it: only offers that match all members.
    // INVARIANT: in the order of offers, each once.
    pub(crate) choices: Vec<Choice>,
}

/// What one offer is to a party.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Choice {
    /// The position of the offer in the order of ids.
    pub(crate) offer: usize,
    /// Σ score × people × priority weight, in hundred-millionths.
    pub(crate) value: i64,
}

impl Party {
    /// Takes what fits its members for its choices, where it fits all of them.
    pub(crate) fn choose(&mut self, mut found: Vec<Choice>) {
        if self.members.len() > 1 {
            sort_by_key(&mut found, |choice| choice.offer);
        }
        let of_offers = found.chunk_by(|one, other| one.offer == other.offer);
        let whole = of_offers.filter(|of_offer| of_offer.len() == self.members.len());
        self.choices = whole
            .filter_map(|of_offer| {
                let value = of_offer.iter().fold(0, |sum: i64, choice| sum.saturating_add(choice.value));
                of_offer.first().map(|first| Choice { value, ..*first })
            })
            .collect();
    }

    /// Whether an offer matches all members.
    pub(crate) fn fits(&self, offer: usize) -> bool {
        self.choices.binary_search_by_key(&offer, |choice| choice.offer).is_ok()
    }
}

/// An offer that a need could go to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    /// The position of the offer in the order of ids.
    pub(crate) offer: usize,
    pub(crate) score: u32,
}

/// The parties in the order of their first need's id.
pub(crate) fn parties(needs: &[Need]) -> Vec<Party> {
    let mut order: Vec<usize> = (0..needs.len()).collect();
    let id = |position: &usize| needs.get(*position).map(Need::id);
    sort_by_key(&mut order, id);
    let mut parties: Vec<Party> = Vec::new();
    let mut of_group: OrderedMap<&str, usize> = OrderedMap::default();
    for position in order {
        let group = needs.get(position).and_then(Need::group);
        let next = parties.len();
        let number = group.map_or(next, |group| *of_group.entry(group).or_insert_with(|| next));
        match parties.get_mut(number) {
            Some(party) => party.members.push(position),
            None => {
                parties.push(Party { members: vec![position], group: group.is_some(), choices: Vec::new() });
            }
        }
    }
    parties
}

/// How many people of each priority some needs are for.
pub(crate) fn people<'n>(needs: impl IntoIterator<Item = &'n Need>) -> [u32; CLASSES] {
    let mut people = [0_u32; CLASSES];
    for need in needs {
        // Priorities are declared in their order.
        if let Some(count) = people.get_mut(need.priority() as usize) {
            *count = count.saturating_add(need.people());
        }
    }
    people
}

impl Matcher {
    /// Profiles for a plan: only places count there, so that the capacity scores and does not exclude.
    pub(crate) fn without_capacity(mut profiles: Vec<Profile>) -> Vec<Profile> {
        for profile in &mut profiles {
            let rule = profile.rules.get_mut(Criterion::Capacity);
            if rule.rule == Rule::Must {
                rule.rule = Rule::Prefer;
            }
        }
        profiles
    }

    /// The offers that match each profile, but for those that the options exclude, in the order of offer ids; each distinct profile
    /// is looked at once.
    pub(crate) fn candidates(
        &self,
        profiles: &[Profile],
        options: &AllocateOptions,
        progress: &ProgressReporter<'_>,
    ) -> Vec<Arc<[Candidate]>> {
        let least = options.min_score.get();
        let mut places: Vec<Option<usize>> = vec![None; self.index.slot_count()];
        for (place, slot) in self.index.slots_by_id().values().enumerate() {
            if let Some(of_slot) = places.get_mut(slot.get()) {
                *of_slot = Some(place);
            }
        }
        let alike = InternedProfiles::new(profiles);
        let ranked = self.index.match_profiles(&alike, progress);
        let found: Vec<Arc<[Candidate]>> = alike
            .distinct()
            .iter()
            .zip(ranked)
            .map(|(interned, ranked)| {
                if progress.is_cancelled() {
                    return Arc::from([]);
                }
                let mut neighbour = self.index.is_from_neighbour(interned.profile);
                let mut serves = |slot: Slot| options.neighbour_serves || !neighbour(slot);
                let mut candidates: Vec<Candidate> = ranked
                    .iter()
                    .filter(|ranked| ranked.score >= least && serves(ranked.slot))
                    .filter_map(|ranked| {
                        let offer = places.get(ranked.slot.get()).copied().flatten()?;
                        Some(Candidate { offer, score: ranked.score })
                    })
                    .collect();
                sort_by_key(&mut candidates, |candidate| candidate.offer);
                candidates.into()
            })
            .collect();
        alike.expand(&found).map(|found| found.cloned().unwrap_or_else(|| Arc::from([]))).collect()
    }
}
