//! Exhaustive search: enumerates the assignments of a few units to a few sinks, except those that a bound excludes.
//!
//! The search is depth first. A branch is pruned if its objective, plus the largest surpluses of the remaining units,
//! plus the price of the free places, is not above the best known objective (weak duality). Identical units take sinks
//! in one order, which excludes their permutations. It takes O((sinks + 1)^units) steps in the worst case, and at most
//! a given number.

use std::cmp::Reverse;

use crate::solver::{
    index::{IndexVec, LocalSinkIdx, SupplyIdx, UnitIdx},
    residual::Residual,
};
use crate::util::sort::sort_by_key;

/// A unit to assign.
pub(crate) struct FreeUnit {
    pub(crate) unit: UnitIdx,
    /// Units of one supply are identical.
    pub(crate) supply: SupplyIdx,
    pub(crate) size: u64,
    /// The sinks that can serve the unit, with its objective there.
    pub(crate) arcs: Vec<(LocalSinkIdx, i128)>,
}

/// Pairs of a unit and the sink that serves it.
pub(crate) type Served = Vec<(UnitIdx, LocalSinkIdx)>;

/// The result of a search.
pub(crate) struct Outcome {
    /// The best assignment that is above the known objective, or `None` if there is none or none was found.
    pub(crate) improved: Option<Served>,
    /// The number of steps that are left; 0 if the search was not exhaustive.
    pub(crate) steps: u64,
}

/// Searches for the best assignment whose objective is above `known`, in at most `steps` steps.
pub(crate) fn search(
    units: Vec<FreeUnit>,
    prices: &IndexVec<LocalSinkIdx, i128>,
    residuals: IndexVec<LocalSinkIdx, Residual>,
    known: i128,
    steps: u64,
) -> Outcome {
    let units = order(units, prices);
    let free_value = value_of_free_places(prices, &residuals);
    let mut search =
        ExhaustiveSearch { prices, residuals, free_value, served: Vec::new(), known, improved: None, steps };
    search.branch(&units, 0, 0);
    Outcome { improved: search.improved, steps: search.steps }
}

/// A unit with the bound of the branches below it.
struct BranchingUnit {
    unit: FreeUnit,
    /// The sum of the largest surpluses of this unit and all later ones.
    surplus: i128,
    /// `true` if the next unit is of the same supply.
    is_repeated: bool,
}

/// Sorts units by size, the largest first, since they decide most; identical ones are adjacent. Sorts their arcs by
/// surplus.
// INVARIANT: the scalarization of the assignment can represent the sums of a neighbourhood.
#[expect(clippy::arithmetic_side_effects, reason = "sums of a neighbourhood fit in the scalarization")]
fn order(mut units: Vec<FreeUnit>, prices: &IndexVec<LocalSinkIdx, i128>) -> Vec<BranchingUnit> {
    sort_by_key(&mut units, |unit| (Reverse(unit.size), unit.supply));
    let mut ordered: Vec<BranchingUnit> = Vec::with_capacity(units.len());
    for mut unit in units.into_iter().rev() {
        let surplus = |(sink, objective): &(LocalSinkIdx, i128)| objective - prices[*sink] * i128::from(unit.size);
        unit.arcs.retain(|(_, objective)| *objective > 0);
        sort_by_key(&mut unit.arcs, |arc| (Reverse(surplus(arc)), arc.0));
        let largest = unit.arcs.first().map_or(0, surplus).max(0);
        let next = ordered.last();
        let surplus = next.map_or(0, |next| next.surplus) + largest;
        let is_repeated = next.is_some_and(|next| next.unit.supply == unit.supply);
        ordered.push(BranchingUnit { unit, surplus, is_repeated });
    }
    ordered.reverse();
    ordered
}

// INVARIANT: the scalarization can represent the sums of a neighbourhood.
#[expect(clippy::arithmetic_side_effects, reason = "sums of a neighbourhood fit in the scalarization")]
fn value_of_free_places(prices: &IndexVec<LocalSinkIdx, i128>, residuals: &IndexVec<LocalSinkIdx, Residual>) -> i128 {
    let priced = prices.iter().zip(residuals.iter()).filter(|(price, _)| **price != 0);
    priced.map(|(price, residual)| price * i128::from(residual.places())).sum()
}

struct ExhaustiveSearch<'p> {
    prices: &'p IndexVec<LocalSinkIdx, i128>,
    residuals: IndexVec<LocalSinkIdx, Residual>,
    /// The price of all free places.
    free_value: i128,
    /// The assignment of the current branch.
    served: Served,
    known: i128,
    improved: Option<Served>,
    steps: u64,
}

impl ExhaustiveSearch<'_> {
    /// Enumerates the assignments of the remaining units. The first one takes no arc before `first_arc`.
    // INVARIANT: the scalarization can represent the sums of a neighbourhood.
    #[expect(clippy::arithmetic_side_effects, reason = "sums of a neighbourhood fit in the scalarization")]
    fn branch(&mut self, units: &[BranchingUnit], first_arc: usize, objective: i128) {
        if objective > self.known {
            (self.known, self.improved) = (objective, Some(self.served.clone()));
        }
        let Some((BranchingUnit { unit, surplus, is_repeated }, rest)) = units.split_first() else { return };
        if self.steps == 0 || objective + surplus + self.free_value <= self.known {
            return;
        }
        self.steps -= 1;
        for (position, (sink, unit_objective)) in unit.arcs.iter().enumerate().skip(first_arc) {
            let residual = self.residuals[*sink];
            if !residual.fits(unit.size) {
                continue;
            }
            let cost = if residual.is_limited() { self.prices[*sink] * i128::from(unit.size) } else { 0 };
            self.residuals[*sink].reserve(unit.size);
            self.free_value -= cost;
            self.served.push((unit.unit, *sink));
            self.branch(rest, if *is_repeated { position } else { 0 }, objective + unit_objective);
            self.served.pop();
            self.free_value += cost;
            self.residuals[*sink] = residual;
        }
        // The unit remains unserved, and then so do the identical ones.
        self.branch(rest, if *is_repeated { unit.arcs.len() } else { 0 }, objective);
    }
}
