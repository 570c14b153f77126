//! A mutation happens once and as a whole: though its client is gone, asks again, panics or races.

use super::{MINE, posting_as, send};
use crate::support::server::PATIENCE;
use crate::support::{Client, TestApp, draft_input};
use api::bus::Change;
use entity::submission;
use futures_util::future::join_all;
use http::StatusCode;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};
use tokio::time::timeout;

fn creating(key: &str) -> (Value, Value) {
    let mut input = draft_input("SUGGESTION", "关于社区助餐点的建议");
    input["idempotencyKey"] = json!(key);
    let query =
        "mutation($input: CreateDraftInput!) { createDraft(input: $input) { submission { id } errors { code } } }";
    (json!({ "query": query, "variables": { "input": input } }), input)
}

async fn ids(client: &Client) -> Vec<Value> {
    let answer = client.ask("{ submissions { nodes { id } } }").await;
    answer.list("submissions.nodes").iter().map(|node| node["id"].clone()).collect()
}

#[tokio::test]
async fn a_mutation_that_has_begun_ends_although_its_client_is_gone() {
    let app = TestApp::new().await;
    let served = app.served_within(|limits| limits.connections = 1).await;
    let client = app.sign_in("rep01").await;
    let token = client.token().await;
    let (body, input) = creating("one-key");
    let mut changes = app.deps.bus.listen();
    let held = app.database.hold_writers().await;

    let mut wire = served.dial().await;
    app.statements.take();
    wire.post(token.as_deref(), &body).await;
    // The token was looked up: the mutation runs, and can go no further than the lock.
    app.statements.until("sign_in").await;
    drop(wire);
    // There is one place for a connection: who is served now knows that the first one is gone.
    served.dial().await.probe().await;
    let aside = app.database.connect().await;
    assert_eq!(submission::Entity::find().count(&aside).await.unwrap(), 0, "nothing is stored yet");
    aside.close().await.unwrap();
    held.release().await;

    let told = timeout(PATIENCE, changes.recv()).await.expect("the mutation comes to its end");
    assert!(matches!(told, Ok(Change::Submission(_))), "{told:?}");
    let stored = ids(&client).await;
    assert_eq!(stored.len(), 1);
    // The answer was lost. Whoever asks again with his key gets it, and nothing happens twice.
    for _ in 0..2 {
        let again = client.call("createDraft", input.clone(), "submission { id }").await;
        assert_eq!(again.payload("createDraft")["submission"]["id"], stored[0]);
    }
    assert_eq!(ids(&client).await, stored);
}

#[tokio::test]
async fn a_query_whose_resolver_panics_is_answered_with_an_incident_and_the_server_lives_on() {
    let app = TestApp::new().await;
    let client = app.sign_in("rep01").await;
    app.draft("rep01").await;
    for (table, query) in [
        // In the resolver itself, in a batch load, and before any resolver.
        ("\"submission\"", "{ submissions { nodes { title } } }"),
        (
            "\"organization\"",
            "{ submissions { nodes { region { id } leadProposer { positions { organization { name } } } } } }",
        ),
        ("\"sign_in\"", MINE),
    ] {
        let body = json!({ "query": query }).to_string();
        app.statements.panic_at(table);
        let request = posting_as(&client).await.header("x-request-id", "incident-7");
        let got = send(&app.router, request, body.clone()).await;
        got.is_refusal(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL");
        let error = &got.json()["errors"][0];
        assert_eq!(error["extensions"]["incidentId"], "incident-7", "the operator finds it by this");
        assert!(error["message"].as_str().is_some_and(|text| text.contains("incident-7")), "{error}");
        assert!(!got.text.contains("secret"), "{}", got.text);
        let got = send(&app.router, posting_as(&client).await, body).await;
        assert!(got.status == StatusCode::OK && got.json().get("errors").is_none(), "{}", got.text);
    }
}

#[tokio::test]
async fn a_mutation_that_panics_midway_stores_nothing_and_the_connection_lives_on() {
    let app = TestApp::new().await;
    let served = app.served().await;
    let client = app.sign_in("rep01").await;
    let token = client.token().await;
    let (body, _) = creating("one-key");
    let mut wire = served.dial().await;
    for table in ["INSERT INTO \"submission\"", "INSERT INTO \"event\"", "INSERT INTO \"idempotency\""] {
        app.statements.panic_at(table);
        wire.post(token.as_deref(), &body).await;
        let reply = wire.reply().await;
        assert_eq!((reply.status, reply.code()), (500, json!("INTERNAL")), "{table}: {}", reply.text);
        let id = reply.headers["x-request-id"].to_str().unwrap();
        assert!(reply.text.contains(id) && !reply.text.contains("secret"), "{}", reply.text);
        assert_eq!(ids(&client).await, Vec::<Value>::new(), "{table}");
    }
    // More often than there are connections: none of them was lost.
    for _ in 0..8 {
        app.statements.panic_at("INSERT INTO \"event\"");
        wire.post(token.as_deref(), &body).await;
        assert_eq!(wire.reply().await.status, 500);
    }
    wire.post(token.as_deref(), &body).await;
    assert_eq!(wire.reply().await.json()["data"]["createDraft"]["errors"], json!([]));
    assert_eq!(ids(&client).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_change_one_version_of_a_draft_one_wins_and_his_text_stands() {
    let app = TestApp::new().await;
    let draft = app.draft("rep01").await;
    let lead = draft.lead().await;
    for version in 1..=3 {
        let change = |n: usize| {
            let input = json!({ "id": draft.id, "version": version, "title": format!("标题{version}-{n}") });
            let lead = lead.clone();
            async move { (n, lead.call("updateDraft", input, "submission { version title }").await) }
        };
        let answers = join_all((0..32).map(change)).await;
        let mut winners = Vec::new();
        for (n, answer) in answers {
            match answer.refusals("updateDraft").as_slice() {
                [] => winners.push((n, answer.payload("updateDraft")["submission"].clone())),
                [one] => assert_eq!(one.code, "CONFLICT", "{one:?}"),
                more => panic!("{more:?}"),
            }
        }
        let [(n, shown)] = winners.as_slice() else { panic!("{} won", winners.len()) };
        let title = format!("标题{version}-{n}");
        assert_eq!(shown, &json!({ "version": version + 1, "title": title }));
        let seen =
            lead.gql("query($id: ID!) { submission(id: $id) { version title } }", json!({ "id": draft.id })).await;
        assert_eq!(seen.data("submission"), shown, "what the winner wrote is what is stored");
    }
}

#[tokio::test]
async fn a_key_gives_the_first_result_also_after_the_draft_has_gone_on() {
    let app = TestApp::new().await;
    let client = app.sign_in("rep01").await;
    let (_, input) = creating("one-key");
    let first = client.call("createDraft", input.clone(), "submission { id }").await;
    let id = first.payload("createDraft")["submission"]["id"].clone();
    client.call("submit", json!({ "id": id, "version": 1 }), "").await.payload("submit");
    let again = client.call("createDraft", input.clone(), "submission { id status }").await;
    assert_eq!(again.payload("createDraft")["submission"]["id"], id);
    // A key belongs to one person: another one's is another key.
    let other = app.sign_in("rep02").await.call("createDraft", input, "submission { id }").await;
    assert_ne!(other.payload("createDraft")["submission"]["id"], id);
}
