//! The class of tables: columns of equal length, with the Arrow PyCapsule interface.

use std::sync::Arc;

use arrow_array::{
    Array as _, ArrayRef, BooleanArray, Float64Array, Int32Array, Int64Array, ListArray, RecordBatch, StringArray,
    builder::{ListBuilder, StringBuilder},
    cast::AsArray as _,
    types::{Float64Type, Int32Type, Int64Type},
};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use pyo3::{
    prelude::*,
    types::{PyCapsule, PyDict, PyList},
};
use pyo3_arrow::ffi::{ArrayIterator, to_schema_pycapsule, to_stream_pycapsule};

use crate::{error, immutable::immutable};

/// A result as columns of equal length, with the Arrow PyCapsule interface.
///
/// `polars.DataFrame(table)`, `pyarrow.table(table)`, `pandas.DataFrame(table)` and DuckDB accept it. Iteration yields a dict for
/// each row, and `to_dict` returns a list for each column. A table can be compared, copied and pickled.
///
/// pandas builds a frame of dicts, so a table without rows has no columns there: `pandas.DataFrame(table.to_dict())` keeps them,
/// and `pandas.DataFrame.from_arrow(table)` (3 or newer) or `pyarrow.table(table).to_pandas()` is faster for large tables.
///
/// >>> import lotse
/// >>> table = lotse.Matcher([{"id": "o-1", "name": "Advice centre"}]).rank_table([{"id": "n-1"}])
/// >>> [(row["need"], row["offer"], row["offer_name"]) for row in table]
/// [('n-1', 'o-1', 'Advice centre')]
#[pyclass(frozen, eq, name = "Table", module = "lotse")]
pub(crate) struct PyTable {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

/// A column in Python: its name, its type and its values.
type Column<'py> = (String, String, Bound<'py, PyList>);

impl PyTable {
    pub(crate) fn from_batch(py: Python<'_>, batch: Result<RecordBatch, ArrowError>) -> PyResult<Self> {
        Self::from_batches(py, batch.map(|batch| vec![batch]))
    }

    /// Creates a table of batches with the same columns.
    pub(crate) fn from_batches(py: Python<'_>, batches: Result<Vec<RecordBatch>, ArrowError>) -> PyResult<Self> {
        let batches = batches.map_err(|error| error::raise_detail(py, "response.table", "", &error.to_string()))?;
        let schema = batches.first().map_or_else(|| Arc::new(Schema::empty()), RecordBatch::schema);
        Ok(Self { schema, batches })
    }

    /// Creates a table of a list of columns in Python.
    pub(crate) fn from_columns(columns: &Bound<'_, PyAny>) -> PyResult<Self> {
        let py = columns.py();
        let invalid = |message: &str| error::raise_detail(py, "value", "", message);
        let columns: Vec<Column<'_>> = columns.extract().map_err(|_| invalid("expected columns of a table"))?;
        let arrays = columns.into_iter().map(|(name, kind, values)| {
            let array = array(&kind, &values).map_err(|_| invalid("expected values of the type of a column"))?;
            Ok((name, array))
        });
        let arrays = arrays.collect::<PyResult<Vec<_>>>()?;
        Self::from_batch(py, batch(arrays))
    }
}

impl PartialEq for PyTable {
    /// Compares columns and rows, however these are divided into batches.
    fn eq(&self, other: &Self) -> bool {
        let rows = |table: &Self| table.batches.iter().map(RecordBatch::num_rows).sum::<usize>();
        if self.schema != other.schema || rows(self) != rows(other) {
            return false;
        }
        let (mut ours, mut theirs) = (self.batches.iter().cloned(), other.batches.iter().cloned());
        let (mut a, mut b) = (None, None);
        loop {
            let (Some(left), Some(right)) = (next_rows(&mut a, &mut ours), next_rows(&mut b, &mut theirs)) else {
                return true;
            };
            let common = left.num_rows().min(right.num_rows());
            if left.slice(0, common) != right.slice(0, common) {
                return false;
            }
            a = Some(left.slice(common, left.num_rows().saturating_sub(common)));
            b = Some(right.slice(common, right.num_rows().saturating_sub(common)));
        }
    }
}

/// Returns the remaining rows of a batch, or those of the next batch that has some.
fn next_rows(rest: &mut Option<RecordBatch>, batches: &mut impl Iterator<Item = RecordBatch>) -> Option<RecordBatch> {
    let has_rows = |batch: &RecordBatch| batch.num_rows() > 0;
    rest.take().filter(has_rows).or_else(|| batches.find(has_rows))
}

