//! Records as input: objects of their classes, dicts, JSON text, tables.

use lotse::wire::{self, Dataset, Value};
use pyo3::{
    exceptions::PyTypeError,
    prelude::*,
    types::{PyBytes, PyDict, PyList, PyString, PyTuple},
};

use crate::{
    arrow_in::{self, Rows},
    convert, error,
    record::Record,
};

/// A list of records, not yet decoded.
pub(crate) enum RecordsInput<R> {
    /// Objects of their class, which are decoded already.
    Decoded(Vec<R>),
    /// A value for each record.
    Values(Vec<Value<'static>>),
    /// A row of a table for each record.
    Rows(Rows),
    /// Input of another type, for which the core returns an error.
    Invalid(Value<'static>),
}

/// Decodes one record: an object of its class, a dict or JSON text.
///
/// # Errors
///
/// All errors of the record.
pub(crate) fn decode_record<R: Record>(input: &Bound<'_, PyAny>) -> PyResult<R> {
    if let Some(record) = R::from_object(input) {
        return Ok(record);
    }
    let decoded = convert::record_to_value(input).and_then(|value| R::from_value(&value));
    decoded.map_err(|error| error::raise(input.py(), &error))
}

impl<R: Record> RecordsInput<R> {
    /// Accepts an iterable, a table, or JSON text of one record or many.
    pub(crate) fn new(input: &Bound<'_, PyAny>) -> PyResult<Self> {
        let py = input.py();
        if let Ok(text) = input.cast::<PyString>() {
            let text = convert::unicode(text);
            let parsed = py.detach(|| Value::parse_records(&text, R::FIELD).map(Value::into_owned));
            return match parsed.map_err(|error| syntax_error(py, &text, &error))? {
                Value::Array(items) => Ok(Self::Values(items)),
                other => Ok(Self::Invalid(other)),
            };
        }
        if input.is_instance_of::<PyList>() || input.is_instance_of::<PyTuple>() {
            return Ok(Self::from_items(input.try_iter()?.collect::<PyResult<_>>()?));
        }
        if Rows::is_table(input)? {
            return Rows::read::<R>(input).map(Self::Rows);
        }
        if input.is_none() || input.is_instance_of::<PyDict>() || input.is_instance_of::<PyBytes>() {
            return Ok(Self::Invalid(Value::Bool(false)));
        }
        let no_table = |hint: String| {
            error::raise_with_hint(py, "table.type", R::FIELD, "not a table or a list of records", Some(&hint))
        };
        let remedy = || arrow_in::remedy(input);
        let Ok(items) = input.try_iter() else {
            return remedy().map_or_else(|| Ok(Self::Invalid(Value::Bool(false))), |hint| Err(no_table(hint)));
        };
        match items.collect::<PyResult<Vec<_>>>() {
            // A container of another library, which consists of something else.
            Ok(items) if !items.is_empty() && !items.iter().any(is_record::<R>) => match remedy() {
                Some(hint) => Err(no_table(hint)),
                None => Ok(Self::from_items(items)),
            },
            Ok(items) => Ok(Self::from_items(items)),
            // It repeats how the container is read, which is no concern of the caller.
            Err(failure) if failure.is_instance_of::<PyTypeError>(py) => Err(remedy().map_or(failure, no_table)),
            Err(failure) => Err(failure),
        }
    }

    fn from_items(items: Vec<Bound<'_, PyAny>>) -> Self {
        let mut decoded = Vec::with_capacity(items.len());
        decoded.extend(items.iter().map_while(R::from_object));
        if decoded.len() == items.len() {
            return Self::Decoded(decoded);
        }
        // A text that is not JSON becomes another text, which is not a record and repeats no value.
        let convert = |item: &Bound<'_, PyAny>| convert::record_to_value(item).unwrap_or_else(|_| "?".into());
        Self::Values(items.iter().map(convert).collect())
    }

    /// Returns the errors of columns that are no fields, if the input is a table.
    fn unknown_columns(&self) -> Result<(), lotse::Error> {
        match self {
            Self::Rows(rows) => rows.unknown_columns(),
            _ => Ok(()),
        }
    }

    /// Returns the field of a request, or the records if they are decoded already.
    pub(crate) fn into_field(self) -> Result<Value<'static>, Vec<R>> {
        match self {
            Self::Decoded(records) => Err(records),
            Self::Values(items) => Ok(Value::Array(items)),
            Self::Rows(rows) => Ok(Value::Array((0..rows.len()).map(|row| rows.record(row).into_owned()).collect())),
            Self::Invalid(value) => Ok(value),
        }
    }
}

impl<R: Record> RecordsInput<R> {
    /// Decodes the records, without a look at their codes.
    pub(crate) fn decode(self) -> Result<Vec<R>, lotse::Error> {
        let unknown_columns = self.unknown_columns();
        let items = match self.into_field() {
            Err(decoded) => return Ok(decoded),
            Ok(items) => items,
        };
        first_and(unknown_columns, R::decode_all(items))
    }
}

impl RecordsInput<lotse::Need> {
    /// Decodes the needs, and looks up their codes in the vocabulary of the matcher.
    pub(crate) fn decode_for(self, matcher: &lotse::Matcher) -> Result<Vec<lotse::Need>, lotse::Error> {
        match self {
            Self::Decoded(needs) => Ok(needs),
            Self::Values(items) => {
                wire::decode_needs(matcher, items.len(), |index| items.get(index).unwrap_or(&Value::Null))
            }
            Self::Rows(rows) => {
                first_and(rows.unknown_columns(), wire::decode_needs(matcher, rows.len(), |row| rows.record(row)))
            }
            Self::Invalid(value) => Ok(decode_dataset(vec![("needs", value)])?.needs),
        }
    }
}

/// The records of a request, not yet decoded.
pub(crate) struct RequestInput {
    fields: Vec<(&'static str, Value<'static>)>,
    offers: Option<RecordsInput<lotse::Offer>>,
    needs: Option<RecordsInput<lotse::Need>>,
    /// The errors of columns that are no fields.
    unknown_columns: Result<(), lotse::Error>,
}

impl RequestInput {
    /// Accepts records in all forms. `as_of` defaults to today.
    pub(crate) fn new(
        offers: Option<&Bound<'_, PyAny>>,
        needs: Option<&Bound<'_, PyAny>>,
        policy: Option<&Bound<'_, PyAny>>,
        vocabulary: Option<&Value<'_>>,
        as_of: Option<&Bound<'_, PyAny>>,
        py: Python<'_>,
    ) -> PyResult<Self> {
        let mut fields = Vec::new();
        if let Some(policy) = policy {
            let value = convert::record_to_value(policy).map_err(|error| error::raise(py, &error))?;
            fields.push(("policy", value));
        }
        fields.extend(vocabulary.map(|additions| ("vocabulary", additions.clone().into_owned())));
        let as_of = as_of.map(convert::to_value).filter(|value| !matches!(value, Value::Null));
        fields.push(("as_of", as_of.map_or_else(|| today(py).map(|today| Value::from(today.to_string())), Ok)?));
        let (offers, needs) = (offers.map(RecordsInput::new).transpose()?, needs.map(RecordsInput::new).transpose()?);
        let of_offers = offers.as_ref().map_or(Ok(()), RecordsInput::unknown_columns);
        let unknown_columns = first_and(of_offers, needs.as_ref().map_or(Ok(()), RecordsInput::unknown_columns));
        Ok(Self { fields, offers, needs, unknown_columns })
    }

