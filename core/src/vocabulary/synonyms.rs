//! Synonyms: words that stand for a code with a context, for one of several codes, or for none.

use std::{borrow::Cow, sync::LazyLock};

use crate::{
    decode::code_kind::CodeKind,
    util::{
        ordered_map::OrderedMap,
        tsv::{items, rows},
    },
    vocabulary::{
        abbreviations::expanded,
        code_names::Text,
        data::{TOWNS, WORDS},
        fold::fold,
        terms::terms,
    },
};

/// The built-in synonyms and the added ones, which replace built-in ones of the same folded form.
#[derive(Clone, Debug, Default)]
pub(crate) struct Synonyms {
    added: SynonymMap,
}

/// Synonyms by kind of code and folded form.
type SynonymMap = OrderedMap<(CodeKind, String), Synonym>;

/// A word and the codes that it may stand for, the most likely first.
///
/// Without codes the word is known not to be a name, so that it is never taken for a misspelt one.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Synonym {
    /// The word as written.
    pub(crate) text: Text,
    /// `false` if the table lists only some words of its kind, such as towns: a near word may then be an unlisted one.
    pub(crate) allows_typos: bool,
    pub(crate) lang: Text,
    pub(crate) codes: Vec<Text>,
    /// The context of a crime, which applies to each of the codes.
    pub(crate) context: Vec<Text>,
}

/// The synonyms of the built-in tables; a later row replaces an earlier one of the same folded form.
static BUILT_IN: LazyLock<SynonymMap> = LazyLock::new(|| {
    let mut synonyms = SynonymMap::default();
    insert_towns(&mut synonyms);
    for [kind, codes, context, de, en] in rows::<5>(WORDS) {
        let Ok(kind) = kind.parse() else { continue };
        for (lang, texts) in [("en", en), ("de", de)] {
            for text in items(texts) {
                let (codes, context) = (items(codes).map(Cow::Borrowed), items(context).map(Cow::Borrowed));
                let (codes, context) = (codes.collect(), context.collect());
                // Near the number of a section is that of another one.
                let allows_typos = !text.starts_with('§');
                let synonym = Synonym { text: text.into(), allows_typos, lang: lang.into(), codes, context };
                synonyms.insert((kind, fold(text)), synonym);
            }
        }
    }
    for term in terms() {
        let (codes, context) = (items(term.codes).map(Cow::Borrowed).collect(), Vec::new());
        let (text, lang) = (term.text.into(), term.lang.into());
        synonyms.insert((term.kind, fold(term.text)), Synonym { text, allows_typos: true, lang, codes, context });
    }
    synonyms
});

fn insert_towns(synonyms: &mut SynonymMap) {
    // Full names first, because their Kreise are more likely than those of shortened names.
    for column in [2, 3] {
        for row in rows::<4>(TOWNS) {
            let [kreis, guess, ..] = row;
            for name in row.get(column).into_iter().flat_map(|names| items(names)) {
                let written_out = Some(expanded(name)).filter(|written_out| written_out != name);
                for name in written_out.map(Cow::Owned).into_iter().chain([Cow::Borrowed(name)]) {
                    insert_town(synonyms, name, kreis, guess == "yes");
                }
            }
        }
    }
}

fn insert_town(synonyms: &mut SynonymMap, name: Text, kreis: &'static str, allows_typos: bool) {
    let key = (CodeKind::Region, fold(&name));
    let (codes, context) = (Vec::new(), Vec::new());
    let new = Synonym { text: name, allows_typos: false, lang: "de".into(), codes, context };
    let town = synonyms.entry(key).or_insert_with(|| new);
    town.allows_typos |= allows_typos;
    if !town.codes.iter().any(|code| code == kreis) {
        town.codes.push(kreis.into());
    }
}

impl Synonyms {
    /// Inserts a synonym, which replaces the present one of the same folded form.
    pub(crate) fn insert(&mut self, kind: CodeKind, synonym: Synonym) {
        let key = (kind, fold(&synonym.text));
        // A synonym with the meaning of the built-in one must not lose the other properties of the latter.
        let is_same = |built_in: &Synonym| {
            (&built_in.text, &built_in.codes, &built_in.context) == (&synonym.text, &synonym.codes, &synonym.context)
        };
        if BUILT_IN.get(&key).is_some_and(is_same) {
            self.added.remove(&key);
        } else {
            self.added.insert(key, synonym);
        }
    }

    /// Returns `true` if a folded text is a synonym for a code.
    pub(crate) fn contains(&self, kind: CodeKind, folded: &str) -> bool {
        let key = (kind, folded.to_owned());
        self.added.get(&key).or_else(|| BUILT_IN.get(&key)).is_some_and(|synonym| !synonym.codes.is_empty())
    }

    /// Returns `true` if a folded text is known not to be a name of this kind.
    #[cfg(feature = "import")]
    pub(crate) fn is_no_name(&self, kind: CodeKind, folded: &str) -> bool {
        let key = (kind, folded.to_owned());
        self.added.get(&key).or_else(|| BUILT_IN.get(&key)).is_some_and(|synonym| synonym.codes.is_empty())
    }

    /// Returns every synonym with the kind of its codes: built-in ones, then added ones, each sorted.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (CodeKind, &Synonym)> {
        let built_in = BUILT_IN.iter().filter(|(key, _)| !self.added.contains_key(key));
        built_in.chain(self.added.iter()).map(|((kind, _), synonym)| (*kind, synonym))
    }
}
