//! The key `fields`: rules of fields, of which some are objects of fields.

use crate::{
    decode::{path::Path, value::Value},
    error::{ErrorKind, message},
    import::{
        column::Columns,
        fields::{field_at, fields_of},
        mapping::{
            amend::is_rule,
            decoder::{Decoder, raw},
        },
        record_kind::RecordKind,
        rules::{RuleSource, Rules},
    },
};

pub(super) const OFFER: &[&str] = &[
    "name",
    "organisation",
    "help",
    "languages",
    "area",
    "place",
    "crimes",
    "capacity",
    "roles",
    "genders",
    "ages",
    "formats",
    "access",
    "no_access",
    "contact",
];
pub(super) const NEED: &[&str] = &[
    "case",
    "group",
    "people",
    "priority",
    "help",
    "languages",
    "region",
    "crime",
    "roles",
    "gender",
    "age",
    "formats",
    "access",
];

/// The parts of fields that are objects.
pub(super) const PLACE: &[&str] = &["region", "postcode", "town", "plate", "lat", "lon", "not_shared_by"];
pub(super) const CAPACITY: &[&str] = &["state", "free", "total", "updated", "unit"];
pub(super) const AGES: &[&str] = &["min", "max", "no_limit"];
pub(super) const CONTACT: &[&str] = &["phone", "email", "url"];
pub(super) const REGION: &[&str] = &["region", "postcode", "town", "plate"];

impl Decoder<'_> {
    /// Decodes the rules of all fields, in the order of the fields of a record.
    pub(super) fn fields(&mut self, path: &Path<'_>, value: &Value, rules: &mut Rules) {
        let names = match self.records {
            RecordKind::Offers => OFFER,
            RecordKind::Needs => NEED,
        };
        let Some(fields) = self.errors.fields(path, value, names) else { return };
        for name in names {
            if let Some(value) = fields.get(name) {
                self.field(&path.field(name), value, name, rules);
            }
        }
        let order = fields_of(self.records);
        rules.fields.sort_by_key(|(field, _)| order.iter().position(|known| known.path == field));
    }

    fn field(&mut self, path: &Path<'_>, value: &Value, name: &'static str, rules: &mut Rules) {
        match name {
            "place" => {
                let Some(parts) = self.errors.fields(path, value, PLACE) else { return };
                if let Some(value) = parts.get("not_shared_by") {
                    let path = path.field("not_shared_by");
                    rules.not_shared_by = self.errors.integer(&path, value, 1..=i64::from(u32::MAX));
                }
                self.parts(path, value, PLACE, name, rules);
            }
            "capacity" => {
                let Some(parts) = self.errors.fields(path, value, CAPACITY) else { return };
                if let Some(value) = parts.get("unit") {
                    rules.unit = self.unit(&path.field("unit"), value);
                }
                self.parts(path, value, CAPACITY, name, rules);
            }
            "contact" => {
                if self.errors.fields(path, value, CONTACT).is_some() {
                    self.parts(path, value, CONTACT, name, rules);
                }
            }
            "ages" if !is_rule(value) => self.ages(path, value, rules),
            "region" if !is_rule(value) => {
                if self.errors.fields(path, value, REGION).is_some() {
                    self.parts(path, value, REGION, name, rules);
                }
            }
            _ => {
                let decoded = self.rules(path, value, name);
                rules.fields.push((name.to_owned(), decoded));
            }
        }
    }

    /// Decodes the rules of the parts of a field.
    fn parts(&mut self, path: &Path<'_>, value: &Value, parts: &[&'static str], name: &str, rules: &mut Rules) {
        let Value::Object(entries) = value else { return };
        for part in parts {
            let value = entries.iter().find(|(key, value)| key == part && !value.is_absent()).map(|(_, value)| value);
            let field = if *part == name { name.to_owned() } else { format!("{name}.{part}") };
            // Others, such as `unit`, are no fields of a record.
            if let Some(value) = value.filter(|_| field_at(self.records, &field).is_some()) {
                let decoded = self.rules(&path.field(part), value, &field);
                rules.fields.push((field, decoded));
            }
        }
    }

    fn ages(&mut self, path: &Path<'_>, value: &Value, rules: &mut Rules) {
        if self.errors.fields(path, value, AGES).is_none() {
            return;
        }
        // An empty list is a value here: every number is a limit.
        let no_limit = raw(value, "no_limit").filter(|value| **value != Value::Null);
        let no_limit: Option<Vec<i64>> = no_limit.map(|value| self.integers(&path.field("no_limit"), value));
        let first = rules.fields.len();
        self.parts(path, value, &["min", "max"], "ages", rules);
        for rule in rules.fields.iter_mut().skip(first).flat_map(|(_, rules)| rules) {
            rule.no_limit = rule.no_limit.take().or_else(|| no_limit.clone());
        }
    }

    /// Decodes the units that count as places: a rule with a column and `is`.
    fn unit(&mut self, path: &Path<'_>, value: &Value) -> Option<(Columns, Vec<String>)> {
        let fields = self.errors.fields(path, value, &["column", "is"])?;
        let (Some(column), Some(is)) = (fields.get("column"), fields.get("is")) else {
            let missing = if fields.get("column").is_none() { "column" } else { "is" };
            self.errors.missing_field(&path.field(missing));
            return None;
        };
        Some((self.columns(&path.field("column"), column)?, self.texts(&path.field("is"), is)))
    }

    /// Reports fields that are copied from each other in a circle.
    pub(super) fn reject_circles(&mut self, path: &Path<'_>, rules: &Rules) {
        for (field, _) in &rules.fields {
            let (mut reached, mut open) = (Vec::new(), sources_of(rules, field));
            while let Some(next) = open.pop() {
                if !reached.contains(&next) {
                    open.extend(sources_of(rules, next));
                    reached.push(next);
                }
            }
            if reached.contains(&field.as_str()) {
                let path = path.field(field);
                let message = message!("import.mapping.circle.from");
                self.errors.push(path.error(ErrorKind::Conflict, "circle", message));
                return;
            }
        }
    }
}

/// Returns the fields from which a field is copied.
fn sources_of<'r>(rules: &'r Rules, field: &str) -> Vec<&'r str> {
    let of_field = rules.fields.iter().filter(|(other, _)| other == field).flat_map(|(_, rules)| rules);
    let sources = of_field.filter_map(|rule| match &rule.source {
        RuleSource::From(from) => Some(from.as_str()),
        _ => None,
    });
    sources.collect()
}
