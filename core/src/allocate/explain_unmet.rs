//! The reasons of unmet needs: each has the first that holds, in the order of [`UnmetReason`].

use std::sync::Arc;

use crate::{
    allocate::{
        assignment::Assignment,
        eligible::RemovedMatches,
        group_shape::GroupShape,
        index::{DistinctIdx, IndexVec, NeedIdx, ProfileIdx},
        instance::Instance,
        party::Party,
        unmet::{MAX_LISTED, UnmetNeed, UnmetReason},
    },
    matcher::{DEFAULT_NEAR_MISSES, Diagnosis, profile::Profile},
    model::enums::PlanOption,
    util::{ordered_map::OrderedMap, progress::ProgressReporter, sort::sort_by_key},
};

/// Returns the unmet needs of an assignment in id order; incomplete if the operation was cancelled.
pub(crate) fn unmet_needs(
    instance: &Instance<'_>,
    assignment: &Assignment,
    progress: &ProgressReporter<'_>,
) -> Vec<UnmetNeed> {
    let diagnoses = Diagnoses::new(instance, assignment, progress);
    let mut shapes: IndexVec<DistinctIdx, Option<Shape>> =
        (0..instance.parties.distinct_count()).map(|_| None).collect();
    let mut unmet: Vec<(NeedIdx, UnmetNeed)> = Vec::new();
    for party in assignment.unmet_parties(instance) {
        if progress.is_cancelled() {
            break;
        }
        let Some(shape) = shapes.get_mut(party.distinct) else { continue };
        let shape = shape.get_or_insert_with(|| Shape::new(instance, assignment, party, progress));
        let reason = shape.reason(instance, party);
        for member in &party.members {
            let Some(need) = instance.records.needs.get(*member) else { continue };
            let reason = diagnoses.no_offer(instance, *member).unwrap_or_else(|| reason.clone());
            let previous = instance.given.known_previous(*member).and_then(|offer| instance.records.offer_id(offer));
            unmet.push((*member, UnmetNeed { need: need.id().to_owned(), reason, previous }));
        }
    }
    sort_by_key(&mut unmet, |(need, _)| *need);
    unmet.into_iter().map(|(_, unmet)| unmet).collect()
}

/// The diagnoses of profiles without an eligible offer.
struct Diagnoses(OrderedMap<ProfileIdx, Diagnosis>);

impl Diagnoses {
    /// Diagnoses the profile of each unmet need without an eligible offer once.
    fn new(instance: &Instance<'_>, assignment: &Assignment, progress: &ProgressReporter<'_>) -> Self {
        let eligible = &instance.eligible;
        let mut profiles: OrderedMap<ProfileIdx, &Profile> = OrderedMap::default();
        for member in assignment.unmet_parties(instance).flat_map(|party| &party.members) {
            if let Some(profile) = instance.records.profiles.get(*member).filter(|_| eligible.is_empty(*member)) {
                profiles.insert(eligible.profile(*member), profile);
            }
        }
        let (indices, profiles): (Vec<ProfileIdx>, Vec<Profile>) =
            profiles.into_entries().map(|(index, profile)| (index, profile.clone())).unzip();
        let diagnoses = instance.records.matcher.index.diagnose_step(&profiles, DEFAULT_NEAR_MISSES, progress);
        Self(OrderedMap::from_iter(indices.into_iter().zip(diagnoses)))
    }

    /// Returns the reason of a need without an eligible offer, or `None` if it has one.
    fn no_offer(&self, instance: &Instance<'_>, member: NeedIdx) -> Option<UnmetReason> {
        if !instance.eligible.is_empty(member) {
            return None;
        }
        let (need, profile) = (instance.records.needs.get(member)?, instance.eligible.profile(member));
        let diagnosis = self.0.get(&profile)?.clone().of_need(need.id());
        let RemovedMatches { by_min_score, by_neighbour_serves } = instance.eligible.removed(member);
        let options = [(by_min_score, PlanOption::MinScore), (by_neighbour_serves, PlanOption::NeighbourServes)];
        let options = options.into_iter().filter(|(has_removed, _)| *has_removed).map(|(_, option)| option);
        Some(UnmetReason::NoOffer { diagnosis, options: options.collect() })
    }
}

/// The reason that unmet parties share if they differ in nothing but the ids of their needs.
enum Shape {
    NoCommonOffer(GroupShape),
    Places(PlacesOfMatches),
}

impl Shape {
    fn new(instance: &Instance<'_>, assignment: &Assignment, party: &Party, progress: &ProgressReporter<'_>) -> Self {
        if instance.offers(party).next().is_none() {
            Self::NoCommonOffer(GroupShape::new(instance, party, progress))
        } else {
            Self::Places(PlacesOfMatches::new(instance, assignment, party))
        }
    }

    fn reason(&self, instance: &Instance<'_>, party: &Party) -> UnmetReason {
        match self {
            Self::NoCommonOffer(shape) => shape.reason(instance, party),
            Self::Places(places) => places.reason(u64::from(party.size())),
        }
    }
}

/// The places of the offers that match all members of a party.
struct PlacesOfMatches {
    offers: u64,
    /// The needs that are referred to them.
    taken_by: u64,
    /// The most places at one offer; `u64::MAX` if their number is unlimited.
    most_places: u64,
    /// The most places left at one offer.
    most_left: u64,
    /// The most places left at one offer whose number of places is known.
    most_known_left: u64,
    /// The first offers whose number of places is assumed.
    assumed: Arc<[String]>,
    more_assumed: u64,
}

impl PlacesOfMatches {
    fn new(instance: &Instance<'_>, assignment: &Assignment, party: &Party) -> Self {
        let (mut assumed, mut more_assumed) = (Vec::new(), 0_u64);
        let (mut offers, mut taken_by) = (0_u64, 0_u64);
        let (mut most_places, mut most_left, mut most_known_left) = (0, 0, 0);
        for common in instance.offers(party) {
            let (record, usage) = (instance.records.offers.get(common.offer), assignment.usage(common.offer));
            let Some((record, usage)) = record.zip(usage) else { continue };
            offers = offers.saturating_add(1);
            taken_by = taken_by.saturating_add(usage.needs);
            let left = usage.left.unwrap_or(u64::MAX);
            most_places = most_places.max(record.places.limit.unwrap_or(u64::MAX));
            most_left = most_left.max(left);
            if record.places.is_assumed {
                if assumed.len() < MAX_LISTED {
                    assumed.push(record.id.to_string());
                } else {
                    more_assumed = more_assumed.saturating_add(1);
                }
            } else {
                most_known_left = most_known_left.max(left);
            }
        }
        let assumed = assumed.into();
        Self { offers, taken_by, most_places, most_left, most_known_left, assumed, more_assumed }
    }

    fn reason(&self, size: u64) -> UnmetReason {
        let has_too_few_left = self.most_known_left > 0 && self.most_left < size;
        let has_too_few = self.assumed.is_empty() && self.most_places < size;
        if size > 1 && (has_too_few_left || has_too_few) {
            return UnmetReason::PartyTooLarge { people: size, left: self.most_known_left };
        }
        if !self.assumed.is_empty() {
            return UnmetReason::PlaceUnknown { offers: Arc::clone(&self.assumed), more: self.more_assumed };
        }
        UnmetReason::NoPlace { offers: self.offers, taken_by: self.taken_by }
    }
}
