//! A rule of a mapping, prepared for the cells of one column.

use crate::{
    decode::value::Value,
    import::{
        record_kind::RecordKind,
        rules::{Answer, CodeRule, ReadAs, Rule, Split, WordOrColumn},
        word::{plain, word_key},
        word_kind::WordKind,
    },
    util::{lowercase::to_lowercase, ordered_map::OrderedMap},
    vocabulary::fold::fold,
};

/// Cells that are empty in every column unless a mapping says otherwise, in lower case without blanks. What "none" or "no" means
/// depends on the column.
const NULLS: [&str; 9] = ["k.a.", "keineangabe", "keineangaben", "n/a", "null", "nan", "unbekannt", "unknown", "#nv"];
/// Signs that are words although they have no letter.
const WORD_SIGNS: [char; 3] = ['✓', '✔', '☑'];
/// Words in a column of marks, in lower case.
const MARKS: [&str; 7] = ["x", "ja", "yes", "true", "1", "wahr", "✓"];
/// Ages that mean no upper limit.
const NO_LIMIT: [i64; 6] = [99, 100, 120, 150, 200, 999];

/// What a field takes.
#[derive(Clone, Debug)]
pub(super) struct Field {
    pub(super) path: String,
    pub(super) kind: Option<WordKind>,
    pub(super) reading: ReadAs,
    pub(super) is_list: bool,
    /// The tag of a field such as `access.wheelchair` or `languages.de`.
    pub(super) tag: Option<String>,
}

impl Field {
    /// Returns what the field at a path takes.
    pub(super) fn new(path: &str) -> Self {
        let (head, tag) = path.split_once('.').map_or((path, None), |(head, tag)| (head, Some(tag)));
        let (kind, reading, is_list) = match (head, tag) {
            ("languages", None) => (Some(WordKind::Language), ReadAs::Word, true),
            ("languages", Some(_)) => (Some(WordKind::Level), ReadAs::Word, false),
            ("area", None) => (Some(WordKind::Region), ReadAs::Word, true),
            ("region", None) | ("region" | "place", Some("region" | "town")) => {
                (Some(WordKind::Region), ReadAs::Word, false)
            }
            ("region" | "place", Some("postcode")) => (Some(WordKind::Postcode), ReadAs::Postcode, false),
            ("region" | "place", Some("plate")) => (Some(WordKind::Region), ReadAs::Plate, false),
            ("crimes" | "crime", None) => (Some(WordKind::Crime), ReadAs::Word, head == "crimes"),
            ("help", None) => (Some(WordKind::Help), ReadAs::Word, true),
            ("roles", None) => (Some(WordKind::Role), ReadAs::Word, true),
            ("access" | "no_access", None) => (Some(WordKind::Access), ReadAs::Word, true),
            ("access" | "no_access", Some(_)) => (Some(WordKind::Truth), ReadAs::Word, false),
            ("formats", None) => (Some(WordKind::Format), ReadAs::Word, true),
            ("genders" | "gender", None) => (Some(WordKind::Gender), ReadAs::Word, head == "genders"),
            ("priority", None) => (Some(WordKind::Priority), ReadAs::Word, false),
            ("capacity", Some("state")) => (Some(WordKind::State), ReadAs::Word, false),
            ("ages" | "age", None) => (Some(WordKind::Age), ReadAs::Age, false),
            ("people", None)
            | ("place", Some("lat" | "lon"))
            | ("ages", Some(_))
            | ("capacity", Some("free" | "total")) => (None, ReadAs::Number, false),
            ("known_since", None) | ("capacity", Some("updated")) => (None, ReadAs::Date, false),
            ("contact", Some("phone")) => (None, ReadAs::Phone, false),
            _ => (None, ReadAs::Text, false),
        };
        let is_tag = matches!((head, tag), ("languages" | "access" | "no_access", Some(_)));
        let tag = tag.filter(|_| is_tag).map(str::to_owned);
        Self { path: path.to_owned(), kind, reading, is_list, tag }
    }
}

