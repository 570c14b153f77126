//! The operator's own documents: known by their hash on every way, checked at start, and the only ones where he says so.

use super::{MINE, getting, posting, posting_as, send};
use crate::support::socket::{Heard, Socket};
use crate::support::{TestApp, wiring};
use api::http::Trusted;
use http::StatusCode;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::path::Path;
use std::sync::Arc;

const SIGN_OUT: &str = "mutation SignOut { signOut { errors { code } } }";
const PAGE: &str = "query Page($n: Int) { submissions(first: $n) { nodes { timeline(first: 100) { nodes { id } } } } }";
const INBOX: &str = "subscription Inbox { notificationReceived { id } }";
const UNKNOWN: &str = "query Other { submissions { totalCount } }";

fn hash(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn apollo(text: &str) -> Value {
    json!({ "persistedQuery": { "version": 1, "sha256Hash": hash(text) } })
}

async fn read(path: &Path, only: bool) -> Result<Arc<Trusted>, String> {
    let only = only.to_string();
    let path = path.to_string_lossy();
    wiring::trusted(&[("JIANYAN_TRUSTED_DOCUMENTS", &path), ("JIANYAN_TRUSTED_ONLY", &only)]).await
}

async fn known(only: bool) -> Arc<Trusted> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("manifest.json");
    let texts = [MINE, SIGN_OUT, PAGE, INBOX].map(|text| (hash(text), json!(text)));
    let manifest: serde_json::Map<String, Value> = texts.into_iter().collect();
    std::fs::write(&path, json!(manifest).to_string()).unwrap();
    read(&path, only).await.unwrap()
}

#[tokio::test]
async fn a_known_document_is_run_by_its_hash() {
    let app = TestApp::new().await;
    let client = app.sign_in("rep01").await;
    let trusted = known(false).await;
    let router = app.router_within(|limits| limits.trusted = trusted);
    for body in [
        json!({ "documentId": hash(MINE) }),
        json!({ "documentId": format!("sha256:{}", hash(MINE)) }),
        json!({ "documentId": hash(MINE), "query": MINE }),
        json!({ "extensions": apollo(MINE) }),
        json!({ "extensions": apollo(MINE), "query": MINE }),
        // One that is not known is run when its text comes along, and not known afterwards.
        json!({ "extensions": apollo(UNKNOWN), "query": UNKNOWN }),
    ] {
        let got = send(&router, posting_as(&client).await, body.to_string()).await;
        assert!(got.json()["data"]["submissions"]["totalCount"].is_number(), "{body}: {}", got.text);
    }
    for (body, code) in [
        (json!({ "extensions": apollo(UNKNOWN) }), "PERSISTED_QUERY_NOT_FOUND"),
        (json!({ "documentId": hash(UNKNOWN) }), "PERSISTED_QUERY_NOT_FOUND"),
        (json!({ "documentId": hash(SIGN_OUT), "operationName": "Other" }), "BAD_INPUT"),
    ] {
        let (got, statements) = app.counting(send(&router, posting_as(&client).await, body.to_string())).await;
        got.is_refusal(StatusCode::OK, code);
        assert!(statements.iter().all(|sql| !sql.contains("submission")), "{body}");
    }
    let apollos = send(&router, posting(), json!({ "extensions": apollo(UNKNOWN) }).to_string()).await;
    assert_eq!(apollos.json()["errors"][0]["message"], "PersistedQueryNotFound", "its clients look for this text");
    for body in [
        json!({ "documentId": hash(MINE), "query": UNKNOWN }),
        json!({ "extensions": apollo(MINE), "query": UNKNOWN }),
        json!({ "documentId": "short" }),
        json!({ "documentId": hash(MINE), "extensions": apollo(MINE) }),
    ] {
        send(&router, posting(), body.to_string()).await.is_refusal(StatusCode::BAD_REQUEST, "BAD_INPUT");
    }
    // The limits hold for known documents too, and a mutation is one.
    let page = |n: u32| json!({ "documentId": hash(PAGE), "variables": { "n": n } }).to_string();
    assert!(send(&router, posting_as(&client).await, page(50)).await.json()["data"].is_object());
    send(&router, posting_as(&client).await, page(51)).await.is_refusal(StatusCode::OK, "TOO_COMPLEX");
    let out = send(&router, posting_as(&client).await, json!({ "documentId": hash(SIGN_OUT) }).to_string()).await;
    assert_eq!(out.json()["data"]["signOut"]["errors"], json!([]), "{}", out.text);
}

