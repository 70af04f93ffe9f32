//! The text tables of `core/data`: `#` comments, one row of column names, then rows of tab-separated cells.

/// The rows of a built-in table with `N` columns. Tests hold every table to its form, so a broken row is just left out.
pub(crate) fn rows<const N: usize>(text: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).skip(1);
    lines.filter_map(|line| {
        let mut cells = [""; N];
        let mut columns = line.split('\t');
        for cell in &mut cells {
            *cell = columns.next()?;
        }
        Some(cells)
    })
}

/// The parts of a cell that holds several values.
pub(crate) fn parts(cell: &'static str) -> impl Iterator<Item = &'static str> {
    cell.split(';').filter(|part| !part.is_empty())
}
