//! Answers, and tests of records.

use crate::{
    decode::{path::Path, value::Value},
    error::message,
    import::{
        mapping::decoder::{Decoder, raw},
        rules::{Answer, Condition, Test},
    },
};

/// The day of the import, in place of a date.
const AS_OF: &str = "as_of";

pub(super) const TEST: &[&str] = &["column", "is", "not", "empty", "contains", "before"];

impl Decoder<'_> {
    /// Decodes an answer: a value, a list, null for a word that states nothing, or an object with `is` and `assumed`.
    pub(super) fn answer(&mut self, path: &Path<'_>, value: &Value) -> Option<Answer> {
        let Some(is) = raw(value, "is") else {
            return Some(Answer { values: self.answer_values(path, value)?, assumed: None });
        };
        let fields = self.errors.fields(path, value, &["is", "assumed"])?;
        let assumed = fields.get("assumed").and_then(|value| self.text(&path.field("assumed"), value));
        Some(Answer { values: self.answer_values(&path.field("is"), is)?, assumed })
    }

    /// Decodes the values of an answer; none for null.
    pub(super) fn answer_values(&mut self, path: &Path<'_>, value: &Value) -> Option<Vec<Value<'static>>> {
        match value {
            Value::Null => Some(Vec::new()),
            Value::Array(items) => {
                let items = items.iter().enumerate().map(|(index, item)| self.answer_value(&path.item(index), item));
                items.collect::<Vec<_>>().into_iter().collect()
            }
            value => self.answer_value(path, value).map(|value| vec![value]),
        }
    }

    fn answer_value(&mut self, path: &Path<'_>, value: &Value) -> Option<Value<'static>> {
        match value {
            Value::Null | Value::Array(_) => {
                self.expected(path, message!("import.mapping.answer"));
                None
            }
            Value::String(_) => self.text(path, value).map(Value::from),
            value => Some(value.clone().into_owned()),
        }
    }

    /// Decodes an object from words to answers.
    pub(super) fn answers(&mut self, path: &Path<'_>, value: &Value) -> Vec<(String, Answer)> {
        let entries = self.errors.entries(path, value);
        let answers = entries.iter().filter_map(|(word, value)| {
            let path = self.entry_path(path, word);
            Some((word.clone().into_owned(), self.answer(&path, value)?))
        });
        answers.collect()
    }

    /// Decodes texts to search for, with their answers.
    pub(super) fn contains(&mut self, path: &Path<'_>, value: &Value) -> Vec<(Vec<String>, Answer)> {
        let items = self.errors.array(path, value);
        let items = items.iter().enumerate().filter_map(|(index, item)| {
            let path = path.item(index);
            let fields = self.errors.fields(&path, item, &["text", "is"])?;
            let Some(is) = raw(item, "is") else {
                self.errors.missing_field(&path.field("is"));
                return None;
            };
            let texts = fields.get("text").map(|value| self.texts(&path.field("text"), value));
            if texts.as_ref().is_none_or(Vec::is_empty) {
                self.errors.missing_field(&path.field("text"));
            }
            Some((texts?, self.answer(&path.field("is"), is)?))
        });
        items.collect()
    }

    /// Decodes a list of tests.
    pub(super) fn tests(&mut self, path: &Path<'_>, value: &Value) -> Vec<Test> {
        let items = self.errors.array(path, value);
        items.iter().enumerate().filter_map(|(index, item)| self.test(&path.item(index), item)).collect()
    }

    /// Decodes a test: a column and one condition.
    pub(super) fn test(&mut self, path: &Path<'_>, value: &Value) -> Option<Test> {
        let fields = self.errors.fields(path, value, TEST)?;
        let Some(column) = fields.get("column") else {
            self.errors.missing_field(&path.field("column"));
            return None;
        };
        let column = self.columns(&path.field("column"), column);
        let conditions = TEST.iter().skip(1);
        let mut conditions =
            conditions.filter_map(|name| Some((*name, raw(value, name).filter(|v| **v != Value::Null)?)));
        let (Some((name, condition)), None) = (conditions.next(), conditions.next()) else {
            self.expected_one_of(path, "`is`, `not`, `empty`, `contains`, `before`");
            return None;
        };
        let condition = self.condition(&path.field(name), name, condition)?;
        Some(Test { column: column?, condition })
    }

    fn condition(&mut self, path: &Path<'_>, name: &str, value: &Value) -> Option<Condition> {
        Some(match name {
            "is" => Condition::Is(self.texts(path, value)),
            "not" => Condition::Not(self.texts(path, value)),
            "contains" => Condition::Contains(self.texts(path, value)),
            "empty" => Condition::Empty(self.errors.boolean(path, value)?),
            _ if *value == Value::from(AS_OF) => Condition::Before(None),
            _ => Condition::Before(Some(self.errors.date(path, value)?)),
        })
    }
}
