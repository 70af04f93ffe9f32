//! Cells of one column as values of the fields that are read from it.
//!
//! A rule is prepared once, and so is a request: the rules that read one column together. A part of a column of several fields, such
//! as a target group, is asked about only if no field knows it. Results are remembered by the text of the cell.

use std::{
    borrow::Cow,
    hash::{Hash, Hasher},
};

use rustc_hash::FxHasher;

use crate::{
    decode::value::Value,
    import::{
        cell_rule::CellRule,
        column::text_of,
        language_part::read_language,
        part::{Meaning, Outcome, Part},
        question::Why,
        record_kind::RecordKind,
        region_part::read_region,
        rules::{ReadAs, Rule, Rules, Split},
        split::{Known, split_at_signs, split_list},
        word::{WordReader, answer_meaning, is_more, plain},
        word_kind::WordKind,
    },
    util::{date::Date, ordered_map::OrderedMap},
    vocabulary::Vocabulary,
};

/// Most cells of a request that are remembered, and their longest text in bytes.
const MAX_REMEMBERED: usize = 100_000;
const MAX_BYTES: usize = 512;

/// Identifies a rule of a [`CellReader`].
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct RuleId(usize);

/// Identifies the rules that read one column together.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct RequestId(usize);

/// What a [`CellReader`] depends on besides rules and vocabulary.
#[derive(Clone, Debug)]
pub(crate) struct CellOptions {
    pub(crate) records: RecordKind,
    pub(crate) as_of: Option<Date>,
    /// The region of the import; takes precedence over that of the mapping.
    pub(crate) within: Option<String>,
    /// Postcodes of the import, which take precedence over the built-in table.
    pub(crate) postcodes: Vec<(String, Vec<String>)>,
}

/// Reads cells.
pub(crate) struct CellReader {
    pub(super) words: WordReader,
    pub(super) options: CellOptions,
    null: Option<Vec<String>>,
    rules: Vec<CellRule>,
    requests: Vec<Request>,
    /// The parts of the last cell that is not remembered.
    scratch: Vec<Part>,
}

struct Request {
    rules: Vec<RuleId>,
    /// Positions in `cells` by the hash of the text.
    by_hash: OrderedMap<u64, Vec<usize>>,
    cells: Vec<(String, Vec<Part>)>,
}

impl CellReader {
    pub(crate) fn new(rules: &Rules, vocabulary: &Vocabulary, options: CellOptions) -> Self {
        let words = WordReader::new(rules, vocabulary, options.records, options.within.as_deref());
        let null = rules.null.clone();
        Self { words, options, null, rules: Vec::new(), requests: Vec::new(), scratch: Vec::new() }
    }

    /// Prepares a rule of the field at a path such as `capacity.state`.
    pub(crate) fn add_rule(&mut self, field: &str, rule: &Rule) -> RuleId {
        let rule = CellRule::new(field, rule, self.null.as_deref(), self.options.records);
        self.push(rule)
    }

    /// Prepares a column of marks: its value, and the words that mark, or none for the default.
    pub(crate) fn add_marked(&mut self, field: &str, rule: &Rule, value: &Value<'static>, marks: &[String]) -> RuleId {
        let prepared = CellRule::new(field, rule, self.null.as_deref(), self.options.records).with_mark(value, marks);
        self.push(prepared)
    }

    fn push(&mut self, rule: CellRule) -> RuleId {
        self.rules.push(rule);
        RuleId(self.rules.len().saturating_sub(1))
    }

    /// Returns the request for the rules that read one column together. The index of a value in a [`Part`] is that of its rule.
    pub(crate) fn request(&mut self, rules: &[RuleId]) -> RequestId {
        let known = self.requests.iter().position(|request| request.rules == rules);
        RequestId(known.unwrap_or_else(|| {
            let rules = rules.to_vec();
            self.requests.push(Request { rules, by_hash: OrderedMap::default(), cells: Vec::new() });
            self.requests.len().saturating_sub(1)
        }))
    }

    /// Returns the parts of a cell; none if it is empty. Each item of a list is a cell of its own.
    pub(crate) fn read(&mut self, request: RequestId, cell: &Value<'_>) -> &[Part] {
        let text = match cell {
            Value::Array(items) => {
                let parts = items.iter().flat_map(|item| self.read(request, item).to_vec()).collect();
                self.scratch = parts;
                return &self.scratch;
            }
            _ => text_of(cell).unwrap_or(Cow::Borrowed("")),
        };
        self.read_text(request, text.trim())
    }

