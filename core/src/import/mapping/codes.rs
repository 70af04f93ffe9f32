//! The codes of a mapping, checked against a vocabulary.

use crate::{
    decode::{
        code_kind::CodeKind,
        path::{Path, Record},
        value::Value,
    },
    error::{ErrorKind, ErrorSink, Message, message},
    import::{
        fields::kind_of,
        known_code::is_known,
        mapping::{Mapping, decoder::Decoder, decoder::raw},
        rules::{ReadAs, Rule, RuleSource},
        word_kind::WordKind,
    },
    model::values_or_any::ANY,
    vocabulary::Vocabulary,
};

/// Checks codes, and collects errors.
struct Checker<'c> {
    decoder: Decoder<'c>,
    vocabulary: &'c Vocabulary,
}

impl Mapping {
    /// Checks every code of the mapping: in answers, values, marked columns, constants and crosswalks.
    pub(crate) fn check_codes(&self, vocabulary: &Vocabulary, errors: &mut ErrorSink) {
        let rules = &self.rules;
        let decoder = Decoder { errors, records: rules.records, is_amendment: false };
        let mut checker = Checker { decoder, vocabulary };
        let root = Path::root(Record::Mapping).with_suggestions(vocabulary);
        for (kind, words) in &rules.words {
            for (word, answer) in words {
                let (path, kind_path) = (root.field("words"), kind.as_str());
                let path = path.field(kind_path);
                checker.values(&checker.decoder.entry_path(&path, word), *kind, &answer.values);
            }
        }
        for (kind, items) in &rules.contains {
            let path = root.field("contains");
            items.iter().for_each(|(_, answer)| checker.values(&path.field(kind.as_str()), *kind, &answer.values));
        }
        for (field, rules_of_field) in &rules.fields {
            let kind = kind_of(rules.records, field);
            let path = root.field("fields");
            rules_of_field.iter().for_each(|rule| checker.rule(&path.field(field), kind, rule));
        }
        for crosswalk in &rules.crosswalk {
            for (code, entry) in &crosswalk.codes {
                for (field, values) in &entry.fields {
                    let (path, kind) = (root.field("crosswalk"), kind_of(rules.records, field));
                    let path = checker.decoder.entry_path(&path, code);
                    kind.into_iter().for_each(|kind| checker.values(&path.field(field), kind, values));
                }
            }
        }
        if let Some(within) = &rules.within {
            checker.text(&root.field("within"), CodeKind::Region, within);
        }
        for (postcode, regions) in &rules.postcodes {
            let path = root.field("postcodes");
            let path = checker.decoder.entry_path(&path, postcode);
            regions.iter().for_each(|region| checker.text(&path, CodeKind::Region, region));
        }
    }
}

impl Checker<'_> {
    fn rule(&mut self, path: &Path<'_>, kind: Option<WordKind>, rule: &Rule) {
        let Some(kind) = rule.words.or(kind) else { return };
        if let Some(values) = &rule.values {
            let path = path.field("values");
            for (word, answer) in &values.entries {
                self.values(&self.decoder.entry_path(&path, word), kind, &answer.values);
            }
            values.otherwise.iter().for_each(|answer| self.values(&path, kind, &answer.values));
        }
        // With `words`, marked columns have words instead of codes.
        if rule.words.is_some() || rule.reading.is_some_and(|reading| reading != ReadAs::Code) {
            return;
        }
        match &rule.source {
            RuleSource::Marked(columns, _) => {
                columns
                    .iter()
                    .for_each(|(_, value)| self.values(&path.field("columns"), kind, std::slice::from_ref(value)));
            }
            RuleSource::Constant(value) => self.values(&path.field("constant"), kind, std::slice::from_ref(value)),
            RuleSource::Column(_) | RuleSource::From(_) => {}
        }
    }

    fn values(&mut self, path: &Path<'_>, kind: WordKind, values: &[Value<'static>]) {
        let Some(kind) = kind.code_kind() else { return };
        for value in values {
            match value {
                Value::Array(items) => items.iter().for_each(|item| self.value(path, kind, item)),
                value => self.value(path, kind, value),
            }
        }
    }

    fn value(&mut self, path: &Path<'_>, kind: CodeKind, value: &Value<'_>) {
        match value {
            Value::String(text) => self.text(path, kind, text),
            Value::Object(_) => {
                for (key, kind) in [
                    ("tag", CodeKind::Language),
                    ("how", CodeKind::How),
                    ("level", CodeKind::Level),
                    ("code", CodeKind::Crime),
                    ("state", CodeKind::State),
                ] {
                    if let Some(Value::String(text)) = raw(value, key) {
                        self.text(path, kind, text);
                    }
                }
                match raw(value, "context") {
                    Some(Value::String(text)) => self.text(path, CodeKind::Context, text),
                    Some(Value::Array(items)) => {
                        items.iter().for_each(|item| self.value(path, CodeKind::Context, item))
                    }
                    _ => {}
                }
            }
            // Numbers and truth values are no codes.
            _ => self.unknown(path, None),
        }
    }

    fn text(&mut self, path: &Path<'_>, kind: CodeKind, code: &str) {
        if code != ANY && !is_known(self.vocabulary, kind, code) {
            self.unknown(path, path.suggestion(kind, code));
        }
    }

    fn unknown(&mut self, path: &Path<'_>, hint: Option<Message>) {
        let detail = path.error(ErrorKind::Unknown, "code", message!("unknown_code"));
        self.decoder.errors.push(match hint {
            Some(hint) => detail.with_hint(hint),
            None => detail,
        });
    }
}
