//! What the decoding of a mapping file has in common: columns, texts, and keys whose null is a value.

use crate::{
    decode::{decoder::MAX_CODE_BYTES, path::Path, string_enum::UNKNOWN_VARIANT, value::Value},
    error::{ErrorKind, ErrorSink, Template, message},
    import::{
        column::{Column, Columns},
        record_kind::RecordKind,
        word_kind::WordKind,
    },
    util::edit_distance::did_you_mean,
};

/// The largest number of a column.
pub(super) const MAX_COLUMNS: i64 = 4_096;
/// The largest number of a row.
const MAX_ROWS: i64 = 5_000_000;

/// Decodes the parts of a mapping file, and collects errors.
pub(super) struct Decoder<'e> {
    pub(super) errors: &'e mut ErrorSink,
    pub(super) records: RecordKind,
    /// Whether the mapping amends another, and need not be complete.
    pub(super) is_amendment: bool,
}

/// Returns the value of a key as it is written, also null and empty ones.
pub(super) fn raw<'v>(value: &'v Value<'v>, key: &str) -> Option<&'v Value<'v>> {
    match value {
        Value::Object(entries) => entries.iter().find(|(other, _)| other == key).map(|(_, value)| value),
        _ => None,
    }
}

impl Decoder<'_> {
    /// Reports a value of another type.
    pub(super) fn expected(&mut self, path: &Path<'_>, expected: Template) {
        self.errors.push(path.error(ErrorKind::Shape, "type", expected));
    }

    /// Reports a value of another type, with a fact of the message.
    pub(super) fn expected_one_of(&mut self, path: &Path<'_>, names: &str) {
        let message = message!("import.mapping.one_of").with(&[("names", &names)]);
        self.errors.push(path.error(ErrorKind::Shape, "type", message));
    }

    /// Returns the path of an entry whose key people wrote, such as a word. It ends before a word of a need, and before a long one.
    pub(super) fn entry_path<'p>(&self, path: &'p Path<'p>, key: &'p str) -> Path<'p> {
        if self.records == RecordKind::Needs || key.len() > MAX_CODE_BYTES { *path } else { path.field(key) }
    }

    /// Decodes a column: a header, a path, a number, or a list of these.
    pub(super) fn columns(&mut self, path: &Path<'_>, value: &Value) -> Option<Columns> {
        let columns = match value {
            Value::Array(items) if !items.is_empty() => {
                let columns = items.iter().enumerate().map(|(index, item)| self.column(&path.item(index), item));
                columns.collect::<Vec<_>>().into_iter().collect::<Option<Vec<Column>>>()?
            }
            value => vec![self.column(path, value)?],
        };
        Some(Columns(columns))
    }

    fn column(&mut self, path: &Path<'_>, value: &Value) -> Option<Column> {
        match value {
            Value::String(_) => self.errors.text(path, value).map(Column::new),
            Value::Int(_) => self.errors.integer(path, value, 1..=MAX_COLUMNS).map(Column::from_number),
            _ => {
                self.expected(path, message!("import.mapping.column_type"));
                None
            }
        }
    }

    /// Decodes a list of columns, each of which may be a list itself.
    pub(super) fn list_of_columns(&mut self, path: &Path<'_>, value: &Value) -> Vec<Columns> {
        let items = self.errors.array(path, value);
        items.iter().enumerate().filter_map(|(index, item)| self.columns(&path.item(index), item)).collect()
    }

    /// Decodes a list of texts, which may be empty. A single text is a list of one.
    pub(super) fn texts(&mut self, path: &Path<'_>, value: &Value) -> Vec<String> {
        if let Value::String(_) = value {
            return self.text(path, value).into_iter().collect();
        }
        let items = self.errors.array(path, value);
        items.iter().enumerate().filter_map(|(index, item)| self.text(&path.item(index), item)).collect()
    }

    pub(super) fn text(&mut self, path: &Path<'_>, value: &Value) -> Option<String> {
        self.errors.text(path, value).map(str::to_owned)
    }

    /// Decodes whole numbers. A single one is a list of one.
    pub(super) fn integers<T: TryFrom<i64>>(&mut self, path: &Path<'_>, value: &Value) -> Vec<T> {
        if let Value::Int(_) | Value::Float(_) = value {
            return self.errors.integer(path, value, 0..=MAX_ROWS).into_iter().collect();
        }
        let items = self.errors.array(path, value);
        let numbers = items.iter().enumerate();
        numbers.filter_map(|(index, item)| self.errors.integer(&path.item(index), item, 0..=MAX_ROWS)).collect()
    }

    /// Decodes one of a few words.
    pub(super) fn one_of<T: Clone>(&mut self, path: &Path<'_>, value: &Value, options: &[(&str, T)]) -> Option<T> {
        let text = self.errors.text(path, value)?;
        let found = options.iter().find(|(name, _)| *name == text).map(|(_, option)| option.clone());
        if found.is_none() {
            let names: Vec<&str> = options.iter().map(|(name, _)| *name).collect();
            self.not_one_of(path, &names.join(", "));
        }
        found
    }

    /// Reports a word that is not one of those allowed here.
    pub(super) fn not_one_of(&mut self, path: &Path<'_>, names: &str) {
        let hint = message!("value.hint").with(&[("names", &names)]);
        self.errors.push(path.error(ErrorKind::Value, "value", UNKNOWN_VARIANT).with_hint(hint));
    }

    /// Parses the kind of words.
    pub(super) fn kind(&mut self, path: &Path<'_>, name: &str) -> Option<WordKind> {
        let kind = name.parse().ok();
        if kind.is_none() {
            let error = path.error(ErrorKind::Unknown, "kind", message!("import.mapping.kind"));
            self.errors.push(match did_you_mean(name, WordKind::all().map(WordKind::as_str)) {
                Some(name) => error.with_hint(message!("did_you_mean.field").with(&[("name", &name)])),
                None => error,
            });
        }
        kind
    }
}