    fn read_text(&mut self, request: RequestId, text: &str) -> &[Part] {
        self.scratch.clear();
        let Some(known) = self.requests.get(request.0).filter(|_| !text.is_empty()) else { return &self.scratch };
        let hash = hash(text);
        let is_same = |index: &&usize| known.cells.get(**index).is_some_and(|(other, _)| other == text);
        if let Some(index) = known.by_hash.get(&hash).and_then(|indices| indices.iter().find(is_same)) {
            let index = *index;
            return self
                .requests
                .get(request.0)
                .and_then(|known| known.cells.get(index))
                .map_or(&[], |(_, parts)| parts);
        }
        let is_full = known.cells.len() >= MAX_REMEMBERED || text.len() > MAX_BYTES;
        let rules: Vec<RuleId> = known.rules.clone();
        let parts = self.parts(&rules, text);
        match self.requests.get_mut(request.0).filter(|_| !is_full) {
            Some(known) => {
                known.by_hash.entry(hash).or_default().push(known.cells.len());
                known.cells.push((text.to_owned(), parts));
                known.cells.last().map_or(&[], |(_, parts)| parts)
            }
            None => {
                self.scratch = parts;
                &self.scratch
            }
        }
    }

    fn parts(&mut self, rules: &[RuleId], text: &str) -> Vec<Part> {
        let rules = rules.iter().enumerate().filter_map(|(field, rule)| Some((field, self.rules.get(rule.0)?.clone())));
        let rules: Vec<(usize, CellRule)> = rules.collect();
        let words = &mut self.words;
        let texts = cut(words, &self.options, &rules, text);
        texts.into_iter().map(|part| joint(words, &self.options, &rules, part)).collect()
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    text.hash(&mut hasher);
    hasher.finish()
}

/// Cuts a cell into its parts, by the first rule that states how.
fn cut<'t>(words: &mut WordReader, options: &CellOptions, rules: &[(usize, CellRule)], text: &'t str) -> Vec<&'t str> {
    let is_marked = |rule: &CellRule| rule.marked.is_some();
    if rules.iter().all(|(_, rule)| is_marked(rule) || rule.is_null(text)) {
        return vec![text];
    }
    let separators = rules.iter().find_map(|(_, rule)| match &rule.split {
        Split::Separators(separators) => Some(separators),
        _ => None,
    });
    if let Some(separators) = separators {
        let parts = split_at_signs(text, separators);
        return if parts.is_empty() { vec![text] } else { parts };
    }
    let is_list = rules.iter().any(|(_, rule)| rule.split == Split::List && !rule.is_null(text));
    if !is_list {
        return vec![text];
    }
    let parts = split_list(text, &mut |piece| known(words, options, rules, piece));
    if parts.is_empty() { vec![text] } else { parts }
}

/// Returns what a text is known to be in any of the fields.
fn known(words: &mut WordReader, options: &CellOptions, rules: &[(usize, CellRule)], text: &str) -> Known {
    let mut known = Known::Unknown;
    for (_, rule) in rules {
        let (meaning, is_stated) = meaning(words, options, rule, text, false);
        match &meaning.outcome {
            _ if !is_stated => {}
            // Codes of a list are parts of their own.
            Outcome::Understood if meaning.values.len() > 1 && rule.field.is_list && rule.values.is_none() => {
                let is_answer = rule.kind.is_some_and(|kind| words.answered(kind, text).is_some());
                if is_answer {
                    return Known::Certain;
                }
                known = Known::Vague;
            }
            _ if meaning.is_certain() => return Known::Certain,
            Outcome::Lost("list.more") => return Known::Certain,
            _ if meaning.about.is_none() && meaning.is_unknown() => {}
            _ => known = Known::Vague,
        }
    }
    known
}

