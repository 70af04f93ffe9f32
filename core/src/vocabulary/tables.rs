//! The tables of a vocabulary: languages, regions, names of codes, synonyms.

use std::borrow::Cow;

use crate::{
    decode::code_kind::CodeKind,
    model::enums::Lang,
    vocabulary::{
        code_names::CodeNames, countries::has_form_of_country, language::Languages, region_set::RegionSet,
        regions::Regions, synonyms::Synonyms,
    },
};

/// The tables of a vocabulary.
#[derive(Clone, Debug)]
pub(crate) struct Tables {
    pub(crate) languages: Languages,
    pub(crate) regions: Regions,
    pub(crate) code_names: CodeNames,
    pub(crate) synonyms: Synonyms,
}

impl Tables {
    /// Returns the built-in tables.
    pub(crate) fn built_in() -> Self {
        Self {
            languages: Languages::built_in(),
            regions: Regions::built_in(),
            code_names: CodeNames::built_in(),
            synonyms: Synonyms::default(),
        }
    }

    /// Returns the display name of a code, or the code itself if it has none.
    pub(crate) fn name<'a>(&'a self, kind: CodeKind, code: &'a str, lang: Lang) -> Cow<'a, str> {
        let key = if kind == CodeKind::Region { self.regions.listed_code(code) } else { code };
        if let Some(name) = self.code_names.display_name(kind, key, lang) {
            return name;
        }
        let own_name = |code: &str| self.regions.entry(code).and_then(|entry| entry.name.clone());
        let parent_name = |code: &str| {
            let displayed = self.code_names.display_name(kind, code, lang).map(Cow::into_owned);
            displayed.or_else(|| own_name(code)).unwrap_or_else(|| code.to_owned())
        };
        match kind {
            CodeKind::Region => self.regions.name(code, &parent_name).map_or(Cow::Borrowed(code), Cow::Owned),
            _ => Cow::Borrowed(code),
        }
    }

    /// Returns the code of a level that the tree of regions lacks, but that has a name: that of a Regierungsbezirk for its Kreise.
    pub(crate) fn named_level(&self, regions: &RegionSet) -> Option<String> {
        let RegionSet::Several(_) = regions else { return None };
        let mut levels = self.code_names.iter(CodeKind::Region).filter(|(code, _)| !has_form_of_country(code));
        let is_same = |level: &str| {
            let other = self.regions.resolve_official(level);
            other.is_some_and(|other| other.all_regions() == regions.all_regions())
        };
        levels.find(|(level, _)| is_same(level)).map(|(level, _)| level.to_owned())
    }

    /// Returns `true` if the tables have the code.
    pub(crate) fn contains(&self, kind: CodeKind, code: &str) -> bool {
        match kind {
            CodeKind::Region => self.regions.resolve(code).is_some(),
            CodeKind::Language => {
                self.languages.resolve(code).is_ok_and(|language| self.languages.is_listed(&language))
            }
            _ => self.code_names.contains(kind, code),
        }
    }
}
