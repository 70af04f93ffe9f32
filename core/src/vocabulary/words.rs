//! What people type for a code: words that may mean several codes, or a code with a setting.

use std::{borrow::Cow, collections::BTreeMap, sync::LazyLock};

use crate::{
    terms::Kind,
    vocabulary::table::{TOWNS, WORDS, parts, rows},
};

/// Words that were added, each with what it may mean; they go before the built-in ones.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    added: Meanings,
}

type Meanings = BTreeMap<(Kind, Cow<'static, str>), Meaning>;

/// The codes that a word may stand for, the likeliest first. Without any, the word is known to be no name of a code, and
/// never taken for a typing error.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Meaning {
    /// Whether a person who mistypes something may have meant this. Most towns are not listed, so that a word which is close
    /// to one that is may be another town.
    pub(crate) likely: bool,
    pub(crate) lang: Cow<'static, str>,
    pub(crate) codes: Vec<Cow<'static, str>>,
    /// The setting of a crime, with each of the codes.
    pub(crate) context: Vec<Cow<'static, str>>,
}

/// Read when a word is first looked up.
static BUILT_IN: LazyLock<Meanings> = LazyLock::new(|| {
    let mut meanings = Meanings::new();
    // Towns of just this name before those that are called so for short.
    for column in [2, 3] {
        for row in rows::<4>(TOWNS) {
            let [kreis, guess, ..] = row;
            for name in row.get(column).into_iter().flat_map(|names| parts(names)) {
                let new = || Meaning { likely: false, lang: "de".into(), codes: Vec::new(), context: Vec::new() };
                let meaning = meanings.entry((Kind::Region, name.into())).or_insert_with(new);
                meaning.likely |= guess == "yes";
                if !meaning.codes.iter().any(|code| code == kreis) {
                    meaning.codes.push(kreis.into());
                }
            }
        }
    }
    for [kind, codes, context, de, en] in rows::<5>(WORDS) {
        let Ok(kind) = kind.parse() else { continue };
        for (lang, texts) in [("en", en), ("de", de)] {
            for text in parts(texts) {
                let (codes, context) = (parts(codes).map(Cow::Borrowed), parts(context).map(Cow::Borrowed));
                let (codes, context) = (codes.collect(), context.collect());
                meanings.insert((kind, text.into()), Meaning { likely: true, lang: lang.into(), codes, context });
            }
        }
    }
    meanings
});

impl Words {
    /// Gives a word its meaning, instead of the one that it had.
    pub(crate) fn put(&mut self, kind: Kind, text: Cow<'static, str>, meaning: Meaning) {
        self.added.insert((kind, text), meaning);
    }

    /// Every word with its meaning: the built-in ones in order, then those that were added.
    pub(crate) fn all(&self) -> impl Iterator<Item = (Kind, &str, &Meaning)> {
        let built_in = BUILT_IN.iter().filter(|(word, _)| !self.added.contains_key(word));
        built_in.chain(&self.added).map(|((kind, text), meaning)| (*kind, &**text, meaning))
    }
}
