//! Pairs of a need and an offer, by their ids.

use serde::Serialize;

use crate::{
    decode::{decoder::Fields, path::Path, value::Value},
    error::ErrorSink,
};

/// The ids of a need and an offer.
///
/// # Example: one pair to explain
///
/// ```
/// use lotse::wire::{ExplainRequest, Value};
/// let request = ExplainRequest::from_value(&Value::from_json(r#"{"offers": [{"id": "o-1"}], "needs": [{"id": "n-1"}], "pairs": [{"need": "n-1", "offer": "o-1"}]}"#)?)?;
/// assert_eq!(request.pairs.unwrap_or_default()[0].offer, "o-1");
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Pair {
    /// The need's id.
    pub need: String,
    /// The offer's id.
    pub offer: String,
}

impl Pair {
    /// The fields in JSON.
    pub(super) const FIELDS: &'static [&'static str] = &["need", "offer"];

    /// Decodes an object that has only the two ids; returns `None` after an error.
    pub(super) fn decode(errors: &mut ErrorSink, at: &Path<'_>, value: &Value) -> Option<Self> {
        let fields = errors.fields(at, value, Self::FIELDS)?;
        let (need, offer) = required_pair(errors, at, &fields, ["need", "offer"])?;
        Some(Self { need: need.to_owned(), offer: offer.to_owned() })
    }
}

/// Decodes two ids or codes, both of which are required, from the fields of an object; returns `None` after an error.
pub(super) fn required_pair<'v>(
    errors: &mut ErrorSink,
    at: &Path<'_>,
    fields: &Fields<'v>,
    names: [&str; 2],
) -> Option<(&'v str, &'v str)> {
    let [first, second] = names.map(|name| {
        let at = at.field(name);
        let value = fields.get(name);
        if value.is_none() {
            errors.missing_field(&at);
        }
        value.and_then(|value| errors.short_text(&at, value))
    });
    first.zip(second)
}
