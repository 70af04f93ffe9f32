//! Names in the form in which they are compared, and what each stands for.

use crate::{
    decode::code_kind::CodeKind,
    util::{
        edit_distance::{most_errors, nearest},
        sort::sort_by,
    },
};
use crate::{
    model::iccs,
    util::tsv::{LANGUAGE_ADDITIONS, LANGUAGES, rows},
    vocabulary::{Tables, fold::forms},
};

/// One code that a name stands for. The order is that of the answer, but for the codes of an umbrella word, which come
/// before the others, in the order of the table.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Sense {
    /// Umbrella words first: they say that the others are not sure.
    pub(super) place: Place,
    pub(super) code: String,
    pub(super) context: Vec<String>,
}

#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Place {
    /// One of several codes, the first, the second, …
    OneOf(usize),
    /// The code, or a name that is shown for it.
    Exact,
    /// Another name for it, or another key.
    Alias,
    /// A word for it, such as a town in a Kreis.
    Word,
}

/// All names of one kind of code, each in the form in which it is compared.
#[derive(Clone, Debug, Default)]
pub(super) struct Forms {
    // INVARIANT: sorted by text, no text twice.
    forms: Vec<Form>,
}

/// A name as it is compared, and what it stands for.
#[derive(Clone, Debug)]
struct Form {
    text: String,
    letters: Letters,
    /// Whether a typing error may be meant for it.
    likely: bool,
    senses: Vec<Sense>,
}

/// The letters of a word as a set, and their number: enough to see that most words are too far away.
#[derive(Clone, Copy, Debug)]
struct Letters {
    set: u64,
    count: usize,
}

impl Letters {
    fn of(text: &str) -> Self {
        let bit = |letter: char| 1_u64.checked_shl(u32::from(letter) % 64).unwrap_or(0);
        Self { set: text.chars().fold(0, |set, letter| set | bit(letter)), count: text.chars().count() }
    }

    /// Never more than the number of errors between the two words: an error takes away or adds one letter at most.
    fn least_errors(self, other: Self) -> usize {
        let missing = |one: u64, other: u64| usize::try_from((one & !other).count_ones()).unwrap_or(usize::MAX);
        missing(self.set, other.set).max(missing(other.set, self.set)).max(self.count.abs_diff(other.count))
    }
}

impl Forms {
    pub(super) fn of(tables: &Tables, kind: CodeKind) -> Self {
        let mut known: Vec<Form> = Vec::new();
        each_name(tables, kind, &mut |Name { text, likely, is_key, senses, .. }| {
            if is_key {
                return;
            }
            let form = |text: String| Form { letters: Letters::of(&text), text, likely, senses: senses.to_vec() };
            known.extend(forms(text).map(form));
        });
        sort_by(&mut known, |one, other| one.text.cmp(&other.text));
        let mut forms: Vec<Form> = Vec::with_capacity(known.len());
        for form in known {
            match forms.last_mut() {
                Some(last) if last.text == form.text => {
                    // A word without a sense says that it is no name; as a name of something it is one all the same.
                    last.likely |= form.likely;
                    last.senses.extend(form.senses);
                }
                _ => forms.push(form),
            }
        }
        Self { forms }
    }

    /// What a name stands for; nothing where it is not known, an empty list where it is known to be no name of a code.
    pub(super) fn exact(&self, folded: &str) -> Option<&[Sense]> {
        self.form(folded).map(|form| form.senses.as_slice())
    }

    fn form(&self, folded: &str) -> Option<&Form> {
        let found = self.forms.binary_search_by(|form| form.text.as_str().cmp(folded));
        found.ok().and_then(|place| self.forms.get(place))
    }

    /// What may be meant by a typing error, and the number of errors. Between several names nobody can tell: with one error
    /// all of them are worth a look, with two none is, and where all are rare none was meant.
    pub(super) fn near(&self, folded: &str) -> (usize, Vec<Sense>) {
        let none = (0, Vec::new());
        let typed = Letters::of(folded);
        let most = most_errors(typed.count).min(self.most_errors_in_stem(folded));
        // A number with a wrong digit is another number.
        if most == 0 || folded.chars().all(char::is_numeric) {
            return none;
        }
        let close = |form: &&Form| !form.senses.is_empty() && form.letters.least_errors(typed) <= most;
        let close = self.forms.iter().filter(close).map(|form| form.text.as_str());
        let Some((errors, near)) = nearest(folded, close) else { return none };
        let near: Vec<&Form> = near.iter().filter_map(|text| self.form(text)).collect();
        let says = |form: &Form, code: &str| form.senses.iter().any(|sense| sense.code == code);
        let alike = |one: &Form, other: &Form| one.senses.iter().all(|sense| says(other, &sense.code));
        let one_sense = near.windows(2).all(|pair| match pair {
            [one, other] => alike(one, other) && alike(other, one),
            _ => true,
        });
        if errors > most || errors > 1 && !one_sense || !near.iter().any(|form| form.likely) {
            return none;
        }
        (errors, near.iter().flat_map(|form| form.senses.iter().cloned()).collect())
    }

    /// The long second half of these names would let two errors pass in a first half that is short; and many a sign language
    /// is not listed, so that the first half may well be right.
    fn most_errors_in_stem(&self, folded: &str) -> usize {
        let halves = ["gebardensprache", "gebaerdensprache", "signlanguage"];
        let Some(stem) = halves.iter().find_map(|half| folded.strip_suffix(half)) else { return usize::MAX };
        let known = [Some(stem), stem.strip_suffix('e')].into_iter().flatten().any(|stem| self.exact(stem).is_some());
        if known { 0 } else { 1 }
    }
}

