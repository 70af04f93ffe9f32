//! One form for the many ways in which a name is written.

use std::sync::LazyLock;

use crate::util::{
    lowercase::small,
    sort::sort_by_key,
    tsv::{LETTERS, rows},
};

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
    let mut form = Form { text: String::with_capacity(text.len()), umlauts, base: '\0' };
    for letter in text.chars().map(small) {
        match letter {
            '\0'..='\u{7f}' => form.put(letter),
            HANGUL_FIRST..=HANGUL_LAST => jamo(letter).for_each(|letter| form.put(letter)),
            _ => match plain(letter) {
                Some(letters) => letters.chars().for_each(|letter| form.put(letter)),
                None => form.put(letter),
            },
        }
    }
    form.text
}

/// A name on the way to its form.
struct Form {
    text: String,
    umlauts: bool,
    /// The letter to which the next accents belong.
    base: char,
}

impl Form {
    fn put(&mut self, letter: char) {
        const DIAERESIS: char = '\u{308}';
        match letter {
            DIAERESIS if self.umlauts && matches!(self.base, 'a' | 'o' | 'u') => self.text.push('e'),
            // Accents make another letter in Cyrillic (й, ї) only.
            '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' => {
                if ('\u{400}'..='\u{52f}').contains(&self.base) {
                    self.text.push(letter);
                }
            }
            // Vowel points of Hebrew and Arabic, the Arabic letter that only stretches, and modifier letters (K’iche’).
            '\u{591}'..='\u{5c7}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}' => {}
            '\u{2b0}'..='\u{2ff}' => {}
            _ => {
                self.base = letter;
                match letter {
                    'ß' => self.text.push_str("ss"),
                    'æ' => self.text.push_str("ae"),
                    'œ' => self.text.push_str("oe"),
                    'ø' => self.text.push('o'),
                    'ł' => self.text.push('l'),
                    'đ' => self.text.push('d'),
                    'ħ' => self.text.push('h'),
                    'ı' => self.text.push('i'),
                    'ς' => self.text.push('σ'),
                    'ي' | 'ى' => self.text.push('ی'),
                    'ك' => self.text.push('ک'),
                    'ة' => self.text.push('ه'),
                    _ if letter.is_alphanumeric() => self.text.push(letter),
                    _ => {}
                }
            }
        }
    }
}

/// The letters of which one is made, where the table says so.
fn plain(letter: char) -> Option<&'static str> {
    static PLAIN: LazyLock<Vec<(char, &'static str)>> = LazyLock::new(|| {
        let rows = rows::<2>(LETTERS).flat_map(|[plain, written]| written.chars().map(move |letter| (letter, plain)));
        let mut letters: Vec<_> = rows.collect();
        sort_by_key(&mut letters, |(letter, _)| *letter);
        letters
    });
    let place = PLAIN.binary_search_by_key(&letter, |(letter, _)| *letter).ok()?;
    PLAIN.get(place).map(|(_, plain)| *plain)
}

const HANGUL_FIRST: char = '\u{ac00}';
const HANGUL_LAST: char = '\u{d7a3}';

/// A syllable of Hangul as its letters; the Unicode Standard, section 3.12, gives the figures.
fn jamo(syllable: char) -> impl Iterator<Item = char> {
    let number = u32::from(syllable).saturating_sub(u32::from(HANGUL_FIRST));
    let (first, rest) = (number.div_euclid(588), number.rem_euclid(588));
    let (vowel, last) = (rest.div_euclid(28), rest.rem_euclid(28));
    let last = (last > 0).then_some((0x11a7, last));
    let letters = [(0x1100, first), (0x1161, vowel)].into_iter().chain(last);
    letters.filter_map(|(start, number): (u32, u32)| char::from_u32(start.saturating_add(number)))
}

#[cfg(test)]
mod tests {
    use icu_normalizer::DecomposingNormalizerBorrowed;

    use super::{Form, fold, forms};

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

    /// By all of Unicode instead of the table.
    fn reference(text: &str, umlauts: bool) -> String {
        let mut form = Form { text: String::new(), umlauts, base: '\0' };
        let letters = DecomposingNormalizerBorrowed::new_nfkd().normalize_iter(text.chars());
        letters.flat_map(char::to_lowercase).for_each(|letter| form.put(letter));
        form.text
    }

    #[test]
    fn the_table_says_what_unicode_says() {
        // The blocks that the table is made of; and letters that are made of nothing else.
        let blocks = [0..=0x1cff, 0x1e00..=0x1fff, 0x3041..=0x30ff, 0x4e00..=0x9fff, 0xac00..=0xd7a3];
        let shapes = [0xfb00..=0xfbb1, 0xfbd3..=0xfbff, 0xfe70..=0xfefc, 0xff01..=0xff9f];
        let mut letters = 0;
        for letter in blocks
            .into_iter()
            .chain(shapes)
            .flatten()
            .filter_map(char::from_u32)
            .filter(|letter| letter.is_alphanumeric())
        {
            // What is made of marks alone is no letter that a name has.
            let texts = [letter.to_string(), format!("a{letter}x")];
            for text in texts.iter().filter(|_| !reference(&texts[0], false).is_empty()) {
                let text = text.as_str();
                assert_eq!(super::folded(text, true), reference(text, true), "{letter} {:x}", u32::from(letter));
            }
            letters += 1;
        }
        assert!(letters > 30_000, "{letters}");
    }

    #[test]
    fn names_are_found_with_and_without_umlauts() {
        assert_eq!(forms("Görlitz").collect::<Vec<_>>(), ["gorlitz", "goerlitz"]);
        assert_eq!(forms("Quechua").collect::<Vec<_>>(), ["quechua"]);
        assert_eq!(forms("Noël").collect::<Vec<_>>(), ["noel"]);
        assert_eq!(forms("-").count(), 0);
    }
}
