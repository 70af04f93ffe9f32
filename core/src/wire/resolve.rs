//! The operation `resolve`.

use std::fmt;

use serde::Serialize;

use crate::{
    decode::{
        code_kind::CodeKind,
        path::{Path, Record},
        value::Value,
    },
    error::{Error, ErrorKind, ErrorSink, Template, message},
    model::enums::{Lang, ResolvedBy},
    util::progress::{ProgressReporter, WorkMeter},
    vocabulary::{Candidate, Vocabulary},
    wire::{call_options::CallOptions, dataset::decode_lang, op, operation::Operation},
};

/// The keys of a request.
pub(super) const FIELDS: &[&str] = &["words", "lang", "suggest", "vocabulary"];
/// The fields of a word.
pub(super) const WORD_FIELDS: &[&str] = &["text", "kind"];

/// The largest number of words of one request.
pub(super) const MAX_WORDS: usize = 100_000;

/// The largest `suggest`.
pub(super) const MAX_SUGGESTIONS: i64 = 100;

/// The largest number of candidates of one response: suggestions asked for, or codes that the words stand for.
const MAX_CANDIDATES: usize = 1_000_000;

/// A request to resolve words to candidates for codes.
///
/// # Example: a word with two meanings
///
/// ```
/// use lotse::wire::{CallOptions, Operation, ResolveRequest, Value, op};
/// let text = r#"{"words": [{"text": "Farsi", "kind": "language"}]}"#;
/// let request = ResolveRequest::from_value(&Value::from_json(text)?)?;
/// let candidates = &op::Resolve::run(request, &CallOptions::new())?.resolved[0].candidates;
/// assert_eq!(candidates.iter().map(|candidate| candidate.code()).collect::<Vec<_>>(), ["fa", "prs"]);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone)]
pub struct ResolveRequest {
    /// The words, at most 100 000.
    pub words: Vec<ResolveQuery>,
    /// The language of names in the response; English by default.
    pub lang: Lang,
    /// The largest number of codes of each kind to [suggest](Vocabulary::suggest) for incomplete words, 0 to 100, or `None`,
    /// the default, to [resolve](Vocabulary::resolve) complete words. At most 1 000 000 suggestions in all: `suggest` for each
    /// word and kind.
    pub suggest: Option<usize>,
    /// The tables of codes and names; the built-in ones by default.
    pub vocabulary: Vocabulary,
}

impl Default for ResolveRequest {
    fn default() -> Self {
        Self { words: Vec::new(), lang: Lang::En, suggest: None, vocabulary: Vocabulary::default() }
    }
}

impl fmt::Debug for ResolveRequest {
    /// Formats the number of words only, since what was typed may concern a person.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("ResolveRequest");
        debug.field("words", &self.words.len()).field("lang", &self.lang).field("suggest", &self.suggest);
        debug.finish_non_exhaustive()
    }
}

/// A word as it was typed, and the kind of code that is meant.
///
/// # Example: the query of a response
///
/// ```
/// use lotse::{CodeKind, wire::{CallOptions, Operation, ResolveQuery, ResolveRequest, op}};
/// let words = vec![ResolveQuery { text: "Dari".to_owned(), kind: Some(CodeKind::Language) }];
/// let response = op::Resolve::run(ResolveRequest { words, ..ResolveRequest::default() }, &CallOptions::new())?;
/// assert_eq!(response.resolved[0].text, "Dari");
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Eq, PartialEq)]
pub struct ResolveQuery {
    /// The text as it was typed.
    pub text: String,
    /// The kind of code, or `None` for every kind that is not [closed](CodeKind::is_closed).
    pub kind: Option<CodeKind>,
}

impl fmt::Debug for ResolveQuery {
    /// Formats the kind only, since what was typed may concern a person.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResolveQuery").field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// The candidates for each word, in the order of the words.
///
/// # Example: one entry for each query
///
/// ```
/// use lotse::{CodeKind, wire::{CallOptions, Operation, ResolveQuery, ResolveRequest, op}};
/// let words = vec![ResolveQuery { text: "Dari".to_owned(), kind: Some(CodeKind::Language) }];
/// let response = op::Resolve::run(ResolveRequest { words, ..ResolveRequest::default() }, &CallOptions::new())?;
/// assert_eq!(response.resolved.len(), 1);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ResolveResponse {
    /// One item for each word.
    pub resolved: Vec<ResolvedWord>,
}

/// A word and its candidates.
///
/// # Example: the code of a word
///
/// ```
/// use lotse::{CodeKind, wire::{CallOptions, Operation, ResolveQuery, ResolveRequest, op}};
/// let words = vec![ResolveQuery { text: "Dari".to_owned(), kind: Some(CodeKind::Language) }];
/// let response = op::Resolve::run(ResolveRequest { words, ..ResolveRequest::default() }, &CallOptions::new())?;
/// assert_eq!(response.resolved[0].candidates[0].code(), "prs");
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ResolvedWord {
    /// The text as it was typed.
    pub text: String,
    /// The candidates, best first within each kind of code.
    pub candidates: Vec<Candidate>,
}

