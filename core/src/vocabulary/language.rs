use std::sync::Arc;

use oxilangtag::LanguageTag;

use crate::util::{
    fixed::{Fit, written},
    ordered_map::{OrderedMap, ordered_map},
    packed_code::{ByShort, short},
    signature::bit,
    sort::sort,
    tsv::{COMPREHENSION, LANGUAGE_ADDITIONS, LANGUAGE_ALIASES, LANGUAGES, parts, rows},
};

/// A known language as it matters for speech: script and region are dropped, variants stay.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct Language {
    base: u32,
    variant: Option<Arc<str>>,
}

impl Language {
    /// Most languages that have nothing to do with each other have different bits.
    pub(crate) fn bit(&self) -> u64 {
        bit(self.base)
    }
}

/// Why a tag is no language.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum BadTag {
    Malformed,
    Unknown,
}

/// How a speaker of one language understands another.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Comprehension {
    Same,
    /// A row of the table.
    Related(Fit),
    /// Variants of one language.
    Variant(Fit),
    /// One is an umbrella code, the other its member: nobody can tell.
    Umbrella,
    None,
}

/// The languages that are known, and who understands whom.
#[derive(Clone, Debug, Default)]
pub(crate) struct Languages {
    entries: Vec<Entry>,
    by_tag: OrderedMap<Arc<str>, u32>,
    // INVARIANT: the short ones of these tags, but for those that are an alias.
    by_short: ByShort,
    aliases: OrderedMap<String, String>,
}

#[derive(Clone, Debug)]
struct Entry {
    tag: Arc<str>,
    sign: bool,
    /// The bits of its members and umbrellas, and of what its speakers understand.
    kin: u64,
    members: Vec<u32>,
    /// What those who speak it, or a variant of it, understand.
    understood: Vec<(Language, Language, Row)>,
}

#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) degree: Fit,
    pub(crate) source: String,
}

impl Languages {
    pub(crate) fn built_in() -> Self {
        let mut languages = Self::default();
        for [tag] in rows::<1>(LANGUAGES) {
            languages.add(tag, false);
        }
        for [tag, kind] in rows::<2>(LANGUAGE_ADDITIONS) {
            languages.add(tag, kind == "sign");
        }
        for [tag, _, _, _, _, _, members] in rows::<7>(LANGUAGE_ADDITIONS) {
            for member in parts(members) {
                languages.add_member(tag, member);
            }
        }
        for [from, to] in rows::<2>(LANGUAGE_ALIASES) {
            languages.add_alias(from, to);
        }
        for [from, to, degree, source] in rows::<4>(COMPREHENSION) {
            let ends = (languages.resolve(from), languages.resolve(to));
            if let (Ok(from), Ok(to), Some(Ok(degree))) = (ends.0, ends.1, written(degree).map(u16::try_from)) {
                languages.add_row(from, to, Fit::clamped(degree), source);
            }
        }
        languages
    }

    /// Makes a tag known. A tag with a variant is known with its language.
    pub(crate) fn add(&mut self, tag: &str, sign: bool) {
        let tag = tag.to_ascii_lowercase();
        if tag.contains('-') {
            return;
        }
        match self.by_tag.get(tag.as_str()).and_then(|base| self.entries.get_mut(*base as usize)) {
            Some(entry) => entry.sign |= sign,
            None => {
                let tag: Arc<str> = tag.into();
                let base = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
                if let Some(short) = short(&tag).filter(|_| !self.aliases.contains_key(&*tag)) {
                    self.by_short.add(short, base);
                }
                self.by_tag.insert(Arc::clone(&tag), base);
                self.entries.push(Entry { tag, sign, kin: 0, members: Vec::new(), understood: Vec::new() });
            }
        }
    }

