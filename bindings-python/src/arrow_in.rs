//! Tables of records as input, through the Arrow PyCapsule interface.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use arrow_array::{
    Array, ArrayRef, Date32Array, ListArray, RecordBatch, StructArray,
    cast::AsArray as _,
    types::{
        Date32Type, Date64Type, Float64Type, Int64Type, TimestampMicrosecondType, TimestampMillisecondType,
        TimestampNanosecondType, TimestampSecondType,
    },
};
use arrow_cast::cast;
use arrow_schema::{ArrowError, DataType, Field, SchemaRef, TimeUnit};
use lotse::wire::{TableLayout, Value};
use pyo3::{
    exceptions::{PyException, PyImportError, PyValueError},
    prelude::*,
};
use pyo3_arrow::input::AnyRecordBatch;

use crate::{convert, error, record::Record};

/// The rows of a table, each of which is a record.
pub(crate) struct Rows {
    layout: TableLayout,
    batches: Vec<RecordBatch>,
    // INVARIANT: the first row of each batch, ascending, as many as there are batches.
    starts: Vec<usize>,
    count: usize,
    /// The errors of columns that are no fields, which the rows lack.
    unknown_columns: Result<(), lotse::Error>,
}

impl Rows {
    /// Returns `true` if an object has the Arrow PyCapsule interface, or can be converted to one that has it.
    pub(crate) fn is_table(input: &Bound<'_, PyAny>) -> PyResult<bool> {
        if input.hasattr("__arrow_c_stream__")? || input.hasattr("__arrow_c_array__")? {
            return Ok(true);
        }
        helper(input.py(), "is_pandas_frame")?.call1((input,))?.extract()
    }

    /// Reads all batches of a table.
    ///
    /// # Errors
    ///
    /// `table.type` if the rows are not records, or the data are not valid Arrow data; whatever interrupts their check, such as
    /// Ctrl-C.
    pub(crate) fn read<R: Record>(table: &Bound<'_, PyAny>) -> PyResult<Self> {
        let (schema, batches) = import(table, Numbers::Float)?.map_err(|cause| cause.raise(table, R::FIELD))?;
        let mut layout = R::table_layout(schema.fields().iter().map(|field| field.name().as_str()));
        let unknown_columns = layout.reject_unknown_columns();
        let mut count = 0_usize;
        let mut starts = Vec::with_capacity(batches.len());
        for batch in &batches {
            starts.push(count);
            count = count.saturating_add(batch.num_rows());
        }
        Ok(Self { layout, batches, starts, count, unknown_columns })
    }

    /// Returns the number of rows.
    pub(crate) fn len(&self) -> usize {
        self.count
    }

