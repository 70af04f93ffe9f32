//! Tables of NUTS and of the Office for National Statistics.

use crate::import::region_tree::builder::{Level, TreeBuilder};

/// The country whose NUTS regions are built in.
const BUILT_IN: &str = "DE";

/// Adds the regions of a table of NUTS, whose codes are a tree: `EL5` has `EL52`, which has `EL522`.
pub(super) fn read_nuts(text: &str, tree: &mut TreeBuilder) {
    let Some((header, rows)) = table(text) else { return };
    let column = |name: &str| header.iter().position(|column| column.eq_ignore_ascii_case(name));
    let (Some(code), Some(name)) = (column("NUTS_ID"), column("NAME_LATN").or(column("NUTS_NAME"))) else { return };
    for row in rows {
        let (Some(code), Some(name)) = (row.get(code), row.get(name)) else { continue };
        if !code.is_ascii() || code.starts_with(BUILT_IN) {
            continue;
        }
        let level = match code.len() {
            3 | 4 => Level::Land,
            5 => Level::Kreis,
            // The country is built in.
            _ => continue,
        };
        let parent = nuts_parent(code, tree);
        tree.region(code, level, Some(parent), name);
    }
}

/// Returns the code of the region above one of NUTS, which may lack a row of its own.
fn nuts_parent(code: &str, tree: &mut TreeBuilder) -> String {
    match code.split_at_checked(code.len().saturating_sub(1)) {
        Some((above, _)) if above.len() > 2 => {
            let parent = nuts_parent(above, tree);
            tree.parent(above, Level::Land, Some(parent));
            tree.code(above)
        }
        Some((country, _)) => iso_country(country).to_owned(),
        None => String::new(),
    }
}

/// Returns the ISO 3166 code of a country of NUTS.
fn iso_country(country: &str) -> &str {
    match country {
        "EL" => "GR",
        "UK" => "GB",
        country => country,
    }
}

/// A pair of columns of a lookup: code and name, and the level, smaller numbers first for larger regions.
struct Pair {
    code: usize,
    name: usize,
    rank: u8,
    level: Level,
}

/// Adds the regions of a lookup, in which each row has a region of each level.
pub(super) fn read_gss(text: &str, tree: &mut TreeBuilder) {
    let Some((header, rows)) = table(text) else { return };
    let pairs = header.iter().enumerate().filter_map(|(code, column)| {
        let column = column.to_ascii_uppercase();
        let stem = column.strip_suffix("CD")?;
        let name = header.iter().position(|name| name.eq_ignore_ascii_case(&format!("{stem}NM")))?;
        let (rank, level) = rank_of(stem.trim_end_matches(|letter: char| letter.is_ascii_digit()));
        Some(Pair { code, name, rank, level })
    });
    let mut pairs: Vec<Pair> = pairs.collect();
    crate::util::sort::sort_by(&mut pairs, |a, b| a.rank.cmp(&b.rank));
    for row in rows {
        let mut parent = tree.country();
        for pair in &pairs {
            let (Some(code), Some(name)) = (row.get(pair.code), row.get(pair.name)) else { continue };
            if !is_region(code) {
                continue;
            }
            tree.region(code, pair.level, parent, name);
            parent = Some(tree.code(code));
        }
    }
}

/// Returns the rank and the level of a kind of area by its abbreviation.
fn rank_of(abbreviation: &str) -> (u8, Level) {
    match abbreviation {
        "CTRY" => (0, Level::Land),
        "RGN" | "NHSER" | "ITL1" | "ITL" => (1, Level::Land),
        "CAUTH" | "CTY" | "CTYUA" | "UTLA" => (2, Level::Kreis),
        "LAD" | "LTLA" | "LA" => (3, Level::Kreis),
        _ => (4, Level::Gemeinde),
    }
}

/// Returns whether a code is that of a region: a letter and eight digits, which are not those of "no region" (`W99999999`).
fn is_region(code: &str) -> bool {
    let is_code = code.split_at_checked(1).is_some_and(|(letter, digits)| {
        letter.bytes().all(|byte| byte.is_ascii_uppercase())
            && digits.len() == 8
            && digits.bytes().all(|byte| byte.is_ascii_digit())
    });
    is_code && !code.ends_with("99999999")
}

type Table<'t> = (Vec<String>, Vec<csv::StringRecord>);

/// Returns the header and the rows of a CSV text.
fn table(text: &str) -> Option<Table<'_>> {
    let first = text.lines().next()?;
    let count = |delimiter: u8| first.bytes().filter(|byte| *byte == delimiter).count();
    let delimiter = [b',', b';', b'\t'].into_iter().rev().max_by_key(|delimiter| count(*delimiter))?;
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let header = reader.headers().ok()?.iter().map(str::to_owned).collect();
    Some((header, reader.into_records().filter_map(Result::ok).collect()))
}
