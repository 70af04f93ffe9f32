//! Functions that need no matcher.

use std::ffi::OsString;

use lotse::{
    Criterion, Lang,
    wire::{CallOptions, Operation as _, op},
};
use pyo3::{prelude::*, types::PyString};

use crate::{
    convert, error,
    input::{RequestInput, today},
    pool,
    progress::run_cancellable,
    record::{PyNeed, PyOffer},
    vocabulary::PyVocabulary,
};

/// Returns the version of the library.
#[pyfunction]
pub(crate) fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}

/// Runs the command `lotse` with arguments, of which the first is its name, and returns its exit code.
///
/// It reads standard input and writes to the standard output of the process, not to `sys.stdout`.
#[pyfunction]
#[pyo3(signature = (arguments, /))]
pub(crate) fn run_command_line(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
    py.detach(|| lotse::command_line::run(arguments))
}

/// Returns the label of a criterion, for headings and lists; `lang` is `en`, `de` or `de-simple`.
///
/// >>> import lotse
/// >>> lotse.criterion_label("language", lang="de")
/// 'Sprache'
#[pyfunction]
#[pyo3(signature = (criterion, *, lang=None), text_signature = "(criterion, *, lang='en')")]
pub(crate) fn criterion_label(
    criterion: &Bound<'_, PyString>,
    lang: Option<&Bound<'_, PyString>>,
) -> PyResult<&'static str> {
    Ok(convert::parse::<Criterion>(criterion)?.label(lang.map_or(Ok(Lang::En), convert::parse)?))
}

/// Returns the labels of codes and fields, by kind and code; `lang` is `en`, `de` or `de-simple`.
///
/// Names of languages, regions, crimes, contexts, kinds of help, roles and access tags are in a `Vocabulary`.
///
/// >>> import lotse
/// >>> lotse.labels("de")["priority"]["stat"]
/// 'sofort'
#[pyfunction]
#[pyo3(signature = (lang=None), text_signature = "(lang='en')")]
pub(crate) fn labels<'py>(lang: Option<&Bound<'py, PyString>>, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
    convert::to_python(py, &lotse::labels(lang.map_or(Ok(Lang::En), convert::parse)?))
}

/// Returns the day of the invented incident.
#[pyfunction]
pub(crate) fn example_day() -> &'static str {
    lotse::example::AS_OF
}

/// Returns the offers of the invented incident.
#[pyfunction]
pub(crate) fn example_offers(py: Python<'_>) -> PyResult<Vec<PyOffer>> {
    let offers = lotse::example::offers().map_err(|error| error::raise(py, &error))?;
    Ok(offers.into_iter().map(|inner| PyOffer { inner }).collect())
}

/// Returns the needs of the invented incident.
#[pyfunction]
pub(crate) fn example_needs(py: Python<'_>) -> PyResult<Vec<PyNeed>> {
    let needs = lotse::example::needs().map_err(|error| error::raise(py, &error))?;
    Ok(needs.into_iter().map(|inner| PyNeed { inner }).collect())
}

/// Decodes offers from a list, a table or JSON text. Their codes are looked up by a matcher.
#[pyfunction]
#[pyo3(signature = (records, /))]
pub(crate) fn decode_offers(records: &Bound<'_, PyAny>) -> PyResult<Vec<PyOffer>> {
    let py = records.py();
    let input = RequestInput::new(Some(records), None, None, None, None, py)?;
    let dataset = pool::detach(py, || input.decode())?.map_err(|error| error::raise(py, &error))?;
    Ok(dataset.offers.into_iter().map(|inner| PyOffer { inner }).collect())
}

/// Decodes needs from a list, a table or JSON text. Their codes are looked up by a matcher.
#[pyfunction]
#[pyo3(signature = (records, /))]
pub(crate) fn decode_needs(records: &Bound<'_, PyAny>) -> PyResult<Vec<PyNeed>> {
    let py = records.py();
    let input = RequestInput::new(None, Some(records), None, None, None, py)?;
    let dataset = pool::detach(py, || input.decode())?.map_err(|error| error::raise(py, &error))?;
    Ok(dataset.needs.into_iter().map(|inner| PyNeed { inner }).collect())
}

/// Checks records, and reports all errors and warnings at once.
///
/// `offers` and `needs` are lists, tables or JSON text, valid or not; `policy`, `vocabulary` and `as_of` are those of a
/// `Matcher`. Returns a dict: the numbers of `offers` and `needs`, `errors` (invalid input) and `warnings` (valid input that
/// may be a mistake). Each of these has `code`, `path`, `message` and `hint`.
///
/// >>> import lotse
/// >>> report = lotse.check(needs=[{"id": "n-1", "age": "34"}])
/// >>> report["errors"][0]["code"], report["errors"][0]["path"]
/// ('need.type', 'needs[0].age')
#[pyfunction]
#[pyo3(signature = (*, offers=None, needs=None, policy=None, vocabulary=None, as_of=None))]
pub(crate) fn check<'py>(
    py: Python<'py>,
    offers: Option<&Bound<'py, PyAny>>,
    needs: Option<&Bound<'py, PyAny>>,
    policy: Option<&Bound<'py, PyAny>>,
    vocabulary: Option<&Bound<'py, PyAny>>,
    as_of: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let additions = vocabulary.map(PyVocabulary::additions).transpose()?.flatten();
    let input = RequestInput::new(offers, needs, policy, additions.as_deref(), as_of, py)?;
    let today = today(py)?;
    let report = run_cancellable(py, false, move |on_progress| {
        let options = CallOptions::new().today(today).progress(on_progress);
        op::Check::run(op::Check::decode(&input.into_value(), &options)?, &options)
    })?;
    convert::to_python(py, &report)
}
