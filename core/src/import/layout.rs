//! The columns of a table, and its rows as records.

use std::borrow::Cow;

use crate::{
    decode::value::Value,
    import::{
        csv::is_blank,
        guard::without_guard,
        header::{Header, is_number_or_date},
        notes::{Notes, Section},
        position::{Position, Step},
        repair::repair,
        rules::SourceRules,
    },
};

/// The columns of a table: what a row becomes.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// The names of columns, and the positions of their cells in a row, from 0.
    columns: Vec<(String, usize)>,
    /// The number of cells that a complete row has at least.
    width: usize,
    /// The last row that is no record.
    header_end: u32,
    /// Further rows that are no records.
    skip: Vec<u32>,
    /// Whether a `'` before a sign that begins a formula is removed.
    has_guard: bool,
}

/// A row of a table, whose cells are made values on demand.
pub(super) trait Row<'s> {
    /// Returns the number of cells.
    fn len(&self) -> usize;
    /// Returns `true` if there is no such cell, or it is empty.
    fn is_empty_at(&self, index: usize) -> bool;
    /// Returns a cell.
    fn value(&self, index: usize) -> Value<'s>;
}

impl Layout {
    /// Creates the layout of a table with a header.
    pub(super) fn new(header: &Header, rules: &SourceRules, has_data: impl Fn(usize) -> bool) -> Self {
        let columns = header.columns(has_data);
        let width = columns.iter().map(|(_, index)| index.saturating_add(1)).max().unwrap_or_default();
        Self { columns, width, header_end: header.end(), skip: rules.skip.clone(), has_guard: rules.guard }
    }

    /// Creates the layout of a table whose columns are named by the program that holds it, in row 1.
    pub(super) fn of_frame(names: &[String]) -> Self {
        let header = Header { rows: vec![1], names: names.to_vec(), ..Header::default() };
        let width = names.len();
        Self { columns: header.columns(|_| true), width, header_end: 1, skip: Vec::new(), has_guard: false }
    }

    /// Returns the names of the columns.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|(name, _)| name.as_str())
    }

    /// Returns the name of the column with this number in the table, from 1.
    pub(super) fn name_at(&self, number: u32) -> Option<&str> {
        let index = usize::try_from(number).ok()?.checked_sub(1)?;
        self.columns.iter().find(|(_, other)| *other == index).map(|(name, _)| name.as_str())
    }

    /// Returns `true` if a row is part of the body: below the header, not to be skipped, and not empty.
    pub(super) fn is_record<'s>(&self, number: u32, row: &impl Row<'s>) -> bool {
        number > self.header_end && !self.skip.contains(&number) && (0..row.len()).any(|index| !row.is_empty_at(index))
    }

    /// Returns the wanted cells of a row as an object, or `None` if the row has too many cells.
    pub(super) fn record<'s>(
        &'s self,
        (file, number): (u32, u32),
        row: &impl Row<'s>,
        wanted: &[bool],
        notes: &mut Notes,
    ) -> Option<(Position, Value<'s>)> {
        let at = Position { file, step: Step::Row(number) };
        if (self.width..row.len()).any(|index| !row.is_empty_at(index)) {
            notes.add(Section::LeftOut, "row.cells", (None, None), Some(at));
            return None;
        }
        if row.len() < self.width {
            notes.add(Section::Assumed, "row.short", (None, None), Some(at));
        }
        let mut cells = Vec::with_capacity(wanted.iter().filter(|is_wanted| **is_wanted).count());
        for ((name, index), _) in self.columns.iter().zip(wanted).filter(|(_, is_wanted)| **is_wanted) {
            if row.is_empty_at(*index) {
                continue;
            }
            let (value, is_repaired) = clean(row.value(*index), self.has_guard);
            if is_repaired {
                notes.add(Section::Repaired, "text.twice_encoded", (Some(name), None), Some(at));
            }
            if !value.is_absent() {
                cells.push((Cow::Borrowed(name.as_str()), value));
            }
        }
        Some((at, Value::Object(cells)))
    }

    /// Adds what is suspicious about a header.
    pub(super) fn add_suspicions(&self, file: u32, header: &Header, notes: &mut Notes) {
        let at = header.rows.first().map(|row| Position { file, step: Step::Row(*row) });
        for row in &header.titles {
            let title = Position { file, step: Step::Row(*row) };
            notes.add(Section::Assumed, "rows.before_header", (None, None), Some(title));
        }
        let repeated: Vec<usize> = header.repeated().collect();
        for (name, index) in &self.columns {
            if repeated.contains(index) {
                notes.add(Section::Suspicions, "header.twice", (Some(name), None), at);
            }
            if !header.rows.is_empty() && is_number_or_date(name) {
                notes.add(Section::Suspicions, "header.number", (Some(name), None), at);
            }
        }
        if header.looks_like_data {
            notes.add(Section::Suspicions, "header.looks_like_data", (None, None), at);
        }
    }
}

/// Returns a cell without blanks around it, repaired, and whether it was; at any depth of a list or an object.
pub(super) fn clean(value: Value<'_>, has_guard: bool) -> (Value<'_>, bool) {
    match value {
        Value::String(text) => {
            let text = if has_guard { unguarded(trimmed(text)) } else { trimmed(text) };
            match repair(&text) {
                Some(repaired) => (Value::from(repaired), true),
                None => (Value::String(text), false),
            }
        }
        Value::Array(items) => {
            let mut is_repaired = false;
            let items = items.into_iter().map(|item| {
                let (item, is_item_repaired) = clean(item, has_guard);
                is_repaired |= is_item_repaired;
                item
            });
            let items = items.collect();
            (Value::Array(items), is_repaired)
        }
        Value::Object(fields) => {
            let mut is_repaired = false;
            let fields = fields.into_iter().map(|(name, field)| {
                let (field, is_field_repaired) = clean(field, has_guard);
                is_repaired |= is_field_repaired;
                (name, field)
            });
            let fields = fields.collect();
            (Value::Object(fields), is_repaired)
        }
        value => (value, false),
    }
}

/// Returns a text without blanks around it.
pub(super) fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_matches(is_blank)),
        Cow::Owned(text) => {
            let inner = text.trim_matches(is_blank);
            if inner.len() == text.len() { Cow::Owned(text) } else { Cow::Owned(inner.to_owned()) }
        }
    }
}

/// Returns a cell without the `'` that keeps a spreadsheet from reading it as a formula.
fn unguarded(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(without_guard(text)),
        Cow::Owned(text) => Cow::Owned(without_guard(&text).to_owned()),
    }
}
