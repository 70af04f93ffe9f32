//! Options of an allocation.

use std::fmt;

use crate::{
    allocate::allocation::Referral,
    model::enums::MoveMode,
    util::{
        fixed::Score,
        progress::{NO_PROGRESS, ProgressFn},
    },
};

/// Options of [`Matcher::allocate`](crate::Matcher::allocate).
///
/// # Example: keep what was agreed, change little else
///
/// ```
/// use lotse::{AllocateOptions, FixedReferral, Matcher, MoveMode, Need, Offer};
/// let offers = ["o-1", "o-2"].map(|id| Offer::from_json(&format!(r#"{{"id": "{id}", "capacity": 1}}"#)));
/// let offers = offers.into_iter().collect::<Result<Vec<_>, _>>()?;
/// let matcher = Matcher::builder().offers(offers).build()?;
/// let needs = [Need::builder("n-1").build()?, Need::builder("n-2").build()?];
/// let options = AllocateOptions::new()
///     .fixed([FixedReferral::new("n-1", "o-2")])
///     .previous([("n-2", "o-1")])
///     .moves(MoveMode::Few);
/// let allocation = matcher.allocate(&needs, &options)?;
/// let pairs: Vec<_> = allocation.referrals().iter().map(|referral| (referral.need(), referral.offer())).collect();
/// assert_eq!(pairs, [("n-1", "o-2"), ("n-2", "o-1")]);
/// assert_eq!(allocation.objective().kept, 1);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone)]
pub struct AllocateOptions<'p> {
    pub(crate) fixed: Vec<FixedReferral>,
    pub(crate) fixed_path: ListPath,
    pub(crate) previous: Vec<PreviousReferral>,
    pub(crate) previous_path: ListPath,
    pub(crate) moves: MoveMode,
    pub(crate) min_score: Score,
    pub(crate) neighbour_serves: bool,
    pub(crate) progress: &'p ProgressFn<'p>,
}

impl<'p> AllocateOptions<'p> {
    /// Creates the default options: no fixed and no previous referrals, every score, neighbouring Kreise included, no progress
    /// callback.
    pub fn new() -> Self {
        Self {
            fixed: Vec::new(),
            fixed_path: ListPath { name: "fixed", is_plan: false },
            previous: Vec::new(),
            previous_path: ListPath { name: "previous", is_plan: false },
            moves: MoveMode::Few,
            min_score: Score::ZERO,
            neighbour_serves: true,
            progress: NO_PROGRESS,
        }
    }

    /// Adds fixed referrals, which every plan keeps: [`FixedReferral`]s, pairs of the ids of a need and an offer, or referrals of
    /// another plan. An unknown id is an error of [`allocate`](crate::Matcher::allocate), because what is agreed must not vanish.
    ///
    /// # Example: an agreed referral comes before a more urgent need
    ///
    /// ```
    /// use lotse::{AllocateOptions, FixedReferral, Matcher, Need, Offer, Priority};
    /// let matcher = Matcher::builder().offers([Offer::from_json(r#"{"id": "o-1", "capacity": 1}"#)?]).build()?;
    /// let needs = [Need::builder("n-1").build()?, Need::builder("n-2").priority(Priority::Stat).build()?];
    /// let options = AllocateOptions::new().fixed([FixedReferral::new("n-1", "o-1")]);
    /// let allocation = matcher.allocate(&needs, &options)?;
    /// assert_eq!(allocation.referrals()[0].need(), "n-1");
    /// assert_eq!(allocation.unmet()[0].need(), "n-2");
    /// # Ok::<(), lotse::Error>(())
    /// ```
    ///
    /// # Example: a plan whose referrals are confirmed
    ///
    /// ```
    /// use lotse::{AllocateOptions, Matcher, Need, Offer, Priority};
    /// let matcher = Matcher::builder().offers([Offer::builder("o-1").capacity(1).build()?]).build()?;
    /// let mut needs = vec![Need::builder("n-1").build()?];
    /// let confirmed = matcher.allocate(&needs, &AllocateOptions::new())?;
    ///
    /// needs.push(Need::builder("n-2").priority(Priority::Stat).build()?);
    /// let plan = matcher.allocate(&needs, &AllocateOptions::new().fixed(confirmed.referrals()))?;
    /// assert_eq!(plan.referrals()[0].need(), "n-1");
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn fixed<F: Into<FixedReferral>>(mut self, fixed: impl IntoIterator<Item = F>) -> Self {
        self.fixed.extend(fixed.into_iter().map(Into::into));
        self
    }

