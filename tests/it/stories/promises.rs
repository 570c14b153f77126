//! Promises outlive the matter: kept, changed with reasons, disputed.

use crate::support::{Matter, TestApp};
use serde_json::{Value, json};

const OWN: &str = "query($id: ID!) { submission(id: $id) { commitments { id version status dueOn changedTo overdue report fulfilmentRating } } }";

async fn promised(app: &TestApp) -> (Matter, String) {
    let mut matter = app.handling("rep01").await;
    matter.draft_reply(0, "PLANNED").await;
    matter.submit_reply(0).await;
    matter.approve(0).await;
    matter.issue(0).await;
    matter.rate("SATISFIED").await;
    matter.settle("CLOSE").await;
    assert_eq!(matter.status().await, "CLOSED");
    let seen = matter.lead().await.gql(OWN, json!({ "id": matter.id })).await;
    let id = seen.text("submission.commitments.0.id").to_owned();
    (matter, id)
}

async fn state(matter: &Matter) -> Value {
    let seen = matter.lead().await.gql(OWN, json!({ "id": matter.id })).await;
    seen.data("submission.commitments.0").clone()
}

#[tokio::test]
async fn a_planned_outcome_needs_a_promise() {
    let app = TestApp::new().await;
    let matter = app.reply_drafted("rep01").await;
    let handler = matter.person(0, "handler").await;
    matter
        .write(&handler, "updateReply", matter.reply(0), json!({ "outcome": "PLANNED" }))
        .await
        .payload("updateReply");
    let (code, field, _) =
        matter.write(&handler, "submitReply", matter.reply(0), json!({})).await.refused("submitReply");
    assert_eq!((code.as_str(), field.as_str()), ("REQUIRED", "commitments"));
    let past = json!({ "commitments": [{ "text": "建成", "dueOn": "2026-02-10" }] });
    let (code, field, _) = matter.write(&handler, "updateReply", matter.reply(0), past).await.refused("updateReply");
    assert_eq!((code.as_str(), field.as_str()), ("INVALID_VALUE", "commitments.0.dueOn"));
}

#[tokio::test]
async fn a_kept_promise_is_confirmed_and_rated() {
    let app = TestApp::new().await;
    let (matter, id) = promised(&app).await;
    let liaison = matter.person(0, "liaison").await;
    matter
        .write(&liaison, "reportCommitment", &id, json!({ "fulfilled": true, "report": "已建成" }))
        .await
        .payload("reportCommitment");
    let lead = matter.lead().await;
    let good = json!({ "confirmed": true, "rating": "SATISFIED" });
    matter.write(&lead, "answerCommitment", &id, good).await.payload("answerCommitment");
    let promise = state(&matter).await;
    assert_eq!((&promise["status"], &promise["fulfilmentRating"]), (&json!("CONFIRMED"), &json!("SATISFIED")));
    let again = matter.write(&liaison, "reportCommitment", &id, json!({ "fulfilled": true, "report": "再报" })).await;
    assert_eq!(again.refused("reportCommitment").0, "INVALID_TRANSITION");
}

#[tokio::test]
async fn a_changed_promise_lives_on_with_its_new_date() {
    let app = TestApp::new().await;
    let (matter, id) = promised(&app).await;
    let liaison = matter.person(0, "liaison").await;
    let dateless =
        matter.write(&liaison, "reportCommitment", &id, json!({ "fulfilled": false, "report": "资金未到位" })).await;
    let (code, field, _) = dateless.refused("reportCommitment");
    assert_eq!((code.as_str(), field.as_str()), ("REQUIRED", "changedTo"));
    let changed = json!({ "fulfilled": false, "report": "资金未到位", "changedTo": "2027-06-30" });
    matter.write(&liaison, "reportCommitment", &id, changed).await.payload("reportCommitment");
    let lead = matter.lead().await;
    matter
        .write(&lead, "answerCommitment", &id, json!({ "confirmed": true, "rating": "BASICALLY_SATISFIED" }))
        .await
        .payload("answerCommitment");
    app.at("2027-07-01T09:00:00+08:00");
    let promise = state(&matter).await;
    assert_eq!((&promise["status"], &promise["overdue"]), (&json!("CONFIRMED"), &json!(true)), "it lives on");
    let liaison = matter.person(0, "liaison").await;
    matter
        .write(&liaison, "reportCommitment", &id, json!({ "fulfilled": true, "report": "已建成" }))
        .await
        .payload("reportCommitment");
    assert_eq!(state(&matter).await["overdue"], json!(false));
}

#[tokio::test]
async fn a_disputed_report_needs_a_comment_and_is_reported_again() {
    let app = TestApp::new().await;
    let (matter, id) = promised(&app).await;
    let liaison = matter.person(0, "liaison").await;
    matter
        .write(&liaison, "reportCommitment", &id, json!({ "fulfilled": true, "report": "已建成" }))
        .await
        .payload("reportCommitment");
    let lead = matter.lead().await;
    let silent =
        matter.write(&lead, "answerCommitment", &id, json!({ "confirmed": false, "rating": "DISSATISFIED" })).await;
    assert_eq!(silent.refused("answerCommitment").0, "REQUIRED");
    let dispute = json!({ "confirmed": false, "rating": "DISSATISFIED", "comment": "现场未见" });
    matter.write(&lead, "answerCommitment", &id, dispute).await.payload("answerCommitment");
    assert_eq!(state(&matter).await["status"], json!("DISPUTED"));
    let other = app.sign_in("jtj-liaison").await;
    let foreign =
        other.call("reportCommitment", json!({ "id": id, "version": 3, "fulfilled": true, "report": "x" }), "").await;
    assert_eq!(foreign.error_code(), "NOT_FOUND");
    matter
        .write(&liaison, "reportCommitment", &id, json!({ "fulfilled": true, "report": "补建完成" }))
        .await
        .payload("reportCommitment");
}
