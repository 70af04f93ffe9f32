//! Explanations, and the findings of ranked offers.

use std::sync::Arc;

use crate::{
    matcher::{
        assess::assess_requirement,
        assessment::{Assessment, UnweightedFinding},
        idx::{FindingIdx, Slot},
        index::Index,
        intern::InternedProfile,
        memo::MemoTables,
        rank::ScoredSlot,
        ranking::Match,
    },
    model::criterion::{CRITERIA, Criterion},
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

impl Index {
    /// Assembles the matches of profiles that share memo tables. A finding of the same requirement and the same value is created
    /// once and shared.
    pub(super) fn matches<'a, 'p: 'a>(
        &self,
        rankings: impl IntoIterator<Item = (&'a InternedProfile<'p>, &'a Vec<ScoredSlot>)>,
        tables: &MemoTables,
    ) -> Vec<Arc<[Match]>> {
        let mut interner = FindingInterner::new(tables);
        let mut interned = Vec::new();
        for (profile, ranking) in rankings {
            let intern =
                |found: &ScoredSlot| (found.slot, self.intern_findings(&mut interner, tables, profile, found.slot));
            interned.push((profile, ranking.iter().map(intern).collect::<Vec<_>>()));
        }
        let findings: Arc<[UnweightedFinding]> = interner.findings.into();
        let matches = |(profile, ranking): (&InternedProfile<'p>, Vec<(Slot, [FindingIdx; CRITERIA])>)| {
            let weights = profile.profile.weights.as_array();
            let found = |(slot, positions): (Slot, [FindingIdx; CRITERIA])| {
                let assessment = Assessment::new(self.id(slot), weights, Arc::clone(&findings), positions);
                debug_assert!(assessment == self.assess(profile.profile, slot), "rank differs from assess_pair");
                Match::new(assessment)
            };
            ranking.into_iter().map(found).collect()
        };
        interned.into_iter().map(matches).collect()
    }

    /// Returns the positions of the findings of one match, which are created if they are new.
    fn intern_findings(
        &self,
        interner: &mut FindingInterner,
        tables: &MemoTables,
        InternedProfile { profile, key }: &InternedProfile<'_>,
        slot: Slot,
    ) -> [FindingIdx; CRITERIA] {
        let mut positions = [FindingIdx::NONE; CRITERIA];
        for (criterion, (position, index)) in Criterion::all().zip(positions.iter_mut().zip(key)) {
            let (requirement, column) = (profile.requirement(criterion), self.column(criterion));
            let known = if requirement.depends_on_offer() {
                let table = tables.index(*index).and_then(|table| interner.by_value.get_mut(table.get()));
                table.zip(column.value_index(slot)).and_then(|(known, value)| {
                    known.resize(column.values().len(), FindingIdx::NONE);
                    known.get_mut(value.get())
                })
            } else {
                interner.by_requirement.get_mut(index.get())
            };
            let next = FindingIdx::new(interner.findings.len());
            *position = match known {
                Some(known) if *known != FindingIdx::NONE => *known,
                known => {
                    if let Some(known) = known {
                        *known = next;
                    }
                    interner.findings.push(assess_requirement(self.context(), requirement, column.value(slot)));
                    next
                }
            };
        }
        positions
    }
}

/// The findings created so far, and their positions; [`FindingIdx::NONE`] for those that do not exist yet.
struct FindingInterner {
    /// For each memo table, by value.
    by_value: Vec<Vec<FindingIdx>>,
    /// For each requirement that does not depend on the offer.
    by_requirement: Vec<FindingIdx>,
    findings: Vec<UnweightedFinding>,
}

impl FindingInterner {
    fn new(tables: &MemoTables) -> Self {
        Self {
            by_value: vec![Vec::new(); tables.table_count()],
            by_requirement: vec![FindingIdx::NONE; tables.requirement_count()],
            findings: Vec::new(),
        }
    }
}
