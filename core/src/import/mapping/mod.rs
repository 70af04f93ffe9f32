//! The mapping file: how columns become fields.

mod amend;
mod answer;
mod answers;
mod built_in;
mod codes;
mod columns;
mod crosswalk;
mod decode;
mod decoder;
pub(crate) mod edit;
mod field_rules;
mod records_keys;
mod rule;
#[cfg(test)]
mod tests;

use std::fmt;

use serde::{Serialize, Serializer};

use crate::{
    decode::{
        path::{Path, Record},
        string_enum::UNKNOWN_VARIANT,
        value::Value,
    },
    error::{Error, ErrorDetail, ErrorKind, ErrorSink, message},
    import::{mapping::decode::decode, record_kind::RecordKind, rules::Rules},
};

/// The maximal size of a mapping, in bytes.
const MAX_BYTES: usize = 1_000_000;
/// The maximal number of built-in mappings that amend each other.
const MAX_BASES: usize = 8;
/// The origin of a mapping that a person wrote.
const OWN: &str = "own";
/// The origin of a mapping from the names of columns.
const SKETCH: &str = "sketch";

/// A mapping from the columns of files to the fields of records, which people read and a page edits.
///
/// It serializes to the JSON of a mapping file. `Debug` shows neither words nor values.
///
/// # Example: a list of offers
///
/// ```
/// use lotse::import::Mapping;
/// let mapping = Mapping::from_json(
///     r#"{"lotse_mapping": 1, "records": "offers", "id": "Nr", "fields": {"name": "Einrichtung", "languages": "Sprachen"}}"#,
/// )?;
/// assert!(serde_json::to_string(&mapping).unwrap().contains("Einrichtung"));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone)]
pub struct Mapping {
    /// `own`, `sketch`, or the name of a built-in mapping.
    pub(super) origin: String,
    /// The file as it was written.
    pub(super) written: Value<'static>,
    pub(super) rules: Rules,
    /// The names of the columns that were sketched, to which answers may refer; not part of the file.
    headers: Vec<String>,
}

impl Mapping {
    /// Parses a mapping file.
    ///
    /// Codes are checked when the mapping is used, since a vocabulary may add some.
    ///
    /// # Errors
    ///
    /// `json.syntax`; `import.limit` above 1 MB; codes that begin with `import.mapping`, each with its path.
    ///
    /// # Example: a misspelt key
    ///
    /// ```
    /// use lotse::import::Mapping;
    /// let json = r#"{"lotse_mapping": 1, "records": "offers", "fields": {"languages": {"column": "Sprachen", "spilt": ","}}}"#;
    /// let error = Mapping::from_json(json).unwrap_err();
    /// assert_eq!((error.code(), error.path()), ("import.mapping.unknown_field", "fields.languages.spilt"));
    /// assert_eq!(error.hint(), Some("did you mean `split`?"));
    /// ```
    pub fn from_json(json: &str) -> Result<Self, Error> {
        if json.len() > MAX_BYTES {
            return Err(too_large());
        }
        Self::from_value(&Value::from_json(json.strip_prefix('\u{feff}').unwrap_or(json))?)
    }

