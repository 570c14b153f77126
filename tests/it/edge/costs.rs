//! What an operation costs is told to whoever asks for it, in the figures by which it is judged.

use super::{getting, posting, posting_as, send};
use crate::support::TestApp;
use serde_json::{Value, json};

const TEXT: &str = "query Q($n: Int) { a: submissions(first: $n) { nodes { timeline(first: 5) { nodes { id } } } } viewer { user { id } } }";

#[tokio::test]
async fn the_cost_is_told_when_a_header_asks_for_it() {
    let app = TestApp::new().await;
    let client = app.sign_in("rep01").await;
    let body = |n: u32| json!({ "query": TEXT, "variables": { "n": n } }).to_string();
    for n in [10, 20] {
        let asking = posting_as(&client).await.header("x-query-cost", "1");
        let got = send(&app.router, asking, body(n)).await;
        let cost = got.json()["extensions"]["cost"].clone();
        let limits = json!({
            "depth": 16, "complexity": 20_000, "pageProduct": 5_000, "fields": 500, "selections": 1_500, "aliases": 30,
            "directives": 50, "rootFields": 20,
        });
        let told = json!({
            "depth": 5, "complexity": n * 6, "pageProduct": n * 5, "fields": 8, "selections": 8, "aliases": 1,
            "directives": 0, "rootFields": 2, "limits": limits,
        });
        assert_eq!(cost, told);
    }
    for value in ["", "0", "true", "2"] {
        let got = send(&app.router, posting_as(&client).await.header("x-query-cost", value), body(1)).await;
        assert_eq!(got.json().get("extensions"), None, "{value}: {}", got.text);
    }
    assert_eq!(send(&app.router, posting_as(&client).await, body(1)).await.json().get("extensions"), None);
}

#[tokio::test]
async fn of_several_operations_the_chosen_one_is_told_and_a_cache_keeps_the_answers_apart() {
    let app = TestApp::new().await;
    let text = "query One { __typename } query Two { a: __typename b: __typename }";
    for (name, aliases) in [("One", 0), ("Two", 2)] {
        let asking = getting(&[("query", text), ("operationName", name)]).header("x-query-cost", "1");
        let got = send(&app.router, asking, "").await;
        assert_eq!(got.json()["extensions"]["cost"]["aliases"], aliases, "{}", got.text);
        assert!(got.header("vary").contains("x-query-cost"));
    }
    let refused =
        send(&app.router, posting().header("x-query-cost", "1"), json!({ "query": "{ no }" }).to_string()).await;
    assert_eq!(refused.json().get("extensions"), None::<&Value>, "what was not run has no cost: {}", refused.text);
}
