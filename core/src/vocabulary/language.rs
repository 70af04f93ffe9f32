//! Languages: resolution of BCP 47 tags, and comprehension between languages.
//!
//! A code of two or three letters is found by one access to an array, O(1). Any other tag is parsed (RFC 5646) and looked up
//! by its primary language; an alias takes precedence at each step. The comprehension of one language by speakers of another
//! is a look-up among the rows of the former, O(log n), behind a [`Signature`] that rejects most unrelated pairs by one `and`.

use std::sync::Arc;

use oxilangtag::LanguageTag;

use crate::{
    util::{
        fixed::{Ratio, parse_ten_thousandths},
        ordered_map::{OrderedMap, OrderedSet},
        signature::Signature,
        sort::sort,
        tsv::{items, rows},
    },
    vocabulary::{
        data::{COMPREHENSION, COUNTRY_LANGUAGES, LANGUAGE_ADDITIONS, LANGUAGE_ALIASES, LANGUAGES},
        language_code::{CodeStatus, LanguageCodes, LanguageIdx},
        language_variant::{Variant, private_use, spoken_variant},
    },
};

/// A known language: the primary language and the variant of a tag. Script, region and orthography are dropped.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct Language {
    primary: LanguageIdx,
    variant: Option<Variant>,
}

impl Language {
    /// Returns the primary language.
    #[inline]
    pub(crate) fn primary(&self) -> LanguageIdx {
        self.primary
    }

    /// Returns the signature of the primary language.
    #[inline]
    pub(crate) fn signature(&self) -> Signature {
        self.primary.signature()
    }

    /// Returns `true` if the variant is a simplified form of the language.
    pub(crate) fn is_simple(&self) -> bool {
        self.variant.as_ref().is_some_and(Variant::is_simple)
    }

    /// Returns `true` if the tag has a variant that is spoken.
    pub(crate) fn has_variant(&self) -> bool {
        self.variant.is_some()
    }

    fn without_variant(primary: LanguageIdx) -> Self {
        Self { primary, variant: None }
    }

    fn with_further_variant(self, further: Option<Variant>) -> Self {
        match (&self.variant, &further) {
            (None, _) => Self { variant: further, ..self },
            (_, None) => self,
            (Some(a), Some(b)) => Self { variant: spoken_variant(a.subtags().chain(b.subtags())), ..self },
        }
    }
}

/// An error returned when a tag does not name a known language.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum TagError {
    /// The tag is not well-formed BCP 47.
    Malformed,
    /// The primary language is in no table, or an extended language is not one of it.
    Unknown,
    /// The part of the tag for private use is not understood.
    PrivateUse,
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

/// A listed primary language.
#[derive(Clone, Debug)]
struct LanguageEntry {
    tag: Arc<str>,
    is_sign: bool,
    /// The signature of its members and umbrellas, and of `to` in its rows.
    related: Signature,
    /// The members of an umbrella code.
    members: OrderedSet<LanguageIdx>,
    /// The languages whose speakers may understand this one: `from` of a row to it, its members and umbrellas.
    understood_by: OrderedSet<LanguageIdx>,
    /// The rows whose `from` is this language or a variant of it, by `to` and the variant of `from`.
    rows: OrderedMap<(Language, Option<Variant>), DegreeRow>,
    /// `true` if a language of some row is a variant.
    has_variant_rows: bool,
    /// The variants of this language that have a row of their own.
    variants_with_rows: OrderedSet<Variant>,
}

