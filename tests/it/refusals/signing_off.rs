//! The sign-off chain, issue, publication.

use super::{refused_on, with};
use crate::support::{TestApp, draft_input};
use domain::refusal::{Refusal, Thing};
use domain::vocabulary::{Gate, Role};
use serde_json::{Value, json};

/// An approval with every gate passed, but for those named.
fn approval(failed: &[Gate]) -> Value {
    let gates: Vec<Value> =
        Gate::ALL.iter().map(|gate| json!({ "gate": gate.code(), "passed": !failed.contains(gate) })).collect();
    json!({ "verdict": "APPROVE", "gates": gates })
}

#[tokio::test]
pub async fn opinions_come_before_the_last_signature() {
    let app = TestApp::new().await;
    let mut matter = app.handling_by("rep01", &["mzj", "czj"], "LEAD_WITH_CO").await;
    matter.draft_reply(0, "SOLVED").await;
    matter.submit_reply(0).await;
    matter.review(0, "APPROVE").await.payload("reviewReply");
    matter.review(0, "APPROVE").await.payload("reviewReply");
    let head = matter.person(0, "head").await;
    let reason = Refusal::OpinionsMissing { agencies: vec!["清河区财政局".into()] };
    refused_on(&head, "reviewReply", matter.reply(0), json!({ "verdict": "APPROVE" }), reason).await;
}

#[tokio::test]
pub async fn nobody_reviews_out_of_turn() {
    let app = TestApp::new().await;
    let matter = app.under_review("rep01").await;
    let reason = Refusal::NotYourStep { awaited: Role::Liaison };
    for duty in ["deputy", "head"] {
        let reviewer = matter.person(0, duty).await;
        refused_on(&reviewer, "reviewReply", matter.reply(0), approval(&[]), reason.clone()).await;
    }
    matter.review(0, "APPROVE").await.payload("reviewReply");
    let reason = Refusal::NotYourStep { awaited: Role::AgencyDeputyHead };
    let liaison = matter.person(0, "liaison").await;
    refused_on(&liaison, "reviewReply", matter.reply(0), approval(&[]), reason).await;
}

#[tokio::test]
pub async fn every_gate_is_checked() {
    let app = TestApp::new().await;
    let matter = app.under_review("rep01").await;
    let liaison = matter.person(0, "liaison").await;
    let none = json!({ "verdict": "APPROVE" });
    let all = vec![Gate::Political, Gate::Policy, Gate::Legal, Gate::Format, Gate::Wording];
    let reason = Refusal::GatesIncomplete { missing: all }.at("gates");
    refused_on(&liaison, "reviewReply", matter.reply(0), none, reason).await;
    let mut some = approval(&[]);
    some["gates"].as_array_mut().unwrap().retain(|check| check["gate"] != "LEGAL");
    let reason = Refusal::GatesIncomplete { missing: vec![Gate::Legal] }.at("gates");
    refused_on(&liaison, "reviewReply", matter.reply(0), some, reason).await;
}

#[tokio::test]
pub async fn a_failed_gate_stops_the_approval() {
    let app = TestApp::new().await;
    let matter = app.under_review("rep01").await;
    let liaison = matter.person(0, "liaison").await;
    let reason = Refusal::GateFailed(Gate::Policy).at("gates");
    refused_on(&liaison, "reviewReply", matter.reply(0), approval(&[Gate::Policy, Gate::Format]), reason).await;
}

#[tokio::test]
pub async fn a_gate_has_one_verdict() {
    let app = TestApp::new().await;
    let matter = app.under_review("rep01").await;
    let liaison = matter.person(0, "liaison").await;
    let twice = json!([{ "gate": "LEGAL", "passed": false }, { "gate": "LEGAL", "passed": true }]);
    let reason = Refusal::NamedTwice(Thing::Gate).at("gates.1.gate");
    refused_on(&liaison, "reviewReply", matter.reply(0), with(approval(&[]), json!({ "gates": twice })), reason).await;
}

#[tokio::test]
pub async fn a_reply_is_sent_back_with_a_comment() {
    let app = TestApp::new().await;
    let matter = app.under_review("rep01").await;
    let liaison = matter.person(0, "liaison").await;
    let reason = Refusal::CommentRequired.at("comment");
    refused_on(&liaison, "reviewReply", matter.reply(0), json!({ "verdict": "REJECT" }), reason).await;
}

#[tokio::test]
pub async fn a_document_number_is_used_once_in_an_agency() {
    let app = TestApp::new().await;
    let first = app.signed_off("rep01").await;
    let liaison = first.person(0, "liaison").await;
    let number = json!({ "documentNo": "清民函〔2026〕1号" });
    first.write(&liaison, "issueReply", first.reply(0), number.clone()).await.payload("issueReply");
    let second = app.signed_off("rep02").await;
    refused_on(&liaison, "issueReply", second.reply(0), number, Refusal::DocumentNoTaken.at("documentNo")).await;
}

#[tokio::test]
pub async fn a_reply_is_published_once() {
    let app = TestApp::new().await;
    let matter = app.issued("rep01").await;
    let office = matter.office().await;
    matter.write(&office, "publishReply", matter.reply(0), json!({})).await.payload("publishReply");
    refused_on(&office, "publishReply", matter.reply(0), json!({}), Refusal::AlreadyPublished).await;
}

#[tokio::test]
pub async fn what_is_not_for_publication_is_not_published() {
    let app = TestApp::new().await;
    for (field, value) in [("confidentiality", "INTERNAL"), ("disclosure", "ON_REQUEST")] {
        let mut matter = app.draft_of("rep01", with(draft_input("SUGGESTION", "题"), json!({ field: value }))).await;
        matter.bring_into_hands("mzj").await;
        matter.answer().await;
        let office = matter.office().await;
        refused_on(&office, "publishReply", matter.reply(0), json!({}), Refusal::NotDisclosable).await;
    }
}
