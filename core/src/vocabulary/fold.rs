//! String folding: maps the spellings of a name to one form for comparison.
//!
//! Folding removes case, accents, vowel marks, spaces and punctuation in any script, like Unicode's `toNFKC_Casefold`
//! followed by the removal of marks, but with a table of 6 kB instead of a normalization library of 20 kB. It is linear in
//! the length of the text, with one binary search per letter beyond ASCII.

use std::sync::LazyLock;

use crate::{
    util::{lowercase::to_lowercase, sort::sort_by_key, tsv::rows},
    vocabulary::data::LETTERS,
};

/// Returns the folded form of a text, in which ä is a.
///
/// Arabic and Cyrillic letters stay in their script; only letters that keyboards confuse are unified.
pub(crate) fn fold(text: &str) -> String {
    fold_with(text, Umlauts::Plain)
}

/// Returns the non-empty folded forms of a name: first with ä as a, then, if that differs, with ä as ae.
pub(crate) fn folded_forms(name: &str) -> impl Iterator<Item = String> {
    let (plain, expanded) = (fold(name), fold_with(name, Umlauts::Expanded));
    let expanded = (expanded != plain).then_some(expanded);
    std::iter::once(plain).chain(expanded).filter(|form| !form.is_empty())
}

/// The folding of ä, ö and ü.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Umlauts {
    /// ä is a.
    Plain,
    /// ä is ae.
    Expanded,
}

fn fold_with(text: &str, umlauts: Umlauts) -> String {
    let mut folder = Folder { folded: String::with_capacity(text.len()), umlauts, base: '\0' };
    for letter in text.chars().map(to_lowercase) {
        match letter {
            '\0'..='\u{7f}' => folder.push(letter),
            HANGUL_FIRST..=HANGUL_LAST => jamo(letter).for_each(|letter| folder.push(letter)),
            _ => match decomposition(letter) {
                Some(letters) => letters.chars().for_each(|letter| folder.push(letter)),
                None => folder.push(letter),
            },
        }
    }
    folder.folded
}

/// The state of folding one text.
struct Folder {
    folded: String,
    umlauts: Umlauts,
    /// The letter that the following combining marks modify.
    base: char,
}

impl Folder {
    /// Folds one letter or mark, which is in lower case and decomposed.
    fn push(&mut self, letter: char) {
        const DIAERESIS: char = '\u{308}';
        match letter {
            DIAERESIS if self.umlauts == Umlauts::Expanded && matches!(self.base, 'a' | 'o' | 'u') => {
                self.folded.push('e');
            }
            // Only in Cyrillic does a combining mark make another letter (й, ї).
            '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' => {
                if ('\u{400}'..='\u{52f}').contains(&self.base) {
                    self.folded.push(letter);
                }
            }
            // Hebrew and Arabic vowel points, the Arabic tatweel, and modifier letters (K’iche’).
            '\u{591}'..='\u{5c7}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}' => {}
            '\u{2b0}'..='\u{2ff}' => {}
            _ => {
                self.base = letter;
                self.push_base(letter);
            }
        }
    }

    fn push_base(&mut self, letter: char) {
        match letter {
            'ß' => self.folded.push_str("ss"),
            'æ' => self.folded.push_str("ae"),
            'œ' => self.folded.push_str("oe"),
            'ø' => self.folded.push('o'),
            'ł' => self.folded.push('l'),
            'đ' => self.folded.push('d'),
            'ħ' => self.folded.push('h'),
            'ı' => self.folded.push('i'),
            'ς' => self.folded.push('σ'),
            'ي' | 'ى' => self.folded.push('ی'),
            'ك' => self.folded.push('ک'),
            'ة' => self.folded.push('ه'),
            // Signs that are words: without its sign, "§ 223" would be a mere number.
            _ if letter.is_alphanumeric() || matches!(letter, '§' | '✓' | '✔' | '☑') => self.folded.push(letter),
            _ => {}
        }
    }
}

/// Returns the decomposition of a letter, or `None` if the table has none.
fn decomposition(letter: char) -> Option<&'static str> {
    // INVARIANT: sorted by letter.
    static DECOMPOSITIONS: LazyLock<Vec<(char, &'static str)>> = LazyLock::new(|| {
        let rows = rows::<2>(LETTERS).flat_map(|[plain, written]| written.chars().map(move |letter| (letter, plain)));
        let mut letters: Vec<_> = rows.collect();
        sort_by_key(&mut letters, |(letter, _)| *letter);
        letters
    });
    let index = DECOMPOSITIONS.binary_search_by_key(&letter, |(letter, _)| *letter).ok()?;
    DECOMPOSITIONS.get(index).map(|(_, plain)| *plain)
}

const HANGUL_FIRST: char = '\u{ac00}';
const HANGUL_LAST: char = '\u{d7a3}';

/// Returns the two or three jamo of a Hangul syllable (Unicode Standard, section 3.12, arithmetic decomposition).
fn jamo(syllable: char) -> impl Iterator<Item = char> {
    let index = u32::from(syllable).saturating_sub(u32::from(HANGUL_FIRST));
    let (leading, rest) = (index.div_euclid(588), index.rem_euclid(588));
    let (vowel, trailing) = (rest.div_euclid(28), rest.rem_euclid(28));
    let trailing = (trailing > 0).then_some((0x11a7, trailing));
    let letters = [(0x1100, leading), (0x1161, vowel)].into_iter().chain(trailing);
    letters.filter_map(|(first, offset): (u32, u32)| char::from_u32(first.saturating_add(offset)))
}

#[cfg(test)]
mod tests {
    use icu_normalizer::DecomposingNormalizerBorrowed;

    use super::{Folder, Umlauts, fold, fold_with, folded_forms};

    #[test]
    fn spellings_of_a_name_fold_to_one_form() {
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
            ("§ 223 StGB", "§223stgb"),
            ("-", ""),
            ("🙂\u{7}", ""),
        ] {
            assert_eq!(fold(typed), folded, "{typed}");
        }
    }

    /// Folds by the full Unicode decomposition instead of the table.
    fn reference(text: &str, umlauts: Umlauts) -> String {
        let mut folder = Folder { folded: String::new(), umlauts, base: '\0' };
        let letters = DecomposingNormalizerBorrowed::new_nfkd().normalize_iter(text.chars());
        letters.flat_map(char::to_lowercase).for_each(|letter| folder.push(letter));
        folder.folded
    }

    #[test]
    fn the_table_agrees_with_unicode() {
        // The blocks that the table covers, and blocks of presentation forms.
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
            // Letters that decompose to marks alone do not occur in names.
            let texts = [letter.to_string(), format!("a{letter}x")];
            for text in texts.iter().filter(|_| !reference(&texts[0], Umlauts::Plain).is_empty()) {
                let text = text.as_str();
                let umlauts = Umlauts::Expanded;
                assert_eq!(fold_with(text, umlauts), reference(text, umlauts), "{letter} {:x}", u32::from(letter));
            }
            letters += 1;
        }
        assert!(letters > 30_000, "{letters}");
    }

    #[test]
    fn names_fold_with_and_without_umlauts() {
        assert_eq!(folded_forms("Görlitz").collect::<Vec<_>>(), ["gorlitz", "goerlitz"]);
        assert_eq!(folded_forms("Quechua").collect::<Vec<_>>(), ["quechua"]);
        assert_eq!(folded_forms("Noël").collect::<Vec<_>>(), ["noel"]);
        assert_eq!(folded_forms("-").count(), 0);
    }
}
