//! The words in the names of regions that only state their kind, such as "Landkreis", and prepositions.

use crate::vocabulary::fold::fold;

// All lists are folded.

const CITY: &[&str] = &[
    "stadt",
    "kreisfreie",
    "kreisfr",
    "krsfr",
    "krfr",
    "stadtgemeinde",
    "stadtkreis",
    "sk",
    "hansestadt",
    "landeshauptstadt",
    "city",
];
const DISTRICT: &[&str] = &[
    "landkreis",
    "landkreise",
    "landkr",
    "ldkr",
    "lkrs",
    "lkr",
    "lk",
    "kreis",
    "krs",
    "kr",
    "district",
    "county",
    "regionalverband",
    "stadteregion",
];
/// Also the country around a city: "Land Brandenburg", "Leipzig-Land".
const LAND: &[&str] = &["land", "bundesland", "freistaat", "state"];
/// A level between Land and Kreis: "Regierungsbezirk Köln", "Reg.-Bez. Köln".
const BEZIRK: &[&str] = &["regierungsbezirk", "regbez", "reg", "bez", "rb", "direktionsbezirk", "bezirk"];
/// Articles, titles, and words that select no kind of region: any town may be a Gemeinde and the seat of a Landkreis.
const NEUTRAL: &[&str] = &[
    "of",
    "the",
    "der",
    "die",
    "das",
    "gemeinde",
    "municipality",
    "town",
    "grosse",
    "kreisstadt",
    "freie",
    "hanse",
    "universitats",
    "universitatsstadt",
    "wissenschaftsstadt",
    "klingenstadt",
    "bundesstadt",
    "lutherstadt",
];
/// Neutral between two kinds: "Stadt und Landkreis Leipzig".
const CONJUNCTION: &[&str] = &["und", "u", "and"];
/// Prepositions and articles within the names of towns, and their abbreviations.
const PREPOSITIONS: &[&str] = &[
    "a", "am", "an", "auf", "b", "bei", "d", "dem", "den", "der", "i", "im", "in", "o", "ob", "u", "unter", "v", "vor",
];

/// Prepositions before the place of a person.
const LEADING_PREPOSITIONS: &[&str] = &["in", "im", "aus"];
/// Rivers, which distinguish towns of one name.
const RIVERS: &[&str] = &[
    "aller", "altmuhl", "donau", "eger", "eider", "elbe", "elde", "elster", "ems", "enz", "fulda", "havel", "iller",
    "ilm", "inn", "isar", "jagst", "kocher", "lahn", "lech", "leine", "lippe", "main", "mosel", "mulde", "naab",
    "nahe", "neckar", "neisse", "oder", "oker", "pleisse", "regen", "rhein", "rur", "ruhr", "saale", "saar", "sieg",
    "spree", "tauber", "trave", "unstrut", "warnow", "werra", "weser", "wupper", "zschopau",
];

/// Most kinds and neutral words at one end of a name.
const MAX_QUALIFIERS: usize = 4;

/// The kind of region that the qualifiers of a text state.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum RegionQualifier {
    City,
    District,
    Land,
    Bezirk,
    /// Several kinds: "Leipzig, Stadt und Landkreis".
    Several,
}

impl RegionQualifier {
    /// Returns the kind of region that a folded word states.
    fn from_word(folded: &str) -> Option<Self> {
        let kinds = [(CITY, Self::City), (DISTRICT, Self::District), (LAND, Self::Land), (BEZIRK, Self::Bezirk)];
        kinds.into_iter().find(|(words, _)| words.contains(&folded)).map(|(_, qualifier)| qualifier)
    }

    /// Returns the kind that several words state together.
    pub(super) fn from_words(words: &[Word<'_>]) -> Option<Self> {
        words.iter().filter_map(|word| word.qualifier).reduce(Self::and)
    }

    /// Returns the kind that two words state together: "LK Leipzig Land" is the Landkreis.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (a, b) if a == b => a,
            (Self::District, Self::Land) | (Self::Land, Self::District) => Self::District,
            _ => Self::Several,
        }
    }
}

/// A word of a text.
pub(super) struct Word<'t> {
    pub(super) text: &'t str,
    pub(super) folded: String,
    /// The byte offset in the text.
    start: usize,
    pub(super) qualifier: Option<RegionQualifier>,
}

impl Word<'_> {
    /// Returns `true` for an article or title.
    pub(super) fn is_neutral(&self) -> bool {
        NEUTRAL.contains(&self.folded.as_str())
    }

    /// Returns `true` for a word that may occur with those that state a kind.
    fn is_removable(&self) -> bool {
        self.qualifier.is_some() || self.is_neutral() || CONJUNCTION.contains(&self.folded.as_str())
    }
}

