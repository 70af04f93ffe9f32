//! Labels: the names of criteria as headings of tables and lists.

use crate::{
    model::{criterion::Criterion, enums::Lang},
    text::catalogue::Catalogue,
};

impl Criterion {
    /// Returns the label of the criterion in a display language.
    ///
    /// # Example: two languages
    ///
    /// ```
    /// use lotse::{Criterion, Lang};
    /// assert_eq!(Criterion::Language.label(Lang::De), "Sprache");
    /// assert_eq!(Criterion::Capacity.label(Lang::En), "places");
    /// ```
    pub fn label(self, lang: Lang) -> &'static str {
        Catalogue::get(lang).label(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Criterion, Lang};

    #[test]
    fn labels_of_criteria_are_distinct() {
        for lang in Lang::all() {
            let labels: BTreeSet<_> = Criterion::all().map(|criterion| criterion.label(lang)).collect();
            assert_eq!(labels.len(), Criterion::all().len(), "{lang}");
        }
    }
}
