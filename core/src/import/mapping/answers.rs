//! Answers to questions, which become entries of the mapping.

use std::borrow::Cow;

use crate::{
    decode::{
        path::{Path, Record},
        value::Value,
    },
    error::{Error, ErrorDetail, ErrorKind, ErrorSink, message},
    import::{
        fields::field_at,
        mapping::{
            Mapping,
            decoder::{Decoder, raw},
            edit::{ColumnReading, append_at, object_at, read_column},
        },
        question::word_id,
        record_kind::RecordKind,
        rules::Answer,
        word_kind::WordKind,
    },
};

type Entries = Vec<(Cow<'static, str>, Value<'static>)>;

/// The answer that a column is not read because it is about a person.
const NEVER: &str = "never";
/// The answer that a column with a personal name is harmless.
const HARMLESS: &str = "harmless";
/// The answer that a column is of no use.
const IGNORE: &str = "ignore";

/// An answer, and what is known about its question.
struct Given<'v> {
    id: &'v str,
    /// The word as it is written in the files, or `None` if only the id is known.
    text: Option<&'v str>,
    columns: Vec<&'v str>,
    answer: &'v Value<'v>,
}

impl Mapping {
    /// Returns the mapping with answers to questions, which are written into `words`, `postcodes`, `fields` or the lists of columns.
    ///
    /// The answers are an object from the ids of questions to answers, in which null means that the word states nothing; or the list of
    /// questions with their `answer`, in which null means that a question is open. An answer to a question whose word is withheld is
    /// used, but it is not part of the mapping file.
    ///
    /// # Errors
    ///
    /// `import.answers.unknown_id` for an id of no question; `import.answers.contradiction` for two answers to one question, or one
    /// that contradicts the mapping; `import.mapping.type` for an answer that is none.
    ///
    /// # Example: what an office means by a word
    ///
    /// ```
    /// use lotse::{import::Mapping, wire::Value};
    /// let json = r#"{"lotse_mapping": 1, "records": "offers", "fields": {"languages": "Sprachen"}}"#;
    /// let answers = Value::from_json(r#"{"language:kurdisch": ["kmr", "ckb"]}"#)?;
    /// let mapping = Mapping::from_json(json)?.with_answers(&answers)?;
    /// assert!(serde_json::to_string(&mapping).unwrap().contains(r#""words":{"language":{"kurdisch":["kmr","ckb"]}}"#));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn with_answers(&self, answers: &Value) -> Result<Self, Error> {
        let mut errors = ErrorSink::default();
        let mut mapping = self.clone();
        let mut seen: Vec<(&str, Answer)> = Vec::new();
        for (index, given) in given(answers, &mut errors).into_iter().enumerate() {
            let position = position(self.rules.records, index, given.id);
            let Some(answer) = decode_answer(&mut errors, self.rules.records, &position, given.answer) else {
                continue;
            };
            match seen.iter().find(|(id, _)| *id == given.id) {
                Some((_, other)) if *other == answer => {}
                Some(_) => errors.push(contradiction(&position)),
                None => {
                    if let Err(detail) = mapping.apply(&given, &answer, &position) {
                        errors.push(detail);
                    }
                    seen.push((given.id, answer));
                }
            }
        }
        errors.into_result(())?;
        let decoded = Self::from_value(&mapping.written)?;
        let mut rules = decoded.rules;
        rules.withheld = mapping.rules.withheld;
        Ok(Self { rules, ..mapping })
    }

    /// Writes one answer into the mapping.
    fn apply(&mut self, given: &Given<'_>, answer: &Answer, position: &str) -> Result<(), ErrorDetail> {
        let unknown = || {
            let message = message!("import.answers.unknown_id");
            let detail = ErrorDetail::new(ErrorKind::Unknown, "import.answers.unknown_id", message);
            ErrorDetail { path: position.to_owned(), ..detail }
        };
        let end = given.id.find([':', '@']).unwrap_or(given.id.len());
        let (kind, rest) = given.id.split_at_checked(end).ok_or_else(unknown)?;
        let kind: WordKind = kind.parse().map_err(|_| unknown())?;
        if kind == WordKind::RegionTree && rest.is_empty() {
            // Only a table of regions answers it.
            return Ok(());
        }
        if rest.len() < 2 {
            return Err(unknown());
        }
        if rest.starts_with('@') {
            self.rules.withheld.push((given.id.to_owned(), answer.clone()));
            return Ok(());
        }
        let text = given.text.unwrap_or_else(|| rest.trim_start_matches(':'));
        let is_written = match kind {
            WordKind::Column => self.answer_column(&self.column_of(given, text).ok_or_else(unknown)?, answer),
            WordKind::Personal => self.answer_personal(&self.column_of(given, text).ok_or_else(unknown)?, answer),
            WordKind::Postcode if !answer.values.is_empty() => self.answer_postcode(text, answer),
            WordKind::Value => self.answer_value(given, text, answer),
            kind => self.answer_word(kind, text, answer),
        };
        if is_written { Ok(()) } else { Err(contradiction(position)) }
    }

    fn entries(&mut self) -> Option<&mut Entries> {
        match &mut self.written {
            Value::Object(entries) => Some(entries),
            _ => None,
        }
    }

    /// Returns the name of the column that a question is about.
    fn column_of(&self, given: &Given<'_>, text: &str) -> Option<String> {
        if let Some(column) = given.columns.first() {
            return Some((*column).to_owned());
        }
        if given.text.is_some() {
            return Some(text.to_owned());
        }
        let mut names = self.headers.clone();
        for (_, rules) in &self.rules.fields {
            for rule in rules {
                if let crate::import::rules::RuleSource::Column(columns) = &rule.source {
                    names.extend(columns.iter().map(|column| column.name().to_owned()));
                }
            }
        }
        names.into_iter().find(|name| word_id(name) == text || name == text)
    }

    /// Writes that a word of a kind has a meaning. Returns `false` if the mapping states another one.
    fn answer_word(&mut self, kind: WordKind, text: &str, answer: &Answer) -> bool {
        let words = self.rules.words.iter().filter(|(other, _)| *other == kind).flat_map(|(_, words)| words);
        let known = words.filter(|(word, _)| word_id(word) == word_id(text)).map(|(_, known)| known).next();
        if let Some(known) = known {
            return known == answer;
        }
        let Some(entries) = self.entries() else { return false };
        let words = object_at(entries, "words").and_then(|words| object_at(words, kind.as_str()));
        words.map(|words| words.push((Cow::Owned(text.to_owned()), written(answer)))).is_some()
    }

    /// Writes what a word means in the columns of a question, whose rules may list values.
    fn answer_value(&mut self, given: &Given<'_>, text: &str, answer: &Answer) -> bool {
        let fields = self
            .rules
            .fields
            .iter()
            .filter(|(field, _)| given.columns.iter().any(|column| self.rules.field_reads(field, column)));
        let kinds = fields.filter_map(|(field, _)| field_at(self.rules.records, field)?.kind);
        let mut kinds: Vec<WordKind> = kinds.collect();
        kinds.dedup();
        if kinds.is_empty() {
            kinds.push(WordKind::Value);
        }
        // All of them, even after a contradiction.
        let written: Vec<bool> = kinds.into_iter().map(|kind| self.answer_word(kind, text, answer)).collect();
        written.into_iter().all(|is_written| is_written)
    }

    fn answer_postcode(&mut self, postcode: &str, answer: &Answer) -> bool {
        let texts = answer.values.iter().map(|value| match value {
            Value::String(text) => Some(text.clone().into_owned()),
            _ => None,
        });
        let Some(regions) = texts.collect::<Option<Vec<String>>>() else { return false };
        if let Some((_, known)) = self.rules.postcodes.iter().find(|(other, _)| other == postcode) {
            return *known == regions;
        }
        let Some(postcodes) = self.entries().and_then(|entries| object_at(entries, "postcodes")) else { return false };
        postcodes.push((Cow::Owned(postcode.to_owned()), Value::Array(regions.into_iter().map(Value::from).collect())));
        true
    }

    /// Writes that a personal column of needs is harmless, or that it is never read.
    fn answer_personal(&mut self, column: &str, answer: &Answer) -> bool {
        let list = match answer.values.as_slice() {
            [Value::Bool(true)] => "not_personal",
            [Value::Bool(false)] | [] => NEVER,
            [Value::String(text)] if text == HARMLESS => "not_personal",
            [Value::String(text)] if text == NEVER => NEVER,
            _ => return false,
        };
        let Some(entries) = self.entries() else { return false };
        append_at(entries, list, Value::from(column.to_owned()));
        true
    }

    /// Writes what a column is: fields, a way of reading, or nothing.
    fn answer_column(&mut self, column: &str, answer: &Answer) -> bool {
        let records = self.rules.records;
        let is_unused = |list: &[crate::import::column::Columns]| list.iter().any(|columns| columns.are_named(column));
        let is_unused = is_unused(&self.rules.ignore) || is_unused(&self.rules.never);
        if answer.values.is_empty() {
            // A column that a rule reads is only left unread by `never`.
            let list = if self.rules.reads(column) { NEVER } else { IGNORE };
            return is_unused || self.list_column(list, column);
        }
        answer.values.iter().all(|value| match value {
            Value::String(text) if text == IGNORE || text == NEVER => is_unused || self.list_column(text, column),
            _ if is_unused => false,
            Value::String(field) if is_field(records, field) => {
                if self.rules.field_reads(field, column) {
                    return true;
                }
                // A place in another field of regions is the way of reading: its postcodes are no keys.
                let reading = if field.ends_with("postcode") { Some("postcode") } else { None };
                if let Some(reading) = reading.filter(|_| self.rules.reads(column)) {
                    return self.read_as(column, reading);
                }
                let Some(entries) = self.entries() else { return false };
                read_column(entries, records, field, column, ColumnReading::Default)
            }
            Value::String(reading) => self.read_as(column, reading),
            Value::Object(_) => match raw(value, "as") {
                Some(Value::String(reading)) => self.read_as(column, reading),
                _ => false,
            },
            _ => false,
        })
    }

    fn list_column(&mut self, list: &str, column: &str) -> bool {
        let Some(entries) = self.entries() else { return false };
        append_at(entries, list, Value::from(column.to_owned()));
        true
    }

    /// Writes how a column that is read already is read.
    fn read_as(&mut self, column: &str, reading: &str) -> bool {
        let Some(fields) = self.entries().and_then(|entries| object_at(entries, "fields")) else { return false };
        let mut is_found = false;
        for (_, value) in fields {
            set_reading(value, column, reading, &mut is_found);
        }
        is_found
    }
}

