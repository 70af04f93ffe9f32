//! What needs have in common: each question that they ask once, and each profile once.

use std::collections::BTreeMap;

use crate::{
    criteria::NeedValue,
    matcher::{fingerprint::fingerprint, profile::Profile},
    model::{
        criterion::{CRITERIA, Criterion},
        enums::Rule,
        rules::EffectiveRule,
    },
    util::parallel::map,
};

/// What is asked of one criterion, and what its rule excludes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Requirement<'p> {
    pub(crate) criterion: Criterion,
    /// Nothing where the need leaves it open, or the rule is to ignore it.
    pub(crate) wanted: Option<&'p NeedValue>,
    pub(crate) rule: EffectiveRule,
}

impl<'p> Requirement<'p> {
    pub(crate) fn of(profile: &'p Profile, criterion: Criterion) -> Self {
        Self { criterion, wanted: profile.wanted.get(criterion).as_ref(), rule: *profile.rules.get(criterion) }
    }

    /// Whether an offer can answer: what is left open still meets what an offer may restrict.
    pub(crate) fn meets_offers(&self) -> bool {
        let restricted =
            matches!(self.criterion, Criterion::Crime | Criterion::Role | Criterion::Gender | Criterion::Age);
        self.rule.rule != Rule::Ignore && (self.wanted.is_some() || restricted)
    }

    /// Whether some answer excludes an offer.
    pub(crate) fn may_exclude(&self) -> bool {
        self.wanted.is_some() && self.rule.rule == Rule::Must
    }
}

/// The numbers of the questions of one profile, in the order of criteria.
pub(crate) type Key = [u32; CRITERIA];

/// Some profiles, with what they have in common found.
///
/// Profiles are equal exactly where their questions are, since the weights follow from them.
#[derive(Debug)]
pub(crate) struct InternedProfiles<'p> {
    questions: Vec<Requirement<'p>>,
    /// The distinct profiles, in the order in which they first stand.
    distinct: Vec<(&'p Profile, Key)>,
    /// Where each profile stands among the distinct ones.
    places: Vec<usize>,
}

impl<'p> InternedProfiles<'p> {
    pub(crate) fn of(profiles: &'p [Profile]) -> Self {
        let criteria: Vec<Criterion> = Criterion::all().collect();
        let asked = map(&criteria, |criterion| asked(profiles, *criterion));
        let mut keys: Vec<Key> = vec![Key::default(); profiles.len()];
        let mut questions = Vec::new();
        for (place, (distinct, numbers)) in asked.into_iter().enumerate() {
            let first = u32::try_from(questions.len()).unwrap_or(u32::MAX);
            for (key, number) in keys.iter_mut().zip(numbers) {
                if let Some(cell) = key.get_mut(place) {
                    *cell = number.saturating_add(first);
                }
            }
            questions.extend(distinct);
        }
        let (mut known, mut distinct): (BTreeMap<Key, usize>, Vec<_>) = (BTreeMap::new(), Vec::new());
        let place = |(profile, key): (&'p Profile, Key)| {
            *known.entry(key).or_insert_with(|| {
                distinct.push((profile, key));
                distinct.len().saturating_sub(1)
            })
        };
        let places = profiles.iter().zip(keys).map(place).collect();
        Self { questions, distinct, places }
    }

    pub(crate) fn questions(&self) -> &[Requirement<'p>] {
        &self.questions
    }

    pub(crate) fn distinct(&self) -> &[(&'p Profile, Key)] {
        &self.distinct
    }

    /// What was found for the distinct profiles, for each profile.
    pub(crate) fn share<'a, T>(&'a self, found: &'a [T]) -> impl Iterator<Item = Option<&'a T>> {
        self.places.iter().map(|place| found.get(*place))
    }
}

/// The distinct questions about one criterion in the order in which they first stand, and the number of each profile's.
fn asked(profiles: &[Profile], criterion: Criterion) -> (Vec<Requirement<'_>>, Vec<u32>) {
    let (mut known, mut distinct) = (BTreeMap::new(), Vec::new());
    let number = |profile| {
        let question = Requirement::of(profile, criterion);
        *known.entry((fingerprint(&question.wanted), question.wanted, question.rule)).or_insert_with(|| {
            distinct.push(question);
            u32::try_from(distinct.len().saturating_sub(1)).unwrap_or(u32::MAX)
        })
    };
    let numbers = profiles.iter().map(number).collect();
    (distinct, numbers)
}