    /// Adds referrals of a previous plan: the [`referrals`](crate::Allocation::referrals) of an allocation, pairs of the ids of a
    /// need and an offer, or [`PreviousReferral`]s. Unknown ids are ignored: needs and offers may be gone since then.
    ///
    /// The least score and the exclusion of neighbours do not apply to a previous referral, unless
    /// [`moves`](Self::moves) is [`MoveMode::Free`].
    ///
    /// # Example: a new plan keeps a previous referral
    ///
    /// ```
    /// use lotse::{AllocateOptions, Matcher, Need, Offer};
    /// let offers = ["o-1", "o-2"].map(|id| Offer::from_json(&format!(r#"{{"id": "{id}", "capacity": 1}}"#)));
    /// let offers = offers.into_iter().collect::<Result<Vec<_>, _>>()?;
    /// let matcher = Matcher::builder().offers(offers).build()?;
    /// let options = AllocateOptions::new().previous([("n-1", "o-2"), ("n-2", "o-9")]);
    /// let allocation = matcher.allocate(&[Need::builder("n-1").build()?], &options)?;
    /// assert_eq!(allocation.referrals()[0].offer(), "o-2");
    /// # Ok::<(), lotse::Error>(())
    /// ```
    ///
    /// # Example: the plan of the next day
    ///
    /// ```
    /// use lotse::{AllocateOptions, Matcher, Need, Offer};
    /// let mut matcher = Matcher::builder().offers([Offer::builder("o-2").capacity(1).build()?]).build()?;
    /// let needs = [Need::builder("n-1").build()?];
    /// let first_day = matcher.allocate(&needs, &AllocateOptions::new())?;
    ///
    /// // Without the previous plan, the first of two equal offers would be chosen.
    /// matcher.update(Offer::builder("o-1").capacity(1).build()?)?;
    /// let second_day = matcher.allocate(&needs, &AllocateOptions::new().previous(first_day.referrals()))?;
    /// assert_eq!(second_day.referrals()[0].offer(), "o-2");
    /// assert_eq!(second_day.objective().kept, 1);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn previous<P: Into<PreviousReferral>>(mut self, previous: impl IntoIterator<Item = P>) -> Self {
        self.previous.extend(previous.into_iter().map(Into::into));
        self
    }

    /// Sets how far a plan may deviate from the previous referrals; the default is [`MoveMode::Few`].
    ///
    /// # Example: better scores against few moves
    ///
    /// ```
    /// use lotse::{AllocateOptions, Matcher, MoveMode, Need, Offer};
    /// let offers = [
    ///     Offer::from_json(r#"{"id": "o-1", "languages": [{"tag": "uk", "how": "interpreter"}], "capacity": 1}"#)?,
    ///     Offer::from_json(r#"{"id": "o-2", "languages": ["uk"], "capacity": 1}"#)?,
    /// ];
    /// let matcher = Matcher::builder().offers(offers).build()?;
    /// let needs = [Need::builder("n-1").language("uk").build()?];
    /// let options = AllocateOptions::new().previous([("n-1", "o-1")]);
    /// let few = matcher.allocate(&needs, &options)?;
    /// assert_eq!(few.referrals()[0].offer(), "o-1");
    /// let free = matcher.allocate(&needs, &options.moves(MoveMode::Free))?;
    /// assert_eq!(free.referrals()[0].offer(), "o-2");
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn moves(self, moves: MoveMode) -> Self {
        Self { moves, ..self }
    }

    /// Sets the least score of new referrals; the default is 0.
    ///
    /// It is the score within an allocation, which does not depend on the number of places and may therefore differ from that of a
    /// ranking. Fixed referrals may have any score, and previous ones too unless moves are free.
    ///
    /// # Example: no interpreter
    ///
    /// ```
    /// use lotse::{AllocateOptions, Matcher, Need, Offer};
    /// let offer = r#"{"id": "o-1", "languages": [{"tag": "uk", "how": "interpreter"}], "capacity": 1}"#;
    /// let matcher = Matcher::builder().offers([Offer::from_json(offer)?]).build()?;
    /// let needs = [Need::builder("n-1").language("uk").build()?];
    /// assert_eq!(matcher.allocate(&needs, &AllocateOptions::new())?.referrals().len(), 1);
    /// let options = AllocateOptions::new().min_score(lotse::Score::new(95_000_000)?);
    /// assert_eq!(matcher.allocate(&needs, &options)?.unmet()[0].reason().code(), "no_offer");
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn min_score(self, min_score: Score) -> Self {
        Self { min_score, ..self }
    }

    /// Allows or forbids new referrals to an offer of a neighbouring Kreis, or of another Gemeinde of the same Kreis; the
    /// default is `true`.
    ///
    /// # Example: within the Kreis only
    ///
    /// ```
    /// use lotse::{AllocateOptions, Matcher, Need, Offer};
    /// // Meißen is a neighbour of Dresden.
    /// let offer = r#"{"id": "o-1", "area": ["14627"], "capacity": 1}"#;
    /// let matcher = Matcher::builder().offers([Offer::from_json(offer)?]).build()?;
    /// let needs = [Need::builder("n-1").region("14612").build()?];
    /// assert!(matcher.allocate(&needs, &AllocateOptions::new())?.referrals()[0].is_from_neighbour());
    /// let options = AllocateOptions::new().neighbour_serves(false);
    /// assert_eq!(matcher.allocate(&needs, &options)?.unmet().len(), 1);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn neighbour_serves(self, neighbour_serves: bool) -> Self {
        Self { neighbour_serves, ..self }
    }

    /// Sets the progress callback.
    ///
    /// While needs are matched, `total` counts distinct needs. In the search for a plan and while unmet needs are explained it
    /// is `None`.
    ///
    /// # Example: cancel
    ///
    /// ```
    /// use std::ops::ControlFlow;
    /// use lotse::{AllocateOptions, ErrorKind, Matcher, Need};
    /// let matcher = Matcher::builder().build()?;
    /// let options = AllocateOptions::new().progress(&|_| ControlFlow::Break(()));
    /// let error = matcher.allocate(&[Need::builder("n-1").build()?], &options).unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::Cancelled);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn progress(self, progress: &'p ProgressFn<'p>) -> Self {
        Self { progress, ..self }
    }
}

