//! The operation `import`, and the request that `sketch` shares.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::{
    decode::{
        decoder::Fields,
        path::{Path, Record},
        value::Value,
    },
    error::{Error, ErrorDetail, ErrorKind, ErrorSink, message},
    import::{Import, ImportFile, Imported, Mapping, RecordKind, suggested_records_of},
    util::date::Date,
    vocabulary::Vocabulary,
    wire::{call_options::CallOptions, dataset::decode_lang, op, operation::Operation},
};

/// The keys of a request.
pub(super) const FIELDS: &[&str] = &[
    "files",
    "records",
    "mapping",
    "answers",
    "within",
    "postcodes",
    "prefix",
    "encoding",
    "previous",
    "strict",
    "as_of",
    "vocabulary",
    "lang",
];
/// The fields of a file.
pub(super) const FILE_FIELDS: &[&str] = &["name", "text", "base64"];
/// The largest number of files, which is that of the members of an archive.
pub(super) const MAX_FILES: usize = 10_000;

/// A request to import files, or to sketch a mapping for them.
///
/// # Example: a list of offers as text
///
/// ```
/// use lotse::wire::{CallOptions, ImportRequest, Operation, Value, op};
/// let text = r#"{"records": "offers", "files": [{"name": "list.csv", "text": "id;Sprachen\n1;Deutsch\n"}]}"#;
/// let request = ImportRequest::from_value(&Value::from_json(text)?, &CallOptions::new())?;
/// assert_eq!(op::Import::run(request, &CallOptions::new())?.imported().offers.len(), 1);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ImportRequest {
    /// The import with its options.
    pub import: Import,
    /// What the import produces.
    pub records: RecordKind,
    /// The files.
    pub files: Vec<ImportFile>,
    /// `true` if open questions, unmentioned columns and records left out are errors.
    pub strict: bool,
}

impl ImportRequest {
    /// Decodes a request; the day of `options` replaces a missing `as_of`.
    ///
    /// # Errors
    ///
    /// Every error of the request, those of its mapping included.
    ///
    /// # Example: all errors at once
    ///
    /// ```
    /// use lotse::wire::{CallOptions, ImportRequest, Value};
    /// let request = Value::from_json(r#"{"records": "people", "files": [{"name": "list.xlsx", "base64": "§"}]}"#)?;
    /// let error = ImportRequest::from_value(&request, &CallOptions::new()).unwrap_err();
    /// let paths: Vec<&str> = error.errors().map(|error| error.path()).collect();
    /// assert_eq!(paths, ["files[0].base64", "records"]);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn from_value(value: &Value<'_>, options: &CallOptions<'_>) -> Result<Self, Error> {
        Self::decode(value, options, &|_| None)
    }

    /// Decodes the request of a sketch, in which the names of the columns suggest the kind of records if it is missing.
    ///
    /// # Errors
    ///
    /// Those of [`from_value`](Self::from_value), and those of the files.
    pub(super) fn from_sketch(value: &Value<'_>, options: &CallOptions<'_>) -> Result<Self, Error> {
        Self::decode(value, options, &|files| Some(suggested_records_of(files)))
    }

    fn decode(value: &Value<'_>, options: &CallOptions<'_>, suggest: &Suggest<'_>) -> Result<Self, Error> {
        let mut errors = ErrorSink::default();
        let request = decode(&mut errors, value, options, suggest);
        match request {
            Some(request) => errors.into_result(request),
            // Without a request there is an error.
            None => Err(errors.into_result(()).err().unwrap_or_else(missing)),
        }
    }
}

fn missing() -> Error {
    Error::new(Path::root(Record::Request).error(ErrorKind::Shape, "missing_field", message!("missing_field")))
}

/// Suggests the kind of records of files, or `None` if it has to be stated.
type Suggest<'s> = dyn Fn(&[ImportFile]) -> Option<Result<RecordKind, Error>> + 's;

