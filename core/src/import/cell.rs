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
        age::{read_age, read_ages, read_born, read_end},
        cell_rule::CellRule,
        code::read_code,
        column::text_of,
        date::read_day,
        language_part::{HOW_OF_LIST, mode_of_list, read_language, term, with_field, with_level, with_mode},
        number::{Limits, read_degrees, read_whole},
        part::{Meaning, Outcome, Part},
        place::{self, Postcodes, read_plate, read_postcode},
        question::Why,
        record_kind::RecordKind,
        region_part::read_region,
        rules::{ReadAs, Rule, Rules, Split},
        split::{Known, has_item_signs, split_at_signs, split_list},
        word::{WordReader, answer_meaning, is_dependent, is_more, plain, word_key},
        word_kind::WordKind,
    },
    util::{date::Date, ordered_map::OrderedMap},
    vocabulary::Vocabulary,
};

/// Most cells of a request that are remembered at a time, and their longest text in bytes.
const MAX_REMEMBERED: usize = 10_000;
const MAX_BYTES: usize = 512;
/// Most gaps between words at which ages are cut off.
const MAX_GAPS: usize = 12;
/// Longest text of a record, in bytes, and the largest number of people or places.
const MAX_TEXT_BYTES: usize = 10_000;
const MAX_PEOPLE: i64 = 100_000;

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
    /// Postcodes of the import, which take precedence over those of the mapping and the built-in table.
    pub(crate) postcodes: Postcodes,
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
    /// Places by the rules and texts of their cells.
    places: OrderedMap<String, PlaceParts>,
}

