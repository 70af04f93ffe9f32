//! A part of a cell of languages: a language, with the way in which an offer provides it or the level at which a person speaks it.
//!
//! | part | offers | needs |
//! |---|---|---|
//! | `Deutsch A2`, `Deutsch (A2)`, `A2 Deutsch` | the language | the language at this level |
//! | `Deutsch (gut)` | the level is asked | the level is asked |
//! | `Arabisch mit Dolmetscher`, `Interpreters for Urdu` | the language by this mode | the language |
//! | `Kurdisch (Sorani, Badini)` | the languages in the bracket | the same |
//! | `kein Deutsch` | nothing | nothing |
//! | `mit Dolmetscher` | any language by this mode, which is an assumption | asked |
//! | `weitere` | lost | lost |

use crate::{
    decode::value::Value,
    import::{
        part::{Meaning, Outcome},
        question::Why,
        split::split_at_signs,
        word::{WordReader, is_more},
        word_kind::WordKind,
    },
    model::enums::LanguageMode,
    vocabulary::fold::fold,
};

/// The assumption that the mode before a list of languages is that of all.
pub(super) const HOW_OF_LIST: &str = "language.how_of_list";
/// Longest text, in bytes, and most words in which a language and a level or mode are looked for.
const MAX_BYTES: usize = 128;
const MAX_WORDS: usize = 8;

/// The levels of a conversation.
const CONVERSATIONAL: [&str; 5] = ["native", "C2", "C1", "B2", "B1"];
/// Words before a language that is not meant.
const NEGATIONS: [&str; 9] = ["kein", "keine", "keinerlei", "nicht", "ohne", "no", "not", "pas", "without"];
/// Words between a language and its mode or level, and before both.
const LINKS: [&str; 19] = [
    "for",
    "für",
    "auf",
    "in",
    "als",
    "mit",
    "via",
    "by",
    "nur",
    "only",
    "auch",
    "also",
    "spricht",
    "speaks",
    "and",
    "und",
    "available",
    "möglich",
    "as",
];
/// Words between a mode and the languages that all have it.
const LIST_LINKS: [&str; 3] = ["für", "for", "in"];
/// Words for languages that are not named.
const ANY_LANGUAGE: [&str; 19] = [
    "weiteresprachen",
    "weitere",
    "anderesprachen",
    "andere",
    "allesprachen",
    "alle",
    "allegangigensprachen",
    "vielesprachen",
    "fremdsprachen",
    "diversesprachen",
    "otherlanguages",
    "otherlanguage",
    "others",
    "anylanguage",
    "alllanguages",
    "alllanguage",
    "otherlanguagesavailable",
    "morelanguages",
    "additionallanguages",
];

/// Returns the meaning of a part of a cell of languages.
pub(super) fn read_language(reader: &mut WordReader, text: &str) -> Meaning {
    reader.remember(WordKind::Language, text, |reader| {
        let meaning = read(reader, text);
        reader.unless_off(WordKind::Language, meaning)
    })
}

fn read(reader: &WordReader, text: &str) -> Meaning {
    let known = named(reader, text);
    if known.is_certain() && known.outcome != Outcome::NoValue {
        // The vocabulary sorts the languages of a bracket.
        let ordered = if known.values.len() > 1 { bracket(reader, text) } else { None };
        return ordered.filter(|ordered| ordered.values.len() == known.values.len()).unwrap_or(known);
    }
    if is_more(text) {
        return Meaning::lost("list.more");
    }
    if text.len() > MAX_BYTES {
        return known;
    }
    let any = any_language(reader, text);
    any.or_else(|| negated(reader, text)).or_else(|| qualified(reader, text)).unwrap_or(known)
}

/// Returns the meaning of the name of a language.
fn named(reader: &WordReader, text: &str) -> Meaning {
    let stem = || text.trim().strip_suffix("kenntnisse").map(|stem| reader.resolved(WordKind::Language, stem));
    let resolved = || reader.resolved(WordKind::Language, text);
    reader.answered(WordKind::Language, text).or_else(|| stem().filter(Meaning::is_certain)).unwrap_or_else(resolved)
}

/// Reads the mode of languages that are not named, or words such as "website", which say that none is spoken.
fn any_language(reader: &WordReader, text: &str) -> Option<Meaning> {
    let of_any = word_splits(text).filter(|(head, _)| ANY_LANGUAGE.contains(&fold(head).as_str()));
    let mut modes = of_any.filter_map(|(_, rest)| {
        term(reader, WordKind::How, rest).or_else(|| term(reader, WordKind::How, strip_links(rest)))
    });
    let alone = || term(reader, WordKind::How, text).or_else(|| term(reader, WordKind::How, strip_links(text)));
    let mode = modes.next().or_else(alone)?;
    if mode.outcome == Outcome::NoValue {
        return Some(Meaning::nothing());
    }
    if reader.reads_needs() {
        return None;
    }
    let mode = mode_of(&mode)?;
    let any = vec![with_field(Value::from("mul"), "how", mode.as_str())];
    match mode {
        LanguageMode::Interpreter => Some(Meaning::assumed("language.any_by_interpreter", any)),
        LanguageMode::OnRequest => Some(Meaning::assumed("language.any_on_request", any)),
        LanguageMode::Spoken => None,
    }
}

