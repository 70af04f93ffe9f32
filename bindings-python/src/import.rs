//! Imports: foreign files to records.

use std::sync::Arc;

use lotse::{
    Date, Lang, Vocabulary,
    import::{Import, ImportBuilder, RecordKind},
    wire::Value,
};
use pyo3::{
    prelude::*,
    types::{PyDict, PyString},
};

use crate::{
    answers, convert, error,
    imported::{PyImported, Session},
    input::{self, RecordsInput},
    mapping::PyMapping,
    pool,
    record::Record,
    sketch::PySketch,
    sources,
    vocabulary::PyVocabulary,
};

/// Imports records of a kind from a source, with the keywords of `lotse.import_offers`.
#[pyfunction]
#[pyo3(signature = (records, source, options, /))]
pub(crate) fn import_records(
    records: &Bound<'_, PyString>,
    source: &Bound<'_, PyAny>,
    options: &Bound<'_, PyDict>,
) -> PyResult<PyImported> {
    let py = source.py();
    let options = Options::new(convert::parse(records)?, options)?;
    let session = Session {
        builder: options.builder()?,
        vocabulary: options.vocabulary.clone(),
        answers: options.get("answers")?.map_or(Ok(Value::Null), |input| answers::from_input(&input))?,
        strict: options.flag("strict")?,
        lang: options.lang()?,
        records: options.records,
        files: Arc::new(sources::read(source)?),
        imported: None,
    };
    session.run(py, options.flag("progress")?)
}

/// Recognizes a source and its columns, with the keywords of `lotse.sketch_mapping`.
#[pyfunction]
#[pyo3(signature = (records, source, options, /))]
pub(crate) fn sketch_records(
    records: &Bound<'_, PyString>,
    source: &Bound<'_, PyAny>,
    options: &Bound<'_, PyDict>,
) -> PyResult<PySketch> {
    let options = Options::new(convert::parse(records)?, options)?;
    let (mut builder, lang) = (options.builder()?, options.lang()?);
    if let Some(given) = options.get("answers")? {
        builder = builder.answers(answers::from_input(&given)?);
    }
    let files = sources::read(source)?;
    let sketch = pool::detach(source.py(), || builder.build()?.sketch(&files))?;
    let sketch = sketch.map_err(|error| error::raise(source.py(), &error))?;
    PySketch::new(source.py(), &sketch, &options.vocabulary, lang)
}

/// The keywords of a function, of which those that are `None` are not given.
pub(crate) struct Options<'a, 'py> {
    pub(crate) records: RecordKind,
    pub(crate) vocabulary: Vocabulary,
    given: &'a Bound<'py, PyDict>,
}

impl<'a, 'py> Options<'a, 'py> {
    pub(crate) fn new(records: RecordKind, given: &'a Bound<'py, PyDict>) -> PyResult<Self> {
        let vocabulary = given.get_item("vocabulary")?.filter(|input| !input.is_none());
        let vocabulary = vocabulary.map_or_else(|| Ok(Vocabulary::default()), |input| PyVocabulary::tables(&input))?;
        Ok(Self { records, vocabulary, given })
    }

    fn get(&self, name: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
        Ok(self.given.get_item(name)?.filter(|value| !value.is_none()))
    }

    pub(crate) fn flag(&self, name: &str) -> PyResult<bool> {
        self.get(name)?.map_or(Ok(false), |flag| flag.extract())
    }

    pub(crate) fn text(&self, name: &str) -> PyResult<Option<String>> {
        self.get(name)?.map(|text| Ok(convert::unicode(text.cast()?))).transpose()
    }

    pub(crate) fn lang(&self) -> PyResult<Lang> {
        self.get("lang")?.map_or(Ok(Lang::En), |lang| convert::parse(lang.cast()?))
    }

    /// Returns the day, which defaults to today.
    pub(crate) fn day(&self) -> PyResult<Date> {
        let py = self.given.py();
        match self.get("as_of")?.map(|day| convert::to_value(&day)) {
            None => input::today(py),
            Some(Value::String(day)) => day.parse().map_err(|error| error::raise(py, &error)),
            Some(_) => Err(error::raise_detail(py, "request.type", "as_of", "expected a date")),
        }
    }

