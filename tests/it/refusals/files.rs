//! Files that are not taken, and files that are not given back.

use super::promises::promised;
use super::refused;
use crate::files::{MIB, PDF, attached, pdf};
use crate::support::TestApp;
use domain::refusal::Refusal;
use serde_json::json;

#[tokio::test]
pub async fn a_file_has_bytes_and_not_too_many() {
    let app = TestApp::new().await;
    let matter = app.draft("rep01").await;
    for size in [0, 50 * MIB + 1] {
        let mut input = pdf(&matter.id, PDF);
        input["byteSize"] = json!(size);
        let reason = Refusal::FileSize { mebibytes: 50 }.at("byteSize");
        refused(&matter.lead().await, "requestUpload", input, reason).await;
    }
}

#[tokio::test]
pub async fn a_name_is_a_name_of_its_kind() {
    let app = TestApp::new().await;
    let matter = app.draft("rep01").await;
    for name in ["报告.exe", "..", ".pdf"] {
        let mut input = pdf(&matter.id, PDF);
        input["fileName"] = json!(name);
        refused(&matter.lead().await, "requestUpload", input, Refusal::BadFileName.at("fileName")).await;
    }
}

#[tokio::test]
pub async fn a_digest_is_one() {
    let app = TestApp::new().await;
    let matter = app.draft("rep01").await;
    for digest in ["", "abc", &"g".repeat(64), &"a".repeat(65)] {
        let mut input = pdf(&matter.id, PDF);
        input["sha256"] = json!(digest);
        refused(&matter.lead().await, "requestUpload", input, Refusal::NotADigest.at("sha256")).await;
    }
}

#[tokio::test]
pub async fn evidence_needs_a_promise() {
    let app = TestApp::new().await;
    let matter = app.handling("rep01").await;
    let liaison = matter.person(0, "liaison").await;
    refused(&liaison, "requestUpload", pdf(&matter.id, PDF), Refusal::NothingToProve).await;
}

#[tokio::test]
pub async fn what_was_handed_in_stays() {
    let app = TestApp::new().await;
    let matter = app.draft("rep01").await;
    let lead = matter.lead().await;
    let id = attached(&lead, &matter.id).await;
    matter.submit().await;
    let back = json!({ "reason": "请补充案据" });
    matter.write(&matter.office().await, "returnForRevision", &matter.id, back).await.payload("returnForRevision");
    refused(&lead, "deleteAttachment", json!({ "id": id }), Refusal::FileHandedIn).await;
    let (matter, promise) = promised(&app, "rep02").await;
    let liaison = matter.person(0, "liaison").await;
    let id = attached(&liaison, &matter.id).await;
    let report = json!({ "fulfilled": true, "report": "已建成", "evidenceIds": [id] });
    matter.write(&liaison, "reportCommitment", &promise, report).await.payload("reportCommitment");
    refused(&liaison, "deleteAttachment", json!({ "id": id }), Refusal::FileHandedIn).await;
}