impl LanguageEntry {
    /// Returns the degree to which speakers of a variant of this language understand another: that of the row for both, or
    /// else of a row for one or both without variants, that of the speaker's variant first.
    fn degree(&self, variant: Option<&Variant>, other: &Language) -> Option<Ratio> {
        let row = |to: &Language, variant: Option<&Variant>| {
            self.rows.get(&(to.clone(), variant.cloned())).map(|row| row.degree)
        };
        let other_primary = Language::without_variant(other.primary);
        if !self.has_variant_rows {
            return row(&other_primary, None);
        }
        let of = |variant| {
            let exact = row(other, variant);
            if other.variant.is_none() { exact } else { exact.or_else(|| row(&other_primary, variant)) }
        };
        // Most variants have no row of their own.
        let own = variant.filter(|variant| self.variants_with_rows.contains(*variant));
        own.and_then(|variant| of(Some(variant))).or_else(|| of(None))
    }
}

/// The known languages with their aliases, umbrella codes and comprehension rows.
#[derive(Clone, Debug)]
pub(crate) struct Languages {
    codes: LanguageCodes,
    entries: Vec<LanguageEntry>,
    /// The listed languages whose tag is no code of two or three letters, by the tag in lower case.
    long_tags: OrderedMap<Arc<str>, LanguageIdx>,
    // INVARIANT: a code that is a key is redirected in `codes`.
    aliases: OrderedMap<String, String>,
    /// The variants in comprehension rows.
    row_variants: OrderedSet<Language>,
}

