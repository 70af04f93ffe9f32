//! Allocation from needs and options to a verified plan.

use crate::{
    allocate::{
        allocation::Allocation,
        eligible::{EligibleOffers, MAX_PAIRS},
        extract::extract,
        fixed::check_fixed,
        formulation::{MAX_EDGES, formulate},
        given::GivenReferrals,
        instance::Instance,
        options::AllocateOptions,
        party::Parties,
        records::Records,
        sparse::solve_sparse,
    },
    error::{Error, ErrorSink},
    matcher::Matcher,
    model::need::Need,
    solver::solve::solve_reporting,
    util::progress::ProgressReporter,
};

/// The sizes from which on an allocation is solved in another way, or refused.
#[derive(Clone, Copy)]
struct SizeLimits {
    /// The largest number of edges of a problem that has all of them; larger ones are solved by column generation.
    edges: usize,
    /// The largest number of pairs of a distinct need, or group, and an eligible offer.
    pairs: usize,
}

impl Matcher {
    /// Refers each need to at most one offer, so that no other plan is better.
    ///
    /// Plans are compared by their objective, level by level:
    ///
    /// 1. people served of priority `stat`, then `asap`, `urgent` and `routine`;
    /// 2. previous referrals kept;
    /// 3. Σ score × people × priority weight.
    ///
    /// A group goes to one offer as a whole or is unmet, and no offer exceeds its places. The capacity criterion scores but
    /// excludes nothing, because places are counted; a waiting list has none. The plan is verified before it is returned and
    /// does not depend on the order of needs and offers.
    ///
    /// If every party has size 1, the plan is a proven optimum, found in polynomial time. With larger parties the problem is
    /// NP-hard: small instances are solved to optimality, others have a proven [`bound`](Allocation::bound).
    ///
    /// # Errors
    ///
    /// - Those of [`rank_all`](Self::rank_all).
    /// - `request.fixed.{unknown_need, unknown_offer, duplicate}` if an id is unknown or a need fixed twice,
    ///   `request.fixed.split_group` if a group is fixed to several offers, `request.fixed.group` if another need of the group
    ///   does not match the offer, `request.fixed.over_places` if an offer has too few places.
    /// - `request.previous.duplicate` if a need has two previous referrals.
    /// - `problem.too_large` if a sum overflows.
    /// - `request.too_many` if there are more than 300 million pairs of a need and an offer that match. Equal needs count once, and
    ///   each offer that all members of a group match counts twice more.
    /// - `cancelled` if the progress callback cancels.
    ///
    /// # Example: two people, one place each
    ///
    /// ```
    /// use lotse::{AllocateOptions, Matcher, Need, Offer};
    /// let matcher = Matcher::builder()
    ///     .offers([
    ///         Offer::builder("o-1").language("de").language("uk").capacity(1).build()?,
    ///         Offer::builder("o-2").language("de").capacity(1).build()?,
    ///     ])
    ///     .build()?;
    /// let needs = [Need::builder("n-1").language("de").build()?, Need::builder("n-2").language("uk").build()?];
    /// let plan = matcher.allocate(&needs, &AllocateOptions::new())?;
    /// // n-1 could go to either offer, n-2 only to o-1.
    /// let pairs: Vec<_> = plan.referrals().iter().map(|referral| (referral.need(), referral.offer())).collect();
    /// assert_eq!(pairs, [("n-1", "o-2"), ("n-2", "o-1")]);
    /// assert!(plan.is_optimal() && plan.unmet().is_empty());
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn allocate(&self, needs: &[Need], options: &AllocateOptions<'_>) -> Result<Allocation, Error> {
        self.allocate_within(SizeLimits { edges: MAX_EDGES, pairs: MAX_PAIRS }, needs, options)
    }

    /// As [`allocate`](Self::allocate), with limits.
    fn allocate_within(
        &self,
        limits: SizeLimits,
        needs: &[Need],
        options: &AllocateOptions<'_>,
    ) -> Result<Allocation, Error> {
        let progress = ProgressReporter::new(options.progress);
        let instance = instance(self, limits.pairs, needs, options, &progress)?;
        let mut formulation = formulate(&instance, options.moves, limits.edges, &progress)?;
        let solution = match formulation.sparse.take() {
            Some(sparse) => solve_sparse(&sparse, &mut formulation.problem, &progress)?,
            None => solve_reporting(&formulation.problem, &progress)?,
        };
        extract(&instance, formulation, solution, &progress)
    }
}

