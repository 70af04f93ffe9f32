//! Diagnosis: the criteria that exclude offers, and the nearest excluded offers.
//!
//! Every offer is visited, so that every requirement has a memo table: O(m) for m offers, besides the tables.

use std::{
    ops::ControlFlow,
    sync::{
        Arc,
        atomic::{self, AtomicUsize},
    },
};

use crate::{
    criteria::required_change,
    matcher::{
        assessment::Finding,
        diagnosis::{BlockedOffers, Diagnosis, NearMiss, ProfileDiagnosis, RequiredChange},
        idx::Slot,
        index::Index,
        intern::{InternedProfile, InternedProfiles},
        memo::{CompactOutcome, MemoTables},
        partial_score::WeightedColumn,
        profile::Profile,
        rank::ScoredSlot,
    },
    model::criterion::{Criterion, PerCriterion},
    util::{parallel::map, progress::ProgressReporter, sort::select_first_by},
};

/// The criteria that exclude one offer.
#[derive(Clone, Copy, Default)]
struct Blockers {
    count: u8,
    /// `true` if the help is another one. Such an offer is no near miss: it cannot become the help that is needed.
    is_other_help: bool,
}

/// The numbers of offers that a criterion excludes: alone or with others, and alone.
#[derive(Clone, Copy, Default)]
struct ExclusionCount {
    all: usize,
    only: usize,
}

impl Index {
    /// Diagnoses one profile, as the diagnosis of the need with this id.
    pub(crate) fn diagnose_profile(&self, need_id: &str, profile: &Profile, near_misses: usize) -> Diagnosis {
        let diagnoses = self.diagnose_profiles(
            &InternedProfiles::new(std::slice::from_ref(profile)),
            near_misses,
            &ProgressReporter::silent(),
        );
        Diagnosis::new(need_id, diagnoses.into_iter().next().unwrap_or_default())
    }

    /// Diagnoses profiles as a step of another operation: progress is reported without a total. The diagnoses have no id of a need.
    pub(crate) fn diagnose_step(
        &self,
        profiles: &[Profile],
        near_misses: usize,
        progress: &ProgressReporter<'_>,
    ) -> Vec<Diagnosis> {
        let step = |_| if progress.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
        let interned = InternedProfiles::new(profiles);
        let diagnoses = self.diagnose_profiles(&interned, near_misses, &ProgressReporter::new(&step));
        let diagnosis = |found: Option<&Arc<_>>| Diagnosis::new("", found.cloned().unwrap_or_default());
        interned.expand(&diagnoses).map(diagnosis).collect()
    }

    /// Diagnoses each distinct profile on all cores.
    pub(super) fn diagnose_profiles(
        &self,
        interned: &InternedProfiles<'_>,
        near_misses: usize,
        progress: &ProgressReporter<'_>,
    ) -> Vec<Arc<ProfileDiagnosis>> {
        let (done, total) = (AtomicUsize::new(0), interned.distinct().len());
        self.map_batches(interned, 1, progress, |profiles, tables| {
            map(profiles, |profile| {
                if progress.report(done.fetch_add(1, atomic::Ordering::Relaxed), total) {
                    return Arc::default();
                }
                Arc::new(self.diagnose_with(profile, tables, near_misses))
            })
        })
    }

    fn diagnose_with(
        &self,
        InternedProfile { profile, key }: &InternedProfile<'_>,
        tables: &MemoTables,
        near_misses: usize,
    ) -> ProfileDiagnosis {
        let mut columns = Vec::new();
        for (criterion, index) in Criterion::all().zip(key) {
            let Some(table) = tables.get(*index) else { continue };
            let weight = u32::from(*profile.weights.get(criterion));
            let column = WeightedColumn { weight, column: self.column(criterion) };
            columns.push((criterion, column, table.outcomes.as_slice()));
        }
        let (mut offers, mut matching) = (0_usize, 0_usize);
        let mut counts: PerCriterion<ExclusionCount> = PerCriterion::default();
        let mut excluded: Vec<(u8, ScoredSlot)> = Vec::new();
        for slot in self.live().iter().map(Slot::new) {
            offers = offers.saturating_add(1);
            match diagnose_slot(&columns, slot, &mut counts) {
                (Blockers { count: 0, .. }, _) => matching = matching.saturating_add(1),
                (Blockers { is_other_help: true, .. }, _) => {}
                (Blockers { count, .. }, scored) => excluded.push((count, scored)),
            }
        }
        let blocked = counts.iter().filter(|(_, count)| count.all > 0);
        let blocked =
            blocked.map(|(criterion, count)| BlockedOffers { criterion, offers: count.all, only: count.only });
        select_first_by(&mut excluded, near_misses, |(a_blockers, a), (b_blockers, b)| {
            a_blockers.cmp(b_blockers).then_with(|| self.cmp_matches(a, b))
        });
        ProfileDiagnosis {
            offers,
            matching,
            blocked: blocked.collect(),
            near_misses: excluded.into_iter().map(|(_, scored)| self.near_miss(profile, scored)).collect(),
        }
    }

    fn near_miss(&self, profile: &Profile, scored: ScoredSlot) -> NearMiss {
        let assessment = self.assess(profile, scored.slot);
        debug_assert_eq!(assessment.score().get(), scored.score, "diagnose differs from assess_pair");
        let blocking = assessment.findings().filter(Finding::is_blocking).map(|finding| finding.criterion());
        let changes = blocking.filter_map(|criterion| {
            let need = profile.values.get(criterion).as_ref()?;
            let offer = self.value(criterion, scored.slot)?;
            let reason = required_change(self.context(), *profile.rules.get(criterion), need, offer);
            Some(RequiredChange::new(criterion, reason))
        });
        let changes = changes.collect();
        NearMiss::new(assessment, changes)
    }
}

/// Scores one offer and counts the criteria that exclude it.
fn diagnose_slot(
    columns: &[(Criterion, WeightedColumn<'_>, &[CompactOutcome])],
    slot: Slot,
    counts: &mut PerCriterion<ExclusionCount>,
) -> (Blockers, ScoredSlot) {
    let mut scored = ScoredSlot { slot, score: 0, to_check: 0 };
    let (mut blockers, mut last_blocker) = (Blockers::default(), None);
    for (criterion, column, outcomes) in columns {
        let outcome = column.outcome(slot, outcomes);
        scored.score = scored.score.saturating_add(column.weight.saturating_mul(u32::from(outcome.fit)));
        scored.to_check = scored.to_check.saturating_add(u8::from(outcome.to_check));
        if outcome.blocks {
            blockers.is_other_help |= *criterion == Criterion::Help;
            blockers.count = blockers.count.saturating_add(1);
            last_blocker = Some(*criterion);
            let count = counts.get_mut(*criterion);
            count.all = count.all.saturating_add(1);
        }
    }
    if let (1, Some(criterion)) = (blockers.count, last_blocker) {
        let count = counts.get_mut(criterion);
        count.only = count.only.saturating_add(1);
    }
    (blockers, scored)
}
