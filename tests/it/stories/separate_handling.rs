//! Several agencies: separate answers, co-handling opinions, one lead.

use crate::support::TestApp;
use serde_json::json;

#[tokio::test]
async fn three_agencies_answer_separately_and_the_matter_follows_the_last() {
    let app = TestApp::new().await;
    let mut matter = app.handling_by("mem01", &["hbj", "slj", "zjj"], "SEPARATE").await;
    for part in 0..3 {
        assert_eq!(matter.status().await, "HANDLING");
        matter.draft_reply(part, "SOLVED").await;
        matter.submit_reply(part).await;
        matter.approve(part).await;
        matter.issue(part).await;
    }
    assert_eq!(matter.status().await, "REPLIED");
    let forms = matter.feedbacks.clone();
    assert_eq!(forms.len(), 3);
    for (i, form) in forms.iter().enumerate() {
        matter.feedbacks = vec![form.clone()];
        matter.rate("SATISFIED").await;
        matter.settle("CLOSE").await;
        let wanted = if i < 2 { "REPLIED" } else { "CLOSED" };
        assert_eq!(matter.status().await, wanted);
    }
}

#[tokio::test]
async fn the_lead_is_never_also_co() {
    let app = TestApp::new().await;
    let matter = app.accepted("rep01").await;
    let gov = app.sign_in("gov1").await;
    let mzj = app.agency("mzj").await;
    let plan = |agencies: serde_json::Value, mode: &str, version: i64| json!({ "submissionId": matter.id, "version": version, "mode": mode, "agencies": agencies });
    let version = gov.version(&matter.id).await;
    let twice = json!([{ "agencyId": mzj, "role": "LEAD" }, { "agencyId": mzj, "role": "CO" }]);
    let (code, field, _) =
        gov.call("planAssignment", plan(twice, "LEAD_WITH_CO", version), "").await.refused("planAssignment");
    assert_eq!((code.as_str(), field.as_str()), ("DUPLICATE", "agencies.1.agencyId"));
    let alone = json!([{ "agencyId": mzj, "role": "LEAD" }]);
    let (code, ..) =
        gov.call("planAssignment", plan(alone, "LEAD_WITH_CO", version), "").await.refused("planAssignment");
    assert_eq!(code, "INVALID_VALUE");
    assert_eq!(gov.version(&matter.id).await, version, "nothing was stored");
}

#[tokio::test]
async fn opinions_come_before_sign_off_or_are_flagged_as_overdue() {
    let app = TestApp::new().await;
    let mut matter = app.handling_by("rep01", &["mzj", "czj"], "LEAD_WITH_CO").await;
    matter.draft_reply(0, "SOLVED").await;
    matter.submit_reply(0).await;
    matter.review(0, "APPROVE").await.payload("reviewReply");
    matter.review(0, "APPROVE").await.payload("reviewReply");
    let (code, _, message) = matter.review(0, "APPROVE").await.refused("reviewReply");
    assert_eq!(code, "GUARD_NOT_MET");
    assert!(message.contains("财政局"), "{message}");
    app.at("2026-03-20T09:00:00+08:00");
    matter.review(0, "APPROVE").await.payload("reviewReply");
    let query = "query($id: ID!) { node(id: $id) { ... on Reply { status lateOpinions } } }";
    let seen = app.sign_in("mzj-liaison").await.gql(query, json!({ "id": matter.reply(0) })).await;
    assert_eq!(seen.text("node.status"), "SIGNED_OFF");
    assert_eq!(seen.text("node.lateOpinions.0"), "清河区财政局");
    let outside = matter.lead().await.gql(query, json!({ "id": matter.reply(0) })).await;
    assert_eq!(outside.data("node"), &serde_json::Value::Null, "not issued, so not seen");
}

#[tokio::test]
async fn joint_leads_agree_on_one_reply() {
    let app = TestApp::new().await;
    let mut matter = app.issued_by("rep01", &["mzj", "wjw"], "CO_LEAD").await;
    assert_eq!(matter.status().await, "REPLIED");
    assert_eq!(matter.feedbacks.len(), 1, "one agreed reply, one form");
    matter.rate("SATISFIED").await;
    matter.settle("CLOSE").await;
    assert_eq!(matter.status().await, "CLOSED");
}
