//! Requests that somebody else decides, once.

use super::assignments::hand_back;
use crate::refusals::refused_on;
use crate::support::{Matter, TestApp};
use domain::language::Language;
use domain::lifecycle::State;
use domain::refusal::Refusal;
use domain::vocabulary::{AssignmentStatus, ContactConfirmation, RequestStatus, SubmissionAction};
use serde_json::{Value, json};

fn decision(approve: bool) -> Value {
    json!({ "approve": approve, "reason": "按规定办理" })
}

async fn is_over(matter: &Matter, verb: &str, request: &str, reason: Refusal) {
    let government = matter.government().await;
    for approve in [true, false] {
        refused_on(&government, verb, request, decision(approve), reason.clone()).await;
    }
}

#[tokio::test]
async fn a_request_to_hand_back_is_decided_once() {
    let app = TestApp::new().await;
    let wrong =
        |state: AssignmentStatus| Refusal::WrongState { state: state.words(), verb: SubmissionAction::DecideReturn };
    let mut granted = app.assigned("rep01", &["zjj"], "SOLE").await;
    let request = hand_back(&mut granted, "fgj", true).await;
    is_over(&granted, "decideReturn", &request, wrong(AssignmentStatus::Returned)).await;
    let mut denied = app.assigned("rep01", &["zjj"], "SOLE").await;
    let request = hand_back(&mut denied, "fgj", false).await;
    let government = denied.government().await;
    denied.write(&government, "decideReturn", &request, decision(false)).await.payload("decideReturn");
    is_over(&denied, "decideReturn", &request, wrong(AssignmentStatus::Signed)).await;
    let mut withdrawn = app.assigned("rep01", &["zjj"], "SOLE").await;
    let request = hand_back(&mut withdrawn, "fgj", false).await;
    let why = json!({ "reason": "已解决" });
    withdrawn.write(&withdrawn.lead().await, "withdraw", &withdrawn.id, why).await.payload("withdraw");
    is_over(&withdrawn, "decideReturn", &request, wrong(AssignmentStatus::Cancelled)).await;
}

async fn asks_for_time(matter: &Matter) -> String {
    let liaison = matter.person(0, "liaison").await;
    let id = &matter.parts[0].id;
    let ask = json!({ "assignmentId": id, "version": liaison.version(id).await, "until": "2026-06-10", "reason": "需跨年度" });
    let answer = liaison.call("requestExtension", ask, "extensionRequest { id }").await;
    answer.payload("requestExtension")["extensionRequest"]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_request_for_more_time_is_decided_once() {
    let app = TestApp::new().await;
    let verb = SubmissionAction::DecideExtension;
    for (approve, state) in [(true, RequestStatus::Approved), (false, RequestStatus::Rejected)] {
        let matter = app.handling("rep01").await;
        let request = asks_for_time(&matter).await;
        let government = matter.government().await;
        matter.write(&government, "decideExtension", &request, decision(approve)).await.payload("decideExtension");
        let state = (state.label(Language::Zh), state.label(Language::En));
        is_over(&matter, "decideExtension", &request, Refusal::WrongState { state, verb }).await;
    }
    let mut answered = app.handling("rep01").await;
    let request = asks_for_time(&answered).await;
    answered.answer().await;
    let state = AssignmentStatus::Replied.words();
    is_over(&answered, "decideExtension", &request, Refusal::WrongState { state, verb }).await;
}

#[tokio::test]
async fn a_contact_is_confirmed_or_disputed_once() {
    let app = TestApp::new().await;
    let matter = app.handling("rep01").await;
    let lead = matter.lead().await;
    for (confirmed, state) in [(true, ContactConfirmation::Confirmed), (false, ContactConfirmation::Disputed)] {
        let contact = matter.record_contact(0).await;
        let answer = json!({ "confirmed": confirmed, "comment": "如上" });
        matter.write(&lead, "answerContact", &contact, answer.clone()).await.payload("answerContact");
        let words = (state.label(Language::Zh), state.label(Language::En));
        let reason = Refusal::WrongState { state: words, verb: SubmissionAction::AnswerContact };
        refused_on(&lead, "answerContact", &contact, answer, reason).await;
    }
}
