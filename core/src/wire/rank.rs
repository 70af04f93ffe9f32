//! The operation `rank`.

use std::{fmt, sync::Arc};

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::{
    decode::{decoder::Fields, path::Path, value::Value},
    error::{Error, ErrorSink},
    matcher::{Matcher, RankOptions, Ranking, ScoredOffer},
    model::{enums::Lang, need::Need},
    vocabulary::Vocabulary,
    wire::{
        call_options::CallOptions,
        dataset::{Dataset, decode_lang, decode_request},
        limits::{MAX_WITH_REASONS, MAX_WITHOUT_REASONS, check_results},
        op,
        operation::Operation,
    },
};

/// The keys of a request.
pub(super) const FIELDS: &[&str] = &["offers", "needs", "policy", "vocabulary", "as_of", "top", "lang", "reasons"];

/// The largest `top`.
pub(super) const MAX_TOP: i64 = 1_000_000;

/// A request to rank offers for needs.
///
/// # Example: two of three offers
///
/// ```
/// use lotse::wire::{RankRequest, Value};
/// let request = RankRequest::from_value(&Value::from_json(
///     r#"{"offers": [{"id": "o-1"}, {"id": "o-2"}, {"id": "o-3"}], "needs": [{"id": "n-1"}], "top": 2}"#,
/// )?)?;
/// assert_eq!((request.dataset.offers.len(), request.top, request.reasons), (3, 2, true));
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

impl RankRequest {
    /// Decodes a request.
    ///
    /// # Errors
    ///
    /// Every error of the request. If only codes or ids are wrong, the operation reports them.
    ///
    /// # Example: a `top` out of range
    ///
    /// ```
    /// use lotse::wire::{RankRequest, Value};
    /// let error = RankRequest::from_value(&Value::from_json(r#"{"top": -1}"#)?).unwrap_err();
    /// assert_eq!((error.code(), error.path()), ("request.range", "top"));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn from_value(value: &Value<'_>) -> Result<Self, Error> {
        op::Rank::decode(value, &CallOptions::new())
    }

    fn decode_options(errors: &mut ErrorSink, at: &Path<'_>, fields: &Fields<'_>) -> Self {
        let mut request = Self::default();
        if let Some(value) = fields.get("top") {
            request.top = errors.integer(&at.field("top"), value, 0..=MAX_TOP).unwrap_or(request.top);
        }
        request.lang = decode_lang(errors, at, fields);
        if let Some(value) = fields.get("reasons") {
            request.reasons = errors.boolean(&at.field("reasons"), value).unwrap_or(request.reasons);
        }
        request
    }

    /// Ranks the offers of an existing matcher; the dataset of the request is ignored.
    ///
    /// # Errors
    ///
    /// `request.too_many` if `top` asks for more than 10 matches of each need and for more than 100 000 in all, or 1 000 000
    /// without reasons; every error of the needs; `cancelled`.
    ///
    /// # Example: many requests, one matcher
    ///
    /// ```
    /// use lotse::{Matcher, Need, Offer, wire::{self, CallOptions, RankRequest}};
    /// let matcher = Matcher::builder().offers([Offer::builder("o-1").build()?]).build()?;
    /// let request = RankRequest { reasons: false, ..RankRequest::default() };
    /// let response = request.run_on(&matcher, &[Need::builder("n-1").build()?], &CallOptions::new())?;
    /// assert_eq!(
    ///     wire::to_json(&response, &CallOptions::new())?,
    ///     r#"{"rankings":[{"need":"n-1","matches":[{"offer":"o-1","score":0.5,"to_check":["capacity"]}]}]}"#
    /// );
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn run_on(&self, matcher: &Matcher, needs: &[Need], options: &CallOptions<'_>) -> Result<RankResponse, Error> {
        let each = self.top.min(matcher.offers().count());
        let max = if self.reasons { MAX_WITH_REASONS } else { MAX_WITHOUT_REASONS };
        check_results("top", needs.len(), each, max)?;
        let rank_options = RankOptions::new().top(self.top).progress(options.on_progress());
        let rankings = if self.reasons {
            Rankings::WithReasons(matcher.rank_all(needs, rank_options)?)
        } else {
            let scored = matcher.score_all(needs, rank_options)?;
            let ids = needs.iter().map(|need| need.id().to_owned());
            Rankings::WithoutReasons(ids.zip(scored).collect())
        };
        Ok(RankResponse { rankings, lang: self.lang, vocabulary: matcher.vocabulary().clone() })
    }
}

