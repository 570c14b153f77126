//! Handing back: asked with a reason and another agency, granted or refused by the transfer office.

use crate::support::TestApp;
use serde_json::{Value, json};

#[tokio::test]
async fn a_refused_return_must_be_handled() {
    let app = TestApp::new().await;
    let matter = app.assigned("rep01", &["zjj"], "SOLE").await;
    matter.sign_for(0).await;
    let liaison = matter.person(0, "liaison").await;
    let part = matter.parts[0].id.clone();
    let ask = json!({ "assignmentId": part, "version": liaison.version(&part).await, "reason": "非我单位职责", "proposedAgencyId": app.agency("fgj").await });
    let answer = liaison.call("requestReturn", ask, "returnRequest { id version status }").await;
    let request = answer.payload("requestReturn")["returnRequest"]["id"].as_str().unwrap().to_owned();
    let gov = app.sign_in("gov1").await;
    let refuse = json!({ "id": request, "version": 1, "approve": false, "reason": "职责清单明确由你单位承办" });
    gov.call("decideReturn", refuse, "").await.payload("decideReturn");
    let status = "query($id: ID!) { node(id: $id) { ... on Assignment { status } } }";
    let seen = liaison.gql(status, json!({ "id": part })).await;
    assert_eq!(seen.text("node.status"), "SIGNED");
    let again = json!({ "assignmentId": part, "version": liaison.version(&part).await, "reason": "再次申请", "proposedAgencyId": app.agency("fgj").await });
    assert_eq!(liaison.call("requestReturn", again, "").await.refused("requestReturn").0, "GUARD_NOT_MET");
    matter.start_handling(0).await;
    assert_eq!(matter.status().await, "HANDLING");
}

#[tokio::test]
async fn another_agency_takes_over_and_the_first_loses_sight_at_once() {
    let app = TestApp::new().await;
    let matter = app.assigned("rep01", &["zjj"], "SOLE").await;
    let liaison = matter.person(0, "liaison").await;
    let part = matter.parts[0].id.clone();
    let ask = json!({ "assignmentId": part, "version": liaison.version(&part).await, "reason": "非我单位职责", "proposedAgencyId": app.agency("fgj").await });
    let answer = liaison.call("requestReturn", ask, "returnRequest { id }").await;
    let request = answer.payload("requestReturn")["returnRequest"]["id"].as_str().unwrap().to_owned();
    app.at("2026-02-25T09:00:00+08:00");
    let gov = app.sign_in("gov1").await;
    let grant = json!({ "id": request, "version": 1, "approve": true, "reason": "同意改办" });
    gov.call("decideReturn", grant, "").await.payload("decideReturn");
    let query =
        "query($id: ID!) { submission(id: $id) { status deadline { dueOn } assignments { agency { id } status } } }";
    let old = liaison.gql(query, json!({ "id": matter.id })).await;
    assert_eq!(old.data("submission"), &Value::Null);
    let node = liaison.gql("query($id: ID!) { node(id: $id) { id } }", json!({ "id": part })).await;
    assert_eq!(node.data("node"), &Value::Null);
    let new = app.sign_in("fgj-liaison").await.gql(query, json!({ "id": matter.id })).await;
    assert_eq!(new.text("submission.status"), "ASSIGNED");
    assert_eq!(new.text("submission.deadline.dueOn"), "2026-05-10", "the matter's clock does not start again");
}

#[tokio::test]
async fn the_window_for_handing_back_ends_after_seven_working_days() {
    let app = TestApp::new().await;
    let matter = app.assigned("rep01", &["zjj"], "SOLE").await;
    let liaison = matter.person(0, "liaison").await;
    // From 10 February: seven working days over the Spring Festival of 2026 end on 26 February.
    app.at("2026-02-27T00:00:00+08:00");
    let part = matter.parts[0].id.clone();
    let ask = json!({ "assignmentId": part, "version": liaison.version(&part).await, "reason": "非我单位职责", "proposedAgencyId": app.agency("fgj").await });
    assert_eq!(liaison.call("requestReturn", ask, "").await.refused("requestReturn").0, "DEADLINE_PASSED");
}
