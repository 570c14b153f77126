//! Many requests for more time decided at once, each alone.

use crate::support::TestApp;
use serde_json::{Value, json};

#[tokio::test]
async fn each_decision_of_a_batch_succeeds_or_fails_alone() {
    let app = TestApp::new().await;
    let (first, second, third) =
        (app.handling("rep01").await, app.handling("rep02").await, app.handling("mem01").await);
    let mut ids = Vec::new();
    for matter in [&first, &second, &third] {
        ids.push(matter.ask_for_time(0, "2026-06-10").await);
    }
    let one = |id: &str, version: i64, approve: bool, reason: &str| json!({ "id": id, "version": version, "approve": approve, "reason": reason });
    let nothing = "extension_request_00000000000000000000000000000000";
    let batch = json!({ "decisions": [
        one(&ids[0], 1, true, "情况属实"),
        one(&ids[1], 9, true, "情况属实"),
        one("nonsense", 1, true, "x"),
        one(&ids[2], 1, false, "应按期办结"),
        one(nothing, 1, true, "x"),
        one(&ids[0], 1, true, "再次"),
        one(&ids[1], 1, true, " "),
    ] });
    let gov = app.sign_in("gov1").await;
    let fields = "results { id extensionRequest { status } errors { code field } }";
    let answer = gov.call("decideExtensions", batch, fields).await;
    let results = answer.payload("decideExtensions")["results"].clone();
    let told: Vec<(Value, Value)> = results
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["extensionRequest"]["status"].clone(), one["errors"][0].clone()))
        .collect();
    let refused = |code: &str, field: Value| (Value::Null, json!({ "code": code, "field": field }));
    assert_eq!(
        told,
        [
            (json!("APPROVED"), Value::Null),
            refused("CONFLICT", json!(["decisions", "1", "version"])),
            refused("NOT_FOUND", Value::Null),
            (json!("REJECTED"), Value::Null),
            refused("NOT_FOUND", Value::Null),
            refused("CONFLICT", json!(["decisions", "5", "version"])),
            refused("REQUIRED", json!(["decisions", "6", "reason"])),
        ]
    );
    let due = "query($id: ID!) { submission(id: $id) { deadline { dueOn } } }";
    for (matter, wanted) in [(&first, "2026-06-10"), (&second, "2026-05-10"), (&third, "2026-05-10")] {
        assert_eq!(gov.gql(due, json!({ "id": matter.id })).await.text("submission.deadline.dueOn"), wanted);
    }
}

#[tokio::test]
async fn the_answer_to_a_batch_costs_as_many_statements_for_many_as_for_few() {
    let app = TestApp::new().await;
    let batch = async |count: usize| {
        let mut decisions = Vec::new();
        for _ in 0..count {
            let id = app.handling("rep01").await.ask_for_time(0, "2026-06-10").await;
            decisions.push(json!({ "id": id, "version": 9, "approve": true, "reason": "同意" }));
        }
        let gov = app.sign_in("gov1").await;
        let asked = gov.call("decideExtensions", json!({ "decisions": decisions }), "results { errors { code } }");
        app.counting(asked).await.1.len()
    };
    let (one, three) = (batch(1).await, batch(3).await);
    // Each decision is a transaction of its own; what is shown of the results is not.
    let each = (three - one) / 2;
    assert_eq!(three, one + 2 * each);
}