/// A ranking for each need, in the order of the needs.
///
/// # Example: one ranking for each need
///
/// ```
/// use lotse::wire::{CallOptions, Operation, RankRequest, Value, op};
/// let request = RankRequest::from_value(&Value::from_json(r#"{"offers": [{"id": "o-1"}], "needs": [{"id": "n-1"}]}"#)?)?;
/// let response = op::Rank::run(request, &CallOptions::new())?;
/// assert_eq!(format!("{response:?}"), "RankResponse { rankings: 1, .. }");
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone)]
pub struct RankResponse {
    rankings: Rankings,
    lang: Lang,
    vocabulary: Vocabulary,
}

#[derive(Clone)]
enum Rankings {
    WithReasons(Vec<Ranking>),
    WithoutReasons(Vec<(String, Arc<[ScoredOffer]>)>),
}

impl RankResponse {
    /// Returns the rankings, or `None` if the request excludes reasons.
    pub fn rankings(&self) -> Option<&[Ranking]> {
        match &self.rankings {
            Rankings::WithReasons(rankings) => Some(rankings),
            Rankings::WithoutReasons(_) => None,
        }
    }

    /// Keeps only the rankings of the needs for whose id `keep` returns `true`.
    ///
    /// All needs are ranked nevertheless, because the people of a group are counted together.
    ///
    /// # Example: one of two needs
    ///
    /// ```
    /// use lotse::{Matcher, Need, wire::{CallOptions, RankRequest}};
    /// let needs = [Need::builder("n-1").build()?, Need::builder("n-2").build()?];
    /// let mut response = RankRequest::default().run_on(&Matcher::builder().build()?, &needs, &CallOptions::new())?;
    /// response.retain_needs(|need| need == "n-2");
    /// assert_eq!(response.rankings().unwrap_or_default()[0].need(), "n-2");
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn retain_needs(&mut self, keep: impl Fn(&str) -> bool) {
        match &mut self.rankings {
            Rankings::WithReasons(rankings) => rankings.retain(|ranking| keep(ranking.need())),
            Rankings::WithoutReasons(rankings) => rankings.retain(|(need, _)| keep(need)),
        }
    }
}

impl fmt::Debug for RankResponse {
    /// Shows the number of rankings only.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = match &self.rankings {
            Rankings::WithReasons(rankings) => rankings.len(),
            Rankings::WithoutReasons(rankings) => rankings.len(),
        };
        f.debug_struct("RankResponse").field("rankings", &count).finish_non_exhaustive()
    }
}

impl Serialize for RankResponse {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut data = serializer.serialize_struct("RankResponse", 1)?;
        match &self.rankings {
            Rankings::WithReasons(rankings) => {
                let localized = rankings.iter().map(|ranking| ranking.localized(self.lang, &self.vocabulary));
                data.serialize_field("rankings", &localized.collect::<Vec<_>>())?;
            }
            Rankings::WithoutReasons(rankings) => {
                let scored = rankings.iter().map(|(need, matches)| ScoredNeed { need, matches });
                data.serialize_field("rankings", &scored.collect::<Vec<_>>())?;
            }
        }
        data.end()
    }
}

/// A ranking without reasons.
#[derive(serde::Serialize)]
struct ScoredNeed<'a> {
    need: &'a str,
    matches: &'a [ScoredOffer],
}

impl Operation for op::Rank {
    const NAME: &'static str = "rank";
    type Request = RankRequest;
    type Response = RankResponse;

    fn decode(value: &Value<'_>, options: &CallOptions<'_>) -> Result<RankRequest, Error> {
        let (dataset, request, errors) =
            decode_request(value, FIELDS, options, RankRequest::decode_options, |_, _, _| ());
        errors.into_result(RankRequest { dataset, ..request })
    }

    fn run(mut request: RankRequest, options: &CallOptions<'_>) -> Result<RankResponse, Error> {
        let (matcher, needs) = std::mem::take(&mut request.dataset).into_matcher()?;
        request.run_on(&matcher, &needs, options)
    }
}