impl Languages {
    /// Returns the languages of the built-in tables.
    pub(crate) fn built_in() -> Self {
        let mut languages = Self {
            codes: LanguageCodes::built_in(),
            entries: Vec::new(),
            long_tags: OrderedMap::default(),
            aliases: OrderedMap::default(),
            row_variants: OrderedSet::default(),
        };
        for [tag] in rows::<1>(LANGUAGES) {
            languages.insert(tag, false);
        }
        let additions = || rows::<7>(LANGUAGE_ADDITIONS);
        // A tag with a variant is known by its primary language; an umbrella code may have a region.
        for [tag, kind, ..] in additions().filter(|[tag, .., members]| !tag.contains('-') || !members.is_empty()) {
            languages.insert(tag, kind == "sign");
        }
        for [tag, .., members] in additions() {
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
    pub(crate) fn insert(&mut self, tag: &str, is_sign: bool) -> LanguageIdx {
        let lowercase = tag.to_ascii_lowercase();
        let known = LanguageIdx::of_code(&lowercase).or_else(|| self.long_tags.get(lowercase.as_str()).copied());
        let index = known.unwrap_or_else(|| {
            let index = self.codes.push();
            self.long_tags.insert(lowercase.as_str().into(), index);
            index
        });
        // Only the code of a country is in upper case: `zh-HK`.
        let tag = if lowercase.contains('-') { tag.into() } else { lowercase.into() };
        if let Some(entry) = self.entry_or_insert(index, tag) {
            entry.is_sign |= is_sign;
        }
        index
    }

    /// Lists the primary language of a language.
    pub(crate) fn list(&mut self, language: &Language) {
        let tag = self.primary_tag(language.primary).into();
        self.entry_or_insert(language.primary, tag);
    }

    /// Returns the entry of a language, which it creates if the language is unlisted.
    fn entry_or_insert(&mut self, index: LanguageIdx, tag: Arc<str>) -> Option<&mut LanguageEntry> {
        let status = self.codes.status(index);
        if !matches!(status, CodeStatus::Listed(_)) {
            self.codes.set(index, CodeStatus::Listed(u32::try_from(self.entries.len()).unwrap_or(u32::MAX)));
            self.entries.push(LanguageEntry {
                tag,
                is_sign: status == CodeStatus::Unlisted { is_sign: true },
                related: Signature::EMPTY,
                members: OrderedSet::default(),
                understood_by: OrderedSet::default(),
                rows: OrderedMap::default(),
                has_variant_rows: false,
                variants_with_rows: OrderedSet::default(),
            });
        }
        self.entry_mut(index)
    }

    /// Makes one language a member of an umbrella code, and inserts both if they are unlisted.
    pub(crate) fn insert_member(&mut self, umbrella: &str, member: &str) {
        let (umbrella, member) = (self.insert(umbrella, false), self.insert(member, false));
        if let Some(entry) = self.entry_mut(umbrella) {
            entry.members.insert(member);
            entry.understood_by.insert(member);
            entry.related = entry.related.union(member.signature());
        }
        if let Some(entry) = self.entry_mut(member) {
            entry.understood_by.insert(umbrella);
            entry.related = entry.related.union(umbrella.signature());
        }
    }

    /// Inserts another tag for a language. An alias takes precedence over a listed tag.
    pub(crate) fn insert_alias(&mut self, from: &str, to: &str) {
        let from = normalized(from);
        if let Some(language) = LanguageIdx::of_code(&from) {
            self.codes.redirect(language);
        }
        self.aliases.insert(from, to.to_owned());
    }

    /// Inserts a comprehension row, or replaces the present one of the same pair.
    ///
    /// A degree of 0 states that nothing is understood. Both languages are listed afterwards.
    pub(crate) fn insert_row(&mut self, from: Language, to: Language, degree: Ratio, source: &str) {
        for language in [&from, &to] {
            self.list(language);
            if language.variant.is_some() {
                self.row_variants.insert(language.clone());
            }
        }
        let (signature, speaker) = (to.signature(), from.primary);
        if let Some(entry) = self.entry_mut(to.primary) {
            entry.understood_by.insert(speaker);
        }
        if let Some(entry) = self.entry_mut(speaker) {
            entry.related = entry.related.union(signature);
            entry.has_variant_rows |= from.variant.is_some() || to.variant.is_some();
            if let Some(variant) = &from.variant {
                entry.variants_with_rows.insert(variant.clone());
            }
            let key = (to.clone(), from.variant.clone());
            entry.rows.insert(key, DegreeRow { from, to, degree, source: source.to_owned() });
        }
    }

    /// Resolves a BCP 47 tag.
    ///
    /// # Errors
    ///
    /// Any [`TagError`].
    pub(crate) fn resolve(&self, text: &str) -> Result<Language, TagError> {
        // The common case: a code in lower case.
        match self.codes.direct(text) {
            Some(primary) => Ok(Language::without_variant(primary)),
            None => self.resolve_tag(&normalized(text)),
        }
    }

    fn resolve_tag(&self, text: &str) -> Result<Language, TagError> {
        if let Some(language) = self.known(text) {
            return Ok(language);
        }
        let tag = LanguageTag::parse(text).map_err(|_| TagError::Malformed)?;
        let private = tag.private_use().map(|text| private_use(text).ok_or(TagError::PrivateUse)).transpose()?;
        let variant = spoken_variant(tag.variant_subtags().chain(private));
        let code = tag.primary_language();
        let known = |further: &str| self.known(&format!("{code}-{further}"));
        let language = match tag.extended_language() {
            Some(extended) => known(extended).or_else(|| self.extended_sign_language(code, extended)),
            None => {
                // An alias of a language with a variant states what the variant means.
                if let Some(language) = variant.as_ref().and_then(|variant| known(variant.as_str())) {
                    return Ok(language);
                }
                tag.region().and_then(known).or_else(|| self.known(code))
            }
        };
        language.map(|language| language.with_further_variant(variant)).ok_or(TagError::Unknown)
    }

    /// Returns the language of a tag in lower case that is an alias or the tag of a primary language.
    fn known(&self, tag: &str) -> Option<Language> {
        match self.aliases.get(tag) {
            Some(to) => self.of_canonical_tag(&to.to_ascii_lowercase()),
            None => self.known_primary(tag).map(Language::without_variant),
        }
    }

    /// Returns the primary language of a tag in lower case, without regard to aliases.
    fn known_primary(&self, tag: &str) -> Option<LanguageIdx> {
        let of_code = LanguageIdx::of_code(tag).filter(|code| self.codes.status(*code) != CodeStatus::Unknown);
        of_code.or_else(|| self.long_tags.get(tag).copied())
    }

    /// Returns the language of a canonical tag, in lower case: the tag of a primary language and a variant.
    fn of_canonical_tag(&self, tag: &str) -> Option<Language> {
        let ends = tag.rmatch_indices('-').map(|(end, _)| end);
        let splits = [tag.len()].into_iter().chain(ends).filter_map(|end| tag.split_at_checked(end));
        splits.into_iter().find_map(|(primary, variant)| {
            let variant = spoken_variant(variant.split('-').filter(|subtag| !subtag.is_empty()));
            self.known_primary(primary).map(|primary| Language { primary, variant })
        })
    }

    /// Returns a sign language that is stated as an extension of `sgn`, as RFC 5646 allows for each of them.
    fn extended_sign_language(&self, code: &str, extended: &str) -> Option<Language> {
        let language = self.known(extended).filter(|language| self.is_sign(language));
        language.filter(|_| code == "sgn")
    }

    /// Returns the canonical tag of typed text that is the tag of a language, and `true` if it is the same but for its case.
    ///
    /// A word with a capital is rather a name, and text with a hyphen too. Therefore the first part of the latter must be in lower
    /// case, and each further part must look like one of a tag: a region, a script, a variant or an extended language. A code in
    /// upper case must be listed, since many abbreviations are codes.
    pub(crate) fn typed_tag(&self, text: &str) -> Option<(String, bool)> {
        let language = self.resolve(text).ok()?;
        let (tag, typed) = (self.tag(&language), normalized(text));
        let is_upper = |part: &str| part.bytes().all(|byte| byte.is_ascii_uppercase());
        let is_tag = match text.split_once(['-', '_']) {
            None => text == typed || is_upper(text) && self.is_listed(&language),
            Some((code, further)) => {
                let is_part = |part: &str| {
                    let mut letters = part.chars();
                    let is_script = part.len() == 4 && letters.next().is_some_and(|first| first.is_ascii_uppercase());
                    part.len() == 2 && is_upper(part) || is_script || part.bytes().any(|byte| byte.is_ascii_digit())
                };
                let has_parts = further.split(['-', '_']).all(is_part) || code == "sgn";
                let is_known = self.known(&typed).is_some() || language.is_simple() && self.is_listed(&language);
                (has_parts || is_known) && !code.bytes().any(|byte| byte.is_ascii_uppercase())
            }
        };
        let is_exact = typed == tag.to_ascii_lowercase();
        is_tag.then_some((tag, is_exact))
    }

    /// Returns the language of a country whose code is typed where that of a language belongs.
    pub(crate) fn of_country(&self, text: &str) -> Option<&'static str> {
        let country = normalized(text);
        let country = country.split('-').next()?;
        rows::<2>(COUNTRY_LANGUAGES).find(|[code, _]| *code == country).map(|[_, language]| language)
    }

    /// Returns the canonical tag of a language.
    pub(crate) fn tag(&self, language: &Language) -> String {
        let primary = self.primary_tag(language.primary);
        match &language.variant {
            Some(variant) => format!("{primary}-{}", variant.as_str()),
            None => primary,
        }
    }

    fn primary_tag(&self, primary: LanguageIdx) -> String {
        self.entry(primary).map_or_else(|| LanguageCodes::unlisted_code(primary), |entry| entry.tag.as_ref().to_owned())
    }

    /// Returns `true` if the language is a sign language.
    pub(crate) fn is_sign(&self, language: &Language) -> bool {
        match self.codes.status(language.primary) {
            CodeStatus::Unknown => false,
            CodeStatus::Unlisted { is_sign } => is_sign,
            CodeStatus::Listed(_) => self.entry(language.primary).is_some_and(|entry| entry.is_sign),
        }
    }

    /// Returns `true` if the primary language has a name or is related to another one, so that it is not only a code.
    pub(crate) fn is_listed(&self, language: &Language) -> bool {
        self.entry(language.primary).is_some()
    }

    /// Returns `true` if the primary language is an umbrella code.
    pub(crate) fn is_umbrella(&self, language: &Language) -> bool {
        self.entry(language.primary).is_some_and(|entry| !entry.members.is_empty())
    }

    /// Returns `true` if a comprehension row is about this variant in particular.
    pub(crate) fn has_own_row(&self, language: &Language) -> bool {
        language.variant.is_some() && self.row_variants.contains(language)
    }

    /// Returns the other languages whose speakers may understand a language or a variant of it.
    pub(crate) fn understood_by(&self, primary: LanguageIdx) -> Option<&OrderedSet<LanguageIdx>> {
        self.entry(primary).map(|entry| &entry.understood_by)
    }

    /// Returns the speaker of a language, whose comprehension of other languages can be queried.
    ///
    /// If `uses_rows` is `false`, all comprehension rows are ignored, but not variants and umbrella codes.
    #[inline]
    pub(crate) fn speaker<'l>(&'l self, language: &'l Language, uses_rows: bool) -> Speaker<'l> {
        Speaker { languages: self, language, entry: self.entry(language.primary), uses_rows }
    }

    #[inline]
    fn entry(&self, language: LanguageIdx) -> Option<&LanguageEntry> {
        match self.codes.status(language) {
            CodeStatus::Listed(index) => self.entries.get(index as usize),
            CodeStatus::Unknown | CodeStatus::Unlisted { .. } => None,
        }
    }

    fn entry_mut(&mut self, language: LanguageIdx) -> Option<&mut LanguageEntry> {
        match self.codes.status(language) {
            CodeStatus::Listed(index) => self.entries.get_mut(index as usize),
            CodeStatus::Unknown | CodeStatus::Unlisted { .. } => None,
        }
    }

    /// Returns the aliases, each with the tag that it stands for.
    pub(crate) fn aliases(&self) -> &OrderedMap<String, String> {
        &self.aliases
    }

    /// Returns `true` if an alias would change the meaning of a tag, in whichever form it is known: as that of a primary language,
    /// as another alias, or by its parts.
    pub(crate) fn is_known_otherwise(&self, from: &str, to: &Language) -> bool {
        self.resolve(from).is_ok_and(|known| known != *to)
    }

    /// Returns the tags of all listed sign languages, sorted.
    pub(crate) fn sign_languages(&self) -> Vec<&str> {
        self.sorted_tags(|entry| entry.is_sign)
    }

    /// Returns the umbrella codes with their members, both sorted.
    pub(crate) fn umbrellas(&self) -> OrderedMap<&str, Vec<String>> {
        OrderedMap::from_iter(self.entries.iter().filter(|entry| !entry.members.is_empty()).map(|umbrella| {
            let mut tags: Vec<String> = umbrella.members.iter().map(|member| self.primary_tag(*member)).collect();
            sort(&mut tags);
            (&*umbrella.tag, tags)
        }))
    }

    /// Returns the comprehension rows by the tags of both languages, sorted.
    pub(crate) fn comprehension_rows(&self) -> OrderedMap<(String, String), &DegreeRow> {
        OrderedMap::from_iter(self.rows().map(|row| ((self.tag(&row.from), self.tag(&row.to)), row)))
    }

    fn rows(&self) -> impl Iterator<Item = &DegreeRow> {
        self.entries.iter().flat_map(|entry| entry.rows.values())
    }

    /// Returns the tags of all listed primary languages, sorted.
    pub(crate) fn tags(&self) -> Vec<&str> {
        self.sorted_tags(|_| true)
    }

    fn sorted_tags(&self, is_included: impl Fn(&LanguageEntry) -> bool) -> Vec<&str> {
        let mut tags: Vec<&str> =
            self.entries.iter().filter(|entry| is_included(entry)).map(|entry| &*entry.tag).collect();
        sort(&mut tags);
        tags
    }
}

/// Returns a tag in the form in which tags are compared: in lower case and with hyphens.
pub(super) fn normalized(tag: &str) -> String {
    tag.to_ascii_lowercase().replace('_', "-")
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
    /// Returns the signature of all languages of which the speaker may understand something.
    #[inline]
    pub(crate) fn understood(&self) -> Signature {
        let related = self.entry.map_or(Signature::EMPTY, |entry| entry.related);
        related.union(self.language.signature())
    }

    /// Returns `true` if the language of the speaker is a sign language.
    pub(crate) fn is_sign(&self) -> bool {
        self.languages.is_sign(self.language)
    }

    /// Returns the comprehension of `other` by the speaker. The first of these rules that applies decides:
    ///
    /// 1. the same language;
    /// 2. a comprehension row, also one of a language for its variants; a degree of 0 states that nothing is understood;
    /// 3. variants of one language: fully understood, except another than a simple one by speakers of a simple one, to one
    ///    half;
    /// 4. an umbrella code and its member, or variants of them.
    ///
    /// A sign language and another language do not understand each other.
    #[inline]
    pub(crate) fn comprehension(&self, other: &Language) -> Comprehension {
        let own = self.language;
        if own.primary != other.primary && self.entry.is_none_or(|entry| !entry.related.intersects(other.signature())) {
            return Comprehension::None;
        }
        if own == other {
            return Comprehension::Same;
        }
        self.comprehension_of_another(other)
    }

    fn comprehension_of_another(&self, other: &Language) -> Comprehension {
        let own = self.language;
        let is_other_primary = own.primary != other.primary;
        if is_other_primary && (self.languages.is_sign(own) || self.languages.is_sign(other)) {
            return Comprehension::None;
        }
        let entry = self.entry;
        if let Some(degree) =
            entry.filter(|_| self.uses_rows).and_then(|entry| entry.degree(own.variant.as_ref(), other))
        {
            return Comprehension::Related(degree);
        }
        if !is_other_primary {
            let is_harder = own.is_simple() && !other.is_simple();
            return Comprehension::Variant(if is_harder { Ratio::clamped(5_000) } else { Ratio::ONE });
        }
        let has_member = |umbrella: Option<&LanguageEntry>, member: &Language| {
            umbrella.is_some_and(|umbrella| umbrella.members.contains(&member.primary))
        };
        if has_member(entry, other) || has_member(self.languages.entry(other.primary), own) {
            return Comprehension::Umbrella;
        }
        Comprehension::None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::data::LANGUAGE_VARIANTS;

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
            ("de-CH-1996", "de"),
            ("de-1901-simple", "de-simple"),
            ("el-polyton", "el"),
            ("el-monoton", "el"),
            ("zh-Latn-pinyin", "zh"),
            ("zh-Latn-wadegile", "zh"),
            ("en-US-posix", "en"),
            ("en-US-u-va-posix", "en"),
            ("en-GB-oed", "en"),
            ("be-tarask", "be"),
            ("ar-fonipa", "ar"),
            ("hy-arevmda", "hyw"),
            ("hy-AM-arevmda", "hyw"),
            ("sl-rozaj-biske-1994", "sl-biske-rozaj"),
            ("zh-HK", "zh-HK"),
            ("zh_hk", "zh-HK"),
            ("zh-Hant-MO", "zh-HK"),
            ("zho-HK", "zh-HK"),
            ("zh-HK-simple", "zh-HK-simple"),
            ("yue-HK", "yue"),
            ("zh-yue-HK", "yue"),
            ("cmn-HK", "zh"),
            ("zh-cmn-Hans-HK", "zh"),
            ("zh-TW", "zh"),
            ("fa_AF", "prs"),
            ("pa_Arab_PK", "pa"),
            ("de_DE", "de"),
            ("de-DE-x-simple-language", "de-simple"),
            ("de-x-leicht", "de-simple"),
            ("de-simple-x-simple", "de-simple"),
            ("kun", "kun"),
            ("KUN-Latn-ER", "kun"),
            ("kun-simple", "kun-simple"),
            ("sgn-xml", "xml"),
            ("drw", "prs"),
            ("ccq", "rki"),
        ] {
            assert_eq!(tag(typed), Ok(canonical.to_owned()), "{typed}");
            assert_eq!(tag(canonical), Ok(canonical.to_owned()), "{canonical}");
        }
        for unknown in [
            "xqq", "und", "mis", "zxx", "mul", "qaa", "qtz", "und-Latn", "en-usa", "de-deu", "sgn-deu", "ua", "abcd",
            "x-simple",
        ] {
            assert_eq!(tag(unknown), Err(TagError::Unknown), "{unknown}");
        }
        for private in ["de-x-dialect", "de-DE-x-1996"] {
            assert_eq!(tag(private), Err(TagError::PrivateUse), "{private}");
        }
        for malformed in ["", "d", "_", "de--AT", "de__AT", "de-", "Deutsch!", "äö"] {
            assert_eq!(tag(malformed), Err(TagError::Malformed), "{malformed}");
        }
    }

