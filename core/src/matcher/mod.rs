//! The matcher: offers under a policy, ready to be ranked.

mod column;
mod diagnose;
mod explain;
mod fingerprint;
pub(crate) mod intern;
mod memo;
pub(crate) mod profile;
mod rank;
mod score;

use std::{fmt, sync::Arc};

use crate::{
    criteria::{Context, OfferValue, capacity},
    decode::decoder::{Path, Record},
    error::{Error, ErrorDetail, ErrorKind, ErrorSink},
    model::{
        criterion::{Criterion, PerCriterion},
        need::Need,
        offer::{Capacity, Offer},
        policy::Policy,
    },
    util::{
        date::Date,
        ordered_map::{OrderedMap, ordered_map},
        parallel::{map, map_with_errors, pieces},
        progress::{NO_PROGRESS, ProgressFn, ProgressReporter},
        sort::sort,
    },
    vocabulary::Vocabulary,
};
use crate::{
    matcher::{
        column::Column,
        intern::{InternedProfiles, Key},
        memo::Tables,
        profile::Profile,
    },
    util::bitset::Bitset,
};

pub(crate) use self::diagnose::NEAR_MISSES;
pub use self::{
    diagnose::{BlockedOffers, Diagnosis, NearMiss, RequiredChange},
    explain::{Explanation, Finding, Match, Ranking},
    score::ScoredOffer,
};

/// Offers under a [`Policy`], ready to be ranked.
///
/// Offers are kept by their distinct values, so that alike offers are judged once; an update touches one offer only.
/// Answers depend on nothing but offers, policy, vocabulary and `as_of`: not on order, threads or platform.
///
/// # Example: rank, then take a place
///
/// ```
/// use lotse::{Capacity, Matcher, Need, Offer};
/// let offers = [
///     Offer::builder("o-1").language("de").free(1).build()?,
///     Offer::builder("o-2").language("uk").free(5).build()?,
/// ];
/// let mut matcher = Matcher::builder().offers(offers).build()?;
/// let need = Need::builder("n-1").language("de").build()?;
/// assert_eq!(matcher.rank(&need, 5)?.matches()[0].offer(), "o-1");
///
/// matcher.set_capacity("o-1", Capacity::free(0))?;
/// assert!(matcher.rank(&need, 5)?.matches().is_empty());
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone)]
pub struct Matcher {
    policy: Arc<Policy>,
    vocabulary: Vocabulary,
    pub(crate) as_of: Option<Date>,
    // INVARIANT: `by_id` has each offer's slot; `live` and all columns hold exactly those slots; the others are in `empty`.
    offers: Vec<Option<Offer>>,
    pub(crate) by_id: OrderedMap<Arc<str>, usize>,
    empty: Vec<usize>,
    columns: PerCriterion<Column>,
    live: Bitset,
}

impl Matcher {
    /// Sets out a matcher.
    pub fn builder() -> MatcherBuilder {
        MatcherBuilder::default()
    }

    /// The policy in force.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The vocabulary in force.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The day on which capacities are judged, if one was given.
    pub fn as_of(&self) -> Option<Date> {
        self.as_of
    }

    /// One offer.
    pub fn offer(&self, id: &str) -> Option<&Offer> {
        self.offer_in(*self.by_id.get(id)?)
    }

    /// All offers, in the order of their ids.
    pub fn offers(&self) -> impl Iterator<Item = &Offer> {
        self.by_id.values().filter_map(|slot| self.offer_in(*slot))
    }

    /// The best offers for one need, at most `top`, best first.
    ///
    /// # Errors
    ///
    /// A language tag or region key of the need that the vocabulary cannot understand.
    pub fn rank(&self, need: &Need, top: usize) -> Result<Ranking, Error> {
        let profile = self.profile_alone(need)?;
        let ranked = self.rank_alone(&profile, top);
        let matches = self.lay_all_beside([(&(&profile, Key::default()), &ranked)], &Tables::default());
        Ok(Ranking { need: need.id.clone(), matches: matches.into_iter().next().unwrap_or_else(|| Arc::from([])) })
    }

