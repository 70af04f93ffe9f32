//! An index of names for exact and for fuzzy look-up.
//!
//! The index is an array sorted by folded name. Exact look-up is a binary search, O(log n).
//!
//! Fuzzy look-up visits the names of each length that is near by optimal string alignment distance (a restricted
//! Damerau–Levenshtein distance, see [`edit_distance`]):
//!
//! - Few names of a length: a scan. The number of letters that only one of both words has is a lower bound of the distance,
//!   which rejects most names without alignment. Of 3 000 names a few dozen remain.
//! - Many names of a length, or many that remain: a depth-first search of the trie of these names. All names with a common
//!   prefix share its rows of the distance matrix, and are skipped once the prefix is too far away.
//!
//! [`edit_distance`]: crate::util::edit_distance

use std::sync::OnceLock;

use crate::{
    decode::code_kind::CodeKind,
    util::{
        edit_distance::{DistanceRows, MAX_LETTERS, max_distance},
        once::get_or_compute,
        ordered_map::{OrderedMap, OrderedSet},
        progress::WorkMeter,
        signature::Signature,
        sort::{sort, sort_by},
    },
    vocabulary::{
        fold::folded_forms,
        inflections,
        names::{Name, NameTarget, for_each_name},
        other_words,
        tables::Tables,
    },
};

/// Letters that sound alike: the classes of the Kölner Phonetik (Postel 1969), of which two with a letter in common are one.
const ALIKE: [&str; 5] = ["aeijouy", "bfpvw", "cgkqsxz", "dt", "mn"];

/// The number of names of one length up to which they are scanned.
const MAX_SCANNED: usize = 4_096;
/// The number of names up to which each is aligned on its own.
const MAX_ALIGNED: usize = 64;

/// All names of one kind of code by their folded forms.
#[derive(Clone, Debug)]
pub(super) struct NameIndex {
    kind: CodeKind,
    // INVARIANT: sorted by folded form, each form once.
    entries: Vec<IndexedName>,
    /// The names that stand for a code, by their length in letters.
    lengths: Vec<NamesOfLength>,
}

/// A folded name and the codes that it stands for.
#[derive(Clone, Debug)]
struct IndexedName {
    folded: String,
    /// `false` if a near text is rather an unlisted name than a misspelling of this one.
    allows_typos: bool,
    // INVARIANT: sorted; each code and context once as that of a synonym, and once as that of any other name.
    targets: Vec<NameTarget>,
    codes: CodeSet,
}

/// The codes of a name, without their contexts: equal for equal sets.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum CodeSet {
    /// At most one code: that of the first target.
    Single,
    /// The number of a set of several codes.
    Several(usize),
}

/// The names of one length, sorted.
#[derive(Clone, Debug, Default)]
struct NamesOfLength {
    /// The index of each name, and its letters.
    names: Vec<(usize, Signature)>,
    /// The letters of all names, one name after the other; collected on first use.
    letters: OnceLock<Vec<char>>,
}

impl NameIndex {
    /// Builds the index of one kind of code in O(n log n), or returns `None` if it is cancelled.
    pub(super) fn new(tables: &Tables, kind: CodeKind, meter: &WorkMeter<'_>) -> Option<Self> {
        let mut names: Vec<IndexedName> = Vec::new();
        for_each_name(tables, kind, &mut |Name { text, allows_typos, is_region_code, targets, .. }| {
            if is_region_code || meter.is_cancelled() {
                return;
            }
            names.extend(folded_forms(text).map(|folded| {
                let (targets, codes) = (targets.to_vec(), CodeSet::Single);
                IndexedName { folded, allows_typos, targets, codes }
            }));
        });
        sort_by(&mut names, |a, b| a.folded.cmp(&b.folded));
        let mut index = Self { kind, entries: Vec::with_capacity(names.len()), lengths: Vec::new() };
        for name in names {
            match index.entries.last_mut() {
                Some(last) if last.folded == name.folded => {
                    // A synonym without codes does not hide a name of the same form.
                    last.allows_typos |= name.allows_typos;
                    last.targets.extend(name.targets);
                }
                _ => index.entries.push(name),
            }
        }
        let mut sets: OrderedMap<Vec<String>, usize> = OrderedMap::default();
        for (position, name) in index.entries.iter_mut().enumerate() {
            if meter.is_cancelled() {
                return None;
            }
            if name.targets.len() > 1 {
                name.targets = without_duplicates(std::mem::take(&mut name.targets));
                name.codes = code_set(&mut sets, &name.targets);
            }
            if !name.targets.is_empty() {
                insert_by_length(&mut index.lengths, position, &name.folded);
            }
        }
        (!meter.is_cancelled()).then_some(index)
    }

