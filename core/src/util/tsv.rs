//! The text tables of `core/data`: `#` comments, one row of column names, then rows of tab-separated cells.

/// The rows of a table. The comments at its head are for those who read the file: they stay out of what is compiled, where they
/// would be a tenth of all tables.
macro_rules! table {
    ($file:literal) => {{
        const FILE: &str = include_str!(concat!("../../data/", $file));
        const ROWS: &[u8] = rows_of(FILE.as_bytes());
        // Taken out of the file, which as a whole would be compiled in with any part of it.
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

/// What comes after the comments and the row of names.
const fn rows_of(mut file: &[u8]) -> &[u8] {
    loop {
        let comment = matches!(file, [b'#', ..]);
        while let [first, rest @ ..] = file {
            file = rest;
            if *first == b'\n' {
                break;
            }
        }
        if !comment {
            return file;
        }
    }
}

pub(crate) const LANGUAGES: &str = table!("languages.tsv");
pub(crate) const LANGUAGE_ADDITIONS: &str = table!("language_additions.tsv");
pub(crate) const LANGUAGE_ALIASES: &str = table!("language_aliases.tsv");
pub(crate) const COMPREHENSION: &str = table!("comprehension.tsv");
pub(crate) const REGIONS: &str = table!("regions.tsv");
pub(crate) const REGION_ALIASES: &str = table!("region_aliases.tsv");
pub(crate) const CAPITALS: &str = table!("capitals.tsv");
pub(crate) const CRIMES: &str = table!("crimes.tsv");
pub(crate) const CONTEXTS: &str = table!("contexts.tsv");
pub(crate) const HELP: &str = table!("help.tsv");
pub(crate) const TAGS: &str = table!("tags.tsv");
pub(crate) const LETTERS: &str = table!("letters.tsv");
pub(crate) const TOWNS: &str = table!("towns.tsv");
pub(crate) const WORDS: &str = table!("words.tsv");
pub(crate) const SENTENCES_DE: &str = table!("messages/de.tsv");
pub(crate) const SENTENCES_DE_SIMPLE: &str = table!("messages/de-simple.tsv");
pub(crate) const SENTENCES_EN: &str = table!("messages/en.tsv");

/// The rows of a built-in table with `N` columns. Tests hold every table to its form, so a broken row is just left out.
pub(crate) fn rows<const N: usize>(text: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    text.lines().filter_map(|line| {
        let mut cells = [""; N];
        fill(&mut cells, line).then_some(cells)
    })
}

fn fill(cells: &mut [&'static str], line: &'static str) -> bool {
    let mut columns = line.split('\t');
    cells.iter_mut().all(|cell| columns.next().map(|column| *cell = column).is_some())
}

/// The parts of a cell that holds several values.
pub(crate) fn parts(cell: &'static str) -> impl Iterator<Item = &'static str> {
    cell.split(';').filter(|part| !part.is_empty())
}