/// A name of codes of one kind.
pub(super) struct Name<'n> {
    pub(super) text: &'n str,
    /// Its language; empty for codes, and for regions, which are called the same everywhere.
    pub(super) lang: &'n str,
    likely: bool,
    /// Whether it is the key of a region, which is looked up in the tree.
    is_key: bool,
    /// Nothing where it is known to be no name.
    pub(super) senses: &'n [Sense],
}

impl<'n> Name<'n> {
    fn new(likely: bool, text: &'n str, lang: &'n str, senses: &'n [Sense]) -> Self {
        Self { text, lang, likely, is_key: false, senses }
    }
}

/// Goes through all names of one kind of code, and through the codes, but for those of languages: short tags are names, or
/// what remains of one.
pub(super) fn each_name(tables: &Tables, kind: CodeKind, take: &mut dyn FnMut(Name<'_>)) {
    let sense = |place: Place, code: &str| Sense { place, code: code.to_owned(), context: Vec::new() };
    let rare = if kind == CodeKind::Language { rare_languages() } else { Vec::new() };
    for (code, names) in tables.labels.codes(kind) {
        let likely = rare.binary_search(&code).is_err();
        for (number, (lang, text)) in names.iter().enumerate() {
            let first = names.iter().position(|(other, _)| other == lang) == Some(number);
            take(Name::new(likely, text, lang, &[sense(if first { Place::Exact } else { Place::Alias }, code)]));
        }
        if !matches!(kind, CodeKind::Language | CodeKind::Region) {
            take(Name::new(true, code, "", &[sense(Place::Exact, code)]));
        }
        if kind == CodeKind::Crime {
            take(Name::new(true, &format!("{}{code}", iccs::PREFIX), "", &[sense(Place::Exact, code)]));
        }
    }
    for (entry, ..) in tables.regions.entries().filter(|_| kind == CodeKind::Region) {
        // Berlin is told as the Kreis, whichever of its two keys it is named by.
        let region = tables.regions.resolve(&entry.code);
        let code = region.map_or_else(|_| entry.code.clone(), |region| tables.regions.code(&region));
        take(Name { is_key: true, ..Name::new(true, &entry.code, "", &[sense(Place::Exact, &code)]) });
        let Some(name) = entry.name.as_deref() else { continue };
        take(Name::new(true, name, "", &[sense(Place::Exact, &code)]));
        take(Name::new(true, short_name(name), "", &[sense(Place::Alias, &code)]));
        take(Name::new(true, &long_name(name), "", &[sense(Place::Alias, &code)]));
    }
    for (_, meaning) in tables.words.all().filter(|(of, _)| *of == kind) {
        let context: Vec<String> = meaning.context.iter().map(|tag| tag.clone().into_owned()).collect();
        let place = |number| if meaning.codes.len() > 1 { Place::OneOf(number) } else { Place::Word };
        let codes = meaning.codes.iter().enumerate();
        let senses = codes.map(|(number, code)| Sense { context: context.clone(), ..sense(place(number), code) });
        take(Name::new(meaning.likely, &meaning.text, &meaning.lang, &senses.collect::<Vec<_>>()));
    }
}

/// Languages of which CLDR knows the name and nothing else, not even what they call themselves: where a typed word is close to
/// one of them, something else was meant.
fn rare_languages() -> Vec<&'static str> {
    // Both tables are in the order of tags.
    let added: Vec<&str> = rows::<1>(LANGUAGE_ADDITIONS).map(|[tag]| tag).collect();
    let nameless = rows::<4>(LANGUAGES).filter(|[.., own]| own.is_empty()).map(|[tag, ..]| tag);
    nameless.filter(|tag| added.binary_search(tag).is_err()).collect()
}

/// The name without what tells it from its namesakes: Frankfurt, Neumarkt, Hannover.
fn short_name(name: &str) -> &str {
    let before = ["Region ", "Städteregion ", "Regionalverband "];
    let name = before.iter().find_map(|words| name.strip_prefix(words)).unwrap_or(name);
    let after = [" (", " am ", " an der ", " a. ", " a.d. ", " im ", " in der ", " i. ", " i.d. "];
    after.iter().find_map(|words| name.split_once(words)).map_or(name, |(short, _)| short)
}

/// The name with its abbreviations written out, as far as the table has any.
fn long_name(name: &str) -> String {
    let abbreviations = [
        (" a.d. ", " an der "),
        (" i.d. ", " in der "),
        (" a. ", " am "),
        (" i. ", " im "),
        ("OPf.", "Oberpfalz"),
        ("(Oldb)", "(Oldenburg)"),
        ("St. ", "Sankt "),
    ];
    abbreviations.iter().fold(name.to_owned(), |name, (short, long)| name.replace(short, long))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Letters;

    proptest! {
        #[test]
        fn letters_never_hide_a_word_that_is_near(one in "[a-fäß]{0,9}", other in "[a-fäß]{0,9}") {
            let errors = strsim::osa_distance(&one, &other);
            prop_assert!(Letters::of(&one).least_errors(Letters::of(&other)) <= errors);
        }
    }
}
