//! An index of names by the words in them, for completion.
//!
//! A look-up is a linear scan of the folded suffixes that begin at a word, some thousand prefix comparisons, and a sort of the
//! hits. A trie would find the hits faster, but the resolution of each hit that follows costs more than the scan.

use crate::{
    decode::code_kind::CodeKind,
    model::{enums::Lang, iccs},
    util::sort::sort_by_key,
    vocabulary::{
        fold::folded_forms,
        names::{Name, for_each_name},
        tables::Tables,
    },
};

/// Fewest letters that are completed; one letter would match a large part of all names.
const MIN_LETTERS: usize = 2;

/// All names of one kind of code by the words in them.
#[derive(Clone, Debug)]
pub(super) struct PrefixIndex {
    entries: Vec<NameSuffix>,
}

/// A name from one of its words to its end.
#[derive(Clone, Debug)]
struct NameSuffix {
    folded: String,
    /// `false` if the suffix is the whole name.
    is_later_word: bool,
    name: String,
    /// `true` if the name is in another language than German.
    is_foreign_to_german: bool,
    /// `true` if the name is in another language than English.
    is_foreign_to_english: bool,
}

impl PrefixIndex {
    /// Builds the index of one kind of code.
    pub(super) fn new(tables: &Tables, kind: CodeKind) -> Self {
        let mut entries = Vec::new();
        for_each_name(tables, kind, &mut |Name { text, lang, targets, .. }| {
            // The prefix of ICCS codes is no word that people type.
            if targets.is_empty() || text.starts_with(iccs::PREFIX) {
                return;
            }
            for start in word_starts(text) {
                entries.extend(folded_forms(text.get(start..).unwrap_or_default()).map(|folded| NameSuffix {
                    folded,
                    is_later_word: start > 0,
                    name: text.to_owned(),
                    is_foreign_to_german: !matches!(lang, "" | "de"),
                    is_foreign_to_english: !matches!(lang, "" | "en"),
                }));
            }
        });
        Self { entries }
    }

    /// Returns the names in which a word begins with the folded prefix. A name may occur twice.
    ///
    /// Names are sorted by:
    ///
    /// 1. a match at the first word before one at a later word;
    /// 2. names in `lang` before those in other languages;
    /// 3. length in letters;
    /// 4. the name itself.
    pub(super) fn completions(&self, prefix: &str, lang: Lang) -> Vec<&str> {
        if prefix.chars().count() < MIN_LETTERS {
            return Vec::new();
        }
        let mut hits: Vec<&NameSuffix> = self.entries.iter().filter(|entry| entry.folded.starts_with(prefix)).collect();
        sort_by_key(&mut hits, |entry| {
            let is_foreign = if lang == Lang::En { entry.is_foreign_to_english } else { entry.is_foreign_to_german };
            (entry.is_later_word, is_foreign, entry.name.chars().count(), entry.name.as_str())
        });
        hits.into_iter().map(|entry| entry.name.as_str()).collect()
    }
}

/// Returns the byte offsets at which words begin. An apostrophe does not end a word.
fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let mut after_separator = true;
    text.char_indices().filter_map(move |(offset, letter)| {
        let is_separator = letter.is_whitespace() || letter.is_ascii_punctuation() && letter != '\'';
        let is_start = after_separator && !is_separator;
        after_separator = is_separator;
        is_start.then_some(offset)
    })
}

#[cfg(test)]
mod tests {
    use super::word_starts;

    #[test]
    fn words_begin_after_spaces_and_punctuation() {
        assert_eq!(word_starts("Frankfurt (Oder)").collect::<Vec<_>>(), [0, 11]);
        assert_eq!(word_starts("-K'iche' a").collect::<Vec<_>>(), [1, 9]);
        assert_eq!(word_starts(" ()").count(), 0);
    }
}
