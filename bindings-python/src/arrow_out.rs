//! Results as tables, through the Arrow PyCapsule interface.

use std::{borrow::Cow, sync::Arc};

use arrow_array::{ArrayRef, BooleanArray, Float64Array, Int32Array, RecordBatch, StringArray, builder::StringBuilder};
use arrow_schema::ArrowError;
use lotse::{Criterion, Fit, Lang, Matcher, Offer, ScoredOffer, wire::Value};
use pyo3::prelude::*;
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

use crate::{
    payload::{self, Localization, Names, Payload},
    table::{self, PyTable, batch},
};

/// The number of needs whose matches are one batch.
const BATCH_NEEDS: usize = 5_000;
/// The expected length of a text, such as an id, in bytes.
const TEXT_BYTES: usize = 12;

/// Returns batches with a row for each match of each need.
pub(crate) fn matches(
    matcher: &Matcher,
    needs: &[lotse::Need],
    scored: &[Arc<[ScoredOffer]>],
) -> Result<Vec<RecordBatch>, ArrowError> {
    let chunks: Vec<_> = needs.chunks(BATCH_NEEDS).zip(scored.chunks(BATCH_NEEDS)).collect();
    match chunks.as_slice() {
        [] => Ok(vec![match_batch(matcher, &[], &[])?]),
        chunks => chunks.par_iter().map(|(needs, scored)| match_batch(matcher, needs, scored)).collect(),
    }
}

fn match_batch(
    matcher: &Matcher,
    needs: &[lotse::Need],
    scored: &[Arc<[ScoredOffer]>],
) -> Result<RecordBatch, ArrowError> {
    let name = |scored: &ScoredOffer| matcher.offer(scored.offer()).and_then(Offer::name);
    let ranked = || needs.iter().zip(scored);
    let rows = || ranked().flat_map(|(need, scored)| (1_i32..).zip(&**scored).map(move |row| (need, row)));
    let count = scored.iter().map(|scored| scored.len()).sum();
    batch(vec![
        ("need", texts(count, rows().map(|(need, _)| need.id()))),
        ("rank", ints(rows().map(|(_, (rank, _))| rank))),
        ("offer", texts(count, rows().map(|(_, (_, scored))| scored.offer()))),
        ("offer_name", nullable_texts(rows().map(|(_, (_, scored))| name(scored)))),
        ("score", floats(rows().map(|(_, (_, scored))| Some(scored.score().into())))),
        ("to_check", codes(rows().map(|(_, (_, scored))| scored.to_check().map(Criterion::as_str)))),
    ])
}

/// Returns a table with a row for each requested criterion of each match.
pub(crate) fn reasons(py: Python<'_>, rankings: &[lotse::Ranking], localization: &Localization) -> PyResult<PyTable> {
    let (lang, vocabulary) = (localization.lang, localization.vocabulary());
    let batch = py.detach(|| {
        let mut rows = Vec::new();
        for ranking in rankings {
            for found in ranking.matches() {
                rows.extend(found.requested().map(|finding| (ranking.need(), found.offer(), finding)));
            }
        }
        let fits = |fit: fn(lotse::Finding<'_>) -> Option<Fit>| {
            floats(rows.iter().map(|(.., finding)| fit(*finding).map(f64::from)))
        };
        batch(vec![
            ("need", texts(rows.len(), rows.iter().map(|(need, ..)| *need))),
            ("offer", texts(rows.len(), rows.iter().map(|(_, offer, _)| *offer))),
            ("offer_name", nullable_texts(rows.iter().map(|(_, offer, _)| localization.offer_name(offer)))),
            ("criterion", texts(rows.len(), rows.iter().map(|(.., finding)| finding.criterion().as_str()))),
            ("criterion_name", texts(rows.len(), rows.iter().map(|(.., finding)| finding.criterion().label(lang)))),
            ("fit", fits(|finding| finding.fit())),
            ("known", bools(rows.iter().map(|(.., finding)| finding.is_known()))),
            ("weight", floats(rows.iter().map(|(.., finding)| Some(finding.weight().into())))),
            ("contribution", floats(rows.iter().map(|(.., finding)| Some(finding.contribution().into())))),
            ("code", texts(rows.len(), rows.iter().map(|(.., finding)| finding.reason().code()))),
            ("text", texts(rows.len(), rows.iter().map(|(.., finding)| finding.text(lang, vocabulary)))),
        ])
    });
    PyTable::from_batch(py, batch)
}

