//! Following a matter live, as long as one may.

use crate::support::TestApp;
use crate::support::socket::{Heard, Socket};
use serde_json::json;

/// Waits until so many subscriptions listen: from then on no event is missed.
pub async fn listening(app: &TestApp, wanted: usize) {
    while app.deps.bus.listeners() < wanted {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_proposer_follows_his_matter_and_his_inbox() {
    let app = TestApp::new().await;
    let matter = app.assigned("rep01", &["mzj"], "SOLE").await;
    let mut socket = Socket::open(&matter.lead().await).await;
    let changed = "subscription($id: ID!) { submissionChanged(id: $id) { status } }";
    let id = socket.subscribe(changed, json!({ "id": matter.id })).await;
    listening(&app, 1).await;
    matter.sign_for(0).await;
    assert_eq!(socket.result(&id).await, json!({ "submissionChanged": { "status": "ASSIGNED" } }));
    matter.start_handling(0).await;
    assert_eq!(socket.result(&id).await, json!({ "submissionChanged": { "status": "HANDLING" } }));

    let mut inbox = Socket::open(&matter.lead().await).await;
    let told = "subscription { notificationReceived { title submission { id } } }";
    let id = inbox.subscribe(told, json!({})).await;
    listening(&app, 2).await;
    matter.record_contact(0).await;
    let expected = json!({ "notificationReceived": { "title": "登记沟通", "submission": { "id": matter.id } } });
    assert_eq!(inbox.result(&id).await, expected);
}

#[tokio::test]
async fn a_stranger_cannot_follow_and_a_token_is_needed() {
    let app = TestApp::new().await;
    let matter = app.draft("rep01").await;
    let mut socket = Socket::open(&app.sign_in("rep02").await).await;
    let changed = "subscription($id: ID!) { submissionChanged(id: $id) { status } }";
    socket.subscribe(changed, json!({ "id": matter.id })).await;
    match socket.hear().await {
        Heard::Said(message) => assert!(message.to_string().contains("NOT_FOUND"), "{message}"),
        other => panic!("{other:?}"),
    }
    let mut nobody = Socket::connect(&app.anonymous()).await;
    nobody.say(json!({ "type": "connection_init" })).await;
    assert_eq!(nobody.hear().await, Heard::Closed(4403));
}
