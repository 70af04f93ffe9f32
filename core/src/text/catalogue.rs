//! The languages of sentences, each a table of `core/data/sentences`; the head of `en.tsv` tells the form.

use std::sync::LazyLock;

use crate::{
    model::enums::Lang,
    util::{
        sort::sort_by_key,
        tsv::{self, rows},
    },
};

/// A language of sentences.
pub(super) struct Tongue {
    pub(super) lang: Lang,
    // INVARIANT: sorted by key; rows of one key in the order of the table, since the first that holds is said.
    rows: Vec<Row>,
}

/// A text, and when it is said.
pub(super) struct Row {
    key: &'static str,
    pub(super) conditions: Vec<Condition>,
    pub(super) begins: &'static str,
    /// What is put in, each with the text that follows it.
    pub(super) parts: Vec<(Part, &'static str)>,
}

pub(super) enum Condition {
    IsThere(&'static str),
    Is(&'static str, &'static str),
    AtLeast(&'static str, u64),
    IsSign(&'static str),
}

pub(super) enum Part {
    /// What another row says.
    Row(&'static str),
    /// The same, or nothing.
    RowIfAny(&'static str),
    Criterion,
    Fact(&'static str),
    /// Names of several facts, and the word before the last of all.
    Names(Vec<&'static str>, Option<&'static str>),
    Ordinal(&'static str),
    /// A part of a day, and which.
    Day(&'static str, &'static str),
    Capital(Box<Part>),
}

impl Tongue {
    /// Read when the first sentence is asked for.
    pub(super) fn of(lang: Lang) -> &'static Self {
        static EN: LazyLock<Tongue> = LazyLock::new(|| Tongue::read(Lang::En, tsv::SENTENCES_EN));
        static DE: LazyLock<Tongue> = LazyLock::new(|| Tongue::read(Lang::De, tsv::SENTENCES_DE));
        static DE_SIMPLE: LazyLock<Tongue> = LazyLock::new(|| Tongue::read(Lang::DeSimple, tsv::SENTENCES_DE_SIMPLE));
        match lang {
            Lang::En => &EN,
            Lang::De => &DE,
            Lang::DeSimple => &DE_SIMPLE,
        }
    }

    fn read(lang: Lang, table: &'static str) -> Self {
        let mut rows: Vec<Row> = rows::<3>(table).map(Row::read).collect();
        sort_by_key(&mut rows, |row| row.key);
        Self { lang, rows }
    }

    pub(super) fn rows(&self, key: &str) -> impl Iterator<Item = &Row> {
        let first = self.rows.partition_point(|row| row.key < key);
        self.rows.iter().skip(first).take_while(move |row| row.key == key)
    }

    /// How a word of the wire format reads in a sentence.
    pub(super) fn word(&self, word: &'static str) -> &'static str {
        // A row of this name that is more than a word is of something else.
        let whole = |row: &&Row| row.conditions.is_empty() && row.parts.is_empty();
        self.rows(word).find(whole).map_or(word, |row| row.begins)
    }
}

impl Row {
    fn read([key, conditions, text]: [&'static str; 3]) -> Self {
        let mut pieces = text.split('{');
        let begins = pieces.next().unwrap_or_default();
        let parts = pieces.filter_map(|piece| piece.split_once('}')).map(|(part, after)| (Part::read(part), after));
        Self { key, conditions: tsv::parts(conditions).map(Condition::read).collect(), begins, parts: parts.collect() }
    }
}

impl Condition {
    fn read(text: &'static str) -> Self {
        if let Some(fact) = text.strip_suffix(" is sign") {
            return Self::IsSign(fact);
        }
        let Some((fact, value)) = text.split_once('=') else { return Self::IsThere(text) };
        match (fact.strip_suffix('>'), value.parse()) {
            (Some(fact), Ok(least)) => Self::AtLeast(fact, least),
            _ => Self::Is(fact, value),
        }
    }
}

impl Part {
    fn read(text: &'static str) -> Self {
        if let Some(text) = text.strip_prefix('^') {
            return Self::Capital(Box::new(Self::read(text)));
        }
        if let Some(key) = text.strip_prefix(':') {
            return key.strip_suffix('?').map_or(Self::Row(key), Self::RowIfAny);
        }
        if text.contains(',') {
            return Self::Names(text.split(',').map(str::trim).collect(), None);
        }
        match text.split_once(' ') {
            Some((fact, word @ ("and" | "or"))) => Self::Names(vec![fact], Some(word)),
            Some((fact, "ordinal")) => Self::Ordinal(fact),
            Some((day, part)) => Self::Day(day, part),
            None if text == "criterion" => Self::Criterion,
            None => Self::Fact(text),
        }
    }
}
