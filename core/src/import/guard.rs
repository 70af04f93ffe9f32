//! The apostrophe before cells that a spreadsheet would evaluate as formulas.

use std::borrow::Cow;

const GUARD: char = '\'';

/// Returns a cell that no spreadsheet evaluates. [`without_guard`] is its inverse.
///
/// A cell that begins with apostrophes and such a sign gets a further one, so that removing one never changes a text.
pub(crate) fn guarded(cell: &str) -> Cow<'_, str> {
    if is_formula(cell.trim_start_matches(GUARD)) { Cow::from(format!("{GUARD}{cell}")) } else { Cow::from(cell) }
}

/// Returns a cell without the apostrophe that [`guarded`] has added.
pub(crate) fn without_guard(cell: &str) -> &str {
    cell.strip_prefix(GUARD).filter(|rest| is_formula(rest.trim_start_matches(GUARD))).unwrap_or(cell)
}

/// Returns whether a spreadsheet may evaluate the cell. East Asian editions read full-width signs as the others.
fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::{guarded, without_guard};

    #[test]
    fn a_guard_is_added_and_removed() {
        for cell in ["=1+1", "+49 351", "-2", "@x", "\t=1", "\r=1", "＝1", "'=1", "''=1"] {
            assert_eq!(guarded(cell), format!("'{cell}"));
            assert_eq!(without_guard(&guarded(cell)), cell);
        }
        for cell in ["", "'", "'Allo e.V.", "''", "a=b", "51,05"] {
            assert_eq!(guarded(cell), cell);
            assert_eq!(without_guard(cell), cell);
        }
    }
}
