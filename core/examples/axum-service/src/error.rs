//! Errors as responses.

use axum::{
    Json,
    extract::rejection::JsonRejection,
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
    /// No plan has this id.
    UnknownPlan,
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
        match self {
            Self::Lotse(error) => (status(&error), Json(error)).into_response(),
            // The text of the rejection may quote the body, which is about a person.
            Self::Body(rejection) => {
                let detail = Detail { code: "json.syntax", message: "the body is not JSON, or too long" };
                (rejection.status(), Json(detail)).into_response()
            }
            Self::UnknownPlan => {
                let detail = Detail { code: "plan.unknown_id", message: "no plan has this id" };
                (StatusCode::NOT_FOUND, Json(detail)).into_response()
            }
        }
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
