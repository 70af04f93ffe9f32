use serde::Serialize;

use crate::wire::{answer, dataset::read};
use crate::{
    decode::{
        code_kind::CodeKind,
        path::{Path, Record},
        value::Value,
    },
    error::{Error, ErrorSink},
    model::enums::{Lang, ResolvedBy},
    vocabulary::{Candidate, Vocabulary},
};

/// Most words that are resolved in one go.
const MOST: usize = 100_000;

/// Most suggestions for one word.
const MOST_SUGGESTIONS: i64 = 100;

/// Resolve words to candidates for codes.
#[derive(Clone, Debug)]
pub struct ResolveRequest {
    /// What was typed.
    pub words: Vec<ResolveQuery>,
    /// The language of names in the answer.
    pub lang: Lang,
    /// How many codes of each sort to [suggest](Vocabulary::suggest) for words that are still being typed, at most 100;
    /// nothing for words that are whole.
    pub suggest: Option<usize>,
    /// The tables of codes and names.
    pub vocabulary: Vocabulary,
}

impl Default for ResolveRequest {
    /// No words, names in English, nothing but whole words, the built-in tables.
    fn default() -> Self {
        Self { words: Vec::new(), lang: Lang::En, suggest: None, vocabulary: Vocabulary::default() }
    }
}

/// One word as it was typed, and what sort of code it is meant for; nothing for every sort.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ResolveQuery {
    /// What was typed.
    pub text: String,
    /// The sort of code.
    pub kind: Option<CodeKind>,
}

/// The candidates for each word, in the order of the words.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct ResolveResponse {
    /// One entry for each word.
    pub resolved: Vec<ResolvedWord>,
}

/// What one word may mean.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct ResolvedWord {
    /// What was typed.
    pub text: String,
    /// Best first within each sort of code.
    pub candidates: Vec<Candidate>,
}

impl ResolveRequest {
    /// Reads a request as JSON text.
    ///
    /// # Errors
    ///
    /// Text that is not JSON, and every error of the request.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        Self::from_value(&Value::from_json(text)?)
    }

    /// Reads a request from data.
    ///
    /// # Errors
    ///
    /// As [`from_json`](Self::from_json).
    pub fn from_value(tree: &Value) -> Result<Self, Error> {
        read(tree, |problems, tree, _| Self::read(problems, tree))
    }

    fn read(problems: &mut ErrorSink, tree: &Value) -> Self {
        let at = Path::root(Record::Request);
        let mut request = Self::default();
        let Some(fields) = problems.fields(&at, tree, &["words", "lang", "suggest", "vocabulary"]) else {
            return request;
        };
        if let Some(tree) = fields.get("words") {
            request.words = problems.decode_items_up_to(MOST, &at.field("words"), tree, ResolveQuery::read);
        }
        if let Some(tree) = fields.get("lang") {
            request.lang = problems.string_enum(&at.field("lang"), tree).unwrap_or(request.lang);
        }
        if let Some(tree) = fields.get("suggest") {
            request.suggest = problems.integer(&at.field("suggest"), tree, 0..=MOST_SUGGESTIONS);
        }
        if let Some(tree) = fields.get("vocabulary") {
            let at = at.field("vocabulary").with_record(Record::Vocabulary);
            request.vocabulary = Vocabulary::decode(problems, &at, tree);
        }
        request
    }
}

impl ResolveQuery {
    fn read(problems: &mut ErrorSink, at: &Path<'_>, tree: &Value) -> Option<Self> {
        let fields = problems.fields(at, tree, &["text", "kind"])?;
        let kind = fields.get("kind").and_then(|tree| problems.string_enum(&at.field("kind"), tree));
        let field = at.field("text");
        let text = match tree {
            // Who has typed nothing yet has no candidates; that is no error.
            Value::Object(entries) if entries.iter().any(|(name, text)| name == "text" && *text == Value::from("")) => {
                ""
            }
            _ => match fields.get("text") {
                Some(tree) => problems.text(&field, tree)?,
                None => {
                    problems.missing_field(&field);
                    return None;
                }
            },
        };
        Some(Self { text: text.to_owned(), kind })
    }
}

/// Resolves words.
///
/// # Errors
///
/// None: a word that nobody knows has no candidates.
pub fn resolve(request: ResolveRequest) -> Result<ResolveResponse, Error> {
    let ResolveRequest { words, lang, suggest, vocabulary } = request;
    let found = |text: &str, kind| match suggest {
        Some(top) => vocabulary.suggest(text, kind, lang, top),
        None => vocabulary.resolve(text, kind, lang),
    };
    let resolved = words.into_iter().map(|ResolveQuery { text, kind }| {
        let kinds = CodeKind::all().filter(|one| kind.is_none_or(|kind| kind == *one));
        let mut candidates: Vec<Candidate> = kinds.flat_map(|kind| found(&text, kind)).collect();
        // A name of one sort is no misspelt name of another.
        let is_name = |candidate: &Candidate| !matches!(candidate.how(), ResolvedBy::Completed | ResolvedBy::Typo);
        if candidates.iter().any(is_name) {
            candidates.retain(|candidate| candidate.how() != ResolvedBy::Typo);
        }
        ResolvedWord { text, candidates }
    });
    Ok(ResolveResponse { resolved: resolved.collect() })
}

/// [`resolve`] on JSON text.
///
/// # Errors
///
/// Text that is not JSON, and every error of the request.
pub fn resolve_json(request: &str) -> Result<String, Error> {
    answer(resolve(ResolveRequest::from_json(request)?)?)
}

/// [`resolve_json`] for a request that is data already.
///
/// # Errors
///
/// As [`resolve_json`].
pub fn resolve_tree(request: &Value) -> Result<String, Error> {
    answer(resolve(ResolveRequest::from_value(request)?)?)
}