    /// Puts a member below an umbrella code; makes both known.
    pub(crate) fn add_member(&mut self, umbrella: &str, member: &str) {
        self.add(umbrella, false);
        self.add(member, false);
        let member = self.by_tag.get(member.to_ascii_lowercase().as_str()).copied();
        let umbrella = self.by_tag.get(umbrella.to_ascii_lowercase().as_str()).copied();
        let entry = umbrella.and_then(|base| self.entries.get_mut(base as usize));
        if let (Some(entry), Some(member)) = (entry, member) {
            if !entry.members.contains(&member) {
                entry.members.push(member);
            }
            entry.kin |= bit(member);
            if let (Some(entry), Some(umbrella)) = (self.entries.get_mut(member as usize), umbrella) {
                entry.kin |= bit(umbrella);
            }
        }
    }

    pub(crate) fn add_alias(&mut self, from: &str, to: &str) {
        let from = from.to_ascii_lowercase();
        if let Some(short) = short(&from) {
            self.by_short.remove(short);
        }
        self.aliases.insert(from, to.to_ascii_lowercase());
    }

    /// Says how one language is understood by the speakers of another; a degree of 0 takes the row out.
    pub(crate) fn add_row(&mut self, from: Language, to: Language, degree: Fit, source: &str) {
        let Some(entry) = self.entries.get_mut(from.base as usize) else { return };
        entry.kin |= bit(to.base);
        let row = Row { degree, source: source.to_owned() };
        match entry.understood.iter_mut().find(|(person, other, _)| *person == from && *other == to) {
            Some((_, _, present)) => *present = row,
            None => entry.understood.push((from, to, row)),
        }
    }

    /// The language that a BCP 47 tag names.
    pub(crate) fn resolve(&self, text: &str) -> Result<Language, BadTag> {
        // Nearly all tags are listed as they are.
        if let Some(base) = short(text).and_then(|short| self.by_short.get(short)) {
            return Ok(Language { base, variant: None });
        }
        let typed = text.to_ascii_lowercase();
        let tag = match self.aliases.get(&typed) {
            Some(alias) => alias.as_str(),
            None => typed.as_str(),
        };
        let tag = LanguageTag::parse(tag).map_err(|_| BadTag::Malformed)?;
        let primary = tag.extended_language().and_then(|all| all.rsplit('-').next()).unwrap_or(tag.primary_language());
        let with_region = tag.region().and_then(|region| self.aliases.get(&format!("{primary}-{region}")));
        let base = with_region.or_else(|| self.aliases.get(primary)).map_or(primary, String::as_str);
        let base = *self.by_tag.get(base).ok_or(BadTag::Unknown)?;
        Ok(Language { base, variant: tag.variant().map(Into::into) })
    }

    /// The canonical tag.
    pub(crate) fn tag(&self, language: &Language) -> String {
        let base = self.entry(language.base).map_or("und", |entry| &entry.tag);
        match &language.variant {
            Some(variant) => format!("{base}-{variant}"),
            None => base.to_owned(),
        }
    }

    pub(crate) fn is_sign(&self, language: &Language) -> bool {
        self.entry(language.base).is_some_and(|entry| entry.sign)
    }

    /// The languages as they are to a person who speaks one of them. `related`: whether the table of comprehension counts.
    pub(crate) fn heard_by<'l>(&'l self, person: &'l Language, related: bool) -> HeardBy<'l> {
        HeardBy { languages: self, person, entry: self.entry(person.base), related }
    }

    fn entry(&self, base: u32) -> Option<&Entry> {
        self.entries.get(base as usize)
    }

    pub(crate) fn aliases(&self) -> &OrderedMap<String, String> {
        &self.aliases
    }

    pub(crate) fn sign_languages(&self) -> Vec<&str> {
        self.by_tag
            .iter()
            .filter(|(_, base)| self.entry(**base).is_some_and(|e| e.sign))
            .map(|(tag, _)| &**tag)
            .collect()
    }

