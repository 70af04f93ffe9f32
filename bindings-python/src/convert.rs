//! Conversion of Python data to [`Value`], and of results to Python data.

use lotse::wire::{self, CallOptions, Value};
use pyo3::{
    prelude::*,
    sync::PyOnceLock,
    types::{PyBool, PyDate, PyDateTime, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple, PyType},
};
use serde::Serialize;

use crate::{error, record};

/// The maximum of nested lists and dicts. No record needs as many, and a list that contains itself ends here.
pub(crate) const MAX_DEPTH: usize = 16;

/// Returns a value that no field accepts, so that the core reports its path with a code of its own.
pub(crate) fn invalid() -> Value<'static> {
    Value::Array(vec![Value::Bool(false)])
}

/// Converts dicts, lists, text, numbers, dates, enums and records. In a dict a number that is not a number (NaN) is null, because
/// pandas writes absent values so.
pub(crate) fn to_value(value: &Bound<'_, PyAny>) -> Value<'static> {
    Input { value, outer: None, depth: 0 }.to_value()
}

/// Converts a record: a dict, an object of its class, or JSON text.
///
/// # Errors
///
/// `json.syntax` for text that is not JSON.
pub(crate) fn record_to_value(value: &Bound<'_, PyAny>) -> Result<Value<'static>, lotse::Error> {
    match value.cast::<PyString>() {
        Ok(text) => {
            let json = unicode(text);
            text.py().detach(|| Value::from_json(&json).map(Value::into_owned))
        }
        Err(_) => Ok(to_value(value)),
    }
}

/// Converts named values to an object without those that are `None`.
pub(crate) fn object<'a, 'py: 'a>(
    fields: impl IntoIterator<Item = (&'static str, Option<&'a Bound<'py, PyAny>>)>,
) -> Value<'static> {
    let fields = fields.into_iter().filter_map(|(name, value)| Some((name.into(), to_value(value?))));
    Value::Object(fields.collect())
}

/// Returns the text of a str. A lone surrogate is not Unicode text and becomes an escape, which is invalid or unknown in the core.
pub(crate) fn unicode(text: &Bound<'_, PyString>) -> String {
    if let Ok(text) = text.to_str() {
        return text.to_owned();
    }
    let escaped = text.call_method1("encode", ("utf-8", "backslashreplace"));
    let decoded = escaped.and_then(|bytes| bytes.call_method1("decode", ("utf-8",)));
    decoded.and_then(|text| text.extract()).unwrap_or_default()
}

/// Parses one of a closed set of codes.
pub(crate) fn parse<T: std::str::FromStr<Err = lotse::Error>>(text: &Bound<'_, PyString>) -> PyResult<T> {
    unicode(text).parse().map_err(|error| error::raise(text.py(), &error))
}

/// Returns the Python literal of a text.
pub(crate) fn quoted(py: Python<'_>, text: &str) -> PyResult<String> {
    PyString::new(py, text).repr()?.extract()
}

/// Converts a result to dicts and lists.
pub(crate) fn to_python<'py>(py: Python<'py>, data: &impl Serialize) -> PyResult<Bound<'py, PyAny>> {
    let value = wire::to_value(data).map_err(|error| error::raise(py, &error))?;
    value_to_python(py, &value)
}

/// Converts one field of a record or result, or returns `None` if it is absent.
pub(crate) fn field<'py>(py: Python<'py>, data: &impl Serialize, name: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
    let Value::Object(fields) = wire::to_value(data).map_err(|error| error::raise(py, &error))? else {
        return Ok(None);
    };
    let field = fields.iter().find(|(field, _)| field == name);
    field.map(|(_, value)| value_to_python(py, value)).transpose()
}

/// Converts a value to dicts and lists.
pub(crate) fn value_to_python<'py>(py: Python<'py>, value: &Value<'_>) -> PyResult<Bound<'py, PyAny>> {
    Ok(match value {
        Value::Null => py.None().into_bound(py),
        Value::Bool(flag) => PyBool::new(py, *flag).to_owned().into_any(),
        Value::Int(number) => number.into_pyobject(py)?.into_any(),
        Value::Float(number) => PyFloat::new(py, *number).into_any(),
        Value::String(text) => PyString::new(py, text).into_any(),
        Value::Array(items) => {
            let list = PyList::empty(py);
            for item in items {
                list.append(value_to_python(py, item)?)?;
            }
            list.into_any()
        }
        Value::Object(fields) => {
            let dict = PyDict::new(py);
            for (name, value) in fields {
                // Interned: the dicts of a result have few names.
                dict.set_item(PyString::intern(py, name), value_to_python(py, value)?)?;
            }
            dict.into_any()
        }
    })
}

/// Serializes a result as JSON text.
pub(crate) fn json(py: Python<'_>, data: &impl Serialize) -> PyResult<String> {
    wire::to_json(data, &CallOptions::new()).map_err(|error| error::raise(py, &error))
}

/// Parses JSON text to dicts and lists.
pub(crate) fn from_json<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    py.import("json")?.call_method1("loads", (text,))
}

/// A Python value, with the lists and dicts that contain it.
struct Input<'a, 'py> {
    value: &'a Bound<'py, PyAny>,
    outer: Option<&'a Input<'a, 'py>>,
    depth: usize,
}

