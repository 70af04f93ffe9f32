//! Tables of records, by way of the Arrow PyCapsule interface.

use std::sync::Arc;

use arrow_array::{
    Array, ArrayRef, Date32Array, RecordBatch,
    cast::AsArray as _,
    types::{
        Date32Type, Date64Type, Float64Type, Int64Type, TimestampMicrosecondType, TimestampMillisecondType,
        TimestampNanosecondType, TimestampSecondType,
    },
};
use arrow_cast::cast;
use arrow_schema::{ArrowError, DataType, Field, TimeUnit};
use lotse::wire::{TableLayout, Value};
use pyo3::prelude::*;
use pyo3_arrow::input::AnyRecordBatch;

use crate::{convert, error, input::Listed};

/// The rows of a table, each of which is a record.
pub(crate) struct Rows {
    columns: TableLayout,
    batches: Vec<RecordBatch>,
    /// The row with which each batch begins.
    starts: Vec<usize>,
    count: usize,
}

impl Rows {
    /// Whether this is a table.
    pub(crate) fn are(given: &Bound<'_, PyAny>) -> PyResult<bool> {
        Ok(given.hasattr("__arrow_c_stream__")? || given.hasattr("__arrow_c_array__")?)
    }

    pub(crate) fn of<R: Listed>(given: &Bound<'_, PyAny>) -> PyResult<Self> {
        let py = given.py();
        let refused = || error::refuse(py, "table.type", R::NAME, "not a table of records");
        let batches = given.extract::<AnyRecordBatch>().map_err(|_| refused())?.into_reader().map_err(|_| refused())?;
        let schema = batches.schema();
        let columns = R::columns(schema.fields().iter().map(|field| field.name().as_str()));
        let batches: Result<Vec<RecordBatch>, ArrowError> =
            py.detach(|| batches.map(|batch| batch.and_then(|batch| simple(&batch))).collect());
        let batches = batches.map_err(|_| refused())?;
        let mut count = 0_usize;
        let mut starts = Vec::with_capacity(batches.len());
        for batch in &batches {
            starts.push(count);
            count = count.saturating_add(batch.num_rows());
        }
        Ok(Self { columns, batches, starts, count })
    }

    pub(crate) fn len(&self) -> usize {
        self.count
    }

    /// The record in a row.
    pub(crate) fn record(&self, row: usize) -> Value<'_> {
        let number = self.starts.partition_point(|start| *start <= row).saturating_sub(1);
        let (Some(batch), Some(start)) = (self.batches.get(number), self.starts.get(number)) else {
            return Value::Null;
        };
        let row = row.saturating_sub(*start);
        self.columns.record(batch.columns().iter().map(|column| cell(column, row)))
    }
}

/// The same rows in few types: text, whole and other numbers, truth, lists and structs.
fn simple(batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
    let mut fields = Vec::with_capacity(batch.num_columns());
    let mut columns: Vec<ArrayRef> = Vec::with_capacity(batch.num_columns());
    for (field, column) in batch.schema().fields().iter().zip(batch.columns()) {
        let plain = simple_type(column.data_type());
        let column = if plain == *column.data_type() { Arc::clone(column) } else { cast(column, &plain)? };
        fields.push(Field::new(field.name(), plain, true));
        columns.push(column);
    }
    let schema = Arc::new(arrow_schema::Schema::new(fields));
    let rows = arrow_array::RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
    RecordBatch::try_new_with_options(schema, columns, &rows)
}

fn simple_type(data_type: &DataType) -> DataType {
    let item = |field: &Field| Arc::new(Field::new("item", simple_type(field.data_type()), true));
    match data_type {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => DataType::Utf8,
        DataType::Int8
        | DataType::Int16
        | DataType::Int32
        | DataType::Int64
        | DataType::UInt8
        | DataType::UInt16
        | DataType::UInt32 => DataType::Int64,
        DataType::Float16
        | DataType::Float32
        | DataType::Float64
        | DataType::UInt64 // some of them are no 64-bit integers
        | DataType::Decimal32(..)
        | DataType::Decimal64(..)
        | DataType::Decimal128(..)
        | DataType::Decimal256(..) => DataType::Float64,
        DataType::Dictionary(_, values) => simple_type(values),
        DataType::List(field)
        | DataType::LargeList(field)
        | DataType::ListView(field)
        | DataType::LargeListView(field)
        | DataType::FixedSizeList(field, _) => DataType::List(item(field)),
        DataType::Struct(fields) => {
            let simple = |field: &Arc<Field>| Field::new(field.name(), simple_type(field.data_type()), true);
            DataType::Struct(fields.iter().map(simple).collect())
        }
        other => other.clone(),
    }
}

/// What one cell holds; what no record has becomes what no field takes.
fn cell(column: &ArrayRef, row: usize) -> Value<'_> {
    if column.is_null(row) {
        return Value::Null;
    }
    match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().value(row).into(),
        DataType::Int64 => Value::Int(column.as_primitive::<Int64Type>().value(row)),
        DataType::Float64 => Value::Float(column.as_primitive::<Float64Type>().value(row)),
        DataType::Boolean => Value::Bool(column.as_boolean().value(row)),
        DataType::List(_) => {
            let lists = column.as_list::<i32>();
            let end =
                |row: usize| lists.value_offsets().get(row).and_then(|end| usize::try_from(*end).ok()).unwrap_or(0);
            Value::Array((end(row)..end(row.saturating_add(1))).map(|item| cell(lists.values(), item)).collect())
        }
        DataType::Struct(fields) => {
            let values = fields.iter().zip(column.as_struct().columns());
            let values = values.map(|(field, column)| (field.name().as_str().into(), cell(column, row)));
            // What is null is absent anyway.
            Value::Object(values.filter(|(_, value)| !matches!(value, Value::Null)).collect())
        }
        DataType::Date32 => day(i64::from(column.as_primitive::<Date32Type>().value(row)), 1),
        DataType::Date64 => day(column.as_primitive::<Date64Type>().value(row), SECONDS * 1_000),
        DataType::Timestamp(TimeUnit::Second, _) => {
            day(column.as_primitive::<TimestampSecondType>().value(row), SECONDS)
        }
        DataType::Timestamp(TimeUnit::Millisecond, _) => {
            day(column.as_primitive::<TimestampMillisecondType>().value(row), SECONDS * 1_000)
        }
        DataType::Timestamp(TimeUnit::Microsecond, _) => {
            day(column.as_primitive::<TimestampMicrosecondType>().value(row), SECONDS * 1_000_000)
        }
        DataType::Timestamp(TimeUnit::Nanosecond, _) => {
            day(column.as_primitive::<TimestampNanosecondType>().value(row), SECONDS * 1_000_000_000)
        }
        DataType::Null => Value::Null,
        _ => convert::unfit(),
    }
}

/// Seconds of a day.
const SECONDS: i64 = 86_400;

/// The day of a time in UTC, as text; times are so many parts of a day.
fn day(time: i64, parts: i64) -> Value<'static> {
    let days = i32::try_from(time.div_euclid(parts)).ok();
    let text = days.and_then(|days| cast(&Date32Array::from(vec![days]), &DataType::Utf8).ok());
    match text {
        Some(text) if text.is_valid(0) => text.as_string::<i32>().value(0).to_owned().into(),
        _ => convert::unfit(),
    }
}
