//! Putting a matter under supervision.

use super::refused;
use crate::support::TestApp;
use domain::refusal::{Refusal, Thing};
use serde_json::json;

#[tokio::test]
pub async fn a_supervising_leader_is_a_leader() {
    let app = TestApp::new().await;
    let matter = app.accepted("rep01").await;
    let office = matter.office().await;
    for nobody in ["mzj-head", "congress2"] {
        let input = json!({ "submissionId": matter.id, "label": "重点督办", "reason": "群众关切",
            "leaderId": app.user(nobody).await });
        refused(&office, "supervise", input, Refusal::NoSuch(Thing::Person).at("leaderId")).await;
    }
}

#[tokio::test]
pub async fn a_label_is_one_of_the_regions_list() {
    let app = TestApp::new().await;
    let matter = app.accepted("rep01").await;
    let office = matter.office().await;
    let label = |label: &str| json!({ "submissionId": matter.id, "label": label, "reason": "群众关切" });
    let reason = Refusal::NotAmong { allowed: "重点督办, 领衔督办, 领办, 三公开".into() }.at("label");
    for unknown in ["随意督办", "重点", "重点督办\u{200b}", &"督".repeat(1_000)] {
        refused(&office, "supervise", label(unknown), reason.clone()).await;
    }
    refused(&office, "supervise", label(" \u{3000}"), Refusal::Required.at("label")).await;
    // The rules with which the matter began have the word, not those of today.
    app.change_rules(|rules| rules["supervisionLabels"] = json!(["挂牌督办"])).await;
    refused(&office, "supervise", label("挂牌督办"), reason).await;
    office.call("supervise", label("领办"), "").await.payload("supervise");
    let later = app.accepted("rep02").await;
    let input = json!({ "submissionId": later.id, "label": "挂牌督办", "reason": "群众关切" });
    let answer = office.call("supervise", input, "supervision { label }").await;
    assert_eq!(answer.payload("supervise")["supervision"]["label"], "挂牌督办");
}
