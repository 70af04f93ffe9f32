//! The kinds of words in cells, and of questions about them.

use crate::decode::{code_kind::CodeKind, string_enum::string_enum};

string_enum! {
    /// The kind of a word in a cell, and of a question about it.
    ///
    /// The kinds of [`CodeKind`](crate::CodeKind) are resolved by the vocabulary; the others exist in tables only.
    ///
    /// # Example: the string of a kind
    ///
    /// ```
    /// use lotse::import::WordKind;
    /// assert_eq!(WordKind::Language.as_str(), "language");
    /// ```
    #[non_exhaustive]
    WordKind {
        /// A language, with its level or mode.
        Language = "language",
        /// A region.
        Region = "region",
        /// A crime, with its context.
        Crime = "crime",
        /// The context of a crime.
        Context = "context",
        /// A kind of help.
        Help = "help",
        /// A relation to the crime.
        Role = "role",
        /// An accessibility requirement.
        Access = "access",
        /// A format of delivery.
        Format = "format",
        /// A gender.
        Gender = "gender",
        /// A state of a capacity.
        State = "state",
        /// A mode of a language.
        How = "how",
        /// A level of a language.
        Level = "level",
        /// A priority.
        Priority = "priority",
        /// Yes or no.
        Truth = "truth",
        /// An age, or a range of ages.
        Age = "age",
        /// A cell that the `values` of its rule do not list.
        Value = "value",
        /// What a number of places counts.
        Unit = "unit",
        /// A postcode that lies in several Kreise.
        Postcode = "postcode",
        /// What a column means.
        Column = "column",
        /// Whether a column with a personal name is harmless.
        Personal = "personal",
        /// Regions of which most are unknown: their table is missing.
        RegionTree = "region_tree",
    }
}

impl WordKind {
    /// Returns the kind of code that the vocabulary resolves, or `None` for a kind that only tables have.
    pub(crate) fn code_kind(self) -> Option<CodeKind> {
        CodeKind::all().find(|kind| kind.as_str() == self.as_str())
    }
}
