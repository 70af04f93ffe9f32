use crate::decode::string_enum::string_enum;

string_enum! {
    /// The kind of concept that a code of the vocabulary identifies.
    ///
    /// # Example: the string of a kind
    ///
    /// ```
    /// use lotse::CodeKind;
    /// assert_eq!(CodeKind::Help.as_str(), "help");
    /// assert_eq!("region".parse(), Ok(CodeKind::Region));
    /// ```
    #[non_exhaustive]
    CodeKind {
        /// A language: a BCP 47 tag.
        Language = "language",
        /// A region: an AGS, NUTS, ISO 3166-2 or added code.
        Region = "region",
        /// A crime: an ICCS code.
        Crime = "crime",
        /// The context of a crime, such as `terrorism`.
        Context = "context",
        /// A kind of help, such as `legal.first_advice`.
        Help = "help",
        /// A person's relation to the crime, such as `bereaved`.
        Role = "role",
        /// An accessibility requirement, such as `wheelchair`.
        Access = "access",
        /// A format of delivery, such as `phone`, or `any`. Like all that follow a [closed](Self::is_closed) kind.
        Format = "format",
        /// A gender, such as `female`, or `any`.
        Gender = "gender",
        /// A state of a capacity, such as `waitlist`.
        State = "state",
        /// A mode in which a language is provided, such as `interpreter`.
        How = "how",
        /// A level at which a language is spoken, such as `B1`.
        Level = "level",
        /// A priority of a need, such as `urgent`.
        Priority = "priority",
        /// `yes` or `no`.
        Truth = "truth",
    }
}

impl CodeKind {
    /// Returns `true` for a closed set of codes in records, false for a kind that a vocabulary may extend.
    ///
    /// Words of a closed kind are resolved only if the kind is given, because they are also words of other kinds: "Mutter" is
    /// a role, "alle" says little about anything. No vocabulary lists them or adds to them.
    ///
    /// # Example: a level
    ///
    /// ```
    /// use lotse::{CodeKind, Lang, Vocabulary};
    /// assert!(CodeKind::Level.is_closed() && !CodeKind::Role.is_closed());
    /// let candidates = Vocabulary::default().resolve("Muttersprachlerin", CodeKind::Level, Lang::De);
    /// assert_eq!(candidates[0].code(), "native");
    /// ```
    pub fn is_closed(self) -> bool {
        self > Self::Access
    }

    /// Returns the kinds that a vocabulary may extend, in order.
    pub(crate) fn open() -> impl Iterator<Item = Self> {
        Self::all().filter(|kind| !kind.is_closed())
    }
}
