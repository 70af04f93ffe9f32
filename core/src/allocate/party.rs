//! Parties: needs that share one offer.

use std::borrow::Cow;

use crate::{
    allocate::{
        eligible::{EligibleOffer, EligibleOffers, too_many_pairs},
        given::GivenReferrals,
        index::{DistinctIdx, IndexVec, NeedIdx, OfferIdx, PartyIdx, ProfileIdx},
        records::Records,
    },
    error::Error,
    model::enums::Priority,
    solver::problem::{CLASSES, too_large},
    util::{
        fixed::Score,
        ordered_map::OrderedMap,
        progress::ProgressReporter,
        sort::{sort, sort_by_key},
    },
};

/// The needs of one group, or a need on its own.
#[derive(Debug)]
pub(crate) struct Party {
    /// The needs in id order.
    pub(crate) members: Vec<NeedIdx>,
    /// The offer of the first member with a fixed referral.
    pub(crate) fixed: Option<OfferIdx>,
    /// The people by priority, apart from those whose places are already counted.
    pub(crate) people: [u32; CLASSES],
    /// The index that parties share if they differ in nothing but the ids of their needs.
    pub(crate) distinct: DistinctIdx,
}

/// Parties, and the offers that are eligible for all members of each.
#[derive(Debug)]
pub(crate) struct Parties {
    pub(crate) all: IndexVec<PartyIdx, Party>,
    common: IndexVec<DistinctIdx, CommonOffers>,
}

/// The offers that are eligible for all members of a party.
#[derive(Debug)]
enum CommonOffers {
    /// Those of the only member.
    OfMember,
    // INVARIANT: in the order of offers, each once.
    OfAll(Vec<CommonOffer>),
}

/// An offer that is eligible for all members of a party.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CommonOffer {
    pub(crate) offer: OfferIdx,
    /// Σ score × people × priority weight of the members, in hundred-millionths.
    pub(crate) value: i64,
}

/// Profile, priority, people and previous offer of a member: parties whose members agree in all of them do not differ.
type MemberKey = (ProfileIdx, u8, u32, Option<OfferIdx>);

impl Party {
    fn new(records: &Records<'_>, given: &GivenReferrals, members: Vec<NeedIdx>) -> Self {
        let fixed = members.iter().find_map(|member| given.fixed(*member)).map(|fixed| fixed.offer);
        let uncounted = members.iter().filter(|member| !given.is_counted(**member));
        let people = count_people(records.people(uncounted.copied()));
        Self { members, fixed, people, distinct: DistinctIdx::default() }
    }

    /// Returns the number of places that the party takes, apart from those already counted.
    pub(crate) fn size(&self) -> u32 {
        self.people.into_iter().fold(0, u32::saturating_add)
    }

    /// Iterates over the members whose places are already counted (`true`), or over the others (`false`).
    pub(crate) fn members_by_counted(&self, given: &GivenReferrals, is_counted: bool) -> impl Iterator<Item = NeedIdx> {
        self.members.iter().copied().filter(move |member| given.is_counted(*member) == is_counted)
    }

    /// Returns what the party has in common with parties that differ in nothing but ids.
    fn key(&self, records: &Records<'_>, given: &GivenReferrals, eligible: &EligibleOffers) -> Vec<MemberKey> {
        let mut key: Vec<MemberKey> =
            self.members.iter().map(|member| member_key(records, given, eligible, *member)).collect();
        sort(&mut key);
        key
    }