/// Sets `as` in each rule that reads a column, within objects of fields too.
fn set_reading(value: &mut Value<'static>, column: &str, reading: &str, is_found: &mut bool) {
    let is_column = |value: &Value<'_>| *value == Value::from(column);
    match value {
        Value::String(text) if text == column => {
            *is_found = true;
            let column = (Cow::Borrowed("column"), std::mem::replace(value, Value::Null));
            *value = Value::Object(vec![column, (Cow::Borrowed("as"), Value::from(reading.to_owned()))]);
        }
        Value::Array(rules) => rules.iter_mut().for_each(|rule| set_reading(rule, column, reading, is_found)),
        Value::Object(entries) if entries.iter().any(|(key, value)| key == "column" && is_column(value)) => {
            *is_found = true;
            entries.retain(|(key, _)| key != "as");
            entries.push((Cow::Borrowed("as"), Value::from(reading.to_owned())));
        }
        Value::Object(entries) if !entries.iter().any(|(key, _)| key == "column" || key == "columns") => {
            entries.iter_mut().for_each(|(_, value)| set_reading(value, column, reading, is_found));
        }
        _ => {}
    }
}

/// Returns the answers with what is known about their questions.
fn given<'v>(answers: &'v Value<'v>, errors: &mut ErrorSink) -> Vec<Given<'v>> {
    match answers {
        Value::Object(_) if raw(answers, "questions").is_some() => {
            raw(answers, "questions").map(|questions| given(questions, errors)).unwrap_or_default()
        }
        Value::Object(entries) => {
            let given = entries.iter().map(|(id, answer)| Given { id, text: None, columns: Vec::new(), answer });
            given.collect()
        }
        Value::Array(questions) => {
            let given = questions.iter().filter_map(|question| {
                let text = |key| match raw(question, key) {
                    Some(Value::String(text)) => Some(&**text),
                    _ => None,
                };
                let columns = match raw(question, "columns") {
                    Some(Value::Array(columns)) => columns.as_slice(),
                    _ => &[],
                };
                let columns = columns.iter().filter_map(|column| match column {
                    Value::String(column) => Some(&**column),
                    _ => None,
                });
                let answer = raw(question, "answer").filter(|answer| **answer != Value::Null)?;
                Some(Given {
                    id: text("id").unwrap_or_default(),
                    text: text("text"),
                    columns: columns.collect(),
                    answer,
                })
            });
            given.collect()
        }
        _ => {
            let message = message!("type.object");
            let detail = ErrorDetail::new(ErrorKind::Shape, "import.mapping.type", message);
            errors.push(ErrorDetail { path: "answers".to_owned(), ..detail });
            Vec::new()
        }
    }
}

