//! An assignment of units to sinks, in which parties stay together.
//!
//! It stores the units of each sink and the unserved units of each supply as lists with back references, so that
//! assigning and removing a unit takes constant time.

use std::cmp::Reverse;

use crate::solver::{
    index::{ArcRank, Idx, IndexVec, ListIdx, SinkIdx, SupplyIdx, UnitIdx},
    lexicographic::Scalarization,
    problem::{CLASSES, Edge, Flow, Objective, Problem, Supply, too_large},
    relaxation::Relaxation,
    residual::Residual,
};
use crate::{
    error::Error,
    util::{
        progress::ProgressReporter,
        sort::{sort, sort_by_key},
    },
};

/// The largest number of units.
const MAX_UNITS: u64 = 10_000_000;
/// The number of units between two calls of the progress callback.
const UNITS_PER_REPORT: usize = 1_024;
/// The largest number of units whose objectives are added up, as when a search moves them at once.
pub(crate) const MAX_MOVED: usize = 43;

/// An edge of a supply with scalarized objectives.
#[derive(Clone, Copy)]
pub(crate) struct Arc {
    pub(crate) sink: SinkIdx,
    /// The objective of one unit, above 0.
    pub(crate) objective: i128,
    /// The objective of one unit minus the price of its places.
    pub(crate) surplus: i128,
}

#[derive(Clone, Copy)]
struct Unit {
    supply: SupplyIdx,
    /// The arc to the sink that serves the unit, or `None` if it is unserved.
    arc: Option<ArcRank>,
    /// The position of the unit in its list.
    position: ListIdx,
}

pub(crate) struct Assignment {
    sizes: IndexVec<SupplyIdx, u32>,
    /// The arcs of each supply, sorted by surplus in descending order, then by sink.
    arcs: IndexVec<SupplyIdx, IndexVec<ArcRank, Arc>>,
    /// The ranks of the arcs of each supply, sorted by sink.
    by_sink: IndexVec<SupplyIdx, Vec<(SinkIdx, ArcRank)>>,
    /// All units that are not fixed, grouped by supply.
    units: IndexVec<UnitIdx, Unit>,
    prices: IndexVec<SinkIdx, i128>,
    residuals: IndexVec<SinkIdx, Residual>,
    // INVARIANT: each unit is in one list, at its `position`: that of its sink, or the unserved units of its supply.
    served: IndexVec<SinkIdx, Vec<UnitIdx>>,
    unserved: IndexVec<SupplyIdx, Vec<UnitIdx>>,
}

impl Assignment {
    /// Creates an assignment in which all units that are not fixed are unserved.
    ///
    /// # Errors
    ///
    /// `problem.too_large` if there are more than 10⁷ units, or if sums of objectives exceed 128 bits.
    pub(crate) fn new(problem: &Problem, prices: &[Objective]) -> Result<Self, Error> {
        let free = problem.supplies.iter().filter(|supply| supply.fixed.is_none());
        if free.map(|supply| u64::from(supply.count)).sum::<u64>() > MAX_UNITS {
            return Err(too_large());
        }
        let scalarization = scalarization(problem, prices).ok_or_else(too_large)?;
        let mut assignment = Self {
            sizes: problem.supplies.iter().map(|supply| supply.size).collect(),
            arcs: IndexVec::with_capacity(problem.supplies.len()),
            by_sink: IndexVec::with_capacity(problem.supplies.len()),
            units: IndexVec::new(),
            prices: prices.iter().map(|price| scalarization.encode(*price)).collect(),
            residuals: problem.capacities.iter().map(|capacity| Residual::new(*capacity)).collect(),
            served: IndexVec::from_elem(Vec::new(), problem.capacities.len()),
            unserved: IndexVec::from_elem(Vec::new(), problem.supplies.len()),
        };
        for (index, supply) in problem.enumerate_supplies() {
            let arcs = arcs(supply, &scalarization, &assignment.prices);
            let mut by_sink: Vec<(SinkIdx, ArcRank)> = arcs.enumerate().map(|(rank, arc)| (arc.sink, rank)).collect();
            sort(&mut by_sink);
            assignment.by_sink.push(by_sink);
            assignment.arcs.push(arcs);
            if let Some(sink) = supply.fixed {
                let places = u64::from(supply.count).saturating_mul(u64::from(supply.size));
                assignment.residuals[SinkIdx(sink)].reserve(places);
                continue;
            }
            for position in (0..supply.count).map(ListIdx) {
                let unit = assignment.units.push(Unit { supply: index, arc: None, position });
                assignment.unserved[index].push(unit);
            }
        }
        Ok(assignment)
    }

    /// Assigns the parties that the relaxation does not split, then the others to the first sinks with enough places.
    pub(crate) fn round(&mut self, relaxation: &Relaxation, flows: &[Flow], progress: &ProgressReporter<'_>) {
        for (supply, flows) in self.arcs.indices().zip(relaxation.flows_by_supply(flows)) {
            let mut units = self.unserved[supply].clone().into_iter();
            let size = u64::from(self.sizes[supply]);
            let mut whole: Vec<(ArcRank, u64)> = Vec::new();
            for (sink, places) in sum_by_sink(flows.iter().flatten().copied()) {
                let rank = self.rank_of(supply, SinkIdx(sink));
                whole.extend(rank.map(|rank| (rank, places.checked_div(size).unwrap_or(0))));
            }
            sort(&mut whole);
            for (rank, count) in whole {
                for unit in units.by_ref().take(usize::try_from(count).unwrap_or(usize::MAX)) {
                    self.assign(unit, rank);
                }
            }
        }
        self.assign_greedily(progress);
    }

