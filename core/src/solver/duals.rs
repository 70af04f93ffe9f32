//! The smallest prices that prove a plan: what one more place would add at each sink, and who would take it.
#![expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "positions are made here from a checked network, and the scale leaves room for every sum"
)]

use std::{cmp::Reverse, collections::BinaryHeap};

use crate::solver::{lexicographic::Number, network::Network, problem::PriceWitness};

/// Lowers prices that prove a flow to what one more place would add, which is the least that still proves it; and tells who would
/// take it.
///
/// A place that becomes free is worth what the best chain brings that ends in it: a unit that waits, or one that moves and
/// frees another place, or nothing. So one search (Dijkstra 1959) from the ends of all chains finds how much too high each
/// price is.
pub(crate) fn lower<N: Number>(network: &Network<N>, flow: &[u32], prices: &mut [N]) -> Vec<Option<PriceWitness>> {
    let mut served: Vec<Vec<(u32, u32)>> = vec![Vec::new(); prices.len()];
    // A place may stay free, which is worth 0.
    let mut search = Search { network, prices, slack: prices.to_vec(), takers: vec![None; prices.len()] };
    for (number, count) in (0_u32..).zip(&network.count) {
        let mut waiting = *count;
        for edge in network.edges(number as usize).filter(|edge| flow[*edge] > 0) {
            waiting -= flow[edge];
            let edge_at = u32::try_from(edge).unwrap_or(u32::MAX);
            served[network.to[edge] as usize].push((number, edge_at));
        }
        if waiting > 0 {
            search.pull(PriceWitness { supply: number, from: None, moves: 1 }, N::default(), |_| {});
        }
    }
    let mut heap: BinaryHeap<Reverse<(N, u32)>> =
        (0_u32..).zip(&search.slack).map(|(sink, slack)| Reverse((*slack, sink))).collect();
    let mut settled = vec![false; served.len()];
    let mut seen = vec![false; network.count.len()];
    while let Some(Reverse((slack, sink))) = heap.pop() {
        let sink_at = sink as usize;
        if std::mem::replace(&mut settled[sink_at], true) {
            continue;
        }
        let moves = search.takers[sink_at].map_or(0, |taker| taker.moves) + 1;
        for (supply, edge) in &served[sink_at] {
            // All units of a supply gain the same, so the first sink of theirs that comes up is the nearest.
            if std::mem::replace(&mut seen[*supply as usize], true) {
                continue;
            }
            let taker = PriceWitness { supply: *supply, from: Some(sink), moves };
            let gain = search.gain(*edge as usize);
            search.pull(taker, slack + gain, |lowered| heap.push(Reverse(lowered)));
        }
    }
    let Search { slack, takers, .. } = search;
    for (price, slack) in prices.iter_mut().zip(&slack) {
        *price -= *slack;
    }
    takers
}

struct Search<'n, N> {
    network: &'n Network<N>,
    prices: &'n [N],
    /// How much too high each price is, as far as is known.
    slack: Vec<N>,
    takers: Vec<Option<PriceWitness>>,
}

impl<N: Number> Search<'_, N> {
    /// What a unit on this edge gains beyond the price.
    fn gain(&self, edge: usize) -> N {
        self.network.worth[edge] - self.prices[self.network.to[edge] as usize]
    }

    /// Notes the sinks of which the taker would take a place, when it comes with so much.
    fn pull(&mut self, taker: PriceWitness, slack: N, mut lowered: impl FnMut((N, u32))) {
        for edge in self.network.edges(taker.supply as usize) {
            let to = self.network.to[edge];
            let sink = to as usize;
            let next = slack - self.gain(edge);
            if next < self.slack[sink] && taker.from != Some(to) {
                self.slack[sink] = next;
                self.takers[sink] = Some(taker);
                lowered((next, to));
            }
        }
    }
}
