//! What an import produces.

use crate::decode::string_enum::string_enum;

string_enum! {
    /// The kind of records that an import produces.
    ///
    /// # Example: the string of a kind
    ///
    /// ```
    /// use lotse::import::RecordKind;
    /// assert_eq!("needs".parse(), Ok(RecordKind::Needs));
    /// ```
    RecordKind {
        /// Offers of support.
        Offers = "offers",
        /// Needs, which are personal data: only mapped columns are read, and no cell occurs in a report.
        Needs = "needs",
    }
}
