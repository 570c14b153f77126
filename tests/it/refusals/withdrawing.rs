//! Withdrawal, alone and with co-signers.

use super::{refused, refused_on};
use crate::support::{Matter, TestApp};
use domain::lifecycle::State;
use domain::refusal::Refusal;
use domain::vocabulary::{SubmissionAction, SubmissionStatus};
use serde_json::json;

/// Handed in by rep01 together with rep02.
async fn joint(app: &TestApp) -> Matter {
    let matter = app.draft("rep01").await;
    let invite = json!({ "submissionId": matter.id, "userIds": [app.user("rep02").await] });
    matter.lead().await.call("inviteCosigners", invite, "").await.payload("inviteCosigners");
    let accept = json!({ "submissionId": matter.id, "accept": true });
    app.sign_in("rep02").await.call("answerCosign", accept, "").await.payload("answerCosign");
    matter.submit().await;
    matter
}

#[tokio::test]
pub async fn a_withdrawal_that_is_asked_for_is_not_asked_for_again() {
    let app = TestApp::new().await;
    let matter = joint(&app).await;
    let lead = matter.lead().await;
    let why = json!({ "reason": "已解决" });
    matter.write(&lead, "withdraw", &matter.id, why.clone()).await.payload("withdraw");
    refused_on(&lead, "withdraw", &matter.id, why, Refusal::ConsentAwaited).await;
}

#[tokio::test]
pub async fn nobody_consents_to_what_is_not_asked() {
    let app = TestApp::new().await;
    let matter = joint(&app).await;
    let consent = json!({ "submissionId": matter.id, "agree": true });
    refused(&app.sign_in("rep02").await, "answerWithdrawal", consent, Refusal::NoWithdrawalAsked).await;
}

#[tokio::test]
pub async fn a_region_may_end_withdrawal_with_the_assignment() {
    let app = TestApp::new().await;
    app.change_rules(|rules| rules["withdrawal"]["until"] = json!("BEFORE_ASSIGNMENT")).await;
    let matter = app.assigned("rep01", &["mzj"], "SOLE").await;
    let state = SubmissionStatus::Assigned.words();
    let reason = Refusal::WrongState { state, verb: SubmissionAction::Withdraw };
    refused_on(&matter.lead().await, "withdraw", &matter.id, json!({ "reason": "已解决" }), reason).await;
}

#[tokio::test]
pub async fn another_round_does_not_open_withdrawal_again() {
    let app = TestApp::new().await;
    let mut matter = app.rated("rep01", "DISSATISFIED").await;
    matter.settle("REHANDLE").await;
    let state = SubmissionStatus::Handling.words();
    let reason = Refusal::WrongState { state, verb: SubmissionAction::Withdraw };
    refused_on(&matter.lead().await, "withdraw", &matter.id, json!({ "reason": "已解决" }), reason).await;
}
