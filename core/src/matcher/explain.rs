//! Why an offer fits a need, and why not.

use crate::{
    criteria::{assess, reason, restriction},
    criterion::Criterion,
    matcher::{Matcher, profile::Profile},
    number::{Fit, Score},
    reason::Reason,
    terms::{Lang, Rule},
    text,
    vocabulary::Vocabulary,
};

/// One offer laid beside one need: the score, what a person should check, and a finding for every criterion.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Match {
    offer: String,
    score: Score,
    to_check: Vec<Criterion>,
    findings: Vec<Finding>,
}

impl Match {
    /// The id of the offer.
    pub fn offer(&self) -> &str {
        &self.offer
    }

    /// The score; the contributions of the findings add up to it exactly.
    pub fn score(&self) -> Score {
        self.score
    }

    /// The criteria that a person should check, in their order.
    pub fn to_check(&self) -> &[Criterion] {
        &self.to_check
    }

    /// All ten criteria, in their order.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The criteria that the need asks, in their order.
    pub fn asked(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.asked)
    }

    /// The finding of one criterion.
    pub fn finding(&self, criterion: Criterion) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.criterion == criterion)
    }

    /// Whether no `must` excludes the offer.
    pub fn matches(&self) -> bool {
        !self.findings.iter().any(|finding| finding.blocks)
    }
}

/// The best matches of one need, best first.
///
/// The order is: score descending, then fewer criteria to check, then the offer's id.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Ranking {
    pub(crate) need: String,
    pub(crate) matches: std::sync::Arc<[Match]>,
}

impl Ranking {
    /// The id of the need.
    pub fn need(&self) -> &str {
        &self.need
    }

    /// The matches, best first; empty where every offer is excluded.
    pub fn matches(&self) -> &[Match] {
        &self.matches
    }
}

/// Why one offer does or does not match one need: all ten criteria, for excluded pairs too.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Explanation {
    pub(crate) need: String,
    pub(crate) pair: Match,
}

impl Explanation {
    /// The id of the need.
    pub fn need(&self) -> &str {
        &self.need
    }

    /// Score, findings and what to check; [`Match::matches`] tells whether the offer is excluded.
    pub fn pair(&self) -> &Match {
        &self.pair
    }
}

/// What came out for one criterion.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Finding {
    criterion: Criterion,
    asked: bool,
    fit: Option<Fit>,
    known: bool,
    weight: Fit,
    contribution: Score,
    rule: Rule,
    blocks: bool,
    reason: Reason,
}

impl Finding {
    /// The criterion.
    pub fn criterion(&self) -> Criterion {
        self.criterion
    }

    /// Whether the need states something and the rule is not to ignore it.
    pub fn asked(&self) -> bool {
        self.asked
    }

    /// The fit as it counts; nothing where the criterion was not asked.
    pub fn fit(&self) -> Option<Fit> {
        self.fit
    }

    /// False where the fit is unknown and a value of the policy stands in for it.
    pub fn known(&self) -> bool {
        self.known
    }

    /// The share of this criterion, in ten-thousandths; those of one need add up to 10 000.
    pub fn weight(&self) -> Fit {
        self.weight
    }

    /// Weight × fit.
    pub fn contribution(&self) -> Score {
        self.contribution
    }

    /// The rule in force.
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// Whether this criterion excludes the offer.
    pub fn blocks(&self) -> bool {
        self.blocks
    }

    /// Why it is so, as data.
    pub fn reason(&self) -> &Reason {
        &self.reason
    }

    /// Why it is so, as a sentence.
    ///
    /// # Example: the same reason in German
    ///
    /// ```
    /// use lotse::{Criterion, Lang, Matcher, Need, Offer, Vocabulary};
    /// let matcher = Matcher::builder().offers([Offer::builder("o-1").language("prs").build()?]).build()?;
    /// let need = Need::builder("n-1").language("prs").build()?;
    /// let explanation = matcher.explain(&need, "o-1")?;
    /// let finding = explanation.pair().finding(Criterion::Language).unwrap();
    /// assert_eq!(finding.text(Lang::De, matcher.vocabulary()), "Spricht Dari.");
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn text(&self, lang: Lang, vocabulary: &Vocabulary) -> String {
        text::sentence(&self.reason, lang, vocabulary)
    }
}

impl Matcher {
    /// Lays the offer in a slot beside a profile.
    pub(crate) fn lay_beside(&self, profile: &Profile, slot: usize) -> Match {
        let offer = self.offer_in(slot).map(|offer| offer.id.clone()).unwrap_or_default();
        let (mut score, mut to_check) = (0_u32, Vec::new());
        let findings = Criterion::all()
            .map(|criterion| {
                let rule = *profile.rules.get(criterion);
                let silent = |word| Finding {
                    criterion,
                    asked: false,
                    fit: None,
                    known: false,
                    weight: Fit::ZERO,
                    contribution: Score::default(),
                    rule: rule.rule,
                    blocks: false,
                    reason: Reason::new(criterion, word),
                };
                if rule.rule == Rule::Ignore {
                    return silent("ignored");
                }
                let offered = self.columns.get(criterion).value(slot);
                match (profile.wanted.get(criterion), offered) {
                    (Some(wanted), Some(offered)) => {
                        let met = assess(self.terms(), wanted, offered);
                        let weight = *profile.weights.get(criterion);
                        let contribution = u32::from(weight).saturating_mul(u32::from(met.fit.get()));
                        score = score.saturating_add(contribution);
                        if met.to_check {
                            to_check.push(criterion);
                        }
                        Finding {
                            criterion,
                            asked: true,
                            fit: Some(met.fit),
                            known: met.known,
                            weight: Fit::of(weight),
                            contribution: Score::of(contribution),
                            rule: rule.rule,
                            blocks: rule.blocks(met.fit, met.known),
                            reason: reason(self.terms(), wanted, offered, met.why),
                        }
                    }
                    (None, Some(offered)) => match restriction(offered) {
                        Some(reason) => {
                            to_check.push(criterion);
                            Finding { reason, ..silent("restricted") }
                        }
                        None => silent("not_asked"),
                    },
                    (_, None) => silent("not_asked"),
                }
            })
            .collect();
        Match { offer, score: Score::of(score), to_check, findings }
    }
}
