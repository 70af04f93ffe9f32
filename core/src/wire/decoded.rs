//! Records inside types that serde deserializes, with all their errors.

use serde::de::{Deserialize, Deserializer};

use crate::{
    decode::value::Value,
    error::Error,
    model::{need::Need, offer::Offer, policy::Policy},
    wire::{
        allocate::AllocateRequest, dataset::Dataset, diagnose::DiagnoseRequest, explain::ExplainRequest,
        rank::RankRequest, resolve::ResolveRequest,
    },
};

/// A record or request that serde deserializes without losing an error: code, path, hint and all further errors.
///
/// `Need` and the others implement `Deserialize` too, but an error of serde is only a text. A web framework that
/// deserializes the body of a request takes a `Decoded` and answers with the [`Error`], which is serializable.
///
/// # Example: the body of a request
///
/// ```
/// use lotse::{Need, wire::Decoded};
/// let body = r#"{"id": "n-1", "age": "thirty", "languages": ["prs"], "people": 0}"#;
/// let decoded: Decoded<Need> = serde_json::from_str(body).unwrap();
/// let error = decoded.into_result().unwrap_err();
/// let paths: Vec<&str> = error.errors().map(|error| error.path()).collect();
/// assert_eq!(paths, ["need.people", "need.age"]);
/// ```
#[derive(Clone, Debug)]
pub struct Decoded<T>(Result<T, Error>);

impl<T> Decoded<T> {
    /// Returns the record.
    ///
    /// # Errors
    ///
    /// All errors of the record.
    pub fn into_result(self) -> Result<T, Error> {
        self.0
    }
}

/// Implements `Deserialize` by a function that decodes a value.
macro_rules! decoded {
    ($($record:ty: $decode:path),* $(,)?) => {$(
        impl<'de> Deserialize<'de> for Decoded<$record> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Ok(Self($decode(&Value::deserialize(deserializer)?)))
            }
        }
    )*};
}

decoded! {
    Need: Need::from_value,
    Vec<Need>: Need::list_from_value,
    Offer: Offer::from_value,
    Vec<Offer>: Offer::list_from_value,
    Policy: Policy::from_value,
    Dataset: Dataset::from_value,
    RankRequest: RankRequest::from_value,
    ExplainRequest: ExplainRequest::from_value,
    DiagnoseRequest: DiagnoseRequest::from_value,
    AllocateRequest: AllocateRequest::from_value,
    ResolveRequest: ResolveRequest::from_value,
}
