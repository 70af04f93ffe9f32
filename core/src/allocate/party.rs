//! Parties: needs that share one offer.

use crate::{
    allocate::{
        eligible::EligibleOffers,
        given::GivenReferrals,
        index::{IndexVec, NeedIdx, OfferIdx, PartyIdx},
        records::Records,
    },
    error::Error,
    model::enums::Priority,
    solver::problem::{CLASSES, too_large},
    util::{fixed::Score, ordered_map::OrderedMap, progress::ProgressReporter, sort::sort_by_key},
};

/// The needs of one group, or a need on its own.
#[derive(Debug)]
pub(crate) struct Party {
    /// The needs in id order.
    pub(crate) members: Vec<NeedIdx>,
    /// `true` if the members state a group, which may have a single member.
    pub(crate) is_group: bool,
    /// The offer of the first member with a fixed referral.
    pub(crate) fixed: Option<OfferIdx>,
    /// The people by priority, apart from those whose places are already counted.
    pub(crate) people: [u32; CLASSES],
    /// The offers that are eligible for all members.
    // INVARIANT: in the order of offers, each once.
    pub(crate) offers: Vec<CommonOffer>,
}

/// An offer that is eligible for all members of a party.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CommonOffer {
    pub(crate) offer: OfferIdx,
    /// Σ score × people × priority weight of the members, in hundred-millionths.
    pub(crate) value: i64,
}

impl Party {
    fn new(records: &Records<'_>, given: &GivenReferrals, members: Vec<NeedIdx>, is_group: bool) -> Self {
        let fixed = members.iter().find_map(|member| given.fixed(*member)).map(|fixed| fixed.offer);
        let uncounted = members.iter().filter(|member| !given.is_counted(**member));
        let people = count_people(records.people(uncounted.copied()));
        Self { members, is_group, fixed, people, offers: Vec::new() }
    }

    /// Returns the number of places that the party takes, apart from those already counted.
    pub(crate) fn size(&self) -> u32 {
        self.people.into_iter().fold(0, u32::saturating_add)
    }

    /// Iterates over the members whose places are already counted (`true`), or over the others (`false`).
    pub(crate) fn members_by_counted(&self, given: &GivenReferrals, is_counted: bool) -> impl Iterator<Item = NeedIdx> {
        self.members.iter().copied().filter(move |member| given.is_counted(*member) == is_counted)
    }

    /// Returns `true` if the offer is eligible for all members.
    pub(crate) fn has_offer(&self, offer: OfferIdx) -> bool {
        self.offers.binary_search_by_key(&offer, |common| common.offer).is_ok()
    }

    /// Returns `true` if the people of the party, and its value at full scores, are in the range of their sums.
    fn is_in_range(&self, records: &Records<'_>) -> bool {
        let full_score = Score::clamped(u32::MAX);
        let needs = || self.members.iter().filter_map(|member| records.needs.get(*member));
        let people: u64 = needs().map(|need| u64::from(need.people())).sum();
        let value: i128 = self.members.iter().map(|member| i128::from(records.value(*member, full_score))).sum();
        people <= u64::from(u32::MAX) && value <= i128::from(i64::MAX)
    }
}

/// Combines needs into parties and intersects the eligible offers of their members.
///
/// The result is incomplete if the operation was cancelled.
///
/// # Errors
///
/// `problem.too_large` if the sums of a party overflow.
pub(crate) fn parties(
    records: &Records<'_>,
    given: &GivenReferrals,
    eligible: &EligibleOffers,
    progress: &ProgressReporter<'_>,
) -> Result<IndexVec<PartyIdx, Party>, Error> {
    let members = members_of_parties(records);
    let mut parties: IndexVec<PartyIdx, Party> =
        members.into_iter().map(|(members, is_group)| Party::new(records, given, members, is_group)).collect();
    if !parties.values().all(|party| party.is_in_range(records)) {
        return Err(too_large());
    }
    for party in parties.values_mut() {
        if progress.is_cancelled() {
            break;
        }
        party.offers = common_offers(records, eligible, &party.members);
    }
    Ok(parties)
}

/// Returns the members of each party, in the order of their first members, and whether they state a group.
fn members_of_parties(records: &Records<'_>) -> Vec<(Vec<NeedIdx>, bool)> {
    let mut parties: Vec<(Vec<NeedIdx>, bool)> = Vec::with_capacity(records.needs.len());
    let mut by_group: OrderedMap<&str, usize> = OrderedMap::default();
    for (idx, need) in records.needs.iter() {
        let next = parties.len();
        let position = need.group().map_or(next, |group| *by_group.entry(group).or_insert_with(|| next));
        match parties.get_mut(position) {
            Some((members, _)) => members.push(idx),
            None => parties.push((vec![idx], need.group().is_some())),
        }
    }
    parties
}

/// Returns the offers that are eligible for all members, by sorting and counting: O(n log n) in the sum of their numbers.
fn common_offers(records: &Records<'_>, eligible: &EligibleOffers, members: &[NeedIdx]) -> Vec<CommonOffer> {
    let mut offers: Vec<CommonOffer> = Vec::new();
    for member in members {
        let of_member = eligible.get(*member).iter();
        offers.extend(
            of_member
                .map(|eligible| CommonOffer { offer: eligible.offer, value: records.value(*member, eligible.score) }),
        );
    }
    if members.len() <= 1 {
        return offers;
    }
    sort_by_key(&mut offers, |common| common.offer);
    let by_offer = offers.chunk_by(|a, b| a.offer == b.offer);
    let of_all = by_offer.filter(|common| common.len() == members.len());
    of_all
        .filter_map(|common| {
            let value = common.iter().fold(0, |sum: i64, common| sum.saturating_add(common.value));
            common.first().map(|first| CommonOffer { value, ..*first })
        })
        .collect()
}

/// Sums people by priority, in the order of the solver's classes.
pub(crate) fn count_people(people: impl IntoIterator<Item = (Priority, u32)>) -> [u32; CLASSES] {
    let mut counts = [0_u32; CLASSES];
    for (priority, people) in people {
        // The order of the classes is that in which priorities are declared.
        if let Some(count) = counts.get_mut(priority as usize) {
            *count = count.saturating_add(people);
        }
    }
    counts
}