/// The part of each cell of a place, `None` if it is empty, and the region if it is certain.
type PlaceParts = (Vec<Option<Part>>, Option<Value<'static>>);

struct Request {
    rules: Vec<RuleId>,
    /// Whether cells are remembered: texts such as names rarely recur.
    remembers: bool,
    /// Positions in `cells` by the hash of the text.
    by_hash: OrderedMap<u64, Vec<usize>>,
    cells: Vec<(String, Vec<Part>)>,
}

impl CellReader {
    pub(crate) fn new(rules: &Rules, vocabulary: &Vocabulary, mut options: CellOptions) -> Self {
        for (postcode, regions) in &rules.postcodes {
            if !options.postcodes.contains_key(postcode) {
                options.postcodes.insert(postcode.clone(), regions.clone());
            }
        }
        let words = WordReader::new(rules, vocabulary, options.records, options.within.as_deref());
        let null = rules.null.clone();
        Self {
            words,
            options,
            null,
            rules: Vec::new(),
            requests: Vec::new(),
            scratch: Vec::new(),
            places: OrderedMap::default(),
        }
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
            let is_text = |rule: &CellRule| matches!(rule.reading, ReadAs::Text | ReadAs::Phone);
            let remembers = !rules.iter().filter_map(|rule| self.rules.get(rule.0)).all(is_text);
            let rules = rules.to_vec();
            self.requests.push(Request { rules, remembers, by_hash: OrderedMap::default(), cells: Vec::new() });
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
        let remembers = known.remembers && text.len() <= MAX_BYTES;
        let rules: Vec<RuleId> = known.rules.clone();
        let parts = self.parts(&rules, text);
        match self.requests.get_mut(request.0).filter(|_| remembers) {
            Some(known) => {
                if known.cells.len() >= MAX_REMEMBERED {
                    known.cells.clear();
                    known.by_hash = OrderedMap::default();
                }
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

    /// Reads the cells of one place together: its postcode, town, region and car plate. Returns the part of each cell, or `None` if
    /// the cell is empty, and the region if it is certain.
    pub(crate) fn read_place(&mut self, cells: &[(RuleId, &Value<'_>)]) -> PlaceParts {
        let key_of = |(rule, cell): &(RuleId, &Value<'_>)| {
            let text = text_of(cell).unwrap_or_default();
            format!("{} {} {text}", rule.0, text.len())
        };
        let key: String = cells.iter().map(key_of).collect();
        if let Some(known) = self.places.get(&key) {
            return known.clone();
        }
        let place = self.join_place(cells);
        if key.len() <= MAX_BYTES {
            if self.places.len() >= MAX_REMEMBERED {
                self.places = OrderedMap::default();
            }
            self.places.insert(key, place.clone());
        }
        place
    }

    fn join_place(&mut self, cells: &[(RuleId, &Value<'_>)]) -> PlaceParts {
        let mut texts: Vec<(usize, String, Meaning)> = Vec::new();
        for (index, (rule, cell)) in cells.iter().enumerate() {
            let text = text_of(cell).map(|text| text.trim().to_owned()).unwrap_or_default();
            let Some(rule) = self.rules.get(rule.0).filter(|_| !text.is_empty()) else { continue };
            let (meaning, _) = meaning(&mut self.words, &self.options, rule, &text, true);
            texts.push((index, text, meaning));
        }
        let mut meanings: Vec<Meaning> = texts.iter().map(|(.., meaning)| meaning.clone()).collect();
        let region = place::join(&self.words, &mut meanings);
        let mut parts = vec![None; cells.len()];
        for ((index, text, _), meaning) in texts.into_iter().zip(meanings) {
            if let Some(part) = parts.get_mut(index) {
                *part = Some(meaning.into_part(&text, index));
            }
        }
        (parts, region)
    }

    /// Reads the unit of a capacity: understood if it counts as places.
    pub(crate) fn read_unit(&self, units: &[String], cell: &Value<'_>) -> Option<Part> {
        let text = text_of(cell).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())?;
        let is_place = units.iter().any(|unit| word_key(unit) == word_key(&text));
        let meaning = match self.words.answered(WordKind::Unit, &text) {
            Some(answered) => answered,
            None if is_place => Meaning::understood(Vec::new()),
            None => Meaning::asked(WordKind::Unit, Why::Unit, Vec::new()),
        };
        Some(Part { values: Vec::new(), ..meaning.into_part(&text, 0) })
    }

    fn parts(&mut self, rules: &[RuleId], text: &str) -> Vec<Part> {
        let rules = rules.iter().enumerate().filter_map(|(field, rule)| Some((field, self.rules.get(rule.0)?)));
        let rules: Vec<(usize, &CellRule)> = rules.collect();
        let words = &mut self.words;
        let texts = cut(words, &self.options, &rules, text);
        let mut parts: Vec<Part> = texts.iter().map(|part| joint(words, &self.options, &rules, part)).collect();
        if let ([(_, rule)], [first, _, ..]) = (rules.as_slice(), texts.as_slice()) {
            if rule.kind == Some(WordKind::Language) && !has_item_signs(text) {
                share_mode(words, first, &mut parts);
            }
        }
        parts
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    text.hash(&mut hasher);
    hasher.finish()
}

/// Gives the languages behind the first of a list its mode, which is an assumption: "Dolmetscher für Arabisch und Dari".
fn share_mode(words: &WordReader, first: &str, parts: &mut [Part]) {
    let Some(mode) = mode_of_list(words, first) else { return };
    for part in parts.iter_mut().skip(1).filter(|part| part.outcome == Outcome::Understood) {
        let values: Vec<Value<'static>> = part.values.drain(..).map(|(_, value)| value).collect();
        let shared = values.iter().map(|value| with_field(value.clone(), "how", mode.as_str())).collect();
        let is_shared = shared != values;
        let meaning = if is_shared { Meaning::assumed(HOW_OF_LIST, shared) } else { Meaning::understood(values) };
        *part = words.unless_off(WordKind::Language, meaning).into_part(&part.text, 0);
    }
}

/// Cuts a cell into its parts, by the first rule that states how.
fn cut<'t>(words: &mut WordReader, options: &CellOptions, rules: &[(usize, &CellRule)], text: &'t str) -> Vec<&'t str> {
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
    let is_joint = rules.len() > 1 && rules.iter().any(|(_, rule)| rule.reading == ReadAs::Age);
    match is_joint {
        _ if parts.is_empty() => vec![text],
        true => parts.into_iter().flat_map(|part| cut_off_ages(words, options, rules, part)).collect(),
        false => parts,
    }
}

/// Cuts "Frauen ab 18" and "Mädchen (12-17)", whose ages are a field of their own.
fn cut_off_ages<'t>(
    words: &mut WordReader,
    options: &CellOptions,
    rules: &[(usize, &CellRule)],
    text: &'t str,
) -> Vec<&'t str> {
    if text.len() > MAX_BYTES || known(words, options, rules, text) == Known::Certain {
        return vec![text];
    }
    let mut is_certain = |text: &str, is_age: bool| {
        let mut of_kind = rules.iter().filter(|(_, rule)| (rule.reading == ReadAs::Age) == is_age);
        of_kind.any(|(_, rule)| {
            let (meaning, is_stated) = meaning(words, options, rule, text, false);
            is_stated && !meaning.values.is_empty() && meaning.is_certain()
        })
    };
    let is_gap = |letter: char| letter.is_whitespace() || matches!(letter, '(' | ')' | ':');
    let gaps = text.char_indices().filter(|(_, letter)| is_gap(*letter)).take(MAX_GAPS);
    for (index, _) in gaps {
        let (Some(head), Some(rest)) = (text.get(..index), text.get(index..)) else { continue };
        let (head, rest) = (head.trim_matches(is_gap), rest.trim_matches(is_gap));
        let is_cut =
            is_certain(head, false) && is_certain(rest, true) || is_certain(head, true) && is_certain(rest, false);
        if is_cut {
            return vec![head, rest];
        }
    }
    vec![text]
}

/// Returns what a text is known to be in any of the fields.
fn known(words: &mut WordReader, options: &CellOptions, rules: &[(usize, &CellRule)], text: &str) -> Known {
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
            // "Kinder und Jugendliche" is one word for ages.
            Outcome::Asked(asked) if asked.kind == WordKind::Age && !asked.candidates.is_empty() => {
                return Known::Certain;
            }
            _ if meaning.about.is_none() && meaning.is_unknown() => {}
            _ => known = Known::Vague,
        }
    }
    known
}

/// Returns a part with the values of all fields that know it.
fn joint(words: &mut WordReader, options: &CellOptions, rules: &[(usize, &CellRule)], text: &str) -> Part {
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
            // "Kinder" in a target group is rather an age than a role.
            Outcome::Asked(asked) if asked.candidates.is_empty() => 5,
            Outcome::Asked(asked) if asked.kind == WordKind::Age => 3,
            Outcome::Asked(_) => 4,
            Outcome::Lost(_) => 6,
            _ => 7,
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

fn read_as(words: &mut WordReader, options: &CellOptions, rule: &CellRule, text: &str, is_part: bool) -> Meaning {
    match rule.reading {
        ReadAs::Word => word_of_column(words, rule, text, is_part),
        ReadAs::Code => read_code(words, rule, text),
        ReadAs::Either => {
            let code = read_code(words, rule, text);
            if code.outcome == Outcome::Understood { code } else { word_of_column(words, rule, text, is_part) }
        }
        ReadAs::Text => read_text(text),
        ReadAs::Number => read_number(rule, text),
        ReadAs::Date => read_day(text, options.as_of),
        ReadAs::Phone => read_text(text.trim_matches(['"', '\'', '“', '”', '„']).trim_start_matches("tel:").trim()),
        ReadAs::Postcode => read_postcode(words, rule, &options.postcodes, text),
        ReadAs::Plate => read_plate(words, text),
        ReadAs::Age => age_of_column(words, rule, text),
        ReadAs::Born => read_born(text, options.as_of),
    }
}

fn read_text(text: &str) -> Meaning {
    match text.len() {
        0 => Meaning::nothing(),
        1..=MAX_TEXT_BYTES => Meaning::understood(vec![Value::from(text.to_owned())]),
        _ => Meaning::lost("text.too_long"),
    }
}

fn read_number(rule: &CellRule, text: &str) -> Meaning {
    match rule.field.path.as_str() {
        "place.lat" => read_degrees(text, 90),
        "place.lon" => read_degrees(text, 180),
        "ages.min" | "ages.max" => read_end(text, &rule.no_limit),
        "people" => read_whole(text, &Limits { min: 1, max: MAX_PEOPLE }),
        _ => read_whole(text, &Limits { min: 0, max: MAX_PEOPLE }),
    }
}

fn age_of_column(words: &WordReader, rule: &CellRule, text: &str) -> Meaning {
    if let Some(answered) = words.answered(WordKind::Age, text) {
        return answered;
    }
    match words.reads_needs() {
        true => read_age(text, if rule.has_own_no_limit { &rule.no_limit } else { &[] }),
        false => read_ages(text, &rule.no_limit),
    }
}

/// Returns the meaning of a word in a column whose rule may state a language, a mode or a level.
fn word_of_column(words: &mut WordReader, rule: &CellRule, text: &str, is_part: bool) -> Meaning {
    let Some(kind) = rule.kind else { return read_text(text) };
    if is_part && words.answered(kind, text).is_none() {
        if let Some(contained) = words.contained(kind, text) {
            return contained;
        }
    }
    if let Some(language) = &rule.language {
        return of_language(words, kind, language, text);
    }
    let meaning = word_meaning(words, kind, text);
    if let (WordKind::Truth, Some(tag)) = (kind, &rule.field.tag) {
        return truth(meaning, tag);
    }
    if kind == WordKind::Language && meaning.is_certain() {
        return with_stated(words, rule, meaning);
    }
    let is_single = !rule.field.is_list && meaning.values.len() > 1 && meaning.outcome == Outcome::Understood;
    if is_single && words.answered(kind, text).is_none() {
        return Meaning::asked(kind, Why::Several, meaning.values);
    }
    meaning
}

/// Reads a column that says yes or no to one requirement. No states nothing.
fn truth(meaning: Meaning, tag: &str) -> Meaning {
    match meaning.values.as_slice() {
        [Value::String(yes)] if yes == "yes" => Meaning { values: vec![Value::from(tag.to_owned())], ..meaning },
        [Value::String(no)] if no == "no" => Meaning::nothing(),
        _ => meaning,
    }
}

/// Reads a column of levels or modes of one language.
fn of_language(words: &mut WordReader, kind: WordKind, language: &str, text: &str) -> Meaning {
    let spoken = Meaning::understood(vec![Value::from(language.to_owned())]);
    if is_dependent(text) || is_no(words, text) {
        return Meaning::nothing();
    }
    // The cell may state the language too, or both.
    let qualifier = word_meaning(words, kind, text);
    if !qualifier.is_unknown() {
        return match kind {
            WordKind::How => with_mode(words, spoken, &qualifier),
            _ if qualifier.outcome == Outcome::NoValue => qualifier,
            _ => with_level(words, spoken, &qualifier, text),
        };
    }
    let is_yes = words.resolved(WordKind::Truth, text).values == [Value::from("yes")];
    match kind {
        _ if is_yes && !words.reads_needs() => spoken,
        WordKind::Level => Meaning::asked(WordKind::Level, Why::Level, qualifier.possible().to_vec()),
        _ => qualifier,
    }
}

fn is_no(words: &WordReader, text: &str) -> bool {
    words.resolved(WordKind::Truth, text).values == [Value::from("no")]
}

/// Gives languages the mode or level that the rule states.
fn with_stated(words: &WordReader, rule: &CellRule, mut meaning: Meaning) -> Meaning {
    if let Some(mode) = rule.how.as_deref().and_then(|word| term(words, WordKind::How, word)) {
        meaning = with_mode(words, meaning, &mode);
    }
    if let Some((word, level)) =
        rule.level.as_deref().and_then(|word| Some((word, term(words, WordKind::Level, word)?)))
    {
        meaning = with_level(words, meaning, &level, word);
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