/// Returns the words of a text, which punctuation and spaces separate.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let is_separator = |letter: char| letter.is_whitespace() || letter.is_ascii_punctuation();
    let mut start = 0;
    let mut words = Vec::new();
    for part in text.split_inclusive(is_separator) {
        let word = part.trim_end_matches(is_separator);
        if !word.is_empty() {
            let folded = fold(word);
            let qualifier = RegionQualifier::from_word(&folded);
            words.push(Word { text: word, folded, start, qualifier });
        }
        start = start.saturating_add(part.len());
    }
    words
}

/// Returns `true` if a text has only words that state the kind of a region: "Stadt und Landkreis".
pub(super) fn is_region_kind(text: &str) -> bool {
    let words = words(text);
    !words.is_empty() && words.iter().all(Word::is_removable)
}

/// Returns `true` if the last word of a text states the kind of a region.
pub(super) fn ends_with_region_kind(text: &str) -> bool {
    words(text).last().is_some_and(|word| word.qualifier.is_some())
}

/// The name of a region without words that state its kind.
pub(super) struct NameOfKind<'t> {
    pub(super) text: &'t str,
    pub(super) folded: String,
    pub(super) qualifier: RegionQualifier,
}

/// Returns what remains of the name of a region if words that state its kind are removed at its ends, fewest first, each with the
/// kind: of "Landkreis Nürnberger Land" first "Nürnberger Land", a Landkreis, then "Nürnberger".
pub(super) fn without_region_kind(text: &str) -> Vec<NameOfKind<'_>> {
    let words = words(text);
    let is_removable = |word: &&Word<'_>| word.is_removable();
    let leading = words.iter().take_while(is_removable).count().min(MAX_QUALIFIERS);
    let trailing = words.iter().rev().take_while(is_removable).count().min(MAX_QUALIFIERS);
    let mut names = Vec::new();
    for removed in 1..=leading.saturating_add(trailing) {
        for first in (0..=leading.min(removed)).rev() {
            let last = removed.saturating_sub(first);
            let end = words.len().saturating_sub(last);
            let (Some(name), true) = (words.get(first..end), last <= trailing) else { continue };
            let (Some(from), Some(to)) = (name.first(), name.last()) else { continue };
            let outside = [words.get(..first), words.get(end..)].map(Option::unwrap_or_default);
            let outside = outside.into_iter().filter_map(RegionQualifier::from_words);
            let Some(qualifier) = outside.reduce(RegionQualifier::and) else { continue };
            let end = to.start.saturating_add(to.text.len());
            // The sign that belongs to the name: "Halle (Saale)", "Neustadt a.d. Weinstr."
            let closing = text.get(end..).is_some_and(|behind| behind.starts_with([')', '.']));
            let text = text.get(from.start..end.saturating_add(usize::from(closing))).unwrap_or_default();
            let folded = name.iter().map(|word| word.folded.as_str()).collect();
            names.push(NameOfKind { text, folded, qualifier });
        }
    }
    names
}

/// Returns the words of a place name without prepositions, joined: `muhlheimruhr` for "Mülheim a.d.Ruhr", folded.
pub(super) fn without_prepositions(name: &str) -> String {
    let words = words(name);
    // The first word is the name itself, and the last one is rather an abbreviation: "Au in der Hallertau", "Auerbach/V."
    let last = words.len().saturating_sub(1);
    let is_kept = |(index, word): &(usize, &Word<'_>)| {
        *index == 0 || *index == last || !PREPOSITIONS.contains(&word.folded.as_str())
    };
    words.iter().enumerate().filter(is_kept).map(|(_, word)| word.folded.as_str()).collect()
}

/// Returns `true` for the name of a river.
pub(super) fn is_river(text: &str) -> bool {
    RIVERS.contains(&fold(text).as_str())
}

/// Returns the text behind a preposition at its beginning: "in Dresden".
pub(super) fn without_leading_preposition(text: &str) -> Option<&str> {
    let words = words(text);
    let is_preposition = LEADING_PREPOSITIONS.contains(&words.first()?.folded.as_str());
    text.get(words.get(1)?.start..).filter(|_| is_preposition)
}

/// Returns the name before the first preposition, and what follows the prepositions: "Oelsnitz" and "Erzgebirge".
pub(super) fn split_at_preposition(text: &str) -> Option<(&str, &str)> {
    let words = words(text);
    let is_preposition = |word: &Word<'_>| PREPOSITIONS.contains(&word.folded.as_str());
    let first = words.iter().skip(1).position(is_preposition)?.saturating_add(1);
    let rest = words.iter().skip(first).find(|word| !is_preposition(word))?;
    let (head, _) = text.split_at_checked(words.get(first)?.start)?;
    Some((head, text.get(rest.start..)?))
}

/// Returns each way to cut a text between two words.
pub(super) fn word_splits(text: &str) -> Vec<(&str, &str)> {
    let words = words(text);
    words.iter().skip(1).filter_map(|word| text.split_at_checked(word.start)).collect()
}
