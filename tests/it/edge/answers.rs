//! GraphQL over HTTP: the media type and status of an answer, its headers, and what a request may look like.

use super::{MINE, getting, posting, send};
use crate::support::TestApp;
use http::{Request, StatusCode, header};
use serde_json::json;

const JSON: &str = "application/json; charset=utf-8";
const RESPONSE: &str = "application/graphql-response+json; charset=utf-8";

#[tokio::test]
async fn the_answer_comes_in_the_media_type_that_was_asked_for() {
    let app = TestApp::new().await;
    for (accept, wanted) in [
        (None, JSON),
        (Some("*/*"), JSON),
        (Some("application/*"), JSON),
        (Some("application/json"), JSON),
        (Some("text/html, application/json;q=0.5"), JSON),
        (Some("application/graphql-response+json"), RESPONSE),
        (Some("application/graphql-response+json; charset=utf-8, application/json;q=0.9"), RESPONSE),
        (Some("application/graphql-response+json;q=0.1, application/json;q=0.9"), JSON),
    ] {
        let get = getting(&[("query", "{ __typename }")]);
        for (request, vary) in
            [(posting(), "accept, accept-language"), (get, "accept, accept-language, authorization, x-query-cost")]
        {
            let request = match accept {
                Some(accept) => request.header(header::ACCEPT, accept),
                None => request,
            };
            let got = send(&app.router, request, json!({ "query": "{ __typename }" }).to_string()).await;
            assert_eq!((got.status, got.header("content-type")), (StatusCode::OK, wanted), "{accept:?}");
            assert_eq!(got.json(), json!({ "data": { "__typename": "Query" } }));
            assert_eq!(got.header("vary"), vary, "no cache may mix them");
        }
    }
    for accept in ["text/html", "application/xml", "image/png, text/*", "*/*;q=0"] {
        let body = json!({ "query": "mutation { signOut { errors { code } } }" }).to_string();
        let got = send(&app.router, posting().header(header::ACCEPT, accept), body).await;
        got.is_refusal(StatusCode::NOT_ACCEPTABLE, "BAD_INPUT");
        assert_eq!(got.header("content-type"), JSON, "an error is JSON whatever was asked for");
    }
}

#[tokio::test]
async fn a_request_error_has_a_status_in_the_newer_media_type_and_200_in_the_older() {
    let app = TestApp::new().await;
    let aliases: String = (0..31).map(|i| format!("a{i}: __typename ")).collect();
    for (document, code) in [
        ("{".to_owned(), "BAD_INPUT"),
        ("{ nothing }".to_owned(), "BAD_INPUT"),
        ("query a { __typename } query b { __typename }".to_owned(), "BAD_INPUT"),
        ("query($id: ID!) { node(id: $id) { __typename } }".to_owned(), "BAD_INPUT"),
        ("subscription { notificationReceived { id } }".to_owned(), "BAD_INPUT"),
        (format!("{{ {aliases} }}"), "TOO_COMPLEX"),
    ] {
        let body = json!({ "query": document }).to_string();
        let newer = posting().header(header::ACCEPT, "application/graphql-response+json");
        let got = send(&app.router, newer, body.clone()).await;
        got.is_refusal(StatusCode::BAD_REQUEST, code);
        assert_eq!(got.header("content-type"), RESPONSE);
        send(&app.router, posting(), body).await.is_refusal(StatusCode::OK, code);
    }
    // Once execution began the answer is a result, with its errors beside the data.
    let newer = posting().header(header::ACCEPT, "application/graphql-response+json");
    let got = send(&app.router, newer, json!({ "query": MINE }).to_string()).await;
    assert_eq!(
        (got.status, got.code(), got.json().get("data")),
        (StatusCode::OK, json!("UNAUTHENTICATED"), Some(&json!(null)))
    );
}

#[tokio::test]
async fn a_get_reads_the_members_of_a_request_from_its_address() {
    let app = TestApp::new().await;
    let two = "query kind { __typename } query named($name: String!) { __type(name: $name) { name } }";
    let variables = r#"{"name":"Matter 一"}"#;
    let named = [("query", two), ("operationName", "named"), ("variables", variables), ("extensions", "")];
    let got = send(&app.router, getting(&named), "").await;
    assert_eq!(got.json(), json!({ "data": { "__type": null } }), "{}", got.text);
    let got = send(&app.router, getting(&[("query", two), ("operationName", "kind")]), "").await;
    assert_eq!(got.json(), json!({ "data": { "__typename": "Query" } }));
    for wrong in [
        vec![],
        vec![("query", "")],
        vec![("query", two)],
        vec![("query", two), ("operation_name", "kind")],
        vec![("query", two), ("operationName", "none")],
    ] {
        assert_eq!(send(&app.router, getting(&wrong), "").await.code(), "BAD_INPUT", "{wrong:?}");
    }
    for wrong in [
        [("query", "{ __typename }"), ("variables", "[]")],
        [("query", "{ __typename }"), ("variables", "1")],
        [("query", "{ __typename }"), ("variables", "{")],
        [("query", "{ __typename }"), ("extensions", "\"x\"")],
        [("query", "{ __typename }"), ("query", "{ __typename }")],
    ] {
        send(&app.router, getting(&wrong), "").await.is_refusal(StatusCode::BAD_REQUEST, "BAD_INPUT");
    }
}

