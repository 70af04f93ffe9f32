//! Memo tables: the outcomes of a requirement for the distinct values of a column.
//!
//! With r distinct requirements and v distinct values of a criterion, n needs and m offers cost r × v assessments instead of
//! n × m; an incident of 10 000 needs and offers has some hundreds of each. Offers that a `must` excludes are cleared from a
//! bitset. A requirement that few profiles share gets no table: [`rank`](crate::matcher::rank) assesses it only for the offers that
//! are left.

use std::ops::Range;

use crate::{
    criteria::{OfferValue, Outcome, assess, assess_all, restriction},
    matcher::{
        column::Column,
        idx::{RequirementIdx, TableIdx, ValueIdx},
        index::Index,
        intern::{InternedProfile, InternedProfiles},
        profile::Requirement,
    },
    util::{bitset::Bitset, parallel::map, progress::ProgressReporter},
};

/// The number of memoized outcomes at a time, of 4 bytes each: small enough for the memory of a browser, large enough that nearly
/// all profiles share their tables.
const MAX_OUTCOMES: usize = 4_000_000;
/// The number of profiles by which a batch grows.
const BATCH_STEP: usize = 512;

/// The outcomes of one requirement.
pub(super) struct MemoTable {
    /// The outcome for each value of the column.
    pub(super) outcomes: Vec<CompactOutcome>,
    /// The slots that the requirement does not exclude; `None` if it excludes none.
    pub(super) passing: Option<Bitset>,
    /// The lowest and the highest fit, in ten-thousandths.
    pub(super) fit_range: (u16, u16),
}

/// The outcome of a requirement in 4 bytes, with its rule applied.
#[derive(Clone, Copy, Default)]
pub(super) struct CompactOutcome {
    /// Ten-thousandths.
    pub(super) fit: u16,
    pub(super) to_check: bool,
    pub(super) blocks: bool,
}

impl CompactOutcome {
    fn new(requirement: Requirement<'_>, outcome: Outcome<()>) -> Self {
        Self {
            fit: outcome.fit.get(),
            to_check: outcome.to_check,
            blocks: requirement.rule.is_blocking(outcome.fit, outcome.known),
        }
    }
}

/// The memo tables of those requirements that have one.
#[derive(Default)]
pub(super) struct MemoTables {
    /// For each requirement, the index of its table; [`TableIdx::NONE`] if it has none.
    indices: Vec<TableIdx>,
    tables: Vec<MemoTable>,
}

impl MemoTables {
    pub(super) fn get(&self, requirement: RequirementIdx) -> Option<&MemoTable> {
        self.tables.get(self.index(requirement)?.get())
    }

    /// Returns the index of a requirement's table, or `None` if it has none.
    pub(super) fn index(&self, requirement: RequirementIdx) -> Option<TableIdx> {
        let index = *self.indices.get(requirement.get())?;
        (index.get() < self.tables.len()).then_some(index)
    }

    pub(super) fn requirement_count(&self) -> usize {
        self.indices.len()
    }

    pub(super) fn table_count(&self) -> usize {
        self.tables.len()
    }
}

/// Distinct profiles that share memo tables, and the requirements that have one.
struct Batch {
    profiles: Range<usize>,
    requirements: Vec<RequirementIdx>,
}

