//! The solver's problem for an instance.

use crate::{
    allocate::{
        fixed::{fixed_offers, fixed_or_previous_offers},
        index::{Idx, IndexVec, NeedIdx, OfferIdx, PartyIdx, SupplyIdx},
        instance::Instance,
        party::Party,
    },
    error::Error,
    matcher::profile::Profile,
    model::enums::MoveMode,
    solver::problem::{Edge, Objective, Problem, Supply, too_large},
    util::{ordered_map::OrderedMap, progress::ProgressReporter},
};

/// The solver's problem for an instance, and what lies outside it.
pub(crate) struct Formulation {
    /// One sink for each offer, and one supply for parties that the solver need not distinguish.
    pub(crate) problem: Problem,
    /// The parties of each supply, one for each unit.
    pub(crate) parties: IndexVec<SupplyIdx, Vec<PartyIdx>>,
    /// The offers of parties that take no place because all their members are counted.
    pub(crate) outside: IndexVec<PartyIdx, Option<OfferIdx>>,
    /// The contribution of the counted referrals to the objective, on top of that of the problem.
    pub(crate) counted: Objective,
}

/// Profile, priority, people and previous offer: single needs that agree in all of them are units of one supply.
type MergeKey<'a> = (&'a Profile, u8, u32, Option<OfferIdx>);

/// Formulates the problem.
///
/// # Errors
///
/// `problem.too_large` if the sum of counted referrals overflows; `cancelled`.
pub(crate) fn formulate(
    instance: &Instance<'_>,
    moves: MoveMode,
    progress: &ProgressReporter<'_>,
) -> Result<Formulation, Error> {
    let offers = match moves {
        MoveMode::None => fixed_or_previous_offers(instance),
        MoveMode::Few | MoveMode::Free => fixed_offers(instance),
    };
    let capacities = instance.records.offers.values().map(|offer| offer.places.limit).collect();
    let mut formulation = Formulation {
        problem: Problem { supplies: Vec::new(), capacities },
        parties: IndexVec::new(),
        outside: IndexVec::repeat(None, instance.parties.len()),
        counted: Objective::ZERO,
    };
    let mut merged: OrderedMap<MergeKey<'_>, SupplyIdx> = OrderedMap::default();
    for ((idx, party), offer) in instance.parties.iter().zip(offers.values()) {
        if progress.is_cancelled() {
            break;
        }
        if let Some(offer) = offer {
            let counted = instance.counted_objective(party, *offer);
            formulation.counted = formulation.counted.plus(counted, 1).ok_or_else(too_large)?;
        }
        if party.size() == 0 {
            formulation.outside.set(idx, *offer);
            continue;
        }
        let next = SupplyIdx::from_usize(formulation.parties.len());
        let key = if offer.is_none() { merge_key(instance, party) } else { None };
        let supply = key.map_or(next, |key| *merged.entry(key).or_insert_with(|| next));
        formulation.add_unit(supply, idx, || new_supply(instance, party, *offer));
    }
    progress.unless_cancelled(formulation)
}

impl Formulation {
    /// Adds a party to a supply, which is created if it is the next one.
    fn add_unit(&mut self, supply: SupplyIdx, party: PartyIdx, new_supply: impl FnOnce() -> Supply) {
        match (self.problem.supplies.get_mut(supply.to_usize()), self.parties.get_mut(supply)) {
            (Some(supply), Some(parties)) => {
                supply.count = supply.count.saturating_add(1);
                parties.push(party);
            }
            _ => {
                self.problem.supplies.push(new_supply());
                self.parties.push(vec![party]);
            }
        }
    }
}

/// Returns the key under which a need without a group is merged with equal ones, or `None` for a group.
fn merge_key<'a>(instance: &'a Instance<'_>, party: &Party) -> Option<MergeKey<'a>> {
    let &[member]: &[NeedIdx; 1] = party.members.as_slice().try_into().ok()?;
    if party.is_group {
        return None;
    }
    let (need, profile) = (instance.records.needs.get(member)?, instance.records.profiles.get(member)?);
    Some((profile, need.priority() as u8, need.people(), instance.given.previous(member)))
}

/// Creates the supply of one party, which has a single edge if its offer is fixed.
fn new_supply(instance: &Instance<'_>, party: &Party, fixed: Option<OfferIdx>) -> Supply {
    let edge =
        |offer: OfferIdx, value: i64| Edge { sink: offer.to_sink(), kept: instance.kept(party, false, offer), value };
    let edges = match fixed {
        Some(offer) => vec![edge(offer, instance.value(party, false, offer))],
        None => party.offers.iter().map(|common| edge(common.offer, common.value)).collect(),
    };
    Supply { count: 1, size: party.size(), people: party.people, edges, fixed: fixed.map(OfferIdx::to_sink) }
}
