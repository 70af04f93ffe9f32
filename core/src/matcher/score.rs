//! Rankings without reasons, which take most of the time where needs are many.

use std::sync::Arc;

use crate::{
    error::{Error, ErrorSink},
    matcher::{
        Matcher,
        intern::{InternedProfiles, Key, Requirement},
        memo::Tables,
        options::RankOptions,
        profile::Profile,
        rank::Ranked,
        ranking::ScoredOffer,
    },
    model::{criterion::Criterion, need::Need},
    util::{fixed::Score, parallel::map, progress::ProgressReporter},
};

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
    pub fn score_all<'a>(
        &self,
        needs: &[Need],
        options: impl Into<RankOptions<'a>>,
    ) -> Result<Vec<Arc<[ScoredOffer]>>, Error> {
        let options = options.into();
        let mut problems = ErrorSink::default();
        let profiles = self.profiles(&mut problems, needs);
        let profiles = problems.into_result(profiles)?;
        let (alike, progress) = (InternedProfiles::of(&profiles), ProgressReporter::new(options.progress));
        let scored = self.rank_blocks(&alike, Some(options.top), &progress, |profiles, tables, ranked| {
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
        let to_check = Criterion::all().zip(key).filter(|(criterion, number)| {
            let (question, column) = (Requirement::of(profile, *criterion), self.columns.get(*criterion));
            if ranked.to_check == 0 || !question.meets_offers() {
                return false;
            }
            let known = tables.get(**number).zip(column.number(ranked.slot));
            let cell = match known {
                Some((table, value)) => table.cells.get(value as usize).copied().unwrap_or_default(),
                None => self.answer(question, column.value(ranked.slot)),
            };
            cell.to_check
        });
        ScoredOffer::new(offer, Score::clamped(ranked.score), to_check.map(|(criterion, _)| criterion))
    }
}
