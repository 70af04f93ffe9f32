//! Files, bytes and tables as the files of an import.

use lotse::{import::ImportFile, wire::Value};
use pyo3::{
    prelude::*,
    types::{PyBytes, PyString},
};

use crate::{arrow_in, convert, error};

/// Reads the files of a source: a path, bytes, an open file, a table, a dict from names to these, or a list of these.
///
/// # Errors
///
/// `table.type` for an object of another kind, `import.encoding` for text that was opened with a wrong encoding, and the `OSError`
/// of a file that cannot be read.
pub(crate) fn read(source: &Bound<'_, PyAny>) -> PyResult<Vec<ImportFile>> {
    let files = source.py().import("lotse._sources")?.getattr("read")?.call1((source,))?;
    let files: Vec<(Bound<'_, PyString>, Bound<'_, PyAny>)> = files.extract()?;
    files.into_iter().map(|(name, content)| file(convert::unicode(&name), &content)).collect()
}

fn file(name: String, content: &Bound<'_, PyAny>) -> PyResult<ImportFile> {
    let py = content.py();
    if let Ok(bytes) = content.cast::<PyBytes>() {
        return Ok(ImportFile::new(name, bytes.as_bytes()));
    }
    if let Ok((names, columns)) = content.extract::<(Vec<Bound<'_, PyString>>, Vec<Vec<Bound<'_, PyAny>>>)>() {
        let columns = columns.iter().map(|cells| cells.iter().map(python_cell).collect());
        return Ok(table(name, names.iter().map(convert::unicode).collect(), columns.collect()));
    }
    if content.is_none() {
        let hint = "open the file in binary mode, or with its encoding";
        return Err(error::raise_with_hint(py, "import.encoding", &name, "not text of this encoding", Some(hint)));
    }
    if content.is_instance_of::<PyString>() {
        let hint = "text is the path of a file here: encode() the content of one";
        return Err(error::raise_with_hint(py, "table.type", arrow_in::SOURCE, "not a path", Some(hint)));
    }
    let (names, columns) = arrow_in::columns(content)?;
    Ok(table(name, names, columns.into_iter().map(|cells| cells.into_iter().map(cell).collect()).collect()))
}

/// Returns the value of a cell of the module `lotse._sources`.
fn python_cell(input: &Bound<'_, PyAny>) -> Value<'static> {
    match input.cast::<PyString>() {
        Ok(text) => convert::unicode(text).into(),
        Err(_) => cell(convert::to_value(input)),
    }
}

/// Returns the value of a cell as a spreadsheet has it: a whole float is an integer, and NaN is empty.
fn cell(value: Value<'static>) -> Value<'static> {
    match value {
        Value::Float(number) if number.is_nan() => Value::Null,
        Value::Float(number) => whole(number).map_or(value, Value::Int),
        Value::Array(items) => Value::Array(items.into_iter().map(cell).collect()),
        Value::Object(fields) => Value::Object(fields.into_iter().map(|(name, value)| (name, cell(value))).collect()),
        other => other,
    }
}

/// Returns a whole number of a size that a float has exactly.
fn whole(number: f64) -> Option<i64> {
    // Its shortest text is that of an integer if it is one.
    if number.abs() <= MAX_EXACT { number.to_string().parse().ok() } else { None }
}

/// The number up to which a float has every integer.
const MAX_EXACT: f64 = 9_007_199_254_740_992.0;

/// Creates a table of its columns.
fn table(name: String, names: Vec<String>, columns: Vec<Vec<Value<'static>>>) -> ImportFile {
    let rows = columns.iter().map(Vec::len).max().unwrap_or(0);
    let mut columns: Vec<_> = columns.into_iter().map(Vec::into_iter).collect();
    let row = |_| columns.iter_mut().map(|cells| cells.next().unwrap_or(Value::Null)).collect();
    let rows = (0..rows).map(row).collect();
    ImportFile::from_table(name, names, rows)
}
