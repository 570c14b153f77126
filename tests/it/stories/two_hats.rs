//! One person with two hats: a token acts in one of them.

use crate::support::TestApp;
use entity::position;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

#[tokio::test]
async fn a_draft_written_as_deputy_is_not_there_as_handler() {
    let app = TestApp::new().await;
    let deputy = app.sign_in_as("scj-handler", "REPRESENTATIVE").await;
    let input = crate::support::draft_input("SUGGESTION", "关于食品安全的建议");
    let answer = deputy.call("createDraft", input.clone(), "submission { id }").await;
    let id = answer.payload("createDraft")["submission"]["id"].as_str().unwrap().to_owned();
    let handler = app.sign_in_as("scj-handler", "HANDLER").await;
    let query = "query($id: ID!) { submission(id: $id) { id } submissions { totalCount } }";
    let seen = handler.gql(query, json!({ "id": id })).await;
    assert_eq!((seen.data("submission"), seen.number("submissions.totalCount")), (&Value::Null, 0));
    assert_eq!(handler.call("createDraft", input, "").await.error_code(), "FORBIDDEN");

    // Switching ends the token that acted before.
    let old = handler.token().await.unwrap();
    let to = app.directory().await.position("scj-handler", "REPRESENTATIVE");
    let switched =
        handler.call("switchPosition", json!({ "positionId": to }), "accessToken viewer { position { role } }").await;
    assert_eq!(switched.text("switchPosition.viewer.position.role"), "REPRESENTATIVE");
    let stale = app.anonymous().with_token(&old).ask("{ submissions { totalCount } }").await;
    assert_eq!(stale.error_code(), "UNAUTHENTICATED");
    let fresh = switched.text("switchPosition.accessToken").to_owned();
    let now = app.anonymous().with_token(&fresh).gql(query, json!({ "id": id })).await;
    assert_eq!(now.text("submission.id"), id);
}

#[tokio::test]
async fn nobody_handles_his_own_suggestion() {
    let app = TestApp::new().await;
    let deputy = app.sign_in_as("scj-handler", "REPRESENTATIVE").await;
    let input = crate::support::draft_input("SUGGESTION", "关于食品安全的建议");
    let answer = deputy.call("createDraft", input, "submission { id }").await;
    let id = answer.payload("createDraft")["submission"]["id"].as_str().unwrap().to_owned();
    let call = |verb: &'static str, client: crate::support::Client, more: Value| {
        let id = id.clone();
        async move {
            let mut input = json!({ "id": id, "version": client.version(&id).await });
            input.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
            client.call(verb, input, "").await.payload(verb);
        }
    };
    call("submit", deputy.clone(), json!({})).await;
    call("acceptSubmission", app.sign_in("congress1").await, json!({})).await;
    let gov = app.sign_in("gov1").await;
    let plan = json!({ "submissionId": id, "version": gov.version(&id).await, "mode": "SOLE",
        "agencies": [{ "agencyId": app.agency("scj").await, "role": "LEAD" }] });
    gov.call("planAssignment", plan, "").await.payload("planAssignment");
    let release = json!({ "submissionIds": [id, "submission_00000000000000000000000000000000", "nonsense"] });
    let released = gov.call("releaseAssignments", release, "results { errors { code } }").await;
    let results = &released.payload("releaseAssignments")["results"];
    assert_eq!(
        results,
        &json!([{ "errors": [] }, { "errors": [{ "code": "NOT_FOUND" }] }, { "errors": [{ "code": "NOT_FOUND" }] }])
    );
    let liaison = app.sign_in("scj-liaison").await;
    let part = "query($id: ID!) { submission(id: $id) { assignments { id version } } }";
    let seen = liaison.gql(part, json!({ "id": id })).await;
    let assignment = seen.text("submission.assignments.0.id").to_owned();
    let sign = json!({ "id": assignment, "version": liaison.version(&assignment).await });
    liaison.call("signForAssignment", sign, "").await.payload("signForAssignment");
    let start = json!({ "assignmentId": assignment, "version": liaison.version(&assignment).await,
        "leaderId": app.user("scj-deputy").await, "handlerId": app.user("scj-handler").await, "plan": "调研" });
    let (code, field, _) = liaison.call("startHandling", start, "").await.refused("startHandling");
    assert_eq!((code.as_str(), field.as_str()), ("GUARD_NOT_MET", "handlerId"));
}

#[tokio::test]
async fn a_revoked_position_stops_at_once() {
    let app = TestApp::new().await;
    let liaison = app.sign_in("mzj-liaison").await;
    let token = liaison.token().await.unwrap();
    liaison.ask("{ submissions { totalCount } }").await.number("submissions.totalCount");
    let id: domain::ids::PositionId = app.directory().await.position("mzj-liaison", "LIAISON").parse().unwrap();
    position::Entity::update_many()
        .col_expr(position::Column::RevokedAt, Expr::value(app.now()))
        .filter(position::Column::Id.eq(id))
        .exec(app.deps.db.writer())
        .await
        .unwrap();
    let after = app.anonymous().with_token(&token).ask("{ submissions { totalCount } }").await;
    assert_eq!(after.error_code(), "UNAUTHENTICATED");
}