    /// Returns the members sorted by what they state, then id: those of parties that differ in nothing but ids correspond.
    pub(crate) fn alike_members(
        &self,
        records: &Records<'_>,
        given: &GivenReferrals,
        eligible: &EligibleOffers,
    ) -> Vec<NeedIdx> {
        let mut members = self.members.clone();
        // Stable, because members that state the same must keep id order.
        sort_by_key(&mut members, |member| member_key(records, given, eligible, *member));
        members
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

fn member_key(records: &Records<'_>, given: &GivenReferrals, eligible: &EligibleOffers, member: NeedIdx) -> MemberKey {
    let (priority, people) = records.needs.get(member).map_or((0, 0), |need| (need.priority() as u8, need.people()));
    (eligible.profile(member), priority, people, given.previous(member))
}

impl Parties {
    /// Combines needs into parties and intersects the eligible offers of their members.
    ///
    /// The result is incomplete if the operation was cancelled.
    ///
    /// # Errors
    ///
    /// `problem.too_large` if the sums of a party overflow; `request.too_many` if there are more than `max_pairs` pairs of a profile, or
    /// of a distinct group, and an offer.
    pub(crate) fn new(
        records: &Records<'_>,
        given: &GivenReferrals,
        eligible: &EligibleOffers,
        max_pairs: usize,
        progress: &ProgressReporter<'_>,
    ) -> Result<Self, Error> {
        let mut pairs = eligible.pair_count();
        let members = members_of_parties(records);
        let mut all: IndexVec<PartyIdx, Party> =
            members.into_iter().map(|members| Party::new(records, given, members)).collect();
        if !all.values().all(|party| party.is_in_range(records)) {
            return Err(too_large());
        }
        let mut common: IndexVec<DistinctIdx, CommonOffers> = IndexVec::new();
        let mut known: OrderedMap<Vec<MemberKey>, DistinctIdx> = OrderedMap::default();
        for party in all.values_mut() {
            if progress.is_cancelled() {
                break;
            }
            party.distinct = *known.entry(party.key(records, given, eligible)).or_insert_with(|| {
                common.push(match party.members.as_slice() {
                    [_] => CommonOffers::OfMember,
                    members => {
                        let mut offers = intersect(records, eligible, members, progress);
                        offers.shrink_to_fit();
                        // A pair of a group has twice the size of a pair of a profile.
                        pairs = pairs.saturating_add(offers.len().saturating_mul(2));
                        CommonOffers::OfAll(offers)
                    }
                })
            });
            if pairs > max_pairs {
                return Err(too_many_pairs(max_pairs));
            }
        }
        Ok(Self { all, common })
    }

    /// Returns the number of distinct parties.
    pub(crate) fn distinct_count(&self) -> usize {
        self.common.len()
    }

    /// Returns the number of offers that are eligible for all members of a party.
    pub(crate) fn offer_count(&self, eligible: &EligibleOffers, party: &Party) -> usize {
        match (self.common.get(party.distinct), party.members.first()) {
            (Some(CommonOffers::OfMember), Some(member)) => eligible.count(*member),
            (Some(CommonOffers::OfAll(offers)), _) => offers.len(),
            _ => 0,
        }
    }

    /// Returns an offer with the value of a party there, or `None` if it is not eligible for all members.
    pub(crate) fn offer(
        &self,
        records: &Records<'_>,
        eligible: &EligibleOffers,
        party: &Party,
        offer: OfferIdx,
    ) -> Option<CommonOffer> {
        match (self.common.get(party.distinct)?, party.members.first()) {
            (CommonOffers::OfMember, Some(member)) => {
                let score = eligible.score(*member, offer)?;
                Some(CommonOffer { offer, value: records.value(*member, score) })
            }
            (CommonOffers::OfAll(offers), _) => {
                let position = offers.binary_search_by_key(&offer, |common| common.offer).ok()?;
                offers.get(position).copied()
            }
            (CommonOffers::OfMember, None) => None,
        }
    }

    /// Returns the offers that are eligible for all members of a party, in the order of offers.
    pub(crate) fn offers(
        &self,
        records: &Records<'_>,
        eligible: &EligibleOffers,
        party: &Party,
    ) -> impl Iterator<Item = CommonOffer> {
        let (member, of_all) = match (self.common.get(party.distinct), party.members.first()) {
            (Some(CommonOffers::OfMember), member) => (member, [].as_slice()),
            (Some(CommonOffers::OfAll(offers)), _) => (None, offers.as_slice()),
            (None, _) => (None, [].as_slice()),
        };
        let factor = member.map_or(0, |member| records.value_factor(*member));
        let of_member = member.into_iter().flat_map(|member| eligible.get(*member));
        let of_member = of_member.map(move |EligibleOffer { offer, score }| CommonOffer {
            offer,
            value: i64::from(score.get()).saturating_mul(factor),
        });
        of_member.chain(of_all.iter().copied())
    }
}

/// Returns the members of each party, in the order of their first members.
fn members_of_parties(records: &Records<'_>) -> Vec<Vec<NeedIdx>> {
    let mut parties: Vec<Vec<NeedIdx>> = Vec::with_capacity(records.needs.len());
    let mut by_group: OrderedMap<&str, usize> = OrderedMap::default();
    for (idx, need) in records.needs.iter() {
        let next = parties.len();
        let position = need.group().map_or(next, |group| *by_group.entry(group).or_insert_with(|| next));
        match parties.get_mut(position) {
            Some(members) => members.push(idx),
            None => parties.push(vec![idx]),
        }
    }
    parties
}

/// Returns the offers that are eligible for all members; members with equal profiles count as one.
///
/// Begins with the shortest list, and visits only as much of the others as it leaves: O(k log m) for lists of k and m offers.
fn intersect(
    records: &Records<'_>,
    eligible: &EligibleOffers,
    members: &[NeedIdx],
    progress: &ProgressReporter<'_>,
) -> Vec<CommonOffer> {
    // Σ people × priority weight of the members that share a list.
    let mut factors: OrderedMap<(ProfileIdx, Option<OfferIdx>), (NeedIdx, i64)> = OrderedMap::default();
    for member in members {
        let key = (eligible.profile(*member), eligible.previous(*member).map(|previous| previous.offer));
        let (_, factor) = factors.entry(key).or_insert_with(|| (*member, 0));
        *factor = factor.saturating_add(records.value_factor(*member));
    }
    let mut lists: Vec<(Cow<'_, [EligibleOffer]>, i64)> = factors
        .into_entries()
        .map(|((profile, previous), (member, factor))| match previous {
            None => (Cow::Borrowed(eligible.of_profile(profile)), factor),
            Some(_) => (Cow::Owned(eligible.get(member).collect()), factor),
        })
        .collect();
    sort_by_key(&mut lists, |(list, _)| list.len());
    let mut lists = lists.into_iter();
    let value = |score: Score, factor: i64| i64::from(score.get()).saturating_mul(factor);
    let Some((shortest, factor)) = lists.next() else { return Vec::new() };
    let common = |eligible: &EligibleOffer| CommonOffer { offer: eligible.offer, value: value(eligible.score, factor) };
    let mut common: Vec<CommonOffer> = shortest.iter().map(common).collect();
    for (list, factor) in lists {
        if common.is_empty() || progress.is_cancelled() {
            break;
        }
        let mut rest: &[EligibleOffer] = &list;
        common.retain_mut(|common| {
            rest = skip_before(rest, common.offer);
            let found = rest.first().filter(|eligible| eligible.offer == common.offer);
            common.value = common.value.saturating_add(found.map_or(0, |found| value(found.score, factor)));
            found.is_some()
        });
    }
    common
}

/// Returns the rest of a list from an offer on, by galloping search: O(log k) if k offers are skipped.
fn skip_before(list: &[EligibleOffer], offer: OfferIdx) -> &[EligibleOffer] {
    let is_before = |eligible: &EligibleOffer| eligible.offer < offer;
    let mut step = 1_usize;
    while list.get(step.saturating_sub(1)).is_some_and(is_before) {
        step = step.saturating_mul(2);
    }
    let start = step / 2;
    let rest = list.get(start..).unwrap_or_default();
    let window = rest.get(..step.saturating_sub(start)).unwrap_or(rest);
    rest.get(window.partition_point(is_before)..).unwrap_or_default()
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
