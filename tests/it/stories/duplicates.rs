//! Matters that look alike and are none the less two: who decides that, and who hears of it.

use crate::support::{Client, Matter, TestApp, draft_input};
use serde_json::{Value, json};

const ALIKE: &str = "query($text: String!, $id: ID) { similarSubmissions(text: $text, submissionId: $id) {
    score shared submission { id } notDuplicate { reason decidedAt decidedBy { name } } } }";
const TRAIL: &str = "query($id: ID!) { submission(id: $id) { timeline(first: 50) { nodes { action summary } } } }";

async fn handed_in(app: &TestApp, rep: &str, title: &str) -> Matter {
    let matter = app.draft_of(rep, draft_input("SUGGESTION", title)).await;
    matter.submit().await;
    matter
}

async fn told(client: &Client, matter: &Matter, title: &str) -> Vec<Value> {
    let answer = client.gql(ALIKE, json!({ "text": title, "id": matter.id })).await;
    answer.list("similarSubmissions").to_vec()
}

async fn decisions_on_trail(client: &Client, matter: &Matter) -> Vec<Value> {
    let answer = client.gql(TRAIL, json!({ "id": matter.id })).await;
    let entries = answer.list("submission.timeline.nodes").iter().cloned();
    entries.filter(|one| ["KEPT_APART", "APART_LIFTED"].contains(&one["action"].as_str().unwrap())).collect()
}

#[tokio::test]
async fn a_decision_marks_the_pair_for_those_who_review_and_for_nobody_else() {
    let app = TestApp::new().await;
    let (title, other_title) = ("关于增设电动自行车充电桩的建议", "关于在小区增设电动自行车充电桩的建议");
    let (one, other) = (handed_in(&app, "rep01", title).await, handed_in(&app, "rep02", other_title).await);
    let office = one.office().await;
    let found = told(&office, &one, title).await;
    assert_eq!(found.len(), 1, "the matter itself is left out");
    assert_eq!(found[0]["submission"]["id"], json!(other.id));
    assert_eq!(found[0]["shared"][0], "增设电动自行车充电桩", "{found:?}");
    assert!(found[0]["notDuplicate"].is_null());
    let pair = json!({ "submissionId": one.id, "otherId": other.id, "reason": "一在小区,一在道路" });
    // The transfer office knows neither of them before they are accepted.
    let gov = app.sign_in("gov1").await;
    assert_eq!(gov.call("markNotDuplicate", pair.clone(), "").await.error_code(), "NOT_FOUND");
    for reader in ["rep01", "rep02", "cppcc1", "auditor"] {
        let code = app.sign_in(reader).await.call("markNotDuplicate", pair.clone(), "").await.error_code().to_owned();
        assert!(["NOT_FOUND", "FORBIDDEN"].contains(&code.as_str()), "{reader}: {code}");
    }
    office.call("markNotDuplicate", pair.clone(), "").await.payload("markNotDuplicate");
    for (matter, text) in [(&one, title), (&other, other_title)] {
        for reader in [&office, &app.sign_in("auditor").await] {
            let found = told(reader, matter, text).await;
            assert_eq!(found[0]["notDuplicate"]["reason"], "一在小区,一在道路");
            let trail = decisions_on_trail(reader, matter).await;
            assert_eq!(trail.len(), 1);
            assert!(trail[0]["summary"].as_str().unwrap().contains("一在小区"), "{trail:?}");
        }
    }
    one.accept().await;
    other.accept().await;
    assert!(!told(&gov, &one, title).await[0]["notDuplicate"].is_null(), "once accepted, the transfer office knows");
    for (reader, matter, text) in [("rep01", &one, title), ("rep02", &other, other_title), ("rep05", &one, title)] {
        let client = app.sign_in(reader).await;
        let found = told(&client, matter, text).await;
        assert!(!found.is_empty() && found.iter().all(|one| one["notDuplicate"].is_null()), "{reader}");
        assert!(decisions_on_trail(&client, matter).await.is_empty(), "{reader}");
    }
    gov.call("withdrawNotDuplicate", pair, "").await.payload("withdrawNotDuplicate");
    assert!(told(&office, &one, title).await[0]["notDuplicate"].is_null());
    assert_eq!(decisions_on_trail(&office, &other).await.len(), 2, "both stay on the trail");
}

#[tokio::test]
async fn a_matter_that_the_reader_may_not_know_is_nothing_to_ask_about() {
    let app = TestApp::new().await;
    let matter = handed_in(&app, "rep01", "关于增设电动自行车充电桩的建议").await;
    let stranger = app.sign_in("mem01").await;
    let answer = stranger.gql(ALIKE, json!({ "text": "充电桩", "id": matter.id })).await;
    let nothing = json!({ "text": "充电桩", "id": matter.id.replace('a', "b") });
    assert_eq!(answer.error_code(), stranger.gql(ALIKE, nothing).await.error_code());
    assert_eq!(answer.error_code(), "NOT_FOUND");
}
