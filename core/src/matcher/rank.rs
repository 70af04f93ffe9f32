//! The best offers of many needs: tables for distinct values, bitsets for what excludes, sums for the rest.
//!
//! Many needs ask the same of many offers, so each question is answered once for each distinct value, and what excludes is a
//! bitset. What few ask is quicker without: criterion after criterion only looks at the offers that are left.

use std::{
    cmp::{Ordering, Reverse},
    collections::BTreeMap,
    sync::atomic::{self, AtomicUsize},
};

use crate::{
    criteria::assess,
    matcher::{
        Matcher,
        column::Column,
        intern::{InternedProfiles, Key, Requirement},
        memo::{Cell, Table, Tables},
        profile::Profile,
    },
    model::criterion::{CRITERIA, Criterion},
    util::{
        bitset::Bitset,
        parallel::map,
        progress::ProgressReporter,
        sort::{select_first_by, sort_by_key},
    },
};

/// How many profiles must ask a question for a table to be worth while: fewer of them ask about fewer offers than it has values.
const ASKERS: u32 = 8;

/// An offer that matches, before its reasons are put together.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ranked {
    pub(crate) slot: usize,
    pub(crate) score: u32,
    pub(crate) to_check: u8,
}

impl Matcher {
    /// All offers that match each distinct profile, in no order; nothing for those that are not looked at because the work was
    /// stopped.
    pub(crate) fn match_profiles(
        &self,
        alike: &InternedProfiles<'_>,
        progress: &ProgressReporter<'_>,
    ) -> Vec<Vec<Ranked>> {
        self.rank_blocks(alike, None, progress, |_, _, ranked| ranked)
    }

    /// The best `top` offers for each distinct profile, best first, or all that match it, in no order; and what becomes of the
    /// rankings of some profiles that share their tables.
    pub(super) fn rank_blocks<T>(
        &self,
        alike: &InternedProfiles<'_>,
        top: Option<usize>,
        progress: &ProgressReporter<'_>,
        finish: impl Fn(&[(&Profile, Key)], &Tables, Vec<Vec<Ranked>>) -> Vec<T>,
    ) -> Vec<T> {
        let (done, all) = (AtomicUsize::new(0), alike.distinct().len());
        self.in_blocks(alike, ASKERS, |profiles, tables| {
            let ranked = map(profiles, |(profile, key)| {
                if progress.report(done.fetch_add(1, atomic::Ordering::Relaxed), all) {
                    return Vec::new();
                }
                self.rank_profile(profile, |place| tables.get(*key.get(place)?), top)
            });
            finish(profiles, tables, ranked)
        })
    }

    /// The best offers for one profile, best first.
    pub(super) fn rank_alone(&self, profile: &Profile, top: usize) -> Vec<Ranked> {
        self.rank_profile(profile, |_| None, Some(top))
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

    /// `table`: of the question about each criterion, in their order, where there is one.
    fn rank_profile<'t>(
        &self,
        profile: &Profile,
        table: impl Fn(usize) -> Option<&'t Table>,
        top: Option<usize>,
    ) -> Vec<Ranked> {
        let most = top.unwrap_or(usize::MAX);
        let mut candidates = self.live.clone();
        let (mut shared, mut own) = (Vec::with_capacity(CRITERIA), Vec::new());
        for (place, criterion) in Criterion::all().enumerate() {
            let question = Requirement::of(profile, criterion);
            if !question.meets_offers() {
                continue;
            }
            let part = Part { weight: u32::from(*profile.weights.get(criterion)), column: self.columns.get(criterion) };
            match table(place) {
                Some(table) => {
                    if let Some(passing) = &table.passing {
                        candidates.intersect_with(passing);
                    }
                    shared.push((part, table));
                }
                None => own.push((part, question)),
            }
        }
        // What excludes comes first, and last what takes long to judge.
        sort_by_key(&mut own, |(_, question)| (!question.may_exclude(), slowness(question.criterion)));
        let count = candidates.count();
        let mut found = if shared.is_empty() {
            self.start(&mut own)
        } else if own.is_empty() && most < count && count > self.offers.len() / DENSE {
            sum_all(&candidates, self.offers.len(), &mut shared, most)
        } else {
            let mut found = Vec::with_capacity(count);
            found.extend(candidates.iter().map(Sum::new));
            found
        };
        for (part, question) in own {
            self.filter(&mut found, part, question);
        }
        add_best(&mut found, shared, most);
        let found = match top {
            Some(top) => self.best(found, top),
            None => found,
        };
        found.into_iter().map(Sum::ranked).collect()
    }

