//! The matcher: offers under a policy, ready to be ranked. This module is the facade; [`index`] stores the offers.

mod assess;
mod assessment;
mod builder;
mod column;
mod diagnose;
mod diagnosis;
mod explain;
mod help_roots;
pub(crate) mod idx;
pub(crate) mod index;
pub(crate) mod intern;
pub(crate) mod lookup;
mod memo;
pub(crate) mod offer_values;
mod options;
mod partial_score;
pub(crate) mod profile;
pub(crate) mod rank;
mod ranking;
mod serialize;
pub(crate) mod shared;
mod weights;

use std::{fmt, sync::Arc};

pub(crate) use self::options::DEFAULT_NEAR_MISSES;
pub use self::{
    assessment::{Assessment, Finding},
    builder::MatcherBuilder,
    diagnosis::{BlockedOffers, Diagnosis, NearMiss, RequiredChange},
    explain::Explanation,
    options::{DiagnoseOptions, ExplainOptions, RankOptions},
    ranking::{Match, Ranking, ScoredOffer},
};
use self::{
    diagnosis::ProfileDiagnosis,
    index::Index,
    intern::{InternedProfile, InternedProfiles, RequirementKey},
    memo::MemoTables,
    profile::Profile,
};
use crate::{
    decode::path::{Path, Record},
    error::{Error, ErrorKind, ErrorSink, message},
    model::{capacity::Capacity, need::Need, offer::Offer, policy::Policy},
    util::{
        date::Date,
        ordered_map::OrderedMap,
        parallel::{chunks, map},
        progress::ProgressReporter,
    },
    vocabulary::Vocabulary,
};

/// Offers under a [`Policy`], ready to be ranked.
///
/// Results depend on nothing but the offers, the policy, the vocabulary and `as_of`: not on order, threads or platform. Changing
/// one offer rebuilds nothing.
///
/// A clone is a read-only copy for readers: it takes a microsecond, since it shares all offers, and a change of either copies only
/// the parts that it touches. [`SharedMatcher`](crate::SharedMatcher) gives such copies to threads while updates go on.
///
/// # Example: rank, then take a place
///
/// ```
/// use lotse::{Capacity, Matcher, Need, Offer};
/// let offers = [
///     Offer::builder("o-1").language("de").capacity(1).build()?,
///     Offer::builder("o-2").language("uk").capacity(5).build()?,
/// ];
/// let mut matcher = Matcher::builder().offers(offers).build()?;
/// let need = Need::builder("n-1").language("de").build()?;
/// assert_eq!(matcher.rank(&need, 5)?.matches()[0].offer(), "o-1");
///
/// matcher.set_capacity("o-1", Capacity::open(0))?;
/// assert!(matcher.rank(&need, 5)?.matches().is_empty());
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone)]
pub struct Matcher {
    pub(crate) index: Index,
}

impl Matcher {
    /// Creates a builder.
    pub fn builder() -> MatcherBuilder {
        MatcherBuilder::default()
    }

    /// Builds a matcher of the offers without an error, and collects the errors of the others.
    pub(crate) fn with_errors(
        errors: &mut ErrorSink,
        offers: impl IntoIterator<Item = Offer>,
        policy: Policy,
        vocabulary: Vocabulary,
        as_of: Option<Date>,
    ) -> Self {
        Self { index: Index::new(errors, offers, policy, vocabulary, as_of) }
    }

