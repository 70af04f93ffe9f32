//! A language whose tag, name, mode and level are in cells of their own.

use crate::{
    decode::value::Value,
    import::{
        cell::{CellReader, RequestId},
        column::text_of,
        language_part::{read_language as read_part, term, with_level, with_mode},
        part::{Meaning, Outcome, Part},
        question::Why,
        word_kind::WordKind,
    },
    model::enums::LanguageMode,
};

/// The assumption that a word in a note is the mode of the language.
const HOW_IN_NOTE: &str = "language.how_in_note";
/// Most words of a note that are read, and of a mode in it.
const MAX_NOTE_WORDS: usize = 40;
const MAX_MODE_WORDS: usize = 4;

/// The cells of one language.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct LanguageCells<'c> {
    pub(crate) tag: Option<&'c Value<'c>>,
    pub(crate) name: Option<&'c Value<'c>>,
    pub(crate) how: Option<&'c Value<'c>>,
    pub(crate) level: Option<&'c Value<'c>>,
}

/// The parts of each cell of one language. The values are those of `tag` and `name`, or of `how` if it stands alone.
#[derive(Clone, Debug, Default)]
pub(crate) struct LanguageParts {
    pub(crate) tag: Vec<Part>,
    pub(crate) name: Vec<Part>,
    pub(crate) how: Vec<Part>,
    pub(crate) level: Vec<Part>,
}

impl CellReader {
    /// Reads a language. A known tag replaces the name. While the mode or the level is open, the language is absent.
    ///
    /// `request` has the rule of languages alone.
    pub(crate) fn read_language(&mut self, request: RequestId, cells: LanguageCells<'_>) -> LanguageParts {
        let mut parts = LanguageParts::default();
        let tag = cells.tag.and_then(trimmed);
        let name = cells.name.filter(|name| trimmed(name).is_some() || matches!(name, Value::Array(_)));
        let known = tag.as_deref().and_then(|tag| {
            let languages = self.words.vocabulary().languages();
            languages.resolve(tag).ok().map(|language| languages.tag(&language))
        });
        match (tag, known, name) {
            (Some(text), Some(tag), name) => {
                parts.tag.push(Meaning::understood(vec![Value::from(tag)]).into_part(&text, 0));
                parts
                    .name
                    .extend(name.and_then(trimmed).map(|name| Meaning::understood(Vec::new()).into_part(&name, 0)));
            }
            (tag, _, Some(name)) => {
                parts.tag.extend(tag.map(|tag| Meaning::nothing().into_part(&tag, 0)));
                parts.name = self.read(request, name).to_vec();
            }
            (Some(tag), None, None) => {
                parts.tag.push(Meaning::asked(WordKind::Language, Why::NoTag, Vec::new()).into_part(&tag, 0));
            }
            (None, _, None) => {}
        }
        let is_alone = parts.tag.is_empty() && parts.name.is_empty();
        if let Some(note) = cells.how.and_then(trimmed).filter(|_| is_alone) {
            // A note without a language may be about all of them: "others on request".
            let meaning = read_part(&mut self.words, &note);
            let meaning = if meaning.is_certain() { meaning } else { Meaning::lost("language.no_name") };
            parts.how.push(meaning.into_part(&note, 0));
        } else if let Some(note) = cells.how.and_then(trimmed) {
            let mode = self.mode_in_note(&note);
            apply(&mut parts, &mode, |language| with_mode(&self.words, language, &mode));
            parts.how.push(without_values(mode).into_part(&note, 0));
        }
        if let Some(word) = cells.level.and_then(trimmed) {
            let unknown = || Meaning::asked(WordKind::Level, Why::Level, Vec::new());
            let level = term(&self.words, WordKind::Level, &word).unwrap_or_else(unknown);
            apply(&mut parts, &level, |language| with_level(&self.words, language, &level, &word));
            parts.level.push(without_values(level).into_part(&word, 0));
        }
        parts
    }

    /// Returns the mode that a note states: the note as a whole, or the weakest mode of those in it.
    fn mode_in_note(&self, note: &str) -> Meaning {
        if let Some(mode) = term(&self.words, WordKind::How, note) {
            return mode;
        }
        let words: Vec<&str> = note.split_whitespace().take(MAX_NOTE_WORDS).collect();
        let phrases = (1..=MAX_MODE_WORDS).flat_map(|len| words.windows(len)).map(|phrase| phrase.join(" "));
        let modes = phrases.filter_map(|phrase| term(&self.words, WordKind::How, &phrase));
        let modes = modes.filter_map(|mode| match mode.values.as_slice() {
            [Value::String(mode)] => mode.parse::<LanguageMode>().ok(),
            _ => None,
        });
        match modes.max() {
            Some(mode) => {
                let mode = Meaning::assumed(HOW_IN_NOTE, vec![Value::from(mode.as_str())]);
                self.words.unless_off(WordKind::How, mode)
            }
            None => Meaning::asked(WordKind::How, Why::Unknown, Vec::new()),
        }
    }
}

fn trimmed(cell: &Value<'_>) -> Option<String> {
    text_of(cell).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Changes the languages of the parts; an open mode or level removes them.
fn apply(parts: &mut LanguageParts, qualifier: &Meaning, change: impl Fn(Meaning) -> Meaning) {
    for part in parts.tag.iter_mut().chain(&mut parts.name) {
        let values: Vec<Value<'static>> =
            std::mem::take(&mut part.values).into_iter().map(|(_, value)| value).collect();
        if matches!(qualifier.outcome, Outcome::Asked(_)) || values.is_empty() {
            continue;
        }
        let changed = change(Meaning::understood(values));
        part.values = changed.values.into_iter().map(|value| (0, value)).collect();
    }
}

fn without_values(meaning: Meaning) -> Meaning {
    Meaning { values: Vec::new(), ..meaning }
}
