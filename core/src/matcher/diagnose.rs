//! Why so few offers match: what excludes them, and what would have to change for the nearest.

use std::{
    cmp::Ordering,
    sync::{
        Arc,
        atomic::{self, AtomicUsize},
    },
};

use crate::{
    criteria::change,
    matcher::{
        Matcher,
        assessment::{Assessment, Finding},
        intern::{InternedProfiles, Key},
        memo::Tables,
        profile::Profile,
        rank::Ranked,
    },
    model::{
        criterion::{Criterion, PerCriterion},
        enums::Lang,
        reason::Reason,
    },
    text,
    util::{parallel::map, progress::ProgressReporter, sort::select_first_by},
    vocabulary::Vocabulary,
};

/// Why no more offers match one need.
///
/// An offer matches when no criterion excludes it; so the offers that match and those that are excluded add up to all.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Diagnosis {
    need: String,
    found: Arc<Found>,
}

/// What needs with the same profile share.
#[derive(Debug, Default, Eq, PartialEq)]
pub(super) struct Found {
    offers: usize,
    matching: usize,
    blocked: Vec<BlockedOffers>,
    near_misses: Vec<NearMiss>,
}

impl Diagnosis {
    pub(super) fn new(need: &str, found: Arc<Found>) -> Self {
        Self { need: need.to_owned(), found }
    }

    /// The id of the need.
    pub fn need(&self) -> &str {
        &self.need
    }

    /// How many offers there are in all.
    pub fn offers(&self) -> usize {
        self.found.offers
    }

    /// How many of them match.
    pub fn matching(&self) -> usize {
        self.found.matching
    }

    /// The criteria that exclude some offer, in their order.
    pub fn blocked(&self) -> &[BlockedOffers] {
        &self.found.blocked
    }

    /// What one criterion excludes; nothing where that is no offer.
    pub fn blocked_by(&self, criterion: Criterion) -> Option<&BlockedOffers> {
        self.found.blocked.iter().find(|blocked| blocked.criterion == criterion)
    }

    /// The excluded offers that come closest: those of other help last, those that the fewest criteria exclude first, then by
    /// score descending, fewer criteria to check, and id.
    pub fn near_misses(&self) -> &[NearMiss] {
        &self.found.near_misses
    }
}

/// How many offers one criterion excludes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct BlockedOffers {
    criterion: Criterion,
    offers: usize,
    only: usize,
}

impl BlockedOffers {
    /// The criterion.
    pub fn criterion(&self) -> Criterion {
        self.criterion
    }

    /// How many offers it excludes, alone or with others.
    pub fn offers(&self) -> usize {
        self.offers
    }

    /// How many offers it alone excludes: they would match if it were not asked.
    pub fn only(&self) -> usize {
        self.only
    }
}

/// An excluded offer, and what would have to change.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NearMiss {
    assessment: Assessment,
    changes: Vec<RequiredChange>,
}

impl NearMiss {
    /// Returns the assessment of the offer.
    pub fn assessment(&self) -> &Assessment {
        &self.assessment
    }

    /// The criteria that exclude the offer, in their order.
    pub fn blockers(&self) -> impl ExactSizeIterator<Item = Criterion> {
        self.changes.iter().map(|change| change.criterion)
    }

    /// One change for each criterion that excludes the offer, in their order; only all of them together make it match.
    pub fn changes(&self) -> &[RequiredChange] {
        &self.changes
    }
}

/// What would have to change so that one criterion excludes the offer no more.
///
/// It was tried: with this change, and nothing else, the criterion passes under the policy and the rule in force. Where
/// no change of the offer is enough, the code is `change.none`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RequiredChange {
    criterion: Criterion,
    reason: Reason,
}

impl RequiredChange {
    /// The criterion.
    pub fn criterion(&self) -> Criterion {
        self.criterion
    }

    /// What would have to change, as data: a code such as `change.interpreter`, and its facts.
    pub fn reason(&self) -> &Reason {
        &self.reason
    }

    /// What would have to change, as a sentence.
    pub fn text(&self, lang: Lang, vocabulary: &Vocabulary) -> String {
        text::sentence(&self.reason, lang, vocabulary)
    }
}

/// How far an offer is from matching. Whoever offers quite different help is farther away than any other: nobody becomes a
/// shelter because one is asked.
type Distance = (bool, u8);

