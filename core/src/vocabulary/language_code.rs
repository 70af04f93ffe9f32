//! Codes of languages as small integers, and what is known of each code.
//!
//! A code of two or three letters is its own index, as three digits to the base 27, so that a look-up is one access to an array:
//! O(1). The order of indices is the byte order of the codes. The array knows every code that ISO 639-3 gives to a language;
//! the few hundred *listed* ones, which have a name or a relation to another language, have an entry in
//! [`Languages`](crate::vocabulary::language::Languages).

use std::sync::Arc;

use crate::{
    util::{
        signature::Signature,
        tsv::{items, rows},
    },
    vocabulary::data::LANGUAGE_CODES,
};

/// The number of codes of at most three letters, the empty digit included.
const SHORT_CODES: usize = 27 * 27 * 27;

/// The character before `a`, which is the digit 0.
const BEFORE_A: u32 = 0x60;

/// A primary language: the index of its code.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct LanguageIdx(u32);

impl LanguageIdx {
    /// Returns the index of a code of two or three lower-case letters, or `None` if it has another form.
    #[inline]
    pub(super) fn of_code(code: &str) -> Option<Self> {
        let (a, b, c) = match *code.as_bytes() {
            [a, b] => (digit(a)?, digit(b)?, 0),
            [a, b, c] => (digit(a)?, digit(b)?, digit(c)?),
            _ => return None,
        };
        Some(Self(a.saturating_mul(27).saturating_add(b).saturating_mul(27).saturating_add(c)))
    }

    /// Returns the code of an index that [`of_code`](Self::of_code) returned.
    fn code(self) -> String {
        let digits = [self.0 / (27 * 27), self.0 / 27 % 27, self.0 % 27];
        digits
            .into_iter()
            .filter(|digit| *digit > 0)
            .filter_map(|digit| char::from_u32(digit.saturating_add(BEFORE_A)))
            .collect()
    }

    #[inline]
    pub(crate) fn signature(self) -> Signature {
        Signature::from_index(self.0)
    }
}

#[inline]
fn digit(letter: u8) -> Option<u32> {
    letter.is_ascii_lowercase().then(|| u32::from(letter).saturating_sub(BEFORE_A))
}

/// The status of a code.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) enum CodeStatus {
    /// It is no code of a language.
    #[default]
    Unknown,
    /// It is a code of ISO 639-3 without an entry.
    Unlisted { is_sign: bool },
    /// It has the entry with this index.
    Listed(u32),
}

#[derive(Clone, Copy, Debug, Default)]
struct Code {
    status: CodeStatus,
    /// `true` if an alias takes precedence over the code.
    is_redirected: bool,
}

/// The status of every code.
#[derive(Clone, Debug)]
pub(super) struct LanguageCodes {
    // Copied on write, because most vocabularies add no language. A tag that is no code of two or three letters has an index
    // above those of the codes.
    codes: Arc<Vec<Code>>,
}

impl LanguageCodes {
    /// Returns the codes of ISO 639-3, all of them unlisted.
    pub(super) fn built_in() -> Self {
        let mut codes = Self { codes: Arc::new(vec![Code::default(); SHORT_CODES]) };
        for [first, digits, signs] in rows::<3>(LANGUAGE_CODES) {
            let bits = digits
                .chars()
                .filter_map(|digit| digit.to_digit(16))
                .flat_map(|digit| [8, 4, 2, 1].map(|bit| digit & bit != 0));
            let pairs = ('a'..='z').flat_map(|second| ('a'..='z').map(move |third| (second, third)));
            for ((second, third), _) in pairs.zip(bits).filter(|(_, is_code)| *is_code) {
                codes.set_code(&format!("{first}{second}{third}"), CodeStatus::Unlisted { is_sign: false });
            }
            for last in items(signs) {
                codes.set_code(&format!("{first}{last}"), CodeStatus::Unlisted { is_sign: true });
            }
        }
        codes
    }

    fn set_code(&mut self, code: &str, status: CodeStatus) {
        if let Some(language) = LanguageIdx::of_code(code) {
            self.set(language, status);
        }
    }

    #[inline]
    pub(super) fn status(&self, language: LanguageIdx) -> CodeStatus {
        self.get(language).status
    }

    pub(super) fn set(&mut self, language: LanguageIdx, status: CodeStatus) {
        if let Some(code) = Arc::make_mut(&mut self.codes).get_mut(language.0 as usize) {
            code.status = status;
        }
    }

    /// Returns the index of a known code to which no alias applies.
    #[inline]
    pub(super) fn direct(&self, code: &str) -> Option<LanguageIdx> {
        let language = LanguageIdx::of_code(code)?;
        let Code { status, is_redirected } = self.get(language);
        (status != CodeStatus::Unknown && !is_redirected).then_some(language)
    }

    /// States that an alias takes precedence over a code.
    pub(super) fn redirect(&mut self, language: LanguageIdx) {
        if let Some(code) = Arc::make_mut(&mut self.codes).get_mut(language.0 as usize) {
            code.is_redirected = true;
        }
    }

    /// Adds an index for a tag that is no code of two or three letters.
    pub(super) fn push(&mut self) -> LanguageIdx {
        let codes = Arc::make_mut(&mut self.codes);
        codes.push(Code::default());
        LanguageIdx(u32::try_from(codes.len().saturating_sub(1)).unwrap_or(u32::MAX))
    }

    /// Returns the code of an unlisted language.
    pub(super) fn unlisted_code(language: LanguageIdx) -> String {
        language.code()
    }

    #[inline]
    fn get(&self, language: LanguageIdx) -> Code {
        self.codes.get(language.0 as usize).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indices_have_the_order_of_the_codes_and_return_them() {
        let codes = ["aa", "aaa", "aab", "az", "ba", "de", "dea", "deu", "df", "zz", "zza", "zzz"];
        let indices = codes.map(|code| LanguageIdx::of_code(code).unwrap());
        assert!(indices.is_sorted());
        assert_eq!(indices.map(LanguageIdx::code), codes);
        for other in ["", "a", "abcd", "DE", "d1", "dé", "a-b"] {
            assert_eq!(LanguageIdx::of_code(other), None, "{other}");
        }
    }

    #[test]
    fn every_code_of_the_table_is_known_and_no_special_one() {
        let codes = LanguageCodes::built_in();
        let status = |code: &str| codes.status(LanguageIdx::of_code(code).unwrap());
        let known = codes.codes.iter().filter(|code| code.status != CodeStatus::Unknown).count();
        let signs = codes.codes.iter().filter(|code| code.status == CodeStatus::Unlisted { is_sign: true }).count();
        assert_eq!((known, signs), (7_958, 164));
        for code in ["kun", "ymm", "mid", "phr", "cmn", "zzj", "aaa"] {
            assert_eq!(status(code), CodeStatus::Unlisted { is_sign: false }, "{code}");
        }
        for code in ["gsg", "asq", "xml", "zsl"] {
            assert_eq!(status(code), CodeStatus::Unlisted { is_sign: true }, "{code}");
        }
        let private = ('a'..='t').flat_map(|b| ('a'..='z').map(move |c| format!("q{b}{c}")));
        for code in
            ["und", "mul", "mis", "zxx", "deu", "sgn", "ber", "aai-"].map(str::to_owned).into_iter().chain(private)
        {
            let status = LanguageIdx::of_code(&code).map_or(CodeStatus::Unknown, |language| codes.status(language));
            assert_eq!(status, CodeStatus::Unknown, "{code}");
        }
    }
}
