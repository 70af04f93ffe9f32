//! Reads typed text of several parts: names with what selects one of their meanings, and lists.
//!
//! A part that is understood decides: of "Kurdisch (Badini)" the codes that both parts name, of "Oelsnitz/Vogtland" those that lie
//! within the region behind. A part that is not understood never vanishes: it makes the answer uncertain, and a list with such
//! a part has no answer.

use std::borrow::Cow;

use crate::{
    decode::code_kind::CodeKind,
    model::iccs,
    util::ordered_map::OrderedSet,
    vocabulary::{
        abbreviations::expanded,
        countries::has_form_of_country,
        fold::fold,
        language::{Comprehension, Languages},
        name_index::NameIndex,
        name_list::{LIST_SEPARATORS, ListItem, Separator, list_items},
        names::{FoundTarget, NameSource, NameTarget},
        postcodes::{self, is_five_digits, postcode_targets},
        qualifiers::UnqualifiedName,
        region_words::{
            NameOfKind, RegionQualifier, is_region_kind, is_river, split_at_preposition, without_leading_preposition,
            without_prepositions, without_region_kind, word_splits,
        },
        regions::iso_code,
        tables::Tables,
        terms::{folded_term, holds_for_all},
    },
};

/// Words after which a text names what is not meant.
const EXCLUSIONS: [&str; 12] =
    ["außer", "ausser", "ausgenommen", "ohne", "kein", "keine", "nicht", "except", "excluding", "without", "no", "not"];
/// Most words of a text in which the words behind a name may select one of its meanings.
const MAX_WORDS: usize = 6;

/// Length of the longest name with its qualifiers, in bytes.
const MAX_NAME_BYTES: usize = 128;
/// Most meanings of each of two names that are compared. A town has some dozen namesakes.
const MAX_MEANINGS: usize = 200;
/// Most levels of parts within parts.
const MAX_DEPTH: u8 = 2;

/// What a text was found to stand for.
pub(super) struct Reading<'l> {
    pub(super) targets: Vec<FoundTarget<'l>>,
    pub(super) certainty: Certainty,
}

/// How certain a person can be of the targets.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Certainty {
    /// A single target is certain.
    Certain,
    /// A part of the text was not understood, or one of several targets is meant.
    Uncertain,
    /// All targets are meant.
    List,
}

impl<'l> Reading<'l> {
    pub(super) fn new(targets: Vec<FoundTarget<'l>>, certainty: Certainty) -> Self {
        Self { targets, certainty }
    }

    /// Returns the reading of a text that has no meaning, although it is understood.
    fn nothing() -> Self {
        Self::new(Vec::new(), Certainty::Uncertain)
    }

    /// Returns `true` if one code is meant without doubt.
    fn is_certain(&self) -> bool {
        self.certainty == Certainty::Certain && distinct_codes(&self.targets) == 1
    }
}

/// Returns the number of codes, each with its context.
fn distinct_codes(targets: &[FoundTarget<'_>]) -> usize {
    let mut codes = OrderedSet::default();
    for target in targets {
        codes.insert((&*target.code, target.context));
    }
    codes.len()
}

/// Reads texts of one kind of code.
#[derive(Clone, Copy)]
pub(super) struct Reader<'l> {
    tables: &'l Tables,
    index: &'l NameIndex,
    kind: CodeKind,
    depth: u8,
}

impl<'l> Reader<'l> {
    pub(super) fn new(tables: &'l Tables, index: &'l NameIndex, kind: CodeKind) -> Self {
        Self { tables, index, kind, depth: 0 }
    }

    /// Returns the reader of a part of a text. Parts of parts may be read in several ways, whose number doubles at each level.
    fn of_part(&self) -> Option<Self> {
        (self.depth < MAX_DEPTH).then(|| Self { depth: self.depth.saturating_add(1), ..*self })
    }

