//! The assessment of an offer against a need, and its ten findings.

use std::{fmt, sync::Arc};

use crate::{
    matcher::idx::FindingIdx,
    model::{
        criterion::{CRITERIA, Criterion},
        enums::{Lang, Rule},
        reason::Reason,
    },
    text,
    util::fixed::{Fit, Score, Weight},
    vocabulary::Vocabulary,
};

/// One offer evaluated against one need, excluded or not: a score and ten [`Finding`]s.
///
/// Returned by [`Explanation::assessment`](crate::Explanation::assessment),
/// [`NearMiss::assessment`](crate::NearMiss::assessment) and [`Match::assessment`](crate::Match::assessment).
///
/// # Example: an excluded offer
///
/// ```
/// use lotse::{Criterion, Matcher, Need, Offer};
/// let offer = Offer::builder("o-1").help("legal").language("de").capacity(2).build()?;
/// let matcher = Matcher::builder().offers([offer]).build()?;
/// let need = Need::builder("n-1").help("legal").language("ti").build()?;
/// let explanation = matcher.explain(&need, "o-1")?;
/// let assessment = explanation.assessment();
///
/// assert!(!assessment.is_match());
/// let blocking = assessment.findings().filter(|finding| finding.is_blocking());
/// assert!(blocking.map(|finding| finding.criterion()).eq([Criterion::Language]));
/// // The other criteria still score.
/// assert_eq!(assessment.finding(Criterion::Help).unwrap().fit(), Some(lotse::Fit::FULL));
/// assert!(assessment.score().get() > 0);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone)]
pub struct Assessment {
    offer: Arc<str>,
    score: Score,
    weights: [u16; CRITERIA],
    // Shared with other assessments, because many needs have requirements in common and many offers have values in common.
    findings: Arc<[UnweightedFinding]>,
    // INVARIANT: for each criterion, the position of its finding in `findings`.
    positions: [FindingIdx; CRITERIA],
}

impl Assessment {
    /// Creates an assessment from a list of findings and the position of each criterion's finding in it.
    pub(super) fn new(
        offer: Arc<str>,
        weights: [u16; CRITERIA],
        findings: Arc<[UnweightedFinding]>,
        positions: [FindingIdx; CRITERIA],
    ) -> Self {
        let mut assessment = Self { offer, score: Score::default(), weights, findings, positions };
        let score = assessment.findings().map(|finding| finding.contribution().get()).fold(0, u32::saturating_add);
        assessment.score = Score::clamped(score);
        assessment
    }

    /// Returns the id of the offer.
    pub fn offer(&self) -> &str {
        &self.offer
    }

    /// Returns the score: the exact sum of the contributions of the findings, of an excluded offer too.
    pub fn score(&self) -> Score {
        self.score
    }

    /// Returns the criteria that a person should check, in the order of criteria.
    pub fn to_check(&self) -> impl Iterator<Item = Criterion> {
        self.findings().filter(Finding::needs_check).map(|finding| finding.criterion())
    }

    /// Returns the findings of all ten criteria, in the order of criteria.
    pub fn findings(&self) -> impl Iterator<Item = Finding<'_>> {
        let weighted = self.positions.iter().zip(self.weights);
        Criterion::all().zip(weighted).filter_map(|(criterion, (position, weight))| {
            let finding = self.findings.get(position.get())?;
            Some(Finding { criterion, weight: Weight::clamped(weight), finding })
        })
    }

    /// Returns the findings of the requested criteria, in the order of criteria.
    pub fn requested(&self) -> impl Iterator<Item = Finding<'_>> {
        self.findings().filter(Finding::is_requested)
    }

    /// Returns the finding of one criterion; always `Some`.
    ///
    /// # Example: the reason of a fit
    ///
    /// ```
    /// use lotse::{Criterion, Matcher, Need, Offer};
    /// let matcher = Matcher::builder().offers([Offer::builder("o-1").language("uk").build()?]).build()?;
    /// let explanation = matcher.explain(&Need::builder("n-1").language("uk").build()?, "o-1")?;
    /// let finding = explanation.assessment().finding(Criterion::Language).unwrap();
    /// assert_eq!(finding.reason().code(), "language.spoken");
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn finding(&self, criterion: Criterion) -> Option<Finding<'_>> {
        self.findings().find(|finding| finding.criterion == criterion)
    }

    /// Returns `true` if no criterion excludes the offer.
    pub fn is_match(&self) -> bool {
        !self.findings().any(|finding| finding.is_blocking())
    }
}

