//! The operation `rank`.

use serde::Serialize;

use crate::wire::{
    dataset::{Dataset, decode_request},
    limits::{MAX_WITH_REASONS, MAX_WITHOUT_REASONS, check_results},
    response::{FindingData, to_json},
};
use crate::{
    decode::{decoder::Fields, path::Path, value::Value},
    error::{Error, ErrorSink},
    matcher::{Match, Matcher, RankOptions, Ranking, ScoredOffer},
    model::{criterion::Criterion, enums::Lang, need::Need},
    util::{
        date::Date,
        fixed::Score,
        progress::{NO_PROGRESS, ProgressFn, ProgressReporter},
    },
    vocabulary::Vocabulary,
};

/// The largest `top`.
const MAX_TOP: i64 = 1_000_000;

/// A request to rank offers for needs.
///
/// # Example: two of three offers
///
/// ```
/// use lotse::wire::{self, RankRequest};
/// let request = RankRequest::from_json(
///     r#"{"offers": [{"id": "o-1"}, {"id": "o-2"}, {"id": "o-3"}], "needs": [{"id": "n-1"}], "top": 2}"#,
/// )?;
/// assert_eq!(wire::rank(request)?.rankings[0].matches.len(), 2);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct RankRequest {
    /// Offers, needs, and how they are assessed.
    pub dataset: Dataset,
    /// The largest number of matches for each need, 0 to 1 000 000; 5 by default.
    pub top: usize,
    /// The language of sentences; English by default.
    pub lang: Lang,
    /// `true`, the default, if matches have reasons.
    pub reasons: bool,
}

impl Default for RankRequest {
    fn default() -> Self {
        Self { dataset: Dataset::default(), top: 5, lang: Lang::En, reasons: true }
    }
}

/// A ranking for each need, in the order of the needs.
///
/// # Example: one ranking for each need
///
/// ```
/// use lotse::wire::{self, RankRequest};
/// let response = wire::rank(RankRequest::from_json(r#"{"offers": [{"id": "o-1", "languages": ["de"]}], "needs": [{"id": "n-1", "languages": ["de"]}]}"#)?)?;
/// assert_eq!(response.rankings.len(), 1);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct RankResponse {
    /// The rankings.
    pub rankings: Vec<RankingData>,
}

/// The best matches of one need.
///
/// # Example: the matches of a need
///
/// ```
/// use lotse::wire::{self, RankRequest};
/// let response = wire::rank(RankRequest::from_json(r#"{"offers": [{"id": "o-1", "languages": ["de"]}], "needs": [{"id": "n-1", "languages": ["de"]}]}"#)?)?;
/// assert_eq!((response.rankings[0].need.as_str(), response.rankings[0].matches.len()), ("n-1", 1));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct RankingData {
    /// The need's id.
    pub need: String,
    /// The matches, best first.
    pub matches: Vec<MatchData>,
}

/// One offer that matches.
///
/// # Example: the best match
///
/// ```
/// use lotse::wire::{self, RankRequest};
/// let response = wire::rank(RankRequest::from_json(r#"{"offers": [{"id": "o-1", "languages": ["de"]}], "needs": [{"id": "n-1", "languages": ["de"]}]}"#)?)?;
/// assert_eq!(response.rankings[0].matches[0].offer, "o-1");
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct MatchData {
    /// The offer's id.
    pub offer: String,
    /// The score, 0 to 1.
    pub score: Score,
    /// The criteria that a person should check.
    pub to_check: Vec<Criterion>,
    /// The findings of the requested criteria, or `None` if the request excludes reasons.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reasons: Option<Vec<FindingData>>,
}

impl RankingData {
    /// Converts a ranking to data, with reasons as sentences in `lang`.
    ///
    /// # Example: the first match
    ///
    /// ```
    /// use lotse::{Lang, Matcher, Need, Offer, wire::RankingData};
    /// let matcher = Matcher::builder().offers([Offer::builder("o-1").language("prs").build()?]).build()?;
    /// let ranking = matcher.rank(&Need::builder("n-1").language("prs").build()?, 5)?;
    /// let data = RankingData::new(&ranking, Lang::De, matcher.vocabulary());
    /// assert_eq!((data.need.as_str(), data.matches[0].offer.as_str()), ("n-1", "o-1"));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn new(ranking: &Ranking, lang: Lang, vocabulary: &Vocabulary) -> Self {
        let matches = ranking.matches().iter().map(|matched| MatchData::new(matched, lang, vocabulary));
        Self { need: ranking.need().to_owned(), matches: matches.collect() }
    }

    fn without_reasons(need: &str, scored: &[ScoredOffer]) -> Self {
        let matches = scored.iter().map(|scored| MatchData {
            offer: scored.offer().to_owned(),
            score: scored.score(),
            to_check: scored.to_check().collect(),
            reasons: None,
        });
        Self { need: need.to_owned(), matches: matches.collect() }
    }
}