    /// Assigns each unserved unit to its first sink with enough places.
    fn assign_greedily(&mut self, progress: &ProgressReporter<'_>) {
        // Places are only taken, so a sink that lacks places for a unit lacks them for the next one of the same supply.
        let mut next: IndexVec<SupplyIdx, ArcRank> = IndexVec::from_elem(ArcRank(0), self.arcs.len());
        for (position, unit) in self.units_by_priority().into_iter().enumerate() {
            if position % UNITS_PER_REPORT == 0 && progress.is_cancelled() {
                return;
            }
            if self.units[unit].arc.is_some() {
                continue;
            }
            let (supply, size) = (self.supply(unit), self.size(unit));
            let fitting = self.arcs[supply].enumerate().skip(next[supply].to_usize());
            let fitting =
                fitting.map(|(rank, arc)| (rank, arc.sink)).find(|(_, sink)| self.residuals[*sink].fits(size));
            next[supply] = fitting.map_or(ArcRank(u32::MAX), |(rank, _)| rank);
            if let Some((rank, _)) = fitting {
                self.assign(unit, rank);
            }
        }
    }

    /// Returns the rank of the arc of a supply to a sink, or `None` if there is none.
    pub(crate) fn rank_of(&self, supply: SupplyIdx, sink: SinkIdx) -> Option<ArcRank> {
        let by_sink = &self.by_sink[supply];
        let position = by_sink.binary_search_by_key(&sink, |(sink, _)| *sink).ok()?;
        by_sink.get(position).map(|(_, rank)| *rank)
    }

    /// Returns all units: the unserved ones first, then those with a larger objective on their best arc.
    pub(crate) fn units_by_priority(&self) -> Vec<UnitIdx> {
        let best = |arcs: &IndexVec<ArcRank, Arc>| arcs.iter().map(|arc| arc.objective).max();
        let best: IndexVec<SupplyIdx, Option<i128>> = self.arcs.iter().map(best).collect();
        let mut order: Vec<UnitIdx> = self.units.indices().collect();
        sort_by_key(&mut order, |unit| {
            let Unit { supply, arc, .. } = self.units[*unit];
            (arc.is_some(), Reverse(best[supply]), supply, *unit)
        });
        order
    }

    pub(crate) fn units(&self) -> impl Iterator<Item = UnitIdx> + use<> {
        self.units.indices()
    }

    #[inline]
    pub(crate) fn supply(&self, unit: UnitIdx) -> SupplyIdx {
        self.units[unit].supply
    }

    /// Returns the number of places that a unit takes.
    #[inline]
    pub(crate) fn size(&self, unit: UnitIdx) -> u64 {
        u64::from(self.sizes[self.units[unit].supply])
    }

    /// Returns the arcs of a unit, sorted by surplus.
    #[inline]
    pub(crate) fn arcs(&self, unit: UnitIdx) -> &IndexVec<ArcRank, Arc> {
        &self.arcs[self.units[unit].supply]
    }

    /// Returns the arcs of each supply.
    pub(crate) fn arcs_by_supply(&self) -> impl Iterator<Item = (SupplyIdx, &IndexVec<ArcRank, Arc>)> {
        self.arcs.enumerate()
    }

    /// Returns the rank of the arc that a unit uses, or `None` if it is unserved.
    #[inline]
    pub(crate) fn rank(&self, unit: UnitIdx) -> Option<ArcRank> {
        self.units[unit].arc
    }

    /// Returns the arc that a unit uses, or `None` if it is unserved.
    #[inline]
    pub(crate) fn arc(&self, unit: UnitIdx) -> Option<Arc> {
        let Unit { supply, arc, .. } = self.units[unit];
        arc.map(|rank| self.arcs[supply][rank])
    }

    /// Returns the objective of a unit; 0 if it is unserved.
    #[inline]
    pub(crate) fn objective(&self, unit: UnitIdx) -> i128 {
        self.arc(unit).map_or(0, |arc| arc.objective)
    }

    #[inline]
    pub(crate) fn price(&self, sink: SinkIdx) -> i128 {
        self.prices[sink]
    }

    pub(crate) fn sinks(&self) -> usize {
        self.residuals.len()
    }

    #[inline]
    pub(crate) fn residual(&self, sink: SinkIdx) -> Residual {
        self.residuals[sink]
    }

    /// Returns the units of a sink that are not fixed.
    pub(crate) fn served(&self, sink: SinkIdx) -> &[UnitIdx] {
        &self.served[sink]
    }

    /// Returns the unserved units of a supply.
    pub(crate) fn unserved(&self, supply: SupplyIdx) -> &[UnitIdx] {
        &self.unserved[supply]
    }