impl fmt::Debug for Assessment {
    /// Shows no finding, so that no log repeats a value of a need.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Assessment").field("offer", &self.offer).field("score", &self.score).finish_non_exhaustive()
    }
}

impl PartialEq for Assessment {
    fn eq(&self, other: &Self) -> bool {
        self.offer == other.offer && self.score == other.score && self.findings().eq(other.findings())
    }
}

impl Eq for Assessment {}

/// The outcome of one criterion: fit, weight, rule and reason.
///
/// # Example: a fit, and the points that it contributes
///
/// ```
/// use lotse::{Criterion, Matcher, Need, Offer, Rule};
/// let matcher = Matcher::builder().offers([Offer::builder("o-1").language("en").capacity(9).build()?]).build()?;
/// let need = Need::builder("n-1").language("uk").language_with_level("en", lotse::LanguageLevel::B1).build()?;
/// let ranking = matcher.rank(&need, 1)?;
/// let finding = ranking.matches()[0].finding(Criterion::Language).unwrap();
///
/// // B1 counts 0.7, less 0.05 because English is the second language of the need.
/// assert_eq!(finding.fit().unwrap().get(), 6_500);
/// assert_eq!(finding.contribution().get(), 6_500 * u32::from(finding.weight().get()));
/// assert!(finding.is_requested() && finding.is_known() && !finding.is_blocking() && !finding.needs_check());
/// assert_eq!(finding.rule(), Rule::Must);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Copy, Eq, PartialEq)]
pub struct Finding<'m> {
    criterion: Criterion,
    weight: Weight,
    finding: &'m UnweightedFinding,
}

impl fmt::Debug for Finding<'_> {
    /// Shows no fact, so that no log repeats a value of a need.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Finding").field("criterion", &self.criterion).finish_non_exhaustive()
    }
}

/// A finding without its weight, which depends on the other requested criteria of the need.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct UnweightedFinding {
    pub(super) fit: Option<Fit>,
    pub(super) known: bool,
    pub(super) to_check: bool,
    pub(super) rule: Rule,
    pub(super) blocks: bool,
    pub(super) reason: Reason,
}

impl<'m> Finding<'m> {
    /// Returns the criterion.
    pub fn criterion(&self) -> Criterion {
        self.criterion
    }

    /// Returns `true` if the need states a value for the criterion and the rule does not ignore it.
    pub fn is_requested(&self) -> bool {
        self.finding.fit.is_some()
    }

    /// Returns the fit that counts, or `None` if the criterion is not requested.
    pub fn fit(&self) -> Option<Fit> {
        self.finding.fit
    }

    /// Returns `false` if the fit is unknown, so that a value of the policy counts instead, or if the criterion is not requested.
    pub fn is_known(&self) -> bool {
        self.finding.known
    }

    /// Returns `true` if a person should check the criterion: its fit is unknown or uncertain, or the offer restricts what the
    /// need leaves open.
    pub fn needs_check(&self) -> bool {
        self.finding.to_check
    }

    /// Returns the weight of the criterion, in ten-thousandths. The weights of one need add up to 10 000, or are all 0.
    pub fn weight(&self) -> Weight {
        self.weight
    }

    /// Returns weight × fit, or 0 if the criterion is not requested.
    pub fn contribution(&self) -> Score {
        let fit = self.finding.fit.unwrap_or_default();
        Score::clamped(u32::from(self.weight.get()).saturating_mul(u32::from(fit.get())))
    }

    /// Returns the effective rule.
    pub fn rule(&self) -> Rule {
        self.finding.rule
    }

    /// Returns `true` if this criterion excludes the offer.
    pub fn is_blocking(&self) -> bool {
        self.finding.blocks
    }

    /// Returns the reason as data: a stable code and its facts.
    pub fn reason(&self) -> &'m Reason {
        &self.finding.reason
    }

    /// Returns the reason as a sentence.
    ///
    /// # Example: a sentence in German
    ///
    /// ```
    /// use lotse::{Criterion, Lang, Matcher, Need, Offer, Vocabulary};
    /// let matcher = Matcher::builder().offers([Offer::builder("o-1").language("prs").build()?]).build()?;
    /// let need = Need::builder("n-1").language("prs").build()?;
    /// let explanation = matcher.explain(&need, "o-1")?;
    /// let finding = explanation.assessment().finding(Criterion::Language).unwrap();
    /// assert_eq!(finding.text(Lang::De, matcher.vocabulary()), "Spricht Dari.");
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn text(&self, lang: Lang, vocabulary: &Vocabulary) -> String {
        text::sentence(self.reason(), lang, vocabulary)
    }
}
