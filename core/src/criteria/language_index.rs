//! An index of a long list of languages, which selects the few that may be part of the best pair.
//!
//! Languages with the same primary language form a group. Unless a comprehension row is about one of them in particular, all
//! languages of a group with equal level or mode are understood alike and understand alike, except that each understands itself.
//! So of each such class only the first can be part of the best pair, or two equal languages are.
//!
//! The pairs of two lists of n and m languages are thus found in O(n + m) or O(min log max) comparisons, plus the related groups.

use std::cmp::Ordering;

use crate::{
    util::{ordered_map::OrderedSet, sort::sort_by_key},
    vocabulary::{
        language::{Language, Languages},
        language_code::LanguageIdx,
    },
};

/// Length of the longest list of which all pairs are compared.
const SHORT: usize = 8;
/// The ratio of two lengths from which a binary search for each item of the shorter list is faster than a merge.
const SEARCH_RATIO: usize = 10;

/// The classes of a list of languages.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(super) struct LanguageIndex {
    // INVARIANT: sorted by primary language.
    groups: Vec<Group>,
    /// The positions of all languages in the list, sorted by language.
    sorted: Vec<u16>,
}

/// The languages of a list with one primary language.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
struct Group {
    primary: LanguageIdx,
    /// The positions of those that may be part of the best pair, ascending.
    selected: Vec<u16>,
}

/// A list of languages with its index.
#[derive(Clone, Copy)]
pub(super) struct Indexed<'a, 'l> {
    pub(super) index: &'a LanguageIndex,
    /// Returns the language at a position.
    pub(super) language: &'a dyn Fn(u16) -> Option<&'l Language>,
}

impl LanguageIndex {
    /// Returns `true` if a list is so long that comparing all pairs takes longer than selecting some.
    pub(super) fn is_useful(len: usize) -> bool {
        len > SHORT
    }

    /// Creates the index of a list of positions with their languages, each of which has a class, such as its level.
    pub(super) fn new<'l, C: Ord + Copy>(
        languages: &Languages,
        list: impl Iterator<Item = (u16, &'l Language, C)>,
    ) -> Self {
        let mut sorted: Vec<(u16, &Language, C)> = list.collect();
        sort_by_key(&mut sorted, |(position, language, _)| (*language, *position));
        let positions = sorted.iter().map(|(position, ..)| *position).collect();
        let groups = sorted.chunk_by(|(_, a, _), (_, b, _)| a.primary() == b.primary());
        let groups = groups.filter_map(|group| Group::new(languages, group));
        Self { groups: groups.collect(), sorted: positions }
    }

    /// Returns the positions that may be part of the best pair, in ascending order.
    pub(super) fn selected(&self) -> Vec<u16> {
        let mut selected: Vec<u16> = self.groups.iter().flat_map(|group| group.selected.iter().copied()).collect();
        sort_by_key(&mut selected, |position| *position);
        selected
    }

    fn group(&self, primary: LanguageIdx) -> Option<&Group> {
        let index = self.groups.binary_search_by_key(&primary, |group| group.primary);
        index.ok().and_then(|index| self.groups.get(index))
    }
}

impl Group {
    fn new<C: Ord + Copy>(languages: &Languages, group: &[(u16, &Language, C)]) -> Option<Self> {
        let mut members: Vec<&(u16, &Language, C)> = group.iter().collect();
        sort_by_key(&mut members, |(position, ..)| *position);
        let mut classes = OrderedSet::default();
        let mut selected = Vec::new();
        for (position, language, class) in members {
            if languages.has_own_row(language) || classes.insert((*class, language.is_simple())) {
                selected.push(*position);
            }
        }
        group.first().map(|(_, language, _)| Self { primary: language.primary(), selected })
    }
}

/// Calls `visit` with the positions of each pair of languages that may be the best one; some pairs occur twice.
pub(super) fn for_each_pair(
    languages: &Languages,
    need: Indexed<'_, '_>,
    offer: Indexed<'_, '_>,
    visit: &mut dyn FnMut(u16, u16),
) {
    for_each_equal_pair(need, offer, visit);
    for offered in &offer.index.groups {
        let mut visit_group = |group: &Group| {
            for need in &group.selected {
                for offer in &offered.selected {
                    visit(*need, *offer);
                }
            }
        };
        if let Some(group) = need.index.group(offered.primary) {
            visit_group(group);
        }
        let Some(speakers) = languages.understood_by(offered.primary) else { continue };
        if speakers.len() < need.index.groups.len() {
            speakers.iter().filter_map(|speaker| need.index.group(*speaker)).for_each(visit_group);
        } else {
            need.index.groups.iter().filter(|group| speakers.contains(&group.primary)).for_each(visit_group);
        }
    }
}

/// Calls `visit` with the positions of each pair of equal languages.
fn for_each_equal_pair(need: Indexed<'_, '_>, offer: Indexed<'_, '_>, visit: &mut dyn FnMut(u16, u16)) {
    let (mut needs, mut offers) = (need.index.sorted.as_slice(), offer.index.sorted.as_slice());
    let is_much_shorter = |a: &[u16], b: &[u16]| a.len().saturating_mul(SEARCH_RATIO) < b.len();
    if is_much_shorter(needs, offers) {
        for spoken in needs {
            equal(*spoken, need, offer).iter().for_each(|offered| visit(*spoken, *offered));
        }
        return;
    }
    if is_much_shorter(offers, needs) {
        for offered in offers {
            equal(*offered, offer, need).iter().for_each(|spoken| visit(*spoken, *offered));
        }
        return;
    }
    while let ([spoken, later_needs @ ..], [offered, later_offers @ ..]) = (needs, offers) {
        match (need.language)(*spoken).cmp(&(offer.language)(*offered)) {
            Ordering::Less => needs = later_needs,
            Ordering::Greater => offers = later_offers,
            // A need has each language once, an offer may have it in several modes.
            Ordering::Equal => {
                visit(*spoken, *offered);
                offers = later_offers;
            }
        }
    }
}

/// Returns the positions in `other` of languages that are equal to the one at a position of `list`.
fn equal<'i>(position: u16, list: Indexed<'_, '_>, other: Indexed<'i, '_>) -> &'i [u16] {
    let language = (list.language)(position);
    let sorted = &other.index.sorted;
    let start = sorted.partition_point(|candidate| (other.language)(*candidate) < language);
    let from_start = sorted.get(start..).unwrap_or_default();
    let count = from_start.iter().take_while(|candidate| (other.language)(**candidate) == language).count();
    from_start.get(..count).unwrap_or_default()
}
