use std::sync::Arc;

use serde::Serialize;

use crate::{
    decode::{code_kind::CodeKind, path::Path, value::Value},
    error::{ErrorKind, ErrorSink, message},
    model::iccs,
};

/// A crime and its context: that of a need, or one scope of an offer.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
pub(crate) struct CrimeScope {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) code: Option<Arc<str>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) context: Vec<Arc<str>>,
}

impl CrimeScope {
    /// The fields in JSON, of a scope that is not the code alone.
    pub(crate) const FIELDS: &'static [&'static str] = &["code", "context"];

    /// Decodes a code alone or an object, which may be empty.
    pub(crate) fn decode(sink: &mut ErrorSink, path: &Path<'_>, value: &Value) -> Option<Self> {
        if let Value::Object(_) = value {
            let fields = sink.fields(path, value, Self::FIELDS)?;
            let context = match fields.get("context") {
                Some(value) => {
                    let decode = |sink: &mut ErrorSink, path: &Path<'_>, value| {
                        sink.code(path, value, CodeKind::Context).map(Arc::from)
                    };
                    sink.decode_items(&path.field("context"), value, decode)
                }
                None => Vec::new(),
            };
            let code = match fields.get("code") {
                Some(value) => Some(decode_code(sink, &path.field("code"), value)?),
                None => None,
            };
            return Some(Self { code, context });
        }
        Some(Self { code: Some(decode_code(sink, path, value)?), context: Vec::new() })
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.code.is_none() && self.context.is_empty()
    }
}

fn decode_code(sink: &mut ErrorSink, path: &Path<'_>, value: &Value) -> Option<Arc<str>> {
    let text = sink.short_text(path, value)?;
    if sink.reject_any(path, text) {
        return None;
    }
    let code = iccs::digits(text);
    if code.is_none() {
        sink.push_with(|| {
            let error = path.error(ErrorKind::Value, "crime.code", message!("crime.code"));
            let form = message!("crime.code.hint");
            error.with_hint(path.suggestion(CodeKind::Crime, text).unwrap_or_else(|| form.into()))
        });
    }
    code.map(Arc::from)
}
