//! Rankings without reasons, which take most of the time where needs are many.

use std::{fmt, sync::Arc};

use crate::{
    error::{Error, ErrorSink},
    matcher::{
        Matcher,
        intern::{InternedProfiles, Key, Requirement},
        memo::Tables,
        profile::Profile,
        rank::Ranked,
    },
    model::{criterion::Criterion, need::Need},
    util::{
        fixed::Score,
        parallel::map,
        progress::{NO_PROGRESS, ProgressFn, ProgressReporter},
    },
};

/// An offer that matches: its score and what a person should check, as in a [`Match`](crate::Match), without the reasons.
#[derive(Clone, Eq, PartialEq)]
pub struct ScoredOffer {
    offer: Arc<str>,
    score: Score,
    /// A bit for each criterion, in their order.
    to_check: u16,
}

impl ScoredOffer {
    /// The id of the offer.
    pub fn offer(&self) -> &str {
        &self.offer
    }

    /// The score.
    pub fn score(&self) -> Score {
        self.score
    }

    /// The criteria that a person should check, in their order.
    pub fn to_check(&self) -> impl Iterator<Item = Criterion> {
        Criterion::all().filter(|criterion| self.to_check & bit(*criterion) != 0)
    }
}

impl fmt::Debug for ScoredOffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let to_check: Vec<Criterion> = self.to_check().collect();
        f.debug_struct("Scored")
            .field("offer", &self.offer)
            .field("score", &self.score)
            .field("to_check", &to_check)
            .finish()
    }
}

fn bit(criterion: Criterion) -> u16 {
    1_u16.checked_shl(criterion as u32).unwrap_or(0)
}

impl Matcher {
    /// The matches of [`rank_all`](Self::rank_all) without their reasons, in less time and memory; needs that ask the same share
    /// theirs.
    ///
    /// # Errors
    ///
    /// As [`rank_all`](Self::rank_all).
    ///
    /// # Example: only who and how well
    ///
    /// ```
    /// use lotse::{Criterion, Matcher, Need, Offer};
    /// let matcher = Matcher::builder().offers([Offer::builder("o-1").language("de").build()?]).build()?;
    /// let needs = [Need::builder("n-1").language("de").build()?];
    /// let [scored] = &*matcher.score_all(&needs, 5)?[0] else { panic!("one offer matches") };
    /// assert_eq!((scored.offer(), scored.score().to_string()), ("o-1", "0.85000000".to_owned()));
    /// assert!(scored.to_check().eq([Criterion::Capacity]));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn score_all(&self, needs: &[Need], top: usize) -> Result<Vec<Arc<[ScoredOffer]>>, Error> {
        self.score_all_with(needs, top, NO_PROGRESS)
    }

    /// As [`score_all`](Self::score_all), while somebody looks on: `look(done, all)`, counted in needs that differ.
    ///
    /// # Errors
    ///
    /// As [`score_all`](Self::score_all), and `stopped` where `look` broke the work off.
    pub fn score_all_with(
        &self,
        needs: &[Need],
        top: usize,
        on_progress: &ProgressFn<'_>,
    ) -> Result<Vec<Arc<[ScoredOffer]>>, Error> {
        let mut problems = ErrorSink::default();
        let profiles = self.profiles(&mut problems, needs);
        let profiles = problems.into_result(profiles)?;
        let (alike, progress) = (InternedProfiles::of(&profiles), ProgressReporter::new(on_progress));
        let scored = self.rank_blocks(&alike, Some(top), &progress, |profiles, tables, ranked| {
            let ranked: Vec<_> = profiles.iter().zip(ranked).collect();
            map(&ranked, |(asked, ranked)| -> Arc<[ScoredOffer]> {
                ranked.iter().map(|ranked| self.scored(asked, tables, ranked)).collect()
            })
        });
        let scored = progress.unless_cancelled(scored)?;
        Ok(alike.share(&scored).map(|scored| scored.cloned().unwrap_or_else(|| Arc::from([]))).collect())
    }

    fn scored(&self, (profile, key): &(&Profile, Key), tables: &Tables, ranked: &Ranked) -> ScoredOffer {
        let offer = self.offer_in(ranked.slot).map(|offer| Arc::clone(&offer.id)).unwrap_or_default();
        let mut to_check = 0;
        if ranked.to_check > 0 {
            for (criterion, number) in Criterion::all().zip(key) {
                let (question, column) = (Requirement::of(profile, criterion), self.columns.get(criterion));
                if !question.meets_offers() {
                    continue;
                }
                let known = tables.get(*number).zip(column.number(ranked.slot));
                let cell = match known {
                    Some((table, value)) => table.cells.get(value as usize).copied().unwrap_or_default(),
                    None => self.answer(question, column.value(ranked.slot)),
                };
                to_check |= if cell.to_check { bit(criterion) } else { 0 };
            }
        }
        ScoredOffer { offer, score: Score::clamped(ranked.score), to_check }
    }
}
