//! The operation `resolve`.

use serde::Serialize;

use crate::wire::response::to_json;
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

/// The largest number of words of one request.
const MAX_WORDS: usize = 100_000;

/// The largest `suggest`.
const MAX_SUGGESTIONS: i64 = 100;

/// A request to resolve words to candidates for codes.
///
/// # Example: a word with two meanings
///
/// ```
/// use lotse::wire::{self, ResolveRequest};
/// let request = ResolveRequest::from_json(r#"{"words": [{"text": "Farsi", "kind": "language"}]}"#)?;
/// let candidates = &wire::resolve(request)?.resolved[0].candidates;
/// assert_eq!(candidates.iter().map(|candidate| candidate.code()).collect::<Vec<_>>(), ["fa", "prs"]);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct ResolveRequest {
    /// The words, at most 100 000.
    pub words: Vec<ResolveQuery>,
    /// The language of names in the response; English by default.
    pub lang: Lang,
    /// The largest number of codes of each kind to [suggest](Vocabulary::suggest) for incomplete words, 0 to 100, or `None`,
    /// the default, to [resolve](Vocabulary::resolve) complete words.
    pub suggest: Option<usize>,
    /// The tables of codes and names; the built-in ones by default.
    pub vocabulary: Vocabulary,
}

impl Default for ResolveRequest {
    fn default() -> Self {
        Self { words: Vec::new(), lang: Lang::En, suggest: None, vocabulary: Vocabulary::default() }
    }
}

/// A word as it was typed, and the kind of code that is meant.
///
/// # Example: the query of a response
///
/// ```
/// use lotse::wire::{self, ResolveRequest};
/// let response = wire::resolve(ResolveRequest::from_json(r#"{"words": [{"text": "Dari", "kind": "language"}]}"#)?)?;
/// assert_eq!(response.resolved[0].text, "Dari");
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ResolveQuery {
    /// The text as it was typed.
    pub text: String,
    /// The kind of code, or `None` for every kind.
    pub kind: Option<CodeKind>,
}

/// The candidates for each word, in the order of the words.
///
/// # Example: one entry for each query
///
/// ```
/// use lotse::wire::{self, ResolveRequest};
/// let response = wire::resolve(ResolveRequest::from_json(r#"{"words": [{"text": "Dari", "kind": "language"}]}"#)?)?;
/// assert_eq!(response.resolved.len(), 1);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct ResolveResponse {
    /// One item for each word.
    pub resolved: Vec<ResolvedWord>,
}

/// A word and its candidates.
///
/// # Example: the code of a word
///
/// ```
/// use lotse::wire::{self, ResolveRequest};
/// let response = wire::resolve(ResolveRequest::from_json(r#"{"words": [{"text": "Dari", "kind": "language"}]}"#)?)?;
/// assert_eq!(response.resolved[0].candidates[0].code(), "prs");
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct ResolvedWord {
    /// The text as it was typed.
    pub text: String,
    /// The candidates, best first within each kind of code.
    pub candidates: Vec<Candidate>,
}

impl ResolveRequest {
    /// Parses a request from JSON text.
    ///
    /// # Errors
    ///
    /// `json.syntax`, or every error of the request.
    ///
    /// # Example: a kind that does not exist
    ///
    /// ```
    /// let request = r#"{"words": [{"text": "blau", "kind": "colour"}]}"#;
    /// let error = lotse::wire::ResolveRequest::from_json(request).unwrap_err();
    /// assert_eq!((error.code(), error.path()), ("request.value", "words[0].kind"));
    /// ```
    pub fn from_json(text: &str) -> Result<Self, Error> {
        Self::from_value(&Value::from_json(text)?)
    }