    /// Returns what a text stands for; without targets if it is understood to stand for nothing; `None` if it is not understood.
    pub(super) fn read(&self, text: &str) -> Option<Reading<'l>> {
        let name = self.name(text);
        // "m/w/d" is one term, "Zeugen und Zeuginnen" one role.
        let is_one = self.kind.is_closed() || self.kind == CodeKind::Role;
        let is_display_name = |target: &FoundTarget<'_>| target.source == NameSource::Exact;
        if !name.as_ref().is_some_and(|targets| is_one || targets.iter().any(is_display_name)) {
            if let Some(list) = self.list(text) {
                return Some(list);
            }
        }
        name.map(|targets| self.of_name(text, targets)).or_else(|| self.unless_name(text))
    }

    /// Reads one name, with the words that qualify it.
    fn part(&self, text: &str) -> Option<Reading<'l>> {
        self.name(text).map(|targets| self.of_name(text, targets)).or_else(|| self.unless_name(text))
    }

    /// Returns the regions of an official code, countries aside; of a level that the tree lacks, the level if it has a name.
    pub(super) fn keys(&self, code: &str) -> Vec<FoundTarget<'l>> {
        if has_form_of_country(&code.to_ascii_uppercase()) {
            return Vec::new();
        }
        self.official(code)
    }

    /// Returns the country of a code in capitals, after the Land that the code abbreviates: `SN` is Sachsen or Senegal.
    ///
    /// A word of kind is none: `LK` is Sri Lanka, but rather the rest of "LK Leipzig".
    fn countries(&self, code: &str) -> Vec<FoundTarget<'l>> {
        if !has_form_of_country(code) || is_region_kind(code) {
            return Vec::new();
        }
        let mut targets = self.official(&iso_code(code));
        let source = if targets.is_empty() { NameSource::Exact } else { NameSource::Synonym };
        targets.extend(self.official(code).into_iter().map(|country| FoundTarget { source, ..country }));
        targets
    }

    fn official(&self, code: &str) -> Vec<FoundTarget<'l>> {
        let regions = &self.tables.regions;
        let Some(official) = regions.resolve_official(code) else { return Vec::new() };
        if let Some(level) = self.tables.named_level(&official) {
            let source = if level == code { NameSource::Exact } else { NameSource::Alias };
            return vec![FoundTarget { source, code: Cow::Owned(level), context: &[] }];
        }
        let source = if regions.is_official_alias(code) { NameSource::Alias } else { NameSource::Exact };
        postcodes::targets(regions, official.all_regions(), source)
    }

    /// Returns the reading of a name as a whole.
    fn of_name(&self, text: &str, targets: Vec<FoundTarget<'l>>) -> Reading<'l> {
        let (text, is_region) = (text.trim(), self.kind == CodeKind::Region);
        // A code of several regions stands for all of them.
        let stands_for_all = || self.tables.regions.resolve_area(text).is_some_and(|all| all.all_regions().len() > 1);
        let is_list = || distinct_codes(&targets) > 1 && stands_for_all();
        let certainty = match is_region {
            true if is_five_digits(text) || self.tables.regions.is_loaded_postcode(text) => Certainty::Uncertain,
            true if is_list() => Certainty::List,
            false if holds_for_all(self.kind, text) => Certainty::List,
            _ => Certainty::Certain,
        };
        Reading::new(targets, certainty)
    }

    fn unless_name(&self, text: &str) -> Option<Reading<'l>> {
        if excludes(text) {
            return Some(Reading::nothing());
        }
        self.tag(text).or_else(|| self.qualified(text))
    }

    /// Returns the codes of a text that is a code of a region or a name as a whole, of any spelling.
    pub(super) fn name(&self, text: &str) -> Option<Vec<FoundTarget<'l>>> {
        let is_region = self.kind == CodeKind::Region;
        let code = text.trim();
        let mut targets = if is_region { self.keys(code) } else { Vec::new() };
        if is_region {
            targets.extend(postcode_targets(&self.tables.regions, code));
        }
        let known = self.index.exact(&folded_term(self.kind, text));
        if is_region && known.is_none() && targets.is_empty() {
            targets = self.countries(code);
        }
        targets.extend(known.unwrap_or_default().iter().map(NameTarget::found));
        (known.is_some() || !targets.is_empty()).then_some(targets)
    }

    /// Reads the tag of a language. Shorter tags are rather abbreviations, of which [`suggest`](super::suggest) completes some.
    fn tag(&self, text: &str) -> Option<Reading<'l>> {
        let tag = text.trim();
        let is_tag = self.kind == CodeKind::Language && tag.len() > 2;
        let (code, is_exact) = self.tables.languages.typed_tag(tag).filter(|_| is_tag)?;
        let source = if is_exact { NameSource::Exact } else { NameSource::Alias };
        let target = FoundTarget { source, code: Cow::Owned(code), context: &[] };
        Some(Reading::new(vec![target], Certainty::Certain))
    }

    /// Reads a name with words that qualify it: words of kind, prepositions, a bracket, or a further name.
    fn qualified(&self, text: &str) -> Option<Reading<'l>> {
        if text.len() > MAX_NAME_BYTES {
            return None;
        }
        let is_region = self.kind == CodeKind::Region;
        let of_region = || if is_region { self.region(text) } else { None };
        let of_kind_words = || self.without_kind_words(text);
        let selected = || if is_region { self.behind_preposition(text) } else { None };
        let several = of_region().or_else(of_kind_words).or_else(|| self.bracket(text)).or_else(selected);
        several.or_else(|| self.words(text)).or_else(|| self.shortened(text))
    }

    /// Reads a name without its ending: "Wetterau" is the Wetteraukreis, "Obersorb." Upper Sorbian. Both may be something else.
    fn shortened(&self, text: &str) -> Option<Reading<'l>> {
        let targets = match self.kind {
            CodeKind::Region if !is_river(text) => self.of_kind(&fold(text), RegionQualifier::District)?,
            CodeKind::Language if text.trim_end().ends_with('.') => self.listed(&format!("{}isch", fold(text)))?,
            _ => return None,
        };
        Some(Reading::new(targets, Certainty::Uncertain))
    }

    /// Reads the name of a region with words that state its kind, and with other prepositions than the table has.
    fn region(&self, text: &str) -> Option<Reading<'l>> {
        if let Some(targets) = self.place(text) {
            return Some(Reading::new(targets, Certainty::Certain));
        }
        let names = without_region_kind(text);
        let certain = |targets| Reading::new(targets, Certainty::Certain);
        let of_kind = |NameOfKind { folded, qualifier, .. }: &NameOfKind<'_>| {
            let named = || self.listed(folded).map(|targets| self.select(certain(targets), *qualifier));
            self.of_kind(folded, *qualifier).map(certain).or_else(named)
        };
        let qualified = |NameOfKind { text, qualifier, .. }: &NameOfKind<'_>| {
            let named = || self.name(text).filter(|targets| !targets.is_empty()).or_else(|| self.place(text));
            let reading = named().map(certain).or_else(|| self.bracket(text)).or_else(|| self.behind_preposition(text));
            reading.map(|reading| self.select(reading, *qualifier))
        };
        names.iter().find_map(of_kind).or_else(|| names.last().and_then(qualified))
    }

    fn select(&self, reading: Reading<'l>, qualifier: RegionQualifier) -> Reading<'l> {
        let Reading { targets, certainty } = reading;
        let (targets, is_certain) = qualifier.select(targets, &self.tables.regions);
        let certainty = match qualifier {
            // "Stadt und Landkreis Leipzig" names both.
            RegionQualifier::Several if distinct_codes(&targets) == 2 => Certainty::List,
            _ if is_certain => certainty,
            _ => Certainty::Uncertain,
        };
        Reading::new(targets, certainty)
    }

    /// Returns the regions of a name with its abbreviations written out or with other prepositions.
    fn place(&self, text: &str) -> Option<Vec<FoundTarget<'l>>> {
        let expanded = expanded(text);
        let written_out = || if expanded == text { None } else { self.listed(&fold(&expanded)) };
        written_out().or_else(|| self.listed(&without_prepositions(&expanded)))
    }

    /// Returns the regions that a name stands for together with the kind before it: "LK Saarpfalz" is the Saarpfalz-Kreis.
    fn of_kind(&self, folded: &str, qualifier: RegionQualifier) -> Option<Vec<FoundTarget<'l>>> {
        let full_names = match qualifier {
            RegionQualifier::District => {
                let stem = folded.strip_suffix('e').unwrap_or(folded);
                vec![format!("{folded}kreis"), format!("{folded}skreis"), format!("{stem}skreis")]
            }
            RegionQualifier::Bezirk => vec![format!("regierungsbezirk{folded}"), format!("direktionsbezirk{folded}")],
            _ => Vec::new(),
        };
        full_names.iter().find_map(|name| self.listed(name))
    }

    /// Returns the codes of a folded name, or `None` if it stands for none.
    fn listed(&self, folded: &str) -> Option<Vec<FoundTarget<'l>>> {
        let targets = self.index.exact(folded).filter(|targets| !targets.is_empty())?;
        Some(targets.iter().map(NameTarget::found).collect())
    }

    /// Reads a name without any of the words that state its kind, wherever they are.
    fn without_kind_words(&self, text: &str) -> Option<Reading<'l>> {
        let unqualified = UnqualifiedName::new(self.kind, text);
        let folded = fold(&unqualified.text);
        let uninflected = || {
            // "libanesischer Dialekt"
            let endings = ["er", "es", "en", "e"].iter().filter_map(|ending| folded.strip_suffix(ending));
            let mut adjectives = endings.filter(|stem| self.kind == CodeKind::Language && stem.ends_with("isch"));
            adjectives.find_map(|adjective| self.index.exact(adjective))
        };
        let targets = self.index.exact(&folded).or_else(uninflected)?;
        let targets = targets.iter().map(NameTarget::found).collect();
        let (targets, is_certain) = unqualified.select(targets, &self.tables.regions);
        Some(Reading::new(targets, if is_certain { Certainty::Certain } else { Certainty::Uncertain }))
    }

    /// Reads a name with a bracket behind it, whose text selects one of the meanings of the name.
    fn bracket(&self, text: &str) -> Option<Reading<'l>> {
        let (head, rest) = text.split_once('(')?;
        let (inner, rest) = rest.rsplit_once(')').unwrap_or((rest, ""));
        let of_part = self.of_part()?;
        if self.kind == CodeKind::Crime && ["versuch", "versucht"].contains(&fold(inner).as_str()) {
            let attempted = ["versuchter", "versuchte", "versuchtes"].map(|attempted| format!("{attempted} {head}"));
            if let Some(targets) = attempted.iter().find_map(|attempted| self.name(attempted)) {
                return Some(Reading::new(targets, Certainty::Certain));
            }
        }
        let head = of_part.part(head).filter(|head| !head.targets.is_empty())?;
        if !fold(rest).is_empty() {
            return None;
        }
        // The bracket may hold a qualifier that no table has, such as a country.
        let unknown = |head: Reading<'l>| Reading::new(head.targets, Certainty::Uncertain);
        let Some(inner) = of_part.read(inner).filter(|inner| !inner.targets.is_empty()) else {
            return Some(unknown(head));
        };
        Some(self.qualify(&head, &inner).unwrap_or_else(|| {
            let targets = in_order(head.targets.into_iter().chain(inner.targets));
            Reading::new(targets, Certainty::Uncertain)
        }))
    }

    /// Reads a town with the region or river behind a preposition: "Freiberg in Sachsen", "Verden a.d. Aller"; and a region behind
    /// "in" or "aus".
    fn behind_preposition(&self, text: &str) -> Option<Reading<'l>> {
        let of_part = self.of_part()?;
        if let Some(region) = without_leading_preposition(text) {
            return of_part.part(region).filter(|reading| !reading.targets.is_empty());
        }
        let (head, region) = split_at_preposition(text)?;
        if is_river(region) {
            return of_part.at_river(head, region);
        }
        // Words of kind before the town are removed already.
        let town = self.name(head).or_else(|| self.place(head))?;
        self.qualify(&Reading::new(town, Certainty::Certain), &of_part.part(region)?)
    }

    /// Reads a town with the river on which it lies. A river names no region, and which towns lie on it is unknown: unless it belongs
    /// to the name, as of "Brandenburg/Havel", the town is not certain.
    fn at_river(&self, town: &str, river: &str) -> Option<Reading<'l>> {
        if let Some(targets) = self.place(&format!("{town} {river}")) {
            return Some(Reading::new(targets, Certainty::Certain));
        }
        let town = self.part(town).filter(|town| !town.targets.is_empty())?;
        Some(Reading::new(town.targets, Certainty::Uncertain))
    }

    /// Reads two names without a sign between them: "Kurdisch Badini", "Dresden Sachsen".
    fn words(&self, text: &str) -> Option<Reading<'l>> {
        if !matches!(self.kind, CodeKind::Language | CodeKind::Region) || text.contains(LIST_SEPARATORS) {
            return None;
        }
        let splits = word_splits(text);
        if splits.len() >= MAX_WORDS {
            return None;
        }
        let name = |text| self.name(text).map(|targets| Reading::new(targets, Certainty::Certain));
        let selected = splits.iter().find_map(|(head, qualifier)| self.qualify(&name(head)?, &name(qualifier)?));
        selected.or_else(|| splits.iter().find_map(|(a, b)| self.with_term(a, b).or_else(|| self.with_term(b, a))))
    }

    /// Reads a language with a word for the way in which it is spoken: "Dolmetscher Arabisch". A record states both, so that the
    /// language alone is not certain.
    fn with_term(&self, language: &str, term: &str) -> Option<Reading<'l>> {
        let is_term = |kind| self.tables.synonyms.contains(kind, &fold(term));
        let is_known = self.kind == CodeKind::Language && [CodeKind::How, CodeKind::Level].into_iter().any(is_term);
        let targets = self.name(language).filter(|targets| is_known && !targets.is_empty())?;
        Some(Reading::new(targets, Certainty::Uncertain))
    }

    /// Reads a list of names. Returns `None` if it has an unknown one, or only one.
    ///
    /// "Farsi, Dari" is such a list; "Dari-Persian" is a name.
    fn list(&self, text: &str) -> Option<Reading<'l>> {
        let items = list_items(text, self.kind == CodeKind::Region);
        if items.len() < 2 {
            return None;
        }
        let mut readings: Vec<(&str, Reading<'l>)> = Vec::new();
        for ListItem { text, separator } in &items {
            if self.kind == CodeKind::Region && *separator == Separator::Stroke && is_river(text) {
                let (before, head) = readings.last_mut()?;
                *head = self.at_river(before, text)?;
                continue;
            }
            let reading = self.part(text).filter(|reading| !reading.targets.is_empty())?;
            let selected = readings.last().and_then(|(before, head)| match (self.kind, separator) {
                (CodeKind::Region, Separator::Comma | Separator::Stroke) if !is_same_place(before, text) => {
                    self.town_in(head, &reading)
                }
                (CodeKind::Region, _) => None,
                (_, Separator::Stroke) => self.member_of(head, &reading),
                _ => None,
            });
            match (selected, readings.last_mut()) {
                (Some(selected), Some((_, head))) => *head = selected,
                _ => readings.push((text, reading)),
            }
        }
        if let [(_, _)] = readings.as_slice() {
            return readings.pop().map(|(_, reading)| reading);
        }
        let is_alternative = items.iter().any(|item| item.separator == Separator::Or);
        let is_certain = !is_alternative
            && readings.iter().all(|(_, reading)| reading.is_certain() || reading.certainty == Certainty::List);
        let targets = in_order(readings.into_iter().flat_map(|(_, reading)| reading.targets));
        let certainty = match distinct_codes(&targets) {
            // "Seelsorger und Seelsorgerinnen"
            1 if is_certain => Certainty::Certain,
            _ if is_certain => Certainty::List,
            _ => Certainty::Uncertain,
        };
        Some(Reading::new(targets, certainty))
    }

    /// Returns the towns of a list that lie in the next region: "Dresden, Sachsen"; `None` for "Sachsen, Dresden", which may be two
    /// areas.
    fn town_in(&self, town: &Reading<'l>, region: &Reading<'l>) -> Option<Reading<'l>> {
        let selected = self.qualify(town, region)?;
        let is_town = |target: &FoundTarget<'l>| town.targets.iter().any(|other| other.code == target.code);
        selected.targets.iter().all(is_town).then_some(selected)
    }

    /// Returns the member of an umbrella: "Kurdisch/Badini"; `None` for "Dari/Farsi" and "Farsi/Dari", which may be two languages.
    fn member_of(&self, umbrella: &Reading<'l>, member: &Reading<'l>) -> Option<Reading<'l>> {
        let (several, few) = (distinct_codes(&umbrella.targets), distinct_codes(&member.targets));
        let is_umbrella = || match (umbrella.targets.as_slice(), self.kind) {
            ([code], CodeKind::Language) => {
                let languages = &self.tables.languages;
                languages.resolve(&code.code).is_ok_and(|code| languages.is_umbrella(&code))
            }
            _ => several == 1,
        };
        if several > few.max(2) || is_umbrella() { self.qualify(umbrella, member) } else { None }
    }

    /// Returns the meanings of `head` that a further name selects, or those of the further name if it is the narrower one;
    /// `None` if the two are unrelated.
    fn qualify(&self, head: &Reading<'l>, qualifier: &Reading<'l>) -> Option<Reading<'l>> {
        let (heads, qualifiers) = (&head.targets, &qualifier.targets);
        if heads.len().max(qualifiers.len()) > MAX_MEANINGS {
            return None;
        }
        let is_same = |a: &FoundTarget<'l>, b: &FoundTarget<'l>| a.code == b.code && a.context == b.context;
        let selected = |targets: &[FoundTarget<'l>], is_selected: &dyn Fn(&FoundTarget<'l>) -> bool| {
            let selected: Vec<FoundTarget<'l>> = targets.iter().filter(|target| is_selected(target)).cloned().collect();
            (!selected.is_empty()).then_some(selected)
        };
        let both_exact = |target: &FoundTarget<'l>| {
            let is_exact = |targets: &[FoundTarget<'l>]| {
                targets.iter().any(|other| is_same(target, other) && other.source == NameSource::Exact)
            };
            is_exact(heads) && is_exact(qualifiers)
        };
        let contains = |a: &FoundTarget<'l>, b: &FoundTarget<'l>| contains(self.tables, self.kind, &a.code, &b.code);
        let inner =
            selected(qualifiers, &|inner| heads.iter().any(|head| is_same(head, inner) || contains(head, inner)));
        // Of an umbrella and its member the member: "Arabisch (Syrisch)" is Levantine Arabic.
        let inner = inner.map(|inner| {
            let is_narrow =
                |outer: &&FoundTarget<'l>| !inner.iter().any(|other| !is_same(outer, other) && contains(outer, other));
            inner.iter().filter(is_narrow).cloned().collect::<Vec<_>>()
        });
        let wider = || selected(heads, &|head| qualifiers.iter().any(|outer| contains(outer, head)));
        let mut targets = inner.or_else(wider).or_else(|| self.understood(heads, qualifiers))?;
        for target in &mut targets {
            target.source = if both_exact(target) { NameSource::Exact } else { NameSource::Alias };
        }
        let is_certain = head.certainty == Certainty::Certain && qualifier.certainty == Certainty::Certain;
        Some(Reading::new(targets, if is_certain { Certainty::Certain } else { qualifier.certainty }))
    }

    /// Returns a single language behind an umbrella that speakers of it understand: "Persisch (Hazaragi)".
    fn understood(&self, heads: &[FoundTarget<'l>], further: &[FoundTarget<'l>]) -> Option<Vec<FoundTarget<'l>>> {
        let ([language], true) = (further, self.kind == CodeKind::Language && heads.len() > 1) else { return None };
        let languages = &self.tables.languages;
        let is_understood = heads.iter().any(|head| has_row(languages, &language.code, &head.code));
        is_understood.then(|| further.to_vec())
    }
}

