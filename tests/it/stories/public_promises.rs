//! Promises made public, and the ledger of promises over the years.

use crate::support::{Matter, TestApp};
use serde_json::{Value, json};

async fn promised(app: &TestApp, rep: &str) -> (Matter, String) {
    let mut matter = app.handling(rep).await;
    matter.draft_reply(0, "PLANNED").await;
    matter.submit_reply(0).await;
    matter.approve(0).await;
    matter.issue(0).await;
    let query = "query($id: ID!) { submission(id: $id) { commitments { id } } }";
    let seen = matter.lead().await.gql(query, json!({ "id": matter.id })).await;
    let id = seen.text("submission.commitments.0.id").to_owned();
    (matter, id)
}

#[tokio::test]
async fn a_promise_is_public_once_the_office_publishes_it() {
    let app = TestApp::new().await;
    let (matter, id) = promised(&app, "rep01").await;
    let office = matter.office().await;
    matter.write(&office, "publishReply", matter.reply(0), json!({})).await.payload("publishReply");
    let public = "{ publicSubmissions { nodes { commitments { agencyName text dueOn status } replies { body } } } }";
    let shown = app.anonymous().ask(public).await;
    assert_eq!(shown.data("publicSubmissions.nodes.0.commitments"), &json!([]), "a reply alone tells no promise");
    for username in ["gov1", "mzj-liaison", "mayor1", "rep01"] {
        let answer = app.sign_in(username).await.call("publishCommitment", json!({ "id": id, "version": 1 }), "").await;
        assert_eq!(answer.error_code(), "FORBIDDEN", "{username}");
    }
    let offers = async || {
        let query = "query($id: ID!) { submission(id: $id) { availableActions { action } } }";
        let seen = office.gql(query, json!({ "id": matter.id })).await;
        seen.list("submission.availableActions").contains(&json!({ "action": "PUBLISH" }))
    };
    assert!(offers().await);
    matter.write(&office, "publishCommitment", &id, json!({})).await.payload("publishCommitment");
    assert!(!offers().await, "nothing is left to be published");
    let shown = app.anonymous().ask(public).await;
    let promise = shown.data("publicSubmissions.nodes.0.commitments.0");
    assert_eq!((&promise["text"], &promise["status"]), (&json!("年内建成两处助餐点"), &json!("OPEN")));
    let ledger = matter.lead().await.ask("{ commitments { nodes { publishedAt } } }").await;
    assert!(ledger.data("commitments.nodes.0.publishedAt").is_string());
}

#[tokio::test]
async fn the_ledger_is_read_by_year_agency_and_date() {
    let app = TestApp::new().await;
    let (matter, id) = promised(&app, "rep01").await;
    promised(&app, "mem01").await;
    // Both are due 200 days from 10 February: on 29 August. One is changed to 2027.
    let liaison = matter.person(0, "liaison").await;
    let changed = json!({ "fulfilled": false, "report": "资金未到位", "changedTo": "2027-06-30" });
    matter.write(&liaison, "reportCommitment", &id, changed).await.payload("reportCommitment");
    let gov = app.sign_in("gov1").await;
    let query = "query($year: Int, $from: Date, $to: Date, $agency: ID) {
        commitments(handlingYear: $year, dueFrom: $from, dueTo: $to, agencyId: $agency) { totalCount nodes { id } } }";
    let count = async |filter: Value| {
        let seen = gov.gql(query, filter).await;
        assert_eq!(seen.list("commitments.nodes").len() as i64, seen.number("commitments.totalCount"));
        seen.number("commitments.totalCount")
    };
    assert_eq!(count(json!({})).await, 2);
    assert_eq!(count(json!({ "year": 2026 })).await, 2);
    assert_eq!(count(json!({ "year": 2025 })).await, 0);
    assert_eq!(count(json!({ "from": "2027-01-01" })).await, 1, "the changed date counts");
    assert_eq!(count(json!({ "to": "2026-12-31" })).await, 1);
    assert_eq!(count(json!({ "from": "2026-08-29", "to": "2026-08-29" })).await, 1);
    assert_eq!(count(json!({ "from": "2027-06-30", "to": "2027-06-30" })).await, 1);
    assert_eq!(count(json!({ "agency": app.agency("mzj").await })).await, 2);
    assert_eq!(count(json!({ "agency": app.agency("jtj").await })).await, 0);
}
