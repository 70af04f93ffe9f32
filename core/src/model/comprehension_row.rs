//! A row of the comprehension table as a vocabulary or a policy states it.

use serde::Serialize;

use crate::{
    decode::{path::Path, value::Value},
    error::ErrorSink,
    util::fixed::Ratio,
};

/// The degree to which speakers of the language `from` understand the language `to`; 0 states that
/// nothing is understood, and precedes variants and umbrella codes too.
///
/// The tags are as typed; they are looked up when the row is applied to a vocabulary.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub(crate) struct ComprehensionRow {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) degree: Ratio,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) source: String,
}

impl ComprehensionRow {
    /// The fields in JSON.
    pub(crate) const FIELDS: &'static [&'static str] = &["from", "to", "degree", "source"];
    /// The fields that are required.
    pub(crate) const REQUIRED: &'static [&'static str] = &["from", "to", "degree"];

    /// Decodes a row, or returns `None` after reporting its errors.
    pub(crate) fn decode(errors: &mut ErrorSink, path: &Path<'_>, value: &Value) -> Option<Self> {
        let fields = errors.fields(path, value, Self::FIELDS)?;
        for required in Self::REQUIRED {
            if fields.get(required).is_none() {
                errors.missing_field(&path.field(required));
            }
        }
        let mut tag = |name| {
            let tag = fields.get(name).and_then(|value| errors.short_text(&path.field(name), value));
            tag.map(str::to_owned)
        };
        let (from, to) = (tag("from"), tag("to"));
        let degree = fields.get("degree").and_then(|value| errors.ratio(&path.field("degree"), value));
        let source = fields.get("source").and_then(|value| errors.text(&path.field("source"), value));
        Some(Self { from: from?, to: to?, degree: degree?, source: source.unwrap_or_default().to_owned() })
    }
}
