//! Tables of records as input, through the Arrow PyCapsule interface.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use arrow_array::{
    Array, ArrayRef, Date32Array, RecordBatch,
    cast::AsArray as _,
    types::{
        Date32Type, Date64Type, Float64Type, Int64Type, TimestampMicrosecondType, TimestampMillisecondType,
        TimestampNanosecondType, TimestampSecondType,
    },
};
use arrow_cast::cast;
use arrow_schema::{ArrowError, DataType, Field, SchemaRef, TimeUnit};
use lotse::wire::{TableLayout, Value};
use pyo3::{exceptions::PyException, prelude::*};
use pyo3_arrow::input::AnyRecordBatch;

use crate::{convert, error, record::Record};

/// The rows of a table, each of which is a record.
pub(crate) struct Rows {
    layout: TableLayout,
    batches: Vec<RecordBatch>,
    // INVARIANT: the first row of each batch, ascending, as many as there are batches.
    starts: Vec<usize>,
    count: usize,
}

impl Rows {
    /// Returns `true` if an object has the Arrow PyCapsule interface.
    pub(crate) fn is_table(input: &Bound<'_, PyAny>) -> PyResult<bool> {
        Ok(input.hasattr("__arrow_c_stream__")? || input.hasattr("__arrow_c_array__")?)
    }

    /// Reads all batches of a table.
    ///
    /// # Errors
    ///
    /// `table.type` if the rows are not records, or the data are not valid Arrow data; whatever interrupts their check, such as
    /// Ctrl-C.
    pub(crate) fn read<R: Record>(table: &Bound<'_, PyAny>) -> PyResult<Self> {
        let py = table.py();
        let (schema, batches) = import(table)?
            .ok_or_else(|| error::raise_detail(py, "table.type", R::FIELD, "not a valid table of records"))?;
        let layout = R::table_layout(schema.fields().iter().map(|field| field.name().as_str()));
        let mut count = 0_usize;
        let mut starts = Vec::with_capacity(batches.len());
        for batch in &batches {
            starts.push(count);
            count = count.saturating_add(batch.num_rows());
        }
        Ok(Self { layout, batches, starts, count })
    }

    /// Returns the number of rows.
    pub(crate) fn len(&self) -> usize {
        self.count
    }

    /// Returns the record in a row, or `Null` beyond the last one.
    pub(crate) fn record(&self, row: usize) -> Value<'_> {
        let index = self.starts.partition_point(|start| *start <= row).saturating_sub(1);
        let (Some(batch), Some(start)) = (self.batches.get(index), self.starts.get(index)) else {
            return Value::Null;
        };
        let row = row.saturating_sub(*start);
        self.layout.record(batch.columns().iter().map(|column| cell(column, row)))
    }
}

/// Imports and validates all batches; `None` if the input is no table, or not valid Arrow data.
fn import(table: &Bound<'_, PyAny>) -> PyResult<Option<(SchemaRef, Vec<RecordBatch>)>> {
    let py = table.py();
    let validate = py.import("lotse._arrow").and_then(|module| module.getattr("validate"))?;
    let table = match validate.call1((table,)) {
        Ok(table) => table,
        // Its message is dropped, because it may repeat values of needs.
        Err(invalid) if invalid.is_instance_of::<PyException>(py) => return Ok(None),
        Err(interrupt) => return Err(interrupt),
    };
    // The import of invalid data panics: of a struct, for example, whose columns are shorter than itself.
    let import = || {
        let batches = table.extract::<AnyRecordBatch>().and_then(AnyRecordBatch::into_reader).ok()?;
        let schema = batches.schema();
        if schema.fields().iter().any(|field| is_too_deep(field.data_type(), convert::MAX_DEPTH)) {
            return None;
        }
        let batches = py.detach(|| batches.map(|batch| validate_full(&batch?)).collect::<Result<Vec<_>, _>>());
        Some((schema, batches.ok()?))
    };
    Ok(catch_unwind(AssertUnwindSafe(import)).ok().flatten())
}

