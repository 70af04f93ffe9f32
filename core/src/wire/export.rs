//! The operation `export`.

use crate::{
    decode::{
        path::{Path, Record},
        string_enum::string_enum,
        value::Value,
    },
    error::{Error, ErrorKind, ErrorSink, message},
    import::export::{ExportOptions, Exported, to_hsds3, to_table},
    wire::{
        call_options::CallOptions,
        dataset::{Dataset, decode_request},
        op,
        operation::Operation,
    },
};

/// The keys of a request.
pub(super) const FIELDS: &[&str] = &["offers", "needs", "to", "package", "with_capacity", "vocabulary", "as_of"];

string_enum! {
    /// The format of an export.
    ///
    /// # Example: the string of a format
    ///
    /// ```
    /// use lotse::wire::ExportFormat;
    /// assert_eq!("hsds3".parse(), Ok(ExportFormat::Hsds3));
    /// ```
    ExportFormat {
        /// A table for spreadsheets, with its mapping and a data package.
        Csv = "csv",
        /// The Human Services Data Specification, version 3.1; offers only.
        Hsds3 = "hsds3",
    }
}

/// A request to export records.
///
/// # Example: a table
///
/// ```
/// use lotse::wire::{CallOptions, ExportRequest, Operation, Value, op};
/// let request = Value::from_json(r#"{"offers": [{"id": "o-1", "name": "Treff"}], "to": "csv"}"#)?;
/// let request = ExportRequest::from_value(&request, &CallOptions::new())?;
/// assert_eq!(op::Export::run(request, &CallOptions::new())?.files[0].name, "offers.csv");
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ExportRequest {
    /// The offers or the needs.
    pub dataset: Dataset,
    /// The format.
    pub to: ExportFormat,
    /// `true` for the files of a package instead of one file; `hsds3` only.
    pub package: bool,
    /// `true` to export capacities; `hsds3` only.
    pub with_capacity: bool,
}

/// What is decoded besides the records.
#[derive(Default)]
struct Own {
    to: Option<ExportFormat>,
    package: bool,
    with_capacity: bool,
}

impl ExportRequest {
    /// Decodes a request; the day of `options` replaces a missing `as_of`.
    ///
    /// # Errors
    ///
    /// Every error of the request.
    ///
    /// # Example: needs have one format
    ///
    /// ```
    /// use lotse::wire::{CallOptions, ExportRequest, Value};
    /// let request = Value::from_json(r#"{"needs": [{"id": "n-1"}], "to": "hsds3"}"#)?;
    /// let error = ExportRequest::from_value(&request, &CallOptions::new()).unwrap_err();
    /// assert_eq!((error.code(), error.path()), ("request.value", "to"));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn from_value(value: &Value<'_>, options: &CallOptions<'_>) -> Result<Self, Error> {
        let at = Path::root(Record::Request);
        let (dataset, own, mut errors) = decode_request(
            value,
            FIELDS,
            options,
            |errors, at, fields| {
                let boolean = |errors: &mut ErrorSink, name: &'static str| {
                    fields.get(name).and_then(|value| errors.boolean(&at.field(name), value)).unwrap_or(false)
                };
                let to = match fields.get("to") {
                    Some(value) => errors.string_enum(&at.field("to"), value),
                    None => {
                        errors.missing_field(&at.field("to"));
                        None
                    }
                };
                Own { to, package: boolean(errors, "package"), with_capacity: boolean(errors, "with_capacity") }
            },
            |_, _, _| (),
        );
        match (dataset.offers.is_empty(), dataset.needs.is_empty(), own.to) {
            (false, false, _) => {
                errors.push(at.error(ErrorKind::Conflict, "value", message!("export.one_list")));
            }
            (_, false, Some(ExportFormat::Hsds3)) => {
                errors.push(at.field("to").error(ErrorKind::Conflict, "value", message!("export.needs")));
            }
            _ => {}
        }
        let Own { to, package, with_capacity } = own;
        let to = to.unwrap_or(ExportFormat::Csv);
        errors.into_result(Self { dataset, to, package, with_capacity })
    }
}

impl Operation for op::Export {
    const NAME: &'static str = "export";
    type Request = ExportRequest;
    type Response = Exported;

    fn decode(value: &Value<'_>, options: &CallOptions<'_>) -> Result<ExportRequest, Error> {
        ExportRequest::from_value(value, options)
    }

    /// Exports records to files.
    ///
    /// # Errors
    ///
    /// Every unknown code and every duplicate id of the records, as an import reads only valid ones.
    fn run(request: ExportRequest, _options: &CallOptions<'_>) -> Result<Exported, Error> {
        let ExportRequest { dataset, to, package, with_capacity } = request;
        let mut options = ExportOptions::new().package(package).with_capacity(with_capacity);
        options = options.vocabulary(&dataset.vocabulary);
        if let Some(day) = dataset.as_of {
            options = options.as_of(day);
        }
        match (to, dataset.needs.is_empty()) {
            (ExportFormat::Hsds3, _) => to_hsds3(&dataset.offers, &options),
            (ExportFormat::Csv, true) => to_table(&dataset.offers, &options),
            (ExportFormat::Csv, false) => to_table(&dataset.needs, &options),
        }
    }
}
