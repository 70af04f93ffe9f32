//! The closed sets of words that records and policies use.

use crate::decode::string_enum::{StringEnum, string_enum};

/// Highest age, in years.
pub(crate) const MAX_AGE: i64 = 150;

string_enum! {
    /// How soon a need must be met; the codes of FHIR request priority. Set openly by the user, never computed.
    Priority {
        /// At once.
        Stat = "stat",
        /// As soon as possible.
        Asap = "asap",
        /// Before routine needs.
        Urgent = "urgent",
        /// The default.
        Routine = "routine",
    }
}

string_enum! {
    /// How well a person speaks a language: native, or a level of the Common European Framework (CEFR).
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
    /// How an offer provides a language.
    LanguageMode {
        /// Staff speak it; the default.
        Spoken = "spoken",
        /// Through an interpreter.
        Interpreter = "interpreter",
        /// Someone has to be found first.
        OnRequest = "on_request",
    }
}

string_enum! {
    /// What is known of an offer's places.
    CapacityState {
        /// Takes people; the default.
        Open = "open",
        /// Takes people later.
        Waitlist = "waitlist",
        /// A talk comes first.
        Assessment = "assessment",
        /// Takes nobody.
        Full = "full",
        /// Has no limit, such as a hotline.
        Unlimited = "unlimited",
    }
}

string_enum! {
    /// Gender, which matters only where an offer is for some only.
    Gender {
        /// Female.
        Female = "female",
        /// Male.
        Male = "male",
        /// Other (in German law: divers).
        Other = "other",
        /// Asked, and not known.
        Unknown = "unknown",
    }
}

string_enum! {
    /// How the help reaches the person.
    DeliveryFormat {
        /// At the offer's place.
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
    /// What a criterion does.
    Rule {
        /// Excludes an offer below the minimum, and scores.
        Must = "must",
        /// Only scores.
        Prefer = "prefer",
        /// Is left out.
        Ignore = "ignore",
    }
}

string_enum! {
    /// What a `must` does with an unknown fit.
    OnUnknown {
        /// Lets the offer through, to be checked; the default.
        Allow = "allow",
        /// Excludes the offer.
        Exclude = "exclude",
    }
}

string_enum! {
    /// How a candidate was found for what was typed.
    ResolvedBy {
        /// The code itself, or a name that is shown for it.
        Exact = "exact",
        /// Another word for it, or another key.
        Alias = "alias",
        /// A word that stands for several codes: a person must choose.
        Umbrella = "umbrella",
        /// A word that begins with what was typed, or has a word in it that does: a person must choose.
        Completed = "completed",
        /// A name that differs by a typing error: a person must confirm.
        Typo = "typo",
    }
}

string_enum! {
    /// What a new plan may do with the referrals of an earlier one.
    MoveMode {
        /// They stay.
        None = "none",
        /// As many as possible stay, as long as no more people could be served otherwise; the default.
        Few = "few",
        /// They are forgotten.
        Free = "free",
    }
}

string_enum! {
    /// The language of sentences.
    Lang {
        /// English.
        En = "en",
        /// German.
        De = "de",
        /// German in plain words (einfache Sprache).
        DeSimple = "de-simple",
    }
}

impl Lang {
    /// The language that names of codes are in.
    pub(crate) fn base(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De | Self::DeSimple => "de",
        }
    }
}

/// Some of the formats.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct FormatSet(u8);

impl FormatSet {
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

    /// Whether some of them needs no journey of the person.
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