impl fmt::Debug for ResolvedWord {
    /// Formats the number of candidates only, since what was typed may concern a person.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResolvedWord").field("candidates", &self.candidates.len()).finish_non_exhaustive()
    }
}

impl ResolveRequest {
    /// Decodes a request.
    ///
    /// # Errors
    ///
    /// Every error of the request.
    ///
    /// # Example: a kind that does not exist
    ///
    /// ```
    /// use lotse::wire::{ResolveRequest, Value};
    /// let request = Value::from_json(r#"{"words": [{"text": "blau", "kind": "colour"}]}"#)?;
    /// let error = ResolveRequest::from_value(&request).unwrap_err();
    /// assert_eq!((error.code(), error.path()), ("request.value", "words[0].kind"));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn from_value(value: &Value<'_>) -> Result<Self, Error> {
        let mut errors = ErrorSink::default();
        let request = Self::decode(&mut errors, value);
        errors.into_result(request)
    }

    fn decode(errors: &mut ErrorSink, value: &Value) -> Self {
        let at = Path::root(Record::Request);
        let mut request = Self::default();
        let Some(fields) = errors.fields(&at, value, FIELDS) else {
            return request;
        };
        if let Some(value) = fields.get("words") {
            request.words = errors.decode_items_up_to(MAX_WORDS, &at.field("words"), value, ResolveQuery::decode);
        }
        request.lang = decode_lang(errors, &at, &fields);
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
        let fields = errors.fields(at, value, WORD_FIELDS)?;
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

impl Operation for op::Resolve {
    const NAME: &'static str = "resolve";
    type Request = ResolveRequest;
    type Response = ResolveResponse;

    fn decode(value: &Value<'_>, _options: &CallOptions<'_>) -> Result<ResolveRequest, Error> {
        ResolveRequest::from_value(value)
    }

    /// Resolves words to candidates for codes; `total` of the progress counts words.
    ///
    /// # Errors
    ///
    /// `request.too_many` if more than 1 000 000 suggestions are asked for, or the words stand for more codes. An unknown word
    /// is no error: it has no candidates.
    fn run(request: ResolveRequest, options: &CallOptions<'_>) -> Result<ResolveResponse, Error> {
        resolve(request, options)
    }
}

fn resolve(request: ResolveRequest, options: &CallOptions<'_>) -> Result<ResolveResponse, Error> {
    let ResolveRequest { words, lang, suggest, vocabulary } = request;
    let kinds = words.iter().map(|word| if word.kind.is_some() { 1 } else { CodeKind::open().count() });
    if kinds.sum::<usize>().saturating_mul(suggest.unwrap_or(0)) > MAX_CANDIDATES {
        return Err(too_many("suggest", message!("too_many.suggestions")));
    }
    let reporter = ProgressReporter::new(options.on_progress());
    let meter = WorkMeter::new(&reporter, words.len());
    let mut suggester = suggest.map(|top| vocabulary.suggester(lang, top, &meter));
    let (mut resolved, mut codes) = (Vec::with_capacity(words.len()), 0_usize);
    for (index, ResolveQuery { text, kind }) in words.into_iter().enumerate() {
        if meter.report(index) {
            break;
        }
        let mut candidates: Vec<Candidate> = Vec::new();
        let open = CodeKind::open().filter(|_| kind.is_none());
        for kind in kind.into_iter().chain(open) {
            let (of_kind, count) = match &mut suggester {
                Some(suggester) => suggester.suggest(&text, kind),
                None => {
                    let of_kind = vocabulary.resolve_cancellable(&text, kind, lang, &meter);
                    let count = of_kind.len();
                    (of_kind, count)
                }
            };
            candidates.extend(of_kind);
            codes = codes.saturating_add(count);
            if codes > MAX_CANDIDATES {
                return Err(too_many("words", message!("too_many.codes")));
            }
        }
        // A word that is a name of one kind of code is not a misspelt name of another kind.
        let is_name = |candidate: &Candidate| !matches!(candidate.how(), ResolvedBy::Completed | ResolvedBy::Typo);
        if candidates.iter().any(is_name) {
            candidates.retain(|candidate| candidate.how() != ResolvedBy::Typo);
        }
        resolved.push(ResolvedWord { text, candidates });
    }
    reporter.unless_cancelled(ResolveResponse { resolved })
}

fn too_many(field: &str, message: Template) -> Error {
    let root = Path::root(Record::Request);
    let error = root.field(field).error(ErrorKind::Value, "too_many", message.with(&[("max", &MAX_CANDIDATES)]));
    Error::new(error.with_hint(message!("too_many.words.hint")))
}
