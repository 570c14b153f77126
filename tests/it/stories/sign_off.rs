//! The sign-off chain: five gates, nobody approves his own draft, a rejection voids every signature.

use crate::support::TestApp;
use serde_json::{Value, json};

const REVIEWS: &str = "query($id: ID!) { node(id: $id) { ... on Reply { status awaiting rejectionReason reviews { step verdict voidedAt } } } }";

#[tokio::test]
async fn every_gate_must_be_checked_and_passed() {
    let app = TestApp::new().await;
    let matter = app.under_review("rep01").await;
    let liaison = matter.person(0, "liaison").await;
    let missing = matter.write(&liaison, "reviewReply", matter.reply(0), json!({ "verdict": "APPROVE" })).await;
    let (code, field, _) = missing.refused("reviewReply");
    assert_eq!((code.as_str(), field.as_str()), ("REQUIRED", "gates"));
    let gates: Vec<Value> = ["POLITICAL", "POLICY", "LEGAL", "FORMAT", "WORDING"]
        .iter()
        .map(|gate| json!({ "gate": gate, "passed": *gate != "LEGAL" }))
        .collect();
    let failed =
        matter.write(&liaison, "reviewReply", matter.reply(0), json!({ "verdict": "APPROVE", "gates": gates })).await;
    assert_eq!(failed.refused("reviewReply").0, "GUARD_NOT_MET");
    let head = matter.person(0, "head").await;
    let early = matter.write(&head, "reviewReply", matter.reply(0), json!({ "verdict": "APPROVE" })).await;
    assert_eq!(early.refused("reviewReply").0, "GUARD_NOT_MET", "the liaison is awaited");
    let handler = matter.person(0, "handler").await;
    let own = matter.write(&handler, "reviewReply", matter.reply(0), json!({ "verdict": "APPROVE" })).await;
    assert_eq!(own.error_code(), "FORBIDDEN");
}

#[tokio::test]
async fn a_rejection_returns_to_drafting_with_all_signatures_void_and_listed() {
    let app = TestApp::new().await;
    let mut matter = app.under_review("rep01").await;
    matter.review(0, "APPROVE").await.payload("reviewReply");
    matter.review(0, "REJECT").await.payload("reviewReply");
    let handler = matter.person(0, "handler").await;
    let seen = handler.gql(REVIEWS, json!({ "id": matter.reply(0) })).await;
    assert_eq!(seen.text("node.status"), "DRAFTING");
    let reviews = seen.list("node.reviews");
    assert_eq!(reviews.len(), 2);
    assert!(reviews.iter().all(|review| review["voidedAt"] != Value::Null));
    matter.submit_reply(0).await;
    matter.approve(0).await;
    // The office rejects before issue; the handler mends it and the chain starts again.
    let gov = app.sign_in("gov1").await;
    matter
        .write(&gov, "rejectReply", matter.reply(0), json!({ "reason": "类别与内容不符" }))
        .await
        .payload("rejectReply");
    let seen = handler.gql(REVIEWS, json!({ "id": matter.reply(0) })).await;
    assert_eq!((seen.text("node.status"), seen.text("node.rejectionReason")), ("REJECTED", "类别与内容不符"));
    matter
        .write(&handler, "updateReply", matter.reply(0), json!({ "outcome": "ADOPTED" }))
        .await
        .payload("updateReply");
    matter.submit_reply(0).await;
    matter.approve(0).await;
    matter.issue(0).await;
    let late = matter.write(&gov, "rejectReply", matter.reply(0), json!({ "reason": "太迟" })).await;
    assert_eq!(late.refused("rejectReply").0, "INVALID_TRANSITION");
}

#[tokio::test]
async fn every_demand_is_answered_before_review() {
    let app = TestApp::new().await;
    let matter = app.reply_drafted("rep01").await;
    let handler = matter.person(0, "handler").await;
    let one = json!({ "demandAnswers": [{ "demand": 0, "answer": "已办" }] });
    matter.write(&handler, "updateReply", matter.reply(0), one).await.payload("updateReply");
    let (code, field, message) =
        matter.write(&handler, "submitReply", matter.reply(0), json!({})).await.refused("submitReply");
    assert_eq!((code.as_str(), field.as_str()), ("GUARD_NOT_MET", "demandAnswers"));
    assert!(message.contains("第2条"), "{message}");
}
