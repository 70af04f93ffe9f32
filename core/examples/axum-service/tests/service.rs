//! The service as its clients see it.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    process::{Child, Command, Stdio},
    time::Duration,
};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode},
};
use lotse::{Matcher, Offer, SharedMatcher, example};
use lotse_axum_service::router;
use serde_json::{Value, json};
use tower::ServiceExt as _;

fn small() -> Router {
    let offers = ["o-1", "o-2"].map(|id| Offer::builder(id).language("prs").capacity(1).build().unwrap());
    router(SharedMatcher::new(Matcher::builder().offers(offers).build().unwrap()))
}

fn incident() -> Router {
    let offers = example::offers().unwrap();
    router(SharedMatcher::new(
        Matcher::builder().offers(offers).as_of(example::AS_OF.parse().unwrap()).build().unwrap(),
    ))
}

async fn send(app: &Router, method: &str, uri: &str, body: impl Into<Body>) -> (StatusCode, Value) {
    let request = Request::builder().method(method).uri(uri).header("content-type", "application/json");
    let response = app.clone().oneshot(request.body(body.into()).unwrap()).await.unwrap();
    let status = response.status();
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes).unwrap() })
}

#[tokio::test]
async fn a_need_is_ranked_and_explained_in_a_display_language() {
    let app = small();
    let need = r#"{"id": "n-1", "languages": ["prs"]}"#;
    let (status, ranking) = send(&app, "POST", "/rank?top=1&lang=de", need).await;
    assert_eq!((status, ranking["matches"].as_array().unwrap().len()), (StatusCode::OK, 1));
    assert_eq!(ranking["matches"][0]["reasons"][0]["text"], "Spricht Dari.");
    let (status, explanation) = send(&app, "POST", "/explain/o-2", need).await;
    assert_eq!((status, &explanation["matches"]), (StatusCode::OK, &json!(true)));
}