impl Default for AllocateOptions<'_> {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for AllocateOptions<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AllocateOptions")
            .field("fixed", &self.fixed)
            .field("previous", &self.previous)
            .field("moves", &self.moves)
            .field("min_score", &self.min_score)
            .field("neighbour_serves", &self.neighbour_serves)
            .finish_non_exhaustive()
    }
}

/// The position of a list of referrals in a request, for the paths of errors.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ListPath {
    pub(crate) name: &'static str,
    /// `true` if the request has a plan there, with the list as its `referrals`.
    pub(crate) is_plan: bool,
}

/// An agreed referral that every plan keeps, even if it violates rules.
///
/// # Example: the place is already deducted
///
/// ```
/// use lotse::{AllocateOptions, FixedReferral, Matcher, Need, Offer};
/// // Of two places one is taken by n-1, so one is free.
/// let matcher = Matcher::builder().offers([Offer::from_json(r#"{"id": "o-1", "capacity": 1}"#)?]).build()?;
/// let needs = [Need::builder("n-1").build()?, Need::builder("n-2").build()?];
/// let options = AllocateOptions::new().fixed([FixedReferral::new("n-1", "o-1").counted()]);
/// let allocation = matcher.allocate(&needs, &options)?;
/// assert_eq!(allocation.referrals().len(), 2);
/// assert_eq!(allocation.offers()[0].used(), 1);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FixedReferral {
    pub(crate) need: String,
    pub(crate) offer: String,
    pub(crate) is_counted: bool,
}

