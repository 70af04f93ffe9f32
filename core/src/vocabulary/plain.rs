//! Words that only say what sort of thing a name is for.

use super::{Tables, fold::fold, forms::Sense};
use crate::terms::Kind;

const CITY: &[&str] =
    &["stadt", "kreisfreie", "stadtkreis", "landeshauptstadt", "hansestadt", "kreisstadt", "city", "town"];
const DISTRICT: &[&str] = &["landkreis", "kreis", "lk", "lkr", "land", "bundesland", "freistaat", "district", "state"];
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
const SMALL: &[&str] = &["of", "the", "der", "die", "das", "gemeinde", "municipality"];

/// What remains of a text without the words that only say what sort of thing it names: "Landkreis Leipzig" or "język polski"
/// without the first word.
pub(super) struct Plain {
    pub(super) rest: String,
    /// Whether a city or a district is meant, where the text says so.
    city: Option<bool>,
}

impl Plain {
    pub(super) fn of(kind: Kind, text: &str) -> Self {
        let mut plain = Self { rest: String::new(), city: None };
        for word in text.split(|sign: char| sign.is_whitespace() || sign.is_ascii_punctuation()) {
            let folded = fold(word);
            let said = |words: &[&str]| words.contains(&folded.as_str());
            match kind {
                Kind::Region if said(CITY) => plain.city = Some(true),
                Kind::Region if said(DISTRICT) => plain.city = Some(false),
                Kind::Region if said(SMALL) => {}
                Kind::Language if said(SPEECH) || said(SMALL) => {}
                _ => plain.rest.push_str(word),
            }
        }
        plain
    }

    /// Of namesakes the one that is meant: the city, or the district beside it.
    pub(super) fn choose(&self, senses: Vec<Sense>, tables: &Tables) -> Vec<Sense> {
        let fits = |sense: &&Sense| tables.regions.is_city(&sense.code).unwrap_or(false) == self.city.unwrap_or(false);
        let fitting: Vec<Sense> = senses.iter().filter(fits).cloned().collect();
        if self.city.is_none() || fitting.is_empty() { senses } else { fitting }
    }
}
