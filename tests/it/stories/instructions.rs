//! Instructions of leaders: they reach those who carry them out, and never the proposers.

use crate::support::{Matter, TestApp};
use serde_json::{Value, json};

const READ: &str = "query($id: ID!) { submission(id: $id) { instructions { id text by { id } actingAs { role } }
    timeline(first: 100) { nodes { id action summary } } availableActions { action } } }";

async fn supervised(app: &TestApp) -> Matter {
    let matter = app.handling("rep01").await;
    let label = json!({ "submissionId": matter.id, "label": "重点督办", "reason": "群众关切" });
    matter.office().await.call("supervise", label, "").await.payload("supervise");
    matter
}

async fn instruct(app: &TestApp, username: &str, matter: &Matter, text: &str) -> String {
    let input = json!({ "submissionId": matter.id, "text": text });
    let answer = app.sign_in(username).await.call("instruct", input, "instruction { id text }").await;
    let given = &answer.payload("instruct")["instruction"];
    assert_eq!(given["text"], text);
    given["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn each_side_reads_its_own_and_those_who_carry_out_read_both() {
    let app = TestApp::new().await;
    let matter = supervised(&app).await;
    let of_mayor = instruct(&app, "mayor1", &matter, "请民政局牵头,本月拿出方案。").await;
    let of_leader = instruct(&app, "leader1", &matter, "请跟踪督办,适时视察。").await;
    let both: &[&String] = &[&of_mayor, &of_leader];
    let readers: &[(&str, &[&String])] = &[
        ("gov1", both),
        ("mzj-liaison", both),
        ("mzj-head", both),
        ("mzj-deputy", both),
        ("mzj-handler", both),
        ("auditor", both),
        ("mayor1", &[&of_mayor]),
        ("leader1", &[&of_leader]),
        // The proposers, their colleagues and their office read none.
        ("rep01", &[]),
        ("rep02", &[]),
        ("congress1", &[]),
    ];
    for (username, wanted) in readers {
        let client = app.sign_in(username).await;
        let seen = client.gql(READ, json!({ "id": matter.id })).await;
        let found: Vec<&str> =
            seen.list("submission.instructions").iter().map(|one| one["id"].as_str().unwrap()).collect();
        assert_eq!(found, wanted.iter().map(|id| id.as_str()).collect::<Vec<_>>(), "{username}");
        let told = seen.list("submission.timeline.nodes");
        let entries: Vec<&Value> = told.iter().filter(|entry| entry["action"] == "INSTRUCTED").collect();
        assert_eq!(entries.len(), wanted.len(), "{username}: the trail opens as the instructions do");
        // The trail says that there is an instruction, and not what it says.
        assert!(entries.iter().all(|entry| entry["summary"] == "领导批示"), "{username}: {entries:?}");
        for id in both {
            let node = client.gql("query($id: ID!) { node(id: $id) { id } }", json!({ "id": id })).await;
            assert_eq!(node.data("node").is_null(), !wanted.contains(id), "{username} {id}");
        }
    }
    // One entry of the trail is behind the same door as the whole.
    let gov = app.sign_in("gov1").await.gql(READ, json!({ "id": matter.id })).await;
    let trail = gov.list("submission.timeline.nodes");
    let entry = trail.iter().find(|entry| entry["action"] == "INSTRUCTED").unwrap()["id"].clone();
    for (username, sees) in [("mayor1", true), ("leader1", false), ("rep01", false), ("congress1", false)] {
        let node =
            app.sign_in(username).await.gql("query($id: ID!) { node(id: $id) { id } }", json!({ "id": entry })).await;
        assert_eq!(!node.data("node").is_null(), sees, "{username}");
    }
}

#[tokio::test]
async fn leaders_instruct_on_what_they_follow_and_nobody_else_does() {
    let app = TestApp::new().await;
    let early = app.accepted("rep01").await;
    let plain = app.handling("rep01").await;
    let matter = supervised(&app).await;
    let attempt = async |username: &str, id: &str| {
        let input = json!({ "submissionId": id, "text": "请抓紧。" });
        let answer = app.sign_in(username).await.call("instruct", input, "").await;
        match answer.body["errors"][0]["extensions"]["code"].as_str() {
            Some(code) => code.to_owned(),
            None => answer.refusals("instruct").first().map_or_else(|| "done".to_owned(), |reason| reason.code.clone()),
        }
    };
    assert_eq!(attempt("mayor1", &early.id).await, "NOT_FOUND", "not yet released");
    assert_eq!(attempt("mayor1", &plain.id).await, "done");
    assert_eq!(attempt("leader1", &plain.id).await, "NOT_FOUND", "not under supervision");
    assert_eq!(attempt("leader1", &matter.id).await, "done");
    assert_eq!(attempt("leader2", &matter.id).await, "NOT_FOUND", "of the other institution");
    for username in ["congress1", "gov1", "mzj-head", "rep01", "auditor"] {
        assert_eq!(attempt(username, &matter.id).await, "FORBIDDEN", "{username}");
    }
    assert_eq!(attempt("admin", &matter.id).await, "NOT_FOUND");
    let offered = app.sign_in("mayor1").await.gql(READ, json!({ "id": matter.id })).await;
    assert!(offered.list("submission.availableActions").contains(&json!({ "action": "INSTRUCT" })));
}

#[tokio::test]
async fn whoever_proposed_it_hears_nothing_in_another_hat_either() {
    let app = TestApp::new().await;
    let deputy = app.sign_in_as("scj-handler", "REPRESENTATIVE").await;
    let input = crate::support::draft_input("SUGGESTION", "关于食品安全的建议");
    let draft = deputy.call("createDraft", input, "submission { id version }").await;
    let id = draft.text("createDraft.submission.id").to_owned();
    deputy.call("submit", json!({ "id": id, "version": 1 }), "").await.payload("submit");
    let office = app.sign_in("congress1").await;
    let accept = json!({ "id": id, "version": office.version(&id).await });
    office.call("acceptSubmission", accept, "").await.payload("acceptSubmission");
    let gov = app.sign_in("gov1").await;
    let plan = json!({ "submissionId": id, "version": gov.version(&id).await, "mode": "SOLE",
        "agencies": [{ "agencyId": app.agency("scj").await, "role": "LEAD" }] });
    gov.call("planAssignment", plan, "").await.payload("planAssignment");
    gov.call("releaseAssignments", json!({ "submissionIds": [id] }), "").await.payload("releaseAssignments");
    let input = json!({ "submissionId": id, "text": "请市场监管局研究。" });
    app.sign_in("mayor1").await.call("instruct", input, "").await.payload("instruct");
    let inbox = "{ viewer { notifications(first: 100) { nodes { title body } } } }";
    for (client, hears) in [
        (app.sign_in("scj-liaison").await, true),
        (app.sign_in("scj-head").await, true),
        (gov, true),
        (deputy, false),
        (app.sign_in_as("scj-handler", "HANDLER").await, false),
    ] {
        let seen = client.ask(inbox).await;
        let found = seen.list("viewer.notifications.nodes").iter().find(|one| one["title"] == "领导批示");
        assert_eq!(found.is_some(), hears);
        assert!(!seen.body.to_string().contains("市场监管局研究"), "no notification carries the text");
    }
}
