//! Results as tables, through the Arrow PyCapsule interface.

use std::{borrow::Cow, sync::Arc};

use arrow_array::{
    ArrayRef, BooleanArray, Float64Array, Int32Array, ListArray, RecordBatch, StringArray,
    builder::{ListBuilder, StringBuilder},
};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use lotse::{CodeKind, Criterion, Fit, ScoredOffer, Tally, wire::Value};
use pyo3::{prelude::*, types::PyCapsule};
use pyo3_arrow::ffi::{ArrayIterator, to_schema_pycapsule, to_stream_pycapsule};
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

use crate::{
    error,
    payload::{self, Localization, Payload},
};

/// The number of needs whose matches are one batch.
const BATCH_NEEDS: usize = 5_000;
/// The expected length of a text, such as an id, in bytes.
const TEXT_BYTES: usize = 12;

/// A result as columns of equal length, with the Arrow PyCapsule interface.
///
/// `polars.DataFrame(table)`, `pyarrow.table(table)`, `pandas.DataFrame.from_arrow(table)` and DuckDB accept it.
#[pyclass(frozen, name = "Table", module = "lotse")]
pub(crate) struct PyTable {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

impl PyTable {
    fn from_batch(py: Python<'_>, batch: Result<RecordBatch, ArrowError>) -> PyResult<Self> {
        Self::from_batches(py, batch.map(|batch| vec![batch]))
    }

