//! Local search by ejection chains (Glover, "Ejection chains, reference structures and alternating path methods for
//! traveling salesman problems", 1996).
//!
//! A unit moves to a sink, and ejects units there if it lacks places. Each of these moves to its best other sink, where
//! it may eject units in turn, which move to sinks with free places or become unserved. A chain is kept if it improves
//! the objective.
//!
//! The cheapest units to eject are found by dynamic programming over the number of missing places (a covering
//! knapsack). The search ends when no unit has an improving chain, or when its limit of evaluated arcs is reached.

use std::cmp::Reverse;

use crate::solver::{
    assignment::{Assignment, MAX_MOVED},
    index::{ArcRank, IndexVec, SinkIdx, SupplyIdx, UnitIdx},
};
use crate::util::progress::ProgressReporter;

/// The limit on evaluated arcs: about a second of work.
const MAX_EVALUATIONS: u64 = 60_000_000;
/// The number of evaluations between two calls of the progress callback.
const EVALUATIONS_PER_REPORT: u64 = 1_000_000;
/// The number of evaluations that a unit of a sink counts as, if its cost of leaving is computed.
const EVALUATIONS_PER_COST: u64 = 8;
/// The largest number of places that are missing for a move.
const MAX_SHORTAGE: usize = 24;
/// The largest number of units that leave one sink for a move.
const MAX_EJECTED: usize = 6;

// One unit moves, and ejects others, each of which ejects others.
const _: () = assert!(1 + MAX_EJECTED + MAX_EJECTED * MAX_EJECTED <= MAX_MOVED);

/// Units that leave a sink, and the resulting decrease of the objective.
#[derive(Clone)]
struct Ejection {
    cost: i128,
    units: Vec<UnitIdx>,
}

/// The cheapest ejections for a shortage of 0, 1, 2, … places; `None` if it is impossible.
type Ejections = Vec<Option<Ejection>>;

/// The arcs of the units of a chain before it, in the order of their moves.
type UndoLog = Vec<(UnitIdx, Option<ArcRank>)>;

/// Improves an assignment until no ejection chain improves it further, the limit is reached, or it is cancelled.
pub(crate) fn improve(assignment: &mut Assignment, progress: &ProgressReporter<'_>) {
    let simple_ejections = IndexVec::from_elem(None, assignment.sinks());
    let mut search =
        LocalSearch { assignment, simple_ejections, evaluations: MAX_EVALUATIONS, until_report: 0, progress };
    while search.improve_all() {}
}

struct LocalSearch<'a> {
    assignment: &'a mut Assignment,
    /// For each sink the ejections of units that eject no others, computed on demand and dropped when the units of the
    /// sink change. They are not exact after changes of other sinks; a chain is evaluated exactly before it is kept.
    simple_ejections: IndexVec<SinkIdx, Option<Ejections>>,
    /// The number of evaluations that are left; 0 once it is cancelled.
    evaluations: u64,
    /// The number of evaluations until the next call of the progress callback.
    until_report: u64,
    progress: &'a ProgressReporter<'a>,
}

