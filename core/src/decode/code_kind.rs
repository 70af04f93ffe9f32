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
    }
}
