//! Calls of operations by name.

use crate::{
    decode::{
        path::{Path, Record},
        value::Value,
    },
    error::{Error, ErrorKind, message},
    wire::{call_options::CallOptions, json::to_json, op, operation::Operation},
};

/// An operation as a function from a request to the JSON text of its response.
type Call = fn(&Value<'_>, &CallOptions<'_>) -> Result<String, Error>;

/// All operations by name.
const OPERATIONS: &[(&str, Call)] = &[
    entry::<op::Rank>(),
    entry::<op::Explain>(),
    entry::<op::Diagnose>(),
    entry::<op::Allocate>(),
    entry::<op::Report>(),
    entry::<op::Check>(),
    entry::<op::Resolve>(),
    #[cfg(feature = "import")]
    entry::<op::Import>(),
    #[cfg(feature = "import")]
    entry::<op::Sketch>(),
    #[cfg(feature = "import")]
    entry::<op::Export>(),
];

const fn entry<O: Operation>() -> (&'static str, Call) {
    (O::NAME, |request, options| to_json(&O::run(O::decode(request, options)?, options)?, options))
}

/// Returns the names of all operations.
///
/// # Example: is there a `rank`?
///
/// ```
/// assert!(lotse::wire::operations().any(|name| name == "rank"));
/// ```
pub fn operations() -> impl ExactSizeIterator<Item = &'static str> {
    OPERATIONS.iter().map(|(name, _)| *name)
}

/// Calls an operation by name, and returns its response as JSON text.
///
/// # Errors
///
/// `request.unknown_operation`, every error of the request, and `cancelled`.
///
/// # Example: an offer in the right language
///
/// ```
/// use lotse::wire::{self, CallOptions, Value};
/// let request = Value::from_json(
///     r#"{"offers": [{"id": "o-1", "languages": ["de"]}], "needs": [{"id": "n-1", "languages": ["de"]}], "reasons": false}"#,
/// )?;
/// assert_eq!(
///     wire::call("rank", &request, &CallOptions::new())?,
///     r#"{"rankings":[{"need":"n-1","matches":[{"offer":"o-1","score":0.82955,"to_check":["capacity"]}]}]}"#
/// );
/// assert_eq!(wire::call("rang", &request, &CallOptions::new()).unwrap_err().code(), "request.unknown_operation");
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn call(name: &str, request: &Value<'_>, options: &CallOptions<'_>) -> Result<String, Error> {
    match OPERATIONS.iter().find(|(operation, _)| *operation == name) {
        Some((_, call)) => call(request, options),
        None => {
            let names: Vec<&str> = operations().collect();
            let error = Path::root(Record::Request).error(
                ErrorKind::Unknown,
                "unknown_operation",
                message!("unknown_operation"),
            );
            Err(Error::new(error.with_hint(message!("value.hint").with(&[("names", &names.join(", "))]))))
        }
    }
}

/// Calls an operation by name, from JSON text to JSON text.
///
/// # Errors
///
/// `json.syntax`, and as [`call`].
///
/// # Example: why no offer matches
///
/// ```
/// use lotse::wire::{self, CallOptions};
/// let response = wire::call_json("diagnose", r#"{"needs": [{"id": "n-1"}]}"#, &CallOptions::new())?;
/// assert_eq!(response, r#"{"diagnoses":[{"need":"n-1","offers":0,"matching":0,"blocked":[],"near_misses":[]}]}"#);
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn call_json(name: &str, request: &str, options: &CallOptions<'_>) -> Result<String, Error> {
    call(name, &Value::from_json(request)?, options)
}
