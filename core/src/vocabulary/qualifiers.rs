//! Words that only say what sort of thing a name is for.

use crate::decode::code_kind::CodeKind;
use crate::vocabulary::{
    Tables,
    fold::fold,
    name_index::{Place, Sense},
};

const CITY: &[&str] = &["stadt", "kreisfreie", "stadtkreis", "landeshauptstadt", "hansestadt", "city"];
const DISTRICT: &[&str] = &["landkreis", "kreis", "lk", "lkr", "district"];
/// Of a Land, or of the country around a city: "Land Brandenburg", "Leipzig-Land".
const LAND: &[&str] = &["land", "bundesland", "freistaat", "state"];
/// "Language" in the languages in which people add it.
const SPEECH: &[&str] = &[
    "sprache",
    "language",
    "dialekt",
    "dialect",
    "язык",
    "мова",
    "dili",
    "jezyk",
    "jezik",
    "jazyk",
    "limba",
    "lingua",
    "lengua",
    "langue",
    "gjuha",
    "زبان",
    "لغه",
    "اللغه",
];
/// Every town may be a Gemeinde, and a seat of a Landkreis.
const SMALL: &[&str] = &["of", "the", "der", "die", "das", "gemeinde", "municipality", "town", "grosse", "kreisstadt"];

/// What remains of a text without the words that only say what sort of thing it names: "Landkreis Leipzig" or "język polski"
/// without the first word.
pub(super) struct Plain {
    pub(super) rest: String,
    sort: Option<Sort>,
}

/// The sort of region that a text says.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Sort {
    City,
    District,
    Land,
    /// Several: "Leipzig, Stadt und Landkreis".
    Any,
}

impl Plain {
    pub(super) fn of(kind: CodeKind, text: &str) -> Self {
        let mut plain = Self { rest: String::new(), sort: None };
        for word in text.split(|sign: char| sign.is_whitespace() || sign.is_ascii_punctuation()) {
            let folded = fold(word);
            let said = |words: &[&str]| words.contains(&folded.as_str());
            match kind {
                CodeKind::Region if said(CITY) => plain.say(Sort::City),
                CodeKind::Region if said(DISTRICT) => plain.say(Sort::District),
                CodeKind::Region if said(LAND) => plain.say(Sort::Land),
                CodeKind::Region if said(SMALL) => {}
                CodeKind::Language if said(SPEECH) || said(SMALL) => {}
                _ => plain.rest.push_str(word),
            }
        }
        plain
    }

    fn say(&mut self, sort: Sort) {
        self.sort = Some(if self.sort.is_none_or(|said| said == sort) { sort } else { Sort::Any });
    }

    /// Of namesakes the one that is meant: the city, or the district beside it. Towns and old names, whose sort nobody knows,
    /// may be cities, and count as districts where no other fits. False where nothing fits, so that a person must look.
    pub(super) fn choose(&self, senses: Vec<Sense>, tables: &Tables) -> (Vec<Sense>, bool) {
        let Some(sort) = self.sort else { return (senses, true) };
        let word = |sense: &Sense| matches!(sense.place, Place::OneOf(_) | Place::Word);
        let named = |code: &str| senses.iter().any(|sense| sense.code == code && !word(sense));
        let is_city = |sense: &Sense| tables.regions.is_city(&sense.code);
        let fits = |sense: &&Sense| match sort {
            Sort::City => is_city(sense) == Some(true) && !word(sense) || !named(&sense.code),
            Sort::District => is_city(sense) == Some(false) && !word(sense),
            Sort::Land => is_city(sense) != Some(true) && !word(sense),
            Sort::Any => true,
        };
        let only_words = |sense: &&Sense| !named(&sense.code);
        let mut fitting: Vec<Sense> = senses.iter().filter(fits).cloned().collect();
        if fitting.is_empty() {
            fitting = senses.iter().filter(only_words).cloned().collect();
        }
        // A city of its own goes before a town.
        for sense in fitting.iter_mut().filter(|sense| word(sense)) {
            sense.place = Place::Word;
        }
        if fitting.is_empty() { (senses, false) } else { (fitting, true) }
    }
}