impl LocalSearch<'_> {
    /// Tries to move every unit. Returns `true` if the assignment has improved and can be improved further.
    fn improve_all(&mut self) -> bool {
        let mut has_improved = false;
        // After a failure, identical units on the same arc fail too, until a move succeeds.
        let mut failed: Option<(SupplyIdx, Option<ArcRank>)> = None;
        for unit in self.assignment.units_by_priority() {
            if self.evaluations == 0 || self.progress.is_cancelled() {
                return false;
            }
            let state = (self.assignment.supply(unit), self.assignment.rank(unit));
            if failed == Some(state) {
                continue;
            }
            let is_improved = self.improve_unit(unit);
            failed = (!is_improved).then_some(state);
            has_improved |= is_improved;
        }
        has_improved
    }

    /// Applies the best chain that starts with a unit, and returns `true` if it improves the objective.
    // INVARIANT: the scalarization can represent the sums of a chain, which moves at most `MAX_MOVED` units.
    #[expect(clippy::arithmetic_side_effects, reason = "sums of a chain fit in the scalarization")]
    fn improve_unit(&mut self, unit: UnitIdx) -> bool {
        let before = self.assignment.rank(unit);
        let objective = self.assignment.objective(unit);
        self.unassign(unit);
        let mut best: Option<(i128, ArcRank, Vec<UnitIdx>)> = None;
        for rank in self.assignment.arcs(unit).indices() {
            if self.evaluations == 0 {
                break;
            }
            let arc = self.assignment.arcs(unit)[rank];
            self.count_evaluations(1);
            let known = best.as_ref().map_or(objective, |(total, ..)| *total);
            if arc.objective <= known {
                continue;
            }
            if let Some(Ejection { cost, units }) = self.cheapest_ejection(unit, arc.sink) {
                if arc.objective - cost > known {
                    best = Some((arc.objective - cost, rank, units));
                }
            }
        }
        if best.is_some_and(|(_, rank, ejected)| self.apply_chain(unit, rank, &ejected, objective)) {
            return true;
        }
        if let Some(rank) = before {
            self.assign(unit, rank);
        }
        false
    }

    /// Returns the cheapest units to eject so that a unit fits in a sink, if they may eject others in turn.
    // INVARIANT: the scalarization can represent the sums of a chain.
    #[expect(clippy::arithmetic_side_effects, reason = "sums of a chain fit in the scalarization")]
    fn cheapest_ejection(&mut self, unit: UnitIdx, sink: SinkIdx) -> Option<Ejection> {
        let shortage = self.shortage(unit, sink)?;
        if shortage == 0 {
            return Some(Ejection { cost: 0, units: Vec::new() });
        }
        let served = self.assignment.served(sink).to_vec();
        self.count_costs(served.len());
        let mut costs = Vec::with_capacity(served.len());
        for other in served {
            if self.evaluations == 0 {
                return None;
            }
            let elsewhere = self.best_insertion(other, Some(sink)).map_or(0, |(total, _)| total);
            costs.push((other, self.assignment.objective(other) - elsewhere));
        }
        self.cheapest_covers(&costs, shortage).pop().flatten()
    }

    /// Returns the number of places that a unit lacks at a sink, or `None` if it exceeds the limit.
    fn shortage(&self, unit: UnitIdx, sink: SinkIdx) -> Option<usize> {
        let shortage = usize::try_from(self.assignment.residual(sink).shortage(self.assignment.size(unit))).ok()?;
        (shortage <= MAX_SHORTAGE).then_some(shortage)
    }

    /// Returns the best arc of a unit to another sink than `except`, with the change of the objective. The unit may
    /// eject others that eject none in turn.
    // INVARIANT: the scalarization can represent the sums of a chain.
    #[expect(clippy::arithmetic_side_effects, reason = "sums of a chain fit in the scalarization")]
    fn best_insertion(&mut self, unit: UnitIdx, except: Option<SinkIdx>) -> Option<(i128, ArcRank)> {
        let mut best: Option<(i128, ArcRank)> = None;
        let arcs = self.assignment.arcs(unit);
        let (ranks, count) = (arcs.indices(), arcs.len());
        self.count_evaluations(u64::try_from(count).unwrap_or(u64::MAX));
        for rank in ranks {
            let arc = self.assignment.arcs(unit)[rank];
            if Some(arc.sink) == except || best.is_some_and(|(total, _)| arc.objective <= total) {
                continue;
            }
            let Some(shortage) = self.shortage(unit, arc.sink) else { continue };
            let cost = if shortage == 0 {
                0
            } else {
                let Some(ejection) = self.simple_ejection(arc.sink, shortage) else { continue };
                ejection.cost
            };
            let total = arc.objective - cost;
            if total > best.map_or(0, |(total, _)| total) {
                best = Some((total, rank));
            }
        }
        best
    }

    /// Returns the cheapest ejection for a shortage if the units move to free places or become unserved.
    // INVARIANT: the scalarization can represent the sums of a chain.
    #[expect(clippy::arithmetic_side_effects, reason = "sums of a chain fit in the scalarization")]
    fn simple_ejection(&mut self, sink: SinkIdx, shortage: usize) -> Option<&Ejection> {
        if self.simple_ejections[sink].is_none() {
            let cost = |unit: &UnitIdx| {
                let elsewhere = self.best_free_arc(*unit, Some(sink)).map_or(0, |(objective, _)| objective);
                (*unit, self.assignment.objective(*unit) - elsewhere)
            };
            let costs: Vec<(UnitIdx, i128)> = self.assignment.served(sink).iter().map(cost).collect();
            self.count_costs(costs.len());
            self.simple_ejections[sink] = Some(self.cheapest_covers(&costs, MAX_SHORTAGE));
        }
        self.simple_ejections[sink].as_ref()?.get(shortage)?.as_ref()
    }

    /// Returns the arc of the largest objective to a sink other than `except` that has enough free places.
    fn best_free_arc(&self, unit: UnitIdx, except: Option<SinkIdx>) -> Option<(i128, ArcRank)> {
        let size = self.assignment.size(unit);
        let arcs = self.assignment.arcs(unit).enumerate();
        let free = arcs.filter(|(_, arc)| Some(arc.sink) != except && self.assignment.residual(arc.sink).fits(size));
        free.map(|(rank, arc)| (arc.objective, rank)).max_by_key(|(objective, rank)| (*objective, Reverse(*rank)))
    }

    /// Returns the cheapest sets of units that together free 0, 1, …, `most` places, given the cost of each unit.
    // INVARIANT: the scalarization can represent the sums of a chain.
    #[expect(clippy::arithmetic_side_effects, reason = "sums of a chain fit in the scalarization")]
    fn cheapest_covers(&self, costs: &[(UnitIdx, i128)], most: usize) -> Ejections {
        let mut covers: Ejections = vec![None; most.saturating_add(1)];
        if let Some(none) = covers.first_mut() {
            *none = Some(Ejection { cost: 0, units: Vec::new() });
        }
        for (size, cost, unit) in self.cheapest_by_size(costs) {
            let size = usize::try_from(size).unwrap_or(usize::MAX);
            for places in (1..=most).rev() {
                let Some(Some(rest)) = covers.get(places.saturating_sub(size)) else { continue };
                let total = rest.cost + cost;
                let is_cheaper = |cover: &Option<Ejection>| cover.as_ref().is_none_or(|known| total < known.cost);
                if rest.units.len() < MAX_EJECTED && covers.get(places).is_some_and(is_cheaper) {
                    let mut units = rest.units.clone();
                    units.push(unit);
                    if let Some(cover) = covers.get_mut(places) {
                        *cover = Some(Ejection { cost: total, units });
                    }
                }
            }
        }
        covers
    }

    /// Returns the cheapest units of each size, as many as can be ejected, sorted by size and cost.
    fn cheapest_by_size(&self, costs: &[(UnitIdx, i128)]) -> impl Iterator<Item = (u64, i128, UnitIdx)> + use<> {
        let mut groups: Vec<(u64, Vec<(i128, UnitIdx)>)> = Vec::new();
        for (unit, cost) in costs {
            let size = self.assignment.size(*unit);
            let group = groups.partition_point(|(present, _)| *present < size);
            if groups.get(group).is_none_or(|(present, _)| *present != size) {
                groups.insert(group, (size, Vec::with_capacity(MAX_EJECTED)));
            }
            let Some((_, units)) = groups.get_mut(group) else { continue };
            let position = units.partition_point(|present| *present < (*cost, *unit));
            if position < MAX_EJECTED {
                units.truncate(MAX_EJECTED.saturating_sub(1));
                units.insert(position, (*cost, *unit));
            }
        }
        groups.into_iter().flat_map(|(size, units)| units.into_iter().map(move |(cost, unit)| (size, cost, unit)))
    }

    /// Moves an unserved unit to a sink and the ejected ones to others. Undoes it unless the objective is then above
    /// `objective`, that of the unit before; returns `true` if it is.
    // INVARIANT: the scalarization can represent the sums of a chain.
    #[expect(clippy::arithmetic_side_effects, reason = "sums of a chain fit in the scalarization")]
    fn apply_chain(&mut self, unit: UnitIdx, rank: ArcRank, ejected: &[UnitIdx], objective: i128) -> bool {
        let mut undo: UndoLog = vec![(unit, None)];
        let mut gained = -objective;
        for other in ejected {
            gained -= self.eject(*other, &mut undo);
        }
        let arc = self.assignment.arcs(unit)[rank];
        if self.assignment.residual(arc.sink).fits(self.assignment.size(unit)) {
            gained += arc.objective;
            self.assign(unit, rank);
            for other in ejected {
                gained += self.reinsert(*other, unit, &mut undo);
            }
        }
        if gained <= 0 {
            self.undo(&undo);
        }
        gained > 0
    }

    /// Assigns an ejected unit to its best sink, and the units that it ejects there to free places. Returns the change
    /// of the objective. `first` is never ejected: it has just moved.
    // INVARIANT: the scalarization can represent the sums of a chain.
    #[expect(clippy::arithmetic_side_effects, reason = "sums of a chain fit in the scalarization")]
    fn reinsert(&mut self, unit: UnitIdx, first: UnitIdx, undo: &mut UndoLog) -> i128 {
        let Some((_, rank)) = self.best_insertion(unit, None) else { return 0 };
        let arc = self.assignment.arcs(unit)[rank];
        let ejected = match self.shortage(unit, arc.sink) {
            Some(0) => Some(Vec::new()),
            Some(shortage) => self.simple_ejection(arc.sink, shortage).map(|ejection| ejection.units.clone()),
            None => None,
        };
        let Some(ejected) = ejected.filter(|ejected| !ejected.contains(&first)) else { return 0 };
        let mut gained = 0;
        for other in &ejected {
            gained -= self.eject(*other, undo);
        }
        if self.assignment.residual(arc.sink).fits(self.assignment.size(unit)) {
            gained += arc.objective;
            self.assign(unit, rank);
        }
        for other in ejected {
            if let Some((objective, rank)) = self.best_free_arc(other, None) {
                gained += objective;
                self.assign(other, rank);
            }
        }
        gained
    }

    /// Makes a unit unserved, logs its arc, and returns its objective.
    fn eject(&mut self, unit: UnitIdx, undo: &mut UndoLog) -> i128 {
        let objective = self.assignment.objective(unit);
        undo.push((unit, self.assignment.rank(unit)));
        self.unassign(unit);
        objective
    }

    /// Restores the assignment before a chain, but for its first unit, which is left unserved.
    fn undo(&mut self, undo: &UndoLog) {
        // All units leave first, so that there are enough places to return to.
        for (unit, _) in undo {
            self.unassign(*unit);
        }
        for (position, (unit, rank)) in undo.iter().enumerate() {
            // A unit that moved twice returns to its first sink.
            let is_first = undo.iter().take(position).all(|(earlier, _)| earlier != unit);
            if let (Some(rank), true) = (rank, is_first) {
                self.assign(*unit, *rank);
            }
        }
    }

    fn assign(&mut self, unit: UnitIdx, rank: ArcRank) {
        let sink = self.assignment.arcs(unit)[rank].sink;
        self.assignment.assign(unit, rank);
        self.simple_ejections[sink] = None;
    }

    fn unassign(&mut self, unit: UnitIdx) {
        if let Some(sink) = self.assignment.unassign(unit) {
            self.simple_ejections[sink] = None;
        }
    }

    fn count_evaluations(&mut self, evaluations: u64) {
        self.evaluations = self.evaluations.saturating_sub(evaluations);
        match self.until_report.checked_sub(evaluations) {
            Some(left) => self.until_report = left,
            None => {
                self.until_report = EVALUATIONS_PER_REPORT;
                if self.progress.is_cancelled() {
                    self.evaluations = 0;
                }
            }
        }
    }

    fn count_costs(&mut self, units: usize) {
        let units = u64::try_from(units).unwrap_or(u64::MAX);
        self.count_evaluations(units.saturating_mul(EVALUATIONS_PER_COST));
    }
}
