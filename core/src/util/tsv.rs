//! Built-in text tables: `#` comment lines, one header row, then rows of tab-separated cells.
//!
//! Comments and header are for readers of the file. [`table!`] removes them at compile time, because they would be a tenth
//! of all embedded tables.

/// Embeds the rows of a file of `core/data`, without its comments and header row.
///
/// The path is resolved relative to the file that invokes the macro, which must lie in a folder of `core/src`.
macro_rules! table {
    ($file:literal) => {{
        const FILE: &str = include_str!(concat!("../../data/", $file));
        const ROWS: &[u8] = $crate::util::tsv::skip_head(FILE.as_bytes());
        // A copy, because a slice of the file would embed the whole file.
        const COPY: &[u8; ROWS.len()] = &match ROWS.first_chunk() {
            Some(rows) => *rows,
            None => [0; ROWS.len()],
        };
        match std::str::from_utf8(COPY) {
            Ok(rows) => rows,
            Err(_) => "",
        }
    }};
}

pub(crate) use table;

/// Returns the part of a file after its comment lines and the header row.
pub(crate) const fn skip_head(mut file: &[u8]) -> &[u8] {
    loop {
        let is_comment = matches!(file, [b'#', ..]);
        while let [first, rest @ ..] = file {
            file = rest;
            if *first == b'\n' {
                break;
            }
        }
        if !is_comment {
            return file;
        }
    }
}

/// Returns the first `N` cells of each row of a table.
///
/// A row with fewer cells is skipped; `core/data/scripts/check.py` ensures that no table has one.
pub(crate) fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    table.lines().filter_map(|line| {
        let mut cells = [""; N];
        fill(&mut cells, line).then_some(cells)
    })
}

/// Writes the first cells of a row to `cells`, or returns `false` if the row has fewer. Not generic, for the sake of size.
fn fill(cells: &mut [&'static str], row: &'static str) -> bool {
    let mut columns = row.split('\t');
    cells.iter_mut().all(|cell| columns.next().map(|column| *cell = column).is_some())
}

/// Returns the non-empty items of a cell that holds a list separated by `;`.
pub(crate) fn items(cell: &'static str) -> impl Iterator<Item = &'static str> {
    cell.split(';').filter(|item| !item.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{items, rows, skip_head};

    #[test]
    fn comments_header_and_short_rows_are_skipped() {
        let table = "a\tb\tc\nd\ne\tf;g;\n";
        assert_eq!(skip_head(b"# one\n# two\nkey\tvalue\na\tb\n"), b"a\tb\n");
        assert_eq!(skip_head(b"# only a comment"), b"");
        assert_eq!(rows::<2>(table).collect::<Vec<_>>(), [["a", "b"], ["e", "f;g;"]]);
        assert_eq!(items("f;g;").collect::<Vec<_>>(), ["f", "g"]);
        assert_eq!(items("").count(), 0);
    }
}