/// Returns a table with a row for each need of a plan, unmet needs first.
pub(crate) fn allocation(py: Python<'_>, plan: &Payload<lotse::Allocation>) -> PyResult<PyTable> {
    let batch = py.detach(|| {
        let rows: Vec<PlanRow<'_>> = match plan {
            Payload::Computed(plan, localization) => {
                let unmet = plan.unmet().iter().map(|unmet| PlanRow::from_unmet(unmet, localization));
                let met = plan.referrals().iter().map(|referral| PlanRow::from_referral(referral, localization));
                unmet.chain(met).collect()
            }
            Payload::Restored(restored) => {
                let lists = ["unmet", "referrals"].map(|name| payload::items(payload::get(&restored.data, name)));
                lists.into_iter().flatten().map(|data| PlanRow::from_data(data, &restored.names)).collect()
            }
        };
        let rows = || rows.iter();
        batch(vec![
            ("need", texts(0, rows().map(|row| row.need))),
            ("offer", nullable_texts(rows().map(|row| row.offer))),
            ("offer_name", nullable_texts(rows().map(|row| row.offer_name))),
            ("score", floats(rows().map(|row| row.score))),
            ("fixed", bools(rows().map(|row| row.fixed))),
            ("neighbour", bools(rows().map(|row| row.neighbour))),
            ("to_check", codes(rows().map(|row| row.to_check.iter().copied()))),
            ("reason", nullable_texts(rows().map(|row| row.reason))),
            ("text", nullable_texts(rows().map(|row| row.text.as_deref()))),
        ])
    });
    PyTable::from_batch(py, batch)
}

/// A need in a plan: with a referral, or with the reason why it is unmet.
#[derive(Default)]
struct PlanRow<'a> {
    need: &'a str,
    offer: Option<&'a str>,
    offer_name: Option<&'a str>,
    score: Option<f64>,
    fixed: bool,
    neighbour: bool,
    to_check: Vec<&'a str>,
    reason: Option<&'a str>,
    text: Option<Cow<'a, str>>,
}

impl<'a> PlanRow<'a> {
    fn from_unmet(unmet: &'a lotse::UnmetNeed, localization: &Localization) -> Self {
        let text = unmet.reason().text(localization.lang, localization.vocabulary());
        let reason = Some(unmet.reason().code());
        Self { need: unmet.need(), reason, text: Some(text.into()), ..Self::default() }
    }

    fn from_referral(referral: &'a lotse::Referral, localization: &'a Localization) -> Self {
        Self {
            need: referral.need(),
            offer: Some(referral.offer()),
            offer_name: localization.offer_name(referral.offer()),
            score: Some(referral.score().into()),
            fixed: referral.is_fixed(),
            neighbour: referral.is_from_neighbour(),
            to_check: referral.to_check().iter().map(|criterion| criterion.as_str()).collect(),
            ..Self::default()
        }
    }

    /// Takes the wire form of either.
    fn from_data(data: &'a Value<'static>, names: &'a Names) -> Self {
        let text = |name| payload::text(payload::get(data, name));
        let is_true = |name| *payload::get(data, name) == Value::Bool(true);
        Self {
            need: text("need").unwrap_or_default(),
            offer: text("offer"),
            offer_name: text("offer").and_then(|offer| names.get(offer)).map(String::as_str),
            score: payload::float(payload::get(data, "score")),
            fixed: is_true("fixed"),
            neighbour: is_true("neighbour"),
            to_check: payload::items(payload::get(data, "to_check")).iter().filter_map(payload::text).collect(),
            reason: text("reason"),
            text: text("text").map(Cow::Borrowed),
        }
    }
}

/// Returns a table with a row for each criterion that excludes some offer of a need.
pub(crate) fn diagnoses(py: Python<'_>, diagnoses: &[lotse::Diagnosis], lang: Lang) -> PyResult<PyTable> {
    let batch = py.detach(|| {
        let rows = || {
            diagnoses.iter().flat_map(|diagnosis| diagnosis.blocked().iter().map(move |blocked| (diagnosis, blocked)))
        };
        let count = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
        batch(vec![
            ("need", texts(0, rows().map(|(diagnosis, _)| diagnosis.need()))),
            ("criterion", texts(0, rows().map(|(_, blocked)| blocked.criterion().as_str()))),
            ("criterion_name", texts(0, rows().map(|(_, blocked)| blocked.criterion().label(lang)))),
            ("blocked", ints(rows().map(|(_, blocked)| count(blocked.offers())))),
            ("only", ints(rows().map(|(_, blocked)| count(blocked.only())))),
            ("offers", ints(rows().map(|(diagnosis, _)| count(diagnosis.offers())))),
            ("matching", ints(rows().map(|(diagnosis, _)| count(diagnosis.matching())))),
        ])
    });
    PyTable::from_batch(py, batch)
}

/// `capacity` is the expected number of values.
fn texts(capacity: usize, values: impl Iterator<Item = impl AsRef<str>>) -> ArrayRef {
    let mut texts = StringBuilder::with_capacity(capacity, capacity.saturating_mul(TEXT_BYTES));
    for value in values {
        texts.append_value(value);
    }
    Arc::new(texts.finish())
}

fn nullable_texts(values: impl Iterator<Item = Option<impl AsRef<str>>>) -> ArrayRef {
    Arc::new(values.collect::<StringArray>())
}

fn ints(values: impl Iterator<Item = i32>) -> ArrayRef {
    Arc::new(values.map(Some).collect::<Int32Array>())
}

fn floats(values: impl Iterator<Item = Option<f64>>) -> ArrayRef {
    Arc::new(values.collect::<Float64Array>())
}

fn bools(values: impl Iterator<Item = bool>) -> ArrayRef {
    Arc::new(values.map(Some).collect::<BooleanArray>())
}

/// Lists the codes of criteria in each row.
fn codes<'a>(values: impl Iterator<Item = impl Iterator<Item = &'a str>>) -> ArrayRef {
    Arc::new(table::lists(values))
}
