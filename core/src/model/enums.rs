//! The string enums of records, policies and options.

use crate::decode::string_enum::{StringEnum, string_enum};

/// The highest age, in years.
pub(crate) const MAX_AGE: i64 = 150;

string_enum! {
    /// The priority of a need: the codes of FHIR request priority. The user states it; it is never computed.
    ///
    /// # Example: the most urgent comes first
    ///
    /// ```
    /// use lotse::Priority;
    /// assert_eq!("urgent".parse(), Ok(Priority::Urgent));
    /// assert!(Priority::Stat < Priority::Routine);
    /// ```
    Priority {
        /// At once.
        Stat = "stat",
        /// As soon as possible.
        Asap = "asap",
        /// Ahead of routine needs.
        Urgent = "urgent",
        /// The default.
        Routine = "routine",
    }
}

string_enum! {
    /// The level at which a person speaks a language: native, or one of the Common European Framework (CEFR).
    ///
    /// # Example: elementary
    ///
    /// ```
    /// use lotse::LanguageLevel;
    /// assert_eq!(LanguageLevel::A2.as_str(), "A2");
    /// assert_eq!("A2".parse(), Ok(LanguageLevel::A2));
    /// ```
    LanguageLevel {
        /// First language.
        Native = "native",
        /// Mastery.
        C2 = "C2",
        /// Advanced.
        C1 = "C1",
        /// Upper intermediate.
        B2 = "B2",
        /// Intermediate.
        B1 = "B1",
        /// Elementary.
        A2 = "A2",
        /// Beginner.
        A1 = "A1",
    }
}

string_enum! {
    /// The mode in which an offer provides a language.
    ///
    /// # Example: through an interpreter
    ///
    /// ```
    /// use lotse::LanguageMode;
    /// assert_eq!(LanguageMode::Interpreter.as_str(), "interpreter");
    /// assert_eq!("interpreter".parse(), Ok(LanguageMode::Interpreter));
    /// ```
    #[non_exhaustive]
    LanguageMode {
        /// Staff speak the language; the default.
        Spoken = "spoken",
        /// Through an interpreter.
        Interpreter = "interpreter",
        /// An interpreter or member of staff must be found first.
        OnRequest = "on_request",
    }
}

string_enum! {
    /// The state of a capacity.
    ///
    /// # Example: no more places
    ///
    /// ```
    /// use lotse::CapacityState;
    /// assert_eq!(CapacityState::Full.as_str(), "full");
    /// assert_eq!("full".parse(), Ok(CapacityState::Full));
    /// ```
    CapacityState {
        /// The offer accepts people; the default.
        Open = "open",
        /// The offer accepts people later.
        Waitlist = "waitlist",
        /// The offer interviews people before it accepts them.
        Assessment = "assessment",
        /// The offer accepts no more people.
        Full = "full",
        /// The number of people is not limited, as for a hotline.
        Unlimited = "unlimited",
    }
}

string_enum! {
    /// A gender, which matters only if an offer restricts it.
    ///
    /// # Example: a woman
    ///
    /// ```
    /// use lotse::Gender;
    /// assert_eq!(Gender::Female.as_str(), "female");
    /// assert_eq!("female".parse(), Ok(Gender::Female));
    /// ```
    Gender {
        /// Female.
        Female = "female",
        /// Male.
        Male = "male",
        /// Other (in German law: divers).
        Other = "other",
        /// Stated as unknown; only of a need.
        Unknown = "unknown",
    }
}

string_enum! {
    /// The format in which help is delivered.
    ///
    /// # Example: by telephone
    ///
    /// ```
    /// use lotse::DeliveryFormat;
    /// assert_eq!(DeliveryFormat::Phone.as_str(), "phone");
    /// assert_eq!("phone".parse(), Ok(DeliveryFormat::Phone));
    /// ```
    #[non_exhaustive]
    DeliveryFormat {
        /// At the location of the offer.
        OnSite = "on_site",
        /// Staff come to the person.
        Outreach = "outreach",
        /// By telephone.
        Phone = "phone",
        /// By video call.
        Video = "video",
        /// By written chat.
        Chat = "chat",
        /// By e-mail.
        Email = "email",
    }
}

string_enum! {
    /// The effect of a criterion.
    ///
    /// # Example: preferred
    ///
    /// ```
    /// use lotse::Rule;
    /// assert_eq!(Rule::Prefer.as_str(), "prefer");
    /// assert_eq!("prefer".parse(), Ok(Rule::Prefer));
    /// ```
    Rule {
        /// Excludes an offer whose fit is below the minimum, and affects the score.
        Must = "must",
        /// Affects the score only.
        Prefer = "prefer",
        /// Has no effect.
        Ignore = "ignore",
    }
}

