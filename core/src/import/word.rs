//! One word, or one name of several words, as values of one kind.
//!
//! The first of these that has the word decides: the answers of the mapping, its `contains`, an exact name or code, another name.
//! A word with several meanings and a misspelt one are asked about.

use crate::{
    decode::{code_kind::CodeKind, value::Value},
    import::{
        part::{Meaning, Outcome},
        question::Why,
        record_kind::RecordKind,
        rules::{Answer, Rules},
        word_kind::WordKind,
    },
    model::enums::{Lang, ResolvedBy},
    util::{lowercase::to_lowercase, ordered_map::OrderedMap},
    vocabulary::{Candidate, Vocabulary, fold::fold},
};

/// The assumption that a part which contains a text of the mapping means its answer.
const CONTAINS: &str = "words.contains";
/// Most candidates of a question.
const MAX_CANDIDATES: usize = 20;
/// Most words whose meanings are remembered at a time.
const MAX_REMEMBERED: usize = 20_000;
/// The code of an offer that serves all.
pub(super) const ANY: &str = "any";

/// Words that end a list which goes on, folded.
const MORE: [&str; 32] = [
    "more",
    "andmore",
    "manymore",
    "andmanymore",
    "others",
    "andothers",
    "etc",
    "usw",
    "ua",
    "uam",
    "uva",
    "uvam",
    "uvm",
    "uw",
    "ff",
    "weitere",
    "weiteres",
    "undweitere",
    "viele",
    "vieleweitere",
    "undvieleweitere",
    "mehr",
    "undmehr",
    "undvielemehr",
    "undandere",
    "weiteresprachen",
    "anderesprachen",
    "vieleweiteresprachen",
    "otherlanguages",
    "morelanguages",
    "additionallanguages",
    "furtherlanguages",
];

/// Words that say nothing about languages, folded. Most other words that are no language are names of something else, such as a
/// country, and are asked about.
const NO_LANGUAGE: [&str; 23] = [
    "bilingual",
    "zweisprachig",
    "mehrsprachig",
    "multilingual",
    "allesprachen",
    "alllanguages",
    "diverse",
    "diversesprachen",
    "verschiedene",
    "verschiedenesprachen",
    "mehrere",
    "mehreresprachen",
    "various",
    "several",
    "alle",
    "egal",
    "keine",
    "ohne",
    "andere",
    "sonstige",
    "unbekannt",
    "unknown",
    "fremdsprachen",
];

/// Words whose meaning depends on the column, folded: an answer to a question about them holds for the column alone.
const DEPENDENT: [&str; 8] = ["none", "keine", "keiner", "keines", "nein", "no", "false", "0"];

/// Reads words, and remembers their meanings.
#[derive(Clone)]
pub(crate) struct WordReader {
    vocabulary: Vocabulary,
    records: RecordKind,
    pub(super) within: Option<String>,
    /// The answers of the mapping by kind and folded word.
    answers: OrderedMap<(WordKind, String), Answer>,
    /// Texts in lower case, with the answer for parts that contain one of them.
    contains: Vec<(WordKind, Vec<String>, Answer)>,
    assumed_off: Vec<String>,
    remembered: OrderedMap<(WordKind, String), Meaning>,
}

impl WordReader {
    pub(crate) fn new(rules: &Rules, vocabulary: &Vocabulary, records: RecordKind, within: Option<&str>) -> Self {
        let mut answers = OrderedMap::default();
        for (kind, words) in &rules.words {
            for (word, answer) in words {
                answers.insert((*kind, word_key(word)), answer.clone());
            }
        }
        let mut contains = Vec::new();
        for (kind, entries) in &rules.contains {
            for (texts, answer) in entries {
                contains.push((*kind, texts.iter().map(|text| plain(text)).collect(), answer.clone()));
            }
        }
        let off = rules.assume.iter().filter(|(_, is_on)| !is_on);
        Self {
            vocabulary: vocabulary.clone(),
            records,
            within: within.or(rules.within.as_deref()).map(str::to_owned),
            answers,
            contains,
            assumed_off: off.map(|(code, _)| code.clone()).collect(),
            remembered: OrderedMap::default(),
        }
    }

    pub(super) fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// Returns `true` if needs are read, which concern one person each.
    pub(super) fn reads_needs(&self) -> bool {
        self.records == RecordKind::Needs
    }

    /// Returns what the mapping states for a word.
    pub(super) fn answered(&self, kind: WordKind, text: &str) -> Option<Meaning> {
        self.answers.get(&(kind, word_key(text))).map(|answer| answer_meaning(answer, None))
    }

    /// Returns what the mapping states for parts that contain a text.
    pub(super) fn contained(&self, kind: WordKind, text: &str) -> Option<Meaning> {
        let of_kind = self.contains.iter().filter(|(of, ..)| *of == kind);
        let text = plain(text);
        let mut found = of_kind.filter(|(_, texts, _)| texts.iter().any(|part| text.contains(part.as_str())));
        found.next().map(|(_, _, answer)| answer_meaning(answer, Some(CONTAINS)))
    }

