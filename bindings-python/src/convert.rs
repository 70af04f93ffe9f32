//! Python data as the core's, and back.

use lotse::wire::Value;
use pyo3::{
    prelude::*,
    types::{PyBool, PyDate, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple},
};
use serde::Serialize;

use crate::record::{PyNeed, PyOffer, PyPolicy};

/// Deeper than any record; a list that contains itself ends here at the latest.
const DEEPEST: usize = 16;

/// What no field takes, so that the core refuses this place with its own code and path.
pub(crate) fn unfit() -> Value<'static> {
    Value::Array(vec![Value::Bool(false)])
}

/// Dicts, lists, texts and numbers as they are; records as the data that they were made from.
pub(crate) fn tree(value: &Bound<'_, PyAny>) -> Value<'static> {
    Given { value, outer: None, depth: 0 }.tree()
}

/// A record: a dict, the record itself, or JSON text.
///
/// # Errors
///
/// Text that is not JSON.
pub(crate) fn record(value: &Bound<'_, PyAny>) -> Result<Value<'static>, lotse::Error> {
    match value.cast::<PyString>() {
        Ok(text) => {
            let json = unicode(text);
            text.py().detach(|| Value::from_json(&json).map(Value::into_owned))
        }
        Err(_) => Ok(tree(value)),
    }
}

/// Some named values as one object; what is not given is left out.
pub(crate) fn object<'a, 'py: 'a>(
    fields: impl IntoIterator<Item = (&'static str, Option<&'a Bound<'py, PyAny>>)>,
) -> Value<'static> {
    let given = fields.into_iter().filter_map(|(name, value)| Some((name.into(), tree(value?))));
    Value::Object(given.collect())
}

/// The text of a str. Half a surrogate pair is no Unicode text and becomes an escape, which the core refuses or does not know.
pub(crate) fn unicode(text: &Bound<'_, PyString>) -> String {
    if let Ok(text) = text.to_str() {
        return text.to_owned();
    }
    let escaped = text.call_method1("encode", ("utf-8", "backslashreplace"));
    let decoded = escaped.and_then(|bytes| bytes.call_method1("decode", ("utf-8",)));
    decoded.and_then(|text| text.extract()).unwrap_or_default()
}

/// One of the words of a closed set.
pub(crate) fn word<T: std::str::FromStr<Err = lotse::Error>>(text: &Bound<'_, PyString>) -> PyResult<T> {
    unicode(text).parse().map_err(|error| crate::error::raise(text.py(), &error))
}

/// Text as Python writes it in quotes.
pub(crate) fn quoted(py: Python<'_>, text: &str) -> PyResult<String> {
    PyString::new(py, text).repr()?.extract()
}

/// Data of the core as dicts and lists, by way of JSON and the standard library.
pub(crate) fn to_python<'py>(py: Python<'py>, data: &impl Serialize) -> PyResult<Bound<'py, PyAny>> {
    from_json(py, &json(py, data)?)
}

/// Data of the core as JSON text.
pub(crate) fn json(py: Python<'_>, data: &impl Serialize) -> PyResult<String> {
    serde_json::to_string(data)
        .map_err(|_| crate::error::refuse(py, "response.json", "", "this cannot be written as JSON"))
}

/// JSON text as dicts and lists.
pub(crate) fn from_json<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    py.import("json")?.call_method1("loads", (text,))
}

/// A value and the lists and dicts it lies in.
struct Given<'a, 'py> {
    value: &'a Bound<'py, PyAny>,
    outer: Option<&'a Given<'a, 'py>>,
    depth: usize,
}

impl<'py> Given<'_, 'py> {
    fn tree(&self) -> Value<'static> {
        let value = self.value;
        if let Ok(text) = value.cast::<PyString>() {
            return text.to_str().map_or_else(|_| unfit(), |text| Value::from(text.to_owned()));
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
        // Before int: a bool is an int in Python.
        if let Ok(truth) = value.cast::<PyBool>() {
            return Value::Bool(truth.is_true());
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
        self.rare()
    }

    /// What is seldom among data.
    fn rare(&self) -> Value<'static> {
        let value = self.value;
        let own = value.cast::<PyNeed>().ok().map(|need| need.get().tree());
        let own = own.or_else(|| value.cast::<PyOffer>().ok().map(|offer| offer.get().tree()));
        if let Some(tree) = own.or_else(|| value.cast::<PyPolicy>().ok().map(|policy| policy.get().tree())) {
            return tree;
        }
        if value.is_instance_of::<PyDate>() {
            // A day, also where a library tells it as midnight.
            let text = value.call_method0("isoformat").and_then(|text| text.extract::<String>());
            return text.map_or_else(
                |_| unfit(),
                |text| Value::from(text.strip_suffix("T00:00:00").unwrap_or(&text).to_owned()),
            );
        }
        // What stands for a whole number.
        if let Ok(whole) = value.extract() {
            return Value::Int(whole);
        }
        // Arrays, and other numbers that are not Python's, such as NumPy's.
        match value.call_method0("tolist") {
            Ok(plain) if !plain.is(value) => self.inner(&plain).opened(),
            _ => unfit(),
        }
    }

    fn opened(&self) -> Value<'static> {
        if self.opens() { self.tree() } else { unfit() }
    }

    fn inner<'a>(&'a self, value: &'a Bound<'py, PyAny>) -> Given<'a, 'py> {
        Given { value, outer: Some(self), depth: self.depth.saturating_add(1) }
    }

    /// Whether the value may be opened: not too deep, and not inside itself.
    fn opens(&self) -> bool {
        let mut outer = self.outer;
        while let Some(given) = outer {
            if given.value.is(self.value) {
                return false;
            }
            outer = given.outer;
        }
        self.depth < DEEPEST
    }

    fn dict(&self, dict: &Bound<'py, PyDict>) -> Value<'static> {
        if !self.opens() {
            return unfit();
        }
        // A copy, so that nobody can change the dict under our hands.
        let Ok(own) = dict.copy() else { return unfit() };
        let mut fields = Vec::with_capacity(own.len());
        for (key, value) in &own {
            let Some(key) = key.cast::<PyString>().ok().and_then(|key| key.to_str().ok()) else { return unfit() };
            fields.push((key.to_owned().into(), self.inner(&value).tree()));
        }
        Value::Object(fields)
    }

    fn list(&self, items: impl Iterator<Item = Bound<'py, PyAny>>) -> Value<'static> {
        if !self.opens() {
            return unfit();
        }
        Value::Array(items.map(|item| self.inner(&item).tree()).collect())
    }
}

/// A whole number beyond 64 bits: out of every range, as the core will say.
fn large(value: &Bound<'_, PyAny>) -> Value<'static> {
    value.extract().map_or_else(|_| unfit(), Value::Float)
}