/// Returns a part with the values of all fields that know it.
fn joint(words: &mut WordReader, options: &CellOptions, rules: &[(usize, CellRule)], text: &str) -> Part {
    let mut best: Option<(u8, usize, Meaning)> = None;
    let mut values: Vec<(usize, Value<'static>)> = Vec::new();
    for (field, rule) in rules {
        let (meaning, is_stated) = meaning(words, options, rule, text, true);
        let rank = match &meaning.outcome {
            Outcome::Understood | Outcome::Assumed(_) if is_stated => {
                values.extend(meaning.values.iter().map(|value| (*field, value.clone())));
                if meaning.outcome == Outcome::Understood { 1 } else { 0 }
            }
            Outcome::NoValue if is_stated => 2,
            Outcome::Asked(asked) if !asked.candidates.is_empty() => 3,
            Outcome::Asked(_) => 4,
            Outcome::Lost(_) => 5,
            _ => 6,
        };
        if best.as_ref().is_none_or(|(other, ..)| rank < *other) {
            best = Some((rank, *field, meaning));
        }
    }
    let Some((_, field, meaning)) = best else { return Meaning::nothing().into_part(text, 0) };
    let part = meaning.into_part(text, field);
    if values.is_empty() { part } else { Part { values, ..part } }
}

/// Returns the meaning of a text for one field, and `false` if it is only what the rule states for all other cells.
fn meaning(
    words: &mut WordReader,
    options: &CellOptions,
    rule: &CellRule,
    text: &str,
    is_part: bool,
) -> (Meaning, bool) {
    if let Some((values, marks)) = &rule.marked {
        return (marked(words, rule, values, marks, text), true);
    }
    if rule.has_own_nulls() && rule.is_null(text) {
        return (Meaning::nothing(), true);
    }
    if let Some(values) = &rule.values {
        if let Some(answer) = values.get(text) {
            let meaning = answer_meaning(answer, None);
            return (words.unless_off(rule.kind.unwrap_or(WordKind::Value), meaning), true);
        }
        if rule.is_null(text) {
            return (Meaning::nothing(), true);
        }
        return match &values.otherwise {
            Some(answer) => (answer_meaning(answer, None), false),
            None => {
                let kind = rule.kind.unwrap_or(WordKind::Value);
                let answered = words.answered(kind, text);
                (answered.unwrap_or_else(|| Meaning::asked(kind, Why::Value, values.possible.clone())), true)
            }
        };
    }
    if let Some(answered) = rule.kind.filter(|_| rule.is_null(text)).map(|kind| words.answered(kind, text)) {
        return (answered.unwrap_or_else(Meaning::nothing), true);
    }
    if rule.is_null(text) {
        return (Meaning::nothing(), true);
    }
    let meaning = read_as(words, options, rule, text, is_part);
    let kind = rule.kind.unwrap_or(WordKind::Value);
    (words.unless_off(kind, meaning), true)
}

/// Reads a column of marks: its value, which is a word if the rule states its kind.
fn marked(words: &mut WordReader, rule: &CellRule, values: &[Value<'static>], marks: &[String], text: &str) -> Meaning {
    if !marks.contains(&plain(text)) {
        return Meaning::nothing();
    }
    match (values, rule.reading, rule.kind) {
        ([Value::String(word)], ReadAs::Word, Some(kind)) if rule.is_of_words => {
            let meaning = word_meaning(words, kind, word);
            if meaning.is_certain() { meaning } else { meaning.about(word) }
        }
        _ => Meaning::understood(values.to_vec()),
    }
}

fn read_as(words: &mut WordReader, _options: &CellOptions, rule: &CellRule, text: &str, is_part: bool) -> Meaning {
    let kind = rule.kind.unwrap_or(WordKind::Value);
    match rule.reading {
        ReadAs::Word => {
            let contained =
                if is_part && words.answered(kind, text).is_none() { words.contained(kind, text) } else { None };
            contained.unwrap_or_else(|| word_of_column(words, rule, kind, text))
        }
        _ => Meaning::understood(vec![Value::from(text.to_owned())]),
    }
}

/// Returns the meaning of a word in a column whose rule may state a language, a mode or a level.
fn word_of_column(words: &mut WordReader, rule: &CellRule, kind: WordKind, text: &str) -> Meaning {
    let meaning = word_meaning(words, kind, text);
    let is_single = !rule.field.is_list && meaning.values.len() > 1 && meaning.outcome == Outcome::Understood;
    if is_single && words.answered(kind, text).is_none() {
        return Meaning::asked(kind, Why::Several, meaning.values);
    }
    meaning
}

/// Returns the meaning of a word of a kind.
fn word_meaning(words: &mut WordReader, kind: WordKind, text: &str) -> Meaning {
    match kind {
        WordKind::Language => read_language(words, text),
        WordKind::Region => read_region(words, text),
        _ => words.remember(kind, text, |words| {
            let resolved = || if is_more(text) { Meaning::lost("list.more") } else { words.resolved(kind, text) };
            words.answered(kind, text).unwrap_or_else(resolved)
        }),
    }
}
