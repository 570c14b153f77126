//! Rules of scoring, findings, announcements and objections.

use super::{at_present, call, reasons, refused, refused_on, with};
use crate::stories::appraisal::{found, scoring_rules};
use crate::support::{Client, TestApp};
use domain::lifecycle::State;
use domain::refusal::{Fault, Refusal, Thing};
use domain::rules::document::DocumentFault;
use domain::vocabulary::{AppraisalAction, AppraisalStatus};
use serde_json::{Value, json};

fn announcement(as_of: &str) -> Value {
    json!({ "institution": "CONGRESS", "handlingYear": 2026, "asOf": as_of })
}

fn finding(code: &str) -> Value {
    json!({ "code": code, "times": 1, "reason": "见通报" })
}

async fn findings(app: &TestApp, list: Value) -> Value {
    json!({ "institution": "CONGRESS", "handlingYear": 2026, "agencyId": app.agency("mzj").await, "findings": list })
}

/// Announced for one agency about which something was found; with the id of its appraisal.
async fn announced(gov: &Client) -> String {
    scoring_rules(gov, 2026, |_| ()).await;
    let draft = found(gov, "mzj", None, json!([finding("CIRCULATED")])).await;
    call(gov, "announceAppraisal", announcement("2026-02-09")).await.payload("announceAppraisal");
    draft["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
pub async fn a_year_is_announced_once_and_objected_to_once() {
    let app = TestApp::new().await;
    let (gov, liaison) = (app.sign_in("gov1").await, app.sign_in("mzj-liaison").await);
    let id = announced(&gov).await;
    let wrong = |state: AppraisalStatus, verb| Refusal::AppraisalState { state: state.words(), verb };
    let state = AppraisalStatus::Announced;
    refused(&gov, "announceAppraisal", announcement("2026-02-09"), wrong(state, AppraisalAction::Announce)).await;
    for agency in ["mzj", "jtj"] {
        let late = with(findings(&app, json!([])).await, json!({ "agencyId": app.agency(agency).await }));
        refused(&gov, "recordFindings", late, wrong(state, AppraisalAction::RecordFindings)).await;
    }
    let why = json!({ "reason": "理由" });
    let early = wrong(state, AppraisalAction::AnswerObjection);
    refused_on(&gov, "answerObjection", &id, why.clone(), early).await;
    let object = at_present(&liaison, &id, why.clone()).await;
    call(&liaison, "objectToAppraisal", object).await.payload("objectToAppraisal");
    let again = wrong(AppraisalStatus::Objected, AppraisalAction::Object);
    refused_on(&liaison, "objectToAppraisal", &id, why.clone(), again).await;
    let uphold = at_present(&gov, &id, why.clone()).await;
    call(&gov, "answerObjection", uphold).await.payload("answerObjection");
    let over = wrong(AppraisalStatus::Confirmed, AppraisalAction::AnswerObjection);
    refused_on(&gov, "answerObjection", &id, why.clone(), over).await;
    let over = wrong(AppraisalStatus::Confirmed, AppraisalAction::Object);
    refused_on(&liaison, "objectToAppraisal", &id, why, over).await;
}

#[tokio::test]
pub async fn a_year_without_rules_or_agencies_is_not_announced() {
    let app = TestApp::new().await;
    let gov = app.sign_in("gov1").await;
    let none = Refusal::NoScoringRule.at("handlingYear");
    refused(&gov, "announceAppraisal", announcement("2026-02-09"), none.clone()).await;
    refused(&gov, "recordFindings", findings(&app, json!([])).await, none).await;
    scoring_rules(&gov, 2026, |_| ()).await;
    refused(&gov, "announceAppraisal", announcement("2026-02-09"), Refusal::NothingToAppraise).await;
    // Rules from a year on score no year before it.
    let before = with(announcement("2026-02-09"), json!({ "handlingYear": 2025 }));
    refused(&gov, "announceAppraisal", before, Refusal::NoScoringRule.at("handlingYear")).await;
}

#[tokio::test]
pub async fn figures_are_frozen_as_of_a_day_that_is_over() {
    let app = TestApp::new().await;
    let gov = app.sign_in("gov1").await;
    scoring_rules(&gov, 2026, |_| ()).await;
    for day in ["2026-02-10", "2026-02-11"] {
        refused(&gov, "announceAppraisal", announcement(day), Refusal::DayNotOver.at("asOf")).await;
    }
    let to_come = with(announcement("2026-02-09"), json!({ "handlingYear": 2027 }));
    let out = Refusal::YearOutOfRange { first: 1990, last: 2026 }.at("handlingYear");
    refused(&gov, "announceAppraisal", to_come, out).await;
}

#[tokio::test]
pub async fn findings_are_those_of_the_rules_each_named_once() {
    let app = TestApp::new().await;
    let gov = app.sign_in("gov1").await;
    let id = announced(&gov).await;
    let liaison = app.sign_in("mzj-liaison").await;
    let object = at_present(&liaison, &id, json!({ "reason": "理由" })).await;
    call(&liaison, "objectToAppraisal", object).await.payload("objectToAppraisal");
    let codes = "EXEMPLARY_CASE, ADVANCED_AGENCY, LEADER_IN_PERSON, CIRCULATED, REPLY_REJECTED, FALSE_REPORT";
    let unknown = Refusal::NotAmong { allowed: codes.to_owned() };
    for (list, reason) in [
        (json!([finding("CIRCULATED"), finding("PRIZE")]), unknown.at("findings.1.code")),
        (
            json!([finding("CIRCULATED"), finding("CIRCULATED")]),
            Refusal::NamedTwice(Thing::Finding).at("findings.1.code"),
        ),
        (
            json!([with(finding("CIRCULATED"), json!({ "times": 0 }))]),
            Refusal::NotAmong { allowed: "1–999".into() }.at("findings.0.times"),
        ),
        (json!([with(finding("CIRCULATED"), json!({ "reason": " " }))]), Refusal::Required.at("findings.0.reason")),
    ] {
        let correct = json!({ "reason": "更正", "findings": list });
        refused_on(&gov, "answerObjection", &id, correct, reason.clone()).await;
        let other = with(findings(&app, list).await, json!({ "institution": "CPPCC" }));
        refused(&gov, "recordFindings", other, reason).await;
    }
    let elsewhere = with(
        findings(&app, json!([])).await,
        json!({ "agencyId": app.directory().await.organization("qh-gov"),
        "institution": "CPPCC" }),
    );
    refused(&gov, "recordFindings", elsewhere, Refusal::NoSuch(Thing::Agency).at("agencyId")).await;
    let unseen = with(findings(&app, json!([])).await, json!({ "institution": "CPPCC", "version": 1 }));
    refused(&gov, "recordFindings", unseen, Refusal::Stale.at("version")).await;
}

#[tokio::test]
async fn every_fault_of_rules_of_scoring_is_named_by_its_path_and_none_are_stored() {
    let app = TestApp::new().await;
    let gov = app.sign_in("gov1").await;
    let input = json!({ "regionId": app.directory().await.region("990101"), "effectiveYear": 2026, "reason": "x" });
    let body = domain::appraisal::ScoringRule::PRESET.replace("\"bonusCap\": 8", "\"bonusCap\": -8");
    let reason = DocumentFault {
        path: "$.bonusCap".into(),
        message_zh: "应为0至1000的数,最多两位小数".into(),
        message_en: "must be a number from 0 to 1000 with at most two decimals".into(),
    };
    let one = with(input.clone(), json!({ "body": body }));
    refused(&gov, "changeScoringRules", one, Fault::in_document("body", reason)).await;
    let three = json!({ "format": "scoring/1", "name": "", "items": {} }).to_string();
    let answer = call(&gov, "changeScoringRules", with(input.clone(), json!({ "body": three }))).await;
    let fields: Vec<String> = reasons(&answer, "changeScoringRules").into_iter().map(|one| one.field).collect();
    assert!(["body.$.name", "body.$.items", "body.$.source"].iter().all(|one| fields.iter().any(|f| f == one)));
    let long_ago = with(input.clone(), json!({ "effectiveYear": 2024 }));
    let out = Refusal::YearOutOfRange { first: 2025, last: 2100 }.at("effectiveYear");
    refused(&gov, "changeScoringRules", long_ago, out).await;
    let city = with(input, json!({ "regionId": app.directory().await.region("990100") }));
    assert_eq!(call(&gov, "changeScoringRules", city).await.error_code(), "NOT_FOUND");
}
