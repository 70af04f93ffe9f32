//! One rule of a field: where its values come from, and how they are read.

use crate::{
    decode::{path::Path, value::Value},
    error::{ErrorKind, message},
    import::{
        column::Columns,
        fields::{field_at, fields_of},
        mapping::decoder::{Decoder, raw},
        rules::{CodeCondition, CodeResult, CodeRule, MARKS, ReadAs, Rule, RuleSource, Split, Values, WordOrColumn},
    },
};

/// The longest code that lost its zeros.
const MAX_DIGITS: i64 = 20;

const READINGS: &[(&str, ReadAs)] = &[
    ("word", ReadAs::Word),
    ("code", ReadAs::Code),
    ("either", ReadAs::Either),
    ("text", ReadAs::Text),
    ("number", ReadAs::Number),
    ("date", ReadAs::Date),
    ("phone", ReadAs::Phone),
    ("postcode", ReadAs::Postcode),
    ("plate", ReadAs::Plate),
    ("age", ReadAs::Age),
    ("born", ReadAs::Born),
];

/// The keys of a rule. The first four are its sources; the last four are those of languages only.
pub(super) const KEYS: &[&str] = &[
    "column",
    "columns",
    "constant",
    "from",
    "marked",
    "as",
    "words",
    "values",
    "else",
    "split",
    "null",
    "no_limit",
    "when",
    "unless",
    "when_empty",
    "rows",
    "pad",
    "prefix",
    "strip",
    "rules",
    "tag",
    "how",
    "level",
    "language",
];
const OTHER_KEYS: &[&str] = &[
    "column",
    "columns",
    "constant",
    "from",
    "marked",
    "as",
    "words",
    "values",
    "else",
    "split",
    "null",
    "no_limit",
    "when",
    "unless",
    "when_empty",
    "rows",
    "pad",
    "prefix",
    "strip",
    "rules",
];

