//! Spreadsheets (xlsx, ods).

use std::{
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
};

use calamine::{
    Data, DataRef, ExcelDateTime, Ods, Reader, Sheet as SheetInfo, SheetType, SheetVisible, Xlsx, XlsxError,
};

use crate::{
    decode::value::Value,
    error::{Error, message},
    import::{
        archive::damaged,
        fault::{self, MAX_CELL, Place},
        found::{Found, SourceOptions, part},
        frame::whole,
        known_format::of_columns,
        notes::{Notes, Section},
        position::{Position, Step},
        sheet::{MAX_CELLS, Sheet, SheetBuilder, fill_merged, missing_sheet},
        sheet_xml,
        source::{Records, SourcePart},
    },
};

/// Adds the sheets of a workbook that are read: the first visible one or the one that the rules name, and those that are side
/// tables. The others are noted.
///
/// # Errors
///
/// `import.xlsx.damaged`, `import.xlsx.sheet`, `import.header.missing` or `import.limit`.
pub(super) fn add_workbook(
    name: &str,
    bytes: &[u8],
    is_xlsx: bool,
    options: SourceOptions<'_>,
    found: &mut Found<'_>,
) -> Result<(), Error> {
    let place = Place::file(name);
    // The library is not ours: a panic in it is a damaged file, not the end of the program.
    let result = catch_unwind(AssertUnwindSafe(|| {
        let mut workbook = if is_xlsx { Workbook::xlsx(bytes, &place)? } else { Workbook::ods(bytes, &place)? };
        add_sheets(name, &mut workbook, options, found)
    }));
    result.unwrap_or_else(|_| Err(damaged(&place)))
}

enum Workbook<'b> {
    Xlsx(Box<Xlsx<Cursor<&'b [u8]>>>, &'b [u8]),
    Ods(Box<Ods<Cursor<&'b [u8]>>>, String),
}

impl<'b> Workbook<'b> {
    fn xlsx(bytes: &'b [u8], place: &Place<'_>) -> Result<Self, Error> {
        let workbook = Xlsx::new(Cursor::new(bytes)).map_err(|_| damaged(place))?;
        Ok(Self::Xlsx(Box::new(workbook), bytes))
    }

    /// The library holds each cell of a repeated one, so they are counted before.
    fn ods(bytes: &'b [u8], place: &Place<'_>) -> Result<Self, Error> {
        let content = sheet_xml::member(bytes, "content.xml").ok_or_else(|| damaged(place))?;
        if sheet_xml::ods_cells(&content) > MAX_CELLS {
            return Err(fault::limit(place, message!("import.limit.cells").with(&[("max", &MAX_CELLS)])));
        }
        let workbook = Ods::new(Cursor::new(bytes)).map_err(|_| damaged(place))?;
        Ok(Self::Ods(Box::new(workbook), content))
    }

    fn sheets(&self) -> &[SheetInfo] {
        match self {
            Self::Xlsx(workbook, _) => workbook.sheets_metadata(),
            Self::Ods(workbook, _) => workbook.sheets_metadata(),
        }
    }

    fn format(&self) -> &'static str {
        match self {
            Self::Xlsx(..) => "xlsx",
            Self::Ods(..) => "ods",
        }
    }
}

fn add_sheets(
    name: &str,
    workbook: &mut Workbook<'_>,
    options: SourceOptions<'_>,
    found: &mut Found<'_>,
) -> Result<(), Error> {
    let tables = workbook.sheets().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let main = match &options.rules.sheet {
        Some(sheet) => tables.clone().find(|other| other.name == *sheet).ok_or_else(|| missing_sheet(name))?,
        None => {
            tables.clone().find(|sheet| sheet.visible == SheetVisible::Visible).ok_or_else(|| missing_sheet(name))?
        }
    };
    let main = main.name.clone();
    let names: Vec<String> = workbook.sheets().iter().map(|sheet| sheet.name.clone()).collect();
    let has_sides = names.iter().any(|sheet| *sheet != main && options.sides.contains(sheet));
    for sheet in names {
        if sheet != main && !options.sides.contains(&sheet) {
            found.notes.add(Section::Lost, "xlsx.sheet", (Some(&sheet), None), None);
            continue;
        }
        let index = found.next_index();
        let rows = match &mut *workbook {
            Workbook::Xlsx(xlsx, bytes) => xlsx_rows(xlsx, bytes, &sheet, (index, name), &mut found.notes)?,
            Workbook::Ods(ods, content) => ods_rows(ods, content, &sheet, (index, name), &mut found.notes)?,
        };
        let table = Sheet::new(rows, options.rules, (index, name), &mut found.notes)?;
        let columns: Vec<String> = table.layout.names().map(str::to_owned).collect();
        let recognition = of_columns(&columns);
        let header = table.header.rows.clone();
        let mut part = part(name, workbook.format(), index, Records::Sheet(table));
        if has_sides {
            part.stem.clone_from(&sheet);
        }
        found.push(SourcePart { header, columns, sheet: Some(sheet), ..part }, recognition);
    }
    Ok(())
}