impl FixedReferral {
    /// Creates a fixed referral from the ids of a need and an offer.
    ///
    /// # Example: ids are looked up by `allocate`
    ///
    /// ```
    /// use lotse::{AllocateOptions, FixedReferral, Matcher, Need};
    /// let matcher = Matcher::builder().build()?;
    /// let options = AllocateOptions::new().fixed([FixedReferral::new("n-1", "o-1")]);
    /// let error = matcher.allocate(&[Need::builder("n-1").build()?], &options).unwrap_err();
    /// assert_eq!((error.code(), error.path()), ("request.fixed.unknown_offer", "fixed[0].offer"));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn new(need: impl Into<String>, offer: impl Into<String>) -> Self {
        Self { need: need.into(), offer: offer.into(), is_counted: false }
    }

    /// Marks the referral as counted: its places are already deducted from the free places of the offer.
    pub fn counted(self) -> Self {
        Self { is_counted: true, ..self }
    }
}

impl<N: Into<String>, O: Into<String>> From<(N, O)> for FixedReferral {
    fn from((need, offer): (N, O)) -> Self {
        Self::new(need, offer)
    }
}

impl From<&Referral> for FixedReferral {
    fn from(referral: &Referral) -> Self {
        Self::new(referral.need(), referral.offer())
    }
}

/// A referral of a previous plan.
///
/// # Example: the place is already deducted
///
/// ```
/// use lotse::{AllocateOptions, Matcher, Need, Offer, PreviousReferral};
/// // The only place is taken by n-1, so none is free.
/// let matcher = Matcher::builder().offers([Offer::from_json(r#"{"id": "o-1", "capacity": 0}"#)?]).build()?;
/// let needs = [Need::builder("n-1").build()?];
/// let options = AllocateOptions::new().previous([PreviousReferral::new("n-1", "o-1").counted()]);
/// let allocation = matcher.allocate(&needs, &options)?;
/// assert_eq!(allocation.referrals()[0].offer(), "o-1");
/// // The place of n-1 is added back to the free ones.
/// assert_eq!((allocation.offers()[0].places(), allocation.offers()[0].used()), (Some(1), 1));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PreviousReferral {
    pub(crate) need: String,
    pub(crate) offer: String,
    pub(crate) is_counted: bool,
}

impl PreviousReferral {
    /// Creates a previous referral from the ids of a need and an offer.
    ///
    /// # Example: ids that no longer exist are ignored
    ///
    /// ```
    /// use lotse::{AllocateOptions, Matcher, Need, PreviousReferral};
    /// let options = AllocateOptions::new().previous([PreviousReferral::new("n-1", "o-1")]);
    /// let allocation = Matcher::builder().build()?.allocate(&[Need::builder("n-1").build()?], &options)?;
    /// assert_eq!(allocation.unmet()[0].previous(), None);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn new(need: impl Into<String>, offer: impl Into<String>) -> Self {
        Self { need: need.into(), offer: offer.into(), is_counted: false }
    }

    /// Marks the referral as counted: its places are already deducted from the free places of the offer, and are added back.
    pub fn counted(self) -> Self {
        Self { is_counted: true, ..self }
    }
}

impl<N: Into<String>, O: Into<String>> From<(N, O)> for PreviousReferral {
    fn from((need, offer): (N, O)) -> Self {
        Self::new(need, offer)
    }
}

impl From<&Referral> for PreviousReferral {
    fn from(referral: &Referral) -> Self {
        Self::new(referral.need(), referral.offer())
    }
}