/// Reads "kein Deutsch", which states nothing.
fn negated(reader: &WordReader, text: &str) -> Option<Meaning> {
    let (negation, language) = text.trim().split_once(char::is_whitespace)?;
    if !NEGATIONS.contains(&negation.to_lowercase().as_str()) {
        return None;
    }
    let language = named(reader, language.trim());
    (!language.is_unknown()).then(Meaning::nothing)
}

/// Reads a language with its mode or level, or with languages in a bracket.
fn qualified(reader: &WordReader, text: &str) -> Option<Meaning> {
    bracket(reader, text).or_else(|| words(reader, text))
}

fn bracket(reader: &WordReader, text: &str) -> Option<Meaning> {
    let (head, rest) = text.split_once('(')?;
    let inner = rest.trim_end().strip_suffix(')')?;
    let (head, inner) = (head.trim(), inner.trim());
    if let Some(meaning) = with_term(reader, head, inner) {
        return Some(match meaning.outcome {
            Outcome::Understood if !reader.reads_needs() && is_mode(reader, inner) => {
                Meaning::assumed("language.how_in_brackets", meaning.values)
            }
            _ => meaning,
        });
    }
    let items = split_at_signs(inner, ",;/|&+");
    if items.len() < 2 {
        return None;
    }
    let terms: Option<Vec<Meaning>> = items.iter().map(|item| with_term(reader, head, item)).collect();
    if let Some(meaning) = terms.and_then(|terms| terms.into_iter().find(|meaning| !meaning.is_unknown())) {
        return Some(meaning);
    }
    members(reader, head, &items)
}

/// Returns the languages in the bracket behind an umbrella or another word, in their order.
fn members(reader: &WordReader, head: &str, items: &[&str]) -> Option<Meaning> {
    let is_language = named(reader, head).outcome == Outcome::Understood;
    let mut values = Vec::new();
    for item in items {
        let member = reader.resolved(WordKind::Language, &format!("{head} ({item})"));
        let member = if member.outcome == Outcome::Understood || is_language { member } else { named(reader, item) };
        if member.outcome != Outcome::Understood {
            return None;
        }
        values.extend(member.values);
    }
    Some(Meaning::understood(values))
}

/// Reads a language and its mode or level without a bracket, in either order: "Deutsch: A2", "Interpreters for Urdu".
fn words(reader: &WordReader, text: &str) -> Option<Meaning> {
    let unlinked = strip_links(text);
    if unlinked != text.trim() {
        let meaning = named(reader, unlinked);
        if !meaning.is_unknown() && meaning.outcome != Outcome::NoValue {
            return Some(if meaning.is_certain() { meaning } else { meaning.about(unlinked) });
        }
    }
    let with_term = |language: &str, qualifier: &str| {
        let unlinked = strip_links(qualifier);
        let direct = || with_term(reader, language, qualifier);
        direct().or_else(|| if unlinked == qualifier { None } else { with_term(reader, language, unlinked) })
    };
    let mut splits = word_splits(unlinked);
    splits.find_map(|(head, rest)| with_term(head, rest).or_else(|| with_term(strip_links(rest), head)))
}

/// Returns the mode that a list of languages begins with, given its first part: "Dolmetscher für Arabisch und Dari".
pub(super) fn mode_of_list(reader: &WordReader, first: &str) -> Option<LanguageMode> {
    let is_linked = |rest: &str| {
        let link = rest.split_whitespace().next().map(str::to_lowercase);
        link.is_some_and(|link| LIST_LINKS.contains(&link.as_str()))
    };
    let mut modes = word_splits(first).filter(|(_, rest)| is_linked(rest));
    modes.find_map(|(head, _)| mode_of(&term(reader, WordKind::How, head)?)).filter(|_| !reader.reads_needs())
}

/// Returns the meaning of a language with a word for its mode or level, or `None` if one of both is unknown.
fn with_term(reader: &WordReader, language: &str, word: &str) -> Option<Meaning> {
    let (mode, level) = (|| term(reader, WordKind::How, word), || term(reader, WordKind::Level, word));
    let (kind, qualifier) = if reader.reads_needs() {
        level().map(|level| (WordKind::Level, level)).or_else(|| mode().map(|mode| (WordKind::How, mode)))?
    } else {
        mode().map(|mode| (WordKind::How, mode)).or_else(|| level().map(|level| (WordKind::Level, level)))?
    };
    let meaning = named(reader, language);
    // In "Deutsch A1-A2" both levels belong together.
    let has_level = || language.rsplit_once(char::is_whitespace).is_some_and(|(_, last)| is_level(reader, last));
    if meaning.is_unknown() || meaning.values.is_empty() && meaning.is_certain() || !meaning.is_certain() && has_level()
    {
        return None;
    }
    if !meaning.is_certain() {
        return Some(meaning.about(language));
    }
    Some(match kind {
        WordKind::How => with_mode(reader, meaning, &qualifier),
        _ => with_level(reader, meaning, &qualifier, word),
    })
}

