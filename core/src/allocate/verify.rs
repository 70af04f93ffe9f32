//! A repeated, independent check of an allocation.

use crate::{
    allocate::{
        allocation::{Allocation, Referral},
        index::{Idx, IndexVec, OfferIdx, SupplyIdx},
        party::count_people,
        proof::NeedLink,
        summary::NeedSummary,
    },
    error::{Error, ErrorDetail, ErrorKind, Template, message},
    solver::{problem::Objective, verify},
    util::sort::sort,
};

impl Allocation {
    /// Checks the allocation and its proof again, by code that shares nothing with the solver.
    ///
    /// The check confirms that
    ///
    /// 1. the solution keeps to capacities, edges and fixed sinks, has the stated objective, and its prices prove the bound
    ///    ([`solver::verify`](crate::solver::verify));
    /// 2. every need either has one referral or is unmet, and the referrals are those of the solution, parties as a whole;
    /// 3. the objective is that of all referrals, and objective and bound exceed those of the solution by the
    ///    [counted](crate::FixedReferral::counted) ones;
    /// 4. each offer's places, used places and price agree with problem, referrals and certificate.
    ///
    /// If some party has a size above 1, the prices confirm only that no plan exceeds the bound that they give; that the plan
    /// [is optimal](Self::is_optimal) may then rest on the search.
    ///
    /// If the [`problem`](Self::problem) has only a part of the edges, the check confirms bound and prices for these. The edges that
    /// it lacks were compared with the prices by column generation, which is not repeated.
    ///
    /// [`Matcher::allocate`](crate::Matcher::allocate) makes the first check before it returns. All checks together take much less
    /// time than the search.
    ///
    /// # Errors
    ///
    /// `problem.unverified` of kind [`Internal`](crate::ErrorKind::Internal), which is a defect of this library.
    ///
    /// # Example: the plan of an incident
    ///
    /// ```
    /// use lotse::{AllocateOptions, Matcher, example};
    /// let matcher = Matcher::builder().offers(example::offers()?).as_of(example::AS_OF.parse()?).build()?;
    /// let allocation = matcher.allocate(&example::needs()?, &AllocateOptions::new())?;
    /// allocation.verify()?;
    /// assert!(allocation.objective() <= allocation.bound());
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn verify(&self) -> Result<(), Error> {
        verify(self.problem(), self.solution()).map_err(|error| unverified(error.message()))?;
        let placed = self.placed_needs().map_err(unverified)?;
        check_flows(self, &placed).map_err(unverified)?;
        self.check_objective(&placed).map_err(unverified)?;
        self.check_offers(&placed).map_err(unverified)
    }

