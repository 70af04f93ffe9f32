//! Options of rankings, explanations and diagnoses.

use std::fmt;

use crate::util::progress::{NO_PROGRESS, ProgressFn};

/// The default of [`RankOptions::top`].
const DEFAULT_TOP: usize = 5;
/// The default of [`DiagnoseOptions::near_misses`].
pub(crate) const DEFAULT_NEAR_MISSES: usize = 3;

/// Options of [`Matcher::rank`](crate::Matcher::rank), [`rank_all`](crate::Matcher::rank_all) and
/// [`score_all`](crate::Matcher::score_all).
///
/// A number converts into options with this [`top`](Self::top).
///
/// # Example: three matches per need, with a progress callback
///
/// ```
/// use std::{ops::ControlFlow, sync::atomic::{AtomicUsize, Ordering}};
/// use lotse::{Matcher, Need, Offer, Progress, RankOptions};
/// let matcher = Matcher::builder().offers([Offer::builder("o-1").language("de").build()?]).build()?;
/// let needs = [Need::builder("n-1").language("de").build()?, Need::builder("n-2").language("uk").build()?];
///
/// let calls = AtomicUsize::new(0);
/// let on_progress = |progress: Progress| {
///     assert_eq!(progress.total, Some(2));
///     calls.fetch_add(1, Ordering::Relaxed);
///     ControlFlow::Continue(())
/// };
/// let rankings = matcher.rank_all(&needs, RankOptions::new().top(3).progress(&on_progress))?;
/// assert_eq!((rankings.len(), calls.into_inner()), (2, 2));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct RankOptions<'a> {
    pub(super) top: usize,
    pub(super) progress: &'a ProgressFn<'a>,
}

impl<'a> RankOptions<'a> {
    /// Creates the default options: 5 matches per need, no progress callback.
    pub fn new() -> Self {
        Self { top: DEFAULT_TOP, progress: NO_PROGRESS }
    }

    /// Sets the maximal number of matches per need.
    ///
    /// # Example: the best match only
    ///
    /// ```
    /// use lotse::{Matcher, Need, Offer, RankOptions};
    /// let offers = [Offer::builder("o-1").build()?, Offer::builder("o-2").build()?];
    /// let matcher = Matcher::builder().offers(offers).build()?;
    /// let need = Need::builder("n-1").build()?;
    /// let ranking = matcher.rank(&need, RankOptions::new().top(1))?;
    /// assert_eq!(ranking.matches().len(), 1);
    /// assert_eq!(ranking, matcher.rank(&need, 1)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn top(self, top: usize) -> Self {
        Self { top, ..self }
    }

    /// Sets the progress callback. `total` counts distinct needs: needs that state the same are ranked once.
    ///
    /// # Example: cancel
    ///
    /// ```
    /// use std::ops::ControlFlow;
    /// use lotse::{ErrorKind, Matcher, Need, RankOptions};
    /// let matcher = Matcher::builder().build()?;
    /// let needs = [Need::builder("n-1").build()?];
    /// let options = RankOptions::new().progress(&|_| ControlFlow::Break(()));
    /// assert_eq!(matcher.rank_all(&needs, options).unwrap_err().kind(), ErrorKind::Cancelled);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn progress(self, progress: &'a ProgressFn<'a>) -> Self {
        Self { progress, ..self }
    }
}

impl Default for RankOptions<'_> {
    fn default() -> Self {
        Self::new()
    }
}

impl From<usize> for RankOptions<'_> {
    /// Creates options with this [`top`](RankOptions::top).
    fn from(top: usize) -> Self {
        Self::new().top(top)
    }
}

impl fmt::Debug for RankOptions<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RankOptions").field("top", &self.top).finish_non_exhaustive()
    }
}

/// Options of [`Matcher::diagnose`](crate::Matcher::diagnose) and [`diagnose_all`](crate::Matcher::diagnose_all).
///
/// A number converts into options with this many [`near_misses`](Self::near_misses).
///
/// # Example: counts only
///
/// ```
/// use lotse::{DiagnoseOptions, Matcher, Need, Offer};
/// let matcher = Matcher::builder().offers([Offer::builder("o-1").language("de").build()?]).build()?;
/// let need = Need::builder("n-1").language("ti").build()?;
/// let diagnosis = matcher.diagnose(&need, DiagnoseOptions::new().near_misses(0))?;
/// assert_eq!((diagnosis.offers(), diagnosis.matching(), diagnosis.near_misses().len()), (1, 0, 0));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct DiagnoseOptions<'a> {
    pub(super) near_misses: usize,
    pub(super) progress: &'a ProgressFn<'a>,
}

