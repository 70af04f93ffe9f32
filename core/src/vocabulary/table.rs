//! The text tables of `core/data`: `#` comments, one row of column names, then rows of tab-separated cells.

pub(super) const LANGUAGES: &str = include_str!("../../data/languages.tsv");
pub(super) const LANGUAGE_ADDITIONS: &str = include_str!("../../data/language_additions.tsv");
pub(super) const LANGUAGE_ALIASES: &str = include_str!("../../data/language_aliases.tsv");
pub(super) const COMPREHENSION: &str = include_str!("../../data/comprehension.tsv");
pub(super) const REGIONS: &str = include_str!("../../data/regions.tsv");
pub(super) const REGION_ALIASES: &str = include_str!("../../data/region_aliases.tsv");
pub(super) const CRIMES: &str = include_str!("../../data/crimes.tsv");
pub(super) const CONTEXTS: &str = include_str!("../../data/contexts.tsv");
pub(super) const HELP: &str = include_str!("../../data/help.tsv");
pub(super) const LABELS: &str = include_str!("../../data/labels.tsv");
pub(super) const LETTERS: &str = include_str!("../../data/letters.tsv");
pub(super) const TOWNS: &str = include_str!("../../data/towns.tsv");
pub(super) const WORDS: &str = include_str!("../../data/words.tsv");

/// The rows of a built-in table with `N` columns. Tests hold every table to its form, so a broken row is just left out.
pub(super) fn rows<const N: usize>(text: &'static str) -> impl Iterator<Item = [&'static str; N]> {
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
pub(super) fn parts(cell: &'static str) -> impl Iterator<Item = &'static str> {
    cell.split(';').filter(|part| !part.is_empty())
}
