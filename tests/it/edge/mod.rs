//! The edge on the real application: what a client may send, how it is refused, and what outlives it.

mod answers;
mod bodies;
mod connections;
mod costs;
mod deep;
mod documents;
mod followers;
mod forgery;
mod mutations;
mod passwords;
mod patience;
mod public;
mod rates;
mod sockets;
mod storage;
mod text;
mod tokens;
mod trusted;

use crate::support::Client;
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use std::net::SocketAddr;
use tower::ServiceExt;

/// A query that only a signed-in person may ask.
const MINE: &str = "{ submissions { totalCount } }";

/// What came back for a request of any shape.
#[derive(Debug)]
struct Got {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Got {
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or(Value::Null)
    }

    /// The code of the first error.
    fn code(&self) -> Value {
        self.json()["errors"][0]["extensions"]["code"].clone()
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// That it is the one shape of a refusal: a list of one error with text and code, and no data.
    #[track_caller]
    fn is_refusal(&self, status: StatusCode, code: &str) {
        let json = self.json();
        assert_eq!((self.status, &json["errors"][0]["extensions"]["code"]), (status, &json!(code)), "{self:?}");
        assert_eq!(json.as_object().map(|members| members.keys().cloned().collect()), Some(vec!["errors".to_owned()]));
        assert_eq!(json["errors"].as_array().map(Vec::len), Some(1));
        assert!(json["errors"][0]["message"].as_str().is_some_and(|text| !text.is_empty()), "{json}");
        // The texts of Rust's `Debug`, of its libraries and of SQL.
        for inside in ["Error(", "Err(", "Some(", "::", "panicked", "SELECT", ".rs:", "invalid type", "expected value"]
        {
            assert!(!self.text.contains(inside), "{inside} is the inside of the program: {}", self.text);
        }
    }
}

/// Sends a request straight to the router, from an address as the server notes it.
async fn send(router: &Router, request: http::request::Builder, body: impl Into<Body>) -> Got {
    let mut request = request.body(body.into()).unwrap();
    request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([192, 0, 2, 1], 40_000))));
    let response = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    Got { status: parts.status, headers: parts.headers, text: String::from_utf8_lossy(&bytes).into_owned() }
}

/// A POST with JSON, in English.
fn posting() -> http::request::Builder {
    Request::post("/graphql").header(header::CONTENT_TYPE, "application/json").header(header::ACCEPT_LANGUAGE, "en")
}

/// The same as this person.
async fn posting_as(client: &Client) -> http::request::Builder {
    let token = client.token().await.unwrap_or_default();
    posting().header(header::AUTHORIZATION, format!("Bearer {token}"))
}

/// A GET with these parameters, in English.
fn getting(parameters: &[(&str, &str)]) -> http::request::Builder {
    let escape = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    let pairs: Vec<String> = parameters.iter().map(|(name, value)| format!("{name}={}", escape(value))).collect();
    Request::get(format!("/graphql?{}", pairs.join("&"))).header(header::ACCEPT_LANGUAGE, "en")
}
