//! Tables that go out.

use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, Float64Array, Int32Array, ListArray, RecordBatch, StringArray,
    builder::{ListBuilder, StringBuilder},
};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use lotse::{Criterion, Fit, wire};
use pyo3::{prelude::*, types::PyCapsule};
use pyo3_arrow::ffi::{ArrayIterator, to_schema_pycapsule, to_stream_pycapsule};

use crate::error;

/// Columns of equal length, for anything that speaks the Arrow PyCapsule interface.
///
/// `polars.DataFrame(table)`, `pyarrow.table(table)`, `pandas.DataFrame.from_arrow(table)` and DuckDB take it as it is.
#[pyclass(frozen, name = "Table", module = "lotse")]
pub(crate) struct PyTable {
    batch: RecordBatch,
}

impl PyTable {
    pub(crate) fn of(py: Python<'_>, columns: Vec<(&'static str, ArrayRef)>) -> PyResult<Self> {
        let field = |(name, column): &(&'static str, ArrayRef)| Field::new(*name, column.data_type().clone(), true);
        let schema = Schema::new(columns.iter().map(field).collect::<Vec<_>>());
        let columns = columns.into_iter().map(|(_, column)| column).collect();
        let batch = RecordBatch::try_new(Arc::new(schema), columns);
        batch.map(|batch| Self { batch }).map_err(|error| failed(py, &error))
    }
}

fn failed(py: Python<'_>, error: &ArrowError) -> PyErr {
    error::refuse(py, "response.table", "", &error.to_string())
}

#[pymethods]
impl PyTable {
    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.batch.schema().fields().iter().map(|field| field.name().clone()).collect()
    }

    fn __len__(&self) -> usize {
        self.batch.num_rows()
    }

    fn __repr__(&self) -> String {
        format!("Table({} rows: {})", self.batch.num_rows(), self.column_names().join(", "))
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        Ok(to_schema_pycapsule(py, self.batch.schema().as_ref())?)
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = self.batch.schema();
        let field = Field::new_struct("", schema.fields().clone(), false).with_metadata(schema.metadata().clone());
        let rows: ArrayRef = Arc::new(arrow_array::StructArray::from(self.batch.clone()));
        let batches = ArrayIterator::new(vec![Ok(rows)].into_iter(), Arc::new(field));
        Ok(to_stream_pycapsule(py, Box::new(batches), requested_schema)?)
    }
}

/// A row for each match of each ranking.
pub(crate) fn rankings(py: Python<'_>, rankings: &[lotse::Ranking]) -> PyResult<PyTable> {
    let columns = py.detach(|| {
        let rows =
            || rankings.iter().flat_map(|ranking| (1_i32..).zip(ranking.matches()).map(move |row| (ranking, row)));
        vec![
            ("need", texts(rows().map(|(ranking, _)| ranking.need()))),
            ("rank", whole(rows().map(|(_, (rank, _))| rank))),
            ("offer", texts(rows().map(|(_, (_, pair))| pair.offer()))),
            ("score", decimals(rows().map(|(_, (_, pair))| Some(pair.score().into())))),
            ("to_check", codes(rows().map(|(_, (_, pair))| pair.to_check()))),
        ]
    });
    PyTable::of(py, columns)
}