    /// Returns the fields of a request, and the records that are decoded already.
    fn into_fields(self) -> (Vec<(&'static str, Value<'static>)>, Vec<lotse::Offer>, Vec<lotse::Need>) {
        let Self { mut fields, offers, needs, .. } = self;
        let (mut decoded_offers, mut decoded_needs) = (Vec::new(), Vec::new());
        match offers.map(RecordsInput::into_field) {
            Some(Ok(value)) => fields.push(("offers", value)),
            Some(Err(decoded)) => decoded_offers = decoded,
            None => {}
        }
        match needs.map(RecordsInput::into_field) {
            Some(Ok(value)) => fields.push(("needs", value)),
            Some(Err(decoded)) => decoded_needs = decoded,
            None => {}
        }
        (fields, decoded_offers, decoded_needs)
    }

    /// Decodes all records.
    ///
    /// # Errors
    ///
    /// All errors of the records, and those of the other fields.
    pub(crate) fn decode(self) -> Result<Dataset, lotse::Error> {
        let unknown_columns = self.unknown_columns();
        let (fields, offers, needs) = self.into_fields();
        let mut dataset = first_and(unknown_columns, decode_dataset(fields))?;
        dataset.offers.extend(offers);
        dataset.needs.extend(needs);
        Ok(dataset)
    }

