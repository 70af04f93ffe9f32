//! Keywords of the methods of a matcher, decoded as the keys of a request.

use std::borrow::Cow;

use lotse::wire::Value;
use pyo3::prelude::*;

use crate::{allocation::plan_to_value, convert, error};

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

/// Decodes keywords of which some are lists of pairs, as [`referrals_to_value`] takes them.
///
/// # Errors
///
/// All errors of the request, or `json.syntax`.
pub(crate) fn decode_with_pairs<T>(
    py: Python<'_>,
    decode: fn(&Value<'_>) -> Result<T, lotse::Error>,
    pairs: &[Keyword<'_, '_>],
    others: &[Keyword<'_, '_>],
) -> PyResult<T> {
    let pairs = pairs.iter().filter_map(|(name, pairs)| {
        let pairs = referrals_to_value((*pairs)?);
        Some(pairs.map(|pairs| (Cow::Borrowed(*name), pairs)))
    });
    let fields = pairs.collect::<Result<Vec<_>, _>>().and_then(|mut fields| {
        fields.extend(others.iter().filter_map(|(name, value)| Some(((*name).into(), convert::to_value((*value)?)))));
        decode(&Value::Object(fields))
    });
    fields.map_err(|error| error::raise(py, &error))
}

/// Converts a list of pairs, each `(need, offer)` or a dict with these keys, or a whole plan: an `Allocation`, its dict or JSON text.
///
/// # Errors
///
/// `json.syntax` for text that is not JSON.
pub(crate) fn referrals_to_value(input: &Bound<'_, PyAny>) -> Result<Value<'static>, lotse::Error> {
    plan_to_value(input).map(name_pairs)
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
