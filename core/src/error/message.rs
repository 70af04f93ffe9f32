//! Messages and hints: texts of the catalogue `core/data/messages/errors.tsv` with their facts.
//!
//! The macro [`message!`] finds a text by its key at compile time. The compiled library has the English texts; a caller who asks for
//! another language makes it look up the row with the English text, of which there is one. So a program that never asks, such as the
//! module for browsers, has no texts of other languages.

use std::fmt::{self, Display};

/// The catalogue. Columns: `key en de de-simple`.
pub(crate) const CATALOGUE: &str = include_str!("../../data/messages/errors.tsv");

/// Returns the [`Template`] with a key. A key that the catalogue lacks does not compile.
macro_rules! message {
    ($key:literal) => {{
        const ENGLISH: &[u8] = $crate::error::message::english($key);
        // A copy, because a slice of the catalogue would embed all of it.
        const COPY: &[u8; ENGLISH.len()] = &match ENGLISH.first_chunk() {
            Some(english) => *english,
            None => [0; ENGLISH.len()],
        };
        const TEMPLATE: $crate::error::message::Template = match std::str::from_utf8(COPY) {
            Ok(english) => $crate::error::message::Template { english },
            Err(_) => $crate::error::message::Template { english: "" },
        };
        TEMPLATE
    }};
}

pub(crate) use message;

/// Returns the English text with a key. Called at compile time only.
pub(crate) const fn english(key: &str) -> &'static [u8] {
    let mut rest = CATALOGUE.as_bytes();
    loop {
        assert!(!rest.is_empty(), "no message has this key");
        let (line, after) = split(rest, b'\n');
        let (other, cells) = split(line, b'\t');
        if is_same(other, key.as_bytes()) {
            return split(cells, b'\t').0;
        }
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
    pub(crate) english: &'static str,
}

impl Template {
    /// Returns the text with its facts, which never are values of a need. A fact that is a name in English is stated in German too, as
    /// `name.de`.
    #[cold]
    #[inline(never)]
    pub(crate) fn with(self, facts: &[(&'static str, &dyn Display)]) -> Message {
        let facts = facts.iter().map(|(name, fact)| (*name, fact.to_string())).collect::<Vec<_>>();
        let english = render(self.english, &facts, "");
        Message::Rendered(Box::new(RenderedMessage { template: self, english, facts }))
    }
}

/// A message or a hint.
#[derive(Clone, Eq, PartialEq)]
pub(crate) enum Message {
    /// A text without facts.
    Static(Template),
    /// A text with its facts.
    Rendered(Box<RenderedMessage>),
}

/// A text with its facts.
#[derive(Clone, Eq, PartialEq)]
pub(crate) struct RenderedMessage {
    template: Template,
    english: String,
    facts: Vec<(&'static str, String)>,
}

impl Message {
    pub(crate) fn english(&self) -> &str {
        match self {
            Self::Static(template) => template.english,
            Self::Rendered(rendered) => &rendered.english,
        }
    }

    pub(crate) fn template(&self) -> Template {
        match self {
            Self::Static(template) => *template,
            Self::Rendered(rendered) => rendered.template,
        }
    }

    /// Returns a German text with the facts in the place of their names.
    pub(crate) fn render_german(&self, text: &str) -> String {
        let facts = match self {
            Self::Static(_) => &[][..],
            Self::Rendered(rendered) => &rendered.facts,
        };
        render(text, facts, ".de")
    }
}

impl From<Template> for Message {
    fn from(template: Template) -> Self {
        Self::Static(template)
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.english(), f)
    }
}

/// Replaces each `{name}` by the fact whose name has the suffix, or by the fact itself.
fn render(template: &str, facts: &[(&'static str, String)], suffix: &str) -> String {
    let mut rendered = String::new();
    let mut pieces = template.split('{');
    rendered.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (name, after) = piece.split_once('}').unwrap_or((piece, ""));
        let find = |suffix| facts.iter().find(|(other, _)| other.strip_prefix(name) == Some(suffix));
        if let Some((_, fact)) = find(suffix).or_else(|| find("")) {
            rendered.push_str(fact);
        }
        rendered.push_str(after);
    }
    rendered
}
