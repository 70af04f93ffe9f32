//! What an export lacks, counted.

use crate::import::{notes::MAX_POSITIONS, report::Note};

/// The codes of the notes of an export, which the manual explains.
pub(crate) const CODES: &[&str] = &[
    "ages.no_limit",
    "code.unlisted",
    "capacity.incomplete",
    "capacity.left_out",
    "field.unread",
    "name.missing",
    "record.changed",
];

/// The notes of an export.
#[derive(Debug, Default)]
pub(super) struct ExportNotes(Vec<Note>);

impl ExportNotes {
    /// Counts a note about a field of the record with this id.
    pub(super) fn add(&mut self, code: &'static str, field: Option<&str>, id: &str) {
        debug_assert!(CODES.contains(&code), "{code} is not declared");
        let is_same = |note: &&mut Note| note.code == code && note.field.as_deref() == field;
        if let Some(note) = self.0.iter_mut().find(is_same) {
            note.count = note.count.saturating_add(1);
            if note.at.len() < MAX_POSITIONS {
                note.at.push(id.to_owned());
            }
            return;
        }
        let field = field.map(str::to_owned);
        self.0.push(Note { code: code.to_owned(), count: 1, at: vec![id.to_owned()], column: None, field });
    }

    pub(super) fn into_notes(self) -> Vec<Note> {
        self.0
    }
}
