//! What people type becomes candidates for a code.
//!
//! A name or another word for a code counts at any length, whatever its case and accents. Otherwise a typing error may be
//! meant: within strict limits, since every third name of a language has another one within two letters. Nothing is ever
//! chosen in silence: a word that may mean several codes gives them all, and a typing error is told as one.

use std::sync::{Arc, OnceLock};

use serde::Serialize;

use crate::vocabulary::{
    Tables, Vocabulary,
    fold::fold,
    name_index::{Forms, Place, Sense},
    per_kind::PerKind,
    qualifiers::Plain,
    region::Region,
    suggest::Beginnings,
};
use crate::{
    decode::code_kind::CodeKind,
    model::enums::{Lang, ResolvedBy},
    util::{fixed::Ratio, sort::sort},
};

/// Longest text that is looked up, in bytes; longer than any name.
pub(super) const LONGEST: usize = 512;

/// What stands between the names of a list.
const LIST: [char; 6] = [',', ';', '/', '&', '+', '|'];

/// One code that may be meant by what was typed.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Candidate {
    kind: CodeKind,
    pub(super) code: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) context: Vec<String>,
    pub(super) name: String,
    pub(super) how: ResolvedBy,
    pub(super) score: Ratio,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) word: Option<String>,
}

impl Candidate {
    /// What sort of code it is.
    pub fn kind(&self) -> CodeKind {
        self.kind
    }

    /// The code.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The setting that goes with a crime: a terror attack is an act and the context `terrorism`.
    pub fn context(&self) -> impl ExactSizeIterator<Item = &str> {
        self.context.iter().map(String::as_str)
    }

    /// The name to show.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How it was found. Only [`ResolvedBy::Exact`] and [`ResolvedBy::Alias`] name one code for certain.
    pub fn how(&self) -> ResolvedBy {
        self.how
    }

    /// For sorting, not a probability: exact 1, alias .95, umbrella .9 and a hundredth less for each later one, completed .85,
    /// typing errors below. Of suggestions none has more than the one before it.
    pub fn score(&self) -> Ratio {
        self.score
    }

    /// The word that was [completed](ResolvedBy::Completed), where the name itself does not begin with what was typed.
    pub fn word(&self) -> Option<&str> {
        self.word.as_deref()
    }
}

impl Vocabulary {
    /// The codes that a typed word may stand for, best first; none where nobody can tell. `lang` is the language of the
    /// names in the answer, English if none is given; what is typed may be in any language.
    ///
    /// Codes are understood too, except for languages, where two or three letters are names as well (`Ga`, `Ewe`, `Ido`)
    /// or what remains of one (`afg`, `syr`). Typing errors: up to four letters none, up to seven one, above that two, and
    /// two only where no other name is as near. A list of names ("Farsi, Dari") gives all of them. Text of more than 512 bytes
    /// has no candidates.
    ///
    /// # Example: sure, ambiguous, mistyped
    ///
    /// ```
    /// use lotse::{ResolvedBy, CodeKind, Lang, Vocabulary};
    /// let vocabulary = Vocabulary::default();
    /// let codes = |text, kind| -> Vec<(String, ResolvedBy)> {
    ///     let found = vocabulary.resolve(text, kind, Lang::De);
    ///     found.iter().map(|candidate| (candidate.code().to_owned(), candidate.how())).collect()
    /// };
    /// assert_eq!(codes("Kurmandschi", CodeKind::Language), [("kmr".to_owned(), ResolvedBy::Exact)]);
    /// assert_eq!(codes("ukranisch", CodeKind::Language), [("uk".to_owned(), ResolvedBy::Typo)]);
    /// let leipzig = codes("Leipzig", CodeKind::Region);
    /// assert_eq!(leipzig, [("14713".to_owned(), ResolvedBy::Umbrella), ("14729".to_owned(), ResolvedBy::Umbrella)]);
    ///
    /// let attack = &vocabulary.resolve("Terroranschlag", CodeKind::Crime, Lang::De)[0];
    /// assert_eq!((attack.code(), attack.context().collect()), ("0101", vec!["major_event", "terrorism"]));
    /// ```
    pub fn resolve(&self, text: &str, kind: CodeKind, lang: impl Into<Option<Lang>>) -> Vec<Candidate> {
        if text.len() > LONGEST {
            return Vec::new();
        }
        let lang = lang.into().unwrap_or(Lang::En);
        let known = self.tables.resolver.of(kind).forms.get_or_init(|| Forms::of(&self.tables, kind));
        let mut senses = match kind {
            CodeKind::Region => keys_of_regions(&self.tables, text.trim()),
            _ => Vec::new(),
        };
        let whole = fold(text);
        let exact = known.exact(&whole);
        senses.extend(exact.unwrap_or_default().iter().cloned());
        let shown = senses.iter().any(|sense| sense.place == Place::Exact);
        if let Some(senses) = listed(text, known).filter(|_| !shown) {
            return self.candidates(kind, ranked(senses, false), lang);
        }
        if exact.is_some() || !senses.is_empty() {
            return self.candidates(kind, ranked(senses, true), lang);
        }
        let plain = Plain::of(kind, text);
        let folded = fold(&plain.rest);
        if let Some(senses) = known.exact(&folded) {
            let (senses, sure) = plain.choose(senses.to_vec(), &self.tables);
            return self.candidates(kind, ranked(senses, sure), lang);
        }
        // What stands in brackets, such as a country, may say something that is not known here.
        let before = text.split_once('(').and_then(|(name, _)| known.exact(&fold(name)));
        if let Some(senses) = before.filter(|senses| !senses.is_empty()) {
            return self.candidates(kind, ranked(senses.to_vec(), false), lang);
        }
        // "Landkreis" alone is no misspelt name, nor is a list of names.
        if folded.is_empty() || text.contains(LIST) {
            return Vec::new();
        }
        for typed in [&whole, &folded] {
            let (errors, senses) = known.near(typed);
            if !senses.is_empty() {
                let letters = typed.chars().count();
                let told = ranked(plain.choose(senses, &self.tables).0, false).enumerate();
                let told = told
                    .map(|(position, (sense, ..))| (sense, ResolvedBy::Typo, typo_score(letters, errors, position)));
                return self.candidates(kind, told, lang);
            }
        }
        Vec::new()
    }

