//! Two proposals handled as one: every proposer keeps his reply and his form.

use crate::support::TestApp;
use serde_json::json;

const OWN: &str = "query($id: ID!) { submission(id: $id) { status mergedInto { id } replies { id status } feedbacks { id version } } }";

#[tokio::test]
async fn both_proposers_get_the_reply_and_a_form_and_both_must_be_settled() {
    let app = TestApp::new().await;
    let mut main = app.handling("mem01").await;
    let other = app.accepted("mem02").await;
    let office = app.sign_in("cppcc1").await;
    let merge = json!({ "mainId": main.id, "mergedIds": [other.id], "reason": "诉求一致" });
    office.call("mergeSubmissions", merge, "submission { merged { id } }").await.payload("mergeSubmissions");
    assert_eq!(other.status().await, "MERGED");

    main.draft_reply(0, "SOLVED").await;
    main.submit_reply(0).await;
    main.approve(0).await;
    main.issue(0).await;
    let second = app.sign_in("mem02").await;
    let seen = second.gql(OWN, json!({ "id": other.id })).await;
    assert_eq!(seen.text("submission.mergedInto.id"), main.id);
    assert_eq!(seen.text("submission.replies.0.status"), "ISSUED");
    assert_eq!(seen.list("submission.feedbacks").len(), 1);
    let form = seen.text("submission.feedbacks.0.id").to_owned();

    // The first proposer sees his own form alone.
    assert_eq!(main.feedbacks.len(), 1);
    assert_ne!(main.feedbacks[0], form);

    let unmerge = json!({ "id": other.id, "reason": "误并" });
    let (code, ..) = office.call("unmergeSubmission", unmerge, "").await.refused("unmergeSubmission");
    assert_eq!(code, "INVALID_TRANSITION", "a reply is given");

    main.rate("SATISFIED").await;
    main.settle("CLOSE").await;
    assert_eq!(main.status().await, "REPLIED", "the other form is open");
    let rating = json!({ "feedbackId": form, "version": second.version(&form).await, "attitudeRating": "SATISFIED",
        "processRating": "SATISFIED", "resultRating": "SATISFIED", "overallRating": "SATISFIED" });
    second.call("rateReply", rating, "").await.payload("rateReply");
    let settle = json!({ "id": form, "version": office.version(&form).await, "decision": "CLOSE", "reason": "满意" });
    office.call("settleFeedback", settle, "").await.payload("settleFeedback");
    assert_eq!(main.status().await, "CLOSED");
}

#[tokio::test]
async fn a_merger_can_be_undone_before_the_reply_and_never_joins_what_differs() {
    let app = TestApp::new().await;
    let main = app.accepted("mem01").await;
    let other = app.submitted("mem02").await;
    let office = app.sign_in("cppcc1").await;
    let itself = json!({ "mainId": main.id, "mergedIds": [main.id], "reason": "x" });
    let (code, field, _) = office.call("mergeSubmissions", itself, "").await.refused("mergeSubmissions");
    assert_eq!((code.as_str(), field.as_str()), ("GUARD_NOT_MET", "mergedIds"));
    let suggestion = app.accepted("rep01").await;
    let across = json!({ "mainId": main.id, "mergedIds": [suggestion.id], "reason": "x" });
    assert_eq!(office.call("mergeSubmissions", across, "").await.error_code(), "NOT_FOUND", "the wall holds");
    let merge = json!({ "mainId": main.id, "mergedIds": [other.id], "reason": "诉求一致" });
    office.call("mergeSubmissions", merge, "").await.payload("mergeSubmissions");
    let unmerge = json!({ "id": other.id, "reason": "诉求不同" });
    office.call("unmergeSubmission", unmerge, "").await.payload("unmergeSubmission");
    assert_eq!(other.status().await, "SUBMITTED");
}
