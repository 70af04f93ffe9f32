//! The builder of a matcher.

use crate::{
    error::{Error, ErrorSink},
    matcher::index::Index,
    model::{offer::Offer, policy::Policy},
    util::date::Date,
    vocabulary::Vocabulary,
};

/// A builder of a [`Matcher`](crate::Matcher). Everything is checked once, in [`build`](Self::build).
///
/// # Example: a matcher with a policy of its own
///
/// ```
/// use lotse::{Criterion, Matcher, Offer, Policy, Rule};
/// let matcher = Matcher::builder()
///     .offers([Offer::builder("o-1").capacity(3).build()?])
///     .policy(Policy::builder().rule(Criterion::Region, Rule::Prefer).build()?)
///     .as_of("2026-11-23".parse()?)
///     .build()?;
/// assert_eq!(matcher.offers().count(), 1);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct MatcherBuilder {
    offers: Vec<Offer>,
    policy: Policy,
    vocabulary: Vocabulary,
    as_of: Option<Date>,
}

impl MatcherBuilder {
    /// Adds offers.
    ///
    /// # Example: two lists
    ///
    /// ```
    /// use lotse::{Matcher, Offer};
    /// let builder = Matcher::builder().offers([Offer::builder("o-1").build()?]);
    /// let matcher = builder.offers([Offer::builder("o-2").build()?]).build()?;
    /// assert!(matcher.offers().map(|offer| offer.id()).eq(["o-1", "o-2"]));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn offers(mut self, offers: impl IntoIterator<Item = Offer>) -> Self {
        // The first list is collected in place: offers are large, and most matchers get one list.
        match self.offers.as_slice() {
            [] => self.offers = offers.into_iter().collect(),
            _ => self.offers.extend(offers),
        }
        self
    }

    /// Sets the policy; the default policy if it is not set.
    ///
    /// # Example: languages only score
    ///
    /// ```
    /// use lotse::{Criterion, Matcher, Need, Offer, Policy, Rule};
    /// let policy = Policy::builder().rule(Criterion::Language, Rule::Prefer).build()?;
    /// let offers = [Offer::builder("o-1").language("de").build()?];
    /// let matcher = Matcher::builder().offers(offers).policy(policy).build()?;
    /// assert_eq!(matcher.rank(&Need::builder("n-1").language("ti").build()?, 5)?.matches().len(), 1);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn policy(mut self, policy: Policy) -> Self {
        self.policy = policy;
        self
    }

    /// Sets the vocabulary; the built-in one if it is not set.
    ///
    /// # Example: a region of its own
    ///
    /// ```
    /// use lotse::{Matcher, Offer, Vocabulary};
    /// let additions = r#"{"regions": [{"code": "x-valley", "kind": "country"}]}"#;
    /// let offers = [Offer::builder("o-1").area("x-valley").build()?];
    /// assert_eq!(Matcher::builder().offers(offers.clone()).build().unwrap_err().code(), "offer.region.unknown");
    /// Matcher::builder().offers(offers).vocabulary(Vocabulary::from_json(additions)?).build()?;
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn vocabulary(mut self, vocabulary: Vocabulary) -> Self {
        self.vocabulary = vocabulary;
        self
    }

    /// Sets the day on which capacities are judged. It is required if an offer's capacity has an `updated` and is not
    /// `unlimited`.
    ///
    /// # Example: a capacity that is out of date
    ///
    /// ```
    /// use lotse::{Criterion, Matcher, Need, Offer};
    /// let offers = [Offer::builder("o-1").capacity(lotse::Capacity::open(3).with_updated("2026-01-01".parse()?)).build()?];
    /// assert_eq!(Matcher::builder().offers(offers.clone()).build().unwrap_err().code(), "request.as_of.missing");
    ///
    /// let matcher = Matcher::builder().offers(offers).as_of("2026-11-23".parse()?).build()?;
    /// let explanation = matcher.explain(&Need::builder("n-1").build()?, "o-1")?;
    /// let finding = explanation.assessment().finding(Criterion::Capacity).unwrap();
    /// assert_eq!(finding.reason().code(), "capacity.stale");
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn as_of(mut self, day: Date) -> Self {
        self.as_of = Some(day);
        self
    }

    /// Resolves all codes and builds the index.
    pub(super) fn into_index(self) -> Result<Index, Error> {
        let mut errors = ErrorSink::default();
        let index = Index::new(&mut errors, self.offers, self.policy, self.vocabulary, self.as_of);
        errors.into_result(index)
    }
}
