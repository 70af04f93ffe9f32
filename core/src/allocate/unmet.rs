//! Unmet needs and their reasons.

use crate::{
    matcher::Diagnosis,
    model::{enums::Lang, reason::Reason},
    text,
    vocabulary::Vocabulary,
};

/// A need without a referral.
///
/// # Example: one place, two needs
///
/// ```
/// use lotse::{AllocateOptions, Matcher, Need, Offer, UnmetReason};
/// let matcher = Matcher::builder().offers([Offer::from_json(r#"{"id": "o-1", "capacity": 1}"#)?]).build()?;
/// let needs = [Need::builder("n-1").build()?, Need::builder("n-2").build()?];
/// let allocation = matcher.allocate(&needs, &AllocateOptions::new())?;
/// let unmet = &allocation.unmet()[0];
/// assert_eq!(unmet.need(), "n-2");
/// assert_eq!(unmet.reason(), &UnmetReason::NoPlace { offers: 1, taken_by: 1 });
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct UnmetNeed {
    pub(crate) need: String,
    pub(crate) reason: UnmetReason,
}

impl UnmetNeed {
    /// Returns the id of the need.
    pub fn need(&self) -> &str {
        &self.need
    }

    /// Returns the reason.
    pub fn reason(&self) -> &UnmetReason {
        &self.reason
    }
}

/// The reason why a need is unmet: the first that holds, in the order of the variants.
///
/// # Example: a phone call may help
///
/// ```
/// use lotse::{AllocateOptions, Lang, Matcher, Need, Offer, Policy, UnmetReason};
/// // The offer states no capacity, so the policy assumes one place.
/// let policy = Policy::from_json(r#"{"capacity": {"assume": 1}}"#)?;
/// let matcher = Matcher::builder().offers([Offer::builder("o-1").build()?]).policy(policy).build()?;
/// let needs = [Need::builder("n-1").build()?, Need::builder("n-2").build()?];
/// let allocation = matcher.allocate(&needs, &AllocateOptions::new())?;
/// let reason = allocation.unmet()[0].reason();
/// assert_eq!(reason.code(), "place_unknown");
/// assert_eq!(reason, &UnmetReason::PlaceUnknown { offers: vec!["o-1".to_owned()] });
/// assert!(!reason.text(Lang::En, matcher.vocabulary()).is_empty());
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum UnmetReason {
    /// No offer matches the need, or one need of its group.
    NoOffer {
        /// The diagnosis of the need, or of the first need of its group that has no match.
        diagnosis: Diagnosis,
    },
    /// Each need of the group has matches, but no offer matches all of them.
    NoCommonOffer {
        /// Each offer that matches some of the needs, with the needs that it does not match.
        blocks: Vec<GroupPart>,
        /// A partition of the group, found by a greedy algorithm: each part with an offer that matches all of it.
        split: Vec<GroupPart>,
    },
    /// No offer that matches has as many places left as the party needs, or as many places at all.
    PartyTooLarge {
        /// The number of people in the party.
        people: u64,
        /// The most places left at one offer that matches.
        left: u64,
    },
    /// The number of places is only assumed for some offers that match; a phone call may help.
    PlaceUnknown {
        /// The ids of these offers.
        offers: Vec<String>,
    },
    /// All offers that match are full.
    NoPlace {
        /// The number of offers that match.
        offers: u64,
        /// The number of needs that are referred to them.
        taken_by: u64,
    },
}

/// An offer and some needs of a group.
///
/// # Example: a group that no offer serves as a whole
///
/// ```
/// use lotse::{AllocateOptions, Matcher, Need, Offer, UnmetReason};
/// let offers = [Offer::builder("o-1").language("de").build()?, Offer::builder("o-2").language("uk").build()?];
/// let matcher = Matcher::builder().offers(offers).build()?;
/// let needs = [
///     Need::builder("n-1").language("de").group("g-1").build()?,
///     Need::builder("n-2").language("uk").group("g-1").build()?,
/// ];
/// let allocation = matcher.allocate(&needs, &AllocateOptions::new())?;
/// let UnmetReason::NoCommonOffer { split, .. } = allocation.unmet()[0].reason() else { panic!() };
/// assert_eq!((split[0].offer(), split[0].needs()), ("o-1", &["n-1".to_owned()][..]));
/// assert_eq!((split[1].offer(), split[1].needs()), ("o-2", &["n-2".to_owned()][..]));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct GroupPart {
    pub(crate) offer: String,
    pub(crate) needs: Vec<String>,
}

impl GroupPart {
    /// Returns the id of the offer.
    pub fn offer(&self) -> &str {
        &self.offer
    }

    /// Returns the ids of the needs.
    pub fn needs(&self) -> &[String] {
        &self.needs
    }
}

impl UnmetReason {
    /// Returns the stable code, such as `no_place`.
    pub fn code(&self) -> &'static str {
        let (_, code) = self.reason_code().split_once('.').unwrap_or_default();
        code
    }

    fn reason_code(&self) -> &'static str {
        match self {
            Self::NoOffer { .. } => "unmet.no_offer",
            Self::NoCommonOffer { .. } => "unmet.no_common_offer",
            Self::PartyTooLarge { .. } => "unmet.party_too_large",
            Self::PlaceUnknown { .. } => "unmet.place_unknown",
            Self::NoPlace { .. } => "unmet.no_place",
        }
    }

    /// Returns the reason as a sentence in a display language.
    ///
    /// # Example: in German
    ///
    /// ```
    /// use lotse::{Lang, UnmetReason, Vocabulary};
    /// let reason = UnmetReason::NoPlace { offers: 1, taken_by: 3 };
    /// let text = reason.text(Lang::De, &Vocabulary::default());
    /// assert!(text.contains('3'), "{text}");
    /// ```
    pub fn text(&self, lang: Lang, vocabulary: &Vocabulary) -> String {
        let count = |length: usize| u64::try_from(length).unwrap_or(u64::MAX);
        let reason = Reason::new(self.reason_code());
        let reason = match self {
            // Offers may match that the options rule out, for example by `min_score`.
            Self::NoOffer { diagnosis } => reason.with_count("matching", count(diagnosis.matching())),
            Self::NoCommonOffer { split, .. } => reason.with_count("parts", count(split.len())),
            Self::PartyTooLarge { people, left } => reason.with_count("people", *people).with_count("left", *left),
            Self::PlaceUnknown { offers } => reason.with_count("offers", count(offers.len())),
            Self::NoPlace { offers, taken_by } => {
                reason.with_count("offers", *offers).with_count("taken_by", *taken_by)
            }
        };
        text::sentence(&reason, lang, vocabulary)
    }
}
