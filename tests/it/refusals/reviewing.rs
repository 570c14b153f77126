//! The office reviews: accept, refuse, convert.

use super::refused_on;
use crate::support::TestApp;
use domain::refusal::{Refusal, Thing};
use domain::rules::rule_set::RuleSet;
use domain::vocabulary::Institution;
use serde_json::json;

#[tokio::test]
pub async fn a_ground_is_one_of_the_list_of_the_own_body() {
    let app = TestApp::new().await;
    let rules = RuleSet::parse(RuleSet::preset("shanghai").unwrap()).unwrap();
    for (rep, institution, ground) in
        [("rep01", Institution::Congress, "PARTY_INTERNAL"), ("mem01", Institution::Cppcc, "TENDER")]
    {
        let matter = app.submitted(rep).await;
        let allowed: Vec<&str> = rules.grounds(institution).iter().map(|ground| ground.code.as_str()).collect();
        let reason = Refusal::NotAmong { allowed: allowed.join(", ") }.at("ground");
        let more = json!({ "ground": ground, "reason": "不属受理范围" });
        refused_on(&matter.office().await, "refuseSubmission", &matter.id, more, reason).await;
    }
}

#[tokio::test]
pub async fn a_reason_is_given() {
    let app = TestApp::new().await;
    let matter = app.submitted("rep01").await;
    let office = matter.office().await;
    let blank = |more| super::with(json!({ "reason": "\n" }), more);
    let reason = Refusal::Required.at("reason");
    refused_on(&office, "returnForRevision", &matter.id, blank(json!({})), reason.clone()).await;
    refused_on(&office, "refuseSubmission", &matter.id, blank(json!({ "ground": "TENDER" })), reason.clone()).await;
    refused_on(&office, "convertSubmission", &matter.id, blank(json!({ "to": "OPINION_BRIEF" })), reason).await;
}

#[tokio::test]
pub async fn the_transfer_office_must_be_one() {
    let app = TestApp::new().await;
    let matter = app.submitted("rep01").await;
    let office = matter.office().await;
    let reason = Refusal::NoSuch(Thing::TransferOffice).at("transferOfficeId");
    // An agency, and the transfer office of another region.
    for key in ["qh-mzj", "hz-gov"] {
        let more = json!({ "transferOfficeId": app.directory().await.organization(key) });
        refused_on(&office, "acceptSubmission", &matter.id, more, reason.clone()).await;
    }
}

#[tokio::test]
pub async fn a_suggestion_does_not_become_a_proposal() {
    let app = TestApp::new().await;
    let matter = app.submitted("rep01").await;
    let office = matter.office().await;
    for kind in ["PROPOSAL", "SUGGESTION", "MOTION"] {
        let more = json!({ "to": kind, "reason": "另案处理" });
        refused_on(&office, "convertSubmission", &matter.id, more, Refusal::CannotConvert.at("to")).await;
    }
}
