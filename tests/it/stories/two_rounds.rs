//! A suggestion over two rounds, its rating sealed from the government side until it is settled.

use crate::support::TestApp;
use serde_json::{Value, json};

const FORMS: &str = "query($id: ID!) { submission(id: $id) { status round feedbacks { id round status overallRating }
    replies { id round status body } timeline(first: 100) { nodes { action } } } }";

#[tokio::test]
async fn a_dissatisfied_deputy_gets_a_second_round_and_the_first_stays_as_it_was() {
    let app = TestApp::new().await;
    let mut matter = app.issued("rep01").await;
    assert_eq!(matter.status().await, "REPLIED");
    let first_reply = matter.reply(0).to_owned();
    let first_form = matter.feedback().to_owned();

    // Dissatisfaction needs a comment, and nothing is stored without it.
    let lead = matter.lead().await;
    let version = lead.version(&first_form).await;
    let rating = json!({ "feedbackId": first_form, "version": version, "attitudeRating": "SATISFIED",
        "processRating": "SATISFIED", "resultRating": "DISSATISFIED", "overallRating": "DISSATISFIED" });
    let (code, field, _) = lead.call("rateReply", rating, "").await.refused("rateReply");
    assert_eq!((code.as_str(), field.as_str()), ("REQUIRED", "comment"));
    assert_eq!(lead.version(&first_form).await, version);
    matter.rate("DISSATISFIED").await;

    // Sealed: no list, no id and no entry of the trail tells the government side.
    for username in ["mzj-liaison", "mzj-head", "mzj-handler", "gov1", "rep02"] {
        let reader = app.sign_in(username).await;
        let seen = reader.gql(FORMS, json!({ "id": matter.id })).await;
        assert_eq!(seen.data("submission.feedbacks"), &json!([]), "{username}");
        let told = seen.list("submission.timeline.nodes").iter().any(|entry| entry["action"] == "RATED");
        assert!(!told, "{username} learns of the rating");
        let node = reader.gql("query($id: ID!) { node(id: $id) { id } }", json!({ "id": first_form })).await;
        assert_eq!(node.data("node"), &Value::Null, "{username}");
    }
    let office = matter.office().await;
    let seen = office.gql(FORMS, json!({ "id": matter.id })).await;
    assert_eq!(seen.text("submission.feedbacks.0.overallRating"), "DISSATISFIED");

    let before = office.gql(FORMS, json!({ "id": matter.id })).await;
    let reply_before = before.data("submission.replies.0").clone();
    matter.settle("REHANDLE").await;
    assert_eq!(matter.status().await, "HANDLING");
    let liaison = app.sign_in("mzj-liaison").await;
    let seen = liaison.gql(FORMS, json!({ "id": matter.id })).await;
    assert_eq!(seen.number("submission.round"), 2);
    assert_eq!(seen.text("submission.feedbacks.0.overallRating"), "DISSATISFIED", "settled, so shown");
    let due = "query($id: ID!) { submission(id: $id) { deadline { dueOn explanation } } }";
    let deadline = liaison.gql(due, json!({ "id": matter.id })).await;
    assert_eq!(deadline.text("submission.deadline.dueOn"), "2026-03-10", "one month from the order");

    matter.record_contact(0).await;
    matter.draft_reply(0, "SOLVED").await;
    matter.submit_reply(0).await;
    matter.approve(0).await;
    matter.issue(0).await;
    let after = office.gql(FORMS, json!({ "id": matter.id })).await;
    assert_eq!(after.data("submission.replies.0"), &reply_before, "round one is untouched");
    assert_eq!(after.list("submission.replies").len(), 2);
    assert_ne!(matter.reply(0), first_reply);
    matter.rate("SATISFIED").await;
    matter.settle("CLOSE").await;
    assert_eq!(matter.status().await, "CLOSED");
}

#[tokio::test]
async fn three_months_from_assignment_are_explained_in_one_sentence() {
    let app = TestApp::new().await;
    let matter = app.assigned("rep01", &["mzj"], "SOLE").await;
    let query = "query($id: ID!) { submission(id: $id) { deadline { dueOn level overdue provisional workingDaysLeft explanation } } }";
    let lead = matter.lead().await;
    let seen = lead.gql(query, json!({ "id": matter.id })).await;
    assert_eq!(seen.text("submission.deadline.dueOn"), "2026-05-10");
    assert_eq!(seen.text("submission.deadline.level"), "GREEN");
    assert!(seen.text("submission.deadline.explanation").contains("3个月"));
    app.at("2026-05-11T00:00:01+08:00");
    let seen = lead.gql(query, json!({ "id": matter.id })).await;
    assert_eq!(seen.data("submission.deadline.overdue"), &json!(true));
    assert_eq!(seen.text("submission.deadline.level"), "RED");
}
