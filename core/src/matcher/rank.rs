//! The best offers of many needs: tables for distinct values, bitsets for what excludes, sums for the rest.

use std::{
    cmp::Ordering,
    collections::BTreeMap,
    sync::atomic::{self, AtomicUsize},
};

use crate::{
    criteria::{Wanted, assess, restriction},
    criterion::Criterion,
    matcher::{Matcher, bitset::Bitset, profile::Profile},
    policy::RuleInForce,
    terms::Rule,
};

/// How many profiles share their tables: enough to share much, few enough that the tables stay small.
pub(super) const BLOCK: usize = 512;

/// An offer that matches, before its reasons are put together.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ranked {
    pub(crate) slot: usize,
    pub(crate) score: u32,
    pub(crate) to_check: u8,
}

/// What is asked of one criterion, and what its rule excludes.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Question<'p> {
    pub(super) criterion: Criterion,
    /// Nothing where the need leaves open what an offer may restrict.
    wanted: Option<&'p Wanted>,
    rule: Option<RuleInForce>,
}

/// The answers to a question, by the number of the offer's value, and the slots that it does not exclude.
pub(super) struct Table {
    pub(super) cells: Vec<Cell>,
    /// Nothing where no slot is excluded.
    passing: Option<Bitset>,
}

#[derive(Clone, Copy, Default)]
pub(super) struct Cell {
    pub(super) fit: u16,
    pub(super) to_check: bool,
    pub(super) blocks: bool,
}

pub(super) type Tables<'p> = BTreeMap<Question<'p>, Table>;

impl Matcher {
    /// The best offers for each profile, best first. `progress` hears how many profiles are done.
    pub(crate) fn rank_profiles(
        &self,
        profiles: &[&Profile],
        top: usize,
        progress: &(dyn Fn(usize) + Sync),
    ) -> Vec<Vec<Ranked>> {
        let mut rankings = Vec::with_capacity(profiles.len());
        let done = AtomicUsize::new(0);
        for block in profiles.chunks(BLOCK) {
            let tables = self.tables(block);
            rankings.extend(map(block, |profile| {
                let ranking = self.rank_profile(profile, &tables, top);
                progress(done.fetch_add(1, atomic::Ordering::Relaxed).saturating_add(1));
                ranking
            }));
        }
        rankings
    }

    /// Whether the offer in each slot would serve a profile from the neighbouring Kreis, or from another Gemeinde of the same.
    pub(crate) fn neighbours<'p>(&'p self, profile: &'p Profile) -> impl FnMut(usize) -> bool + 'p {
        let wanted = profile.wanted.get(Criterion::Region).as_ref();
        let column = self.columns.get(Criterion::Region);
        let mut known: BTreeMap<u32, bool> = BTreeMap::new();
        move |slot| {
            let (Some(wanted), Some(number)) = (wanted, column.number(slot)) else { return false };
            *known.entry(number).or_insert_with(|| {
                let met = column.value(slot).map(|offered| assess(self.terms(), wanted, offered));
                met.is_some_and(|met| met.known && met.to_check)
            })
        }
    }

    /// The answers to all that some profiles ask, each question once.
    pub(super) fn tables<'p>(&self, profiles: &[&'p Profile]) -> Tables<'p> {
        let questions: BTreeMap<Question<'_>, ()> =
            profiles.iter().flat_map(|profile| questions(profile)).map(|question| (question, ())).collect();
        let questions: Vec<Question<'_>> = questions.into_keys().collect();
        let tables = map(&questions, |question| self.table(*question));
        questions.into_iter().zip(tables).collect()
    }

    fn table(&self, question: Question<'_>) -> Table {
        let column = self.columns.get(question.criterion);
        let cells: Vec<Cell> = column
            .values()
            .map(|offered| match (offered, question.wanted) {
                (None, _) => Cell::default(),
                (Some(offered), None) => Cell { fit: 0, to_check: restriction(offered).is_some(), blocks: false },
                (Some(offered), Some(wanted)) => {
                    let met = assess(self.terms(), wanted, offered);
                    let blocks = question.rule.is_some_and(|rule| rule.blocks(met.fit, met.known));
                    Cell { fit: met.fit.get(), to_check: met.to_check, blocks }
                }
            })
            .collect();
        let blocks =
            |number: &Option<u32>| number.and_then(|number| cells.get(number as usize)).is_some_and(|cell| cell.blocks);
        let passing = cells.iter().any(|cell| cell.blocks).then(|| {
            let numbers = column.numbers();
            Bitset::of(numbers.len(), numbers.iter().map(|number| !blocks(number)))
        });
        Table { cells, passing }
    }

    fn rank_profile(&self, profile: &Profile, tables: &Tables<'_>, top: usize) -> Vec<Ranked> {
        let mut candidates = self.live.clone();
        let mut sums = Vec::new();
        for question in questions(profile) {
            let Some(table) = tables.get(&question) else { continue };
            if let Some(passing) = &table.passing {
                candidates.and(passing);
            }
            let weight = u32::from(*profile.weights.get(question.criterion));
            sums.push((weight, &table.cells, self.columns.get(question.criterion).numbers()));
        }
        let mut ranked: Vec<Ranked> = candidates
            .iter()
            .map(|slot| {
                let mut ranked = Ranked { slot, score: 0, to_check: 0 };
                for (weight, cells, numbers) in &sums {
                    let number = numbers.get(slot).copied().flatten().unwrap_or(u32::MAX);
                    let cell = cells.get(number as usize).copied().unwrap_or_default();
                    ranked.score = ranked.score.saturating_add(weight.saturating_mul(u32::from(cell.fit)));
                    ranked.to_check = ranked.to_check.saturating_add(u8::from(cell.to_check));
                }
                ranked
            })
            .collect();
        let order = |one: &Ranked, other: &Ranked| self.order(one, other);
        if top < ranked.len() {
            ranked.select_nth_unstable_by(top, order);
            ranked.truncate(top);
        }
        ranked.sort_unstable_by(order);
        ranked
    }

    /// Score descending, then fewer to check, then offer id (bytes) ascending.
    pub(super) fn order(&self, one: &Ranked, other: &Ranked) -> Ordering {
        let id = |ranked: &Ranked| self.offer_in(ranked.slot).map(|offer| offer.id.as_bytes());
        other.score.cmp(&one.score).then(one.to_check.cmp(&other.to_check)).then_with(|| id(one).cmp(&id(other)))
    }
}

/// What a profile asks of every criterion that it does not ignore.
pub(super) fn questions(profile: &Profile) -> impl Iterator<Item = Question<'_>> {
    profile.wanted.iter().filter_map(|(criterion, wanted)| {
        let rule = *profile.rules.get(criterion);
        match (wanted, criterion) {
            (Some(wanted), _) => Some(Question { criterion, wanted: Some(wanted), rule: Some(rule) }),
            (None, Criterion::Crime | Criterion::Role | Criterion::Gender | Criterion::Age) => {
                (rule.rule != Rule::Ignore).then_some(Question { criterion, wanted: None, rule: None })
            }
            (None, _) => None,
        }
    })
}

/// Every item through `work`, on all cores where the feature `parallel` is on; results in the order of the items.
pub(super) fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Send + Sync) -> Vec<R> {
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        items.par_iter().map(work).collect()
    }
    #[cfg(not(feature = "parallel"))]
    {
        items.iter().map(work).collect()
    }
}
