//! Sketches: what an import would do with files, for a person to confirm.

use lotse::{
    Lang, Vocabulary,
    import::{Mapping, Sketch},
    wire::{self, Value},
};
use pyo3::prelude::*;

use crate::{
    convert, error,
    immutable::immutable,
    import_report::{PyQuestions, candidate_names},
    mapping::PyMapping,
    payload::{self, Names, State},
    table::PyTable,
};

/// The facts that are recognized in files before an import: the format, the columns, and questions about columns.
///
/// `columns` has a dict for each column: `column`, `field` (`None` if it is not read), `sure`, `use` (`read`, `ignore`, `never`,
/// `unmentioned`), `filled` cells and `samples` of cells. `rows` has the first rows; of needs there are neither rows nor cells.
/// `samples` are words that show the encoding. `mapping` is the mapping that an import would use. Notebooks show the columns.
///
/// >>> import lotse
/// >>> sketch = lotse.sketch_mapping(b"id;Sprachen;Status\n1;Deutsch;frei\n")
/// >>> [(column["column"], column["field"], column["sure"]) for column in sketch.columns][1]
/// ('Sprachen', 'languages', True)
#[pyclass(frozen, eq, name = "Sketch", module = "lotse")]
#[derive(PartialEq)]
pub(crate) struct PySketch {
    /// The wire form.
    data: Value<'static>,
    /// Those of the candidates of its questions.
    names: Names,
    lang: Lang,
}

impl PySketch {
    pub(crate) fn new(py: Python<'_>, sketch: &Sketch, vocabulary: &Vocabulary, lang: Lang) -> PyResult<Self> {
        let data = wire::to_value(sketch).map_err(|error| error::raise(py, &error))?;
        Ok(Self { data, names: candidate_names(&sketch.questions, vocabulary, lang), lang })
    }

    /// Restores a pickled sketch.
    pub(crate) fn restored(data: Value<'static>, names: Names, lang: Lang) -> Self {
        Self { data, names, lang }
    }

    fn field<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        convert::value_to_python(py, payload::get(&self.data, name))
    }

    /// Calls a function with the wire form, the display language and the names of candidates.
    fn call<'py>(&self, py: Python<'py>, module: &str, function: &str) -> PyResult<Bound<'py, PyAny>> {
        py.import(module)?.getattr(function)?.call1((self.to_dict(py)?, self.lang.as_str(), self.names.clone()))
    }
}

#[pymethods]
impl PySketch {
    /// The kind of records: `offers` or `needs`.
    #[getter]
    fn records<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.field(py, "records")
    }

    /// The files, which mapping an import would use, and why the format was recognized.
    #[getter]
    fn recognized<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.field(py, "recognized")
    }

    /// The mapping that an import would use.
    #[getter]
    fn mapping(&self, py: Python<'_>) -> PyResult<PyMapping> {
        let mapping = Mapping::from_value(payload::get(&self.data, "mapping"));
        mapping.map(|inner| PyMapping { inner }).map_err(|error| error::raise(py, &error))
    }

    /// The columns, in the order of the source.
    #[getter]
    fn columns<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.field(py, "columns")
    }

    /// The first rows, at most three, with a cell for each column; empty for needs.
    #[getter]
    fn rows<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.field(py, "rows")
    }

    /// Words that show the encoding, at most three; of needs from the header only.
    #[getter]
    fn samples<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.field(py, "samples")
    }

    /// The questions about columns.
    #[getter]
    fn questions(&self) -> PyQuestions {
        PyQuestions::new(payload::get(&self.data, "questions").clone(), self.names.clone(), self.lang)
    }

    /// Returns the columns as a table with one row for each.
    ///
    /// Columns: `column`, `field` (null if it is not read), `field_name` (a label in the display language), `sure`, `use`, `filled` (cells),
    /// `samples` (list of cells; empty for needs).
    fn to_table(&self, py: Python<'_>) -> PyResult<PyTable> {
        PyTable::from_columns(&self.call(py, "lotse._tables", "sketch")?)
    }

    /// Returns the sketch as a new dict, in the wire form.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::value_to_python(py, &self.data)
    }

    /// Returns the sketch as JSON text, in the wire form.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        convert::json(py, &self.data)
    }

    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        self.call(py, "lotse._html", "render_sketch")?.extract()
    }

    fn __repr__(&self) -> String {
        let count = |name| payload::items(payload::get(&self.data, name)).len();
        format!("Sketch({} columns, {} questions)", count("columns"), count("questions"))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, State)> {
        let state = ("Sketch", self.lang.as_str(), self.to_json(py)?, "null".to_owned(), self.names.clone());
        Ok((py.import("lotse._lotse")?.getattr("restore")?, state))
    }
}

immutable!(PySketch);