    fn candidates(
        &self,
        kind: CodeKind,
        told: impl Iterator<Item = (Sense, ResolvedBy, Ratio)>,
        lang: Lang,
    ) -> Vec<Candidate> {
        told.map(|(sense, how, score)| {
            let name = self.name(kind, &sense.code, lang).into_owned();
            Candidate { kind, name, code: sense.code, context: sense.context, how, score, word: None }
        })
        .collect()
    }
}

/// All that the parts of a list stand for, in its order: "Farsi, Dari" is not Dari-Persian. Nothing where the text is no list
/// of known names.
fn listed(text: &str, known: &Forms) -> Option<Vec<Sense>> {
    const AND: [&str; 4] = ["und", "and", "oder", "or"];
    let words = text.split_whitespace().map(|word| if AND.contains(&word) { "," } else { word });
    let text = words.collect::<Vec<_>>().join(" ");
    let parts = text.split(LIST).map(fold).filter(|part| !part.is_empty());
    let named = |part: String| known.exact(&part).filter(|senses| !senses.is_empty());
    let parts: Vec<&[Sense]> = parts.map(named).collect::<Option<_>>()?;
    let in_order = |senses: &&[Sense]| {
        let mut senses = senses.to_vec();
        sort(&mut senses);
        senses
    };
    let senses = parts.iter().flat_map(in_order).enumerate();
    let senses = senses.map(|(number, sense)| Sense { place: Place::OneOf(number), ..sense }).collect();
    (parts.len() > 1).then_some(senses)
}

/// Each sense once, in order, with what to tell of it. Where it is not sure, even a single one must be looked at.
fn ranked(mut senses: Vec<Sense>, sure: bool) -> impl Iterator<Item = (Sense, ResolvedBy, Ratio)> {
    sort(&mut senses);
    let mut once: Vec<Sense> = Vec::with_capacity(senses.len());
    for sense in &senses {
        let same = |other: &Sense| other.code == sense.code && other.context == sense.context;
        // A word that says the setting too goes before the bare name of the code.
        let fuller = |other: &Sense| other.code == sense.code && !other.context.is_empty() && sense.context.is_empty();
        if !once.iter().any(same) && !senses.iter().any(fuller) {
            once.push(sense.clone());
        }
    }
    let alone = sure && once.len() == 1;
    once.into_iter().enumerate().map(move |(position, sense)| {
        let (how, score) = match sense.place {
            Place::Exact if alone => (ResolvedBy::Exact, Ratio::ONE),
            Place::Alias | Place::Word | Place::OneOf(_) if alone => (ResolvedBy::Alias, Ratio::clamped(9_500)),
            _ => (ResolvedBy::Umbrella, Ratio::clamped(9_000).saturating_sub(step(position))),
        };
        (sense, how, score)
    })
}

/// What a later candidate is below the first, at most half.
fn step(position: usize) -> Ratio {
    Ratio::clamped(u16::try_from(position).unwrap_or(u16::MAX).saturating_mul(100).min(5_000))
}

/// Four fifths of the share of letters that are right.
fn typo_score(letters: usize, errors: usize, position: usize) -> Ratio {
    let right = letters.saturating_sub(errors).saturating_mul(4);
    let (right, all) = (u64::try_from(right), u64::try_from(letters.saturating_mul(5)));
    Ratio::from_quotient(right.unwrap_or(0), all.unwrap_or(0)).saturating_sub(step(position))
}

/// The regions that a key names: officially, and as a loaded key such as a postcode, where both may be meant.
fn keys_of_regions(tables: &Tables, text: &str) -> Vec<Sense> {
    let regions = &tables.regions;
    let sense = |place| move |region: &Region| Sense { place, code: regions.code(region), context: Vec::new() };
    let place = if regions.is_other_key(text) { Place::Alias } else { Place::Exact };
    let official = regions.keyed(text).unwrap_or_default();
    let loaded = regions.aliased(text).unwrap_or_default();
    official.iter().map(sense(place)).chain(loaded.iter().map(sense(Place::Alias))).collect()
}

/// The names of a vocabulary, ready to be looked up.
#[derive(Clone, Debug, Default)]
pub(crate) struct Resolver {
    // Shared between vocabularies as long as they name the codes of this kind alike.
    known: PerKind<Arc<Known>>,
}

/// The names of one kind of code; each index is built when first asked for.
#[derive(Debug, Default)]
pub(super) struct Known {
    forms: OnceLock<Forms>,
    pub(super) beginnings: OnceLock<Beginnings>,
}

impl Resolver {
    pub(super) fn of(&self, kind: CodeKind) -> &Known {
        self.known.get(kind)
    }

    /// Forgets the names of a kind, because some are added.
    pub(crate) fn renew(&mut self, kind: CodeKind) {
        *self.known.get_mut(kind) = Arc::default();
    }
}
