//! Why an offer fits a need, and why not.

use std::{fmt, sync::Arc};

use crate::{
    criteria::{OfferValue, assess, ignored, not_asked, reason, restriction},
    matcher::{
        Matcher,
        intern::{Key, Requirement},
        memo::Tables,
        profile::Profile,
        rank::Ranked,
    },
    model::{
        criterion::{CRITERIA, Criterion},
        enums::{Lang, Rule},
        reason::Reason,
    },
    text,
    util::fixed::{Fit, Score, Weight},
    vocabulary::Vocabulary,
};

/// One offer laid beside one need: the score, what a person should check, and a finding for every criterion.
#[derive(Clone)]
pub struct Match {
    offer: Arc<str>,
    score: Score,
    weights: [u16; CRITERIA],
    // Shared with other matches, since many needs ask the same of offers that say the same.
    told: Arc<[Told]>,
    // INVARIANT: where the finding of each criterion is in `told`.
    places: [u32; CRITERIA],
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
        self.findings().filter(Finding::needs_check).map(|finding| finding.criterion())
    }

    /// All ten criteria, in their order.
    pub fn findings(&self) -> impl Iterator<Item = Finding<'_>> {
        let weighed = self.places.iter().zip(self.weights);
        Criterion::all().zip(weighed).filter_map(|(criterion, (place, weight))| {
            let told = self.told.get(*place as usize)?;
            Some(Finding { criterion, weight: Weight::clamped(weight), told })
        })
    }

    /// The criteria that the need asks, in their order.
    pub fn requested(&self) -> impl Iterator<Item = Finding<'_>> {
        self.findings().filter(Finding::is_requested)
    }

    /// The finding of one criterion.
    pub fn finding(&self, criterion: Criterion) -> Option<Finding<'_>> {
        self.findings().find(|finding| finding.criterion == criterion)
    }

    /// Whether no `must` excludes the offer.
    pub fn is_match(&self) -> bool {
        !self.findings().any(|finding| finding.is_blocking())
    }
}

impl fmt::Debug for Match {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let findings: Vec<Finding<'_>> = self.findings().collect();
        let (offer, score) = (&self.offer, self.score);
        f.debug_struct("Match").field("offer", offer).field("score", &score).field("findings", &findings).finish()
    }
}

impl PartialEq for Match {
    fn eq(&self, other: &Self) -> bool {
        self.offer == other.offer && self.score == other.score && self.findings().eq(other.findings())
    }
}

impl Eq for Match {}

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
    pub fn assessment(&self) -> &Match {
        &self.pair
    }
}

/// What came out for one criterion.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Finding<'m> {
    criterion: Criterion,
    weight: Weight,
    told: &'m Told,
}

/// A finding apart from its weight, which hangs on what else the need asks.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Told {
    fit: Option<Fit>,
    known: bool,
    to_check: bool,
    rule: Rule,
    blocks: bool,
    reason: Reason,
}

impl<'m> Finding<'m> {
    /// The criterion.
    pub fn criterion(&self) -> Criterion {
        self.criterion
    }

    /// Whether the need states something and the rule is not to ignore it.
    pub fn is_requested(&self) -> bool {
        self.told.fit.is_some()
    }

    /// The fit as it counts; nothing where the criterion was not asked.
    pub fn fit(&self) -> Option<Fit> {
        self.told.fit
    }

    /// False where the fit is unknown and a value of the policy stands in for it.
    pub fn is_known(&self) -> bool {
        self.told.known
    }

    /// Whether a person should look at it: the fit is unknown or uncertain, or the offer restricts what the need leaves open.
    pub fn needs_check(&self) -> bool {
        self.told.to_check
    }

    /// The share of this criterion, in ten-thousandths; those of one need add up to 10 000.
    pub fn weight(&self) -> Weight {
        self.weight
    }

    /// Weight × fit.
    pub fn contribution(&self) -> Score {
        let fit = self.told.fit.unwrap_or_default();
        Score::clamped(u32::from(self.weight.get()).saturating_mul(u32::from(fit.get())))
    }

    /// The rule in force.
    pub fn rule(&self) -> Rule {
        self.told.rule
    }

    /// Whether this criterion excludes the offer.
    pub fn is_blocking(&self) -> bool {
        self.told.blocks
    }

    /// Why it is so, as data.
    pub fn reason(&self) -> &'m Reason {
        &self.told.reason
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
    /// let finding = explanation.assessment().finding(Criterion::Language).unwrap();
    /// assert_eq!(finding.text(Lang::De, matcher.vocabulary()), "Spricht Dari.");
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn text(&self, lang: Lang, vocabulary: &Vocabulary) -> String {
        text::sentence(self.reason(), lang, vocabulary)
    }
}

