//! Interning: distinct requirements and distinct profiles get an index each.
//!
//! Needs of one incident have much in common. Each distinct requirement is assessed once (see [`memo`](crate::matcher::memo)), each
//! distinct profile is ranked once, and [`InternedProfiles::expand`] copies the results to all profiles. Interning n profiles
//! takes O(n log n).

use std::{
    collections::BTreeMap,
    hash::{Hash, Hasher},
};

use rustc_hash::FxHasher;

use crate::{
    matcher::{
        idx::{ProfileIdx, RequirementIdx},
        profile::{Profile, Requirement},
    },
    model::criterion::{CRITERIA, Criterion},
    util::parallel::map,
};

/// The requirements of one profile, in the order of criteria.
pub(crate) type RequirementKey = [RequirementIdx; CRITERIA];

/// A distinct profile.
#[derive(Clone, Copy, Debug)]
pub(crate) struct InternedProfile<'p> {
    pub(crate) profile: &'p Profile,
    pub(crate) key: RequirementKey,
}

/// Profiles with their distinct requirements and distinct profiles.
#[derive(Debug)]
pub(crate) struct InternedProfiles<'p> {
    requirements: Vec<Requirement<'p>>,
    /// The distinct profiles, in order of first occurrence.
    distinct: Vec<InternedProfile<'p>>,
    /// For each profile, its index in `distinct`.
    indices: Vec<ProfileIdx>,
}

impl<'p> InternedProfiles<'p> {
    pub(crate) fn new(profiles: &'p [Profile]) -> Self {
        let criteria: Vec<Criterion> = Criterion::all().collect();
        let by_criterion = map(&criteria, |criterion| intern_requirements(profiles, *criterion));
        let mut keys = vec![RequirementKey::default(); profiles.len()];
        let mut requirements = Vec::new();
        for (position, (distinct, indices)) in by_criterion.into_iter().enumerate() {
            let offset = requirements.len();
            for (key, index) in keys.iter_mut().zip(indices) {
                if let Some(entry) = key.get_mut(position) {
                    *entry = RequirementIdx::new(index.get().saturating_add(offset));
                }
            }
            requirements.extend(distinct);
        }
        // Equal requirements do not imply equal weights: a plan changes rules after the weights were apportioned.
        let (mut known, mut distinct) = (BTreeMap::new(), Vec::new());
        let intern = |(profile, key): (&'p Profile, RequirementKey)| {
            *known.entry((key, profile.weights.as_array())).or_insert_with(|| {
                distinct.push(InternedProfile { profile, key });
                ProfileIdx::new(distinct.len().saturating_sub(1))
            })
        };
        let indices = profiles.iter().zip(keys).map(intern).collect();
        Self { requirements, distinct, indices }
    }

    pub(crate) fn requirements(&self) -> &[Requirement<'p>] {
        &self.requirements
    }

    pub(crate) fn distinct(&self) -> &[InternedProfile<'p>] {
        &self.distinct
    }

    /// Returns, for each profile, its index among the distinct ones.
    pub(crate) fn indices(&self) -> &[ProfileIdx] {
        &self.indices
    }

    /// Returns the result of each profile, given the results of the distinct profiles; `None` if there is none for it.
    pub(crate) fn expand<'a, T>(&'a self, results: &'a [T]) -> impl Iterator<Item = Option<&'a T>> {
        self.indices.iter().map(|index| results.get(index.get()))
    }
}

/// Returns the distinct requirements of one criterion, in order of first occurrence, and the index of each profile's.
fn intern_requirements(profiles: &[Profile], criterion: Criterion) -> (Vec<Requirement<'_>>, Vec<RequirementIdx>) {
    let (mut known, mut distinct) = (BTreeMap::new(), Vec::new());
    let intern = |profile| {
        let requirement = Profile::requirement(profile, criterion);
        let key = (fingerprint(&requirement.value), requirement.value, requirement.rule);
        *known.entry(key).or_insert_with(|| {
            distinct.push(requirement);
            RequirementIdx::new(distinct.len().saturating_sub(1))
        })
    };
    let indices = profiles.iter().map(intern).collect();
    (distinct, indices)
}

/// Returns a hash, which is compared before the value because one comparison of numbers distinguishes most values.
///
/// No result may depend on the order of hashes: a hash depends on the platform, and an attacker can create collisions.
fn fingerprint(value: &impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::InternedProfiles;
    use crate::{
        criteria::Context,
        error::ErrorSink,
        matcher::profile::Profile,
        model::{criterion::Criterion, enums::Rule, need::Need, policy::Policy},
        vocabulary::Vocabulary,
    };

    #[test]
    fn profiles_are_equal_only_if_their_weights_are() {
        let policy = Policy::builder().weight(Criterion::Capacity, 0.0).build().unwrap();
        let vocabulary = Vocabulary::default();
        let context = Context { policy: &policy, vocabulary: &vocabulary };
        let need = |id| Need::builder(id).help("legal");
        let needs = [need("n-1"), need("n-2").rule(Criterion::Capacity, Rule::Prefer), need("n-3")];
        let needs = needs.map(|need| need.build().unwrap());
        let mut profiles = Profile::of_needs(&mut ErrorSink::default(), &needs, context);
        for profile in &mut profiles {
            profile.rules.get_mut(Criterion::Capacity).rule = Rule::Prefer;
        }
        let interned = InternedProfiles::new(&profiles);
        assert_eq!(interned.requirements().len(), 10);
        assert_eq!(interned.distinct().len(), 2);
        assert!(interned.expand(&["first", "second"]).eq([Some(&"first"), Some(&"second"), Some(&"first")]));
    }
}
