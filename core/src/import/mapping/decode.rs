//! Decoding of a whole mapping file, with every error.

use crate::{
    decode::{
        decoder::Fields,
        path::{Path, Record},
        value::Value,
    },
    error::ErrorSink,
    import::{
        fields::is_field_or_group,
        mapping::{
            built_in,
            decoder::{Decoder, raw},
        },
        record_kind::RecordKind,
        rules::Rules,
    },
};

/// The version of the format.
const VERSION: std::ops::RangeInclusive<i64> = 1..=1;

pub(super) const KEYS: &[&str] = &[
    "lotse_mapping",
    "records",
    "name",
    "note",
    "licence",
    "base",
    "source",
    "within",
    "prefix",
    "null",
    "id",
    "same_id",
    "each",
    "tree",
    "join",
    "leave_out",
    "hide",
    "fields",
    "crosswalk",
    "words",
    "contains",
    "assume",
    "postcodes",
    "ignore",
    "never",
    "not_personal",
];

/// Decodes a mapping. One that amends another need not be complete.
pub(super) fn decode(errors: &mut ErrorSink, value: &Value, is_amendment: bool) -> Rules {
    let path = Path::root(Record::Mapping);
    let mut rules = Rules::new(RecordKind::Offers);
    let Some(keys) = errors.fields(&path, value, KEYS) else { return rules };
    let mut decoder = Decoder { errors, records: RecordKind::Offers, is_amendment };
    decoder.head(&path, &keys, raw(value, "fields").is_some());
    rules.records = decoder.records;
    // An empty list is a value here: no text is null.
    let null = raw(value, "null").filter(|value| **value != Value::Null);
    rules.null = null.map(|value| decoder.texts(&path.field("null"), value));
    decoder.about_files(&path, &keys, &mut rules);
    decoder.about_records(&path, &keys, &mut rules);
    if let Some(value) = keys.get("fields") {
        decoder.fields(&path.field("fields"), value, &mut rules);
        decoder.reject_circles(&path.field("fields"), &rules);
    }
    if let Some(value) = keys.get("crosswalk") {
        rules.crosswalk = decoder.crosswalks(&path.field("crosswalk"), value);
    }
    decoder.about_words(&path, &keys, &mut rules);
    rules
}

impl Decoder<'_> {
    /// Decodes the keys about the mapping itself.
    fn head(&mut self, path: &Path<'_>, keys: &Fields<'_>, has_fields: bool) {
        match keys.get("lotse_mapping") {
            Some(value) => {
                let _: Option<u8> = self.errors.integer(&path.field("lotse_mapping"), value, VERSION);
            }
            None => self.errors.missing_field(&path.field("lotse_mapping")),
        }
        if let Some(value) = keys.get("records") {
            let kinds = [("offers", RecordKind::Offers), ("needs", RecordKind::Needs)];
            self.records = self.one_of(&path.field("records"), value, &kinds).unwrap_or(self.records);
        }
        // A sketch may have no field yet.
        for (key, is_given) in [("records", keys.get("records").is_some()), ("fields", has_fields)] {
            if !is_given && !self.is_amendment {
                self.errors.missing_field(&path.field(key));
            }
        }
        for key in ["name", "note"] {
            if let Some(value) = keys.get(key) {
                self.text(&path.field(key), value);
            }
        }
        if let Some(value) = keys.get("base") {
            let path = path.field("base");
            if self.text(&path, value).is_some_and(|name| built_in::json(&name).is_none()) {
                self.not_one_of(&path, &built_in::names().collect::<Vec<_>>().join(", "));
            }
        }
    }

    /// Decodes the keys about files, in the order of the format.
    fn about_files(&mut self, path: &Path<'_>, keys: &Fields<'_>, rules: &mut Rules) {
        if let Some(value) = keys.get("licence") {
            rules.licence = self.texts(&path.field("licence"), value);
        }
        if let Some(source) = keys.get("source").and_then(|value| self.source(&path.field("source"), value)) {
            rules.source = source;
        }
        rules.within = keys.get("within").and_then(|value| self.text(&path.field("within"), value));
        let prefix = keys.get("prefix").and_then(|value| self.text(&path.field("prefix"), value));
        rules.prefix = prefix.unwrap_or_default();
        if let Some(value) = keys.get("join") {
            rules.join = self.joins(&path.field("join"), value);
        }
        rules.each = keys.get("each").and_then(|value| self.columns(&path.field("each"), value));
        rules.tree = keys.get("tree").and_then(|value| self.tree(&path.field("tree"), value));
        for (key, columns) in
            [("ignore", &mut rules.ignore), ("never", &mut rules.never), ("not_personal", &mut rules.not_personal)]
        {
            if let Some(value) = keys.get(key) {
                *columns = self.list_of_columns(&path.field(key), value);
            }
        }
    }

    /// Decodes the keys about records.
    fn about_records(&mut self, path: &Path<'_>, keys: &Fields<'_>, rules: &mut Rules) {
        rules.id = keys.get("id").and_then(|value| self.id(&path.field("id"), value));
        let same_id = keys.get("same_id").and_then(|value| self.same_id(&path.field("same_id"), value));
        rules.same_id = same_id.unwrap_or_default();
        if let Some(value) = keys.get("leave_out") {
            rules.leave_out = self.tests(&path.field("leave_out"), value);
        }
        if let Some(value) = keys.get("hide") {
            let path = path.field("hide");
            for (field, tests) in self.errors.entries(&path, value) {
                let path = self.entry_path(&path, field);
                if is_field_or_group(self.records, field) {
                    let tests = self.tests(&path, tests);
                    rules.hide.push((field.clone().into_owned(), tests));
                } else {
                    self.unknown_field(&path);
                }
            }
        }
    }

    /// Decodes the keys about words.
    fn about_words(&mut self, path: &Path<'_>, keys: &Fields<'_>, rules: &mut Rules) {
        if let Some(value) = keys.get("words") {
            let path = path.field("words");
            for (kind, answers) in self.errors.entries(&path, value) {
                let path = path.field(kind);
                let kind = self.kind(&path, kind);
                let answers = self.answers(&path, answers);
                rules.words.extend(kind.map(|kind| (kind, answers)));
            }
        }
        if let Some(value) = keys.get("contains") {
            let path = path.field("contains");
            for (kind, items) in self.errors.entries(&path, value) {
                let path = path.field(kind);
                let kind = self.kind(&path, kind);
                let items = self.contains(&path, items);
                rules.contains.extend(kind.map(|kind| (kind, items)));
            }
        }
        if let Some(value) = keys.get("assume") {
            let path = path.field("assume");
            for (code, flag) in self.errors.entries(&path, value) {
                let flag = self.errors.boolean(&self.entry_path(&path, code), flag);
                rules.assume.extend(flag.map(|flag| (code.clone().into_owned(), flag)));
            }
        }
        if let Some(value) = keys.get("postcodes") {
            let path = path.field("postcodes");
            for (postcode, regions) in self.errors.entries(&path, value) {
                let regions = self.texts(&self.entry_path(&path, postcode), regions);
                rules.postcodes.push((postcode.clone().into_owned(), regions));
            }
        }
    }
}