    /// Decodes a request.
    ///
    /// # Errors
    ///
    /// Every error of the request.
    ///
    /// # Example: suggestions
    ///
    /// ```
    /// use lotse::wire::{ResolveRequest, Value};
    /// let request = ResolveRequest::from_value(&Value::Object(vec![("suggest".into(), Value::Int(3))]))?;
    /// assert_eq!(request.suggest, Some(3));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn from_value(value: &Value) -> Result<Self, Error> {
        let mut errors = ErrorSink::default();
        let request = Self::decode(&mut errors, value);
        errors.into_result(request)
    }

    fn decode(errors: &mut ErrorSink, value: &Value) -> Self {
        let at = Path::root(Record::Request);
        let mut request = Self::default();
        let Some(fields) = errors.fields(&at, value, &["words", "lang", "suggest", "vocabulary"]) else {
            return request;
        };
        if let Some(value) = fields.get("words") {
            request.words = errors.decode_items_up_to(MAX_WORDS, &at.field("words"), value, ResolveQuery::decode);
        }
        if let Some(value) = fields.get("lang") {
            request.lang = errors.string_enum(&at.field("lang"), value).unwrap_or(request.lang);
        }
        if let Some(value) = fields.get("suggest") {
            request.suggest = errors.integer(&at.field("suggest"), value, 0..=MAX_SUGGESTIONS);
        }
        if let Some(value) = fields.get("vocabulary") {
            let at = at.field("vocabulary").with_record(Record::Vocabulary);
            request.vocabulary = Vocabulary::decode(errors, &at, value);
        }
        request
    }
}

impl ResolveQuery {
    fn decode(errors: &mut ErrorSink, at: &Path<'_>, value: &Value) -> Option<Self> {
        let fields = errors.fields(at, value, &["text", "kind"])?;
        let kind = fields.get("kind").and_then(|value| errors.string_enum(&at.field("kind"), value));
        let field = at.field("text");
        let text = match (fields.get("text"), value) {
            (Some(value), _) => errors.text(&field, value)?,
            // Empty text, which otherwise counts as absent, has no candidates, so that a form can send each keystroke.
            (None, Value::Object(entries)) if entries.contains(&("text".into(), "".into())) => "",
            (None, _) => {
                errors.missing_field(&field);
                return None;
            }
        };
        Some(Self { text: text.to_owned(), kind })
    }
}

/// Resolves words to candidates for codes.
///
/// # Errors
///
/// None: an unknown word has no candidates.
///
/// # Example: a region and an unknown word
///
/// ```
/// use lotse::{CodeKind, wire::{self, ResolveQuery, ResolveRequest}};
/// let words = ["LK Leipzig", "Xyzzy"].map(|text| ResolveQuery { text: text.to_owned(), kind: Some(CodeKind::Region) });
/// let response = wire::resolve(ResolveRequest { words: words.into(), ..ResolveRequest::default() })?;
/// assert_eq!(response.resolved[0].candidates[0].code(), "14729");
/// assert_eq!(response.resolved[1].candidates, []);
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn resolve(request: ResolveRequest) -> Result<ResolveResponse, Error> {
    let ResolveRequest { words, lang, suggest, vocabulary } = request;
    let candidates_of = |text: &str, kind| match suggest {
        Some(top) => vocabulary.suggest(text, kind, lang, top),
        None => vocabulary.resolve(text, kind, lang),
    };
    let resolved = words.into_iter().map(|ResolveQuery { text, kind }| {
        let kinds = CodeKind::all().filter(|a| kind.is_none_or(|b| *a == b));
        let mut candidates: Vec<Candidate> = kinds.flat_map(|kind| candidates_of(&text, kind)).collect();
        // A word that is a name of one kind of code is not a misspelt name of another kind.
        let is_name = |candidate: &Candidate| !matches!(candidate.how(), ResolvedBy::Completed | ResolvedBy::Typo);
        if candidates.iter().any(is_name) {
            candidates.retain(|candidate| candidate.how() != ResolvedBy::Typo);
        }
        ResolvedWord { text, candidates }
    });
    Ok(ResolveResponse { resolved: resolved.collect() })
}

/// Resolves words to candidates for codes, from JSON text to JSON text.
///
/// # Errors
///
/// `json.syntax`, or every error of the request.
///
/// # Example: an unknown word
///
/// ```
/// let response = lotse::wire::resolve_json(r#"{"words": [{"text": "Xyzzy"}]}"#)?;
/// assert_eq!(response, r#"{"resolved":[{"text":"Xyzzy","candidates":[]}]}"#);
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn resolve_json(request: &str) -> Result<String, Error> {
    to_json(resolve(ResolveRequest::from_json(request)?)?)
}

/// Resolves words to candidates for codes, from a value to JSON text.
///
/// # Errors
///
/// Every error of the request.
///
/// # Example: no words
///
/// ```
/// use lotse::wire::{Value, resolve_value};
/// assert_eq!(resolve_value(&Value::Object(vec![]))?, r#"{"resolved":[]}"#);
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn resolve_value(request: &Value) -> Result<String, Error> {
    to_json(resolve(ResolveRequest::from_value(request)?)?)
}
