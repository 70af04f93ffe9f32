//! The operation `sketch`.

use crate::{
    decode::value::Value,
    error::Error,
    import::Sketch,
    wire::{call_options::CallOptions, import::ImportRequest, op, operation::Operation},
};

impl Operation for op::Sketch {
    const NAME: &'static str = "sketch";
    type Request = ImportRequest;
    type Response = Sketch;

    fn decode(value: &Value<'_>, options: &CallOptions<'_>) -> Result<ImportRequest, Error> {
        ImportRequest::from_value(value, options)
    }

    /// Recognizes files and their columns.
    ///
    /// # Errors
    ///
    /// Those of the files that prevent an import.
    fn run(request: ImportRequest, _options: &CallOptions<'_>) -> Result<Sketch, Error> {
        request.import.sketch(&request.files)
    }
}
