//! What the body of a request may be: its kind, its length, and what is said of a broken one.

use super::{posting, send};
use crate::support::TestApp;
use http::{Request, StatusCode, header};
use serde_json::json;

/// The most bytes of a body.
const LIMIT: usize = 256 * 1024;

const SIGN_OUT: &str = "mutation { signOut { errors { code } } }";

/// A request of exactly so many bytes, most of them in a member that nobody reads.
fn padded(bytes: usize) -> String {
    let start = r#"{"query":"{ __typename }","x":""#;
    format!("{start}{}\"}}", "a".repeat(bytes - start.len() - 2))
}

/// The same as one chunk after the other.
fn chunked(body: &str) -> String {
    let chunks = body.as_bytes().chunks(10_000);
    let chunks = chunks.map(|chunk| format!("{:x}\r\n{}\r\n", chunk.len(), String::from_utf8_lossy(chunk)));
    chunks.collect::<String>() + "0\r\n\r\n"
}

#[tokio::test]
async fn a_body_may_be_as_long_as_the_limit_and_not_a_byte_longer() {
    let app = TestApp::new().await;
    let served = app.served().await;
    let head = "POST /graphql HTTP/1.1\r\nhost: test\r\ncontent-type: application/json\r\n";
    for (length, status) in [(LIMIT, 200), (LIMIT + 1, 413), (32 * LIMIT, 413)] {
        let body = padded(length);
        let announced = format!("{head}content-length: {length}\r\n\r\n{body}");
        let in_chunks = format!("{head}transfer-encoding: chunked\r\n\r\n{}", chunked(&body));
        for (way, bytes) in [("announced", announced), ("in chunks", in_chunks)] {
            let mut wire = served.dial().await;
            // Also what is refused is taken, so that the client can hear the refusal.
            wire.send(bytes).await;
            let reply = wire.reply().await;
            assert_eq!(reply.status, status, "{length} {way}: {}", reply.text);
            let code = if status == 200 { json!(null) } else { json!("BAD_INPUT") };
            assert_eq!(reply.code(), code, "{}", reply.text);
        }
        assert_eq!(send(&app.router, posting(), body).await.status, status);
    }
}

#[tokio::test]
async fn what_is_announced_as_too_long_or_of_another_kind_is_not_even_received() {
    let app = TestApp::new().await;
    let served = app.served().await;
    for (kind, length, status) in [
        ("application/json", LIMIT + 1, 413),
        ("multipart/form-data; boundary=x", 50 * 1024 * 1024, 415),
        ("text/plain", 10, 415),
    ] {
        let mut wire = served.dial().await;
        // Not one byte of the body follows.
        wire.send(format!(
            "POST /graphql HTTP/1.1\r\nhost: test\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\n\r\n"
        ))
        .await;
        let reply = wire.reply().await;
        assert_eq!((reply.status, reply.code()), (status, json!("BAD_INPUT")), "{kind}");
        assert_eq!(wire.farewell().await, "", "the rest of the body is no further request");
    }
}

#[tokio::test]
async fn only_plain_json_in_utf8_is_read() {
    let app = TestApp::new().await;
    let client = app.sign_in("rep01").await;
    let bearer = format!("Bearer {}", client.token().await.unwrap());
    let request = || Request::post("/graphql").header(header::AUTHORIZATION, &bearer);
    let body = json!({ "query": SIGN_OUT }).to_string();
    for kind in [
        "text/plain",
        "text/plain; charset=utf-8",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/graphql",
        "application/json; charset=utf-16",
        "application/json, text/plain",
        "application/jsonp",
        "",
    ] {
        let got = send(&app.router, request().header(header::CONTENT_TYPE, kind), body.clone()).await;
        got.is_refusal(StatusCode::UNSUPPORTED_MEDIA_TYPE, "BAD_INPUT");
    }
    send(&app.router, request(), body.clone()).await.is_refusal(StatusCode::UNSUPPORTED_MEDIA_TYPE, "BAD_INPUT");
    let json = || request().header(header::CONTENT_TYPE, "application/json");
    let twice = json().header(header::CONTENT_TYPE, "text/plain");
    send(&app.router, twice, body.clone()).await.is_refusal(StatusCode::UNSUPPORTED_MEDIA_TYPE, "BAD_INPUT");
    let packed = json().header(header::CONTENT_ENCODING, "gzip");
    send(&app.router, packed, body.clone()).await.is_refusal(StatusCode::UNSUPPORTED_MEDIA_TYPE, "BAD_INPUT");
    client.ask(super::MINE).await.number("submissions.totalCount");
    let got =
        send(&app.router, request().header(header::CONTENT_TYPE, "Application/JSON; charset=\"UTF-8\""), body).await;
    assert_eq!(got.json()["data"]["signOut"]["errors"], json!([]), "the same mutation as JSON does it");
}

