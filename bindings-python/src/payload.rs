//! What a result in Python has: a result of the core, or the data of one that was pickled.

use std::{collections::BTreeMap, sync::Arc};

use lotse::{
    Lang, Matcher, Vocabulary,
    wire::{self, CallOptions, Value},
};
use pyo3::prelude::*;
use serde::Serialize;

use crate::{convert, error, table::PyTable};

/// The display language, and the matcher whose names of codes and offers a result has.
#[derive(Clone)]
pub(crate) struct Localization {
    pub(crate) lang: Lang,
    // A read-only copy, which shares all that later updates do not change. It costs the increment of a counter, unlike the names of
    // the offers in a result, which few results need.
    matcher: Arc<Matcher>,
}

impl Localization {
    pub(crate) fn new(lang: Lang, matcher: Arc<Matcher>) -> Self {
        Self { lang, matcher }
    }

    pub(crate) fn vocabulary(&self) -> &Vocabulary {
        self.matcher.vocabulary()
    }

    /// Returns the name of an offer, or `None` if it has none.
    pub(crate) fn offer_name(&self, id: &str) -> Option<&str> {
        self.matcher.offer(id).and_then(|offer| offer.name())
    }
}

/// The names of offers by id, or those of the candidates of questions.
pub(crate) type Names = BTreeMap<String, String>;

/// A result of the core that has a class in Python.
pub(crate) trait CoreResult: PartialEq {
    /// The name of the class.
    const CLASS: &'static str;

    /// Returns the wire form.
    fn localized<'a>(&'a self, localization: &'a Localization) -> impl Serialize + 'a;

    /// Returns the data that attributes and methods have besides the wire form.
    fn additional_data(&self, localization: &Localization) -> Result<Value<'static>, lotse::Error> {
        let _ = localization;
        Ok(Value::Null)
    }
}

/// A result of the core, or the data of one that was pickled: the core computes results, and never reads them.
#[derive(Clone)]
pub(crate) enum Payload<T> {
    Computed(T, Localization),
    Restored(Arc<Restored>),
}

/// The data of a pickled result.
pub(crate) struct Restored {
    /// The wire form.
    pub(crate) data: Value<'static>,
    /// That of [`CoreResult::additional_data`].
    pub(crate) additional: Value<'static>,
    /// Those of the offers in the data, or of the candidates of its questions.
    pub(crate) names: Names,
    pub(crate) lang: Lang,
}

/// The arguments of `restore`: the class, the display language, both data as JSON text, and the names of offers.
pub(crate) type State = (&'static str, &'static str, String, String, Names);

impl<T: CoreResult> Payload<T> {
    /// Returns the data of a pickled result.
    pub(crate) fn restored(data: Value<'static>, additional: Value<'static>, names: Names, lang: Lang) -> Self {
        Self::Restored(Arc::new(Restored { data, additional, names, lang }))
    }

    pub(crate) fn lang(&self) -> Lang {
        match self {
            Self::Computed(_, localization) => localization.lang,
            Self::Restored(restored) => restored.lang,
        }
    }

