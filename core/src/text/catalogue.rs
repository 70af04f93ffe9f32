//! The message catalogue: one table of `core/data/messages` for each display language, and the words for codes. The
//! head of `en.tsv` states the format.
//!
//! Messages are parsed once per language and found by a binary search over their keys.

use std::sync::LazyLock;

use crate::{
    model::enums::Lang,
    util::{
        sort::sort_by_key,
        tsv::{items, rows},
    },
    vocabulary::{data::MESSAGES, label_table::words},
};

/// The messages of one display language.
pub(super) struct Catalogue {
    pub(super) lang: Lang,
    // INVARIANT: sorted by key; messages of one key in the order of the table, because the first that applies is rendered.
    messages: Vec<Message>,
}

/// A text with placeholders, and the conditions under which it applies.
pub(super) struct Message {
    key: &'static str,
    pub(super) conditions: Vec<Condition>,
    /// The text before the first placeholder.
    pub(super) prefix: &'static str,
    /// Each placeholder with the text after it.
    pub(super) placeholders: Vec<(Placeholder, &'static str)>,
}

/// A condition on the facts of a reason, which are given by name.
pub(super) enum Condition {
    /// The reason has the fact.
    Exists(&'static str),
    /// The fact has this value, or that of the fact with this name.
    Equals(&'static str, &'static str),
    /// The fact is a number of at least this value.
    AtLeast(&'static str, u64),
    /// The fact is a sign language.
    IsSign(&'static str),
}

/// A part of a message that is replaced when it is rendered.
pub(super) enum Placeholder {
    /// The message with this key.
    Message(&'static str),
    /// The message with this key, or nothing if none applies.
    OptionalMessage(&'static str),
    /// The label of the criterion of the reason.
    Criterion,
    /// The fact with this name.
    Fact(&'static str),
    /// A list of all values of these facts, with a conjunction before the last one.
    List(Vec<&'static str>, Option<&'static str>),
    /// The fact as an ordinal number.
    Ordinal(&'static str),
    /// A component of the fact, which is a date.
    DatePart(&'static str, &'static str),
    /// The placeholder with its first letter in upper case.
    Capitalized(Box<Placeholder>),
}

impl Catalogue {
    /// Returns the messages of a display language, which are parsed on the first call.
    pub(super) fn get(lang: Lang) -> &'static Self {
        static EN: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::parse(Lang::En));
        static DE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::parse(Lang::De));
        static DE_SIMPLE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::parse(Lang::DeSimple));
        match lang {
            Lang::En => &EN,
            Lang::De => &DE,
            Lang::DeSimple => &DE_SIMPLE,
        }
    }

    fn parse(lang: Lang) -> Self {
        let table = MESSAGES.iter().find(|(of, _)| *of == lang).map_or("", |(_, table)| table);
        let words = words().map(|word| [word.code, "", word.text(lang)]);
        let mut messages: Vec<Message> = words.chain(rows::<3>(table)).map(Message::from_row).collect();
        // Stable, because messages of one key must keep the order of the table.
        sort_by_key(&mut messages, |message| message.key);
        Self { lang, messages }
    }

    /// Returns the messages with this key, in the order of the table.
    pub(super) fn messages(&self, key: &str) -> impl Iterator<Item = &Message> {
        let first = self.messages.partition_point(|message| message.key < key);
        self.messages.iter().skip(first).take_while(move |message| message.key == key)
    }

    /// Returns the word for a code of the wire format, or the code itself if there is none.
    pub(super) fn word(&self, code: &'static str) -> &'static str {
        // A word is a message without conditions and placeholders; a sentence may have the same key.
        let is_word = |message: &&Message| message.conditions.is_empty() && message.placeholders.is_empty();
        self.messages(code).find(is_word).map_or(code, |message| message.prefix)
    }
}

impl Message {
    fn from_row([key, conditions, text]: [&'static str; 3]) -> Self {
        let mut pieces = text.split('{');
        let prefix = pieces.next().unwrap_or_default();
        let placeholders = pieces.filter_map(|piece| piece.split_once('}'));
        let placeholders = placeholders.map(|(name, after)| (Placeholder::parse(name), after)).collect();
        Self { key, conditions: items(conditions).map(Condition::parse).collect(), prefix, placeholders }
    }
}

impl Condition {
    fn parse(text: &'static str) -> Self {
        if let Some(fact) = text.strip_suffix(" is sign") {
            return Self::IsSign(fact);
        }
        let Some((fact, value)) = text.split_once('=') else { return Self::Exists(text) };
        match (fact.strip_suffix('>'), value.parse()) {
            (Some(fact), Ok(minimum)) => Self::AtLeast(fact, minimum),
            _ => Self::Equals(fact, value),
        }
    }
}

impl Placeholder {
    fn parse(text: &'static str) -> Self {
        if let Some(text) = text.strip_prefix('^') {
            return Self::Capitalized(Box::new(Self::parse(text)));
        }
        if let Some(key) = text.strip_prefix(':') {
            return key.strip_suffix('?').map_or(Self::Message(key), Self::OptionalMessage);
        }
        if text.contains(',') {
            return Self::List(text.split(',').map(str::trim).collect(), None);
        }
        match text.split_once(' ') {
            Some((fact, conjunction @ ("and" | "or"))) => Self::List(vec![fact], Some(conjunction)),
            Some((fact, "ordinal")) => Self::Ordinal(fact),
            Some((fact, part)) => Self::DatePart(fact, part),
            None if text == "criterion" => Self::Criterion,
            None => Self::Fact(text),
        }
    }
}
