//! Results of imports.

use std::sync::Arc;

use lotse::{
    Lang,
    import::{ImportBuilder, ImportFile, Imported, RecordKind},
    wire::{self, Value},
};
use pyo3::{
    prelude::*,
    types::{PyList, PyString},
};

use crate::{
    answers, convert, error,
    immutable::immutable,
    import_report::{PyImportReport, PyQuestions, candidate_names},
    mapping::PyMapping,
    payload::{self, Names, State},
    progress::run_cancellable,
    record::{PyNeed, PyOffer},
};

/// The result of an import: `offers` or `needs`, which a `Matcher` accepts, a `report`, open `questions`, and the `mapping` that was used.
///
/// Notebooks show what is missing, and the questions. `answer` answers questions and imports again. A pickle has no source: its `answer`
/// raises `lotse.Error`, and its `reveal` returns `None`.
///
/// >>> import lotse
/// >>> imported = lotse.import_offers(b"id;Name;Sprachen\n1;Treff;Deutsch, Kurdisch\n")
/// >>> imported
/// Imported(1 offers, 1 open questions)
/// >>> imported.questions[0]["id"], imported.questions[0]["candidates"]
/// ('language:kurdisch', ['kmr', 'ckb', 'sdh', 'zza', 'ku'])
/// >>> answered = imported.answer({"language:kurdisch": "kmr"})
/// >>> [language["tag"] for language in answered.offers[0].languages]
/// ['de', 'kmr']
#[pyclass(frozen, name = "Imported", module = "lotse")]
pub(crate) struct PyImported {
    records: Records,
    report: Py<PyImportReport>,
    questions: Py<PyQuestions>,
    mapping: Py<PyMapping>,
    lang: Lang,
    // `None` after a pickle, which must not have the file of an office.
    session: Option<Arc<Session>>,
}

/// The records, each an object of its class.
enum Records {
    Offers(Vec<Py<PyOffer>>),
    Needs(Vec<Py<PyNeed>>),
}

/// What an import needs to run once more.
pub(crate) struct Session {
    pub(crate) files: Arc<Vec<ImportFile>>,
    pub(crate) records: RecordKind,
    pub(crate) builder: ImportBuilder,
    pub(crate) vocabulary: lotse::Vocabulary,
    pub(crate) answers: Value<'static>,
    pub(crate) strict: bool,
    pub(crate) lang: Lang,
    /// The words that are withheld, without the records.
    pub(crate) imported: Option<Imported>,
}

impl Session {
    /// Imports the files.
    pub(crate) fn run(mut self, py: Python<'_>, progress: bool) -> PyResult<PyImported> {
        let mut builder = self.builder.clone();
        if !matches!(self.answers, Value::Null) {
            builder = builder.answers(self.answers.clone());
        }
        let mut imported = run_cancellable(py, progress, |on_progress| {
            let imported = builder.build()?.read_with_progress(&self.files, on_progress)?;
            if self.strict {
                imported.check_strict()?;
            }
            Ok(imported)
        })?;
        let raise = |error: lotse::Error| error::raise(py, &error);
        let records = match self.records {
            RecordKind::Needs => Records::needs(py, std::mem::take(&mut imported.needs))?,
            _ => Records::offers(py, std::mem::take(&mut imported.offers))?,
        };
        let report = wire::to_value(&imported.report).map_err(raise)?;
        let names = candidate_names(&imported.questions, &self.vocabulary, self.lang);
        let questions = wire::to_value(&imported.questions).map_err(raise)?;
        let mapping = Py::new(py, PyMapping { inner: imported.mapping.clone() })?;
        let lang = self.lang;
        self.imported = Some(imported);
        PyImported::new(py, records, report, (questions, names), mapping, lang, Some(Arc::new(self)))
    }
}

impl Records {
    fn offers(py: Python<'_>, offers: Vec<lotse::Offer>) -> PyResult<Self> {
        let offers = offers.into_iter().map(|inner| Py::new(py, PyOffer { inner }));
        offers.collect::<PyResult<_>>().map(Self::Offers)
    }

    fn needs(py: Python<'_>, needs: Vec<lotse::Need>) -> PyResult<Self> {
        let needs = needs.into_iter().map(|inner| Py::new(py, PyNeed { inner }));
        needs.collect::<PyResult<_>>().map(Self::Needs)
    }

    /// Decodes the records of a pickle.
    fn restored(py: Python<'_>, data: &Value<'static>) -> PyResult<Self> {
        let raise = |error: lotse::Error| error::raise(py, &error);
        let items = |name| payload::items(payload::get(data, name));
        if matches!(payload::get(data, "needs"), Value::Null) {
            let offers =
                items("offers").iter().map(lotse::Offer::from_value).collect::<Result<_, _>>().map_err(raise)?;
            return Self::offers(py, offers);
        }
        let needs = items("needs").iter().map(lotse::Need::from_value).collect::<Result<_, _>>().map_err(raise)?;
        Self::needs(py, needs)
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Offers(_) => "offers",
            Self::Needs(_) => "needs",
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Offers(offers) => offers.len(),
            Self::Needs(needs) => needs.len(),
        }
    }

    fn value(&self) -> Result<Value<'static>, lotse::Error> {
        match self {
            Self::Offers(offers) => wire::to_value(&offers.iter().map(|offer| &offer.get().inner).collect::<Vec<_>>()),
            Self::Needs(needs) => wire::to_value(&needs.iter().map(|need| &need.get().inner).collect::<Vec<_>>()),
        }
    }

    fn is_equal(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Offers(a), Self::Offers(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.get().inner == b.get().inner)
            }
            (Self::Needs(a), Self::Needs(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.get().inner == b.get().inner)
            }
            _ => false,
        }
    }
}