    /// The offers that pass the question which the fewest pass, of those that are quick to judge; this question is done then.
    fn start(&self, own: &mut Vec<(Part<'_>, Requirement<'_>)>) -> Vec<Sum> {
        let quick = own.iter().enumerate().filter(|(_, (_, question))| slowness(question.criterion) == 0);
        let answered = quick.filter(|(_, (_, question))| question.may_exclude()).map(|(place, (part, question))| {
            let cells = self.answers(*question, part.column);
            let passing = (0..).zip(&cells).filter(|(_, cell)| !cell.blocks);
            let count: usize = passing.map(|(number, _)| part.column.slots_of(number).len()).sum();
            (count, place, cells)
        });
        let Some((count, place, cells)) = answered.min_by_key(|(count, place, _)| (*count, *place)) else {
            return self.live.iter().map(Sum::new).collect();
        };
        let (part, _) = own.remove(place);
        let mut found = Vec::with_capacity(count);
        for (number, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.blocks) {
            found.extend(part.column.slots_of(number).iter().map(|slot| Sum::new(*slot as usize)).map(|mut sum| {
                sum.add(part.weight, cell);
                sum
            }));
        }
        found
    }

    /// Adds the points of one criterion, and lets go of what it excludes.
    fn filter(&self, found: &mut Vec<Sum>, part: Part<'_>, question: Requirement<'_>) {
        let known = part.column.values().len() <= found.len();
        let cells = if known { self.answers(question, part.column) } else { Vec::new() };
        found.retain_mut(|sum| {
            let cell = match known {
                true => part.cell(sum.slot(), &cells),
                false => self.answer(question, part.column.value(sum.slot())),
            };
            sum.add(part.weight, cell);
            !cell.blocks
        });
    }

    /// The first `top` in their order.
    fn best(&self, mut found: Vec<Sum>, top: usize) -> Vec<Sum> {
        let id = |sum: &Sum| self.offer_in(sum.slot()).map(|offer| offer.id.as_bytes());
        let order = |one: &Sum, other: &Sum| other.points.cmp(&one.points).then_with(|| id(one).cmp(&id(other)));
        let least = best_points(found.iter().map(|sum| sum.points), found.len(), top);
        found.retain(|sum| sum.points >= least);
        select_first_by(&mut found, top, order);
        found
    }

    /// Score descending, then fewer to check, then offer id (bytes) ascending.
    pub(super) fn order(&self, one: &Ranked, other: &Ranked) -> Ordering {
        let id = |ranked: &Ranked| self.offer_in(ranked.slot).map(|offer| offer.id.as_bytes());
        other.score.cmp(&one.score).then(one.to_check.cmp(&other.to_check)).then_with(|| id(one).cmp(&id(other)))
    }
}

/// What takes long to judge goes last; the region first of it, since it excludes most.
fn slowness(criterion: Criterion) -> u8 {
    match criterion {
        Criterion::Language => 2,
        Criterion::Region => 1,
        _ => 0,
    }
}

/// What an offer reaches so far.
#[derive(Clone, Copy)]
struct Sum {
    slot: u32,
    /// Sixteen times the score and one more, less what a person should check: at most ten criteria, so that the order of points is
    /// that of scores, and then of less to check. At most 1.6 billion.
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

    fn add(&mut self, weight: u32, cell: Cell) {
        self.points = self.points.wrapping_add(cell.points(weight));
    }

    fn ranked(self) -> Ranked {
        let above = self.points.div_ceil(POINTS);
        let to_check = above.wrapping_mul(POINTS).wrapping_sub(self.points);
        Ranked { slot: self.slot(), score: above.wrapping_sub(1), to_check: u8::try_from(to_check).unwrap_or(u8::MAX) }
    }
}

