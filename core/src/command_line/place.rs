//! The place of an error.

use crate::Lang;

use crate::command_line::texts::Message;

/// A file, and in it perhaps a line, from 1, and the id of a record.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) file: Message,
    pub(crate) line: Option<usize>,
    pub(crate) id: Option<String>,
}

impl Place {
    /// Creates the place of a whole file.
    pub(crate) fn of_file(file: &Message) -> Self {
        Self { file: file.clone(), line: None, id: None }
    }

    /// Returns the place as text: `needs.ndjson, line 18, n-17`.
    pub(crate) fn to_text(&self, lang: Lang) -> String {
        let line = self.line.map(|line| Message::new("place.line").with("line", line.to_string()).in_lang(lang));
        let parts = [Some(self.file.in_lang(lang)), line, self.id.clone()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}
