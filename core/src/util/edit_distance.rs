//! The nearest strings to a typed one by edit distance.
//!
//! The distance is the optimal string alignment distance, that is, the Damerau–Levenshtein distance without repeated edits
//! of one substring (Damerau 1964): insertions, deletions, substitutions and transpositions of adjacent letters count 1. It
//! is computed by `strsim::osa_distance` in O(mn) for strings of m and n letters. [`DistanceRows`] computes it row by row within
//! a band around the diagonal, in O(m) for a small bound (Ukkonen 1985), so that strings with a common prefix share its rows.

/// Number of letters from which a string is not compared, in letters; longer than any word of a table.
const TOO_LONG: usize = 64;

/// Length of the longest word that can be the nearest one, in letters.
pub(crate) const MAX_LETTERS: usize = TOO_LONG + MAX_DISTANCE;

/// Returns the largest edit distance that counts as a typing error: 0 for up to four letters, 1 for up to seven, else 2.
///
/// It is also 0 from 64 letters on, which bounds the cost of hostile input.
pub(crate) fn max_distance(letters: usize) -> usize {
    match letters {
        0..=4 | TOO_LONG.. => 0,
        5..=7 => 1,
        _ => 2,
    }
}

/// Returns the least edit distance from `typed` to any of `words`, and all words at that distance in the given order.
///
/// Returns `None` if no word is within [`max_distance`].
pub(crate) fn nearest<'w>(typed: &str, words: impl IntoIterator<Item = &'w str>) -> Option<(usize, Vec<&'w str>)> {
    let max_distance = max_distance(typed.chars().take(TOO_LONG).count());
    let mut nearest: Option<(usize, Vec<&str>)> = None;
    for word in words {
        if max_distance == 0 {
            break;
        }
        let distance = strsim::osa_distance(typed, word);
        match &mut nearest {
            Some((least, _)) if distance > *least => {}
            Some((least, words)) if distance == *least => words.push(word),
            _ if distance <= max_distance => nearest = Some((distance, vec![word])),
            _ => {}
        }
    }
    nearest
}

/// The largest distance that [`DistanceRows`] can find, and the number of cells on each side of the diagonal.
const MAX_DISTANCE: usize = 2;

/// One row of the distance matrix: the cells within [`MAX_DISTANCE`] of the diagonal.
type Row = [u8; 2 * MAX_DISTANCE + 1];

/// A distance beyond every bound, which can be increased for each letter of a word.
const TOO_FAR: u8 = 100;

/// The rows of the distance matrix of a typed text and the letters of a word, one for each letter so far.
pub(crate) struct DistanceRows<'t> {
    typed: &'t [char],
    letters: Vec<char>,
    // INVARIANT: one more than `letters`.
    rows: Vec<Row>,
}

impl<'t> DistanceRows<'t> {
    pub(crate) fn new(typed: &'t [char]) -> Self {
        Self { typed, letters: Vec::new(), rows: vec![[TOO_FAR, TOO_FAR, 0, 1, 2]] }
    }

    /// Keeps the first letters of the word only.
    pub(crate) fn truncate(&mut self, letters: usize) {
        self.letters.truncate(letters);
        self.rows.truncate(letters.saturating_add(1));
    }

    /// Appends a letter of the word, which has `length` letters in all. Returns the least distance to which the word may still
    /// lead: once it has all its letters, its distance. A value above [`MAX_DISTANCE`] only says that it is as large.
    pub(crate) fn push(&mut self, letter: char, length: usize) -> u8 {
        let (previous, before) = match self.rows.as_slice() {
            [.., before, previous] => (*previous, *before),
            rows => (rows.first().copied().unwrap_or([TOO_FAR; 5]), [TOO_FAR; 5]),
        };
        let last_letter = self.letters.last().copied();
        self.letters.push(letter);
        let mut row = [TOO_FAR; 5];
        let (mut left, mut least) = (TOO_FAR, TOO_FAR);
        for (index, cell) in row.iter_mut().enumerate() {
            // The number of typed letters that this cell compares with the letters of the word.
            let Some(column) = self.letters.len().saturating_add(index).checked_sub(MAX_DISTANCE) else { continue };
            if column > self.typed.len() {
                break;
            }
            let typed = column.checked_sub(1).and_then(|index| self.typed.get(index)).copied();
            let is_same = typed == Some(letter);
            let at = |row: &Row, index: usize| row.get(index).copied().unwrap_or(TOO_FAR);
            let diagonal = if typed.is_some() { at(&previous, index) } else { TOO_FAR };
            *cell = diagonal.saturating_add(u8::from(!is_same));
            *cell = (*cell).min(at(&previous, index.saturating_add(1)).saturating_add(1)).min(left.saturating_add(1));
            let typed_before = column.checked_sub(2).and_then(|index| self.typed.get(index)).copied();
            if typed_before == Some(letter) && typed.is_some() && typed == last_letter {
                *cell = (*cell).min(at(&before, index).saturating_add(1));
            }
            left = *cell;
            let (rest, typed_rest) =
                (length.saturating_sub(self.letters.len()), self.typed.len().saturating_sub(column));
            let indels = u8::try_from(rest.abs_diff(typed_rest)).unwrap_or(TOO_FAR);
            least = least.min(cell.saturating_add(indels));
        }
        self.rows.push(row);
        least
    }
}

/// Returns the nearest of `words`, or `None` if there is no near one or several differ.
pub(crate) fn did_you_mean<'w>(typed: &str, words: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let (_, nearest) = nearest(typed, words)?;
    let (first, others) = nearest.split_first()?;
    others.iter().all(|other| other == first).then_some(*first)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{DistanceRows, MAX_DISTANCE, did_you_mean, nearest};

    proptest! {
        #[test]
        fn rows_within_the_band_yield_the_distance(
            typed in "[a-c]{1,7}",
            words in prop::collection::vec("[a-c]{1,7}", 1..6),
        ) {
            let letters: Vec<char> = typed.chars().collect();
            let mut rows = DistanceRows::new(&letters);
            let mut last: Vec<char> = Vec::new();
            for word in &words {
                let word_letters: Vec<char> = word.chars().collect();
                let common = last.iter().zip(&word_letters).take_while(|(a, b)| a == b).count();
                rows.truncate(common);
                let expected = strsim::osa_distance(&typed, word);
                let mut distance = usize::MAX;
                for letter in word_letters.iter().skip(common) {
                    distance = usize::from(rows.push(*letter, word_letters.len()));
                    let bound = distance.min(MAX_DISTANCE.saturating_add(1));
                    prop_assert!(bound <= expected, "a lower bound at each letter: {} {}", typed, word);
                }
                if common < word_letters.len() {
                    prop_assert!(distance == expected || distance.min(expected) > MAX_DISTANCE, "{} {}", typed, word);
                }
                last = word_letters;
            }
        }
    }

    #[test]
    fn only_a_unique_near_word_is_meant() {
        assert_eq!(did_you_mean("langauges", ["languages", "region"]), Some("languages"));
        assert_eq!(did_you_mean("regoin", ["languages", "region"]), Some("region"));
        assert_eq!(did_you_mean("role", ["roles"]), None);
        assert_eq!(did_you_mean("serbisch", ["sorbisch", "serbosch"]), None);
        assert_eq!(did_you_mean(&"x".repeat(10_000_000), ["roles"]), None);
        assert_eq!(nearest("sirbisch", ["serbisch", "sorbisch", "arabisch"]), Some((1, vec!["serbisch", "sorbisch"])));
    }
}
