//! Withdrawal: alone, or with the consent of all co-signers.

use crate::support::TestApp;
use serde_json::json;

async fn joint(app: &TestApp) -> crate::support::Matter {
    let matter = app.draft("rep01").await;
    let lead = matter.lead().await;
    let people = [app.user("rep02").await, app.user("rep03").await];
    let invite = json!({ "submissionId": matter.id, "userIds": people });
    lead.call("inviteCosigners", invite, "").await.payload("inviteCosigners");
    for rep in ["rep02", "rep03"] {
        let accept = json!({ "submissionId": matter.id, "accept": true });
        app.sign_in(rep).await.call("answerCosign", accept, "").await.payload("answerCosign");
    }
    matter.submit().await;
    matter
}

#[tokio::test]
async fn a_sole_suggestion_is_withdrawn_at_once_and_its_agencies_stop() {
    let app = TestApp::new().await;
    let matter = app.handling("rep01").await;
    matter.write(&matter.lead().await, "withdraw", &matter.id, json!({ "reason": "已解决" })).await.payload("withdraw");
    assert_eq!(matter.status().await, "WITHDRAWN");
    let query = "query($id: ID!) { submission(id: $id) { assignments { status } } }";
    let seen = matter.lead().await.gql(query, json!({ "id": matter.id })).await;
    assert_eq!(seen.text("submission.assignments.0.status"), "CANCELLED");
}

#[tokio::test]
async fn a_joint_suggestion_needs_every_co_signer() {
    let app = TestApp::new().await;
    let matter = joint(&app).await;
    let lead = matter.lead().await;
    let answer = |agree: bool| json!({ "submissionId": matter.id, "agree": agree });
    let second = app.sign_in("rep02").await;
    let third = app.sign_in("rep03").await;
    let unasked = second.call("answerWithdrawal", answer(true), "").await;
    assert_eq!(unasked.refused("answerWithdrawal").0, "GUARD_NOT_MET");
    matter.write(&lead, "withdraw", &matter.id, json!({ "reason": "重复" })).await.payload("withdraw");
    assert_eq!(matter.status().await, "SUBMITTED", "the others are asked first");
    second.call("answerWithdrawal", answer(false), "").await.payload("answerWithdrawal");
    let seen = lead
        .gql("query($id: ID!) { submission(id: $id) { withdrawal { askedAt } } }", json!({ "id": matter.id }))
        .await;
    assert_eq!(seen.data("submission.withdrawal"), &serde_json::Value::Null, "one refusal ends it");
    matter.write(&lead, "withdraw", &matter.id, json!({ "reason": "重复" })).await.payload("withdraw");
    second.call("answerWithdrawal", answer(true), "").await.payload("answerWithdrawal");
    assert_eq!(matter.status().await, "SUBMITTED");
    third.call("answerWithdrawal", answer(true), "").await.payload("answerWithdrawal");
    assert_eq!(matter.status().await, "WITHDRAWN");
}

#[tokio::test]
async fn nobody_withdraws_what_is_answered() {
    let app = TestApp::new().await;
    let matter = app.issued("rep01").await;
    let late = matter.write(&matter.lead().await, "withdraw", &matter.id, json!({ "reason": "x" })).await;
    assert_eq!(late.refused("withdraw").0, "INVALID_TRANSITION");
}

#[tokio::test]
async fn invitations_are_answered_by_the_person_himself_and_expire_at_submission() {
    let app = TestApp::new().await;
    let matter = app.draft("rep01").await;
    let lead = matter.lead().await;
    let invite = |users: Vec<String>| json!({ "submissionId": matter.id, "userIds": users });
    let (code, field, _) =
        lead.call("inviteCosigners", invite(vec![app.user("mem01").await]), "").await.refused("inviteCosigners");
    assert_eq!((code.as_str(), field.as_str()), ("INVALID_VALUE", "userIds.0"), "another body");
    let (code, ..) =
        lead.call("inviteCosigners", invite(vec![app.user("rep01").await]), "").await.refused("inviteCosigners");
    assert_eq!(code, "INVALID_VALUE", "oneself");
    lead.call("inviteCosigners", invite(vec![app.user("rep02").await]), "").await.payload("inviteCosigners");
    let stranger = app.sign_in("rep03").await;
    let answer = json!({ "submissionId": matter.id, "accept": true });
    assert_eq!(stranger.call("answerCosign", answer.clone(), "").await.error_code(), "NOT_FOUND");
    matter.submit().await;
    let query = "query($id: ID!) { submission(id: $id) { cosignatures { status } } }";
    let seen = lead.gql(query, json!({ "id": matter.id })).await;
    assert_eq!(seen.text("submission.cosignatures.0.status"), "EXPIRED");
    let late = app.sign_in("rep02").await.call("answerCosign", answer, "").await;
    assert_eq!(late.error_code(), "NOT_FOUND", "an expired invitation opens nothing");
}
