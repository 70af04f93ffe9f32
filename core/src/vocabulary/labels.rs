use std::{
    borrow::Cow,
    collections::{BTreeMap, btree_map::Entry},
};

use crate::{
    terms::Lang,
    vocabulary::table::{parts, rows},
    word::words,
};

const LANGUAGES: &str = include_str!("../../data/languages.tsv");
const CRIMES: &str = include_str!("../../data/crimes.tsv");
const CONTEXTS: &str = include_str!("../../data/contexts.tsv");
const HELP: &str = include_str!("../../data/help.tsv");
const OTHERS: &str = include_str!("../../data/labels.tsv");

words! {
    /// What a code of the vocabulary names.
    Kind {
        /// A language: BCP 47 tags.
        Language = "language",
        /// A region: AGS, NUTS, ISO 3166-2, or a loaded code.
        Region = "region",
        /// A crime: ICCS codes.
        Crime = "crime",
        /// The setting of a crime.
        Context = "context",
        /// A kind of help.
        Help = "help",
        /// What a person has to do with the crime.
        Role = "role",
        /// What a person needs to be able to use an offer.
        Access = "access",
    }
}

/// Names of codes: for each language the name to show, then other words for it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Labels {
    names: BTreeMap<(Kind, String), Names>,
}

type Names = BTreeMap<String, Vec<String>>;

impl Labels {
    pub(crate) fn built_in() -> Self {
        let mut labels = Self::default();
        for [tag, _, de, en, own, aliases, _] in rows::<7>(LANGUAGES) {
            for (lang, text) in [("de", de), ("en", en), (tag, own)] {
                labels.add(Kind::Language, tag, lang, text);
            }
            for alias in parts(aliases) {
                labels.add(Kind::Language, tag, "de", alias);
            }
        }
        let tables = [(Kind::Context, CONTEXTS), (Kind::Help, HELP), (Kind::Crime, CRIMES)];
        for (kind, table) in tables {
            for [code, de, en] in rows::<3>(table) {
                labels.add(kind, code, "de", de);
                labels.add(kind, code, "en", en);
            }
        }
        for [kind, code, de, en] in rows::<4>(OTHERS) {
            if let Ok(kind) = kind.parse() {
                labels.add(kind, code, "de", de);
                labels.add(kind, code, "en", en);
            }
        }
        labels
    }

    /// Adds a name; the first of a language is the one that is shown.
    pub(crate) fn add(&mut self, kind: Kind, code: &str, lang: &str, text: &str) {
        if text.is_empty() {
            return;
        }
        let names = self.names.entry((kind, code.to_owned())).or_default();
        match names.entry(lang.to_owned()) {
            Entry::Vacant(entry) => {
                entry.insert(vec![text.to_owned()]);
            }
            Entry::Occupied(mut entry) => {
                if !entry.get().iter().any(|name| name == text) {
                    entry.get_mut().push(text.to_owned());
                }
            }
        }
    }

    /// Puts a name before those that are there.
    pub(crate) fn put_first(&mut self, kind: Kind, code: &str, lang: &str, text: &str) {
        let names = self.names.entry((kind, code.to_owned())).or_default().entry(lang.to_owned()).or_default();
        names.retain(|name| name != text);
        names.insert(0, text.to_owned());
    }

    pub(crate) fn knows(&self, kind: Kind, code: &str) -> bool {
        self.names.contains_key(&(kind, code.to_owned()))
    }

    /// The name to show, in this language or else in any.
    pub(crate) fn name(&self, kind: Kind, code: &str, lang: Lang) -> Option<Cow<'_, str>> {
        let names = self.names.get(&(kind, code.to_owned()))?;
        let of = |lang: &str| names.get(lang).and_then(|texts| texts.first());
        let name = of(lang.base()).or_else(|| of("de")).or_else(|| of("en")).or_else(|| names.values().next()?.first());
        name.map(|name| Cow::Borrowed(name.as_str()))
    }

    pub(crate) fn codes(&self, kind: Kind) -> impl Iterator<Item = &str> {
        self.names.keys().filter(move |(of, _)| *of == kind).map(|(_, code)| code.as_str())
    }

    /// Every name: kind, code, language, text; the name to show before the others.
    pub(crate) fn all(&self) -> impl Iterator<Item = (Kind, &str, &str, &str)> {
        self.names.iter().flat_map(|((kind, code), names)| {
            let texts = names.iter().flat_map(|(lang, texts)| texts.iter().map(move |text| (lang, text)));
            texts.map(|(lang, text)| (*kind, code.as_str(), lang.as_str(), text.as_str()))
        })
    }
}