/// A row for each criterion of each match of each ranking.
pub(crate) fn reasons(
    py: Python<'_>,
    rankings: &[lotse::Ranking],
    text: impl Fn(lotse::Finding<'_>) -> String + Sync + Send,
) -> PyResult<PyTable> {
    let columns = py.detach(|| {
        let mut rows = Vec::new();
        for ranking in rankings {
            for pair in ranking.matches() {
                rows.extend(pair.asked().map(|finding| (ranking.need(), pair.offer(), finding)));
            }
        }
        let fits = |fit: fn(lotse::Finding<'_>) -> Option<Fit>| {
            decimals(rows.iter().map(|(.., finding)| fit(*finding).map(f64::from)))
        };
        vec![
            ("need", texts(rows.iter().map(|(need, ..)| *need))),
            ("offer", texts(rows.iter().map(|(_, offer, _)| *offer))),
            ("criterion", texts(rows.iter().map(|(.., finding)| finding.criterion().as_str()))),
            ("fit", fits(|finding| finding.fit())),
            ("known", truths(rows.iter().map(|(.., finding)| finding.known()))),
            ("weight", fits(|finding| Some(finding.weight()))),
            ("contribution", decimals(rows.iter().map(|(.., finding)| Some(finding.contribution().into())))),
            ("code", texts(rows.iter().map(|(.., finding)| finding.reason().code()))),
            ("text", texts(rows.iter().map(|(.., finding)| text(*finding)))),
        ]
    });
    PyTable::of(py, columns)
}

/// A row for each need of a plan, those without a place first.
pub(crate) fn allocation(py: Python<'_>, plan: &wire::AllocateResponse) -> PyResult<PyTable> {
    let columns = py.detach(|| {
        let unmet = plan.unmet.iter().map(Outcome::Unmet);
        let rows: Vec<Outcome<'_>> = unmet.chain(plan.referrals.iter().map(Outcome::Met)).collect();
        let rows = || rows.iter();
        vec![
            ("need", texts(rows().map(Outcome::need))),
            ("offer", maybe_texts(rows().map(|row| row.met().map(|met| met.offer.as_str())))),
            ("score", decimals(rows().map(|row| row.met().map(|met| met.score.into())))),
            ("fixed", truths(rows().map(|row| row.met().is_some_and(|met| met.fixed)))),
            ("neighbour", truths(rows().map(|row| row.met().is_some_and(|met| met.neighbour)))),
            ("to_check", codes(rows().map(|row| row.met().into_iter().flat_map(|met| met.to_check.iter().copied())))),
            ("reason", maybe_texts(rows().map(|row| row.unmet().map(|unmet| unmet.reason)))),
            ("text", maybe_texts(rows().map(|row| row.unmet().map(|unmet| unmet.text.as_str())))),
        ]
    });
    PyTable::of(py, columns)
}

/// What became of a need.
enum Outcome<'a> {
    Unmet(&'a wire::ToldUnmet),
    Met(&'a wire::ToldReferral),
}

impl<'a> Outcome<'a> {
    fn need(&self) -> &'a str {
        match self {
            Self::Unmet(unmet) => &unmet.need,
            Self::Met(met) => &met.need,
        }
    }

    fn unmet(&self) -> Option<&'a wire::ToldUnmet> {
        match self {
            Self::Unmet(unmet) => Some(unmet),
            Self::Met(_) => None,
        }
    }

    fn met(&self) -> Option<&'a wire::ToldReferral> {
        match self {
            Self::Unmet(_) => None,
            Self::Met(met) => Some(met),
        }
    }
}

/// A row for each criterion that excludes some offer of a need.
pub(crate) fn diagnoses(py: Python<'_>, diagnoses: &[lotse::Diagnosis]) -> PyResult<PyTable> {
    let columns = py.detach(|| {
        let rows = || {
            diagnoses.iter().flat_map(|diagnosis| diagnosis.blocked().iter().map(move |blocked| (diagnosis, blocked)))
        };
        let count = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
        vec![
            ("need", texts(rows().map(|(diagnosis, _)| diagnosis.need()))),
            ("criterion", texts(rows().map(|(_, blocked)| blocked.criterion().as_str()))),
            ("blocked", whole(rows().map(|(_, blocked)| count(blocked.offers())))),
            ("only", whole(rows().map(|(_, blocked)| count(blocked.only())))),
            ("offers", whole(rows().map(|(diagnosis, _)| count(diagnosis.offers())))),
            ("matching", whole(rows().map(|(diagnosis, _)| count(diagnosis.matching())))),
        ]
    });
    PyTable::of(py, columns)
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
    type Count = fn(&wire::ToldTally) -> u64;
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
        ("by", texts(rows().map(|(by, _)| by))),
        ("code", maybe_texts(rows().map(|(_, row)| row.code.as_deref()))),
        ("name", maybe_texts(rows().map(|(_, row)| row.name.as_deref()))),
    ];
    for (name, count) in counts {
        let count = |(_, row): (_, &wire::ToldRow)| i64::try_from(count(&row.tally)).unwrap_or(i64::MAX);
        let column: ArrayRef = Arc::new(rows().map(count).map(Some).collect::<arrow_array::Int64Array>());
        columns.push((name, column));
    }
    PyTable::of(py, columns)
}

fn texts(values: impl Iterator<Item = impl AsRef<str>>) -> ArrayRef {
    Arc::new(values.map(Some).collect::<StringArray>())
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
