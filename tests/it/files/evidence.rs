//! An agency proves what it promised.

use super::{attached, download_url, get};
use crate::refusals::promises::promised;
use crate::support::TestApp;
use domain::refusal::{Refusal, Thing};
use http::StatusCode;
use serde_json::json;

#[tokio::test]
async fn evidence_is_shown_with_the_promise_that_a_report_proves_with_it() {
    let app = TestApp::new().await;
    let (matter, promise) = promised(&app, "rep01").await;
    let (liaison, lead) = (matter.person(0, "liaison").await, matter.lead().await);
    let id = attached(&liaison, &matter.id).await;
    assert!(download_url(&liaison, &id).await.is_some(), "who brings it sees it");
    for other in [&lead, &matter.office().await, &matter.person(0, "head").await] {
        assert!(download_url(other, &id).await.is_none(), "no report names it yet");
    }
    let report = json!({ "fulfilled": true, "report": "已建成", "evidenceIds": [id, id] });
    matter.write(&liaison, "reportCommitment", &promise, report).await.payload("reportCommitment");
    let query =
        "query($id: ID!) { submission(id: $id) { attachments { id } commitments { evidence { id downloadUrl } } } }";
    let seen = lead.gql(query, json!({ "id": matter.id })).await;
    assert_eq!(seen.list("submission.commitments.0.evidence").len(), 1);
    assert_eq!(seen.text("submission.commitments.0.evidence.0.id"), id);
    assert!(seen.list("submission.attachments").is_empty(), "it is no part of the text");
    let link = seen.text("submission.commitments.0.evidence.0.downloadUrl");
    assert_eq!(get(&app, link).await.status, StatusCode::OK);
    // A colleague reads the open text, and does not follow the handling.
    assert!(download_url(&app.sign_in("rep09").await, &id).await.is_none());
}

#[tokio::test]
async fn evidence_of_another_agency_or_for_another_promise_is_none() {
    let app = TestApp::new().await;
    let (matter, promise) = promised(&app, "rep01").await;
    let (other, second) = promised(&app, "rep02").await;
    let liaison = matter.person(0, "liaison").await;
    let elsewhere = attached(&liaison, &other.id).await;
    let mut report = json!({ "fulfilled": true, "report": "已建成", "evidenceIds": [elsewhere] });
    let reason = Refusal::NoSuch(Thing::Attachment).at("evidenceIds.0");
    crate::refusals::refused_on(&liaison, "reportCommitment", &promise, report.clone(), reason).await;
    other.write(&liaison, "reportCommitment", &second, report.clone()).await.payload("reportCommitment");
    report["evidenceIds"] = json!([attached(&liaison, &matter.id).await]);
    matter.write(&liaison, "reportCommitment", &promise, report).await.payload("reportCommitment");
}