type Rows = Vec<(u32, Vec<(usize, Value<'static>)>)>;

fn xlsx_rows(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    bytes: &[u8],
    sheet: &str,
    (file, name): (u32, &str),
    notes: &mut Notes,
) -> Result<Rows, Error> {
    let place = Place::file(name);
    let is_damaged = |_: XlsxError| damaged(&place);
    let mut rows = SheetBuilder::default();
    let mut reader = workbook.worksheet_cells_reader(sheet).map_err(is_damaged)?;
    while let Some(cell) = reader.next_cell().map_err(is_damaged)? {
        let (row, column) = cell.get_position();
        let at = Position { file, step: Step::Row(row.saturating_add(1)) };
        let value = match cell.get_value() {
            DataRef::SharedString(text) => text_value(text),
            value => cell_value(&Data::from(value.clone()), at, notes),
        };
        if let Some(value) = value {
            rows.add((row, column), value, name)?;
        }
    }
    drop(reader);
    let mut rows = rows.rows();
    let merged = workbook.worksheet_merge_cells(sheet).transpose().map_err(is_damaged)?.unwrap_or_default();
    let merged: Vec<_> = merged.into_iter().map(|region| (region.start, region.end)).collect();
    fill_merged(&mut rows, &merged, (file, name), notes)?;
    for row in sheet_xml::xlsx_formulas_without_value(bytes, sheet) {
        notes.add(Section::Lost, "xlsx.formula", (None, None), Some(Position { file, step: Step::Row(row) }));
    }
    Ok(rows)
}

fn ods_rows(
    workbook: &mut Ods<Cursor<&[u8]>>,
    content: &str,
    sheet: &str,
    (file, name): (u32, &str),
    notes: &mut Notes,
) -> Result<Rows, Error> {
    let range = workbook.worksheet_range(sheet).map_err(|_| damaged(&Place::file(name)))?;
    let (top, left) = range.start().unwrap_or_default();
    let mut rows = SheetBuilder::default();
    for (row, column, value) in range.used_cells() {
        let row = top.saturating_add(u32::try_from(row).unwrap_or(u32::MAX));
        let column = left.saturating_add(u32::try_from(column).unwrap_or(u32::MAX));
        let at = Position { file, step: Step::Row(row.saturating_add(1)) };
        if let Some(value) = cell_value(value, at, notes) {
            rows.add((row, column), value, name)?;
        }
    }
    let mut rows = rows.rows();
    fill_merged(&mut rows, &sheet_xml::ods_merged(content, sheet), (file, name), notes)?;
    for row in sheet_xml::ods_formulas_without_value(content, sheet) {
        notes.add(Section::Lost, "xlsx.formula", (None, None), Some(Position { file, step: Step::Row(row) }));
    }
    Ok(rows)
}

/// Returns the value of a cell, or `None` for an empty one. An error is none, and noted.
fn cell_value(cell: &Data, at: Position, notes: &mut Notes) -> Option<Value<'static>> {
    match cell {
        Data::Empty => None,
        Data::Error(_) => {
            notes.add(Section::Lost, "xlsx.error", (None, None), Some(at));
            None
        }
        Data::String(text) => text_value(text),
        Data::Int(number) => Some(Value::Int(*number)),
        Data::Float(number) => Some(whole(*number).map_or(Value::Float(*number), Value::Int)),
        Data::Bool(flag) => Some(Value::Bool(*flag)),
        Data::DateTime(date) => Some(date_value(date)),
        Data::DateTimeIso(text) => Some(Value::from(text.strip_suffix("T00:00:00").unwrap_or(text).to_owned())),
        Data::DurationIso(text) => Some(Value::from(text.clone())),
    }
}

/// Returns text without blanks around it. A program that writes numbers as text often adds `.0`.
fn text_value(text: &str) -> Option<Value<'static>> {
    let text = text.trim();
    let number =
        text.strip_suffix(".0").filter(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()));
    // A longer text is reported with its row.
    let text = number.unwrap_or(text);
    let text = text.get(..MAX_CELL.saturating_add(1)).unwrap_or(text);
    (!text.is_empty()).then(|| Value::from(text.to_owned()))
}

/// Returns a date as ISO 8601, with its time unless that is midnight; a time alone without a date.
fn date_value(date: &ExcelDateTime) -> Value<'static> {
    let days = date.as_f64();
    // The dates of a spreadsheet end on 9999-12-31.
    if !(0.0..2_958_466.0).contains(&days) || date.is_duration() {
        return whole(days).map_or(Value::Float(days), Value::Int);
    }
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    let (date, time) = (format!("{year:04}-{month:02}-{day:02}"), format!("{hour:02}:{minute:02}:{second:02}"));
    Value::from(match (days < 1.0, (hour, minute, second)) {
        (true, _) => time,
        (false, (0, 0, 0)) => date,
        (false, _) => format!("{date}T{time}"),
    })
}
