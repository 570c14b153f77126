//! The deepest documents that the guard lets through are answered on the threads of the program itself.

use crate::support::TestApp;
use serde_json::json;

/// From a submission to its assignments and back, as often as the depth allows: the largest resolvers there are.
fn deepest() -> String {
    // The list and its nodes, two fields for each turn, and one at the end: sixteen.
    let inner = "id title leadProposer { id }".to_owned();
    let turns = (0..6).fold(inner, |inner, _| {
        format!("id title deadline {{ explanation }} assignments {{ id submission {{ {inner} }} }}")
    });
    format!("{{ submissions(first: 20) {{ nodes {{ {turns} }} }} }}")
}

#[test]
fn the_deepest_document_ends_no_thread() {
    let runtime = api::runtime::build().unwrap();
    let answered = runtime.spawn(async {
        let app = TestApp::new().await;
        for number in 1..=3 {
            app.handling_by(&format!("rep0{number}"), &["mzj", "jtj"], "LEAD_WITH_CO").await;
        }
        let government = app.sign_in("gov1").await;
        let answer = government.ask(&deepest()).await;
        let path = format!("submissions.nodes.0{}.title", ".assignments.0.submission".repeat(6));
        assert_eq!(answer.text(&path), "关于加强社区养老助餐服务的建议");
        // One turn more is refused before the engine sees it.
        let deeper = deepest().replacen("nodes {", "nodes { assignments { submission {", 1) + " } }";
        assert_eq!(government.gql(&deeper, json!({})).await.error_code(), "TOO_COMPLEX");
    });
    runtime.block_on(answered).expect("the task comes to its end");
}
