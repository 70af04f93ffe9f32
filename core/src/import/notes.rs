//! Counted notes about what an import assumed, repaired, left out and lost.

use std::borrow::Cow;

use crate::{import::position::Position, util::ordered_map::OrderedMap};

/// The largest number of positions of a note.
pub(crate) const MAX_POSITIONS: usize = 100;

/// The list of a report that a note is in.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Section {
    Assumed,
    Repaired,
    LeftOut,
    Merged,
    Lost,
    Hidden,
    Suspicions,
}

/// What identifies a note within its section.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct NoteKey {
    pub(crate) section: Section,
    /// Built in, or stated by a mapping.
    pub(crate) code: Cow<'static, str>,
    pub(crate) column: Option<String>,
    pub(crate) field: Option<String>,
}

/// How often a note applies, and where.
#[derive(Clone, Debug, Default)]
pub(crate) struct Count {
    pub(crate) count: u64,
    /// The first positions, at most [`MAX_POSITIONS`].
    pub(crate) at: Vec<Position>,
}

/// The notes of an import.
#[derive(Clone, Debug, Default)]
pub(crate) struct Notes {
    counts: OrderedMap<NoteKey, Count>,
}

impl Notes {
    /// Counts a note once.
    pub(crate) fn add(
        &mut self,
        section: Section,
        code: impl Into<Cow<'static, str>>,
        (column, field): (Option<&str>, Option<&str>),
        at: Option<Position>,
    ) {
        let key =
            NoteKey { section, code: code.into(), column: column.map(str::to_owned), field: field.map(str::to_owned) };
        let count = self.counts.entry(key).or_default();
        count.count = count.count.saturating_add(1);
        // Several records of one element are at one place.
        count.at.extend(at.filter(|at| count.at.len() < MAX_POSITIONS && count.at.last() != Some(at)));
    }

    /// Counts a note that concerns this number of records.
    pub(crate) fn add_all(
        &mut self,
        section: Section,
        code: impl Into<Cow<'static, str>>,
        (column, field): (Option<&str>, Option<&str>),
        count: u64,
    ) {
        let key =
            NoteKey { section, code: code.into(), column: column.map(str::to_owned), field: field.map(str::to_owned) };
        let note = self.counts.entry(key).or_default();
        note.count = note.count.saturating_add(count);
    }

    /// Adds the notes of another part of the import.
    pub(crate) fn append(&mut self, other: Self) {
        for (key, count) in other.counts.into_entries() {
            let note = self.counts.entry(key).or_default();
            note.count = note.count.saturating_add(count.count);
            let left = MAX_POSITIONS.saturating_sub(note.at.len());
            note.at.extend(count.at.into_iter().take(left));
        }
    }

    /// Returns the notes of a section, by code, column and field.
    pub(crate) fn of(&self, section: Section) -> impl Iterator<Item = (&NoteKey, &Count)> {
        self.counts.iter().filter(move |(key, _)| key.section == section)
    }
}