    /// The best offers for each need, in the order of the needs, on all cores.
    ///
    /// The people of a group are counted together, because they need their places in one offer. Rankings of one call share their
    /// reasons, which stay in memory as long as one of them does.
    ///
    /// # Errors
    ///
    /// As [`rank`](Self::rank), for all needs at once; and an id that stands twice.
    ///
    /// # Example: a family of three
    ///
    /// ```
    /// use lotse::{Matcher, Need, Offer};
    /// let matcher = Matcher::builder().offers([Offer::builder("o-1").free(2).build()?]).build()?;
    /// let family = ["n-1", "n-2", "n-3"].map(|id| Need::builder(id).group("g-1").build());
    /// let needs: Vec<Need> = family.into_iter().collect::<Result<_, _>>()?;
    /// assert!(matcher.rank_all(&needs, 5)?.iter().all(|ranking| ranking.matches().is_empty()));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn rank_all(&self, needs: &[Need], top: usize) -> Result<Vec<Ranking>, Error> {
        self.rank_all_with(needs, top, NO_PROGRESS)
    }

    /// As [`rank_all`](Self::rank_all), while somebody looks on: `look(done, all)`, counted in needs that differ.
    ///
    /// # Errors
    ///
    /// As [`rank_all`](Self::rank_all), and `stopped` where `look` broke the work off.
    ///
    /// # Example: no longer than the user wants
    ///
    /// ```
    /// use std::ops::ControlFlow;
    /// use lotse::{ErrorKind, Matcher, Need};
    /// let matcher = Matcher::builder().build()?;
    /// let needs = [Need::builder("n-1").build()?];
    /// let stopped = matcher.rank_all_with(&needs, 5, &|_| ControlFlow::Break(()));
    /// assert_eq!(stopped.unwrap_err().kind(), ErrorKind::Cancelled);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn rank_all_with(
        &self,
        needs: &[Need],
        top: usize,
        on_progress: &ProgressFn<'_>,
    ) -> Result<Vec<Ranking>, Error> {
        let mut problems = ErrorSink::default();
        let profiles = self.profiles(&mut problems, needs);
        let profiles = problems.into_result(profiles)?;
        let alike = InternedProfiles::of(&profiles);
        let progress = ProgressReporter::new(on_progress);
        let matches = self.rank_blocks(&alike, Some(top), &progress, |profiles, tables, ranked| {
            let ranked: Vec<_> = profiles.iter().zip(&ranked).collect();
            map(&pieces(&ranked), |piece| self.lay_all_beside(piece.iter().copied(), tables)).concat()
        });
        let matches = progress.unless_cancelled(matches)?;
        let ranking = |(need, matches): (&Need, Option<&Arc<[Match]>>)| Ranking {
            need: need.id.clone(),
            matches: matches.cloned().unwrap_or_else(|| Arc::from([])),
        };
        Ok(needs.iter().zip(alike.share(&matches)).map(ranking).collect())
    }

    /// Why no more offers match a need: how many offers each criterion excludes, and the three nearest of them.
    ///
    /// # Errors
    ///
    /// As [`rank`](Self::rank).
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
    /// let diagnosis = matcher.diagnose(&Need::builder("n-1").help("legal").language("ti").build()?)?;
    /// assert_eq!((diagnosis.matching(), diagnosis.offers()), (0, 2));
    ///
    /// // Both offers lack the language; for one of them that is all.
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
    pub fn diagnose(&self, need: &Need) -> Result<Diagnosis, Error> {
        let profile = self.profile_alone(need)?;
        Ok(self.diagnose_profile(&need.id, &profile, NEAR_MISSES))
    }

    /// Diagnoses each need, in the order of the needs, with at most `near_misses` excluded offers each.
    ///
    /// The people of a group are counted together, as in [`rank_all`](Self::rank_all).
    ///
    /// # Errors
    ///
    /// As [`rank_all`](Self::rank_all).
    pub fn diagnose_all(&self, needs: &[Need], near_misses: usize) -> Result<Vec<Diagnosis>, Error> {
        self.diagnose_all_with(needs, near_misses, NO_PROGRESS)
    }

    /// As [`diagnose_all`](Self::diagnose_all), while somebody looks on: `look(done, all)`, counted in needs that differ.
    ///
    /// # Errors
    ///
    /// As [`diagnose_all`](Self::diagnose_all), and `stopped` where `look` broke the work off.
    pub fn diagnose_all_with(
        &self,
        needs: &[Need],
        near_misses: usize,
        on_progress: &ProgressFn<'_>,
    ) -> Result<Vec<Diagnosis>, Error> {
        let mut problems = ErrorSink::default();
        let profiles = self.profiles(&mut problems, needs);
        let profiles = problems.into_result(profiles)?;
        let alike = InternedProfiles::of(&profiles);
        let progress = ProgressReporter::new(on_progress);
        let findings = progress.unless_cancelled(self.diagnose_profiles(&alike, near_misses, &progress))?;
        let diagnosis = |(need, found): (&Need, Option<&Arc<diagnose::Found>>)| {
            Diagnosis::new(&need.id, found.cloned().unwrap_or_default())
        };
        Ok(needs.iter().zip(alike.share(&findings)).map(diagnosis).collect())
    }

    /// Why an offer does or does not match a need.
    ///
    /// # Errors
    ///
    /// As [`rank`](Self::rank), and `request.pair.unknown_offer` where no offer has this id.
    ///
    /// # Example: an excluded pair
    ///
    /// ```
    /// use lotse::{Criterion, Matcher, Need, Offer};
    /// let matcher = Matcher::builder().offers([Offer::builder("o-1").language("uk").build()?]).build()?;
    /// let why = matcher.explain(&Need::builder("n-1").language("ru").build()?, "o-1")?;
    /// assert!(!why.assessment().is_match());
    /// assert_eq!(why.assessment().finding(Criterion::Language).unwrap().reason().code(), "language.none");
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn explain(&self, need: &Need, offer: &str) -> Result<Explanation, Error> {
        let profile = self.profile_alone(need)?;
        let slot = *self.by_id.get(offer).ok_or_else(|| unknown_offer("offer"))?;
        Ok(Explanation { need: need.id.clone(), pair: self.lay_beside(&profile, slot) })
    }

    /// Explains pairs of needs and offers by their ids, in the order of the pairs; people of a group count together.
    ///
    /// # Errors
    ///
    /// As [`rank_all`](Self::rank_all), and an id that is not there, with the place of its pair.
    pub fn explain_all(&self, needs: &[Need], pairs: &[(&str, &str)]) -> Result<Vec<Explanation>, Error> {
        let mut problems = ErrorSink::default();
        let profiles = self.profiles(&mut problems, needs);
        let by_id = ordered_map(needs.iter().map(Need::id).zip(&profiles));
        let root = Path::root(Record::Request);
        let at = root.field("pairs");
        let mut explanations = Vec::with_capacity(pairs.len());
        for (index, (need, offer)) in pairs.iter().enumerate() {
            let (profile, slot) = (by_id.get(need), self.by_id.get(*offer));
            let at = at.item(index);
            if profile.is_none() {
                let at = at.field("need");
                problems.push(at.error(ErrorKind::Unknown, "pair.unknown_need", "no need has this id"));
            }
            if slot.is_none() {
                let at = at.field("offer");
                problems.push(at.error(ErrorKind::Unknown, "pair.unknown_offer", "no offer has this id"));
            }
            if let (Some(profile), Some(slot), true) = (profile, slot, problems.is_empty()) {
                let pair = self.lay_beside(profile, *slot);
                explanations.push(Explanation { need: (*need).to_owned(), pair });
            }
        }
        problems.into_result(explanations)
    }

    /// Adds an offer, or replaces the one with its id. Nothing is built anew.
    ///
    /// # Errors
    ///
    /// A language tag or region key that the vocabulary cannot understand, or `as_of` missing; nothing is changed then.
    ///
    /// # Example: an offer learns a language
    ///
    /// ```
    /// use lotse::{Matcher, Need, Offer};
    /// let mut matcher = Matcher::builder().offers([Offer::builder("o-1").language("de").build()?]).build()?;
    /// matcher.update(Offer::builder("o-1").language("ti").build()?)?;
    /// assert_eq!(matcher.rank(&Need::builder("n-1").language("ti").build()?, 1)?.matches().len(), 1);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn update(&mut self, offer: Offer) -> Result<(), Error> {
        let mut problems = ErrorSink::default();
        let root = Path::root(Record::Offer).with_suggestions(&self.vocabulary);
        let values = profile::offered(&mut problems, &root.field("offer"), &offer, self.terms(), self.as_of);
        if self.as_of.is_none() && profile::needs_a_day(&offer) {
            problems.push(as_of_missing());
        }
        let values = problems.into_result(values)?;
        self.put(offer, &values);
        Ok(())
    }

    /// Takes an offer out and gives it back.
    ///
    /// # Errors
    ///
    /// `request.pair.unknown_offer` where no offer has this id.
    pub fn remove(&mut self, id: &str) -> Result<Offer, Error> {
        let slot = self.by_id.remove(id).ok_or_else(|| unknown_offer("offer"))?;
        self.live.set(slot, false);
        for criterion in Criterion::all() {
            self.columns.get_mut(criterion).put(slot, None);
        }
        self.empty.push(slot);
        let offer = self.offers.get_mut(slot).and_then(Option::take);
        offer.ok_or_else(|| unknown_offer("offer"))
    }

    /// Changes what is known of an offer's places.
    ///
    /// # Errors
    ///
    /// `request.pair.unknown_offer` where no offer has this id, `request.as_of.missing` where the capacity has a day and
    /// the matcher has none.
    pub fn set_capacity(&mut self, id: &str, capacity: Capacity) -> Result<(), Error> {
        let slot = *self.by_id.get(id).ok_or_else(|| unknown_offer("offer"))?;
        let Some(Some(offer)) = self.offers.get_mut(slot) else { return Err(unknown_offer("offer")) };
        let changed = Offer { capacity: Some(capacity), ..offer.clone() };
        if self.as_of.is_none() && profile::needs_a_day(&changed) {
            return Err(Error::new(as_of_missing()));
        }
        *offer = changed;
        let value = capacity::OfferValue::of(Some(capacity), self.as_of, &self.policy.capacity);
        self.columns.get_mut(Criterion::Capacity).put(slot, Some(&OfferValue::Capacity(value)));
        Ok(())
    }

    /// Builds a matcher as far as the offers can be understood; the rest is in `problems`.
    pub(crate) fn assemble(
        problems: &mut ErrorSink,
        offers: impl IntoIterator<Item = Offer>,
        policy: Policy,
        vocabulary: Vocabulary,
        as_of: Option<Date>,
    ) -> Self {
        let vocabulary = policy.amend(problems, vocabulary);
        let offers: Vec<Offer> = offers.into_iter().collect();
        let again = again(offers.iter().map(Offer::id));
        let terms = Context { policy: &policy, vocabulary: &vocabulary };
        let root = Path::root(Record::Offer).with_suggestions(&vocabulary);
        let at = root.field("offers");
        let values = map_with_errors(problems, &offers, |problems, index, offer| {
            let at = at.item(index);
            let values = profile::offered(problems, &at, offer, terms, as_of);
            if again.get(index) == Some(&true) {
                problems.push(id_again(&at));
            }
            values
        });
        if as_of.is_none() && offers.iter().any(profile::needs_a_day) {
            problems.push(as_of_missing());
        }
        let first = || again.iter().map(|again| !again);
        let criteria: Vec<Criterion> = Criterion::all().collect();
        let mut columns = map(&criteria, |criterion| {
            Column::of(values.iter().zip(first()).filter(|(_, first)| *first).map(|(values, _)| values.get(*criterion)))
        })
        .into_iter();
        let offers: Vec<Option<Offer>> =
            offers.into_iter().zip(first()).filter(|(_, first)| *first).map(|(offer, _)| Some(offer)).collect();
        let ids = offers.iter().flatten().map(|offer| Arc::clone(&offer.id));
        Self {
            by_id: ordered_map(ids.zip(0..)),
            empty: Vec::new(),
            columns: PerCriterion::from_fn(|_| columns.next().unwrap_or_default()),
            live: Bitset::first(offers.len()),
            offers,
            policy: Arc::new(policy),
            vocabulary,
            as_of,
        }
    }

    fn put(&mut self, offer: Offer, values: &PerCriterion<OfferValue>) {
        let slot = match self.by_id.get(&offer.id) {
            Some(slot) => *slot,
            None => self.empty.pop().unwrap_or(self.offers.len()),
        };
        self.by_id.insert(offer.id.clone(), slot);
        self.live.set(slot, true);
        for criterion in Criterion::all() {
            self.columns.get_mut(criterion).put(slot, Some(values.get(criterion)));
        }
        match self.offers.get_mut(slot) {
            Some(place) => *place = Some(offer),
            None => self.offers.push(Some(offer)),
        }
    }

    /// The profiles of needs that belong together, in their order.
    pub(crate) fn profiles(&self, problems: &mut ErrorSink, needs: &[Need]) -> Vec<Profile> {
        let mut groups: OrderedMap<&str, u64> = OrderedMap::default();
        for need in needs {
            if let Some(group) = &need.group {
                let people = groups.entry_or_default(group);
                *people = people.saturating_add(u64::from(need.people));
            }
        }
        let root = Path::root(Record::Need);
        let at = root.field("needs");
        let again = again(needs.iter().map(Need::id));
        map_with_errors(problems, needs, |problems, index, need| {
            let at = at.item(index);
            let group = need.group.as_deref().and_then(|group| groups.get(group)).copied();
            let people = group.unwrap_or(u64::from(need.people));
            let profile = Profile::of(problems, &at, need, people, self.terms());
            if again.get(index) == Some(&true) {
                problems.push(id_again(&at));
            }
            profile
        })
    }

    fn profile_alone(&self, need: &Need) -> Result<Profile, Error> {
        let mut problems = ErrorSink::default();
        let root = Path::root(Record::Need);
        let at = root.field("need");
        let profile = Profile::of(&mut problems, &at, need, u64::from(need.people), self.terms());
        problems.into_result(profile)
    }

    pub(crate) fn terms(&self) -> Context<'_> {
        Context { policy: &self.policy, vocabulary: &self.vocabulary }
    }

    /// What the offer in a slot says of a criterion.
    pub(crate) fn offered(&self, criterion: Criterion, slot: usize) -> Option<&OfferValue> {
        self.columns.get(criterion).value(slot)
    }

    /// How many slots there are, empty ones too.
    pub(crate) fn slots(&self) -> usize {
        self.offers.len()
    }

    pub(crate) fn offer_in(&self, slot: usize) -> Option<&Offer> {
        self.offers.get(slot)?.as_ref()
    }
}