impl MatchData {
    /// Converts a match to data, with the reasons of the requested criteria as sentences in `lang`.
    ///
    /// # Example: language and capacity
    ///
    /// ```
    /// use lotse::{Lang, Matcher, Need, Offer, wire::MatchData};
    /// let matcher = Matcher::builder().offers([Offer::builder("o-1").language("prs").build()?]).build()?;
    /// let ranking = matcher.rank(&Need::builder("n-1").language("prs").build()?, 5)?;
    /// let data = MatchData::new(&ranking.matches()[0], Lang::De, matcher.vocabulary());
    /// let texts = data.reasons.unwrap_or_default().into_iter().map(|reason| reason.text);
    /// assert_eq!(texts.collect::<Vec<_>>(), ["Spricht Dari.", "Nicht bekannt, ob Plätze frei sind: bitte nachfragen."]);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn new(matched: &Match, lang: Lang, vocabulary: &Vocabulary) -> Self {
        let reasons = matched.requested().map(|finding| FindingData::new(finding, lang, vocabulary));
        Self {
            offer: matched.offer().to_owned(),
            score: matched.score(),
            to_check: matched.to_check().collect(),
            reasons: Some(reasons.collect()),
        }
    }
}

impl RankRequest {
    /// Parses a request from JSON text.
    ///
    /// # Errors
    ///
    /// `json.syntax`, or every error of the request. If only codes or ids are wrong, [`rank`] reports them.
    ///
    /// # Example: a `top` out of range
    ///
    /// ```
    /// let error = lotse::wire::RankRequest::from_json(r#"{"top": -1}"#).unwrap_err();
    /// assert_eq!((error.code(), error.path()), ("request.range", "top"));
    /// ```
    pub fn from_json(text: &str) -> Result<Self, Error> {
        Self::from_value(&Value::from_json(text)?)
    }

    /// Decodes a request.
    ///
    /// # Errors
    ///
    /// Every error of the request. If only codes or ids are wrong, [`rank`] reports them.
    ///
    /// # Example: without reasons
    ///
    /// ```
    /// use lotse::wire::{RankRequest, Value};
    /// let request = RankRequest::from_value(&Value::Object(vec![("reasons".into(), Value::Bool(false))]))?;
    /// assert_eq!((request.top, request.reasons), (5, false));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn from_value(value: &Value) -> Result<Self, Error> {
        const FIELDS: &[&str] = &["offers", "needs", "policy", "vocabulary", "as_of", "top", "lang", "reasons"];
        let (dataset, request, errors) = decode_request(value, FIELDS, Self::decode_options);
        errors.into_result(Self { dataset, ..request })
    }

    fn decode_options(errors: &mut ErrorSink, at: &Path<'_>, fields: &Fields<'_>) -> Self {
        let mut request = Self::default();
        if let Some(value) = fields.get("top") {
            request.top = errors.integer(&at.field("top"), value, 0..=MAX_TOP).unwrap_or(request.top);
        }
        if let Some(value) = fields.get("lang") {
            request.lang = errors.string_enum(&at.field("lang"), value).unwrap_or(request.lang);
        }
        if let Some(value) = fields.get("reasons") {
            request.reasons = errors.boolean(&at.field("reasons"), value).unwrap_or(request.reasons);
        }
        request
    }
}

/// Ranks offers for needs.
///
/// # Errors
///
/// Every tag, key and id that is wrong; `request.too_many` if `top` asks for more than 10 matches of each need and for more than
/// 100 000 in all, or 1 000 000 without reasons.
///
/// # Example: an offer in the right language
///
/// ```
/// use lotse::{Need, Offer, wire::{self, Dataset, RankRequest}};
/// let offers = vec![Offer::builder("o-1").language("uk").build()?, Offer::builder("o-2").language("de").build()?];
/// let needs = vec![Need::builder("n-1").language("de").build()?];
/// let dataset = Dataset { offers, needs, ..Dataset::default() };
/// let response = wire::rank(RankRequest { dataset, ..RankRequest::default() })?;
/// assert_eq!(response.rankings[0].matches[0].offer, "o-2");
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn rank(request: RankRequest) -> Result<RankResponse, Error> {
    rank_with(request, NO_PROGRESS)
}

/// Ranks offers for needs and reports progress; `total` counts distinct needs.
///
/// # Errors
///
/// As [`rank`], and `cancelled` if `on_progress` returns `Break`.
///
/// # Example: cancel at once
///
/// ```
/// use std::ops::ControlFlow;
/// use lotse::wire::{self, RankRequest};
/// let request = RankRequest::from_json(r#"{"needs": [{"id": "n-1"}]}"#)?;
/// let error = wire::rank_with(request, &|_| ControlFlow::Break(())).unwrap_err();
/// assert_eq!(error.code(), "cancelled");
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn rank_with(mut request: RankRequest, on_progress: &ProgressFn<'_>) -> Result<RankResponse, Error> {
    let (matcher, needs) = std::mem::take(&mut request.dataset).into_matcher()?;
    RankResponse::from_matcher(&matcher, &needs, &request, on_progress)
}

