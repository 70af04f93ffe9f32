//! What the library for spreadsheets does not read: formulas without a value, cells that are merged, and how many cells there are.
//!
//! The XML is searched for elements and attributes as text, as programs write them. What is not found this way is not counted; no
//! value depends on it but that of merged cells in ods.

use std::io::{Cursor, Read};

use zip::ZipArchive;

/// Returns the text of a member of an archive.
pub(super) fn member(bytes: &[u8], name: &str) -> Option<String> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut bytes = Vec::new();
    zip.by_name(name).ok()?.read_to_end(&mut bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// Returns the elements with this name: what comes after the name, up to the next of them.
fn elements<'x>(xml: &'x str, name: &'static str) -> impl Iterator<Item = &'x str> {
    let mut rest = find_element(xml, name).map(|(_, rest)| rest);
    std::iter::from_fn(move || {
        let element = rest?;
        let next = find_element(element, name);
        rest = next.map(|(_, rest)| rest);
        next.map_or(Some(element), |(start, _)| element.get(..start))
    })
}

/// Returns where the next element with this name begins, and what comes after the name. A longer name is another one.
fn find_element<'x>(xml: &'x str, name: &str) -> Option<(usize, &'x str)> {
    let mut found = xml.match_indices(name).filter_map(|(start, name)| {
        let rest = xml.get(start.saturating_add(name.len())..)?;
        rest.starts_with([' ', '>', '/', '\n', '\r', '\t']).then_some((start, rest))
    });
    found.next()
}

/// Returns the opening tag of an element.
fn tag(element: &str) -> &str {
    element.split('>').next().unwrap_or_default()
}

/// Returns an attribute of an opening tag; `name` ends in `="`.
fn attribute<'x>(tag: &'x str, name: &str) -> Option<&'x str> {
    let mut rest = tag;
    loop {
        let (before, after) = rest.split_once(name)?;
        if before.ends_with([' ', '\n', '\r', '\t']) {
            return after.split('"').next();
        }
        rest = after;
    }
}

/// Returns the rows, from 1, of formulas in a sheet of xlsx that no program has calculated.
pub(super) fn xlsx_formulas_without_value(bytes: &[u8], sheet: &str) -> Vec<u32> {
    let Some(xml) = sheet_member(bytes, sheet) else { return Vec::new() };
    let cells = elements(&xml, "<c").map(|cell| cell.split("</c>").next().unwrap_or_default());
    let without = cells.filter(|cell| {
        let value = cell.split_once("<v>").map(|(_, rest)| rest.split("</v>").next().unwrap_or_default());
        // An empty text is a value.
        cell.contains("<f") && value.is_none_or(str::is_empty) && attribute(tag(cell), "t=\"") != Some("str")
    });
    without.map(|cell| row_of(attribute(tag(cell), "r=\"").unwrap_or_default())).collect()
}

/// Returns the row of a cell such as `B3`.
fn row_of(cell: &str) -> u32 {
    cell.trim_start_matches(|letter: char| letter.is_ascii_alphabetic()).parse().unwrap_or_default()
}

/// Returns the XML of a sheet.
fn sheet_member(bytes: &[u8], sheet: &str) -> Option<String> {
    let workbook = member(bytes, "xl/workbook.xml")?;
    let find = |element: &&str| attribute(tag(element), "name=\"").map(unescaped).as_deref() == Some(sheet);
    let id = attribute(tag(elements(&workbook, "<sheet").find(find)?), "r:id=\"")?.to_owned();
    let relations = member(bytes, "xl/_rels/workbook.xml.rels")?;
    let find = |element: &&str| attribute(tag(element), "Id=\"") == Some(&id);
    let target = attribute(tag(elements(&relations, "<Relationship").find(find)?), "Target=\"")?;
    match target.strip_prefix('/') {
        Some(path) => member(bytes, path),
        None => member(bytes, &format!("xl/{target}")),
    }
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&")
}

/// A cell of ods, and where it is, from 0.
struct OdsCell<'x> {
    row: u32,
    column: u32,
    tag: &'x str,
    is_filled: bool,
}

