//! Qualifiers: words that only state what kind of thing a name is for, such as "Landkreis" or "Sprache".

use crate::{
    decode::code_kind::CodeKind,
    util::ordered_map::OrderedSet,
    vocabulary::{
        names::{FoundTarget, NameSource},
        region_words::{RegionQualifier, Word, words},
        regions::Regions,
    },
};

/// "Language", folded, in the languages in which people add it.
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

/// A text without its qualifiers: "Landkreis Leipzig" and "język polski" without the first word.
pub(super) struct UnqualifiedName {
    pub(super) text: String,
    pub(super) qualifier: Option<RegionQualifier>,
}

impl RegionQualifier {
    /// Returns `true` for the code of a region of this kind.
    pub(super) fn is_kind_of(self, code: &str, regions: &Regions) -> bool {
        match self {
            Self::City => regions.is_kreisfrei(code) == Some(true),
            Self::District => regions.is_kreisfrei(code) == Some(false),
            Self::Land => regions.is_kreisfrei(code) != Some(true),
            Self::Bezirk => !regions.is_listed(code),
            Self::Several => true,
        }
    }

    /// Selects the regions of this kind; if there are none, those that only a synonym names.
    ///
    /// The kind of a region that only a synonym names, such as a town or a retired Kreis, is unknown: it may be a city.
    ///
    /// Returns all `targets` and `false` if no region is selected, so that a person has to decide.
    pub(super) fn select<'l>(self, targets: Vec<FoundTarget<'l>>, regions: &Regions) -> (Vec<FoundTarget<'l>>, bool) {
        let mut named = OrderedSet::default();
        for target in targets.iter().filter(|target| !target.source.is_synonym()) {
            named.insert(&*target.code);
        }
        let is_allowed = |target: &&FoundTarget<'l>| {
            let (is_kind, is_synonym) = (self.is_kind_of(&target.code, regions), target.source.is_synonym());
            match self {
                Self::City => is_kind && !is_synonym || !named.contains(&*target.code),
                Self::District | Self::Land | Self::Bezirk => is_kind && !is_synonym,
                Self::Several => true,
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

impl UnqualifiedName {
    /// Removes the qualifiers of one kind of code from a text, and joins the rest without separators.
    pub(super) fn new(kind: CodeKind, text: &str) -> Self {
        let words = words(text);
        let is_region = kind == CodeKind::Region;
        let is_rest = |word: &&Word<'_>| {
            let is_kind_word = match kind {
                CodeKind::Region => word.qualifier.is_some(),
                CodeKind::Language => LANGUAGE.contains(&word.folded.as_str()),
                _ => return true,
            };
            !is_kind_word && !word.is_neutral()
        };
        let qualifier = if is_region { RegionQualifier::from_words(&words) } else { None };
        Self { text: words.iter().filter(is_rest).map(|word| word.text).collect(), qualifier }
    }

    /// Selects the regions that the qualifier allows, see [`RegionQualifier::select`].
    pub(super) fn select<'l>(&self, targets: Vec<FoundTarget<'l>>, regions: &Regions) -> (Vec<FoundTarget<'l>>, bool) {
        match self.qualifier {
            Some(qualifier) => qualifier.select(targets, regions),
            None => (targets, true),
        }
    }
}
