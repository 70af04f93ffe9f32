//! Unmet needs and their reasons.

use std::sync::Arc;

use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::{
    matcher::Diagnosis,
    model::{
        enums::{Lang, PlanOption},
        reason::Reason,
    },
    text,
    vocabulary::Vocabulary,
};

/// The largest number of offers, and of needs at all of them, that a list of a reason has. It counts the others.
pub(crate) const MAX_LISTED: usize = 20;

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
    pub(crate) previous: Option<String>,
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

    /// Returns the id of the offer of its previous referral, or `None` if it had none.
    pub fn previous(&self) -> Option<&str> {
        self.previous.as_deref()
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
/// assert_eq!(reason, &UnmetReason::PlaceUnknown { offers: ["o-1".to_owned()].into(), more: 0 });
/// assert!(!reason.text(Lang::En, matcher.vocabulary()).is_empty());
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum UnmetReason {
    /// No offer matches the need under the options.
    NoOffer {
        /// The diagnosis of the need, without the options.
        diagnosis: Diagnosis,
        /// The options that rule out offers that match.
        options: Vec<PlanOption>,
    },
    /// No offer matches every need of the group.
    NoCommonOffer {
        /// The first offers that match some of the needs, each with the needs that it does not match.
        blocks: Arc<[GroupPart]>,
        /// The number of further offers that match some of the needs.
        more_blocks: u64,
        /// The first parts of a partition of the group, found by a greedy algorithm: each with an offer that matches all of it.
        split: Arc<[GroupPart]>,
        /// The number of further parts.
        more_parts: u64,
    },
    /// Some offer that matches has places left, but none as many as the party needs; or all places are known, and no offer has as
    /// many at all.
    PartyTooLarge {
        /// The number of people in the party.
        people: u64,
        /// The most places left at one offer that matches and whose places are known.
        left: u64,
    },
    /// The number of places is only assumed for some offers that match; a phone call may help.
    PlaceUnknown {
        /// The ids of the first of these offers.
        offers: Arc<[String]>,
        /// The number of further ones.
        more: u64,
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
    pub(crate) more_needs: u64,
}

impl GroupPart {
    /// Returns the id of the offer.
    pub fn offer(&self) -> &str {
        &self.offer
    }

    /// Returns the ids of the first needs; all parts of a list together have at most 20.
    pub fn needs(&self) -> &[String] {
        &self.needs
    }

    /// Returns the number of further needs.
    pub fn more_needs(&self) -> u64 {
        self.more_needs
    }
}

impl Serialize for GroupPart {
    /// Writes the number of further needs only if there are some.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("offer", &self.offer)?;
        map.serialize_entry("needs", &self.needs)?;
        if self.more_needs > 0 {
            map.serialize_entry("needs_more", &self.more_needs)?;
        }
        map.end()
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
            Self::NoOffer { diagnosis, .. } => reason.with_count("matching", count(diagnosis.matching())),
            Self::NoCommonOffer { split, more_parts, .. } => {
                reason.with_count("parts", count(split.len()).saturating_add(*more_parts))
            }
            Self::PartyTooLarge { people, left } => reason.with_count("people", *people).with_count("left", *left),
            Self::PlaceUnknown { offers, more } => {
                reason.with_count("offers", count(offers.len()).saturating_add(*more))
            }
            Self::NoPlace { offers, taken_by } => {
                reason.with_count("offers", *offers).with_count("taken_by", *taken_by)
            }
        };
        text::sentence(&reason, lang, vocabulary)
    }
}
