//! Planning and releasing.

use super::refused;
use crate::support::{Matter, TestApp};
use domain::refusal::{Refusal, Thing};
use serde_json::{Value, json};

async fn plan(matter: &Matter, mode: &str, agencies: &[(&str, &str)]) -> Value {
    let app = matter.government().await;
    let mut planned = Vec::new();
    for (agency, role) in agencies {
        planned.push(json!({ "agencyId": app.app().agency(agency).await, "role": role }));
    }
    json!({ "submissionId": matter.id, "version": matter.version().await, "mode": mode, "agencies": planned })
}

#[tokio::test]
pub async fn the_agencies_fit_the_mode() {
    let app = TestApp::new().await;
    let matter = app.accepted("rep01").await;
    let gov = matter.government().await;
    for (mode, agencies) in [
        ("SOLE", &[][..]),
        ("SOLE", &[("mzj", "LEAD"), ("czj", "CO")]),
        ("LEAD_WITH_CO", &[("mzj", "LEAD")]),
        ("LEAD_WITH_CO", &[("mzj", "LEAD"), ("czj", "LEAD")]),
        ("SEPARATE", &[("mzj", "SEPARATE")]),
        ("CO_LEAD", &[("mzj", "LEAD"), ("czj", "CO")]),
    ] {
        let input = plan(&matter, mode, agencies).await;
        refused(&gov, "planAssignment", input, Refusal::ModeMismatch.at("agencies")).await;
    }
}

#[tokio::test]
pub async fn an_agency_stands_once() {
    let app = TestApp::new().await;
    let matter = app.accepted("rep01").await;
    let twice = plan(&matter, "LEAD_WITH_CO", &[("mzj", "LEAD"), ("mzj", "CO")]).await;
    let reason = Refusal::AgencyTwice.at("agencies.1.agencyId");
    refused(&matter.government().await, "planAssignment", twice, reason).await;
}

#[tokio::test]
pub async fn only_agencies_of_the_region_are_planned_and_an_earlier_plan_stays() {
    let app = TestApp::new().await;
    let matter = app.planned("rep01", &["mzj"], "SOLE").await;
    let mut wrong = plan(&matter, "LEAD_WITH_CO", &[("czj", "LEAD"), ("mzj", "CO")]).await;
    wrong["agencies"][1]["agencyId"] = json!(app.directory().await.organization("qh-mzj-yw"));
    let reason = Refusal::NoSuch(Thing::Agency).at("agencies.1.agencyId");
    refused(&matter.government().await, "planAssignment", wrong, reason).await;
}

#[tokio::test]
pub async fn what_is_not_planned_is_not_released() {
    let app = TestApp::new().await;
    let matter = app.accepted("rep01").await;
    let input = json!({ "submissionIds": [matter.id] });
    refused(&matter.government().await, "releaseAssignments", input, Refusal::NothingPlanned).await;
}

#[tokio::test]
pub async fn a_batch_has_entries_and_not_too_many() {
    let app = TestApp::new().await;
    let gov = app.sign_in("gov1").await;
    let batch = |ids: Vec<&str>| json!({ "submissionIds": ids });
    refused(&gov, "releaseAssignments", batch(vec![]), Refusal::Required.at("submissionIds")).await;
    let reason = Refusal::TooMany { max: 2_000 }.at("submissionIds");
    refused(&gov, "releaseAssignments", batch(vec!["x"; 2_001]), reason).await;
}

#[tokio::test]
pub async fn an_agency_is_urged_once_a_day() {
    let app = TestApp::new().await;
    let matter = app.assigned("rep01", &["mzj", "czj"], "LEAD_WITH_CO").await;
    let gov = matter.government().await;
    matter.urge(0).await.payload("urge");
    let input = json!({ "assignmentId": matter.parts[0].id, "message": "请抓紧" });
    let again_on = "2026-02-11".parse().unwrap();
    refused(&gov, "urge", input.clone(), Refusal::UrgedEnough { again_on }).await;
    matter.urge(1).await.payload("urge");
    // The last second of the day of law, and the first of the next.
    app.at("2026-02-10T23:59:59+08:00");
    refused(&gov, "urge", input, Refusal::UrgedEnough { again_on }).await;
    app.at("2026-02-11T00:00:00+08:00");
    matter.urge(0).await.payload("urge");
}

#[tokio::test]
pub async fn a_batch_of_decisions_is_neither_empty_nor_endless() {
    let app = TestApp::new().await;
    let gov = app.sign_in("gov1").await;
    let one = json!({ "id": "x", "version": 1, "approve": true, "reason": "同意" });
    let batch = |count: usize| json!({ "decisions": vec![one.clone(); count] });
    refused(&gov, "decideExtensions", batch(0), Refusal::Required.at("decisions")).await;
    refused(&gov, "decideExtensions", batch(501), Refusal::TooMany { max: 500 }.at("decisions")).await;
}
