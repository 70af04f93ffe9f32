//! An index of names for exact and for fuzzy look-up.
//!
//! The index is an array sorted by folded name. Exact look-up is a binary search, O(log n).
//!
//! Fuzzy look-up scans all n names by optimal string alignment distance (a restricted Damerau–Levenshtein distance, see
//! [`edit_distance`]). A prefilter without alignment rejects most names: the difference of lengths, and the number of letters
//! that only one of both words has, are lower bounds of the distance. Of 3 000 names a few dozen distances remain, which takes
//! 8 to 17 µs in all, so that a trie or a BK-tree would not pay.
//!
//! [`edit_distance`]: crate::util::edit_distance

use crate::{
    decode::code_kind::CodeKind,
    util::{
        edit_distance::{max_distance, nearest},
        signature::Signature,
        sort::sort_by,
    },
    vocabulary::{
        fold::folded_forms,
        names::{Name, NameTarget, for_each_name},
        tables::Tables,
    },
};

/// All names of one kind of code by their folded forms.
#[derive(Clone, Debug, Default)]
pub(super) struct NameIndex {
    // INVARIANT: sorted by folded form, each form once.
    entries: Vec<IndexedName>,
}

/// A folded name and the codes that it stands for.
#[derive(Clone, Debug)]
struct IndexedName {
    folded: String,
    letters: LetterSet,
    /// `false` if a near text is rather an unlisted name than a misspelling of this one.
    allows_typos: bool,
    targets: Vec<NameTarget>,
}

/// A prefilter for the edit distance of two words: their letters as a signature, and their lengths.
#[derive(Clone, Copy, Debug)]
struct LetterSet {
    signature: Signature,
    /// In letters.
    length: usize,
}

impl LetterSet {
    fn new(text: &str) -> Self {
        let signature = text.chars().map(|letter| Signature::from_index(u32::from(letter))).collect();
        Self { signature, length: text.chars().count() }
    }

    /// Returns a lower bound of the edit distance: one edit adds or removes at most one letter.
    fn min_distance(a: Self, b: Self) -> usize {
        let missing = |a: Signature, b: Signature| usize::try_from(a.difference_len(b)).unwrap_or(usize::MAX);
        missing(a.signature, b.signature).max(missing(b.signature, a.signature)).max(a.length.abs_diff(b.length))
    }
}

impl NameIndex {
    /// Builds the index of one kind of code in O(n log n).
    pub(super) fn new(tables: &Tables, kind: CodeKind) -> Self {
        let mut names: Vec<IndexedName> = Vec::new();
        for_each_name(tables, kind, &mut |Name { text, allows_typos, is_region_code, targets, .. }| {
            if is_region_code {
                return;
            }
            names.extend(folded_forms(text).map(|folded| {
                let letters = LetterSet::new(&folded);
                IndexedName { folded, letters, allows_typos, targets: targets.to_vec() }
            }));
        });
        sort_by(&mut names, |a, b| a.folded.cmp(&b.folded));
        let mut entries: Vec<IndexedName> = Vec::with_capacity(names.len());
        for name in names {
            match entries.last_mut() {
                Some(last) if last.folded == name.folded => {
                    // A synonym without codes does not hide a name of the same form.
                    last.allows_typos |= name.allows_typos;
                    last.targets.extend(name.targets);
                }
                _ => entries.push(name),
            }
        }
        Self { entries }
    }

    /// Returns the codes of a folded name: `None` if it is unknown, an empty list if it is known not to be a name.
    pub(super) fn exact(&self, folded: &str) -> Option<&[NameTarget]> {
        self.get(folded).map(|name| name.targets.as_slice())
    }

    fn get(&self, folded: &str) -> Option<&IndexedName> {
        let index = self.entries.binary_search_by(|name| name.folded.as_str().cmp(folded));
        index.ok().and_then(|index| self.entries.get(index))
    }

    /// Returns the edit distance to the nearest names, and the codes of all names at that distance.
    ///
    /// The list is empty if no name is near enough to be misspelt, and also
    ///
    /// - if the text is a number, since every digit matters;
    /// - at distance 2, if several nearest names stand for different codes;
    /// - if no nearest name allows for typing errors.
    pub(super) fn nearest(&self, folded: &str) -> (usize, Vec<NameTarget>) {
        let none = (0, Vec::new());
        let typed = LetterSet::new(folded);
        let max_distance = max_distance(typed.length).min(self.max_stem_distance(folded));
        if max_distance == 0 || folded.chars().all(char::is_numeric) {
            return none;
        }
        let is_close = |name: &&IndexedName| {
            !name.targets.is_empty() && LetterSet::min_distance(name.letters, typed) <= max_distance
        };
        let close = self.entries.iter().filter(is_close).map(|name| name.folded.as_str());
        let Some((distance, nearest)) = nearest(folded, close) else { return none };
        let nearest: Vec<&IndexedName> = nearest.iter().filter_map(|folded| self.get(folded)).collect();
        let is_unique = nearest.windows(2).all(|pair| match pair {
            [a, b] => is_subset(&a.targets, &b.targets) && is_subset(&b.targets, &a.targets),
            _ => true,
        });
        if distance > max_distance || distance > 1 && !is_unique || !nearest.iter().any(|name| name.allows_typos) {
            return none;
        }
        (distance, nearest.iter().flat_map(|name| name.targets.iter().cloned()).collect())
    }

    /// Returns the largest distance for a name of a sign language: 0 if its stem is a known name, else 1.
    ///
    /// The long common suffix would allow two errors in a short stem; and many sign languages are not listed, so that the
    /// stem may well be right. Other text has no such limit.
    fn max_stem_distance(&self, folded: &str) -> usize {
        let suffixes = ["gebardensprache", "gebaerdensprache", "signlanguage"];
        let Some(stem) = suffixes.iter().find_map(|suffix| folded.strip_suffix(suffix)) else { return usize::MAX };
        let stems = [Some(stem), stem.strip_suffix('e')].into_iter().flatten();
        let is_known = stems.into_iter().any(|stem| self.exact(stem).is_some());
        if is_known { 0 } else { 1 }
    }
}

/// Returns `true` if every code of `a` is a code of `b`.
fn is_subset(a: &[NameTarget], b: &[NameTarget]) -> bool {
    a.iter().all(|target| b.iter().any(|other| other.code == target.code))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::LetterSet;

    proptest! {
        #[test]
        fn the_prefilter_is_a_lower_bound_of_the_distance(a in "[a-fäß]{0,9}", b in "[a-fäß]{0,9}") {
            let distance = strsim::osa_distance(&a, &b);
            prop_assert!(LetterSet::min_distance(LetterSet::new(&a), LetterSet::new(&b)) <= distance);
        }
    }
}
