//! Reports of imports, and their open questions.

use lotse::{
    CodeKind, Lang, Vocabulary,
    import::{ImportReport, Question, WordKind, labels},
    wire::Value,
};
use pyo3::{prelude::*, types::PyString};
use serde::Serialize;

use crate::{
    convert,
    immutable::immutable,
    payload::{self, CoreResult, Localization, Names, Payload, State},
    result_methods::result_methods,
    table::PyTable,
};

/// The report of an import: one counted outcome for every record, column and part of a cell.
///
/// `records` has the counts of records, `columns` those of each column, and `questions` the number of open questions. The lists `lost`,
/// `left_out`, `hidden`, `assumed`, `repaired`, `merged` and `suspicions` have notes: `code`, `count`, `at` (rows or paths, at most 100),
/// and if there are such `column` and `field`. No note has a value of a need. Notebooks show what is missing first.
#[pyclass(frozen, eq, name = "ImportReport", module = "lotse")]
#[derive(PartialEq)]
pub(crate) struct PyImportReport {
    // The data only, which are those of a pickle.
    pub(crate) payload: Payload<ImportReport>,
}

impl CoreResult for ImportReport {
    const CLASS: &'static str = "ImportReport";

    fn localized<'a>(&'a self, localization: &'a Localization) -> impl Serialize + 'a {
        let _ = localization;
        self
    }
}

impl PyImportReport {
    /// Creates a report from its wire form.
    pub(crate) fn new(data: Value<'static>, lang: Lang) -> Self {
        Self { payload: Payload::restored(data, Value::Null, Names::new(), lang) }
    }

    fn count(&self, name: &str) -> i64 {
        match &self.payload {
            Payload::Computed(..) => 0,
            Payload::Restored(restored) => payload::int(payload::get(payload::get(&restored.data, "records"), name)),
        }
    }
}

#[pymethods]
impl PyImportReport {
    /// The files, which mapping was used, and why the format was recognized.
    #[getter]
    fn recognized<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.wire_field(py, "recognized")
    }

    /// The day of the import, or `None`.
    #[getter]
    fn as_of<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.wire_field(py, "as_of")
    }

    /// The counts of records: `read = used + merged + left_out`, `produced = used + added`.
    #[getter]
    fn records<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.wire_field(py, "records")
    }

    /// The counts of each column: `parts = understood + assumed + asked + no_value + lost`.
    #[getter]
    fn columns<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.wire_field(py, "columns")
    }

    /// The number of open questions.
    #[getter]
    fn questions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.wire_field(py, "questions")
    }

    /// The notes about readings that are customary but not certain.
    #[getter]
    fn assumed<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.wire_field(py, "assumed")
    }

    /// The notes about damage that was repaired.
    #[getter]
    fn repaired<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.wire_field(py, "repaired")
    }

    /// The notes about records that were left out.
    #[getter]
    fn left_out<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.wire_field(py, "left_out")
    }

    /// The notes about records that were merged into others.
    #[getter]
    fn merged<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.wire_field(py, "merged")
    }

    /// The notes about parts of cells that no field has.
    #[getter]
    fn lost<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.wire_field(py, "lost")
    }

    /// The notes about columns that are not read, and values that are hidden.
    #[getter]
    fn hidden<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.wire_field(py, "hidden")
    }

    /// The notes about what may be a mistake in the source; they change no record.
    #[getter]
    fn suspicions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.wire_field(py, "suspicions")
    }

    /// The changes since an earlier import, if one was given: `new`, `changed`, `gone`, `same`; else `None`.
    #[getter]
    fn changes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.wire_field(py, "changes")
    }

    /// The licences of the source.
    #[getter]
    fn licence<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.wire_field(py, "licence")
    }

    /// Returns the columns of the source as a table with one row for each.
    ///
    /// Columns: `column`, `use` (`read`, `ignore`, `never`, `unmentioned`), `fields` (list), and the counts `filled` (cells), `parts` (of
    /// cells), `understood`, `assumed`, `asked`, `no_value`, `lost` (parts).
    fn to_table(&self, py: Python<'_>) -> PyResult<PyTable> {
        self.payload.table(py, "import_columns")
    }

    /// Returns the notes as a table with one row for each; what is missing comes first.
    ///
    /// Columns: `section` (`lost`, `left_out`, `hidden`, `assumed`, `repaired`, `merged`, `suspicions`), `code`, `text` (a label in the
    /// display language), `count`, `column`, `field` (null if it has none), `at` (list of rows or paths).
    fn note_table(&self, py: Python<'_>) -> PyResult<PyTable> {
        self.payload.table(py, "import_notes")
    }

    fn __repr__(&self) -> String {
        let [read, produced, left_out] = ["read", "produced", "left_out"].map(|name| self.count(name));
        format!("ImportReport({read} records read, {produced} produced, {left_out} left out)")
    }
}

result_methods!(PyImportReport, "report", "render_import_report");

