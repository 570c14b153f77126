//! Refusals of records of offices.

use super::{refused_on, with};
use crate::stories::office_records::{record_input, recorded};
use crate::support::TestApp;
use domain::refusal::Refusal;
use serde_json::json;

#[tokio::test]
pub async fn a_withdrawn_record_stays_as_it_is() {
    let app = TestApp::new().await;
    let gov = app.sign_in("gov1").await;
    let id = recorded(&gov, record_input("WORK_PLAN", "工作方案")).await;
    let why = json!({ "reason": "重复登记" });
    gov.call("withdrawOfficeRecord", with(json!({ "id": id, "version": 1 }), why.clone()), "")
        .await
        .payload("withdrawOfficeRecord");
    refused_on(&gov, "withdrawOfficeRecord", &id, why, Refusal::RecordWithdrawn).await;
    refused_on(&gov, "updateOfficeRecord", &id, json!({ "title": "x" }), Refusal::RecordWithdrawn).await;
}
