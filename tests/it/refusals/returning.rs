//! Handing back.

use super::{on_part, refused, refused_on};
use crate::support::{Matter, TestApp};
use domain::refusal::{Refusal, Thing};
use serde_json::{Value, json};

/// An input that asks to give the first part to this agency.
async fn ask(matter: &Matter, agency: &str) -> Value {
    let liaison = matter.person(0, "liaison").await;
    let other = liaison.app().agency(agency).await;
    on_part(&liaison, matter, 0, json!({ "reason": "非我单位职责", "proposedAgencyId": other })).await
}

async fn asked(matter: &Matter, agency: &str) -> String {
    let input = ask(matter, agency).await;
    let answer = matter.person(0, "liaison").await.call("requestReturn", input, "returnRequest { id }").await;
    answer.payload("requestReturn")["returnRequest"]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
pub async fn the_window_for_handing_back_ends() {
    let app = TestApp::new().await;
    let matter = app.assigned("rep01", &["zjj"], "SOLE").await;
    app.at("2026-02-27T00:00:00+08:00");
    let input = ask(&matter, "fgj").await;
    let last_day = "2026-02-26".parse().unwrap();
    let liaison = matter.person(0, "liaison").await;
    refused(&liaison, "requestReturn", input, Refusal::ReturnWindowOver { last_day }).await;
}

#[tokio::test]
pub async fn a_refused_request_is_not_made_again() {
    let app = TestApp::new().await;
    let matter = app.assigned("rep01", &["zjj"], "SOLE").await;
    let request = asked(&matter, "fgj").await;
    let no = json!({ "id": request, "version": 1, "approve": false, "reason": "属你单位职责" });
    matter.government().await.call("decideReturn", no, "").await.payload("decideReturn");
    let input = ask(&matter, "fgj").await;
    refused(&matter.person(0, "liaison").await, "requestReturn", input, Refusal::MustHandle).await;
}

#[tokio::test]
pub async fn the_other_agency_does_not_have_the_matter_already() {
    let app = TestApp::new().await;
    let matter = app.assigned("rep01", &["zjj", "czj"], "LEAD_WITH_CO").await;
    let liaison = matter.person(0, "liaison").await;
    for agency in ["zjj", "czj"] {
        let input = ask(&matter, agency).await;
        refused(&liaison, "requestReturn", input, Refusal::AgencyHasIt.at("proposedAgencyId")).await;
    }
    // The transfer office may choose another, with the same limit.
    let request = asked(&matter, "fgj").await;
    let gov = matter.government().await;
    for agency in ["zjj", "czj"] {
        let more = json!({ "approve": true, "reason": "改办", "newAgencyId": app.agency(agency).await });
        refused_on(&gov, "decideReturn", &request, more, Refusal::AgencyHasIt.at("newAgencyId")).await;
    }
}

#[tokio::test]
pub async fn the_other_agency_must_be_one() {
    let app = TestApp::new().await;
    let matter = app.assigned("rep01", &["zjj"], "SOLE").await;
    let mut input = ask(&matter, "fgj").await;
    input["proposedAgencyId"] = json!(app.directory().await.organization("qh-gov"));
    let reason = Refusal::NoSuch(Thing::Agency).at("proposedAgencyId");
    refused(&matter.person(0, "liaison").await, "requestReturn", input, reason).await;
}

#[tokio::test]
pub async fn a_dispute_waits_for_a_leader_where_the_rules_say_so() {
    let app = TestApp::new().await;
    app.change_rules(|rules| rules["arbitratedBy"] = json!("REGION_LEADER")).await;
    let (matter, request) = app.disputed("rep01").await;
    let gov = matter.government().await;
    for approve in [true, false] {
        let more = json!({ "approve": approve, "reason": "按职责确定" });
        refused_on(&gov, "decideReturn", &request, more, Refusal::ArbitrationAwaited).await;
    }
}

#[tokio::test]
pub async fn what_a_leader_settled_is_not_handed_back() {
    let app = TestApp::new().await;
    let leader = app.sign_in("mayor1").await;
    let (mut matter, request) = app.disputed("rep01").await;
    // Whoever is named must be an agency.
    let office = app.directory().await.organization("qh-gov");
    let more = json!({ "agencyId": office, "reason": "按职责" });
    refused_on(&leader, "arbitrate", &request, more, Refusal::NoSuch(Thing::Agency).at("agencyId")).await;
    let more = json!({ "agencyId": app.agency("cgj").await, "reason": "职责清单明确" });
    matter.write(&leader, "arbitrate", &request, more).await.payload("arbitrate");
    let query = "query($id: ID!) { submission(id: $id) { assignments { id agency { id } } } }";
    let seen = matter.government().await.gql(query, json!({ "id": matter.id })).await;
    let agency = app.agency("cgj").await;
    let last = seen.list("submission.assignments").iter().find(|part| part["agency"]["id"] == json!(agency));
    matter.parts[0].id = last.unwrap()["id"].as_str().unwrap().to_owned();
    matter.parts[0].agency = "cgj".into();
    let input = ask(&matter, "fgj").await;
    refused(&matter.person(0, "liaison").await, "requestReturn", input, Refusal::MustHandle).await;
}
