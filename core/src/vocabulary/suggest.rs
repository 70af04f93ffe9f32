//! What is being typed becomes suggestions, letter by letter.
//!
//! A word that is whole already goes first, whatever else begins so: "Iranisch" is Persian sooner than the Iranian sign
//! language, and who has typed it to its end looks no further than the first line. Where one word may mean several codes,
//! those go first that are called what the hand types: for "Trauma" the Traumaambulanz, then psychotherapy.

use crate::{
    decode::code_kind::CodeKind,
    model::enums::{Lang, ResolvedBy},
    util::{fixed::Ratio, sort::sort_by_key},
};
use crate::{
    model::iccs,
    vocabulary::{
        Tables, Vocabulary,
        fold::{fold, forms},
        name_index::{Name, each_name},
        qualifiers::Plain,
        resolve::{Candidate, LONGEST},
    },
};

/// Fewest letters that are the beginning of a word: with one, a list of everything would be as good.
const FEWEST: usize = 2;

impl Vocabulary {
    /// What a field may suggest while a word is being typed: the codes that it may stand for as it is or become, at most
    /// `top`, each with its setting once.
    ///
    /// First comes what [`resolve`](Self::resolve) says for certain; of several codes those first whose names begin with what
    /// is typed. Then, from two letters on, what has a name, another word or a key that begins so, and after that what has one
    /// in which a later word does; each time names in `lang` before those in other languages, short ones before long ones, the
    /// rest by their letters. What has an umlaut where one is typed goes before what has none. Where nothing is certain, words
    /// such as "Landkreis" need not be part of a name. Keys are codes as [`resolve`](Self::resolve) understands them, so none
    /// of languages. Typing errors come last. Text of more than 512 bytes has no suggestions.
    ///
    /// # Example: a word, letter by letter
    ///
    /// ```
    /// use lotse::{ResolvedBy, CodeKind, Lang, Vocabulary};
    /// let vocabulary = Vocabulary::default();
    /// let first = |text| {
    ///     let found = vocabulary.suggest(text, CodeKind::Language, Lang::De, 5).into_iter().next();
    ///     found.map(|found| (found.name().to_owned(), found.how(), found.word().map(str::to_owned)))
    /// };
    /// assert_eq!(first("pers"), Some(("Persisch".to_owned(), ResolvedBy::Completed, None)));
    /// assert_eq!(first("tunes"), Some(("Tunesisches Arabisch".to_owned(), ResolvedBy::Completed, None)));
    /// assert_eq!(first("afgh"), Some(("Dari".to_owned(), ResolvedBy::Completed, Some("Afghanisch".to_owned()))));
    /// assert_eq!(first("afghanisch"), Some(("Dari".to_owned(), ResolvedBy::Umbrella, None)));
    /// ```
    pub fn suggest(&self, text: &str, kind: CodeKind, lang: impl Into<Option<Lang>>, top: usize) -> Vec<Candidate> {
        if text.len() > LONGEST {
            return Vec::new();
        }
        let lang = lang.into().unwrap_or(Lang::En);
        let resolved = self.resolve(text, kind, lang);
        let sure = resolved.iter().any(|candidate| candidate.how != ResolvedBy::Typo);
        let whole = fold(text);
        let mut found = Vec::new();
        if sure {
            add(&mut found, &resolved, &whole, None);
        }
        let rest = if sure { String::new() } else { fold(&Plain::of(kind, text).rest) };
        let beginnings = self.tables.resolver.of(kind).beginnings.get_or_init(|| Beginnings::of(&self.tables, kind));
        // Umlauts as they are typed, then without.
        for typed in [&forms(text).last().unwrap_or_default(), &whole, &rest] {
            for name in beginnings.names(typed, lang) {
                if found.len() < top {
                    add(&mut found, &self.resolve(name, kind, lang), typed, Some(name));
                }
            }
        }
        add(&mut found, &resolved, "", None);
        found.truncate(top);
        found
    }
}

/// Adds the codes of one word that are not there yet, those first whose names begin with what is typed.
fn add(found: &mut Vec<Candidate>, meant: &[Candidate], typed: &str, completed: Option<&str>) {
    for first in [true, false] {
        for candidate in meant {
            let named = forms(&candidate.name).any(|form| form.starts_with(typed));
            let same = |other: &Candidate| other.code == candidate.code && other.context == candidate.context;
            if named != first || found.iter().any(same) {
                continue;
            }
            let mut new = candidate.clone();
            if let Some(name) = completed {
                new.how = ResolvedBy::Completed;
                new.score = Ratio::clamped(8_500);
                new.word = (!named && new.name != name).then(|| name.to_owned());
            }
            // The order is that of the scores, whichever code of a word goes first and how many there are.
            new.score = found.last().map_or(new.score, |last| last.score.min(new.score));
            found.push(new);
        }
    }
}

/// All names of one kind of code by the words in them. Built when something is first suggested.
#[derive(Clone, Debug)]
pub(super) struct Beginnings {
    all: Vec<Beginning>,
}

/// A name from one of its words on.
#[derive(Clone, Debug)]
struct Beginning {
    /// As it is compared.
    form: String,
    /// Whether it is a later word of the name.
    later: bool,
    name: String,
    /// Whether it is in another language than German, and than English.
    foreign: (bool, bool),
}

impl Beginnings {
    fn of(tables: &Tables, kind: CodeKind) -> Self {
        let mut all = Vec::new();
        each_name(tables, kind, &mut |Name { text, lang, senses, .. }| {
            // Nobody types that for a word.
            if senses.is_empty() || text.starts_with(iccs::PREFIX) {
                return;
            }
            let foreign = (!matches!(lang, "" | "de"), !matches!(lang, "" | "en"));
            let mut ended = true;
            for (start, letter) in text.char_indices() {
                let ends = letter.is_whitespace() || letter.is_ascii_punctuation() && letter != '\'';
                if ended && !ends {
                    for form in forms(text.get(start..).unwrap_or_default()) {
                        all.push(Beginning { form, later: start > 0, name: text.to_owned(), foreign });
                    }
                }
                ended = ends;
            }
        });
        Self { all }
    }

    /// The names of which a word begins so, in the order of suggestions; some of them twice, as they are found in two forms.
    fn names(&self, typed: &str, lang: Lang) -> Vec<&str> {
        if typed.chars().count() < FEWEST {
            return Vec::new();
        }
        let mut hits: Vec<&Beginning> = self.all.iter().filter(|one| one.form.starts_with(typed)).collect();
        sort_by_key(&mut hits, |one| {
            let foreign = if lang == Lang::En { one.foreign.1 } else { one.foreign.0 };
            (one.later, foreign, one.name.chars().count(), one.name.as_str())
        });
        hits.into_iter().map(|one| one.name.as_str()).collect()
    }
}
