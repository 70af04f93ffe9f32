//! A sheet of a spreadsheet: rows of the cells that are filled.

use std::borrow::Cow;

use crate::{
    decode::value::Value,
    error::{Error, ErrorKind, message},
    import::{
        column::text_of,
        fault::{self, MAX_CELL, MAX_COLUMNS, MAX_RECORDS, Place},
        frame::plain,
        header::{Header, Sample},
        layout::{Layout, Row, trimmed},
        notes::{Notes, Section},
        position::{Position, Step},
        rules::SourceRules,
        text_table::{SAMPLED, missing_header},
    },
};

/// The largest number of filled cells: some 1 GB of memory.
pub(super) const MAX_CELLS: usize = 20_000_000;

/// Filled cells by column, from 0, in order.
pub(super) type Cells = Vec<(usize, Value<'static>)>;

/// A sheet, whose rows are ragged: a cell that is not there is empty.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) header: Header,
    pub(super) layout: Layout,
    /// Rows by number, from 1, in order.
    rows: Vec<(u32, Cells)>,
}

/// A row of a sheet.
struct SheetRow<'s> {
    cells: &'s [(usize, Value<'static>)],
    /// The number of columns of the table.
    width: usize,
}

impl Sheet {
    /// Recognizes the header of a sheet.
    ///
    /// # Errors
    ///
    /// `import.header.missing`.
    pub(super) fn new(
        rows: Vec<(u32, Cells)>,
        rules: &SourceRules,
        (file, name): (u32, &str),
        notes: &mut Notes,
    ) -> Result<Self, Error> {
        let sample = sample(&rows, rules);
        let header = Header::find(&sample, rules.header).ok_or_else(|| missing_header(name))?;
        drop(sample);
        let mut has_data = vec![false; header.names.len()];
        for (column, _) in rows.iter().filter(|(row, _)| *row > header.end()).flat_map(|(_, cells)| cells) {
            if let Some(has_data) = has_data.get_mut(*column) {
                *has_data = true;
            }
        }
        let layout = Layout::new(&header, rules, |index| has_data.get(index).copied().unwrap_or_default());
        layout.add_suspicions(file, &header, notes);
        Ok(Self { header, layout, rows })
    }

    /// Reads the wanted cells of each row.
    ///
    /// # Errors
    ///
    /// `import.limit`, or an error of `each`.
    pub(super) fn for_each<'s>(
        &'s self,
        (file, name): (u32, &str),
        wanted: &[bool],
        notes: &mut Notes,
        each: &mut dyn FnMut(Position, Value<'s>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut count = 0_u64;
        for (number, cells) in &self.rows {
            let row = SheetRow { cells, width: self.layout.width() };
            if !self.layout.is_record(*number, &row) {
                continue;
            }
            count = count.saturating_add(1);
            if count > MAX_RECORDS {
                return Err(fault::too_many_records(&Place::file(name)));
            }
            if let Some((at, record)) = self.layout.record((file, *number), &row, wanted, notes) {
                each(at, record)?;
            }
        }
        Ok(())
    }
}

impl<'s> SheetRow<'s> {
    fn get(&self, index: usize) -> Option<&'s Value<'static>> {
        let cells: &'s [(usize, Value<'static>)] = self.cells;
        let at = cells.binary_search_by_key(&index, |(column, _)| *column).ok()?;
        cells.get(at).map(|(_, value)| value)
    }
}

impl<'s> Row<'s> for SheetRow<'s> {
    fn len(&self) -> usize {
        self.cells.last().map_or(0, |(column, _)| column.saturating_add(1)).max(self.width)
    }

    fn is_empty_at(&self, index: usize) -> bool {
        self.get(index).is_none()
    }

    fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    fn value(&self, index: usize) -> Value<'s> {
        self.get(index).map_or(Value::Null, plain)
    }
}

fn sample<'r>(rows: &'r [(u32, Cells)], rules: &SourceRules) -> Sample<'r> {
    let mut sample = Vec::new();
    for (number, cells) in rows.iter().filter(|(number, _)| !rules.skip.contains(number)) {
        if sample.len() >= SAMPLED && !rules.is_header(*number) {
            continue;
        }
        let width = cells.last().map_or(0, |(column, _)| column.saturating_add(1));
        let mut texts = vec![Cow::Borrowed(""); width];
        for (column, value) in cells {
            if let (Some(text), Some(value)) = (texts.get_mut(*column), text_of(value)) {
                *text = trimmed(value);
            }
        }
        sample.push((*number, texts));
    }
    sample
}