/// Creates the instance of needs and options, in which every fixed referral is possible.
///
/// # Errors
///
/// Those of [`Matcher::allocate`] about needs and fixed and previous referrals, and `request.too_many` for more than `max_pairs` pairs.
pub(crate) fn instance<'a>(
    matcher: &'a Matcher,
    max_pairs: usize,
    needs: &'a [Need],
    options: &AllocateOptions<'_>,
    progress: &ProgressReporter<'_>,
) -> Result<Instance<'a>, Error> {
    let mut errors = ErrorSink::default();
    let mut records = Records::new(&mut errors, matcher, needs);
    let given = GivenReferrals::decode(&mut errors, &records, options);
    errors.into_result(())?;
    for (need, offer) in given.counted_previous() {
        records.add_places(offer, records.needs.get(need).map_or(0, |need| u64::from(need.people())));
    }

    let eligible = progress.unless_cancelled(EligibleOffers::find(&records, &given, options, max_pairs, progress)?)?;
    let parties = progress.unless_cancelled(Parties::new(&records, &given, &eligible, max_pairs, progress)?)?;
    let instance = Instance { records, given, eligible, parties };
    let mut errors = ErrorSink::default();
    check_fixed(&mut errors, &instance);
    errors.into_result(instance)
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;
    use crate::model::{enums::MoveMode, offer::Offer};

    const LANGUAGES: [&str; 3] = ["de", "uk", "fr"];
    const DENSE: SizeLimits = SizeLimits { edges: usize::MAX, pairs: usize::MAX };
    const SPARSE: SizeLimits = SizeLimits { edges: 0, pairs: usize::MAX };

    /// The language, another one, the level and the places of an offer or the people of a need.
    type Record = (usize, usize, usize, u32);

    fn offers(offers: &[Record]) -> Matcher {
        let offer = |(id, (first, second, _, places)): (usize, &Record)| {
            let languages = [LANGUAGES[*first], LANGUAGES[*second]].map(|tag| format!(r#""{tag}""#)).join(", ");
            Offer::from_json(&format!(r#"{{"id": "o-{id}", "languages": [{languages}], "capacity": {places}}}"#))
                .unwrap()
        };
        Matcher::builder().offers(offers.iter().enumerate().map(offer)).build().unwrap()
    }

    fn needs(needs: &[Record], has_parties: bool) -> Vec<Need> {
        let need = |(id, (language, priority, level, people)): (usize, &Record)| {
            let tag = LANGUAGES[*language];
            let (level, priority) = (["B2", "C1", "A2"][*level], ["stat", "urgent", "routine"][*priority]);
            let people = if has_parties { people.saturating_add(1) } else { 1 };
            let languages = format!(r#"[{{"tag": "{tag}", "level": "{level}"}}]"#);
            let need = format!(
                r#"{{"id": "n-{id}", "people": {people}, "priority": "{priority}", "languages": {languages}}}"#
            );
            Need::from_json(&need).unwrap()
        };
        needs.iter().enumerate().map(need).collect()
    }

    fn records(length: usize) -> impl Strategy<Value = Vec<Record>> {
        vec((0..3_usize, 0..3_usize, 0..3_usize, 0..3_u32), 1..length)
    }

    fn options(needs: usize, offers: usize, moves: usize) -> AllocateOptions<'static> {
        let previous = (0..needs)
            .zip((0..offers).cycle())
            .step_by(2)
            .map(|(need, offer)| (format!("n-{need}"), format!("o-{offer}")));
        AllocateOptions::new().previous(previous).moves([MoveMode::Few, MoveMode::None, MoveMode::Free][moves])
    }

    /// Returns the plan with all edges, and the one by column generation.
    fn plans(offer_records: &[Record], needs: &[Need], moves: usize) -> [Allocation; 2] {
        let (matcher, options) = (offers(offer_records), options(needs.len(), offer_records.len(), moves));
        [DENSE, SPARSE].map(|limits| {
            let plan = matcher.allocate_within(limits, needs, &options).unwrap();
            plan.verify().unwrap();
            plan
        })
    }

    proptest! {
        #[test]
        fn column_generation_finds_the_optimum_of_all_edges(
            offer_records in records(12), need_records in records(30), moves in 0..3_usize,
        ) {
            let [dense, sparse] = plans(&offer_records, &needs(&need_records, false), moves);
            prop_assert!(dense.is_optimal() && sparse.is_optimal());
            prop_assert_eq!(dense.objective(), sparse.objective());
            prop_assert_eq!(dense.referrals().len(), sparse.referrals().len());
            prop_assert_eq!(dense.unmet().len(), sparse.unmet().len());
            prop_assert_eq!(&dense.certificate().prices, &sparse.certificate().prices);
        }

        #[test]
        fn the_bound_of_column_generation_holds_for_all_edges(
            offer_records in records(8), need_records in records(16), moves in 0..3_usize,
        ) {
            let [dense, sparse] = plans(&offer_records, &needs(&need_records, true), moves);
            prop_assert!(dense.objective() <= sparse.bound());
            prop_assert!(sparse.objective() <= dense.bound());
        }
    }

    #[test]
    fn too_many_pairs_are_refused() {
        // Each of two profiles matches both offers, and so does their group.
        let matcher = offers(&[(0, 0, 0, 5), (0, 0, 0, 5)]);
        let mut needs = needs(&[(0, 0, 0, 0), (0, 0, 1, 0)], false);
        let allocate = |needs: &[Need], pairs| {
            let limits = SizeLimits { edges: usize::MAX, pairs };
            matcher.allocate_within(limits, needs, &AllocateOptions::new())
        };
        assert!(allocate(&needs, 4).is_ok());
        let error = allocate(&needs, 3).unwrap_err();
        assert_eq!((error.code(), error.path()), ("request.too_many", "needs"));
        for need in &mut needs {
            need.group = Some("g".into());
        }
        assert!(allocate(&needs, 8).is_ok());
        assert_eq!(allocate(&needs, 7).unwrap_err().code(), "request.too_many");
    }
}
