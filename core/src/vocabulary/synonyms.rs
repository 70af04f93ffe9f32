//! What people type for a code: words that may mean several codes, or a code with a setting.

use std::{borrow::Cow, sync::LazyLock};

use crate::{
    decode::code_kind::CodeKind,
    util::{
        ordered_map::OrderedMap,
        tsv::{TOWNS, WORDS, parts, rows},
    },
    vocabulary::{code_names::Text, fold::fold},
};

/// Words that were added, each with what it may mean; they replace built-in ones.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    added: Meanings,
}

/// By the form in which words are compared.
type Meanings = OrderedMap<(CodeKind, String), Meaning>;

/// The codes that a word may stand for, the likeliest first. Without any, the word is known to be no name of a code, and
/// never taken for a typing error.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Meaning {
    /// The word as it is written.
    pub(crate) text: Text,
    /// Whether a person who mistypes something may have meant this. Most towns are not listed, so that a word which is close
    /// to one that is may be another town.
    pub(crate) likely: bool,
    pub(crate) lang: Text,
    pub(crate) codes: Vec<Text>,
    /// The setting of a crime, with each of the codes.
    pub(crate) context: Vec<Text>,
}

/// Read when a word is first looked up.
static BUILT_IN: LazyLock<Meanings> = LazyLock::new(|| {
    let mut meanings = Meanings::default();
    // Towns of just this name before those that are called so for short.
    for column in [2, 3] {
        for row in rows::<4>(TOWNS) {
            let [kreis, guess, ..] = row;
            for name in row.get(column).into_iter().flat_map(|names| parts(names)) {
                let (text, codes, context) = (name.into(), Vec::new(), Vec::new());
                let new = Meaning { text, likely: false, lang: "de".into(), codes, context };
                let meaning = meanings.entry((CodeKind::Region, fold(name))).or_insert_with(|| new);
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
                let meaning = Meaning { text: text.into(), likely: true, lang: lang.into(), codes, context };
                meanings.insert((kind, fold(text)), meaning);
            }
        }
    }
    meanings
});

impl Words {
    /// Gives a word its meaning, instead of the one that it had.
    pub(crate) fn put(&mut self, kind: CodeKind, meaning: Meaning) {
        let word = (kind, fold(&meaning.text));
        // What is built in already stays as it is, with what else is known of it.
        let says_nothing_new = |built_in: &Meaning| {
            (&built_in.text, &built_in.codes, &built_in.context) == (&meaning.text, &meaning.codes, &meaning.context)
        };
        if BUILT_IN.get(&word).is_some_and(says_nothing_new) {
            self.added.remove(&word);
        } else {
            self.added.insert(word, meaning);
        }
    }

    /// Every word with its meaning: built-in ones, then added ones, each in order.
    pub(crate) fn all(&self) -> impl Iterator<Item = (CodeKind, &Meaning)> {
        let built_in = BUILT_IN.iter().filter(|(word, _)| !self.added.contains_key(word));
        built_in.chain(self.added.iter()).map(|((kind, _), meaning)| (*kind, meaning))
    }
}
