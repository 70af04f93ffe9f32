use serde::Serialize;

use crate::wire::{
    FindingData, answer,
    dataset::{COMMON, Dataset, Reading, day, read},
};
use crate::{
    decode::{
        path::{Path, Record},
        value::Value,
    },
    error::{Error, ErrorSink},
    matcher::{Match, Matcher, RankOptions, Ranking, ScoredOffer},
    model::{criterion::Criterion, enums::Lang, need::Need},
    util::{
        fixed::Score,
        progress::{NO_PROGRESS, ProgressFn},
    },
    vocabulary::Vocabulary,
};

/// Largest `top`.
const MOST: i64 = 1_000_000;

/// Rank offers for needs.
#[derive(Clone, Debug)]
pub struct RankRequest {
    /// Offers, needs, and how they are judged.
    pub records: Dataset,
    /// How many matches for each need.
    pub top: usize,
    /// The language of sentences.
    pub lang: Lang,
    /// Whether the answer has reasons.
    pub reasons: bool,
}

impl Default for RankRequest {
    /// Five matches for each need, with reasons in English.
    fn default() -> Self {
        Self { records: Dataset::default(), top: 5, lang: Lang::En, reasons: true }
    }
}

/// A ranking for each need, in the order of the needs.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct RankResponse {
    /// The rankings.
    pub rankings: Vec<RankingData>,
}

/// The best matches of one need.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct RankingData {
    /// The need's id.
    pub need: String,
    /// Best first.
    pub matches: Vec<MatchData>,
}

/// One offer that matches.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct MatchData {
    /// The offer's id.
    pub offer: String,
    /// The score, 0 to 1.
    pub score: Score,
    /// The criteria that a person should check.
    pub to_check: Vec<Criterion>,
    /// The criteria that were asked; nothing where the request wants no reasons.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reasons: Option<Vec<FindingData>>,
}

impl RankingData {
    /// A ranking as data, with reasons in one language.
    pub fn of(ranking: &Ranking, lang: Lang, vocabulary: &Vocabulary) -> Self {
        let matches = ranking.matches().iter().map(|pair| MatchData::of(pair, lang, vocabulary));
        Self { need: ranking.need().to_owned(), matches: matches.collect() }
    }
}

impl RankingData {
    fn without_reasons(need: &str, scored: &[ScoredOffer]) -> Self {
        let told = |scored: &ScoredOffer| MatchData {
            offer: scored.offer().to_owned(),
            score: scored.score(),
            to_check: scored.to_check().collect(),
            reasons: None,
        };
        Self { need: need.to_owned(), matches: scored.iter().map(told).collect() }
    }
}

impl MatchData {
    /// A match as data, with the reasons of the criteria that were asked in one language.
    pub fn of(pair: &Match, lang: Lang, vocabulary: &Vocabulary) -> Self {
        let reasons = pair.requested().map(|finding| FindingData::of(finding, lang, vocabulary));
        Self {
            offer: pair.offer().to_owned(),
            score: pair.score(),
            to_check: pair.to_check().collect(),
            reasons: Some(reasons.collect()),
        }
    }
}

impl RankRequest {
    /// Reads a request as JSON text.
    ///
    /// # Errors
    ///
    /// Text that is not JSON, and every error of the request. Where only codes are wrong, [`rank`] tells.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        Self::from_value(&Value::from_json(text)?)
    }

    /// Reads a request from data.
    ///
    /// # Errors
    ///
    /// As [`from_json`](Self::from_json).
    pub fn from_value(tree: &Value) -> Result<Self, Error> {
        read(tree, Self::read)
    }

    fn read(problems: &mut ErrorSink, tree: &Value, reading: Reading) -> Self {
        const NAMES: &[&str] = &[COMMON[0], COMMON[1], COMMON[2], COMMON[3], COMMON[4], "top", "lang", "reasons"];
        let at = Path::root(Record::Request);
        let mut request = Self::default();
        let Some(fields) = problems.fields(&at, tree, NAMES) else { return request };
        request.records = Dataset::read(problems, &at, &fields, reading);
        if let Some(tree) = fields.get("top") {
            request.top = problems.integer(&at.field("top"), tree, 0..=MOST).unwrap_or(request.top);
        }
        if let Some(tree) = fields.get("lang") {
            request.lang = problems.string_enum(&at.field("lang"), tree).unwrap_or(request.lang);
        }
        if let Some(tree) = fields.get("reasons") {
            request.reasons = problems.boolean(&at.field("reasons"), tree).unwrap_or(request.reasons);
        }
        request
    }
}

/// Ranks offers for needs.
///
/// # Errors
///
/// Every tag, key and id that is wrong.
pub fn rank(request: RankRequest) -> Result<RankResponse, Error> {
    rank_with(request, NO_PROGRESS)
}

/// As [`rank`], while somebody looks on.
///
/// # Errors
///
/// As [`rank`], and `stopped` where `look` broke the work off.
pub fn rank_with(mut request: RankRequest, on_progress: &ProgressFn<'_>) -> Result<RankResponse, Error> {
    let (matcher, needs) = std::mem::take(&mut request.records).into_matcher()?;
    RankResponse::by(&matcher, &needs, &request, on_progress)
}

impl RankResponse {
    /// Ranks with a matcher that stands ready; of the request only the options count.
    ///
    /// # Errors
    ///
    /// As [`Matcher::rank_all`].
    pub fn by(
        matcher: &Matcher,
        needs: &[Need],
        options: &RankRequest,
        on_progress: &ProgressFn<'_>,
    ) -> Result<Self, Error> {
        let top = RankOptions::new().top(options.top).progress(on_progress);
        if !options.reasons {
            let scored = matcher.score_all(needs, top)?;
            let rankings = needs.iter().zip(&scored);
            let rankings = rankings.map(|(need, scored)| RankingData::without_reasons(need.id(), scored));
            return Ok(Self { rankings: rankings.collect() });
        }
        let rankings = matcher.rank_all(needs, top)?;
        let told = |ranking| RankingData::of(ranking, options.lang, matcher.vocabulary());
        Ok(Self { rankings: rankings.iter().map(told).collect() })
    }
}

/// [`rank`] on JSON text.
///
/// # Errors
///
/// Text that is not JSON, and every error of the request.
pub fn rank_json(request: &str) -> Result<String, Error> {
    answer(rank(RankRequest::from_json(request)?)?)
}

/// [`rank_json`], with a day that stands in where the request has no `as_of`.
///
/// # Errors
///
/// As [`rank_json`], and `date` where `today` is no day.
pub fn rank_json_on(request: &str, today: &str) -> Result<String, Error> {
    rank_tree_on(&Value::from_json(request)?, today, NO_PROGRESS)
}

/// [`rank_json_on`] for a request that is data already, while somebody looks on.
///
/// # Errors
///
/// As [`rank_json_on`], and `stopped` where `look` broke the work off.
pub fn rank_tree_on(request: &Value, today: &str, on_progress: &ProgressFn<'_>) -> Result<String, Error> {
    let today = day(today)?;
    let mut request = RankRequest::from_value(request)?;
    request.records.as_of.get_or_insert(today);
    answer(rank_with(request, on_progress)?)
}
