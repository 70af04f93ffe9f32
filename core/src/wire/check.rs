//! The operation `check`: the errors of records, and warnings about correct records that may not be what was meant.

use std::fmt;

use serde::Serialize;

use crate::{
    decode::{
        path::{Path, Record},
        value::Value,
    },
    error::{Error, ErrorDetail, ErrorSink},
    util::progress::ProgressReporter,
    wire::{
        call_options::CallOptions,
        dataset::{Dataset, decode_and_look_up},
        op,
        operation::Operation,
        warn_capacity::warn_of_capacity,
        warn_code,
        warn_land::warn_of_other_land,
        warn_place::Places,
    },
};

/// A request to check records, which may be wrong: what could be decoded, and all errors.
///
/// # Example: an error is part of the response
///
/// ```
/// use lotse::wire::{CallOptions, Operation, Value, op};
/// let options = CallOptions::new();
/// let request = op::Check::decode(&Value::from_json(r#"{"needs": [{"id": "n-1", "age": "thirty"}]}"#)?, &options)?;
/// let report = op::Check::run(request, &options)?;
/// assert_eq!((report.needs, report.errors[0].path()), (1, "needs[0].age"));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone)]
pub struct CheckRequest {
    dataset: Dataset,
    errors: Vec<ErrorDetail>,
}

impl fmt::Debug for CheckRequest {
    /// Omits the records, because needs are among them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CheckRequest").field("errors", &self.errors.len()).finish_non_exhaustive()
    }
}

/// The errors and warnings about records.
///
/// # Example: an unknown language
///
/// ```
/// use lotse::wire::{CallOptions, Operation, Value, op};
/// let options = CallOptions::new();
/// let request = Value::from_json(r#"{"offers": [{"id": "o-1", "languages": ["xqq"]}]}"#)?;
/// let report = op::Check::run(op::Check::decode(&request, &options)?, &options)?;
/// assert_eq!(report.errors[0].path(), "offers[0].languages[0]");
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CheckReport {
    /// The number of offers, wrong ones included.
    pub offers: usize,
    /// The number of needs, wrong ones included.
    pub needs: usize,
    /// The errors, at most 100: other operations refuse these records.
    pub errors: Vec<ErrorDetail>,
    /// The warnings, at most 100: other operations accept these records, but a person should look at them.
    pub warnings: Vec<ErrorDetail>,
}

impl Operation for op::Check {
    const NAME: &'static str = "check";
    type Request = CheckRequest;
    type Response = CheckReport;

    fn decode(value: &Value<'_>, options: &CallOptions<'_>) -> Result<CheckRequest, Error> {
        let reporter = ProgressReporter::new(options.on_progress());
        let (dataset, errors) = decode_and_look_up(value, options, &reporter);
        reporter.unless_cancelled(CheckRequest { dataset, errors: errors.into_details() })
    }

    fn run(request: CheckRequest, options: &CallOptions<'_>) -> Result<CheckReport, Error> {
        let reporter = ProgressReporter::new(options.on_progress());
        let CheckRequest { dataset, errors } = request;
        let warnings = warnings(&dataset, &reporter).into_details();
        reporter.unless_cancelled(CheckReport {
            offers: dataset.offers.len(),
            needs: dataset.needs.len(),
            errors,
            warnings,
        })
    }
}

fn warnings(dataset: &Dataset, progress: &ProgressReporter<'_>) -> ErrorSink {
    let mut warnings = ErrorSink::default();
    let total = dataset.offers.len().saturating_add(dataset.needs.len());
    let places = Places::new(dataset.vocabulary.regions());
    let at = Path::root(Record::Request);
    let list = at.field("offers");
    for (index, offer) in dataset.offers.iter().enumerate() {
        if progress.report(index, total) {
            return warnings;
        }
        let at = list.item(index).with_record(Record::Offer).with_suggestions(&dataset.vocabulary);
        warn_code::warn_of_offer(&mut warnings, &at, offer, &dataset.vocabulary);
        places.warn_of_offer(&mut warnings, &at, offer);
        warn_of_capacity(&mut warnings, &at, offer, dataset.as_of, &dataset.policy);
    }
    let list = at.field("needs");
    for (index, need) in dataset.needs.iter().enumerate() {
        if progress.report(dataset.offers.len().saturating_add(index), total) {
            return warnings;
        }
        let at = list.item(index).with_record(Record::Need);
        warn_code::warn_of_need(&mut warnings, &at, need, &dataset.vocabulary);
        places.warn_of_need(&mut warnings, &at, need);
    }
    warn_of_other_land(&mut warnings, &at, dataset);
    warnings
}