string_enum! {
    /// The effect of a [`Rule::Must`] on an offer whose fit is unknown.
    ///
    /// # Example: only what is known
    ///
    /// ```
    /// use lotse::OnUnknown;
    /// assert_eq!(OnUnknown::Exclude.as_str(), "exclude");
    /// assert_eq!("exclude".parse(), Ok(OnUnknown::Exclude));
    /// ```
    OnUnknown {
        /// The offer remains a match, and the criterion is to be checked; the default.
        Allow = "allow",
        /// The offer is excluded.
        Exclude = "exclude",
    }
}

string_enum! {
    /// The way in which a word was resolved to a candidate.
    ///
    /// # Example: a typing error
    ///
    /// ```
    /// use lotse::ResolvedBy;
    /// assert_eq!(ResolvedBy::Typo.as_str(), "typo");
    /// assert_eq!("typo".parse(), Ok(ResolvedBy::Typo));
    /// ```
    #[non_exhaustive]
    ResolvedBy {
        /// The word is the code itself, or a display name of it.
        Exact = "exact",
        /// The word is another name or key of the code.
        Alias = "alias",
        /// The word means several codes: a person must choose.
        Umbrella = "umbrella",
        /// The word is a list of names that are all meant.
        List = "list",
        /// The word is the beginning of a name, or of a word in it: a person must choose.
        Completed = "completed",
        /// The word differs from a name by a typing error: a person must confirm.
        Typo = "typo",
    }
}

string_enum! {
    /// The freedom of a new plan to change the referrals of an earlier one.
    ///
    /// # Example: as few as possible
    ///
    /// ```
    /// use lotse::MoveMode;
    /// assert_eq!(MoveMode::Few.as_str(), "few");
    /// assert_eq!("few".parse(), Ok(MoveMode::Few));
    /// ```
    #[non_exhaustive]
    MoveMode {
        /// Previous referrals are fixed.
        None = "none",
        /// As many previous referrals as possible are kept, unless more people can be served otherwise; the default.
        Few = "few",
        /// Previous referrals are ignored.
        Free = "free",
    }
}

string_enum! {
    /// An option of an allocation that rules out offers that match.
    ///
    /// # Example: a least score
    ///
    /// ```
    /// use lotse::PlanOption;
    /// assert_eq!(PlanOption::MinScore.as_str(), "min_score");
    /// assert_eq!("neighbour_serves".parse(), Ok(PlanOption::NeighbourServes));
    /// ```
    #[non_exhaustive]
    PlanOption {
        /// The least score of new referrals.
        MinScore = "min_score",
        /// Whether neighbouring Kreise serve.
        NeighbourServes = "neighbour_serves",
    }
}

string_enum! {
    /// The display language of sentences and names.
    ///
    /// # Example: plain German
    ///
    /// ```
    /// use lotse::Lang;
    /// assert_eq!(Lang::DeSimple.as_str(), "de-simple");
    /// assert_eq!("de-simple".parse(), Ok(Lang::DeSimple));
    /// ```
    #[non_exhaustive]
    Lang {
        /// English.
        En = "en",
        /// German.
        De = "de",
        /// Plain German (einfache Sprache).
        DeSimple = "de-simple",
    }
}

/// A set of formats, as one bit for each.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct FormatSet(u8);

impl FormatSet {
    /// All six formats.
    pub(crate) const ALL: Self = Self(0b11_1111);

    fn bit(format: DeliveryFormat) -> u8 {
        1_u8.checked_shl(format as u32).unwrap_or(0)
    }

    pub(crate) fn with(self, format: DeliveryFormat) -> Self {
        Self(self.0 | Self::bit(format))
    }

    pub(crate) fn contains(self, format: DeliveryFormat) -> bool {
        self.0 & Self::bit(format) != 0
    }

    pub(crate) fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Returns `true` if one of the formats requires no journey of the person.
    pub(crate) fn has_remote(self) -> bool {
        !Self(self.0 & !Self::bit(DeliveryFormat::OnSite)).is_empty()
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = DeliveryFormat> {
        DeliveryFormat::ALL.iter().map(|(_, format)| *format).filter(move |format| self.contains(*format))
    }
}

impl FromIterator<DeliveryFormat> for FormatSet {
    fn from_iter<I: IntoIterator<Item = DeliveryFormat>>(formats: I) -> Self {
        formats.into_iter().fold(Self::default(), Self::with)
    }
}
