//! What offices and agencies owe beside the reply: reminded, on the morning list from the last day on, and silent once done.

use crate::support::daily::{mornings, points, told};
use crate::support::{Matter, TestApp};
use serde_json::{Value, json};

/// The items of a person's morning list, each with its matters.
async fn list(app: &TestApp, username: &str) -> Value {
    let query = "{ morningList { sections { item submissions { id } } } }";
    let seen = app.sign_in(username).await.ask(query).await;
    let mut found = json!({});
    for section in seen.list("morningList.sections") {
        let ids = section["submissions"].as_array().unwrap().iter().map(|one| one["id"].clone());
        found[section["item"].as_str().unwrap()] = ids.collect();
    }
    found
}

/// Answered today with a promise for the summer of the year after.
async fn promised(app: &TestApp, rep: &str) -> (Matter, String) {
    let mut matter = app.handling(rep).await;
    let input = json!({
        "assignmentId": matter.parts[0].id, "body": "您提出的建议收悉,现答复如下。", "outcome": "PLANNED",
        "disclosure": "ON_REQUEST", "commitments": [{ "text": "建成两处助餐点", "dueOn": "2027-06-30" }],
        "demandAnswers": [{ "demand": 0, "answer": "列入计划。" }, { "demand": 1, "answer": "列入计划。" }],
    });
    let drafted = matter.person(0, "handler").await.call("draftReply", input, "reply { id }").await;
    matter.parts[0].reply = drafted.payload("draftReply")["reply"]["id"].as_str().map(str::to_owned);
    matter.submit_reply(0).await;
    matter.approve(0).await;
    matter.issue(0).await;
    let promise = promise_of(&matter).await;
    (matter, promise)
}

#[tokio::test]
async fn a_request_to_hand_back_must_be_decided_within_the_period_of_the_region() {
    let app = TestApp::new().await;
    let five = json!({ "unit": "WORKING_DAYS", "amount": 5, "roll": "NONE" });
    app.change_rules(|rules| rules["deadlines"]["reassign"] = five).await;
    let matter = app.assigned("rep01", &["zjj"], "SOLE").await;
    matter.sign_for(0).await;
    let request = matter.ask_back(0, "mzj").await;
    // Asked on Tuesday 10 February: 11, 12, 13, 14 (people work on this Saturday) and, after the festival, 24.
    let query = "query($id: ID!) { node(id: $id) { ... on ReturnRequest { dueOn } } }";
    for username in ["gov1", "zjj-liaison"] {
        let seen = app.sign_in(username).await.gql(query, json!({ "id": request })).await;
        assert_eq!(seen.text("node.dueOn"), "2026-02-24", "{username}");
    }
    mornings(&app, "2026-02-10", "2026-02-14").await;
    assert_eq!(list(&app, "gov1").await, json!({ "RETURN_TO_DECIDE": [matter.id] }));
    mornings(&app, "2026-02-15", "2026-02-24").await;
    assert_eq!(list(&app, "gov1").await, json!({ "RETURN_TO_DECIDE": [matter.id], "RETURN_DUE": [matter.id] }));
    mornings(&app, "2026-02-25", "2026-03-01").await;
    assert_eq!(points(&app).await["REASSIGN"], ["2026-02-13", "2026-02-24", "2026-02-27"]);
    assert_eq!(told(&app, "REASSIGN", "2026-02-13").await, ["gov1", "gov2"]);
    assert_eq!(told(&app, "REASSIGN", "2026-02-27").await, ["gov1", "gov2", "mayor1"]);
    let grant = json!({ "approve": true, "reason": "同意改办" });
    matter.write(&matter.government().await, "decideReturn", &request, grant).await.payload("decideReturn");
    assert_eq!(list(&app, "gov1").await, json!({ "UNSIGNED": [matter.id] }));
}

#[tokio::test]
async fn a_return_without_a_period_has_no_last_day() {
    let app = TestApp::new().await;
    let matter = app.assigned("rep01", &["zjj"], "SOLE").await;
    matter.sign_for(0).await;
    let request = matter.ask_back(0, "mzj").await;
    let query = "query($id: ID!) { node(id: $id) { ... on ReturnRequest { dueOn } } }";
    let seen = app.sign_in("gov1").await.gql(query, json!({ "id": request })).await;
    assert_eq!(seen.data("node.dueOn"), &Value::Null);
    mornings(&app, "2026-02-24", "2026-03-10").await;
    assert!(!points(&app).await.contains_key("REASSIGN"));
    app.at("2027-02-10T09:00:00+08:00");
    assert!(list(&app, "gov1").await.get("RETURN_DUE").is_none());
}

#[tokio::test]
async fn what_comes_between_sessions_must_be_released_within_seven_working_days() {
    let app = TestApp::new().await;
    app.at("2026-01-09T10:00:00+08:00");
    let in_session = app.accepted("rep02").await;
    app.at("2026-02-10T09:00:00+08:00");
    let mut matter = app.accepted("rep01").await;
    let to_review = app.submitted("rep03").await;
    mornings(&app, "2026-02-10", "2026-02-25").await;
    assert_eq!(list(&app, "gov1").await, json!({ "TO_ASSIGN": [in_session.id, matter.id] }));
    // 11, 12, 13, 14, 24, 25 and 26 February.
    mornings(&app, "2026-02-26", "2026-03-03").await;
    let wanted = json!({ "TO_ASSIGN": [in_session.id, matter.id], "OFF_SESSION_DUE": [matter.id] });
    assert_eq!(list(&app, "gov1").await, wanted);
    assert_eq!(points(&app).await["OFF_SESSION"], ["2026-02-24", "2026-02-26", "2026-03-02"]);
    assert_eq!(told(&app, "OFF_SESSION", "2026-02-26").await, ["gov1", "gov2"]);
    assert_eq!(told(&app, "OFF_SESSION", "2026-03-02").await, ["congress1", "congress2", "gov1", "gov2"]);
    matter.plan(&["mzj"], "SOLE").await;
    assert_eq!(list(&app, "gov1").await, wanted, "a plan is no release");
    matter.release().await;
    assert!(list(&app, "gov1").await.get("OFF_SESSION_DUE").is_none());
    assert_eq!(to_review.status().await, "SUBMITTED");
}

