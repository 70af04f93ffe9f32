//! Results as tables, through the Arrow PyCapsule interface.

use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, Float64Array, Int32Array, ListArray, RecordBatch, StringArray,
    builder::{ListBuilder, StringBuilder},
};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use lotse::{CodeKind, Criterion, Fit, ScoredOffer, Tally};
use pyo3::{prelude::*, types::PyCapsule};
use pyo3_arrow::ffi::{ArrayIterator, to_schema_pycapsule, to_stream_pycapsule};
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

use crate::{error, results::Localization};

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
        ("to_check", codes(rows().map(|(_, (_, scored))| scored.to_check()))),
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
pub(crate) fn allocation(
    py: Python<'_>,
    plan: &lotse::Allocation,
    Localization { lang, vocabulary }: &Localization,
) -> PyResult<PyTable> {
    let batch = py.detach(|| {
        let unmet = plan.unmet().iter().map(PlanRow::Unmet);
        let rows: Vec<PlanRow<'_>> = unmet.chain(plan.referrals().iter().map(PlanRow::Met)).collect();
        let rows = || rows.iter();
        let text = |row: &PlanRow<'_>| row.unmet().map(|unmet| unmet.reason().text(*lang, vocabulary));
        batch(vec![
            ("need", texts(0, rows().map(PlanRow::need))),
            ("offer", nullable_texts(rows().map(|row| row.met().map(lotse::Referral::offer)))),
            ("score", floats(rows().map(|row| row.met().map(|met| met.score().into())))),
            ("fixed", bools(rows().map(|row| row.met().is_some_and(lotse::Referral::is_fixed)))),
            ("neighbour", bools(rows().map(|row| row.met().is_some_and(lotse::Referral::is_from_neighbour)))),
            ("to_check", codes(rows().map(|row| row.met().into_iter().flat_map(|met| met.to_check().iter().copied())))),
            ("reason", nullable_texts(rows().map(|row| row.unmet().map(|unmet| unmet.reason().code())))),
            ("text", nullable_texts(rows().map(text))),
        ])
    });
    PyTable::from_batch(py, batch)
}

/// A need in a plan: without or with a referral.
enum PlanRow<'a> {
    Unmet(&'a lotse::UnmetNeed),
    Met(&'a lotse::Referral),
}

impl<'a> PlanRow<'a> {
    fn need(&self) -> &'a str {
        match self {
            Self::Unmet(unmet) => unmet.need(),
            Self::Met(met) => met.need(),
        }
    }

    fn unmet(&self) -> Option<&'a lotse::UnmetNeed> {
        match self {
            Self::Unmet(unmet) => Some(unmet),
            Self::Met(_) => None,
        }
    }

    fn met(&self) -> Option<&'a lotse::Referral> {
        match self {
            Self::Unmet(_) => None,
            Self::Met(met) => Some(met),
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
pub(crate) fn report(
    py: Python<'_>,
    report: &lotse::Report,
    Localization { lang, vocabulary }: &Localization,
) -> PyResult<PyTable> {
    let tables = [
        ("priority", None, &report.by_priority),
        ("help", Some(CodeKind::Help), &report.by_help),
        ("language", Some(CodeKind::Language), &report.by_language),
        ("region", Some(CodeKind::Region), &report.by_region),
        ("crime", Some(CodeKind::Crime), &report.by_crime),
    ];
    let rows = || tables.iter().flat_map(|(by, kind, rows)| rows.iter().map(move |row| (*by, *kind, row)));
    type Count = fn(&Tally) -> u64;
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
    let name = |(_, kind, row): (_, Option<CodeKind>, &lotse::ReportRow)| {
        let (kind, code) = kind.zip(row.code.as_deref())?;
        Some(vocabulary.name(kind, code, *lang).into_owned())
    };
    let mut columns = vec![
        ("by", texts(0, rows().map(|(by, ..)| by))),
        ("code", nullable_texts(rows().map(|(.., row)| row.code.as_deref()))),
        ("name", nullable_texts(rows().map(name))),
    ];
    for (name, count) in counts {
        let count = |(.., row): (_, _, &lotse::ReportRow)| i64::try_from(count(&row.tally)).unwrap_or(i64::MAX);
        let column: ArrayRef = Arc::new(rows().map(count).map(Some).collect::<arrow_array::Int64Array>());
        columns.push((name, column));
    }
    PyTable::from_batch(py, batch(columns))
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