    /// Creates a table of batches with the same columns.
    pub(crate) fn from_batches(py: Python<'_>, batches: Result<Vec<RecordBatch>, ArrowError>) -> PyResult<Self> {
        let batches = batches.map_err(|error| error::raise_detail(py, "response.table", "", &error.to_string()))?;
        let schema = batches.first().map_or_else(|| Arc::new(Schema::empty()), RecordBatch::schema);
        Ok(Self { schema, batches })
    }
}

/// Creates a batch of named columns of equal length.
fn batch(columns: Vec<(&'static str, ArrayRef)>) -> Result<RecordBatch, ArrowError> {
    let field = |(name, column): &(&'static str, ArrayRef)| Field::new(*name, column.data_type().clone(), true);
    let schema = Schema::new(columns.iter().map(field).collect::<Vec<_>>());
    RecordBatch::try_new(Arc::new(schema), columns.into_iter().map(|(_, column)| column).collect())
}

#[pymethods]
impl PyTable {
    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.schema.fields().iter().map(|field| field.name().clone()).collect()
    }

    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    fn __repr__(&self) -> String {
        format!("Table({} rows: {})", self.__len__(), self.column_names().join(", "))
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        Ok(to_schema_pycapsule(py, self.schema.as_ref())?)
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let field = Field::new_struct("", self.schema.fields().clone(), false);
        let to_struct = |batch: &RecordBatch| -> Result<ArrayRef, ArrowError> {
            Ok(Arc::new(arrow_array::StructArray::from(batch.clone())))
        };
        let structs: Vec<_> = self.batches.iter().map(to_struct).collect();
        let stream = ArrayIterator::new(structs.into_iter(), Arc::new(field));
        Ok(to_stream_pycapsule(py, Box::new(stream), requested_schema)?)
    }
}

/// Returns batches with a row for each match of each need.
pub(crate) fn matches(needs: &[lotse::Need], scored: &[Arc<[ScoredOffer]>]) -> Result<Vec<RecordBatch>, ArrowError> {
    let chunks: Vec<_> = needs.chunks(BATCH_NEEDS).zip(scored.chunks(BATCH_NEEDS)).collect();
    match chunks.as_slice() {
        [] => Ok(vec![match_batch(&[], &[])?]),
        chunks => chunks.par_iter().map(|(needs, scored)| match_batch(needs, scored)).collect(),
    }
}

fn match_batch(needs: &[lotse::Need], scored: &[Arc<[ScoredOffer]>]) -> Result<RecordBatch, ArrowError> {
    let ranked = || needs.iter().zip(scored);
    let rows = || ranked().flat_map(|(need, scored)| (1_i32..).zip(&**scored).map(move |row| (need, row)));
    let count = scored.iter().map(|scored| scored.len()).sum();
    batch(vec![
        ("need", texts(count, rows().map(|(need, _)| need.id()))),
        ("rank", ints(rows().map(|(_, (rank, _))| rank))),
        ("offer", texts(count, rows().map(|(_, (_, scored))| scored.offer()))),
        ("score", floats(rows().map(|(_, (_, scored))| Some(scored.score().into())))),
        ("to_check", codes(rows().map(|(_, (_, scored))| scored.to_check().map(Criterion::as_str)))),
    ])
}

/// Returns a table with a row for each requested criterion of each match.
pub(crate) fn reasons(
    py: Python<'_>,
    rankings: &[lotse::Ranking],
    text: impl Fn(lotse::Finding<'_>) -> String + Sync + Send,
) -> PyResult<PyTable> {
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
            ("criterion", texts(rows.len(), rows.iter().map(|(.., finding)| finding.criterion().as_str()))),
            ("fit", fits(|finding| finding.fit())),
            ("known", bools(rows.iter().map(|(.., finding)| finding.is_known()))),
            ("weight", floats(rows.iter().map(|(.., finding)| Some(finding.weight().into())))),
            ("contribution", floats(rows.iter().map(|(.., finding)| Some(finding.contribution().into())))),
            ("code", texts(rows.len(), rows.iter().map(|(.., finding)| finding.reason().code()))),
            ("text", texts(rows.len(), rows.iter().map(|(.., finding)| text(*finding)))),
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
                unmet.chain(plan.referrals().iter().map(PlanRow::from_referral)).collect()
            }
            Payload::Restored(restored) => {
                let lists = ["unmet", "referrals"].map(|name| payload::items(payload::get(&restored.data, name)));
                lists.into_iter().flatten().map(PlanRow::from_data).collect()
            }
        };
        let rows = || rows.iter();
        batch(vec![
            ("need", texts(0, rows().map(|row| row.need))),
            ("offer", nullable_texts(rows().map(|row| row.offer))),
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
    score: Option<f64>,
    fixed: bool,
    neighbour: bool,
    to_check: Vec<&'a str>,
    reason: Option<&'a str>,
    text: Option<Cow<'a, str>>,
}

impl<'a> PlanRow<'a> {
    fn from_unmet(unmet: &'a lotse::UnmetNeed, Localization { lang, vocabulary }: &Localization) -> Self {
        let text = unmet.reason().text(*lang, vocabulary);
        let reason = Some(unmet.reason().code());
        Self { need: unmet.need(), reason, text: Some(text.into()), ..Self::default() }
    }

    fn from_referral(referral: &'a lotse::Referral) -> Self {
        Self {
            need: referral.need(),
            offer: Some(referral.offer()),
            score: Some(referral.score().into()),
            fixed: referral.is_fixed(),
            neighbour: referral.is_from_neighbour(),
            to_check: referral.to_check().iter().map(|criterion| criterion.as_str()).collect(),
            ..Self::default()
        }
    }

    /// Takes the wire form of either.
    fn from_data(data: &'a Value<'static>) -> Self {
        let text = |name| payload::text(payload::get(data, name));
        let is_true = |name| *payload::get(data, name) == Value::Bool(true);
        Self {
            need: text("need").unwrap_or_default(),
            offer: text("offer"),
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
pub(crate) fn diagnoses(py: Python<'_>, diagnoses: &[lotse::Diagnosis]) -> PyResult<PyTable> {
    let batch = py.detach(|| {
        let rows = || {
            diagnoses.iter().flat_map(|diagnosis| diagnosis.blocked().iter().map(move |blocked| (diagnosis, blocked)))
        };
        let count = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
        batch(vec![
            ("need", texts(0, rows().map(|(diagnosis, _)| diagnosis.need()))),
            ("criterion", texts(0, rows().map(|(_, blocked)| blocked.criterion().as_str()))),
            ("blocked", ints(rows().map(|(_, blocked)| count(blocked.offers())))),
            ("only", ints(rows().map(|(_, blocked)| count(blocked.only())))),
            ("offers", ints(rows().map(|(diagnosis, _)| count(diagnosis.offers())))),
            ("matching", ints(rows().map(|(diagnosis, _)| count(diagnosis.matching())))),
        ])
    });
    PyTable::from_batch(py, batch)
}

/// Returns a table with a row for each row of the tables of a report.
pub(crate) fn report(py: Python<'_>, report: &Payload<lotse::Report>) -> PyResult<PyTable> {
    let rows = match report {
        Payload::Computed(report, localization) => computed_report_rows(report, localization),
        Payload::Restored(restored) => restored_report_rows(&restored.data),
    };
    let mut columns = vec![
        ("by", texts(0, rows.iter().map(|row| row.by))),
        ("code", nullable_texts(rows.iter().map(|row| row.code))),
        ("name", nullable_texts(rows.iter().map(|row| row.name.as_deref()))),
    ];
    for (index, name) in COUNTS.into_iter().enumerate() {
        let counts = rows.iter().map(|row| row.counts.get(index).copied());
        let column: ArrayRef = Arc::new(counts.collect::<arrow_array::Int64Array>());
        columns.push((name, column));
    }
    PyTable::from_batch(py, batch(columns))
}

/// The counts of a row of a report.
const COUNTS: [&str; 8] =
    ["needs", "people", "cases", "met", "met_by_neighbour", "unmet", "people_met", "people_unmet"];

struct ReportRow<'a> {
    by: &'static str,
    code: Option<&'a str>,
    name: Option<Cow<'a, str>>,
    /// In the order of [`COUNTS`].
    counts: [i64; COUNTS.len()],
}

fn computed_report_rows<'a>(
    report: &'a lotse::Report,
    Localization { lang, vocabulary }: &Localization,
) -> Vec<ReportRow<'a>> {
    let tables = [
        ("priority", None, &report.by_priority),
        ("help", Some(CodeKind::Help), &report.by_help),
        ("language", Some(CodeKind::Language), &report.by_language),
        ("region", Some(CodeKind::Region), &report.by_region),
        ("crime", Some(CodeKind::Crime), &report.by_crime),
    ];
    let to_row = |by, kind: Option<CodeKind>, row: &'a lotse::ReportRow| {
        let Tally { needs, people, cases, met, met_by_neighbour, unmet, people_met, people_unmet, .. } = row.tally;
        let counts = [needs, people, cases, met, met_by_neighbour, unmet, people_met, people_unmet];
        let code = row.code.as_deref();
        ReportRow {
            by,
            code,
            name: kind.zip(code).map(|(kind, code)| vocabulary.name(kind, code, *lang).into_owned().into()),
            counts: counts.map(|count| i64::try_from(count).unwrap_or(i64::MAX)),
        }
    };
    let rows = tables.into_iter().flat_map(|(by, kind, rows)| rows.iter().map(move |row| to_row(by, kind, row)));
    rows.collect()
}

fn restored_report_rows<'a>(data: &'a Value<'static>) -> Vec<ReportRow<'a>> {
    let tables = [
        ("priority", "by_priority"),
        ("help", "by_help"),
        ("language", "by_language"),
        ("region", "by_region"),
        ("crime", "by_crime"),
    ];
    let to_row = |by, row| ReportRow {
        by,
        code: payload::text(payload::get(row, "code")),
        name: payload::text(payload::get(row, "name")).map(Cow::Borrowed),
        counts: COUNTS.map(|name| payload::int(payload::get(row, name))),
    };
    let rows = tables
        .into_iter()
        .flat_map(|(by, table)| payload::items(payload::get(data, table)).iter().map(move |row| to_row(by, row)));
    rows.collect()
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
    let mut lists = ListBuilder::new(StringBuilder::new()).with_field(Field::new("item", DataType::Utf8, true));
    for criteria in values {
        for criterion in criteria {
            lists.values().append_value(criterion);
        }
        lists.append(true);
    }
    let lists: ListArray = lists.finish();
    Arc::new(lists)
}
