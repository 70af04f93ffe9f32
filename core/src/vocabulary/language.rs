//! Languages: resolution of BCP 47 tags, and comprehension between languages.
//!
//! A listed tag is found by a binary search over packed codes, O(log n). Any other tag is parsed (RFC 5646) and looked up
//! by its primary language. The comprehension of one language by speakers of another is a scan of the few rows of the
//! latter, behind a [`Signature`] that rejects most unrelated pairs by one `and`.

use std::sync::Arc;

use oxilangtag::LanguageTag;

use crate::{
    util::{
        fixed::{Ratio, parse_ten_thousandths},
        ordered_map::OrderedMap,
        packed_code::{PackedCode, PackedCodeMap},
        signature::Signature,
        sort::sort,
        tsv::{items, rows},
    },
    vocabulary::data::{COMPREHENSION, LANGUAGE_ADDITIONS, LANGUAGE_ALIASES, LANGUAGES},
};

/// The position of a primary language in [`Languages`].
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
struct LanguageIdx(u32);

impl LanguageIdx {
    #[inline]
    fn signature(self) -> Signature {
        Signature::from_index(self.0)
    }
}

/// A known language: the primary language and the variant of a tag. Script and region are dropped.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct Language {
    primary: LanguageIdx,
    variant: Option<Arc<str>>,
}

impl Language {
    /// Returns the signature of the primary language.
    #[inline]
    pub(crate) fn signature(&self) -> Signature {
        self.primary.signature()
    }
}

/// An error returned when a tag does not name a known language.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum TagError {
    /// The tag is not well-formed BCP 47.
    Malformed,
    /// The primary language is in no table.
    Unknown,
}

/// The comprehension of one language by speakers of another.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Comprehension {
    /// Both are the same language.
    Same,
    /// A row of the comprehension table gives this degree.
    Related(Ratio),
    /// Both are variants of one primary language.
    Variant(Ratio),
    /// One is an umbrella code and the other its member, so that the degree is unknown.
    Umbrella,
    /// None of the above.
    None,
}

/// A row of the comprehension table: the degree to which speakers of `from` understand `to`.
#[derive(Clone, Debug)]
pub(crate) struct DegreeRow {
    from: Language,
    to: Language,
    pub(crate) degree: Ratio,
    pub(crate) source: String,
}

/// A primary language.
#[derive(Clone, Debug)]
struct LanguageEntry {
    tag: Arc<str>,
    is_sign: bool,
    /// The signature of its members and umbrellas, and of `to` in its rows.
    related: Signature,
    /// The members of an umbrella code.
    members: Vec<LanguageIdx>,
    /// The rows whose `from` is this language or a variant of it.
    rows: Vec<DegreeRow>,
}

/// The known languages with their aliases, umbrella codes and comprehension rows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Languages {
    entries: Vec<LanguageEntry>,
    by_tag: OrderedMap<Arc<str>, LanguageIdx>,
    // INVARIANT: exactly the keys of `by_tag` that can be packed and are no alias.
    by_packed_tag: PackedCodeMap<LanguageIdx>,
    aliases: OrderedMap<String, String>,
}

impl Languages {
    /// Returns the languages of the built-in tables.
    pub(crate) fn built_in() -> Self {
        let mut languages = Self::default();
        for [tag] in rows::<1>(LANGUAGES) {
            languages.insert(tag, false);
        }
        for [tag, kind] in rows::<2>(LANGUAGE_ADDITIONS) {
            languages.insert(tag, kind == "sign");
        }
        for [tag, _, _, _, _, _, members] in rows::<7>(LANGUAGE_ADDITIONS) {
            for member in items(members) {
                languages.insert_member(tag, member);
            }
        }
        for [from, to] in rows::<2>(LANGUAGE_ALIASES) {
            languages.insert_alias(from, to);
        }
        for [from, to, degree, source] in rows::<4>(COMPREHENSION) {
            let (from, to) = (languages.resolve(from), languages.resolve(to));
            if let (Ok(from), Ok(to), Some(Ok(degree))) = (from, to, parse_ten_thousandths(degree).map(u16::try_from)) {
                languages.insert_row(from, to, Ratio::clamped(degree), source);
            }
        }
        languages
    }

