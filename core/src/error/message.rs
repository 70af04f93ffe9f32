//! Messages and hints: texts of the catalogue `core/data/messages/errors.tsv` with their facts.
//!
//! The macro [`message!`] finds a text by its key at compile time. The compiled library has its English text and the position of its
//! row; the other languages are looked up when a caller asks for them, so that a program that never does has no table.

use std::{borrow::Cow, fmt};

/// The catalogue. Columns: `key en de de-simple`.
pub(crate) const CATALOGUE: &str = include_str!("../../data/messages/errors.tsv");

/// Returns the [`Template`] with a key. A key that the catalogue lacks does not compile.
macro_rules! message {
    ($key:literal) => {{
        const ROW: (u16, &[u8]) = $crate::error::message::find($key);
        // A copy, because a slice of the catalogue would embed all of it.
        const COPY: &[u8; ROW.1.len()] = &match ROW.1.first_chunk() {
            Some(english) => *english,
            None => [0; ROW.1.len()],
        };
        const TEMPLATE: $crate::error::message::Template = match std::str::from_utf8(COPY) {
            Ok(english) => $crate::error::message::Template { row: ROW.0, english },
            Err(_) => $crate::error::message::Template { row: ROW.0, english: "" },
        };
        TEMPLATE
    }};
}

pub(crate) use message;

/// Returns the row with a key, and its English text. Called at compile time only.
pub(crate) const fn find(key: &str) -> (u16, &'static [u8]) {
    let (mut rest, mut row) = (CATALOGUE.as_bytes(), 0_u16);
    loop {
        assert!(!rest.is_empty(), "no message has this key");
        let (line, after) = split(rest, b'\n');
        let (other, cells) = split(line, b'\t');
        if is_same(other, key.as_bytes()) {
            return (row, split(cells, b'\t').0);
        }
        row = row.saturating_add(1);
        rest = after;
    }
}

/// Returns the bytes before and after the first separator.
const fn split(bytes: &[u8], separator: u8) -> (&[u8], &[u8]) {
    let (mut rest, mut length) = (bytes, 0_usize);
    while let [first, after @ ..] = rest {
        if *first == separator {
            return (bytes.split_at(length).0, after);
        }
        length = length.saturating_add(1);
        rest = after;
    }
    (bytes, &[])
}

const fn is_same(mut a: &[u8], mut b: &[u8]) -> bool {
    while let ([first, a_after @ ..], [second, b_after @ ..]) = (a, b) {
        if *first != *second {
            return false;
        }
        (a, b) = (a_after, b_after);
    }
    a.is_empty() && b.is_empty()
}

/// A text of the catalogue, with the names of its facts in braces.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Template {
    /// The line of the catalogue, from 0.
    pub(crate) row: u16,
    pub(crate) english: &'static str,
}

impl Template {
    /// Returns the text with its facts.
    pub(crate) fn with<const N: usize>(self, facts: [Fact; N]) -> Message {
        let facts = Vec::from(facts);
        Message { row: self.row, english: Cow::Owned(render(self.english, &facts, Fact::english)), facts }
    }
}

/// A fact of a message, which never is a value of a need.
#[derive(Clone, Eq, PartialEq)]
pub(crate) struct Fact {
    name: &'static str,
    english: String,
    /// `None` if it is the English text.
    german: Option<String>,
}

impl Fact {
    /// Creates a fact that is the same in each language: a number, a code, a path.
    pub(crate) fn new(name: &'static str, value: impl ToString) -> Self {
        Self { name, english: value.to_string(), german: None }
    }

    /// Creates a fact with a name that is translated.
    pub(crate) fn translated(name: &'static str, english: String, german: String) -> Self {
        Self { name, english, german: Some(german) }
    }

    fn english(&self) -> &str {
        &self.english
    }

    pub(crate) fn german(&self) -> &str {
        self.german.as_deref().unwrap_or(&self.english)
    }
}

/// A message or a hint.
#[derive(Clone, Eq, PartialEq)]
pub(crate) struct Message {
    row: u16,
    english: Cow<'static, str>,
    facts: Vec<Fact>,
}

impl Message {
    pub(crate) fn english(&self) -> &str {
        &self.english
    }

    /// Returns the line of the catalogue, from 0.
    pub(crate) fn row(&self) -> usize {
        self.row.into()
    }

    /// Returns the facts in German in the place of their names in a text.
    pub(crate) fn render_german(&self, template: &str) -> String {
        render(template, &self.facts, Fact::german)
    }
}

impl From<Template> for Message {
    fn from(template: Template) -> Self {
        Self { row: template.row, english: Cow::Borrowed(template.english), facts: Vec::new() }
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.english.fmt(f)
    }
}

/// Replaces `{name}` by the fact with this name.
fn render(template: &str, facts: &[Fact], text: fn(&Fact) -> &str) -> String {
    let mut rendered = String::new();
    let mut pieces = template.split('{');
    rendered.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (name, after) = piece.split_once('}').unwrap_or((piece, ""));
        rendered.push_str(facts.iter().find(|fact| fact.name == name).map(text).unwrap_or_default());
        rendered.push_str(after);
    }
    rendered
}
