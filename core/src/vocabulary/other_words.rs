//! Words that are no name, although one is within a typing error: places elsewhere, peoples, everyday words.
//!
//! Like a synonym without codes, such a word is never taken for a misspelt name. It is only a word of this table, so that it
//! needs no place in the index of names, and hides no name of the same form.

use std::sync::LazyLock;

use crate::{
    decode::code_kind::CodeKind,
    util::{
        sort::sort,
        tsv::{items, rows},
    },
    vocabulary::data::OTHER_WORDS,
};

/// The folded words of each kind of code, sorted.
static WORDS: LazyLock<Vec<(CodeKind, &str)>> = LazyLock::new(|| {
    let words = rows::<3>(OTHER_WORDS).filter_map(|[kind, _, words]| Some((kind.parse().ok()?, items(words))));
    let mut words: Vec<_> = words.flat_map(|(kind, words)| words.map(move |word| (kind, word))).collect();
    sort(&mut words);
    words
});

/// Returns `true` if a folded word is known to be no code of this kind.
pub(super) fn contains(kind: CodeKind, folded: &str) -> bool {
    WORDS.binary_search(&(kind, folded)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::{WORDS, contains};
    use crate::{
        decode::code_kind::CodeKind,
        util::progress::{ProgressReporter, WorkMeter},
        vocabulary::{fold::fold, name_index::NameIndex, tables::Tables},
    };

    /// A word that is a name, or near to none, would only make the table longer: a few may be so after a change of names.
    #[test]
    fn every_word_is_folded_and_most_are_no_name_but_near_to_one() {
        let (tables, silent) = (Tables::built_in(), ProgressReporter::silent());
        let (meter, mut superfluous) = (WorkMeter::new(&silent, 1), Vec::new());
        for kind in CodeKind::all() {
            let index = NameIndex::new(&tables, kind, &meter).unwrap();
            for (_, word) in WORDS.iter().filter(|(of, _)| *of == kind) {
                assert_eq!(fold(word), *word);
                assert!(contains(kind, word));
                if index.exact(word) != Some(&[][..]) || index.nearest(word, &meter).1.is_empty() {
                    superfluous.push((kind, word));
                }
            }
        }
        assert!(superfluous.len() * 20 < WORDS.len(), "write the table again: {superfluous:?}");
    }
}