impl PyImported {
    fn new(
        py: Python<'_>,
        records: Records,
        report: Value<'static>,
        (questions, names): (Value<'static>, Names),
        mapping: Py<PyMapping>,
        lang: Lang,
        session: Option<Arc<Session>>,
    ) -> PyResult<Self> {
        let report = Py::new(py, PyImportReport::new(report, lang))?;
        let questions = Py::new(py, PyQuestions::new(questions, names, lang))?;
        Ok(Self { records, report, questions, mapping, lang, session })
    }

    /// Restores a pickled import from its wire form and the names of the candidates of its questions.
    pub(crate) fn restored(py: Python<'_>, data: &Value<'static>, names: Names, lang: Lang) -> PyResult<Self> {
        let records = Records::restored(py, data)?;
        let mapping = lotse::import::Mapping::from_value(payload::get(data, "mapping"));
        let inner = mapping.map_err(|error| error::raise(py, &error))?;
        let field = |name| payload::get(data, name).clone();
        let mapping = Py::new(py, PyMapping { inner })?;
        Self::new(py, records, field("report"), (field("questions"), names), mapping, lang, None)
    }

    /// Returns the records of the import as data.
    pub(crate) fn records_value(&self) -> Result<Value<'static>, lotse::Error> {
        self.records.value()
    }

    fn value(&self, py: Python<'_>) -> PyResult<Value<'static>> {
        let raise = |error: lotse::Error| error::raise(py, &error);
        Ok(Value::Object(vec![
            (self.records.name().into(), self.records.value().map_err(raise)?),
            ("report".into(), self.report.get().payload.value().map_err(raise)?),
            ("questions".into(), self.questions.get().payload.value().map_err(raise)?),
            ("mapping".into(), self.mapping.get().value(py)?),
        ]))
    }
}

#[pymethods]
impl PyImported {
    /// The offers, in the order of the source; empty if needs were imported.
    #[getter]
    fn offers<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        match &self.records {
            Records::Offers(offers) => PyList::new(py, offers),
            Records::Needs(_) => Ok(PyList::empty(py)),
        }
    }

    /// The needs, in the order of the source; empty if offers were imported.
    #[getter]
    fn needs<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        match &self.records {
            Records::Needs(needs) => PyList::new(py, needs),
            Records::Offers(_) => Ok(PyList::empty(py)),
        }
    }

    /// The report: one counted outcome for every record, column and part of a cell.
    #[getter]
    fn report(&self, py: Python<'_>) -> Py<PyImportReport> {
        self.report.clone_ref(py)
    }

    /// The open questions, the most frequent first.
    #[getter]
    fn questions(&self, py: Python<'_>) -> Py<PyQuestions> {
        self.questions.clone_ref(py)
    }

    /// The mapping that was used, also if it was sketched from the header, with the answers.
    #[getter]
    fn mapping(&self, py: Python<'_>) -> Py<PyMapping> {
        self.mapping.clone_ref(py)
    }

    /// Imports the source once more, with answers to questions; earlier answers are kept.
    ///
    /// `answers` is a dict from the `id` of each question to a value, a list of values, or `None` for a word that states nothing; or a
    /// list of questions with their `answer`; or JSON text or the path of a file with one of these. `progress` shows a bar. Raises
    /// `lotse.Error` for an id that is no question.
    #[pyo3(signature = (answers, /, *, progress=false))]
    fn answer(&self, py: Python<'_>, answers: &Bound<'_, PyAny>, progress: bool) -> PyResult<Self> {
        let Some(session) = &self.session else {
            let hint = "import the source with the answers: import_offers(source, answers=...)";
            let message = "an import from a pickle has no source";
            return Err(error::raise_with_hint(py, "import.source", "", message, Some(hint)));
        };
        let again = Session {
            files: Arc::clone(&session.files),
            builder: session.builder.clone(),
            vocabulary: session.vocabulary.clone(),
            answers: answers::merge(session.answers.clone(), answers::from_input(answers)?),
            imported: None,
            ..**session
        };
        again.run(py, progress)
    }

    /// Returns the word of a question that is withheld because it may identify a person, or `None` if there is no such question.
    ///
    /// It is for the person who opened the source: no other result has the word.
    fn reveal<'py>(&self, py: Python<'py>, id: &Bound<'py, PyString>) -> Option<Bound<'py, PyString>> {
        let imported = self.session.as_ref()?.imported.as_ref()?;
        imported.reveal(&convert::unicode(id)).map(|word| PyString::new(py, word))
    }

    /// Returns the import as a new dict, in the wire form: the records, `report`, `questions` and `mapping`.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::value_to_python(py, &self.value(py)?)
    }

    /// Returns the import as JSON text, in the wire form.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        convert::json(py, &self.value(py)?)
    }

    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        let (report, questions) = (self.report.get().payload.to_dict(py)?, self.questions.get().payload.to_dict(py)?);
        let names = self.questions.get().names();
        let arguments = (report, questions, self.lang.as_str(), names);
        py.import("lotse._html")?.getattr("render_import")?.call1(arguments)?.extract()
    }

    fn __repr__(&self) -> String {
        let questions = self.questions.get().len();
        format!("Imported({} {}, {questions} open questions)", self.records.len(), self.records.name())
    }

    fn __eq__(&self, py: Python<'_>, other: &Self) -> PyResult<bool> {
        Ok(self.records.is_equal(&other.records)
            && self.report.get() == other.report.get()
            && self.questions.get() == other.questions.get()
            && self.mapping.get().value(py)? == other.mapping.get().value(py)?)
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, State)> {
        let state =
            ("Imported", self.lang.as_str(), self.to_json(py)?, "null".to_owned(), self.questions.get().names());
        Ok((py.import("lotse._lotse")?.getattr("restore")?, state))
    }
}

immutable!(PyImported);
