//! Large neighbourhood search (Shaw, "Using constraint programming and local search methods to solve vehicle routing
//! problems", 1998): removes the units of a few sinks, and assigns them again optimally.
//!
//! The distance of an assignment to its bound is the sum of the losses of units, each the difference between the
//! largest surplus of the unit and its surplus, and of the prices of free places. So each neighbourhood is built around
//! a unit with a loss, those with the largest loss first. It is solved by [exhaustive search](super::enumerate) with a
//! limited number of steps.

use std::cmp::Reverse;

use crate::solver::{
    assignment::{Assignment, MAX_MOVED},
    enumerate::{self, FreeUnit},
    index::{ArcRank, IndexVec, LocalSinkIdx, SinkIdx, SupplyIdx, UnitIdx},
};
use crate::util::{progress::ProgressReporter, sort::sort_by_key};

/// The largest number of sinks of a neighbourhood.
const MAX_SINKS: usize = 4;
/// The largest number of units of a neighbourhood.
const MAX_UNITS: usize = 20;
/// The largest number of supplies with unserved units that are considered for a sink.
const MAX_UNSERVED: usize = 16;
/// The number of arcs of a unit that are tried in turn as the first by which sinks are chosen.
const TURNS: usize = 12;
/// The limit on the steps of one exhaustive search.
const MAX_STEPS_EACH: u64 = 5_000;
/// The limit on the steps of all searches: less than a second of work.
const MAX_STEPS: u64 = 10_000_000;
/// The number of arcs whose visit at the start of a pass counts as a step.
const ARCS_PER_STEP: u64 = 8;
/// The number of steps that the set-up of a search counts as.
const SETUP_STEPS: u64 = 50;

const _: () = assert!(MAX_UNITS <= MAX_MOVED);

/// For each sink the supplies with unserved units, those with the largest surplus there first.
type UnservedSupplies = IndexVec<SinkIdx, Vec<(i128, SupplyIdx)>>;

/// Improves an assignment until no neighbourhood improves it, the limit is reached, or it is cancelled.
pub(crate) fn improve(assignment: &mut Assignment, progress: &ProgressReporter<'_>) {
    let unserved = IndexVec::new();
    let mut search = NeighbourhoodSearch { assignment, unserved, turn: 0, steps: MAX_STEPS };
    let mut fruitless_turns = 0_usize;
    while fruitless_turns < TURNS {
        match search.improve_all(progress) {
            None => return,
            Some(true) => fruitless_turns = 0,
            Some(false) => fruitless_turns = fruitless_turns.saturating_add(1),
        }
    }
}

struct NeighbourhoodSearch<'a> {
    assignment: &'a mut Assignment,
    unserved: UnservedSupplies,
    /// The rank of the first arc by which sinks are chosen, below `TURNS`.
    turn: usize,
    /// The number of steps that are left.
    steps: u64,
}

/// The sinks and units that are assigned again.
struct Neighbourhood {
    sinks: BoundedSet<SinkIdx>,
    units: BoundedSet<UnitIdx>,
}

