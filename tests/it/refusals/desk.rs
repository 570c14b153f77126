//! The consultation desk and the duty catalogue.

use super::{at_present, refused, refused_on, with};
use crate::support::TestApp;
use domain::refusal::{Refusal, Thing};
use domain::vocabulary::{DeskAction, Institution};
use serde_json::{Value, json};

#[tokio::test]
pub async fn a_question_refuses_what_its_state_does_not_allow() {
    let app = TestApp::new().await;
    app.open_desk().await;
    let rep = app.sign_in("rep01").await;
    let wrong = |state, verb| Refusal::WrongDeskState { state, verb };
    let id = app.asked("rep01", "mzj").await;
    let settle = json!({ "settled": true });
    let asked = ("待答复", "asked");
    refused_on(&rep, "closeConsultation", &id, settle, wrong(asked, DeskAction::Close)).await;
    app.answered_at_desk("mzj", &id).await;
    refused_on(&rep, "withdrawConsultation", &id, json!({}), wrong(("已答复", "answered"), DeskAction::Withdraw)).await;
    let close = at_present(&rep, &id, json!({ "settled": false })).await;
    rep.call("closeConsultation", close, "").await.payload("closeConsultation");
    let state = ("未当场解决", "not settled");
    let late = json!({ "id": id, "text": "补充" });
    let liaison = app.sign_in("mzj-liaison").await;
    refused(&liaison, "answerConsultation", late, wrong(state, DeskAction::Answer)).await;
    let gone = app.asked("rep01", "mzj").await;
    let withdraw = json!({ "id": gone, "version": 1 });
    rep.call("withdrawConsultation", withdraw, "").await.payload("withdrawConsultation");
    let draft = app.draft("rep01").await.id;
    let link = json!({ "submissionId": draft });
    refused_on(&rep, "linkConsultation", &gone, link, wrong(("已撤回", "withdrawn"), DeskAction::Link)).await;
}

#[tokio::test]
pub async fn the_desk_is_open_while_a_session_is_held() {
    let app = TestApp::new().await;
    let ask = json!({ "agencyId": app.agency("mzj").await, "question": "补贴标准？" });
    let rep = app.sign_in("rep01").await;
    refused(&rep, "askConsultation", ask.clone(), Refusal::DeskClosed).await;
    // The session of the CPPCC begins and ends a day before that of the congress.
    app.at("2026-01-07T10:00:00+08:00");
    refused(&rep, "askConsultation", ask.clone(), Refusal::DeskClosed).await;
    app.sign_in("mem01").await.call("askConsultation", ask.clone(), "").await.payload("askConsultation");
    app.at("2026-01-11T23:59:59+08:00");
    rep.call("askConsultation", ask.clone(), "").await.payload("askConsultation");
    let office = app.sign_in("congress1").await;
    let for_member = with(ask.clone(), json!({ "onBehalfOfId": app.user("mem01").await }));
    refused(&office, "askConsultation", for_member, Refusal::NoSuch(Thing::Person).at("onBehalfOfId")).await;
    let body = app.directory().await.organization("qh-gov");
    let office_asked = with(ask, json!({ "agencyId": body }));
    refused(&rep, "askConsultation", office_asked, Refusal::NoSuch(Thing::Agency).at("agencyId")).await;
}

#[tokio::test]
pub async fn a_question_is_linked_to_a_submission_of_the_asker() {
    let app = TestApp::new().await;
    app.open_desk().await;
    let id = app.asked("rep01", "mzj").await;
    let other = app.accepted("rep02").await.id;
    let rep = app.sign_in("rep01").await;
    let link = json!({ "submissionId": other });
    refused_on(&rep, "linkConsultation", &id, link, Refusal::NotOfAsker.at("submissionId")).await;
    let hidden = app.draft("rep02").await.id;
    let link = at_present(&rep, &id, json!({ "submissionId": hidden })).await;
    assert_eq!(rep.call("linkConsultation", link, "").await.error_code(), "NOT_FOUND");
}

async fn shift(app: &TestApp, more: Value) -> Value {
    let base = json!({ "sessionId": app.session_2026(Institution::Congress).await, "staff": ["局长"],
        "agencyId": app.agency("mzj").await,
        "startsAt": "2026-01-09T09:00:00+08:00", "endsAt": "2026-01-09T11:00:00+08:00" });
    with(base, more)
}

#[tokio::test]
pub async fn a_shift_ends_after_it_begins() {
    let app = TestApp::new().await;
    let input = shift(&app, json!({ "endsAt": "2026-01-09T09:00:00+08:00" })).await;
    refused(&app.sign_in("congress1").await, "addDeskShift", input, Refusal::ShiftEndsFirst.at("endsAt")).await;
}

#[tokio::test]
pub async fn a_shift_lies_within_its_session() {
    let app = TestApp::new().await;
    let office = app.sign_in("congress1").await;
    let outside =
        Refusal::OutsideSession { opens_on: "2026-01-08".parse().unwrap(), closes_on: "2026-01-11".parse().unwrap() };
    let early = shift(&app, json!({ "startsAt": "2026-01-07T23:00:00+08:00" })).await;
    refused(&office, "addDeskShift", early, outside.clone().at("startsAt")).await;
    let late = shift(&app, json!({ "endsAt": "2026-01-12T00:00:00+08:00" })).await;
    refused(&office, "addDeskShift", late, outside.at("endsAt")).await;
    let other = shift(&app, json!({ "sessionId": app.session_2026(Institution::Cppcc).await })).await;
    refused(&office, "addDeskShift", other, Refusal::NoSuch(Thing::Session).at("sessionId")).await;
}

#[tokio::test]
pub async fn a_clause_ends_once() {
    let app = TestApp::new().await;
    let gov = app.sign_in("gov1").await;
    let (id, _) = app.duties("mzj", None).await.remove(0);
    let end = json!({ "lastDay": "2026-12-31", "reason": "机构改革" });
    gov.call("endDuty", at_present(&gov, &id, end.clone()).await, "").await.payload("endDuty");
    let ended = Refusal::DutyEnded { last_day: "2026-12-31".parse().unwrap() };
    refused_on(&gov, "endDuty", &id, end, ended.clone()).await;
    let change = json!({ "text": "养老", "validFrom": "2026-06-01", "reason": "机构改革" });
    refused_on(&gov, "changeDuty", &id, change, ended).await;
}

#[tokio::test]
pub async fn a_clause_does_not_end_before_it_began() {
    let app = TestApp::new().await;
    let gov = app.sign_in("gov1").await;
    let add = json!({ "agencyId": app.agency("mzj").await, "text": "慈善事业促进", "validFrom": "2026-03-01",
        "reason": "机构改革" });
    let added = gov.call("addDuty", add, "dutyClause { id }").await;
    let id = added.payload("addDuty")["dutyClause"]["id"].as_str().unwrap().to_owned();
    let later = Refusal::DutyBeganLater { from: "2026-03-01".parse().unwrap() };
    let end = json!({ "lastDay": "2026-02-27", "reason": "机构改革" });
    refused_on(&gov, "endDuty", &id, end, later.clone().at("lastDay")).await;
    let change = json!({ "text": "慈善", "validFrom": "2026-02-28", "reason": "机构改革" });
    refused_on(&gov, "changeDuty", &id, change, later.at("validFrom")).await;
}
