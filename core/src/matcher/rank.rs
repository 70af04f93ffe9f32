//! The best offers of many needs: tables for distinct values, bitsets for what excludes, sums for the rest.
//!
//! Many needs ask the same of many offers, so each question is answered once for each distinct value, and what excludes is a
//! bitset. One need alone is quicker without them: criterion after criterion only looks at the offers that are left.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
    sync::atomic::{self, AtomicUsize},
};

use crate::{
    criteria::{Offered, Wanted, assess, restriction},
    criterion::Criterion,
    matcher::{Matcher, bitset::Bitset, column::Column, profile::Profile},
    policy::RuleInForce,
    terms::Rule,
};

/// How many cells the tables have at once, 4 bytes each: few enough that they stay small, enough to share nearly all.
pub(super) const MOST_CELLS: usize = 4_000_000;
/// How many profiles are asked for their questions at once.
const TOGETHER: usize = 512;

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

/// Some profiles, and all that they ask.
pub(super) type Block<'a, 'p> = (&'a [&'p Profile], BTreeSet<Question<'p>>);

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
        for (block, questions) in self.blocks(profiles, MOST_CELLS) {
            let tables = self.tables(questions);
            rankings.extend(map(block, |profile| {
                let ranking = self.rank_profile(profile, &tables, top);
                progress(done.fetch_add(1, atomic::Ordering::Relaxed).saturating_add(1));
                ranking
            }));
        }
        rankings
    }

    /// The best offers for one profile, best first.
    pub(super) fn rank_alone(&self, profile: &Profile, top: usize) -> Vec<Ranked> {
        self.rank_profile(profile, &Tables::new(), top)
    }

    /// Profiles that share their tables, which have about so many cells.
    pub(super) fn blocks<'a, 'p>(&self, profiles: &'a [&'p Profile], cells: usize) -> Vec<Block<'a, 'p>> {
        let mut blocks = Vec::new();
        let (mut rest, mut asked, mut count) = (profiles, BTreeSet::new(), 0_usize);
        for some in profiles.chunks(TOGETHER) {
            asked.append(&mut some.iter().flat_map(|profile| questions(profile)).collect());
            count = count.saturating_add(some.len());
            if asked.iter().map(|question| self.cells(question)).fold(0, usize::saturating_add) > cells {
                let (block, others) = rest.split_at_checked(count).unwrap_or((rest, &[]));
                blocks.push((block, std::mem::take(&mut asked)));
                (rest, count) = (others, 0);
            }
        }
        if !rest.is_empty() {
            blocks.push((rest, asked));
        }
        blocks
    }

    /// How large the table of a question is, in cells; a bitset has one bit a slot.
    fn cells(&self, question: &Question<'_>) -> usize {
        let column = self.columns.get(question.criterion);
        column.values().len().saturating_add(column.numbers().len() / 32)
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

    /// The answer to each question.
    pub(super) fn tables<'p>(&self, questions: BTreeSet<Question<'p>>) -> Tables<'p> {
        let questions: Vec<Question<'_>> = questions.into_iter().collect();
        let tables = map(&questions, |question| self.table(*question));
        questions.into_iter().zip(tables).collect()
    }

    fn table(&self, question: Question<'_>) -> Table {
        let column = self.columns.get(question.criterion);
        let cells: Vec<Cell> = column.values().map(|offered| self.cell(question, offered)).collect();
        let passing = cells.iter().any(|cell| cell.blocks).then(|| {
            let blocks = |number: &u32| cells.get(*number as usize).is_some_and(|cell| cell.blocks);
            let numbers = column.numbers();
            Bitset::of(numbers.len(), numbers.iter().map(|number| !blocks(number)))
        });
        Table { cells, passing }
    }

    /// The answer to a question where an offer says this.
    fn cell(&self, question: Question<'_>, offered: Option<&Offered>) -> Cell {
        match (offered, question.wanted) {
            (None, _) => Cell::default(),
            (Some(offered), None) => Cell { fit: 0, to_check: restriction(offered).is_some(), blocks: false },
            (Some(offered), Some(wanted)) => {
                let met = assess(self.terms(), wanted, offered);
                let blocks = question.rule.is_some_and(|rule| rule.blocks(met.fit, met.known));
                Cell { fit: met.fit.get(), to_check: met.to_check, blocks }
            }
        }
    }

    fn rank_profile(&self, profile: &Profile, tables: &Tables<'_>, top: usize) -> Vec<Ranked> {
        let weight = |question: &Question<'_>| u32::from(*profile.weights.get(question.criterion));
        let mut candidates = self.live.clone();
        let (mut shared, mut own) = (Vec::new(), Vec::new());
        for question in questions(profile) {
            let Some(table) = tables.get(&question) else {
                own.push(question);
                continue;
            };
            if let Some(passing) = &table.passing {
                candidates.and(passing);
            }
            shared.push((weight(&question), &table.cells, self.columns.get(question.criterion)));
        }
        // What excludes comes first, and last what takes long to judge.
        let slow = |criterion| matches!(criterion, Criterion::Language | Criterion::Region);
        own.sort_by_key(|question| {
            let excludes = question.rule.is_some_and(|rule| rule.rule == Rule::Must);
            (!excludes, slow(question.criterion), question.criterion)
        });
        let mut own = own.into_iter().map(|question| Answers::to(self, question));
        let mut first = own.next();
        let passes = |slot: &usize| first.as_mut().is_none_or(|answers| !answers.of(*slot).blocks);
        let mut found: Vec<Sum> = candidates.iter().filter(passes).map(Sum::new).collect();
        for mut answers in own {
            found.retain(|sum| !answers.of(sum.slot()).blocks);
            add(&mut found, weight(&answers.question), &answers.cells(), answers.column);
        }
        if let Some(answers) = first {
            add(&mut found, weight(&answers.question), &answers.cells(), answers.column);
        }
        for (weight, cells, column) in shared {
            add(&mut found, weight, cells, column);
        }
        self.best(found, top).into_iter().map(Sum::ranked).collect()
    }

    /// The first `top` in their order.
    fn best(&self, mut found: Vec<Sum>, top: usize) -> Vec<Sum> {
        let id = |sum: &Sum| self.offer_in(sum.slot()).map(|offer| offer.id.as_bytes());
        let order = |one: &Sum, other: &Sum| other.points.cmp(&one.points).then_with(|| id(one).cmp(&id(other)));
        if top < found.len() {
            // Most are worse than the worst of the best so far, which one comparison of numbers tells.
            let mut best: Vec<Sum> = Vec::with_capacity(top.saturating_mul(2).saturating_add(1));
            let mut least = 0;
            for sum in found.drain(..) {
                if sum.points < least {
                    continue;
                }
                best.push(sum);
                if best.len() > top.saturating_mul(2) {
                    best.select_nth_unstable_by(top, order);
                    best.truncate(top);
                    least = best.iter().map(|sum| sum.points).min().unwrap_or(u32::MAX);
                }
            }
            found = best;
        }
        found.sort_unstable_by(order);
        found.truncate(top);
        found
    }

    /// Score descending, then fewer to check, then offer id (bytes) ascending.
    pub(super) fn order(&self, one: &Ranked, other: &Ranked) -> Ordering {
        let id = |ranked: &Ranked| self.offer_in(ranked.slot).map(|offer| offer.id.as_bytes());
        other.score.cmp(&one.score).then(one.to_check.cmp(&other.to_check)).then_with(|| id(one).cmp(&id(other)))
    }
}

