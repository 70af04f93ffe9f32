use crate::decode::string_enum::string_enum;

string_enum! {
    /// What a code of the vocabulary names.
    CodeKind {
        /// A language: BCP 47 tags.
        Language = "language",
        /// A region: AGS, NUTS, ISO 3166-2, or a loaded code.
        Region = "region",
        /// A crime: ICCS codes.
        Crime = "crime",
        /// The setting of a crime.
        Context = "context",
        /// A kind of help.
        Help = "help",
        /// What a person has to do with the crime.
        Role = "role",
        /// What a person needs to be able to use an offer.
        Access = "access",
    }
}