/// Creates a batch of named columns of equal length.
pub(crate) fn batch<N: Into<String>>(columns: Vec<(N, ArrayRef)>) -> Result<RecordBatch, ArrowError> {
    let mut fields = Vec::with_capacity(columns.len());
    let mut arrays = Vec::with_capacity(columns.len());
    for (name, column) in columns {
        fields.push(Field::new(name, column.data_type().clone(), true));
        arrays.push(column);
    }
    RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays)
}

/// Creates an array of values, of a type that [`kind`] returns.
fn array(kind: &str, values: &Bound<'_, PyList>) -> PyResult<ArrayRef> {
    Ok(match kind {
        "bool" => Arc::new(BooleanArray::from(values.extract::<Vec<Option<bool>>>()?)),
        "int32" => Arc::new(Int32Array::from(values.extract::<Vec<Option<i32>>>()?)),
        "int64" => Arc::new(Int64Array::from(values.extract::<Vec<Option<i64>>>()?)),
        "double" => Arc::new(Float64Array::from(values.extract::<Vec<Option<f64>>>()?)),
        "list" => Arc::new(lists(values.extract::<Vec<Vec<String>>>()?)),
        _ => Arc::new(StringArray::from(values.extract::<Vec<Option<String>>>()?)),
    })
}

/// Creates an array of lists of strings.
pub(crate) fn lists<S: AsRef<str>>(rows: impl IntoIterator<Item = impl IntoIterator<Item = S>>) -> ListArray {
    let mut lists = ListBuilder::new(StringBuilder::new()).with_field(Field::new("item", DataType::Utf8, true));
    for row in rows {
        for text in row {
            lists.values().append_value(text);
        }
        lists.append(true);
    }
    lists.finish()
}

/// Returns the name of a type in pickles. Tables have no other types.
fn kind(data_type: &DataType) -> &'static str {
    match data_type {
        DataType::Boolean => "bool",
        DataType::Int32 => "int32",
        DataType::Int64 => "int64",
        DataType::Float64 => "double",
        DataType::List(_) => "list",
        _ => "string",
    }
}

/// Appends the values of an array to a list.
fn append(array: &ArrayRef, list: &Bound<'_, PyList>) -> PyResult<()> {
    match array.data_type() {
        DataType::Boolean => array.as_boolean().iter().try_for_each(|value| list.append(value)),
        DataType::Int32 => array.as_primitive::<Int32Type>().iter().try_for_each(|value| list.append(value)),
        DataType::Int64 => array.as_primitive::<Int64Type>().iter().try_for_each(|value| list.append(value)),
        DataType::Float64 => array.as_primitive::<Float64Type>().iter().try_for_each(|value| list.append(value)),
        DataType::List(_) => array.as_list::<i32>().iter().try_for_each(|items| {
            let inner = PyList::empty(list.py());
            items.iter().try_for_each(|items| append(items, &inner))?;
            list.append(inner)
        }),
        _ => array.as_string::<i32>().iter().try_for_each(|value| list.append(value)),
    }
}

/// Restores a pickled table from its columns: names, types and values.
#[pyfunction]
#[pyo3(signature = (columns, /))]
pub(crate) fn restore_table(columns: &Bound<'_, PyAny>) -> PyResult<PyTable> {
    PyTable::from_columns(columns)
}

#[pymethods]
impl PyTable {
    /// The names of the columns.
    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.schema.fields().iter().map(|field| field.name().clone()).collect()
    }

    /// Returns a new dict with the list of values of each column.
    ///
    /// >>> import lotse
    /// >>> lotse.Matcher([{"id": "o-1"}]).rank_table([{"id": "n-1"}]).to_dict()["offer"]
    /// ['o-1']
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let columns = PyDict::new(py);
        for (name, _, values) in self.columns(py)? {
            columns.set_item(name, values)?;
        }
        Ok(columns)
    }

    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        py.import("lotse._tables")?.getattr("iterate_rows")?.call1((self.to_dict(py)?,))
    }

    fn __repr__(&self) -> String {
        format!("Table({} rows: {})", self.__len__(), self.column_names().join(", "))
    }

    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        py.import("lotse._html")?.getattr("render_table")?.call1((self.to_dict(py)?,))?.extract()
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

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (Vec<Column<'py>>,))> {
        Ok((py.import("lotse._lotse")?.getattr("restore_table")?, (self.columns(py)?,)))
    }
}

immutable!(PyTable);

impl PyTable {
    fn columns<'py>(&self, py: Python<'py>) -> PyResult<Vec<Column<'py>>> {
        let fields = self.schema.fields().iter().enumerate();
        let columns = fields.map(|(index, field)| {
            let list = PyList::empty(py);
            self.batches.iter().try_for_each(|batch| append(batch.column(index), &list))?;
            Ok((field.name().clone(), kind(field.data_type()).to_owned(), list))
        });
        columns.collect()
    }
}
