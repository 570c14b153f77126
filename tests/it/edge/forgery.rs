//! What a page of a stranger can let a browser send without asking first: it reaches neither a change nor anything that
//! is not public.

use super::{MINE, getting, send};
use crate::support::TestApp;
use http::{Request, StatusCode, header};
use serde_json::json;

const SIGN_IN: &str = "mutation { signIn(input: { username: \"rep01\", password: \"x\" }) { errors { code } } }";

/// The kinds of content that a form or `fetch` sends to another origin without asking it (Fetch standard, "CORS-safelisted
/// request-header"), in the spellings that browsers and servers have confused, and what is close to JSON and is none.
const SIMPLE: [&str; 17] = [
    "text/plain",
    "TEXT/PLAIN",
    "text/plain;charset=UTF-8",
    "text/plain; application/json",
    "text/plain;a=application/json",
    "text/plain, application/json",
    "application/json, text/plain",
    "application/x-www-form-urlencoded",
    "Application/X-WWW-Form-Urlencoded; charset=utf-8",
    "application/x-www-form-urlencoded; application/json",
    "multipart/form-data",
    "MULTIPART/FORM-DATA; boundary=application/json",
    "multipart/form-data; boundary=x",
    "application/graphql",
    "text/json",
    "application/json/x",
    "",
];

#[tokio::test]
async fn no_simple_request_reaches_an_operation() {
    let app = TestApp::new().await;
    let client = app.sign_in("rep01").await;
    let token = format!("Bearer {}", client.token().await.unwrap());
    for text in [SIGN_IN, MINE, "{ __typename }"] {
        let as_json = json!({ "query": text }).to_string();
        let as_form = format!("query={}", text.replace(' ', "+"));
        let as_parts =
            format!("--x\r\ncontent-disposition: form-data; name=\"operations\"\r\n\r\n{as_json}\r\n--x--\r\n");
        for body in [&as_json, &as_form, &as_parts] {
            for kind in SIMPLE.into_iter().map(Some).chain([None]) {
                let mut request = Request::post("/graphql").header(header::AUTHORIZATION, &token);
                if let Some(kind) = kind {
                    request = request.header(header::CONTENT_TYPE, kind);
                }
                let (got, statements) = app.counting(send(&app.router, request, body.clone())).await;
                got.is_refusal(StatusCode::UNSUPPORTED_MEDIA_TYPE, "BAD_INPUT");
                assert!(statements.is_empty(), "{kind:?}: nothing was looked at");
            }
        }
    }
}

#[tokio::test]
async fn json_in_its_spellings_is_what_a_page_must_ask_for_first() {
    let app = TestApp::new().await;
    let body = json!({ "query": "{ __typename }" }).to_string();
    for kind in ["application/json", "APPLICATION/JSON", "application/json; charset=utf-8", " application/json ;x=y"] {
        let got = send(&app.router, Request::post("/graphql").header(header::CONTENT_TYPE, kind), body.clone()).await;
        assert_eq!((got.status, &got.json()["data"]["__typename"]), (StatusCode::OK, &json!("Query")), "{kind}");
        // No answer tells a browser that another origin may read it or send this.
        assert!(got.headers.keys().all(|name| !name.as_str().starts_with("access-control-")));
    }
    let preflight = Request::options("/graphql").header("origin", "https://evil.example");
    let preflight = preflight.header("access-control-request-method", "POST");
    let got = send(&app.router, preflight.header("access-control-request-headers", "content-type"), "").await;
    assert_eq!(got.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(got.headers.keys().all(|name| !name.as_str().starts_with("access-control-")));
}

#[tokio::test]
async fn a_link_or_an_image_changes_nothing_and_shows_what_is_public() {
    let app = TestApp::new().await;
    app.sign_in("rep01").await;
    let twice = format!("query A {{ __typename }} {SIGN_IN}").replace("mutation {", "mutation B {");
    for parameters in
        [&[("query", SIGN_IN)][..], &[("query", &twice), ("operationName", "B")], &[("query", super::sockets::INBOX)]]
    {
        // Whatever a form may say of its content.
        for kind in ["application/json", "text/plain", "application/x-www-form-urlencoded"] {
            let request = getting(parameters).header(header::CONTENT_TYPE, kind);
            let (got, statements) = app.counting(send(&app.router, request, "")).await;
            got.is_refusal(StatusCode::METHOD_NOT_ALLOWED, "BAD_INPUT");
            assert!(statements.is_empty());
        }
    }
    // A browser sends cookies by itself, and no cookie signs anybody in.
    let cookies = getting(&[("query", MINE)]).header(header::COOKIE, "token=x; Authorization=Bearer x");
    assert_eq!(send(&app.router, cookies, "").await.code(), "UNAUTHENTICATED");
    for other in ["put", "patch", "delete"] {
        let request = Request::builder().method(other.to_uppercase().as_str()).uri("/graphql");
        let request = request.header(header::CONTENT_TYPE, "application/json");
        let got = send(&app.router, request, json!({ "query": SIGN_IN }).to_string()).await;
        got.is_refusal(StatusCode::METHOD_NOT_ALLOWED, "BAD_INPUT");
    }
}