fn decode_answer(errors: &mut ErrorSink, records: RecordKind, position: &str, value: &Value) -> Option<Answer> {
    let root = Path::root(Record::Mapping);
    let mut decoder = Decoder { errors, records, is_amendment: false };
    decoder.answer(&root.field(position), value)
}

/// Returns where an answer is. The id of a question about a need may be a word, unlike its number.
fn position(records: RecordKind, index: usize, id: &str) -> String {
    match records {
        RecordKind::Offers if id.len() <= 256 => format!("answers.{id}"),
        _ => format!("answers[{index}]"),
    }
}

fn contradiction(position: &str) -> ErrorDetail {
    let message = message!("import.answers.contradiction");
    let detail = ErrorDetail::new(ErrorKind::Conflict, "import.answers.contradiction", message);
    ErrorDetail { path: position.to_owned(), ..detail }
}

/// Returns an answer as a mapping states it.
fn written(answer: &Answer) -> Value<'static> {
    let is = match answer.values.as_slice() {
        [] => Value::Null,
        values => Value::Array(values.to_vec()),
    };
    match &answer.assumed {
        None => is,
        Some(code) => {
            Value::Object(vec![(Cow::Borrowed("is"), is), (Cow::Borrowed("assumed"), Value::from(code.clone()))])
        }
    }
}

/// Returns `true` for a field, a column of marks such as `access.wheelchair`, or one of levels such as `languages.de`.
fn is_field(records: RecordKind, field: &str) -> bool {
    let is_part = |(whole, part): (&str, &str)| {
        matches!(whole, "access" | "no_access" | "languages") && !part.is_empty() && field_at(records, whole).is_some()
    };
    field_at(records, field).is_some() || field.split_once('.').is_some_and(is_part)
}
