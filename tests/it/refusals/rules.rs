//! Changing the rules of a region, and bringing in its calendar.

use super::{call, reasons, refused, with};
use crate::support::TestApp;
use domain::language::Language;
use domain::refusal::{Fault, Refusal};
use domain::rules::document::DocumentFault;
use serde_json::{Value, json};

async fn change(app: &TestApp) -> Value {
    json!({ "regionId": app.directory().await.region("990101"), "preset": "qingdao", "effectiveFrom": "2026-02-10",
        "reason": "常委会决定" })
}

#[tokio::test]
pub async fn every_fault_of_the_choices_is_named_by_its_path() {
    let app = TestApp::new().await;
    let admin = app.sign_in("admin").await;
    let one = with(change(&app).await, json!({ "overrides": r#"{"warning":{"redDaysLeft":-1}}"# }));
    let reason = Fault::in_document(
        "overrides",
        DocumentFault {
            path: "$.warning.redDaysLeft".into(),
            message_zh: "应为0至65535的整数".into(),
            message_en: "must be a whole number from 0 to 65535".into(),
        },
    );
    assert!(matches!(reason.refusal, Refusal::InDocument { .. }));
    refused(&admin, "changeRules", one, reason).await;

    let three = json!({ "name": "", "deadlines": { "reply": null }, "colour": 1 }).to_string();
    let answer = call(&admin, "changeRules", with(change(&app).await, json!({ "overrides": three }))).await;
    let mut fields: Vec<String> = reasons(&answer, "changeRules").into_iter().map(|reason| reason.field).collect();
    fields.sort();
    assert_eq!(fields, ["overrides.$.colour", "overrides.$.deadlines.reply", "overrides.$.name"]);
}

#[tokio::test]
pub async fn rules_do_not_hold_from_yesterday() {
    let app = TestApp::new().await;
    let admin = app.sign_in("admin").await;
    let past = with(change(&app).await, json!({ "effectiveFrom": "2026-02-09" }));
    refused(&admin, "changeRules", past, Refusal::InPast.at("effectiveFrom")).await;
    let unknown = with(change(&app).await, json!({ "preset": "atlantis" }));
    let allowed = "shanghai, zhejiang, beijing, qingdao, chongqing, henan, shandong".into();
    refused(&admin, "changeRules", unknown, Refusal::NotAmong { allowed }.at("preset")).await;
    call(&admin, "changeRules", change(&app).await).await.payload("changeRules");
}

#[tokio::test]
pub async fn every_fault_of_a_calendar_is_named_by_its_path() {
    let app = TestApp::new().await;
    let admin = app.sign_in("admin").await;
    let file = json!({ "format": "calendar/1", "year": 2027, "notice": "通知", "days": [
        { "date": "2027-01-04", "name": "元旦", "kind": "MAKE_UP" },
        { "date": "2028-01-04", "name": "元旦", "kind": "HOLIDAY" },
    ] });
    let before = app.ledger().await;
    let answer = call(&admin, "importCalendar", json!({ "json": file.to_string() })).await;
    before.assert_same(&app.ledger().await, "importCalendar");
    let fields: Vec<String> = reasons(&answer, "importCalendar").into_iter().map(|reason| reason.field).collect();
    assert_eq!(fields, ["json.$.days[0].kind", "json.$.days[1].date"]);
    let english = Refusal::InDocument { path: "$.days[1].date".into(), zh: String::new(), en: "x".into() };
    assert_eq!(english.message(Language::En), "At $.days[1].date: x; correct it and try again.");
}

#[tokio::test]
async fn nobody_changes_another_region() {
    let app = TestApp::new().await;
    let admin = app.sign_in("admin").await;
    let city = app.directory().await.region("990100");
    let input = with(change(&app).await, json!({ "regionId": city }));
    assert_eq!(call(&admin, "changeRules", input).await.error_code(), "NOT_FOUND");
    assert_eq!(
        call(&admin, "importCalendar", json!({ "json": "{}", "regionId": city })).await.error_code(),
        "NOT_FOUND"
    );
}
