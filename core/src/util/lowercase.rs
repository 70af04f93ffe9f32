//! Simple case mapping of single letters (Unicode Standard, section 3.13), by a table of ranges.
//!
//! The functions of the standard library return the same lower case, but add a table of 12 kB to the browser module.
//! [`to_lowercase`] is a binary search over fewer than 200 ranges; [`to_uppercase`] a linear scan, since it is called once per sentence.

use std::sync::LazyLock;

use crate::util::{
    sort::sort_by_key,
    tsv::{items, rows, table},
};

/// Columns: `distance step capitals`.
const CAPITALS: &str = table!("capitals.tsv");

/// Capitals `first`, `first + step`, …, `last`, each with its lower case at the same distance.
struct CapitalRange {
    first: u32,
    last: u32,
    step: u32,
    /// Code point of the lower case minus code point of the capital.
    distance: i32,
}

// INVARIANT: sorted by `first`.
static RANGES: LazyLock<Vec<CapitalRange>> = LazyLock::new(|| {
    let mut ranges: Vec<CapitalRange> = rows::<3>(CAPITALS).flat_map(CapitalRange::from_row).collect();
    sort_by_key(&mut ranges, |range| range.first);
    ranges
});

impl CapitalRange {
    fn from_row([distance, step, capitals]: [&'static str; 3]) -> impl Iterator<Item = Self> {
        let (distance, step) = (distance.parse().unwrap_or_default(), step.parse().unwrap_or(1));
        items(capitals).filter_map(move |range| {
            let (first, last) = range.split_once('-').unwrap_or((range, range));
            let code_point = |hex| u32::from_str_radix(hex, 16).ok();
            Some(Self { first: code_point(first)?, last: code_point(last)?, step, distance })
        })
    }

    fn contains(&self, code_point: u32) -> bool {
        let offset = code_point.checked_sub(self.first).filter(|_| code_point <= self.last);
        offset.and_then(|offset| offset.checked_rem(self.step)) == Some(0)
    }
}

/// Returns the lower case of a capital, or any other letter unchanged. That of `İ` is `i`.
pub(crate) fn to_lowercase(letter: char) -> char {
    if letter.is_ascii() {
        return letter.to_ascii_lowercase();
    }
    let code_point = u32::from(letter);
    let after = RANGES.partition_point(|range| range.first <= code_point);
    let range = after.checked_sub(1).and_then(|index| RANGES.get(index)).filter(|range| range.contains(code_point));
    range.and_then(|range| char::from_u32(code_point.checked_add_signed(range.distance)?)).unwrap_or(letter)
}

/// Returns the first capital that has this lower case, or any other letter unchanged.
pub(crate) fn to_uppercase(letter: char) -> char {
    if letter.is_ascii() {
        return letter.to_ascii_uppercase();
    }
    let inverse = |range: &CapitalRange| u32::from(letter).checked_add_signed(range.distance.checked_neg()?);
    let capital = RANGES.iter().find_map(|range| inverse(range).filter(|code_point| range.contains(*code_point)));
    capital.and_then(char::from_u32).unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::{to_lowercase, to_uppercase};

    #[test]
    fn lower_case_is_that_of_unicode() {
        // The table is that of Unicode 17; a standard library of another version has a few more or fewer letters.
        let is_same_version = char::UNICODE_VERSION.0 == 17;
        for letter in '\0'..=char::MAX {
            let (actual, expected) = (to_lowercase(letter), letter.to_lowercase().next());
            let is_unknown = actual == letter || expected == Some(letter);
            let is_equal = expected == Some(actual);
            assert!(is_equal || !is_same_version && is_unknown, "{letter} {:x}", u32::from(letter));
        }
    }

    #[test]
    fn upper_case_is_the_first_capital_with_that_lower_case() {
        let mut first = std::collections::BTreeMap::new();
        for letter in '\0'..=char::MAX {
            if to_lowercase(letter) != letter {
                first.entry(to_lowercase(letter)).or_insert(letter);
            }
        }
        for letter in '\0'..=char::MAX {
            assert_eq!(to_uppercase(letter), first.get(&letter).copied().unwrap_or(letter), "{letter}");
        }
    }
}