#[tokio::test]
async fn a_reply_for_the_public_must_be_published_within_twenty_working_days() {
    let app = TestApp::new().await;
    let matter = app.issued("rep01").await;
    let (kept_back, _) = promised(&app, "rep02").await;
    let in_time = app.issued("rep03").await;
    let publish = async |matter: &Matter| {
        let office = matter.office().await;
        matter.write(&office, "publishReply", matter.reply(0), json!({})).await.payload("publishReply");
    };
    publish(&in_time).await;
    mornings(&app, "2026-02-10", "2026-03-13").await;
    assert!(list(&app, "congress1").await.get("PUBLICATION_DUE").is_none());
    mornings(&app, "2026-03-14", "2026-03-24").await;
    assert_eq!(list(&app, "congress1").await["PUBLICATION_DUE"], json!([matter.id]));
    assert!(list(&app, "cppcc1").await.get("PUBLICATION_DUE").is_none(), "the other house");
    assert_eq!(points(&app).await["PUBLICATION"], ["2026-03-09", "2026-03-16", "2026-03-23"]);
    assert_eq!(told(&app, "PUBLICATION", "2026-03-16").await, ["congress1", "congress2"]);
    publish(&matter).await;
    assert!(list(&app, "congress1").await.get("PUBLICATION_DUE").is_none());
    assert_eq!(kept_back.status().await, "REPLIED");
}

#[tokio::test]
async fn a_reply_that_is_given_again_need_not_be_published_before() {
    let app = TestApp::new().await;
    let mut matter = app.rated("rep01", "DISSATISFIED").await;
    matter.settle("REHANDLE").await;
    app.at("2026-03-16T09:00:00+08:00");
    assert!(list(&app, "congress1").await.get("PUBLICATION_DUE").is_none());
}

#[tokio::test]
async fn a_promise_is_reported_on_by_the_end_of_the_year_where_the_region_wants_it() {
    let app = TestApp::new().await;
    let by_the_end = json!({ "unit": "FIXED_DATE", "date": "12-31", "roll": "NONE" });
    app.change_rules(|rules| rules["deadlines"]["commitmentReport"] = by_the_end).await;
    let (silent, _) = promised(&app, "rep01").await;
    let (early, early_promise) = promised(&app, "rep02").await;
    let (in_quarter, promise) = promised(&app, "rep03").await;
    let report = async |matter: &Matter, promise: &str| {
        let later = json!({ "fulfilled": false, "report": "正在推进", "changedTo": "2027-09-30" });
        let liaison = matter.person(0, "liaison").await;
        matter.write(&liaison, "reportCommitment", promise, later).await.payload("reportCommitment");
    };
    app.at("2026-05-11T09:00:00+08:00");
    report(&early, &early_promise).await;
    app.at("2026-10-12T09:00:00+08:00");
    report(&in_quarter, &promise).await;

    mornings(&app, "2026-12-02", "2026-12-30").await;
    assert!(list(&app, "mzj-liaison").await.get("PROMISE_REPORT_DUE").is_none());
    mornings(&app, "2026-12-31", "2027-01-08").await;
    // Twenty working days before, on the day, and five after it, with no notice for 2027 yet.
    assert_eq!(points(&app).await["COMMITMENT_REPORT"], ["2026-12-03", "2026-12-31", "2027-01-07"]);
    assert_eq!(told(&app, "COMMITMENT_REPORT", "2026-12-03").await, ["mzj-liaison"]);
    assert_eq!(told(&app, "COMMITMENT_REPORT", "2026-12-31").await, ["mzj-deputy", "mzj-liaison"]);
    let late = told(&app, "COMMITMENT_REPORT", "2027-01-07").await;
    assert_eq!(late, ["congress1", "congress2", "gov1", "gov2", "mzj-deputy", "mzj-head", "mzj-liaison"]);
    let due = list(&app, "mzj-liaison").await;
    assert_eq!(due["PROMISE_REPORT_DUE"], json!([silent.id, early.id]), "what was reported in the quarter is reported");

    report(&silent, &promise_of(&silent).await).await;
    assert_eq!(list(&app, "mzj-liaison").await["PROMISE_REPORT_DUE"], json!([early.id]));
    app.at("2027-12-31T09:00:00+08:00");
    assert_eq!(list(&app, "mzj-liaison").await["PROMISE_REPORT_DUE"], json!([silent.id, early.id, in_quarter.id]));
}

async fn promise_of(matter: &Matter) -> String {
    let query = "query($id: ID!) { submission(id: $id) { commitments { id } } }";
    let seen = matter.lead().await.gql(query, json!({ "id": matter.id })).await;
    seen.text("submission.commitments.0.id").to_owned()
}
