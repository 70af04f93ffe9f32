//! Explanations, and the findings of ranked offers.

use std::sync::Arc;

use crate::{
    criteria::{OfferValue, assess, ignored, not_asked, reason, restriction},
    matcher::{
        Matcher,
        assessment::{Assessment, UnweightedFinding},
        intern::{Key, Requirement},
        memo::Tables,
        profile::Profile,
        rank::Ranked,
        ranking::Match,
    },
    model::{
        criterion::{CRITERIA, Criterion},
        enums::Rule,
    },
};

/// The assessment of one offer against one need, excluded or not.
///
/// # Example: the criterion that excludes an offer
///
/// ```
/// use lotse::{Matcher, Need, Offer};
/// let matcher = Matcher::builder().offers([Offer::builder("o-1").min_age(18).build()?]).build()?;
/// let explanation = matcher.explain(&Need::builder("n-1").age(17).build()?, "o-1")?;
/// assert_eq!((explanation.need(), explanation.assessment().offer()), ("n-1", "o-1"));
/// let blocking = explanation.assessment().findings().find(|finding| finding.is_blocking()).unwrap();
/// assert_eq!(blocking.reason().code(), "age.below");
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Explanation {
    need: String,
    assessment: Assessment,
}

impl Explanation {
    pub(super) fn new(need: &str, assessment: Assessment) -> Self {
        Self { need: need.to_owned(), assessment }
    }

    /// Returns the id of the need.
    pub fn need(&self) -> &str {
        &self.need
    }

    /// Returns the assessment of the offer.
    pub fn assessment(&self) -> &Assessment {
        &self.assessment
    }
}

impl Matcher {
    /// Lays the offer in a slot beside a profile.
    pub(crate) fn lay_beside(&self, profile: &Profile, slot: usize) -> Assessment {
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
            places.into_iter().map(|(slot, places)| Match::new(self.pair(profile, slot, places, &told))).collect()
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

    fn pair(
        &self,
        profile: &Profile,
        slot: usize,
        places: [u32; CRITERIA],
        told: &Arc<[UnweightedFinding]>,
    ) -> Assessment {
        let offer = self.offer_in(slot).map(|offer| Arc::clone(&offer.id)).unwrap_or_default();
        Assessment::new(offer, profile.weights.as_array(), Arc::clone(told), places)
    }

    fn told(&self, question: Requirement<'_>, offered: Option<&OfferValue>) -> UnweightedFinding {
        let rule = question.rule;
        let silent = |reason, to_check| UnweightedFinding {
            fit: None,
            known: false,
            to_check,
            rule: rule.rule,
            blocks: false,
            reason,
        };
        if rule.rule == Rule::Ignore {
            return silent(ignored(question.criterion), false);
        }
        match (question.wanted, offered) {
            (Some(wanted), Some(offered)) => {
                let met = assess(self.terms(), wanted, offered);
                UnweightedFinding {
                    fit: Some(met.fit),
                    known: met.known,
                    to_check: met.to_check,
                    rule: rule.rule,
                    blocks: rule.blocks(met.fit, met.known),
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
    told: Vec<UnweightedFinding>,
}

impl Telling {
    fn new(tables: &Tables) -> Self {
        let (questions, tables) = tables.sizes();
        Self { of_table: vec![Vec::new(); tables], silent: vec![0; questions], told: Vec::new() }
    }
}
