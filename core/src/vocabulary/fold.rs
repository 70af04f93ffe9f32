//! One form for the many ways in which a name is written.

use icu_normalizer::DecomposingNormalizerBorrowed;

/// The form in which names are compared: without case, accents, vowel marks, spaces and punctuation, whatever the script.
///
/// Letters of Arabic and Cyrillic script stay in their script; only what keyboards confuse is made one.
pub(crate) fn fold(text: &str) -> String {
    folded(text, false)
}

/// The forms of a name that is to be found: ä as a and, where that differs, as ae.
pub(crate) fn forms(name: &str) -> impl Iterator<Item = String> {
    let (plain, umlauts) = (fold(name), folded(name, true));
    let other = (umlauts != plain).then_some(umlauts);
    std::iter::once(plain).chain(other).filter(|form| !form.is_empty())
}

fn folded(text: &str, umlauts: bool) -> String {
    const DIAERESIS: char = '\u{308}';
    let mut folded = String::with_capacity(text.len());
    let (mut base, mut cyrillic) = ('\0', false);
    let decomposed = DecomposingNormalizerBorrowed::new_nfkd().normalize_iter(text.chars());
    for letter in decomposed.flat_map(char::to_lowercase) {
        match letter {
            DIAERESIS if umlauts && matches!(base, 'a' | 'o' | 'u') => folded.push('e'),
            // Accents make another letter in Cyrillic (й, ї) only.
            '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' => {
                if cyrillic {
                    folded.push(letter);
                }
            }
            // Vowel points of Hebrew and Arabic, the Arabic letter that only stretches, and modifier letters (K’iche’).
            '\u{591}'..='\u{5c7}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}' => {}
            '\u{2b0}'..='\u{2ff}' => {}
            _ => {
                (base, cyrillic) = (letter, ('\u{400}'..='\u{52f}').contains(&letter));
                match letter {
                    'ß' => folded.push_str("ss"),
                    'æ' => folded.push_str("ae"),
                    'œ' => folded.push_str("oe"),
                    'ø' => folded.push('o'),
                    'ł' => folded.push('l'),
                    'đ' => folded.push('d'),
                    'ħ' => folded.push('h'),
                    'ı' => folded.push('i'),
                    'ς' => folded.push('σ'),
                    'ي' | 'ى' => folded.push('ی'),
                    'ك' => folded.push('ک'),
                    'ة' => folded.push('ه'),
                    _ if letter.is_alphanumeric() => folded.push(letter),
                    _ => {}
                }
            }
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::{fold, forms};

    #[test]
    fn ways_of_writing_become_one() {
        for (typed, folded) in [
            ("Türkisch", "turkisch"),
            ("Tu\u{308}rkisch", "turkisch"),
            ("TÜRKİSCH", "turkisch"),
            ("Sächsische Schweiz-Osterzgebirge", "sachsischeschweizosterzgebirge"),
            ("Leipzig (Stadt)", "leipzigstadt"),
            ("Meißen", "meissen"),
            ("MEISSEN", "meissen"),
            ("ＦＡＲＳＩ", "farsi"),
            ("Tiếng Việt", "tiengviet"),
            ("język łużycki", "jezykluzycki"),
            ("العَرَبِيَّة", "العربیه"),
            ("فارسي", "فارسی"),
            ("كوردي", "کوردی"),
            ("ﻋﺮﺑﻲ", "عربی"),
            ("کوردیی\u{200c}ناوەندی", "کوردییناوەندی"),
            ("\u{200e}русский\u{200f}", "русскии\u{306}"),
            ("українська", "украі\u{308}нська"),
            ("ΕΛΛΗΝΙΚΆ", "ελληνικα"),
            ("ייִדיש", "יידיש"),
            ("ትግርኛ", "ትግርኛ"),
            ("N’Ko", "nko"),
            ("-", ""),
            ("🙂\u{7}", ""),
        ] {
            assert_eq!(fold(typed), folded, "{typed}");
        }
    }

    #[test]
    fn names_are_found_with_and_without_umlauts() {
        assert_eq!(forms("Görlitz").collect::<Vec<_>>(), ["gorlitz", "goerlitz"]);
        assert_eq!(forms("Quechua").collect::<Vec<_>>(), ["quechua"]);
        assert_eq!(forms("Noël").collect::<Vec<_>>(), ["noel"]);
        assert_eq!(forms("-").count(), 0);
    }
}
