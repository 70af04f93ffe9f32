//! Qualifiers: words that only state what kind of thing a name is for, such as "Landkreis" or "Sprache".

use crate::{
    decode::code_kind::CodeKind,
    util::ordered_map::OrderedSet,
    vocabulary::{
        fold::fold,
        names::{FoundTarget, NameSource},
        regions::Regions,
    },
};

// All lists are folded.

const CITY: &[&str] = &["stadt", "kreisfreie", "stadtkreis", "landeshauptstadt", "hansestadt", "city"];
const DISTRICT: &[&str] = &["landkreis", "kreis", "lk", "lkr", "district"];
/// Also the country around a city: "Land Brandenburg", "Leipzig-Land".
const LAND: &[&str] = &["land", "bundesland", "freistaat", "state"];
/// "Language" in the languages in which people add it.
const LANGUAGE: &[&str] = &[
    "sprache",
    "language",
    "dialekt",
    "dialect",
    "язык",
    "мова",
    "dili",
    "jezyk",
    "jezik",
    "jazyk",
    "limba",
    "lingua",
    "lengua",
    "langue",
    "gjuha",
    "زبان",
    "لغه",
    "اللغه",
];
/// Articles, and words that select no kind of region: any town may be a Gemeinde and the seat of a Landkreis.
const NEUTRAL: &[&str] =
    &["of", "the", "der", "die", "das", "gemeinde", "municipality", "town", "grosse", "kreisstadt"];

/// A text without its qualifiers: "Landkreis Leipzig" and "język polski" without the first word.
pub(super) struct UnqualifiedName {
    pub(super) text: String,
    qualifier: Option<RegionQualifier>,
}

/// The kind of region that the qualifiers of a text state.
#[derive(Clone, Copy, Eq, PartialEq)]
enum RegionQualifier {
    City,
    District,
    Land,
    /// Several kinds: "Leipzig, Stadt und Landkreis".
    Several,
}

impl RegionQualifier {
    /// Returns the kind of region that a folded word states.
    fn from_word(folded: &str) -> Option<Self> {
        if CITY.contains(&folded) {
            Some(Self::City)
        } else if DISTRICT.contains(&folded) {
            Some(Self::District)
        } else if LAND.contains(&folded) {
            Some(Self::Land)
        } else {
            None
        }
    }
}

impl UnqualifiedName {
    /// Removes the qualifiers of one kind of code from a text, and joins the rest without separators.
    pub(super) fn new(kind: CodeKind, text: &str) -> Self {
        let mut name = Self { text: String::new(), qualifier: None };
        for word in text.split(|letter: char| letter.is_whitespace() || letter.is_ascii_punctuation()) {
            let folded = fold(word);
            let is_neutral = NEUTRAL.contains(&folded.as_str());
            match (kind, RegionQualifier::from_word(&folded)) {
                (CodeKind::Region, Some(qualifier)) => name.qualify(qualifier),
                (CodeKind::Region, None) if is_neutral => {}
                (CodeKind::Language, _) if is_neutral || LANGUAGE.contains(&folded.as_str()) => {}
                _ => name.text.push_str(word),
            }
        }
        name
    }

    fn qualify(&mut self, qualifier: RegionQualifier) {
        let is_only = self.qualifier.is_none_or(|present| present == qualifier);
        self.qualifier = Some(if is_only { qualifier } else { RegionQualifier::Several });
    }

    /// Selects the regions that the qualifier allows; if it allows none, those that only a synonym names.
    ///
    /// The kind of a region that only a synonym names, such as a town or a retired Kreis, is unknown: it may be a city.
    ///
    /// Returns all `targets` and `false` if no region is selected, so that a person has to decide.
    pub(super) fn select<'l>(&self, targets: Vec<FoundTarget<'l>>, regions: &Regions) -> (Vec<FoundTarget<'l>>, bool) {
        let Some(qualifier) = self.qualifier else { return (targets, true) };
        let mut named = OrderedSet::default();
        for target in targets.iter().filter(|target| !target.source.is_synonym()) {
            named.insert(&*target.code);
        }
        let is_allowed = |target: &&FoundTarget<'l>| {
            let (is_kreisfrei, is_synonym) = (regions.is_kreisfrei(&target.code), target.source.is_synonym());
            match qualifier {
                RegionQualifier::City => is_kreisfrei == Some(true) && !is_synonym || !named.contains(&*target.code),
                RegionQualifier::District => is_kreisfrei == Some(false) && !is_synonym,
                RegionQualifier::Land => is_kreisfrei != Some(true) && !is_synonym,
                RegionQualifier::Several => true,
            }
        };
        let mut selected: Vec<FoundTarget<'l>> = targets.iter().filter(is_allowed).cloned().collect();
        if selected.is_empty() {
            selected = targets.iter().filter(|target| !named.contains(&*target.code)).cloned().collect();
        }
        // A kreisfreie Stadt precedes a town of the same name.
        for target in selected.iter_mut().filter(|target| target.source.is_synonym()) {
            target.source = NameSource::Synonym;
        }
        if selected.is_empty() { (targets, false) } else { (selected, true) }
    }
}
