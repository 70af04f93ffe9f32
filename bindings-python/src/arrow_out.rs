//! Tables that go out.

use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, Float64Array, Int32Array, ListArray, RecordBatch, StringArray,
    builder::{ListBuilder, StringBuilder},
};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use lotse::{Criterion, ScoredOffer, wire};
use pyo3::{prelude::*, types::PyCapsule};
use pyo3_arrow::ffi::{ArrayIterator, to_schema_pycapsule, to_stream_pycapsule};
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

use crate::error;

/// The matches of how many needs become one batch.
const NEEDS: usize = 5_000;
/// About how long an id is.
const BYTES: usize = 12;

/// Columns of equal length, for anything that speaks the Arrow PyCapsule interface.
///
/// `polars.DataFrame(table)`, `pyarrow.table(table)`, `pandas.DataFrame.from_arrow(table)` and DuckDB take it as it is.
#[pyclass(frozen, name = "Table", module = "lotse")]
pub(crate) struct PyTable {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

impl PyTable {
    fn of(py: Python<'_>, batch: Result<RecordBatch, ArrowError>) -> PyResult<Self> {
        Self::of_all(py, batch.map(|batch| vec![batch]))
    }

    /// One table of batches with the same columns.
    pub(crate) fn of_all(py: Python<'_>, batches: Result<Vec<RecordBatch>, ArrowError>) -> PyResult<Self> {
        let batches = batches.map_err(|error| failed(py, &error))?;
        let schema = batches.first().map_or_else(|| Arc::new(Schema::empty()), RecordBatch::schema);
        Ok(Self { schema, batches })
    }
}

/// Columns of equal length under their names.
fn batch(columns: Vec<(&'static str, ArrayRef)>) -> Result<RecordBatch, ArrowError> {
    let field = |(name, column): &(&'static str, ArrayRef)| Field::new(*name, column.data_type().clone(), true);
    let schema = Schema::new(columns.iter().map(field).collect::<Vec<_>>());
    RecordBatch::try_new(Arc::new(schema), columns.into_iter().map(|(_, column)| column).collect())
}

fn failed(py: Python<'_>, error: &ArrowError) -> PyErr {
    error::refuse(py, "response.table", "", &error.to_string())
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
        let rows = |batch: &RecordBatch| -> Result<ArrayRef, ArrowError> {
            Ok(Arc::new(arrow_array::StructArray::from(batch.clone())))
        };
        let rows: Vec<_> = self.batches.iter().map(rows).collect();
        let batches = ArrayIterator::new(rows.into_iter(), Arc::new(field));
        Ok(to_stream_pycapsule(py, Box::new(batches), requested_schema)?)
    }
}

/// A row for each match of each need.
pub(crate) fn matches(needs: &[lotse::Need], scored: &[Arc<[ScoredOffer]>]) -> Result<Vec<RecordBatch>, ArrowError> {
    let pieces: Vec<_> = needs.chunks(NEEDS).zip(scored.chunks(NEEDS)).collect();
    match pieces.as_slice() {
        [] => Ok(vec![some_matches(&[], &[])?]),
        pieces => pieces.par_iter().map(|(needs, scored)| some_matches(needs, scored)).collect(),
    }
}

fn some_matches(needs: &[lotse::Need], scored: &[Arc<[ScoredOffer]>]) -> Result<RecordBatch, ArrowError> {
    let ranked = || needs.iter().zip(scored);
    let rows = || ranked().flat_map(|(need, scored)| (1_i32..).zip(&**scored).map(move |row| (need, row)));
    let count = scored.iter().map(|scored| scored.len()).sum();
    batch(vec![
        ("need", texts(count, rows().map(|(need, _)| need.id()))),
        ("rank", whole(rows().map(|(_, (rank, _))| rank))),
        ("offer", texts(count, rows().map(|(_, (_, scored))| scored.offer()))),
        ("score", decimals(rows().map(|(_, (_, scored))| Some(scored.score().into())))),
        ("to_check", codes(rows().map(|(_, (_, scored))| scored.to_check()))),
    ])
}

/// A row for each criterion of each match of each ranking.
pub(crate) fn reasons(
    py: Python<'_>,
    rankings: &[lotse::Ranking],
    text: impl Fn(lotse::Finding<'_>) -> String + Sync + Send,
) -> PyResult<PyTable> {
    let batch = py.detach(|| {
        let mut rows = Vec::new();
        for ranking in rankings {
            for pair in ranking.matches() {
                rows.extend(pair.requested().map(|finding| (ranking.need(), pair.offer(), finding)));
            }
        }
        let column =
            |value: fn(lotse::Finding<'_>) -> Option<f64>| decimals(rows.iter().map(|(.., finding)| value(*finding)));
        batch(vec![
            ("need", texts(rows.len(), rows.iter().map(|(need, ..)| *need))),
            ("offer", texts(rows.len(), rows.iter().map(|(_, offer, _)| *offer))),
            ("criterion", texts(rows.len(), rows.iter().map(|(.., finding)| finding.criterion().as_str()))),
            ("fit", column(|finding| finding.fit().map(f64::from))),
            ("known", truths(rows.iter().map(|(.., finding)| finding.is_known()))),
            ("weight", column(|finding| Some(finding.weight().into()))),
            ("contribution", column(|finding| Some(finding.contribution().into()))),
            ("code", texts(rows.len(), rows.iter().map(|(.., finding)| finding.reason().code()))),
            ("text", texts(rows.len(), rows.iter().map(|(.., finding)| text(*finding)))),
        ])
    });
    PyTable::of(py, batch)
}

/// A row for each need of a plan, those without a place first.
pub(crate) fn allocation(py: Python<'_>, plan: &wire::AllocateResponse) -> PyResult<PyTable> {
    let batch = py.detach(|| {
        let unmet = plan.unmet.iter().map(Outcome::UnmetNeed);
        let rows: Vec<Outcome<'_>> = unmet.chain(plan.referrals.iter().map(Outcome::Met)).collect();
        let rows = || rows.iter();
        batch(vec![
            ("need", texts(0, rows().map(Outcome::need))),
            ("offer", maybe_texts(rows().map(|row| row.met().map(|met| met.offer.as_str())))),
            ("score", decimals(rows().map(|row| row.met().map(|met| met.score.into())))),
            ("fixed", truths(rows().map(|row| row.met().is_some_and(|met| met.fixed)))),
            ("neighbour", truths(rows().map(|row| row.met().is_some_and(|met| met.neighbour)))),
            ("to_check", codes(rows().map(|row| row.met().into_iter().flat_map(|met| met.to_check.iter().copied())))),
            ("reason", maybe_texts(rows().map(|row| row.unmet().map(|unmet| unmet.reason)))),
            ("text", maybe_texts(rows().map(|row| row.unmet().map(|unmet| unmet.text.as_str())))),
        ])
    });
    PyTable::of(py, batch)
}

/// What became of a need.
enum Outcome<'a> {
    UnmetNeed(&'a wire::UnmetNeedData),
    Met(&'a wire::ReferralData),
}

impl<'a> Outcome<'a> {
    fn need(&self) -> &'a str {
        match self {
            Self::UnmetNeed(unmet) => &unmet.need,
            Self::Met(met) => &met.need,
        }
    }

    fn unmet(&self) -> Option<&'a wire::UnmetNeedData> {
        match self {
            Self::UnmetNeed(unmet) => Some(unmet),
            Self::Met(_) => None,
        }
    }

    fn met(&self) -> Option<&'a wire::ReferralData> {
        match self {
            Self::UnmetNeed(_) => None,
            Self::Met(met) => Some(met),
        }
    }
}

/// A row for each criterion that excludes some offer of a need.
pub(crate) fn diagnoses(py: Python<'_>, diagnoses: &[lotse::Diagnosis]) -> PyResult<PyTable> {
    let batch = py.detach(|| {
        let rows = || {
            diagnoses.iter().flat_map(|diagnosis| diagnosis.blocked().iter().map(move |blocked| (diagnosis, blocked)))
        };
        let count = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
        batch(vec![
            ("need", texts(0, rows().map(|(diagnosis, _)| diagnosis.need()))),
            ("criterion", texts(0, rows().map(|(_, blocked)| blocked.criterion().as_str()))),
            ("blocked", whole(rows().map(|(_, blocked)| count(blocked.offers())))),
            ("only", whole(rows().map(|(_, blocked)| count(blocked.only())))),
            ("offers", whole(rows().map(|(diagnosis, _)| count(diagnosis.offers())))),
            ("matching", whole(rows().map(|(diagnosis, _)| count(diagnosis.matching())))),
        ])
    });
    PyTable::of(py, batch)
}

/// A row for each line of a report's tables.
pub(crate) fn report(py: Python<'_>, report: &wire::ReportResponse) -> PyResult<PyTable> {
    let tables = [
        ("priority", &report.by_priority),
        ("help", &report.by_help),
        ("language", &report.by_language),
        ("region", &report.by_region),
        ("crime", &report.by_crime),
    ];
    let rows = || tables.iter().flat_map(|(by, rows)| rows.iter().map(move |row| (*by, row)));
    type Count = fn(&wire::TallyData) -> u64;
    let counts: [(&'static str, Count); 8] = [
        ("needs", |tally| tally.needs),
        ("people", |tally| tally.people),
        ("cases", |tally| tally.cases),
        ("met", |tally| tally.met),
        ("met_by_neighbour", |tally| tally.met_by_neighbour),
        ("unmet", |tally| tally.unmet),
        ("people_met", |tally| tally.people_met),
        ("people_unmet", |tally| tally.people_unmet),
    ];
    let mut columns = vec![
        ("by", texts(0, rows().map(|(by, _)| by))),
        ("code", maybe_texts(rows().map(|(_, row)| row.code.as_deref()))),
        ("name", maybe_texts(rows().map(|(_, row)| row.name.as_deref()))),
    ];
    for (name, count) in counts {
        let count = |(_, row): (_, &wire::ReportRowData)| i64::try_from(count(&row.tally)).unwrap_or(i64::MAX);
        let column: ArrayRef = Arc::new(rows().map(count).map(Some).collect::<arrow_array::Int64Array>());
        columns.push((name, column));
    }
    PyTable::of(py, batch(columns))
}

fn texts(count: usize, values: impl Iterator<Item = impl AsRef<str>>) -> ArrayRef {
    let mut texts = StringBuilder::with_capacity(count, count.saturating_mul(BYTES));
    for value in values {
        texts.append_value(value);
    }
    Arc::new(texts.finish())
}

fn maybe_texts<'a>(values: impl Iterator<Item = Option<&'a str>>) -> ArrayRef {
    Arc::new(values.collect::<StringArray>())
}

fn whole(values: impl Iterator<Item = i32>) -> ArrayRef {
    Arc::new(values.map(Some).collect::<Int32Array>())
}

fn decimals(values: impl Iterator<Item = Option<f64>>) -> ArrayRef {
    Arc::new(values.collect::<Float64Array>())
}

fn truths(values: impl Iterator<Item = bool>) -> ArrayRef {
    Arc::new(values.map(Some).collect::<BooleanArray>())
}

fn codes(values: impl Iterator<Item = impl Iterator<Item = Criterion>>) -> ArrayRef {
    let mut lists = ListBuilder::new(StringBuilder::new()).with_field(Field::new("item", DataType::Utf8, true));
    for criteria in values {
        for criterion in criteria {
            lists.values().append_value(criterion.as_str());
        }
        lists.append(true);
    }
    let lists: ListArray = lists.finish();
    Arc::new(lists)
}