impl fmt::Debug for Matcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Matcher").field("offers", &self.by_id.len()).finish_non_exhaustive()
    }
}

/// Whether each id has stood before.
pub(crate) fn again<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<bool> {
    let mut numbered: Vec<(&str, usize)> = ids.zip(0..).collect();
    sort(&mut numbered);
    let mut again = vec![false; numbered.len()];
    for ((one, _), (other, number)) in numbered.iter().zip(numbered.iter().skip(1)) {
        if let Some(again) = again.get_mut(*number) {
            *again = one == other;
        }
    }
    again
}

pub(crate) fn id_again(at: &Path<'_>) -> ErrorDetail {
    at.field("id").error(ErrorKind::Conflict, "id.duplicate", "an id stands here twice")
}

fn unknown_offer(field: &str) -> Error {
    let root = Path::root(Record::Request);
    Error::new(root.field(field).error(ErrorKind::Unknown, "pair.unknown_offer", "no offer has this id"))
}

pub(crate) fn as_of_missing() -> ErrorDetail {
    let root = Path::root(Record::Request);
    let message = "some capacity has an `updated`, so the day on which it is judged must be given";
    root.field("as_of").error(ErrorKind::Missing, "as_of.missing", message).with_hint("today, such as 2026-11-23")
}

/// Builds a [`Matcher`]; everything is checked once, in [`build`](Self::build).
#[derive(Clone, Debug, Default)]
pub struct MatcherBuilder {
    offers: Vec<Offer>,
    policy: Policy,
    vocabulary: Vocabulary,
    as_of: Option<Date>,
}

