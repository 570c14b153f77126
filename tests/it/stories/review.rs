//! The office reviews: return without losing the first time, refusal on a coded ground, conversion.

use crate::support::TestApp;
use serde_json::{Value, json};

#[tokio::test]
async fn a_text_returned_for_revision_keeps_its_first_submission_time() {
    let app = TestApp::new().await;
    let matter = app.submitted("rep01").await;
    let query = "query($id: ID!) { submission(id: $id) { submittedAt status refusalReason } }";
    let lead = matter.lead().await;
    let first = lead.gql(query, json!({ "id": matter.id })).await.text("submission.submittedAt").to_owned();
    app.at("2026-02-12T09:00:00+08:00");
    let office = matter.office().await;
    let blank = matter.write(&office, "returnForRevision", &matter.id, json!({ "reason": " \u{3000} " })).await;
    let (code, field, _) = blank.refused("returnForRevision");
    assert_eq!((code.as_str(), field.as_str()), ("REQUIRED", "reason"));
    matter
        .write(&office, "returnForRevision", &matter.id, json!({ "reason": "请写明路段" }))
        .await
        .payload("returnForRevision");
    assert_eq!(matter.status().await, "NEEDS_REVISION");
    matter
        .write(&lead, "updateDraft", &matter.id, json!({ "title": "关于人民路助餐点的建议" }))
        .await
        .payload("updateDraft");
    matter.submit().await;
    let again = lead.gql(query, json!({ "id": matter.id })).await;
    assert_eq!(again.text("submission.submittedAt"), first);
    // Once handed in, the text is frozen.
    let late = matter.write(&lead, "updateDraft", &matter.id, json!({ "title": "改题" })).await;
    assert_eq!(late.refused("updateDraft").0, "INVALID_TRANSITION");
}

#[tokio::test]
async fn a_refusal_names_a_ground_of_the_list_and_the_proposer_is_told() {
    let app = TestApp::new().await;
    let matter = app.submitted("rep01").await;
    let office = matter.office().await;
    let unknown =
        matter.write(&office, "refuseSubmission", &matter.id, json!({ "ground": "BECAUSE", "reason": "x" })).await;
    let (code, field, message) = unknown.refused("refuseSubmission");
    assert_eq!((code.as_str(), field.as_str()), ("INVALID_VALUE", "ground"));
    assert!(message.contains("OUTSIDE_JURISDICTION"), "{message}");
    let good = json!({ "ground": "OUTSIDE_JURISDICTION", "reason": "属上级事权" });
    matter.write(&office, "refuseSubmission", &matter.id, good).await.payload("refuseSubmission");
    let query = "query($id: ID!) { submission(id: $id) { status refusalGround refusalReason caseNo } viewer { notifications { nodes { title body } } } }";
    let seen = matter.lead().await.gql(query, json!({ "id": matter.id })).await;
    assert_eq!(seen.text("submission.refusalReason"), "属上级事权");
    assert_eq!(seen.data("submission.caseNo"), &Value::Null);
    assert_eq!(seen.text("viewer.notifications.nodes.0.title"), "不予受理");
    let accept = matter.write(&office, "acceptSubmission", &matter.id, json!({})).await;
    assert_eq!(accept.refused("acceptSubmission").0, "INVALID_TRANSITION");
    // The transfer office never hears of what was not accepted.
    let gov = app.sign_in("gov1").await.gql(query, json!({ "id": matter.id })).await;
    assert_eq!(gov.data("submission"), &Value::Null);
}

#[tokio::test]
async fn a_proposal_becomes_an_opinion_brief_and_other_kinds_cannot_be_written_yet() {
    let app = TestApp::new().await;
    let matter = app.submitted("mem01").await;
    let office = matter.office().await;
    let cross =
        matter.write(&office, "convertSubmission", &matter.id, json!({ "to": "SUGGESTION", "reason": "x" })).await;
    assert_eq!(cross.refused("convertSubmission").0, "GUARD_NOT_MET");
    let good = json!({ "to": "OPINION_BRIEF", "reason": "反映情况为主" });
    matter.write(&office, "convertSubmission", &matter.id, good).await.payload("convertSubmission");
    let query = "query($id: ID!) { submission(id: $id) { status convertedTo { kind title } } }";
    let seen = matter.lead().await.gql(query, json!({ "id": matter.id })).await;
    assert_eq!(seen.text("submission.convertedTo.kind"), "OPINION_BRIEF");
    let mut input = crate::support::draft_input("MOTION", "关于某事的议案");
    input["kind"] = json!("MOTION");
    let (code, field, _) = app.sign_in("rep01").await.call("createDraft", input, "").await.refused("createDraft");
    assert_eq!((code.as_str(), field.as_str()), ("GUARD_NOT_MET", "kind"));
}

#[tokio::test]
async fn case_numbers_are_gap_free_per_institution_session_and_kind() {
    let app = TestApp::new().await;
    let query = "query($id: ID!) { submission(id: $id) { caseNo } }";
    for (rep, wanted) in [("rep01", 1), ("mem01", 1), ("rep02", 2), ("mem02", 2), ("rep03", 3)] {
        let matter = app.accepted(rep).await;
        let seen = matter.lead().await.gql(query, json!({ "id": matter.id })).await;
        assert_eq!(seen.number("submission.caseNo"), wanted, "{rep}");
    }
}