#[tokio::test]
async fn it_is_run_by_an_address_and_over_a_socket() {
    let app = TestApp::new().await;
    let client = app.sign_in("rep01").await;
    let trusted = known(true).await;
    let router = app.router_within(|limits| limits.trusted = trusted.clone());
    let token = format!("Bearer {}", client.token().await.unwrap());
    let extensions = apollo(MINE).to_string();
    for parameters in [[("documentId", hash(MINE))], [("extensions", extensions)]] {
        let parameters = parameters.each_ref().map(|(name, value)| (*name, value.as_str()));
        let got = send(&router, getting(&parameters).header("authorization", &token), "").await;
        assert!(got.json()["data"]["submissions"]["totalCount"].is_number(), "{}", got.text);
    }
    let change = send(&router, getting(&[("documentId", &hash(SIGN_OUT))]).header("authorization", &token), "").await;
    change.is_refusal(StatusCode::METHOD_NOT_ALLOWED, "BAD_INPUT");

    let served = app.served_within(|limits| limits.trusted = trusted).await;
    let mut socket = Socket::open_to(&served, &client).await;
    let subscribe = |id: &str, payload: Value| json!({ "type": "subscribe", "id": id, "payload": payload });
    socket.say(subscribe("a", json!({ "documentId": hash(MINE) }))).await;
    assert!(socket.result("a").await["submissions"]["totalCount"].is_number());
    assert_eq!(socket.hear().await, Heard::Said(json!({ "type": "complete", "id": "a" })));
    socket.say(subscribe("b", json!({ "extensions": apollo(INBOX) }))).await;
    for (id, payload, code) in [
        ("c", json!({ "documentId": hash(UNKNOWN) }), "PERSISTED_QUERY_NOT_FOUND"),
        ("d", json!({ "query": UNKNOWN }), "UNTRUSTED_DOCUMENT"),
    ] {
        socket.say(subscribe(id, payload)).await;
        let Heard::Said(message) = socket.hear().await else { panic!("{id} ended the conversation") };
        assert_eq!((&message["type"], &message["id"]), (&json!("error"), &json!(id)));
        assert_eq!(message["payload"][0]["extensions"]["code"], code);
    }
}

#[tokio::test]
async fn where_only_trusted_documents_are_run_others_are_refused() {
    let app = TestApp::new().await;
    let client = app.sign_in("rep01").await;
    let trusted = known(true).await;
    let router = app.router_within(|limits| limits.trusted = trusted);
    // The text of a known one is the known one.
    let same = send(&router, posting_as(&client).await, json!({ "query": MINE }).to_string()).await;
    assert!(same.json()["data"]["submissions"]["totalCount"].is_number(), "{}", same.text);
    for body in [
        json!({ "query": UNKNOWN }),
        json!({ "query": UNKNOWN, "extensions": apollo(UNKNOWN) }),
        json!({ "query": format!("{MINE} ") }),
        json!({ "query": "{ __schema { queryType { name } } }" }),
        json!({ "query": "{" }),
    ] {
        let (got, statements) = app.counting(send(&router, posting_as(&client).await, body.to_string())).await;
        got.is_refusal(StatusCode::OK, "UNTRUSTED_DOCUMENT");
        assert!(got.text.contains("trusted documents only") && statements.is_empty(), "{}", got.text);
    }
    let in_chinese = http::Request::post("/graphql").header("content-type", "application/json");
    let got = send(&router, in_chinese, json!({ "query": UNKNOWN }).to_string()).await;
    assert!(got.text.contains("已登记"), "{}", got.text);
    send(&router, getting(&[("query", UNKNOWN)]), "").await.is_refusal(StatusCode::OK, "UNTRUSTED_DOCUMENT");
}

#[tokio::test]
async fn without_trusted_documents_clients_are_told_not_to_try_again() {
    let app = TestApp::new().await;
    let got = send(&app.router, posting(), json!({ "extensions": apollo(MINE) }).to_string()).await;
    got.is_refusal(StatusCode::OK, "PERSISTED_QUERY_NOT_SUPPORTED");
    assert!(wiring::trusted(&[]).await.unwrap().is_empty());
}

#[tokio::test]
async fn the_start_fails_at_a_document_that_is_none_of_this_schema_and_names_it() {
    let folder = tempfile::tempdir().unwrap();
    let good = folder.path().join("good.graphql");
    std::fs::write(&good, INBOX).unwrap();
    assert_eq!(read(folder.path(), true).await.unwrap().len(), 1, "a subscription is a document as well");
    let several = "query A($id: ID!) { submission(id: $id) { id } } mutation B { signOut { errors { code } } }";
    std::fs::write(&good, several).unwrap();
    read(folder.path(), true).await.unwrap();
    let faulty = folder.path().join("faulty.graphql");
    for text in [
        "",
        "{",
        "{ nothing }",
        "query A { viewer { user { id } } } query B { submissions { nothing } }",
        "query($id: ID!) { viewer { user { id } } }",
        "{ submission { id } }",
        "{ ...missing }",
        "{ viewer { user { id } } } fragment F on Nothing { id }",
    ] {
        std::fs::write(&faulty, text).unwrap();
        let sentence = read(folder.path(), true).await.expect_err(text);
        assert!(sentence.contains("faulty.graphql"), "{text}: {sentence}");
        assert!(sentence.contains("JIANYAN_TRUSTED_DOCUMENTS") && sentence.contains("可信文档"), "{sentence}");
    }
}
