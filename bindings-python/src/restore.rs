//! Restores pickled results.

use lotse::{Lang, wire::Value};
use pyo3::{IntoPyObjectExt as _, prelude::*};

use crate::{
    allocation::PyAllocation,
    convert,
    diff::PyPlanDiff,
    error,
    evaluation::PyEvaluation,
    export::PyExported,
    import_report::{PyImportReport, PyQuestions},
    imported::PyImported,
    payload::{Names, Payload},
    report::PyReport,
    results::{PyDiagnosis, PyExplanation, PyMatch, PyRanking},
    sketch::PySketch,
};

/// Restores a pickled result from its data.
#[pyfunction]
#[pyo3(signature = (class_name, lang, data, additional, names, /))]
pub(crate) fn restore<'py>(
    py: Python<'py>,
    class_name: &str,
    lang: &Bound<'py, pyo3::types::PyString>,
    data: &str,
    additional: &str,
    names: Names,
) -> PyResult<Bound<'py, PyAny>> {
    let lang: Lang = convert::parse(lang)?;
    let parse = |text| Value::from_json(text).map(Value::into_owned).map_err(|error| error::raise(py, &error));
    let (data, additional) = (parse(data)?, parse(additional)?);
    match class_name {
        "Ranking" => PyRanking { payload: Payload::restored(data, additional, names, lang) }.into_bound_py_any(py),
        "Match" => PyMatch { payload: Payload::restored(data, additional, names, lang) }.into_bound_py_any(py),
        "Explanation" => {
            PyExplanation { payload: Payload::restored(data, additional, names, lang) }.into_bound_py_any(py)
        }
        "Diagnosis" => PyDiagnosis { payload: Payload::restored(data, additional, names, lang) }.into_bound_py_any(py),
        "Allocation" => {
            PyAllocation { payload: Payload::restored(data, additional, names, lang) }.into_bound_py_any(py)
        }
        "Evaluation" => {
            PyEvaluation { payload: Payload::restored(data, additional, names, lang) }.into_bound_py_any(py)
        }
        "Report" => PyReport { payload: Payload::restored(data, additional, names, lang) }.into_bound_py_any(py),
        "PlanDiff" => PyPlanDiff { payload: Payload::restored(data, additional, names, lang) }.into_bound_py_any(py),
        "Imported" => PyImported::restored(py, &data, names, lang)?.into_bound_py_any(py),
        "Exported" => PyExported::restored(data, lang).into_bound_py_any(py),
        "ImportReport" => PyImportReport::new(data, lang).into_bound_py_any(py),
        "Questions" => PyQuestions::new(data, names, lang).into_bound_py_any(py),
        "Sketch" => PySketch::restored(data, names, lang).into_bound_py_any(py),
        _ => Err(error::raise_detail(py, "value", "", "expected a class of results")),
    }
}