    /// Inserts a primary language, or marks a present one as a sign language.
    ///
    /// A tag with further subtags is ignored, since it is known by its primary language.
    pub(crate) fn insert(&mut self, tag: &str, is_sign: bool) {
        let tag = tag.to_ascii_lowercase();
        if tag.contains('-') {
            return;
        }
        match self.by_tag.get(tag.as_str()).copied().and_then(|language| self.entry_mut(language)) {
            Some(entry) => entry.is_sign |= is_sign,
            None => {
                let tag: Arc<str> = tag.into();
                let language = LanguageIdx(u32::try_from(self.entries.len()).unwrap_or(u32::MAX));
                if let Some(packed) = PackedCode::new(&tag).filter(|_| !self.aliases.contains_key(&*tag)) {
                    self.by_packed_tag.insert_if_absent(packed, language);
                }
                self.by_tag.insert(Arc::clone(&tag), language);
                let (members, rows) = (Vec::new(), Vec::new());
                self.entries.push(LanguageEntry { tag, is_sign, related: Signature::EMPTY, members, rows });
            }
        }
    }

    /// Makes one language a member of an umbrella code, and inserts both if they are unknown.
    pub(crate) fn insert_member(&mut self, umbrella: &str, member: &str) {
        self.insert(umbrella, false);
        self.insert(member, false);
        let position = |tag: &str| self.by_tag.get(tag.to_ascii_lowercase().as_str()).copied();
        let (Some(umbrella), Some(member)) = (position(umbrella), position(member)) else { return };
        if let Some(entry) = self.entry_mut(umbrella) {
            if !entry.members.contains(&member) {
                entry.members.push(member);
            }
            entry.related = entry.related.union(member.signature());
        }
        if let Some(entry) = self.entry_mut(member) {
            entry.related = entry.related.union(umbrella.signature());
        }
    }

    /// Inserts another tag for a language. An alias takes precedence over a listed tag.
    pub(crate) fn insert_alias(&mut self, from: &str, to: &str) {
        let from = from.to_ascii_lowercase();
        if let Some(packed) = PackedCode::new(&from) {
            self.by_packed_tag.remove(packed);
        }
        self.aliases.insert(from, to.to_ascii_lowercase());
    }

    /// Inserts a comprehension row, or replaces the present one of the same pair. A degree of 0 removes the row.
    pub(crate) fn insert_row(&mut self, from: Language, to: Language, degree: Ratio, source: &str) {
        let signature = to.signature();
        let Some(entry) = self.entry_mut(from.primary) else { return };
        entry.related = entry.related.union(signature);
        let row = DegreeRow { from, to, degree, source: source.to_owned() };
        match entry.rows.iter_mut().find(|present| present.from == row.from && present.to == row.to) {
            Some(present) => *present = row,
            None => entry.rows.push(row),
        }
    }

    /// Resolves a BCP 47 tag.
    ///
    /// # Errors
    ///
    /// [`TagError::Malformed`] or [`TagError::Unknown`].
    pub(crate) fn resolve(&self, text: &str) -> Result<Language, TagError> {
        // The common case: a listed tag, in lower case.
        if let Some(primary) = PackedCode::new(text).and_then(|packed| self.by_packed_tag.get(packed)) {
            return Ok(Language { primary, variant: None });
        }
        let lowercase = text.to_ascii_lowercase();
        let tag = self.aliases.get(&lowercase).unwrap_or(&lowercase);
        let tag = LanguageTag::parse(tag.as_str()).map_err(|_| TagError::Malformed)?;
        let primary = tag.extended_language().and_then(|all| all.rsplit('-').next()).unwrap_or(tag.primary_language());
        let with_region = tag.region().and_then(|region| self.aliases.get(&format!("{primary}-{region}")));
        let primary = with_region.or_else(|| self.aliases.get(primary)).map_or(primary, String::as_str);
        let primary = *self.by_tag.get(primary).ok_or(TagError::Unknown)?;
        Ok(Language { primary, variant: tag.variant().map(Into::into) })
    }

    /// Returns the canonical tag of a language.
    pub(crate) fn tag(&self, language: &Language) -> String {
        let primary = self.entry(language.primary).map_or("und", |entry| &entry.tag);
        match &language.variant {
            Some(variant) => format!("{primary}-{variant}"),
            None => primary.to_owned(),
        }
    }

    /// Returns `true` if the language is a sign language.
    pub(crate) fn is_sign(&self, language: &Language) -> bool {
        self.entry(language.primary).is_some_and(|entry| entry.is_sign)
    }