impl NeighbourhoodSearch<'_> {
    /// Searches the neighbourhoods of all units with a loss. Returns `true` if one has improved the assignment, and
    /// `None` if the limit was reached or the search was cancelled.
    fn improve_all(&mut self, progress: &ProgressReporter<'_>) -> Option<bool> {
        let arcs = self.assignment.arcs_by_supply().map(|(_, arcs)| arcs.len()).sum::<usize>();
        let arcs = u64::try_from(arcs).unwrap_or(u64::MAX);
        self.steps = self.steps.saturating_sub(arcs.checked_div(ARCS_PER_STEP).unwrap_or(0));
        self.unserved = unserved_supplies(self.assignment);
        let mut has_improved = false;
        for unit in self.units_by_loss() {
            if self.steps == 0 || progress.is_cancelled() {
                return None;
            }
            // An earlier neighbourhood may have removed the loss.
            if self.loss(unit) > 0 {
                let neighbourhood = self.neighbourhood(unit);
                has_improved |= self.reassign(&neighbourhood);
            }
        }
        self.turn = self.turn.saturating_add(1).checked_rem(TURNS).unwrap_or(0);
        Some(has_improved)
    }

    /// Returns the difference between the largest surplus of a unit and its surplus.
    // INVARIANT: the scalarization can represent the difference of two surpluses.
    #[expect(clippy::arithmetic_side_effects, reason = "a difference of surpluses fits in the scalarization")]
    fn loss(&self, unit: UnitIdx) -> i128 {
        let largest = self.assignment.arcs(unit).first().map_or(0, |arc| arc.surplus.max(0));
        largest - self.assignment.arc(unit).map_or(0, |arc| arc.surplus)
    }

    fn units_by_loss(&self) -> Vec<UnitIdx> {
        let losses = self.assignment.units().map(|unit| (self.loss(unit), unit));
        let mut losses: Vec<(i128, UnitIdx)> = losses.filter(|(loss, _)| *loss > 0).collect();
        sort_by_key(&mut losses, |(loss, unit)| (Reverse(*loss), *unit));
        losses.into_iter().map(|(_, unit)| unit).collect()
    }

    /// Returns the neighbourhood of a unit: its sink and its best others; their units and the best sinks of these; and
    /// unserved units that would gain most.
    fn neighbourhood(&mut self, unit: UnitIdx) -> Neighbourhood {
        let assignment = &*self.assignment;
        let best_sinks =
            |unit: UnitIdx, count: usize| assignment.arcs(unit).iter().skip(self.turn).take(count).map(|arc| arc.sink);
        let (mut sinks, mut units) = (BoundedSet::new(MAX_SINKS), BoundedSet::new(MAX_UNITS));
        units.insert(unit);
        assignment.arc(unit).into_iter().for_each(|arc| sinks.insert(arc.sink));
        best_sinks(unit, 2).for_each(|sink| sinks.insert(sink));
        // Grows while it is iterated.
        let mut next = 0_usize;
        while let Some(sink) = sinks.items.get(next).copied() {
            let mut served = assignment.served(sink).to_vec();
            self.steps = self.steps.saturating_sub(u64::try_from(served.len()).unwrap_or(u64::MAX));
            sort_by_key(&mut served, |unit| (Reverse(self.loss(*unit)), *unit));
            for unit in served.into_iter().take(MAX_UNITS) {
                units.insert(unit);
                best_sinks(unit, 1).for_each(|sink| sinks.insert(sink));
            }
            next = next.saturating_add(1);
        }
        for position in 0..MAX_UNSERVED {
            let supplies = sinks.items.iter().filter_map(|sink| self.unserved[*sink].get(position));
            let unserved = supplies.filter_map(|(_, supply)| assignment.unserved(*supply).last());
            unserved.for_each(|unit| units.insert(*unit));
        }
        Neighbourhood { sinks, units }
    }

    /// Assigns the units of a neighbourhood again. Returns `true` if that improves the objective; otherwise nothing
    /// changes.
    fn reassign(&mut self, neighbourhood: &Neighbourhood) -> bool {
        let (sinks, units) = (&neighbourhood.sinks.items, &neighbourhood.units.items);
        let known = units.iter().map(|unit| self.assignment.objective(*unit)).sum();
        let before: Vec<Option<ArcRank>> = units.iter().map(|unit| self.assignment.rank(*unit)).collect();
        for unit in units {
            self.assignment.unassign(*unit);
        }
        let assignment = &*self.assignment;
        // More places than all units could take are irrelevant, and would weaken the bound.
        let size = units.iter().map(|unit| assignment.size(*unit)).sum();
        let residuals = sinks.iter().map(|sink| assignment.residual(*sink).at_most(size)).collect();
        let prices = sinks.iter().map(|sink| assignment.price(*sink)).collect();
        let free = units.iter().map(|unit| free_unit(assignment, *unit, sinks)).collect();
        let steps = MAX_STEPS_EACH.min(self.steps);
        let outcome = enumerate::search(free, &prices, residuals, known, steps);
        let used = steps.saturating_sub(outcome.steps).saturating_add(SETUP_STEPS);
        self.steps = self.steps.saturating_sub(used);
        let Some(served) = outcome.improved else {
            for (unit, rank) in units.iter().zip(before) {
                rank.into_iter().for_each(|rank| self.assignment.assign(*unit, rank));
            }
            return false;
        };
        let sinks: IndexVec<LocalSinkIdx, SinkIdx> = sinks.iter().copied().collect();
        for (unit, sink) in served {
            if let Some(rank) = self.assignment.rank_of(self.assignment.supply(unit), sinks[sink]) {
                self.assignment.assign(unit, rank);
            }
        }
        true
    }
}

fn free_unit(assignment: &Assignment, unit: UnitIdx, sinks: &[SinkIdx]) -> FreeUnit {
    let arcs = (0..).map(LocalSinkIdx).zip(sinks).filter_map(|(local, sink)| {
        let rank = assignment.rank_of(assignment.supply(unit), *sink)?;
        Some((local, assignment.arcs(unit)[rank].objective))
    });
    FreeUnit { unit, supply: assignment.supply(unit), size: assignment.size(unit), arcs: arcs.collect() }
}

/// Returns the supplies with unserved units that have the largest surplus at each sink.
fn unserved_supplies(assignment: &Assignment) -> UnservedSupplies {
    let mut unserved: UnservedSupplies = IndexVec::from_elem(Vec::new(), assignment.sinks());
    for (supply, arcs) in assignment.arcs_by_supply() {
        if assignment.unserved(supply).is_empty() {
            continue;
        }
        for arc in arcs.iter() {
            let supplies = &mut unserved[arc.sink];
            supplies.push((arc.surplus, supply));
            // Shortened only now and then, since it sorts.
            if supplies.len() >= MAX_UNSERVED.saturating_mul(4) {
                keep_largest(supplies);
            }
        }
    }
    unserved.iter_mut().for_each(keep_largest);
    unserved
}

fn keep_largest(supplies: &mut Vec<(i128, SupplyIdx)>) {
    sort_by_key(supplies, |(surplus, supply)| (Reverse(*surplus), *supply));
    supplies.truncate(MAX_UNSERVED);
}

/// The first distinct items up to a maximum, in the order of insertion.
struct BoundedSet<T> {
    max: usize,
    items: Vec<T>,
}

impl<T: Copy + PartialEq> BoundedSet<T> {
    fn new(max: usize) -> Self {
        Self { max, items: Vec::with_capacity(max) }
    }

    fn insert(&mut self, item: T) {
        if self.items.len() < self.max && !self.items.contains(&item) {
            self.items.push(item);
        }
    }
}