    /// Returns the remembered meaning of a text, or that which `read` returns.
    pub(super) fn remember(&mut self, kind: WordKind, text: &str, read: impl FnOnce(&mut Self) -> Meaning) -> Meaning {
        let key = (kind, text.to_owned());
        if let Some(meaning) = self.remembered.get(&key) {
            return meaning.clone();
        }
        let meaning = read(self);
        if self.remembered.len() >= MAX_REMEMBERED {
            self.remembered = OrderedMap::default();
        }
        self.remembered.insert(key, meaning.clone());
        meaning
    }

    /// Returns what the vocabulary has for a text.
    pub(super) fn resolved(&self, kind: WordKind, text: &str) -> Meaning {
        let Some(code_kind) = kind.code_kind() else { return Meaning::asked(kind, Why::Unknown, Vec::new()) };
        let candidates = self.vocabulary.resolve(text, code_kind, Lang::De);
        let values: Vec<Value<'static>> = candidates.iter().map(|candidate| value_of(code_kind, candidate)).collect();
        let asked = |why, mut values: Vec<Value<'static>>| {
            values.truncate(MAX_CANDIDATES);
            Meaning::asked(kind, why, values)
        };
        match candidates.first().map(Candidate::how) {
            None if self.says_nothing(code_kind, text) => Meaning::nothing(),
            None if is_dependent(text) => Meaning::asked(WordKind::Value, Why::Value, values),
            None => asked(Why::Unknown, values),
            Some(ResolvedBy::Exact | ResolvedBy::Alias) if values.len() == 1 => self.allowed(values),
            Some(ResolvedBy::List) => self.allowed(values),
            Some(ResolvedBy::Typo) => asked(Why::Typo, values),
            Some(_) => asked(Why::Umbrella, values),
        }
    }

    /// A need states nothing by `any`.
    fn allowed(&self, mut values: Vec<Value<'static>>) -> Meaning {
        if self.reads_needs() {
            values.retain(|value| *value != Value::from(ANY));
        }
        if values.is_empty() { Meaning::nothing() } else { Meaning::understood(values) }
    }

    fn says_nothing(&self, kind: CodeKind, text: &str) -> bool {
        match kind {
            CodeKind::Region => false,
            CodeKind::Language => NO_LANGUAGE.contains(&fold(text).as_str()),
            _ => self.vocabulary.is_listed_as_no_name(kind, text),
        }
    }

    /// Returns the question about an assumption that the mapping switches off, or the meaning as it is.
    pub(super) fn unless_off(&self, kind: WordKind, meaning: Meaning) -> Meaning {
        match &meaning.outcome {
            Outcome::Assumed(code) if self.assumed_off.iter().any(|off| off == code) => {
                Meaning::asked(kind, Why::AssumeOff, meaning.values)
            }
            _ => meaning,
        }
    }
}

/// Returns `true` for a word such as "none", whose meaning depends on the column.
pub(super) fn is_dependent(text: &str) -> bool {
    DEPENDENT.contains(&fold(text).as_str())
}

/// Returns `true` for words that end a list which goes on, such as "and more".
pub(super) fn is_more(text: &str) -> bool {
    MORE.contains(&fold(text).as_str())
}

/// Returns the form in which words are compared: folded, or in lower case if that is empty.
pub(super) fn word_key(text: &str) -> String {
    let folded = fold(text);
    if folded.is_empty() { plain(text) } else { folded }
}

/// Returns a text in lower case with single blanks.
pub(super) fn plain(text: &str) -> String {
    let lower: String = text.chars().map(to_lowercase).collect();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the meaning of an answer of the mapping, which is an assumption if the answer or the way to it says so.
pub(super) fn answer_meaning(answer: &Answer, assumed: Option<&'static str>) -> Meaning {
    let code = answer.assumed.clone().map(Into::into).or_else(|| assumed.map(Into::into));
    match code {
        _ if answer.values.is_empty() => Meaning::nothing(),
        Some(code) => Meaning::new(Outcome::Assumed(code), answer.values.clone()),
        None => Meaning::understood(answer.values.clone()),
    }
}

/// Returns the value of a candidate: its code, or an object for a crime with a context.
fn value_of(kind: CodeKind, candidate: &Candidate) -> Value<'static> {
    let code = Value::from(candidate.code().to_owned());
    let context: Vec<Value<'static>> = candidate.context().map(|code| Value::from(code.to_owned())).collect();
    match kind {
        CodeKind::Context => Value::Object(vec![("context".into(), Value::Array(vec![code]))]),
        _ if context.is_empty() => code,
        _ => Value::Object(vec![("code".into(), code), ("context".into(), Value::Array(context))]),
    }
}
