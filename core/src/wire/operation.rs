//! Operations: a request that is decoded, and a response that is serialized.

use serde::Serialize;

use crate::{decode::value::Value, error::Error, wire::call_options::CallOptions};

/// An operation of the wire format.
///
/// Bindings call operations by [name](crate::wire::call); this trait is for programs in Rust that need the request or the response itself.
///
/// # Example: the needs of a request, then its response
///
/// ```
/// use lotse::wire::{CallOptions, Operation, Value, op};
/// let text = r#"{"offers": [{"id": "o-1"}], "needs": [{"id": "n-1"}], "top": 1}"#;
/// let options = CallOptions::new();
/// let request = op::Rank::decode(&Value::from_json(text)?, &options)?;
/// assert_eq!((request.dataset.needs.len(), request.top), (1, 1));
/// let response = op::Rank::run(request, &options)?;
/// assert!(serde_json::to_string(&response).unwrap().starts_with(r#"{"rankings":[{"need":"n-1""#));
/// # Ok::<(), lotse::Error>(())
/// ```
pub trait Operation {
    /// The name, such as `rank`.
    const NAME: &'static str;
    /// The typed request.
    type Request;
    /// The response; sentences and names are in the display language of the request.
    type Response: Serialize;

    /// Decodes a request.
    ///
    /// # Errors
    ///
    /// Every error of the request. If only codes or ids are wrong, [`run`](Self::run) reports them.
    fn decode(request: &Value<'_>, options: &CallOptions<'_>) -> Result<Self::Request, Error>;

    /// Computes the response.
    ///
    /// # Errors
    ///
    /// Every unknown code and id, the limits of the operation, and `cancelled`.
    fn run(request: Self::Request, options: &CallOptions<'_>) -> Result<Self::Response, Error>;
}
