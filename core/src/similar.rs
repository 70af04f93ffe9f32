//! "Did you mean": the one word that a typing error most likely stands for.

/// The word of `words` nearest to `typed`, if it is near enough and no other is as near.
///
/// Limits as for typing errors: up to four letters none, up to seven one error, above that two.
pub(crate) fn nearest<'w>(typed: &str, words: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    // Longer than any word of a table: not worth a look, and cheap to refuse.
    let length = typed.chars().take(64).count();
    let most = match length {
        0..=4 | 64.. => return None,
        5..=7 => 1,
        _ => 2,
    };
    let mut best: Option<(usize, &str)> = None;
    let mut tied = false;
    for word in words {
        let distance = strsim::osa_distance(typed, word);
        if distance > most {
            continue;
        }
        match best {
            Some((least, _)) if distance > least => {}
            Some((least, other)) if distance == least => tied |= other != word,
            _ => {
                best = Some((distance, word));
                tied = false;
            }
        }
    }
    best.filter(|_| !tied).map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn near_words_only_and_never_a_guess_between_two() {
        assert_eq!(nearest("langauges", ["languages", "region"]), Some("languages"));
        assert_eq!(nearest("regoin", ["languages", "region"]), Some("region"));
        assert_eq!(nearest("role", ["roles"]), None);
        assert_eq!(nearest("serbisch", ["sorbisch", "serbosch"]), None);
        assert_eq!(nearest(&"x".repeat(10_000_000), ["roles"]), None);
    }
}
