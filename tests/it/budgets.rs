//! How many statements an operation costs: fixed, however many rows it shows.

use crate::support::TestApp;
use serde_json::json;

const INBOX: &str = "query($first: Int!) { submissions(first: $first) { totalCount nodes { title status
    leadProposer { name } cosignatures { status } deadline { dueOn explanation }
    assignments { status role agency { name } } replies { status outcomeLabel } } } }";

#[tokio::test]
async fn fifty_submissions_cost_as_many_statements_as_five() {
    let app = TestApp::new().await;
    for i in 0..50 {
        app.assigned(&format!("rep{:02}", i % 20 + 1), &["mzj", "czj"], "LEAD_WITH_CO").await;
    }
    app.issued("rep01").await;
    let gov = app.sign_in("gov1").await;
    let count = async |first: i32| {
        let (answer, statements) = app.counting(gov.gql(INBOX, json!({ "first": first }))).await;
        assert_eq!(answer.list("submissions.nodes").len() as i32, first);
        statements
    };
    let few = count(5).await;
    let many = count(50).await;
    assert_eq!(few.len(), many.len(), "{many:#?}");
    // Who asks, the page, its count, what the policy needs (four), proposers, agencies, replies.
    assert_eq!(many.len(), 10, "{many:#?}");
}