impl<'a> DiagnoseOptions<'a> {
    /// Creates the default options: 3 near misses per need, no progress callback.
    pub fn new() -> Self {
        Self { near_misses: DEFAULT_NEAR_MISSES, progress: NO_PROGRESS }
    }

    /// Sets the maximal number of near misses per need.
    ///
    /// # Example: the nearest offer
    ///
    /// ```
    /// use lotse::{DiagnoseOptions, Matcher, Need, Offer};
    /// let offers = ["o-1", "o-2"].map(|id| Offer::builder(id).language("de").build());
    /// let offers = offers.into_iter().collect::<Result<Vec<_>, _>>()?;
    /// let matcher = Matcher::builder().offers(offers).build()?;
    /// let need = Need::builder("n-1").language("ti").build()?;
    /// let diagnosis = matcher.diagnose(&need, DiagnoseOptions::new().near_misses(1))?;
    /// assert_eq!(diagnosis.near_misses()[0].assessment().offer(), "o-1");
    /// assert_eq!(diagnosis, matcher.diagnose(&need, 1)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn near_misses(self, near_misses: usize) -> Self {
        Self { near_misses, ..self }
    }

    /// Sets the progress callback. `total` counts distinct needs: needs that state the same are diagnosed once.
    ///
    /// # Example: cancel
    ///
    /// ```
    /// use std::ops::ControlFlow;
    /// use lotse::{DiagnoseOptions, ErrorKind, Matcher, Need};
    /// let matcher = Matcher::builder().build()?;
    /// let needs = [Need::builder("n-1").build()?];
    /// let options = DiagnoseOptions::new().progress(&|_| ControlFlow::Break(()));
    /// assert_eq!(matcher.diagnose_all(&needs, options).unwrap_err().kind(), ErrorKind::Cancelled);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn progress(self, progress: &'a ProgressFn<'a>) -> Self {
        Self { progress, ..self }
    }
}

impl Default for DiagnoseOptions<'_> {
    fn default() -> Self {
        Self::new()
    }
}

impl From<usize> for DiagnoseOptions<'_> {
    /// Creates options with this many [`near_misses`](DiagnoseOptions::near_misses).
    fn from(near_misses: usize) -> Self {
        Self::new().near_misses(near_misses)
    }
}

impl fmt::Debug for DiagnoseOptions<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DiagnoseOptions").field("near_misses", &self.near_misses).finish_non_exhaustive()
    }
}

/// Options of [`Matcher::explain_all`](crate::Matcher::explain_all).
///
/// # Example: with a progress callback
///
/// ```
/// use std::{ops::ControlFlow, sync::atomic::{AtomicUsize, Ordering}};
/// use lotse::{ExplainOptions, Matcher, Need, Offer, Progress};
/// let matcher = Matcher::builder().offers([Offer::builder("o-1").build()?]).build()?;
/// let needs = [Need::builder("n-1").build()?];
/// let calls = AtomicUsize::new(0);
/// let on_progress = |progress: Progress| {
///     assert_eq!(progress.total, Some(1));
///     calls.fetch_add(1, Ordering::Relaxed);
///     ControlFlow::Continue(())
/// };
/// let options = ExplainOptions::new().progress(&on_progress);
/// assert_eq!(matcher.explain_all(&needs, &[("n-1", "o-1")], options)?.len(), 1);
/// assert_eq!(calls.into_inner(), 1);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct ExplainOptions<'a> {
    pub(super) progress: &'a ProgressFn<'a>,
}

impl<'a> ExplainOptions<'a> {
    /// Creates the default options: no progress callback.
    pub fn new() -> Self {
        Self { progress: NO_PROGRESS }
    }

    /// Sets the progress callback. `total` counts pairs.
    ///
    /// # Example: cancel
    ///
    /// ```
    /// use std::ops::ControlFlow;
    /// use lotse::{ErrorKind, ExplainOptions, Matcher, Need, Offer};
    /// let matcher = Matcher::builder().offers([Offer::builder("o-1").build()?]).build()?;
    /// let needs = [Need::builder("n-1").build()?];
    /// let options = ExplainOptions::new().progress(&|_| ControlFlow::Break(()));
    /// let error = matcher.explain_all(&needs, &[("n-1", "o-1")], options).unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::Cancelled);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn progress(self, progress: &'a ProgressFn<'a>) -> Self {
        Self { progress }
    }
}

impl Default for ExplainOptions<'_> {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for ExplainOptions<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExplainOptions").finish_non_exhaustive()
    }
}
