//! The outcomes of an import: counts of columns, notes and questions, which agree with each other.

use crate::import::{
    notes::{Notes, Section},
    part::{Outcome, Part},
    position::Position,
    questions::Questions,
    tally::Tally,
    word_kind::WordKind,
};

/// What becomes of the parts of cells.
#[derive(Default)]
pub(crate) struct Outcomes {
    pub(crate) tally: Tally,
    pub(crate) notes: Notes,
    pub(crate) questions: Questions,
}

impl Outcomes {
    /// Counts a part, and notes or asks what its outcome requires.
    pub(crate) fn count(&mut self, part: &Part, outcome: &Outcome, column: &str, at: Position) {
        self.tally.count(column, outcome);
        if let Outcome::Asked(asked) = outcome {
            self.questions.ask(asked, &part.text, column, at);
        }
        if let Some((section, code)) = outcome.note() {
            self.notes.add(section, code, (Some(column), None), Some(at));
        }
        if let Some(code) = part.repaired {
            self.notes.add(Section::Repaired, code, (Some(column), None), Some(at));
        }
    }

    /// Counts a part that is lost together with others, which have one note.
    pub(crate) fn lose(&mut self, column: &str, code: &'static str) {
        self.tally.count(column, &Outcome::Lost(code));
    }

    /// Notes what a record has lost.
    pub(crate) fn note_lost(&mut self, code: &'static str, field: &str, at: Position) {
        self.notes.add(Section::Lost, code, (None, Some(field)), Some(at));
    }

    /// Remembers that a word of a region is understood.
    pub(crate) fn know(&mut self, kind: Option<WordKind>, part: &Part) {
        if kind == Some(WordKind::Region) && matches!(part.outcome, Outcome::Understood | Outcome::Assumed(_)) {
            self.questions.know_region(&part.text);
        }
    }
}
