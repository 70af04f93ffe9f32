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
        ImportRequest::from_sketch(value, options)
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

#[cfg(test)]
mod tests {
    use crate::wire::{self, CallOptions};

    #[test]
    fn the_names_of_columns_suggest_the_records() {
        let sketch = |list: &str| {
            let request = serde_json::json!({"files": [{"name": "list.csv", "text": list}]});
            wire::call_json("sketch", &request.to_string(), &CallOptions::new()).unwrap()
        };
        assert!(
            sketch("Nr;Name;Sprache;Deutschkenntnisse;Delikt\n7;B;Dari;A2;Raub\n").contains(r#""records":"needs""#)
        );
        assert!(
            sketch("Nr;Einrichtung;Sprachen;Zuständig für\n7;Treff;Dari;Dresden\n").contains(r#""records":"offers""#)
        );
    }
}
