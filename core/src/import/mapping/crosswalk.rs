//! Crosswalks: codes of a taxonomy, and the values of fields that they stand for.

use crate::{
    decode::{path::Path, value::Value},
    error::message,
    import::{
        column::Columns,
        fields::field_at,
        mapping::decoder::{Decoder, raw},
        rules::{Crosswalk, CrosswalkEntry, Other, Terms},
    },
};

pub(super) const KEYS: &[&str] =
    &["name", "column", "terms", "code", "scheme", "split", "by", "codes", "own", "other", "without"];
const OTHERS: &[(&str, Other)] =
    &[("foreign", Other::Foreign), ("unknown", Other::Unknown), ("leave_out", Other::LeaveOut)];

impl Decoder<'_> {
    pub(super) fn crosswalks(&mut self, path: &Path<'_>, value: &Value) -> Vec<Crosswalk> {
        let items = self.errors.array(path, value);
        items.iter().enumerate().filter_map(|(index, item)| self.crosswalk(&path.item(index), item)).collect()
    }

    fn crosswalk(&mut self, path: &Path<'_>, value: &Value) -> Option<Crosswalk> {
        let fields = self.errors.fields(path, value, KEYS)?;
        let mut text = |key: &'static str| self.text(&path.field(key), fields.get(key)?);
        let (name, scheme, split) = (text("name"), text("scheme"), text("split"));
        if fields.get("name").is_none() {
            self.errors.missing_field(&path.field("name"));
        }
        let by_prefix = fields
            .get("by")
            .and_then(|value| self.one_of(&path.field("by"), value, &[("prefix", true), ("whole", false)]));
        let other = fields.get("other").and_then(|value| self.one_of(&path.field("other"), value, OTHERS));
        let without = fields
            .get("without")
            .and_then(|value| self.one_of(&path.field("without"), value, &[("unknown", false), ("leave_out", true)]));
        let codes = fields.get("codes").map(|value| self.crosswalk_codes(&path.field("codes"), value));
        let own = fields.get("own").map(|value| self.own_schemes(&path.field("own"), value));
        let terms = self.terms(path, value);
        Some(Crosswalk {
            name: name?,
            terms: terms?,
            scheme,
            split,
            by_prefix: by_prefix.unwrap_or(true),
            codes: codes.unwrap_or_default(),
            own: own.unwrap_or_default(),
            other: other.unwrap_or(Other::Foreign),
            leaves_out_without: without.unwrap_or_default(),
        })
    }

    fn terms(&mut self, path: &Path<'_>, value: &Value) -> Option<Terms> {
        let code = raw(value, "code").map(|value| self.texts(&path.field("code"), value));
        match (raw(value, "column"), raw(value, "terms")) {
            (Some(column), None) => Some(Terms::Column(self.columns(&path.field("column"), column)?)),
            (None, Some(terms)) => {
                let code = code.unwrap_or_else(|| vec!["code".to_owned()]);
                Some(Terms::Objects { path: self.columns(&path.field("terms"), terms)?, code })
            }
            // The amended crosswalk has one.
            (None, None) if self.is_amendment => Some(Terms::Objects { path: Columns(Vec::new()), code: Vec::new() }),
            _ => {
                self.expected_one_of(path, "`column`, `terms`");
                None
            }
        }
    }

    fn own_schemes(&mut self, path: &Path<'_>, value: &Value) -> Vec<(String, String)> {
        let entries = self.errors.entries(path, value);
        let schemes = entries.iter().filter_map(|(scheme, field)| {
            let path = self.entry_path(path, scheme);
            let field = self.text(&path, field)?;
            self.is_field(&path, &field).then(|| (scheme.clone().into_owned(), field))
        });
        schemes.collect()
    }

    /// Returns whether the records have a field; otherwise reports it.
    fn is_field(&mut self, path: &Path<'_>, field: &str) -> bool {
        let is_field = field_at(self.records, field).is_some();
        if !is_field {
            self.unknown_field(path);
        }
        is_field
    }

    fn crosswalk_codes(&mut self, path: &Path<'_>, value: &Value) -> Vec<(String, CrosswalkEntry)> {
        let entries = self.errors.entries(path, value);
        let codes = entries.iter().filter_map(|(code, value)| {
            let path = self.entry_path(path, code);
            Some((code.clone().into_owned(), self.crosswalk_entry(&path, value)?))
        });
        codes.collect()
    }

    /// Decodes the values of fields, in `is` if they are an assumption; null for a code that states nothing.
    fn crosswalk_entry(&mut self, path: &Path<'_>, value: &Value) -> Option<CrosswalkEntry> {
        let Some(is) = raw(value, "is") else {
            return Some(CrosswalkEntry { fields: self.values_of_fields(path, value)?, assumed: None });
        };
        let fields = self.errors.fields(path, value, &["is", "assumed"])?;
        let assumed = fields.get("assumed").and_then(|value| self.text(&path.field("assumed"), value));
        Some(CrosswalkEntry { fields: self.values_of_fields(&path.field("is"), is)?, assumed })
    }

    fn values_of_fields(&mut self, path: &Path<'_>, value: &Value) -> Option<Vec<(String, Vec<Value<'static>>)>> {
        match value {
            Value::Null => return Some(Vec::new()),
            Value::Object(_) => {}
            _ => {
                self.expected(path, message!("import.mapping.values"));
                return None;
            }
        }
        let entries = self.errors.entries(path, value);
        let values = entries.iter().filter_map(|(field, values)| {
            let path = self.entry_path(path, field);
            let values = self.is_field(&path, field).then(|| self.answer_values(&path, values)).flatten()?;
            Some((field.clone().into_owned(), values))
        });
        Some(values.collect())
    }
}