    /// Returns the speaker of a language, whose comprehension of other languages can be queried.
    ///
    /// If `uses_rows` is `false`, all comprehension rows are ignored, but not variants and umbrella codes.
    pub(crate) fn speaker<'l>(&'l self, language: &'l Language, uses_rows: bool) -> Speaker<'l> {
        Speaker { languages: self, language, entry: self.entry(language.primary), uses_rows }
    }

    #[inline]
    fn entry(&self, language: LanguageIdx) -> Option<&LanguageEntry> {
        self.entries.get(language.0 as usize)
    }

    fn entry_mut(&mut self, language: LanguageIdx) -> Option<&mut LanguageEntry> {
        self.entries.get_mut(language.0 as usize)
    }

    /// Returns the aliases, each with the tag that it stands for.
    pub(crate) fn aliases(&self) -> &OrderedMap<String, String> {
        &self.aliases
    }

    /// Returns the tags of all sign languages, sorted.
    pub(crate) fn sign_languages(&self) -> Vec<&str> {
        let is_sign = |language: &LanguageIdx| self.entry(*language).is_some_and(|entry| entry.is_sign);
        self.by_tag.iter().filter(|(_, language)| is_sign(language)).map(|(tag, _)| &**tag).collect()
    }

    /// Returns the umbrella codes with their members, both sorted.
    pub(crate) fn umbrellas(&self) -> OrderedMap<&str, Vec<&str>> {
        OrderedMap::from_iter(self.entries.iter().filter(|entry| !entry.members.is_empty()).map(|umbrella| {
            let members = umbrella.members.iter().filter_map(|member| self.entry(*member));
            let mut tags: Vec<&str> = members.map(|member| &*member.tag).collect();
            sort(&mut tags);
            (&*umbrella.tag, tags)
        }))
    }

    /// Returns the comprehension rows by the tags of both languages, sorted.
    pub(crate) fn comprehension_rows(&self) -> OrderedMap<(String, String), &DegreeRow> {
        OrderedMap::from_iter(self.rows().map(|row| ((self.tag(&row.from), self.tag(&row.to)), row)))
    }

    fn rows(&self) -> impl Iterator<Item = &DegreeRow> {
        self.entries.iter().flat_map(|entry| &entry.rows)
    }

    /// Returns the tags of all primary languages, sorted.
    pub(crate) fn tags(&self) -> impl Iterator<Item = &str> {
        self.by_tag.keys().map(|tag| &**tag)
    }
}

/// A speaker of one language, prepared for queries about many other languages.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Speaker<'l> {
    languages: &'l Languages,
    language: &'l Language,
    entry: Option<&'l LanguageEntry>,
    uses_rows: bool,
}