    /// Returns the builder of the import, without answers.
    fn builder(&self) -> PyResult<ImportBuilder> {
        let py = self.given.py();
        let mut builder = Import::builder(self.records).vocabulary(&self.vocabulary).as_of(self.day()?);
        if let Some(mapping) = self.get("mapping")? {
            builder = builder.mapping(PyMapping::from_input(&mapping)?);
        }
        if let Some(region) = self.text("within")? {
            builder = builder.within(region);
        }
        if let Some(prefix) = self.text("prefix")? {
            builder = builder.prefix(prefix);
        }
        if let Some(format) = self.text("format")? {
            builder = builder.format(format);
        }
        if let Some(encoding) = self.text("encoding")? {
            builder = builder.encoding(encoding);
        }
        if let Some(delimiter) = self.text("delimiter")? {
            let mut letters = delimiter.chars();
            let (Some(delimiter), None) = (letters.next(), letters.next()) else {
                return Err(error::raise_detail(py, "request.value", "delimiter", "expected one character"));
            };
            builder = builder.delimiter(delimiter);
        }
        if let Some(sheet) = self.text("sheet")? {
            builder = builder.sheet(sheet);
        }
        if let Some(postcodes) = self.get("postcodes")? {
            builder = builder.postcodes(postcode_regions(&postcodes)?);
        }
        Ok(match self.get("previous")? {
            None => builder,
            Some(previous) if self.records == RecordKind::Needs => {
                builder.previous(previous_records::<lotse::Need>(&previous)?)
            }
            Some(previous) => builder.previous(previous_records::<lotse::Offer>(&previous)?),
        })
    }
}

/// Reads a dict from postcodes to the key of a region, or a list of keys.
fn postcode_regions(input: &Bound<'_, PyAny>) -> PyResult<Vec<(String, Vec<String>)>> {
    let invalid =
        || error::raise_detail(input.py(), "request.type", "postcodes", "expected a dict from postcodes to regions");
    let Value::Object(fields) = convert::to_value(input) else { return Err(invalid()) };
    let text = |value: Value<'static>| if let Value::String(text) = value { Some(text.into_owned()) } else { None };
    let regions = |value| match value {
        Value::Array(items) => items.into_iter().map(text).collect(),
        other => text(other).map(|key| vec![key]),
    };
    fields
        .into_iter()
        .map(|(postcode, value)| Some((postcode.into_owned(), regions(value)?)))
        .collect::<Option<_>>()
        .ok_or_else(invalid)
}

/// Returns the records of an earlier import: its result, or records in any form that a matcher accepts, or the path of a file.
fn previous_records<R: Record + serde::Serialize>(input: &Bound<'_, PyAny>) -> PyResult<Value<'static>> {
    let raise = |error: lotse::Error| error::raise(input.py(), &error);
    if let Ok(imported) = input.cast::<PyImported>() {
        return imported.get().records_value().map_err(raise);
    }
    match records_input::<R>(input)?.into_field() {
        Ok(records) => Ok(records),
        Err(decoded) => lotse::wire::to_value(&decoded).map_err(raise),
    }
}

/// Reads records in any form that a matcher accepts, or from the file at a path.
fn records_input<R: Record>(input: &Bound<'_, PyAny>) -> PyResult<RecordsInput<R>> {
    RecordsInput::new(&input.py().import("lotse._files")?.getattr("read_source")?.call1((input,))?)
}

/// Decodes records in any form that a matcher accepts, or from the file at a path, or those of an import.
pub(crate) fn records_of<R: Record + Send>(input: &Bound<'_, PyAny>) -> PyResult<Vec<R>> {
    let py = input.py();
    let input = if input.is_instance_of::<PyImported>() { input.getattr(R::FIELD)? } else { input.clone() };
    let records = records_input::<R>(&input)?;
    records.decode().map_err(|error| error::raise(py, &error))
}
