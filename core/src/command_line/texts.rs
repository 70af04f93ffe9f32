//! The texts of the command in each display language: help, errors and headings.
//!
//! The catalogue is `core/data/messages/command_line.tsv`. Messages of the library are in its own catalogue.

use std::{collections::BTreeMap, sync::LazyLock};

use crate::{ErrorDetail, Lang};

/// The catalogue. Columns: `key en de de-simple`.
pub(crate) const CATALOGUE: &str = include_str!("../../data/messages/command_line.tsv");

static ROWS: LazyLock<BTreeMap<&str, [&str; 3]>> = LazyLock::new(|| {
    let rows = CATALOGUE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut cells = line.split('\t');
        Some((cells.next()?, [cells.next()?, cells.next()?, cells.next()?]))
    });
    rows.collect()
});

/// Returns the text with a key, or `None` if there is none.
pub(crate) fn find(key: &str, lang: Lang) -> Option<&'static str> {
    let [english, german, simple] = *ROWS.get(key)?;
    Some(match lang {
        Lang::En => english,
        Lang::DeSimple if !simple.is_empty() => simple,
        Lang::De | Lang::DeSimple => german,
    })
}

/// Returns the text with a key; a test confirms that there is one for each key of the sources.
pub(crate) fn text(key: &'static str, lang: Lang) -> &'static str {
    find(key, lang).unwrap_or(key)
}

/// A message of the command, in any language.
#[derive(Clone, Debug)]
pub(crate) enum Message {
    /// A text of the catalogue with its facts by name.
    Own(&'static str, Vec<(&'static str, Self)>),
    /// The message of an error of the library.
    Library(Box<ErrorDetail>),
    /// The hint of an error of the library, if it has one.
    LibraryHint(Box<ErrorDetail>),
    /// What is the same in each language: a path, an option, a value.
    Verbatim(String),
}

impl Message {
    /// Creates a message without facts.
    pub(crate) fn new(key: &'static str) -> Self {
        Self::Own(key, Vec::new())
    }

    /// Adds a fact, which replaces `{name}` in the text.
    pub(crate) fn with(self, name: &'static str, fact: impl Into<Self>) -> Self {
        match self {
            Self::Own(key, mut facts) => {
                facts.push((name, fact.into()));
                Self::Own(key, facts)
            }
            other => other,
        }
    }

    /// Returns the text in a display language.
    pub(crate) fn in_lang(&self, lang: Lang) -> String {
        match self {
            Self::Own(key, facts) => render(text(key, lang), facts, lang),
            Self::Library(detail) => detail.message_in(lang).into_owned(),
            Self::LibraryHint(detail) => detail.hint_in(lang).unwrap_or_default().into_owned(),
            Self::Verbatim(text) => text.clone(),
        }
    }
}

impl<T: Into<String>> From<T> for Message {
    fn from(text: T) -> Self {
        Self::Verbatim(text.into())
    }
}

/// Replaces the names of facts in braces; other braces are a part of the text.
fn render(text: &str, facts: &[(&str, Message)], lang: Lang) -> String {
    let mut rendered = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        rendered.push_str(before);
        let fact = facts.iter().find_map(|(name, fact)| Some((fact, after.strip_prefix(name)?.strip_prefix('}')?)));
        match fact {
            Some((fact, after)) => {
                rendered.push_str(&fact.in_lang(lang));
                rest = after;
            }
            None => {
                rendered.push('{');
                rest = after;
            }
        }
    }
    rendered + rest
}
