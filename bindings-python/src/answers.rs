//! Answers to the questions of an import.

use lotse::wire::Value;
use pyo3::{prelude::*, types::PyString};

use crate::{convert, error, mapping, payload};

/// Accepts a dict from ids to answers, or a list of questions with their answers; as data, JSON text or the path of a file.
///
/// # Errors
///
/// `json.syntax`, and the `OSError` of a file that cannot be read.
pub(crate) fn from_input(input: &Bound<'_, PyAny>) -> PyResult<Value<'static>> {
    let is_path = input.is_instance_of::<PyString>() || input.hasattr("__fspath__")?;
    if !is_path {
        return Ok(by_id(convert::to_value(input)));
    }
    let parsed = Value::from_json(&mapping::text(input)?).map(Value::into_owned);
    parsed.map(by_id).map_err(|error| error::raise(input.py(), &error))
}

/// Returns an object from the ids of questions to their answers. A question without an answer is still open.
fn by_id(answers: Value<'static>) -> Value<'static> {
    let Value::Array(questions) = answers else { return answers };
    let answer = |question: Value<'static>| {
        let id = payload::text(payload::get(&question, "id"))?.to_owned();
        let answer = payload::get(&question, "answer").clone();
        (!matches!(answer, Value::Null)).then(|| (id.into(), answer))
    };
    Value::Object(questions.into_iter().filter_map(answer).collect())
}

/// Adds answers to earlier ones, which they replace.
pub(crate) fn merge(earlier: Value<'static>, answers: Value<'static>) -> Value<'static> {
    match (earlier, answers) {
        (Value::Object(mut merged), Value::Object(answers)) => {
            merged.retain(|(id, _)| !answers.iter().any(|(other, _)| other == id));
            merged.extend(answers);
            Value::Object(merged)
        }
        (_, answers) => answers,
    }
}
