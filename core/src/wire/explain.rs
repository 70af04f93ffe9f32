use serde::Serialize;

use crate::wire::{
    FindingData,
    allocate::ids,
    answer,
    dataset::{COMMON, Dataset, Reading, day, read},
};
use crate::{
    decode::{
        path::{Path, Record},
        value::Value,
    },
    error::{Error, ErrorKind, ErrorSink},
    matcher::Explanation,
    model::{criterion::Criterion, enums::Lang, need::Need, offer::Offer},
    util::{fixed::Score, ordered_map::OrderedSet},
    vocabulary::Vocabulary,
};

/// Most pairs that are explained in one go.
const MOST: usize = 100_000;

/// Explain pairs of needs and offers.
#[derive(Clone, Debug)]
pub struct ExplainRequest {
    /// Offers, needs, and how they are judged.
    pub records: Dataset,
    /// The pairs; nothing for every need with every offer.
    pub pairs: Option<Vec<Pair>>,
    /// The language of sentences.
    pub lang: Lang,
}

impl Default for ExplainRequest {
    /// Every pair, in English.
    fn default() -> Self {
        Self { records: Dataset::default(), pairs: None, lang: Lang::En }
    }
}

/// The ids of a need and an offer.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Pair {
    /// The need's id.
    pub need: String,
    /// The offer's id.
    pub offer: String,
}

/// The explanations, in the order of the pairs; without pairs in the order of the needs, then of the offers' ids.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct ExplainResponse {
    /// The explanations.
    pub explanations: Vec<ExplanationData>,
}

/// One offer laid beside one need.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct ExplanationData {
    /// The need's id.
    pub need: String,
    /// The offer's id.
    pub offer: String,
    /// Whether no `must` excludes the offer.
    pub matches: bool,
    /// The score, 0 to 1, of excluded offers too.
    pub score: Score,
    /// The criteria that a person should check.
    pub to_check: Vec<Criterion>,
    /// All ten criteria.
    pub reasons: Vec<FindingData>,
}

impl ExplanationData {
    /// An explanation as data, with sentences in one language.
    pub fn of(explanation: &Explanation, lang: Lang, vocabulary: &Vocabulary) -> Self {
        let pair = explanation.assessment();
        Self {
            need: explanation.need().to_owned(),
            offer: pair.offer().to_owned(),
            matches: pair.is_match(),
            score: pair.score(),
            to_check: pair.to_check().collect(),
            reasons: pair.findings().map(|finding| FindingData::of(finding, lang, vocabulary)).collect(),
        }
    }
}

impl ExplainRequest {
    /// Reads a request as JSON text.
    ///
    /// # Errors
    ///
    /// Text that is not JSON, and every error of the request. Where only codes are wrong, [`explain`] tells.
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
        const NAMES: &[&str] = &[COMMON[0], COMMON[1], COMMON[2], COMMON[3], COMMON[4], "pairs", "lang"];
        let at = Path::root(Record::Request);
        let mut request = Self::default();
        let Some(fields) = problems.fields(&at, tree, NAMES) else { return request };
        request.records = Dataset::read(problems, &at, &fields, reading);
        if let Some(tree) = fields.get("lang") {
            request.lang = problems.string_enum(&at.field("lang"), tree).unwrap_or(request.lang);
        }
        if let Some(tree) = fields.get("pairs") {
            let pairs = problems.decode_items_up_to(MOST, &at.field("pairs"), tree, Pair::read);
            // Where there are no records at all, only the pairs are read.
            if reading == Reading::All && ["needs", "offers"].iter().any(|name| fields.get(name).is_some()) {
                let (needs, offers) = (&request.records.needs, &request.records.offers);
                check_ids(problems, &at, &pairs, needs, offers);
            }
            request.pairs = Some(pairs);
        }
        request
    }
}

/// With a form that is wrong anyway, unknown ids are told too.
fn check_ids(problems: &mut ErrorSink, at: &Path<'_>, pairs: &[Pair], needs: &[Need], offers: &[Offer]) {
    let at = at.field("pairs");
    let needs = OrderedSet::from_iter(needs.iter().map(Need::id));
    let offers = OrderedSet::from_iter(offers.iter().map(Offer::id));
    for (index, pair) in pairs.iter().enumerate() {
        let at = at.item(index);
        if !needs.contains(pair.need.as_str()) {
            let at = at.field("need");
            problems.push(at.error(ErrorKind::Unknown, "pair.unknown_need", "no need has this id"));
        }
        if !offers.contains(pair.offer.as_str()) {
            let at = at.field("offer");
            problems.push(at.error(ErrorKind::Unknown, "pair.unknown_offer", "no offer has this id"));
        }
    }
}

impl Pair {
    fn read(problems: &mut ErrorSink, at: &Path<'_>, tree: &Value) -> Option<Self> {
        let fields = problems.fields(at, tree, &["need", "offer"])?;
        let (need, offer) = ids(problems, at, &fields);
        Some(Self { need: need?, offer: offer? })
    }
}

/// Explains pairs of needs and offers.
///
/// # Errors
///
/// Every tag, key and id that is wrong; `request.pair.too_many` above 100 000 pairs.
pub fn explain(request: ExplainRequest) -> Result<ExplainResponse, Error> {
    let (matcher, needs) = request.records.into_matcher()?;
    let offers = matcher.offers().count();
    let count = request.pairs.as_ref().map_or(needs.len().saturating_mul(offers), Vec::len);
    if count > MOST {
        let root = Path::root(Record::Request);
        let message = format!("more than {MOST} pairs to explain");
        return Err(Error::new(root.field("pairs").error(ErrorKind::Value, "pair.too_many", message)));
    }
    let ids: Vec<(&str, &str)> = match &request.pairs {
        Some(pairs) => pairs.iter().map(|pair| (pair.need.as_str(), pair.offer.as_str())).collect(),
        None => {
            let pairs = |need| matcher.offers().map(move |offer| (need, offer.id()));
            needs.iter().map(Need::id).flat_map(pairs).collect()
        }
    };
    let explanations = matcher.explain_all(&needs, &ids)?;
    let told = |explanation| ExplanationData::of(explanation, request.lang, matcher.vocabulary());
    Ok(ExplainResponse { explanations: explanations.iter().map(told).collect() })
}

/// [`explain`] on JSON text.
///
/// # Errors
///
/// Text that is not JSON, and every error of the request.
pub fn explain_json(request: &str) -> Result<String, Error> {
    answer(explain(ExplainRequest::from_json(request)?)?)
}

/// [`explain_json`], with a day that stands in where the request has no `as_of`.
///
/// # Errors
///
/// As [`explain_json`], and `date` where `today` is no day.
pub fn explain_json_on(request: &str, today: &str) -> Result<String, Error> {
    explain_tree_on(&Value::from_json(request)?, today)
}

/// [`explain_json_on`] for a request that is data already.
///
/// # Errors
///
/// As [`explain_json_on`].
pub fn explain_tree_on(request: &Value, today: &str) -> Result<String, Error> {
    let today = day(today)?;
    let mut request = ExplainRequest::from_value(request)?;
    request.records.as_of.get_or_insert(today);
    answer(explain(request)?)
}