    /// Returns a matcher of the same offers, vocabulary and `as_of` under another policy, without a new build.
    ///
    /// It is equal to a newly built one in every result, and shares the offers with this one. Only what the policy says of offers is
    /// computed again: stale capacities, if `stale_days` differs, and languages, if `comprehension` does.
    ///
    /// # Errors
    ///
    /// Those of [`MatcherBuilder::build`] about the policy: `policy.comprehension.…`.
    ///
    /// # Example: what would a more lenient policy change?
    ///
    /// ```
    /// use lotse::{Criterion, Matcher, Need, Offer, Policy, Rule};
    /// let matcher = Matcher::builder().offers([Offer::builder("o-1").role("witness").build()?]).build()?;
    /// let need = Need::builder("n-1").role("bereaved").build()?;
    /// assert!(matcher.rank(&need, 5)?.matches().is_empty());
    ///
    /// let lenient = matcher.with_policy(Policy::builder().rule(Criterion::Role, Rule::Prefer).build()?)?;
    /// assert_eq!(lenient.rank(&need, 5)?.matches().len(), 1);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn with_policy(&self, policy: Policy) -> Result<Self, Error> {
        let mut errors = ErrorSink::default();
        let index = self.index.with_policy(&mut errors, policy);
        errors.into_result(Self { index })
    }

    /// Returns the policy.
    pub fn policy(&self) -> &Policy {
        self.index.policy()
    }

    /// Returns the vocabulary, with the comprehension rows of the policy.
    pub fn vocabulary(&self) -> &Vocabulary {
        self.index.vocabulary()
    }

    /// Returns the day on which capacities are judged, or `None` if it was not set.
    pub fn as_of(&self) -> Option<Date> {
        self.index.as_of()
    }

    /// Returns the offer with this id, or `None` if there is none.
    ///
    /// # Example: an offer and its name
    ///
    /// ```
    /// use lotse::{Matcher, Offer};
    /// let matcher = Matcher::builder().offers([Offer::builder("o-1").name("Opferhilfe").build()?]).build()?;
    /// assert_eq!(matcher.offer("o-1").and_then(|offer| offer.name()), Some("Opferhilfe"));
    /// assert_eq!(matcher.offer("o-2"), None);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn offer(&self, id: &str) -> Option<&Offer> {
        self.index.offer(*self.index.slots_by_id().get(id)?)
    }

    /// Returns all offers, in the order of ids.
    pub fn offers(&self) -> impl Iterator<Item = &Offer> {
        self.index.slots_by_id().values().filter_map(|slot| self.index.offer(*slot))
    }

    /// Ranks the offers for one need.
    ///
    /// Reports progress once, before the work begins.
    ///
    /// # Errors
    ///
    /// - `need.language.…` or `need.region.…` if the vocabulary cannot resolve a language tag or a region code of the need.
    /// - `cancelled` if the progress callback cancels.
    ///
    /// # Example: two matches, the better one first
    ///
    /// ```
    /// use lotse::{Matcher, Need, Offer};
    /// let offers = [
    ///     Offer::builder("o-1").language("de").capacity(1).build()?,
    ///     Offer::builder("o-2").language("de").capacity(9).build()?,
    ///     Offer::builder("o-3").language("uk").capacity(9).build()?,
    /// ];
    /// let matcher = Matcher::builder().offers(offers).build()?;
    /// let ranking = matcher.rank(&Need::builder("n-1").language("de").build()?, 5)?;
    /// assert!(ranking.matches().iter().map(|found| found.offer()).eq(["o-2", "o-1"]));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn rank<'a>(&self, need: &Need, options: impl Into<RankOptions<'a>>) -> Result<Ranking, Error> {
        let options = options.into();
        let progress = ProgressReporter::new(options.progress);
        let profile = Profile::of_need(need, self.index.context())?;
        progress.report(0, 1);
        progress.unless_cancelled(())?;
        let found = self.index.rank_profile(&profile, options.top);
        let interned = InternedProfile { profile: &profile, key: RequirementKey::default() };
        let matches = self.index.matches([(&interned, &found)], &MemoTables::default());
        Ok(Ranking::new(&need.id, matches.into_iter().next().unwrap_or_else(|| Arc::from([]))))
    }

    /// Ranks the offers for each need on all cores and returns the rankings in the order of the needs.
    ///
    /// The people of a group are counted together, because the group needs its places at one offer. Rankings of one call share
    /// the memory of their reasons, which is freed with the last of them.
    ///
    /// # Errors
    ///
    /// - `need.language.…` or `need.region.…` if the vocabulary cannot resolve a language tag or a region code of a need.
    /// - `need.id.duplicate` if two needs have the same id.
    /// - `cancelled` if the progress callback cancels.
    ///
    /// # Example: a family of three
    ///
    /// ```
    /// use lotse::{Matcher, Need, Offer};
    /// let matcher = Matcher::builder().offers([Offer::builder("o-1").capacity(2).build()?]).build()?;
    /// let family = ["n-1", "n-2", "n-3"].map(|id| Need::builder(id).group("g-1").build());
    /// let needs: Vec<Need> = family.into_iter().collect::<Result<_, _>>()?;
    /// assert!(matcher.rank_all(&needs, 5)?.iter().all(|ranking| ranking.matches().is_empty()));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn rank_all<'a>(&self, needs: &[Need], options: impl Into<RankOptions<'a>>) -> Result<Vec<Ranking>, Error> {
        let options = options.into();
        let profiles = self.profiles(needs)?;
        let interned = InternedProfiles::new(&profiles);
        let progress = ProgressReporter::new(options.progress);
        let matches = self.index.rank_profiles(&interned, Some(options.top), &progress, |profiles, tables, found| {
            let rankings: Vec<_> = profiles.iter().zip(&found).collect();
            map(&chunks(&rankings), |piece| self.index.matches(piece.iter().copied(), tables)).concat()
        });
        let matches = progress.unless_cancelled(matches)?;
        let ranking = |(need, matches): (&Need, Option<&Arc<[Match]>>)| {
            Ranking::new(&need.id, matches.cloned().unwrap_or_else(|| Arc::from([])))
        };
        Ok(needs.iter().zip(interned.expand(&matches)).map(ranking).collect())
    }

    /// Ranks the offers for each need as [`rank_all`](Self::rank_all) does, but without reasons, in less time and memory.
    ///
    /// Needs that state the same share the memory of their matches.
    ///
    /// # Errors
    ///
    /// The same as [`rank_all`](Self::rank_all).
    ///
    /// # Example: scores only
    ///
    /// ```
    /// use lotse::{Criterion, Matcher, Need, Offer};
    /// let matcher = Matcher::builder().offers([Offer::builder("o-1").language("de").build()?]).build()?;
    /// let needs = [Need::builder("n-1").language("de").build()?];
    /// let scored = matcher.score_all(&needs, 5)?;
    /// assert_eq!(scored[0][0].offer(), "o-1");
    /// assert!(scored[0][0].to_check().eq([Criterion::Capacity]));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn score_all<'a>(
        &self,
        needs: &[Need],
        options: impl Into<RankOptions<'a>>,
    ) -> Result<Vec<Arc<[ScoredOffer]>>, Error> {
        let options = options.into();
        let profiles = self.profiles(needs)?;
        let interned = InternedProfiles::new(&profiles);
        let progress = ProgressReporter::new(options.progress);
        let scored = self.index.rank_profiles(&interned, Some(options.top), &progress, |profiles, tables, found| {
            let rankings: Vec<_> = profiles.iter().zip(found).collect();
            map(&rankings, |(profile, found)| -> Arc<[ScoredOffer]> {
                found.iter().map(|found| self.index.scored_offer(profile, tables, found)).collect()
            })
        });
        let scored = progress.unless_cancelled(scored)?;
        Ok(interned.expand(&scored).map(|scored| scored.cloned().unwrap_or_else(|| Arc::from([]))).collect())
    }

    /// Diagnoses why no more offers match a need: the number of offers that each criterion excludes, and the near misses.
    ///
    /// # Errors
    ///
    /// The same as [`rank`](Self::rank).
    ///
    /// # Example: one interpreter away
    ///
    /// ```
    /// use lotse::{Criterion, Lang, Matcher, Need, Offer};
    /// let offers = [
    ///     Offer::builder("o-1").help("legal").language("de").build()?,
    ///     Offer::builder("o-2").help("medical").language("de").build()?,
    /// ];
    /// let matcher = Matcher::builder().offers(offers).build()?;
    /// let need = Need::builder("n-1").help("legal").language("ti").build()?;
    /// let diagnosis = matcher.diagnose(&need, 3)?;
    /// assert_eq!((diagnosis.matching(), diagnosis.offers()), (0, 2));
    ///
    /// // The language excludes both offers; it alone excludes one of them.
    /// let blocked = diagnosis.blocked_by(Criterion::Language).unwrap();
    /// assert_eq!((blocked.offers(), blocked.only()), (2, 1));
    ///
    /// let nearest = &diagnosis.near_misses()[0];
    /// assert_eq!(nearest.assessment().offer(), "o-1");
    /// let change = &nearest.changes()[0];
    /// assert_eq!(change.reason().code(), "change.interpreter");
    /// assert_eq!(change.text(Lang::En, matcher.vocabulary()), "Would fit with an interpreter for Tigrinya.");
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn diagnose<'a>(&self, need: &Need, options: impl Into<DiagnoseOptions<'a>>) -> Result<Diagnosis, Error> {
        let options = options.into();
        let progress = ProgressReporter::new(options.progress);
        let profile = Profile::of_need(need, self.index.context())?;
        progress.report(0, 1);
        progress.unless_cancelled(())?;
        Ok(self.index.diagnose_profile(&need.id, &profile, options.near_misses))
    }

    /// Diagnoses each need on all cores and returns the diagnoses in the order of the needs.
    ///
    /// The people of a group are counted together, as in [`rank_all`](Self::rank_all).
    ///
    /// # Errors
    ///
    /// The same as [`rank_all`](Self::rank_all).
    ///
    /// # Example: places for a family
    ///
    /// ```
    /// use lotse::{Criterion, Matcher, Need, Offer};
    /// let matcher = Matcher::builder().offers([Offer::builder("o-1").capacity(1).build()?]).build()?;
    /// let needs = [Need::builder("n-1").group("g-1").build()?, Need::builder("n-2").group("g-1").build()?];
    /// for diagnosis in matcher.diagnose_all(&needs, 3)? {
    ///     assert_eq!(diagnosis.blocked_by(Criterion::Capacity).unwrap().offers(), 1);
    ///     assert_eq!(diagnosis.near_misses()[0].changes()[0].reason().code(), "change.places");
    /// }
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn diagnose_all<'a>(
        &self,
        needs: &[Need],
        options: impl Into<DiagnoseOptions<'a>>,
    ) -> Result<Vec<Diagnosis>, Error> {
        let options = options.into();
        let profiles = self.profiles(needs)?;
        let interned = InternedProfiles::new(&profiles);
        let progress = ProgressReporter::new(options.progress);
        let diagnoses = self.index.diagnose_profiles(&interned, options.near_misses, &progress);
        let diagnoses = progress.unless_cancelled(diagnoses)?;
        let diagnosis = |(need, diagnosis): (&Need, Option<&Arc<ProfileDiagnosis>>)| {
            Diagnosis::new(&need.id, diagnosis.cloned().unwrap_or_default())
        };
        Ok(needs.iter().zip(interned.expand(&diagnoses)).map(diagnosis).collect())
    }

    /// Assesses one offer against one need, excluded or not.
    ///
    /// # Errors
    ///
    /// - `need.language.…` or `need.region.…` if the vocabulary cannot resolve a language tag or a region code of the need.
    /// - `offer.unknown_id` if no offer has this id.
    ///
    /// # Example: an excluded offer
    ///
    /// ```
    /// use lotse::{Criterion, Matcher, Need, Offer};
    /// let matcher = Matcher::builder().offers([Offer::builder("o-1").language("uk").build()?]).build()?;
    /// let need = Need::builder("n-1").language("ru").build()?;
    /// let explanation = matcher.explain(&need, "o-1")?;
    /// let assessment = explanation.assessment();
    /// assert!(!assessment.is_match());
    /// assert_eq!(assessment.finding(Criterion::Language).unwrap().reason().code(), "language.none");
    ///
    /// assert_eq!(matcher.explain(&need, "o-2").unwrap_err().code(), "offer.unknown_id");
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn explain(&self, need: &Need, offer: &str) -> Result<Explanation, Error> {
        let profile = Profile::of_need(need, self.index.context())?;
        Ok(Explanation::new(&need.id, self.index.assess(&profile, self.index.slot(offer)?)))
    }

    /// Explains pairs of a need and an offer, given by their ids, and returns the explanations in the order of the pairs.
    ///
    /// The people of a group are counted together, as in [`rank_all`](Self::rank_all).
    ///
    /// # Errors
    ///
    /// - `need.…` as in [`rank_all`](Self::rank_all).
    /// - `request.pair.unknown_need` and `request.pair.unknown_offer` if no need or no offer has an id, with the path of the pair.
    /// - `cancelled` if the progress callback returns `Break`.
    ///
    /// # Example: two offers for one need
    ///
    /// ```
    /// use lotse::{ExplainOptions, Matcher, Need, Offer};
    /// let offers = [Offer::builder("o-1").language("de").build()?, Offer::builder("o-2").language("uk").build()?];
    /// let matcher = Matcher::builder().offers(offers).build()?;
    /// let needs = [Need::builder("n-1").language("uk").build()?];
    /// let pairs = [("n-1", "o-1"), ("n-1", "o-2")];
    /// let explanations = matcher.explain_all(&needs, &pairs, ExplainOptions::new())?;
    /// assert!(explanations.iter().map(|explanation| explanation.assessment().is_match()).eq([false, true]));
    ///
    /// let error = matcher.explain_all(&needs, &[("n-1", "o-3")], ExplainOptions::new()).unwrap_err();
    /// assert_eq!((error.code(), error.path()), ("request.pair.unknown_offer", "pairs[0].offer"));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn explain_all(
        &self,
        needs: &[Need],
        pairs: &[(&str, &str)],
        options: ExplainOptions<'_>,
    ) -> Result<Vec<Explanation>, Error> {
        let progress = ProgressReporter::new(options.progress);
        let mut errors = ErrorSink::default();
        let profiles = Profile::of_needs(&mut errors, needs, self.index.context());
        let profile_by_id = OrderedMap::from_iter(needs.iter().map(Need::id).zip(&profiles));
        let root = Path::root(Record::Request);
        let list = root.field("pairs");
        let mut explanations = Vec::with_capacity(pairs.len());
        for (index, (need, offer)) in pairs.iter().enumerate() {
            if progress.report(index, pairs.len()) {
                break;
            }
            let (profile, slot) = (profile_by_id.get(need), self.index.slots_by_id().get(*offer));
            let path = list.item(index);
            if profile.is_none() {
                let path = path.field("need");
                errors.push(path.error(ErrorKind::Unknown, "pair.unknown_need", message!("unknown_need")));
            }
            if slot.is_none() {
                let path = path.field("offer");
                errors.push(path.error(ErrorKind::Unknown, "pair.unknown_offer", message!("unknown_offer")));
            }
            if let (Some(profile), Some(slot), true) = (profile, slot, errors.is_empty()) {
                explanations.push(Explanation::new(need, self.index.assess(profile, *slot)));
            }
        }
        errors.into_result(explanations).and_then(|explanations| progress.unless_cancelled(explanations))
    }

    /// Adds an offer, or replaces the one with the same id.
    ///
    /// # Errors
    ///
    /// `offer.language.…` or `offer.region.…` if the vocabulary cannot resolve a language tag or a region code, and
    /// `request.as_of.missing` if the capacity has an `updated` and the matcher no `as_of`. The matcher is unchanged.
    ///
    /// # Example: an offer with another language
    ///
    /// ```
    /// use lotse::{Matcher, Need, Offer};
    /// let mut matcher = Matcher::builder().offers([Offer::builder("o-1").language("de").build()?]).build()?;
    /// matcher.update(Offer::builder("o-1").language("ti").build()?)?;
    /// assert_eq!(matcher.rank(&Need::builder("n-1").language("ti").build()?, 1)?.matches().len(), 1);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn update(&mut self, offer: Offer) -> Result<(), Error> {
        self.index.update(offer)
    }

    /// Removes an offer and returns it.
    ///
    /// # Errors
    ///
    /// `offer.unknown_id` if no offer has this id.
    ///
    /// # Example: an office that closes
    ///
    /// ```
    /// use lotse::{Matcher, Offer};
    /// let mut matcher = Matcher::builder().offers([Offer::builder("o-1").build()?]).build()?;
    /// assert_eq!(matcher.remove("o-1")?.id(), "o-1");
    /// assert_eq!(matcher.remove("o-1").unwrap_err().code(), "offer.unknown_id");
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn remove(&mut self, id: &str) -> Result<Offer, Error> {
        self.index.remove(id)
    }

    /// Sets the capacity of an offer.
    ///
    /// # Errors
    ///
    /// - `offer.unknown_id` if no offer has this id.
    /// - `request.as_of.missing` if the capacity has an `updated` and the matcher no `as_of`.
    ///
    /// # Example: the last place is taken
    ///
    /// ```
    /// use lotse::{Capacity, Matcher, Offer};
    /// let mut matcher = Matcher::builder().offers([Offer::builder("o-1").capacity(1).build()?]).build()?;
    /// matcher.set_capacity("o-1", Capacity::open(0))?;
    /// assert_eq!(matcher.offer("o-1").and_then(|offer| offer.capacity()), Some(Capacity::open(0)));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn set_capacity(&mut self, id: &str, capacity: Capacity) -> Result<(), Error> {
        self.index.set_capacity(id, capacity)
    }

    /// Creates the profiles of needs.
    fn profiles(&self, needs: &[Need]) -> Result<Vec<Profile>, Error> {
        let mut errors = ErrorSink::default();
        let profiles = Profile::of_needs(&mut errors, needs, self.index.context());
        errors.into_result(profiles)
    }
}

impl fmt::Debug for Matcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Matcher").field("offers", &self.index.slots_by_id().len()).finish_non_exhaustive()
    }
}

impl MatcherBuilder {
    /// Resolves all codes and builds the matcher.
    ///
    /// # Errors
    ///
    /// All errors of the offers, with paths such as `offers[3].languages[0]`:
    /// - `offer.language.…` and `offer.region.…` if the vocabulary cannot resolve a language tag or a region code,
    /// - `offer.id.duplicate` if two offers have the same id,
    /// - `request.as_of.missing` if a capacity has an `updated` and there is no `as_of`.
    ///
    /// # Example: a misspelt language
    ///
    /// ```
    /// use lotse::{Matcher, Offer};
    /// let offers = [Offer::builder("o-1").language("xqq").build()?];
    /// let error = Matcher::builder().offers(offers).build().unwrap_err();
    /// assert_eq!((error.code(), error.path()), ("offer.language.unknown_tag", "offers[0].languages[0]"));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn build(self) -> Result<Matcher, Error> {
        Ok(Matcher { index: self.into_index()? })
    }
}
