use std::{borrow::Cow, sync::Arc};

use crate::{
    decode::code_kind::CodeKind,
    model::enums::Lang,
    util::{
        ordered_map::OrderedMap,
        tsv::{CONTEXTS, CRIMES, HELP, LANGUAGE_ADDITIONS, LANGUAGES, TAGS, parts, rows},
    },
    vocabulary::per_kind::PerKind,
};

/// Names of codes: for each language the name to show, then other words for it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Labels {
    // Shared until names of this kind are added: a copy of all languages for each request would cost more than its ranking.
    names: PerKind<Arc<OrderedMap<Text, Names>>>,
}

/// Text of a built-in table is borrowed, what is added is owned.
pub(crate) type Text = Cow<'static, str>;
/// Language and text; of one language the name to show first.
type Names = Vec<(Text, Text)>;

impl Labels {
    pub(crate) fn built_in() -> Self {
        let mut labels = Self::default();
        let additions = || rows::<7>(LANGUAGE_ADDITIONS);
        let mut named = |tag: &'static str, names: [(&'static str, &'static str); 3]| {
            for (lang, text) in names {
                let names = labels.of(CodeKind::Language, tag).unwrap_or_default();
                if !names.iter().any(|(of, _)| of == lang) {
                    labels.add(CodeKind::Language, tag.into(), lang.into(), text.into());
                }
            }
        };
        for [tag, _, de, en, own, ..] in additions() {
            named(tag, [("de", de), ("en", en), (tag, own)]);
        }
        for [tag, de, en, own] in rows::<4>(LANGUAGES) {
            named(tag, [("de", de), ("en", en), (tag, own)]);
        }
        for [tag, _, _, _, _, aliases, _] in additions() {
            for alias in parts(aliases) {
                labels.add(CodeKind::Language, tag.into(), "de".into(), alias.into());
            }
        }
        for (kind, table) in [(CodeKind::Context, CONTEXTS), (CodeKind::Help, HELP), (CodeKind::Crime, CRIMES)] {
            for [code, de, en] in rows::<3>(table) {
                labels.add(kind, code.into(), "de".into(), de.into());
                labels.add(kind, code.into(), "en".into(), en.into());
            }
        }
        for [kind, code, de, en] in rows::<4>(TAGS) {
            if let Ok(kind) = kind.parse() {
                labels.add(kind, code.into(), "de".into(), de.into());
                labels.add(kind, code.into(), "en".into(), en.into());
            }
        }
        labels
    }

    fn of(&self, kind: CodeKind, code: &str) -> Option<&[(Text, Text)]> {
        self.names.get(kind).get(code).map(Vec::as_slice)
    }

    fn names(&mut self, kind: CodeKind, code: Text) -> &mut Names {
        Arc::make_mut(self.names.get_mut(kind)).entry(code).or_default()
    }

    /// Adds a name; the first of a language is the one that is shown.
    pub(crate) fn add(&mut self, kind: CodeKind, code: Text, lang: Text, text: Text) {
        if text.is_empty() {
            return;
        }
        let names = self.names(kind, code);
        let name = (lang, text);
        if !names.contains(&name) {
            names.push(name);
        }
    }

    /// Puts a name before those that are there.
    pub(crate) fn put_first(&mut self, kind: CodeKind, code: Text, lang: Text, text: Text) {
        let names = self.names(kind, code);
        let name = (lang, text);
        names.retain(|other| *other != name);
        names.insert(0, name);
    }

    pub(crate) fn knows(&self, kind: CodeKind, code: &str) -> bool {
        self.of(kind, code).is_some()
    }

    /// The name to show, in this language or else in any.
    pub(crate) fn name(&self, kind: CodeKind, code: &str, lang: Lang) -> Option<Cow<'_, str>> {
        let names = self.of(kind, code)?;
        let of = |lang: &str| names.iter().find(|(of, _)| of == lang);
        let any = || names.iter().min_by_key(|(lang, _)| lang);
        let (_, name) = of(lang.base()).or_else(|| of("de")).or_else(|| of("en")).or_else(any)?;
        Some(Cow::Borrowed(name))
    }

    /// Every code of a kind with its names: language and text, the name to show before the others of its language.
    pub(crate) fn codes(&self, kind: CodeKind) -> impl Iterator<Item = (&str, &[(Text, Text)])> {
        self.names.get(kind).iter().map(|(code, names)| (&**code, names.as_slice()))
    }
}
