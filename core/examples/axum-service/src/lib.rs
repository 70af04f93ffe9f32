//! A service on `lotse`: ranks and explains at once, plans as jobs with progress and cancellation, and takes updates meanwhile.
//!
//! | request | response |
//! |---|---|
//! | `POST /rank?top=3&lang=de` with a need | the ranking, with sentences |
//! | `POST /explain/{offer}?lang=de` with a need | the explanation |
//! | `PUT /offers/{offer}/capacity` with a capacity | 204 |
//! | `POST /plans` with the needs and options of a request `allocate` | 202 and `{"id": 1}` |
//! | `GET /plans/{id}` | `{"state": "running", "done": 3, "total": null}`, the plan, or its errors |
//! | `DELETE /plans/{id}` | cancels the plan, and forgets it |
//!
//! An error is the JSON form of [`lotse::Error`]: `code`, `path`, `message`, `hint` and all `errors`. It has no value of a need, so it
//! may be logged.

mod error;
mod jobs;

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::{
        Path, Query, State,
        rejection::{JsonRejection, PathRejection, QueryRejection},
    },
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post, put},
};
use lotse::{
    Capacity, Lang, Matcher, Need, SharedMatcher,
    wire::{self, AllocateRequest, CallOptions, Decoded, Value},
};

pub use crate::error::ApiError;
use crate::jobs::Jobs;

/// What all requests share.
#[derive(Debug)]
struct App {
    matcher: SharedMatcher,
    jobs: Jobs,
}

/// Returns the routes of the service for the offers of a matcher.
///
/// # Example: serve two offers
///
/// ```no_run
/// # async fn serve() -> Result<(), Box<dyn std::error::Error>> {
/// use lotse::{Matcher, Offer, SharedMatcher};
/// let offers = [Offer::builder("o-1").build()?, Offer::builder("o-2").build()?];
/// let matcher = Matcher::builder().offers(offers).build()?;
/// let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
/// axum::serve(listener, lotse_axum_service::router(SharedMatcher::new(matcher))).await?;
/// # Ok(())
/// # }
/// ```
pub fn router(matcher: SharedMatcher) -> Router {
    Router::new()
        .route("/rank", post(rank))
        .route("/explain/{offer}", post(explain))
        .route("/offers/{offer}/capacity", put(set_capacity))
        .route("/plans", post(start_plan))
        .route("/plans/{id}", get(plan).delete(cancel_plan))
        .with_state(Arc::new(App { matcher, jobs: Jobs::default() }))
}

/// A body, with all errors of the record in it, or the error of text that is not JSON.
type Body<T> = Result<Json<Decoded<T>>, JsonRejection>;

fn record<T>(body: Body<T>) -> Result<T, ApiError> {
    let Json(decoded) = body?;
    Ok(decoded.into_result()?)
}

/// The parameters of a display.
#[derive(Clone, Copy, Debug, serde::Deserialize)]
struct Display {
    #[serde(default = "default_top")]
    top: usize,
    #[serde(default, deserialize_with = "lang")]
    lang: Option<Lang>,
}

/// The parameters of a request, or the error of wrong ones.
type Parameters = Result<Query<Display>, QueryRejection>;

fn default_top() -> usize {
    5
}

fn lang<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Lang>, D::Error> {
    let text: String = serde::Deserialize::deserialize(deserializer)?;
    text.parse().map(Some).map_err(serde::de::Error::custom)
}

/// Returns a result as a JSON response.
fn json(result: &impl serde::Serialize) -> Result<Response, ApiError> {
    let text = wire::to_json(result, &CallOptions::new())?;
    Ok(([("content-type", "application/json")], text).into_response())
}

async fn rank(State(app): State<Arc<App>>, display: Parameters, body: Body<Need>) -> Result<Response, ApiError> {
    let (Query(display), need) = (display?, record(body)?);
    // One need takes some microseconds; many would be a job.
    let matcher = app.matcher.read();
    let ranking = matcher.rank(&need, display.top)?;
    json(&ranking.localized(display.lang.unwrap_or(Lang::En), matcher.vocabulary()))
}

async fn explain(
    State(app): State<Arc<App>>,
    Path(offer): Path<String>,
    display: Parameters,
    body: Body<Need>,
) -> Result<Response, ApiError> {
    let (Query(display), need) = (display?, record(body)?);
    let matcher = app.matcher.read();
    let explanation = matcher.explain(&need, &offer)?;
    json(&explanation.localized(display.lang.unwrap_or(Lang::En), matcher.vocabulary()))
}

async fn set_capacity(
    State(app): State<Arc<App>>,
    Path(offer): Path<String>,
    body: String,
) -> Result<StatusCode, ApiError> {
    let capacity = Capacity::from_value(&Value::from_json(&body)?)?;
    // Requests that began before go on with the matcher that they have read.
    app.matcher.update(|matcher| matcher.set_capacity(&offer, capacity))?;
    Ok(StatusCode::NO_CONTENT)
}

async fn start_plan(State(app): State<Arc<App>>, body: String) -> Result<Response, ApiError> {
    let matcher = app.matcher.read();
    let (needs, request) = plan_request(&Value::from_json(&body)?, &matcher)?;
    let id = app.jobs.start(move |progress| {
        let allocation = matcher.allocate(&needs, &request.options.progress(progress))?;
        wire::to_json(&allocation.localized(request.lang, matcher.vocabulary()), &CallOptions::new().progress(progress))
    });
    Ok((StatusCode::ACCEPTED, Json(jobs::Started { id })).into_response())
}

/// Decodes the needs with the vocabulary of the matcher, and the options of a plan.
fn plan_request(body: &Value<'_>, matcher: &Matcher) -> Result<(Vec<Need>, AllocateRequest), ApiError> {
    let Value::Object(fields) = body else {
        // The error of any request that is not an object.
        return Ok((Vec::new(), AllocateRequest::from_value(body)?));
    };
    if fields.iter().any(|(name, _)| ["offers", "policy", "vocabulary", "as_of"].contains(&name.as_ref())) {
        return Err(ApiError::ForeignField);
    }
    let (needs, options): (Vec<_>, Vec<_>) = fields.iter().cloned().partition(|(name, _)| name == "needs");
    let needs = match needs.as_slice() {
        [(_, Value::Array(needs))] => {
            wire::decode_needs(matcher, needs.len(), |index| needs.get(index).unwrap_or(&Value::Null))?
        }
        _ => AllocateRequest::from_value(&Value::Object(needs))?.dataset.needs,
    };
    Ok((needs, AllocateRequest::from_value(&Value::Object(options))?))
}

/// The id of a plan in the address, or the error of one that is no number.
type Id = Result<Path<u64>, PathRejection>;

async fn plan(State(app): State<Arc<App>>, id: Id) -> Result<Response, ApiError> {
    app.jobs.response(id?.0)
}

async fn cancel_plan(State(app): State<Arc<App>>, id: Id) -> Result<StatusCode, ApiError> {
    app.jobs.cancel(id?.0)?;
    Ok(StatusCode::NO_CONTENT)
}
