//! Reporting on promises, and answering the report.

use super::refused_on;
use crate::support::{Matter, TestApp};
use domain::refusal::{Refusal, Thing};
use serde_json::json;

/// An answered matter with a promise that waits for its report.
pub async fn promised(app: &TestApp, rep: &str) -> (Matter, String) {
    let mut matter = app.handling(rep).await;
    matter.draft_reply(0, "PLANNED").await;
    matter.submit_reply(0).await;
    matter.approve(0).await;
    matter.issue(0).await;
    let query = "query($id: ID!) { submission(id: $id) { commitments { id } } }";
    let seen = matter.lead().await.gql(query, json!({ "id": matter.id })).await;
    let id = seen.text("submission.commitments.0.id").to_owned();
    (matter, id)
}

#[tokio::test]
pub async fn a_changed_promise_has_a_new_date() {
    let app = TestApp::new().await;
    let (matter, id) = promised(&app, "rep01").await;
    let liaison = matter.person(0, "liaison").await;
    let changed = json!({ "fulfilled": false, "report": "资金未到位" });
    refused_on(&liaison, "reportCommitment", &id, changed, Refusal::NewDateRequired.at("changedTo")).await;
    let past = json!({ "fulfilled": false, "report": "资金未到位", "changedTo": "2026-02-10" });
    refused_on(&liaison, "reportCommitment", &id, past, Refusal::NotInFuture.at("changedTo")).await;
    let never = json!({ "fulfilled": false, "report": "资金未到位", "changedTo": "9999-12-31" });
    let reason = Refusal::YearOutOfRange { first: 1949, last: 2199 }.at("changedTo");
    refused_on(&liaison, "reportCommitment", &id, never, reason).await;
}

#[tokio::test]
pub async fn a_kept_promise_has_no_new_date() {
    let app = TestApp::new().await;
    let (matter, id) = promised(&app, "rep01").await;
    let kept = json!({ "fulfilled": true, "report": "已建成", "changedTo": "2027-02-10" });
    let reason = Refusal::NewDateForbidden.at("changedTo");
    refused_on(&matter.person(0, "liaison").await, "reportCommitment", &id, kept, reason).await;
}

#[tokio::test]
pub async fn a_file_that_proves_it_must_exist() {
    let app = TestApp::new().await;
    let (matter, id) = promised(&app, "rep01").await;
    let files = json!(["attachment_00000000000000000000000000000000"]);
    let kept = json!({ "fulfilled": true, "report": "已建成", "evidenceIds": files });
    let reason = Refusal::NoSuch(Thing::Attachment).at("evidenceIds.0");
    refused_on(&matter.person(0, "liaison").await, "reportCommitment", &id, kept, reason).await;
}

#[tokio::test]
pub async fn a_disputed_report_needs_a_comment() {
    let app = TestApp::new().await;
    let (matter, id) = promised(&app, "rep01").await;
    let liaison = matter.person(0, "liaison").await;
    let kept = json!({ "fulfilled": true, "report": "已建成" });
    matter.write(&liaison, "reportCommitment", &id, kept).await.payload("reportCommitment");
    let lead = matter.lead().await;
    for (confirmed, rating) in [(false, "SATISFIED"), (true, "DISSATISFIED")] {
        let silent = json!({ "confirmed": confirmed, "rating": rating });
        refused_on(&lead, "answerCommitment", &id, silent, Refusal::CommentRequired.at("comment")).await;
    }
}

#[tokio::test]
pub async fn a_promise_is_published_with_its_reply_or_after_it() {
    let app = TestApp::new().await;
    let (matter, id) = promised(&app, "rep01").await;
    let office = matter.office().await;
    refused_on(&office, "publishCommitment", &id, json!({}), Refusal::ReplyNotPublished).await;
    matter.write(&office, "publishReply", matter.reply(0), json!({})).await.payload("publishReply");
    matter.write(&office, "publishCommitment", &id, json!({})).await.payload("publishCommitment");
    refused_on(&office, "publishCommitment", &id, json!({}), Refusal::AlreadyPublished).await;
}
