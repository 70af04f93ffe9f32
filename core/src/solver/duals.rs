//! Minimal duals: the shadow price of each sink, and the unit that attains it.
//!
//! Optimal duals form a lattice (Shapley, Shubik 1971), so there is a least one. It is what one more place adds to the
//! objective: the longest alternating path that ends at the sink, from a unit that is unserved or from a place that
//! stays free. All these paths are found by one run of Dijkstra's algorithm (1959) over the sinks, in O(E log E) for E
//! arcs; the optimal prices of the network simplex serve as potentials, so that no length is negative.

use std::{cmp::Reverse, collections::BinaryHeap};

use crate::{
    solver::{
        index::{ArcIdx, IndexVec, SinkIdx, SupplyIdx},
        lexicographic::Scalar,
        network::Network,
        problem::PriceWitness,
    },
    util::progress::ProgressReporter,
};

/// The number of sinks that are settled between two calls of the progress callback.
const SINKS_PER_REPORT: usize = 64;

/// Lowers optimal prices to the minimal ones, and returns the witness of each; incomplete if it is cancelled.
// INVARIANT: prices and slacks are sums along one path, which fit by `Scalar`; chains are shorter than the number of
// sinks.
#[expect(clippy::arithmetic_side_effects, reason = "sums along a path fit in the scalar")]
pub(crate) fn minimize<N: Scalar>(
    network: &Network<N>,
    flows: &IndexVec<ArcIdx, u32>,
    prices: &mut IndexVec<SinkIdx, N>,
    progress: &ProgressReporter<'_>,
) -> IndexVec<SinkIdx, Option<PriceWitness>> {
    let sinks = prices.len();
    // The chain of length 0: the place stays free, which adds 0.
    let slacks = prices.clone();
    let mut search = Search { network, prices, slacks, witnesses: IndexVec::from_elem(None, sinks) };
    let served = search.start(flows);
    let mut heap: BinaryHeap<Reverse<(N, SinkIdx)>> =
        search.slacks.enumerate().map(|(sink, slack)| Reverse((*slack, sink))).collect();
    let mut is_settled: IndexVec<SinkIdx, bool> = IndexVec::from_elem(false, sinks);
    let mut is_seen: IndexVec<SupplyIdx, bool> = IndexVec::from_elem(false, network.supplies());
    let mut settled = 0_usize;
    while let Some(Reverse((slack, sink))) = heap.pop() {
        if std::mem::replace(&mut is_settled[sink], true) {
            continue;
        }
        settled += 1;
        if settled % SINKS_PER_REPORT == 0 && progress.is_cancelled() {
            break;
        }
        let moves = search.witnesses[sink].map_or(0, |witness| witness.moves) + 1;
        for (supply, arc) in &served[sink] {
            // All units of a supply have the same surplus, so the first sink that is settled is the nearest for all of
            // them.
            if std::mem::replace(&mut is_seen[*supply], true) {
                continue;
            }
            let witness = PriceWitness { supply: supply.0, from: Some(sink.0), moves };
            let surplus = search.surplus(*arc);
            search.relax(witness, slack + surplus, |lowered| heap.push(Reverse(lowered)));
        }
    }
    let Search { slacks, witnesses, .. } = search;
    for (price, slack) in prices.iter_mut().zip(slacks.iter()) {
        *price -= *slack;
    }
    witnesses
}

struct Search<'a, N> {
    network: &'a Network<N>,
    prices: &'a IndexVec<SinkIdx, N>,
    /// The tentative distance of each sink: the amount by which its price is too high.
    slacks: IndexVec<SinkIdx, N>,
    witnesses: IndexVec<SinkIdx, Option<PriceWitness>>,
}

impl<N: Scalar> Search<'_, N> {
    /// Relaxes the arcs of all supplies with unserved units. Returns the served supplies of each sink.
    // INVARIANT: the flow on the arcs of a supply is at most its count.
    #[expect(clippy::arithmetic_side_effects, reason = "no more units are served than there are")]
    fn start(&mut self, flows: &IndexVec<ArcIdx, u32>) -> IndexVec<SinkIdx, Vec<(SupplyIdx, ArcIdx)>> {
        let network = self.network;
        let mut served = IndexVec::from_elem(Vec::new(), network.sinks());
        for (supply, count) in network.counts().enumerate() {
            let mut unserved = *count;
            for arc in network.arcs(supply).filter(|arc| flows[*arc] > 0) {
                unserved -= flows[arc];
                served[network.head(arc)].push((supply, arc));
            }
            if unserved > 0 {
                self.relax(PriceWitness { supply: supply.0, from: None, moves: 1 }, N::default(), |_| {});
            }
        }
        served
    }

    /// Returns the surplus of a unit on an arc: its objective minus the price of its place.
    // INVARIANT: an objective minus a price fits by `Scalar`.
    #[expect(clippy::arithmetic_side_effects, reason = "a difference of two scalars fits in the scalar")]
    fn surplus(&self, arc: ArcIdx) -> N {
        self.network.objective(arc) - self.prices[self.network.head(arc)]
    }

    /// Relaxes the arcs of a unit that leaves its place at a distance. Calls `lowered` with each new distance and its
    /// sink.
    // INVARIANT: a distance is a sum along one path, which fits by `Scalar`.
    #[expect(clippy::arithmetic_side_effects, reason = "sums along a path fit in the scalar")]
    fn relax(&mut self, witness: PriceWitness, distance: N, mut lowered: impl FnMut((N, SinkIdx))) {
        for (_, sink, objective) in self.network.arcs_with_data(SupplyIdx(witness.supply)) {
            let next = distance - (objective - self.prices[sink]);
            if next < self.slacks[sink] && witness.from != Some(sink.0) {
                self.slacks[sink] = next;
                self.witnesses[sink] = Some(witness);
                lowered((next, sink));
            }
        }
    }
}