    /// Returns the needs with a referral, if every need has exactly one referral or is unmet.
    fn placed_needs(&self) -> Result<Vec<PlacedNeed<'_>>, Template> {
        let (mut referrals, mut unmet) = (self.referrals.iter().peekable(), self.unmet.iter().peekable());
        let mut placed = Vec::with_capacity(self.referrals.len());
        for (need, link) in self.needs.values().zip(self.proof.links.values()) {
            let referral = referrals.next_if(|referral| referral.need == need.need);
            let is_unmet = unmet.next_if(|unmet| unmet.need == need.need).is_some();
            match referral {
                Some(referral) if !is_unmet => {
                    let offer = self.offers.binary_search_by(|usage| usage.offer.cmp(&referral.offer));
                    let offer = OfferIdx::from_usize(offer.map_err(|_| message!("verify.unknown_offer"))?);
                    placed.push(PlacedNeed { need, link: *link, referral, offer });
                }
                None if is_unmet => {}
                _ => return Err(message!("verify.need_result")),
            }
        }
        if referrals.next().is_some() || unmet.next().is_some() {
            return Err(message!("verify.result"));
        }
        Ok(placed)
    }

    /// Checks that objective and bound are those of the referrals.
    fn check_objective(&self, placed: &[PlacedNeed<'_>]) -> Result<(), Template> {
        const OVERFLOW: Template = message!("verify.overflow");
        let (mut all, mut counted) = (Objective::ZERO, Objective::ZERO);
        for placed in placed {
            let objective = placed.objective();
            all = all.plus(objective, 1).ok_or(OVERFLOW)?;
            if placed.link.supply.is_none() {
                counted = counted.plus(objective, 1).ok_or(OVERFLOW)?;
            }
        }
        let solution = self.solution();
        if self.objective != all || solution.objective.plus(counted, 1) != Some(all) {
            return Err(message!("verify.referrals_objective"));
        }
        if solution.bound.plus(counted, 1) != Some(self.bound) {
            return Err(message!("verify.solution_bound"));
        }
        Ok(())
    }

    /// Checks places, used places and prices of the offers.
    fn check_offers(&self, placed: &[PlacedNeed<'_>]) -> Result<(), Template> {
        let (capacities, prices) = (&self.problem().capacities, &self.certificate().prices);
        if self.offers.len() != capacities.len() {
            return Err(message!("verify.offer_capacity"));
        }
        let mut used: IndexVec<OfferIdx, u64> = IndexVec::repeat(0, self.offers.len());
        for placed in placed.iter().filter(|placed| placed.link.supply.is_some()) {
            if let Some(used) = used.get_mut(placed.offer) {
                *used = used.saturating_add(u64::from(placed.need.people));
            }
        }
        let stated = self.offers.iter().map(|offer| (offer.places, offer.used, offer.price));
        let expected = capacities.iter().zip(used.values()).zip(prices);
        if !stated.eq(expected.map(|((capacity, used), price)| (*capacity, *used, *price))) {
            return Err(message!("verify.offer_usage"));
        }
        Ok(())
    }
}

/// A need with its referral.
struct PlacedNeed<'a> {
    need: &'a NeedSummary,
    link: NeedLink,
    referral: &'a Referral,
    offer: OfferIdx,
}

impl PlacedNeed<'_> {
    /// Returns what the referral contributes to the objective.
    fn objective(&self) -> Objective {
        let people = count_people([(self.need.priority, self.need.people)]);
        let score = i128::from(self.referral.score.get());
        let people_weight = i128::from(self.need.people).saturating_mul(i128::from(self.link.priority_weight));
        Objective {
            people: people.map(i128::from),
            kept: i128::from(self.link.previous == Some(self.offer)),
            value: score.saturating_mul(people_weight),
        }
    }
}