impl Decoder<'_> {
    /// Decodes a rule or a list of rules of a field.
    pub(super) fn rules(&mut self, path: &Path<'_>, value: &Value, field: &str) -> Vec<Rule> {
        match value {
            Value::Array(items) => {
                let items = items.iter().enumerate();
                items.filter_map(|(index, item)| self.rule(&path.item(index), item, field)).collect()
            }
            value => self.rule(path, value, field).into_iter().collect(),
        }
    }

    fn rule(&mut self, path: &Path<'_>, value: &Value, field: &str) -> Option<Rule> {
        let Value::Object(_) = value else {
            return Some(Rule::new(RuleSource::Column(self.columns(path, value)?)));
        };
        let fields = self.errors.fields(path, value, if field == "languages" { KEYS } else { OTHER_KEYS })?;
        let mut rule = Rule::new(RuleSource::Constant(Value::Null));
        self.reading(path, value, &mut rule);
        self.conditions(path, value, &mut rule);
        self.codes(path, value, &mut rule);
        self.language(path, value, &mut rule);
        // After the other keys, so that their errors are reported even if the rule has no source.
        let sources = KEYS.iter().take(4).filter(|key| fields.get(key).is_some());
        let [key] = sources.collect::<Vec<_>>()[..] else {
            self.expected_one_of(path, "`column`, `columns`, `constant`, `from`");
            return None;
        };
        rule.source = self.rule_source(path, key, value)?;
        Some(rule)
    }

    fn rule_source(&mut self, path: &Path<'_>, key: &str, rule: &Value) -> Option<RuleSource> {
        let (value, inner) = (raw(rule, key)?, path.field(key));
        match key {
            "column" => self.columns(&inner, value).map(RuleSource::Column),
            "columns" => {
                let entries = self.errors.entries(&inner, value);
                let entries =
                    entries.iter().map(|(name, value)| (Columns::from_name(name), value.clone().into_owned()));
                let entries: Vec<_> = entries.collect();
                if entries.iter().any(|(_, value)| value.is_absent()) {
                    self.expected(&inner, message!("import.mapping.answer"));
                }
                let marked = raw(rule, "marked").map(|value| self.texts(&path.field("marked"), value));
                let marked = marked.unwrap_or_else(|| MARKS.map(str::to_owned).to_vec());
                Some(RuleSource::Marked(entries, marked))
            }
            "constant" => Some(RuleSource::Constant(value.clone().into_owned())),
            _ => {
                let from = self.text(&inner, value)?;
                if field_at(self.records, &from).is_none() {
                    self.unknown_field(&inner);
                    return None;
                }
                Some(RuleSource::From(from))
            }
        }
    }

    /// Reports a name that is no field of the records.
    pub(super) fn unknown_field(&mut self, path: &Path<'_>) {
        let names: Vec<&str> = fields_of(self.records).iter().map(|field| field.path).collect();
        let hint = message!("unknown_field.hint").with(&[("names", &names.join(", "))]);
        self.errors.push(path.error(ErrorKind::Shape, "unknown_field", message!("unknown_field")).with_hint(hint));
    }

    /// Decodes the keys about how a cell is read.
    fn reading(&mut self, path: &Path<'_>, value: &Value, rule: &mut Rule) {
        let key = |name| raw(value, name).filter(|value| **value != Value::Null);
        rule.reading = key("as").and_then(|value| self.one_of(&path.field("as"), value, READINGS));
        rule.words = key("words").and_then(|value| {
            let name = self.text(&path.field("words"), value)?;
            self.kind(&path.field("words"), &name)
        });
        let entries = key("values").map(|value| self.answers(&path.field("values"), value));
        // Null is an answer here: other cells state nothing.
        let otherwise = raw(value, "else").and_then(|value| self.answer(&path.field("else"), value));
        if entries.is_some() || otherwise.is_some() {
            rule.values = Some(Values { entries: entries.unwrap_or_default(), otherwise });
        }
        rule.split = key("split").and_then(|value| {
            Some(match self.text(&path.field("split"), value)?.as_str() {
                "list" => Split::List,
                "none" => Split::None,
                separators => Split::Separators(separators.to_owned()),
            })
        });
        // An empty list is a value here: nothing is null.
        rule.null = key("null").map(|value| self.texts(&path.field("null"), value));
        rule.no_limit = key("no_limit").map(|value| self.integers(&path.field("no_limit"), value));
    }

    /// Decodes the keys about the records that a rule is for.
    fn conditions(&mut self, path: &Path<'_>, value: &Value, rule: &mut Rule) {
        let key = |name| raw(value, name).filter(|value| **value != Value::Null);
        rule.when = key("when").and_then(|value| self.test(&path.field("when"), value));
        rule.unless = key("unless").and_then(|value| self.test(&path.field("unless"), value));
        let when_empty = key("when_empty").and_then(|value| self.errors.boolean(&path.field("when_empty"), value));
        rule.when_empty = when_empty.unwrap_or_default();
        rule.rows = key("rows").and_then(|value| self.columns(&path.field("rows"), value));
    }

    /// Decodes the keys about codes.
    fn codes(&mut self, path: &Path<'_>, value: &Value, rule: &mut Rule) {
        let key = |name| raw(value, name).filter(|value| **value != Value::Null);
        rule.pad = key("pad").and_then(|value| self.errors.integer(&path.field("pad"), value, 1..=MAX_DIGITS));
        rule.prefix = key("prefix").and_then(|value| self.text(&path.field("prefix"), value)).unwrap_or_default();
        rule.strip = key("strip").map(|value| self.texts(&path.field("strip"), value)).unwrap_or_default();
        rule.code_rules = key("rules").map(|value| self.code_rules(&path.field("rules"), value)).unwrap_or_default();
    }

    fn code_rules(&mut self, path: &Path<'_>, value: &Value) -> Vec<CodeRule> {
        let items = self.errors.array(path, value);
        items.iter().enumerate().filter_map(|(index, item)| self.code_rule(&path.item(index), item)).collect()
    }

    fn code_rule(&mut self, path: &Path<'_>, value: &Value) -> Option<CodeRule> {
        let fields = self.errors.fields(path, value, &["digits", "is", "prefix", "value"])?;
        let condition = match (fields.get("digits"), fields.get("is")) {
            (Some(digits), None) => CodeCondition::Digits(self.integers(&path.field("digits"), digits)),
            (None, Some(is)) => CodeCondition::Is(self.text(&path.field("is"), is)?),
            _ => {
                self.expected_one_of(path, "`digits`, `is`");
                return None;
            }
        };
        let result = match (fields.get("prefix"), fields.get("value")) {
            (Some(prefix), None) => CodeResult::Prefix(self.text(&path.field("prefix"), prefix)?),
            (None, Some(value)) => CodeResult::Value(self.text(&path.field("value"), value)?),
            _ => {
                self.expected_one_of(path, "`prefix`, `value`");
                return None;
            }
        };
        Some(CodeRule { condition, result })
    }

    /// Decodes the keys of languages.
    fn language(&mut self, path: &Path<'_>, value: &Value, rule: &mut Rule) {
        let key = |name| raw(value, name).filter(|value| **value != Value::Null);
        rule.tag = key("tag").and_then(|value| self.columns(&path.field("tag"), value));
        rule.how = key("how").and_then(|value| self.word_or_column(&path.field("how"), value));
        rule.level = key("level").and_then(|value| self.word_or_column(&path.field("level"), value));
        rule.language = key("language").and_then(|value| self.text(&path.field("language"), value));
    }

    fn word_or_column(&mut self, path: &Path<'_>, value: &Value) -> Option<WordOrColumn> {
        let Value::Object(_) = value else {
            return self.text(path, value).map(WordOrColumn::Word);
        };
        let fields = self.errors.fields(path, value, &["column"])?;
        match fields.get("column") {
            Some(column) => self.columns(&path.field("column"), column).map(WordOrColumn::Column),
            None => {
                self.errors.missing_field(&path.field("column"));
                None
            }
        }
    }
}