impl<'py> Input<'_, 'py> {
    fn to_value(&self) -> Value<'static> {
        let value = self.value;
        if let Ok(text) = value.cast::<PyString>() {
            return text.to_str().map_or_else(|_| invalid(), |text| Value::from(text.to_owned()));
        }
        if let Ok(dict) = value.cast::<PyDict>() {
            return self.dict(dict);
        }
        if let Ok(list) = value.cast::<PyList>() {
            return self.list(list.iter());
        }
        if value.is_none() {
            return Value::Null;
        }
        // Before int, because a bool is an int in Python.
        if let Ok(flag) = value.cast::<PyBool>() {
            return Value::Bool(flag.is_true());
        }
        if value.is_instance_of::<PyInt>() {
            return value.extract().map_or_else(|_| large(value), Value::Int);
        }
        if let Ok(float) = value.cast::<PyFloat>() {
            return Value::Float(float.value());
        }
        if let Ok(tuple) = value.cast::<PyTuple>() {
            return self.list(tuple.iter());
        }
        self.rare_to_value()
    }

    /// Converts types that are rare in data, out of the way of the hot path.
    fn rare_to_value(&self) -> Value<'static> {
        let value = self.value;
        if let Some(record) = record::object_to_value(value) {
            return record;
        }
        if is_pandas_null(value) {
            return Value::Null;
        }
        if value.is_instance_of::<PyDate>() {
            return day(value).map_or_else(|_| invalid(), Value::from);
        }
        if is_of_class(value, &DECIMAL, "decimal", "Decimal") {
            return value
                .call_method0("__float__")
                .and_then(|float| float.extract())
                .map_or_else(|_| invalid(), Value::Float);
        }
        if is_of_class(value, &ENUM, "enum", "Enum") {
            return value.getattr("value").map_or_else(|_| invalid(), |inner| self.inner_value(&inner));
        }
        // Any type with `__index__`.
        if let Ok(int) = value.extract() {
            return Value::Int(int);
        }
        // Arrays and numbers of NumPy and its like. A time of nanoseconds would become a number.
        let days = value.hasattr("astype").unwrap_or(false) && type_name(value) == "datetime64";
        let plain = if days { value.call_method1("astype", ("datetime64[D]",)) } else { Ok(value.clone()) };
        match plain.and_then(|plain| plain.call_method0("tolist")) {
            Ok(plain) if !plain.is(value) => self.inner_value(&plain),
            _ => invalid(),
        }
    }

    /// Converts a value that another one consists of, unless it is too deep or contains itself.
    fn inner_value(&self, value: &Bound<'py, PyAny>) -> Value<'static> {
        let inner = self.inner(value);
        if inner.is_openable() { inner.to_value() } else { invalid() }
    }

    fn inner<'a>(&'a self, value: &'a Bound<'py, PyAny>) -> Input<'a, 'py> {
        Input { value, outer: Some(self), depth: self.depth.saturating_add(1) }
    }

    /// Returns whether the items may be converted: not too deep, and not inside itself.
    fn is_openable(&self) -> bool {
        let mut outer = self.outer;
        while let Some(input) = outer {
            if input.value.is(self.value) {
                return false;
            }
            outer = input.outer;
        }
        self.depth < MAX_DEPTH
    }

    fn dict(&self, dict: &Bound<'py, PyDict>) -> Value<'static> {
        if !self.is_openable() {
            return invalid();
        }
        // Iteration panics if another thread changes the dict meanwhile.
        let Ok(copy) = dict.copy() else { return invalid() };
        let mut fields = Vec::with_capacity(copy.len());
        for (key, value) in &copy {
            let Some(key) = key.cast::<PyString>().ok().and_then(|key| key.to_str().ok()) else { return invalid() };
            let value = match self.inner(&value).to_value() {
                Value::Float(number) if number.is_nan() => Value::Null,
                value => value,
            };
            fields.push((key.to_owned().into(), value));
        }
        Value::Object(fields)
    }

    fn list(&self, items: impl Iterator<Item = Bound<'py, PyAny>>) -> Value<'static> {
        if !self.is_openable() {
            return invalid();
        }
        Value::Array(items.map(|item| self.inner(&item).to_value()).collect())
    }
}

/// Converts an int beyond 64 bits to a float, which is out of the range of every field.
fn large(value: &Bound<'_, PyAny>) -> Value<'static> {
    value.extract().map_or_else(|_| invalid(), Value::Float)
}

static DECIMAL: PyOnceLock<Py<PyType>> = PyOnceLock::new();
static ENUM: PyOnceLock<Py<PyType>> = PyOnceLock::new();

/// Returns `true` for an instance of a class that Python code defines.
fn is_of_class(value: &Bound<'_, PyAny>, class: &PyOnceLock<Py<PyType>>, module: &str, name: &str) -> bool {
    class.import(value.py(), module, name).and_then(|class| value.is_instance(class)).unwrap_or(false)
}

/// Returns `true` for `pandas.NA` and `pandas.NaT`, of which the latter is also a time.
fn is_pandas_null(value: &Bound<'_, PyAny>) -> bool {
    let name = type_name(value);
    let is_module = |module: Bound<'_, PyString>| module.to_str().is_ok_and(|module| module.starts_with("pandas."));
    (name == "NAType" || name == "NaTType") && value.get_type().module().is_ok_and(is_module)
}

fn type_name(value: &Bound<'_, PyAny>) -> String {
    value.get_type().name().map(|name| unicode(&name)).unwrap_or_default()
}

/// Returns the day of a date or a time as text: that which it shows in its own time zone.
fn day(value: &Bound<'_, PyAny>) -> PyResult<String> {
    let day = if value.is_instance_of::<PyDateTime>() { value.call_method0("date")? } else { value.clone() };
    day.call_method0("isoformat")?.extract()
}
