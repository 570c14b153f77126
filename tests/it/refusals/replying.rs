//! Drafting the reply and handing it in.

use super::{refused, refused_on, with};
use crate::support::{Matter, TestApp};
use domain::refusal::{Refusal, Thing};
use serde_json::{Value, json};

/// A reply of a part, but for this difference.
fn reply(matter: &Matter, part: usize, difference: Value) -> Value {
    let plain = json!({ "assignmentId": matter.parts[part].id, "body": "现答复如下。", "outcome": "SOLVED",
        "disclosure": "PROACTIVE" });
    with(plain, difference)
}

#[tokio::test]
pub async fn a_round_has_one_reply() {
    let app = TestApp::new().await;
    let matter = app.reply_drafted("rep01").await;
    let handler = matter.person(0, "handler").await;
    refused(&handler, "draftReply", reply(&matter, 0, json!({})), Refusal::ReplyExists).await;
}

#[tokio::test]
pub async fn joint_leads_have_one_reply_between_them() {
    let app = TestApp::new().await;
    let mut matter = app.handling_by("rep01", &["mzj", "wjw"], "CO_LEAD").await;
    matter.draft_reply(0, "SOLVED").await;
    let other = matter.person(1, "handler").await;
    refused(&other, "draftReply", reply(&matter, 1, json!({})), Refusal::ReplyExists).await;
}

#[tokio::test]
pub async fn a_co_handling_agency_does_not_answer() {
    let app = TestApp::new().await;
    let matter = app.handling_by("rep01", &["mzj", "czj"], "LEAD_WITH_CO").await;
    let handler = matter.person(1, "handler").await;
    refused(&handler, "draftReply", reply(&matter, 1, json!({})), Refusal::NotAnswering).await;
}

#[tokio::test]
pub async fn an_answer_belongs_to_a_demand() {
    let app = TestApp::new().await;
    let matter = app.handling("rep01").await;
    let handler = matter.person(0, "handler").await;
    for demand in [2, -1, i32::MAX, i32::MIN] {
        let answers = json!([{ "demand": 0, "answer": "已办" }, { "demand": demand, "answer": "已办" }]);
        let input = reply(&matter, 0, json!({ "demandAnswers": answers }));
        let reason = Refusal::NoSuch(Thing::Demand).at("demandAnswers.1.demand");
        refused(&handler, "draftReply", input, reason).await;
    }
}

#[tokio::test]
pub async fn a_demand_is_answered_once() {
    let app = TestApp::new().await;
    let matter = app.reply_drafted("rep01").await;
    let handler = matter.person(0, "handler").await;
    let answers = json!([{ "demand": 1, "answer": "已办" }, { "demand": 1, "answer": "再办" }]);
    let reason = Refusal::NamedTwice(Thing::Demand).at("demandAnswers.1.demand");
    refused_on(&handler, "updateReply", matter.reply(0), json!({ "demandAnswers": answers }), reason).await;
}

#[tokio::test]
pub async fn every_demand_is_answered_before_review() {
    let app = TestApp::new().await;
    let mut matter = app.handling("rep01").await;
    let handler = matter.person(0, "handler").await;
    let answer = handler.call("draftReply", reply(&matter, 0, json!({})), "reply { id }").await;
    let id = answer.payload("draftReply")["reply"]["id"].as_str().unwrap().to_owned();
    matter.parts[0].reply = Some(id.clone());
    let reason = Refusal::DemandsUnanswered { missing: vec![1, 2] }.at("demandAnswers");
    refused_on(&handler, "submitReply", &id, json!({}), reason).await;
}

#[tokio::test]
pub async fn a_planned_outcome_needs_a_promise() {
    let app = TestApp::new().await;
    let matter = app.reply_drafted("rep01").await;
    let handler = matter.person(0, "handler").await;
    for outcome in ["PLANNED", "IN_PROGRESS"] {
        matter
            .write(&handler, "updateReply", matter.reply(0), json!({ "outcome": outcome }))
            .await
            .payload("updateReply");
        let reason = Refusal::PromiseRequired.at("commitments");
        refused_on(&handler, "submitReply", matter.reply(0), json!({}), reason).await;
    }
}

#[tokio::test]
pub async fn a_promise_lies_in_the_future() {
    let app = TestApp::new().await;
    let matter = app.handling("rep01").await;
    let handler = matter.person(0, "handler").await;
    for due_on in ["2026-02-10", "1999-12-31"] {
        let promises = json!([{ "text": "建成", "dueOn": "2026-02-11" }, { "text": "建成", "dueOn": due_on }]);
        let input = reply(&matter, 0, json!({ "commitments": promises }));
        refused(&handler, "draftReply", input, Refusal::NotInFuture.at("commitments.1.dueOn")).await;
    }
    let promises = json!([{ "text": "建成", "dueOn": "9999-12-31" }]);
    let input = reply(&matter, 0, json!({ "commitments": promises }));
    let reason = Refusal::YearOutOfRange { first: 1949, last: 2199 }.at("commitments.0.dueOn");
    refused(&handler, "draftReply", input, reason).await;
}

#[tokio::test]
pub async fn a_region_may_ask_for_contacts_before_the_reply() {
    let app = TestApp::new().await;
    app.change_rules(|rules| rules["contactsBeforeReply"] = json!(2)).await;
    let matter = app.reply_drafted("rep01").await;
    let handler = matter.person(0, "handler").await;
    let reason = Refusal::ContactsMissing { needed: 2 };
    refused_on(&handler, "submitReply", matter.reply(0), json!({}), reason).await;
    matter.record_contact(0).await;
    matter.submit_reply(0).await;
}
