//! The nearest strings to a typed one by edit distance.
//!
//! The distance is the optimal string alignment distance, that is, the Damerau–Levenshtein distance without repeated edits
//! of one substring (Damerau 1964): insertions, deletions, substitutions and transpositions of adjacent letters count 1. It
//! is computed by `strsim::osa_distance` in O(mn) for strings of m and n letters.

/// Number of letters from which a string is not compared, in letters; longer than any word of a table.
const TOO_LONG: usize = 64;

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

/// Returns the nearest of `words`, or `None` if there is no near one or several differ.
pub(crate) fn did_you_mean<'w>(typed: &str, words: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let (_, nearest) = nearest(typed, words)?;
    let (first, others) = nearest.split_first()?;
    others.iter().all(|other| other == first).then_some(*first)
}

#[cfg(test)]
mod tests {
    use super::{did_you_mean, nearest};

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