impl Cell {
    /// What it adds; a number that wraps around where it takes away.
    fn points(self, weight: u32) -> u32 {
        let points = weight.wrapping_mul(POINTS).wrapping_mul(u32::from(self.fit));
        points.wrapping_sub(u32::from(self.to_check))
    }
}

/// One criterion of a score.
#[derive(Clone, Copy)]
struct Part<'m> {
    weight: u32,
    column: &'m Column,
}

impl Part<'_> {
    fn cell(&self, slot: usize, cells: &[Cell]) -> Cell {
        let number = self.column.numbers().get(slot).map_or(usize::MAX, |number| *number as usize);
        cells.get(number).copied().unwrap_or_default()
    }

    /// How far apart the points of two offers may be.
    fn span(&self, (least, most): (u16, u16)) -> u32 {
        let fits = u32::from(most.saturating_sub(least));
        self.weight.saturating_mul(POINTS).saturating_mul(fits).saturating_add(1)
    }
}

/// Where more than one offer in so many is left, all offers are summed in one go, without looking which are left.
const DENSE: usize = 8;

/// Adds the points of the criteria that matter, which are done then; leaves what may come among the first `top`.
fn sum_all(candidates: &Bitset, slots: usize, parts: &mut Vec<(Part<'_>, &Table)>, top: usize) -> Vec<Sum> {
    let mut all = vec![POINTS; slots];
    let mut open = 0_u32;
    parts.retain(|(part, table)| {
        let span = part.span(table.fits);
        if span == 1 {
            open = open.saturating_add(span);
            return true;
        }
        let points: Vec<u32> = table.cells.iter().map(|cell| cell.points(part.weight)).collect();
        for (sum, number) in all.iter_mut().zip(part.column.numbers()) {
            *sum = sum.wrapping_add(points.get(*number as usize).copied().unwrap_or(0));
        }
        false
    });
    candidates.mask(&mut all);
    let least = best_points(all.iter().copied(), slots, top).saturating_sub(open).max(1);
    let left = (0..).zip(all).filter(|(_, points)| *points >= least);
    left.map(|(slot, points)| Sum { slot, points }).collect()
}

/// Adds the points of some criteria, what matters most first; what cannot come among the first `top` any more is let go.
fn add_best(found: &mut Vec<Sum>, mut parts: Vec<(Part<'_>, &Table)>, top: usize) {
    if top < found.len() {
        sort_by_key(&mut parts, |(part, table)| Reverse(part.span(table.fits)));
    }
    let mut open = parts.iter().map(|(part, table)| part.span(table.fits)).fold(0, u32::saturating_add);
    for (part, table) in parts {
        for sum in found.iter_mut() {
            sum.add(part.weight, part.cell(sum.slot(), &table.cells));
        }
        open = open.saturating_sub(part.span(table.fits));
        let least = best_points(found.iter().map(|sum| sum.points), found.len(), top).saturating_sub(open);
        if least > 0 {
            found.retain(|sum| sum.points >= least);
        }
    }
}

/// The points of the last of the first `top`; nothing where there are no more than these.
fn best_points(points: impl Iterator<Item = u32>, count: usize, top: usize) -> u32 {
    if count <= top || top == 0 {
        return 0;
    }
    // Most have fewer than the last of the best so far, which one comparison tells.
    let room = top.saturating_mul(2);
    let (mut best, mut least): (Vec<u32>, u32) = (Vec::with_capacity(room), 0);
    for points in points {
        if points <= least {
            continue;
        }
        best.push(points);
        if best.len() == room {
            least = last_of_best(&mut best, top);
        }
    }
    if best.len() >= top { last_of_best(&mut best, top) } else { least }
}

/// Leaves the `top` highest, and tells the lowest of them.
fn last_of_best(points: &mut Vec<u32>, top: usize) -> u32 {
    let (_, last, _) = points.select_nth_unstable_by_key(top.saturating_sub(1), |points| Reverse(*points));
    let last = *last;
    points.truncate(top);
    last
}