/// What an offer reaches so far.
#[derive(Clone, Copy)]
struct Sum {
    slot: u32,
    /// Sixteen times the score and one more, less what a person should check: at most ten criteria, so that the order of points is
    /// that of scores, and then of less to check.
    points: u32,
}

const POINTS: u32 = 16;

impl Sum {
    fn new(slot: usize) -> Self {
        Self { slot: u32::try_from(slot).unwrap_or(u32::MAX), points: POINTS }
    }

    fn slot(self) -> usize {
        self.slot as usize
    }

    fn ranked(self) -> Ranked {
        let above = self.points.div_ceil(POINTS);
        let to_check = above.wrapping_mul(POINTS).wrapping_sub(self.points);
        Ranked { slot: self.slot(), score: above.wrapping_sub(1), to_check: u8::try_from(to_check).unwrap_or(u8::MAX) }
    }
}

/// The answers to a question that one need asks alone: found when they are needed.
struct Answers<'m, 'p> {
    matcher: &'m Matcher,
    question: Question<'p>,
    column: &'m Column,
    found: Vec<Option<Cell>>,
}

impl<'m, 'p> Answers<'m, 'p> {
    fn to(matcher: &'m Matcher, question: Question<'p>) -> Self {
        let column = matcher.columns.get(question.criterion);
        Self { matcher, question, column, found: vec![None; column.values().len()] }
    }

    fn of(&mut self, slot: usize) -> Cell {
        let number = self.column.numbers().get(slot).map_or(usize::MAX, |number| *number as usize);
        let Some(cell) = self.found.get_mut(number) else { return Cell::default() };
        *cell.get_or_insert_with(|| self.matcher.cell(self.question, self.column.value(slot)))
    }

    fn cells(&self) -> Vec<Cell> {
        self.found.iter().map(|cell| cell.unwrap_or_default()).collect()
    }
}

/// Adds the points of one criterion.
fn add(found: &mut [Sum], weight: u32, cells: &[Cell], column: &Column) {
    let numbers = column.numbers();
    for sum in found {
        let number = numbers.get(sum.slot()).map_or(usize::MAX, |number| *number as usize);
        let cell = cells.get(number).copied().unwrap_or_default();
        let points = weight.wrapping_mul(POINTS).wrapping_mul(u32::from(cell.fit));
        sum.points = sum.points.wrapping_add(points).wrapping_sub(u32::from(cell.to_check));
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{TOGETHER, questions};
    use crate::{Matcher, Need, Offer, error::Problems};

    #[test]
    fn blocks_are_all_profiles_with_all_that_they_ask() {
        let offers = [Offer::builder("o-1").language("de").build().unwrap()];
        let matcher = Matcher::builder().offers(offers).build().unwrap();
        let need = |number: usize| {
            let age = u8::try_from(number % 100).unwrap();
            Need::builder(format!("n-{number}")).age(age).language("de").build().unwrap()
        };
        let needs: Vec<Need> = (0..2 * TOGETHER + 7).map(need).collect();
        let profiles = matcher.profiles(&mut Problems::default(), &needs);
        let profiles: Vec<_> = profiles.iter().collect();
        for (cells, count) in [(0, 3), (usize::MAX, 1)] {
            let blocks = matcher.blocks(&profiles, cells);
            assert_eq!(blocks.len(), count);
            let all: Vec<_> = blocks.iter().flat_map(|(block, _)| block.iter().copied()).collect();
            assert_eq!(all, profiles);
            for (block, asked) in blocks {
                let wanted: BTreeSet<_> = block.iter().flat_map(|profile| questions(profile)).collect();
                assert_eq!(asked.iter().collect::<Vec<_>>(), wanted.iter().collect::<Vec<_>>());
            }
        }
    }
}
