//! Mappings from the columns of files to the fields of records.

use lotse::{import::Mapping, wire::Value};
use pyo3::{
    prelude::*,
    types::{PyDict, PyString},
};

use crate::{convert, error, immutable::immutable, payload};

/// A mapping from the columns of files to the fields of records: data that people read and edit.
///
/// `mapping` is a dict, JSON text, the path of a file, or the name of a built-in mapping: `hsds3`, `hsds-package`, `data-inclusion`,
/// `airs`, `osm`, `fhir`. `lotse.types.MappingFile` has its keys. Raises `lotse.Error` with all errors.
///
/// >>> import lotse
/// >>> mapping = lotse.Mapping({"lotse_mapping": 1, "records": "offers", "id": "Nr", "fields": {"languages": "Sprachen"}})
/// >>> mapping.records, mapping.to_dict()["fields"]
/// ('offers', {'languages': 'Sprachen'})
#[pyclass(frozen, name = "Mapping", module = "lotse")]
pub(crate) struct PyMapping {
    pub(crate) inner: Mapping,
}

impl PyMapping {
    /// Accepts an object of the class, a dict, JSON text, a path, or the name of a built-in mapping.
    pub(crate) fn from_input(input: &Bound<'_, PyAny>) -> PyResult<Mapping> {
        let py = input.py();
        if let Ok(mapping) = input.cast::<Self>() {
            return Ok(mapping.get().inner.clone());
        }
        let decoded = if input.is_instance_of::<PyDict>() {
            Mapping::from_value(&convert::to_value(input))
        } else {
            match name(input) {
                Some(name) => Mapping::built_in(&name),
                None => Mapping::from_json(&text(input)?),
            }
        };
        decoded.map_err(|error| error::raise(py, &error))
    }

    /// Returns the mapping file as data.
    pub(crate) fn value(&self, py: Python<'_>) -> PyResult<Value<'static>> {
        lotse::wire::to_value(&self.inner).map_err(|error| error::raise(py, &error))
    }
}

/// Returns the name of a built-in mapping, which a text is that looks neither like JSON nor like the path of a file.
fn name(input: &Bound<'_, PyAny>) -> Option<String> {
    let name = convert::unicode(input.cast::<PyString>().ok()?);
    let is_known = Mapping::built_in_names().any(|other| other == name);
    (is_known || !name.contains(['.', '/', '\\', '{', '['])).then_some(name)
}

/// Returns JSON text: the input itself if it is such a text, else the content of the file at a path.
pub(crate) fn text(input: &Bound<'_, PyAny>) -> PyResult<String> {
    input.py().import("lotse._files")?.getattr("json_text")?.call1((input,))?.extract()
}

#[pymethods]
impl PyMapping {
    #[new]
    #[pyo3(signature = (mapping, /))]
    fn new(mapping: &Bound<'_, PyAny>) -> PyResult<Self> {
        Self::from_input(mapping).map(|inner| Self { inner })
    }

    /// The kind of records that it produces: `offers` or `needs`.
    #[getter]
    fn records(&self, py: Python<'_>) -> PyResult<String> {
        let file = self.value(py)?;
        Ok(payload::text(payload::get(&file, "records")).unwrap_or_default().to_owned())
    }

    /// Writes the mapping to a file, which `mapping` of an import reads.
    fn save(&self, py: Python<'_>, path: &Bound<'_, PyAny>) -> PyResult<()> {
        py.import("lotse._files")?.getattr("write_json")?.call1((path, self.to_dict(py)?)).map(drop)
    }

    /// Returns the mapping file as a new dict.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::to_python(py, &self.inner)
    }

    /// Returns the mapping file as JSON text.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        convert::json(py, &self.inner)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Mapping({})", convert::quoted(py, &self.records(py)?)?))
    }

    fn __eq__(&self, py: Python<'_>, other: &Self) -> PyResult<bool> {
        Ok(self.to_json(py)? == other.to_json(py)?)
    }

    fn __getnewargs__(&self, py: Python<'_>) -> PyResult<(String,)> {
        Ok((self.to_json(py)?,))
    }
}

immutable!(PyMapping);
