//! Allocation from needs and options to a verified plan.

use crate::{
    allocate::{
        allocation::Allocation,
        eligible::EligibleOffers,
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
        self.allocate_up_to(MAX_EDGES, needs, options)
    }

    /// As [`allocate`](Self::allocate); a problem of more than `max_edges` edges is solved by column generation.
    pub(crate) fn allocate_up_to(
        &self,
        max_edges: usize,
        needs: &[Need],
        options: &AllocateOptions<'_>,
    ) -> Result<Allocation, Error> {
        let progress = ProgressReporter::new(options.progress);
        let mut errors = ErrorSink::default();
        let mut records = Records::new(&mut errors, self, needs);
        let given = GivenReferrals::decode(&mut errors, &records, options);
        errors.into_result(())?;
        for (need, offer) in given.counted_previous() {
            records.add_places(offer, records.needs.get(need).map_or(0, |need| u64::from(need.people())));
        }

        let eligible = progress.unless_cancelled(EligibleOffers::find(&records, &given, options, &progress))?;
        let parties = progress.unless_cancelled(Parties::new(&records, &given, &eligible, &progress)?)?;
        let instance = Instance { records, given, eligible, parties };
        let mut errors = ErrorSink::default();
        check_fixed(&mut errors, &instance);
        errors.into_result(())?;

        let mut formulation = formulate(&instance, options.moves, max_edges, &progress)?;
        let solution = match formulation.sparse.take() {
            Some(sparse) => solve_sparse(&sparse, &mut formulation.problem, &progress)?,
            None => solve_reporting(&formulation.problem, &progress)?,
        };
        extract(&instance, formulation, solution, &progress)
    }
}
