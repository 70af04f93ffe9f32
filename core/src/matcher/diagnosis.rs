//! The result of a diagnosis: excluded offers by criterion, and near misses.

use std::{fmt, sync::Arc};

use crate::{
    matcher::assessment::Assessment,
    model::{criterion::Criterion, enums::Lang, reason::Reason},
    text,
    vocabulary::Vocabulary,
};

/// The diagnosis of one need: the number of offers that each criterion excludes, and the near misses.
///
/// Returned by [`Matcher::diagnose`](crate::Matcher::diagnose). The matching and the excluded offers add up to all offers.
///
/// # Example: the age limit of one offer, the help of the other
///
/// ```
/// use lotse::{Criterion, Matcher, Need, Offer};
/// let offers = [
///     Offer::builder("o-1").help("legal").min_age(18).build()?,
///     Offer::builder("o-2").help("medical").build()?,
/// ];
/// let matcher = Matcher::builder().offers(offers).build()?;
/// let diagnosis = matcher.diagnose(&Need::builder("n-1").help("legal").age(16).build()?, 3)?;
/// assert_eq!((diagnosis.need(), diagnosis.offers(), diagnosis.matching()), ("n-1", 2, 0));
/// assert!(diagnosis.blocked().iter().map(|blocked| blocked.criterion()).eq([Criterion::Help, Criterion::Age]));
/// // An offer of other help is never the nearest.
/// assert_eq!(diagnosis.near_misses()[0].assessment().offer(), "o-1");
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Eq, PartialEq)]
pub struct Diagnosis {
    need: String,
    // Shared by needs with equal profiles.
    profile: Arc<ProfileDiagnosis>,
}

impl fmt::Debug for Diagnosis {
    /// Shows the id of the need only, so that no log repeats a value of a need.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Diagnosis").field("need", &self.need).finish_non_exhaustive()
    }
}

/// The diagnosis of a profile.
#[derive(Debug, Default, Eq, PartialEq)]
pub(super) struct ProfileDiagnosis {
    pub(super) offers: usize,
    pub(super) matching: usize,
    pub(super) blocked: Vec<BlockedOffers>,
    pub(super) near_misses: Vec<NearMiss>,
}

impl Diagnosis {
    pub(super) fn new(need: &str, profile: Arc<ProfileDiagnosis>) -> Self {
        Self { need: need.to_owned(), profile }
    }

    /// Returns the same diagnosis for a need with an equal profile.
    pub(crate) fn of_need(self, need: &str) -> Self {
        Self::new(need, self.profile)
    }

    /// Returns the id of the need.
    pub fn need(&self) -> &str {
        &self.need
    }

    /// Returns the number of offers.
    pub fn offers(&self) -> usize {
        self.profile.offers
    }

    /// Returns the number of offers that match.
    pub fn matching(&self) -> usize {
        self.profile.matching
    }

    /// Returns the criteria that exclude at least one offer, in the order of criteria.
    pub fn blocked(&self) -> &[BlockedOffers] {
        &self.profile.blocked
    }

    /// Returns the offers that one criterion excludes, or `None` if it excludes none.
    ///
    /// # Example: a language that no offer has
    ///
    /// ```
    /// use lotse::{Criterion, Matcher, Need, Offer};
    /// let matcher = Matcher::builder().offers([Offer::builder("o-1").language("de").build()?]).build()?;
    /// let diagnosis = matcher.diagnose(&Need::builder("n-1").language("ti").build()?, 3)?;
    /// assert_eq!(diagnosis.blocked_by(Criterion::Language).unwrap().offers(), 1);
    /// assert_eq!(diagnosis.blocked_by(Criterion::Capacity), None);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn blocked_by(&self, criterion: Criterion) -> Option<&BlockedOffers> {
        self.profile.blocked.iter().find(|blocked| blocked.criterion == criterion)
    }

    /// Returns the nearest excluded offers, nearest first. None of them is excluded by `help`: an offer of other help cannot
    /// become the help that is needed.
    ///
    /// They are sorted by:
    /// 1. number of blocking criteria, ascending,
    /// 2. the order of matches: score, number of criteria to check, id.
    pub fn near_misses(&self) -> &[NearMiss] {
        &self.profile.near_misses
    }
}

/// The number of offers that one criterion excludes.
///
/// # Example: alone, or together with another criterion
///
/// ```
/// use lotse::{Criterion, Matcher, Need, Offer};
/// let offers = [
///     Offer::builder("o-1").language("de").build()?,
///     Offer::builder("o-2").language("de").min_age(18).build()?,
/// ];
/// let matcher = Matcher::builder().offers(offers).build()?;
/// let diagnosis = matcher.diagnose(&Need::builder("n-1").language("ti").age(16).build()?, 3)?;
/// let blocked = diagnosis.blocked()[0];
/// assert_eq!((blocked.criterion(), blocked.offers(), blocked.only()), (Criterion::Language, 2, 1));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Copy, Eq, PartialEq)]
pub struct BlockedOffers {
    pub(super) criterion: Criterion,
    pub(super) offers: usize,
    pub(super) only: usize,
}