    /// Returns one field: that of a computed result, or that of the data.
    pub(crate) fn field<'py>(
        &self,
        py: Python<'py>,
        name: &str,
        computed: impl FnOnce(&T, &Localization) -> PyResult<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        match self {
            Self::Computed(result, localization) => computed(result, localization),
            Self::Restored(restored) => convert::value_to_python(py, get(&restored.data, name)),
        }
    }

    /// Returns one field of the wire form.
    pub(crate) fn wire_field<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        self.field(py, name, |result, localization| {
            let field = convert::field(py, &result.localized(localization), name)?;
            Ok(field.unwrap_or_else(|| py.None().into_bound(py)))
        })
    }

    /// Returns the wire form as dicts and lists.
    pub(crate) fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        match self {
            Self::Computed(result, localization) => convert::to_python(py, &result.localized(localization)),
            Self::Restored(restored) => convert::value_to_python(py, &restored.data),
        }
    }

    /// Returns the wire form as JSON text.
    pub(crate) fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        self.json().map_err(|error| error::raise(py, &error))
    }

    fn json(&self) -> Result<String, lotse::Error> {
        match self {
            Self::Computed(result, localization) => json(&result.localized(localization)),
            Self::Restored(restored) => json(&restored.data),
        }
    }

    /// Renders the wire form by the function of this name in `lotse._html`.
    pub(crate) fn render(&self, py: Python<'_>, function: &str) -> PyResult<String> {
        self.call(py, "lotse._html", function)?.extract()
    }

    /// Creates a table of the wire form by the function of this name in `lotse._tables`.
    pub(crate) fn table(&self, py: Python<'_>, function: &str) -> PyResult<PyTable> {
        PyTable::from_columns(&self.call(py, "lotse._tables", function)?)
    }

    /// Calls a function with the wire form, the display language and the names of offers.
    fn call<'py>(&self, py: Python<'py>, module: &str, function: &str) -> PyResult<Bound<'py, PyAny>> {
        let data = self.value().map_err(|error| error::raise(py, &error))?;
        let arguments = (convert::value_to_python(py, &data)?, self.lang().as_str(), self.names_in(&data));
        py.import(module)?.getattr(function)?.call1(arguments)
    }

    /// Returns the wire form as data.
    pub(crate) fn value(&self) -> Result<Value<'static>, lotse::Error> {
        match self {
            Self::Computed(result, localization) => wire::to_value(&result.localized(localization)),
            Self::Restored(restored) => Ok(restored.data.clone()),
        }
    }

    /// Returns the names of the offers whose ids are in data; those of a pickled result are those that it has.
    pub(crate) fn names_in(&self, data: &Value<'_>) -> Names {
        match self {
            Self::Computed(_, localization) => {
                let mut names = Names::new();
                collect_names(data, &mut names, &|id| localization.offer_name(id));
                names
            }
            Self::Restored(restored) => restored.names.clone(),
        }
    }

    /// Returns the function that restores the result from a pickle, and its arguments.
    pub(crate) fn reduce<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, State)> {
        let additional = match self {
            Self::Computed(result, localization) => {
                result.additional_data(localization).and_then(|additional| json(&additional))
            }
            Self::Restored(restored) => json(&restored.additional),
        };
        let state = self
            .value()
            .and_then(|data| Ok((T::CLASS, self.lang().as_str(), json(&data)?, additional?, self.names_in(&data))));
        Ok((py.import("lotse._lotse")?.getattr("restore")?, state.map_err(|error| error::raise(py, &error))?))
    }
}

/// Adds the names of the offers whose ids are among the strings of data.
fn collect_names<'n>(data: &Value<'_>, names: &mut Names, name_of: &impl Fn(&str) -> Option<&'n str>) {
    match data {
        Value::String(id) => {
            if let Some(name) = name_of(id) {
                names.insert(id.to_string(), name.to_owned());
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect_names(item, names, name_of)),
        Value::Object(fields) => fields.iter().for_each(|(_, value)| collect_names(value, names, name_of)),
        _ => {}
    }
}

impl<T: CoreResult> PartialEq for Payload<T> {
    /// A computed result is equal to a restored one if both have the same wire form, sentences included.
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Computed(a, _), Self::Computed(b, _)) => a == b,
            _ => matches!((self.json(), other.json()), (Ok(a), Ok(b)) if a == b),
        }
    }
}

fn json(data: &impl Serialize) -> Result<String, lotse::Error> {
    wire::to_json(data, &CallOptions::new())
}

/// Returns a field of data, or `null` if it is absent.
pub(crate) fn get<'a>(data: &'a Value<'static>, name: &str) -> &'a Value<'static> {
    let Value::Object(fields) = data else { return &Value::Null };
    fields.iter().find(|(field, _)| field == name).map_or(&Value::Null, |(_, value)| value)
}

/// Returns the items of a list of data.
pub(crate) fn items<'a>(data: &'a Value<'static>) -> &'a [Value<'static>] {
    if let Value::Array(items) = data { items } else { &[] }
}

/// Returns a text of data, or `None` for data of another type.
pub(crate) fn text<'a>(data: &'a Value<'static>) -> Option<&'a str> {
    if let Value::String(text) = data { Some(text) } else { None }
}

/// Returns a whole number of data, or 0 for data of another type.
pub(crate) fn int(data: &Value<'static>) -> i64 {
    if let Value::Int(number) = data { *number } else { 0 }
}

/// Returns a number of data, or `None` for data of another type.
pub(crate) fn float(data: &Value<'static>) -> Option<f64> {
    match data {
        Value::Float(number) => Some(*number),
        // Whole numbers of a score are 0 and 1.
        Value::Int(number) => i32::try_from(*number).ok().map(f64::from),
        _ => None,
    }
}
