//! Which words of needs a question may show.
//!
//! A cell of a need may hold a name or a sentence about a person in any column. A word is shown only if it is rather a word of the
//! field: its column has words of a kind, it is short, and a table has it, many rows have it, or it is an abbreviation.

use crate::import::word_kind::WordKind;

/// Most characters and most words of a word that is shown.
const MAX_CHARACTERS: usize = 40;
const MAX_WORDS: usize = 4;
/// The number of rows from which on a word is rather one of the field.
const MIN_ROWS: u64 = 3;
/// Most characters of an abbreviation.
const MAX_ABBREVIATION: usize = 2;
/// Digits in a row from which on a text may be a number of a person.
const MAX_DIGITS: usize = 3;

/// Returns `true` if a question about a need may show this word, which occurs in a number of rows.
pub(crate) fn is_disclosable(kind: WordKind, text: &str, has_candidates: bool, rows: u64) -> bool {
    let text = text.trim();
    let characters = text.chars().count();
    let is_short = characters <= MAX_CHARACTERS && text.split_whitespace().count() <= MAX_WORDS;
    let is_abbreviation = is_closed(kind) && characters <= MAX_ABBREVIATION;
    has_words(kind)
        && is_short
        && !text.contains(['@', '_', ':'])
        && !has_number(text)
        && !has_date(text)
        && (has_candidates || rows >= MIN_ROWS || is_abbreviation)
}

/// Returns `true` for a kind of words in a table. Ages, postcodes and cells that only their mapping knows are never shown.
fn has_words(kind: WordKind) -> bool {
    kind.code_kind().is_some()
}

fn is_closed(kind: WordKind) -> bool {
    kind.code_kind().is_some_and(|kind| kind.is_closed())
}

/// Returns `true` if a text has three digits in a row, of any script.
fn has_number(text: &str) -> bool {
    let mut digits = 0_usize;
    text.chars().any(|letter| {
        digits = if letter.is_numeric() { digits.saturating_add(1) } else { 0 };
        digits >= MAX_DIGITS
    })
}

/// Returns `true` if a text has two numbers with a full stop, a stroke or a dash between them, such as "3.4.".
fn has_date(text: &str) -> bool {
    let compact: Vec<char> = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    let is_date = |part: &[char]| match part {
        [a, sign, b] => a.is_numeric() && b.is_numeric() && matches!(sign, '.' | '/' | '-' | '–'),
        _ => false,
    };
    compact.windows(3).any(is_date)
}

#[cfg(test)]
mod tests {
    use super::is_disclosable;
    use crate::import::word_kind::WordKind;

    #[test]
    fn only_words_of_a_field_are_shown() {
        for (kind, text, has_candidates, rows, expected) in [
            (WordKind::Help, "Beratung", true, 1, true),
            (WordKind::Help, "Schülerhilfe", false, 1, false),
            (WordKind::Help, "Schülerhilfe", false, 3, true),
            (WordKind::Help, "Herr Beispiel will reden", false, 1, false),
            (WordKind::Help, "Frau Beispiel braucht dringend Ruhe", true, 9, false),
            (WordKind::Priority, "1", false, 1, true),
            (WordKind::Help, "XY", false, 1, false),
            (WordKind::Language, "0341 000000", false, 5, false),
            (WordKind::Language, "a@b", true, 5, false),
            (WordKind::Role, "Opfer (3.4.)", true, 1, false),
            (WordKind::Region, "02999", true, 5, false),
            (WordKind::Age, "alt", true, 5, false),
            (WordKind::Postcode, "x", true, 5, false),
            (WordKind::Value, "keine", true, 5, false),
            (WordKind::Language, "Deutsch: gut", true, 5, false),
        ] {
            assert_eq!(is_disclosable(kind, text, has_candidates, rows), expected, "{text}");
        }
    }
}