impl Matcher {
    /// Lays the offer in a slot beside a profile.
    pub(crate) fn lay_beside(&self, profile: &Profile, slot: usize) -> Match {
        let mut telling = Telling::default();
        let places = self.tell(&mut telling, &Tables::default(), (profile, &Key::default()), slot);
        self.pair(profile, slot, places, &telling.told.into())
    }

    /// Lays offers beside profiles that share tables; what is told of the same question and the same value is told once.
    pub(super) fn lay_all_beside<'a, 'p: 'a>(
        &self,
        ranked: impl IntoIterator<Item = (&'a (&'p Profile, Key), &'a Vec<Ranked>)>,
        tables: &Tables,
    ) -> Vec<Arc<[Match]>> {
        let mut telling = Telling::new(tables);
        let mut all = Vec::new();
        for ((profile, key), ranked) in ranked {
            let tell = |ranked: &Ranked| (ranked.slot, self.tell(&mut telling, tables, (profile, key), ranked.slot));
            all.push((*profile, ranked.iter().map(tell).collect::<Vec<_>>()));
        }
        let told = telling.told.into();
        let pairs = |(profile, places): (&Profile, Vec<(usize, _)>)| {
            places.into_iter().map(|(slot, places)| self.pair(profile, slot, places, &told)).collect()
        };
        all.into_iter().map(pairs).collect()
    }

    /// Where each criterion is told.
    fn tell(
        &self,
        telling: &mut Telling,
        tables: &Tables,
        (profile, key): (&Profile, &Key),
        slot: usize,
    ) -> [u32; CRITERIA] {
        let mut places = [0; CRITERIA];
        for (criterion, (place, number)) in Criterion::all().zip(places.iter_mut().zip(key)) {
            let (question, column) = (Requirement::of(profile, criterion), self.columns.get(criterion));
            let known = if question.meets_offers() {
                let table = tables.place(*number).and_then(|table| telling.of_table.get_mut(table));
                table.zip(column.number(slot)).and_then(|(known, value)| {
                    known.resize(column.values().len(), 0);
                    known.get_mut(value as usize)
                })
            } else {
                telling.silent.get_mut(*number as usize)
            };
            let next = u32::try_from(telling.told.len()).unwrap_or(u32::MAX);
            *place = match known {
                Some(known) if *known > 0 => known.saturating_sub(1),
                known => {
                    if let Some(known) = known {
                        *known = next.saturating_add(1);
                    }
                    telling.told.push(self.told(question, column.value(slot)));
                    next
                }
            };
        }
        places
    }

    fn pair(&self, profile: &Profile, slot: usize, places: [u32; CRITERIA], told: &Arc<[Told]>) -> Match {
        let offer = self.offer_in(slot).map(|offer| Arc::clone(&offer.id)).unwrap_or_default();
        let weights = profile.weights.as_array();
        let mut pair = Match { offer, score: Score::default(), weights, told: Arc::clone(told), places };
        let score = pair.findings().map(|finding| finding.contribution().get()).fold(0, u32::saturating_add);
        pair.score = Score::clamped(score);
        pair
    }

    fn told(&self, question: Requirement<'_>, offered: Option<&OfferValue>) -> Told {
        let rule = question.rule;
        let silent =
            |reason, to_check| Told { fit: None, known: false, to_check, rule: rule.rule, blocks: false, reason };
        if rule.rule == Rule::Ignore {
            return silent(ignored(question.criterion), false);
        }
        match (question.wanted, offered) {
            (Some(wanted), Some(offered)) => {
                let met = assess(self.terms(), wanted, offered);
                Told {
                    fit: Some(met.fit),
                    known: met.known,
                    to_check: met.to_check,
                    rule: rule.rule,
                    blocks: rule.is_blocking(met.fit, met.known),
                    reason: reason(self.terms(), wanted, offered, met.why),
                }
            }
            (None, Some(offered)) => match restriction(offered) {
                Some(reason) => silent(reason, true),
                None => silent(not_asked(question.criterion), false),
            },
            (_, None) => silent(not_asked(question.criterion), false),
        }
    }
}

/// What is told already. Places are one more than where it is told; nothing yet where they are 0.
#[derive(Default)]
struct Telling {
    /// For each table, by the number of the offer's value.
    of_table: Vec<Vec<u32>>,
    /// For each question that no offer can answer.
    silent: Vec<u32>,
    told: Vec<Told>,
}

impl Telling {
    fn new(tables: &Tables) -> Self {
        let (questions, tables) = tables.sizes();
        Self { of_table: vec![Vec::new(); tables], silent: vec![0; questions], told: Vec::new() }
    }
}