#[tokio::test]
async fn an_error_has_every_path_and_no_value() {
    let app = small();
    let need = r#"{"id": "n-1", "age": "GEHEIM", "people": 0, "languages": ["xqq"]}"#;
    let (status, error) = send(&app, "POST", "/rank", need).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let paths: Vec<&str> = error["errors"].as_array().unwrap().iter().map(|e| e["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["need.people", "need.age"]);
    assert!(!error.to_string().contains("GEHEIM"));

    let (status, error) = send(&app, "POST", "/rank", r#"{"id": GEHEIM}"#).await;
    assert_eq!((status, &error["code"]), (StatusCode::BAD_REQUEST, &json!("json.syntax")));
    assert!(!error.to_string().contains("GEHEIM"));
    let (status, error) = send(&app, "POST", "/explain/o-9", r#"{"id": "n-1"}"#).await;
    assert_eq!((status, &error["code"]), (StatusCode::NOT_FOUND, &json!("offer.unknown_id")));
}

#[tokio::test]
async fn a_capacity_changes_the_next_ranking() {
    let app = small();
    let (status, _) = send(&app, "PUT", "/offers/o-1/capacity", "0").await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    let (_, ranking) = send(&app, "POST", "/rank", r#"{"id": "n-1"}"#).await;
    assert_eq!(ranking["matches"].as_array().unwrap().len(), 1);
    let (status, error) = send(&app, "PUT", "/offers/o-1/capacity", "-1").await;
    assert_eq!((status, &error["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("offer.range")));
}

/// Waits for a plan that runs.
async fn finished(app: &Router, uri: &str) -> (StatusCode, Value) {
    loop {
        let (status, plan) = send(app, "GET", uri, Body::empty()).await;
        if plan["state"] != "running" {
            return (status, plan);
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn a_plan_is_a_job() {
    let app = incident();
    let request = format!(r#"{{"needs": {}, "lang": "de"}}"#, example::NEEDS);
    let (status, started) = send(&app, "POST", "/plans", request).await;
    assert_eq!((status, &started["id"]), (StatusCode::ACCEPTED, &json!(1)));
    let (status, plan) = finished(&app, "/plans/1").await;
    assert_eq!((status, &plan["certificate"]["verified"]), (StatusCode::OK, &json!(true)));
    let needs = plan["unmet"].as_array().unwrap().len() + plan["referrals"].as_array().unwrap().len();
    assert_eq!(needs, 366);

    // The plan goes back in: no person is moved without a reason.
    let request = json!({"needs": serde_json::from_str::<Value>(example::NEEDS).unwrap(), "previous": plan});
    let (_, started) = send(&app, "POST", "/plans", request.to_string()).await;
    let (_, again) = finished(&app, &format!("/plans/{}", started["id"])).await;
    assert_eq!(again["referrals"].as_array().unwrap().len(), plan["referrals"].as_array().unwrap().len());
    assert_eq!(again["objective"]["people"], plan["objective"]["people"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_can_be_cancelled() {
    let app = incident();
    let request = format!(r#"{{"needs": {}}}"#, example::NEEDS);
    send(&app, "POST", "/plans", request).await;
    let (status, _) = send(&app, "DELETE", "/plans/1", Body::empty()).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    let (status, error) = send(&app, "GET", "/plans/1", Body::empty()).await;
    assert_eq!((status, &error["code"]), (StatusCode::NOT_FOUND, &json!("plan.unknown_id")));
}

#[tokio::test]
async fn a_plan_has_the_offers_of_the_service_and_an_id_of_its_own() {
    let app = small();
    let (status, error) = send(&app, "POST", "/plans", r#"{"needs": [], "offers": []}"#).await;
    assert_eq!((status, &error["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("plan.foreign_field")));
    let need = r#"{"needs": [{"id": "n-1", "age": "x"}], "fixed": [{"need": "n-1", "offer": "o-1"}]}"#;
    let (status, error) = send(&app, "POST", "/plans", need).await;
    assert_eq!((status, error["errors"].as_array().unwrap().len()), (StatusCode::UNPROCESSABLE_ENTITY, 1));

    let (_, first) = send(&app, "POST", "/plans", r#"{"needs": []}"#).await;
    send(&app, "DELETE", &format!("/plans/{}", first["id"]), Body::empty()).await;
    let (_, second) = send(&app, "POST", "/plans", r#"{"needs": []}"#).await;
    assert_ne!(first["id"], second["id"]);
    for address in ["/plans/abc", "/plans/9"] {
        let (_, error) = send(&app, "GET", address, Body::empty()).await;
        assert!(error["code"].is_string(), "{address}");
    }
    let (status, error) = send(&app, "POST", "/rank?lang=xx", r#"{"id": "n-1"}"#).await;
    assert_eq!((status, &error["code"]), (StatusCode::BAD_REQUEST, &json!("parameter")));
}

#[tokio::test]
async fn errors_of_a_plan_are_its_result() {
    let app = small();
    let (_, started) = send(&app, "POST", "/plans", r#"{"needs": [{"id": "n-1", "languages": ["xqq"]}]}"#).await;
    let (status, error) = finished(&app, &format!("/plans/{}", started["id"])).await;
    assert_eq!((status, &error["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("need.language.unknown_tag")));
}

/// Ends the server when the test does.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn the_program_serves_the_incident() {
    let program = env!("CARGO_BIN_EXE_lotse-axum-service");
    let child = Command::new(program).arg("127.0.0.1:0").stdout(Stdio::piped()).spawn().unwrap();
    let mut server = Server(child);
    let mut address = String::new();
    BufReader::new(server.0.stdout.take().unwrap()).read_line(&mut address).unwrap();
    let address = address.trim().strip_prefix("http://").unwrap();

    let need = r#"{"id": "n-1", "languages": ["uk"], "region": "14612"}"#;
    let mut stream = TcpStream::connect(address).unwrap();
    let length = need.len();
    write!(
        stream,
        "POST /rank?top=1 HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{need}"
    )
    .unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    assert!(response.starts_with("HTTP/1.1 200 OK"), "{response}");
    assert!(response.contains(r#"{"need":"n-1","matches":[{"offer":"#), "{response}");
}