/// A rule, prepared.
#[derive(Clone, Debug)]
pub(super) struct CellRule {
    pub(super) field: Field,
    pub(super) kind: Option<WordKind>,
    pub(super) reading: ReadAs,
    pub(super) split: Split,
    /// The answers for cells, instead of words.
    pub(super) values: Option<CellValues>,
    /// The value of a column of marks, if it is one, and the words that mark.
    pub(super) marked: Option<(Vec<Value<'static>>, Vec<String>)>,
    /// `true` if the rule states the kind of its words.
    pub(super) is_of_words: bool,
    nulls: Option<Vec<String>>,
    pub(super) no_limit: Vec<i64>,
    pub(super) has_own_no_limit: bool,
    /// The mode or level of all languages of the column.
    pub(super) how: Option<String>,
    pub(super) level: Option<String>,
    /// The language that a column of levels or modes is about.
    pub(super) language: Option<String>,
    pub(super) pad: Option<u32>,
    pub(super) prefix: String,
    pub(super) strip: Vec<String>,
    pub(super) code_rules: Vec<CodeRule>,
}

impl CellRule {
    /// Prepares a rule of a field; `null` are the nulls of the mapping.
    pub(super) fn new(path: &str, rule: &Rule, null: Option<&[String]>, records: RecordKind) -> Self {
        let field = Field::new(path);
        let language = rule.language.clone().or_else(|| field.tag.clone().filter(|_| path.starts_with("languages.")));
        let of_language = match records {
            RecordKind::Needs => WordKind::Level,
            RecordKind::Offers => WordKind::How,
        };
        let by_language = language.is_some().then_some(of_language);
        let kind = rule.words.or(by_language).or(field.kind);
        let word = |word: &Option<WordOrColumn>| match word {
            Some(WordOrColumn::Word(word)) => Some(word.clone()),
            _ => None,
        };
        let default_split = if field.is_list { Split::List } else { Split::None };
        Self {
            kind,
            reading: rule.reading.unwrap_or(if rule.words.is_some() { ReadAs::Word } else { field.reading }),
            split: rule.split.clone().unwrap_or(default_split),
            values: rule.values.as_ref().map(CellValues::new),
            marked: None,
            is_of_words: rule.words.is_some(),
            nulls: rule.null.as_deref().or(null).map(|nulls| nulls.iter().map(|null| bare(null)).collect()),
            has_own_no_limit: rule.no_limit.is_some(),
            no_limit: rule.no_limit.clone().unwrap_or_else(|| NO_LIMIT.to_vec()),
            how: word(&rule.how),
            level: word(&rule.level),
            language,
            pad: rule.pad,
            prefix: rule.prefix.clone(),
            strip: rule.strip.clone(),
            code_rules: rule.code_rules.clone(),
            field,
        }
    }

    /// Makes the rule one of a column of marks.
    pub(super) fn with_mark(mut self, value: &Value<'static>, marks: &[String]) -> Self {
        let values = match value {
            Value::Array(values) => values.clone(),
            value => vec![value.clone()],
        };
        let marks = match marks {
            [] => MARKS.map(str::to_owned).to_vec(),
            marks => marks.iter().map(|mark| plain(mark)).collect(),
        };
        self.marked = Some((values, marks));
        self
    }

    /// Returns `true` if a cell or a part of one is empty in this column.
    pub(super) fn is_null(&self, text: &str) -> bool {
        // Compared letter by letter: every cell is, several times.
        let is = |null: &str| bare_letters(text).eq(null.chars());
        match &self.nulls {
            Some(nulls) => nulls.iter().any(|null| is(null)),
            None => NULLS.into_iter().any(is) || is_without_words(text),
        }
    }

    /// Returns `true` if the mapping states the nulls of the column, which then precede all words.
    pub(super) fn has_own_nulls(&self) -> bool {
        self.nulls.is_some()
    }
}

/// Returns `true` if a text has no letter and no digit, nor a sign that is a word.
fn is_without_words(text: &str) -> bool {
    !text.chars().any(|letter| letter.is_alphanumeric() || WORD_SIGNS.contains(&letter))
}

/// Returns the letters of a text in lower case, without blanks.
fn bare_letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|letter| !letter.is_whitespace()).map(to_lowercase)
}

/// Returns a text in lower case without blanks.
fn bare(text: &str) -> String {
    bare_letters(text).collect()
}

/// The answers of a rule for its cells.
#[derive(Clone, Debug)]
pub(super) struct CellValues {
    /// By the text in lower case, and by the folded text of words.
    by_text: OrderedMap<String, Answer>,
    /// What other cells mean.
    pub(super) otherwise: Option<Answer>,
    /// All values, which are the candidates of a question.
    pub(super) possible: Vec<Value<'static>>,
}

impl CellValues {
    fn new(values: &crate::import::rules::Values) -> Self {
        let mut by_text = OrderedMap::default();
        for (text, answer) in &values.entries {
            // Folding drops the sign and the point of a number, so that numbers are compared as they are.
            if text.chars().any(char::is_alphabetic) {
                by_text.insert(word_key(text), answer.clone());
            }
        }
        for (text, answer) in &values.entries {
            by_text.insert(plain(text), answer.clone());
        }
        let mut possible: Vec<Value<'static>> = Vec::new();
        for value in values.entries.iter().flat_map(|(_, answer)| &answer.values) {
            if !possible.contains(value) {
                possible.push(value.clone());
            }
        }
        Self { by_text, otherwise: values.otherwise.clone(), possible }
    }

    /// Returns the answer for a cell.
    pub(super) fn get(&self, text: &str) -> Option<&Answer> {
        let folded = || if text.chars().any(char::is_alphabetic) { self.by_text.get(&fold(text)) } else { None };
        self.by_text.get(&plain(text)).or_else(folded)
    }
}
