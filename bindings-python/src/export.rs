//! Exports: records in the formats of others.

use lotse::{
    import::export::{ExportOptions, to_hsds3, to_table},
    wire::{self, Value},
};
use pyo3::{
    prelude::*,
    types::{PyDict, PyString},
};

use crate::{
    convert, error,
    immutable::immutable,
    import::{Options, records_of},
    payload::{self, Names, State},
    pool,
    table::PyTable,
};

/// The files of an export, and a report on what they lack.
///
/// `files` is a dict from names to texts, the main one first; `save` writes them to a folder. `report` has the number of `records`, and
/// `notes` with `code`, `count`, and the ids of the first records in `at`.
///
/// >>> import lotse
/// >>> exported = lotse.export_offers([lotse.Offer(id="o-1", name="Treff", languages=["de"])])
/// >>> list(exported.files)
/// ['offers.csv', 'offers.map.json', 'datapackage.json']
#[pyclass(frozen, eq, name = "Exported", module = "lotse")]
#[derive(PartialEq)]
pub(crate) struct PyExported {
    /// The wire form.
    data: Value<'static>,
    lang: lotse::Lang,
}

impl PyExported {
    /// Restores a pickled export.
    pub(crate) fn restored(data: Value<'static>, lang: lotse::Lang) -> Self {
        Self { data, lang }
    }

    fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        let files = payload::items(payload::get(&self.data, "files")).iter();
        files.filter_map(|file| {
            Some((payload::text(payload::get(file, "name"))?, payload::text(payload::get(file, "text"))?))
        })
    }

    fn call<'py>(&self, py: Python<'py>, module: &str, function: &str) -> PyResult<Bound<'py, PyAny>> {
        py.import(module)?.getattr(function)?.call1((self.to_dict(py)?, self.lang.as_str(), Names::new()))
    }
}

#[pymethods]
impl PyExported {
    /// The texts of the files by name, as a new dict.
    #[getter]
    fn files<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let files = PyDict::new(py);
        self.texts().try_for_each(|(name, text)| files.set_item(name, text))?;
        Ok(files)
    }

    /// The report: the number of records, and notes about what the files lack.
    #[getter]
    fn report<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::value_to_python(py, payload::get(&self.data, "report"))
    }

    /// Writes the files to a folder, which is created if it does not exist.
    fn save(&self, py: Python<'_>, folder: &Bound<'_, PyAny>) -> PyResult<()> {
        py.import("lotse._files")?.getattr("write_files")?.call1((folder, self.files(py)?)).map(drop)
    }

    /// Returns the notes as a table with one row for each.
    ///
    /// Columns: `code`, `text` (a label in the display language), `count`, `field` (null if it has none), `at` (list of ids).
    fn to_table(&self, py: Python<'_>) -> PyResult<PyTable> {
        PyTable::from_columns(&self.call(py, "lotse._tables", "export_notes")?)
    }

    /// Returns the export as a new dict, in the wire form.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::value_to_python(py, &self.data)
    }

    /// Returns the export as JSON text, in the wire form.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        convert::json(py, &self.data)
    }

    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        self.call(py, "lotse._html", "render_export")?.extract()
    }

    fn __repr__(&self) -> String {
        let names: Vec<&str> = self.texts().map(|(name, _)| name).collect();
        format!("Exported({})", names.join(", "))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, State)> {
        let state = ("Exported", self.lang.as_str(), self.to_json(py)?, "null".to_owned(), Names::new());
        Ok((py.import("lotse._lotse")?.getattr("restore")?, state))
    }
}

immutable!(PyExported);

/// Exports records of a kind, with the keywords of `lotse.export_offers`.
#[pyfunction]
#[pyo3(signature = (records, source, options, /))]
pub(crate) fn export_records(
    records: &Bound<'_, PyString>,
    source: &Bound<'_, PyAny>,
    options: &Bound<'_, PyDict>,
) -> PyResult<PyExported> {
    let py = source.py();
    let options = Options::new(convert::parse(records)?, options)?;
    let to = options.text("to")?.unwrap_or_default();
    let mut chosen = ExportOptions::new()
        .vocabulary(&options.vocabulary)
        .as_of(options.day()?)
        .package(options.flag("package")?)
        .with_capacity(options.flag("with_capacity")?);
    if let Some(licence) = options.text("licence")? {
        chosen = chosen.licence(licence);
    }
    let (offers, needs) = match options.records {
        lotse::import::RecordKind::Needs => (Vec::new(), records_of::<lotse::Need>(source)?),
        _ => (records_of::<lotse::Offer>(source)?, Vec::new()),
    };
    let exported = match (options.records, to.as_str()) {
        (lotse::import::RecordKind::Needs, "csv") => pool::detach(py, || to_table(&needs, &chosen))?,
        (lotse::import::RecordKind::Offers, "csv") => pool::detach(py, || to_table(&offers, &chosen))?,
        (lotse::import::RecordKind::Offers, "hsds3") => pool::detach(py, || to_hsds3(&offers, &chosen))?,
        (kind, _) => {
            let hint = if kind == lotse::import::RecordKind::Needs { "csv" } else { "one of csv, hsds3" };
            return Err(error::raise_with_hint(py, "request.value", "to", "no format of an export", Some(hint)));
        }
    };
    let raise = |error: lotse::Error| error::raise(py, &error);
    let data = wire::to_value(&exported.map_err(raise)?).map_err(raise)?;
    Ok(PyExported { data, lang: options.lang()? })
}