    /// Returns the errors of columns that are no fields.
    pub(crate) fn unknown_columns(&self) -> Result<(), lotse::Error> {
        self.unknown_columns.clone()
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

/// The argument with the files of an import, which errors name.
pub(crate) const SOURCE: &str = "source";

/// The names of columns, and the cells of each.
pub(crate) type Columns = (Vec<String>, Vec<Vec<Value<'static>>>);

/// Reads a table of any columns. Cells of a type that no field has, such as times of day, are text.
///
/// # Errors
///
/// Those of [`Rows::read`], about the source of an import.
pub(crate) fn columns(table: &Bound<'_, PyAny>) -> PyResult<Columns> {
    let no_table = |cause: NoTable| cause.raise(table, SOURCE);
    if !Rows::is_table(table)? {
        return Err(no_table(NoTable::Invalid));
    }
    let (schema, batches) = import(table, Numbers::Exact)?.map_err(no_table)?;
    let mut columns = vec![Vec::new(); schema.fields().len()];
    for batch in &batches {
        let fields = batch.schema_ref().fields();
        for ((cells, column), field) in columns.iter_mut().zip(batch.columns()).zip(fields) {
            let text = with_text(column).ok_or_else(|| no_table(NoTable::Column(field.name().clone())))?;
            cells.extend((0..text.len()).map(|row| cell(&text, row).into_owned()));
        }
    }
    Ok((schema.fields().iter().map(|field| field.name().clone()).collect(), columns))
}

/// Casts times of day and the like to text, or returns `None` for a type that [`cell`] does not read.
fn with_text(column: &ArrayRef) -> Option<ArrayRef> {
    match column.data_type() {
        DataType::Time32(_) | DataType::Time64(_) | DataType::Duration(_) | DataType::Interval(_) => {
            cast(column, &DataType::Utf8).ok()
        }
        data_type => is_cell(data_type).then(|| Arc::clone(column)),
    }
}

/// Returns `true` if [`cell`] reads a normalized type.
fn is_cell(data_type: &DataType) -> bool {
    match data_type {
        DataType::List(field) => is_cell(field.data_type()),
        DataType::Struct(fields) => fields.iter().all(|field| is_cell(field.data_type())),
        DataType::Utf8
        | DataType::Int64
        | DataType::Float64
        | DataType::Boolean
        | DataType::Date32
        | DataType::Date64
        | DataType::Timestamp(_, None)
        | DataType::Null => true,
        _ => false,
    }
}

/// Returns a function of the Python module that knows the libraries of tables.
fn helper<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
    py.import("lotse._arrow").and_then(|module| module.getattr(name))
}

/// Returns what to do with an object that is no table of records, or `None` if it is nothing like one.
pub(crate) fn remedy(input: &Bound<'_, PyAny>) -> Option<String> {
    helper(input.py(), "remedy").and_then(|remedy| remedy.call1((input,))).ok()?.extract().ok()?
}

/// The cause for which an object is no table of records.
enum NoTable {
    /// Not a table, or not valid Arrow data.
    Invalid,
    /// A frame of pandas, which cannot be converted without pyarrow.
    LacksPyArrow,
    /// A table with times of a time zone that this system does not know.
    UnknownZone,
    /// A table with a column of a type that is no cell, such as bytes or maps.
    Column(String),
}

impl NoTable {
    /// Creates the error about input at a path.
    fn raise(self, table: &Bound<'_, PyAny>, path: &str) -> PyErr {
        let hint = match self {
            Self::Invalid => remedy(table),
            Self::LacksPyArrow => Some("install pyarrow, which pandas uses for Arrow".to_owned()),
            Self::UnknownZone => Some("install tzdata, or convert times with a time zone to dates".to_owned()),
            Self::Column(name) => Some(format!("cast the column {name:?} to text")),
        };
        let message =
            if path == SOURCE { "not a file, bytes or a valid table" } else { "not a valid table of records" };
        error::raise_with_hint(table.py(), "table.type", path, message, hint.as_deref())
    }
}

type Imported = Result<(SchemaRef, Vec<RecordBatch>), NoTable>;

/// How integers of 64 bits without a sign are read.
#[derive(Clone, Copy)]
enum Numbers {
    /// As floats, which are out of the range of every field if they are not exact.
    Float,
    /// As text, because a key may have as many digits.
    Exact,
}

/// Imports and validates all batches.
fn import(table: &Bound<'_, PyAny>, numbers: Numbers) -> PyResult<Imported> {
    let py = table.py();
    let table = match helper(py, "validate")?.call1((table,)) {
        Ok(table) => table,
        Err(failure) if failure.is_instance_of::<PyImportError>(py) => return Ok(Err(NoTable::LacksPyArrow)),
        // Its message is dropped, because it may repeat values of needs.
        Err(invalid) if invalid.is_instance_of::<PyException>(py) => return Ok(Err(NoTable::Invalid)),
        Err(interrupt) => return Err(interrupt),
    };
    // The import of invalid data panics: of a struct, for example, whose columns are shorter than itself.
    let import = || {
        let batches = table.extract::<AnyRecordBatch>().and_then(AnyRecordBatch::into_reader).ok()?;
        let schema = batches.schema();
        if schema.fields().iter().any(|field| is_too_deep(field.data_type(), convert::MAX_DEPTH)) {
            return None;
        }
        let batches = py.detach(|| batches.map(|batch| validate_full(&batch?, numbers)).collect::<Result<Vec<_>, _>>());
        Some((schema, batches.ok()?))
    };
    let Some((schema, batches)) = catch_unwind(AssertUnwindSafe(import)).ok().flatten() else {
        return Ok(Err(NoTable::Invalid));
    };
    match batches.iter().map(|batch| with_local_days(py, batch)).collect::<PyResult<_>>() {
        Ok(batches) => Ok(Ok((schema, batches))),
        Err(failure) if failure.is_instance_of::<PyException>(py) => Ok(Err(NoTable::UnknownZone)),
        Err(interrupt) => Err(interrupt),
    }
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
fn validate_full(batch: &RecordBatch, numbers: Numbers) -> Result<RecordBatch, ArrowError> {
    for column in batch.columns() {
        column.to_data().validate_full()?;
    }
    normalize(batch, numbers)
}

/// Casts a batch to the few types that [`cell`] reads: text, integers, floats, booleans, lists and structs.
fn normalize(batch: &RecordBatch, numbers: Numbers) -> Result<RecordBatch, ArrowError> {
    let mut fields = Vec::with_capacity(batch.num_columns());
    let mut columns: Vec<ArrayRef> = Vec::with_capacity(batch.num_columns());
    for (field, column) in batch.schema().fields().iter().zip(batch.columns()) {
        let data_type = match (column.data_type(), numbers) {
            (DataType::UInt64 | DataType::Decimal128(_, 0) | DataType::Decimal256(_, 0), Numbers::Exact) => {
                DataType::Utf8
            }
            (data_type, _) => normalized_type(data_type),
        };
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

/// Replaces times with a time zone by the days that a clock there shows.
///
/// Python has the data of time zones, so this is not left to [`cell`], which runs without the interpreter.
fn with_local_days(py: Python<'_>, batch: &RecordBatch) -> PyResult<RecordBatch> {
    if !batch.schema().fields().iter().any(|field| has_zone(field.data_type())) {
        return Ok(batch.clone());
    }
    let columns = batch.columns().iter().map(|column| local_days(py, column)).collect::<PyResult<Vec<_>>>()?;
    let fields = batch.schema_ref().fields().iter().zip(&columns);
    let fields: Vec<Field> = fields.map(|(field, column)| with_type_of(field, column)).collect();
    let schema = Arc::new(arrow_schema::Schema::new(fields));
    RecordBatch::try_new(schema, columns).map_err(arrow_error)
}

/// Returns `true` if times of a type, at any depth, have a time zone.
fn has_zone(data_type: &DataType) -> bool {
    match data_type {
        DataType::Timestamp(_, zone) => zone.is_some(),
        DataType::List(field) => has_zone(field.data_type()),
        DataType::Struct(fields) => fields.iter().any(|field| has_zone(field.data_type())),
        _ => false,
    }
}

fn local_days(py: Python<'_>, column: &ArrayRef) -> PyResult<ArrayRef> {
    match column.data_type() {
        DataType::Timestamp(unit, Some(zone)) => {
            let times = cast(column, &DataType::Int64).map_err(arrow_error)?;
            let times = times.as_primitive::<Int64Type>().iter();
            let seconds: Vec<Option<i64>> = times.map(|time| Some(time?.div_euclid(per_second(unit)))).collect();
            let days: Vec<Option<i64>> = helper(py, "local_days")?.call1((&**zone, seconds))?.extract()?;
            // A day that is out of range stays so.
            let days = days.into_iter().map(|day| day.map(|day| i32::try_from(day).unwrap_or(i32::MAX)));
            Ok(Arc::new(Date32Array::from_iter(days)))
        }
        DataType::List(field) if has_zone(field.data_type()) => {
            let lists = column.as_list::<i32>();
            let items = local_days(py, lists.values())?;
            let field = Arc::new(with_type_of(field, &items));
            let lists = ListArray::try_new(field, lists.offsets().clone(), items, lists.nulls().cloned());
            Ok(Arc::new(lists.map_err(arrow_error)?))
        }
        DataType::Struct(fields) if has_zone(column.data_type()) => {
            let records = column.as_struct();
            let columns =
                records.columns().iter().map(|column| local_days(py, column)).collect::<PyResult<Vec<_>>>()?;
            let fields = fields.iter().zip(&columns).map(|(field, column)| with_type_of(field, column)).collect();
            let records = StructArray::try_new(fields, columns, records.nulls().cloned());
            Ok(Arc::new(records.map_err(arrow_error)?))
        }
        _ => Ok(Arc::clone(column)),
    }
}

fn with_type_of(field: &Field, column: &ArrayRef) -> Field {
    Field::new(field.name(), column.data_type().clone(), true)
}

fn arrow_error(_: ArrowError) -> PyErr {
    PyValueError::new_err("not valid Arrow data")
}

fn per_second(unit: &TimeUnit) -> i64 {
    match unit {
        TimeUnit::Second => 1,
        TimeUnit::Millisecond => 1_000,
        TimeUnit::Microsecond => 1_000_000,
        TimeUnit::Nanosecond => 1_000_000_000,
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
        DataType::Timestamp(TimeUnit::Second, None) => {
            date(column.as_primitive::<TimestampSecondType>().value(row), DAY_SECONDS)
        }
        DataType::Timestamp(TimeUnit::Millisecond, None) => {
            date(column.as_primitive::<TimestampMillisecondType>().value(row), DAY_SECONDS * 1_000)
        }
        DataType::Timestamp(TimeUnit::Microsecond, None) => {
            date(column.as_primitive::<TimestampMicrosecondType>().value(row), DAY_SECONDS * 1_000_000)
        }
        DataType::Timestamp(TimeUnit::Nanosecond, None) => {
            date(column.as_primitive::<TimestampNanosecondType>().value(row), DAY_SECONDS * 1_000_000_000)
        }
        DataType::Null => Value::Null,
        _ => convert::invalid(),
    }
}

const DAY_SECONDS: i64 = 86_400;

/// Returns the date of a time as text. `units_per_day` is the resolution of the time.
fn date(time: i64, units_per_day: i64) -> Value<'static> {
    let days = i32::try_from(time.div_euclid(units_per_day)).ok();
    let text = days.and_then(|days| cast(&Date32Array::from(vec![days]), &DataType::Utf8).ok());
    match text {
        Some(text) if text.is_valid(0) => text.as_string::<i32>().value(0).to_owned().into(),
        _ => convert::invalid(),
    }
}