    /// Umbrella codes with their members, both in order.
    pub(crate) fn umbrellas(&self) -> OrderedMap<&str, Vec<&str>> {
        let mut all = OrderedMap::default();
        for entry in self.entries.iter().filter(|entry| !entry.members.is_empty()) {
            let mut members: Vec<&str> =
                entry.members.iter().filter_map(|member| self.entry(*member)).map(|member| &*member.tag).collect();
            sort(&mut members);
            all.insert(&*entry.tag, members);
        }
        all
    }

    /// The rows of the comprehension table as tags, in order.
    pub(crate) fn comprehension_rows(&self) -> OrderedMap<(String, String), &Row> {
        ordered_map(self.rows().map(|(from, to, row)| ((self.tag(from), self.tag(to)), row)))
    }

    fn rows(&self) -> impl Iterator<Item = &(Language, Language, Row)> {
        self.entries.iter().flat_map(|entry| &entry.understood)
    }

    pub(crate) fn tags(&self) -> impl Iterator<Item = &str> {
        self.by_tag.keys().map(|tag| &**tag)
    }
}

/// How a person understands other languages, to be asked for many.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HeardBy<'l> {
    languages: &'l Languages,
    person: &'l Language,
    entry: Option<&'l Entry>,
    related: bool,
}

impl HeardBy<'_> {
    /// False where the person understands none of the languages that have these bits.
    pub(crate) fn may_understand(&self, bits: u64) -> bool {
        self.entry.is_none_or(|entry| (entry.kin | self.person.bit()) & bits != 0)
    }

    /// How the person understands `other`.
    #[inline]
    pub(crate) fn comprehension(&self, other: &Language) -> Comprehension {
        let (person, Some(entry)) = (self.person, self.entry) else { return Comprehension::None };
        if person.base != other.base && entry.kin & other.bit() == 0 {
            return Comprehension::None;
        }
        if person == other {
            return Comprehension::Same;
        }
        if self.related {
            // A row of degree 0 is one that was taken out.
            let fits =
                |(from, to, row): &&(Language, Language, Row)| to == other && from == person && row.degree > Fit::ZERO;
            if let Some((_, _, row)) = entry.understood.iter().find(fits) {
                return Comprehension::Related(row.degree);
            }
        }
        if person.base == other.base {
            // Who speaks a language understands its easy form; the other way round, half of it.
            let degree = if person.variant.is_none() { Fit::FULL } else { Fit::clamped(5_000) };
            return Comprehension::Variant(degree);
        }
        let below = |umbrella: &Entry, member: u32| umbrella.members.contains(&member);
        let other_entry = self.languages.entry(other.base);
        if below(entry, other.base) || other_entry.is_some_and(|other| below(other, person.base)) {
            return Comprehension::Umbrella;
        }
        Comprehension::None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_become_what_matters_in_speech() {
        let languages = Languages::built_in();
        let tag = |text| languages.resolve(text).map(|language| languages.tag(&language));
        for (typed, canonical) in [
            ("de", "de"),
            ("de-AT", "de"),
            ("deu", "de"),
            ("ger", "de"),
            ("de-simple", "de-simple"),
            ("fa-AF", "prs"),
            ("fa-Arab-AF", "prs"),
            ("FA", "fa"),
            ("kmr-Latn-TR", "kmr"),
            ("ku", "ku"),
            ("zh-Hant", "zh"),
            ("zh-yue", "yue"),
            ("sgn-DE", "gsg"),
            ("iw", "he"),
            ("sr-Latn", "sr"),
        ] {
            assert_eq!(tag(typed), Ok(canonical.to_owned()), "{typed}");
        }
        assert_eq!(tag("xqq"), Err(BadTag::Unknown));
        for malformed in ["", "d", "de_AT", "de--AT", "Deutsch!", "äö"] {
            assert_eq!(tag(malformed), Err(BadTag::Malformed), "{malformed}");
        }
    }

    #[test]
    fn an_alias_goes_before_a_listed_tag_whichever_came_first() {
        let mut languages = Languages::built_in();
        let tag = |languages: &Languages, text| languages.resolve(text).map(|language| languages.tag(&language));
        assert_eq!(tag(&languages, "uk"), Ok("uk".to_owned()));
        languages.add_alias("uk", "ru");
        languages.add_alias("qaa", "de");
        languages.add("qaa", false);
        assert_eq!(tag(&languages, "uk"), Ok("ru".to_owned()));
        assert_eq!(tag(&languages, "qaa"), Ok("de".to_owned()));
    }

    #[test]
    fn every_row_of_the_table_was_read_and_nothing_else_is_understood() {
        let languages = Languages::built_in();
        assert_eq!(languages.rows().count(), rows::<4>(COMPREHENSION).count());
        assert!(languages.rows().all(|(from, to, _)| !languages.is_sign(from) && !languages.is_sign(to)));
        assert!(languages.rows().all(|(_, _, row)| !row.source.is_empty()));
        let all: Vec<Language> = languages.tags().map(|tag| languages.resolve(tag).unwrap()).collect();
        assert!(all.len() > 700, "{}", all.len());
        let mut understood = 0;
        for (from, to) in all.iter().flat_map(|from| all.iter().map(move |to| (from, to))) {
            let heard = languages.heard_by(from, true);
            assert!(heard.may_understand(to.bit()) || heard.comprehension(to) == Comprehension::None);
            match heard.comprehension(to) {
                Comprehension::Related(degree) => {
                    assert!(languages.rows().any(|(one, other, row)| (one, other, row.degree) == (from, to, degree)));
                    understood += 1;
                }
                Comprehension::Variant(_) => panic!("a tag without a variant"),
                Comprehension::Same | Comprehension::Umbrella | Comprehension::None => {}
            }
        }
        assert_eq!(understood, languages.rows().count());
        for (from, to) in [("uk", "ru"), ("kmr", "ckb"), ("yue", "zh"), ("hsb", "de"), ("ps", "prs"), ("de", "gsg")] {
            let (from, to) = (languages.resolve(from).unwrap(), languages.resolve(to).unwrap());
            assert_eq!(languages.heard_by(&from, true).comprehension(&to), Comprehension::None);
        }
    }

    /// Two rows after each other say nothing that a row of its own does not say.
    #[test]
    fn the_table_is_closed() {
        let languages = Languages::built_in();
        let rows: std::collections::BTreeMap<_, _> =
            languages.rows().map(|(from, to, row)| ((from, to), row)).collect();
        let degree = |row: &Row| u32::from(row.degree.get());
        for ((one, middle), first) in &rows {
            for ((_, last), second) in rows.iter().filter(|((from, last), _)| from == middle && last != one) {
                let chained = degree(first) * degree(second);
                let own = rows.get(&(*one, *last)).map_or(0, |row| degree(row)) * 10_000;
                assert!(chained < 5_000 * 10_000 || own >= chained, "{one:?} {middle:?} {last:?}");
            }
        }
    }

    #[test]
    fn a_degree_of_nothing_takes_a_row_out() {
        let mut languages = Languages::built_in();
        let (from, to) = (languages.resolve("sk").unwrap(), languages.resolve("cs").unwrap());
        assert_eq!(languages.heard_by(&from, true).comprehension(&to), Comprehension::Related(Fit::clamped(9_000)));
        languages.add_row(from.clone(), to.clone(), Fit::ZERO, "");
        assert_eq!(languages.heard_by(&from, true).comprehension(&to), Comprehension::None);
        let (sh, sr) = (languages.resolve("sh").unwrap(), languages.resolve("sr").unwrap());
        languages.add_row(sh.clone(), sr.clone(), Fit::ZERO, "");
        assert_eq!(languages.heard_by(&sh, true).comprehension(&sr), Comprehension::Umbrella, "as without the row");
    }
}