    /// Returns the errors of columns that are no fields, of which the request as a value has no trace.
    pub(crate) fn unknown_columns(&self) -> Result<(), lotse::Error> {
        self.unknown_columns.clone()
    }

    /// Returns the request as a value, for a check that reports every error and warning.
    pub(crate) fn into_value(self) -> Value<'static> {
        let (mut fields, offers, needs) = self.into_fields();
        let parse = |records: Result<String, _>| {
            Value::from_json(&records.unwrap_or_default()).map_or(Value::Null, Value::into_owned)
        };
        if !offers.is_empty() {
            fields.push(("offers", parse(serde_json::to_string(&offers))));
        }
        if !needs.is_empty() {
            fields.push(("needs", parse(serde_json::to_string(&needs))));
        }
        object(fields)
    }
}

/// Raises an error of JSON text. Text that does not begin as JSON may be the name of a file.
fn syntax_error(py: Python<'_>, text: &str, error: &lotse::Error) -> PyErr {
    if error.code() != "json.syntax" || text.trim_start().starts_with(['[', '{']) {
        return error::raise(py, error);
    }
    let hint = "text is JSON text here; lotse.read_offers and lotse.read_needs read files";
    error::raise_with_hint(py, error.code(), error.path(), error.message(), Some(hint))
}

/// Returns `true` if an item may be a record: an object of its class, a dict or JSON text.
fn is_record<R: Record>(item: &Bound<'_, PyAny>) -> bool {
    let is_json = |text: &Bound<'_, PyString>| convert::unicode(text).trim_start().starts_with('{');
    item.is_instance_of::<PyDict>() || item.cast::<PyString>().is_ok_and(is_json) || R::from_object(item).is_some()
}

/// Returns the value, or all errors: `first` are those of an earlier part of the input.
fn first_and<T>(first: Result<(), lotse::Error>, then: Result<T, lotse::Error>) -> Result<T, lotse::Error> {
    match (first, then) {
        (Ok(()), then) => then,
        (Err(error), Ok(_)) => Err(error),
        (Err(error), Err(later)) => Err(error.and(later)),
    }
}

fn decode_dataset(fields: Vec<(&'static str, Value<'static>)>) -> Result<Dataset, lotse::Error> {
    Dataset::from_value(&object(fields))
}

fn object(fields: Vec<(&'static str, Value<'static>)>) -> Value<'static> {
    Value::Object(fields.into_iter().map(|(name, value)| (name.into(), value)).collect())
}

/// Returns today's date, because the core reads no clock.
pub(crate) fn today(py: Python<'_>) -> PyResult<lotse::Date> {
    let day = py.import("datetime")?.getattr("date")?.call_method0("today")?.call_method0("isoformat")?;
    day.extract::<String>()?.parse().map_err(|error| error::raise(py, &error))
}