/// Returns `true` if a text names what is not meant. Words in a bracket count too: "Sachsen (außer Leipzig)".
fn excludes(text: &str) -> bool {
    let is_separator = |letter: char| letter.is_whitespace() || letter.is_ascii_punctuation();
    text.split(is_separator).any(|word| EXCLUSIONS.contains(&word.to_lowercase().as_str()))
}

/// Returns `true` if the second code is a part of the first: a region within it, a member or a variant of a language, or a code
/// below it.
fn contains(tables: &Tables, kind: CodeKind, outer: &str, inner: &str) -> bool {
    match kind {
        CodeKind::Region => tables.regions.contains(outer, inner),
        CodeKind::Language => is_member(&tables.languages, outer, inner),
        CodeKind::Crime => iccs::is_below(inner, outer),
        _ => inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.')),
    }
}

/// Returns `true` if the first language is an umbrella of the second, or if the second is a variant of the first.
fn is_member(languages: &Languages, umbrella: &str, member: &str) -> bool {
    let (Ok(umbrella), Ok(member)) = (languages.resolve(umbrella), languages.resolve(member)) else { return false };
    match languages.speaker(&umbrella, false).comprehension(&member) {
        Comprehension::Umbrella => languages.is_umbrella(&umbrella),
        Comprehension::Variant(_) => !umbrella.has_variant(),
        _ => false,
    }
}

/// Returns `true` if speakers of the first language understand the second.
fn has_row(languages: &Languages, from: &str, to: &str) -> bool {
    let (Ok(from), Ok(to)) = (languages.resolve(from), languages.resolve(to)) else { return false };
    matches!(languages.speaker(&from, true).comprehension(&to), Comprehension::Related(_))
}

/// Returns `true` if two texts name the same place, perhaps of two kinds: "Leipzig, Landkreis Leipzig" is a list.
fn is_same_place(a: &str, b: &str) -> bool {
    let folded = |text| fold(&UnqualifiedName::new(CodeKind::Region, text).text);
    folded(a) == folded(b)
}

/// Gives each target its place in the order, so that it is kept.
pub(super) fn in_order<'l>(targets: impl Iterator<Item = FoundTarget<'l>>) -> Vec<FoundTarget<'l>> {
    let targets = targets.enumerate();
    targets.map(|(rank, target)| FoundTarget { source: NameSource::OneOf(rank), ..target }).collect()
}
