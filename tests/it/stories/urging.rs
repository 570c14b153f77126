//! Urging: counted, once a day unless the region allows more, seen by those who follow the handling.

use crate::support::TestApp;
use serde_json::{Value, json};

const READ: &str =
    "query($id: ID!) { node(id: $id) { ... on Assignment { urgingCount urgings { message by { id } at } } } }";

#[tokio::test]
async fn urgings_are_counted_for_those_who_follow() {
    let app = TestApp::new().await;
    let matter = app.assigned("rep01", &["mzj"], "SOLE").await;
    matter.urge(0).await.payload("urge");
    app.at("2026-02-11T09:00:00+08:00");
    matter.urge(0).await.payload("urge");
    let part = &matter.parts[0].id;
    for (username, count) in
        [("gov1", 2), ("mzj-head", 2), ("rep01", 2), ("congress1", 2), ("mayor1", 2), ("auditor", 2), ("rep02", 0)]
    {
        let seen = app.sign_in(username).await.gql(READ, json!({ "id": part })).await;
        assert_eq!(seen.number("node.urgingCount"), count, "{username}");
        assert_eq!(seen.list("node.urgings").len() as i64, count, "{username}");
    }
    let stranger = app.sign_in("jtj-liaison").await.gql(READ, json!({ "id": part })).await;
    assert_eq!(stranger.data("node"), &Value::Null);
}

#[tokio::test]
async fn a_region_may_allow_more_urgings_a_day() {
    let app = TestApp::new().await;
    app.change_rules(|rules| rules["urgesPerDay"] = json!(2)).await;
    let matter = app.assigned("rep01", &["mzj"], "SOLE").await;
    matter.urge(0).await.payload("urge");
    matter.urge(0).await.payload("urge");
    let (code, _, message) = matter.urge(0).await.refused("urge");
    assert_eq!(code, "GUARD_NOT_MET");
    assert!(message.contains("2026-02-11"), "{message}");
}
