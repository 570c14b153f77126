//! To and fro between agencies: after the second return the next request is a dispute, and a leader settles it.

use crate::support::{Matter, TestApp};
use serde_json::{Value, json};

const READ: &str = "query($id: ID!) { submission(id: $id) { returnCount pingPong status
    assignments { id status arbitratedAt agency { id } returnRequests { id version disputed status decisionReason } }
    timeline(first: 100) { nodes { action summary } } availableActions { action } } }";

async fn offers(app: &TestApp, username: &str, matter: &Matter, action: &str) -> bool {
    let seen = app.sign_in(username).await.gql(READ, json!({ "id": matter.id })).await;
    seen.list("submission.availableActions").contains(&json!({ "action": action }))
}

#[tokio::test]
async fn a_leader_names_another_agency_which_must_handle_it() {
    let app = TestApp::new().await;
    let (matter, request) = app.disputed("rep01").await;
    assert!(offers(&app, "mayor1", &matter, "ARBITRATE").await);
    assert!(offers(&app, "gov1", &matter, "DECIDE_RETURN").await, "the transfer office may decide by these rules");
    let leader = app.sign_in("mayor1").await;
    let seen = leader.gql(READ, json!({ "id": matter.id })).await;
    assert_eq!((seen.number("submission.returnCount"), seen.data("submission.pingPong")), (2, &json!(true)));
    let requests: Vec<&Value> = seen
        .list("submission.assignments")
        .iter()
        .flat_map(|part| part["returnRequests"].as_array().into_iter().flatten())
        .collect();
    assert_eq!(requests.len(), 1, "he sees the dispute, and not the plain requests before");
    assert_eq!((&requests[0]["id"], &requests[0]["disputed"]), (&json!(request), &json!(true)));

    let more = json!({ "agencyId": app.agency("cgj").await, "reason": "占道经营由城管局牵头" });
    let answer = matter.write(&leader, "arbitrate", &request, more.clone()).await;
    answer.payload("arbitrate");
    let again = matter.write(&leader, "arbitrate", &request, more).await;
    assert_eq!(again.refused("arbitrate").0, "INVALID_TRANSITION", "settled once");
    let gov = app.sign_in("gov1").await.gql(READ, json!({ "id": matter.id })).await;
    let agency = app.agency("cgj").await;
    let part = gov.list("submission.assignments").iter().find(|part| part["agency"]["id"] == json!(agency)).unwrap();
    assert_eq!(part["status"], "PENDING_SIGN");
    assert!(part["arbitratedAt"].is_string());
    let told = |client: &str, action: &str| {
        let (app, id, action) = (app.clone(), matter.id.clone(), action.to_owned());
        let client = client.to_owned();
        async move {
            let seen = app.sign_in(&client).await.gql(READ, json!({ "id": id })).await;
            let mut entries = seen.list("submission.timeline.nodes").iter().rev();
            let entry = entries.find(|one| one["action"] == json!(action));
            entry.map(|one| one["summary"].as_str().unwrap().to_owned())
        }
    };
    assert_eq!(told("gov1", "ARBITRATED").await.as_deref(), Some("裁定承办单位:占道经营由城管局牵头"));
    assert_eq!(told("cgj-liaison", "ARBITRATED").await.as_deref(), Some("裁定承办单位:占道经营由城管局牵头"));
    for username in ["rep01", "congress1", "rep02"] {
        assert_eq!(told(username, "ARBITRATED").await, None, "{username}");
    }
    // The parties learn who handles it, and not why.
    assert_eq!(told("rep01", "REASSIGNED").await.as_deref(), Some("调整承办单位"));
    let old = app.sign_in("jtj-liaison").await.gql(READ, json!({ "id": matter.id })).await;
    assert_eq!(old.data("submission"), &Value::Null, "whoever lost it sees it no more");
}

#[tokio::test]
async fn a_leader_holds_the_disputing_agency_to_it() {
    let app = TestApp::new().await;
    app.change_rules(|rules| rules["arbitratedBy"] = json!("REGION_LEADER")).await;
    let (matter, request) = app.disputed("mem01").await;
    assert!(!offers(&app, "gov1", &matter, "DECIDE_RETURN").await, "these rules leave it to the leader");
    let leader = app.sign_in("mayor1").await;
    for username in ["gov1", "congress1", "cppcc1", "leader2", "jtj-head", "mem01", "auditor"] {
        let input = json!({ "id": request, "version": 1, "agencyId": app.agency("jtj").await, "reason": "x" });
        let answer = app.sign_in(username).await.call("arbitrate", input, "").await;
        let expected = if ["gov1", "jtj-head", "auditor"].contains(&username) { "FORBIDDEN" } else { "NOT_FOUND" };
        assert_eq!(answer.error_code(), expected, "{username}");
    }
    let more = json!({ "agencyId": app.agency("jtj").await, "reason": "职责清单明确由你单位承办" });
    matter.write(&leader, "arbitrate", &request, more).await.payload("arbitrate");
    let seen = app.sign_in("jtj-liaison").await.gql(READ, json!({ "id": matter.id })).await;
    let part = seen.list("submission.assignments").iter().find(|part| part["id"] == json!(matter.parts[0].id)).unwrap();
    assert_eq!((&part["status"], &part["returnRequests"][0]["status"]), (&json!("SIGNED"), &json!("REJECTED")));
    matter.start_handling(0).await;
    assert_eq!(matter.status().await, "HANDLING");
    assert!(!offers(&app, "mayor1", &matter, "ARBITRATE").await);
}

#[tokio::test]
async fn a_plain_request_is_no_matter_for_a_leader() {
    let app = TestApp::new().await;
    let matter = app.assigned("rep01", &["zjj"], "SOLE").await;
    let request = matter.ask_back(0, "fgj").await;
    let leader = app.sign_in("mayor1").await;
    let input = json!({ "id": request, "version": 1, "agencyId": app.agency("fgj").await, "reason": "x" });
    assert_eq!(leader.call("arbitrate", input, "").await.error_code(), "NOT_FOUND");
    let node = leader.gql("query($id: ID!) { node(id: $id) { id } }", json!({ "id": request })).await;
    assert_eq!(node.data("node"), &Value::Null);
    let seen = leader.gql(READ, json!({ "id": matter.id })).await;
    assert_eq!((seen.number("submission.returnCount"), seen.data("submission.pingPong")), (0, &json!(false)));
}
