//! The place of an error.

use std::borrow::Cow;

/// A file, and in it perhaps a line, from 1, and the id of a record.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) file: String,
    pub(crate) line: Option<usize>,
    pub(crate) id: Option<String>,
}

impl Place {
    /// Returns the place as text: `needs.ndjson, line 18, n-17`.
    pub(crate) fn to_text(&self) -> String {
        let line = self.line.map(|line| Cow::from(format!("line {line}")));
        let parts = [Some(Cow::from(self.file.as_str())), line, self.id.as_deref().map(Cow::from)];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}