/// The open questions of an import, the most frequent first; a sequence of dicts.
///
/// Each has `id`, `kind`, `text` (as written first; `None` if it may identify a person), `columns`, `count`, `at` (at most three rows),
/// `candidates` (values that may be meant, best first), `why`, and `answer`, which is `None`. `Imported.answer` answers them.
#[pyclass(frozen, eq, name = "Questions", module = "lotse")]
#[derive(PartialEq)]
pub(crate) struct PyQuestions {
    pub(crate) payload: Payload<Vec<Question>>,
}

impl CoreResult for Vec<Question> {
    const CLASS: &'static str = "Questions";

    fn localized<'a>(&'a self, localization: &'a Localization) -> impl Serialize + 'a {
        let _ = localization;
        self
    }
}

impl PyQuestions {
    /// Creates the questions from their wire form, and the names of their candidates.
    pub(crate) fn new(data: Value<'static>, names: Names, lang: Lang) -> Self {
        Self { payload: Payload::restored(data, Value::Null, names, lang) }
    }

    fn list<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.payload.to_dict(py)
    }

    /// Returns the names of the candidates.
    pub(crate) fn names(&self) -> Names {
        self.payload.names_in(&Value::Null)
    }

    pub(crate) fn len(&self) -> usize {
        match &self.payload {
            Payload::Computed(questions, _) => questions.len(),
            Payload::Restored(restored) => payload::items(&restored.data).len(),
        }
    }
}

#[pymethods]
impl PyQuestions {
    /// Returns the questions as a table with one row for each, the most frequent first.
    ///
    /// Columns: `id` (the key of an answer), `kind`, `kind_name`, `text` (null if it may identify a person), `columns` (list), `count`,
    /// `at` (list of rows), `why`, `why_name`, `candidates` and `candidate_names` (lists, best first).
    fn to_table(&self, py: Python<'_>) -> PyResult<PyTable> {
        self.payload.table(py, "questions")
    }

    /// Returns the questions as JSON text: the form of a file in which a person writes the answers.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        self.payload.to_json(py)
    }

    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        self.payload.render(py, "render_questions")
    }

    fn __len__(&self) -> usize {
        self.len()
    }

    fn __getitem__<'py>(&self, py: Python<'py>, index: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        // With the semantics of a list, in which a slice is a list.
        self.list(py)?.get_item(index)
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.list(py)?.call_method0("__iter__")
    }

    fn __reversed__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.list(py)?.call_method0("__reversed__")
    }

    fn __repr__(&self) -> String {
        format!("Questions({} open)", self.len())
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, State)> {
        self.payload.reduce(py)
    }
}

immutable!(PyQuestions);

/// Returns the names of the candidates of questions, by the id of the question and the position of the candidate: `id#0`.
pub(crate) fn candidate_names(questions: &[Question], vocabulary: &Vocabulary, lang: Lang) -> Names {
    let mut names = Names::new();
    for question in questions {
        for (index, candidate) in question.candidates.iter().enumerate() {
            if let Some(name) = candidate_name(question.kind, candidate, vocabulary, lang) {
                names.insert(format!("{}#{index}", question.id), name);
            }
        }
    }
    names
}

/// Returns the name of a value that may be meant, or `None` if it is data that need none.
fn candidate_name(kind: WordKind, candidate: &Value<'static>, vocabulary: &Vocabulary, lang: Lang) -> Option<String> {
    let code = [candidate, payload::get(candidate, "tag"), payload::get(candidate, "code")]
        .into_iter()
        .find_map(payload::text)?;
    let name = match (lotse::labels(lang).get(kind.as_str(), code), kind.as_str().parse::<CodeKind>()) {
        (Some(label), _) => label.to_owned(),
        (None, Ok(kind)) => vocabulary.name(kind, code, lang).into_owned(),
        (None, Err(_)) => labels(lang).get("field", code)?.to_owned(),
    };
    let details = [("how", "how"), ("level", "level")].into_iter().filter_map(|(field, kind)| {
        lotse::labels(lang).get(kind, payload::text(payload::get(candidate, field))?).map(str::to_owned)
    });
    let contexts = payload::items(payload::get(candidate, "context"))
        .iter()
        .filter_map(|context| Some(vocabulary.name(CodeKind::Context, payload::text(context)?, lang).into_owned()));
    let details = details.chain(contexts).collect::<Vec<_>>().join(", ");
    Some(if details.is_empty() { name } else { format!("{name} ({details})") })
}

/// Returns the labels of reports and questions of imports, by kind and code; `lang` is `en`, `de` or `de-simple`.
///
/// >>> import lotse
/// >>> lotse.import_labels("de")["section"]["lost"]
/// 'nicht übernommen'
#[pyfunction]
#[pyo3(signature = (lang=None), text_signature = "(lang='en')")]
pub(crate) fn import_labels<'py>(lang: Option<&Bound<'py, PyString>>, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
    convert::to_python(py, &labels(lang.map_or(Ok(Lang::En), convert::parse)?))
}
