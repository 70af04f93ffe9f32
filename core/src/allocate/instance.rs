//! An instance of the allocation problem in terms of needs and offers.

use crate::{
    allocate::{
        eligible::EligibleOffers,
        given::GivenReferrals,
        index::{NeedIdx, OfferIdx},
        party::{CommonOffer, Parties, Party, count_people},
        records::Records,
    },
    solver::problem::Objective,
    util::{fixed::Score, sort::sort},
};

/// Everything that determines an allocation: records, given referrals, eligible offers and parties.
pub(crate) struct Instance<'a> {
    pub(crate) records: Records<'a>,
    pub(crate) given: GivenReferrals,
    pub(crate) eligible: EligibleOffers,
    pub(crate) parties: Parties,
}

impl Instance<'_> {
    /// Returns the score of a pair, whether it is eligible or not.
    pub(crate) fn score(&self, need: NeedIdx, offer: OfferIdx) -> Score {
        let assessed = || self.records.assess(need, offer).map(|assessment| assessment.score());
        self.eligible.score(need, offer).or_else(assessed).unwrap_or_default()
    }

    /// Returns the offers that are eligible for all members of a party, in the order of offers.
    pub(crate) fn offers(&self, party: &Party) -> impl Iterator<Item = CommonOffer> {
        self.parties.offers(&self.records, &self.eligible, party)
    }

    /// Returns the offers of the members' previous referrals that are eligible for all members, in the order of offers.
    pub(crate) fn previous_offers(&self, party: &Party) -> impl Iterator<Item = CommonOffer> {
        let mut offers: Vec<OfferIdx> =
            party.members.iter().filter_map(|member| self.given.previous(*member)).collect();
        sort(&mut offers);
        offers.dedup();
        offers.into_iter().filter_map(|offer| self.parties.offer(&self.records, &self.eligible, party, offer))
    }

    /// Returns the members of a party sorted by what they state, then id.
    pub(crate) fn alike_members(&self, party: &Party) -> Vec<NeedIdx> {
        party.alike_members(&self.records, &self.given, &self.eligible)
    }

    /// Returns the value of a party at an offer, of its counted or of its other members.
    pub(crate) fn value(&self, party: &Party, is_counted: bool, offer: OfferIdx) -> i64 {
        let members = party.members_by_counted(&self.given, is_counted);
        let values = members.map(|member| self.records.value(member, self.score(member, offer)));
        values.fold(0, i64::saturating_add)
    }

    /// Returns the number of members, counted or not, whose previous referral is to the offer.
    pub(crate) fn kept(&self, party: &Party, is_counted: bool, offer: OfferIdx) -> u32 {
        let members = party.members_by_counted(&self.given, is_counted);
        let kept = members.filter(|member| self.given.previous(*member) == Some(offer));
        u32::try_from(kept.count()).unwrap_or(u32::MAX)
    }

    /// Returns what the counted members of a party contribute to the objective at an offer.
    pub(crate) fn counted_objective(&self, party: &Party, offer: OfferIdx) -> Objective {
        let counted = party.members_by_counted(&self.given, true);
        let people = count_people(self.records.people(counted));
        Objective {
            people: people.map(i128::from),
            kept: i128::from(self.kept(party, true, offer)),
            value: i128::from(self.value(party, true, offer)),
        }
    }
}