fn decode(
    errors: &mut ErrorSink,
    value: &Value<'_>,
    options: &CallOptions<'_>,
    suggest: &Suggest<'_>,
) -> Option<ImportRequest> {
    let at = Path::root(Record::Request);
    let fields = errors.fields(&at, value, FIELDS)?;
    let files = match fields.get("files") {
        Some(value) => errors.decode_items_up_to(MAX_FILES, &at.field("files"), value, decode_file),
        None => {
            errors.missing_field(&at.field("files"));
            Vec::new()
        }
    };
    let mapping = fields.get("mapping").and_then(|value| decode_mapping(errors, value));
    let records = match (fields.get("records"), &mapping) {
        (None, None) if !files.is_empty() => suggest(&files),
        _ => None,
    };
    let records = match records {
        Some(Ok(records)) => records,
        Some(Err(error)) => {
            error.errors().for_each(|detail| errors.push(detail.clone()));
            return None;
        }
        None => decode_records(errors, &at, &fields, mapping.as_ref())?,
    };
    let mut builder = Import::builder(records);
    if let Some(mapping) = mapping {
        builder = builder.mapping(mapping);
    }
    for (name, form) in [("answers", is_object as fn(&Value<'_>) -> bool), ("previous", is_array)] {
        let Some(value) = fields.get(name) else { continue };
        match (name, form(value)) {
            ("answers", true) => builder = builder.answers(value.clone()),
            ("previous", true) => builder = builder.previous(value.clone()),
            // The decoder of the other form reports the error.
            ("answers", false) => drop(errors.entries(&at.field(name), value)),
            _ => drop(errors.array(&at.field(name), value)),
        }
    }
    if let Some(code) = fields.get("within").and_then(|value| errors.short_text(&at.field("within"), value)) {
        builder = builder.within(code);
    }
    if let Some(prefix) = fields.get("prefix").and_then(|value| errors.short_text(&at.field("prefix"), value)) {
        builder = builder.prefix(prefix);
    }
    if let Some(name) = fields.get("encoding").and_then(|value| errors.short_text(&at.field("encoding"), value)) {
        builder = builder.encoding(name);
    }
    if let Some(value) = fields.get("postcodes") {
        builder = builder.postcodes(decode_postcodes(errors, &at.field("postcodes"), value));
    }
    let strict = fields.get("strict").and_then(|value| errors.boolean(&at.field("strict"), value));
    if let Some(day) = decode_as_of(errors, &at, &fields, options) {
        builder = builder.as_of(day);
    }
    if let Some(value) = fields.get("vocabulary") {
        let at = at.field("vocabulary").with_record(Record::Vocabulary);
        builder = builder.vocabulary(&Vocabulary::decode(errors, &at, value));
    }
    decode_lang(errors, &at, &fields);
    let import = builder.build().map_err(|error| error.errors().for_each(|detail| errors.push(detail.clone()))).ok()?;
    Some(ImportRequest { import, records, files, strict: strict.unwrap_or(false) })
}

fn is_object(value: &Value<'_>) -> bool {
    matches!(value, Value::Object(_))
}

fn is_array(value: &Value<'_>) -> bool {
    matches!(value, Value::Array(_))
}

fn decode_as_of(errors: &mut ErrorSink, at: &Path<'_>, fields: &Fields<'_>, options: &CallOptions<'_>) -> Option<Date> {
    match fields.get("as_of") {
        Some(value) => errors.date(&at.field("as_of"), value),
        None => options.today_or_none(),
    }
}

/// Decodes the kind of records; that of the mapping by default.
fn decode_records(
    errors: &mut ErrorSink,
    at: &Path<'_>,
    fields: &Fields<'_>,
    mapping: Option<&Mapping>,
) -> Option<RecordKind> {
    match (fields.get("records"), mapping) {
        (Some(value), _) => errors.string_enum(&at.field("records"), value),
        (None, Some(mapping)) => Some(mapping.records()),
        (None, None) => {
            errors.missing_field(&at.field("records"));
            None
        }
    }
}

/// Decodes a mapping: an object, or the name of a built-in one. Its errors have paths in the request.
fn decode_mapping(errors: &mut ErrorSink, value: &Value<'_>) -> Option<Mapping> {
    let decoded = match value {
        Value::String(name) => Mapping::built_in(name),
        value => Mapping::from_value(value),
    };
    decoded.map_err(|error| error.errors().for_each(|detail| errors.push(within_mapping(detail)))).ok()
}

fn within_mapping(detail: &ErrorDetail) -> ErrorDetail {
    let path = match detail.path.as_str() {
        "" => "mapping".to_owned(),
        path => format!("mapping.{path}"),
    };
    ErrorDetail { path, ..detail.clone() }
}

/// Decodes a file: a name, and its content as text or in base64.
fn decode_file(errors: &mut ErrorSink, at: &Path<'_>, value: &Value<'_>) -> Option<ImportFile> {
    let fields = errors.fields(at, value, FILE_FIELDS)?;
    let name = match fields.get("name") {
        Some(name) => errors.short_text(&at.field("name"), name),
        None => {
            errors.missing_field(&at.field("name"));
            None
        }
    };
    let bytes = match (fields.get("text"), fields.get("base64")) {
        (Some(Value::String(text)), None) => Some(text.as_bytes().to_owned()),
        (None, Some(Value::String(text))) => decode_base64(errors, &at.field("base64"), text),
        (Some(_), Some(_)) => {
            errors.push(at.error(ErrorKind::Conflict, "value", message!("import.file.one_of")));
            None
        }
        (Some(_), None) => {
            errors.push(at.field("text").error(ErrorKind::Shape, "type", message!("type.text")));
            None
        }
        (None, Some(_)) => {
            errors.push(at.field("base64").error(ErrorKind::Shape, "type", message!("type.text")));
            None
        }
        // An empty file has no content, which the import reports with its name.
        (None, None) => Some(Vec::new()),
    };
    Some(ImportFile::new(name?, bytes?))
}

fn decode_base64(errors: &mut ErrorSink, at: &Path<'_>, text: &str) -> Option<Vec<u8>> {
    let decoded = STANDARD.decode(text).ok();
    if decoded.is_none() {
        errors.push(at.error(ErrorKind::Value, "value", message!("import.file.base64")));
    }
    decoded
}

/// Decodes an object from postcodes to the key of a region, or to a list of keys.
fn decode_postcodes(errors: &mut ErrorSink, at: &Path<'_>, value: &Value<'_>) -> Vec<(String, Vec<String>)> {
    let entries = errors.entries(at, value).iter();
    let decoded = entries.map(|(postcode, value)| {
        let at = at.field(postcode);
        let regions = match value {
            Value::Array(_) => errors.decode_items(&at, value, |errors, at, value| errors.short_text(at, value)),
            value => errors.short_text(&at, value).into_iter().collect(),
        };
        (postcode.clone().into_owned(), regions.into_iter().map(str::to_owned).collect())
    });
    decoded.collect()
}

/// Records, a report and questions.
///
/// # Example: a record in JSON
///
/// ```
/// use lotse::wire::{self, CallOptions};
/// let request = r#"{"records": "offers", "files": [{"name": "list.csv", "text": "id;Sprachen\n1;Deutsch\n"}]}"#;
/// let response = wire::call_json("import", request, &CallOptions::new())?;
/// assert!(response.starts_with(r#"{"offers":[{"id":"1","languages":["de"]}],"report":{"recognized":"#), "{response}");
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct ImportResponse {
    records: RecordKind,
    imported: Imported,
}

impl ImportResponse {
    /// Returns what the import produced.
    pub fn imported(&self) -> &Imported {
        &self.imported
    }
}

impl Serialize for ImportResponse {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let imported = &self.imported;
        let mut map = serializer.serialize_map(Some(4))?;
        match self.records {
            RecordKind::Offers => map.serialize_entry("offers", &imported.offers)?,
            RecordKind::Needs => map.serialize_entry("needs", &imported.needs)?,
        }
        map.serialize_entry("report", &imported.report)?;
        map.serialize_entry("questions", &imported.questions)?;
        map.serialize_entry("mapping", &imported.mapping)?;
        map.end()
    }
}

impl Operation for op::Import {
    const NAME: &'static str = "import";
    type Request = ImportRequest;
    type Response = ImportResponse;

    fn decode(value: &Value<'_>, options: &CallOptions<'_>) -> Result<ImportRequest, Error> {
        ImportRequest::from_value(value, options)
    }

    /// Imports files.
    ///
    /// # Errors
    ///
    /// Those of the files that prevent an import; if the import is strict, those of [`Imported::check_strict`]; `cancelled`.
    fn run(request: ImportRequest, options: &CallOptions<'_>) -> Result<ImportResponse, Error> {
        let ImportRequest { import, records, files, strict } = request;
        let imported = import.read_with_progress(&files, options.on_progress())?;
        if strict {
            imported.check_strict()?;
        }
        Ok(ImportResponse { records, imported })
    }
}