impl Index {
    /// Processes the distinct profiles in batches that share memo tables, and concatenates the results. A requirement gets a
    /// table if at least `min_profiles` profiles of the batch have it.
    ///
    /// If the operation is cancelled, results are missing.
    pub(super) fn map_batches<T>(
        &self,
        interned: &InternedProfiles<'_>,
        min_profiles: u32,
        progress: &ProgressReporter<'_>,
        process: impl Fn(&[InternedProfile<'_>], &MemoTables) -> Vec<T>,
    ) -> Vec<T> {
        let mut results = Vec::with_capacity(interned.distinct().len());
        for batch in self.batches(interned, MAX_OUTCOMES, min_profiles) {
            let is_cancelled = || progress.report(batch.profiles.start, interned.distinct().len());
            let Some(tables) = self.memo_tables(interned, &batch.requirements, is_cancelled) else { break };
            results.extend(process(interned.distinct().get(batch.profiles).unwrap_or_default(), &tables));
        }
        results
    }

    /// Divides the distinct profiles into batches; each ends when its tables have more than `max_outcomes` outcomes.
    fn batches(&self, interned: &InternedProfiles<'_>, max_outcomes: usize, min_profiles: u32) -> Vec<Batch> {
        let all = interned.distinct();
        let (mut batches, mut start, mut end, mut size) = (Vec::new(), 0_usize, 0_usize, 0_usize);
        let mut counts = vec![0_u32; interned.requirements().len()];
        while end < all.len() {
            let next = end.saturating_add(BATCH_STEP).min(all.len());
            for index in all.get(end..next).unwrap_or_default().iter().flat_map(|interned| &interned.key) {
                let (count, requirement) = (counts.get_mut(index.get()), interned.requirements().get(index.get()));
                let (Some(count), Some(requirement)) = (count, requirement) else { continue };
                *count = count.saturating_add(1);
                if *count == min_profiles && requirement.depends_on_offer() {
                    size = size.saturating_add(self.memo_size(requirement));
                }
            }
            end = next;
            if size > max_outcomes || end == all.len() {
                let counted = interned.requirements().iter().zip(&counts).enumerate();
                let memoized = counted
                    .filter(|(_, (requirement, count))| **count >= min_profiles && requirement.depends_on_offer());
                let requirements = memoized.map(|(index, _)| RequirementIdx::new(index)).collect();
                batches.push(Batch { profiles: start..end, requirements });
                counts.fill(0);
                (start, size) = (end, 0);
            }
        }
        batches
    }

    /// Returns the size of a requirement's table, in outcomes of 32 bits; a bitset has one bit per slot.
    fn memo_size(&self, requirement: &Requirement<'_>) -> usize {
        let column = self.column(requirement.criterion);
        column.values().len().saturating_add(column.value_indices().len() / 32)
    }

    /// Computes the tables of the requirements, or returns `None` if the operation is cancelled.
    fn memo_tables(
        &self,
        interned: &InternedProfiles<'_>,
        requirements: &[RequirementIdx],
        is_cancelled: impl Fn() -> bool + Sync,
    ) -> Option<MemoTables> {
        let requirement = |index: &RequirementIdx| interned.requirements().get(index.get()).copied();
        let tables = map(requirements, |index| {
            requirement(index).filter(|_| !is_cancelled()).map(|requirement| self.memo_table(requirement))
        });
        let tables: Vec<MemoTable> = tables.into_iter().collect::<Option<_>>()?;
        let mut indices = vec![TableIdx::NONE; interned.requirements().len()];
        for (table, requirement) in requirements.iter().enumerate() {
            if let Some(index) = indices.get_mut(requirement.get()) {
                *index = TableIdx::new(table);
            }
        }
        Some(MemoTables { indices, tables })
    }

    fn memo_table(&self, requirement: Requirement<'_>) -> MemoTable {
        let column = self.column(requirement.criterion);
        let outcomes = self.outcomes(requirement, column);
        let fits = || column.values().zip(&outcomes).filter_map(|(value, outcome)| value.map(|_| outcome.fit));
        let fit_range = (fits().min().unwrap_or(0), fits().max().unwrap_or(0));
        let passing = requirement.can_exclude().then(|| passing(&outcomes, column)).flatten();
        MemoTable { outcomes, passing, fit_range }
    }

    /// Returns the outcome of a requirement for each value of a column.
    pub(super) fn outcomes(&self, requirement: Requirement<'_>, column: &Column) -> Vec<CompactOutcome> {
        match requirement.value {
            Some(need) => {
                assess_all(self.context(), need, column.values(), |outcome| CompactOutcome::new(requirement, outcome))
            }
            None => column.values().map(|offer| self.outcome(requirement, offer)).collect(),
        }
    }

    /// Returns the outcome of a requirement for a value; the default if there is no value.
    #[inline]
    pub(super) fn outcome(&self, requirement: Requirement<'_>, offer: Option<&OfferValue>) -> CompactOutcome {
        match (offer, requirement.value) {
            (None, _) => CompactOutcome::default(),
            (Some(offer), None) => CompactOutcome { fit: 0, to_check: restriction(offer).is_some(), blocks: false },
            (Some(offer), Some(need)) => {
                let outcome = assess(self.context(), need, offer);
                outcome.map_or_else(CompactOutcome::default, |outcome| CompactOutcome::new(requirement, outcome))
            }
        }
    }
}

/// Returns the slots whose values a requirement does not exclude, or `None` if it excludes none.
///
/// Visits the smaller of the two sets: those that pass, or those that do not.
fn passing(outcomes: &[CompactOutcome], column: &Column) -> Option<Bitset> {
    let values = || (0..).map(ValueIdx::new).zip(outcomes);
    let excluded: usize =
        values().filter(|(_, outcome)| outcome.blocks).map(|(value, _)| column.slots_of(value).len()).sum();
    if excluded == 0 {
        return None;
    }
    let slots = column.value_indices().len();
    let most_pass = excluded.saturating_mul(2) < slots;
    let mut set = Bitset::new(slots, most_pass);
    for (value, _) in values().filter(|(_, outcome)| outcome.blocks == most_pass) {
        for slot in column.slots_of(value) {
            set.set(slot.get(), !most_pass);
        }
    }
    Some(set)
}

#[cfg(test)]
mod tests {
    use super::{BATCH_STEP, Batch};
    use crate::{
        error::ErrorSink,
        matcher::{
            idx::RequirementIdx,
            index::Index,
            intern::{InternedProfile, InternedProfiles},
            profile::Profile,
        },
        model::{need::Need, offer::Offer, policy::Policy},
        vocabulary::Vocabulary,
    };

    #[test]
    fn batches_cover_all_profiles_and_memoize_what_enough_of_them_require() {
        let offers = [Offer::builder("o-1").language("de").build().unwrap()];
        let mut errors = ErrorSink::default();
        let index = Index::new(&mut errors, offers, Policy::default(), Vocabulary::default(), None);
        // Most needs share a language, fewer a number of people, few an age.
        let need = |number: usize| {
            let age = u8::try_from(number % 100).unwrap();
            let language = ["de", "en", "fr"][number % 3];
            let people = u32::try_from(number / 100 + 1).unwrap();
            Need::builder(format!("n-{number}")).age(age).language(language).people(people).build().unwrap()
        };
        let needs: Vec<Need> = (0..2 * BATCH_STEP + 7).map(need).collect();
        let profiles = Profile::of_needs(&mut errors, &needs, index.context());
        let interned = InternedProfiles::new(&profiles);
        assert_eq!(interned.distinct().len(), needs.len());
        for (max_outcomes, count) in [(0, 3), (usize::MAX, 1)] {
            for min_profiles in [1, 20, 2_000] {
                let batches = index.batches(&interned, max_outcomes, min_profiles);
                // Without tables, one batch is enough.
                assert_eq!(batches.len(), if min_profiles == 2_000 { 1 } else { count });
                let all: Vec<usize> = batches.iter().flat_map(|batch| batch.profiles.clone()).collect();
                assert!(all.into_iter().eq(0..needs.len()));
                for Batch { profiles, requirements } in batches {
                    let count = |index: RequirementIdx| {
                        let keys =
                            interned.distinct()[profiles.clone()].iter().flat_map(|InternedProfile { key, .. }| key);
                        keys.filter(|other| **other == index).count()
                    };
                    let is_memoized = |index: &RequirementIdx| {
                        let requirement = interned.requirements()[index.get()];
                        requirement.depends_on_offer() && count(*index) >= min_profiles as usize
                    };
                    let all = (0..interned.requirements().len()).map(RequirementIdx::new);
                    assert!(requirements.into_iter().eq(all.filter(is_memoized)), "{max_outcomes} {min_profiles}");
                }
            }
        }
    }
}