    #[test]
    fn every_code_and_every_sign_language_of_iso_639_3_is_known() {
        let languages = Languages::built_in();
        let letters = || 'a'..='z';
        let codes = letters().flat_map(|a| letters().flat_map(move |b| letters().map(move |c| format!("{a}{b}{c}"))));
        let (mut known, mut signs) = (0, 0);
        for code in codes {
            let Ok(language) = languages.resolve(&code) else { continue };
            known += 1;
            let tag = languages.tag(&language);
            assert_eq!(languages.resolve(&tag).as_ref(), Ok(&language), "{code}");
            assert_eq!(languages.resolve(&format!("{}-Latn-ZZ-fonipa", code.to_uppercase())).as_ref(), Ok(&language));
            if languages.is_sign(&language) && tag == code {
                signs += 1;
                assert_eq!(languages.resolve(&format!("sgn-{code}")).as_ref(), Ok(&language));
            }
        }
        // The codes of the table, of languages with two letters, and of CLDR; and all sign languages of the registry.
        assert_eq!((known, signs), (8_168, 164));
        let listed = languages.tags().len();
        assert!(listed > 740, "{listed}");
    }

    #[test]
    fn every_orthography_is_dropped_and_every_other_variant_kept() {
        let languages = Languages::built_in();
        for [subtag, meaning] in rows::<2>(LANGUAGE_VARIANTS) {
            let language = languages.resolve(&format!("de-DE-{subtag}")).unwrap();
            let expected = if meaning == "writing" { None } else { Some(meaning) };
            let variant = language.variant.as_ref().map(Variant::as_str);
            assert_eq!(language.is_simple(), expected.is_some(), "{subtag}");
            assert!(variant == expected || variant == Some(subtag), "{subtag}");
        }
        for kept in ["viennese", "rozaj", "valencia", "ekavsk", "1606nict", "unheard"] {
            let language = languages.resolve(&format!("de-{kept}")).unwrap();
            assert_eq!(languages.tag(&language), format!("de-{kept}"));
            assert!(!language.is_simple());
        }
    }

