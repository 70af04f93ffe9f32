//! All names that text is resolved by: display names, further names, codes and synonyms, each with its codes.

use std::borrow::Cow;

use crate::{
    decode::code_kind::CodeKind,
    model::{enums::Lang, iccs},
    util::tsv::rows,
    vocabulary::{
        abbreviations::expanded,
        code_names::LangName,
        countries::{GERMANY, has_form_of_country},
        data::{LANGUAGE_ADDITIONS, LANGUAGES},
        fold::fold,
        region::RegionEntry,
        region_set::RegionSet,
        region_words::without_prepositions,
        tables::Tables,
    },
};

/// A code that a name stands for.
///
/// The order is that of candidates: by source of the name, then by code.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct NameTarget {
    pub(super) source: NameSource,
    pub(super) code: String,
    /// The context that goes with a crime.
    pub(super) context: Vec<String>,
}

impl NameTarget {
    /// Returns the target as one that a text was found to stand for.
    pub(super) fn found(&self) -> FoundTarget<'_> {
        FoundTarget { source: self.source, code: Cow::Borrowed(&self.code), context: &self.context }
    }
}

/// A code that a text was found to stand for. The order is that of candidates, as of [`NameTarget`].
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct FoundTarget<'l> {
    pub(super) source: NameSource,
    pub(super) code: Cow<'l, str>,
    pub(super) context: &'l [String],
}

/// The way in which a name stands for a code.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum NameSource {
    /// The name stands for several codes, of which this is the one with the given rank. First, because it makes all
    /// other readings uncertain.
    OneOf(usize),
    /// The code itself or a display name of it.
    Exact,
    /// A further name or an alias.
    Alias,
    /// A synonym for one code, such as a town in a Kreis.
    Synonym,
}

impl NameSource {
    /// Returns `true` if the name is a word for the code, not one of its own names.
    pub(super) fn is_synonym(self) -> bool {
        matches!(self, Self::OneOf(_) | Self::Synonym)
    }
}

/// A name of codes of one kind.
pub(super) struct Name<'n> {
    pub(super) text: &'n str,
    /// The language of the name; empty for codes and regions, whose names are the same in all languages.
    pub(super) lang: &'n str,
    /// `false` if a near text is rather an unlisted name than a misspelling of this one.
    pub(super) allows_typos: bool,
    /// `true` for the code of a region, which is resolved by the tree.
    pub(super) is_region_code: bool,
    /// Empty if the text is known not to be a name.
    pub(super) targets: &'n [NameTarget],
}