impl Matcher {
    /// Why no more offers match a profile, told as the diagnosis of the need with this id.
    pub(crate) fn diagnose_profile(&self, need_id: &str, profile: &Profile, near_misses: usize) -> Diagnosis {
        let found = self.diagnose_profiles(
            &InternedProfiles::of(std::slice::from_ref(profile)),
            near_misses,
            &ProgressReporter::silent(),
        );
        Diagnosis::new(need_id, found.into_iter().next().unwrap_or_default())
    }

    /// What is found for each distinct profile, on all cores.
    pub(super) fn diagnose_profiles(
        &self,
        alike: &InternedProfiles<'_>,
        near_misses: usize,
        progress: &ProgressReporter<'_>,
    ) -> Vec<Arc<Found>> {
        let (done, all) = (AtomicUsize::new(0), alike.distinct().len());
        // Every offer is looked at, so that every question has its table.
        self.in_blocks(alike, 1, |profiles, tables| {
            map(profiles, |(profile, key)| {
                if progress.report(done.fetch_add(1, atomic::Ordering::Relaxed), all) {
                    return Arc::default();
                }
                Arc::new(self.diagnose_by(profile, key, tables, near_misses))
            })
        })
    }

    fn diagnose_by(&self, profile: &Profile, key: &Key, tables: &Tables, near_misses: usize) -> Found {
        let mut columns = Vec::new();
        for (criterion, question) in Criterion::all().zip(key) {
            let Some(table) = tables.get(*question) else { continue };
            let weight = u32::from(*profile.weights.get(criterion));
            columns.push((criterion, weight, &table.cells, self.columns.get(criterion).numbers()));
        }
        let (mut offers, mut matching) = (0_usize, 0_usize);
        let mut counts: PerCriterion<(usize, usize)> = PerCriterion::default();
        let mut excluded: Vec<(Distance, Ranked)> = Vec::new();
        for slot in self.live.iter() {
            offers = offers.saturating_add(1);
            let (mut blockers, mut last, mut other_help) = (0_u8, None, false);
            let mut ranked = Ranked { slot, score: 0, to_check: 0 };
            for (criterion, weight, cells, numbers) in &columns {
                let number = numbers.get(slot).map_or(usize::MAX, |number| *number as usize);
                let cell = cells.get(number).copied().unwrap_or_default();
                ranked.score = ranked.score.saturating_add(weight.saturating_mul(u32::from(cell.fit)));
                ranked.to_check = ranked.to_check.saturating_add(u8::from(cell.to_check));
                if cell.blocks {
                    other_help |= *criterion == Criterion::Help;
                    blockers = blockers.saturating_add(1);
                    last = Some(*criterion);
                    let (all, _) = counts.get_mut(*criterion);
                    *all = all.saturating_add(1);
                }
            }
            match (blockers, last) {
                (0, _) | (_, None) => matching = matching.saturating_add(1),
                (1, Some(criterion)) => {
                    let (_, only) = counts.get_mut(criterion);
                    *only = only.saturating_add(1);
                    excluded.push(((other_help, blockers), ranked));
                }
                (_, Some(_)) => excluded.push(((other_help, blockers), ranked)),
            }
        }
        let blocked = counts.iter().filter(|(_, (all, _))| *all > 0);
        let blocked =
            blocked.map(|(criterion, (offers, only))| BlockedOffers { criterion, offers: *offers, only: *only });
        Found {
            offers,
            matching,
            blocked: blocked.collect(),
            near_misses: self.nearest(excluded, near_misses).map(|slot| self.near_miss(profile, slot)).collect(),
        }
    }

    /// The slots of the first of them, in order.
    fn nearest(&self, mut excluded: Vec<(Distance, Ranked)>, most: usize) -> impl Iterator<Item = usize> {
        let order = |one: &(Distance, Ranked), other: &(Distance, Ranked)| -> Ordering {
            one.0.cmp(&other.0).then_with(|| self.order(&one.1, &other.1))
        };
        select_first_by(&mut excluded, most, order);
        excluded.into_iter().map(|(_, ranked)| ranked.slot)
    }

    fn near_miss(&self, profile: &Profile, slot: usize) -> NearMiss {
        let assessment = self.lay_beside(profile, slot);
        let blocking = assessment.findings().filter(Finding::is_blocking).map(|finding| finding.criterion());
        let changes = blocking.filter_map(|criterion| {
            let wanted = profile.wanted.get(criterion).as_ref()?;
            let offered = self.columns.get(criterion).value(slot)?;
            let rule = *profile.rules.get(criterion);
            Some(RequiredChange { criterion, reason: change(self.terms(), rule, wanted, offered) })
        });
        NearMiss { changes: changes.collect(), assessment }
    }
}