#[tokio::test]
async fn a_batch_is_refused_as_a_whole() {
    let app = TestApp::new().await;
    let client = app.sign_in("rep01").await;
    let batch = json!([{ "query": SIGN_OUT }, { "query": SIGN_OUT }]).to_string();
    send(&app.router, super::posting_as(&client).await, batch).await.is_refusal(StatusCode::BAD_REQUEST, "BAD_INPUT");
    client.ask(super::MINE).await.number("submissions.totalCount");
}

#[tokio::test]
async fn a_broken_body_gets_one_json_error_and_nothing_of_the_inside() {
    let app = TestApp::new().await;
    let deep = "[".repeat(200_000);
    for body in [
        &b""[..],
        b"{",
        b"null",
        b"1",
        b"\"\"",
        b"nonsense",
        b"query=%7B__typename%7D",
        b"{\"query\": \"{ __typename }\"",
        b"{\"query\": \"{ __typename }\"} {}",
        b"{\"query\": NaN}",
        b"{'query': '{ __typename }'}",
        b"\xef\xbb\xbf{\"query\": \"{ __typename }\"}",
        b"{\"query\": \"\xff\"}",
        b"{\"query\": \"\xed\xa0\x80\"}",
        b"{\"query\": \"\\ud800\"}",
        b"{\"query\": \"\x00\"}",
        b"\0",
        deep.as_bytes(),
    ] {
        let got = send(&app.router, posting(), body.to_vec()).await;
        got.is_refusal(StatusCode::BAD_REQUEST, "BAD_INPUT");
        assert_eq!(got.header("content-type"), "application/json; charset=utf-8");
    }
    let values = "{\"query\": \"{ __typename }\", \"variables\": {\"x\": ".to_owned() + &"[".repeat(100_000);
    send(&app.router, posting(), values).await.is_refusal(StatusCode::BAD_REQUEST, "BAD_INPUT");
}

#[tokio::test]
async fn a_broken_document_or_value_gets_the_same_shape_and_nothing_of_the_inside() {
    let app = TestApp::new().await;
    let client = app.sign_in("rep01").await;
    let id = "query($id: ID!) { node(id: $id) { __typename } }";
    for body in [
        json!({ "query": "" }),
        json!({ "query": "{" }),
        json!({ "query": "{ \u{0} }" }),
        json!({ "query": "fragment f on Query { __typename }" }),
        json!({ "query": "{ nothing }" }),
        json!({ "query": "{ ...missing }" }),
        json!({ "query": "query($x: Nothing) { __typename }", "operationName": "x" }),
        json!({ "query": "{ node(id: {}) { __typename } }" }),
        json!({ "query": "{ submissions(first: 99999999999999999999) { totalCount } }" }),
        json!({ "query": "{ submissions(filter: { kinds: [NOTHING] }) { totalCount } }" }),
        json!({ "query": id }),
        json!({ "query": id, "variables": { "id": null } }),
        json!({ "query": id, "variables": { "id": { "a": 1 } } }),
    ] {
        send(&app.router, super::posting_as(&client).await, body.to_string())
            .await
            .is_refusal(StatusCode::OK, "BAD_INPUT");
    }
}
