//! Why an offer fits a need, and why not.

use std::sync::Arc;

use crate::{
    criteria::{assess, ignored, not_asked, reason, restriction},
    criterion::{Criterion, PerCriterion},
    matcher::{Matcher, alike::Key, profile::Profile, rank::Ranked, table::Tables},
    number::{Fit, Score},
    reason::Reason,
    terms::{Lang, Rule},
    text,
    vocabulary::Vocabulary,
};

/// One offer laid beside one need: the score, what a person should check, and a finding for every criterion.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Match {
    offer: Arc<str>,
    score: Score,
    findings: PerCriterion<Finding>,
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
    pub fn to_check(&self) -> impl Iterator<Item = Criterion> {
        self.findings().iter().filter(|finding| finding.to_check).map(|finding| finding.criterion)
    }

    /// All ten criteria, in their order.
    pub fn findings(&self) -> &[Finding] {
        self.findings.as_slice()
    }

    /// The criteria that the need asks, in their order.
    pub fn asked(&self) -> impl Iterator<Item = &Finding> {
        self.findings().iter().filter(|finding| finding.asked)
    }

    /// The finding of one criterion.
    pub fn finding(&self, criterion: Criterion) -> Option<&Finding> {
        self.findings().iter().find(|finding| finding.criterion == criterion)
    }

    /// Whether no `must` excludes the offer.
    pub fn matches(&self) -> bool {
        !self.findings().iter().any(|finding| finding.blocks)
    }
}

/// The best matches of one need, best first.
///
/// The order is: score descending, then fewer criteria to check, then the offer's id.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Ranking {
    pub(crate) need: String,
    pub(crate) matches: Arc<[Match]>,
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
    to_check: bool,
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

    /// Whether a person should look at it: the fit is unknown or uncertain, or the offer restricts what the need leaves open.
    pub fn to_check(&self) -> bool {
        self.to_check
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

impl Finding {
    fn weighing(self, weight: u16) -> Self {
        let Some(fit) = self.fit else { return self };
        let contribution = Score::of(u32::from(weight).saturating_mul(u32::from(fit.get())));
        Self { weight: Fit::of(weight), contribution, ..self }
    }
}

impl Matcher {
    /// Lays the offer in a slot beside a profile.
    pub(crate) fn lay_beside(&self, profile: &Profile, slot: usize) -> Match {
        self.pair(slot, |criterion| self.finding(profile, criterion, slot))
    }

    /// Lays offers beside profiles that share tables: each finding is made once for all that ask and say the same.
    pub(super) fn lay_all_beside(
        &self,
        profiles: &[((&Profile, Key), Vec<Ranked>)],
        tables: &Tables,
    ) -> Vec<Arc<[Match]>> {
        let mut known = Known { places: vec![Vec::new(); tables.len()], findings: Vec::new() };
        let mut of = |((profile, key), ranked): &((&Profile, Key), Vec<Ranked>)| {
            let pair = |ranked: &Ranked| {
                let finding = |criterion: Criterion| {
                    let make = || self.finding(profile, criterion, ranked.slot);
                    let table = key.get(criterion as usize).and_then(|question| tables.place(*question));
                    let column = self.columns.get(criterion);
                    match table.zip(column.number(ranked.slot)) {
                        Some((table, number)) => known.finding(table, column.values().len(), number, make),
                        None => make(),
                    }
                    .weighing(*profile.weights.get(criterion))
                };
                self.pair(ranked.slot, finding)
            };
            ranked.iter().map(pair).collect()
        };
        profiles.iter().map(&mut of).collect()
    }

    fn pair(&self, slot: usize, finding: impl FnMut(Criterion) -> Finding) -> Match {
        let findings = PerCriterion::from_fn(finding);
        let score = findings.iter().map(|(_, finding)| finding.contribution.get()).fold(0, u32::saturating_add);
        let offer = self.offer_in(slot).map(|offer| offer.id.clone()).unwrap_or_default();
        Match { offer, score: Score::of(score), findings }
    }

    fn finding(&self, profile: &Profile, criterion: Criterion, slot: usize) -> Finding {
        let rule = *profile.rules.get(criterion);
        let silent = |reason, to_check| Finding {
            criterion,
            asked: false,
            fit: None,
            known: false,
            to_check,
            weight: Fit::ZERO,
            contribution: Score::default(),
            rule: rule.rule,
            blocks: false,
            reason,
        };
        if rule.rule == Rule::Ignore {
            return silent(ignored(criterion), false);
        }
        match (profile.wanted.get(criterion), self.columns.get(criterion).value(slot)) {
            (Some(wanted), Some(offered)) => {
                let met = assess(self.terms(), wanted, offered);
                let finding = Finding {
                    criterion,
                    asked: true,
                    fit: Some(met.fit),
                    known: met.known,
                    to_check: met.to_check,
                    weight: Fit::ZERO,
                    contribution: Score::default(),
                    rule: rule.rule,
                    blocks: rule.blocks(met.fit, met.known),
                    reason: reason(self.terms(), wanted, offered, met.why),
                };
                finding.weighing(*profile.weights.get(criterion))
            }
            (None, Some(offered)) => match restriction(offered) {
                Some(reason) => silent(reason, true),
                None => silent(not_asked(criterion), false),
            },
            (_, None) => silent(not_asked(criterion), false),
        }
    }
}

/// The findings that are made already, by the table of their question and the number of the offer's value.
struct Known {
    /// One more than the place of the finding, for each number; nothing yet where it is 0.
    places: Vec<Vec<u32>>,
    findings: Vec<Finding>,
}

impl Known {
    fn finding(&mut self, table: usize, values: usize, number: u32, make: impl FnOnce() -> Finding) -> Finding {
        let Some(places) = self.places.get_mut(table) else { return make() };
        places.resize(values, 0);
        let Some(place) = places.get_mut(number as usize) else { return make() };
        if let Some(finding) = (*place as usize).checked_sub(1).and_then(|place| self.findings.get(place)) {
            return finding.clone();
        }
        let finding = make();
        self.findings.push(finding.clone());
        *place = u32::try_from(self.findings.len()).unwrap_or(0);
        finding
    }
}
