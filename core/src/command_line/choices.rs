//! The answers to a question of an import, as people choose them.

use crate::{
    CodeKind, Lang, ResolvedBy, Vocabulary,
    import::{self, Question, WordKind},
    wire::Value,
};

/// The largest number of answers that one digit chooses from.
const MAX_CHOICES: usize = 9;
/// The number of suggestions for a word that is typed.
const MAX_SUGGESTIONS: usize = 6;

/// An answer, and its text.
#[derive(Clone, PartialEq)]
pub(crate) struct Choice {
    pub(crate) value: Value<'static>,
    pub(crate) label: String,
}

/// What a typed word may mean.
#[derive(Clone, PartialEq)]
pub(crate) enum Search {
    /// The word has this one meaning.
    Found(Choice),
    /// A person has to choose.
    Choices(Vec<Choice>),
}

/// Names answers in a display language.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Namer<'v> {
    pub(crate) vocabulary: &'v Vocabulary,
    pub(crate) lang: Lang,
}

impl Namer<'_> {
    /// Returns the candidates of a question as choices, best first.
    pub(crate) fn choices(self, question: &Question) -> Vec<Choice> {
        let candidates = question.candidates.iter().take(MAX_CHOICES);
        candidates.map(|value| Choice { value: value.clone(), label: self.label(question.kind, value) }).collect()
    }

    /// Returns what a word means that is typed as the answer to a question.
    ///
    /// A code is taken as it is. Where no vocabulary knows the words, JSON is a value and other text is text.
    pub(crate) fn search(self, kind: WordKind, typed: &str) -> Search {
        let Some(code_kind) = code_kind(kind) else {
            let value = Value::from_json(typed).map_or_else(|_| typed.to_owned().into(), Value::into_owned);
            let label = self.label(kind, &value);
            return Search::Found(Choice { value, label });
        };
        let choice = |code: &str, context: Vec<String>| {
            let value = code_with_context(code, context);
            Choice { label: self.label(kind, &value), value }
        };
        let found = self.vocabulary.resolve(typed, code_kind, self.lang);
        let choices = || {
            let context = |tags: Vec<&str>| tags.into_iter().map(str::to_owned).collect();
            found.iter().map(move |found| (found.how(), choice(found.code(), context(found.context().collect()))))
        };
        if let [(ResolvedBy::Exact | ResolvedBy::Alias, found)] = choices().collect::<Vec<_>>().as_slice() {
            return Search::Found(found.clone());
        }
        if found.is_empty() {
            let suggested = self.vocabulary.suggest(typed, code_kind, self.lang, MAX_SUGGESTIONS);
            return Search::Choices(suggested.iter().map(|found| choice(found.code(), Vec::new())).collect());
        }
        Search::Choices(choices().map(|(_, choice)| choice).take(MAX_CHOICES).collect())
    }

    /// Returns the text of an answer: the names of its codes, and the codes themselves.
    pub(crate) fn label(self, kind: WordKind, value: &Value<'_>) -> String {
        match value {
            Value::Null => String::new(),
            Value::Bool(flag) => self.truth(*flag).to_owned(),
            Value::Int(number) => number.to_string(),
            Value::Float(number) => number.to_string(),
            Value::String(code) => self.code(kind, code),
            Value::Array(items) => items.iter().map(|item| self.label(kind, item)).collect::<Vec<_>>().join(", "),
            Value::Object(fields) => {
                let parts = fields.iter().map(|(field, value)| self.part(kind, field, value));
                parts.collect::<Vec<_>>().join(" · ")
            }
        }
    }

    /// Returns the text of a field of an answer such as `{"tag": "de", "level": "B1"}`.
    fn part(self, kind: WordKind, field: &str, value: &Value<'_>) -> String {
        match (field, value) {
            ("tag" | "code", value) => self.label(kind, value),
            ("context", Value::Array(_) | Value::String(_)) => self.label(WordKind::Context, value),
            ("how" | "level" | "state", Value::String(code)) => {
                crate::labels(self.lang).get(field, code).unwrap_or(code).to_owned()
            }
            (field, value) => format!("{} {}", self.field(field), self.label(kind, value)),
        }
    }

    fn code(self, kind: WordKind, code: &str) -> String {
        let of_kind = crate::labels(self.lang).get(kind.as_str(), code);
        if let Some(label) = of_kind {
            return label.to_owned();
        }
        match code_kind(kind) {
            Some(code_kind) => {
                let name = self.vocabulary.name(code_kind, code, self.lang);
                if name == code { name.into_owned() } else { format!("{name} ({code})") }
            }
            None if kind == WordKind::Postcode => {
                let name = self.vocabulary.name(CodeKind::Region, code, self.lang);
                format!("{name} ({code})")
            }
            None => self.field(code).to_owned(),
        }
    }

    fn truth(self, flag: bool) -> &'static str {
        let code = if flag { "yes" } else { "no" };
        crate::labels(self.lang).get("truth", code).unwrap_or(code)
    }

    /// Returns the label of a field of a mapping, or its name if it has none.
    pub(crate) fn field(self, field: &str) -> &str {
        import::labels(self.lang).get("field", field).unwrap_or(field)
    }
}

/// Returns the kind of code of a kind of word, if the vocabulary resolves it.
fn code_kind(kind: WordKind) -> Option<CodeKind> {
    CodeKind::all().find(|code_kind| code_kind.as_str() == kind.as_str())
}

fn code_with_context(code: &str, context: Vec<String>) -> Value<'static> {
    let code = Value::from(code.to_owned());
    if context.is_empty() {
        return code;
    }
    let context = Value::Array(context.into_iter().map(Value::from).collect());
    Value::Object(vec![("code".into(), code), ("context".into(), context)])
}
