//! Errors as responses.

use axum::{
    Json,
    extract::rejection::{JsonRejection, PathRejection, QueryRejection},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use lotse::ErrorKind;

/// An error of a request, as the response to it.
#[derive(Debug)]
pub enum ApiError {
    /// An error of the library, with all details.
    Lotse(lotse::Error),
    /// A body that is not JSON, or too long.
    Body(JsonRejection),
    /// A parameter that is missing, or has a wrong value.
    Parameter(StatusCode),
    /// A request for a plan that states what the service has itself.
    ForeignField,
    /// No plan has this id.
    UnknownPlan,
}

impl From<QueryRejection> for ApiError {
    fn from(rejection: QueryRejection) -> Self {
        Self::Parameter(rejection.status())
    }
}

impl From<PathRejection> for ApiError {
    fn from(rejection: PathRejection) -> Self {
        Self::Parameter(rejection.status())
    }
}

impl From<lotse::Error> for ApiError {
    fn from(error: lotse::Error) -> Self {
        Self::Lotse(error)
    }
}

impl From<JsonRejection> for ApiError {
    fn from(rejection: JsonRejection) -> Self {
        Self::Body(rejection)
    }
}

/// An error that only the service can make, in the form of an error of the library.
#[derive(serde::Serialize)]
struct Detail {
    code: &'static str,
    message: &'static str,
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, code, message) = match self {
            Self::Lotse(error) => return (status(&error), Json(error)).into_response(),
            // The text of a rejection may quote the body, which is about a person.
            Self::Body(rejection) => (rejection.status(), "json.syntax", "the body is not JSON, or too long"),
            Self::Parameter(status) => (status, "parameter", "a parameter of the address is wrong"),
            Self::ForeignField => {
                let message = "offers, policy, vocabulary and as_of are those of the service";
                (StatusCode::UNPROCESSABLE_ENTITY, "plan.foreign_field", message)
            }
            Self::UnknownPlan => (StatusCode::NOT_FOUND, "plan.unknown_id", "no plan has this id"),
        };
        (status, Json(Detail { code, message })).into_response()
    }
}

fn status(error: &lotse::Error) -> StatusCode {
    match error.kind() {
        ErrorKind::Syntax => StatusCode::BAD_REQUEST,
        ErrorKind::Unknown if error.code() == "offer.unknown_id" => StatusCode::NOT_FOUND,
        ErrorKind::Cancelled => StatusCode::CONFLICT,
        ErrorKind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}
