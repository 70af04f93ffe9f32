use serde::Serialize;

use crate::wire::{
    answer, as_map,
    dataset::{COMMON, Dataset, Reading, day, read},
};
use crate::{
    decode::{
        path::{Path, Record},
        value::Value,
    },
    error::{Error, ErrorSink},
    matcher::{DEFAULT_NEAR_MISSES, DiagnoseOptions, Diagnosis, NearMiss, RequiredChange},
    model::{criterion::Criterion, enums::Lang, reason::Fact},
    util::{
        fixed::Score,
        progress::{NO_PROGRESS, ProgressFn},
    },
    vocabulary::Vocabulary,
};

/// Largest `near_misses`.
const MOST: i64 = 1_000;

/// Find out why so few offers match.
#[derive(Clone, Debug)]
pub struct DiagnoseRequest {
    /// Offers, needs, and how they are judged.
    pub records: Dataset,
    /// How many excluded offers for each need.
    pub near_misses: usize,
    /// The language of sentences.
    pub lang: Lang,
}

impl Default for DiagnoseRequest {
    /// Three near misses for each need, in English.
    fn default() -> Self {
        Self { records: Dataset::default(), near_misses: DEFAULT_NEAR_MISSES, lang: Lang::En }
    }
}

/// A diagnosis for each need, in the order of the needs.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct DiagnoseResponse {
    /// The diagnoses.
    pub diagnoses: Vec<DiagnosisData>,
}

/// Why no more offers match one need.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct DiagnosisData {
    /// The need's id.
    pub need: String,
    /// How many offers there are in all.
    pub offers: usize,
    /// How many of them match.
    pub matching: usize,
    /// The criteria that exclude some offer, in their order.
    pub blocked: Vec<BlockedOffersData>,
    /// The excluded offers that come closest, nearest first.
    pub near_misses: Vec<NearMissData>,
}

/// How many offers one criterion excludes.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub struct BlockedOffersData {
    /// The criterion.
    pub criterion: Criterion,
    /// How many offers it excludes, alone or with others.
    pub offers: usize,
    /// How many it alone excludes.
    pub only: usize,
}

/// An excluded offer, and what would have to change.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct NearMissData {
    /// The offer's id.
    pub offer: String,
    /// The score, 0 to 1, as if nothing excluded it.
    pub score: Score,
    /// The criteria that a person should check.
    pub to_check: Vec<Criterion>,
    /// The criteria that exclude it.
    pub blockers: Vec<Criterion>,
    /// One change for each of them; only all together make the offer match.
    pub changes: Vec<RequiredChangeData>,
}

/// What would have to change so that one criterion excludes the offer no more.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct RequiredChangeData {
    /// The criterion.
    pub criterion: Criterion,
    /// The change's stable code, such as `change.interpreter`.
    pub code: String,
    /// The change's facts.
    #[serde(serialize_with = "as_map")]
    pub facts: Vec<(&'static str, Fact)>,
    /// The change as a sentence.
    pub text: String,
}

impl DiagnosisData {
    /// A diagnosis as data, with sentences in one language.
    pub fn of(diagnosis: &Diagnosis, lang: Lang, vocabulary: &Vocabulary) -> Self {
        let blocked = diagnosis.blocked().iter().map(|blocked| BlockedOffersData {
            criterion: blocked.criterion(),
            offers: blocked.offers(),
            only: blocked.only(),
        });
        let near_misses = diagnosis.near_misses().iter().map(|miss| NearMissData::of(miss, lang, vocabulary));
        Self {
            need: diagnosis.need().to_owned(),
            offers: diagnosis.offers(),
            matching: diagnosis.matching(),
            blocked: blocked.collect(),
            near_misses: near_misses.collect(),
        }
    }
}

impl NearMissData {
    fn of(miss: &NearMiss, lang: Lang, vocabulary: &Vocabulary) -> Self {
        let told = |change: &RequiredChange| RequiredChangeData {
            criterion: change.criterion(),
            code: change.reason().code().to_owned(),
            facts: change.reason().facts().map(|(name, fact)| (name, fact.clone())).collect(),
            text: change.text(lang, vocabulary),
        };
        Self {
            offer: miss.assessment().offer().to_owned(),
            score: miss.assessment().score(),
            to_check: miss.assessment().to_check().collect(),
            blockers: miss.blockers().collect(),
            changes: miss.changes().iter().map(told).collect(),
        }
    }
}

impl DiagnoseRequest {
    /// Reads a request as JSON text.
    ///
    /// # Errors
    ///
    /// Text that is not JSON, and every error of the request. Where only codes are wrong, [`diagnose`] tells.
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
        const NAMES: &[&str] = &[COMMON[0], COMMON[1], COMMON[2], COMMON[3], COMMON[4], "near_misses", "lang"];
        let at = Path::root(Record::Request);
        let mut request = Self::default();
        let Some(fields) = problems.fields(&at, tree, NAMES) else { return request };
        request.records = Dataset::read(problems, &at, &fields, reading);
        if let Some(tree) = fields.get("near_misses") {
            let at = at.field("near_misses");
            request.near_misses = problems.integer(&at, tree, 0..=MOST).unwrap_or(request.near_misses);
        }
        if let Some(tree) = fields.get("lang") {
            request.lang = problems.string_enum(&at.field("lang"), tree).unwrap_or(request.lang);
        }
        request
    }
}

/// Finds out why so few offers match.
///
/// # Errors
///
/// Every tag, key and id that is wrong.
pub fn diagnose(request: DiagnoseRequest) -> Result<DiagnoseResponse, Error> {
    diagnose_with(request, NO_PROGRESS)
}

/// As [`diagnose`], while somebody looks on.
///
/// # Errors
///
/// As [`diagnose`], and `stopped` where `look` broke the work off.
pub fn diagnose_with(request: DiagnoseRequest, on_progress: &ProgressFn<'_>) -> Result<DiagnoseResponse, Error> {
    let (matcher, needs) = request.records.into_matcher()?;
    let diagnoses =
        matcher.diagnose_all(&needs, DiagnoseOptions::new().near_misses(request.near_misses).progress(on_progress))?;
    let told = |diagnosis: &Diagnosis| DiagnosisData::of(diagnosis, request.lang, matcher.vocabulary());
    Ok(DiagnoseResponse { diagnoses: diagnoses.iter().map(told).collect() })
}

/// [`diagnose`] on JSON text.
///
/// # Errors
///
/// Text that is not JSON, and every error of the request.
pub fn diagnose_json(request: &str) -> Result<String, Error> {
    answer(diagnose(DiagnoseRequest::from_json(request)?)?)
}

/// [`diagnose_json`], with a day that stands in where the request has no `as_of`.
///
/// # Errors
///
/// As [`diagnose_json`], and `date` where `today` is no day.
pub fn diagnose_json_on(request: &str, today: &str) -> Result<String, Error> {
    diagnose_tree_on(&Value::from_json(request)?, today, NO_PROGRESS)
}

/// [`diagnose_json_on`] for a request that is data already, while somebody looks on.
///
/// # Errors
///
/// As [`diagnose_json_on`], and `stopped` where `look` broke the work off.
pub fn diagnose_tree_on(request: &Value, today: &str, on_progress: &ProgressFn<'_>) -> Result<String, Error> {
    let today = day(today)?;
    let mut request = DiagnoseRequest::from_value(request)?;
    request.records.as_of.get_or_insert(today);
    answer(diagnose_with(request, on_progress)?)
}
