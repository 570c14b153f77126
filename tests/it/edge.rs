//! The edge on the real application: what never reaches the engine, and how it is refused.

use crate::support::TestApp;
use axum::body::Body;
use axum::extract::ConnectInfo;
use http::{Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use std::net::SocketAddr;
use tower::ServiceExt;

async fn send(
    app: &TestApp,
    method: Method,
    uri: &str,
    kind: Option<&str>,
    body: impl Into<Body>,
) -> (StatusCode, String) {
    let mut request = Request::builder().method(method).uri(uri);
    if let Some(kind) = kind {
        request = request.header(header::CONTENT_TYPE, kind);
    }
    let mut request = request.body(body.into()).unwrap();
    request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([192, 0, 2, 1], 40_000))));
    let response = app.router.clone().oneshot(request).await.unwrap();
    let status = response.status();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8_lossy(&bytes).into_owned())
}

fn code(body: &str) -> Value {
    let json: Value = serde_json::from_str(body).unwrap_or(Value::Null);
    json["errors"][0]["extensions"]["code"].clone()
}

#[tokio::test]
async fn fragment_bombs_are_refused_before_the_engine_sees_them() {
    let app = TestApp::new().await;
    let mut bomb = String::from("query { ...f0 } ");
    for i in 0..20 {
        bomb.push_str(&format!("fragment f{i} on Query {{ ...f{n} ...f{n} }} ", n = i + 1));
    }
    bomb.push_str("fragment f20 on Query { __typename }");
    let body = json!({ "query": bomb }).to_string();
    let (_, answer) = send(&app, Method::POST, "/graphql", Some("application/json"), body).await;
    assert_eq!(code(&answer), "TOO_COMPLEX", "{answer}");
    let aliases: String = (0..40).map(|i| format!("a{i}: viewer {{ user {{ id }} }} ")).collect();
    let body = json!({ "query": format!("{{ {aliases} }}") }).to_string();
    let (_, answer) = send(&app, Method::POST, "/graphql", Some("application/json"), body).await;
    assert_eq!(code(&answer), "TOO_COMPLEX");
    let nested = json!({ "query": "{ submissions(first: 100) { nodes { timeline(first: 100) { nodes { id } } } } }" })
        .to_string();
    let (_, answer) = send(&app, Method::POST, "/graphql", Some("application/json"), nested).await;
    assert_eq!(code(&answer), "TOO_COMPLEX", "ten thousand rows");
}

#[tokio::test]
async fn mutations_come_by_post_with_json_alone_and_one_at_a_time() {
    let app = TestApp::new().await;
    let (status, _) =
        send(&app, Method::GET, "/graphql?query=mutation%7BsignOut%7Berrors%7Bcode%7D%7D%7D", None, "").await;
    assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED);
    let (status, _) = send(&app, Method::GET, "/graphql?query=%7B__typename%7D", None, "").await;
    assert_eq!(status, StatusCode::OK);
    let body = json!({ "query": "mutation { signOut { errors { code } } }" }).to_string();
    for kind in
        [Some("text/plain"), Some("application/x-www-form-urlencoded"), Some("multipart/form-data; boundary=x"), None]
    {
        let (status, answer) = send(&app, Method::POST, "/graphql", kind, body.clone()).await;
        assert_eq!((status, code(&answer)), (StatusCode::UNSUPPORTED_MEDIA_TYPE, json!("BAD_INPUT")), "{kind:?}");
    }
    let (status, answer) = send(&app, Method::POST, "/graphql", Some("application/json"), format!("[{body}]")).await;
    assert_eq!((status, code(&answer)), (StatusCode::BAD_REQUEST, json!("BAD_INPUT")));
    let twice =
        json!({ "query": "mutation { a: signOut { errors { code } } b: signOut { errors { code } } }" }).to_string();
    let (_, answer) = send(&app, Method::POST, "/graphql", Some("application/json"), twice).await;
    assert_eq!(code(&answer), "TOO_COMPLEX");
    for broken in ["", "{", "null", "{\"query\": 1}", "{\"query\": \"{\"}", "{\"query\": \"{ nothing }\"}"] {
        let (_, answer) = send(&app, Method::POST, "/graphql", Some("application/json"), broken).await;
        assert_eq!(code(&answer), "BAD_INPUT", "{broken}: {answer}");
        assert!(!answer.contains("Error("), "no inside of the program: {answer}");
    }
}

#[tokio::test]
async fn the_body_limit_holds() {
    let app = TestApp::new().await;
    let limit = 256 * 1024;
    let over = format!("{{\"query\": \"{{ __typename }}\", \"x\": \"{}\"}}", "a".repeat(limit));
    let (status, answer) = send(&app, Method::POST, "/graphql", Some("application/json"), over).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE, "{answer}");
}

#[tokio::test]
async fn the_explorer_and_the_probes_need_nothing_from_outside() {
    let app = TestApp::new().await;
    let (status, page) = send(&app, Method::GET, "/", None, "").await;
    assert_eq!(status, StatusCode::OK);
    assert!(!page.contains("https://") && !page.contains("//cdn"), "{page}");
    for (path, wanted) in
        [("/health/live", StatusCode::OK), ("/health/ready", StatusCode::OK), ("/nothing", StatusCode::NOT_FOUND)]
    {
        assert_eq!(send(&app, Method::GET, path, None, "").await.0, wanted, "{path}");
    }
}

#[tokio::test]
async fn guessing_passwords_is_braked_and_tells_nothing() {
    let app = TestApp::new().await;
    let try_once = async |username: &str| {
        let input = json!({ "username": username, "password": "wrong-password-wrong" });
        app.anonymous().call("signIn", input, "accessToken").await
    };
    let known = try_once("rep01").await;
    let unknown = try_once("nobody").await;
    assert_eq!(known.body, unknown.body, "the same answer for both");
    assert_eq!(known.refused("signIn").0, "INVALID_VALUE");
    let mut last = known;
    for _ in 0..8 {
        last = try_once("rep01").await;
    }
    assert_eq!(last.error_code(), "RATE_LIMITED");
    assert!(last.body["errors"][0]["extensions"]["retryAfter"].as_u64().is_some());
}

#[tokio::test]
async fn a_refresh_token_used_twice_ends_the_session() {
    let app = TestApp::new().await;
    let input = json!({ "username": "rep01", "password": "Qinghe-2026-demo" });
    let first = app.anonymous().call("signIn", input, "accessToken refreshToken").await;
    let token = first.text("signIn.refreshToken").to_owned();
    let refresh = json!({ "refreshToken": token });
    let second = app.anonymous().call("refreshToken", refresh.clone(), "accessToken").await;
    let access = second.text("refreshToken.accessToken").to_owned();
    let me = "{ submissions { totalCount } }";
    app.anonymous().with_token(&access).ask(me).await.number("submissions.totalCount");
    assert_eq!(app.anonymous().call("refreshToken", refresh, "").await.error_code(), "UNAUTHENTICATED");
    assert_eq!(app.anonymous().with_token(&access).ask(me).await.error_code(), "UNAUTHENTICATED", "the whole family");
    for forged in ["", "x", "eyJhbGciOiJub25lIn0.e30.", "a.b.c"] {
        assert_eq!(app.anonymous().with_token(forged).ask(me).await.error_code(), "UNAUTHENTICATED");
    }
}
