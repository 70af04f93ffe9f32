//! Keywords of the methods of a matcher, decoded as the keys of a request.

use std::borrow::Cow;

use lotse::wire::Value;
use pyo3::prelude::*;

use crate::{convert, error};

/// A keyword with its value, or `None` if it is not given.
pub(crate) type Keyword<'a, 'py> = (&'static str, Option<&'a Bound<'py, PyAny>>);

/// Decodes keywords by the rules of a request.
///
/// # Errors
///
/// All errors of the request.
pub(crate) fn decode<T>(
    py: Python<'_>,
    decode: fn(&Value<'_>) -> Result<T, lotse::Error>,
    keywords: &[Keyword<'_, '_>],
) -> PyResult<T> {
    decode(&convert::object(keywords.iter().copied())).map_err(|error| error::raise(py, &error))
}

/// Decodes keywords of which some are lists of pairs: `(need, offer)`, or a dict with `need` and `offer`.
///
/// # Errors
///
/// All errors of the request.
pub(crate) fn decode_with_pairs<T>(
    py: Python<'_>,
    decode: fn(&Value<'_>) -> Result<T, lotse::Error>,
    pairs: &[Keyword<'_, '_>],
    others: &[Keyword<'_, '_>],
) -> PyResult<T> {
    let pairs =
        pairs.iter().filter_map(|(name, pairs)| Some(((*name).into(), name_pairs(convert::to_value((*pairs)?)))));
    let mut fields: Vec<(Cow<'static, str>, Value<'static>)> = pairs.collect();
    fields.extend(others.iter().filter_map(|(name, value)| Some(((*name).into(), convert::to_value((*value)?)))));
    decode(&Value::Object(fields)).map_err(|error| error::raise(py, &error))
}

/// Converts pairs of two ids to objects with `need` and `offer`; other items are unchanged.
fn name_pairs(pairs: Value<'static>) -> Value<'static> {
    let name = |pair: Value<'static>| match pair {
        Value::Array(items) => match <[Value<'static>; 2]>::try_from(items) {
            Ok([need, offer]) => Value::Object(vec![("need".into(), need), ("offer".into(), offer)]),
            Err(items) => Value::Array(items),
        },
        other => other,
    };
    match pairs {
        Value::Array(pairs) => Value::Array(pairs.into_iter().map(name).collect()),
        other => other,
    }
}