impl MatcherBuilder {
    /// More offers.
    pub fn offers(mut self, offers: impl IntoIterator<Item = Offer>) -> Self {
        // A list that comes whole is taken as it is; offers are large.
        match self.offers.as_slice() {
            [] => self.offers = offers.into_iter().collect(),
            _ => self.offers.extend(offers),
        }
        self
    }

    /// How offers are judged.
    pub fn policy(mut self, policy: Policy) -> Self {
        self.policy = policy;
        self
    }

    /// The tables of codes and names.
    pub fn vocabulary(mut self, vocabulary: Vocabulary) -> Self {
        self.vocabulary = vocabulary;
        self
    }

    /// The day on which capacities are judged; needed when an offer has `updated`.
    pub fn as_of(mut self, day: Date) -> Self {
        self.as_of = Some(day);
        self
    }

    /// Looks all codes up and builds.
    ///
    /// # Errors
    ///
    /// All language tags and region keys that the vocabulary cannot understand, ids that stand twice, and
    /// `request.as_of.missing`; paths are those of the list, such as `offers[3].languages[0]`.
    pub fn build(self) -> Result<Matcher, Error> {
        let mut problems = ErrorSink::default();
        let matcher = Matcher::assemble(&mut problems, self.offers, self.policy, self.vocabulary, self.as_of);
        problems.into_result(matcher)
    }
}
