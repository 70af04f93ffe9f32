//! The facts of a need that a report counts.

use std::fmt;

use crate::{
    model::{enums::Priority, need::Need},
    vocabulary::Vocabulary,
};

/// The facts of a need that a report counts.
#[derive(Clone, Eq, PartialEq)]
pub(crate) struct NeedSummary {
    pub(crate) need: String,
    pub(crate) case: Option<String>,
    pub(crate) people: u32,
    pub(crate) priority: Priority,
    pub(crate) help: Option<String>,
    /// The canonical tag of the first language.
    pub(crate) language: Option<String>,
    /// The code of the Kreis, or of the smallest larger region that contains the need's; `None` if there is none.
    pub(crate) region: Option<String>,
    /// The code of the crime, cut to four digits.
    pub(crate) crime: Option<String>,
}

impl NeedSummary {
    /// Summarizes a need.
    pub(crate) fn new(need: &Need, vocabulary: &Vocabulary) -> Self {
        let (languages, regions) = (vocabulary.languages(), vocabulary.regions());
        let language = need.languages().next().and_then(|(tag, _)| languages.resolve(tag).ok());
        let region = need.region().and_then(|code| regions.resolve(code));
        let crime = need.crime.as_ref().and_then(|scope| scope.code.as_deref());
        Self {
            need: need.id().to_owned(),
            case: need.case().map(str::to_owned),
            people: need.people(),
            priority: need.priority(),
            help: need.help().map(str::to_owned),
            language: language.map(|language| languages.tag(&language)),
            region: region.and_then(|region| regions.kreis_code(&region)),
            crime: crime.map(|code| code.get(..4).unwrap_or(code).to_owned()),
        }
    }
}

impl fmt::Debug for NeedSummary {
    /// Writes the id only, so that no fact about a person gets into a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NeedSummary").field("need", &self.need).finish_non_exhaustive()
    }
}
