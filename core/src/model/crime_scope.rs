use std::{borrow::Cow, sync::Arc};

use serde::Serialize;

use crate::{
    decode::{code_kind::CodeKind, path::Path, value::Value},
    error::{ErrorKind, ErrorSink},
    model::iccs,
};

/// What was done, and in which setting: the crime of a need, or one scope of an offer.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
pub(crate) struct CrimeScope {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) code: Option<Arc<str>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) context: Vec<Arc<str>>,
}

impl CrimeScope {
    /// Reads a bare code or an object; the object may be empty.
    pub(crate) fn read(problems: &mut ErrorSink, at: &Path<'_>, tree: &Value) -> Option<Self> {
        if let Value::Object(_) = tree {
            let fields = problems.fields(at, tree, &["code", "context"])?;
            let context = match fields.get("context") {
                Some(tree) => {
                    let own = |problems: &mut ErrorSink, at: &Path<'_>, tree| {
                        problems.code(at, tree, CodeKind::Context).map(Arc::from)
                    };
                    problems.each(&at.field("context"), tree, own)
                }
                None => Vec::new(),
            };
            let code = match fields.get("code") {
                Some(tree) => Some(read_code(problems, &at.field("code"), tree)?),
                None => None,
            };
            return Some(Self { code, context });
        }
        Some(Self { code: Some(read_code(problems, at, tree)?), context: Vec::new() })
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.code.is_none() && self.context.is_empty()
    }
}

fn read_code(problems: &mut ErrorSink, at: &Path<'_>, tree: &Value) -> Option<Arc<str>> {
    let text = problems.short_text(at, tree)?;
    if problems.is_any(at, text) {
        return None;
    }
    let code = iccs::digits(text);
    if code.is_none() {
        let problem = at.error(ErrorKind::Value, "crime.code", "not an ICCS code");
        let form = Cow::Borrowed("2, 4, 5 or 6 digits as text, such as \"0101\"");
        problems.push(problem.with_hint(at.meant(CodeKind::Crime, text).map_or(form, Cow::Owned)));
    }
    code.map(Arc::from)
}