    /// Returns the codes of a folded name: `None` if it is unknown, an empty list if it is known not to be a name.
    ///
    /// An inflected name is known if another [form](inflections) of it is.
    pub(super) fn exact(&self, folded: &str) -> Option<&[NameTarget]> {
        let inflected = || inflections::forms(self.kind, folded).iter().find_map(|form| self.listed(form));
        let known = self.listed(folded).or_else(inflected);
        known.or_else(|| other_words::contains(self.kind, folded).then_some(&[]))
    }

    /// Returns the codes of a folded name that the tables list.
    fn listed(&self, folded: &str) -> Option<&[NameTarget]> {
        let index = self.entries.binary_search_by(|name| name.folded.as_str().cmp(folded));
        index.ok().and_then(|index| self.entries.get(index)).map(|name| name.targets.as_slice())
    }

    /// Returns the edit distance to the nearest names, and the codes of all names at that distance.
    ///
    /// The list is empty if no name is near enough to be misspelt, and also
    ///
    /// - if the text is a number, since every digit matters;
    /// - if no nearest name is [likely](is_likely_misspelt) to be misspelt in this way;
    /// - at distance 2, if several nearest names stand for different codes;
    /// - if no nearest name allows for typing errors.
    pub(super) fn nearest(&self, folded: &str, meter: &WorkMeter<'_>) -> (usize, Vec<&NameTarget>) {
        let typed: Vec<char> = folded.chars().collect();
        let max_distance = max_distance(typed.len()).min(self.max_stem_distance(folded));
        if typed.iter().all(|letter| letter.is_numeric()) {
            return (0, Vec::new());
        }
        for distance in 1..=max_distance {
            let nearest = self.within(&typed, distance, meter);
            if !nearest.is_empty() {
                let is_likely =
                    |name: &&IndexedName| name.allows_typos && is_likely_misspelt(&name.folded, &typed, distance);
                let is_meant = nearest.iter().any(is_likely) && (distance == 1 || have_same_codes(&nearest));
                let targets = nearest.iter().filter(|_| is_meant).flat_map(|name| &name.targets);
                return (distance, targets.collect());
            }
        }
        (0, Vec::new())
    }

    /// Returns the names within an edit distance, which no name falls below. If two of several at distance 2 stand for
    /// different codes, the list ends there.
    fn within(&self, typed: &[char], distance: usize, meter: &WorkMeter<'_>) -> Vec<&IndexedName> {
        let signature = signature(typed.iter().copied());
        let mut nearest: Vec<&IndexedName> = Vec::new();
        for length in typed.len().saturating_sub(distance)..=typed.len().saturating_add(distance) {
            let Some(names) = self.lengths.get(length).filter(|names| !names.names.is_empty()) else { continue };
            let is_close = |(_, letters): &&(usize, Signature)| min_distance(*letters, signature) <= distance;
            let is_scanned = names.names.len() <= MAX_SCANNED;
            let close = names.names.iter().filter(|_| is_scanned).filter(is_close).map(|(index, _)| *index);
            let close: Vec<usize> = close.take(MAX_ALIGNED.saturating_add(1)).collect();
            let mut push = |index: usize| {
                nearest.extend(self.entries.get(index));
                distance == 1 || have_same_codes(nearest.get(nearest.len().saturating_sub(2)..).unwrap_or_default())
            };
            let is_complete = if is_scanned && close.len() <= MAX_ALIGNED {
                self.align(&close, typed, distance, &mut push)
            } else {
                self.search_trie(names, length, typed, distance, meter, &mut push)
            };
            if !is_complete {
                break;
            }
        }
        nearest
    }

    /// Calls `push` with each of these names that is within the distance; stops and returns `false` if it returns `false`.
    fn align(&self, names: &[usize], typed: &[char], distance: usize, push: &mut dyn FnMut(usize) -> bool) -> bool {
        let mut rows = DistanceRows::new(typed);
        names.iter().all(|index| {
            let folded = self.entries.get(*index).map_or("", |name| name.folded.as_str());
            let length = folded.chars().count();
            rows.truncate(0);
            let is_near = folded.chars().all(|letter| usize::from(rows.push(letter, length)) <= distance);
            !is_near || push(*index)
        })
    }