impl RankResponse {
    /// Ranks with an existing matcher; the dataset of `options` is ignored.
    ///
    /// # Errors
    ///
    /// As [`rank_with`].
    ///
    /// # Example: many requests, one matcher
    ///
    /// ```
    /// use std::ops::ControlFlow;
    /// use lotse::{Matcher, Need, Offer, wire::{RankRequest, RankResponse}};
    /// let matcher = Matcher::builder().offers([Offer::builder("o-1").build()?]).build()?;
    /// let options = RankRequest { reasons: false, ..RankRequest::default() };
    /// let needs = [Need::builder("n-1").build()?];
    /// let response = RankResponse::from_matcher(&matcher, &needs, &options, &|_| ControlFlow::Continue(()))?;
    /// assert_eq!(response.rankings[0].matches[0].reasons, None);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn from_matcher(
        matcher: &Matcher,
        needs: &[Need],
        options: &RankRequest,
        on_progress: &ProgressFn<'_>,
    ) -> Result<Self, Error> {
        let each = options.top.min(matcher.offers().count());
        let max = if options.reasons { MAX_WITH_REASONS } else { MAX_WITHOUT_REASONS };
        check_results("top", needs.len(), each, max)?;
        let rank_options = RankOptions::new().top(options.top).progress(on_progress);
        if !options.reasons {
            let scored = matcher.score_all(needs, rank_options)?;
            let rankings = needs.iter().zip(&scored);
            let rankings = rankings.map(|(need, scored)| RankingData::without_reasons(need.id(), scored));
            return Ok(Self { rankings: rankings.collect() });
        }
        let rankings = matcher.rank_all(needs, rank_options)?;
        let (progress, count) = (ProgressReporter::new(on_progress), rankings.len());
        let rankings = rankings.iter().map_while(|ranking| {
            let is_cancelled = progress.report(count, count);
            (!is_cancelled).then(|| RankingData::new(ranking, options.lang, matcher.vocabulary()))
        });
        let rankings = rankings.collect();
        progress.unless_cancelled(Self { rankings })
    }
}

/// Ranks offers for needs, from JSON text to JSON text.
///
/// # Errors
///
/// `json.syntax`, or every error of the request.
///
/// # Example: without reasons
///
/// ```
/// let response = lotse::wire::rank_json(r#"{"offers": [{"id": "o-1"}], "needs": [{"id": "n-1"}], "reasons": false}"#)?;
/// assert_eq!(response, r#"{"rankings":[{"need":"n-1","matches":[{"offer":"o-1","score":0.5,"to_check":["capacity"]}]}]}"#);
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn rank_json(request: &str) -> Result<String, Error> {
    to_json(rank(RankRequest::from_json(request)?)?)
}

/// Ranks offers for needs, from JSON text to JSON text; `today` is the default of `as_of`.
///
/// # Errors
///
/// As [`rank_json`], and `date` if `today` is not a date.
///
/// # Example: places that are known since yesterday
///
/// ```
/// let request = r#"{"offers": [{"id": "o-1", "capacity": {"free": 2, "updated": "2026-11-22"}}], "needs": [{"id": "n-1"}]}"#;
/// assert_eq!(lotse::wire::rank_json(request).unwrap_err().code(), "request.as_of.missing");
/// assert!(lotse::wire::rank_json_on(request, "2026-11-23")?.contains(r#""offer":"o-1""#));
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn rank_json_on(request: &str, today: &str) -> Result<String, Error> {
    rank_value_on(&Value::from_json(request)?, today, NO_PROGRESS)
}

/// Ranks offers for needs, from a value to JSON text, and reports progress; `today` is the default of `as_of`.
///
/// # Errors
///
/// Every error of the request, `date` if `today` is not a date, and `cancelled` if `on_progress` returns `Break`.
///
/// # Example: no needs, no rankings
///
/// ```
/// use std::ops::ControlFlow;
/// use lotse::wire::{Value, rank_value_on};
/// let response = rank_value_on(&Value::Object(vec![]), "2026-11-23", &|_| ControlFlow::Continue(()))?;
/// assert_eq!(response, r#"{"rankings":[]}"#);
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn rank_value_on(request: &Value, today: &str, on_progress: &ProgressFn<'_>) -> Result<String, Error> {
    let today: Date = today.parse()?;
    let mut request = RankRequest::from_value(request)?;
    request.dataset.as_of.get_or_insert(today);
    to_json(rank_with(request, on_progress)?)
}
