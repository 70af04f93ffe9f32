//! What needs no matcher.

use lotse::{Criterion, Lang, wire};
use pyo3::{prelude::*, types::PyString};

use crate::{
    convert, error,
    input::{GivenRecords, today},
    record::{PyNeed, PyOffer},
    vocabulary::PyVocabulary,
};

/// The version of the library.
#[pyfunction]
pub(crate) fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}

/// A criterion in words, as a heading or in a list; `lang` is `en`, `de` or `de-simple`.
///
/// >>> import lotse
/// >>> lotse.criterion_name("language", lang="de")
/// 'Sprache'
#[pyfunction]
#[pyo3(signature = (criterion, *, lang=None), text_signature = "(criterion, *, lang='en')")]
pub(crate) fn criterion_name(
    criterion: &Bound<'_, PyString>,
    lang: Option<&Bound<'_, PyString>>,
) -> PyResult<&'static str> {
    Ok(convert::word::<Criterion>(criterion)?.label(lang.map_or(Ok(Lang::En), convert::word)?))
}

/// The day of the invented incident.
#[pyfunction]
pub(crate) fn example_day() -> &'static str {
    lotse::example::AS_OF
}

/// The offers of the invented incident.
#[pyfunction]
pub(crate) fn example_offers(py: Python<'_>) -> PyResult<Vec<PyOffer>> {
    let offers = lotse::example::offers().map_err(|error| error::raise(py, &error))?;
    Ok(offers.into_iter().map(|inner| PyOffer { inner }).collect())
}

/// The needs of the invented incident.
#[pyfunction]
pub(crate) fn example_needs(py: Python<'_>) -> PyResult<Vec<PyNeed>> {
    let needs = lotse::example::needs().map_err(|error| error::raise(py, &error))?;
    Ok(needs.into_iter().map(|inner| PyNeed { inner }).collect())
}

/// Offers from a list, a table or JSON text. The codes in them are looked up by a matcher.
#[pyfunction]
#[pyo3(signature = (given, /))]
pub(crate) fn offers(given: &Bound<'_, PyAny>) -> PyResult<Vec<PyOffer>> {
    let py = given.py();
    let given = GivenRecords::of(Some(given), None, None, None, None, py)?;
    let records = py.detach(|| given.read()).map_err(|error| error::raise(py, &error))?;
    Ok(records.offers.into_iter().map(|inner| PyOffer { inner }).collect())
}

/// Needs from a list, a table or JSON text. The codes in them are looked up by a matcher.
#[pyfunction]
#[pyo3(signature = (given, /))]
pub(crate) fn needs(given: &Bound<'_, PyAny>) -> PyResult<Vec<PyNeed>> {
    let py = given.py();
    let given = GivenRecords::of(None, Some(given), None, None, None, py)?;
    let records = py.detach(|| given.read()).map_err(|error| error::raise(py, &error))?;
    Ok(records.needs.into_iter().map(|inner| PyNeed { inner }).collect())
}

/// Check records, and find all errors and warnings at once.
///
/// `offers` and `needs` are lists, tables or JSON text, right or wrong; `policy`, `vocabulary` and `as_of` as for a `Matcher`.
/// Gives a dict: `offers` and `needs` (how many), `errors` (nothing can be done with these), `warnings` (what a person
/// should look at). Each has `code`, `path`, `message` and `hint`.
///
/// >>> import lotse
/// >>> found = lotse.check(needs=[{"id": "n-1", "age": "34"}])
/// >>> found["errors"][0]["code"], found["errors"][0]["path"]
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
    let given = GivenRecords::of(offers, needs, policy, additions.as_deref(), as_of, py)?;
    let today = today(py)?;
    let checked = py.detach(|| wire::check_value_on(given.into_value(), &today));
    convert::from_json(py, &checked.map_err(|error| error::raise(py, &error))?)
}