    /// Decodes a mapping from data, as [`from_json`](Self::from_json) does.
    ///
    /// # Errors
    ///
    /// As those of [`from_json`](Self::from_json), except `json.syntax`.
    ///
    /// # Example: a key that is missing
    ///
    /// ```
    /// use lotse::{import::Mapping, wire::Value};
    /// let error = Mapping::from_value(&Value::from_json(r#"{"lotse_mapping": 1, "records": "needs"}"#)?).unwrap_err();
    /// assert_eq!((error.code(), error.path()), ("import.mapping.missing_field", "fields"));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn from_value(value: &Value) -> Result<Self, Error> {
        if size(value) > MAX_BYTES {
            return Err(too_large());
        }
        let mut errors = ErrorSink::default();
        // A mapping that amends another is decoded alone first, so that paths of errors are those of its own file.
        let base = base_of(value);
        let own = decode(&mut errors, value, base.is_some());
        let rules = match base.filter(|_| errors.is_empty()) {
            None => own,
            Some(_) => decode(&mut errors, &with_bases(value, &mut errors), false),
        };
        let origin = built_in::saved(value).or(base).unwrap_or(OWN).to_owned();
        errors.into_result(Self { origin, written: value.clone().into_owned(), rules, headers: Vec::new() })
    }

    /// Decodes a mapping that was sketched from the names of columns.
    pub(super) fn sketched(value: &Value, headers: Vec<String>) -> Result<Self, Error> {
        let mapping = Self::from_value(value)?;
        Ok(Self { origin: SKETCH.to_owned(), headers, ..mapping })
    }

    /// Returns a built-in mapping of a public format by its name, such as `hsds3`.
    ///
    /// # Errors
    ///
    /// `import.mapping.value` if there is no mapping of this name.
    ///
    /// # Example: by name
    ///
    /// ```
    /// use lotse::import::Mapping;
    /// assert!(Mapping::built_in("osm").is_ok());
    /// assert_eq!(Mapping::built_in("osmium").unwrap_err().code(), "import.mapping.value");
    /// ```
    pub fn built_in(name: &str) -> Result<Self, Error> {
        let Some(json) = built_in::json(name) else {
            return Err(unknown_base(&Path::root(Record::Mapping)));
        };
        let mapping = Self::from_json(json)?;
        Ok(Self { origin: name.to_owned(), ..mapping })
    }

    /// Returns the kind of records that the mapping produces.
    ///
    /// # Example: a directory
    ///
    /// ```
    /// use lotse::import::{Mapping, RecordKind};
    /// assert_eq!(Mapping::built_in("osm")?.records(), RecordKind::Offers);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn records(&self) -> RecordKind {
        self.rules.records
    }

    /// Returns the names of the built-in mappings.
    ///
    /// # Example: all of them
    ///
    /// ```
    /// use lotse::import::Mapping;
    /// let names: Vec<&str> = Mapping::built_in_names().collect();
    /// assert_eq!(names, ["hsds3", "hsds-package", "data-inclusion", "airs", "osm", "fhir"]);
    /// ```
    pub fn built_in_names() -> impl ExactSizeIterator<Item = &'static str> {
        built_in::names()
    }
}

impl Serialize for Mapping {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.written.serialize(serializer)
    }
}

impl fmt::Debug for Mapping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mapping").field("origin", &self.origin).field("rules", &self.rules).finish_non_exhaustive()
    }
}

fn too_large() -> Error {
    let message = message!("import.limit.mapping").with(&[("max", &MAX_BYTES)]);
    Error::new(ErrorDetail::new(ErrorKind::Value, "import.limit", message))
}

fn unknown_base(path: &Path<'_>) -> Error {
    let names: Vec<&str> = built_in::names().collect();
    let hint = message!("value.hint").with(&[("names", &names.join(", "))]);
    Error::new(path.error(ErrorKind::Value, "value", UNKNOWN_VARIANT).with_hint(hint))
}

/// Returns the size of data as JSON, at least.
fn size(value: &Value) -> usize {
    let size_of = |size: usize, value: &Value| size.saturating_add(1).saturating_add(self::size(value));
    match value {
        Value::Null | Value::Bool(_) | Value::Int(_) | Value::Float(_) => 1,
        Value::String(text) => text.len(),
        Value::Array(items) => items.iter().fold(2, size_of),
        Value::Object(entries) => {
            entries.iter().fold(2, |size, (key, value)| size_of(size.saturating_add(key.len()), value))
        }
    }
}

/// Returns the name of the mapping that this one amends.
fn base_of<'v>(value: &'v Value<'v>) -> Option<&'v str> {
    match decoder::raw(value, "base") {
        Some(Value::String(name)) => Some(name),
        _ => None,
    }
}

/// Merges a mapping into those that it amends. A name that is no built-in mapping is an error already.
fn with_bases(value: &Value, errors: &mut ErrorSink) -> Value<'static> {
    let mut merged = value.clone().into_owned();
    for _ in 0..MAX_BASES {
        let Some(json) = base_of(&merged).and_then(built_in::json) else { return merged };
        let base = Value::from_json(json).unwrap_or(Value::Null);
        merged = amend::amend(base, merged);
    }
    let path = Path::root(Record::Mapping);
    errors.push(path.field("base").error(ErrorKind::Conflict, "circle", message!("import.mapping.circle.base")));
    merged
}
