//! Inviting to co-sign, and answering.

use super::refused;
use crate::support::TestApp;
use domain::refusal::{Refusal, Thing};
use domain::vocabulary::{CosignStatus, SubmissionAction};
use serde_json::{Value, json};

fn invite(matter: &str, people: &[String]) -> Value {
    json!({ "submissionId": matter, "userIds": people })
}

#[tokio::test]
pub async fn a_co_signer_is_another_member_of_the_same_body() {
    let app = TestApp::new().await;
    let matter = app.draft("rep01").await;
    let lead = matter.lead().await;
    for stranger in ["mem01", "congress1", "rep01"] {
        let people = [app.user("rep02").await, app.user(stranger).await];
        let reason = Refusal::CannotCosign.at("userIds.1");
        refused(&lead, "inviteCosigners", invite(&matter.id, &people), reason).await;
    }
}

#[tokio::test]
pub async fn nobody_is_invited_twice() {
    let app = TestApp::new().await;
    let matter = app.draft("rep01").await;
    let lead = matter.lead().await;
    let people = [app.user("rep02").await];
    lead.call("inviteCosigners", invite(&matter.id, &people), "").await.payload("inviteCosigners");
    let reason = Refusal::AlreadyInvited.at("userIds.0");
    refused(&lead, "inviteCosigners", invite(&matter.id, &people), reason).await;
}

#[tokio::test]
pub async fn nobody_is_named_twice_in_one_invitation() {
    let app = TestApp::new().await;
    let matter = app.draft("rep01").await;
    let (lead, rep02) = (matter.lead().await, app.user("rep02").await);
    let reason = Refusal::NamedTwice(Thing::Person).at("userIds.1");
    refused(&lead, "inviteCosigners", invite(&matter.id, &[rep02.clone(), rep02]), reason).await;
}

#[tokio::test]
pub async fn somebody_must_be_invited_and_not_more_than_the_rules_allow() {
    let app = TestApp::new().await;
    app.change_rules(|rules| rules["texts"]["suggestion"]["cosigners"] = json!(1)).await;
    let matter = app.draft("rep01").await;
    let lead = matter.lead().await;
    refused(&lead, "inviteCosigners", invite(&matter.id, &[]), Refusal::Required.at("userIds")).await;
    let people = [app.user("rep02").await, app.user("rep03").await];
    let reason = Refusal::TooMany { max: 1 }.at("userIds");
    refused(&lead, "inviteCosigners", invite(&matter.id, &people), reason).await;
}

#[tokio::test]
pub async fn an_invitation_is_answered_once() {
    let app = TestApp::new().await;
    let matter = app.draft("rep01").await;
    let people = [app.user("rep02").await];
    matter.lead().await.call("inviteCosigners", invite(&matter.id, &people), "").await.payload("inviteCosigners");
    let invited = app.sign_in("rep02").await;
    let answer = |accept: bool| json!({ "submissionId": matter.id, "accept": accept });
    invited.call("answerCosign", answer(true), "").await.payload("answerCosign");
    let state = CosignStatus::Accepted;
    let words = (state.label(domain::language::Language::Zh), state.label(domain::language::Language::En));
    let reason = Refusal::WrongState { state: words, verb: SubmissionAction::AnswerCosign };
    refused(&invited, "answerCosign", answer(false), reason).await;
}
