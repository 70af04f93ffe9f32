//! The edges of a problem that has only a part of them, by kind of offer.

use crate::{
    allocate::{
        index::{Idx, IndexVec, KindIdx, NeedIdx, OfferIdx, ProfileIdx, SupplyIdx},
        instance::Instance,
        kinds::Kinds,
        party::Party,
    },
    util::{fixed::Score, progress::ProgressReporter},
};

/// The edges of the supplies of a problem that has only a part of them.
pub(crate) struct SparseEdges {
    pub(crate) kinds: Kinds,
    by_profile: IndexVec<ProfileIdx, Vec<(KindIdx, Score)>>,
    lists: IndexVec<SupplyIdx, KindList>,
}

/// The kinds of offers that are eligible for a supply.
#[derive(Clone, Debug)]
enum KindList {
    /// Those of a profile; the value is the score times a factor.
    OfProfile(ProfileIdx, i64),
    /// Those of all members of a group, with their values. Empty if the edges of the supply are complete.
    OfGroup(Vec<(KindIdx, i64)>),
}

impl SparseEdges {
    /// Groups offers by kind, except those that `is_left_out`: no supply gets further edges to these.
    ///
    /// The result is incomplete if the operation was cancelled.
    pub(crate) fn new(
        instance: &Instance<'_>,
        is_left_out: impl Fn(OfferIdx) -> bool,
        progress: &ProgressReporter<'_>,
    ) -> Self {
        let kinds = Kinds::new(&instance.records, is_left_out);
        let by_profile = (0..instance.eligible.profile_count())
            .take_while(|_| !progress.is_cancelled())
            .map(|profile| {
                let offers = instance.eligible.of_profile(ProfileIdx::from_usize(profile));
                distinct_kinds(&kinds, offers.iter().map(|eligible| (eligible.offer, eligible.score)))
            })
            .collect();
        Self { kinds, by_profile, lists: IndexVec::new() }
    }

    /// Adds the next supply: that of a party, or one whose edges are complete.
    pub(crate) fn push(&mut self, instance: &Instance<'_>, party: Option<&Party>) {
        let party = party.filter(|party| Self::has_list(instance, party));
        let list = match (party, party.map(|party| party.members.as_slice())) {
            (Some(_), Some([member])) => {
                let factor = instance.records.value_factor(*member);
                KindList::OfProfile(instance.eligible.profile(*member), factor)
            }
            (Some(party), _) => {
                let offers = instance.offers(party).map(|common| (common.offer, common.value));
                KindList::OfGroup(distinct_kinds(&self.kinds, offers))
            }
            (None, _) => KindList::OfGroup(Vec::new()),
        };
        self.lists.push(list);
    }

    /// Returns `true` if the offers of one kind are all eligible for a party or none of them is, except its previous ones. Otherwise
    /// its edges must be complete.
    pub(crate) fn has_list(instance: &Instance<'_>, party: &Party) -> bool {
        let has_previous = |member: &NeedIdx| instance.eligible.previous(*member).is_some();
        party.members.len() <= 1 || !party.members.iter().any(has_previous)
    }

    /// Returns an upper bound of the values of all edges.
    pub(crate) fn largest_value(&self) -> i64 {
        let full = i64::from(Score::clamped(u32::MAX).get());
        let largest = |list: &KindList| match list {
            KindList::OfProfile(_, factor) => full.saturating_mul(*factor),
            KindList::OfGroup(kinds) => kinds.iter().map(|(_, value)| *value).max().unwrap_or(0),
        };
        self.lists.values().map(largest).max().unwrap_or(0)
    }

    /// Returns the kinds of a supply with the value of a unit there.
    pub(crate) fn kinds_of(&self, supply: SupplyIdx) -> impl Iterator<Item = (KindIdx, i64)> {
        let (profile, factor, of_group) = match self.lists.get(supply) {
            Some(KindList::OfProfile(profile, factor)) => (self.by_profile.get(*profile), *factor, None),
            Some(KindList::OfGroup(kinds)) => (None, 0, Some(kinds)),
            None => (None, 0, None),
        };
        let of_profile = profile.into_iter().flatten();
        let of_profile = of_profile.map(move |(kind, score)| (*kind, i64::from(score.get()).saturating_mul(factor)));
        of_profile.chain(of_group.into_iter().flatten().copied())
    }
}

/// Returns the distinct kinds of offers with an item of the first offer of each.
fn distinct_kinds<T>(kinds: &Kinds, offers: impl Iterator<Item = (OfferIdx, T)>) -> Vec<(KindIdx, T)> {
    let mut is_seen: IndexVec<KindIdx, bool> = IndexVec::repeat(false, kinds.len());
    let mut distinct = Vec::new();
    for (offer, item) in offers {
        let Some(kind) = kinds.of(offer) else { continue };
        if is_seen.get_mut(kind).is_some_and(|seen| !std::mem::replace(seen, true)) {
            distinct.push((kind, item));
        }
    }
    distinct
}