impl Speaker<'_> {
    /// Returns `false` only if the speaker understands none of the languages with this signature.
    pub(crate) fn may_understand(&self, languages: Signature) -> bool {
        self.entry.is_none_or(|entry| entry.related.union(self.language.signature()).intersects(languages))
    }

    /// Returns the comprehension of `other` by the speaker. The first of these rules that applies decides:
    ///
    /// 1. the same language;
    /// 2. a comprehension row, unless its degree is 0;
    /// 3. variants: fully understood by speakers of the language without a variant, else to one half;
    /// 4. an umbrella code and its member.
    #[inline]
    pub(crate) fn comprehension(&self, other: &Language) -> Comprehension {
        let (own, Some(entry)) = (self.language, self.entry) else { return Comprehension::None };
        if own.primary != other.primary && !entry.related.intersects(other.signature()) {
            return Comprehension::None;
        }
        if own == other {
            return Comprehension::Same;
        }
        if self.uses_rows {
            let applies = |row: &&DegreeRow| row.to == *other && row.from == *own && row.degree > Ratio::ZERO;
            if let Some(row) = entry.rows.iter().find(applies) {
                return Comprehension::Related(row.degree);
            }
        }
        if own.primary == other.primary {
            return Comprehension::Variant(if own.variant.is_none() { Ratio::ONE } else { Ratio::clamped(5_000) });
        }
        let other_entry = self.languages.entry(other.primary);
        let is_umbrella = entry.members.contains(&other.primary);
        if is_umbrella || other_entry.is_some_and(|umbrella| umbrella.members.contains(&own.primary)) {
            return Comprehension::Umbrella;
        }
        Comprehension::None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_resolve_to_spoken_languages() {
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
        assert_eq!(tag("xqq"), Err(TagError::Unknown));
        for malformed in ["", "d", "de_AT", "de--AT", "Deutsch!", "äö"] {
            assert_eq!(tag(malformed), Err(TagError::Malformed), "{malformed}");
        }
    }

    #[test]
    fn an_alias_takes_precedence_over_a_listed_tag_in_any_order_of_insertion() {
        let mut languages = Languages::built_in();
        let tag = |languages: &Languages, text| languages.resolve(text).map(|language| languages.tag(&language));
        assert_eq!(tag(&languages, "uk"), Ok("uk".to_owned()));
        languages.insert_alias("uk", "ru");
        languages.insert_alias("qaa", "de");
        languages.insert("qaa", false);
        assert_eq!(tag(&languages, "uk"), Ok("ru".to_owned()));
        assert_eq!(tag(&languages, "qaa"), Ok("de".to_owned()));
    }

    #[test]
    fn every_row_of_the_table_is_loaded_and_no_other_pair_is_related() {
        let languages = Languages::built_in();
        assert_eq!(languages.rows().count(), rows::<4>(COMPREHENSION).count());
        assert!(languages.rows().all(|row| !languages.is_sign(&row.from) && !languages.is_sign(&row.to)));
        assert!(languages.rows().all(|row| !row.source.is_empty()));
        let all: Vec<Language> = languages.tags().map(|tag| languages.resolve(tag).unwrap()).collect();
        assert!(all.len() > 700, "{}", all.len());
        let mut related = 0;
        for (from, to) in all.iter().flat_map(|from| all.iter().map(move |to| (from, to))) {
            let speaker = languages.speaker(from, true);
            let comprehension = speaker.comprehension(to);
            assert!(speaker.may_understand(to.signature()) || comprehension == Comprehension::None);
            match comprehension {
                Comprehension::Related(degree) => {
                    assert!(languages.rows().any(|row| (&row.from, &row.to, row.degree) == (from, to, degree)));
                    related += 1;
                }
                Comprehension::Variant(_) => panic!("a tag without a variant"),
                Comprehension::Same | Comprehension::Umbrella | Comprehension::None => {}
            }
        }
        assert_eq!(related, languages.rows().count());
        for (from, to) in [("uk", "ru"), ("kmr", "ckb"), ("yue", "zh"), ("hsb", "de"), ("ps", "prs"), ("de", "gsg")] {
            let (from, to) = (languages.resolve(from).unwrap(), languages.resolve(to).unwrap());
            assert_eq!(languages.speaker(&from, true).comprehension(&to), Comprehension::None);
        }
    }

    /// A chain of two rows whose degrees multiply to one half or more has a row of its own, of at least that degree.
    #[test]
    fn the_table_is_transitively_closed() {
        let languages = Languages::built_in();
        let degree = |row: &DegreeRow| u32::from(row.degree.get());
        let rows: std::collections::BTreeMap<_, _> =
            languages.rows().map(|row| ((&row.from, &row.to), degree(row))).collect();
        for ((a, b), first) in &rows {
            for ((_, c), second) in rows.iter().filter(|((from, to), _)| from == b && to != a) {
                let chained = first * second;
                let own = rows.get(&(*a, *c)).map_or(0, |degree| *degree) * 10_000;
                assert!(chained < 5_000 * 10_000 || own >= chained, "{a:?} {b:?} {c:?}");
            }
        }
    }

    #[test]
    fn a_degree_of_zero_removes_a_row() {
        let mut languages = Languages::built_in();
        let (from, to) = (languages.resolve("sk").unwrap(), languages.resolve("cs").unwrap());
        let comprehension = languages.speaker(&from, true).comprehension(&to);
        assert_eq!(comprehension, Comprehension::Related(Ratio::clamped(9_000)));
        languages.insert_row(from.clone(), to.clone(), Ratio::ZERO, "");
        assert_eq!(languages.speaker(&from, true).comprehension(&to), Comprehension::None);
        let (sh, sr) = (languages.resolve("sh").unwrap(), languages.resolve("sr").unwrap());
        languages.insert_row(sh.clone(), sr.clone(), Ratio::ZERO, "");
        assert_eq!(languages.speaker(&sh, true).comprehension(&sr), Comprehension::Umbrella, "as without the row");
    }
}