/// Calls `each` with the rows of a sheet of ods: how often each is repeated, and its cells.
fn for_each_ods_row<'x>(table: &'x str, each: &mut dyn FnMut(usize, &[OdsCell<'x>])) {
    let mut row_number = 0_u32;
    for row in elements(table, "<table:table-row").map(|row| row.split("</table:table-row>").next().unwrap_or_default())
    {
        let repeats = repeated(tag(row), "table:number-rows-repeated=\"");
        let (mut column, mut cells) = (0_u32, Vec::new());
        for (position, _) in row.match_indices("table-cell") {
            let rest = row.get(position..).unwrap_or_default();
            // The end of an element has the same name.
            if row
                .get(..position)
                .is_some_and(|before| before.ends_with("</table:") || before.ends_with("</table:covered-"))
            {
                continue;
            }
            let tag = tag(rest);
            let is_filled = tag.contains("office:value-type=") || !tag.ends_with('/');
            cells.push(OdsCell { row: row_number, column, tag, is_filled });
            column = column
                .saturating_add(u32::try_from(repeated(tag, "table:number-columns-repeated=\"")).unwrap_or(u32::MAX));
        }
        each(repeats, &cells);
        row_number = row_number.saturating_add(u32::try_from(repeats).unwrap_or(u32::MAX));
    }
}

fn repeated(tag: &str, name: &str) -> usize {
    attribute(tag, name).and_then(|count| count.parse().ok()).unwrap_or(1).clamp(1, MAX_REPEATS)
}

/// The largest number of rows of a sheet.
const MAX_REPEATS: usize = 1_048_576;

/// Returns the number of cells that the sheets of ods have, the repeated ones and the gaps between filled ones included.
pub(super) fn ods_cells(content: &str) -> usize {
    let tables = elements(content, "<table:table").map(|table| {
        let (mut rows, mut last_row, mut width, mut held) = (0_usize, 0_usize, 0_usize, 0_usize);
        for_each_ods_row(table, &mut |repeats, cells| {
            rows = rows.saturating_add(repeats);
            if let Some(last) = cells.iter().rfind(|cell| cell.is_filled) {
                let column = usize::try_from(last.column).unwrap_or(usize::MAX);
                let row_width = column.saturating_add(repeated(last.tag, "table:number-columns-repeated=\""));
                width = width.max(row_width);
                held = held.saturating_add(row_width);
                last_row = rows;
            }
        });
        held.max(last_row.saturating_mul(width))
    });
    tables.fold(0, usize::saturating_add)
}

/// Returns the content of a sheet of ods.
fn ods_table<'x>(content: &'x str, sheet: &str) -> &'x str {
    let find = |table: &&str| attribute(tag(table), "table:name=\"").map(unescaped).as_deref() == Some(sheet);
    elements(content, "<table:table").find(find).unwrap_or_default()
}

/// Returns the rectangles of cells of ods that are merged over several rows, from 0.
pub(super) fn ods_merged(content: &str, sheet: &str) -> Vec<((u32, u32), (u32, u32))> {
    let mut merged = Vec::new();
    for_each_ods_row(ods_table(content, sheet), &mut |_, cells| {
        for cell in cells {
            let rows = repeated(cell.tag, "table:number-rows-spanned=\"");
            let bottom = cell.row.saturating_add(u32::try_from(rows).unwrap_or(u32::MAX)).saturating_sub(1);
            if rows > 1 {
                merged.push(((cell.row, cell.column), (bottom, cell.column)));
            }
        }
    });
    merged
}

/// Returns the rows, from 1, of formulas in a sheet of ods that no program has calculated.
pub(super) fn ods_formulas_without_value(content: &str, sheet: &str) -> Vec<u32> {
    let mut rows = Vec::new();
    for_each_ods_row(ods_table(content, sheet), &mut |_, cells| {
        let without =
            |cell: &&OdsCell<'_>| cell.tag.contains("table:formula=") && !cell.tag.contains("office:value-type=");
        rows.extend(cells.iter().filter(without).map(|cell| cell.row.saturating_add(1)));
    });
    rows
}
