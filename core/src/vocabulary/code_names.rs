//! The names of codes in each language.

use std::{borrow::Cow, sync::Arc};

use crate::{
    decode::code_kind::CodeKind,
    model::enums::Lang,
    util::{
        ordered_map::{OrderedMap, OrderedSet},
        sort::sort_by,
        tsv::{items, rows},
    },
    vocabulary::{
        countries::countries,
        data::{CONTEXTS, CRIMES, HELP, LANGUAGE_ADDITIONS, LANGUAGES, TAGS},
        label_table::words,
        terms::codes_of_terms,
    },
};

/// A text, borrowed from a built-in table or owned by an addition.
pub(crate) type Text = Cow<'static, str>;

/// A language and a name in it.
pub(crate) type LangName = (Text, Text);

/// One value for each [`CodeKind`].
#[derive(Clone, Debug, Default)]
pub(crate) struct PerKind<T>([T; 14]); // INVARIANT: in the order of `CodeKind`

/// Selects the element of a kind, by shared or by mutable reference as the array is.
macro_rules! select {
    ($values:expr, $kind:expr) => {{
        let [language, region, crime, context, help, role, access, format, gender, state, how, level, priority, truth] =
            $values;
        match $kind {
            CodeKind::Language => language,
            CodeKind::Region => region,
            CodeKind::Crime => crime,
            CodeKind::Context => context,
            CodeKind::Help => help,
            CodeKind::Role => role,
            CodeKind::Access => access,
            CodeKind::Format => format,
            CodeKind::Gender => gender,
            CodeKind::State => state,
            CodeKind::How => how,
            CodeKind::Level => level,
            CodeKind::Priority => priority,
            CodeKind::Truth => truth,
        }
    }};
}

impl<T> PerKind<T> {
    /// Returns the value of a kind.
    pub(crate) fn get(&self, kind: CodeKind) -> &T {
        select!(&self.0, kind)
    }

    /// Returns the value of a kind, mutably.
    pub(crate) fn get_mut(&mut self, kind: CodeKind) -> &mut T {
        select!(&mut self.0, kind)
    }
}

/// The names of codes, except those of regions in the tree.
///
/// The first name of a code in each language is its display name; the others are further names of the code.
#[derive(Clone, Debug, Default)]
pub(crate) struct CodeNames {
    // INVARIANT: the names of a code are sorted by language; those of one language in their order, each name once.
    // Copied on write by kind, because a copy of all languages for each request would cost more than its ranking.
    names: PerKind<Arc<OrderedMap<Text, Vec<LangName>>>>,
}

