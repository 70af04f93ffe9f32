use std::sync::LazyLock;

use crate::util::{
    sort::sort_by_key,
    tsv::{CAPITALS, parts, rows},
};

/// Capitals whose small letters are equally far off, each `step` after the one before.
struct Run {
    first: u32,
    last: u32,
    step: u32,
    distance: i32,
}

static RUNS: LazyLock<Vec<Run>> = LazyLock::new(|| {
    let mut runs: Vec<Run> = rows::<3>(CAPITALS).flat_map(read).collect();
    sort_by_key(&mut runs, |run| run.first);
    runs
});

impl Run {
    fn holds(&self, number: u32) -> bool {
        let off = number.checked_sub(self.first).filter(|_| number <= self.last);
        off.and_then(|off| off.checked_rem(self.step)) == Some(0)
    }
}

/// The small letter of a capital; any other letter as it is. Of `İ` it is `i`.
///
/// The standard library tells the same, with a table of 12 kB in the browser.
pub(crate) fn small(letter: char) -> char {
    if letter.is_ascii() {
        return letter.to_ascii_lowercase();
    }
    let number = u32::from(letter);
    let run = RUNS.partition_point(|run| run.first <= number).checked_sub(1).and_then(|place| RUNS.get(place));
    let run = run.filter(|run| run.holds(number));
    run.and_then(|run| char::from_u32(number.checked_add_signed(run.distance)?)).unwrap_or(letter)
}

/// The first capital that has this small letter; any other letter as it is.
pub(crate) fn capital(letter: char) -> char {
    if letter.is_ascii() {
        return letter.to_ascii_uppercase();
    }
    let back = |run: &Run| u32::from(letter).checked_add_signed(run.distance.checked_neg()?);
    let number = RUNS.iter().find_map(|run| back(run).filter(|number| run.holds(*number)));
    number.and_then(char::from_u32).unwrap_or(letter)
}

fn read([distance, step, capitals]: [&'static str; 3]) -> impl Iterator<Item = Run> {
    let (distance, step) = (distance.parse().unwrap_or_default(), step.parse().unwrap_or(1));
    parts(capitals).filter_map(move |run| {
        let (first, last) = run.split_once('-').unwrap_or((run, run));
        let number = |text| u32::from_str_radix(text, 16).ok();
        Some(Run { first: number(first)?, last: number(last)?, step, distance })
    })
}

#[cfg(test)]
mod tests {
    use super::{capital, small};

    #[test]
    fn small_letters_are_those_of_unicode() {
        // The table is that of Unicode 17; a standard library of another version knows a few letters more or less.
        let same = char::UNICODE_VERSION.0 == 17;
        for letter in '\0'..=char::MAX {
            let (ours, theirs) = (small(letter), letter.to_lowercase().next());
            let unknown = ours == letter || theirs == Some(letter);
            assert!(theirs == Some(ours) || !same && unknown, "{letter} {:x}", u32::from(letter));
        }
    }

    #[test]
    fn capitals_are_the_first_that_have_the_small_letter() {
        let mut seen = std::collections::BTreeMap::new();
        for letter in '\0'..=char::MAX {
            if small(letter) != letter {
                seen.entry(small(letter)).or_insert(letter);
            }
        }
        for letter in '\0'..=char::MAX {
            assert_eq!(capital(letter), seen.get(&letter).copied().unwrap_or(letter), "{letter}");
        }
    }
}
