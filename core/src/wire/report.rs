//! The operation `report`.

use std::fmt;

use serde::ser::{Serialize, Serializer};

use crate::{
    allocate::report::Report,
    decode::value::Value,
    error::Error,
    model::enums::Lang,
    util::progress::ProgressReporter,
    vocabulary::Vocabulary,
    wire::{
        allocate::{AllocateRequest, AllocateResponse},
        call_options::CallOptions,
        op,
        operation::Operation,
    },
};

/// The report on a plan, with the names of its codes.
///
/// # Example: the totals of a plan
///
/// ```
/// use lotse::wire::{AllocateRequest, CallOptions, Operation, Value, op};
/// let text = r#"{"offers": [{"id": "o-1", "capacity": 1}], "needs": [{"id": "n-1"}, {"id": "n-2"}]}"#;
/// let response = op::Report::run(AllocateRequest::from_value(&Value::from_json(text)?)?, &CallOptions::new())?;
/// assert_eq!((response.report().total.needs, response.report().total.unmet), (2, 1));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone)]
pub struct ReportResponse {
    report: Report,
    lang: Lang,
    vocabulary: Vocabulary,
}

impl ReportResponse {
    /// Returns the report.
    pub fn report(&self) -> &Report {
        &self.report
    }
}

impl fmt::Debug for ReportResponse {
    /// Shows the total counts only.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReportResponse").field("total", &self.report.total).finish_non_exhaustive()
    }
}

impl Serialize for ReportResponse {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.report.localized(self.lang, &self.vocabulary).serialize(serializer)
    }
}

impl Operation for op::Report {
    const NAME: &'static str = "report";
    type Request = AllocateRequest;
    type Response = ReportResponse;

    fn decode(value: &Value<'_>, options: &CallOptions<'_>) -> Result<AllocateRequest, Error> {
        op::Allocate::decode(value, options)
    }

    fn run(request: AllocateRequest, options: &CallOptions<'_>) -> Result<ReportResponse, Error> {
        let AllocateResponse { allocation, lang, vocabulary } = request.allocate(options)?;
        let report = allocation.report_step(&ProgressReporter::new(options.on_progress()))?;
        Ok(ReportResponse { report, lang, vocabulary })
    }
}