    /// Assigns an unserved unit to the sink of an arc, which must have enough places.
    pub(crate) fn assign(&mut self, unit: UnitIdx, rank: ArcRank) {
        let sink = self.arcs(unit)[rank].sink;
        let size = self.size(unit);
        self.remove_from_list(unit);
        self.units[unit].arc = Some(rank);
        self.residuals[sink].reserve(size);
        self.add_to_list(unit);
    }

    /// Makes a unit unserved, and returns the sink that it leaves.
    pub(crate) fn unassign(&mut self, unit: UnitIdx) -> Option<SinkIdx> {
        let sink = self.arc(unit)?.sink;
        let size = self.size(unit);
        self.residuals[sink].release(size);
        self.remove_from_list(unit);
        self.units[unit].arc = None;
        self.add_to_list(unit);
        Some(sink)
    }

    fn list_mut(&mut self, unit: UnitIdx) -> &mut Vec<UnitIdx> {
        match self.arc(unit) {
            Some(arc) => &mut self.served[arc.sink],
            None => &mut self.unserved[self.units[unit].supply],
        }
    }

    fn add_to_list(&mut self, unit: UnitIdx) {
        let list = self.list_mut(unit);
        let position = ListIdx::from_usize(list.len());
        list.push(unit);
        self.units[unit].position = position;
    }

    fn remove_from_list(&mut self, unit: UnitIdx) {
        let position = self.units[unit].position;
        let list = self.list_mut(unit);
        list.swap_remove(position.to_usize());
        if let Some(moved) = list.get(position.to_usize()).copied() {
            self.units[moved].position = position;
        }
    }

    /// Returns the flows of all units, the fixed ones included.
    pub(crate) fn into_flows(self, problem: &Problem) -> Vec<Flow> {
        let mut flows: IndexVec<SupplyIdx, Flow> = IndexVec::from_elem(Flow::new(), problem.supplies.len());
        for unit in self.units.indices() {
            if let Some(arc) = self.arc(unit) {
                flows[self.supply(unit)].push((arc.sink.0, 1));
            }
        }
        for (flow, supply) in flows.iter_mut().zip(&problem.supplies) {
            if let (Some(sink), true) = (supply.fixed, supply.count > 0) {
                *flow = vec![(sink, supply.count)];
            }
            let count = |units: u64| u32::try_from(units).unwrap_or(u32::MAX);
            *flow = sum_by_sink(flow.iter().copied()).into_iter().map(|(sink, units)| (sink, count(units))).collect();
        }
        flows.into_vec()
    }
}

/// Adds up units by sink, sorted by sink.
pub(crate) fn sum_by_sink(flows: impl Iterator<Item = (u32, u32)>) -> Vec<(u32, u64)> {
    let mut sums: Vec<(u32, u64)> = flows.map(|(sink, units)| (sink, u64::from(units))).collect();
    sort(&mut sums);
    sums.dedup_by(|(sink, units), (last, sum)| {
        let is_equal = sink == last;
        *sum = sum.saturating_add(if is_equal { *units } else { 0 });
        is_equal
    });
    sums
}

/// Returns the arcs of a supply that can improve a solution, sorted by surplus.
// INVARIANT: the scalarization can represent an objective and the price of the places of one unit.
#[expect(clippy::arithmetic_side_effects, reason = "a surplus fits in the scalarization")]
fn arcs(supply: &Supply, scalarization: &Scalarization, prices: &IndexVec<SinkIdx, i128>) -> IndexVec<ArcRank, Arc> {
    let arc = |edge: &Edge| {
        let sink = SinkIdx(edge.sink);
        let objective = scalarization.encode(supply.unit_objective(edge));
        Arc { sink, objective, surplus: objective - prices[sink] * i128::from(supply.size) }
    };
    let mut arcs: Vec<Arc> = supply.edges.iter().map(arc).filter(|arc| arc.objective > 0).collect();
    sort_by_key(&mut arcs, |arc| (Reverse(arc.surplus), arc.sink));
    IndexVec::from(arcs)
}

/// Returns a scalarization for the sums of a move of [`MAX_MOVED`] units.
fn scalarization(problem: &Problem, prices: &[Objective]) -> Option<Scalarization> {
    let mut reach = [0_i128; CLASSES + 2];
    // A unit leaves one sink and goes to another.
    let terms = i128::try_from(MAX_MOVED.checked_mul(2)?).ok()?;
    let mut largest = 1_u32;
    for supply in &problem.supplies {
        largest = largest.max(supply.size);
        for edge in &supply.edges {
            for (reach, level) in reach.iter_mut().zip(supply.unit_objective(edge).levels()) {
                *reach = (*reach).max(level.checked_abs()?.checked_mul(terms)?);
            }
        }
    }
    for price in prices {
        for (reach, level) in reach.iter_mut().zip(price.levels()) {
            // `HEADROOM` covers an objective in addition to a price.
            *reach = (*reach).max(level.checked_abs()?.checked_mul(i128::from(largest))?.checked_mul(terms)?);
        }
    }
    Scalarization::new(Objective::from_levels(reach))
}
