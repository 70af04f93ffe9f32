//! The results of ranking: matches with and without their reasons.

use std::{fmt, sync::Arc};

use crate::{
    matcher::assessment::{Assessment, Finding},
    model::criterion::Criterion,
    util::fixed::Score,
};

/// The best matches of one need, best first.
///
/// Matches are sorted by:
/// 1. score, descending,
/// 2. number of criteria to check, ascending,
/// 3. id of the offer, by bytes.
///
/// # Example: the better of two matches
///
/// ```
/// use lotse::{Matcher, Need, Offer};
/// let offers = [Offer::builder("o-1").capacity(1).build()?, Offer::builder("o-2").capacity(9).build()?];
/// let matcher = Matcher::builder().offers(offers).build()?;
/// let ranking = matcher.rank(&Need::builder("n-1").build()?, 5)?;
/// assert_eq!(ranking.need(), "n-1");
/// assert!(ranking.matches().iter().map(|found| found.offer()).eq(["o-2", "o-1"]));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Ranking {
    need: String,
    matches: Arc<[Match]>,
}

impl Ranking {
    pub(super) fn new(need: &str, matches: Arc<[Match]>) -> Self {
        Self { need: need.to_owned(), matches }
    }

    /// Returns the id of the need.
    pub fn need(&self) -> &str {
        &self.need
    }

    /// Returns the matches, best first; empty if every offer is excluded.
    pub fn matches(&self) -> &[Match] {
        &self.matches
    }
}

/// An offer in a [`Ranking`]: an [`Assessment`] in which no criterion excludes the offer.
///
/// # Example: score, reasons, and what to ask before a referral
///
/// ```
/// use lotse::{Criterion, Matcher, Need, Offer};
/// let matcher = Matcher::builder().offers([Offer::builder("o-1").language("de").build()?]).build()?;
/// let ranking = matcher.rank(&Need::builder("n-1").language("de").build()?, 5)?;
/// let best = &ranking.matches()[0];
///
/// assert_eq!(best.offer(), "o-1");
/// assert!(best.requested().map(|finding| finding.criterion()).eq([Criterion::Language, Criterion::Capacity]));
/// assert_eq!(best.score().get(), best.requested().map(|finding| finding.contribution().get()).sum::<u32>());
/// // The number of free places is unknown.
/// assert!(best.to_check().eq([Criterion::Capacity]));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Match(Assessment); // INVARIANT: `Assessment::is_match` is `true`

impl Match {
    pub(super) fn new(assessment: Assessment) -> Self {
        Self(assessment)
    }

    /// Returns the id of the offer.
    pub fn offer(&self) -> &str {
        self.0.offer()
    }

    /// Returns the score: the exact sum of the contributions of the findings.
    pub fn score(&self) -> Score {
        self.0.score()
    }

    /// Returns the criteria that a person should check, in the order of criteria.
    pub fn to_check(&self) -> impl Iterator<Item = Criterion> {
        self.0.to_check()
    }

    /// Returns the findings of all ten criteria, in the order of criteria.
    pub fn findings(&self) -> impl Iterator<Item = Finding<'_>> {
        self.0.findings()
    }

    /// Returns the findings of the requested criteria, in the order of criteria.
    pub fn requested(&self) -> impl Iterator<Item = Finding<'_>> {
        self.0.requested()
    }

    /// Returns the finding of one criterion; always `Some`.
    ///
    /// # Example: an interpreter
    ///
    /// ```
    /// use lotse::{Criterion, LanguageMode, Matcher, Need, Offer};
    /// let offer = Offer::builder("o-1").language_with_mode("prs", LanguageMode::Interpreter).build()?;
    /// let matcher = Matcher::builder().offers([offer]).build()?;
    /// let ranking = matcher.rank(&Need::builder("n-1").language("prs").build()?, 1)?;
    /// let finding = ranking.matches()[0].finding(Criterion::Language).unwrap();
    /// assert_eq!(finding.reason().code(), "language.interpreter");
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn finding(&self, criterion: Criterion) -> Option<Finding<'_>> {
        self.0.finding(criterion)
    }

    /// Returns the assessment of the offer.
    pub fn assessment(&self) -> &Assessment {
        &self.0
    }
}

impl From<Match> for Assessment {
    fn from(found: Match) -> Self {
        found.0
    }
}

/// A match without its reasons, as returned by [`Matcher::score_all`](crate::Matcher::score_all).
///
/// # Example: the same score as with reasons
///
/// ```
/// use lotse::{Matcher, Need, Offer};
/// let matcher = Matcher::builder().offers([Offer::builder("o-1").language("de").build()?]).build()?;
/// let needs = [Need::builder("n-1").language("de").build()?];
/// let (rankings, scored) = (matcher.rank_all(&needs, 5)?, matcher.score_all(&needs, 5)?);
/// let (with_reasons, without) = (&rankings[0].matches()[0], &scored[0][0]);
/// assert_eq!((without.offer(), without.score()), (with_reasons.offer(), with_reasons.score()));
/// assert!(without.to_check().eq(with_reasons.to_check()));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Eq, PartialEq)]
pub struct ScoredOffer {
    offer: Arc<str>,
    score: Score,
    /// One bit per criterion, in the order of criteria.
    to_check: u16,
}

impl ScoredOffer {
    pub(super) fn new(offer: Arc<str>, score: Score, to_check: impl Iterator<Item = Criterion>) -> Self {
        Self { offer, score, to_check: to_check.fold(0, |bits, criterion| bits | bit(criterion)) }
    }

    /// Returns the id of the offer.
    pub fn offer(&self) -> &str {
        &self.offer
    }

    /// Returns the score.
    pub fn score(&self) -> Score {
        self.score
    }

    /// Returns the criteria that a person should check, in the order of criteria.
    pub fn to_check(&self) -> impl Iterator<Item = Criterion> {
        Criterion::all().filter(|criterion| self.to_check & bit(*criterion) != 0)
    }
}

impl fmt::Debug for ScoredOffer {
    /// Shows no criterion, so that no log repeats what a need requests.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ScoredOffer").field("offer", &self.offer).field("score", &self.score).finish_non_exhaustive()
    }
}

fn bit(criterion: Criterion) -> u16 {
    1_u16.checked_shl(criterion as u32).unwrap_or(0)
}
