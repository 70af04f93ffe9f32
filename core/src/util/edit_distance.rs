//! How far a typing error may lie from the word that was meant.

/// Longer than any word of a table: not worth a look, and cheap to refuse.
const LONGEST: usize = 64;

/// The most errors that a word of so many letters may have: up to four letters none, up to seven one, above that two.
pub(crate) fn most_errors(letters: usize) -> usize {
    match letters {
        0..=4 | LONGEST.. => 0,
        5..=7 => 1,
        _ => 2,
    }
}

/// The words of `words` nearest to what was typed, all equally near, with the number of errors; none where that is more
/// than a typing error.
pub(crate) fn nearest<'w>(typed: &str, words: impl IntoIterator<Item = &'w str>) -> Option<(usize, Vec<&'w str>)> {
    let most = most_errors(typed.chars().take(LONGEST).count());
    let mut near: Option<(usize, Vec<&str>)> = None;
    for word in words {
        if most == 0 {
            break;
        }
        let errors = strsim::osa_distance(typed, word);
        match &mut near {
            Some((least, _)) if errors > *least => {}
            Some((least, words)) if errors == *least => words.push(word),
            _ if errors <= most => near = Some((errors, vec![word])),
            _ => {}
        }
    }
    near
}

/// "Did you mean": the one word that a typing error most likely stands for, if no other is as near.
pub(crate) fn did_you_mean<'w>(typed: &str, words: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let (_, near) = nearest(typed, words)?;
    let (first, others) = near.split_first()?;
    others.iter().all(|other| other == first).then_some(*first)
}

#[cfg(test)]
mod tests {
    use super::{did_you_mean, nearest};

    #[test]
    fn near_words_only_and_never_a_guess_between_two() {
        assert_eq!(did_you_mean("langauges", ["languages", "region"]), Some("languages"));
        assert_eq!(did_you_mean("regoin", ["languages", "region"]), Some("region"));
        assert_eq!(did_you_mean("role", ["roles"]), None);
        assert_eq!(did_you_mean("serbisch", ["sorbisch", "serbosch"]), None);
        assert_eq!(did_you_mean(&"x".repeat(10_000_000), ["roles"]), None);
        assert_eq!(nearest("sirbisch", ["serbisch", "sorbisch", "arabisch"]), Some((1, vec!["serbisch", "sorbisch"])));
    }
}
