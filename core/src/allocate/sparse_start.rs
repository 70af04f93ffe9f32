//! The first edges of a problem that has only a part of them: those of a greedy plan, and to the best offers.

use std::{cmp::Reverse, collections::BinaryHeap};

use crate::{
    allocate::{
        index::{Idx, IndexVec, KindIdx, OfferIdx, SupplyIdx},
        sparse_edges::SparseEdges,
    },
    solver::problem::{Edge, Problem, Supply},
    util::{
        progress::ProgressReporter,
        sort::{select_first_by, sort_by_key},
    },
};

/// The number of best kinds to which each supply has edges.
const BEST_KINDS: usize = 6;
/// The number of supplies between two calls of the progress callback.
const SUPPLIES_PER_REPORT: usize = 64;

/// Returns the first edges of all supplies; incomplete if the operation was cancelled.
///
/// Supplies come in the order of their people, larger ones first. The greedy plan gives each unit the best kind of which some offer
/// has enough places, and there the offer with the most places left.
pub(crate) fn first_edges(
    sparse: &SparseEdges,
    problem: &Problem,
    progress: &ProgressReporter<'_>,
) -> Vec<(SupplyIdx, Edge)> {
    let mut greedy = Greedy::new(sparse, problem);
    let mut order: Vec<(SupplyIdx, &Supply)> =
        problem.supplies.iter().enumerate().map(|(index, supply)| (SupplyIdx::from_usize(index), supply)).collect();
    order.retain(|(_, supply)| supply.fixed.is_none());
    sort_by_key(&mut order, |(index, supply)| (Reverse(supply.people), Reverse(supply.size), *index));
    for (position, (index, supply)) in order.into_iter().enumerate() {
        if position % SUPPLIES_PER_REPORT == 0 && progress.is_cancelled() {
            break;
        }
        greedy.add(index, supply);
    }
    greedy.edges
}

struct Greedy<'a> {
    sparse: &'a SparseEdges,
    /// The places left of each offer; `u64::MAX` if their number is unlimited.
    left: IndexVec<OfferIdx, u64>,
    /// The offers of each kind by places left. An entry may be out of date, with too many places.
    by_left: IndexVec<KindIdx, BinaryHeap<(u64, Reverse<OfferIdx>)>>,
    /// The position of the next offer of each kind to which a supply has an edge without a place.
    next: IndexVec<KindIdx, usize>,
    edges: Vec<(SupplyIdx, Edge)>,
}

impl<'a> Greedy<'a> {
    fn new(sparse: &'a SparseEdges, problem: &Problem) -> Self {
        let mut left: IndexVec<OfferIdx, u64> =
            problem.capacities.iter().map(|capacity| capacity.unwrap_or(u64::MAX)).collect();
        for supply in &problem.supplies {
            let offer = supply.fixed.map(OfferIdx::from_sink);
            take_places(&mut left, offer, u64::from(supply.count).saturating_mul(u64::from(supply.size)));
        }
        let entry = |offer: &OfferIdx| (left.get(*offer).copied().unwrap_or(0), Reverse(*offer));
        let by_left = sparse.kinds.iter().map(|(_, offers)| offers.iter().map(entry).collect()).collect();
        Self { sparse, left, by_left, next: IndexVec::repeat(0, sparse.kinds.len()), edges: Vec::new() }
    }

    /// Adds the edges of one supply.
    fn add(&mut self, index: SupplyIdx, supply: &Supply) {
        let mut kinds: Vec<(KindIdx, i64)> = self.sparse.kinds_of(index).collect();
        let mut count = u64::from(supply.count);
        for edge in supply.edges.iter().filter(|edge| edge.kept > 0) {
            count = count.saturating_sub(self.serve(OfferIdx::from_sink(edge.sink), supply.size, count));
        }
        if kinds.len() > BEST_KINDS && supply.count == 1 {
            // One unit needs only the best kind with a place.
            let best = self.best_with_place(&kinds, supply.size).filter(|_| count > 0);
            self.serve_kinds(index, supply.size, count, best.into_iter());
            select_first_by(&mut kinds, BEST_KINDS, |(a, left), (b, right)| right.cmp(left).then(a.cmp(b)));
        } else {
            sort_by_key(&mut kinds, |(kind, value)| (Reverse(*value), *kind));
            self.serve_kinds(index, supply.size, count, kinds.iter().copied());
            kinds.truncate(BEST_KINDS);
        }
        for (kind, value) in kinds {
            self.add_next(index, supply, kind, value);
        }
    }

    /// Returns the kind of the highest value of which some offer has enough places.
    fn best_with_place(&mut self, kinds: &[(KindIdx, i64)], size: u32) -> Option<(KindIdx, i64)> {
        let mut best: Option<(KindIdx, i64)> = None;
        for (kind, value) in kinds {
            if best.is_none_or(|(_, best)| best < *value) && self.most_left(*kind, size).is_some() {
                best = Some((*kind, *value));
            }
        }
        best
    }

    /// Serves units at the kinds in their order, and adds an edge to each offer.
    fn serve_kinds(
        &mut self,
        index: SupplyIdx,
        size: u32,
        mut count: u64,
        kinds: impl Iterator<Item = (KindIdx, i64)>,
    ) {
        for (kind, value) in kinds {
            while count > 0 {
                let Some(offer) = self.most_left(kind, size) else { break };
                count = count.saturating_sub(self.serve(offer, size, count));
                self.edges.push((index, Edge { sink: offer.to_sink(), kept: 0, value }));
            }
        }
    }

    /// Serves as many units as fit at an offer, and returns their number.
    fn serve(&mut self, offer: OfferIdx, size: u32, count: u64) -> u64 {
        let left = self.left.get(offer).copied().unwrap_or(0);
        let served = left.checked_div(u64::from(size)).unwrap_or(0).min(count);
        take_places(&mut self.left, Some(offer), served.saturating_mul(u64::from(size)));
        served
    }

    /// Returns the offer of a kind with the most places left, or `None` if they are too few for a unit.
    fn most_left(&mut self, kind: KindIdx, size: u32) -> Option<OfferIdx> {
        let heap = self.by_left.get_mut(kind)?;
        loop {
            let (entry, Reverse(offer)) = *heap.peek()?;
            let left = self.left.get(offer).copied().unwrap_or(0);
            if left == entry {
                return (left >= u64::from(size)).then_some(offer);
            }
            heap.pop();
            heap.push((left, Reverse(offer)));
        }
    }

    /// Adds edges to the next offers of a kind in turn, until they have a place for each unit.
    fn add_next(&mut self, index: SupplyIdx, supply: &Supply, kind: KindIdx, value: i64) {
        let offers = self.sparse.kinds.offers(kind);
        let Some(next) = self.next.get_mut(kind) else { return };
        let mut count = u64::from(supply.count);
        for _ in offers {
            let Some(offer) = next.checked_rem(offers.len()).and_then(|position| offers.get(position)) else { return };
            *next = next.wrapping_add(1);
            self.edges.push((index, Edge { sink: offer.to_sink(), kept: 0, value }));
            let left = self.left.get(*offer).copied().unwrap_or(0).max(1);
            count = count.saturating_sub(left);
            if count == 0 {
                break;
            }
        }
    }
}

fn take_places(left: &mut IndexVec<OfferIdx, u64>, offer: Option<OfferIdx>, places: u64) {
    if let Some(left) = offer.and_then(|offer| left.get_mut(offer)).filter(|left| **left != u64::MAX) {
        *left = left.saturating_sub(places);
    }
}