impl fmt::Debug for BlockedOffers {
    /// Shows the counts only, so that no log repeats what a need requests.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlockedOffers").field("offers", &self.offers).field("only", &self.only).finish_non_exhaustive()
    }
}

impl BlockedOffers {
    /// Returns the criterion.
    pub fn criterion(&self) -> Criterion {
        self.criterion
    }

    /// Returns the number of offers that the criterion excludes, alone or with others.
    pub fn offers(&self) -> usize {
        self.offers
    }

    /// Returns the number of offers that the criterion alone excludes: they would match if it were not requested.
    pub fn only(&self) -> usize {
        self.only
    }
}

/// An excluded offer, and the changes that it would take to match.
///
/// # Example: an offer that is full
///
/// ```
/// use lotse::{Criterion, Lang, Matcher, Need, Offer};
/// let matcher = Matcher::builder().offers([Offer::builder("o-1").capacity(0).build()?]).build()?;
/// let diagnosis = matcher.diagnose(&Need::builder("n-1").people(2).build()?, 3)?;
/// let miss = &diagnosis.near_misses()[0];
/// assert_eq!(miss.assessment().offer(), "o-1");
/// assert!(miss.blockers().eq([Criterion::Capacity]));
/// assert_eq!(miss.changes()[0].reason().code(), "change.places");
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Eq, PartialEq)]
pub struct NearMiss {
    assessment: Assessment,
    changes: Vec<RequiredChange>,
}

impl fmt::Debug for NearMiss {
    /// Shows ids and counts only, so that no log repeats a value of a need.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NearMiss")
            .field("offer", &self.assessment.offer())
            .field("changes", &self.changes.len())
            .finish_non_exhaustive()
    }
}

impl NearMiss {
    pub(super) fn new(assessment: Assessment, changes: Vec<RequiredChange>) -> Self {
        Self { assessment, changes }
    }

    /// Returns the assessment of the offer.
    pub fn assessment(&self) -> &Assessment {
        &self.assessment
    }

    /// Returns the criteria that exclude the offer, in the order of criteria.
    pub fn blockers(&self) -> impl ExactSizeIterator<Item = Criterion> {
        self.changes.iter().map(|change| change.criterion)
    }

    /// Returns one change for each criterion that excludes the offer, in the order of criteria. The offer matches only after all
    /// of them.
    pub fn changes(&self) -> &[RequiredChange] {
        &self.changes
    }
}

/// A change after which one criterion no longer excludes an offer.
///
/// The change has been verified: with it, and nothing else, the criterion passes under the policy and the effective rule. If no
/// single change is enough, its code is `change.none`.
///
/// # Example: the age limit that would be low enough
///
/// ```
/// use lotse::{Criterion, Fact, Matcher, Need, Offer};
/// let matcher = Matcher::builder().offers([Offer::builder("o-1").min_age(18).build()?]).build()?;
/// let diagnosis = matcher.diagnose(&Need::builder("n-1").age(16).build()?, 3)?;
/// let change = &diagnosis.near_misses()[0].changes()[0];
/// assert_eq!((change.criterion(), change.reason().code()), (Criterion::Age, "change.age"));
/// assert_eq!(change.reason().fact("min"), Some(&Fact::Count(16)));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Eq, PartialEq)]
pub struct RequiredChange {
    criterion: Criterion,
    reason: Reason,
}

impl fmt::Debug for RequiredChange {
    /// Shows neither criterion nor facts, so that no log repeats what a need requests.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequiredChange").finish_non_exhaustive()
    }
}

impl RequiredChange {
    pub(super) fn new(criterion: Criterion, reason: Reason) -> Self {
        Self { criterion, reason }
    }

    /// Returns the criterion.
    pub fn criterion(&self) -> Criterion {
        self.criterion
    }

    /// Returns the change as data: a code such as `change.interpreter`, and its facts.
    pub fn reason(&self) -> &Reason {
        &self.reason
    }

    /// Returns the change as a sentence.
    ///
    /// # Example: an interpreter, in English
    ///
    /// ```
    /// use lotse::{Lang, Matcher, Need, Offer};
    /// let matcher = Matcher::builder().offers([Offer::builder("o-1").language("de").build()?]).build()?;
    /// let diagnosis = matcher.diagnose(&Need::builder("n-1").language("ti").build()?, 3)?;
    /// let change = &diagnosis.near_misses()[0].changes()[0];
    /// assert_eq!(change.text(Lang::En, matcher.vocabulary()), "Would fit with an interpreter for Tigrinya.");
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn text(&self, lang: Lang, vocabulary: &Vocabulary) -> String {
        text::sentence(&self.reason, lang, vocabulary)
    }
}
