//! The offers to which a new referral of each need is possible.

use std::sync::Arc;

use crate::{
    allocate::{
        index::{Idx, IndexVec, NeedIdx, OfferIdx},
        options::AllocateOptions,
        records::Records,
    },
    matcher::{idx::Slot, intern::InternedProfiles},
    util::{fixed::Score, progress::ProgressReporter, sort::sort_by_key},
};

/// An offer that matches a need and that the options do not rule out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EligibleOffer {
    pub(crate) offer: OfferIdx,
    pub(crate) score: Score,
}

/// The eligible offers of each need.
// INVARIANT: those of one need are in the order of offers, each once.
#[derive(Debug)]
pub(crate) struct EligibleOffers(IndexVec<NeedIdx, Arc<[EligibleOffer]>>);

impl EligibleOffers {
    /// Finds the eligible offers of each need; equal profiles are matched once and share the result.
    ///
    /// Takes O(profiles × offers) time. The result is incomplete if the operation was cancelled.
    pub(crate) fn find(records: &Records<'_>, options: &AllocateOptions<'_>, progress: &ProgressReporter<'_>) -> Self {
        let matcher = records.matcher;
        let min_score = options.min_score;
        let mut offer_by_slot: Vec<Option<OfferIdx>> = vec![None; matcher.index.slot_count()];
        for (offer, record) in records.offers.iter() {
            if let Some(of_slot) = offer_by_slot.get_mut(record.slot.get()) {
                *of_slot = Some(offer);
            }
        }
        let interned = InternedProfiles::new(records.profiles.as_slice());
        let matches = matcher.index.match_profiles(&interned, progress);
        let eligible: Vec<Arc<[EligibleOffer]>> = interned
            .distinct()
            .iter()
            .zip(matches)
            .map(|(interned, matches)| {
                if progress.is_cancelled() {
                    return Arc::from([]);
                }
                let mut is_neighbour = matcher.index.is_from_neighbour(interned.profile);
                let mut may_serve = |slot: Slot| options.neighbour_serves || !is_neighbour(slot);
                let mut eligible: Vec<EligibleOffer> = matches
                    .iter()
                    .filter(|found| found.score >= min_score.get() && may_serve(found.slot))
                    .filter_map(|found| {
                        let offer = offer_by_slot.get(found.slot.get()).copied().flatten()?;
                        Some(EligibleOffer { offer, score: Score::clamped(found.score) })
                    })
                    .collect();
                sort_by_key(&mut eligible, |eligible| eligible.offer.to_usize());
                eligible.into()
            })
            .collect();
        Self(interned.expand(&eligible).map(|found| found.cloned().unwrap_or_else(|| Arc::from([]))).collect())
    }

    /// Returns the eligible offers of one need, in the order of offers.
    pub(crate) fn get(&self, need: NeedIdx) -> &[EligibleOffer] {
        self.0.get(need).map_or(&[], |eligible| eligible)
    }

    /// Returns the score of an eligible offer, or `None` if the offer is not eligible.
    pub(crate) fn score(&self, need: NeedIdx, offer: OfferIdx) -> Option<Score> {
        let eligible = self.get(need);
        let position = eligible.binary_search_by_key(&offer, |eligible| eligible.offer).ok()?;
        eligible.get(position).map(|eligible| eligible.score)
    }
}