/// Calls `visit` with every name of one kind of code, codes included.
///
/// Tags of languages are not included, because short ones are also names, or the rest of one.
pub(super) fn for_each_name(tables: &Tables, kind: CodeKind, visit: &mut dyn FnMut(Name<'_>)) {
    // Codes as input may state them, which depends on the home country.
    let regions = &tables.regions;
    let unambiguous = &mut |name: Name<'_>| {
        let code =
            |target: &NameTarget| NameTarget { code: regions.unambiguous(target.code.clone()), ..target.clone() };
        visit(Name { targets: &name.targets.iter().map(code).collect::<Vec<_>>(), ..name });
    };
    let visit: &mut dyn FnMut(Name<'_>) = if regions.home() == GERMANY { visit } else { unambiguous };
    let unfamiliar = if kind == CodeKind::Language { unfamiliar_languages() } else { Vec::new() };
    for (code, names) in tables.code_names.iter(kind) {
        let is_country = kind == CodeKind::Region && has_form_of_country(code);
        let allows_typos = unfamiliar.binary_search(&code).is_err() && !is_country;
        visit_code_names(kind, code, names, allows_typos, visit);
    }
    if kind == CodeKind::Region {
        for (entry, ..) in tables.regions.entries() {
            visit_region(tables, entry, visit);
        }
    }
    for (_, synonym) in tables.synonyms.iter().filter(|(of, _)| *of == kind) {
        let context: Vec<String> = synonym.context.iter().map(|tag| tag.clone().into_owned()).collect();
        let source = |rank| if synonym.codes.len() > 1 { NameSource::OneOf(rank) } else { NameSource::Synonym };
        let codes = synonym.codes.iter().enumerate();
        let targets = codes.map(|(rank, code)| NameTarget { context: context.clone(), ..target(source(rank), code) });
        // A near text is rather a place in Germany.
        let is_country = kind == CodeKind::Region && synonym.codes.iter().any(|code| has_form_of_country(code));
        let (text, lang, allows_typos) = (&synonym.text, &synonym.lang, synonym.allows_typos && !is_country);
        visit(Name { text, lang, allows_typos, is_region_code: false, targets: &targets.collect::<Vec<_>>() });
    }
}

fn visit_code_names(
    kind: CodeKind,
    code: &str,
    names: &[LangName],
    allows_typos: bool,
    visit: &mut dyn FnMut(Name<'_>),
) {
    for (index, (lang, text)) in names.iter().enumerate() {
        // The names are sorted by language.
        let previous = index.checked_sub(1).and_then(|index| names.get(index));
        let is_display_name = previous.is_none_or(|(other, _)| other != lang);
        let source = if is_display_name { NameSource::Exact } else { NameSource::Alias };
        // Names in plain German are paraphrases: a near text is rather about something else.
        let allows_typos = allows_typos && lang != Lang::DeSimple.as_str();
        visit(Name { text, lang, allows_typos, is_region_code: false, targets: &[target(source, code)] });
    }
    let mut visit_code = |text: &str| {
        let targets = &[target(NameSource::Exact, code)];
        visit(Name { text, lang: "", allows_typos: true, is_region_code: false, targets });
    };
    if !matches!(kind, CodeKind::Language | CodeKind::Region) {
        visit_code(code);
    }
    if kind == CodeKind::Crime {
        visit_code(&format!("{}{code}", iccs::PREFIX));
    }
}

fn visit_region(tables: &Tables, entry: &RegionEntry, visit: &mut dyn FnMut(Name<'_>)) {
    // The canonical code, since the codes of both levels of Berlin name one region.
    let code = match tables.regions.listed(&entry.code) {
        Some(RegionSet::One(region)) => tables.regions.code(region),
        _ => entry.code.clone(),
    };
    let (exact, alias) = (&[target(NameSource::Exact, &code)], &[target(NameSource::Alias, &code)]);
    let mut visit = |text: &str, is_region_code, targets: &[NameTarget]| {
        visit(Name { text, lang: "", allows_typos: true, is_region_code, targets });
    };
    visit(&entry.code, true, exact);
    let Some(name) = entry.name.as_deref() else { return };
    visit(name, false, exact);
    if tables.regions.has_parent_in_name(&entry.code) {
        for lang in [Lang::De, Lang::En] {
            visit(&tables.name(CodeKind::Region, &code, lang), false, exact);
        }
    }
    visit(short_name(name), false, alias);
    if let Some(stem) = name.strip_suffix("-Kreis").filter(|stem| stem.contains('-')) {
        visit(stem, false, alias);
    }
    let written_out = expanded(name);
    visit(&written_out, false, alias);
    let plain = without_prepositions(&written_out);
    if plain != fold(&written_out) {
        visit(&plain, false, alias);
    }
}

fn target(source: NameSource, code: &str) -> NameTarget {
    NameTarget { source, code: code.to_owned(), context: Vec::new() }
}

/// Returns the sorted tags of languages for which CLDR has a name, but no own name, and which no addition mentions.
///
/// So few people type their names that a near text is something else.
fn unfamiliar_languages() -> Vec<&'static str> {
    // INVARIANT: both tables are sorted by tag, as `core/data/scripts/check.py` ensures.
    let added: Vec<&str> = rows::<1>(LANGUAGE_ADDITIONS).map(|[tag]| tag).collect();
    let without_own_name = rows::<4>(LANGUAGES).filter(|[.., own]| own.is_empty()).map(|[tag, ..]| tag);
    without_own_name.filter(|tag| added.binary_search(tag).is_err()).collect()
}

/// Returns a name of a region without its distinguishing qualifier: Frankfurt, Neumarkt, Hannover.
fn short_name(name: &str) -> &str {
    let prefixes = ["Region ", "Städteregion ", "Regionalverband "];
    let name = prefixes.iter().find_map(|prefix| name.strip_prefix(prefix)).unwrap_or(name);
    let separators = [" (", " am ", " an der ", " a. ", " a.d. ", " im ", " in der ", " i. ", " i.d. "];
    separators.iter().find_map(|separator| name.split_once(separator)).map_or(name, |(short, _)| short)
}

#[cfg(test)]
mod tests {
    use super::short_name;

    #[test]
    fn qualifiers_are_removed() {
        for (name, short) in [
            ("Frankfurt (Oder)", "Frankfurt"),
            ("Neumarkt i.d. OPf.", "Neumarkt"),
            ("Region Hannover", "Hannover"),
            ("St. Wendel", "St. Wendel"),
            ("Dresden", "Dresden"),
        ] {
            assert_eq!(short_name(name), short);
        }
    }
}
