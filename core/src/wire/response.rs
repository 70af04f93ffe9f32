//! Parts that several responses share.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::{
    error::{Error, ErrorDetail, ErrorKind},
    matcher::Finding,
    model::{
        criterion::Criterion,
        enums::{Lang, Rule},
        reason::Fact,
    },
    util::fixed::{Fit, Score, Weight},
    vocabulary::Vocabulary,
};

/// One criterion of an assessment: the finding as data, and its reason as a sentence.
///
/// # Example: why an offer matches
///
/// ```
/// use lotse::wire::{self, RankRequest};
/// let response = wire::rank(RankRequest::from_json(r#"{"offers": [{"id": "o-1", "languages": ["de"]}], "needs": [{"id": "n-1", "languages": ["de"]}]}"#)?)?;
/// let reasons = response.rankings[0].matches[0].reasons.as_deref().unwrap_or_default();
/// assert!(reasons.iter().any(|finding| finding.code.starts_with("language.")));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Eq, PartialEq, Serialize)]
pub struct FindingData {
    /// The criterion.
    pub criterion: Criterion,
    /// The fit that counts, or `None` if the criterion was not requested.
    pub fit: Option<Fit>,
    /// `false` if the fit is unknown.
    pub known: bool,
    /// The weight of the criterion, 0 to 1; the weights of the requested criteria add up to 1.
    pub weight: Weight,
    /// Weight × fit, 0 to 1.
    pub contribution: Score,
    /// The rule in force.
    pub rule: Rule,
    /// `true` if the criterion excludes the offer.
    pub blocks: bool,
    /// The stable code of the reason, such as `language.spoken`.
    pub code: String,
    /// `true` if the need states a value for the criterion.
    pub asked: bool,
    /// The facts of the reason, by name.
    #[serde(serialize_with = "serialize_facts")]
    pub facts: Vec<(&'static str, Fact)>,
    /// The reason as a sentence.
    pub text: String,
}

impl fmt::Debug for FindingData {
    /// Shows no fact, so that no log repeats a value of a need.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FindingData").field("criterion", &self.criterion).finish_non_exhaustive()
    }
}

impl FindingData {
    /// Converts a finding to data, with its reason as a sentence in `lang`.
    ///
    /// # Example: the language of one pair
    ///
    /// ```
    /// use lotse::{Criterion, Lang, Matcher, Need, Offer, wire::FindingData};
    /// let matcher = Matcher::builder().offers([Offer::builder("o-1").language("prs").build()?]).build()?;
    /// let explanation = matcher.explain(&Need::builder("n-1").language("prs").build()?, "o-1")?;
    /// let finding = explanation.assessment().finding(Criterion::Language).unwrap();
    /// let data = FindingData::new(finding, Lang::En, matcher.vocabulary());
    /// assert_eq!((data.code.as_str(), data.blocks), ("language.spoken", false));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn new(finding: Finding<'_>, lang: Lang, vocabulary: &Vocabulary) -> Self {
        Self {
            criterion: finding.criterion(),
            fit: finding.fit(),
            known: finding.is_known(),
            weight: finding.weight(),
            contribution: finding.contribution(),
            rule: finding.rule(),
            blocks: finding.is_blocking(),
            code: finding.reason().code().to_owned(),
            asked: finding.is_requested(),
            facts: finding.reason().facts().map(|(name, fact)| (name, fact.clone())).collect(),
            text: finding.text(lang, vocabulary),
        }
    }
}

/// Serializes facts as an object, in their order.
pub(super) fn serialize_facts<S: Serializer>(facts: &[(&'static str, Fact)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(facts.iter().map(|(name, fact)| (name, fact)))
}

/// Serializes a response to JSON text.
///
/// # Errors
///
/// `response.json`, which is a defect: responses contain only strings and finite numbers.
pub(super) fn to_json(response: impl Serialize) -> Result<String, Error> {
    serde_json::to_string(&response).map_err(|_| {
        Error::new(ErrorDetail {
            kind: ErrorKind::Internal,
            code: "response.json".into(),
            path: String::new(),
            message: "the response cannot be written as JSON".into(),
            hint: None,
        })
    })
}