    #[test]
    fn rows_and_umbrellas_of_a_language_hold_for_its_variants() {
        let mut languages = Languages::built_in();
        let language = |languages: &Languages, tag: &str| languages.resolve(tag).unwrap();
        let comprehension = |languages: &Languages, from: &str, to: &str| {
            languages.speaker(&language(languages, from), true).comprehension(&language(languages, to))
        };
        let half = Comprehension::Variant(Ratio::clamped(5_000));
        for (from, to, expected) in [
            ("sk-simple", "cs", Comprehension::Related(Ratio::clamped(9_000))),
            ("sk", "cs-simple", Comprehension::Related(Ratio::clamped(9_000))),
            ("ku-simple", "kmr", Comprehension::Umbrella),
            ("ku", "kmr-x-simple", Comprehension::Umbrella),
            ("yue", "zh-HK", Comprehension::Umbrella),
            ("zh-HK", "zh", Comprehension::Umbrella),
            ("zh", "yue", Comprehension::None),
            ("de-viennese", "de", Comprehension::Variant(Ratio::ONE)),
            ("de", "de-viennese", Comprehension::Variant(Ratio::ONE)),
            ("de-viennese", "de-unheard", Comprehension::Variant(Ratio::ONE)),
            ("de-simple", "de-viennese", half),
            ("de-simple", "de-simple-viennese", Comprehension::Variant(Ratio::ONE)),
            ("en-basiceng", "en", half),
            ("kun-simple", "kun", half),
            ("kun", "ymm", Comprehension::None),
            ("ase-blasl", "ase", Comprehension::Variant(Ratio::ONE)),
        ] {
            assert_eq!(comprehension(&languages, from, to), expected, "{from} {to}");
        }
        // A sign language matches only itself, whatever umbrella it is given.
        languages.insert_member("qgs", "gsg");
        assert_eq!(comprehension(&languages, "gsg", "qgs"), Comprehension::None);
        // The row of a variant precedes that of its language, and the speaker's variant the other one.
        for (from, to, degree) in
            [("de", "nl", 100), ("de-simple", "nl", 200), ("de", "nl-simple", 300), ("de-simple", "de", 400)]
        {
            let (from, to) = (language(&languages, from), language(&languages, to));
            languages.insert_row(from, to, Ratio::clamped(degree), "");
        }
        for (from, to, degree) in [
            ("de", "nl", 100),
            ("de-viennese", "nl-viennese", 100),
            ("de-simple", "nl", 200),
            ("de-simple", "nl-simple", 200),
            ("de-viennese", "nl-simple", 300),
            ("de-simple", "de-viennese", 400),
        ] {
            let expected = Comprehension::Related(Ratio::clamped(degree));
            assert_eq!(comprehension(&languages, from, to), expected, "{from} {to}");
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
        let all: Vec<Language> = languages.tags().into_iter().map(|tag| languages.resolve(tag).unwrap()).collect();
        assert!(all.len() > 700, "{}", all.len());
        let mut related = 0;
        for (from, to) in all.iter().flat_map(|from| all.iter().map(move |to| (from, to))) {
            let speaker = languages.speaker(from, true);
            let comprehension = speaker.comprehension(to);
            assert!(speaker.understood().intersects(to.signature()) || comprehension == Comprehension::None);
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
    fn a_degree_of_zero_states_that_nothing_is_understood() {
        let mut languages = Languages::built_in();
        let (from, to) = (languages.resolve("sk").unwrap(), languages.resolve("cs").unwrap());
        let comprehension = languages.speaker(&from, true).comprehension(&to);
        assert_eq!(comprehension, Comprehension::Related(Ratio::clamped(9_000)));
        languages.insert_row(from.clone(), to.clone(), Ratio::ZERO, "");
        assert_eq!(languages.speaker(&from, true).comprehension(&to), Comprehension::Related(Ratio::ZERO));
        assert_eq!(languages.speaker(&from, false).comprehension(&to), Comprehension::None);
        let (sh, sr) = (languages.resolve("sh").unwrap(), languages.resolve("sr").unwrap());
        languages.insert_row(sh.clone(), sr.clone(), Ratio::ZERO, "");
        assert_eq!(languages.speaker(&sh, true).comprehension(&sr), Comprehension::Related(Ratio::ZERO));
        assert_eq!(languages.speaker(&sh, false).comprehension(&sr), Comprehension::Umbrella);
    }
}