/// Returns a language with a mode; a need has none.
pub(super) fn with_mode(reader: &WordReader, language: Meaning, mode: &Meaning) -> Meaning {
    if mode.outcome == Outcome::NoValue {
        // A website in a language is no conversation.
        return if reader.reads_needs() { language } else { Meaning::nothing() };
    }
    match mode_of(mode) {
        Some(mode) if !reader.reads_needs() => map_values(language, |value| with_field(value, "how", mode.as_str())),
        _ => language,
    }
}

/// Returns a language at a level. An open level is asked about, and the language is absent meanwhile. An offer has no level: only
/// one of a conversation counts.
pub(super) fn with_level(reader: &WordReader, language: Meaning, level: &Meaning, word: &str) -> Meaning {
    match (&level.outcome, level.values.as_slice()) {
        (Outcome::Asked(asked), _) => Meaning::asked(WordKind::Level, Why::Level, asked.candidates.clone()).about(word),
        (_, [_, _, ..]) => Meaning::asked(WordKind::Level, Why::Level, level.values.clone()).about(word),
        (_, [Value::String(level)]) if reader.reads_needs() => {
            map_values(language, |value| with_field(value, "level", level))
        }
        (_, [Value::String(level)]) if !CONVERSATIONAL.contains(&level.as_ref()) => {
            Meaning::asked(WordKind::Language, Why::Level, language.values)
        }
        _ => language,
    }
}

fn map_values(meaning: Meaning, change: impl Fn(Value<'static>) -> Value<'static>) -> Meaning {
    Meaning { values: meaning.values.into_iter().map(change).collect(), ..meaning }
}

fn is_level(reader: &WordReader, text: &str) -> bool {
    term(reader, WordKind::Level, text).is_some()
}

/// Returns `true` for a word of a mode.
fn is_mode(reader: &WordReader, text: &str) -> bool {
    term(reader, WordKind::How, text).is_some()
}

/// Returns the meaning of a word for a mode or a level, or `None` if no table has it.
pub(super) fn term(reader: &WordReader, kind: WordKind, word: &str) -> Option<Meaning> {
    if fold(word).is_empty() {
        return None;
    }
    let found = |meaning: &Meaning| {
        let is_misspelt = matches!(&meaning.outcome, Outcome::Asked(asked) if asked.why == Why::Typo);
        !meaning.is_unknown() && !is_misspelt
    };
    let meaning = reader.answered(kind, word).unwrap_or_else(|| reader.resolved(kind, word));
    // A range of levels is a list of both: "A1-A2".
    let is_range = kind == WordKind::Level && word.contains(['-', '–']);
    let of_range = || is_range.then(|| reader.resolved(kind, &word.replace(['-', '–'], "/")));
    Some(meaning).filter(found).or_else(|| of_range().filter(found))
}

fn mode_of(meaning: &Meaning) -> Option<LanguageMode> {
    match meaning.values.as_slice() {
        [Value::String(mode)] => mode.parse().ok(),
        _ => None,
    }
}

/// Returns a language as an object with a further field, unless it has one. The default mode is not stated.
pub(super) fn with_field(value: Value<'static>, field: &'static str, code: &str) -> Value<'static> {
    match value {
        Value::Object(mut fields) => {
            if !fields.iter().any(|(name, _)| name == field) {
                fields.push((field.into(), Value::from(code.to_owned())));
            }
            Value::Object(fields)
        }
        Value::String(_) if (field, code) == ("how", LanguageMode::Spoken.as_str()) => value,
        tag => Value::Object(vec![("tag".into(), tag), (field.into(), Value::from(code.to_owned()))]),
    }
}

/// Returns each way to cut a text between two words, the longest head first.
fn word_splits(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let is_gap = |letter: char| letter.is_whitespace() || matches!(letter, ':' | '-' | '–' | '=' | '/' | ',');
    let words = text.split(is_gap).filter(|word| !word.is_empty()).count();
    let gaps = text.char_indices().rev().filter(move |(_, letter)| is_gap(*letter)).take(MAX_WORDS.saturating_mul(3));
    let splits = gaps.filter_map(move |(index, letter)| {
        let (head, rest) = (text.get(..index)?, text.get(index.saturating_add(letter.len_utf8())..)?);
        Some((head.trim_end_matches(is_gap).trim(), rest.trim_start_matches(is_gap).trim()))
    });
    splits.filter(move |(head, rest)| words <= MAX_WORDS && !head.is_empty() && !rest.is_empty())
}

/// Returns a text without prepositions and the like at both ends.
fn strip_links(text: &str) -> &str {
    let is_link = |word: &str| LINKS.contains(&word.to_lowercase().as_str());
    let mut text = text.trim();
    while let Some((first, rest)) = text.split_once(char::is_whitespace).filter(|(first, _)| is_link(first)) {
        text = match rest.trim_start() {
            "" => return first,
            rest => rest,
        };
    }
    while let Some((rest, _)) = text.rsplit_once(char::is_whitespace).filter(|(_, last)| is_link(last)) {
        text = rest.trim_end();
    }
    text
}