impl CodeNames {
    /// Returns the names of the built-in tables.
    pub(crate) fn built_in() -> Self {
        let mut code_names = Self::default();
        let mut insert_language = |tag: &'static str, names: [(&'static str, &'static str); 3]| {
            for (lang, text) in names {
                let present = code_names.get(CodeKind::Language, tag).unwrap_or_default();
                if !present.iter().any(|(other, _)| other == lang) {
                    code_names.insert(CodeKind::Language, tag.into(), lang.into(), text.into());
                }
            }
        };
        for [tag, _, de, en, own, ..] in rows::<7>(LANGUAGE_ADDITIONS) {
            insert_language(tag, [("de", de), ("en", en), (tag, own)]);
        }
        for [tag, de, en, own] in rows::<4>(LANGUAGES) {
            insert_language(tag, [("de", de), ("en", en), (tag, own)]);
        }
        for [tag, _, _, _, _, aliases, _] in rows::<7>(LANGUAGE_ADDITIONS) {
            for alias in items(aliases) {
                code_names.insert(CodeKind::Language, tag.into(), "de".into(), alias.into());
            }
        }
        for (kind, table) in [(CodeKind::Context, CONTEXTS), (CodeKind::Help, HELP), (CodeKind::Crime, CRIMES)] {
            for [code, de, en, plain] in rows::<4>(table) {
                code_names.insert_display_names(kind, code, [de, en, plain]);
            }
        }
        for (code, names) in countries() {
            for (lang, text) in names {
                code_names.insert(CodeKind::Region, code.into(), lang.into(), text.into());
            }
        }
        for [kind, code, de, en, plain] in rows::<5>(TAGS) {
            if let Ok(kind) = kind.parse() {
                code_names.insert_display_names(kind, code, [de, en, plain]);
            }
        }
        code_names.insert_words();
        code_names
    }

    /// Inserts the codes of closed kinds, with the words for them in the message catalogue.
    fn insert_words(&mut self) {
        let codes = codes_of_terms();
        // A code without a word, such as `B1`, is displayed as it is.
        for (kind, code) in &codes {
            self.entry(*kind, (*code).into());
        }
        for word in words() {
            for (kind, code) in codes.iter().filter(|(_, code)| *code == word.code) {
                for lang in Lang::all() {
                    self.insert(*kind, (*code).into(), lang.as_str().into(), word.text(lang).into());
                }
            }
        }
    }

    /// Inserts the names in German, English and plain German, of which the last may be empty.
    fn insert_display_names(&mut self, kind: CodeKind, code: &'static str, [de, en, plain]: [&'static str; 3]) {
        for (lang, text) in [(Lang::De, de), (Lang::En, en), (Lang::DeSimple, plain)] {
            self.insert(kind, code.into(), lang.as_str().into(), text.into());
        }
    }

    fn get(&self, kind: CodeKind, code: &str) -> Option<&[LangName]> {
        self.names.get(kind).get(code).map(Vec::as_slice)
    }

    fn entry(&mut self, kind: CodeKind, code: Text) -> &mut Vec<LangName> {
        Arc::make_mut(self.names.get_mut(kind)).entry(code).or_default()
    }

    /// Appends a name of a code, unless it is empty or present.
    pub(crate) fn insert(&mut self, kind: CodeKind, code: Text, lang: Text, text: Text) {
        if text.is_empty() {
            return;
        }
        let names = self.entry(kind, code);
        let end = names.partition_point(|(other, _)| *other <= lang);
        let mut in_lang = names.iter().take(end).rev().take_while(|(other, _)| *other == lang);
        if !in_lang.any(|(_, present)| *present == text) {
            names.insert(end, (lang, text));
        }
    }

    /// Inserts further names of a code: of each language the first one becomes the display name, the others come last.
    ///
    /// O(n log n) for n names of the code in all.
    pub(crate) fn insert_all(&mut self, kind: CodeKind, code: Text, names: Vec<LangName>) {
        let present = self.entry(kind, code);
        let mut displayed = OrderedSet::default();
        let ranked = names.into_iter().map(|name| (if displayed.insert(name.0.clone()) { 0 } else { 2 }, name));
        let mut all: Vec<(u8, LangName)> = ranked.collect();
        all.extend(std::mem::take(present).into_iter().map(|name| (1, name)));
        sort_by(&mut all, |(a_rank, (a, _)), (b_rank, (b, _))| a.cmp(b).then(a_rank.cmp(b_rank)));
        let mut seen = OrderedSet::default();
        all.retain(|(_, name)| seen.insert(name.clone()));
        *present = all.into_iter().map(|(_, name)| name).collect();
    }

    /// Returns `true` if the code has a name.
    pub(crate) fn contains(&self, kind: CodeKind, code: &str) -> bool {
        self.get(kind, code).is_some()
    }

    /// Returns the display name of a code in `lang`, else in German, in English, or in the first language by its tag.
    pub(crate) fn display_name(&self, kind: CodeKind, code: &str, lang: Lang) -> Option<Cow<'_, str>> {
        let names = self.get(kind, code)?;
        let in_lang = |lang: &str| {
            let first = names.partition_point(|(other, _)| &**other < lang);
            names.get(first).filter(|(other, _)| other == lang)
        };
        let in_any = || names.first();
        let (_, name) = in_lang(lang.as_str()).or_else(|| in_lang("de")).or_else(|| in_lang("en")).or_else(in_any)?;
        Some(Cow::Borrowed(name))
    }

    /// Returns every named code of a kind, sorted, with its names.
    pub(crate) fn iter(&self, kind: CodeKind) -> impl Iterator<Item = (&str, &[LangName])> {
        self.names.get(kind).iter().map(|(code, names)| (&**code, names.as_slice()))
    }
}
