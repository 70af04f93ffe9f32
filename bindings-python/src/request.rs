//! A request as Python gives it, as JSON text.

use pyo3::{
    exceptions::{PyTypeError, PyValueError},
    prelude::*,
    types::{PyBool, PyDate, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple},
};
use serde::ser::{Serialize, Serializer};

/// Far deeper than any record; a list that contains itself ends here at the latest.
const DEEPEST: usize = 32;

/// A dict becomes JSON text, a string is JSON text.
pub(crate) fn text(request: &Bound<'_, PyAny>) -> PyResult<String> {
    if let Ok(text) = request.cast::<PyString>() {
        return if let Ok(text) = text.to_str() {
            Ok(text.to_owned())
        } else {
            // Half a surrogate pair is no Unicode text. As an escape the core refuses it, with a code.
            text.call_method1("encode", ("utf-8", "backslashreplace"))?.call_method1("decode", ("utf-8",))?.extract()
        };
    }
    if request.is_instance_of::<PyDict>() {
        let data = Data { value: request, outer: None, depth: 0 };
        return serde_json::to_string(&data).map_err(|e| PyValueError::new_err(e.to_string()));
    }
    Err(PyTypeError::new_err("a request is a dict, or a str with JSON text"))
}

/// A value and the lists and dicts it lies in.
struct Data<'a, 'py> {
    value: &'a Bound<'py, PyAny>,
    outer: Option<&'a Data<'a, 'py>>,
    depth: usize,
}

impl<'py> Data<'_, 'py> {
    fn inner<'a>(&'a self, value: &'a Bound<'py, PyAny>) -> Data<'a, 'py> {
        Data { value, outer: Some(self), depth: self.depth.saturating_add(1) }
    }

    /// Whether the value may be opened: not too deep, and not inside itself.
    fn opens(&self) -> bool {
        let mut outer = self.outer;
        while let Some(data) = outer {
            if data.value.is(self.value) {
                return false;
            }
            outer = data.outer;
        }
        self.depth < DEEPEST
    }
}

impl Serialize for Data<'_, '_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let value = self.value;
        if value.is_none() {
            to.serialize_none()
        } else if let Ok(text) = value.cast::<PyString>() {
            match text.to_str() {
                Ok(text) => to.serialize_str(text),
                Err(_) => unfit(to), // half a surrogate pair
            }
        } else if let Ok(truth) = value.cast::<PyBool>() {
            to.serialize_bool(truth.is_true()) // before PyInt: a bool is an int in Python
        } else if let Ok(float) = value.cast::<PyFloat>() {
            number(float.value(), to)
        } else if let Ok(dict) = value.cast::<PyDict>() {
            self.dict(dict, to)
        } else if let Ok(list) = value.cast::<PyList>() {
            self.list(list.iter(), to)
        } else if let Ok(tuple) = value.cast::<PyTuple>() {
            self.list(tuple.iter(), to)
        } else if let Ok(date) = value.cast::<PyDate>() {
            let text = date.call_method0("isoformat");
            match text.and_then(|text| text.extract::<String>()) {
                Ok(text) => to.serialize_str(&text),
                Err(_) => unfit(to),
            }
        } else if let Ok(whole) = value.extract::<i64>() {
            to.serialize_i64(whole) // an int, or what stands for one, such as numpy's
        } else if let Ok(large) = value.cast::<PyInt>() {
            number(large.extract().unwrap_or(f64::NAN), to) // out of every range, as the core will say
        } else {
            unfit(to)
        }
    }
}

impl<'py> Data<'_, 'py> {
    fn dict<S: Serializer>(&self, dict: &Bound<'py, PyDict>, to: S) -> Result<S::Ok, S::Error> {
        // `items` is a copy, so that nothing can change the dict under our hands.
        let items: Vec<(Bound<'py, PyAny>, Bound<'py, PyAny>)> =
            dict.items().iter().filter_map(|item| item.extract().ok()).collect();
        let keys: Vec<&str> = items.iter().filter_map(|(key, _)| key.cast::<PyString>().ok()?.to_str().ok()).collect();
        if !self.opens() || keys.len() != items.len() {
            return unfit(to);
        }
        let values = items.iter().map(|(_, value)| self.inner(value));
        to.collect_map(keys.iter().zip(values))
    }

    fn list<S: Serializer>(&self, list: impl Iterator<Item = Bound<'py, PyAny>>, to: S) -> Result<S::Ok, S::Error> {
        if !self.opens() {
            return unfit(to);
        }
        let items: Vec<Bound<'py, PyAny>> = list.collect();
        to.collect_seq(items.iter().map(|item| self.inner(item)))
    }
}

fn number<S: Serializer>(number: f64, to: S) -> Result<S::Ok, S::Error> {
    if number.is_finite() {
        to.serialize_f64(number)
    } else {
        unfit(to) // JSON would write null, which means "not stated"
    }
}

/// Writes what no field takes, so that the core refuses this place with its own code and path.
fn unfit<S: Serializer>(to: S) -> Result<S::Ok, S::Error> {
    [false].serialize(to)
}