#[tokio::test]
async fn members_of_a_wrong_type_are_bad_input() {
    let app = TestApp::new().await;
    let typename = "{ __typename }";
    for wrong in [
        json!({}),
        json!({ "query": null }),
        json!({ "query": 1 }),
        json!({ "query": [typename] }),
        json!({ "query": typename, "variables": [] }),
        json!({ "query": typename, "variables": "{}" }),
        json!({ "query": typename, "variables": 0 }),
        json!({ "query": typename, "operationName": 1 }),
        json!({ "query": typename, "operationName": {} }),
        json!({ "query": typename, "extensions": [] }),
        json!({ "query": typename, "extensions": true }),
        json!([{ "query": typename }]),
        json!([]),
        json!("{ __typename }"),
    ] {
        send(&app.router, posting(), wrong.to_string()).await.is_refusal(StatusCode::BAD_REQUEST, "BAD_INPUT");
    }
    let nothing = json!({ "query": typename, "variables": null, "operationName": null, "extensions": null });
    assert_eq!(send(&app.router, posting(), nothing.to_string()).await.json()["data"]["__typename"], "Query");
}

#[tokio::test]
async fn nothing_is_changed_by_a_get_and_other_methods_are_refused() {
    let app = TestApp::new().await;
    let client = app.sign_in("rep01").await;
    let bearer = format!("Bearer {}", client.token().await.unwrap());
    for document in [
        "mutation { signOut { errors { code } } }",
        "query a { __typename } mutation b { signOut { errors { code } } }",
        "subscription { notificationReceived { id } }",
    ] {
        for method in ["GET", "HEAD"] {
            let name = if document.starts_with("query") { "b" } else { "" };
            let request = getting(&[("query", document), ("operationName", name)]).method(method);
            let got = send(&app.router, request.header(header::AUTHORIZATION, &bearer), "").await;
            assert_eq!(
                (got.status, got.header("allow")),
                (StatusCode::METHOD_NOT_ALLOWED, "POST"),
                "{method} {document}"
            );
        }
    }
    for method in ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY"] {
        let got = send(&app.router, posting().method(method), json!({ "query": MINE }).to_string()).await;
        got.is_refusal(StatusCode::METHOD_NOT_ALLOWED, "BAD_INPUT");
        assert_eq!(got.header("allow"), "GET, HEAD, POST");
    }
    client.ask(MINE).await.number("submissions.totalCount");
}

#[tokio::test]
async fn every_answer_carries_the_id_of_its_request_and_the_usual_precautions() {
    let app = TestApp::new().await;
    let ask = async |uri: &str, id: Option<&str>| {
        let request = Request::get(uri);
        let request = if let Some(id) = id { request.header("x-request-id", id) } else { request };
        send(&app.router, request, "").await
    };
    let mut made = Vec::new();
    for uri in ["/graphql?query=%7B__typename%7D", "/graphql", "/health/live", "/", "/nothing"] {
        let given = ask(uri, Some("a-1.B_2")).await;
        assert_eq!(given.header("x-request-id"), "a-1.B_2", "{uri}");
        assert_eq!((given.header("x-content-type-options"), given.header("x-frame-options")), ("nosniff", "DENY"));
        made.push(ask(uri, None).await.header("x-request-id").to_owned());
        // What could forge a line of the log is replaced.
        for bad in ["a b", "a\"b", &"a".repeat(65), ""] {
            made.push(ask(uri, Some(bad)).await.header("x-request-id").to_owned());
        }
    }
    assert!(made.iter().all(|id| id.len() == 36), "{made:?}");
    let count = made.len();
    made.sort_unstable();
    made.dedup();
    assert_eq!(made.len(), count, "each has its own");
    assert_eq!(ask("/graphql?query=%7B__typename%7D", None).await.header("cache-control"), "public, no-cache");
    assert_eq!(ask("/nothing", None).await.header("cache-control"), "no-store");
}

#[tokio::test]
async fn the_explorer_and_the_probes_need_nothing_from_outside() {
    let app = TestApp::new().await;
    let ask = async |uri: &str| send(&app.router, Request::get(uri), "").await;
    let page = ask("/").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.text.contains("https://") && !page.text.contains("//cdn"), "{}", page.text);
    for (path, wanted) in
        [("/health/live", StatusCode::OK), ("/health/ready", StatusCode::OK), ("/nothing", StatusCode::NOT_FOUND)]
    {
        assert_eq!(ask(path).await.status, wanted, "{path}");
    }
}