/// Returns `true` if a type is nested deeper than `limit`.
fn is_too_deep(data_type: &DataType, limit: usize) -> bool {
    let Some(limit) = limit.checked_sub(1) else { return true };
    let is_too_deep_field = |field: &Arc<Field>| is_too_deep(field.data_type(), limit);
    match data_type {
        DataType::List(field)
        | DataType::LargeList(field)
        | DataType::ListView(field)
        | DataType::LargeListView(field)
        | DataType::FixedSizeList(field, _)
        | DataType::Map(field, _)
        | DataType::RunEndEncoded(_, field) => is_too_deep_field(field),
        DataType::Struct(fields) => fields.iter().any(is_too_deep_field),
        DataType::Union(fields, _) => fields.iter().any(|(_, field)| is_too_deep_field(field)),
        DataType::Dictionary(_, values) => is_too_deep(values, limit),
        _ => false,
    }
}

/// Returns a batch of the types that [`cell`] reads, after a check of each offset, index and text.
fn validate_full(batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
    for column in batch.columns() {
        column.to_data().validate_full()?;
    }
    normalize(batch)
}

/// Casts a batch to the few types that [`cell`] reads: text, integers, floats, booleans, lists and structs.
fn normalize(batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
    let mut fields = Vec::with_capacity(batch.num_columns());
    let mut columns: Vec<ArrayRef> = Vec::with_capacity(batch.num_columns());
    for (field, column) in batch.schema().fields().iter().zip(batch.columns()) {
        let data_type = normalized_type(column.data_type());
        let column = if data_type == *column.data_type() { Arc::clone(column) } else { cast(column, &data_type)? };
        fields.push(Field::new(field.name(), data_type, true));
        columns.push(column);
    }
    let schema = Arc::new(arrow_schema::Schema::new(fields));
    let options = arrow_array::RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
    RecordBatch::try_new_with_options(schema, columns, &options)
}

fn normalized_type(data_type: &DataType) -> DataType {
    let item = |field: &Field| Arc::new(Field::new("item", normalized_type(field.data_type()), true));
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
        | DataType::UInt64 // values above i64::MAX
        | DataType::Decimal32(..)
        | DataType::Decimal64(..)
        | DataType::Decimal128(..)
        | DataType::Decimal256(..) => DataType::Float64,
        DataType::Dictionary(_, values) => normalized_type(values),
        DataType::List(field)
        | DataType::LargeList(field)
        | DataType::ListView(field)
        | DataType::LargeListView(field)
        | DataType::FixedSizeList(field, _) => DataType::List(item(field)),
        DataType::Struct(fields) => {
            let normalize = |field: &Arc<Field>| Field::new(field.name(), normalized_type(field.data_type()), true);
            DataType::Struct(fields.iter().map(normalize).collect())
        }
        other => other.clone(),
    }
}

/// Returns the value of one cell. A type that no field has becomes a value that no field accepts.
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
            // Null means the same as absent.
            Value::Object(values.filter(|(_, value)| !matches!(value, Value::Null)).collect())
        }
        DataType::Date32 => date(i64::from(column.as_primitive::<Date32Type>().value(row)), 1),
        DataType::Date64 => date(column.as_primitive::<Date64Type>().value(row), DAY_SECONDS * 1_000),
        DataType::Timestamp(TimeUnit::Second, _) => {
            date(column.as_primitive::<TimestampSecondType>().value(row), DAY_SECONDS)
        }
        DataType::Timestamp(TimeUnit::Millisecond, _) => {
            date(column.as_primitive::<TimestampMillisecondType>().value(row), DAY_SECONDS * 1_000)
        }
        DataType::Timestamp(TimeUnit::Microsecond, _) => {
            date(column.as_primitive::<TimestampMicrosecondType>().value(row), DAY_SECONDS * 1_000_000)
        }
        DataType::Timestamp(TimeUnit::Nanosecond, _) => {
            date(column.as_primitive::<TimestampNanosecondType>().value(row), DAY_SECONDS * 1_000_000_000)
        }
        DataType::Null => Value::Null,
        _ => convert::invalid(),
    }
}

const DAY_SECONDS: i64 = 86_400;

/// Returns the date of a UTC time as text. `units_per_day` is the resolution of the time.
fn date(time: i64, units_per_day: i64) -> Value<'static> {
    let days = i32::try_from(time.div_euclid(units_per_day)).ok();
    let text = days.and_then(|days| cast(&Date32Array::from(vec![days]), &DataType::Utf8).ok());
    match text {
        Some(text) if text.is_valid(0) => text.as_string::<i32>().value(0).to_owned().into(),
        _ => convert::invalid(),
    }
}