    /// Like [`align`](Self::align), for all names of one length.
    fn search_trie(
        &self,
        names: &NamesOfLength,
        length: usize,
        typed: &[char],
        distance: usize,
        meter: &WorkMeter<'_>,
        push: &mut dyn FnMut(usize) -> bool,
    ) -> bool {
        let letters = get_or_compute(&names.letters, || {
            let entries = names.names.iter().filter_map(|(index, _)| self.entries.get(*index));
            entries.flat_map(|name| name.folded.chars()).collect()
        });
        let word = |position: usize| {
            let start = position.saturating_mul(length);
            letters.get(start..start.saturating_add(length)).unwrap_or_default()
        };
        let mut rows = DistanceRows::new(typed);
        let (mut position, mut last): (usize, &[char]) = (0, &[]);
        while let Some((index, _)) = names.names.get(position) {
            if meter.is_cancelled() {
                return false;
            }
            let next = word(position);
            let common = last.iter().zip(next).take_while(|(a, b)| a == b).count();
            rows.truncate(common);
            let is_far = |letter: &char| usize::from(rows.push(*letter, length)) > distance;
            let far = next.iter().skip(common).position(is_far).map(|letters| common.saturating_add(letters));
            match far {
                // All words with this prefix are too far away.
                Some(far) => {
                    let prefix = next.get(..=far).unwrap_or_default();
                    position = first_after(position, names.names.len(), |position| word(position).starts_with(prefix));
                    last = prefix;
                }
                None if !push(*index) => return false,
                None => {
                    position = position.saturating_add(1);
                    last = next;
                }
            }
        }
        true
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

/// Returns `true` if a text at this distance is more likely the misspelt name than a word that the tables lack.
///
/// Most of the words that are within the distance of a name by chance differ in their first letters: Naumburg, Hamburg. So the
/// first letters must sound alike (Kottbus, Cottbus), unless there is only one error in eight letters or more (Hungarisch);
/// of eight or nine letters with two errors, the first four must be those of the name (Leipzich).
fn is_likely_misspelt(name: &str, typed: &[char], distance: usize) -> bool {
    let begins_alike = || {
        let class = |letter: char| ALIKE.iter().position(|letters| letters.contains(letter));
        let (a, b) = (name.chars().next(), typed.first().copied());
        a == b || a.and_then(class).is_some_and(|letters| b.and_then(class) == Some(letters))
    };
    match (distance, typed.len()) {
        (1, 8..) => true,
        (2, ..10) => name.chars().zip(typed).take_while(|(a, b)| a == *b).count() >= 4,
        _ => begins_alike(),
    }
}

fn signature(letters: impl Iterator<Item = char>) -> Signature {
    letters.map(|letter| Signature::from_index(u32::from(letter))).collect()
}

/// Returns a lower bound of the edit distance of two words with these letters: one edit adds or removes at most one letter.
fn min_distance(a: Signature, b: Signature) -> usize {
    let missing = |a: Signature, b: Signature| usize::try_from(a.difference_len(b)).unwrap_or(usize::MAX);
    missing(a, b).max(missing(b, a))
}

/// Returns the first position from `start` on that does not satisfy `is_before`, by exponential search.
fn first_after(start: usize, end: usize, is_before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut step) = (start, 1_usize);
    while low.saturating_add(step) < end && is_before(low.saturating_add(step)) {
        low = low.saturating_add(step);
        step = step.saturating_mul(2);
    }
    let mut high = low.saturating_add(step).min(end);
    while high.saturating_sub(low) > 1 {
        let middle = low.midpoint(high);
        if is_before(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

/// Sorts targets, and keeps the first of each code and context among synonyms, and among other names.
fn without_duplicates(mut targets: Vec<NameTarget>) -> Vec<NameTarget> {
    sort(&mut targets);
    let mut keys: OrderedSet<(bool, String, Vec<String>)> = OrderedSet::default();
    targets.retain(|target| keys.insert((target.source.is_synonym(), target.code.clone(), target.context.clone())));
    targets
}

/// Returns the set of the codes of several targets, which is numbered if it is new.
fn code_set(sets: &mut OrderedMap<Vec<String>, usize>, targets: &[NameTarget]) -> CodeSet {
    let mut codes: Vec<String> = targets.iter().map(|target| target.code.clone()).collect();
    sort(&mut codes);
    codes.dedup();
    if codes.len() < 2 {
        return CodeSet::Single;
    }
    let next = sets.len();
    CodeSet::Several(*sets.entry(codes).or_insert_with(|| next))
}

/// Returns `true` if all names stand for the same codes.
fn have_same_codes(names: &[&IndexedName]) -> bool {
    let code = |name: &IndexedName| match name.codes {
        CodeSet::Single => name.targets.first().map(|target| target.code.clone()),
        CodeSet::Several(_) => None,
    };
    names.windows(2).all(|pair| match pair {
        [a, b] => a.codes == b.codes && code(a) == code(b),
        _ => true,
    })
}

/// Inserts the name at a position, unless it is too long to be misspelt.
fn insert_by_length(lengths: &mut Vec<NamesOfLength>, position: usize, folded: &str) {
    let length = folded.chars().count();
    if length > MAX_LETTERS {
        return;
    }
    if lengths.len() <= length {
        lengths.resize_with(length.saturating_add(1), NamesOfLength::default);
    }
    if let Some(names) = lengths.get_mut(length) {
        names.names.push((position, signature(folded.chars())));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{NameIndex, first_after, min_distance, signature};
    use crate::{
        decode::code_kind::CodeKind,
        util::progress::{ProgressReporter, WorkMeter},
        vocabulary::{synonyms::Synonym, tables::Tables},
    };

    proptest! {
        #[test]
        fn the_prefilter_is_a_lower_bound_of_the_distance(a in "[a-fäß]{0,9}", b in "[a-fäß]{0,9}") {
            let distance = strsim::osa_distance(&a, &b);
            prop_assert!(min_distance(signature(a.chars()), signature(b.chars())) <= distance);
        }

        #[test]
        fn exponential_search_finds_the_end_of_a_range(limit in 1_usize..40, end in 1_usize..40) {
            for start in (0..end).take_while(|start| *start < limit) {
                let first = first_after(start, end, |position| position < limit);
                prop_assert_eq!(first, limit.min(end));
            }
        }
    }

    /// Builds an index of words with many common letters, enough for the trie.
    fn index(words: &[String]) -> NameIndex {
        let mut tables = Tables::built_in();
        for (number, text) in words.iter().enumerate() {
            let (codes, context) = (vec![format!("x{}", number % 3).into()], Vec::new());
            let synonym = Synonym { text: text.clone().into(), allows_typos: true, lang: "de".into(), codes, context };
            tables.synonyms.insert(CodeKind::Role, synonym);
        }
        let silent = ProgressReporter::silent();
        NameIndex::new(&tables, CodeKind::Role, &WorkMeter::new(&silent, 1)).unwrap()
    }

    #[test]
    fn the_trie_finds_the_same_names_as_a_scan() {
        let letter = |number: usize| char::from(b'a' + u8::try_from(number % 3).unwrap());
        let word = |number: usize| -> String { (0..8).map(|place| letter(number / 3_usize.pow(place))).collect() };
        let words: Vec<String> = (0..6_000).map(|number| word(number * 7 % 6_561)).collect();
        let index = index(&words);
        let silent = ProgressReporter::silent();
        let meter = WorkMeter::new(&silent, 1);
        for typed in ["abcabcabc", "aabbccaa", "xbcabcab", "abxabyab", "cccccccc", "abcabczz", "bacxyzab"] {
            let letters: Vec<char> = typed.chars().collect();
            for distance in 1..=2 {
                let mut found: Vec<&str> = Vec::new();
                for (length, names) in index.lengths.iter().enumerate() {
                    let mut push = |name: usize| {
                        found.push(&index.entries[name].folded);
                        true
                    };
                    if length.abs_diff(letters.len()) <= distance {
                        assert!(index.search_trie(names, length, &letters, distance, &meter, &mut push));
                    }
                }
                let names =
                    index.entries.iter().filter(|name| !name.targets.is_empty()).map(|name| name.folded.as_str());
                let mut expected: Vec<&str> =
                    names.filter(|name| strsim::osa_distance(typed, name) <= distance).collect();
                expected.sort_unstable();
                found.sort_unstable();
                assert_eq!(found, expected, "{typed} {distance}");
            }
        }
    }
}