/// Rows of a sheet while it is read.
#[derive(Debug, Default)]
pub(super) struct SheetBuilder {
    rows: Vec<(u32, Cells)>,
    cells: usize,
}

impl SheetBuilder {
    /// Adds a filled cell at a row and a column, both from 0.
    ///
    /// # Errors
    ///
    /// `import.limit` for a cell that is too large, too many columns or too many cells.
    pub(super) fn add(&mut self, (row, column): (u32, u32), value: Value<'static>, name: &str) -> Result<(), Error> {
        let number = row.saturating_add(1);
        let place = Place::row(name, usize::try_from(number).unwrap_or(usize::MAX));
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if column >= MAX_COLUMNS {
            return Err(fault::limit(&place, message!("import.limit.columns").with(&[("max", &MAX_COLUMNS)])));
        }
        if matches!(&value, Value::String(text) if text.len() > MAX_CELL) {
            return Err(fault::limit(&place, message!("import.limit.cell").with(&[("max", &MAX_CELL)])));
        }
        self.cells = self.cells.saturating_add(1);
        if self.cells > MAX_CELLS {
            return Err(fault::limit(&place, message!("import.limit.cells").with(&[("max", &MAX_CELLS)])));
        }
        match self.rows.last_mut() {
            Some((last, cells)) if *last == number => cells.push((column, value)),
            _ => self.rows.push((number, vec![(column, value)])),
        }
        Ok(())
    }

    /// Returns the rows in order, each with its cells in order; of a cell that is there twice, the first one.
    pub(super) fn rows(mut self) -> Vec<(u32, Cells)> {
        self.rows.sort_by_key(|(number, _)| *number);
        let mut rows: Vec<(u32, Cells)> = Vec::with_capacity(self.rows.len());
        for (number, cells) in self.rows {
            match rows.last_mut() {
                Some((last, existing)) if *last == number => existing.extend(cells),
                _ => rows.push((number, cells)),
            }
        }
        for (_, cells) in &mut rows {
            cells.sort_by_key(|(column, _)| *column);
            cells.dedup_by_key(|(column, _)| *column);
        }
        rows
    }
}

/// Merged cells: the first and the last of them, each as its row and column from 0.
pub(super) type Merged = ((u32, u32), (u32, u32));

/// Copies the value of each cell that is merged over several rows, a rectangle from 0, to the rows below.
///
/// # Errors
///
/// `import.limit` if there are too many cells.
pub(super) fn fill_merged(
    rows: &mut [(u32, Cells)],
    merged: &[Merged],
    (file, name): (u32, &str),
    notes: &mut Notes,
) -> Result<(), Error> {
    let mut budget = MAX_CELLS;
    for ((top, left), (bottom, _)) in merged.iter().filter(|((top, _), (bottom, _))| bottom > top) {
        let (number, last) = (top.saturating_add(1), bottom.saturating_add(1));
        let Ok(column) = usize::try_from(*left) else { continue };
        let begin = rows.partition_point(|(row, _)| *row < number);
        let find = |(row, cells): &(u32, Cells)| {
            let at = cells.binary_search_by_key(&column, |(column, _)| *column).ok().filter(|_| *row == number)?;
            cells.get(at).map(|(_, value)| value.clone())
        };
        let Some(value) = rows.get(begin).and_then(find) else { continue };
        let below = rows.iter_mut().skip(begin).skip(1).take_while(|(row, _)| *row <= last);
        for (_, cells) in below {
            let text = if let Value::String(text) = &value { text.len() / 16 } else { 0 };
            budget = budget.checked_sub(text.saturating_add(1)).ok_or_else(|| {
                fault::limit(&Place::file(name), message!("import.limit.cells").with(&[("max", &MAX_CELLS)]))
            })?;
            if let Err(at) = cells.binary_search_by_key(&column, |(column, _)| *column) {
                cells.insert(at, (column, value.clone()));
            }
        }
        notes.add(Section::Assumed, "xlsx.merged_cell", (None, None), Some(Position { file, step: Step::Row(number) }));
    }
    Ok(())
}

/// Returns the error of a sheet that a workbook does not have.
pub(super) fn missing_sheet(name: &str) -> Error {
    let error = fault::at(&Place::file(name), (ErrorKind::Unknown, "import.xlsx.sheet"), message!("import.xlsx.sheet"));
    Error::new(error.with_hint(message!("import.xlsx.sheet.hint")))
}