/// Checks that the referrals are those of the solution's flows.
fn check_flows(allocation: &Allocation, placed: &[PlacedNeed<'_>]) -> Result<(), Template> {
    let needs_per_unit = needs_per_unit(allocation)?;
    let mut pairs: Vec<(SupplyIdx, OfferIdx)> =
        placed.iter().filter_map(|placed| Some((placed.link.supply?, placed.offer))).collect();
    sort(&mut pairs);
    let referred = pairs.chunk_by(|a, b| a == b).filter_map(|pairs| Some((*pairs.first()?, pairs.len())));
    // INVARIANT: the sinks of a flow are in order, as `solver::verify` has confirmed.
    let flows = allocation.solution().flows.iter().zip(needs_per_unit.iter());
    let expected = flows.flat_map(|(flow, (supply, per_unit))| {
        flow.iter()
            .map(move |(sink, count)| ((supply, OfferIdx::from_sink(*sink)), per_unit.saturating_mul(*count as usize)))
    });
    if referred.eq(expected) { Ok(()) } else { Err(message!("verify.referrals")) }
}

/// Returns the number of needs in each unit of a supply; all units of one supply have the same number.
fn needs_per_unit(allocation: &Allocation) -> Result<IndexVec<SupplyIdx, usize>, Template> {
    let supplies = &allocation.problem().supplies;
    let mut needs: IndexVec<SupplyIdx, usize> = IndexVec::repeat(0, supplies.len());
    for supply in allocation.proof.links.values().filter_map(|link| link.supply) {
        let needs = needs.get_mut(supply).ok_or(message!("verify.unknown_supply"))?;
        *needs = needs.saturating_add(1);
    }
    for (needs, supply) in needs.values_mut().zip(supplies) {
        let units = supply.count as usize;
        if needs.checked_rem(units) != Some(0) {
            return Err(message!("verify.supply_units"));
        }
        *needs = needs.checked_div(units).unwrap_or(0);
    }
    Ok(needs)
}

pub(crate) fn unverified(message: Template) -> Error {
    Error::new(ErrorDetail {
        kind: ErrorKind::Internal,
        code: "problem.unverified".into(),
        path: String::new(),
        message: message.into(),
        hint: None,
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        allocate::options::{AllocateOptions, FixedReferral},
        example,
        matcher::Matcher,
    };

    type Change = fn(&mut Allocation);

    /// An allocation of the embedded incident: with groups, merged supplies, unmet needs, a previous and a counted referral.
    pub(crate) fn allocation() -> Allocation {
        let offers = example::offers().unwrap();
        let matcher = Matcher::builder().offers(offers).as_of(example::AS_OF.parse().unwrap()).build().unwrap();
        let needs = example::needs().unwrap();
        let plan = matcher.allocate(&needs, &AllocateOptions::new()).unwrap();
        let [first, second, ..] = plan.referrals() else { panic!() };
        let options = AllocateOptions::new()
            .fixed([FixedReferral::new(first.need(), first.offer()).counted()])
            .previous([(second.need(), second.offer())]);
        matcher.allocate(&needs, &options).unwrap()
    }

    #[test]
    fn an_allocation_is_verified() {
        let allocation = allocation();
        allocation.verify().unwrap();
        assert_eq!(allocation.objective().kept, 1);
        assert_ne!(allocation.objective(), allocation.solution().objective, "a counted referral");
        assert!(allocation.clone() == allocation);
    }

    #[test]
    fn every_change_is_detected() {
        let changes: [(&str, Change); 16] = [
            ("a referral less", |allocation| drop(allocation.referrals.pop())),
            ("an unmet need less", |allocation| drop(allocation.unmet.pop())),
            ("a need twice", |allocation| allocation.referrals.push(allocation.referrals[0].clone())),
            ("another need", |allocation| allocation.referrals[3].need = "n-x".to_owned()),
            ("an unknown offer", |allocation| allocation.referrals[3].offer = "o-x".to_owned()),
            ("two offers exchanged", |allocation| {
                let (a, b) = allocation.referrals.split_at_mut(4);
                let other = b.iter_mut().find(|other| other.offer != a[3].offer).unwrap();
                std::mem::swap(&mut a[3].offer, &mut other.offer);
            }),
            ("another score", |allocation| allocation.referrals[3].score = crate::Score::default()),
            ("another objective", |allocation| allocation.objective.value += 1),
            ("another bound", |allocation| allocation.bound.people[0] += 1),
            ("an offer less", |allocation| drop(allocation.offers.pop())),
            ("other places", |allocation| allocation.offers[0].places = Some(77)),
            ("other used places", |allocation| allocation.offers[0].used += 1),
            ("another price", |allocation| allocation.offers[0].price.value += 1),
            ("a flow less", |allocation| {
                let proof = Arc::make_mut(&mut allocation.proof);
                proof.solution.flows.iter_mut().find(|flow| !flow.is_empty()).unwrap().clear();
            }),
            ("another capacity", |allocation| {
                let proof = Arc::make_mut(&mut allocation.proof);
                proof.problem.capacities.iter_mut().flatten().for_each(|places| *places = 0);
            }),
            ("another price in the certificate", |allocation| {
                Arc::make_mut(&mut allocation.proof).solution.certificate.prices[0].kept -= 1;
            }),
        ];
        let allocation = allocation();
        for (name, change) in changes {
            let mut changed = allocation.clone();
            change(&mut changed);
            let error = changed.verify().expect_err(name);
            assert_eq!((error.kind(), error.code()), (ErrorKind::Internal, "problem.unverified"), "{name}");
        }
        allocation.verify().unwrap();
    }
}
